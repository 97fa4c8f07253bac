using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Outside;

/// <summary>
/// Work orders from outside: first contact and reply run by the order's own clock, giving it back and the reply need a
/// second person, and somebody who had no hand in it calls back (4.6.2-2, 4.2.1, 4.5.4). Nothing done to the complaint
/// ends what is owed to the authority.
/// </summary>
public sealed partial class OutsideMatter : IMatter<OutsideOrder, OutsideCommand, OutsideEvent>
{
    private const string Clause = "4.6.2-2";

    private OutsideMatter()
    {
    }

    /// <summary>True where a member of staff may enter work orders of a community: its office, and quality.</summary>
    public static bool MayEnter(StaffMember staff, CommunityId community) =>
        staff.Unit == Unit.Quality || (staff.Unit == Unit.Office && staff.Community == community);

    /// <summary>
    /// Why a delivery may not be entered like this, or null. An authority's own system says what it wants; the office, which
    /// may owe the reply, enters no later time than the policy's: quality does.
    /// </summary>
    public static Refusal? CannotEnter(
        OutsideDelivery delivery, Actor actor, CommunityId community, DateTimeOffset now, Rules rules)
    {
        var no = (actor is Actor.System ? null : Check.Staff(
                actor, Clause, "the office of the community or quality", m => MayEnter(m, community)))
            ?? delivery.Wrong(now, rules);
        return no is null && actor is Actor.Staff { Member.Unit: Unit.Office } && delivery.LaterThanPolicy(rules) is { } field
            ? new Refusal(
                RefusalCode.NotYours, Clause,
                $"'{field}' is later than the policy's time. Quality enters an order that gives longer; or leave it out.",
                field)
            : no;
    }

    /// <inheritdoc/>
    public static Decision<OutsideEvent> Decide(
        OutsideOrder? state, OutsideCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (command is OutsideCommand.Begin begin)
            return Begin(state, begin, actor, rules);
        if (state is not { } s)
            return Refuse("There is no such work order.");
        if (command is OutsideCommand.TakeSides sides)
            return TakeSides(s, sides, actor, rules);
        if (actor is Actor.Staff { Member: var m } && Authority.IsBarred(s, m, rules.Directory))
        {
            return Check.No<OutsideEvent>(m.Id == s.Own
                ? new Refusal(RefusalCode.OwnWork, "4.5.4", "It is this member of staff's own complaint.")
                : new Refusal(
                    RefusalCode.Accused, "4.6.1-2-D", "The complaint is against you or somebody above you."));
        }

        var decision = command switch
        {
            OutsideCommand.ReceiveAgain c => ReceiveAgain(s, c, actor, now, rules),
            OutsideCommand.RecordContact c => RecordContact(s, c, actor),
            OutsideCommand.ProposeReturn c => ProposeReturn(s, c, actor, now, rules),
            OutsideCommand.DecideReturn c => DecideReturn(s, c, actor, rules),
            OutsideCommand.DraftReply c => DraftReply(s, c, actor, now, rules),
            OutsideCommand.DecideReply c => DecideReply(s, c, actor, now, rules),
            OutsideCommand.CallBack c => CallBack(s, c, actor, now, rules),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };
        return Check.UnlessRepeated(decision, s.Last, now);
    }

    /// <inheritdoc/>
    public static OutsideOrder Evolve(OutsideOrder? state, OutsideEvent e, DateTimeOffset at) =>
        OutsideOrder.Evolve(state, e, at);

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(OutsideOrder state)
    {
        var s = state;
        // Each round owes anew: whoever was late in one round is late in that one.
        Obligation Owe(ObligationKind kind, Party owner, DateTimeOffset due, string clause, string? subject = null) =>
            new(kind, subject ?? $"r{s.Round}", owner, due, clause, null);
        if (s.Stage == OutsideStage.ToReply)
        {
            if (s is { ContactedAt: null, Terms.ContactDue: { } contact })
                yield return Owe(ObligationKind.ContactOutside, s.Sides.Responsible, contact, Clause);
            yield return Owe(ObligationKind.ReplyOutside, s.Sides.Responsible, s.Terms.ReplyDue, "4.2.1");
            if (s.Proposed is { } p)
                yield return Owe(ObligationKind.ConsentReturn, Party.Of(s.Judge), p.Due, Clause);
            if (s.Draft is { } d)
                yield return Owe(ObligationKind.ApproveReply, Party.Of(s.Judge), d.ApproveDue, "4.2.1", d.Id);
        }

        if (s is { Stage: OutsideStage.ToCallBack, CallBackDue: { } due })
            yield return Owe(ObligationKind.CallBackOutside, Party.Of(s.Judge), due, "4.5.4");
    }

    private static Decision<OutsideEvent> Begin(OutsideOrder? s, OutsideCommand.Begin c, Actor actor, Rules rules)
    {
        if (actor is not Actor.System)
            return Check.No<OutsideEvent>(s_onlySystem);
        // The delivery was looked at when it was taken; what changed since must not lose it.
        return s is not null
            ? Check.Yes<OutsideEvent>()
            : Check.Yes<OutsideEvent>(new OutsideEvent.OutsideBegun(
                c.Complaint, c.Terms, c.Text, c.Contact, c.EnteredBy, c.Sides, c.Sides.People.Keeper,
                rules.PolicyVersion));
    }

    private static Decision<OutsideEvent> TakeSides(
        OutsideOrder s, OutsideCommand.TakeSides c, Actor actor, Rules rules)
    {
        if (actor is not Actor.System)
            return Check.No<OutsideEvent>(s_onlySystem);
        if (s.Sides.SameAs(c.Sides))
            return Check.Yes<OutsideEvent>();
        var after = s with { Sides = c.Sides };
        return Check.Yes<OutsideEvent>(new OutsideEvent.OutsideSidesChanged(
            c.Sides, JudgeOf(after, rules.Directory),
            s.Sides.Responsible == c.Sides.Responsible ? null : c.Sides.Responsible));
    }

    private static Decision<OutsideEvent> ReceiveAgain(
        OutsideOrder s, OutsideCommand.ReceiveAgain c, Actor actor, DateTimeOffset now, Rules rules)
    {
        var by = (actor as Actor.Staff)?.Member;
        var no = CannotEnter(c.Delivery, actor, s.Community, now, rules)
            ?? Check.Text(c.Text, "text", Clause, Check.LongestText);
        if (no is not null)
            return Check.No<OutsideEvent>(no);
        var text = new Personal(c.Text);
        // An older date is the same sending once more, and while it is open nothing moves its clock.
        if (s.Stage != OutsideStage.ToReply && c.Delivery.ReceivedThere > s.Terms.ReceivedThere)
        {
            var terms = c.Delivery.Terms(s.Begun.Contact, rules);
            return Check.Yes<OutsideEvent>(new OutsideEvent.OutsideCameBack(
                by?.Id, terms with { Line = s.Terms.Line, Number = s.Terms.Number }, text));
        }

        return s.Words.Contains(text)
            ? Check.Yes<OutsideEvent>()
            : Check.Yes<OutsideEvent>(new OutsideEvent.OutsideWordsAdded(by?.Id, text));
    }

    private static Decision<OutsideEvent> RecordContact(OutsideOrder s, OutsideCommand.RecordContact c, Actor actor)
    {
        var no = MayHandle(s, actor) ?? Check.Text(c.With, "with", Clause, 100) ?? Check.Text(c.Said, "said", Clause)
            ?? (c.Channel.Way().Meets
                ? null : Check.Bad("channel", Clause, "Choose the way by which the resident was spoken to."))
            ?? AtReply(s);
        return Check.Unless<OutsideEvent>(no, new OutsideEvent.OutsideContacted(
            Id(actor), c.Channel, c.Reached, new Personal(c.With ?? ""), new Personal(c.Said ?? "")));
    }

    private static Decision<OutsideEvent> ProposeReturn(
        OutsideOrder s, OutsideCommand.ProposeReturn c, Actor actor, DateTimeOffset now, Rules rules)
    {
        var no = MayHandle(s, actor) ?? Check.Text(c.Words, "words", Clause) ?? AtReply(s);
        if (no is not null)
            return Check.No<OutsideEvent>(no);
        if (s.Proposed is { } before)
        {
            return before.By == Id(actor) && before.Why == c.Why && before.Words.Value == c.Words
                ? Check.Yes<OutsideEvent>() : Refuse("Giving it back waits to be decided on already.");
        }

        return Check.Yes<OutsideEvent>(new OutsideEvent.OutsideReturnProposed(
            Id(actor), c.Why, new Personal(c.Words), JudgeOf(s with { Worked = s.Worked.Add(Id(actor)) }, rules.Directory),
            rules.Due(now, rules.Policy.Outside.Decide, s.Urgent)));
    }

    private static Decision<OutsideEvent> DecideReturn(
        OutsideOrder s, OutsideCommand.DecideReturn c, Actor actor, Rules rules)
    {
        var no = MayJudge(s, actor, rules)
            ?? (c.Consented ? Check.Optional(c.Comment, "comment", Clause) : Check.Text(c.Comment, "comment", Clause));
        if (no is not null)
            return Check.No<OutsideEvent>(no);
        if (s.Proposed is null)
        {
            return s.Stage == OutsideStage.Returned && c.Consented
                ? Check.Yes<OutsideEvent>() : Refuse("Nobody asked to give it back.");
        }

        return Check.Yes<OutsideEvent>(
            new OutsideEvent.OutsideReturnDecided(Id(actor), c.Consented, Check.Said(c.Comment)));
    }

    private static Decision<OutsideEvent> DraftReply(
        OutsideOrder s, OutsideCommand.DraftReply c, Actor actor, DateTimeOffset now, Rules rules)
    {
        var no = MayHandle(s, actor) ?? Check.Text(c.Text, "text", "4.2.1", Check.LongestNote)
            ?? (s.Reply?.Text.Value == c.Text ? null : AtReply(s));
        if (no is not null)
            return Check.No<OutsideEvent>(no);
        if (s.Reply is not null || (s.Draft is { } d && d.By == Id(actor) && d.Text.Value == c.Text))
            return Check.Yes<OutsideEvent>();
        if (s.Proposed is not null)
            return Refuse("Giving it back waits to be decided on; the reply comes after that.");
        return Check.Yes<OutsideEvent>(new OutsideEvent.OutsideReplyDrafted(
            Id(actor), new Personal(c.Text), JudgeOf(s with { Worked = s.Worked.Add(Id(actor)) }, rules.Directory),
            rules.Due(now, rules.Policy.Outside.Decide, s.Urgent)));
    }

    private static Decision<OutsideEvent> DecideReply(
        OutsideOrder s, OutsideCommand.DecideReply c, Actor actor, DateTimeOffset now, Rules rules)
    {
        var no = MayJudge(s, actor, rules)
            ?? (c.Approved ? Check.Optional(c.Comment, "comment", "4.2.1") : Check.Text(c.Comment, "comment", "4.2.1"));
        if (no is not null)
            return Check.No<OutsideEvent>(no);
        if (s.Draft is not { } draft)
        {
            return s.Reply is not null && c.Approved
                ? Check.Yes<OutsideEvent>() : Refuse("No reply waits for approval.");
        }

        if (c.Reply != draft.Id)
        {
            return Check.No<OutsideEvent>(new Refusal(
                RefusalCode.TextChanged, "4.2.1", "Another reply has taken its place since. Read it again.", "reply"));
        }

        DateTimeOffset? callBack = c.Approved && !s.Begun.Contact.IsUnknown
            ? rules.Due(now, rules.Policy.Outside.CallBack) : null;
        return Check.Yes<OutsideEvent>(new OutsideEvent.OutsideReplyDecided(
            Id(actor), c.Approved, Check.Said(c.Comment), JudgeOf(s, rules.Directory), callBack));
    }

    /// <summary>Nobody is called without end: attempts on as many days as for a signature, then it ends as that.</summary>
    private static Decision<OutsideEvent> CallBack(
        OutsideOrder s, OutsideCommand.CallBack c, Actor actor, DateTimeOffset now, Rules rules)
    {
        var no = MayJudge(s, actor, rules) ?? Check.Text(c.Said, "said", "4.5.4");
        if (no is not null)
            return Check.No<OutsideEvent>(no);
        if (s.Stage != OutsideStage.ToCallBack)
        {
            return s.Answers is not null && s.Answers == c.Answers
                ? Check.Yes<OutsideEvent>()
                : Check.No<OutsideEvent>(new Refusal(
                    RefusalCode.NotYet, "4.5.4",
                    "It is called back once, after the order was replied to and as long as nobody was reached."));
        }

        var days = s.CallBacks.Select(x => x.At).Append(now)
            .Select(at => TimeZoneInfo.ConvertTime(at, rules.Calendar.Zone).Date).Distinct().Count();
        return Check.Yes<OutsideEvent>(new OutsideEvent.OutsideCalledBack(
            Id(actor), c.Answers, new Personal(c.Said),
            c.Answers is not null || days >= rules.Policy.UnreachableAttempts));
    }

    private static Refusal? MayHandle(OutsideOrder s, Actor actor) =>
        Check.Staff(actor, Clause, "whoever handles the complaint, and their unit", s.Handles);

    /// <summary>
    /// Quality or the leader, and never whoever had a hand in it; another unit where nobody of them is left (4.5.4).
    /// </summary>
    private static Refusal? MayJudge(OutsideOrder s, Actor actor, Rules rules)
    {
        var no = Signing.MayJudge(s, Party.Of(s.Judge), actor, s.Hands, rules.Directory, "4.5.4");
        if (no is not { Code: RefusalCode.NotYours } || actor is not Actor.Staff { Member: var m }
            || !Authority.Is(Party.Of(s.Chief), m, s.Community))
        {
            return no;
        }

        return s.Hands.Contains(m.Id)
            ? new Refusal(RefusalCode.OwnWork, "4.5.4", "Whoever did the work cannot decide on it.") : null;
    }

    private static Refusal? AtReply(OutsideOrder s) => s.Stage switch
    {
        OutsideStage.ToReply => null,
        OutsideStage.Returned => Check.WrongStage(Clause, "It was given back to the authority."),
        _ => Check.WrongStage(Clause, "It was replied to already."),
    };

    private static Unit JudgeOf(OutsideOrder s, CompanyDirectory directory) =>
        Signing.Reviewer(s, s.Sides.People.Keeper, s.Hands, directory);

    private static StaffId Id(Actor actor) => (actor as Actor.Staff)?.Member.Id ?? default;

    private static readonly Refusal s_onlySystem = new(
        RefusalCode.NotYours, Clause, "Work orders begin with their complaint; the system alone does this.");

    private static Decision<OutsideEvent> Refuse(string text) => Check.No<OutsideEvent>(Check.WrongStage(Clause, text));
}
