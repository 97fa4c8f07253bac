using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Orders;

namespace CustomerComm.App.Orders;

/// <summary>Figures of the orders of one unit or one worker.</summary>
public sealed record OrderLine(
    string Name, int Orders, int Open, int Done, int OnTime, int Late, int Reopened, double? Quality, double? Attitude);

/// <summary>
/// A community's month of orders (3.3, 4.2.4): all opened in it, and what became of them until now. <c>OnTime</c> are
/// those done and never late; <c>Late</c> those whose time passed at least once.
/// </summary>
public sealed record OrderMonth(
    string Community, string Month, DateTimeOffset MadeAt, int Orders, int Repairs, int Services, int Open, int Done,
    int Closed, int Cancelled, int Refused, int OnTime, int Late, int Reopened, int Amendments, int Agreed,
    int SignedDrawn, int SignedPaper, int Unreachable, int Disputed, int BecameComplaint, double? Quality,
    double? Attitude, IReadOnlyList<OrderLine> Units, IReadOnlyList<OrderLine> Workers)
{
    /// <summary>Makes it from its rows.</summary>
    public static OrderMonth Of(string community, string month, DateTimeOffset now, IReadOnlyList<OrderRow> rows)
    {
        int Ended(OrderOutcome outcome) => rows.Count(r => r.Outcome == outcome.ToString());
        return new OrderMonth(
            community, month, now, rows.Count, rows.Count(r => r.Kind == nameof(OrderType.Repair)),
            rows.Count(r => r.Kind == nameof(OrderType.Service)), rows.Count(r => r.ClosedAt is null),
            rows.Count(r => r.FinishedAt is not null), rows.Count(r => r.ClosedAt is not null),
            Ended(OrderOutcome.Cancelled), Ended(OrderOutcome.Refused),
            rows.Count(r => r is { FinishedAt: not null, Late: false }), rows.Count(r => r.Late),
            rows.Count(r => r.Reopened > 0), rows.Sum(r => r.Amendments), rows.Sum(r => r.Agreed),
            rows.Count(r => r.Signature == "Drawn"), rows.Count(r => r.Signature == "Paper"),
            Ended(OrderOutcome.Unreachable), Ended(OrderOutcome.Disputed), rows.Count(r => r.Complaints.Length > 0),
            Mean(rows.Select(r => r.Quality)), Mean(rows.Select(r => r.Attitude)), Group(rows, r => r.Unit),
            Group(rows.Where(r => r.Worker.Length > 0), r => r.Worker));
    }

    private static List<OrderLine> Group(IEnumerable<OrderRow> rows, Func<OrderRow, string> by) =>
        [.. rows.GroupBy(by, StringComparer.Ordinal)
            .Select(g => new OrderLine(
                g.Key, g.Count(), g.Count(r => r.ClosedAt is null), g.Count(r => r.FinishedAt is not null),
                g.Count(r => r is { FinishedAt: not null, Late: false }), g.Count(r => r.Late),
                g.Count(r => r.Reopened > 0), Mean(g.Select(r => r.Quality)), Mean(g.Select(r => r.Attitude))))
            .OrderByDescending(l => l.Orders).ThenBy(l => l.Name, StringComparer.Ordinal)];

    private static double? Mean(IEnumerable<int?> values)
    {
        var given = values.OfType<int>().ToList();
        return given.Count == 0 ? null : Math.Round(given.Average(), 2);
    }
}

/// <summary>Reads lists and months of orders from the tables alone.</summary>
public sealed class OrderReader(ITables tables, RulesBook book, TimeProvider time)
{
    /// <summary>Orders of a community in one stage, a page of <paramref name="take"/> (1–1,000).</summary>
    public Task<Page<OrderListRow>> ListAsync(
        CommunityId community, OrderStage stage, int take, string? next, CancellationToken ct) =>
        tables.Of<OrderListRow>().QueryAsync($"{community}-{stage}", null, null, take, next, ct);

    /// <summary>A community's month; null where the community is unknown.</summary>
    public async Task<OrderMonth?> MonthAsync(CommunityId id, int year, int month, CancellationToken ct)
    {
        if (book.Directory.Find(id) is null)
            return null;
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}");
        var rows = await tables.RowsAsync<OrderRow>(Months.PartitionOf(id, name), ct).ToListAsync(ct);
        return OrderMonth.Of(id.Value, name, time.Now(), rows);
    }
}
