using CustomerComm.App.Company;
using CustomerComm.App.Outside;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Reports;

/// <summary>Counts of the complaints of one category or one unit.</summary>
public sealed record CountLine(
    string Name, int Received, int Complaints, int Open, int Closed, int Overdue, int Signed, double? Satisfaction);

/// <summary>
/// How one kind of step went. <c>Standing</c> steps are not done yet; <c>Overdue</c> are those of them past due.
/// </summary>
public sealed record StepLine(
    string Step, string Clause, int Owed, int OnTime, int Late, int Standing, int Overdue, double? MeanMinutesLate);

/// <summary>Signatures obtained from the complaints that were solved (4.6.2-4).</summary>
public sealed record SignatureLine(int Solved, int Drawn, int Paper, int Unreachable, int Waiting, int Reopened);

/// <summary>Satisfaction given with signatures: how often 1 to 5, and the mean (3.2).</summary>
public sealed record SatisfactionLine(int Answers, double? Mean, IReadOnlyList<int> Counts);

/// <summary>One complaint of the report.</summary>
public sealed record ComplaintLine(
    string Number, string Category, string Severity, string Lead, string Stage, string Outcome,
    DateTimeOffset ReceivedAt, DateTimeOffset ResolveDue, DateTimeOffset? ResolvedAt, DateTimeOffset? ClosedAt,
    int? Satisfaction, string Signature, int LateSteps, string Outside);

/// <summary>Complaints of which less was made for one reason, and how many of them were dismissed (4.6.2-1).</summary>
public sealed record LoweredLine(string Reason, int Count, int Dismissed);

/// <summary>Complaints objected to, and those that ended with a final answer (4.6.1-3).</summary>
public sealed record ObjectionLine(int Objected, int FinallyAnswered);

/// <summary>Suggestions about communication that a unit considered (4.5.7).</summary>
public sealed record CommunicationLine(string Unit, int Suggestions, int Adopted);

/// <summary>
/// A community's month for management (3.2, 4.5.4): all complaints received in it, and what became of them until now.
/// </summary>
public sealed record MonthlyReport(
    string Community, string CommunityName, string Month, DateTimeOffset From, DateTimeOffset To,
    DateTimeOffset MadeAt, int Received, int Open, int Closed, int Withdrawn, int Voided,
    IReadOnlyList<CountLine> Categories, IReadOnlyList<CountLine> Departments, IReadOnlyList<CountLine> Kinds,
    IReadOnlyList<CountLine> Channels, IReadOnlyList<StepLine> Steps, SignatureLine Signatures,
    SatisfactionLine Satisfaction, IReadOnlyList<ComplaintLine> Lines)
{
    /// <summary>The most concentrated problems: category and building, most complaints first (4.5.7).</summary>
    public IReadOnlyList<ProblemLine> Problems { get; init; } = [];

    /// <summary>What was dismissed, called something else or rated lower, by reason (4.6.2-1).</summary>
    public IReadOnlyList<LoweredLine> Lowered { get; init; } = [];

    /// <summary>Objections, and complaints that ended with a final answer (4.6.1-3).</summary>
    public ObjectionLine Objections { get; init; } = new(0, 0);

    /// <summary>Suggestions about communication by unit, and how many of them were adopted (4.5.7).</summary>
    public IReadOnlyList<CommunicationLine> Communication { get; init; } = [];

    /// <summary>Work orders of authorities, those given back left out of their rates (4.6.2-2).</summary>
    public OutsideFigures Outside { get; init; } = OutsideFigures.Of([], default);

    /// <summary>Makes the report from its rows.</summary>
    public static MonthlyReport Of(
        string community, string name, string month, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now,
        IReadOnlyList<ComplaintRow> rows, IReadOnlyList<StepRow> steps, IReadOnlyList<OutsideRow> outside)
    {
        return new MonthlyReport(
            community, name, month, from, to, now, rows.Count, rows.Count(r => r.ClosedAt is null),
            rows.Count(r => r.ClosedAt is not null), rows.Count(r => r.Outcome == "Withdrawn"),
            rows.Count(r => r.Outcome == "Voided"), Group(rows, r => r.Category, now), Group(rows, r => r.Lead, now),
            Group(rows, r => r.Kind, now), Group(rows, r => r.Channel, now), StepsOf(steps, now), SignaturesOf(rows),
            SatisfactionOf(rows), [.. rows.Select(LineOf)])
        {
            Problems = TrendReader.ProblemsOf(rows),
            Outside = OutsideFigures.Of(outside, now),
            Lowered =
            [
                .. rows.Where(r => r.Lowered.Length > 0).GroupBy(r => r.Lowered, StringComparer.Ordinal)
                    .Select(g => new LoweredLine(g.Key, g.Count(), g.Count(r => r.Outcome == nameof(Outcome.Dismissed))))
                    .OrderBy(l => l.Reason, StringComparer.Ordinal),
            ],
            Objections = new ObjectionLine(
                rows.Count(r => r.Objections > 0), rows.Count(r => r.Outcome == nameof(Outcome.FinallyAnswered))),
            Communication =
            [
                .. rows.Where(r => r.AboutCommunication).GroupBy(r => r.Lead, StringComparer.Ordinal)
                    .Select(g => new CommunicationLine(
                        g.Key, g.Count(), g.Count(r => r.AnsweredAs == nameof(AnswerKind.Adopted))))
                    .OrderBy(l => l.Unit, StringComparer.Ordinal),
            ],
        };
    }

    private static List<CountLine> Group(
        IReadOnlyList<ComplaintRow> rows, Func<ComplaintRow, string> by, DateTimeOffset now) =>
        [.. rows.GroupBy(by, StringComparer.Ordinal)
            .Select(g => new CountLine(
                g.Key, g.Count(), g.Count(IsComplaint), g.Count(r => r.ClosedAt is null),
                g.Count(r => r.ClosedAt is not null),
                g.Count(r => (r.ResolvedAt ?? r.ClosedAt ?? now) > r.Promised), g.Count(r => r.Signature.Length > 0),
                Mean(g.Where(r => r.Satisfaction is not null).Select(r => (double)r.Satisfaction!.Value))))
            .OrderByDescending(l => l.Received).ThenBy(l => l.Name, StringComparer.Ordinal)];

    /// <summary>What ever was one stays one, whatever it was called later (3.2).</summary>
    private static bool IsComplaint(ComplaintRow r) => r.Kind == nameof(Nature.Complaint)
        || r.OriginalKind == nameof(Nature.Complaint) || (r.EverComplaint && r.Lowered.Length > 0);

    private static List<StepLine> StepsOf(IReadOnlyList<StepRow> steps, DateTimeOffset now) =>
        [.. steps.GroupBy(s => (s.Step, s.Clause))
            .Select(g => new StepLine(
                g.Key.Step, g.Key.Clause, g.Count(), g.Count(s => s.DoneAt is not null && !s.Late), g.Count(s => s.Late),
                g.Count(s => s.DoneAt is null), g.Count(s => s.DoneAt is null && s.Due < now),
                Mean(g.Where(s => s.Late).Select(s => (double)s.MinutesLate))))
            .OrderBy(l => l.Clause, StringComparer.Ordinal).ThenBy(l => l.Step, StringComparer.Ordinal)];

    private static SignatureLine SignaturesOf(IReadOnlyList<ComplaintRow> rows) => new(
        rows.Count(r => r.ResolvedAt is not null), rows.Count(r => r.Signature == "Drawn"),
        rows.Count(r => r.Signature == "Paper"), rows.Count(r => r.Signature == "Unreachable"),
        rows.Count(r => r.Stage == "Resolved"), rows.Count(r => r.Reopened > 0));

    private static SatisfactionLine SatisfactionOf(IReadOnlyList<ComplaintRow> rows)
    {
        var given = rows.Where(r => r.Satisfaction is not null).Select(r => r.Satisfaction!.Value).ToList();
        return new SatisfactionLine(
            given.Count, Mean(given.Select(v => (double)v)),
            [.. Enumerable.Range(1, 5).Select(v => given.Count(x => x == v))]);
    }

    private static ComplaintLine LineOf(ComplaintRow r) => new(
        r.RowKey, r.Category, r.Severity, r.Lead, r.Stage, r.Outcome, r.ReceivedAt, r.ResolveDue, r.ResolvedAt,
        r.ClosedAt, r.Satisfaction, r.Signature, r.LateSteps, r.Outside);

    private static double? Mean(IEnumerable<double> values)
    {
        var list = values.ToList();
        return list.Count == 0 ? null : Math.Round(list.Average(), 2);
    }
}

/// <summary>Reads monthly reports from the report tables alone.</summary>
public sealed class ReportReader(ITables tables, RulesBook book, TimeProvider time)
{
    /// <summary>The month of now in a community, <c>yyyy-MM</c>.</summary>
    public string ThisMonth(CommunityId community) =>
        Months.Of(time.Now(), book.Current(community).Calendar.Zone);

    /// <summary>
    /// A community's month as a reader of this unit may see it, see <see cref="Guards"/>; null where the community is
    /// unknown.
    /// </summary>
    public async Task<MonthlyReport?> MonthAsync(
        CommunityId id, int year, int month, Unit reader, CancellationToken ct)
    {
        if (book.Directory.Find(id) is not { } community)
            return null;
        var (from, to) = book.Current(id).Calendar.Month(year, month);
        var name = from.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        var partition = Months.PartitionOf(id, name);
        return MonthlyReport.Of(
            id.Value, community.Name, name, from, to, time.Now(), await SeenAsync<ComplaintRow>(r => r.Guard),
            await SeenAsync<StepRow>(r => r.Guard), await SeenAsync<OutsideRow>(r => r.Guard));

        ValueTask<List<TRow>> SeenAsync<TRow>(Func<TRow, string> guard)
            where TRow : class, ITableRow =>
            tables.RowsAsync<TRow>(partition, ct).Where(r => Guards.Opens(guard(r), reader)).ToListAsync(ct);
    }
}
