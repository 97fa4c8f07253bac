using System.Collections.Immutable;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Orders;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Routing;
using OrderAct =
    CustomerComm.Web.Matters.Act<CustomerComm.Domain.Orders.Order, CustomerComm.Domain.Orders.OrderCommand>;

namespace CustomerComm.Web.Areas.Orders;

/// <summary>Orders and repairs at the desk (3.3, 4.2.4).</summary>
internal sealed class OrdersArea(OrderKind orders, OrderLists lists, DeskParts parts)
    : MatterArea<OrderMatter, Order, OrderCommand, OrderEvent>(orders, parts)
{
    public const string First = "/desk/orders";

    public override string Words => "Orders";

    public override string Path => First;

    protected override string Clause => "4.2.4";

    protected override Type Page => typeof(OrderPage);

    protected override ImmutableArray<OrderAct> Acts { get; } =
    [
        new("Accept", _ => new OrderCommand.Accept()) { Settles = ObligationKind.AcceptOrder },
        new("TellProgress", (_, f) => [f.Area("text")], (_, a) => new OrderCommand.TellProgress(a.Text("text"))),
        new("Finish", (_, f) => [f.Area("result")], (_, a) => new OrderCommand.Finish(a.Text("result")))
        {
            Settles = ObligationKind.CarryOutOrder,
        },
        new(
            "ProposeAmendment",
            (_, f) => [
                f.Area("reason"), f.Line("price", required: false), f.Time("due", required: false),
                f.Area("scope", required: false)],
            (_, a) => new OrderCommand.ProposeAmendment(
                a.Text("price"), a.TimeOrNone("due"), a.Text("scope"), a.Text("reason"))),
        new(
            "AnswerAmendment",
            (_, f) => [f.YesNo("agreed", "agreed"), f.Way(), f.Area("comment", required: false)],
            (s, a) => new OrderCommand.AnswerAmendment(
                s.State.Amendment?.No ?? 0, a.Yes("agreed"), a.Named<Channel>("channel"), a.Text("comment")))
        {
            Settles = ObligationKind.AgreeAmendment,
        },
        new("WithdrawAmendment", _ => new OrderCommand.WithdrawAmendment()),
        new(
            "DecideSignature",
            (_, f) => [f.YesNo("approved", "paper"), f.Line("with", required: false), f.Area("comment")],
            (_, a) => new OrderCommand.DecideSignature(a.Yes("approved"), a.Text("comment"), a.TextOrNone("with")))
        {
            Settles = ObligationKind.ConfirmSignature,
            Clause = "3.3",
            Trials = _ => [new Trial<OrderCommand>(new OrderCommand.DecideSignature(true, "x", "x"))],
        },
        new(
            "DecideUnreachable",
            (_, f) => [f.YesNo("approved", "unreachable"), f.Area("comment", required: false)],
            (_, a) => new OrderCommand.DecideUnreachable(a.Yes("approved"), a.Text("comment")))
        {
            Settles = ObligationKind.DecideUnreachable,
            Clause = "3.3",
        },
        new(
            "RecordAttempt", (_, f) => [f.Attempt(), f.Area("result")],
            (_, a) => new OrderCommand.RecordAttempt(a.Named<Channel>("channel"), a.Text("result")))
        {
            Settles = ObligationKind.ObtainEvaluation,
            Clause = "3.3",
        },
        new(
            "AttachPaper",
            (_, f) => [f.Image("scan"), f.Mark("quality"), f.Mark("attitude"), f.Area("comment", required: false)],
            (_, a) => new OrderCommand.AttachPaper(
                a.Scan("scan"), a.Number("quality"), a.Number("attitude"), a.Text("comment")))
        {
            Clause = "3.3",
        },
        new("ProposeUnreachable", _ => new OrderCommand.ProposeUnreachable()),
        new("Decline", (_, f) => [f.Area("reason")], (_, a) => new OrderCommand.Decline(a.Text("reason"))),
        new(
            "Assign", (s, f) => [f.Staff("worker", s.People), f.Line("reason", required: false)],
            (_, a) => new OrderCommand.Assign(a.Staff("worker"), a.Text("reason")))
        {
            Settles = ObligationKind.Assign,
            Trials = s => s.People.Select(m => new Trial<OrderCommand>(new OrderCommand.Assign(m.Id, null))),
        },
        new("RefuseOrder", (_, f) => [f.Area("reason")], (_, a) => new OrderCommand.RefuseOrder(a.Text("reason")))
        {
            Danger = true,
        },
    ];

    public override void Map(IEndpointRouteBuilder desk)
    {
        lists.Map(desk, this);
        base.Map(desk);
    }

    protected override async Task<LoadedMatter<Order>?> FindAsync(string id, CancellationToken ct) =>
        MatterNumber.TryParse(id, out var number) ? await orders.FindAsync(number, ct) : null;

    protected override IEnumerable<DeskBadge> Badges(Sight<Order> sight)
    {
        var (s, words) = (sight.State, sight.Words);
        var stage = words.Name(s.Stage) + (s.Outcome == OrderOutcome.None ? "" : " · " + words.Name(s.Outcome));
        if (s.Danger)
            yield return new DeskBadge(words["Badge.Danger"], "urgent");
        yield return new DeskBadge(stage, s.Open ? "" : "ok");
        if (s.Late)
            yield return new DeskBadge(words["Badge.Late"], "late");
        foreach (var doubt in s.Open ? ContactDoubts.Badges(s.Intake.Contact, words) : [])
            yield return doubt;
    }

    protected override IEnumerable<DeskFact> Facts(Sight<Order> sight)
    {
        var (s, words) = (sight.State, sight.Words);
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
            : s.MayCall(sight.Member) ? phone : DeskWords.Masked(phone));
        if (contact.Remark is { } remark && s.MayCall(sight.Member))
            yield return Fact("Remark", remark.Value);
        var related = s.Complaints.Select(c => c.Number).Append(s.Intake.Complaint).OfType<MatterNumber>().Distinct();
        foreach (var number in related)
            yield return Fact("complaint", number.ToString()) with { Address = $"/desk/complaints/{number}" };
    }

    protected override IEnumerable<(string Key, string? Value)> Said(OrderEvent e, DeskWords words) => e switch
    {
        OrderEvent.OrderAssigned a => [("Worker", words.Person(a.Worker)), ("reason", a.Reason?.Value)],
        OrderEvent.OrderAccepted a => [("Worker", words.Person(a.By))],
        OrderEvent.OrderDeclined d => [("Worker", words.Person(d.By)), ("reason", d.Reason.Value)],
        OrderEvent.ProgressTold p => [("By", words.Person(p.By)), ("text", p.Text.Value)],
        OrderEvent.ResidentNoted n => [("text", n.Text.Value)],
        OrderEvent.WorkerNoted n => [
            ("By", words.Person(n.By)), ("channel", words.Name(n.Channel)), ("text", n.Text.Value)],
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
        OrderEvent.EvaluationTaken t => [
            ("quality", words[$"Mark.{t.Form.Judgement.Quality}"]),
            ("attitude", words[$"Mark.{t.Form.Judgement.Attitude}"]), ("comment", t.Form.Comment?.Value),
            ("Due", words.Time(t.ConfirmDue))],
        OrderEvent.OrderEvaluated v => [
            ("quality", words[$"Mark.{v.Form.Judgement.Quality}"]),
            ("attitude", words[$"Mark.{v.Form.Judgement.Attitude}"]), ("comment", v.Form.Comment?.Value)],
        OrderEvent.EvaluationRefused r => [("reason", r.Reason.Value)],
        OrderEvent.EvaluationUnreachableProposed u => [("By", words.Person(u.By))],
        OrderEvent.EvaluationUnreachableDecided d => [
            ("By", words.Person(d.By)), ("Answer", words[d.Approved ? "Yes" : "No"]), ("comment", d.Comment?.Value)],
        OrderEvent.EvaluationPaperAttached p => [("By", words.Person(p.Paper.By))],
        OrderEvent.EvaluationDecided d => [
            ("By", words.Person(d.By)), ("Answer", words[d.Confirmed ? "Yes" : "No"]), ("with", d.With?.Value),
            ("comment", d.Comment.Value)],
        OrderEvent.OrderCancelled c => [("reason", c.Reason?.Value)],
        OrderEvent.OrderRefused r => [("By", words.Person(r.By)), ("reason", r.Reason.Value)],
        OrderEvent.OrderComplaintOpened c => [("Cause", words.Name(c.Cause)), ("complaint", c.Number?.ToString())],
        OrderEvent.OrderClosed c => [("Outcome", words.Name(c.Outcome))],
        _ => [],
    };
}
