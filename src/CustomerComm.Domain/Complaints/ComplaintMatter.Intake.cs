using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Complaints;

/// <content>Receiving, triage and assignment (4.6.2-1, 4.6.1-2, 4.6.2-3).</content>
public sealed partial class ComplaintMatter
{
    private static Decision<ComplaintEvent> Receive(
        ComplaintCommand.Receive r, Actor actor, DateTimeOffset now, Rules rules)
    {
        var community = r.Number.Community;
        if (rules.Directory.Find(community) is null)
            return No(RefusalCode.BadField, "4.6.2-1", $"There is no community '{community}'.", "community");
        if (r.Danger)
            r = InDanger(r, now, rules);
        if ((Check.Text(r.Text, "text", "4.6.2-1", Check.LongestText) ?? Check.Reach(r.Contact, "4.6.2-1")
            ?? CheckWish(r.WantedBy, now, rules)) is { } bad)
        {
            return No(bad);
        }

        if (IsOfStaff(r.Contact, rules))
        {
            return No(RefusalCode.BadField, "4.6.2-4",
                "This phone belongs to staff; give the resident's own, for only it receives the signing link.",
                "phone");
        }

        var against = Routing.IsAgainstManager(r.Category, r.Also);
        var accused = against ? rules.Directory.Head(Unit.Office, community)?.Id : null;
        var place = Place(r.Category, r.Also, accused, community, rules);
        var triageBy = against ? place.Chief : Unit.Office;
        var resolveDue = DueToResolve(now, r, rules);
        var received = new ComplaintEvent.Received(
            r.Number, new Personal(r.Text), r.Contact, r.Channel, r.Language, r.Category, r.Also,
            r.CategoryConfirmed, r.Kind, r.Severity, place.Lead, place.Cooperating, place.Clause, accused,
            place.Chief, place.Keeper, r.IsLetter || r.Channel.Way().Letter, r.WantedBy, triageBy,
            rules.Due(now, rules.Policy.Triage), resolveDue, rules.PolicyVersion,
            // Whoever enters it is on record, whatever the form says.
            (actor as Actor.Staff)?.Member.Id ?? r.EnteredBy, r.SourceId, Buildings.Of(r.Contact.Room?.Value),
            r.Danger ? rules.Due(now, rules.Policy.DangerCallBack, urgent: true) : null, r.CommunityAssumed,
            r.Follows, r.Unsure);
        // The resident's own choice routes at once; a mere suggestion waits for a person.
        return r.CategoryConfirmed && Natures.HandledAsComplaint(r.Kind)
            && Authority.FirstFree(place.Lead, community, accused, rules.Directory) is { } handler
            ? Yes(received, new ComplaintEvent.Assigned(
                handler.Id, handler.Unit, rules.Due(now, rules.Policy.Accept, r.Severity == Severity.Urgent), null))
            : Yes(received);
    }

    /// <summary>
    /// Whatever kind of message a danger comes in, it is an urgent complaint or repair; its category stays. Nothing
    /// said beside it may cost it: a wish that cannot be met or a phone of staff is left out, not refused.
    /// </summary>
    private static ComplaintCommand.Receive InDanger(ComplaintCommand.Receive r, DateTimeOffset now, Rules rules) =>
        r with
        {
            Kind = Natures.HandledAsComplaint(r.Kind) ? r.Kind : Nature.Complaint,
            Severity = Severity.Urgent,
            WantedBy = CheckWish(r.WantedBy, now, rules) is null ? r.WantedBy : null,
            Contact = IsOfStaff(r.Contact, rules) ? r.Contact with { Phone = null } : r.Contact,
        };

    private static bool IsOfStaff(Contact contact, Rules rules) =>
        contact.Phone is { } phone && PhoneNumber.TryCreate(phone.Value, out var number)
        && rules.Directory.FindStaff(number) is not null;

    /// <summary>The time wished for; a danger is not left until then if it can be met sooner.</summary>
    private static DateTimeOffset DueToResolve(DateTimeOffset now, ComplaintCommand.Receive r, Rules rules)
    {
        var limit = DueToResolve(now, r.Kind, r.Severity, rules);
        return r.WantedBy is { } wanted && (!r.Danger || wanted < limit) ? wanted : limit;
    }

    private static DateTimeOffset DueToResolve(DateTimeOffset from, Nature kind, Severity severity, Rules rules) =>
        rules.Due(
            from, TimeToResolve(kind, severity, rules.Policy),
            Natures.HandledAsComplaint(kind) && severity == Severity.Urgent);

    private static Refusal? CheckWish(DateTimeOffset? wantedBy, DateTimeOffset now, Rules rules)
    {
        if (wantedBy is not { } by)
            return null;
        if (by <= now)
            return new Refusal(RefusalCode.BadField, "4.6.2-6", "'wantedBy' lies in the past.", "wantedBy");
        return by > rules.Due(now, rules.Policy.Furthest)
            ? new Refusal(RefusalCode.BadField, "4.6.2-6",
                $"'wantedBy' lies more than {rules.Policy.Furthest} ahead.", "wantedBy")
            : null;
    }

    private static Decision<ComplaintEvent> VoidNumber(Context c, ComplaintCommand.VoidNumber v) =>
        c.Actor is not Actor.System ? No(OnlySystemVoids)
        : v.Number == c.S.Number || c.S.VoidedNumbers.Contains(v.Number) ? Yes()
        : Yes(new ComplaintEvent.NumberVoided(v.Number, v.Reason));

    private static Decision<ComplaintEvent> Triage(Context c, ComplaintCommand.Triage t)
    {
        var s = c.S;
        if ((MayTriage(c) ?? c.At("4.6.2-1", Stage.Received, Stage.Assigned, Stage.InProgress, Stage.Answering)
            ?? StillInDanger(c, t) ?? Check.Optional(t.Reason, "reason", "4.6.2-1")) is { } no)
        {
            return No(no);
        }

        var directory = c.Rules.Directory;
        if (t.Accused is { } a && directory.Find(a) is null)
            return No(RefusalCode.BadField, "4.6.1-2-D", $"There is no member of staff '{a}'.", "accused");
        var accused = t.Accused ?? (Routing.IsAgainstManager(t.Category, t.Also)
            ? s.Accused ?? directory.Head(Unit.Office, c.Community)?.Id : null);
        var place = Place(t.Category, t.Also, accused, c.Community, c.Rules);
        var triaged = new ComplaintEvent.Triaged(
            c.Member!.Id, t.Kind, t.Category, t.Also, t.Severity, place.Lead, place.Cooperating, place.Clause,
            accused, place.Chief, place.Keeper, DueAfterTriage(c, t), place.Barred, Check.Said(t.Reason));
        var events = new List<ComplaintEvent>();
        if (!s.Triaged || !SameFinding(s, triaged))
            events.Add(triaged);
        if (!Natures.HandledAsComplaint(t.Kind))
            return Yes([.. events]);
        return AssignAfterTriage(c, t, place, accused, events);
    }

    private static Decision<ComplaintEvent> AssignAfterTriage(
        Context c, ComplaintCommand.Triage t, Placement place, StaffId? accused, List<ComplaintEvent> events)
    {
        var directory = c.Rules.Directory;
        StaffMember? handler;
        if (t.Handler is { } named)
        {
            handler = directory.Find(named);
            if (CannotHandle(c, handler, named, accused) is { } no)
                return No(no);
        }
        else
        {
            var present = c.S.Handler is { } h ? directory.Find(h) : null;
            var stays = present is not null && c.S.Lead == place.Lead && c.S.Stage != Stage.Answering
                && !(accused is { } a && Authority.IsBarred(a, present, c.Community, directory));
            handler = stays ? present : Authority.FirstFree(place.Lead, c.Community, accused, directory);
        }

        if (handler is null)
            return No(RefusalCode.NotYet, "4.6.2-3", $"Unit {place.Lead} has nobody free; name a handler.", "handler");
        if (handler.Id != c.S.Handler || c.S.Stage is Stage.Received or Stage.Answering)
        {
            events.Add(new ComplaintEvent.Assigned(
                handler.Id, handler.Unit,
                c.Rules.Due(c.Now, c.Rules.Policy.Accept, t.Severity == Severity.Urgent), null));
        }

        return Yes([.. events]);
    }

    /// <summary>
    /// A promise stands; only another finding gives another time, counted from receipt. It never lies in the past when
    /// it is made, and a complaint that is late already does not become punctual by a new severity.
    /// </summary>
    private static DateTimeOffset DueAfterTriage(Context c, ComplaintCommand.Triage t)
    {
        var s = c.S;
        var limit = TimeToResolve(t.Kind, t.Severity, c.Rules.Policy);
        if (s.Intake.WantedBy is not null || limit == TimeToResolve(s.Kind, s.Severity, c.Rules.Policy))
            return s.ResolveDue;
        var fromReceipt = DueToResolve(s.ReceivedAt, t.Kind, t.Severity, c.Rules);
        if (fromReceipt > c.Now)
            return fromReceipt;
        var fromNow = DueToResolve(c.Now, t.Kind, t.Severity, c.Rules);
        if (s.ResolveDue > c.Now)
            return s.ResolveDue < fromNow ? s.ResolveDue : fromNow;
        var sameWay = Natures.HandledAsComplaint(t.Kind) == Natures.HandledAsComplaint(s.Kind);
        return s.Triaged && sameWay ? s.ResolveDue : fromNow;
    }

    private static Refusal? MayTriage(Context c)
    {
        var s = c.S;
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
        : new Refusal(
            RefusalCode.NotYet, "4.6.2-6",
            "Somebody reported a danger: record the call-back first, with whom it was and what was said.");

    private static Decision<ComplaintEvent> RecordCallBack(Context c, ComplaintCommand.RecordCallBack r)
    {
        const string clause = "4.6.2-6";
        var s = c.S;
        var directory = c.Rules.Directory;
        var no = c.Staff(clause, "staff concerned with the complaint", m => Authority.MaySee(s, m, directory)
                || Authority.Is(Party.Of(s.CallBackBy), m, s.Community))
            ?? Check.Text(r.With, "with", clause, 100) ?? Check.Text(r.Said, "said", clause);
        if (no is not null)
            return No(no);
        var recorded = new ComplaintEvent.CallBackRecorded(
            c.Member!.Id, r.Channel, r.Reached, new Personal(r.With), new Personal(r.Said));
        if (s.CallBackDue is not null)
            return Yes(recorded);
        return s.CalledBack is null
            ? No(RefusalCode.WrongStage, clause, "Nobody reported a danger here; there is no call-back to record.")
            : s.CalledBack == recorded ? Yes()
            : No(RefusalCode.WrongStage, clause, "The call-back is recorded already; write further words as a note.");
    }

    private static bool SameFinding(Complaint s, ComplaintEvent.Triaged t) =>
        s.Kind == t.Kind && s.Category == t.Category && s.Also.SequenceEqual(t.Also) && s.Severity == t.Severity
        && s.Accused == t.Accused;

    private static Decision<ComplaintEvent> Dismiss(Context c, ComplaintCommand.Dismiss d)
    {
        if ((MayTriage(c) ?? c.At("4.6.2-1", Stage.Received, Stage.Assigned, Stage.Answering)
            ?? CalledBack(c) ?? Check.Text(d.Reason, "reason", "4.6.2-1")) is { } no)
        {
            return No(no);
        }

        return Yes(
            new ComplaintEvent.Dismissed(c.Member!.Id, d.Reason), new ComplaintEvent.Closed(Outcome.Dismissed));
    }

    private static Decision<ComplaintEvent> Assign(Context c, ComplaintCommand.Assign a)
    {
        var s = c.S;
        var no = c.At("4.6.2-3", Stage.Received, Stage.Assigned, Stage.InProgress)
            ?? c.Staff("4.6.2-3", "the duty post, a head of the handling unit or the leader", m =>
                Authority.Is(Party.Of(s.Intake.TriageBy), m, s.Community)
                || (m.Rank == Rank.Head && Authority.Is(Party.Of(s.HandlingUnit), m, s.Community))
                || m.Unit == s.Chief)
            ?? Check.Optional(a.Reason, "reason", "4.6.2-3");
        if (no is not null)
            return No(no);
        var handler = c.Rules.Directory.Find(a.Handler);
        if (CannotHandle(c, handler, a.Handler, s.Accused) is { } cannot)
            return No(cannot);
        return s.Handler == handler!.Id
            ? Yes()
            : Yes(new ComplaintEvent.Assigned(
                handler.Id, handler.Unit, c.HandlingDue(c.Rules.Policy.Accept), a.Reason));
    }

    private static Refusal? CannotHandle(Context c, StaffMember? handler, StaffId named, StaffId? accused)
    {
        if (handler is null)
            return new Refusal(RefusalCode.BadField, "4.6.2-3", $"There is no member of staff '{named}'.", "handler");
        if (!Authority.Is(Party.Of(handler.Unit), handler, c.Community))
        {
            return new Refusal(
                RefusalCode.BadField, "4.6.2-3", $"'{named}' does not serve community {c.Community}.", "handler");
        }

        return accused is { } a && Authority.IsBarred(a, handler, c.Community, c.Rules.Directory)
            ? new Refusal(
                RefusalCode.Accused, "4.6.1-2-D", "The accused side cannot handle the complaint.", "handler")
            : null;
    }

    private static Decision<ComplaintEvent> Accept(Context c)
    {
        if (c.Member is { } m && c.S.Handler == m.Id && c.S.Stage == Stage.InProgress)
            return Yes();
        var handler = c.S.Handler;
        var no = c.At("4.6.2-3", Stage.Assigned) ?? c.Staff("4.6.2-3", "the person assigned", x => x.Id == handler);
        return no is not null ? No(no) : Yes(new ComplaintEvent.Accepted(c.Member!.Id));
    }

    private static Decision<ComplaintEvent> Decline(Context c, ComplaintCommand.Decline d)
    {
        var handler = c.S.Handler;
        var no = c.At("4.6.2-3", Stage.Assigned, Stage.InProgress)
            ?? c.Staff("4.6.2-3", "the person assigned", m => m.Id == handler)
            ?? Check.Text(d.Reason, "reason", "4.6.2-3");
        return no is not null
            ? No(no)
            : Yes(new ComplaintEvent.Declined(
                c.Member!.Id, new Personal(d.Reason), c.HandlingDue(c.Rules.Policy.Accept)));
    }

    private static Decision<ComplaintEvent> HandOver(Context c, ComplaintCommand.HandOver h)
    {
        var no = c.At("4.6.2-3", Stage.Assigned, Stage.InProgress) ?? c.Handler("4.6.2-3")
            ?? Check.Text(h.Reason, "reason", "4.6.2-3");
        if (no is not null)
            return No(no);
        if (h.Unit == c.S.HandlingUnit)
            return No(RefusalCode.BadField, "4.6.2-3", $"The complaint is already with unit {h.Unit}.", "unit");
        return Authority.FirstFree(h.Unit, c.Community, c.S.Accused, c.Rules.Directory) is { } next
            ? Yes(new ComplaintEvent.Assigned(next.Id, next.Unit, c.HandlingDue(c.Rules.Policy.Accept), h.Reason))
            : No(RefusalCode.BadField, "4.6.1-2-D", $"Unit {h.Unit} has nobody who may take it.", "unit");
    }

    private static Limit TimeToResolve(Nature kind, Severity severity, Policy policy)
    {
        if (!Natures.HandledAsComplaint(kind))
            return policy.Answer;
        return severity switch
        {
            Severity.Urgent => policy.ResolveUrgent,
            Severity.Ordinary => policy.ResolveOrdinary,
            Severity.Major => policy.ResolveMajor,
            _ => throw new InvalidOperationException($"Unknown severity {severity}."),
        };
    }

    private static Placement Place(
        Category category, ImmutableArray<Category> also, StaffId? accused, CommunityId community, Rules rules)
    {
        var route = Routing.For(category, also);
        var against = accused is { } a ? rules.Directory.Find(a) : null;
        var chief = against?.Unit == Unit.Leader ? Unit.Quality : Unit.Leader;
        var keeper = against is { Unit: Unit.Quality, Rank: Rank.Head } ? Unit.Office : Unit.Quality;
        // A complaint against a head is the leader's, whatever else it is about (4.6.1-2-D).
        var (lead, clause) = against?.Rank == Rank.Head ? (chief, "4.6.1-2-D") : (route.Lead, route.Clause);
        if (accused is { } x && Authority.FirstFree(lead, community, x, rules.Directory) is null)
            lead = chief;
        Unit? barred = against is not null
            && Authority.FirstFree(against.Unit, community, against.Id, rules.Directory) is null ? against.Unit : null;
        var cooperating = route.Cooperating.Where(u => u != lead && u != barred).ToImmutableArray();
        return new Placement(lead, cooperating, clause, chief, keeper, barred);
    }

    private sealed record Placement(
        Unit Lead, ImmutableArray<Unit> Cooperating, string Clause, Unit Chief, Unit Keeper, Unit? Barred);
}
