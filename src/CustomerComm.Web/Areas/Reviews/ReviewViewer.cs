using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Matters;
using CustomerComm.App.Reviews;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Reviews;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Reviews;

/// <summary>Shows a month's review to one member of staff: what they may see and what they may do.</summary>
internal sealed class ReviewViewer(ReviewKind reviews, CompanyDirectory directory)
{
    /// <summary>Opinions on a page.</summary>
    private const int PageSize = 20;

    public DeskWords Words(HttpContext http, CommunityId? community) => new(
        UiLanguage.Of(http), directory,
        TimeZoneInfo.FindSystemTimeZoneById(
            (community is { } id ? directory.Find(id) : null)?.TimeZone ?? directory.Communities[0].TimeZone),
        new UiTexts("Analysis"));

    public async Task<ReviewView> MonthAsync(
        HttpContext http, LoadedMatter<Review> review, StaffMember member, bool todo, int from, PostedForm? posted,
        CancellationToken ct)
    {
        var s = review.State;
        var words = Words(http, s.Community);
        var (entries, more) = await EntriesAsync(s, member, todo, from, words, ct);
        var address = $"/desk/reviews/{s.Community}-{s.Name}";
        string At(int at) => string.Create(
            CultureInfo.InvariantCulture, $"{address}?show={(todo ? "todo" : "all")}&from={at}");
        var due = s.Stage == ReviewStage.Inspecting ? s.InspectDue : s.ReviewDue;
        return new ReviewView(
            s.Number, s.Name, words.Community(directory.Find(s.Community)!), words.Name(s.Stage), s.Open,
            words.Time(due), [.. Facts(s, words)], s.Open ? s.Reason?.Value : null, entries, todo,
            address + "?show=all", address + "?show=todo", from > 0 ? At(0) : null, more ? At(from + PageSize) : null,
            entries.Any(e => e.Quick) ? Guid.NewGuid().ToString("N") : null, [.. Forms(s, member, words, posted)]);
    }

    public OpinionPageView Opinion(
        HttpContext http, LoadedMatter<Review> review, OpinionView opinion, StaffMember member, PostedForm? posted)
    {
        var s = review.State;
        var words = Words(http, s.Community);
        var number = opinion.Facts.Number;
        var finding = s.Findings.GetValueOrDefault(number);
        return new OpinionPageView(
            number, s.Name, $"/desk/reviews/{s.Community}-{s.Name}?show=todo", opinion.Address, opinion.Text,
            opinion.Result,
            [
                new DeskFact(words["Fact.Open"], words[opinion.Facts.Open ? "Yes" : "No"]),
                new DeskFact(words["Fact.Told"], words[opinion.Told ? "Yes" : "No"]),
                new DeskFact(words["Fact.Reachable"], words[opinion.Facts.Reachable ? "Yes" : "No"]),
            ],
            finding is null ? [] : [.. Finding(s, number, finding, words)],
            [.. OpinionForms(s, opinion, finding, member, words, posted)]);
    }

    private async Task<(ImmutableArray<OpinionEntry> Entries, bool More)> EntriesAsync(
        Review s, StaffMember member, bool todo, int from, DeskWords words, CancellationToken ct)
    {
        var entries = ImmutableArray.CreateBuilder<OpinionEntry>();
        var at = 0;
        await foreach (var line in reviews.OpinionsAsync(s.Community, s.Name, ct))
        {
            if (line.Withheld && member.Unit == Unit.Office)
                continue;
            if (todo && !IsTodo(s, line, member))
                continue;
            if (at++ < from)
                continue;
            if (at > from + PageSize)
                return (entries.ToImmutable(), true);
            if (await reviews.FindAsync(line.Number, ct) is { } opinion && opinion.MaySee(member))
                entries.Add(EntryOf(s, line, opinion, member, words));
        }

        return (entries.ToImmutable(), false);
    }

    /// <summary>What is left to do: for the office what is not reviewed, for quality what is not verified.</summary>
    private static bool IsTodo(Review s, OpinionLine line, StaffMember member) => member.Unit == Unit.Quality
        ? s.Verdicts.GetValueOrDefault(line.Number) is not { Holds: true }
            && (line.Unverified || line.Open || s.Findings.GetValueOrDefault(line.Number) is not { Explained: true })
        : !s.Findings.ContainsKey(line.Number);

    private OpinionEntry EntryOf(
        Review s, OpinionLine line, OpinionView opinion, StaffMember member, DeskWords words)
    {
        var finding = s.Findings.GetValueOrDefault(line.Number);
        var verdict = s.Verdicts.GetValueOrDefault(line.Number);
        var kind = Enum.TryParse<Nature>(line.Kind, out var k) ? words.Name(k) : line.Kind;
        var category = Enum.TryParse<Category>(line.Category, out var c) ? words.Name(c) : line.Category;
        var stage = Enum.TryParse<Stage>(line.Stage, out var st) ? words.Name(st) : line.Stage;
        return new OpinionEntry(
            line.Number, $"/desk/reviews/{s.Community}-{s.Name}/{line.Number}",
            category.Length == 0 ? kind : $"{kind} · {category}", words.Time(line.ReceivedAt), stage,
            finding is null ? null : Found(finding, words), finding?.Explained == true,
            verdict is null ? null : words[verdict.Holds ? "Verdict.Yes" : "Verdict.No"], verdict?.Holds == true,
            finding is null && s.Stage == ReviewStage.Reviewing && !line.Open && opinion.Told
                && ReviewMatter.MayReview(member, opinion.Facts.Accused, s.Community, directory));
    }

    private static string Found(Finding f, DeskWords words) => words[
        f is { Handled: true, Told: true } ? "Found.Done" : f.Handled ? "Found.NotTold" : "Found.NotHandled"];

    private static IEnumerable<DeskFact> Facts(Review s, DeskWords words)
    {
        string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
        yield return new DeskFact(words["Fact.Manager"], words.Person(s.Manager));
        yield return new DeskFact(words["Fact.Opinions"], Number(s.Opinions));
        yield return new DeskFact(words["Fact.Reviewed"], Number(s.Findings.Count));
        yield return new DeskFact(words["Fact.Handled"], Number(s.Findings.Values.Count(f => f.Handled)));
        yield return new DeskFact(words["Fact.Verified"], Number(s.Verdicts.Values.Count(v => v.Holds)));
        yield return new DeskFact(words["Fact.Round"], Number(s.Round));
        if (s.SubmittedAt is { } submitted)
            yield return new DeskFact(words["Fact.Submitted"], words.Time(submitted));
        if (s.ClosedAt is { } closed)
            yield return new DeskFact(words["Fact.Closed"], words.Time(closed));
    }

    private static IEnumerable<DeskFact> Finding(Review s, string number, Finding f, DeskWords words)
    {
        yield return new DeskFact(words["Fact.By"], words.Person(f.By));
        yield return new DeskFact(words["Fact.Finding"], Found(f, words));
        if (f.Why is { } why)
            yield return new DeskFact(words["Field.why"], why.Value);
        if (f.Next is { } next)
            yield return new DeskFact(words["Field.next"], next.Value);
        if (s.Said.TryGetValue(number, out var said))
            yield return new DeskFact(words["Field.words"], said.Value);
        if (s.Verdicts.TryGetValue(number, out var v))
        {
            yield return new DeskFact(
                words["Fact.Verdict"],
                $"{words[v.Holds ? "Verdict.Yes" : "Verdict.No"]} · {words.Person(v.By)} {v.Comment?.Value}");
        }
    }

    /// <summary>The forms of the month's page: those the rules would not refuse for who asks.</summary>
    private static IEnumerable<DeskForm> Forms(Review s, StaffMember member, DeskWords words, PostedForm? posted)
    {
        var office = member is { Unit: Unit.Office, Rank: Rank.Head } && s.Stage == ReviewStage.Reviewing;
        var leader = member is { Unit: Unit.Leader, Rank: Rank.Head }
            && s is { Open: true, Withheld: > 0, WithheldDone: false };
        if (office || leader)
            yield return Form(ReviewPages.Submit, words, posted, _ => []);
        if (member.Unit == Unit.Quality && s.Stage == ReviewStage.Inspecting && !s.Reviewers.Contains(member.Id))
        {
            yield return Form(ReviewPages.Close, words, posted, _ => []);
            yield return Form(ReviewPages.SendBack, words, posted, f => [f.Area("reason")]);
        }
    }

    private IEnumerable<DeskForm> OpinionForms(
        Review s, OpinionView opinion, Finding? finding, StaffMember member, DeskWords words, PostedForm? posted)
    {
        var facts = opinion.Facts;
        var withheld = ReviewMatter.IsWithheld(facts.Accused, s.Community, directory);
        var mine = ReviewMatter.MayReview(member, facts.Accused, s.Community, directory)
            && (s.Stage == ReviewStage.Reviewing || (s.Open && withheld && !s.WithheldDone));
        if (mine)
        {
            yield return Form(
                OpinionPages.Find, words, posted,
                f =>
                [
                    f.Radio("handled", YesNo(words), Chosen(finding?.Handled ?? !facts.Open)),
                    f.Radio("told", YesNo(words), Chosen(finding?.Told ?? opinion.Told)),
                    f.Area("why", required: false, finding?.Why?.Value ?? ""),
                    f.Area("next", required: false, finding?.Next?.Value ?? ""),
                    .. facts.Reachable ? new[] { f.Area("words", required: false) } : [],
                ]);
        }

        if (member.Unit == Unit.Quality && s.Stage == ReviewStage.Inspecting && finding is not null
            && !s.Reviewers.Contains(member.Id))
        {
            yield return Form(
                OpinionPages.Inspect, words, posted,
                f => [f.Radio("holds", YesNo(words)), f.Area("comment", required: false)]);
        }
    }

    private static DeskForm Form(
        string action, DeskWords words, PostedForm? posted, Func<FormFields, ImmutableArray<DeskField>> fields)
    {
        var typed = posted?["action"] == action ? posted : null;
        return new DeskForm(
            action, "", words[$"Action.{action}"], words.Find($"Hint.{action}"), null,
            fields(new FormFields(words, action, typed)), Guid.NewGuid().ToString("N"),
            typed is not null || action is ReviewPages.Submit or OpinionPages.Find or OpinionPages.Inspect,
            action == ReviewPages.SendBack);
    }

    private static IEnumerable<DeskChoice> YesNo(DeskWords words) =>
        [new DeskChoice("yes", words["Yes"]), new DeskChoice("no", words["No"])];

    private static string Chosen(bool value) => value ? "yes" : "no";
}
