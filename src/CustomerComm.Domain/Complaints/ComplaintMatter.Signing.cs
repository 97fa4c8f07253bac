using System.Collections.Immutable;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Complaints;

/// <content>Signature, refusal, unreachable and paper (4.6.2-4).</content>
public static partial class ComplaintMatter
{
    /// <summary>
    /// True where the link with this token's hash may be signed by now: unused, of this round, not expired.
    /// </summary>
    public static bool LinkOpens(Complaint state, string tokenHash, DateTimeOffset now)
    {
        return state.Stage == Stage.Resolved && state.Link is { } link && link.TokenHash == tokenHash
            && link.Round == state.Round && link.Expires > now;
    }

    private static Decision<ComplaintEvent> RequestSignature(Context c, ComplaintCommand.RequestSignature r)
    {
        if (c.Actor is not Actor.System)
            return No(RefusalCode.NotYours, "4.6.2-4", "Signing links are issued by the system alone.");
        if (Text(r.TokenHash, "token", "4.6.2-4") is { } bad)
            return No(bad);
        return WantsSigningLink(c.S, c.Now)
            ? Yes(new ComplaintEvent.SignatureRequested(
                c.S.Round, c.S.LinksIssued + 1, r.TokenHash, SigningChannel(c.S)!.Value,
                c.Due(c.Rules.Policy.SigningLink)))
            : Yes();
    }

    private static bool Repeats(Complaint s, ComplaintCommand.Sign g) =>
        s.Signature is { } done && done.Way == SignatureWay.Drawn
        && done.TokenHash == g.TokenHash && done.TextHash == g.TextHash;

    private static Refusal? LinkHolds(Context c, string tokenHash)
    {
        if (c.Actor is not Actor.Resident)
        {
            return new Refusal(RefusalCode.ResidentOnly, "4.6.2-4",
                "Only the resident can sign; staff must never sign in the resident's place.");
        }

        return LinkOpens(c.S, tokenHash, c.Now)
            ? null
            : new Refusal(RefusalCode.LinkInvalid, "4.6.2-4",
                "This link is no longer valid. If you have not signed yet, call the hotline for a new one.", "token");
    }

    private static Decision<ComplaintEvent> Sign(Context c, ComplaintCommand.Sign g)
    {
        var no = LinkHolds(c, g.TokenHash) ?? Text(g.Mark, "signature", "4.6.2-4", LongestMark)
            ?? Satisfaction(g.Satisfaction)
            ?? Optional(g.Comment, "comment", "4.6.2-4");
        if (no is not null)
            return No(no);
        if (g.TextHash != c.S.Resolution!.TextHash)
        {
            return No(RefusalCode.TextChanged, "4.6.2-4",
                "The text shown is not the present resolution. Open the link again and read it.", "textHash");
        }

        return Yes(
            new ComplaintEvent.Signed(
                SignatureWay.Drawn, g.TokenHash, g.TextHash, g.Channel, new Personal(g.Mark), g.Satisfaction,
                string.IsNullOrWhiteSpace(g.Comment) ? null : new Personal(g.Comment)),
            Complete(c));
    }

    private static Decision<ComplaintEvent> RefuseSignature(Context c, ComplaintCommand.RefuseSignature r)
    {
        var no = LinkHolds(c, r.TokenHash) ?? Text(r.Reason, "reason", "4.6.2-4")
            ?? (r.Satisfaction is { } value ? Satisfaction(value) : null);
        if (no is not null)
            return No(no);
        var refused = new ComplaintEvent.SignatureRefused(
            new Personal(r.Reason), r.Channel, r.Satisfaction, TimeToRedo(c));
        // Twice unsolved is what the department cannot solve (4.6.1-3).
        return c.S.Reopened > 0
            ? Yes(refused, new ComplaintEvent.Escalated(
                null, new Personal(r.Reason), c.Due(c.Rules.Policy.Instruct)))
            : Yes(refused);
    }

    private static DateTimeOffset TimeToRedo(Context c) =>
        c.Due(TimeToResolve(c.S.Kind, c.S.Severity, c.Rules.Policy));

    private static Decision<ComplaintEvent> RecordAttempt(Context c, ComplaintCommand.RecordAttempt a)
    {
        var no = c.At("4.6.2-4", Stage.Resolved) ?? c.Handler("4.6.2-4") ?? Text(a.Result, "result", "4.6.2-4");
        return no is not null
            ? No(no)
            : Yes(new ComplaintEvent.ContactAttempted(c.Member!.Id, a.Channel, new Personal(a.Result)));
    }

    private static Decision<ComplaintEvent> ProposeUnreachable(Context c)
    {
        if ((c.At("4.6.2-4", Stage.Resolved) ?? c.Handler("4.6.2-4")) is { } no)
            return No(no);
        if (c.S.Unreachable is not null)
            return Yes();
        if (c.S.Paper is not null)
            return No(RefusalCode.WrongStage, "4.6.2-4", "A signature on paper waits to be confirmed.");
        var policy = c.Rules.Policy;
        var attempts = c.S.Attempts;
        var enough = attempts.Count >= policy.UnreachableAttempts
            && attempts.Select(a => a.Channel).Distinct().Count() >= policy.UnreachableChannels
            && attempts[^1].At >= c.Rules.Due(attempts[0].At, policy.UnreachableSpan);
        if (!enough)
        {
            return No(RefusalCode.AttemptsMissing, "4.6.2-4",
                $"Unreachable needs {policy.UnreachableAttempts} attempts on {policy.UnreachableChannels} channels "
                + $"over {policy.UnreachableSpan}; so far {attempts.Count}.");
        }

        return Yes(new ComplaintEvent.UnreachableProposed(
            c.Member!.Id, DeciderAbove(c), c.Due(policy.ConfirmOutcome)));
    }

    /// <summary>
    /// The head of the handling unit, or another unit, the chief first, where the head handled it or is barred.
    /// </summary>
    private static Party DeciderAbove(Context c)
    {
        var head = c.Rules.Directory.Head(c.S.HandlingUnit, c.Community);
        return head is null || c.Hands.Contains(head.Id) || Authority.IsBarred(c.S, head, c.Rules.Directory)
            ? Party.Of(Reviewer(c, c.S.Chief, c.Hands, c.S.HandlingUnit) ?? c.S.Chief)
            : Party.Of(head.Id);
    }

    /// <summary>
    /// The unit that can judge the work: the preferred one, else the first that has somebody who neither had a hand in
    /// it nor is barred. Without this a case that all of quality worked on could never be closed.
    /// </summary>
    private static Unit? Reviewer(
        Context c, Unit preferred, ImmutableHashSet<StaffId> hands, Unit? not = null)
    {
        ReadOnlySpan<Unit> order =
        [
            preferred, c.S.Keeper, Unit.Quality, c.S.Chief, Unit.Leader, Unit.Office, Unit.Engineering, Unit.Finance,
        ];
        foreach (var unit in order)
        {
            if (unit != not
                && Authority.FirstFree(unit, c.Community, c.S.Accused, c.Rules.Directory, hands) is not null)
            {
                return unit;
            }
        }

        return null;
    }

    private static Decision<ComplaintEvent> DecideUnreachable(Context c, ComplaintCommand.DecideUnreachable d)
    {
        if (c.S.Unreachable is not { } pending)
        {
            return c.S.WasUnreachable && d.Approved
                ? Yes()
                : No(RefusalCode.WrongStage, "4.6.2-4", "Nothing waits to be recorded as unreachable.");
        }

        var no = c.Review(pending.DecidedBy, "4.6.2-4") ?? c.NotOwnWork("4.6.2-4")
            ?? (d.Approved ? Optional(d.Comment, "comment", "4.6.2-4") : Text(d.Comment, "comment", "4.6.2-4"));
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
            ?? Text(a.Scan, "scan", "4.6.2-4", LongestScan) ?? Satisfaction(a.Satisfaction);
        if (no is not null)
            return No(no);
        var hash = HashOf(a.Scan);
        return c.S.Paper?.ScanHash == hash
            ? Yes()
            : Yes(new ComplaintEvent.PaperAttached(
                c.Member!.Id, new Personal(a.Scan), hash, a.Satisfaction, c.Due(c.Rules.Policy.ConfirmOutcome)));
    }

    private static Decision<ComplaintEvent> DecidePaper(Context c, ComplaintCommand.DecidePaper d)
    {
        if (c.S.Paper is not { } paper)
            return No(RefusalCode.WrongStage, "4.6.2-4", "No signature on paper waits to be confirmed.");
        var no = c.Review(Party.Of(c.S.Keeper), "4.6.2-4") ?? c.NotOwnWork("4.6.2-4")
            ?? Text(d.Comment, "comment", "4.6.2-4");
        if (no is not null)
            return No(no);
        DateTimeOffset? signDue = d.Confirmed ? null : c.Due(c.Rules.Policy.ObtainSignature);
        var decided = new ComplaintEvent.PaperDecided(c.Member!.Id, d.Confirmed, new Personal(d.Comment), signDue);
        return d.Confirmed
            ? Yes(
                decided,
                new ComplaintEvent.Signed(
                    SignatureWay.Paper, paper.ScanHash, c.S.Resolution!.TextHash, Channel.WalkIn, paper.Scan,
                    paper.Satisfaction, null),
                Complete(c))
            : Yes(decided);
    }

    private static ComplaintEvent.Completed Complete(Context c)
    {
        var policy = c.Rules.Policy;
        return new ComplaintEvent.Completed(
            c.Due(policy.FollowUp), c.Due(policy.HandOver), c.Due(policy.RootCause),
            c.S.Severity == Severity.Major ? c.Due(policy.Reports) : null, c.Due(policy.Verify));
    }
}
