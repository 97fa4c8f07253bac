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
        if (request.Paper is { } paper)
            return [Of(ObligationKind.ConfirmSignature, Party.Of(state.Planned.Sides.Reviewer), paper.ConfirmDue)];
        return request.Unreachable is { } pending
            ? [Of(ObligationKind.DecideUnreachable, pending.DecidedBy, pending.Due)]
            : [Of(ObligationKind.Revisit, Party.Of(state.Planned.Sides.Owner), request.Due)];
    }

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(RevisitEvent e, Revisit state, Rules rules)
    {
        var contact = state.Planned.Contact;
        return e switch
        {
            RevisitEvent.RevisitAsked a => [new MatterMessage(
                state.Request.Asked > 1 ? "RevisitReminder" : "RevisitPlease",
                Signing.Signer(contact, state.Planned.Language), [], Page, a.Issue)],
            RevisitEvent.RevisitSigned => [new MatterMessage(
                "RevisitThanks", Signing.Signer(contact, state.Planned.Language), [])],
            RevisitEvent.RevisitUnreachableProposed u =>
                [MatterMessage.ToStaff("RevisitUnreachableToDecide", u.DecidedBy)],
            RevisitEvent.VisitEntered =>
                [MatterMessage.ToStaff("RevisitPaperToConfirm", Party.Of(state.Planned.Sides.Reviewer))],
            RevisitEvent.RevisitPlanned or RevisitEvent.RevisitAttempted or RevisitEvent.RevisitDeclined
                or RevisitEvent.RevisitUnreachableDecided or RevisitEvent.VisitDecided
                or RevisitEvent.RevisitComplaintOpened or RevisitEvent.RevisitClosed => [],
            _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
        };
    }

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
                MayRevisit(state, actor) ?? Check.Text(a.Result, "result", Clause),
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
            RevisitCommand.DecideVisit d => DecideVisit(state, d, actor, now, rules),
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
        return Signing.WayTo(p.Contact) is { } way
            ? Check.Yes<RevisitEvent>(planned, Link(1, 1, way, now, rules))
            : Check.Yes<RevisitEvent>(planned);
    }

    private static RevisitEvent.RevisitAsked Link(int issue, int asked, Channel way, DateTimeOffset now, Rules rules)
    {
        var limits = rules.Policy.Revisits;
        return new RevisitEvent.RevisitAsked(
            issue, way, rules.Due(now, limits.Link),
            asked <= limits.Reminders ? rules.Due(now, limits.Remind) : null);
    }

    private static Decision<RevisitEvent> Ask(Revisit s, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (actor is not Actor.System && MayRevisit(s, actor) is { } no)
            return Check.No<RevisitEvent>(no);
        if (Signing.WayTo(s.Planned.Contact) is not { } way)
        {
            return Check.No<RevisitEvent>(Check.WrongStage(
                Clause, "There is neither phone nor chat to send a link to; visit in person and enter the form."));
        }

        var request = s.Request;
        var wait = actor is Actor.System
            ? request.RemindAt is null || request.RemindAt > now
            : now - request.AskedAt < Check.RepetitionWindow;
        return wait && request.Asked > 0
            ? Check.Yes<RevisitEvent>()
            : Check.Yes<RevisitEvent>(Link(request.Issue + 1, request.Asked + 1, way, now, rules));
    }

    private static bool Repeats(Revisit s, RevisitCommand.Sign g) =>
        s.Signed is { Way: SignatureWay.Drawn } done && done.TokenHash == g.TokenHash && done.TextHash == g.TextHash
        && done.Judgement == g.Judgement;

    private static Decision<RevisitEvent> Sign(
        Revisit s, RevisitCommand.Sign g, Actor actor, DateTimeOffset now, Rules rules)
    {
        var no = Signing.LinkHolds(s.Request, g.Issue, actor, now, Clause)
            ?? Signing.FormHolds(s.Request, g.TextHash, g.Mark, g.Judgement, g.Comment, Clause);
        return Check.Unless<RevisitEvent>(
            no,
            new RevisitEvent.RevisitSigned(
                new SignedForm(
                    SignatureWay.Drawn, g.TokenHash, g.TextHash, s.Request.By, new Personal(g.Mark), g.Judgement,
                    Check.Said(g.Comment)),
                g.Judgement.IsBad(rules.Policy.Revisits.BadScore)),
            new RevisitEvent.RevisitClosed(RevisitOutcome.Signed));
    }

    private static Decision<RevisitEvent> ProposeUnreachable(
        Revisit s, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (MayRevisit(s, actor) is { } no)
            return Check.No<RevisitEvent>(no);
        if (s.Request.Unreachable is not null)
            return Check.Yes<RevisitEvent>();
        if (s.Request.Paper is not null)
            return Check.No<RevisitEvent>(Check.WrongStage(Clause, "A visit waits to be confirmed."));
        var sides = s.Planned.Sides;
        return Check.Unless<RevisitEvent>(
            Signing.EnoughAttempts(s.Request, rules, Clause),
            new RevisitEvent.RevisitUnreachableProposed(
                By(actor),
                Signing.DeciderAbove(s, sides.Chief, s.Worked.Add(By(actor)), rules.Directory),
                rules.Due(now, rules.Policy.ConfirmOutcome)));
    }

    private static Decision<RevisitEvent> DecideUnreachable(
        Revisit s, RevisitCommand.DecideUnreachable d, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (s.Request.Unreachable is not { } pending)
            return Check.No<RevisitEvent>(Check.WrongStage(Clause, "Nothing waits to be recorded as unreachable."));
        var no = Signing.MayJudge(s, pending.DecidedBy, actor, s.Worked, rules.Directory, Clause)
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
        var no = MayRevisit(s, actor)
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
            : Check.Yes<RevisitEvent>(new RevisitEvent.VisitEntered(
                new PaperForm(
                    By(actor), new Personal(v.Scan), hash, v.Judgement, Check.Said(v.Comment),
                    rules.Due(now, rules.Policy.ConfirmOutcome)),
                v.VisitedAt));
    }

    private static Decision<RevisitEvent> DecideVisit(
        Revisit s, RevisitCommand.DecideVisit d, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (s.Request.Paper is not { } paper)
            return Check.No<RevisitEvent>(Check.WrongStage(Clause, "No visit waits to be confirmed."));
        var no = Signing.MayJudge(
                s, Party.Of(s.Planned.Sides.Reviewer), actor, s.Worked.Add(paper.By), rules.Directory, Clause)
            ?? Check.Text(d.Comment, "comment", Clause);
        if (no is not null)
            return Check.No<RevisitEvent>(no);
        var decided = new RevisitEvent.VisitDecided(
            By(actor), d.Confirmed, new Personal(d.Comment),
            d.Confirmed ? null : rules.Due(now, rules.Policy.Revisits.Revisit));
        if (!d.Confirmed)
            return Check.Yes<RevisitEvent>(decided);
        var form = new SignedForm(
            SignatureWay.Paper, paper.ScanHash, s.Request.TextHash, Channel.WalkIn, paper.Scan, paper.Judgement,
            paper.Comment);
        return Check.Yes<RevisitEvent>(
            decided, new RevisitEvent.RevisitSigned(form, paper.Judgement.IsBad(rules.Policy.Revisits.BadScore)),
            new RevisitEvent.RevisitClosed(RevisitOutcome.Signed));
    }

    private static Decision<RevisitEvent> LinkComplaint(Revisit s, RevisitCommand.LinkComplaint l, Actor actor)
    {
        if (actor is not Actor.System)
            return Check.No<RevisitEvent>(new Refusal(RefusalCode.NotYours, Clause, "The system alone records this."));
        return s.OwesComplaint
            ? Check.Yes<RevisitEvent>(new RevisitEvent.RevisitComplaintOpened(l.Number))
            : Check.Yes<RevisitEvent>();
    }

    /// <summary>The unit that revisits, but nobody who did the work themselves.</summary>
    private static Refusal? MayRevisit(Revisit s, Actor actor) =>
        Check.Of(actor, s.Planned.Sides.Owner, s.Community, Clause)
        ?? (s.Worked.Contains(By(actor))
            ? new Refusal(RefusalCode.OwnWork, Clause, "Whoever did the work does not revisit it.")
            : null);

    private static StaffId By(Actor actor) => actor is Actor.Staff s ? s.Member.Id : default;

}
