using System.Collections.Immutable;
using CustomerComm.App.Matters;
using CustomerComm.App.Reviews;
using CustomerComm.Domain;
using CustomerComm.Domain.Reviews;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReviewAct =
    CustomerComm.Web.Matters.Act<CustomerComm.Domain.Reviews.Review, CustomerComm.Domain.Reviews.ReviewCommand>;

namespace CustomerComm.Web.Areas.Reviews;

/// <summary>A month's review with one of its opinions.</summary>
public sealed record OpinionSight(Sight<Review> Of, OpinionView Opinion) : Sight<Review>(Of)
{
    /// <summary>What was found of it, or null.</summary>
    public Finding? Finding => State.Findings.GetValueOrDefault(Opinion.Facts.Number);
}

/// <summary>One opinion of a month's review: the office finds, quality verifies (4.5.4).</summary>
internal sealed class OpinionArea(ReviewKind reviews, DeskParts parts)
    : MatterArea<ReviewMatter, Review, ReviewCommand, ReviewEvent>(reviews, parts)
{
    public override string Words => "Analysis";

    public override string Path => ReviewArea.First;

    protected override string Route => "/{id}/{number}";

    protected override string Clause => "4.5.4";

    protected override Type Page => typeof(OpinionPage);

    protected override ImmutableArray<ReviewAct> Acts { get; } =
    [
        new(
            "Find", (s, f) => FindingFields((OpinionSight)s, f),
            (s, a) => new ReviewCommand.Find([new OpinionFinding(
                ((OpinionSight)s).Opinion.Facts, a.Yes("handled"), a.Yes("told"), a.Text("why"), a.Text("next"),
                a.AreTrial ? null : a.Text("words"))]))
        {
            Settles = ObligationKind.ReviewMonth,
        },
        new(
            "Inspect",
            (_, f) => [f.Radio("holds", YesNo(f)), f.Area("comment", required: false)],
            s => Takes(s, new ReviewCommand.Inspect(((OpinionSight)s).Opinion.Facts, Holds: true, "?")),
            (s, a, seen, ct) => reviews.InspectAsync(
                s.Matter, ((OpinionSight)s).Opinion, a.Yes("holds"), a.Text("comment"), s.Member, seen, ct))
        {
            Settles = ObligationKind.InspectMonth,
        },
    ];

    /// <summary>What was said in an event of a review.</summary>
    public static IEnumerable<(string Key, string? Value)> SaidOf(ReviewEvent e, DeskWords words) => e switch
    {
        ReviewEvent.ReviewOpened o => [("Manager", words.Person(o.Manager)), ("Due", words.Time(o.ReviewDue))],
        ReviewEvent.OpinionFound f => [
            ("By", words.Person(f.By)),
            ("Finding", ReviewArea.Found(new Finding(f.By, f.Handled, f.Told, f.Why, f.Next, default), words)),
            ("why", f.Why?.Value), ("next", f.Next?.Value), ("words", f.Words?.Value)],
        ReviewEvent.ReviewSubmitted s => [("By", words.Person(s.By)), ("Due", words.Time(s.InspectDue))],
        ReviewEvent.WithheldReviewed w => [("By", words.Person(w.By))],
        ReviewEvent.OpinionChecked c => [
            ("By", words.Person(c.By)), ("Verdict", words[c.Holds ? "Verdict.Yes" : "Verdict.No"]),
            ("comment", c.Comment?.Value), ("takenUp", c.TakenUp?.ToString())],
        ReviewEvent.ReviewSentBack b => [
            ("By", words.Person(b.By)), ("Due", words.Time(b.ReviewDue)), ("reason", b.Reason.Value)],
        ReviewEvent.ReviewClosed c => [("By", words.Person(c.By))],
        _ => [],
    };

    protected override async Task<LoadedMatter<Review>?> FindAsync(string id, CancellationToken ct) =>
        MatterIds.IsSound(id) ? await reviews.LoadAsync(reviews.StreamOf(id), ct) : null;

    /// <summary>The opinion must be of that month, and one this person may see.</summary>
    protected override async Task<Sight<Review>?> LookAsync(
        HttpContext http, Sight<Review> sight, CancellationToken ct) =>
        http.GetRouteValue("number") is string number
            && await reviews.FindAsync(number, sight.State.Community, sight.State.Name, ct) is { } opinion
            && opinion.MaySee(sight.Member)
            ? new OpinionSight(sight, opinion) : null;

    protected override string AfterOf(LoadedMatter<Review> matter, PostedForm form) =>
        $"{ReviewArea.AddressOf(matter.State)}?show=todo&done={form["action"]}";

    protected override DeskFact BackOf(Sight<Review> sight) => new(
        "", $"← {sight.Words["Review.Title"]} · {sight.State.Name}", ReviewArea.AddressOf(sight.State) + "?show=todo");

    protected override string TitleOf(Sight<Review> sight) => ((OpinionSight)sight).Opinion.Facts.Number;

    protected override IEnumerable<DeskBadge> Badges(Sight<Review> sight) => [];

    protected override bool Tells(Sight<Review> sight, object e)
    {
        var number = ((OpinionSight)sight).Opinion.Facts.Number;
        return e switch
        {
            ReviewEvent.OpinionFound f => f.Opinion == number,
            ReviewEvent.OpinionChecked c => c.Opinion == number,
            _ => false,
        };
    }

    protected override IEnumerable<DeskFact> Facts(Sight<Review> sight)
    {
        var (s, words) = (sight.State, sight.Words);
        var o = ((OpinionSight)sight).Opinion;
        DeskFact Fact(string key, bool yes) => new(words[$"Fact.{key}"], words[yes ? "Yes" : "No"]);
        if (o.Facts.DoubtIn(s.Name) is var doubt && doubt != Doubt.None)
            yield return new DeskFact(words["Fact.Doubt"], words.Name(doubt));
        if (s.Verdicts.GetValueOrDefault(o.Facts.Number) is { TakenUp: { } again })
            yield return new DeskFact(words["Fact.TakenUp"], again.ToString());
        yield return Fact("Open", o.Facts.Open);
        yield return Fact("Told", o.Told);
        yield return Fact("Reachable", o.Facts.Reachable);
        if (((OpinionSight)sight).Finding is not { } f)
            yield break;
        yield return new DeskFact(words["Fact.Finding"], $"{ReviewArea.Found(f, words)} · {words.Person(f.By)}");
        if (f.Why is { } why)
            yield return new DeskFact(words["Field.why"], why.Value);
        if (f.Next is { } next)
            yield return new DeskFact(words["Field.next"], next.Value);
        if (s.Said.TryGetValue(o.Facts.Number, out var said))
            yield return new DeskFact(words["Field.words"], said.Value);
        if (s.Verdicts.TryGetValue(o.Facts.Number, out var v))
        {
            yield return new DeskFact(
                words["Fact.Verdict"],
                $"{words[v.Holds ? "Verdict.Yes" : "Verdict.No"]} · {words.Person(v.By)} {v.Comment?.Value}");
        }
    }

    protected override IEnumerable<(string Key, string? Value)> Said(ReviewEvent e, DeskWords words) =>
        SaidOf(e, words);

    private static IEnumerable<DeskField> FindingFields(OpinionSight s, FormFields f) =>
    [
        f.Radio("handled", YesNo(f), Chosen(s.Finding?.Handled ?? !s.Opinion.Facts.Open)),
        f.Radio("told", YesNo(f), Chosen(s.Finding?.Told ?? s.Opinion.Told)),
        f.Area("why", required: false, s.Finding?.Why?.Value ?? ""),
        f.Area("next", required: false, s.Finding?.Next?.Value ?? ""),
        .. s.Opinion.Facts.Reachable ? new[] { f.Area("words", required: false) } : [],
    ];

    private static IEnumerable<DeskChoice> YesNo(FormFields f) =>
        [new DeskChoice("yes", f.Words["Yes"]), new DeskChoice("no", f.Words["No"])];

    private static string Chosen(bool value) => value ? "yes" : "no";
}
