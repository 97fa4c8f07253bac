using System.Globalization;
using CustomerComm.App.Jobs;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Reviews;

namespace CustomerComm.App.Reviews;

/// <summary>The monthly review of each community (4.5.4): one matter a community and month.</summary>
public sealed partial class ReviewKind(MatterParts parts, IEnumerable<IOpinionSource> sources)
    : MatterKind<ReviewMatter, Review, ReviewCommand, ReviewEvent>(parts, "review")
{
    /// <summary>Months back in which a review that was closed late is found.</summary>
    private const int Back = 12;

    private readonly IReadOnlyList<IOpinionSource> _sources = [.. sources];

    /// <summary>Stream of a community's month.</summary>
    public StreamId StreamOf(CommunityId community, int year, int month) => StreamOf(IdOf(community, year, month));

    /// <summary>Name of a community's month, e.g. <c>HY-2026-11</c>.</summary>
    public static string IdOf(CommunityId community, int year, int month) =>
        string.Create(CultureInfo.InvariantCulture, $"{community}-{year:D4}-{month:D2}");

    /// <summary>
    /// Opens the review of a month that is over; null where nothing was collected in it, so that nothing is owed.
    /// Repeating it changes nothing.
    /// </summary>
    public async Task<MatterResult<Review>?> OpenAsync(CommunityId community, int year, int month, CancellationToken ct)
    {
        var stream = StreamOf(community, year, month);
        if (await LoadAsync(stream, ct) is { } before)
            return new MatterResult<Review>.Done(before);
        var facts = await FactsAsync(community, year, month, null, withheld: null, ct);
        return facts.Opinions == 0 && facts.Doubtful.IsEmpty
            ? null
            : await BeginAsync(
                stream, community, new ReviewCommand.Open(community, year, month, facts.Opinions, facts.Withheld),
                new Actor.System(), null, ct);
    }

    /// <summary>
    /// Opens the review of a month in every community. One whose month is not over yet in its own time is left for the
    /// next run.
    /// </summary>
    public async Task<JobReport> OpenAsync(JobRun run, CancellationToken ct)
    {
        var (open, none, early) = (0, 0, 0);
        foreach (var community in Book.Directory.Communities)
        {
            var (_, end) = Book.Current(community.Id).Calendar.Month(run.First.Year, run.First.Month);
            if (run.At < end)
                early++;
            else if (await OpenAsync(community.Id, run.First.Year, run.First.Month, ct) is null)
                none++;
            else
                open++;
            run.Progress?.Report(new JobProgress(open + none + early, Book.Directory.Communities.Length));
        }

        return new JobReport(
            open, $"{open} reviews of {run.First:yyyy-MM} are open or done, {none} communities without an opinion, "
            + $"{early} whose month is not over");
    }

    /// <summary>
    /// Publishes the reports of months whose review was closed, and tells the leader and quality (3.2, 4.5.4). A month
    /// that is closed late is found for a year.
    /// </summary>
    public async Task<JobReport> PublishAsync(JobRun run, CancellationToken ct)
    {
        var (published, waiting, done) = (0, 0, 0);
        foreach (var community in Book.Directory.Communities)
        {
            for (var back = 0; back < Back; back++)
            {
                var month = run.First.AddMonths(-back);
                var stream = StreamOf(community.Id, month.Year, month.Month);
                done++;
                if (await LoadAsync(stream, ct) is not { State: { PublishedAt: null } review })
                    continue;
                if (review.Open)
                {
                    waiting++;
                    continue;
                }

                if (await HandleAsync(stream, new ReviewCommand.Publish(), new Actor.System(), null, ct)
                    is MatterResult<Review>.Done)
                {
                    published++;
                }
            }

            run.Progress?.Report(new JobProgress(done, (long)Book.Directory.Communities.Length * Back));
        }

        return new JobReport(published, $"{published} reports published, {waiting} months still under review");
    }

    /// <summary>Hands the review to quality; from the leader: those kept from the office are done.</summary>
    public async Task<MatterResult<Review>> SubmitAsync(
        LoadedMatter<Review> review, StaffMember by, SeenMessage? seen, CancellationToken ct)
    {
        var s = review.State;
        var facts = await FactsAsync(
            s.Community, s.Year, s.Month, s, withheld: by.Unit == Unit.Leader, ct);
        return await HandleAsync(review.Stream, new ReviewCommand.Submit(facts), new Actor.Staff(by), seen, ct);
    }

    /// <summary>Closes the month with the figures of now.</summary>
    public async Task<MatterResult<Review>> CloseAsync(
        LoadedMatter<Review> review, StaffMember by, SeenMessage? seen, CancellationToken ct)
    {
        var s = review.State;
        var facts = await FactsAsync(s.Community, s.Year, s.Month, s, withheld: null, ct);
        var figures = await FiguresAsync(s, facts, ct);
        return await HandleAsync(
            review.Stream, new ReviewCommand.Close(facts, figures), new Actor.Staff(by), seen, ct);
    }

    /// <summary>The opinion of this number, or null.</summary>
    public async Task<OpinionView?> FindAsync(string number, CancellationToken ct)
    {
        foreach (var source in _sources)
        {
            if (await source.FindAsync(number, ct) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>As the other, where it is of this community and month (<c>yyyy-MM</c>).</summary>
    public async Task<OpinionView?> FindAsync(
        string number, CommunityId community, string month, CancellationToken ct) =>
        await FindAsync(number, ct) is { } found && found.Facts.Community == community
            && (found.Facts.Month == month || found.Facts.DoubtIn(month) != Doubt.None)
            ? found
            : null;

    /// <summary>A month's opinions, page by page of each source, never all at once.</summary>
    public async IAsyncEnumerable<OpinionLine> OpinionsAsync(
        CommunityId community, string month,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var source in _sources)
        {
            string? next = null;
            do
            {
                var page = await source.MonthAsync(community, month, next, ct);
                foreach (var line in page.Rows)
                    yield return line;
                next = page.Next;
            }
            while (next is not null);
        }
    }

    /// <summary>
    /// How a month stands. <paramref name="withheld"/>: only the leader's part, or only the office's; null: all.
    /// </summary>
    public async Task<MonthFacts> FactsAsync(
        CommunityId community, int year, int month, Review? review, bool? withheld, CancellationToken ct)
    {
        var (all, kept) = (0, 0);
        List<string> undecided = [], open = [], unverified = [], left = [];
        await foreach (var line in OpinionsAsync(community, MonthName(year, month), ct))
        {
            all++;
            kept += line.Withheld ? 1 : 0;
            if (withheld is { } part && line.Withheld != part)
                continue;
            if (review?.Findings.ContainsKey(line.Number) != true)
                undecided.Add(line.Number);
            if (line.Open)
                open.Add(line.Number);
            if (line.ToTakeUp)
                left.Add(line.Number);
            if (line.Unverified)
                unverified.Add(line.Number);
        }

        var doubts = await DoubtsAsync(community, MonthName(year, month), ct);
        return new MonthFacts(all, kept, [.. undecided], [.. open], [.. unverified])
        {
            Doubtful = [.. doubts.Select(d => d.Number)],
            ToTakeUp = [.. left],
        };
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(ReviewRow), typeof(MonthRow)];

    /// <inheritdoc/>
    protected override string? PersonOf(ReviewEvent e, Review state) =>
        e is ReviewEvent.OpinionFound f ? f.Phone?.Value ?? f.Conversation : null;

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<Review> matter, long since)
    {
        var s = matter.State;
        var row = RowOf(s, matter.Version);
        return s is { Figures: { } figures, ClosedAt: { } closed, PublishedAt: { } published }
            ? [row, MonthOf(s, figures, closed, published, matter.Version)]
            : [row];
    }

    private static ReviewRow RowOf(Review s, long version) => new()
    {
        PartitionKey = s.Community.Value,
        RowKey = s.Name,
        Version = version,
        Number = s.Number,
        Stage = s.Stage.ToString(),
        Round = s.Round,
        Opinions = s.Opinions,
        Reviewed = s.Findings.Count,
        Handled = s.Findings.Values.Count(f => f.Handled),
        Told = s.Findings.Values.Count(f => f.Told),
        Verified = s.Verdicts.Values.Count(v => v.Holds),
        ReviewDue = s.ReviewDue,
        SubmittedAt = s.SubmittedAt,
        ClosedAt = s.ClosedAt,
    };

    private static MonthRow MonthOf(
        Review s, MonthFigures f, DateTimeOffset closed, DateTimeOffset published, long version) => new()
        {
            PartitionKey = s.Community.Value,
            RowKey = s.Name,
            Version = version,
            Opinions = f.Opinions,
            Complaints = f.Complaints,
            Enquiries = f.Enquiries,
            Suggestions = f.Suggestions,
            Repairs = f.Repairs,
            Praise = f.Praise,
            Open = f.Open,
            Closed = f.Closed,
            Overdue = f.Overdue,
            Signed = f.Signed,
            Answers = f.Answers,
            Satisfaction = f.Satisfaction,
            Problems = string.Join(' ', f.Problems.Select(p => string.Create(
                CultureInfo.InvariantCulture, $"{p.Category}/{p.Building}/{p.Complaints}"))),
            ClosedAt = closed,
            PublishedAt = published,
        };

    private async Task<MonthFigures> FiguresAsync(Review s, MonthFacts facts, CancellationToken ct)
    {
        var rows = await Tables.RowsAsync<ComplaintRow>(Months.PartitionOf(s.Community, s.Name), ct).ToListAsync(ct);
        var now = Now;
        var answers = rows.Where(r => r.Satisfaction is not null).Select(r => r.Satisfaction!.Value).ToList();
        int Kind(Nature kind) => rows.Count(r => r.Kind == kind.ToString());
        return new MonthFigures(
            facts.Opinions, Kind(Nature.Complaint), Kind(Nature.Enquiry), Kind(Nature.Suggestion),
            Kind(Nature.RepairRequest), Kind(Nature.Praise), facts.Open.Length + facts.Unverified.Length,
            facts.Opinions - facts.Open.Length - facts.Unverified.Length,
            rows.Count(r => (r.ResolvedAt ?? r.ClosedAt ?? now) > r.ResolveDue),
            rows.Count(r => r.SignedAt is not null), answers.Count, answers.Count == 0 ? null : Math.Round(answers.Average(), 2),
            [.. TrendReader.ProblemsOf(rows).Select(p => new Problem(p.Category, p.Building, p.Complaints))]);
    }

    private static string MonthName(int year, int month) =>
        string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}");
}
