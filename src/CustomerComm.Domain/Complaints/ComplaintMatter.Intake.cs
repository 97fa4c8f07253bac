using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Outside;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Complaints;

/// <content>Receiving and assignment (4.6.2-1, 4.6.1-2, 4.6.2-3).</content>
public sealed partial class ComplaintMatter
{
    private const string LeaderClause = "4.6.1-2-D";
    private const int ToAndFro = 3;

    private static Decision<ComplaintEvent> Receive(
        ComplaintCommand.Receive r, Actor actor, DateTimeOffset now, Rules rules)
    {
        var community = r.Number.Community;
        if (rules.Directory.Find(community) is null)
            return No(RefusalCode.BadField, "4.6.2-1", $"There is no community '{community}'.", "community");
        // Wanted by a time that has passed is wanted at once: as soon as it can be promised.
        if (r.WantedBy <= now)
            r = r with { WantedBy = null };
        if (r.Danger)
            r = WithoutWrongComplainant(InDanger(r, now, rules), actor, rules);
        if ((Check.Text(r.Text, "text", "4.6.2-1", Check.LongestText) ?? Check.Reach(r.Contact, "4.6.2-1")
            ?? CheckWish(r.WantedBy, now, rules) ?? WrongComplainant(r, actor, rules)
            ?? (r.Outside is { } notice ? OutsideMatter.CannotEnter(notice, actor, community, now, rules) : null)) is { } bad)
        {
            return No(bad);
        }

        var own = OwnOf(r, actor, rules);
        if (own is not null)
        {
            // What staff complain of is their own: no room of somebody else's comes with their phone.
            r = r with { Contact = r.Contact with { Room = RoomOnFile(r.Contact, rules) } };
        }
        else if (IsOfStaff(r.Contact, rules))
        {
            return No(RefusalCode.BadField, "4.6.2-4",
                "This phone belongs to staff; give the resident's own, for only it receives the signing link.",
                "phone");
        }

        var against = Routing.IsAgainstManager(r.Category, r.Also);
        var named = Natures.HandledAsComplaint(r.Kind)
            ? Naming.In(r.Text, r.Category, r.Also, community, rules.Directory) : [];
        // Its words say which head it is against; where they do not, it is the office's.
        var accused = against
            ? HeadOf(named, rules.Directory) ?? rules.Directory.Appointed(Unit.Office, community)?.Id : null;
        var place = Place(r.Category, r.Also, accused, named, own, community, rules);
        // Who is named keeps out, and so does their side where it is a head's.
        var triageBy = place.Clause == LeaderClause || HeadOf(named, rules.Directory) is not null ? place.Chief
            : named.IsEmpty ? Unit.Office : place.Keeper;
        var resolveDue = DueToResolve(now, r, rules);
        var received = new ComplaintEvent.Received(
            r.Number, new Personal(r.Text), r.Contact, r.Channel, r.Language, r.Category, r.Also,
            r.CategoryConfirmed, r.Kind, r.Severity, place.Lead, place.Cooperating, place.Clause, accused,
            named, place.Chief, place.Keeper, r.IsLetter || r.Channel.Way().Letter, r.WantedBy, triageBy,
            rules.Due(now, rules.Policy.Triage), resolveDue, rules.PolicyVersion,
            // Whoever enters it is on record, whatever the form says.
            (actor as Actor.Staff)?.Member.Id ?? r.EnteredBy, r.SourceId, Buildings.Of(r.Contact.Room?.Value),
            r.Danger ? rules.Due(now, rules.Policy.DangerCallBack, urgent: true) : null, r.CommunityAssumed,
            r.Follows, r.Unsure, own, r.Complainant);
        // The resident's own choice routes at once; a mere suggestion waits for a person.
        StaffId[] all = accused is { } a ? [a, .. named] : [.. named];
        ComplaintEvent[] besides =
        [
            .. r.AuthoritySeen is { } letter && actor is Actor.Staff { Member: var seer }
                ? [new ComplaintEvent.AuthoritySeen(seer.Id, new Personal(letter))] : Array.Empty<ComplaintEvent>(),
            .. r.Outside is { } order
                ? [TakenAs(order, r.Text, r.Contact, actor, rules)] : Array.Empty<ComplaintEvent>(),
        ];
        return r.CategoryConfirmed && Natures.HandledAsComplaint(r.Kind)
            && Authority.FirstFree(place.Lead, community, all, rules.Directory, Authority.Except(own)) is { } handler
            ? Yes([
                received, .. Routed(place, resolveDue), new ComplaintEvent.Assigned(
                    handler.Id, handler.Unit, rules.Due(now, rules.Policy.Accept, r.Severity == Severity.Urgent), null),
                .. besides])
            : Yes([received, .. besides]);
    }

    private static StaffId? HeadOf(ImmutableArray<StaffId> named, CompanyDirectory directory) =>
        named.Select(directory.Find).FirstOrDefault(m => m is { Rank: Rank.Head })?.Id;

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

    private static bool IsOfStaff(Contact contact, Rules rules) => MemberOf(contact, rules) is not null;

    private static StaffMember? MemberOf(Contact contact, Rules rules) =>
        contact.Phone is { } phone && PhoneNumber.TryCreate(phone.Value, out var number)
            ? rules.Directory.FindStaff(number) : null;

    /// <summary>
    /// Staff who complain as residents: by a message of their own phone, or as one of a home on file. What somebody
    /// else
    /// writes down, or a form says, is no such message; a danger they report while at work is the company's.
    /// </summary>
    private static StaffId? OwnOf(ComplaintCommand.Receive r, Actor actor, Rules rules)
    {
        if (actor is Actor.Resident && r is { Danger: false, EnteredBy: null } && r.Channel.Way().ByPhone
            && MemberOf(r.Contact, rules) is { } member)
        {
            return member.Id;
        }

        return r.Contact.Phone is { } phone && PhoneNumber.TryCreate(phone.Value, out var number)
            && rules.Directory.FindResident(number) is { Resident: { IsStaff: true, Name: var name } }
            ? rules.Directory.Staff.FirstOrDefault(m => m.Name == name)?.Id : null;
    }

    private static Personal? RoomOnFile(Contact contact, Rules rules) =>
        contact.Phone is { } phone && PhoneNumber.TryCreate(phone.Value, out var number)
            && rules.Directory.FindResident(number) is { } resident
            ? new Personal(resident.Home.Room.Value) : null;

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

    /// <summary>An opinion is kept beside the complaint, whatever it says; only a person decides (4.6.2-1).</summary>
    private static Decision<ComplaintEvent> TakeSecondOpinion(Context c, ComplaintCommand.TakeSecondOpinion o)
    {
        if (c.Actor is not Actor.System)
            return No(RefusalCode.NotYours, "4.6.2-1", "The system alone asks another classifier.");
        // What is none of ours is no opinion.
        var known = o.Opinion is { } x
            && Enum.IsDefined(x.Category) && Enum.IsDefined(x.Kind) && Enum.IsDefined(x.Severity);
        return c.S.WantsSecondOpinion
            ? Yes(new ComplaintEvent.SecondOpinionTaken(known ? o.Opinion : null))
            : Yes();
    }

    private static Decision<ComplaintEvent> RecordCallBack(Context c, ComplaintCommand.RecordCallBack r)
    {
        const string clause = "4.6.2-6";
        var s = c.S;
        var directory = c.Rules.Directory;
        var no = c.Staff(clause, "staff concerned with the complaint", m => Authority.MaySee(s, m, directory)
                || Authority.Is(Party.Of(s.CallBackBy), m, s.Community))
            ?? Check.Text(r.With, "with", clause, 100) ?? Check.Text(r.Said, "said", clause)
            ?? Signing.Spoken(r.Channel, clause);
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

    /// <summary>
    /// Within the unit that has it, by its head or the duty post; to another unit by the chief alone. What the leader or
    /// quality leads by the clause the duty post does not give out (4.6.1-2-A, 4.6.1-2-D).
    /// </summary>
    private static Decision<ComplaintEvent> Assign(Context c, ComplaintCommand.Assign a)
    {
        var s = c.S;
        var routine = s.Clause != LeaderClause && s.Lead is not (Unit.Quality or Unit.Leader);
        var no = c.At("4.6.2-3", Stage.Received, Stage.Assigned, Stage.InProgress)
            ?? c.Staff("4.6.2-3", "the duty post, a head of the handling unit or the leader", m =>
                (routine && Authority.Is(Party.Of(s.Intake.TriageBy), m, s.Community))
                || (m.Rank == Rank.Head && Authority.Is(Party.Of(s.HandlingUnit), m, s.Community))
                || m.Unit == s.Chief)
            ?? Check.Optional(a.Reason, "reason", "4.6.2-3");
        if (no is not null)
            return No(no);
        var handler = c.Rules.Directory.Find(a.Handler);
        if ((CannotHandle(c, handler, a.Handler, s.Against) ?? NotOf(
            c, handler!, s.HandlingUnit, Authority.FirstFree(s.HandlingUnit, s, c.Rules.Directory))) is { } cannot)
        {
            return No(cannot);
        }

        return s.Handler == handler!.Id
            ? Yes()
            : Yes(new ComplaintEvent.Assigned(
                handler.Id, handler.Unit, c.HandlingDue(c.Rules.Policy.Accept), a.Reason));
    }

    private static Refusal? CannotHandle(
        Context c, StaffMember? handler, StaffId named, IReadOnlyList<StaffId> against)
    {
        if (handler is null)
            return new Refusal(RefusalCode.BadField, "4.6.2-3", $"There is no member of staff '{named}'.", "handler");
        if (!Authority.Is(Party.Of(handler.Unit), handler, c.Community))
        {
            return new Refusal(
                RefusalCode.BadField, "4.6.2-3", $"'{named}' does not serve community {c.Community}.", "handler");
        }

        if (handler.Id == c.S.Own)
        {
            return new Refusal(
                RefusalCode.OwnWork, "4.6.2-3", $"It is the own complaint of '{named}'; name another.", "handler");
        }

        return against.Any(a => Authority.IsBarred(a, handler, c.Community, c.Rules.Directory))
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

    /// <summary>
    /// At every third time the leader hears of it, and nothing goes on before the instruction (4.6.1-3, 4.6.2-3).
    /// </summary>
    private static Decision<ComplaintEvent> HandOver(Context c, ComplaintCommand.HandOver h)
    {
        var no = c.At("4.6.2-3", Stage.Assigned, Stage.InProgress) ?? c.Handler("4.6.2-3")
            ?? Shifted(c) ?? Check.Text(h.Reason, "reason", "4.6.2-3") ?? Uninstructed(c);
        if (no is not null)
            return No(no);
        if (h.Unit == c.S.HandlingUnit)
            return No(RefusalCode.BadField, "4.6.2-3", $"The complaint is already with unit {h.Unit}.", "unit");
        if (Authority.FirstFree(h.Unit, c.S, c.Rules.Directory) is not { } next)
            return No(RefusalCode.BadField, "4.6.1-2-D", $"Unit {h.Unit} has nobody who may take it.", "unit");
        var assigned = new ComplaintEvent.Assigned(
            next.Id, next.Unit, c.HandlingDue(c.Rules.Policy.Accept), h.Reason, HandedOver: true);
        return Yes([assigned, .. ClimbsAt(c, h.Reason)]);
    }

    private static IEnumerable<ComplaintEvent> ClimbsAt(Context c, string reason) => (c.S.HandOvers + 1) % ToAndFro == 0
        ? [PutUp(c, reason)]
        : [];

    /// <summary>What quality or the leader leads by the clause is not shifted: others are asked to cooperate.</summary>
    private static Refusal? Shifted(Context c) =>
        (c.S.Lead == Unit.Quality || c.S.Clause == LeaderClause) && c.Member?.Unit != c.S.Chief
            ? new Refusal(
                RefusalCode.NotYours, c.S.Clause,
                $"Unit {c.S.Lead} leads by the clause; ask others to cooperate, or put it to the leader.")
            : null;

    private static Refusal? Uninstructed(Context c) => c.S.InstructDue is null
        ? null
        : NotYet(
            ObligationKind.Instruct, "4.6.1-3", "The complaint was put to the leader, whose instruction is still to come.");

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
}
