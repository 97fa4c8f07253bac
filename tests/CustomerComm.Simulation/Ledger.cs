using CustomerComm.App.Company;
using CustomerComm.App.Ledger;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.App.Storage;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Registers;
using CustomerComm.Web.Simulator;

namespace CustomerComm.Simulation;

/// <summary>What must hold of a whole data directory when nothing is under way.</summary>
internal sealed class Ledger(RunningHost opened)
{
    private const int Page = 500;

    private CompanyDirectory Directory => opened.Get<CompanyDirectory>();

    public async Task<List<StreamHead>> HeadsAsync(CancellationToken ct)
    {
        var heads = new List<StreamHead>();
        while (true)
        {
            var page = await opened.Get<IEventStore>().ListAsync(heads.Count == 0 ? null : heads[^1].Stream, Page, ct);
            if (page.Count == 0)
                return heads;
            heads.AddRange(page);
        }
    }

    public async Task<List<(StreamHead Head, LoadedMatter<Complaint> Matter)>> ComplaintsAsync(CancellationToken ct)
    {
        // Read afresh: what is remembered must not vouch for what is stored.
        opened.Get<ComplaintKind>().Forget();
        var cases = new List<(StreamHead, LoadedMatter<Complaint>)>();
        foreach (var head in await HeadsAsync(ct))
        {
            if (head.Stream.Value.StartsWith("complaint.", StringComparison.Ordinal))
                cases.Add((head, (await opened.Get<ComplaintKind>().LoadAsync(head.Stream, ct))!));
        }

        return cases;
    }

    public async Task CheckAllAsync(DateTimeOffset now, CancellationToken ct)
    {
        var cases = await ComplaintsAsync(ct);
        foreach (var (head, found) in cases)
        {
            CheckObligations(found, now);
            await CheckHeadAsync(head, found, ct);
        }

        await CheckDutiesAsync(cases, ct);
        await CheckReportRowsAsync(cases, ct);
        await CheckRegistersAsync(cases, ct);
        await CheckPhonesAsync(ct);
    }

    public async Task CheckChainsAsync(CancellationToken ct)
    {
        // The jobs stand still here: what each night does is done once, at the end.
        // Days are the company's: the one before may be published already, and goes on no more.
        var today = opened.Get<RulesBook>().Current(Directory.Communities[0].Id).Calendar
            .LocalDate(opened.Get<TimeProvider>().Now());
        await opened.Get<LedgerAnchoring>().PublishAsync(today, ct);
        var report = await opened.Get<LedgerVerifier>().VerifyAsync(null, ct);
        Assert.True(report.Holds, report.Fault?.Text);
    }

    /// <summary>
    /// Every number given out belongs to one complaint, or is voided in sight (4.6.2-1); returns how many were voided.
    /// </summary>
    public async Task<int> CheckNumbersAsync(CancellationToken ct)
    {
        var voided = 0;
        var known = (await ComplaintsAsync(ct)).ToDictionary(c => c.Matter.Stream, c => c.Matter.State);
        foreach (var community in Directory.Communities)
        {
            var year = opened.Get<RulesBook>().Current(community.Id).Calendar
                .LocalDate(opened.Get<TimeProvider>().Now()).Year;
            var numbers = await opened.Get<Numbering>().ListAsync(
                new MatterNumber(community.Id, MatterNumber.Complaint, year, 0), int.MaxValue, ct);
            Assert.Equal(
                Enumerable.Range(1, numbers.Count).Select(i => (long)i), numbers.Select(n => n.Number.Sequence));
            foreach (var (number, stream, _) in numbers)
            {
                Assert.True(known.TryGetValue(stream, out var state), $"{number}: its complaint is missing in silence");
                Assert.True(state.Number == number || state.VoidedNumbers.Contains(number), $"{number}: a silent gap");
                voided += state.Number != number || state.Outcome == Outcome.Voided ? 1 : 0;
            }

            Assert.Equal(
                numbers.Count(n => known[n.Stream].Number == n.Number),
                known.Values.Count(s => s.Community == community.Id && s.Number.Year == year));
        }

        return voided;
    }

    private static void CheckObligations(LoadedMatter<Complaint> found, DateTimeOffset now)
    {
        var s = found.State;
        var owed = Track.Owed(found.Tracked);
        Assert.True(!s.Open || !owed.IsEmpty, $"{s.Number} is open and nobody owes anything");
        Assert.True(s.Open || owed.IsEmpty, $"{s.Number} is closed and something is owed");
        foreach (var o in owed)
        {
            Assert.True((o.Owner.Unit is null) != (o.Owner.Staff is null), $"{s.Number} {o.Kind}: not one owner");
            Assert.True(o.Due > DateTimeOffset.UnixEpoch, $"{s.Number} {o.Kind}: no due time");
            if (o.Kind != ObligationKind.AcknowledgeLapse)
            {
                Assert.True(o.Due > now || o.Lapse is not null, $"{s.Number} {o.Kind}: overdue without a lapse");
                Assert.True(o.Trigger > now, $"{s.Number} {o.Kind}: the next level was not told");
            }
        }

        Assert.Equal(owed.Length, owed.Select(o => (o.Kind, o.Subject)).Distinct().Count());
    }

    private async Task CheckHeadAsync(StreamHead head, LoadedMatter<Complaint> found, CancellationToken ct)
    {
        var s = found.State;
        Assert.Equal(((IMatterState)s).Open, head.Open);
        Assert.Equal(head.Version, head.Projected);
        var pending = await opened.Get<IEventStore>().ReadOutboxAsync(head.Stream, ct);
        DateTimeOffset?[] times =
        [
            Obligations.NextTrigger(Track.Owed(found.Tracked)), Signing.RemindAt(s.Request, s.Intake.Contact),
            s.Extension?.AnswerBy,
            .. pending.Select(p => (DateTimeOffset?)p.NextAttempt),
        ];
        // The store keeps milliseconds.
        Assert.Equal(times.Min()?.ToUnixTimeMilliseconds(), head.NextDue?.ToUnixTimeMilliseconds());
    }

    private async Task CheckDutiesAsync(List<(StreamHead Head, LoadedMatter<Complaint> Matter)> cases, CancellationToken ct)
    {
        IEnumerable<string> partitions =
        [
            .. Directory.Staff.Select(m => Party.Of(m.Id).Key(default)),
            .. Directory.Communities.SelectMany(c => Enum.GetValues<Unit>().Select(u => Party.Of(u).Key(c.Id))),
        ];
        var expected = cases.Where(c => c.Matter.State.Outcome != Outcome.Voided)
            .SelectMany(c => opened.Get<ComplaintKind>().RowsOf(c.Matter)).OfType<ObligationRow>().ToList();
        var stored = await RowsAsync<ObligationRow>(partitions, ct);
        Same(expected, stored.Where(r => r.Matter == ComplaintKind.Name));
    }

    private async Task CheckReportRowsAsync(List<(StreamHead Head, LoadedMatter<Complaint> Matter)> cases, CancellationToken ct)
    {
        var expected = cases.SelectMany(c => opened.Get<ComplaintKind>().RowsOf(c.Matter)).ToList();
        var complaints = expected.OfType<ComplaintRow>().ToList();
        var partitions = complaints.Select(r => r.PartitionKey).Distinct().ToList();
        Same(complaints, await RowsAsync<ComplaintRow>(partitions, ct));
        var steps = await RowsAsync<StepRow>(partitions, ct);
        Same(expected.OfType<StepRow>(), steps.Where(r => r.Matter == ComplaintKind.Name));
    }

    /// <summary>Every complaint stands in one register, once (4.5.2).</summary>
    private async Task CheckRegistersAsync(List<(StreamHead Head, LoadedMatter<Complaint> Matter)> cases, CancellationToken ct)
    {
        var registers = opened.Get<RegisterKind>();
        var entered = new List<string>();
        var heads = await HeadsAsync(ct);
        foreach (var head in heads.Where(h => h.Stream.Value.StartsWith("register.", StringComparison.Ordinal)))
        {
            var register = (await registers.LoadAsync(head.Stream, ct))!.State;
            Assert.Equal(Enumerable.Range(1, register.Entries.Count), register.Entries.Select(e => e.Number));
            entered.AddRange(register.Entries.Where(e => e.Entered.Subject?.Kind == SubjectKind.Complaint)
                .Select(e => e.Entered.Subject!.Number));
        }

        Assert.Equal(
            cases.Select(c => c.Matter.State).Where(s => s.Outcome != Outcome.Voided)
                .Select(s => s.Number.ToString()).Order(StringComparer.Ordinal),
            entered.Order(StringComparer.Ordinal));
    }

    /// <summary>At the simulated phones lies every delivered text message once, and nothing else.</summary>
    private async Task CheckPhonesAsync(CancellationToken ct)
    {
        var expected = new List<RowId>();
        foreach (var head in await HeadsAsync(ct))
        {
            foreach (var message in await opened.Get<IEventStore>().ReadOutboxAsync(head.Stream, ct, all: true))
            {
                var outgoing = (OutgoingMessage)await opened.Get<SealedJson>()
                    .ReadAsync(message.Payload, typeof(OutgoingMessage), ct);
                if (outgoing.Channel == Channel.Sms && message.Status == DeliveryStatus.Delivered)
                    expected.Add(new RowId(outgoing.To.Value, $"{head.Stream}:{message.Id}"));
            }
        }

        var rows = await RowsAsync<PhoneMessageRow>(expected.Select(e => e.PartitionKey).Distinct(), ct);
        Assert.Equal(
            expected.Select(e => (e.PartitionKey, e.RowKey)).Order(),
            rows.Where(r => !r.Sent).Select(r => (r.PartitionKey, r.RowKey)).Order());
    }

    private async Task<List<TRow>> RowsAsync<TRow>(IEnumerable<string> partitions, CancellationToken ct)
        where TRow : class, ITableRow
    {
        var rows = new List<TRow>();
        foreach (var partition in partitions)
        {
            for (string? next = null; ;)
            {
                var page = await opened.Get<ITables>().Of<TRow>().QueryAsync(partition, null, null, Page, next, ct);
                rows.AddRange(page.Rows);
                if ((next = page.Next) is null)
                    break;
            }
        }

        return rows;
    }

    private static void Same<TRow>(IEnumerable<TRow> expected, IEnumerable<TRow> stored)
        where TRow : ITableRow
    {
        var want = expected.Select(r => Rows.Said(r)).ToHashSet(StringComparer.Ordinal);
        var have = stored.Select(r => Rows.Said(r)).ToHashSet(StringComparer.Ordinal);
        Assert.True(want.IsSubsetOf(have), $"missing or different: {want.Except(have).FirstOrDefault()}");
        Assert.True(have.IsSubsetOf(want), $"stale: {have.Except(want).FirstOrDefault()}");
    }
}
