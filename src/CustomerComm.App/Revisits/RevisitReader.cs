using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Revisits;

namespace CustomerComm.App.Revisits;

/// <summary>Figures of the revisits of one handler.</summary>
public sealed record RevisitLine(string Handler, int Revisits, int Signed, double? Quality, double? Attitude, int Bad);

/// <summary>
/// The revisit of a community's month (4.5.3). <c>Share</c> is signed of all revisits, 0 to 1; null where there are
/// none.
/// <c>Bad</c> are answers that became complaints.
/// </summary>
public sealed record RevisitMonth(
    string Community, string Month, DateTimeOffset MadeAt, int Items, int Picked, int Percent, int LeastPerHandler,
    int Revisits, int Signed, int SignedPaper, int Open, int Overdue, int Declined, int Unreachable, int Bad,
    double? Share, double? Quality, double? Attitude, IReadOnlyList<RevisitLine> Handlers)
{
    /// <summary>Makes it from its rows.</summary>
    public static RevisitMonth Of(
        string community, string month, DateTimeOffset now, RevisitSampleRow? sample, IReadOnlyList<RevisitRow> rows)
    {
        int Ended(RevisitOutcome outcome) => rows.Count(r => r.Outcome == outcome.ToString());
        var open = rows.Where(r => r.Outcome == nameof(RevisitOutcome.None)).ToList();
        var signed = Ended(RevisitOutcome.Signed);
        return new RevisitMonth(
            community, month, now, sample?.Items ?? rows.Count, sample?.Picked ?? rows.Count, sample?.Percent ?? 100,
            sample?.LeastPerHandler ?? 0, rows.Count, signed, rows.Count(r => r.Signature == "Paper"), open.Count,
            open.Count(r => r.Due < now), Ended(RevisitOutcome.Declined), Ended(RevisitOutcome.Unreachable),
            rows.Count(r => r.Complaint.Length > 0),
            rows.Count == 0 ? null : Math.Round((double)signed / rows.Count, 3),
            Mean(rows.Select(r => r.Quality)), Mean(rows.Select(r => r.Attitude)),
            [.. rows.GroupBy(r => r.Handler, StringComparer.Ordinal)
                .Select(g => new RevisitLine(
                    g.Key, g.Count(), g.Count(r => r.Outcome == nameof(RevisitOutcome.Signed)),
                    Mean(g.Select(r => r.Quality)), Mean(g.Select(r => r.Attitude)),
                    g.Count(r => r.Complaint.Length > 0)))
                .OrderByDescending(l => l.Revisits).ThenBy(l => l.Handler, StringComparer.Ordinal)]);
    }

    private static double? Mean(IEnumerable<int?> values)
    {
        var given = values.OfType<int>().ToList();
        return given.Count == 0 ? null : Math.Round(given.Average(), 2);
    }
}

/// <summary>Reads revisits of a month from the tables alone.</summary>
public sealed class RevisitReader(ITables tables, RulesBook book, TimeProvider time)
{
    /// <summary>Revisits of a community's month, a page of <paramref name="take"/> (1–1,000).</summary>
    public Task<Page<RevisitRow>> ListAsync(
        CommunityId community, string month, int take, string? next, CancellationToken ct) =>
        tables.Of<RevisitRow>().QueryAsync(Months.PartitionOf(community, month), null, null, take, next, ct);

    /// <summary>The figures of a month (<c>yyyy-MM</c>); null where the community is unknown.</summary>
    public async Task<RevisitMonth?> MonthAsync(CommunityId community, string month, CancellationToken ct)
    {
        if (book.Directory.Find(community) is null)
            return null;
        var sample = await tables.Of<RevisitSampleRow>().GetAsync(community.Value, month, ct);
        var rows = await tables.RowsAsync<RevisitRow>(Months.PartitionOf(community, month), ct).ToListAsync(ct);
        return RevisitMonth.Of(community.Value, month, time.Now(), sample, rows);
    }
}
