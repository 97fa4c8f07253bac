using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Jobs;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Revisits;

namespace CustomerComm.App.Revisits;

/// <summary>
/// Picks what was finished last month in every community and asks its residents (4.5.3). Each item has a stream of its
/// own whose id follows from item and month: running it again plans only what is missing and sends nothing twice.
/// </summary>
public sealed class RevisitPlanning(
    RevisitKind revisits, OrderKind orders, ComplaintKind complaints, ITables tables, RulesBook book)
{
    /// <summary>Plans the revisits of a month.</summary>
    public async Task<JobReport> PlanAsync(JobRun run, CancellationToken ct)
    {
        var month = run.First.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var picks = new List<(CommunityId Community, IReadOnlyList<ClosedRow> Items)>();
        foreach (var community in book.Directory.Communities)
            picks.Add((community.Id, await PickAsync(community.Id, month, run.At, ct)));
        var total = picks.Sum(p => (long)p.Items.Count);
        var (done, planned) = (0L, 0L);
        foreach (var (community, items) in picks)
        {
            foreach (var item in items)
            {
                ct.ThrowIfCancellationRequested();
                if (await PlanAsync(community, month, item, ct))
                    planned++;
                done++;
                run.Progress?.Report(new JobProgress(done, total));
            }
        }

        return new JobReport(
            done, $"{done} items of {month}: {planned} planned now, {done - planned} before or not to ask");
    }

    private async Task<IReadOnlyList<ClosedRow>> PickAsync(
        CommunityId community, string month, DateTimeOffset at, CancellationToken ct)
    {
        var limits = book.Current(community).Policy.Revisits;
        var items = await tables.RowsAsync<ClosedRow>(Months.PartitionOf(community, month), ct).ToListAsync(ct);
        var picked = RevisitSample.Pick(items, month, limits);
        var row = new RevisitSampleRow
        {
            PartitionKey = community.Value,
            RowKey = month,
            Version = at.ToUnixTimeSeconds(),
            Items = items.Count,
            Picked = picked.Count,
            Percent = limits.SamplePercent,
            LeastPerHandler = limits.LeastPerHandler,
            PickedAt = at,
        };
        await tables.Of<RevisitSampleRow>().WriteAsync([row], [], row.Version, ct);
        return picked;
    }

    /// <summary>True where the revisit was begun by this very call.</summary>
    private async Task<bool> PlanAsync(CommunityId community, string month, ClosedRow row, CancellationToken ct)
    {
        var stream = revisits.StreamOf(community, month, row.RowKey);
        // What was planned before is not read again: most of a second run.
        if (await revisits.LoadAsync(stream, ct) is not null)
            return false;
        var plan = row.Matter == OrderKind.Name
            ? await OfOrderAsync(community, month, row, ct)
            : await OfComplaintAsync(community, month, row, ct);
        return plan is not null
            && await revisits.BeginAsync(stream, community, plan, new Actor.System(), null, ct)
                is MatterResult<Revisit>.Done;
    }

    private async Task<RevisitCommand.Plan?> OfOrderAsync(
        CommunityId community, string month, ClosedRow row, CancellationToken ct)
    {
        if (await orders.LoadAsync(new StreamId(row.Stream), ct) is not { State: { FinishedAt: { } at } s })
            return null;
        return new RevisitCommand.Plan(
            community, month,
            new RevisitedItem(
                s.Number, row.Matter, row.Stream, s.Intake.Category, s.Worker, Sorted(s.Workers), at),
            s.Intake.Contact, s.Intake.Language,
            TextOf(s.Number, s.Intake.Text.Value, s.Result?.Value ?? "", s.Intake.Language),
            new RevisitSides(Unit.Office, Unit.Quality, Unit.Leader));
    }

    private async Task<RevisitCommand.Plan?> OfComplaintAsync(
        CommunityId community, string month, ClosedRow row, CancellationToken ct)
    {
        if (await complaints.LoadAsync(new StreamId(row.Stream), ct) is not { State: { ClosedAt: { } at } s })
            return null;
        return new RevisitCommand.Plan(
            community, month,
            new RevisitedItem(
                s.Number.ToString(), row.Matter, row.Stream, s.Category, s.Handler, Sorted(s.HandledBy), at),
            s.Intake.Contact, s.Intake.Language,
            TextOf(s.Number.ToString(), s.Intake.Text.Value, s.Resolution?.Text.Value ?? "", s.Intake.Language),
            RevisitSides.Of(s));
    }

    private static ImmutableArray<StaffId> Sorted(IEnumerable<StaffId> worked) =>
        [.. worked.OrderBy(id => id.Value, StringComparer.Ordinal)];

    /// <summary>The text the resident is shown and signs for.</summary>
    private static string TextOf(string number, string asked, string done, Language language) =>
        Texts.Format("Revisit.Text", language, name => name switch
        {
            "number" => number,
            "asked" => asked,
            "done" => done,
            _ => null,
        });
}
