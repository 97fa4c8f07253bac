using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Orders;

/// <summary>Where an order stands.</summary>
public enum OrderStage
{
    /// <summary>Opened; nobody has it.</summary>
    Opened,
    /// <summary>Given to a worker who has not accepted.</summary>
    Assigned,
    /// <summary>Being carried out.</summary>
    InProgress,
    /// <summary>Done; the resident's evaluation is sought.</summary>
    Done,
    /// <summary>Closed.</summary>
    Closed,
}

/// <summary>Other terms put to the resident.</summary>
public sealed record Amendment(
    int No, StaffId By, Personal? Price, DateTimeOffset? Due, Personal? Scope, Personal Reason,
    DateTimeOffset AnswerDue);

/// <summary>A complaint opened from an order, and why.</summary>
public sealed record OrderComplaint(OrderCause Cause, MatterNumber? Number);

/// <summary>An order as its events left it. Immutable; <see cref="Evolve"/> is the only way forward.</summary>
public sealed record Order : IMatterState
{
    /// <summary>As it was opened.</summary>
    public required OrderEvent.OrderOpened Intake { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public OrderStage Stage { get; init; }

    /// <summary>How it ended.</summary>
    public OrderOutcome Outcome { get; init; }

    /// <summary>Who carries it out now.</summary>
    public StaffId? Worker { get; init; }

    /// <summary>The unit that carries it out.</summary>
    public Unit Unit { get; init; }

    /// <summary>Acceptance, or a new worker, is owed by then.</summary>
    public DateTimeOffset AcceptDue { get; init; }

    /// <summary>It must be done by then (4.2.4).</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>The price that holds, in words, or null.</summary>
    public Personal? Price { get; init; }

    /// <summary>What the resident agreed to besides the first text, in order.</summary>
    public ImmutableList<Personal> Scope { get; init; } = [];

    /// <summary>Terms that wait for the resident's answer.</summary>
    public Amendment? Amendment { get; init; }

    /// <summary>How many amendments were proposed.</summary>
    public int Amendments { get; init; }

    /// <summary>How many of them the resident agreed to.</summary>
    public int Agreed { get; init; }

    /// <summary>What was told last.</summary>
    public Personal? Progress { get; init; }

    /// <summary>What was done.</summary>
    public Personal? Result { get; init; }

    /// <summary>When it was done; null while it is not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What the resident is asked to sign, once it is done.</summary>
    public SignRequest? Request { get; init; }

    /// <summary>Links issued so far, over all rounds.</summary>
    public int LinksIssued { get; init; }

    /// <summary>The evaluation that stands.</summary>
    public SignedForm? Evaluation { get; init; }

    /// <summary>The evaluation that stands, or the one that waits to be confirmed.</summary>
    public SignedForm? Given => Evaluation ?? Request?.Drawn?.Form;

    /// <summary>When it was evaluated.</summary>
    public DateTimeOffset? EvaluatedAt { get; init; }

    /// <summary>How often it had to be done again.</summary>
    public int Reopened { get; init; }

    /// <summary>Its present time passed before it was done.</summary>
    public bool Late { get; init; }

    /// <summary>It was late at any time.</summary>
    public bool WasLate { get; init; }

    /// <summary>Causes for a complaint that none was opened for yet.</summary>
    public ImmutableList<OrderCause> Owing { get; init; } = [];

    /// <summary>Complaints opened from it.</summary>
    public ImmutableList<OrderComplaint> Complaints { get; init; } = [];

    /// <summary>Everybody who worked on it.</summary>
    public ImmutableHashSet<StaffId> Workers { get; init; } = [];

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The event folded in last, and when: by it a repeated command is known.</summary>
    public (OrderEvent Event, DateTimeOffset At)? Last { get; init; }

    /// <summary>Its number.</summary>
    public MatterNumber OrderNumber => Intake.Number;

    /// <inheritdoc/>
    public CommunityId Community => Intake.Number.Community;

    /// <inheritdoc/>
    public string PolicyVersion => Intake.PolicyVersion;

    /// <inheritdoc/>
    public string Number => Intake.Number.ToString();

    /// <inheritdoc/>
    public Unit Lead => Unit;

    /// <inheritdoc/>
    public bool Open => Stage != OrderStage.Closed;

    IReadOnlySet<StaffId>? IMatterState.Hands => Hands;

    /// <summary>
    /// Everybody who worked on it; and once the evaluation is sought, who entered it, for the phone is by their word,
    /// and who tried to reach the resident: none of them judges how it ends.
    /// </summary>
    public ImmutableHashSet<StaffId> Hands => Request is { } request
        ? Workers.Union(request.Hands).Union(Intake.EnteredBy is { } by ? [by] : [])
        : Workers;

    /// <inheritdoc/>
    public string? SourceId => Intake.SourceId;

    Category? IMatterState.Category => Intake.Category;

    Severity? IMatterState.Severity => Intake.Severity;

    /// <summary>It is urgent and not done yet: until then its time runs by the clock.</summary>
    public bool Urgent => Intake.Severity != Severity.Ordinary
        && Stage is OrderStage.Opened or OrderStage.Assigned or OrderStage.InProgress;

    /// <summary>Somebody is in danger by its words.</summary>
    public bool Danger => Urgent && Intake.Danger;

    /// <summary>The worker, or the unit while there is none.</summary>
    public Party Responsible => Worker is { } w ? Party.Of(w) : Party.Of(Unit);

    /// <summary>
    /// The office of the community, quality and the leader see every order; others those of their unit, and those they
    /// worked on.
    /// </summary>
    public static bool MaySee(StaffMember staff, CommunityId community, Unit unit, Func<StaffId, bool> worked)
    {
        return staff.Unit switch
        {
            Unit.Quality or Unit.Leader => true,
            Unit.Office => staff.Community == community,
            _ => staff.Unit == unit || worked(staff.Id),
        };
    }

    /// <summary>As above.</summary>
    public bool MaySee(StaffMember staff) => MaySee(staff, Community, Unit, Workers.Contains);

    bool IMatterState.MaySee(StaffMember staff, CompanyDirectory directory) => MaySee(staff);

    /// <summary>The resident's number in full is for those who call: the worker, the office and quality.</summary>
    public bool MayCall(StaffMember staff)
    {
        return MaySee(staff) && (Worker == staff.Id || staff.Unit is Unit.Office or Unit.Quality);
    }

    /// <summary>The mark that was drawn, or the scan, is for the same.</summary>
    public bool MaySeeSignature(StaffMember staff) => MayCall(staff);

    /// <inheritdoc/>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>The state after an event.</summary>
    public static Order Evolve(Order? s, OrderEvent e, DateTimeOffset at) =>
        (s is null ? Begin(e, at) : Apply(s, e, at)) with
        {
            Last = (e, at),
            HeardAt = IsHeard(e) ? at : s?.HeardAt,
        };

    private static bool IsHeard(OrderEvent e) => e switch
    {
        OrderEvent.OrderOpened o => o.Channel.IsLive(),
        OrderEvent.ResidentNoted n => n.Channel.IsLive(),
        OrderEvent.AmendmentAnswered a => a.Channel.IsLive(),
        OrderEvent.OrderEvaluated v => v.Form.Way == SignatureWay.Drawn,
        OrderEvent.EvaluationTaken or OrderEvent.EvaluationRefused or OrderEvent.OrderCancelled => true,
        _ => false,
    };

    private static Order Begin(OrderEvent e, DateTimeOffset at) => e is OrderEvent.OrderOpened o
        ? new Order
        {
            Intake = o,
            OpenedAt = at,
            Unit = o.Unit,
            Due = o.Due,
            AcceptDue = o.Due,
            Price = o.Price,
            Owing = o.Danger ? [OrderCause.Danger] : [],
        }
        : throw new InvalidOperationException($"An order cannot begin with {e?.GetType().Name}.");

    private static Order Apply(Order s, OrderEvent e, DateTimeOffset at) => e switch
    {
        OrderEvent.OrderAssigned a => s with
        {
            Stage = OrderStage.Assigned,
            Worker = a.Worker,
            Unit = a.Unit,
            AcceptDue = a.AcceptDue,
        },
        OrderEvent.WorkerWanted w => s with { Stage = OrderStage.Opened, Worker = null, AcceptDue = w.AssignDue },
        OrderEvent.OrderAccepted a => s with { Stage = OrderStage.InProgress, Workers = s.Workers.Add(a.By) },
        OrderEvent.OrderDeclined d => s with { Stage = OrderStage.Opened, Worker = null, AcceptDue = d.AssignDue },
        OrderEvent.ProgressTold p => s with { Progress = p.Text },
        OrderEvent.ResidentNoted or OrderEvent.WorkerNoted => s,
        OrderEvent.AmendmentProposed p => s with
        {
            Amendment = new Amendment(p.No, p.By, p.Price, p.Due, p.Scope, p.Reason, p.AnswerDue),
            Amendments = p.No,
        },
        OrderEvent.AmendmentAnswered a => Answered(s, a, at),
        OrderEvent.AmendmentWithdrawn => s with { Amendment = null },
        OrderEvent.OrderBecameLate => s with
        {
            Late = true,
            WasLate = true,
            Owing = Owes(s, OrderCause.Late),
        },
        OrderEvent.OrderComplaintOpened c => s with
        {
            Owing = s.Owing.Remove(c.Cause),
            Complaints = s.Complaints.Add(new OrderComplaint(c.Cause, c.Number)),
        },
        OrderEvent.OrderCancelled => s,
        OrderEvent.OrderRefused => s with { Owing = Owes(s, OrderCause.Refused) },
        OrderEvent.OrderClosed c => s with
        {
            Stage = OrderStage.Closed,
            Outcome = c.Outcome,
            ClosedAt = at,
            Amendment = null,
        },
        _ => ApplyEnding(s, e, at),
    };

    /// <summary>
    /// Consent moves the terms; the old ones stay without it, and a time that passed stays late (4.2.4).
    /// </summary>
    private static Order Answered(Order s, OrderEvent.AmendmentAnswered a, DateTimeOffset at)
    {
        var p = s.Amendment!;
        if (!a.Agreed)
            return s with { Amendment = null };
        var moves = p.Due is { } due && due > at;
        return s with
        {
            Amendment = null,
            Agreed = s.Agreed + 1,
            Price = p.Price ?? s.Price,
            Scope = p.Scope is { } scope ? s.Scope.Add(scope) : s.Scope,
            Due = moves ? p.Due!.Value : s.Due,
            Late = !moves && s.Late,
        };
    }

    private static Order ApplyEnding(Order s, OrderEvent e, DateTimeOffset at) => e switch
    {
        OrderEvent.OrderFinished f => s with
        {
            Stage = OrderStage.Done,
            Result = f.Result,
            FinishedAt = at,
            Request = new SignRequest(f.Text, f.TextHash, f.EvaluateDue),
            Workers = s.Workers.Add(f.By),
        },
        OrderEvent.EvaluationRequested r => s with
        {
            LinksIssued = r.Issue,
            Request = s.Request!.WithLink(r.Issue, r.Channel, r.Expires, r.RemindAt, at),
        },
        OrderEvent.EvaluationAttempted a => s with
        {
            Request = s.Request! with { Attempts = s.Request!.Attempts.Add(new Attempt(at, a.Channel, a.By)) },
        },
        OrderEvent.OrderEvaluated v => s with
        {
            Evaluation = v.Form,
            EvaluatedAt = at,
            Request = s.Request!.WithoutForm(null) with { Issue = 0, RemindAt = null, Unreachable = null },
            Owing = v.Bad ? Owes(s, OrderCause.BadEvaluation) : s.Owing,
        },
        OrderEvent.EvaluationRefused r => s with
        {
            Stage = OrderStage.InProgress,
            Request = null,
            FinishedAt = null,
            Result = r.Complains ? s.Result : null,
            Reopened = r.Complains ? s.Reopened : s.Reopened + 1,
            Due = r.Due ?? s.Due,
            Late = false,
            Owing = r.Complains ? Owes(s, OrderCause.NotContent) : s.Owing,
        },
        OrderEvent.EvaluationUnreachableProposed u => s with
        {
            Request = s.Request! with { Unreachable = new Pending(u.DecidedBy, u.DecideDue, u.By) },
        },
        OrderEvent.EvaluationUnreachableDecided d => s with
        {
            Request = s.Request! with { Unreachable = null, Due = d.EvaluateDue ?? s.Request!.Due },
        },
        // With a form on paper the resident was reached after all.
        OrderEvent.EvaluationPaperAttached p => s with
        {
            Request = s.Request! with { Paper = p.Paper, Unreachable = null },
        },
        OrderEvent.EvaluationTaken t => s with
        {
            Request = s.Request! with { Drawn = new Unconfirmed(t.Form, t.ConfirmDue), Unreachable = null },
        },
        OrderEvent.EvaluationDecided d => s with { Request = s.Request!.WithoutForm(d.EvaluateDue) },
        _ => throw new InvalidOperationException($"Unknown event {e?.GetType().Name}."),
    };

    /// <summary>A cause makes one complaint, however often it recurs.</summary>
    private static ImmutableList<OrderCause> Owes(Order s, OrderCause cause) =>
        s.Owing.Contains(cause) || s.Complaints.Exists(c => c.Cause == cause) ? s.Owing : s.Owing.Add(cause);
}
