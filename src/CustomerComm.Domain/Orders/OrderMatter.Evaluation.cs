using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Orders;

/// <content>The resident's evaluation with signature, and its honest other outcomes (3.3, 4.6.2-4).</content>
public sealed partial class OrderMatter
{
    private static bool Repeats(Order s, OrderCommand.Evaluate v) =>
        s.Given is { Way: SignatureWay.Drawn } done && done.TokenHash == v.TokenHash && done.TextHash == v.TextHash
        && done.Judgement.Quality == v.Quality && done.Judgement.Attitude == v.Attitude;

    /// <summary>The link as an event, where one is to go out.</summary>
    private static OrderEvent.EvaluationRequested? LinkDue(Context c) =>
        Signing.LinkDue(
            c.S.Request, c.S.LinksIssued, Signing.WayTo(c.S.Intake.Contact), c.Actor, c.Now, c.Limits.Link, c.Rules)
            is { } link
            ? new(link.Issue, link.Channel, link.Expires, link.RemindAt)
            : null;

    private static Decision<OrderEvent> RequestEvaluation(Context c)
    {
        if ((Signing.NotByStaff(c.Actor, Judge) ?? c.At(Judge, OrderStage.Done)) is { } no)
            return Check.No<OrderEvent>(no);
        return LinkDue(c) is { } link ? Check.Yes<OrderEvent>(link) : Check.Yes<OrderEvent>();
    }

    private static Decision<OrderEvent> Evaluate(Context c, OrderCommand.Evaluate v)
    {
        var judgement = new Judgement(v.Quality, v.Attitude, Solved: true);
        var known = Signing.IsOnFile(c.S.Intake.Contact, c.S.Community, c.Rules.Directory);
        var no = Signing.LinkHolds(c.S.Request, v.Issue, c.Actor, c.Now, Judge)
            ?? Signing.FormHolds(c.S.Request!, v.TextHash, v.Mark, judgement, v.Comment, Judge)
            ?? (known ? null : Signing.NoFormWaits(c.S.Request!, Judge));
        if (no is not null)
            return Check.No<OrderEvent>(no);
        var form = new SignedForm(
            SignatureWay.Drawn, v.TokenHash, v.TextHash, c.S.Request!.By, new Personal(v.Mark), judgement,
            Check.Said(v.Comment));
        return known
            ? Check.Yes<OrderEvent>(Evaluated(c, form), new OrderEvent.OrderClosed(OrderOutcome.Evaluated))
            : Check.Yes<OrderEvent>(new OrderEvent.EvaluationTaken(form, c.Due(c.Rules.Policy.ConfirmOutcome)));
    }

    private static OrderEvent.OrderEvaluated Evaluated(Context c, SignedForm form) =>
        new(form, form.Judgement.IsBad(c.Limits.BadScore));

    private static Decision<OrderEvent> RefuseEvaluation(Context c, OrderCommand.RefuseEvaluation r)
    {
        var no = Signing.LinkHolds(c.S.Request, r.Issue, c.Actor, c.Now, Judge)
            ?? Check.Text(r.Reason, "reason", Judge);
        if (no is not null)
            return Check.No<OrderEvent>(no);
        // What was done twice in vain is no repair any more.
        var complains = r.Complains || c.S.Reopened > 0;
        var refused = new OrderEvent.EvaluationRefused(
            new Personal(r.Reason), c.S.Request!.By, complains, complains ? null : c.Due(c.Limits.CarryOut));
        return complains
            ? Check.Yes<OrderEvent>(refused, new OrderEvent.OrderClosed(OrderOutcome.Disputed))
            : Check.Yes<OrderEvent>(refused);
    }

    /// <summary>A call, a visit or a letter of a person; what the system sends is no attempt.</summary>
    private static Decision<OrderEvent> RecordAttempt(Context c, OrderCommand.RecordAttempt a) =>
        Check.Unless<OrderEvent>(
            c.At(Judge, OrderStage.Done) ?? c.Concerned(Judge) ?? Check.Text(a.Result, "result", Judge)
                ?? Signing.ByPerson(a.Channel, Judge) ?? Signing.StillSought(c.S.Request!, Judge),
            new OrderEvent.EvaluationAttempted(c.Member?.Id ?? default, a.Channel, new Personal(a.Result)));

    private static Decision<OrderEvent> ProposeUnreachable(Context c)
    {
        if ((c.At(Judge, OrderStage.Done) ?? c.Concerned(Judge)) is { } no)
            return Check.No<OrderEvent>(no);
        var request = c.S.Request!;
        if (request.Unreachable is not null)
            return Check.Yes<OrderEvent>();
        return Check.Unless<OrderEvent>(
            Signing.NoFormWaits(request, Judge) ?? Signing.EnoughAttempts(request, c.Rules, Judge),
            new OrderEvent.EvaluationUnreachableProposed(
                c.Member!.Id,
                Signing.DeciderAbove(c.S, Unit.Leader, c.S.Hands.Add(c.Member.Id), c.Rules.Directory),
                c.Due(c.Rules.Policy.ConfirmOutcome)));
    }

    private static Decision<OrderEvent> DecideUnreachable(Context c, OrderCommand.DecideUnreachable d)
    {
        if (c.S.Request?.Unreachable is not { } pending)
            return Check.No<OrderEvent>(Check.WrongStage(Judge, "Nothing waits to be recorded as unreachable."));
        var no = c.MayJudge(pending.DecidedBy)
            ?? (d.Approved ? Check.Optional(d.Comment, "comment", Judge) : Check.Text(d.Comment, "comment", Judge));
        if (no is not null)
            return Check.No<OrderEvent>(no);
        var decided = new OrderEvent.EvaluationUnreachableDecided(
            c.Member!.Id, d.Approved, Check.Said(d.Comment), d.Approved ? null : c.Due(c.Limits.Evaluate));
        return d.Approved
            ? Check.Yes<OrderEvent>(decided, new OrderEvent.OrderClosed(OrderOutcome.Unreachable))
            : Check.Yes<OrderEvent>(decided);
    }

    private static Decision<OrderEvent> AttachPaper(Context c, OrderCommand.AttachPaper a)
    {
        var judgement = new Judgement(a.Quality, a.Attitude, Solved: true);
        var no = c.At(Judge, OrderStage.Done) ?? c.Concerned(Judge)
            ?? Check.Text(a.Scan, "scan", Judge, Check.LongestScan) ?? Signing.Marks(judgement, Judge)
            ?? Check.Optional(a.Comment, "comment", Judge);
        if (no is not null)
            return Check.No<OrderEvent>(no);
        var hash = Check.HashOf(a.Scan);
        return c.S.Request!.Paper?.ScanHash == hash
            ? Check.Yes<OrderEvent>()
            : Check.Unless<OrderEvent>(
                Signing.NoFormWaits(c.S.Request, Judge),
                new OrderEvent.EvaluationPaperAttached(new PaperForm(
                    c.Member!.Id, new Personal(a.Scan), hash, judgement, Check.Said(a.Comment),
                    c.Due(c.Rules.Policy.ConfirmOutcome))));
    }

    private static Decision<OrderEvent> DecideSignature(Context c, OrderCommand.DecideSignature d)
    {
        if (c.S.Request?.Waiting is not { } form)
            return Check.No<OrderEvent>(Check.WrongStage(Judge, "No signature waits to be confirmed."));
        var no = c.MayJudge(Party.Of(Unit.Quality))
            ?? Signing.CallTold(c.S.Request, d.Confirmed, d.Comment, d.With, Judge);
        if (no is not null)
            return Check.No<OrderEvent>(no);
        var decided = new OrderEvent.EvaluationDecided(
            c.Member!.Id, d.Confirmed, new Personal(d.Comment), d.Confirmed ? null : c.Due(c.Limits.Evaluate),
            Check.Said(d.With));
        return d.Confirmed
            ? Check.Yes<OrderEvent>(
                decided, Evaluated(c, form), new OrderEvent.OrderClosed(OrderOutcome.Evaluated))
            : Check.Yes<OrderEvent>(decided);
    }
}
