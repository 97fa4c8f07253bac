using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Outside;

namespace CustomerComm.Domain.Complaints;

/// <summary>Where a complaint stands.</summary>
public enum Stage
{
    /// <summary>Received; nobody has it yet.</summary>
    Received,
    /// <summary>Assigned; the handler has not accepted.</summary>
    Assigned,
    /// <summary>Being handled.</summary>
    InProgress,
    /// <summary>No complaint; an answer is owed.</summary>
    Answering,
    /// <summary>Resolved; the resident's signature is sought.</summary>
    Resolved,
    /// <summary>Signed, or an honest other outcome; records and verification are owed.</summary>
    Completed,
    /// <summary>It had ended; the resident objected, and an answer is owed.</summary>
    Objected,
    /// <summary>Closed.</summary>
    Closed,
}

/// <summary>A complaint as its events left it. Immutable; <see cref="Evolve"/> is the only way forward.</summary>
public sealed partial record Complaint : IMatterState
{
    /// <summary>The intake as received.</summary>
    public required ComplaintEvent.Received Intake { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>When the resident said something last, by whatever way.</summary>
    public DateTimeOffset? SpokeAt { get; init; }

    /// <summary>Where it stands.</summary>
    public Stage Stage { get; init; }

    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>Kind, as last decided.</summary>
    public Nature Kind { get; init; }

    /// <summary>Category, as last decided.</summary>
    public Category Category { get; init; }

    /// <summary>Further concerns.</summary>
    public ImmutableArray<Category> Also { get; init; } = [];

    /// <summary>Severity, as last decided.</summary>
    public Severity Severity { get; init; }

    /// <summary>The unit that leads.</summary>
    public Unit Lead { get; init; }

    /// <summary>Units that cooperate (4.6.1-2-F).</summary>
    public ImmutableArray<Unit> Cooperating { get; init; } = [];

    /// <summary>The clause that routed it.</summary>
    public string Clause { get; init; } = "";

    /// <summary>The member of staff it is against, if any.</summary>
    public StaffId? Accused { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<StaffId> Against { get; init; } = [];

    /// <inheritdoc/>
    public StaffId? Own => Intake.Own;

    /// <summary>Whom its words name, besides the accused, until the chief has looked (4.6.1-2-D).</summary>
    public ImmutableArray<StaffId> Named { get; init; } = [];

    /// <summary>The chief has looked at whom its words name: none of them is barred for their name alone.</summary>
    public bool NamesSeen { get; init; }

    /// <summary>Whom the chief has looked at: written of again, they need not keep out again.</summary>
    public ImmutableHashSet<StaffId> Cleared { get; init; } = [];

    /// <summary>Who instructs and approves: the leader in charge, or quality where it is against the leader.</summary>
    public Unit Chief { get; init; }

    /// <summary>
    /// Who keeps the records and verifies: quality, or the office where it is against quality's head.
    /// </summary>
    public Unit Keeper { get; init; }

    /// <summary>A person has identified nature and category.</summary>
    public bool Triaged { get; init; }

    /// <summary>It was called a complaint or a repair at any time, whatever it is called now.</summary>
    public bool EverComplaint { get; init; }

    /// <summary>A finding that makes less of it, waiting for somebody else's consent (4.6.2-1).</summary>
    public ProposedFinding? Proposed { get; init; }

    /// <summary>Why less was made of it, where that was consented to.</summary>
    public FindingReason? Lowered { get; init; }

    /// <summary>How often one unit handed it to another.</summary>
    public int HandOvers { get; init; }

    /// <summary>What another classifier said of the text; null where it was not asked or has not answered.</summary>
    public ComplaintEvent.SecondOpinionTaken? SecondOpinion { get; init; }

    /// <summary>Who handles it now, and for which unit.</summary>
    public StaffId? Handler { get; init; }

    /// <summary>The unit the handler works for in this complaint.</summary>
    public Unit HandlingUnit { get; init; }

    /// <summary>Acceptance, or a new assignment, is owed by then.</summary>
    public DateTimeOffset AcceptDue { get; init; }

    /// <summary>Whoever is in danger must be called back by then; null where that was done or nobody is.</summary>
    public DateTimeOffset? CallBackDue { get; init; }

    /// <summary>Who calls them back.</summary>
    public Unit CallBackBy { get; init; }

    /// <summary>The call-back that reached somebody.</summary>
    public ComplaintEvent.CallBackRecorded? CalledBack { get; init; }

    /// <summary>It must be solved by then (4.6.2-6).</summary>
    public DateTimeOffset ResolveDue { get; init; }

    /// <summary>
    /// What was promised first, as far as the resident did not agree to more: by this it is on time or late (4.6.2-6).
    /// </summary>
    public DateTimeOffset FirstPromise { get; init; }

    /// <summary>A later time that the resident was told of when the promised one had passed; it excuses nothing.</summary>
    public DateTimeOffset? ToldDue { get; init; }

    /// <summary>The resident said no to an extension; only their own word changes that.</summary>
    public bool ExtensionRefused { get; init; }

    /// <summary>
    /// The resident said that it is not solved, and has not signed since: what they write besides does not take it back.
    /// </summary>
    public bool SaysUnsolved { get; init; }

    /// <summary>Nobody could be told by message how it ended: by then somebody has told them otherwise (4.2.3).</summary>
    public DateTimeOffset? TellDue { get; init; }

    /// <summary>
    /// Everybody who has handled it, or acted for whoever does: none of them may judge it (4.5.4).
    /// </summary>
    public ImmutableHashSet<StaffId> Handlers { get; init; } = [];

    /// <summary>Everybody who judged it: verified, dismissed, consented, answered an objection.</summary>
    public ImmutableHashSet<StaffId> Judges { get; init; } = [];

    /// <summary>Departments asked to cooperate.</summary>
    public ImmutableList<Cooperation> Cooperations { get; init; } = [];

    /// <summary>The leader must instruct by then.</summary>
    public DateTimeOffset? InstructDue { get; init; }

    /// <summary>Who instructs, while that is owed: the chief, or whoever stands above where the chief has it in hand.</summary>
    public Unit InstructBy { get; init; }

    /// <summary>An extension waiting for the resident's answer.</summary>
    public Extension? Extension { get; init; }

    /// <summary>The answer to a letter.</summary>
    public LetterAnswer? Letter { get; init; }

    /// <summary>To what the answer came, where it was no complaint.</summary>
    public AnswerKind? AnsweredAs { get; init; }

    /// <summary>A suggestion about communication (4.5.7).</summary>
    public bool AboutCommunication { get; init; }

    /// <summary>What was done, as put to the resident.</summary>
    public Resolution? Resolution { get; init; }

    /// <summary>What the resident is asked to sign while the signature is sought.</summary>
    public SignRequest? Request { get; init; }

    /// <summary>How many links were issued so far.</summary>
    public int LinksIssued { get; init; }

    /// <summary>The signature that stands.</summary>
    public SignedForm? Signature { get; init; }

    /// <summary>When it was signed.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>The signature that stands, or the one that waits to be confirmed.</summary>
    public SignedForm? Given => Signature ?? Request?.Drawn?.Form;

    /// <summary>"Unreachable" was approved.</summary>
    public bool WasUnreachable { get; init; }

    /// <summary>It was completed without a signature, for nothing was given by which to reach anybody.</summary>
    public bool NoContact { get; init; }

    /// <summary>The objection that waits for its answer.</summary>
    public Objection? Objection { get; init; }

    /// <summary>The resident took it back: the complaint, or the last objection.</summary>
    public bool Withdrew { get; init; }

    /// <summary>How often was objected.</summary>
    public int Objections { get; init; }

    /// <summary>Until when the resident may object to how it ended; null: no more.</summary>
    public DateTimeOffset? ObjectUntil { get; init; }

    /// <summary>What was offered to make good.</summary>
    public ImmutableList<Remedy> Remedies { get; init; } = [];

    /// <summary>Proven misreporting of which nobody has said yet what follows.</summary>
    public ImmutableList<Misreport> Misreports { get; init; } = [];

    /// <summary>How often it was opened again.</summary>
    public int Reopened { get; init; }

    /// <summary>How often the resident had it opened again: they refused it, or their objection was upheld.</summary>
    public int Refusals { get; init; }

    /// <summary>Everybody who answered an objection.</summary>
    public ImmutableHashSet<StaffId> Answerers { get; init; } = [];

    /// <summary>What is owed of the records once it is handled.</summary>
    public Records? Records { get; init; }

    /// <summary>What else is owed inside once it is completed.</summary>
    public Completion? Completion { get; init; }

    /// <summary>Further numbers allocated to this complaint by mistake and voided.</summary>
    public ImmutableList<MatterNumber> VoidedNumbers { get; init; } = [];

    /// <summary>The complaint that leads, where this one was joined to it (4.5.7).</summary>
    public MatterNumber? LeadComplaint { get; init; }

    /// <summary>How the leading complaint stood when the resident was told last.</summary>
    public LeadProgress? LeadTold { get; init; }

    /// <summary>Complaints joined to this one, which leads them.</summary>
    public ImmutableList<MatterNumber> Followers { get; init; } = [];

    /// <summary>Who saw the letter of authority of whoever speaks for the resident.</summary>
    public ImmutableList<StaffId> AuthoritySeenBy { get; init; } = [];

    /// <summary>
    /// Whoever saw it and has no hand in the complaint: by them the representative may sign. Null: they may not (4.6.2-4).
    /// </summary>
    public StaffId? AuthorityHolds => AuthoritySeenBy
        .Where(id => id != Handler && !Handlers.Contains(id) && !Against.Contains(id))
        .OrderBy(id => id == Intake.EnteredBy)
        .Select(id => (StaffId?)id).FirstOrDefault();

    /// <summary>Work orders of authorities that it is handled as, each owed by its own clock (4.6.2-2).</summary>
    public ImmutableList<OutsideTerms> OutsideOrders { get; init; } = [];

    /// <summary>The event folded in last, and when it happened: by it a repeated command is known.</summary>
    public (ComplaintEvent Event, DateTimeOffset At)? Last { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The complaint's number.</summary>
    public MatterNumber Number => Intake.Number;

    /// <summary>The community.</summary>
    public CommunityId Community => Intake.Number.Community;

    /// <summary>The building of its room; empty where it is not known.</summary>
    public string Building => Intake.Building;

    /// <summary>Work remains.</summary>
    public bool Open => Stage != Stage.Closed;

    // What was promised beside the handling is owed after it too.
    bool IMatterState.Open =>
        Open || TellDue is not null || !Misreports.IsEmpty || Remedies.Exists(r => !r.Given && r.Approved != false);

    /// <summary>Ours is unsure what it is about, nobody has decided that yet, and no other classifier was asked.</summary>
    public bool WantsSecondOpinion => Open && Intake.Unsure && !Triaged && SecondOpinion is null;

    /// <summary>It reported a danger, whatever triage found.</summary>
    public bool ReportedDanger => Intake.CallBackDue is not null;

    /// <summary>Somebody is in danger, and triage did not find otherwise.</summary>
    public bool Danger => Urgent && ReportedDanger;

    /// <summary>It is urgent and not solved yet: until then its time runs by the clock.</summary>
    public bool Urgent => Severity == Severity.Urgent && Stage is Stage.Received or Stage.Assigned or Stage.InProgress;

    /// <summary>Its answer needs the leader's approval (4.6.1-2-E): it came as a letter, or was found to be one.</summary>
    public bool IsLetter { get; init; }

    /// <summary>Round of resolving: 1 for the first, one more each time it was opened again.</summary>
    public int Round => Reopened + 1;

    /// <inheritdoc/>
    public string PolicyVersion => Intake.PolicyVersion;

    /// <inheritdoc/>
    public string? SourceId => Intake.SourceId;

    string IMatterState.Number => Number.ToString();

    ObligationKind? IMatterState.Undone => ObligationKind.Resolve;

    StepEnd IMatterState.EndOf(ObligationKind kind, string subject) => EndOf(kind, subject, Last!.Value.Event);

    /// <summary>Nobody is told to judge what they may not: their own work, and at first what they judged before.</summary>
    IReadOnlySet<StaffId> IMatterState.Hands => Objection is { } o ? HandedOrJudged(o.Level)
        : Proposed is { } p ? HandledBy.Add(p.By) : HandledBy;

    /// <summary>
    /// Who may not answer an objection of this level: whoever had a hand in it, at first whoever judged it, and always whoever
    /// answered one before.
    /// </summary>
    internal ImmutableHashSet<StaffId> HandedOrJudged(int level) =>
        HandledBy.Union(level < ComplaintMatter.LastObjection ? Judges : Answerers);

    /// <summary>Everybody who handled it.</summary>
    public ImmutableHashSet<StaffId> HandledBy => Handler is { } h ? Handlers.Add(h) : Handlers;

    Category? IMatterState.Category => Category;

    Severity? IMatterState.Severity => Severity;

    /// <summary>The handler, or the unit that leads while there is none.</summary>
    public Party Responsible => Handler is { } h ? Party.Of(h) : Party.Of(Triaged ? Lead : Intake.TriageBy);
}
