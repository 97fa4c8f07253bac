using System.Collections.Immutable;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Revisits;

/// <summary>How a revisit ended.</summary>
public enum RevisitOutcome
{
    /// <summary>Still open.</summary>
    None,
    /// <summary>The resident judged and signed: the record is valid (4.5.3).</summary>
    Signed,
    /// <summary>The resident did not want to be asked.</summary>
    Declined,
    /// <summary>The resident could not be reached; attempts are listed and were accepted.</summary>
    Unreachable,
}

/// <summary>
/// What is revisited: the repair or complaint of this number, whose stream is <paramref name="Stream"/>.
/// <paramref name="Handler"/> did the work last, <paramref name="Worked"/> are all who did in any round;
/// <paramref name="At"/> is when it was finished or closed.
/// </summary>
public sealed record RevisitedItem(
    string Number, string Matter, string Stream, Category Category, StaffId? Handler, ImmutableArray<StaffId> Worked,
    DateTimeOffset At);

/// <summary>
/// Who revisits: the office, unless the item was against somebody there. <paramref name="Reviewer"/> confirms forms
/// that wait, <paramref name="Chief"/> decides where a unit cannot.
/// </summary>
public sealed record RevisitSides(Unit Owner, Unit Reviewer, Unit Chief)
{
    /// <summary>Of a complaint: whose side it is against neither asks nor reads the answer (4.6.1-2-D).</summary>
    public static RevisitSides Of(Complaint s) =>
        new(s.Against.Count == 0 ? Unit.Office : s.Keeper, s.Keeper, s.Chief);
}

/// <summary>
/// What has happened to a revisit. Stored types: a field is never renamed or removed, new ones have a default.
/// </summary>
public abstract record RevisitEvent
{
    private RevisitEvent()
    {
    }

    /// <summary>
    /// The item was picked in the revisit of <paramref name="Month"/> (<c>yyyy-MM</c>, the month it was finished in).
    /// The resident is asked about exactly <paramref name="Text"/>.
    /// </summary>
    public sealed record RevisitPlanned(
        CommunityId Community, string Month, RevisitedItem Item, Contact Contact, Language Language, Personal Text,
        string TextHash, RevisitSides Sides, DateTimeOffset Due, string PolicyVersion) : RevisitEvent;

    /// <summary>
    /// A single-use link went to the resident: a new one, after which former ones do not work, or the last once more.
    /// </summary>
    public sealed record RevisitAsked(int Issue, Channel Channel, DateTimeOffset Expires, DateTimeOffset RemindAt)
        : RevisitEvent;

    /// <summary>Somebody tried to reach the resident.</summary>
    public sealed record RevisitAttempted(StaffId By, Channel Channel, Personal Result) : RevisitEvent;

    /// <summary>
    /// Somebody judged and signed by a phone that is not on file for the home, or not for this one: it counts once the
    /// reviewer has confirmed it by a call, by <paramref name="ConfirmDue"/> (4.6.2-4).
    /// </summary>
    public sealed record RevisitTaken(SignedForm Form, DateTimeOffset ConfirmDue) : RevisitEvent;

    /// <summary>
    /// The resident judged and signed, or a form that waited was confirmed; a <paramref name="Bad"/> answer becomes a
    /// complaint.
    /// </summary>
    public sealed record RevisitSigned(SignedForm Form, bool Bad) : RevisitEvent;

    /// <summary>The resident did not want to be asked.</summary>
    public sealed record RevisitDeclined(Channel Channel, Personal? Reason) : RevisitEvent;

    /// <summary>It was asked to record "unreachable".</summary>
    public sealed record RevisitUnreachableProposed(StaffId By, Party DecidedBy, DateTimeOffset DecideDue)
        : RevisitEvent;

    /// <summary>The decision on it.</summary>
    public sealed record RevisitUnreachableDecided(
        StaffId By, bool Approved, Personal? Comment, DateTimeOffset? RevisitDue) : RevisitEvent;

    /// <summary>
    /// A visit made in person was entered with the form the resident signed; quality confirms it by a call.
    /// </summary>
    public sealed record VisitEntered(PaperForm Paper, DateTimeOffset VisitedAt) : RevisitEvent;

    /// <summary>
    /// The reviewer's finding on a form that waited to be confirmed; <paramref name="With"/> is whom they spoke to.
    /// </summary>
    public sealed record RevisitDecided(
        StaffId By, bool Confirmed, Personal Comment, DateTimeOffset? RevisitDue, Personal? With = null) : RevisitEvent;

    /// <summary>A complaint was opened from the answer; null where none could be opened.</summary>
    public sealed record RevisitComplaintOpened(MatterNumber? Number) : RevisitEvent;

    /// <summary>Nothing is left to do.</summary>
    public sealed record RevisitClosed(RevisitOutcome Outcome) : RevisitEvent;
}

/// <summary>What somebody wants done with a revisit.</summary>
public abstract record RevisitCommand
{
    private RevisitCommand()
    {
    }

    /// <summary>Picks an item and asks its resident.</summary>
    public sealed record Plan(
        CommunityId Community, string Month, RevisitedItem Item, Contact Contact, Language Language, string Text,
        RevisitSides Sides) : RevisitCommand;

    /// <summary>
    /// Sends the link, once more while it works, else a new one: by the system, or by the resident once it is dead.
    /// </summary>
    public sealed record Ask : RevisitCommand;

    /// <summary>Records an attempt to reach the resident.</summary>
    public sealed record RecordAttempt(Channel Channel, string Result) : RevisitCommand;

    /// <summary>Judges and signs, by the link of this issue.</summary>
    public sealed record Sign(
        int Issue, string TokenHash, string TextHash, string Mark, Judgement Judgement, string? Comment)
        : RevisitCommand;

    /// <summary>Does not want to be asked.</summary>
    public sealed record Decline(int Issue, string? Reason) : RevisitCommand;

    /// <summary>Asks to record "unreachable".</summary>
    public sealed record ProposeUnreachable : RevisitCommand;

    /// <summary>Decides on it.</summary>
    public sealed record DecideUnreachable(bool Approved, string? Comment) : RevisitCommand;

    /// <summary>Enters a visit made in person with the scan of the signed form.</summary>
    public sealed record EnterVisit(DateTimeOffset VisitedAt, string Scan, Judgement Judgement, string? Comment)
        : RevisitCommand;

    /// <summary>
    /// Confirms a form after a call to the resident, or not; <paramref name="With"/> is whom that was with, which one
    /// signed by a phone that is not on file needs.
    /// </summary>
    public sealed record DecideSignature(bool Confirmed, string Comment, string? With = null) : RevisitCommand;

    /// <summary>Records the complaint that was opened from the answer.</summary>
    public sealed record LinkComplaint(MatterNumber? Number) : RevisitCommand;
}
