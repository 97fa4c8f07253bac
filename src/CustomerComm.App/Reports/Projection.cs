using System.Globalization;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Reports;

/// <summary>All rows of one case.</summary>
public sealed record CaseRows(
    ComplaintRow Complaint, IReadOnlyList<StepRow> Steps, IReadOnlyList<DutyRow> Duties);

/// <summary>Derives the rows of a case from its history, and writes them.</summary>
public sealed class Projection(ITables tables, RulesBook book)
{
    /// <summary>Partition of a community's month in the report tables.</summary>
    public static string PartitionOf(CommunityId community, string month) => $"{community}-{month}";

    /// <summary>Month of a time in the community, <c>yyyy-MM</c>.</summary>
    public static string MonthOf(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The rows of a case: a pure function of its history.</summary>
    public static CaseRows RowsOf(CaseHistory history, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(history);
        var s = history.State;
        var month = MonthOf(s.ReceivedAt, zone);
        var partition = PartitionOf(s.Community, month);
        var steps = history.Steps.Select((step, i) => StepOf(step, partition, s.Number.ToString(), i, s.Version, s.Lead))
            .ToList();
        return new CaseRows(Row(history, partition, month), steps, DutiesOf(s));
    }

    /// <summary>The row of the step with this running number.</summary>
    public static StepRow StepOf(
        DutyStep step, string partition, string number, int index, long version, Unit lead)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new StepRow
        {
            PartitionKey = partition,
            RowKey = string.Create(CultureInfo.InvariantCulture, $"{number}-{index:D3}"),
            Version = version,
            Number = number,
            Step = step.Kind.ToString(),
            Clause = step.Clause,
            Lead = lead.ToString(),
            Owner = step.Owner.ToString(),
            Since = step.Since,
            Due = step.Due,
            DoneAt = step.Done,
            Late = step.Done > step.Due,
            MinutesLate = step.Done > step.Due ? (int)Math.Ceiling((step.Done.Value - step.Due).TotalMinutes) : 0,
        };
    }

    /// <summary>Work-list rows of a state.</summary>
    public static List<DutyRow> DutiesOf(Complaint s) =>
        [.. Obligations.Of(s).Select(o => new DutyRow
        {
            PartitionKey = o.Owner.Key(s.Community),
            RowKey = RowKeyOf(s, o),
            Version = s.Version,
            Number = s.Number.ToString(),
            Kind = o.Kind.ToString(),
            Subject = o.Subject,
            Due = o.Due,
            Overdue = o.Lapse is not null || o.Kind == ObligationKind.AcknowledgeLapse,
            Category = s.Category.ToString(),
            Severity = s.Severity.ToString(),
        })];

    /// <summary>
    /// Writes the rows of the case; <paramref name="projected"/> is the last version whose rows were written, so that
    /// only duties of versions since then need be taken away.
    /// </summary>
    public async Task WriteAsync(LoadedCase loaded, long projected, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        var s = loaded.History.State;
        if (s.Outcome == Outcome.Voided)
            return;
        var rows = RowsOf(loaded.History, book.Of(s.Community, s.Intake.PolicyVersion).Calendar.Zone);
        var gone = GoneDuties(loaded.History, projected, rows.Duties);
        await Task.WhenAll(
            tables.Of<DutyRow>().WriteAsync(rows.Duties, gone, s.Version, ct),
            tables.Of<ComplaintRow>().WriteAsync([rows.Complaint], [], s.Version, ct),
            tables.Of<StepRow>().WriteAsync(rows.Steps, [], s.Version, ct));
    }

    /// <summary>Takes all rows away, before they are written afresh.</summary>
    public async Task ClearAsync(CancellationToken ct)
    {
        await tables.Of<DutyRow>().ClearAsync(ct);
        await tables.Of<ComplaintRow>().ClearAsync(ct);
        await tables.Of<StepRow>().ClearAsync(ct);
    }

    private static List<RowId> GoneDuties(CaseHistory history, long projected, IReadOnlyList<DutyRow> standing)
    {
        if (projected == 0 && history.State.Version <= 2)
            return [];
        var kept = standing.Select(d => new RowId(d.PartitionKey, d.RowKey)).ToHashSet();
        var gone = new HashSet<RowId>();
        Complaint? state = null;
        foreach (var e in history.Events)
        {
            state = Complaint.Evolve(state, e.Event, e.At);
            if (state.Version < projected)
                continue;
            foreach (var d in DutiesOf(state))
            {
                if (!kept.Contains(new RowId(d.PartitionKey, d.RowKey)))
                    gone.Add(new RowId(d.PartitionKey, d.RowKey));
            }
        }

        return [.. gone];
    }

    private static ComplaintRow Row(CaseHistory history, string partition, string month)
    {
        var s = history.State;
        return new ComplaintRow
        {
            PartitionKey = partition,
            RowKey = s.Number.ToString(),
            Version = s.Version,
            Community = s.Community.Value,
            Month = month,
            Kind = s.Kind.ToString(),
            Category = s.Category.ToString(),
            Severity = s.Severity.ToString(),
            Channel = s.Intake.Channel.ToString(),
            Lead = s.Lead.ToString(),
            Cooperating = string.Join(' ', s.Cooperating),
            Clause = s.Clause,
            Stage = s.Stage.ToString(),
            Outcome = s.Outcome.ToString(),
            Handler = s.Handler?.Value ?? "",
            ReceivedAt = s.ReceivedAt,
            ResolveDue = s.ResolveDue,
            ResolvedAt = s.Resolution?.At,
            SignedAt = s.SignedAt,
            ClosedAt = s.ClosedAt,
            Signature = s.Signature?.Way.ToString() ?? (s.WasUnreachable ? "Unreachable" : ""),
            Satisfaction = s.Signature?.Satisfaction,
            Reopened = s.Reopened,
            LateSteps = history.Steps.Count(x => x.Done > x.Due)
                + Obligations.Of(s).Count(o => o.Lapse is not null),
            Lapses = history.Events.Count(e => e.Event is ComplaintEvent.Lapsed { Level: 0 }),
            FailedMessages = history.Events.Count(e => e.Event is ComplaintEvent.MessageFailed),
            AnsweredAs = s.AnsweredAs?.ToString() ?? "",
            AboutCommunication = s.AboutCommunication,
        };
    }

    private static string RowKeyOf(Complaint s, Obligation o) => string.Create(
        CultureInfo.InvariantCulture, $"{o.Due.UtcDateTime:yyyyMMddHHmmss}-{s.Number}-{o.Kind}-{o.Subject}");
}
