using CustomerComm.Domain.Complaints;

namespace CustomerComm.Domain.Orders;

/// <summary>What somebody wants done with an order.</summary>
public abstract record OrderCommand
{
    private OrderCommand()
    {
    }

    /// <summary>
    /// Opens it. <paramref name="Unit"/> null: the unit of the category; <paramref name="Worker"/> null: whoever is on
    /// duty there. <paramref name="Danger"/>: somebody is in danger by these words, and a complaint is owed at once.
    /// </summary>
    public sealed record Open(
        MatterNumber Number, OrderType Kind, string Text, Contact Contact, Channel Channel, Language Language,
        Category Category, Severity Severity, Unit? Unit, string? Price, DateTimeOffset? WantedBy,
        MatterNumber? Complaint, StaffId? Worker, StaffId? EnteredBy, string? SourceId, bool Danger = false)
        : OrderCommand;

    /// <summary>Gives it to a member of staff.</summary>
    public sealed record Assign(StaffId Worker, string? Reason) : OrderCommand;

    /// <summary>Accepts it.</summary>
    public sealed record Accept : OrderCommand;

    /// <summary>Gives it back.</summary>
    public sealed record Decline(string Reason) : OrderCommand;

    /// <summary>Tells the resident how it goes on.</summary>
    public sealed record TellProgress(string Text) : OrderCommand;

    /// <summary>The resident adds something, or staff note something among themselves.</summary>
    public sealed record Note(Channel Channel, string Text) : OrderCommand;

    /// <summary>Puts other terms to the resident; null leaves a term as it is.</summary>
    public sealed record ProposeAmendment(string? Price, DateTimeOffset? Due, string? Scope, string Reason)
        : OrderCommand;

    /// <summary>Answers the proposal with this number; another one meanwhile is not answered by it.</summary>
    public sealed record AnswerAmendment(int No, bool Agreed, Channel Channel, string? Comment) : OrderCommand;

    /// <summary>Takes the proposal back.</summary>
    public sealed record WithdrawAmendment : OrderCommand;

    /// <summary>It is done.</summary>
    public sealed record Finish(string Result) : OrderCommand;

    /// <summary>
    /// Sends the link to evaluate, once more while it works, else a new one: by the system, or by the resident once it
    /// is dead.
    /// </summary>
    public sealed record RequestEvaluation : OrderCommand;

    /// <summary>Judges and signs, by the link of this issue.</summary>
    public sealed record Evaluate(
        int Issue, string TokenHash, string TextHash, string Mark, int Quality, int Attitude, string? Comment)
        : OrderCommand;

    /// <summary>Does not sign: it must be done again, or becomes a complaint.</summary>
    public sealed record RefuseEvaluation(int Issue, string Reason, bool Complains) : OrderCommand;

    /// <summary>Records an attempt to reach the resident.</summary>
    public sealed record RecordAttempt(Channel Channel, string Result) : OrderCommand;

    /// <summary>Asks to record "unreachable".</summary>
    public sealed record ProposeUnreachable : OrderCommand;

    /// <summary>Decides on it.</summary>
    public sealed record DecideUnreachable(bool Approved, string? Comment) : OrderCommand;

    /// <summary>Enters a form signed on paper.</summary>
    public sealed record AttachPaper(string Scan, int Quality, int Attitude, string? Comment) : OrderCommand;

    /// <summary>
    /// Confirms an evaluation after a call or visit to the resident, or not; <paramref name="With"/> is whom that was
    /// with, which one by a phone that is not on file needs.
    /// </summary>
    public sealed record DecideSignature(bool Confirmed, string Comment, string? With = null) : OrderCommand;

    /// <summary>The resident cancels it.</summary>
    public sealed record Cancel(Channel Channel, string? Reason) : OrderCommand;

    /// <summary>The company refuses it.</summary>
    public sealed record RefuseOrder(string Reason) : OrderCommand;

    /// <summary>Records that its time has passed.</summary>
    public sealed record RecordLate : OrderCommand;

    /// <summary>Records the complaint that was opened from it.</summary>
    public sealed record LinkComplaint(OrderCause Cause, MatterNumber? Number) : OrderCommand;
}
