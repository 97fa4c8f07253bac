using System.Collections.Immutable;
using CustomerComm.Domain.Measures;
using CustomerComm.Domain.Outside;

namespace CustomerComm.Domain.Complaints;

/// <summary>What somebody wants done in a complaint.</summary>
public abstract record ComplaintCommand
{
    private ComplaintCommand()
    {
    }

    /// <summary>
    /// Opens the complaint. The classification is a suggestion unless the resident confirmed the category.
    /// <paramref name="Danger"/>: somebody is in danger by these words, whatever kind of message they are.
    /// <paramref name="CommunityAssumed"/>: nobody could say which community.
    /// <paramref name="Unsure"/>: the classification is too likely to be wrong to go by.
    /// <paramref name="Outside"/>: the work order of an authority that it came as.
    /// <paramref name="Complainant"/>: who complains, where that is not the resident; <paramref name="AuthoritySeen"/>:
    /// their letter of authority, as whoever enters it has seen it.
    /// </summary>
    public sealed record Receive(
        MatterNumber Number, string Text, Contact Contact, Channel Channel, Language Language,
        Category Category, ImmutableArray<Category> Also, bool CategoryConfirmed, Nature Kind, Severity Severity,
        bool IsLetter, DateTimeOffset? WantedBy, StaffId? EnteredBy, string? SourceId, bool Danger = false,
        bool CommunityAssumed = false, MatterNumber? Follows = null, bool Unsure = false, OutsideDelivery? Outside = null,
        Complainant? Complainant = null, string? AuthoritySeen = null) : ComplaintCommand;

    /// <summary>Voids a number that led nowhere.</summary>
    public sealed record VoidNumber(MatterNumber Number, string Reason) : ComplaintCommand;

    /// <summary>
    /// Identifies nature and category; <paramref name="Handler"/> may be named, else the one on duty gets it. To call a
    /// complaint something less needs a <paramref name="Why"/> and a <paramref name="Reason"/>, and waits for somebody
    /// else's consent.
    /// </summary>
    public sealed record Triage(
        Nature Kind, Category Category, ImmutableArray<Category> Also, Severity Severity, StaffId? Accused,
        StaffId? Handler, string? Reason = null, FindingReason? Why = null) : ComplaintCommand;

    /// <summary>Consents to a finding that makes less of a complaint, or to its dismissal; or not.</summary>
    public sealed record DecideFinding(bool Consented, string? Comment) : ComplaintCommand;

    /// <summary>Keeps what another classifier said of the text, or that it said nothing usable.</summary>
    public sealed record TakeSecondOpinion(SecondOpinion? Opinion) : ComplaintCommand;

    /// <summary>
    /// Records an attempt to call back whoever is in danger: whom it was with and what was said.
    /// </summary>
    public sealed record RecordCallBack(Channel Channel, bool Reached, string With, string Said) : ComplaintCommand;

    /// <summary>There is nothing to handle. Of a complaint it waits for somebody else's consent.</summary>
    public sealed record Dismiss(FindingReason Why, string Reason) : ComplaintCommand;

    /// <summary>Gives the complaint to a member of staff.</summary>
    public sealed record Assign(StaffId Handler, string? Reason) : ComplaintCommand;

    /// <summary>Accepts the assignment.</summary>
    public sealed record Accept : ComplaintCommand;

    /// <summary>Gives the assignment back.</summary>
    public sealed record Decline(string Reason) : ComplaintCommand;

    /// <summary>Hands the complaint to another unit (4.6.2-3: not to be shifted, so a reason is needed).</summary>
    public sealed record HandOver(Unit Unit, string Reason) : ComplaintCommand;

    /// <summary>
    /// Adds progress or information; <paramref name="ByRepresentative"/>: words of whoever speaks for the resident.
    /// </summary>
    public sealed record Note(Channel Channel, string Text, bool ByRepresentative = false) : ComplaintCommand;

    /// <summary>Asks a unit to cooperate.</summary>
    public sealed record AskCooperation(Unit Unit, string What) : ComplaintCommand;

    /// <summary>Tells what the unit did.</summary>
    public sealed record GiveCooperation(string What) : ComplaintCommand;

    /// <summary>Puts what cannot be solved to the leader.</summary>
    public sealed record Escalate(string Reason) : ComplaintCommand;

    /// <summary>Instructs, with a new time to resolve if wanted.</summary>
    public sealed record Instruct(string Text, DateTimeOffset? ResolveDue) : ComplaintCommand;

    /// <summary>Tells the resident beforehand that it takes longer.</summary>
    public sealed record TellExtension(DateTimeOffset NewDue, string Reason) : ComplaintCommand;

    /// <summary>
    /// The resident's answer to it. What staff note needs whom they spoke to and what was said; consent is noted by a
    /// second person only.
    /// </summary>
    public sealed record AnswerExtension(bool Agreed, Channel Channel, string? With = null, string? Said = null)
        : ComplaintCommand;

    /// <summary>
    /// The time to answer it is over and the resident said nothing; <paramref name="ReachedAt"/>: when the message that
    /// told them arrived, null where it did not.
    /// </summary>
    public sealed record TakeSilence(DateTimeOffset? ReachedAt) : ComplaintCommand;

    /// <summary>It is a letter, whichever way it was entered (4.6.1-2-E). Cannot be taken back.</summary>
    public sealed record TreatAsLetter : ComplaintCommand;

    /// <summary>Puts the answer to a letter to the leader.</summary>
    public sealed record DraftLetter(string Text) : ComplaintCommand;

    /// <summary>
    /// Approves or refuses it. <paramref name="TextHash"/> is the hash of the text that was read; where it is given and
    /// the draft has been replaced meanwhile, nothing is decided.
    /// </summary>
    public sealed record DecideLetter(bool Approved, string? Comment, string? TextHash = null) : ComplaintCommand;

    /// <summary>Records what was done.</summary>
    public sealed record Resolve(string Text) : ComplaintCommand;

    /// <summary>Issues the signing link; the resident may ask for a new one where the last is dead.</summary>
    public sealed record RequestSignature : ComplaintCommand;

    /// <summary>Records an attempt to reach the resident.</summary>
    public sealed record RecordAttempt(Channel Channel, string Result) : ComplaintCommand;

    /// <summary>
    /// Signs the resolution shown. <paramref name="Mark"/> is the drawn signature; <paramref name="AsRepresentative"/>: by
    /// the link that went to whoever speaks for the resident.
    /// </summary>
    public sealed record Sign(
        int Issue, string TokenHash, string TextHash, string Mark, int Satisfaction, string? Comment,
        bool AsRepresentative = false) : ComplaintCommand;

    /// <summary>Refuses to sign.</summary>
    public sealed record RefuseSignature(int Issue, string Reason, int? Satisfaction, bool AsRepresentative = false)
        : ComplaintCommand;

    /// <summary>Records that the letter of authority of whoever speaks for the resident was seen.</summary>
    public sealed record SeeAuthority(string What) : ComplaintCommand;

    /// <summary>
    /// The resident says, by a way that is known to be theirs, that it is not solved: as good as a refusal on the page.
    /// </summary>
    public sealed record RefuseInWords(Channel Channel, string Reason) : ComplaintCommand;

    /// <summary>
    /// Ends a dispute that went on after repeated attempts with a final answer in writing (4.6.1-3).
    /// </summary>
    public sealed record AnswerFinally(string Text) : ComplaintCommand;

    /// <summary>The resident does not accept how the complaint ended.</summary>
    public sealed record Object(Channel Channel, string Reason) : ComplaintCommand;

    /// <summary>Answers the objection: it is taken up again, or it stays as it is, and why.</summary>
    public sealed record AnswerObjection(bool Upheld, string Text) : ComplaintCommand;

    /// <summary>Offers the resident something to make good what went wrong.</summary>
    public sealed record OfferRemedy(RemedyKind Kind, string What, decimal? Amount) : ComplaintCommand;

    /// <summary>Approves a remedy or not.</summary>
    public sealed record DecideRemedy(int Remedy, bool Approved, string? Comment) : ComplaintCommand;

    /// <summary>Records that it was given: the apology said, the work done, the money paid.</summary>
    public sealed record GiveRemedy(int Remedy, string Evidence) : ComplaintCommand;

    /// <summary>Asks that "unreachable" be recorded.</summary>
    public sealed record ProposeUnreachable : ComplaintCommand;

    /// <summary>Decides on it.</summary>
    public sealed record DecideUnreachable(bool Approved, string Comment) : ComplaintCommand;

    /// <summary>
    /// Attaches the scan of a signature on paper; <paramref name="ByRepresentative"/>: not the resident signed it.
    /// </summary>
    public sealed record AttachPaper(string Scan, int Satisfaction, bool ByRepresentative = false) : ComplaintCommand;

    /// <summary>
    /// Confirms a signature after a call or visit to the resident, or not; <paramref name="With"/> is whom that was with,
    /// which a signature by a phone that is not on file needs.
    /// </summary>
    public sealed record DecideSignature(bool Confirmed, string Comment, string? With = null) : ComplaintCommand;

    /// <summary>Notes the contact after completion.</summary>
    public sealed record FollowUp(Channel Channel, string Opinion, string? Wishes) : ComplaintCommand;

    /// <summary>Hands the records to quality.</summary>
    public sealed record HandOverRecords : ComplaintCommand;

    /// <summary>Accepts or returns them.</summary>
    public sealed record CheckRecords(bool Accepted, string? Reason) : ComplaintCommand;

    /// <summary>Records cause and prevention.</summary>
    public sealed record FindRootCause(string Cause, string Prevention) : ComplaintCommand;

    /// <summary>Files both reports.</summary>
    public sealed record FileReports(PlannedMeasure Corrective, PlannedMeasure Preventive) : ComplaintCommand;

    /// <summary>Verifies the result.</summary>
    public sealed record Verify(bool Holds, string Comment) : ComplaintCommand;

    /// <summary>Answers what is no complaint.</summary>
    public sealed record Answer(string Text) : ComplaintCommand;

    /// <summary>Says that an enquiry is outside the scope of service, and what to do instead (4.2.3).</summary>
    public sealed record DeclareOutOfScope(string Instead) : ComplaintCommand;

    /// <summary>
    /// Adopts a suggestion or not; <paramref name="AboutCommunication"/> counts it towards better communication
    /// (4.5.7).
    /// </summary>
    public sealed record DecideSuggestion(bool Adopted, string Reason, bool AboutCommunication) : ComplaintCommand;

    /// <summary>Thanks for praise and passes it on (4.5.4).</summary>
    public sealed record PassOnPraise(StaffId? Praised, string Text) : ComplaintCommand;

    /// <summary>Withdraws the complaint.</summary>
    public sealed record Withdraw(Channel Channel, string? Reason) : ComplaintCommand;

    /// <summary>Records proven misreporting.</summary>
    public sealed record ProveMisreport(StaffId Concerned, string What) : ComplaintCommand;

    /// <summary>What follows for whoever reported untruly (4.6.1-2-G).</summary>
    public sealed record DecideConsequence(StaffId Concerned, string What) : ComplaintCommand;

    /// <summary>Joins the complaint to another about the same place and problem, which leads.</summary>
    public sealed record Join(Complaint Lead) : ComplaintCommand;

    /// <summary>Lets it stand alone again.</summary>
    public sealed record Separate : ComplaintCommand;

    /// <summary>The other side of <see cref="Join"/>, given to the leading complaint first.</summary>
    public sealed record TakeFollower(Complaint Follower) : ComplaintCommand;

    /// <summary>The other side of <see cref="Separate"/>.</summary>
    public sealed record DropFollower(Complaint Follower) : ComplaintCommand;

    /// <summary>A work order of an authority about what is handled here already (4.6.2-2).</summary>
    public sealed record TakeOutsideOrder(OutsideDelivery Delivery, string Text) : ComplaintCommand;

    /// <summary>Tells the resident of a joined complaint how the leading one stands.</summary>
    public sealed record TellLeadMoved(Complaint Lead) : ComplaintCommand;
}
