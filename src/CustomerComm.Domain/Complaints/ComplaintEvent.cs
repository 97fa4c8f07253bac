using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Measures;
using CustomerComm.Domain.Outside;

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

    /// <summary>Nothing was given by which anybody could be reached or visited.</summary>
    public bool IsUnknown => Phone is null && Room is null && Conversation is null && Remark is null;

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
    /// <summary>The leader gave a final answer in writing, which names where to turn outside (4.6.1-3).</summary>
    FinallyAnswered,
}

/// <summary>Why less is made of a complaint than its words say, or nothing: one of these, with words of its own.</summary>
public enum FindingReason
{
    /// <summary>仅咨询: nobody is dissatisfied; somebody asks.</summary>
    OnlyAsks,
    /// <summary>仅建议: somebody proposes an improvement.</summary>
    OnlySuggests,
    /// <summary>仅表扬: somebody praises.</summary>
    OnlyPraises,
    /// <summary>仅报修: something is to be mended, and nobody is dissatisfied with how it was dealt with.</summary>
    OnlyRepair,
    /// <summary>无可处理内容: advertising, a greeting, a test: nothing to handle.</summary>
    NothingToHandle,
    /// <summary>重复: the same person's same complaint, which is handled under another number.</summary>
    Duplicate,
    /// <summary>不属本公司: not the company's to put right.</summary>
    OutsideScope,
    /// <summary>经核实较轻: seen on the spot, it is less grave than it was reported.</summary>
    LessGrave,
    /// <summary>归类或所指有误: it is not about what, or against whom, it was put down.</summary>
    WronglyPut,
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
    /// <paramref name="Named"/>: whom its words name besides the accused.
    /// <paramref name="Unsure"/>: the classification is too likely to be wrong to go by; triage looks twice.
    /// <paramref name="Own"/>: the member of staff who complains as a resident.
    /// <paramref name="Complainant"/>: who complains, where that is not the resident.
    /// </summary>
    public sealed record Received(
        MatterNumber Number, Personal Text, Contact Contact, Channel Channel, Language Language,
        Category Category, ImmutableArray<Category> Also, bool CategoryConfirmed, Nature Kind, Severity Severity,
        Unit Lead, ImmutableArray<Unit> Cooperating, string Clause, StaffId? Accused, ImmutableArray<StaffId> Named,
        Unit Chief, Unit Keeper, bool IsLetter, DateTimeOffset? WantedBy, Unit TriageBy, DateTimeOffset TriageDue,
        DateTimeOffset ResolveDue, string PolicyVersion, StaffId? EnteredBy, string? SourceId, string Building,
        DateTimeOffset? CallBackDue = null, bool CommunityAssumed = false, MatterNumber? Follows = null,
        bool Unsure = false, StaffId? Own = null, Complainant? Complainant = null) : ComplaintEvent;

    /// <summary>Somebody saw the letter of authority of whoever speaks for the resident (4.6.2-4).</summary>
    public sealed record AuthoritySeen(StaffId By, Personal What) : ComplaintEvent;

    /// <summary>The number never became a complaint, or the complaint had another already; it stays in sight.</summary>
    public sealed record NumberVoided(MatterNumber Number, string Reason) : ComplaintEvent;

    /// <summary>
    /// A person identified nature and category (4.6.2-1). <paramref name="Barred"/> is the unit that is barred as a
    /// whole, if any: what was asked of it falls away (4.6.1-2-D). Where less is made of it than before,
    /// <paramref name="Why"/> and <paramref name="Reason"/> say why and <paramref name="Consent"/> who consented.
    /// </summary>
    public sealed record Triaged(
        StaffId By, Nature Kind, Category Category, ImmutableArray<Category> Also, Severity Severity,
        Unit Lead, ImmutableArray<Unit> Cooperating, string Clause, StaffId? Accused, ImmutableArray<StaffId> Named,
        Unit Chief, Unit Keeper, DateTimeOffset ResolveDue, Unit? Barred = null, Personal? Reason = null, FindingReason? Why = null,
        StaffId? Consent = null, Called? Was = null) : ComplaintEvent;

    /// <summary>
    /// Somebody wants to make less of it than it is called now, or nothing (<paramref name="Found"/> is null): another
    /// decides (4.6.2-1).
    /// </summary>
    public sealed record FindingProposed(
        StaffId By, Finding? Found, FindingReason Why, Personal Reason, Unit DecidedBy, DateTimeOffset DecideDue)
        : ComplaintEvent;

    /// <summary>The decision on it. Where it was consented to, the finding or the dismissal follows.</summary>
    public sealed record FindingDecided(StaffId By, bool Consented, Personal? Comment) : ComplaintEvent;

    /// <summary>Another unit keeps the records and verifies: in the one that did, nobody is left who had no hand in it.</summary>
    public sealed record KeeperChanged(Unit Keeper) : ComplaintEvent;

    /// <summary>
    /// What the resident wrote later names staff: they keep out until the chief has looked, and who that is and who keeps the
    /// records may change by it (4.6.1-2-D).
    /// </summary>
    public sealed record StaffNamed(ImmutableArray<StaffId> Named, Unit Chief, Unit Keeper) : ComplaintEvent;

    /// <summary>
    /// Another classifier was asked what the text is about, for ours is unsure; it is asked once. Null: it gave no
    /// usable answer in time.
    /// </summary>
    public sealed record SecondOpinionTaken(SecondOpinion? Opinion) : ComplaintEvent;

    /// <summary>
    /// Somebody tried to reach whoever is in danger, or went there: <paramref name="With"/> is whom they spoke to or
    /// asked for, <paramref name="Said"/> what they were told or found. Only
    /// <paramref name="Reached"/> ends what is owed.
    /// </summary>
    public sealed record CallBackRecorded(StaffId By, Channel Channel, bool Reached, Personal With, Personal Said)
        : ComplaintEvent;

    /// <summary>
    /// Triage found that there is nothing to handle; of a complaint <paramref name="Consent"/> is who consented.
    /// </summary>
    public sealed record Dismissed(StaffId By, FindingReason Why, Personal Reason, StaffId? Consent) : ComplaintEvent;

    /// <summary>
    /// The complaint has a handler, who must accept it (4.6.2-3); <paramref name="HandedOver"/>: by another unit, which
    /// had it until then.
    /// </summary>
    public sealed record Assigned(
        StaffId Handler, Unit Unit, DateTimeOffset AcceptDue, string? Reason, bool HandedOver = false) : ComplaintEvent;

    /// <summary>The handler accepted.</summary>
    public sealed record Accepted(StaffId By) : ComplaintEvent;

    /// <summary>The handler gave the assignment back with a reason; the unit's head must find another.</summary>
    public sealed record Declined(StaffId By, Personal Reason, DateTimeOffset AssignDue) : ComplaintEvent;

    /// <summary>
    /// Progress, a contact, or further information; <paramref name="ByResident"/> tells whose words they are;
    /// <paramref name="ByRepresentative"/>: of whoever speaks for the resident.
    /// </summary>
    public sealed record Noted(
        StaffId? By, bool ByResident, Channel Channel, Personal Text, bool ByRepresentative = false) : ComplaintEvent;

    /// <summary>
    /// Another department is to cooperate (4.6.1-2-F): somebody asked it to, or the routing did
    /// (<paramref name="By"/> and <paramref name="What"/> are null).
    /// </summary>
    public sealed record CooperationAsked(StaffId? By, Unit Unit, Personal? What, DateTimeOffset Due) : ComplaintEvent;

    /// <summary>It did.</summary>
    public sealed record CooperationGiven(StaffId By, Unit Unit, Personal What) : ComplaintEvent;

    /// <summary>
    /// The department cannot solve it; the leader must instruct (4.6.1-3), or <paramref name="DecidedBy"/> where the leader
    /// has it in hand.
    /// </summary>
    public sealed record Escalated(StaffId? By, Personal Reason, DateTimeOffset InstructDue, Unit DecidedBy)
        : ComplaintEvent;

    /// <summary>
    /// The leader's instruction (4.6.1-3). A <paramref name="ResolveDue"/> before the promised time moves it; one set after
    /// that had passed is what the resident is told and no more.
    /// </summary>
    public sealed record Instructed(StaffId By, Personal Text, DateTimeOffset? ResolveDue) : ComplaintEvent;

    /// <summary>
    /// The resident was told beforehand that it takes longer (4.6.2-6); until <paramref name="AnswerBy"/> they may say no.
    /// </summary>
    public sealed record ExtensionTold(
        StaffId By, DateTimeOffset NewDue, Personal Reason, DateTimeOffset AnswerBy) : ComplaintEvent;

    /// <summary>
    /// The resident's answer; <paramref name="By"/> is the staff member who noted it, with whom they spoke to and what was
    /// said, null if they answered themselves. <paramref name="Silent"/>: they said nothing in time, which counts as
    /// agreement only where the message had reached them.
    /// </summary>
    public sealed record ExtensionAnswered(
        StaffId? By, bool Agreed, DateTimeOffset NewDue, Channel? Channel, Personal? With = null, Personal? Said = null,
        bool Silent = false) : ComplaintEvent;

    /// <summary>The silence counts only from when the message reached the resident, so they have until then.</summary>
    public sealed record ExtensionAwaited(DateTimeOffset AnswerBy) : ComplaintEvent;

    /// <summary>It was found to be a letter, whichever way it was entered: its answer needs approval (4.6.1-2-E).</summary>
    public sealed record LetterFound(StaffId By) : ComplaintEvent;

    /// <summary>
    /// An answer to a letter was put to the leader (4.6.1-2-E), or to <paramref name="DecidedBy"/> where the leader has it in
    /// hand; <paramref name="ToObjection"/>: the answer to an objection against how the letter was answered.
    /// </summary>
    public sealed record LetterDrafted(
        StaffId By, Personal Text, DateTimeOffset ApproveDue, Unit DecidedBy, bool ToObjection) : ComplaintEvent;

    /// <summary>The leader's decision on it.</summary>
    public sealed record LetterDecided(StaffId By, bool Approved, Personal Comment) : ComplaintEvent;

    /// <summary>
    /// What was done. The resident is asked to sign exactly this text (4.6.2-4); the records are owed from now on
    /// (4.6.1-4, 4.6.1-5).
    /// </summary>
    public sealed record Resolved(
        StaffId By, Personal Text, string TextHash, int Round, DateTimeOffset SignDue, DateTimeOffset FollowUpDue,
        DateTimeOffset HandOverDue) : ComplaintEvent;

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

    /// <summary>
    /// Somebody signed by a phone that is not on file for the home, or not for this one: it counts once quality has confirmed
    /// it by a call, by <paramref name="ConfirmDue"/> (4.6.2-4).
    /// </summary>
    public sealed record SignatureTaken(SignedForm Form, DateTimeOffset ConfirmDue) : ComplaintEvent;

    /// <summary>
    /// Quality's finding on a signature that waited to be confirmed; <paramref name="With"/> is whom they spoke to.
    /// </summary>
    public sealed record SignatureDecided(
        StaffId By, bool Confirmed, Personal Comment, DateTimeOffset? SignDue, Personal? With = null) : ComplaintEvent;

    /// <summary>
    /// Everything towards the resident is done; what else is owed inside starts to run (4.6.2-5, 4.5.4).
    /// <paramref name="NoContact"/>: nobody could be asked to sign, for nothing was given by which to reach anybody.
    /// </summary>
    public sealed record Completed(
        DateTimeOffset RootCauseDue, DateTimeOffset? ReportsDue, DateTimeOffset VerifyDue, bool NoContact = false)
        : ComplaintEvent;

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
    public sealed record ReportsFiled(StaffId By, PlannedMeasure Corrective, PlannedMeasure Preventive)
        : ComplaintEvent;

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

    /// <summary>
    /// Irresponsible or untrue reporting was proven; borne by the person concerned (4.6.1-2-G). <paramref name="DecidedBy"/>
    /// says what follows.
    /// </summary>
    public sealed record MisreportProven(
        StaffId By, StaffId Concerned, Personal What, DateTimeOffset ConsequenceDue, Unit DecidedBy) : ComplaintEvent;

    /// <summary>What follows for them, decided by the chief or whoever stands in (4.6.1-2-G).</summary>
    public sealed record ConsequenceDecided(StaffId By, StaffId Concerned, Personal What) : ComplaintEvent;

    /// <summary>
    /// Something was offered to make good what went wrong; money waits for approval by <paramref name="DecidedBy"/> and is
    /// paid by <paramref name="GivenBy"/>, the rest is given by whoever handles it.
    /// </summary>
    public sealed record RemedyOffered(
        int Remedy, StaffId By, RemedyKind Kind, Personal What, decimal? Amount, Unit? DecidedBy, Unit? GivenBy,
        DateTimeOffset Due) : ComplaintEvent;

    /// <summary>The decision on it; where it was approved it is given by <paramref name="GiveDue"/>.</summary>
    public sealed record RemedyDecided(int Remedy, StaffId By, bool Approved, Personal? Comment, DateTimeOffset? GiveDue)
        : ComplaintEvent;

    /// <summary>It was given; the evidence says how and when.</summary>
    public sealed record RemedyGiven(int Remedy, StaffId By, Personal Evidence) : ComplaintEvent;

    /// <summary>
    /// The resident does not accept how it ended. The first time somebody else answers, the second time the chief
    /// (<paramref name="Level"/> 1 or 2).
    /// </summary>
    public sealed record Objected(int Level, Channel Channel, Personal Reason, Unit AnsweredBy, DateTimeOffset AnswerDue)
        : ComplaintEvent;

    /// <summary>
    /// The answer to an objection. Where it was upheld, the complaint is open again until <paramref name="ResolveDue"/>;
    /// else it may be objected to until <paramref name="ObjectUntil"/>, or no more where this was final.
    /// </summary>
    public sealed record ObjectionAnswered(
        StaffId By, int Level, bool Upheld, Personal Text, DateTimeOffset? ResolveDue, DateTimeOffset? ObjectUntil)
        : ComplaintEvent;

    /// <summary>The final answer that ends a dispute (4.6.1-3).</summary>
    public sealed record FinallyAnswered(StaffId By, Personal Text) : ComplaintEvent;

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

    /// <summary>A work order of an authority is handled as this complaint (4.6.2-2).</summary>
    public sealed record OutsideOrderTaken(StaffId? By, OutsideTerms Terms, Personal Text) : ComplaintEvent;

    /// <summary>
    /// The leading complaint moved on; the resident of this one is told. <paramref name="Round"/> is the leading complaint's.
    /// </summary>
    public sealed record LeadMoved(MatterNumber Lead, Stage Stage, int Round, DateTimeOffset ResolveDue)
        : ComplaintEvent;

    /// <summary>
    /// The complaint is closed; until <paramref name="ObjectUntil"/> the resident may object, null where there is nothing
    /// to object to. <paramref name="TellDue"/>: no message reaches whoever is to be told, so somebody tells them by then.
    /// </summary>
    public sealed record Closed(Outcome Outcome, DateTimeOffset? ObjectUntil = null, DateTimeOffset? TellDue = null)
        : ComplaintEvent;
}
