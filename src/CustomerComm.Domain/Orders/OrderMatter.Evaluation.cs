using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Orders;

/// <content>The resident's evaluation with signature, and its honest other outcomes (3.3, 4.6.2-4).</content>
public sealed partial class OrderMatter
{
    private static bool Repeats(Order s, OrderCommand.Evaluate v) =>
        s.Evaluation is { Way: SignatureWay.Drawn } done && done.TokenHash == v.TokenHash && done.TextHash == v.TextHash
        && done.Judgement.Quality == v.Quality && done.Judgement.Attitude == v.Attitude;

    private static OrderEvent.EvaluationRequested Link(Context c, int issue, int asked, Channel way) => new(
        issue, way, c.Due(c.Limits.Link), asked <= c.Limits.Reminders ? c.Due(c.Limits.Remind) : null);

    private static Decision<OrderEvent> RequestEvaluation(Context c)
    {
        if (c.At(Judge, OrderStage.Done) is { } no)
            return Check.No<OrderEvent>(no);
        var request = c.S.Request!;
        if (c.Actor is not Actor.System && c.Concerned(Judge) is { } notYours)
            return Check.No<OrderEvent>(notYours);
        if (Signing.WayTo(c.S.Intake.Contact) is not { } way)
        {
            return Check.No<OrderEvent>(Check.WrongStage(
                Judge, "There is neither phone nor chat to send a link to; use the form on paper."));
        }

        var wait = c.Actor is Actor.System
            ? request.RemindAt is null || request.RemindAt > c.Now
            : c.Now - request.AskedAt < Check.RepetitionWindow;
        return wait && request.Asked > 0
            ? Check.Yes<OrderEvent>()
            : Check.Yes<OrderEvent>(Link(c, c.S.LinksIssued + 1, request.Asked + 1, way));
    }

    private static Decision<OrderEvent> Evaluate(Context c, OrderCommand.Evaluate v)
    {
        var judgement = new Judgement(v.Quality, v.Attitude, Solved: true);
        var no = Signing.LinkHolds(c.S.Request, v.Issue, c.Actor, c.Now, Judge)
            ?? Signing.FormHolds(c.S.Request!, v.TextHash, v.Mark, judgement, v.Comment, Judge);
        if (no is not null)
            return Check.No<OrderEvent>(no);
        var form = new SignedForm(
            SignatureWay.Drawn, v.TokenHash, v.TextHash, c.S.Request!.By, new Personal(v.Mark), judgement,
            Check.Said(v.Comment));
        return Check.Yes<OrderEvent>(
            new OrderEvent.OrderEvaluated(form, judgement.IsBad(c.Limits.BadScore)),
            new OrderEvent.OrderClosed(OrderOutcome.Evaluated));
    }

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

    private static Decision<OrderEvent> RecordAttempt(Context c, OrderCommand.RecordAttempt a) =>
        Check.Unless<OrderEvent>(
            c.At(Judge, OrderStage.Done) ?? c.Concerned(Judge) ?? Check.Text(a.Result, "result", Judge),
            new OrderEvent.EvaluationAttempted(c.Member?.Id ?? default, a.Channel, new Personal(a.Result)));

    private static Decision<OrderEvent> ProposeUnreachable(Context c)
    {
        if ((c.At(Judge, OrderStage.Done) ?? c.Concerned(Judge)) is { } no)
            return Check.No<OrderEvent>(no);
        var request = c.S.Request!;
        if (request.Unreachable is not null)
            return Check.Yes<OrderEvent>();
        if (request.Paper is not null)
            return Check.No<OrderEvent>(Check.WrongStage(Judge, "A form on paper waits to be confirmed."));
        return Check.Unless<OrderEvent>(
            Signing.EnoughAttempts(request, c.Rules, Judge),
            new OrderEvent.EvaluationUnreachableProposed(
                c.Member!.Id,
                Signing.DeciderAbove(c.S, Unit.Leader, c.Hands.Add(c.Member.Id), c.Rules.Directory),
                c.Due(c.Rules.Policy.ConfirmOutcome)));
    }

    private static Decision<OrderEvent> DecideUnreachable(Context c, OrderCommand.DecideUnreachable d)
    {
        if (c.S.Request?.Unreachable is not { } pending)
            return Check.No<OrderEvent>(Check.WrongStage(Judge, "Nothing waits to be recorded as unreachable."));
        var no = Signing.MayJudge(c.S, pending.DecidedBy, c.Actor, c.Hands, c.Rules.Directory, Judge)
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
            : Check.Yes<OrderEvent>(new OrderEvent.EvaluationPaperAttached(new PaperForm(
                c.Member!.Id, new Personal(a.Scan), hash, judgement, Check.Said(a.Comment),
                c.Due(c.Rules.Policy.ConfirmOutcome))));
    }

    private static Decision<OrderEvent> DecidePaper(Context c, OrderCommand.DecidePaper d)
    {
        if (c.S.Request?.Paper is not { } paper)
            return Check.No<OrderEvent>(Check.WrongStage(Judge, "No form on paper waits to be confirmed."));
        var no = Signing.MayJudge(
                c.S, Party.Of(Unit.Quality), c.Actor, c.Hands.Add(paper.By), c.Rules.Directory, Judge)
            ?? Check.Text(d.Comment, "comment", Judge);
        if (no is not null)
            return Check.No<OrderEvent>(no);
        var decided = new OrderEvent.EvaluationPaperDecided(
            c.Member!.Id, d.Confirmed, new Personal(d.Comment), d.Confirmed ? null : c.Due(c.Limits.Evaluate));
        if (!d.Confirmed)
            return Check.Yes<OrderEvent>(decided);
        var form = new SignedForm(
            SignatureWay.Paper, paper.ScanHash, c.S.Request.TextHash, Channel.WalkIn, paper.Scan, paper.Judgement,
            paper.Comment);
        return Check.Yes<OrderEvent>(
            decided, new OrderEvent.OrderEvaluated(form, paper.Judgement.IsBad(c.Limits.BadScore)),
            new OrderEvent.OrderClosed(OrderOutcome.Evaluated));
    }
}
