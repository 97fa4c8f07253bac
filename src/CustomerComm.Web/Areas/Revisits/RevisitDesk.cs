using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Revisits;
using CustomerComm.Web.Areas.Orders;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Revisits;

/// <summary>A revisit as one member of staff sees it: the revisit record 维修回访记录.</summary>
public sealed record DeskRevisit(
    string Id, string Number, string Month, string Outcome, bool Open, bool Valid, ImmutableArray<DeskFact> Facts,
    ImmutableArray<DeskLink> Links, string Text, string TextHash, string? Visited, bool? Solved,
    DeskJudgement? Judgement, string? PaperScan, ImmutableArray<DeskObligation> Duties,
    ImmutableArray<DeskEvent> Events, ImmutableArray<DeskForm> Forms);

/// <summary>Shows a revisit to one member of staff: what they may see and what they may do.</summary>
internal sealed class RevisitDesk(RevisitKind revisits, TimeProvider time)
{
    public DeskWords WordsOf(LoadedMatter<Revisit> found, Language language)
    {
        var rules = revisits.RulesOf(found.State);
        return new DeskWords(language, rules.Directory, rules.Calendar.Zone, new UiTexts("Revisits"));
    }

    public DeskRevisit Show(LoadedMatter<Revisit> found, StaffMember member, DeskWords words, PostedForm? posted)
    {
        var s = found.State;
        var rules = revisits.RulesOf(s);
        var now = time.Now();
        return new DeskRevisit(
            found.Stream.Value[(RevisitKind.Name.Length + 1)..], s.Number, s.Planned.Month, words.Name(s.Outcome),
            s.Open, s.Signed is not null, [.. Facts(s, rules.Directory, words)], [.. Links(s)], s.Planned.Text.Value,
            s.Planned.TextHash, s.VisitedAt is { } at ? words.Time(at) : null, s.Signed?.Judgement.Solved,
            Judged(s, words), PaperScan.Shown(s.Request.Paper?.Scan.Value),
            [.. RevisitMatter.Owed(s).Select(o => words.Duty(o.Kind, words.Who(o.Owner), o.Due, now, o.Clause))],
            [.. found.Events.Select(e => EventOf(e, words)).Reverse()],
            new RevisitForms(s, member, rules, words, posted).Offered(now));
    }

    private static IEnumerable<DeskLink> Links(Revisit s)
    {
        yield return new DeskLink(
            s.Number, s.Item.Matter == "order" ? $"/desk/orders/{s.Number}" : $"/desk/complaints/{s.Number}");
        if (s.Complaint is { } complaint)
            yield return new DeskLink(complaint.ToString(), $"/desk/complaints/{complaint}");
    }

    private static IEnumerable<DeskFact> Facts(Revisit s, CompanyDirectory directory, DeskWords words)
    {
        var contact = s.Planned.Contact;
        var nothing = Texts.Get("Word.Unknown", words.Language);
        DeskFact Fact(string key, string? value) =>
            new(words[$"Fact.{key}"], string.IsNullOrWhiteSpace(value) ? nothing : value);
        yield return Fact("Month", s.Planned.Month);
        yield return Fact("Community", directory.Find(s.Community) is { } c ? words.Community(c) : s.Community.Value);
        yield return Fact("Category", words.Name(s.Item.Category));
        yield return Fact("Worker", s.Item.Handler is { } h ? words.Person(h) : null);
        yield return Fact("FinishedAt", words.Time(s.Item.At));
        yield return Fact("Room", contact.Room?.Value);
        yield return Fact("Name", contact.Name?.Value);
        yield return Fact("Phone", contact.Phone?.Value);
        yield return Fact("Due", words.Time(s.Request.Due));
        yield return Fact("Asked", s.Request.Asked.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static DeskJudgement? Judged(Revisit s, DeskWords words) => s.Signed is not { } g
        ? null
        : new DeskJudgement(
            words[$"Way.{g.Way}"], s.SignedAt is { } at ? words.Time(at) : "", g.Judgement.Quality,
            g.Judgement.Attitude, g.Comment?.Value, g.TextHash, PaperScan.Shown(g.Mark.Value));

    private static DeskEvent EventOf(MatterHappened e, DeskWords words)
    {
        var said = Said(e.Event, words).Where(f => !string.IsNullOrWhiteSpace(f.Value))
            .Select(f => new DeskFact(words.Find($"Fact.{f.Key}") ?? words[$"Field.{f.Key}"], f.Value!));
        return new DeskEvent(
            words.Time(e.At), DeskWords.Iso(e.At), words[$"Event.{e.Event.GetType().Name}"], [.. said]);
    }

    private static IEnumerable<(string Key, string? Value)> Said(object e, DeskWords words) => e switch
    {
        RevisitEvent.RevisitAsked a => [("channel", words.Name(a.Channel))],
        RevisitEvent.RevisitAttempted a => [
            ("By", words.Person(a.By)), ("channel", words.Name(a.Channel)), ("result", a.Result.Value)],
        RevisitEvent.RevisitSigned g => [
            ("quality", words[$"Mark.{g.Form.Judgement.Quality}"]),
            ("attitude", words[$"Mark.{g.Form.Judgement.Attitude}"]),
            ("solved", words[$"Choice.solved.{(g.Form.Judgement.Solved ? "yes" : "no")}"]),
            ("comment", g.Form.Comment?.Value)],
        RevisitEvent.RevisitDeclined d => [("reason", d.Reason?.Value)],
        RevisitEvent.RevisitUnreachableProposed u => [("By", words.Person(u.By))],
        RevisitEvent.RevisitUnreachableDecided d => [
            ("By", words.Person(d.By)), ("Answer", words[d.Approved ? "Yes" : "No"]), ("comment", d.Comment?.Value)],
        RevisitEvent.VisitEntered v => [("By", words.Person(v.Paper.By)), ("visitedAt", words.Time(v.VisitedAt))],
        RevisitEvent.VisitDecided d => [
            ("By", words.Person(d.By)), ("Answer", words[d.Confirmed ? "Yes" : "No"]), ("comment", d.Comment.Value)],
        RevisitEvent.RevisitComplaintOpened c => [("case", c.Number?.ToString())],
        RevisitEvent.RevisitClosed c => [("Outcome", words.Name(c.Outcome))],
        ObligationEvent.Lapsed l => [("Duty", words.Name(l.Kind)), ("Told", words.Person(l.Told))],
        ObligationEvent.LapseAcknowledged a => [("By", words.Person(a.By)), ("comment", a.Comment?.Value)],
        ObligationEvent.MessageFailed f => [("Duty", f.Template)],
        _ => [],
    };
}
