using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Revisits;

/// <summary>
/// The monthly revisit of repair quality and service attitude (4.5.3): the resident is asked and signs; only their
/// signature makes the record valid.
/// </summary>
public sealed class RevisitMatter : IMatter<Revisit, RevisitCommand, RevisitEvent>
{
    /// <summary>Page where the resident answers and signs.</summary>
    public const string Page = "v";

    private const string Clause = "4.5.3";

    private RevisitMatter()
    {
    }

    /// <inheritdoc/>
    public static Decision<RevisitEvent> Decide(
        Revisit? state, RevisitCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        return Check.UnlessRepeated(DecideAfresh(state, command, actor, now, rules), state?.Last, now);
    }

    /// <inheritdoc/>
    public static Revisit Evolve(Revisit? state, RevisitEvent e, DateTimeOffset at) => Revisit.Evolve(state, e, at);

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(Revisit state)
    {
        if (!state.Open)
            return [];
        var request = state.Request;
        if (request.ConfirmDue is { } confirm)
            return [Of(ObligationKind.ConfirmSignature, Party.Of(state.Planned.Sides.Reviewer), confirm)];
        return request.Unreachable is { } pending
            ? [Of(ObligationKind.DecideUnreachable, pending.DecidedBy, pending.Due)]
            : [Of(ObligationKind.Revisit, Party.Of(state.Planned.Sides.Owner), request.Due)];
    }

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(RevisitEvent e, Revisit state, Rules rules)
    {
        var (contact, sides) = (state.Planned.Contact, state.Planned.Sides);
        return e switch
        {
            RevisitEvent.RevisitAsked a => [new MatterMessage(
                state.Request.Asked > 1 ? "RevisitReminder" : "RevisitPlease",
                Signing.Signer(contact, state.Planned.Language), [], Page, a.Issue)],
            RevisitEvent.RevisitTaken => [
                MatterMessage.ToStaff("SignatureToConfirm", Party.Of(sides.Reviewer)),
                new MatterMessage("SignatureTaken", Signing.Signer(contact, state.Planned.Language), [])],
            RevisitEvent.RevisitDecided { Confirmed: false } d =>
                [Denied(sides.Owner, d.Comment), Denied(sides.Chief, d.Comment)],
            RevisitEvent.RevisitSigned => [new MatterMessage(
                "RevisitThanks", Signing.Signer(contact, state.Planned.Language), [])],
            RevisitEvent.RevisitUnreachableProposed u =>
                [MatterMessage.ToStaff("RevisitUnreachableToDecide", u.DecidedBy)],
            RevisitEvent.VisitEntered =>
                [MatterMessage.ToStaff("RevisitPaperToConfirm", Party.Of(sides.Reviewer))],
            RevisitEvent.RevisitPlanned or RevisitEvent.RevisitAttempted or RevisitEvent.RevisitDeclined
                or RevisitEvent.RevisitUnreachableDecided or RevisitEvent.RevisitDecided
                or RevisitEvent.RevisitComplaintOpened or RevisitEvent.RevisitClosed => [],
            _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
        };
    }

    private static MatterMessage Denied(Unit unit, Personal comment) =>
        MatterMessage.ToStaff("SignatureDenied", Party.Of(unit), ("text", new Word.Said(comment.Value)));

    private static Obligation Of(ObligationKind kind, Party owner, DateTimeOffset due) =>
        new(kind, "", owner, due, Clause, null);

    private static Decision<RevisitEvent> DecideAfresh(
        Revisit? state, RevisitCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (state is null)
        {
            return command is RevisitCommand.Plan p
                ? Plan(p, actor, now, rules)
                : Check.No<RevisitEvent>(Check.WrongStage(Clause, "There is no such revisit."));
        }

        return command switch
        {
            RevisitCommand.Plan => Check.Yes<RevisitEvent>(),
            RevisitCommand.LinkComplaint l => LinkComplaint(state, l, actor),
            RevisitCommand.Sign g when actor is Actor.Resident && Repeats(state, g) => Check.Yes<RevisitEvent>(),
            RevisitCommand.Decline when actor is Actor.Resident && state.Outcome == RevisitOutcome.Declined =>
                Check.Yes<RevisitEvent>(),
            _ when !state.Open => Check.No<RevisitEvent>(
                new Refusal(RefusalCode.Closed, Clause, $"The revisit of {state.Number} is closed.")),
            RevisitCommand.Ask => Ask(state, actor, now, rules),
            RevisitCommand.RecordAttempt a => Check.Unless<RevisitEvent>(
                MayRevisit(state, actor, rules) ?? Check.Text(a.Result, "result", Clause)
                    ?? Signing.ByPerson(a.Channel, Clause) ?? Signing.StillSought(state.Request, Clause),
                new RevisitEvent.RevisitAttempted(By(actor), a.Channel, new Personal(a.Result))),
            RevisitCommand.Sign g => Sign(state, g, actor, now, rules),
            RevisitCommand.Decline d => Check.Unless<RevisitEvent>(
                Signing.LinkHolds(state.Request, d.Issue, actor, now, Clause)
                    ?? Check.Optional(d.Reason, "reason", Clause),
                new RevisitEvent.RevisitDeclined(state.Request.By, Check.Said(d.Reason)),
                new RevisitEvent.RevisitClosed(RevisitOutcome.Declined)),
            RevisitCommand.ProposeUnreachable => ProposeUnreachable(state, actor, now, rules),
            RevisitCommand.DecideUnreachable d => DecideUnreachable(state, d, actor, now, rules),
            RevisitCommand.EnterVisit v => EnterVisit(state, v, actor, now, rules),
            RevisitCommand.DecideSignature d => DecideSignature(state, d, actor, now, rules),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };
    }

    private static Decision<RevisitEvent> Plan(RevisitCommand.Plan p, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (actor is not Actor.System)
            return Check.No<RevisitEvent>(new Refusal(RefusalCode.NotYours, Clause,
                "Revisits are picked by the system."));
        var limits = rules.Policy.Revisits;
        var planned = new RevisitEvent.RevisitPlanned(
            p.Community, p.Month, p.Item, p.Contact, p.Language, new Personal(p.Text), Check.HashOf(p.Text),
            p.Sides, rules.Due(now, limits.Revisit), rules.PolicyVersion);
        var begun = Revisit.Evolve(null, planned, now);
        // Where everybody of the unit did the work, somebody else revisits it.
        var owner = Signing.Reviewer(begun, p.Sides.Owner, begun.Worked, rules.Directory);
        planned = planned with { Sides = p.Sides with { Owner = owner } };
        return LinkDue(begun, actor, now, rules) is { } link
            ? Check.Yes<RevisitEvent>(planned, link)
            : Check.Yes<RevisitEvent>(planned);
    }

    /// <summary>The link as an event, where one is to go out.</summary>
    private static RevisitEvent.RevisitAsked? LinkDue(Revisit s, Actor actor, DateTimeOffset now, Rules rules) =>
        Signing.LinkDue(
            s.Request, s.Request.Issue, Signing.WayTo(s.Planned.Contact), actor, now, rules.Policy.Revisits.Link, rules)
            is { } link
            ? new(link.Issue, link.Channel, link.Expires, link.RemindAt)
            : null;

    private static Decision<RevisitEvent> Ask(Revisit s, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (Signing.NotByStaff(actor, Clause) is { } no)
            return Check.No<RevisitEvent>(no);
        return LinkDue(s, actor, now, rules) is { } link ? Check.Yes<RevisitEvent>(link) : Check.Yes<RevisitEvent>();
    }

    private static bool Repeats(Revisit s, RevisitCommand.Sign g) =>
        s.Given is { Way: SignatureWay.Drawn } done && done.TokenHash == g.TokenHash && done.TextHash == g.TextHash
        && done.Judgement == g.Judgement;

    private static Decision<RevisitEvent> Sign(
        Revisit s, RevisitCommand.Sign g, Actor actor, DateTimeOffset now, Rules rules)
    {
        var known = Signing.IsOnFile(s.Planned.Contact, s.Community, rules.Directory);
        var no = Signing.LinkHolds(s.Request, g.Issue, actor, now, Clause)
            ?? Signing.FormHolds(s.Request, g.TextHash, g.Mark, g.Judgement, g.Comment, Clause)
            ?? (known ? null : Signing.NoFormWaits(s.Request, Clause));
        if (no is not null)
            return Check.No<RevisitEvent>(no);
        var form = new SignedForm(
            SignatureWay.Drawn, g.TokenHash, g.TextHash, s.Request.By, new Personal(g.Mark), g.Judgement,
            Check.Said(g.Comment));
        return known
            ? Check.Yes<RevisitEvent>(Signed(form, rules), new RevisitEvent.RevisitClosed(RevisitOutcome.Signed))
            : Check.Yes<RevisitEvent>(new RevisitEvent.RevisitTaken(form, rules.Due(now, rules.Policy.ConfirmOutcome)));
    }

    private static RevisitEvent.RevisitSigned Signed(SignedForm form, Rules rules) =>
        new(form, form.Judgement.IsBad(rules.Policy.Revisits.BadScore));

    private static Decision<RevisitEvent> ProposeUnreachable(
        Revisit s, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (MayRevisit(s, actor, rules) is { } no)
            return Check.No<RevisitEvent>(no);
        if (s.Request.Unreachable is not null)
            return Check.Yes<RevisitEvent>();
        return Check.Unless<RevisitEvent>(
            Signing.NoFormWaits(s.Request, Clause) ?? Signing.EnoughAttempts(s.Request, rules, Clause),
            new RevisitEvent.RevisitUnreachableProposed(
                By(actor),
                Signing.DeciderAbove(s, s.Planned.Sides.Chief, s.Hands.Add(By(actor)), rules.Directory),
                rules.Due(now, rules.Policy.ConfirmOutcome)));
    }

    private static Decision<RevisitEvent> DecideUnreachable(
        Revisit s, RevisitCommand.DecideUnreachable d, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (s.Request.Unreachable is not { } pending)
            return Check.No<RevisitEvent>(Check.WrongStage(Clause, "Nothing waits to be recorded as unreachable."));
        var no = Signing.MayJudge(s, pending.DecidedBy, actor, s.Hands, rules.Directory, Clause)
            ?? (d.Approved ? Check.Optional(d.Comment, "comment", Clause) : Check.Text(d.Comment, "comment", Clause));
        if (no is not null)
            return Check.No<RevisitEvent>(no);
        var decided = new RevisitEvent.RevisitUnreachableDecided(
            By(actor), d.Approved, Check.Said(d.Comment), d.Approved ? null : rules.Due(now, rules.Policy.Revisits.Revisit));
        return d.Approved
            ? Check.Yes<RevisitEvent>(decided, new RevisitEvent.RevisitClosed(RevisitOutcome.Unreachable))
            : Check.Yes<RevisitEvent>(decided);
    }

    private static Decision<RevisitEvent> EnterVisit(
        Revisit s, RevisitCommand.EnterVisit v, Actor actor, DateTimeOffset now, Rules rules)
    {
        var no = MayRevisit(s, actor, rules)
            ?? Check.Text(v.Scan, "scan", Clause, Check.LongestScan) ?? Signing.Marks(v.Judgement, Clause)
            ?? Check.Optional(v.Comment, "comment", Clause)
            ?? (v.VisitedAt > now ? Check.Bad("visitedAt", Clause, "'visitedAt' lies in the future.") : null)
            ?? (v.VisitedAt < s.Item.At
                ? Check.Bad("visitedAt", Clause, "'visitedAt' lies before the work was finished.")
                : null);
        if (no is not null)
            return Check.No<RevisitEvent>(no);
        var hash = Check.HashOf(v.Scan);
        return s.Request.Paper?.ScanHash == hash
            ? Check.Yes<RevisitEvent>()
            : Check.Unless<RevisitEvent>(
                Signing.NoFormWaits(s.Request, Clause),
                new RevisitEvent.VisitEntered(
                    new PaperForm(
                        By(actor), new Personal(v.Scan), hash, v.Judgement, Check.Said(v.Comment),
                        rules.Due(now, rules.Policy.ConfirmOutcome)),
                    v.VisitedAt));
    }

    private static Decision<RevisitEvent> DecideSignature(
        Revisit s, RevisitCommand.DecideSignature d, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (s.Request.Waiting is not { } form)
            return Check.No<RevisitEvent>(Check.WrongStage(Clause, "No signature waits to be confirmed."));
        var no = Signing.MayJudge(
                s, Party.Of(s.Planned.Sides.Reviewer), actor, s.Hands, rules.Directory, Clause)
            ?? Signing.CallTold(s.Request, d.Confirmed, d.Comment, d.With, Clause);
        if (no is not null)
            return Check.No<RevisitEvent>(no);
        var decided = new RevisitEvent.RevisitDecided(
            By(actor), d.Confirmed, new Personal(d.Comment),
            d.Confirmed ? null : rules.Due(now, rules.Policy.Revisits.Revisit), Check.Said(d.With));
        return d.Confirmed
            ? Check.Yes<RevisitEvent>(
                decided, Signed(form, rules), new RevisitEvent.RevisitClosed(RevisitOutcome.Signed))
            : Check.Yes<RevisitEvent>(decided);
    }

    private static Decision<RevisitEvent> LinkComplaint(Revisit s, RevisitCommand.LinkComplaint l, Actor actor)
    {
        if (actor is not Actor.System)
            return Check.No<RevisitEvent>(new Refusal(RefusalCode.NotYours, Clause, "The system alone records this."));
        return s.OwesComplaint
            ? Check.Yes<RevisitEvent>(new RevisitEvent.RevisitComplaintOpened(l.Number))
            : Check.Yes<RevisitEvent>();
    }

    /// <summary>
    /// The unit that revisits, or the one that stands in where nobody of it can; nobody who did the work themselves.
    /// </summary>
    private static Refusal? MayRevisit(Revisit s, Actor actor, Rules rules) =>
        Signing.MayJudge(s, Party.Of(s.Planned.Sides.Owner), actor, s.Worked, rules.Directory, Clause);

    private static StaffId By(Actor actor) => actor is Actor.Staff s ? s.Member.Id : default;
}
