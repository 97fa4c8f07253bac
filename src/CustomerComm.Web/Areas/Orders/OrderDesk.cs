using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Orders;

/// <summary>A link within the desk.</summary>
public sealed record DeskLink(string Text, string Address);

/// <summary>A judgement with signature as the desk shows it.</summary>
public sealed record DeskJudgement(
    string Way, string At, int Quality, int Attitude, string? Comment, string TextHash, string? Image);

/// <summary>An order as one member of staff sees it.</summary>
public sealed record DeskOrder(
    string Number, string Stage, bool Open, bool Late, ImmutableArray<DeskFact> Facts, ImmutableArray<DeskLink> Links,
    string Text, string? Result, ImmutableArray<DeskFact> Amendment, DeskJudgement? Judgement, string? PaperScan,
    ImmutableArray<DeskObligation> Duties, ImmutableArray<DeskEvent> Events, ImmutableArray<DeskForm> Forms);

/// <summary>Shows an order to one member of staff: what they may see and what they may do.</summary>
internal sealed class OrderDesk(OrderKind orders, TimeProvider time)
{
    /// <summary>Who may be given work in a community.</summary>
    public static IEnumerable<StaffMember> Workers(CompanyDirectory directory, CommunityId? community) =>
        directory.Staff.Where(m => community is null || m.Community is null || m.Community == community)
            .OrderBy(m => m.Unit).ThenBy(m => m.Rank).ThenBy(m => m.Id.Value, StringComparer.Ordinal);

    public DeskWords WordsOf(LoadedMatter<Order> found, Language language)
    {
        var rules = orders.RulesOf(found.State);
        return new DeskWords(language, rules.Directory, rules.Calendar.Zone, new UiTexts("Orders"));
    }

    public DeskOrder Show(LoadedMatter<Order> found, StaffMember member, DeskWords words, PostedForm? posted)
    {
        var s = found.State;
        var rules = orders.RulesOf(s);
        var now = time.Now();
        var stage = words.Name(s.Stage) + (s.Outcome == OrderOutcome.None ? "" : " · " + words.Name(s.Outcome));
        var mayLook = s.Worker == member.Id || member.Unit is Unit.Quality or Unit.Office;
        return new DeskOrder(
            s.Number, stage, s.Open, s.Late, [.. Facts(s, member, words)], [.. Links(s)], s.Intake.Text.Value,
            s.Result?.Value, [.. Proposed(s, words)], Judged(s, mayLook, words),
            mayLook ? PaperScan.Shown(s.Request?.Paper?.Scan.Value) : null,
            [.. OrderMatter.Owed(s).OrderBy(o => o.Due)
                .Select(o => words.Duty(o.Kind, words.Who(o.Owner), o.Due, now, o.Clause))],
            [.. found.Events.Select(e => EventOf(e, words)).Reverse()],
            new OrderForms(s, member, rules, words, posted).Offered(now));
    }

    private static IEnumerable<DeskLink> Links(Order s)
    {
        var related = s.Complaints.Select(c => c.Number).Append(s.Intake.Case).OfType<MatterNumber>().Distinct();
        foreach (var number in related)
            yield return new DeskLink(number.ToString(), $"/desk/complaints/{number}");
    }

    private static IEnumerable<DeskFact> Facts(Order s, StaffMember member, DeskWords words)
    {
        var contact = s.Intake.Contact;
        var nothing = Texts.Get("Word.Unknown", words.Language);
        DeskFact Fact(string key, string? value) =>
            new(words[$"Fact.{key}"], string.IsNullOrWhiteSpace(value) ? nothing : value);
        yield return Fact("OrderType", words.Name(s.Intake.Kind));
        yield return Fact("Category", words.Name(s.Intake.Category));
        yield return Fact("Unit", words.Name(s.Unit));
        yield return Fact("Worker", s.Worker is { } w ? words.Person(w) : words["Nobody"]);
        yield return Fact("Due", words.Time(s.Due));
        if (s.Price is { } price)
            yield return Fact("Price", price.Value);
        foreach (var scope in s.Scope)
            yield return Fact("Scope", scope.Value);
        yield return Fact("Opened", $"{words.Time(s.OpenedAt)} · {words.Name(s.Intake.Channel)}");
        yield return Fact("Room", contact.Room?.Value);
        yield return Fact("Name", contact.Name?.Value);
        yield return Fact("Phone", contact.Phone is not { Value: var phone } ? null
            : s.MayCall(member) ? phone : DeskCaseViewer.Masked(phone));
    }

    private static IEnumerable<DeskFact> Proposed(Order s, DeskWords words)
    {
        if (s.Amendment is not { } a)
            yield break;
        yield return new DeskFact(words["Field.reason"], a.Reason.Value);
        if (a.Price is { } price)
            yield return new DeskFact(words["Fact.Price"], price.Value);
        if (a.Due is { } due)
            yield return new DeskFact(words["Fact.Due"], words.Time(due));
        if (a.Scope is { } scope)
            yield return new DeskFact(words["Fact.Scope"], scope.Value);
    }

    private static DeskJudgement? Judged(Order s, bool mayLook, DeskWords words) => s.Evaluation is not { } e
        ? null
        : new DeskJudgement(
            words[$"Way.{e.Way}"], s.EvaluatedAt is { } at ? words.Time(at) : "", e.Judgement.Quality,
            e.Judgement.Attitude, e.Comment?.Value, e.TextHash, mayLook ? PaperScan.Shown(e.Mark.Value) : null);

    /// <summary>One event in words.</summary>
    public static DeskEvent EventOf(MatterHappened e, DeskWords words)
    {
        var what = words[$"Event.{e.Event.GetType().Name}"];
        var said = ImmutableArray.CreateBuilder<DeskFact>();
        foreach (var (key, value) in Said(e.Event, words))
        {
            if (!string.IsNullOrWhiteSpace(value))
                said.Add(new DeskFact(words.Find($"Fact.{key}") ?? words[$"Field.{key}"], value));
        }

        return new DeskEvent(words.Time(e.At), DeskWords.Iso(e.At), what, said.ToImmutable());
    }

    private static IEnumerable<(string Key, string? Value)> Said(object e, DeskWords words) => e switch
    {
        OrderEvent.OrderAssigned a => [("Worker", words.Person(a.Worker)), ("reason", a.Reason?.Value)],
        OrderEvent.OrderAccepted a => [("Worker", words.Person(a.By))],
        OrderEvent.OrderDeclined d => [("Worker", words.Person(d.By)), ("reason", d.Reason.Value)],
        OrderEvent.ProgressTold p => [("By", words.Person(p.By)), ("text", p.Text.Value)],
        OrderEvent.ResidentNoted n => [("text", n.Text.Value)],
        OrderEvent.AmendmentProposed p => [
            ("By", words.Person(p.By)), ("reason", p.Reason.Value), ("Price", p.Price?.Value),
            ("Due", p.Due is { } due ? words.Time(due) : null), ("Scope", p.Scope?.Value)],
        OrderEvent.AmendmentAnswered a => [
            ("Answer", words.Name(a.Agreed ? Consent.Agreed : Consent.NotAgreed)), ("channel", words.Name(a.Channel)),
            ("By", a.NotedBy is { } by ? words.Person(by) : null), ("comment", a.Comment?.Value)],
        OrderEvent.OrderFinished f => [("By", words.Person(f.By)), ("result", f.Result.Value)],
        OrderEvent.EvaluationRequested r => [("channel", words.Name(r.Channel))],
        OrderEvent.EvaluationAttempted a => [
            ("By", words.Person(a.By)), ("channel", words.Name(a.Channel)), ("result", a.Result.Value)],
        OrderEvent.OrderEvaluated v => [
            ("quality", words[$"Mark.{v.Form.Judgement.Quality}"]),
            ("attitude", words[$"Mark.{v.Form.Judgement.Attitude}"]), ("comment", v.Form.Comment?.Value)],
        OrderEvent.EvaluationRefused r => [("reason", r.Reason.Value)],
        OrderEvent.EvaluationUnreachableProposed u => [("By", words.Person(u.By))],
        OrderEvent.EvaluationUnreachableDecided d => [
            ("By", words.Person(d.By)), ("Answer", words[d.Approved ? "Yes" : "No"]), ("comment", d.Comment?.Value)],
        OrderEvent.EvaluationPaperAttached p => [("By", words.Person(p.Paper.By))],
        OrderEvent.EvaluationPaperDecided d => [
            ("By", words.Person(d.By)), ("Answer", words[d.Confirmed ? "Yes" : "No"]), ("comment", d.Comment.Value)],
        OrderEvent.OrderCancelled c => [("reason", c.Reason?.Value)],
        OrderEvent.OrderRefused r => [("By", words.Person(r.By)), ("reason", r.Reason.Value)],
        OrderEvent.OrderComplaintOpened c => [("Cause", words.Name(c.Cause)), ("case", c.Number?.ToString())],
        OrderEvent.OrderClosed c => [("Outcome", words.Name(c.Outcome))],
        ObligationEvent.Lapsed l => [("Duty", words.Name(l.Kind)), ("Told", words.Person(l.Told))],
        ObligationEvent.LapseAcknowledged a => [("By", words.Person(a.By)), ("comment", a.Comment?.Value)],
        ObligationEvent.MessageFailed f => [("Duty", f.Template)],
        _ => [],
    };
}
