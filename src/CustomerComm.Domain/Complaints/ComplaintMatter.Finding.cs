using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <content>
/// What a complaint is called (4.6.2-1): anybody concerned may make more of it; less only with the consent of somebody
/// else, quality as a rule.
/// </content>
public sealed partial class ComplaintMatter
{
    private static Decision<ComplaintEvent> Triage(Context c, ComplaintCommand.Triage t)
    {
        if ((MayTriage(c) ?? c.At("4.6.2-1", Stage.Received, Stage.Assigned, Stage.InProgress, Stage.Answering)
            ?? StillInDanger(c, t) ?? Check.Optional(t.Reason, "reason", "4.6.2-1")) is { } no)
        {
            return No(no);
        }

        if (t.Accused is { } a && c.Rules.Directory.Find(a) is null)
            return No(RefusalCode.BadField, "4.6.1-2-D", $"There is no member of staff '{a}'.", "accused");
        var found = new Finding(t.Kind, t.Category, t.Also, t.Severity, t.Accused, t.Handler);
        return Deciding(c, found) is { } unit
            ? Propose(c, found, t.Why, t.Reason, unit)
            // Why less is made of it is said only where that is so.
            : Find(c, found, c.Member!.Id, null, t.Reason, null);
    }

    /// <summary>Takes a finding over; <paramref name="consent"/> is who consented to it where it needed that.</summary>
    private static Decision<ComplaintEvent> Find(
        Context c, Finding f, StaffId by, FindingReason? why, string? reason, StaffId? consent)
    {
        var s = c.S;
        var directory = c.Rules.Directory;
        // Whoever is named keeps out until the chief has looked, not after; to consent is not to look.
        var looked = consent is null && c.Member?.Unit == s.Chief;
        ImmutableArray<StaffId> named = looked ? [] : NamedIn(c, f);
        var found = f.Accused;
        if (found is { } head && !looked && consent is null && IsNewHead(c, head, named))
        {
            // Who says that it is against a head does not decide it: the head keeps out, and the chief looks.
            named = [head, .. named];
            found = s.Accused;
        }

        var accused = found ?? (Routing.IsAgainstManager(f.Category, f.Also)
            ? s.Accused ?? HeadOf(named, directory) ?? directory.Appointed(Unit.Office, c.Community)?.Id : null);
        var place = Place(f.Category, f.Also, accused, named, s.Own, c.Community, c.Rules);
        var triaged = new ComplaintEvent.Triaged(
            by, f.Kind, f.Category, f.Also, f.Severity, place.Lead, place.Cooperating, place.Clause, accused, named,
            place.Chief, place.Keeper, DueAfterTriage(c, f), place.Barred, Check.Said(reason), why, consent,
            new Called(s.Kind, s.Category, s.Also, s.Severity));
        var events = new List<ComplaintEvent>();
        if (!s.Triaged || !SameFinding(s, triaged) || consent is not null)
            events.Add(triaged);
        if (!Natures.HandledAsComplaint(f.Kind))
            return Yes([.. events]);
        events.AddRange(Routed(place, triaged.ResolveDue).Where(x => !s.Cooperations.Exists(y => y.Unit == x.Unit)));
        return AssignAfterTriage(c, f, place, accused, named, events);
    }

    /// <summary>Called something else, its words may name people whom they did not before.</summary>
    private static ImmutableArray<StaffId> NamedIn(Context c, Finding f) => c.S.NamesSeen
        || !Natures.HandledAsComplaint(f.Kind)
            ? c.S.Named
            : [.. c.S.Named.Union(Naming.In(c.S.Intake.Text.Value, f.Category, f.Also, c.Community, c.Rules.Directory))];

    /// <summary>A head whom neither the words nor a finding before are against.</summary>
    private static bool IsNewHead(Context c, StaffId accused, ImmutableArray<StaffId> named) =>
        c.Rules.Directory.Find(accused) is { Rank: Rank.Head } && accused != c.S.Accused && !named.Contains(accused)
        && !NamesHead(c, accused);

    private static bool NamesHead(Context c, StaffId head) => Naming.In(
        c.S.Intake.Text.Value, Category.AgainstManager, [], c.Community, c.Rules.Directory).Contains(head);

    /// <summary>What the routing asks of the units that cooperate (4.6.1-2-F).</summary>
    private static IEnumerable<ComplaintEvent.CooperationAsked> Routed(Placement place, DateTimeOffset resolveDue) =>
        place.Cooperating.Select(u => new ComplaintEvent.CooperationAsked(null, u, null, resolveDue));

    private static Decision<ComplaintEvent> AssignAfterTriage(
        Context c, Finding f, Placement place, StaffId? accused, ImmutableArray<StaffId> named, List<ComplaintEvent> events)
    {
        var directory = c.Rules.Directory;
        StaffId[] against = accused is { } a ? [a, .. named] : [.. named];
        var free = Authority.FirstFree(
            place.Lead, c.Community, against, directory, Authority.Except(c.S.Own));
        StaffMember? handler;
        if (f.Handler is { } wanted)
        {
            handler = directory.Find(wanted);
            if ((CannotHandle(c, handler, wanted, against) ?? NotOf(c, handler!, place.Lead, free)) is { } no)
                return No(no);
        }
        else
        {
            var present = c.S.Handler is { } h ? directory.Find(h) : null;
            var stays = present is not null && c.S.Lead == place.Lead && c.S.Stage != Stage.Answering
                && !against.Any(x => Authority.IsBarred(x, present, c.Community, directory));
            handler = stays ? present : free;
        }

        if (handler is null)
            return No(RefusalCode.NotYet, "4.6.2-3", $"Unit {place.Lead} has nobody free; name a handler.", "handler");
        if (handler.Id != c.S.Handler || c.S.Stage is Stage.Received or Stage.Answering)
        {
            var moved = c.S.Stage is Stage.Assigned or Stage.InProgress && handler.Unit != c.S.HandlingUnit;
            // Another finding hands it on as well as words do, and counts as that.
            if (moved && c.Member?.Unit != c.S.Chief && Uninstructed(c) is { } waits)
                return No(waits);
            events.Add(new ComplaintEvent.Assigned(
                handler.Id, handler.Unit,
                c.Rules.Due(c.Now, c.Rules.Policy.Accept, f.Severity == Severity.Urgent), null, moved));
            if (moved)
                events.AddRange(ClimbsAt(c, f.Category.ToString()));
        }

        return Yes([.. events]);
    }

    /// <summary>Who leads is decided by the clause: only the chief gives it to somebody of another unit.</summary>
    private static Refusal? NotOf(Context c, StaffMember handler, Unit lead, StaffMember? free) =>
        handler.Unit == lead || free is null || c.Member?.Unit == c.S.Chief
            ? null
            : new Refusal(
                RefusalCode.BadField, "4.6.1-2", $"Unit {lead} leads; name one of its people.", "handler");

    /// <summary>
    /// A promise stands; only another finding gives another time, counted from receipt. It never lies in the past when
    /// it is made, a complaint that is late already does not become punctual by a new severity, and what is found to be
    /// graver does not take longer for that: more time is the resident's to give.
    /// </summary>
    private static DateTimeOffset DueAfterTriage(Context c, Finding f)
    {
        var due = DueByFinding(c, f);
        var graver = Natures.HandledAsComplaint(f.Kind) && Natures.HandledAsComplaint(c.S.Kind)
            && Weight(f.Severity) > Weight(c.S.Severity);
        return graver && due > c.S.ResolveDue ? c.S.ResolveDue : due;
    }

    private static DateTimeOffset DueByFinding(Context c, Finding f)
    {
        var s = c.S;
        var limit = TimeToResolve(f.Kind, f.Severity, c.Rules.Policy);
        if (s.Intake.WantedBy is not null || limit == TimeToResolve(s.Kind, s.Severity, c.Rules.Policy))
            return s.ResolveDue;
        var fromReceipt = DueToResolve(s.ReceivedAt, f.Kind, f.Severity, c.Rules);
        if (fromReceipt > c.Now)
            return fromReceipt;
        var fromNow = DueToResolve(c.Now, f.Kind, f.Severity, c.Rules);
        if (s.ResolveDue > c.Now)
            return s.ResolveDue < fromNow ? s.ResolveDue : fromNow;
        var sameWay = Natures.HandledAsComplaint(f.Kind) == Natures.HandledAsComplaint(s.Kind);
        return s.Triaged && sameWay ? s.ResolveDue : fromNow;
    }

    private static bool SameFinding(Complaint s, ComplaintEvent.Triaged t) =>
        s.Kind == t.Kind && s.Category == t.Category && s.Also.SequenceEqual(t.Also) && s.Severity == t.Severity
        && s.Accused == t.Accused && s.Named.SequenceEqual(t.Named);

    /// <summary>
    /// What is against somebody, or asks for money, only the chief looks into (4.6.1-2-D): the side complained of has no say
    /// in what it is called.
    /// </summary>
    private static Refusal? MayTriage(Context c)
    {
        var s = c.S;
        if (s.Clause == LeaderClause || s.Accused is not null || HeadOf(s.Named, c.Rules.Directory) is not null)
            return c.Only(Party.Of(s.Chief), LeaderClause);
        if (!s.Named.IsEmpty)
        {
            return c.Staff(LeaderClause, "quality or the leader, for its words name one of the staff", m =>
                m.Unit is Unit.Quality or Unit.Leader || Authority.Is(Party.Of(s.Keeper), m, s.Community));
        }

        return c.Staff("4.6.2-1", "the duty post, the head of the leading unit, quality or the leader", m =>
            Authority.Is(Party.Of(s.Intake.TriageBy), m, s.Community)
            || m.Unit is Unit.Quality or Unit.Leader
            || (m.Rank == Rank.Head && Authority.Is(Party.Of(s.Lead), m, s.Community)));
    }

    /// <summary>
    /// A danger is found to be none only after somebody spoke to whoever reported it, and with the reason.
    /// </summary>
    private static Refusal? StillInDanger(Context c, ComplaintCommand.Triage t) =>
        !c.S.Danger || (t.Severity == Severity.Urgent && Natures.HandledAsComplaint(t.Kind))
            ? null
            : CalledBack(c) ?? Check.Text(t.Reason, "reason", "4.6.2-1");

    private static Refusal? CalledBack(Context c) => c.S.CallBackDue is null
        ? null
        : NotYet(
            ObligationKind.DangerCallBack, "4.6.2-6",
            "Somebody reported a danger: record the call-back first, with whom it was and what was said.");

    /// <summary>
    /// The unit whose consent a finding needs; null where it makes no less of the complaint, the leaving out of a head whom
    /// it is against included. What quality leads, or was to look at beside (4.6.1-2-A), only quality or the chief gives away.
    /// </summary>
    private static Unit? Deciding(Context c, Finding f)
    {
        var s = c.S;
        var less = (s.EverComplaint && Natures.HandledAsComplaint(s.Kind) && !Natures.HandledAsComplaint(f.Kind))
            || (s.Kind == Nature.Complaint && f.Kind == Nature.RepairRequest)
            || Weight(f.Severity) < Weight(s.Severity) || DropsHead(c, f);
        if (less)
            return Consenter(c);
        if (c.Member!.Unit == Unit.Quality || c.Member.Unit == s.Chief)
            return null;
        var route = Routing.For(f.Category, f.Also);
        var taken = s.Lead == Unit.Quality && route.Lead != Unit.Quality && route.Clause != LeaderClause;
        var stripped = s.EverComplaint && IsAboutStaff(s.Category, s.Also) && !IsAboutStaff(f.Category, f.Also);
        return taken || stripped ? Unit.Quality : null;
    }

    private static bool IsAboutStaff(Category category, ImmutableArray<Category> also) =>
        also.Append(category).Any(x => x is Category.StaffAttitude or Category.ServiceQuality or Category.AgainstManager);

    /// <summary>
    /// It was against a head and is to be no more. That of the office is only taken for granted where the words say no other:
    /// the first finding may name another.
    /// </summary>
    private static bool DropsHead(Context c, Finding f)
    {
        var (s, directory) = (c.S, c.Rules.Directory);
        if (s.Accused is not { } accused || directory.Find(accused) is not { Rank: Rank.Head } || f.Accused == accused)
            return false;
        if (f.Accused is { } other)
            return s.Triaged || NamesHead(c, accused) || directory.Find(other) is not { Rank: Rank.Head };
        return !Routing.IsAgainstManager(f.Category, f.Also);
    }

    private static int Weight(Severity severity) => severity switch
    {
        Severity.Ordinary => 0,
        Severity.Major => 1,
        Severity.Urgent => 2,
        _ => throw new InvalidOperationException($"Unknown severity {severity}."),
    };

    /// <summary>
    /// Quality, or the chief where it is about quality or a letter, whose answer this is (4.6.1-2-E); never those who
    /// handled it or ask for it.
    /// </summary>
    private static Unit Consenter(Context c)
    {
        var s = c.S;
        var about = s.IsLetter || s.Lead == Unit.Quality || s.HandlingUnit == Unit.Quality || s.Keeper != Unit.Quality
            || s.Against.Any(a => c.Rules.Directory.Find(a)?.Unit == Unit.Quality);
        // Where the leader is accused somebody outside the unit that stands in for them consents.
        return s.Chief == Unit.Leader
            ? Signing.Reviewer(s, about ? s.Chief : Unit.Quality, c.Hands, c.Rules.Directory)
            : Signing.Reviewer(s, Unit.Finance, c.Hands, c.Rules.Directory, not: s.Chief);
    }

    private static Decision<ComplaintEvent> Propose(
        Context c, Finding? found, FindingReason? why, string? reason, Unit decidedBy)
    {
        if (why is not { } w)
        {
            return No(
                RefusalCode.BadField, "4.6.2-1",
                $"To make less of a complaint say why: one of {string.Join(", ", Enum.GetNames<FindingReason>())}.", "why");
        }

        if (Check.Text(reason, "reason", "4.6.2-1") is { } bad)
            return No(bad);
        var proposed = new ComplaintEvent.FindingProposed(
            c.Member!.Id, found, w, new Personal(reason!), decidedBy, c.HandlingDue(c.Rules.Policy.Consent));
        return c.S.Proposed is { } p && p.By == proposed.By && p.Why == w && Same(p.Found, found)
            ? Yes()
            : Yes(proposed);
    }

    private static bool Same(Finding? one, Finding? other) => one is null || other is null
        ? one == other
        : one with { Also = other.Also } == other && one.Also.SequenceEqual(other.Also);

    private static Decision<ComplaintEvent> DecideFinding(Context c, ComplaintCommand.DecideFinding d)
    {
        const string clause = "4.6.2-1";
        if (c.S.Proposed is not { } p)
            return No(RefusalCode.WrongStage, clause, "No finding waits for consent.");
        var no = Signing.MayJudge(
                c.S, Party.Of(p.DecidedBy), c.Actor, c.HandledBy.Add(p.By), c.Rules.Directory, clause)
            ?? (d.Consented ? Check.Optional(d.Comment, "comment", clause) : Check.Text(d.Comment, "comment", clause))
            ?? CalledBackFor(c, p, d.Consented);
        if (no is not null)
            return No(no);
        var by = c.Member!.Id;
        var decided = new ComplaintEvent.FindingDecided(by, d.Consented, Check.Said(d.Comment));
        if (!d.Consented)
            return Yes(decided);
        if (p.Found is not { } found)
            return Yes([decided, .. Gone(c, p.By, p.Why, p.Reason.Value, by)]);
        return Find(c, found, p.By, p.Why, p.Reason.Value, by) is Decision<ComplaintEvent>.Accepted yes
            ? Yes([decided, .. yes.Events])
            // Whoever was to handle it can no longer: the unit finds another.
            : Find(c, found with { Handler = null }, p.By, p.Why, p.Reason.Value, by) is Decision<ComplaintEvent>.Accepted then
                ? Yes([decided, .. then.Events])
                : No(RefusalCode.NotYet, "4.6.2-3", "Nobody is free to handle it; let it be proposed with a handler.");
    }

    private static Refusal? CalledBackFor(Context c, ProposedFinding p, bool consented) =>
        consented && (p.Found is null || p.Found.Severity != Severity.Urgent || !Natures.HandledAsComplaint(p.Found.Kind))
            ? CalledBack(c)
            : null;

    private static Decision<ComplaintEvent> Dismiss(Context c, ComplaintCommand.Dismiss d)
    {
        if ((MayTriage(c) ?? c.At("4.6.2-1", Stage.Received, Stage.Assigned, Stage.Answering)
            ?? CalledBack(c) ?? Check.Text(d.Reason, "reason", "4.6.2-1")) is { } no)
        {
            return No(no);
        }

        return c.S.EverComplaint || c.S.IsLetter
            ? Propose(c, null, d.Why, d.Reason, Consenter(c))
            : Yes([.. Gone(c, c.Member!.Id, d.Why, d.Reason, null)]);
    }

    private static ComplaintEvent[] Gone(Context c, StaffId by, FindingReason why, string reason, StaffId? consent) =>
    [
        new ComplaintEvent.Dismissed(by, why, new Personal(reason), consent),
        Ended(c, Outcome.Dismissed, c.Due(c.Rules.Policy.ObjectWithin)),
    ];
}
