using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Measures;
using CustomerComm.Domain.Meetings;
using CustomerComm.Domain.Notices;
using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Outside;
using CustomerComm.Domain.Privacy;
using CustomerComm.Domain.Registers;
using CustomerComm.Domain.Reviews;
using CustomerComm.Domain.Revisits;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.Domain.Policies;

/// <summary>
/// The limits of the procedure. A complaint keeps the policy it was opened under. Every number is configuration; the
/// defaults are the company's written ones.
/// </summary>
public sealed record Policy
{
    /// <summary>Triage by the duty post (4.6.2-1). Default 30 minutes, day and night.</summary>
    public Limit Triage { get; init; } = new(30, TimeUnit.Minutes);

    /// <summary>
    /// Calling back whoever reported a danger, and each rung of the ladder after it (4.6.2-6). Default 5 minutes;
    /// counts the clock whatever its unit.
    /// </summary>
    public Limit DangerCallBack { get; init; } = new(5, TimeUnit.Minutes);

    /// <summary>Acceptance of an assignment (4.6.2-3). Default 2 hours of the clock.</summary>
    public Limit Accept { get; init; } = new(120, TimeUnit.Minutes);

    /// <summary>
    /// Solving an urgent complaint when the resident named no time (4.6.2-6). Default 4 hours of the clock.
    /// </summary>
    public Limit ResolveUrgent { get; init; } = new(240, TimeUnit.Minutes);

    /// <summary>Solving an ordinary complaint (4.6.2-6). Default 3 working days.</summary>
    public Limit ResolveOrdinary { get; init; } = new(3, TimeUnit.WorkingDays);

    /// <summary>Solving a major complaint (4.6.2-6). Default 10 working days.</summary>
    public Limit ResolveMajor { get; init; } = new(10, TimeUnit.WorkingDays);

    /// <summary>Answering what is no complaint (4.2.3). Default 2 working days.</summary>
    public Limit Answer { get; init; } = new(2, TimeUnit.WorkingDays);

    /// <summary>Cooperation of another department (4.6.1-2-F). Default 1 working day.</summary>
    public Limit Cooperate { get; init; } = new(1, TimeUnit.WorkingDays);

    /// <summary>The leader's instruction (4.6.1-3). Default 1 working day.</summary>
    public Limit Instruct { get; init; } = new(1, TimeUnit.WorkingDays);

    /// <summary>Approval of the answer to a letter (4.6.1-2-E). Default 2 working days.</summary>
    public Limit ApproveLetter { get; init; } = new(2, TimeUnit.WorkingDays);

    /// <summary>Obtaining the signature (4.6.2-4). Default 1 working day after resolving.</summary>
    public Limit ObtainSignature { get; init; } = new(1, TimeUnit.WorkingDays);

    /// <summary>How long a signing link works. Default 14 days.</summary>
    public Limit SigningLink { get; init; } = new(14, TimeUnit.Days);

    /// <summary>Attempts before "unreachable" may be recorded (4.6.2-4). Default 3.</summary>
    public int UnreachableAttempts { get; init; } = 3;

    /// <summary>Different channels among these attempts. Default 2.</summary>
    public int UnreachableChannels { get; init; } = 2;

    /// <summary>Time between the first and the last of them. Default 3 days.</summary>
    public Limit UnreachableSpan { get; init; } = new(3, TimeUnit.Days);

    /// <summary>
    /// The manager's decision on "unreachable" and quality's check of a paper signature. Default 1 working day.
    /// </summary>
    public Limit ConfirmOutcome { get; init; } = new(1, TimeUnit.WorkingDays);

    /// <summary>Contacting the resident after completion (4.6.1-4). Default 2 days.</summary>
    public Limit FollowUp { get; init; } = new(2, TimeUnit.Days);

    /// <summary>Handing the records to quality (4.6.1-5). Default 3 days.</summary>
    public Limit HandOver { get; init; } = new(3, TimeUnit.Days);

    /// <summary>
    /// Quality accepts or returns them; and the second hand-over after a return. Default 1 working day.
    /// </summary>
    public Limit CheckRecords { get; init; } = new(1, TimeUnit.WorkingDays);

    /// <summary>Cause and prevention (4.6.2-5). Default 5 working days.</summary>
    public Limit RootCause { get; init; } = new(5, TimeUnit.WorkingDays);

    /// <summary>Corrective and preventive report of a major complaint (4.6.2-5). Default 7 working days.</summary>
    public Limit Reports { get; init; } = new(7, TimeUnit.WorkingDays);

    /// <summary>Verification by quality (4.5.4). Default 10 working days.</summary>
    public Limit Verify { get; init; } = new(10, TimeUnit.WorkingDays);

    /// <summary>
    /// Time to acknowledge a lapse before the next level is told. Default 2 working hours; of an urgent matter by the
    /// clock, day and night.
    /// </summary>
    public Limit AcknowledgeLapse { get; init; } = new(120, TimeUnit.WorkingMinutes);

    /// <summary>
    /// Time an acknowledged lapse may stay undone before the next level is told. Default 1 working day; of an urgent
    /// matter as many hours by the clock.
    /// </summary>
    public Limit AfterAcknowledgement { get; init; } = new(1, TimeUnit.WorkingDays);

    /// <summary>The furthest a resident's wish or an extension may lie ahead. Default 180 days.</summary>
    public Limit Furthest { get; init; } = new(180, TimeUnit.Days);

    /// <summary>
    /// Complaints of one building and category received within this time are proposed to be joined (4.5.7). Default 30 days.
    /// </summary>
    public Limit Related { get; init; } = new(30, TimeUnit.Days);

    /// <summary>
    /// Consent to a finding that makes less of a complaint, and to its dismissal (4.6.2-1). Default 1 working day.
    /// </summary>
    public Limit Consent { get; init; } = new(1, TimeUnit.WorkingDays);

    /// <summary>
    /// How long a resident's silence to an extension they were told of must last before it counts (4.6.2-6). Default 1
    /// working day.
    /// </summary>
    public Limit ExtensionSilence { get; init; } = new(1, TimeUnit.WorkingDays);

    /// <summary>How long after the end a resident may object. Default 30 days.</summary>
    public Limit ObjectWithin { get; init; } = new(30, TimeUnit.Days);

    /// <summary>Answering a first objection (4.6.1-2-G). Default 10 working days.</summary>
    public Limit AnswerObjection { get; init; } = new(10, TimeUnit.WorkingDays);

    /// <summary>The chief's final answer to a second one (4.6.1-3). Default 20 working days.</summary>
    public Limit AnswerFinally { get; init; } = new(20, TimeUnit.WorkingDays);

    /// <summary>Approving a remedy (4.6.1-2-D). Default 2 working days.</summary>
    public Limit ApproveRemedy { get; init; } = new(2, TimeUnit.WorkingDays);

    /// <summary>Giving it once it is due (4.6.1-2-D). Default 10 working days.</summary>
    public Limit GiveRemedy { get; init; } = new(10, TimeUnit.WorkingDays);

    /// <summary>Deciding what follows from proven misreporting (4.6.1-2-G). Default 5 working days.</summary>
    public Limit Consequence { get; init; } = new(5, TimeUnit.WorkingDays);

    /// <summary>When ordinary messages to residents wait for the morning.</summary>
    public QuietHours QuietHours { get; init; } = new();

    /// <summary>Limits of the communication registers (4.2.1).</summary>
    public RegisterLimits Registers { get; init; } = new();

    /// <summary>Limits of the hotline (4.5.1, 4.5.2).</summary>
    public CallLimits Calls { get; init; } = new();

    /// <summary>Limits of notices (4.2.2).</summary>
    public NoticeLimits Notices { get; init; } = new();

    /// <summary>Limits of orders and repairs (3.3, 4.2.4).</summary>
    public OrderLimits Orders { get; init; } = new();

    /// <summary>Limits of the monthly revisit (4.5.3).</summary>
    public RevisitLimits Revisits { get; init; } = new();

    /// <summary>Limits of the monthly review and inspection (4.5.4).</summary>
    public ReviewLimits Reviews { get; init; } = new();

    /// <summary>Limits of the annual opinion survey (4.5.6).</summary>
    public SurveyLimits Surveys { get; init; } = new();

    /// <summary>Limits of meetings with the owners' committee (4.5.5).</summary>
    public MeetingLimits Meetings { get; init; } = new();

    /// <summary>Limits of corrective and preventive measures (4.6.2-5).</summary>
    public MeasureLimits Measures { get; init; } = new();

    /// <summary>Limits of work orders from outside (4.6.2-2).</summary>
    public OutsideLimits Outside { get; init; } = new();

    /// <summary>Limits of what is kept of persons.</summary>
    public PrivacyLimits Privacy { get; init; } = new();
}

/// <summary>Everything a decision is made by besides the complaint itself: all immutable.</summary>
public sealed record Rules(
    Policy Policy, string PolicyVersion, WorkingCalendar Calendar, Directory.CompanyDirectory Directory)
{
    /// <summary>
    /// The end of a limit that starts at <paramref name="start"/>; for what is <paramref name="urgent"/> working time
    /// is time by the clock, day and night.
    /// </summary>
    public DateTimeOffset Due(DateTimeOffset start, Limit limit, bool urgent = false) =>
        urgent ? Calendar.AddByClock(start, limit) : Calendar.Add(start, limit);
}
