using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Orders;

/// <summary>What kind of order it is.</summary>
public enum OrderType
{
    /// <summary>报修: a repair; not paid for unless an amendment says so.</summary>
    Repair,
    /// <summary>有偿服务: a contract for a paid service; price and date are agreed beforehand.</summary>
    Service,
}

/// <summary>How an order ended.</summary>
public enum OrderOutcome
{
    /// <summary>Still open.</summary>
    None,
    /// <summary>Done, evaluated and signed by the resident (3.3).</summary>
    Evaluated,
    /// <summary>Done; the resident could not be reached, attempts are listed and were accepted.</summary>
    Unreachable,
    /// <summary>Done, but the resident complained instead of signing.</summary>
    Disputed,
    /// <summary>The resident cancelled it.</summary>
    Cancelled,
    /// <summary>The company refused it; it became a complaint.</summary>
    Refused,
}

/// <summary>Why an order became a complaint.</summary>
public enum OrderCause
{
    /// <summary>It was not carried out in time.</summary>
    Late,
    /// <summary>The company refused it.</summary>
    Refused,
    /// <summary>The resident is not content with the result.</summary>
    NotContent,
    /// <summary>The evaluation was bad.</summary>
    BadEvaluation,
    /// <summary>Its words report a danger: the complaint is opened at once.</summary>
    Danger,
}

/// <summary>
/// What has happened to an order. Stored types: a field is never renamed or removed, new ones have a default. All due
/// times were computed when the event was decided and are promises from then on.
/// </summary>
public abstract record OrderEvent
{
    private OrderEvent()
    {
    }

    /// <summary>
    /// The order has its number and its time (4.2.4). <paramref name="Complaint"/> is the complaint it came from, if any.
    /// <paramref name="Danger"/>: somebody is in danger by its words.
    /// </summary>
    public sealed record OrderOpened(
        MatterNumber Number, OrderType Kind, Personal Text, Contact Contact, Channel Channel, Language Language,
        Category Category, Severity Severity, Unit Unit, Personal? Price, DateTimeOffset? WantedBy, DateTimeOffset Due,
        MatterNumber? Complaint, StaffId? EnteredBy, string? SourceId, string PolicyVersion, bool Danger = false)
        : OrderEvent;

    /// <summary>It has a worker, who must accept it.</summary>
    public sealed record OrderAssigned(
        StaffId Worker, Unit Unit, DateTimeOffset AcceptDue, StaffId? By, Personal? Reason) : OrderEvent;

    /// <summary>Nobody of the unit is there to do it; its head must find somebody.</summary>
    public sealed record WorkerWanted(DateTimeOffset AssignDue) : OrderEvent;

    /// <summary>The worker accepted.</summary>
    public sealed record OrderAccepted(StaffId By) : OrderEvent;

    /// <summary>The worker gave it back; somebody else must be found.</summary>
    public sealed record OrderDeclined(StaffId By, Personal Reason, DateTimeOffset AssignDue) : OrderEvent;

    /// <summary>Progress, told to the resident (4.2.4).</summary>
    public sealed record ProgressTold(StaffId By, Personal Text) : OrderEvent;

    /// <summary>The resident added something.</summary>
    public sealed record ResidentNoted(Channel Channel, Personal Text) : OrderEvent;

    /// <summary>Somebody concerned noted something for those who work on it; the resident is not told.</summary>
    public sealed record WorkerNoted(StaffId By, Channel Channel, Personal Text) : OrderEvent;

    /// <summary>
    /// Other terms were put to the resident; nothing changes until they agree (4.2.4). Null: that term stays.
    /// </summary>
    public sealed record AmendmentProposed(
        int No, StaffId By, Personal? Price, DateTimeOffset? Due, Personal? Scope, Personal Reason,
        DateTimeOffset AnswerDue) : OrderEvent;

    /// <summary>
    /// The resident's answer. <paramref name="NotedBy"/> is set where the resident has neither phone nor chat and
    /// somebody other than the proposer noted it.
    /// </summary>
    public sealed record AmendmentAnswered(int No, bool Agreed, Channel Channel, StaffId? NotedBy, Personal? Comment)
        : OrderEvent;

    /// <summary>The proposal was taken back; the old terms stay.</summary>
    public sealed record AmendmentWithdrawn(int No, StaffId By) : OrderEvent;

    /// <summary>
    /// It is done. The resident is asked to judge and sign exactly <paramref name="Text"/> (3.3).
    /// </summary>
    public sealed record OrderFinished(
        StaffId By, Personal Result, Personal Text, string TextHash, int Round, DateTimeOffset EvaluateDue)
        : OrderEvent;

    /// <summary>
    /// A single-use link went to the resident: a new one, after which former ones do not work, or the last once more.
    /// </summary>
    public sealed record EvaluationRequested(
        int Issue, Channel Channel, DateTimeOffset Expires, DateTimeOffset RemindAt) : OrderEvent;

    /// <summary>Somebody tried to reach the resident for the evaluation.</summary>
    public sealed record EvaluationAttempted(StaffId By, Channel Channel, Personal Result) : OrderEvent;

    /// <summary>
    /// Somebody judged and signed by a phone that is not on file for the home, or not for this one: it counts once
    /// quality has confirmed it by a call, by <paramref name="ConfirmDue"/> (4.6.2-4).
    /// </summary>
    public sealed record EvaluationTaken(SignedForm Form, DateTimeOffset ConfirmDue) : OrderEvent;

    /// <summary>
    /// The resident judged and signed, or a form that waited was confirmed; a <paramref name="Bad"/> one becomes a
    /// complaint.
    /// </summary>
    public sealed record OrderEvaluated(SignedForm Form, bool Bad) : OrderEvent;

    /// <summary>
    /// The resident would not sign. It is done again by <paramref name="Due"/>; or, where they complain, the complaint
    /// goes on instead.
    /// </summary>
    public sealed record EvaluationRefused(Personal Reason, Channel Channel, bool Complains, DateTimeOffset? Due)
        : OrderEvent;

    /// <summary>It was asked to record "unreachable".</summary>
    public sealed record EvaluationUnreachableProposed(StaffId By, Party DecidedBy, DateTimeOffset DecideDue)
        : OrderEvent;

    /// <summary>The decision on it.</summary>
    public sealed record EvaluationUnreachableDecided(
        StaffId By, bool Approved, Personal? Comment, DateTimeOffset? EvaluateDue) : OrderEvent;

    /// <summary>A form signed on paper was entered; quality confirms it by a call.</summary>
    public sealed record EvaluationPaperAttached(PaperForm Paper) : OrderEvent;

    /// <summary>
    /// Quality's finding on an evaluation that waited to be confirmed; <paramref name="With"/> is whom they spoke to.
    /// </summary>
    public sealed record EvaluationDecided(
        StaffId By, bool Confirmed, Personal Comment, DateTimeOffset? EvaluateDue, Personal? With = null) : OrderEvent;

    /// <summary>The resident cancelled the order.</summary>
    public sealed record OrderCancelled(Channel Channel, Personal? Reason) : OrderEvent;

    /// <summary>The company refused to carry it out.</summary>
    public sealed record OrderRefused(StaffId By, Personal Reason) : OrderEvent;

    /// <summary>It was not done by its time.</summary>
    public sealed record OrderBecameLate(DateTimeOffset Due) : OrderEvent;

    /// <summary>
    /// A complaint was opened from it; null where none could be opened because there is nothing left to read.
    /// </summary>
    public sealed record OrderComplaintOpened(OrderCause Cause, MatterNumber? Number) : OrderEvent;

    /// <summary>Nothing is left to do.</summary>
    public sealed record OrderClosed(OrderOutcome Outcome) : OrderEvent;
}
