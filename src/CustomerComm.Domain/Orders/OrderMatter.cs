using System.Collections.Immutable;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Orders;

/// <summary>
/// Orders and repairs (3.3, 4.2.4): what a command does, what is owed, whom an event is told to. A repair request is no
/// complaint, but becomes one when it is late or refused.
/// </summary>
public sealed partial class OrderMatter : IMatter<Order, OrderCommand, OrderEvent>
{
    private const string Carry = "4.2.4";
    private const string Judge = "3.3";

    private OrderMatter()
    {
    }

    /// <inheritdoc/>
    public static Decision<OrderEvent> Decide(
        Order? state, OrderCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        return Check.UnlessRepeated(DecideAfresh(state, command, actor, now, rules), state?.Last, now);
    }

    /// <inheritdoc/>
    public static Order Evolve(Order? state, OrderEvent e, DateTimeOffset at) => Order.Evolve(state, e, at);

    /// <inheritdoc/>
    public static OrderEvent Numbered(OrderEvent e, MatterNumber number) =>
        e is OrderEvent.OrderOpened o ? o with { Number = number } : e;

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(Order state)
    {
        return state.Stage == OrderStage.Done ? OwedWhenDone(state) : OwedBefore(state);
    }

    private static IEnumerable<Obligation> OwedBefore(Order s)
    {
        if (s.Stage == OrderStage.Closed)
            yield break;
        if (s.Stage == OrderStage.Opened)
            yield return Of(ObligationKind.Assign, Party.Of(s.Unit), s.AcceptDue, Carry);
        if (s.Stage == OrderStage.Assigned)
            yield return Of(ObligationKind.AcceptOrder, Party.Of(s.Worker!.Value), s.AcceptDue, Carry);
        yield return Of(ObligationKind.CarryOutOrder, s.Responsible, s.Due, Carry);
        if (s.Amendment is { } a)
            yield return Of(ObligationKind.AgreeAmendment, s.Responsible, a.AnswerDue, Carry);
    }

    private static IEnumerable<Obligation> OwedWhenDone(Order s)
    {
        var request = s.Request!;
        if (request.ConfirmDue is { } confirm)
            yield return Of(ObligationKind.ConfirmSignature, Party.Of(Unit.Quality), confirm, Judge);
        else if (request.Unreachable is { } pending)
            yield return Of(ObligationKind.DecideUnreachable, pending.DecidedBy, pending.Due, Judge);
        else
            yield return Of(ObligationKind.ObtainEvaluation, s.Responsible, request.Due, Judge);
    }

    private static Obligation Of(ObligationKind kind, Party owner, DateTimeOffset due, string clause) =>
        new(kind, "", owner, due, clause, null);

    private static Decision<OrderEvent> DecideAfresh(
        Order? state, OrderCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (state is null)
        {
            return command is OrderCommand.Open o
                ? Open(o, actor, now, rules)
                : Check.No<OrderEvent>(Check.WrongStage(Carry, "There is no such order."));
        }

        var c = new Context(state, actor, now, rules);
        return command switch
        {
            OrderCommand.Open => Check.Yes<OrderEvent>(),
            OrderCommand.LinkComplaint l => LinkComplaint(c, l),
            OrderCommand.RecordLate => RecordLate(c),
            OrderCommand.Evaluate v when actor is Actor.Resident && Repeats(state, v) => Check.Yes<OrderEvent>(),
            OrderCommand.Cancel when actor is Actor.Resident && state.Outcome == OrderOutcome.Cancelled =>
                Check.Yes<OrderEvent>(),
            OrderCommand.RefuseOrder when state.Outcome == OrderOutcome.Refused => Check.Yes<OrderEvent>(),
            _ when !state.Open => Check.No<OrderEvent>(
                new Refusal(RefusalCode.Closed, Carry, $"Order {state.Number} is closed.")),
            _ => DecideOpen(c, command),
        };
    }

    private static Decision<OrderEvent> DecideOpen(Context c, OrderCommand command) => command switch
    {
        OrderCommand.Assign a => Assign(c, a),
        OrderCommand.Accept => Accept(c),
        OrderCommand.Decline d => Decline(c, d),
        OrderCommand.TellProgress p => TellProgress(c, p),
        OrderCommand.Note n => Note(c, n),
        OrderCommand.ProposeAmendment p => Propose(c, p),
        OrderCommand.AnswerAmendment a => Answer(c, a),
        OrderCommand.WithdrawAmendment => WithdrawAmendment(c),
        OrderCommand.Finish f => Finish(c, f),
        OrderCommand.RequestEvaluation => RequestEvaluation(c),
        OrderCommand.Evaluate v => Evaluate(c, v),
        OrderCommand.RefuseEvaluation r => RefuseEvaluation(c, r),
        OrderCommand.RecordAttempt a => RecordAttempt(c, a),
        OrderCommand.ProposeUnreachable => ProposeUnreachable(c),
        OrderCommand.DecideUnreachable d => DecideUnreachable(c, d),
        OrderCommand.AttachPaper a => AttachPaper(c, a),
        OrderCommand.DecideSignature d => DecideSignature(c, d),
        OrderCommand.Cancel x => Cancel(c, x),
        OrderCommand.RefuseOrder r => RefuseOrder(c, r),
        _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
    };

    private static Decision<OrderEvent> Open(OrderCommand.Open o, Actor actor, DateTimeOffset now, Rules rules)
    {
        var community = o.Number.Community;
        if (OpenHolds(o, actor, now, rules) is { } no)
            return Check.No<OrderEvent>(no);
        if (o.Danger)
            o = o with { Severity = Severity.Urgent };
        var urgent = o.Severity != Severity.Ordinary;
        var named = o.Worker is { } id ? rules.Directory.Find(id) : null;
        var unit = named?.Unit ?? o.Unit ?? Routing.For(o.Category, []).Lead;
        var worker = named ?? Authority.FirstFree(unit, community, [], rules.Directory);
        var limits = rules.Policy.Orders;
        var due = o.WantedBy ?? rules.Due(now, urgent ? limits.CarryOutUrgent : limits.CarryOut, urgent);
        var opened = new OrderEvent.OrderOpened(
            o.Number, o.Kind, new Personal(o.Text), o.Contact, o.Channel, o.Language, o.Category, o.Severity, unit,
            Check.Said(o.Price), o.WantedBy, due, o.Complaint, (actor as Actor.Staff)?.Member.Id ?? o.EnteredBy, o.SourceId,
            rules.PolicyVersion, o.Danger);
        var accept = rules.Due(now, limits.Accept, urgent);
        return worker is null
            ? Check.Yes<OrderEvent>(opened, new OrderEvent.WorkerWanted(accept))
            : Check.Yes<OrderEvent>(opened, new OrderEvent.OrderAssigned(worker.Id, unit, accept, null, null));
    }

    private static Refusal? OpenHolds(OrderCommand.Open o, Actor actor, DateTimeOffset now, Rules rules)
    {
        var community = o.Number.Community;
        if (rules.Directory.Find(community) is null)
            return Check.Bad("community", Carry, $"There is no community '{community}'.");
        var no = Check.Text(o.Text, "text", Carry, Check.LongestText) ?? Check.Reach(o.Contact, Carry)
            ?? Check.Optional(o.Price, "price", Carry) ?? Time(o.WantedBy, "wantedBy", now, rules);
        if (no is not null)
            return no;
        if (o.Contact.Phone is { } phone && PhoneNumber.TryCreate(phone.Value, out var number)
            && rules.Directory.FindStaff(number) is not null)
        {
            return Check.Bad("phone", Judge,
                "This phone belongs to staff; give the resident's own, for only it receives the link to sign.");
        }

        if (o.Worker is { } worker
            && (rules.Directory.Find(worker) is not { } m || (m.Community is { } own && own != community)))
        {
            return Check.Bad("worker", Carry, $"There is no member of staff '{worker}' for this community.");
        }

        if (o.Kind != OrderType.Service)
            return null;
        // A paid service is a contract: what it costs and by when is agreed before anybody begins.
        return Check.Staff(actor, Carry, "staff, who agree price and date with the resident", _ => true)
            ?? Check.Text(o.Price, "price", Carry)
            ?? (o.WantedBy is null
                ? Check.Bad("wantedBy", Carry, "'wantedBy' is missing; give the date that was agreed.")
                : null);
    }

    private static Refusal? Time(DateTimeOffset? by, string field, DateTimeOffset now, Rules rules)
    {
        if (by is not { } time)
            return null;
        if (time <= now)
            return Check.Bad(field, Carry, $"'{field}' lies in the past.");
        return time > rules.Due(now, rules.Policy.Furthest)
            ? Check.Bad(field, Carry, $"'{field}' lies more than {rules.Policy.Furthest} ahead.")
            : null;
    }

    /// <summary>One order, who asks, when, and by which rules.</summary>
    private readonly record struct Context(Order S, Actor Actor, DateTimeOffset Now, Rules Rules)
    {
        public StaffMember? Member => (Actor as Actor.Staff)?.Member;

        public DateTimeOffset Due(Limit limit) => Rules.Due(Now, limit);

        /// <summary>As <see cref="Due"/>, for what the work needs: by the clock while it is urgent.</summary>
        public DateTimeOffset WorkDue(Limit limit) => Rules.Due(Now, limit, S.Urgent);

        public OrderLimits Limits => Rules.Policy.Orders;

        public Refusal? At(string clause, params ReadOnlySpan<OrderStage> stages) => stages.Contains(S.Stage)
            ? null
            : Check.WrongStage(clause, $"This cannot be done while the order is {S.Stage}.");

        /// <summary>The worker.</summary>
        public Refusal? TheWorker(string clause)
        {
            var worker = S.Worker;
            return Check.Staff(Actor, clause, "the worker", m => m.Id == worker);
        }

        /// <summary>The worker, the head of the unit, or the community's office.</summary>
        public Refusal? Concerned(string clause)
        {
            var s = S;
            return Check.Staff(
                Actor, clause, "the worker, the head of the unit or the community's office",
                m => m.Id == s.Worker || (m.Unit == Unit.Office && m.Community == s.Community)
                    || (m.Rank == Rank.Head && m.Unit == s.Unit
                        && m.Serves(s.Community)));
        }

        /// <summary>The head of the unit, the office manager, or the leader.</summary>
        public Refusal? AHead(string clause)
        {
            var s = S;
            return Check.Staff(
                Actor, clause, "the head of the unit, the office manager or the leader",
                m => m.Rank == Rank.Head && (m.Unit == Unit.Leader
                    || (m.Unit is Unit.Office ? m.Community == s.Community : m.Unit == s.Unit)));
        }

        /// <summary>The refusal where whoever acts may not judge what <paramref name="party"/> is to.</summary>
        public Refusal? MayJudge(Party party) => Signing.MayJudge(S, party, Actor, S.Hands, Rules.Directory, Judge);
    }
}
