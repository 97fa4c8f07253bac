using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Outside;

/// <summary>What can happen to a work order from outside. Stored types: a field is never renamed or removed.</summary>
public abstract record OutsideEvent
{
    private OutsideEvent()
    {
    }

    /// <summary>
    /// It was taken on as a complaint and runs by its own clock (4.6.2-2). <paramref name="Contact"/> is whom it is about.
    /// </summary>
    public sealed record OutsideBegun(
        MatterNumber Complaint, OutsideTerms Terms, Personal Text, Contact Contact, StaffId? EnteredBy,
        OutsideSides Sides, Unit Judge, string PolicyVersion) : OutsideEvent;

    /// <summary>
    /// The sides of the complaint changed; <paramref name="HandedTo"/> is who owes the reply now, null where that is the
    /// same as before.
    /// </summary>
    public sealed record OutsideSidesChanged(OutsideSides Sides, Unit Judge, Party? HandedTo) : OutsideEvent;

    /// <summary>The same order came again with other words; its times stand.</summary>
    public sealed record OutsideWordsAdded(StaffId? By, Personal Text) : OutsideEvent;

    /// <summary>The authority sent it back after it had been replied to or given back; its clock runs anew.</summary>
    public sealed record OutsideCameBack(StaffId? By, OutsideTerms Terms, Personal Text) : OutsideEvent;

    /// <summary>
    /// Somebody tried to reach the resident: <paramref name="With"/> is whom they spoke to or asked for. Only
    /// <paramref name="Reached"/> ends what is owed.
    /// </summary>
    public sealed record OutsideContacted(StaffId By, Channel Channel, bool Reached, Personal With, Personal Said)
        : OutsideEvent;

    /// <summary>Somebody wants to give it back; another decides, and every time runs on until then.</summary>
    public sealed record OutsideReturnProposed(
        StaffId By, ReturnReason Why, Personal Words, Unit Judge, DateTimeOffset DecideDue) : OutsideEvent;

    /// <summary>The decision on it.</summary>
    public sealed record OutsideReturnDecided(StaffId By, bool Consented, Personal? Comment) : OutsideEvent;

    /// <summary>A reply was written; another approves it.</summary>
    public sealed record OutsideReplyDrafted(StaffId By, Personal Text, Unit Judge, DateTimeOffset ApproveDue)
        : OutsideEvent;

    /// <summary>
    /// The decision on the reply; approved, it is given. The resident is called back by <paramref name="CallBackDue"/>, null
    /// where nobody can be.
    /// </summary>
    public sealed record OutsideReplyDecided(
        StaffId By, bool Approved, Personal? Comment, Unit Judge, DateTimeOffset? CallBackDue) : OutsideEvent;

    /// <summary>
    /// An independent call-back; <paramref name="Answers"/> is null where nobody was reached, and <paramref name="Last"/>
    /// where it is tried no more.
    /// </summary>
    public sealed record OutsideCalledBack(StaffId By, CallBackAnswers? Answers, Personal Said, bool Last)
        : OutsideEvent;
}
