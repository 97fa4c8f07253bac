using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Orders;

/// <content>From the assignment until it is done (4.2.4).</content>
public sealed partial class OrderMatter
{
    private static Decision<OrderEvent> Assign(Context c, OrderCommand.Assign a)
    {
        var no = c.At(Carry, OrderStage.Opened, OrderStage.Assigned, OrderStage.InProgress)
            ?? c.Concerned(Carry) ?? Check.Optional(a.Reason, "reason", Carry);
        if (no is not null)
            return Check.No<OrderEvent>(no);
        if (c.Rules.Directory.Find(a.Worker) is not { } worker
            || (worker.Community is { } own && own != c.S.Community))
        {
            return Check.No<OrderEvent>(Check.Bad(
                "worker", Carry, $"There is no member of staff '{a.Worker}' for this community."));
        }

        return c.S.Worker == worker.Id
            ? Check.Yes<OrderEvent>()
            : Check.Yes<OrderEvent>(new OrderEvent.OrderAssigned(
                worker.Id, worker.Unit, c.WorkDue(c.Limits.Accept), c.Member!.Id, Check.Said(a.Reason)));
    }

    private static Decision<OrderEvent> Accept(Context c)
    {
        if (c.S.Stage == OrderStage.InProgress && c.Member is { } m && m.Id == c.S.Worker)
            return Check.Yes<OrderEvent>();
        return Check.Unless<OrderEvent>(
            c.At(Carry, OrderStage.Assigned) ?? c.TheWorker(Carry),
            new OrderEvent.OrderAccepted(c.Member?.Id ?? default));
    }

    private static Decision<OrderEvent> Decline(Context c, OrderCommand.Decline d) => Check.Unless<OrderEvent>(
        c.At(Carry, OrderStage.Assigned, OrderStage.InProgress) ?? c.TheWorker(Carry)
            ?? Check.Text(d.Reason, "reason", Carry),
        new OrderEvent.OrderDeclined(c.Member?.Id ?? default, new Personal(d.Reason), c.WorkDue(c.Limits.Accept)));

    private static Decision<OrderEvent> TellProgress(Context c, OrderCommand.TellProgress p)
    {
        var no = c.At(Carry, OrderStage.Opened, OrderStage.Assigned, OrderStage.InProgress)
            ?? c.Concerned(Carry) ?? Check.Text(p.Text, "text", Carry);
        if (no is not null)
            return Check.No<OrderEvent>(no);
        var told = new OrderEvent.ProgressTold(c.Member!.Id, new Personal(p.Text));
        // Whoever tells how it goes on has taken it up.
        return c.S.Stage == OrderStage.Assigned && c.Member.Id == c.S.Worker
            ? Check.Yes<OrderEvent>(new OrderEvent.OrderAccepted(c.Member.Id), told)
            : Check.Yes<OrderEvent>(told);
    }

    private static Decision<OrderEvent> Note(Context c, OrderCommand.Note n) => c.Actor is Actor.Resident
        ? Check.Unless<OrderEvent>(
            Check.Text(n.Text, "text", Carry, Check.LongestText),
            new OrderEvent.ResidentNoted(n.Channel, new Personal(n.Text)))
        : Check.Unless<OrderEvent>(
            c.Concerned(Carry) ?? Check.Text(n.Text, "text", Carry),
            new OrderEvent.WorkerNoted(c.Member?.Id ?? default, n.Channel, new Personal(n.Text)));

    private static Decision<OrderEvent> Propose(Context c, OrderCommand.ProposeAmendment p)
    {
        var no = c.At(Carry, OrderStage.Opened, OrderStage.Assigned, OrderStage.InProgress)
            ?? c.Concerned(Carry) ?? Check.Text(p.Reason, "reason", Carry) ?? Check.Optional(p.Price, "price", Carry)
            ?? Check.Optional(p.Scope, "scope", Carry) ?? Time(p.Due, "due", c.Now, c.Rules);
        if (no is not null)
            return Check.No<OrderEvent>(no);
        if (string.IsNullOrWhiteSpace(p.Price) && p.Due is null && string.IsNullOrWhiteSpace(p.Scope))
        {
            return Check.No<OrderEvent>(Check.Bad(
                "scope", Carry, "Nothing changes: give a price, a date or what else is to be done."));
        }

        if (c.S.Amendment is { } waits)
        {
            return Same(waits, p)
                ? Check.Yes<OrderEvent>()
                : Check.No<OrderEvent>(Check.WrongStage(
                    Carry, "An amendment waits for the resident's answer; take it back before proposing another."));
        }

        return Check.Yes<OrderEvent>(new OrderEvent.AmendmentProposed(
            c.S.Amendments + 1, c.Member!.Id, Check.Said(p.Price), p.Due, Check.Said(p.Scope), new Personal(p.Reason),
            c.WorkDue(c.Limits.Amend)));
    }

    private static bool Same(Amendment a, OrderCommand.ProposeAmendment p) =>
        a.Price == Check.Said(p.Price) && a.Due == p.Due && a.Scope == Check.Said(p.Scope) && a.Reason.Value == p.Reason;

    private static Decision<OrderEvent> Answer(Context c, OrderCommand.AnswerAmendment a)
    {
        if (c.S.Amendment is not { } waits || waits.No != a.No)
        {
            return Check.No<OrderEvent>(Check.WrongStage(
                Carry, "This amendment does not wait for an answer any more; look at the order again."));
        }

        var no = Check.Optional(a.Comment, "comment", Carry) ?? MayAnswer(c, waits);
        return Check.Unless<OrderEvent>(
            no, new OrderEvent.AmendmentAnswered(a.No, a.Agreed, a.Channel, c.Member?.Id, Check.Said(a.Comment)));
    }

    /// <summary>
    /// The resident alone agrees. Where they have neither phone nor chat, somebody who did not propose it may note what
    /// they said or wrote.
    /// </summary>
    private static Refusal? MayAnswer(Context c, Amendment waits)
    {
        if (c.Actor is Actor.Resident)
            return null;
        if (Signing.WayTo(c.S.Intake.Contact) is not null)
        {
            return new Refusal(RefusalCode.ResidentOnly, Carry,
                "Only the resident can agree to other terms; they were sent a message to answer.");
        }

        return c.Concerned(Carry) ?? (c.Member!.Id == waits.By
            ? new Refusal(RefusalCode.OwnWork, Carry, "Whoever proposed it cannot note the resident's answer.")
            : null);
    }

    private static Decision<OrderEvent> WithdrawAmendment(Context c)
    {
        if (c.Concerned(Carry) is { } no)
            return Check.No<OrderEvent>(no);
        return c.S.Amendment is { } waits
            ? Check.Yes<OrderEvent>(new OrderEvent.AmendmentWithdrawn(waits.No, c.Member!.Id))
            : Check.Yes<OrderEvent>();
    }

    private static Decision<OrderEvent> Finish(Context c, OrderCommand.Finish f)
    {
        var s = c.S;
        if (s.Stage == OrderStage.Done && s.Result?.Value == f.Result && c.Member?.Id == s.Worker)
            return Check.Yes<OrderEvent>();
        var no = c.At(Carry, OrderStage.Assigned, OrderStage.InProgress) ?? c.TheWorker(Carry)
            ?? Check.Text(f.Result, "result", Carry);
        if (no is not null)
            return Check.No<OrderEvent>(no);
        if (s.Amendment is not null)
        {
            return Check.No<OrderEvent>(new Refusal(RefusalCode.NotYet, Carry,
                "An amendment waits for the resident's answer; without it the old terms stay. Take it back first."));
        }

        var events = new List<OrderEvent>();
        if (s.Due < c.Now && !s.Late)
            events.Add(new OrderEvent.OrderBecameLate(s.Due));
        if (s.Stage == OrderStage.Assigned)
            events.Add(new OrderEvent.OrderAccepted(c.Member!.Id));
        var text = TextToSign(s, f.Result);
        events.Add(new OrderEvent.OrderFinished(
            c.Member!.Id, new Personal(f.Result), new Personal(text), Check.HashOf(text), s.Reopened + 1,
            c.Due(c.Limits.Evaluate)));
        if (LinkDue(c with { Actor = new Actor.System() }) is { } link)
            events.Add(link);
        return Check.Yes<OrderEvent>([.. events]);
    }

    /// <summary>What the resident signs: the order, the terms that hold, and what was done.</summary>
    private static string TextToSign(Order s, string result)
    {
        var lines = new List<string> { $"{s.Number}: {s.Intake.Text.Value}" };
        lines.AddRange(s.Scope.Select(x => Line("Order.Scope", x.Value)));
        if (s.Price is { } price)
            lines.Add(Line("Order.Price", price.Value));
        lines.Add(Line("Order.Result", result));
        return string.Join('\n', lines);
        string Line(string key, string said) => DomainWords.Of(key, s.Intake.Language) + said;
    }

    private static Decision<OrderEvent> Cancel(Context c, OrderCommand.Cancel x)
    {
        if (c.Actor is not Actor.Resident)
        {
            return Check.No<OrderEvent>(new Refusal(
                RefusalCode.ResidentOnly, Carry, "Only the resident can cancel their order; the company refuses it."));
        }

        return Check.Unless<OrderEvent>(
            c.At(Carry, OrderStage.Opened, OrderStage.Assigned, OrderStage.InProgress)
                ?? Check.Optional(x.Reason, "reason", Carry),
            new OrderEvent.OrderCancelled(x.Channel, Check.Said(x.Reason)),
            new OrderEvent.OrderClosed(OrderOutcome.Cancelled));
    }

    private static Decision<OrderEvent> RefuseOrder(Context c, OrderCommand.RefuseOrder r) => Check.Unless<OrderEvent>(
        c.At(Carry, OrderStage.Opened, OrderStage.Assigned, OrderStage.InProgress) ?? c.AHead(Carry)
            ?? Check.Text(r.Reason, "reason", Carry),
        new OrderEvent.OrderRefused(c.Member?.Id ?? default, new Personal(r.Reason)),
        new OrderEvent.OrderClosed(OrderOutcome.Refused));

    private static Decision<OrderEvent> RecordLate(Context c)
    {
        if (c.Actor is not Actor.System)
            return Check.No<OrderEvent>(new Refusal(RefusalCode.NotYours, Carry, "The system alone records this."));
        var waits = c.S.Stage is OrderStage.Opened or OrderStage.Assigned or OrderStage.InProgress;
        return waits && !c.S.Late && c.S.Due <= c.Now
            ? Check.Yes<OrderEvent>(new OrderEvent.OrderBecameLate(c.S.Due))
            : Check.Yes<OrderEvent>();
    }

    private static Decision<OrderEvent> LinkComplaint(Context c, OrderCommand.LinkComplaint l)
    {
        if (c.Actor is not Actor.System)
            return Check.No<OrderEvent>(new Refusal(RefusalCode.NotYours, Carry, "The system alone records this."));
        return c.S.Owing.Contains(l.Cause)
            ? Check.Yes<OrderEvent>(new OrderEvent.OrderComplaintOpened(l.Cause, l.Number))
            : Check.Yes<OrderEvent>();
    }
}
