using System.Globalization;
using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Reports;

/// <summary>
/// One line of a trend: complaints of each month, oldest first. <paramref name="Late"/> counts those solved late or late,
/// <paramref name="Satisfaction"/> is the mean of 1 to 5.
/// </summary>
public sealed record TrendLine(string Name, IReadOnlyList<int> Counts, int Total, int Late, double? Satisfaction);

/// <summary>How many complaints of one category came from one building, and their share of all, 0 to 1.</summary>
public sealed record ProblemLine(string Category, string Building, int Complaints, double Share);

/// <summary>
/// Complaints and repairs of some months in a row (1.0, 4.5.7): by category, building (empty: not known) and handler.
/// </summary>
public sealed record TrendReport(
    string Community, string CommunityName, IReadOnlyList<string> Months, DateTimeOffset MadeAt, TrendLine All,
    IReadOnlyList<TrendLine> Categories, IReadOnlyList<TrendLine> Buildings, IReadOnlyList<TrendLine> Handlers);

/// <summary>Counts complaints month by month without keeping them.</summary>
internal sealed class TrendCounter(int months)
{
    private sealed class Line(int months)
    {
        public int[] Counts { get; } = new int[months];

        public int Late { get; set; }

        public int Answers { get; set; }

        public int Satisfaction { get; set; }
    }

    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    public void Add(string name, int month, ComplaintRow row, DateTimeOffset now)
    {
        if (!_lines.TryGetValue(name, out var line))
            _lines[name] = line = new Line(months);
        line.Counts[month]++;
        if ((row.ResolvedAt ?? row.ClosedAt ?? now) > row.ResolveDue)
            line.Late++;
        if (row.Satisfaction is { } s)
        {
            line.Answers++;
            line.Satisfaction += s;
        }
    }

    public List<TrendLine> Lines() =>
    [
        .. _lines.Select(l => new TrendLine(
                l.Key, l.Value.Counts, l.Value.Counts.Sum(), l.Value.Late,
                l.Value.Answers == 0 ? null : Math.Round((double)l.Value.Satisfaction / l.Value.Answers, 2)))
            .OrderByDescending(l => l.Total).ThenBy(l => l.Name, StringComparer.Ordinal),
    ];
}

/// <summary>Reads trends from the report tables, one partition a month.</summary>
public sealed class TrendReader(ITables tables, RulesBook book, TimeProvider time)
{
    /// <summary>Most months that are shown at once.</summary>
    public const int MostMonths = 36;

    /// <summary>Problems told of a month at most.</summary>
    public const int MostProblems = 5;

    /// <summary>
    /// The months up to the present one of a community, at most <see cref="MostMonths"/>, as a reader of this unit may see
    /// them, see <see cref="Guards"/>; null where it is unknown.
    /// </summary>
    public async Task<TrendReport?> ReadAsync(CommunityId id, int months, Unit reader, CancellationToken ct)
    {
        if (book.Directory.Find(id) is not { } community)
            return null;
        var now = time.Now();
        var today = book.Current(id).Calendar.LocalDate(now);
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - Math.Clamp(months, 1, MostMonths));
        var names = Enumerable.Range(0, Math.Clamp(months, 1, MostMonths))
            .Select(i => first.AddMonths(i).ToString("yyyy-MM", CultureInfo.InvariantCulture)).ToList();
        var (all, categories, buildings, handlers) = (
            new TrendCounter(names.Count), new TrendCounter(names.Count), new TrendCounter(names.Count),
            new TrendCounter(names.Count));
        for (var i = 0; i < names.Count; i++)
        {
            await foreach (var row in RowsAsync(id, names[i], ct))
            {
                if (!IsCounted(row) || !Guards.Opens(row.Guard, reader))
                    continue;
                all.Add("", i, row, now);
                categories.Add(row.Category, i, row, now);
                buildings.Add(row.Building, i, row, now);
                if (row.Handler.Length > 0)
                    handlers.Add(row.Handler, i, row, now);
            }
        }

        return new TrendReport(
            id.Value, community.Name, names, now,
            all.Lines().FirstOrDefault() ?? new TrendLine("", new int[names.Count], 0, 0, null),
            categories.Lines(), buildings.Lines(), handlers.Lines());
    }

    /// <summary>The most concentrated problems: category and building of at least two complaints (4.5.7).</summary>
    public static IReadOnlyList<ProblemLine> ProblemsOf(IReadOnlyList<ComplaintRow> rows)
    {
        var counted = rows.Where(IsCounted).ToList();
        return
        [
            .. counted.Where(r => r.Building.Length > 0).GroupBy(r => (r.Category, r.Building))
                .Select(g => new ProblemLine(
                    g.Key.Category, g.Key.Building, g.Count(), Math.Round((double)g.Count() / counted.Count, 4)))
                .Where(p => p.Complaints > 1).OrderByDescending(p => p.Complaints)
                .ThenBy(p => p.Category, StringComparer.Ordinal).ThenBy(p => p.Building, StringComparer.Ordinal)
                .Take(MostProblems),
        ];
    }

    /// <summary>Complaints and repairs that were not dismissed: what something is wrong with.</summary>
    private static bool IsCounted(ComplaintRow row) =>
        row.Kind is nameof(Nature.Complaint) or nameof(Nature.RepairRequest)
        && row.Outcome is not (nameof(Outcome.Dismissed) or nameof(Outcome.Voided));

    private IAsyncEnumerable<ComplaintRow> RowsAsync(CommunityId id, string month, CancellationToken ct) =>
        tables.RowsAsync<ComplaintRow>(Months.PartitionOf(id, month), ct);
}
