using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <summary>Whom a complaint is about and how to reach them. Any part may be missing.</summary>
public sealed record Contact(Personal? Name, Personal? Phone, Personal? Room, string? Conversation)
{
    /// <summary>Nothing is known.</summary>
    public static Contact None { get; } = new(null, null, null, null);

    /// <summary>
    /// What stood beside the number, an extension or a second one; where no number could be read, what was given instead.
    /// </summary>
    public Personal? Remark { get; init; }

    /// <summary>The number takes calls, but no text messages: a fixed line, a 400 number.</summary>
    public bool CallsOnly { get; init; }

    /// <summary>What was given as the number is none there is: the office must ask.</summary>
    public bool PhoneUnread { get; init; }

    /// <summary>The room is none of those on file: the office must ask.</summary>
    public bool RoomUnlisted { get; init; }

    /// <summary>The number where text messages arrive, or null.</summary>
    public Personal? ForTexts() => CallsOnly ? null : Phone;
}

/// <summary>How a complaint ended.</summary>
public enum Outcome
{
    /// <summary>Still open.</summary>
    None,
    /// <summary>Resolved, records kept, verified (4.5.4).</summary>
    Verified,
    /// <summary>It was no complaint and was answered (4.2.3).</summary>
    Answered,
    /// <summary>The resident withdrew it.</summary>
    Withdrawn,
    /// <summary>Nothing to handle: advertising, a greeting, or a double; the reason was recorded.</summary>
    Dismissed,
    /// <summary>The number was allocated but never became a complaint.</summary>
    Voided,
}

/// <summary>
/// What has happened to a complaint. All due times were computed when the event was decided and are promises from then on.
/// </summary>
public abstract record ComplaintEvent
{
    private ComplaintEvent()
    {
    }

    /// <summary>
    /// A complaint came in and has its number (4.6.2-1). <paramref name="Building"/> is the one of its room, empty
    /// where it is not known. <paramref name="CallBackDue"/> is set where somebody is in danger: they are called back
    /// by then. <paramref name="CommunityAssumed"/>: nobody could say which community, so it is the first.
    /// <paramref name="Follows"/> is the resident's complaint, over by then, that this one takes up again.
    /// <paramref name="Unsure"/>: the classification is too likely to be wrong to go by; triage looks twice.
    /// </summary>
    public sealed record Received(
        MatterNumber Number, Personal Text, Contact Contact, Channel Channel, Language Language,
        Category Category, ImmutableArray<Category> Also, bool CategoryConfirmed, Nature Kind, Severity Severity,
        Unit Lead, ImmutableArray<Unit> Cooperating, string Clause, StaffId? Accused, Unit Chief, Unit Keeper,
        bool IsLetter, DateTimeOffset? WantedBy, Unit TriageBy, DateTimeOffset TriageDue, DateTimeOffset ResolveDue,
        string PolicyVersion, StaffId? EnteredBy, string? SourceId, string Building,
        DateTimeOffset? CallBackDue = null, bool CommunityAssumed = false, MatterNumber? Follows = null,
        bool Unsure = false) : ComplaintEvent;

    /// <summary>The number never became a complaint, or the complaint had another already; it stays in sight.</summary>
    public sealed record NumberVoided(MatterNumber Number, string Reason) : ComplaintEvent;

    /// <summary>
    /// A person identified nature and category (4.6.2-1). <paramref name="Barred"/> is the unit that is barred as a
    /// whole, if any: what was asked of it falls away (4.6.1-2-D). <paramref name="Reason"/> says why a
    /// danger was none.
    /// </summary>
    public sealed record Triaged(
        StaffId By, Nature Kind, Category Category, ImmutableArray<Category> Also, Severity Severity,
        Unit Lead, ImmutableArray<Unit> Cooperating, string Clause, StaffId? Accused, Unit Chief, Unit Keeper,
        DateTimeOffset ResolveDue, Unit? Barred = null, Personal? Reason = null) : ComplaintEvent;

    /// <summary>
    /// Somebody tried to reach whoever is in danger, or went there: <paramref name="With"/> is whom they spoke to or
    /// asked for, <paramref name="Said"/> what they were told or found. Only
    /// <paramref name="Reached"/> ends what is owed.
    /// </summary>
    public sealed record CallBackRecorded(StaffId By, Channel Channel, bool Reached, Personal With, Personal Said)
        : ComplaintEvent;

    /// <summary>Triage found that there is nothing to handle.</summary>
    public sealed record Dismissed(StaffId By, string Reason) : ComplaintEvent;

    /// <summary>The complaint has a handler, who must accept it (4.6.2-3).</summary>
    public sealed record Assigned(StaffId Handler, Unit Unit, DateTimeOffset AcceptDue, string? Reason)
        : ComplaintEvent;

    /// <summary>The handler accepted.</summary>
    public sealed record Accepted(StaffId By) : ComplaintEvent;

    /// <summary>The handler gave the assignment back with a reason; the unit's head must find another.</summary>
    public sealed record Declined(StaffId By, Personal Reason, DateTimeOffset AssignDue) : ComplaintEvent;

    /// <summary>
    /// Progress, a contact, or further information; <paramref name="ByResident"/> tells whose words they are.
    /// </summary>
    public sealed record Noted(StaffId? By, bool ByResident, Channel Channel, Personal Text) : ComplaintEvent;

    /// <summary>Another department was asked to cooperate (4.6.1-2-F).</summary>
    public sealed record CooperationAsked(StaffId By, Unit Unit, Personal What, DateTimeOffset Due) : ComplaintEvent;

    /// <summary>It did.</summary>
    public sealed record CooperationGiven(StaffId By, Unit Unit, Personal What) : ComplaintEvent;

    /// <summary>The department cannot solve it; the leader must instruct (4.6.1-3).</summary>
    public sealed record Escalated(StaffId? By, Personal Reason, DateTimeOffset InstructDue) : ComplaintEvent;

    /// <summary>The leader's instruction, with a new time to resolve where one was set (4.6.1-3).</summary>
    public sealed record Instructed(StaffId By, Personal Text, DateTimeOffset? ResolveDue) : ComplaintEvent;

    /// <summary>The resident was told beforehand that it takes longer (4.6.2-6).</summary>
    public sealed record ExtensionTold(StaffId By, DateTimeOffset NewDue, Personal Reason) : ComplaintEvent;

    /// <summary>
    /// The resident's answer; <paramref name="By"/> is the staff member who noted it, null if they answered
    /// themselves.
    /// </summary>
    public sealed record ExtensionAnswered(StaffId? By, bool Agreed, DateTimeOffset NewDue, Channel Channel)
        : ComplaintEvent;

    /// <summary>An answer to a letter was put to the leader (4.6.1-2-E).</summary>
    public sealed record LetterDrafted(StaffId By, Personal Text, DateTimeOffset ApproveDue) : ComplaintEvent;

    /// <summary>The leader's decision on it.</summary>
    public sealed record LetterDecided(StaffId By, bool Approved, Personal Comment) : ComplaintEvent;

    /// <summary>
    /// What was done. The resident is asked to sign exactly this text (4.6.2-4). <paramref name="Keeper"/> keeps the
    /// records and verifies from now on.
    /// </summary>
    public sealed record Resolved(
        StaffId By, Personal Text, string TextHash, int Round, DateTimeOffset SignDue, Unit Keeper)
        : ComplaintEvent;

    /// <summary>
    /// The resident was asked to sign by the link so many, which works until <paramref name="Expires"/>; they are reminded
    /// at <paramref name="RemindAt"/>, or not at all.
    /// </summary>
    public sealed record SignatureRequested(
        int Issue, Channel Channel, DateTimeOffset Expires, DateTimeOffset? RemindAt) : ComplaintEvent;

    /// <summary>Someone tried to reach the resident for the signature.</summary>
    public sealed record ContactAttempted(StaffId? By, Channel Channel, Personal Result) : ComplaintEvent;

    /// <summary>The resident signed (4.6.2-4).</summary>
    public sealed record Signed(SignedForm Form) : ComplaintEvent;

    /// <summary>The resident refused to sign and said why; the complaint is open again.</summary>
    public sealed record SignatureRefused(
        Personal Reason, Channel Channel, int? Satisfaction, DateTimeOffset ResolveDue) : ComplaintEvent;

    /// <summary>The handler asks to record "unreachable", attempts listed.</summary>
    public sealed record UnreachableProposed(StaffId By, Party DecidedBy, DateTimeOffset DecideDue) : ComplaintEvent;

    /// <summary>The manager's decision on it.</summary>
    public sealed record UnreachableDecided(StaffId By, bool Approved, Personal Comment, DateTimeOffset? SignDue)
        : ComplaintEvent;

    /// <summary>A scan of a signature on paper was attached; quality must confirm it by a call.</summary>
    public sealed record PaperAttached(PaperForm Form) : ComplaintEvent;

    /// <summary>Quality's finding on the paper signature.</summary>
    public sealed record PaperDecided(StaffId By, bool Confirmed, Personal Comment, DateTimeOffset? SignDue)
        : ComplaintEvent;

    /// <summary>
    /// Everything towards the resident is done; what is owed inside starts to run (4.6.1-4, 4.6.1-5, 4.6.2-5).
    /// </summary>
    public sealed record Completed(
        DateTimeOffset FollowUpDue, DateTimeOffset HandOverDue, DateTimeOffset RootCauseDue,
        DateTimeOffset? ReportsDue, DateTimeOffset VerifyDue) : ComplaintEvent;

    /// <summary>The resident was contacted, asked and thanked; wishes were noted (4.6.1-4).</summary>
    public sealed record FollowedUp(StaffId By, Channel Channel, Personal Opinion, Personal? Wishes) : ComplaintEvent;

    /// <summary>The records went to quality (4.6.1-5).</summary>
    public sealed record RecordsHandedOver(StaffId By, DateTimeOffset CheckDue) : ComplaintEvent;

    /// <summary>Quality accepted or returned them.</summary>
    public sealed record RecordsChecked(StaffId By, bool Complete, Personal? Reason, DateTimeOffset? HandOverDue)
        : ComplaintEvent;

    /// <summary>Cause and prevention (4.6.2-5).</summary>
    public sealed record RootCauseFound(StaffId By, Personal Cause, Personal Prevention) : ComplaintEvent;

    /// <summary>Corrective and preventive action report of a major complaint (4.6.2-5).</summary>
    public sealed record ReportsFiled(StaffId By, Personal Corrective, Personal Preventive) : ComplaintEvent;

    /// <summary>Quality verified the result (4.5.4); where it does not hold, the complaint is open again.</summary>
    public sealed record Verified(StaffId By, bool Holds, Personal Comment, DateTimeOffset? ResolveDue)
        : ComplaintEvent;

    /// <summary>
    /// It was no complaint; the answer given (4.2.3), and to what it came: <paramref name="Praised"/> for praise,
    /// <paramref name="AboutCommunication"/> for suggestions (4.5.7).
    /// </summary>
    public sealed record Answered(
        StaffId By, Personal Text, AnswerKind As = AnswerKind.Concrete, StaffId? Praised = null,
        bool AboutCommunication = false) : ComplaintEvent;

    /// <summary>The resident withdrew the complaint.</summary>
    public sealed record Withdrawn(Channel Channel, Personal? Reason) : ComplaintEvent;

    /// <summary>Irresponsible or untrue reporting was proven; borne by the person concerned (4.6.1-2-G).</summary>
    public sealed record MisreportProven(StaffId By, StaffId Concerned, Personal What) : ComplaintEvent;

    /// <summary>
    /// It is about the same place and problem as another complaint, which leads and stands at <paramref name="LeadStage"/>
    /// in that round (4.5.7).
    /// </summary>
    public sealed record Joined(StaffId By, MatterNumber Lead, Stage LeadStage, int LeadRound) : ComplaintEvent;

    /// <summary>It stands alone again.</summary>
    public sealed record Separated(StaffId By, MatterNumber Lead) : ComplaintEvent;

    /// <summary>Another complaint was joined to this one, which leads (4.5.7).</summary>
    public sealed record FollowerTaken(StaffId By, MatterNumber Follower) : ComplaintEvent;

    /// <summary>That complaint stands alone again, or was never joined after all.</summary>
    public sealed record FollowerLeft(MatterNumber Follower) : ComplaintEvent;

    /// <summary>
    /// The leading complaint moved on; the resident of this one is told. <paramref name="Round"/> is the leading complaint's.
    /// </summary>
    public sealed record LeadMoved(MatterNumber Lead, Stage Stage, int Round, DateTimeOffset ResolveDue)
        : ComplaintEvent;

    /// <summary>The complaint is closed.</summary>
    public sealed record Closed(Outcome Outcome) : ComplaintEvent;
}
