using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.App.Reviews;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Reviews;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReviewAct =
    CustomerComm.Web.Matters.Act<CustomerComm.Domain.Reviews.Review, CustomerComm.Domain.Reviews.ReviewCommand>;

namespace CustomerComm.Web.Areas.Reviews;

/// <summary>A month in the list of reviews.</summary>
public sealed record ReviewLine(
    string Address, string Month, string Community, string Stage, bool Done, int Opinions, int Reviewed, string Due,
    bool Late, string? Report);

/// <summary>
/// An opinion in the list of a month. <paramref name="Quick"/>: it can be confirmed with others at once.
/// </summary>
public sealed record ListedOpinion(OpinionLine Line, OpinionView Opinion, bool Quick);

/// <summary>
/// A month's review with a page of its opinions: so many are before them, <paramref name="More"/> are behind them.
/// <paramref name="Todo"/>: only what is left to do.
/// </summary>
public sealed record MonthSight(
    Sight<Review> Of, bool Todo, int From, bool More, ImmutableArray<ListedOpinion> Opinions) : Sight<Review>(Of)
{
    /// <summary>Those that can be confirmed at once.</summary>
    internal IEnumerable<OpinionView> Quick => Opinions.Where(o => o.Quick).Select(o => o.Opinion);
}

/// <summary>The monthly review and inspection at the desk (4.5.4).</summary>
internal sealed class ReviewArea(
    ReviewKind reviews, OpinionArea opinions, RelatedArea related, ITables tables, DeskParts parts)
    : MatterArea<ReviewMatter, Review, ReviewCommand, ReviewEvent>(reviews, parts)
{
    public const string First = "/desk/reviews";

    /// <summary>Opinions on a page.</summary>
    public const int PageSize = 20;

    private const int Months = 24;
    private static readonly MonthFacts s_nothing = new(0, 0, [], [], []);

    public override string Words => "Analysis";

    public override string Path => First;

    protected override string Clause => "4.5.4";

    protected override Type Page => typeof(ReviewPage);

    protected override ImmutableArray<ReviewAct> Acts { get; } =
    [
        new(
            "Confirm",
            (s, f) => [f.Checks(
                "opinion", ((MonthSight)s).Quick.Select(o => new DeskChoice(o.Facts.Number, o.Facts.Number)))],
            (s, _) => new ReviewCommand.Find([.. ((MonthSight)s).Quick.Take(1).Select(Confirmed)]))
        {
            Gather = async (s, a, ct) => new ReviewCommand.Find(await ConfirmedAsync(reviews, s.State, a, ct)),
        },
        new(
            "Submit", (_, _) => [], s => Takes(s, new ReviewCommand.Submit(s_nothing)),
            (s, _, seen, ct) => reviews.SubmitAsync(s.Matter, s.Member, seen, ct))
        {
            Settles = ObligationKind.ReviewMonth,
        },
        new(
            "Close", (_, _) => [],
            s => Takes(s, new ReviewCommand.Close(s_nothing, new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, []))),
            (s, _, seen, ct) => reviews.CloseAsync(s.Matter, s.Member, seen, ct))
        {
            Settles = ObligationKind.InspectMonth,
        },
        new("SendBack", (_, f) => [f.Area("reason")], (_, a) => new ReviewCommand.SendBack(a.Text("reason")))
        {
            Danger = true,
        },
    ];

    public static string AddressOf(Review s) => $"{First}/{s.Community}-{s.Name}";

    /// <summary>What was found of an opinion, in words.</summary>
    public static string Found(Finding f, DeskWords words) => words[
        f is { Handled: true, Told: true } ? "Found.Done" : f.Handled ? "Found.NotTold" : "Found.NotHandled"];

    public override bool MaySee(StaffMember member) => Review.MayList(member);

    public override string AddressOf(ObligationRow owed) => $"{First}/{owed.Stream[(owed.Stream.IndexOf('.') + 1)..]}";

    public override void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/reviews", (HttpContext http, CancellationToken ct) => AreaPage.Of(http, Parts, this) is { } page
            ? ListAsync(page, ct) : Task.FromResult(DeskPages.SignIn(http)));
        base.Map(desk);
        opinions.Map(desk);
        related.Map(desk);
    }

    protected override async Task<LoadedMatter<Review>?> FindAsync(string id, CancellationToken ct) =>
        MatterIds.IsSound(id) ? await reviews.LoadAsync(reviews.StreamOf(id), ct) : null;

    protected override string AddressOf(LoadedMatter<Review> matter) => AddressOf(matter.State);

    protected override string AfterOf(LoadedMatter<Review> matter, PostedForm form) =>
        base.AfterOf(matter, form) + "&show=todo";

    protected override string TitleOf(Sight<Review> sight)
    {
        var words = sight.Words;
        var community = words.Community(words.Directory.Known(sight.State.Community));
        return $"{words["Review.Title"]} · {community} · {sight.State.Name}";
    }

    protected override IEnumerable<DeskBadge> Badges(Sight<Review> sight) =>
        [new DeskBadge(sight.Words.Name(sight.State.Stage), sight.State.Open ? "" : "ok")];

    /// <summary>What was found of each opinion stands in the list, for whoever may see that opinion.</summary>
    protected override bool Tells(Sight<Review> sight, object e) =>
        e is not (ReviewEvent.OpinionFound or ReviewEvent.OpinionChecked);

    protected override IEnumerable<DeskFact> Facts(Sight<Review> sight)
    {
        var (s, words) = (sight.State, sight.Words);
        DeskFact Fact(string key, int n) => new(words[$"Fact.{key}"], n.ToString(CultureInfo.InvariantCulture));
        yield return new DeskFact(words["Fact.Manager"], words.Person(s.Manager));
        yield return Fact("Opinions", s.Opinions);
        yield return Fact("Reviewed", s.Findings.Count);
        yield return Fact("Handled", s.Findings.Values.Count(f => f.Handled));
        yield return Fact("Verified", s.Verdicts.Values.Count(v => v.Holds));
        yield return Fact("Round", s.Round);
        if (s.SubmittedAt is { } submitted)
            yield return new DeskFact(words["Fact.Submitted"], words.Time(submitted));
        if (s.ClosedAt is { } closed)
            yield return new DeskFact(words["Fact.Closed"], words.Time(closed));
    }

    protected override IEnumerable<(string Key, string? Value)> Said(ReviewEvent e, DeskWords words) =>
        OpinionArea.SaidOf(e, words);

    protected override async Task<Sight<Review>?> LookAsync(
        HttpContext http, Sight<Review> sight, CancellationToken ct)
    {
        var s = sight.State;
        _ = int.TryParse(http.Request.Query["from"], NumberStyles.None, CultureInfo.InvariantCulture, out var from);
        var todo = http.Request.Query["show"] == "todo";
        var listed = ImmutableArray.CreateBuilder<ListedOpinion>();
        var at = 0;
        await foreach (var line in reviews.LinesFor(s, sight.Member, ct))
        {
            if (todo && !line.IsLeftFor(sight.Member, s))
                continue;
            if (at++ < from)
                continue;
            if (at > from + PageSize)
                break;
            if (await reviews.FindAsync(line.Number, ct) is { } opinion && opinion.MaySee(sight.Member))
            {
                listed.Add(new ListedOpinion(
                    line, opinion, !s.Findings.ContainsKey(line.Number) && opinion.Told
                    && Takes(sight, new ReviewCommand.Find([Confirmed(opinion)]))));
            }
        }

        return new MonthSight(sight, todo, from, at > from + PageSize, listed.ToImmutable());
    }

    private static OpinionFinding Confirmed(OpinionView opinion) =>
        new(opinion.Facts, Handled: true, Told: true, null, null, null);

    private static async Task<ImmutableArray<OpinionFinding>> ConfirmedAsync(
        ReviewKind reviews, Review s, Answers answers, CancellationToken ct)
    {
        var findings = ImmutableArray.CreateBuilder<OpinionFinding>();
        foreach (var number in answers.All("opinion").Take(ReviewMatter.MostAtOnce + 1))
        {
            if (await reviews.FindAsync(number, s.Community, s.Name, ct) is { } opinion)
                findings.Add(Confirmed(opinion));
        }

        return findings.ToImmutable();
    }

    private async Task<IResult> ListAsync(AreaPage page, CancellationToken ct)
    {
        var lines = ImmutableArray.CreateBuilder<ReviewLine>();
        foreach (var community in page.Communities)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(community.TimeZone);
            var words = new DeskWords(page.Words.Language, page.Directory, zone, new UiTexts(Words));
            // Keys are months, so the latest are at the end; they are few.
            var rows = await tables.Of<ReviewRow>().QueryAsync(community.Id.Value, null, null, 1_000, null, ct);
            lines.AddRange(rows.Rows.Reverse().Take(Months).Select(r => LineOf(r, community, words)));
        }

        return DeskPages.Page<ReviewListPage>(
            StatusCodes.Status200OK, ("Frame", page.Frame()), ("Lines", lines.ToImmutable()));
    }

    private ReviewLine LineOf(ReviewRow row, Community community, DeskWords words)
    {
        var stage = Enum.Parse<ReviewStage>(row.Stage);
        var done = stage == ReviewStage.Closed;
        return new ReviewLine(
            $"{First}/{community.Id}-{row.RowKey}", row.RowKey, words.Community(community), words.Name(stage), done,
            row.Opinions, row.Reviewed, words.Time(row.ReviewDue),
            stage == ReviewStage.Reviewing && row.ReviewDue < Parts.Time.Now(),
            done ? $"/reports?community={community.Id}&month={row.RowKey}" : null);
    }
}
