using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Reports;

/// <summary>What became of one obligation.</summary>
public enum ObligationResult
{
    /// <summary>Done by its time.</summary>
    OnTime,
    /// <summary>Done, but late.</summary>
    Late,
    /// <summary>Not done, and past its time.</summary>
    Overdue,
    /// <summary>Not done, its time still to come.</summary>
    Pending,
}

/// <summary>
/// How many obligations there were and what became of them:
/// <c>Owed = OnTime + Late + Overdue + Pending</c>.
/// </summary>
public sealed record ObligationCounts(int Owed, int OnTime, int Late, int Overdue, int Pending)
{
    /// <summary>None.</summary>
    public static ObligationCounts None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>One more.</summary>
    public ObligationCounts And(ObligationResult result) => result switch
    {
        ObligationResult.OnTime => this with { Owed = Owed + 1, OnTime = OnTime + 1 },
        ObligationResult.Late => this with { Owed = Owed + 1, Late = Late + 1 },
        ObligationResult.Overdue => this with { Owed = Owed + 1, Overdue = Overdue + 1 },
        ObligationResult.Pending => this with { Owed = Owed + 1, Pending = Pending + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "Unknown result."),
    };

    /// <summary>These and others.</summary>
    public ObligationCounts And(ObligationCounts other)
    {
        return new ObligationCounts(
            Owed + other.Owed, OnTime + other.OnTime, Late + other.Late, Overdue + other.Overdue,
            Pending + other.Pending);
    }

    /// <summary>How many had this result.</summary>
    public int Of(ObligationResult result) => result switch
    {
        ObligationResult.OnTime => OnTime,
        ObligationResult.Late => Late,
        ObligationResult.Overdue => Overdue,
        ObligationResult.Pending => Pending,
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "Unknown result."),
    };
}

/// <summary>One kind of obligation under a clause.</summary>
public sealed record ConformityStep(string Step, ObligationCounts Counts);

/// <summary>
/// One clause: what was owed under it. <paramref name="Dated"/> is false where nothing is ever owed by a time.
/// </summary>
public sealed record ConformityClause(
    string Clause, bool Dated, ObligationCounts Counts, IReadOnlyList<ConformityStep> Steps);

/// <summary>Clause by clause what fell due in a community's month, and what became of it until now.</summary>
public sealed record ConformityReport(
    string Community, string CommunityName, string Month, DateTimeOffset From, DateTimeOffset To,
    DateTimeOffset MadeAt, ObligationCounts Total, IReadOnlyList<ConformityClause> Clauses);

/// <summary>One obligation behind a figure.</summary>
public sealed record ConformityItem(
    string Clause, string Step, string Subject, string Matter, string Number, string Stream, string Lead,
    string Owner, DateTimeOffset Due, DateTimeOffset? DoneAt, ObligationResult Result);

/// <summary>Which obligations are asked for; null: all.</summary>
public sealed record ConformityFilter(string? Clause, string? Step, ObligationResult? Result);

/// <summary>
/// Reads what was owed in a month. An obligation belongs to the month it fell due in, in the community's own time; only
/// the rows of that month are read.
/// </summary>
public sealed class ConformityReader(ITables tables, RulesBook book, TimeProvider time)
{
    /// <summary>Obligations on one page of a list at most.</summary>
    public const int PageSize = 50;

    /// <summary>What became of an obligation until now.</summary>
    public static ObligationResult ResultOf(ConformityRow row, DateTimeOffset now)
    {
        if (row.DoneAt is not null)
            return row.Late ? ObligationResult.Late : ObligationResult.OnTime;
        return row.Due < now ? ObligationResult.Overdue : ObligationResult.Pending;
    }

    /// <summary>
    /// A community's month as a reader of this unit may see it, see <see cref="Guards"/>; null where the community is
    /// unknown.
    /// </summary>
    public async Task<ConformityReport?> MonthAsync(
        CommunityId id, int year, int month, Unit reader, CancellationToken ct)
    {
        if (book.Directory.Find(id) is not { } community)
            return null;
        var (from, to) = book.Current(id).Calendar.Month(year, month);
        var name = Name(year, month);
        var now = time.Now();
        var counts = new Dictionary<(string Clause, string Step), ObligationCounts>();
        await foreach (var row in tables.RowsAsync<ConformityRow>(Months.PartitionOf(id, name), ct))
        {
            if (!Guards.Opens(row.Guard, reader))
                continue;
            var key = (row.Clause, row.Step);
            counts[key] = (counts.GetValueOrDefault(key) ?? ObligationCounts.None).And(ResultOf(row, now));
        }

        var clauses = ClausesOf(counts);
        return new ConformityReport(
            id.Value, community.Name, name, from, to, now,
            clauses.Aggregate(ObligationCounts.None, (sum, c) => sum.And(c.Counts)), clauses);
    }

    /// <summary>A page of the obligations behind a figure, in order of clause, kind of matter and number.</summary>
    public async Task<Page<ConformityItem>> ItemsAsync(
        CommunityId id, int year, int month, Unit reader, ConformityFilter filter, string? next, CancellationToken ct)
    {
        var now = time.Now();
        var partition = Months.PartitionOf(id, Name(year, month));
        (string? from, string? to) = filter.Clause is { } clause ? ConformityRow.RangeOf(clause) : (null, null);
        var items = new List<ConformityItem>();
        do
        {
            // Few at a time, so that what is behind the page's end is read but once.
            var page = await tables.Of<ConformityRow>().QueryAsync(
                partition, from, to, PageSize - items.Count, next, ct);
            items.AddRange(page.Rows.Where(r => Guards.Opens(r.Guard, reader)).Select(r => ItemOf(r, now))
                .Where(i => Matches(i, filter)));
            next = page.Next;
        }
        while (next is not null && items.Count < PageSize);
        return new Page<ConformityItem>(items, next);
    }

    private static List<ConformityClause> ClausesOf(Dictionary<(string Clause, string Step), ObligationCounts> counts)
    {
        var byClause = counts.GroupBy(c => c.Key.Clause, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        // A clause that is none of the procedure's would be a mistake; it must not hide what was owed.
        return
        [
            .. Domain.Clauses.All.Concat(byClause.Keys.Except(Domain.Clauses.All, StringComparer.Ordinal))
                .Select(clause =>
                {
                    var steps = byClause.GetValueOrDefault(clause) ?? [];
                    return new ConformityClause(
                        clause, Domain.Clauses.Dated.Contains(clause),
                        steps.Aggregate(ObligationCounts.None, (sum, s) => sum.And(s.Value)),
                        [
                            .. steps.OrderBy(s => s.Key.Step, StringComparer.Ordinal)
                                .Select(s => new ConformityStep(s.Key.Step, s.Value)),
                        ]);
                }),
        ];
    }

    private static bool Matches(ConformityItem item, ConformityFilter filter) =>
        (filter.Step is null || item.Step == filter.Step) && (filter.Result is null || item.Result == filter.Result);

    private static ConformityItem ItemOf(ConformityRow r, DateTimeOffset now) => new(
        r.Clause, r.Step, r.Subject, r.Matter, r.Number, r.Stream, r.Lead, r.Owner, r.Due, r.DoneAt, ResultOf(r, now));

    private static string Name(int year, int month) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}");
}
