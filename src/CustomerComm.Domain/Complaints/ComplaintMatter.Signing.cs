using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <content>The signature: only the resident signs, and honest other outcomes need somebody else's decision.</content>
public sealed partial class ComplaintMatter
{
    /// <summary>
    /// Asks for the signature, first with the resolution, then again as a reminder (4.6.2-4); the resident may ask for a
    /// new link once the last is dead.
    /// </summary>
    private static Decision<ComplaintEvent> RequestSignature(Context c)
    {
        if ((Signing.NotByStaff(c.Actor, "4.6.2-4") ?? c.At("4.6.2-4", Stage.Resolved)) is { } no)
            return No(no);
        return LinkDue(c, c.S.Request, c.Actor) is { } link ? Yes(link) : Yes();
    }

    private static ComplaintEvent.SignatureRequested? LinkDue(Context c, SignRequest? request, Actor actor) =>
        Signing.LinkDue(
            request, c.S.LinksIssued, WayToSign(c.S), actor, c.Now, c.Rules.Policy.SigningLink, c.Rules) is { } link
            ? new(link.Issue, link.Channel, link.Expires, link.RemindAt)
            : null;

    private static bool Repeats(Complaint s, ComplaintCommand.Sign g) =>
        s.Given is { Way: SignatureWay.Drawn } done
        && done.TokenHash == g.TokenHash && done.TextHash == g.TextHash;

    private static Decision<ComplaintEvent> Sign(Context c, ComplaintCommand.Sign g)
    {
        var request = c.S.Request;
        var no = Signing.LinkHolds(request, g.Issue, c.Actor, c.Now, "4.6.2-4")
            ?? (g.AsRepresentative ? MayRepresent(c.S) : null) ?? Satisfaction(g.Satisfaction)
            ?? Signing.FormHolds(
                request!, g.TextHash, g.Mark, Judgement.Of(g.Satisfaction), g.Comment, "4.6.2-4");
        if (no is not null)
            return No(no);
        // Who saw the letter of authority knows who signs by it, unless they alone say that there is such a person at all;
        // else the phone must be on file.
        var known = g.AsRepresentative
            ? c.S.AuthorityHolds != c.S.Intake.EnteredBy
            : Signing.IsOnFile(c.S.Intake.Contact, c.Community, c.Rules.Directory);
        if (!known && Signing.NoFormWaits(request!, "4.6.2-4") is { } waits)
            return No(waits);
        var form = new SignedForm(
            SignatureWay.Drawn, g.TokenHash, g.TextHash, g.AsRepresentative ? Channel.Sms : request!.By,
            new Personal(g.Mark), Judgement.Of(g.Satisfaction), Check.Said(g.Comment),
            SignatoryOf(c.S, g.AsRepresentative));
        return known
            ? Yes(new ComplaintEvent.Signed(form), Complete(c))
            : Yes(new ComplaintEvent.SignatureTaken(form, c.Due(c.Rules.Policy.ConfirmOutcome)));
    }

    private static Decision<ComplaintEvent> RefuseSignature(Context c, ComplaintCommand.RefuseSignature r)
    {
        var no = Signing.LinkHolds(c.S.Request, r.Issue, c.Actor, c.Now, "4.6.2-4")
            ?? (r.AsRepresentative ? MayRepresent(c.S) : null) ?? Check.Text(r.Reason, "reason", "4.6.2-4")
            ?? (r.Satisfaction is { } value ? Satisfaction(value) : null);
        if (no is not null)
            return No(no);
        return Reopen(c, r.Reason, c.S.Request!.By, r.Satisfaction);
    }

    /// <summary>No link is needed: only the resident's own phone or chat speaks as the resident.</summary>
    private static Decision<ComplaintEvent> RefuseInWords(Context c, ComplaintCommand.RefuseInWords r)
    {
        if (c.Actor is not Actor.Resident)
        {
            return No(
                RefusalCode.ResidentOnly, "4.6.2-4", "Only the resident can refuse; staff note what they were told.");
        }

        var no = c.At("4.6.2-4", Stage.Resolved, Stage.Completed)
            ?? Check.Text(r.Reason, "reason", "4.6.2-4", Check.LongestText);
        return no is not null ? No(no) : Reopen(c, r.Reason, r.Channel, null);
    }

    private static Decision<ComplaintEvent> Reopen(Context c, string reason, Channel channel, int? satisfaction)
    {
        var refused = new ComplaintEvent.SignatureRefused(
            new Personal(reason), channel, satisfaction, TimeToRedo(c));
        // Twice unsolved is what the department cannot solve (4.6.1-3).
        return c.S.Reopened > 0
            ? Yes(refused, Unsolvable(c, reason))
            : Yes(refused);
    }

    private static DateTimeOffset TimeToRedo(Context c) =>
        DueToResolve(c.Now, c.S.Kind, c.S.Severity, c.Rules);

    /// <summary>A call, a visit or a letter of a person; what the system sends is no attempt.</summary>
    private static Decision<ComplaintEvent> RecordAttempt(Context c, ComplaintCommand.RecordAttempt a)
    {
        var no = c.At("4.6.2-4", Stage.Resolved) ?? c.Handler("4.6.2-4") ?? Check.Text(a.Result, "result", "4.6.2-4")
            ?? Signing.ByPerson(a.Channel, "4.6.2-4")
            ?? (c.S.Request is { } r ? Signing.StillSought(r, "4.6.2-4") : null);
        return no is not null
            ? No(no)
            : Yes(new ComplaintEvent.ContactAttempted(c.Member!.Id, a.Channel, new Personal(a.Result)));
    }

    private static Decision<ComplaintEvent> ProposeUnreachable(Context c)
    {
        if ((c.At("4.6.2-4", Stage.Resolved) ?? c.Handler("4.6.2-4")) is { } no)
            return No(no);
        var request = c.S.Request!;
        if (request.Unreachable is not null)
            return Yes();
        if (c.S.SaysUnsolved)
        {
            return No(RefusalCode.WrongStage, "4.6.2-4",
                "The last thing the resident said is that it is not solved: they were reached. Put it to the leader.");
        }

        // Whoever was heard of meanwhile was reached: it is tried anew from then on.
        var since = request with { Attempts = request.Attempts.RemoveAll(a => a.At < c.S.SpokeAt) };
        return (Signing.NoFormWaits(request, "4.6.2-4") ?? Signing.EnoughAttempts(since, c.Rules, "4.6.2-4")) is { } bars
            ? No(bars)
            : Yes(new ComplaintEvent.UnreachableProposed(
                c.Member!.Id, Signing.DeciderAbove(c.S, c.S.Chief, c.Hands, c.Rules.Directory),
                c.Due(c.Rules.Policy.ConfirmOutcome)));
    }

    private static Decision<ComplaintEvent> DecideUnreachable(Context c, ComplaintCommand.DecideUnreachable d)
    {
        if (c.S.Request?.Unreachable is not { } pending)
        {
            return c.S.WasUnreachable && d.Approved
                ? Yes()
                : No(RefusalCode.WrongStage, "4.6.2-4", "Nothing waits to be recorded as unreachable.");
        }

        var no = c.MayJudge(pending.DecidedBy, "4.6.2-4")
            ?? (d.Approved ? Check.Optional(d.Comment, "comment", "4.6.2-4") : Check.Text(d.Comment, "comment", "4.6.2-4"));
        if (no is not null)
            return No(no);
        DateTimeOffset? signDue = d.Approved ? null : c.Due(c.Rules.Policy.ObtainSignature);
        var decided = new ComplaintEvent.UnreachableDecided(
            c.Member!.Id, d.Approved, new Personal(d.Comment ?? ""), signDue);
        return d.Approved ? Yes(decided, Complete(c)) : Yes(decided);
    }

    private static Decision<ComplaintEvent> AttachPaper(Context c, ComplaintCommand.AttachPaper a)
    {
        var no = c.At("4.6.2-4", Stage.Resolved) ?? c.Handler("4.6.2-4")
            ?? (a.ByRepresentative ? MayRepresent(c.S) : null)
            ?? Check.Text(a.Scan, "scan", "4.6.2-4", Check.LongestScan) ?? Satisfaction(a.Satisfaction);
        if (no is not null)
            return No(no);
        var hash = Check.HashOf(a.Scan);
        if (c.S.Request!.Paper?.ScanHash == hash)
            return Yes();
        return Signing.NoFormWaits(c.S.Request, "4.6.2-4") is { } waits
            ? No(waits)
            : Yes(new ComplaintEvent.PaperAttached(new PaperForm(
                c.Member!.Id, new Personal(a.Scan), hash, Judgement.Of(a.Satisfaction), null,
                c.Due(c.Rules.Policy.ConfirmOutcome), a.ByRepresentative)));
    }

    private static Decision<ComplaintEvent> DecideSignature(Context c, ComplaintCommand.DecideSignature d)
    {
        if (c.S.Request is not { Waiting: { } form, Paper: var paper })
            return No(RefusalCode.WrongStage, "4.6.2-4", "No signature waits to be confirmed.");
        var no = c.MayJudge(Party.Of(c.S.Keeper), "4.6.2-4")
            ?? Check.Text(d.Comment, "comment", "4.6.2-4")
            ?? (paper is null && d.Confirmed
                ? Check.Text(d.With, "with", "4.6.2-4", 100) : Check.Optional(d.With, "with", "4.6.2-4"))
            // Whoever saw the authority may have come to handle it since.
            ?? (d.Confirmed && paper is { ByRepresentative: true } ? MayRepresent(c.S) : null);
        if (no is not null)
            return No(no);
        DateTimeOffset? signDue = d.Confirmed ? null : c.Due(c.Rules.Policy.ObtainSignature);
        var decided = new ComplaintEvent.SignatureDecided(
            c.Member!.Id, d.Confirmed, new Personal(d.Comment), signDue, Check.Said(d.With));
        if (!d.Confirmed)
            return Yes(decided);
        if (paper is not null)
            form = form with { As = SignatoryOf(c.S, paper.ByRepresentative) };
        return Yes(decided, new ComplaintEvent.Signed(form), Complete(c));
    }

    private static ComplaintEvent.Completed Complete(Context c, bool noContact = false)
    {
        var policy = c.Rules.Policy;
        return new ComplaintEvent.Completed(
            c.Due(policy.RootCause), c.S.Severity == Severity.Major ? c.Due(policy.Reports) : null,
            c.Due(policy.Verify), noContact);
    }
}
