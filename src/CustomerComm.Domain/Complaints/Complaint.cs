using System.Collections.Immutable;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Complaints;

/// <summary>Where a case stands.</summary>
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
    /// <summary>Closed.</summary>
    Closed,
}

/// <summary>A case as its events left it. Immutable; <see cref="Evolve"/> is the only way forward.</summary>
public sealed record Complaint
{
    /// <summary>Number of events folded in.</summary>
    public long Version { get; init; }

    /// <summary>The intake as received.</summary>
    public required ComplaintEvent.Received Intake { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public Stage Stage { get; init; }

    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>Kind, as last decided.</summary>
    public CaseKind Kind { get; init; }

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

    /// <summary>Who instructs and approves: the leader in charge, or quality where it is against the leader.</summary>
    public Unit Chief { get; init; }

    /// <summary>Who keeps the records and verifies: quality, or the office where it is against quality's head.</summary>
    public Unit Keeper { get; init; }

    /// <summary>A person has identified nature and category.</summary>
    public bool Triaged { get; init; }

    /// <summary>Who handles it now, and for which unit.</summary>
    public StaffId? Handler { get; init; }

    /// <summary>The unit the handler works for in this case.</summary>
    public Unit HandlingUnit { get; init; }

    /// <summary>Acceptance, or a new assignment, is owed by then.</summary>
    public DateTimeOffset AcceptDue { get; init; }

    /// <summary>It must be solved by then (4.6.2-6).</summary>
    public DateTimeOffset ResolveDue { get; init; }

    /// <summary>Everybody who has handled it: none of them may verify it (4.5.4).</summary>
    public ImmutableHashSet<StaffId> Handlers { get; init; } = [];

    /// <summary>Departments asked to cooperate.</summary>
    public ImmutableList<Cooperation> Cooperations { get; init; } = [];

    /// <summary>The leader must instruct by then.</summary>
    public DateTimeOffset? InstructDue { get; init; }

    /// <summary>An extension waiting for the resident's answer.</summary>
    public Extension? Extension { get; init; }

    /// <summary>The answer to a letter.</summary>
    public LetterAnswer? Letter { get; init; }

    /// <summary>What was done, as put to the resident.</summary>
    public Resolution? Resolution { get; init; }

    /// <summary>The signing link of the present round; null once used.</summary>
    public SigningLink? Link { get; init; }

    /// <summary>How many links were issued so far.</summary>
    public int LinksIssued { get; init; }

    /// <summary>Attempts of the present round to obtain the signature.</summary>
    public ImmutableList<Attempt> Attempts { get; init; } = [];

    /// <summary>"Unreachable" waits for the manager.</summary>
    public Pending? Unreachable { get; init; }

    /// <summary>A paper signature waits for quality.</summary>
    public ComplaintEvent.PaperAttached? Paper { get; init; }

    /// <summary>The signature that stands.</summary>
    public ComplaintEvent.Signed? Signature { get; init; }

    /// <summary>When it was signed.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>"Unreachable" was approved.</summary>
    public bool WasUnreachable { get; init; }

    /// <summary>How often it was opened again.</summary>
    public int Reopened { get; init; }

    /// <summary>What is owed inside once it is completed.</summary>
    public Completion? Completion { get; init; }

    /// <summary>Lapses that stand.</summary>
    public ImmutableList<Lapse> Lapses { get; init; } = [];

    /// <summary>Further numbers allocated to this case by mistake and voided.</summary>
    public ImmutableList<ComplaintNumber> VoidedNumbers { get; init; } = [];

    /// <summary>The event folded in last, and when it happened: by it a repeated command is known.</summary>
    public Happened? Last { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The case's number.</summary>
    public ComplaintNumber Number => Intake.Number;

    /// <summary>The community.</summary>
    public CommunityId Community => Intake.Number.Community;

    /// <summary>Work remains.</summary>
    public bool Open => Stage != Stage.Closed;

    /// <summary>Its answer needs the leader's approval (4.6.1-2-E).</summary>
    public bool IsLetter => Intake.IsLetter;

    /// <summary>Round of resolving: 1 for the first, one more each time it was opened again.</summary>
    public int Round => Reopened + 1;

    /// <summary>The handler, or the unit that leads while there is none.</summary>
    public Party Responsible => Handler is { } h ? Party.Of(h) : Party.Of(Triaged ? Lead : Intake.TriageBy);

    /// <summary>Folds one event into the state; <paramref name="state"/> is null before the first.</summary>
    public static Complaint Evolve(Complaint? state, ComplaintEvent e, DateTimeOffset at)
    {
        var next = state is null ? Begin(e, at) : Apply(state, e, at);
        return next with
        {
            Version = (state?.Version ?? 0) + 1,
            Lapses = Obligations.Standing(next),
            Last = new Happened(e, at),
        };
    }

    private static Complaint Begin(ComplaintEvent e, DateTimeOffset at) => e switch
    {
        ComplaintEvent.Received r => new Complaint
        {
            Intake = r,
            ReceivedAt = at,
            Kind = r.Kind,
            Category = r.Category,
            Also = r.Also,
            Severity = r.Severity,
            Lead = r.Lead,
            Cooperating = r.Cooperating,
            Clause = r.Clause,
            Accused = r.Accused,
            Chief = r.Chief,
            Keeper = r.Keeper,
            HandlingUnit = r.Lead,
            ResolveDue = r.ResolveDue,
        },
        ComplaintEvent.NumberVoided v => new Complaint
        {
            Intake = VoidIntake(v, at),
            ReceivedAt = at,
            Stage = Stage.Closed,
            Outcome = Outcome.Voided,
            ClosedAt = at,
            Triaged = true,
        },
        _ => throw new InvalidOperationException($"A case cannot begin with {e.GetType().Name}."),
    };

    private static Complaint Apply(Complaint s, ComplaintEvent e, DateTimeOffset at) => e switch
    {
        ComplaintEvent.NumberVoided v => s with { VoidedNumbers = s.VoidedNumbers.Add(v.Number) },
        ComplaintEvent.Triaged t => ApplyTriage(s, t),
        ComplaintEvent.Dismissed => s with { Triaged = true },
        ComplaintEvent.Assigned a => s with
        {
            Stage = Stage.Assigned,
            // A unit does not cooperate with itself.
            Cooperations = s.Cooperations.RemoveAll(c => c.Unit == a.Unit && !c.Given),
            Handler = a.Handler,
            HandlingUnit = a.Unit,
            AcceptDue = a.AcceptDue,
        },
        ComplaintEvent.Accepted a => s with { Stage = Stage.InProgress, Handlers = s.Handlers.Add(a.By) },
        ComplaintEvent.Declined d => s with { Stage = Stage.Assigned, Handler = null, AcceptDue = d.AssignDue },
        ComplaintEvent.Noted => s,
        ComplaintEvent.CooperationAsked c => s with
        {
            Cooperations = s.Cooperations.RemoveAll(x => x.Unit == c.Unit)
                .Add(new Cooperation(c.Unit, c.Due, Given: false)),
        },
        ComplaintEvent.CooperationGiven c => s with
        {
            Cooperations = s.Cooperations.ConvertAll(x => x.Unit == c.Unit ? x with { Given = true } : x),
            Handlers = s.Handlers.Add(c.By),
        },
        ComplaintEvent.Escalated x => s with { InstructDue = x.InstructDue },
        ComplaintEvent.Instructed i => s with
        {
            InstructDue = null,
            ResolveDue = i.ResolveDue ?? s.ResolveDue,
            Extension = i.ResolveDue is null ? s.Extension : null,
        },
        ComplaintEvent.ExtensionTold x => s with { Extension = new Extension(x.NewDue, x.Reason) },
        ComplaintEvent.ExtensionAnswered x => s with
        {
            Extension = null,
            ResolveDue = Extends(s, x, at) ? x.NewDue : s.ResolveDue,
        },
        ComplaintEvent.LetterDrafted l => s with { Letter = new LetterAnswer(l.Text, l.By, l.ApproveDue, null) },
        ComplaintEvent.LetterDecided l => s with { Letter = s.Letter! with { Approved = l.Approved } },
        ComplaintEvent.Lapsed l => ApplyLapse(s, l, at),
        ComplaintEvent.LapseAcknowledged a => s with
        {
            Lapses = s.Lapses.ConvertAll(l => l.Kind == a.Kind && l.Subject == a.Subject
                ? l with { Acknowledged = true, Next = a.Until } : l),
        },
        ComplaintEvent.MisreportProven or ComplaintEvent.MessageFailed => s,
        ComplaintEvent.Answered => s,
        ComplaintEvent.Withdrawn => s,
        ComplaintEvent.Closed c => s with { Stage = Stage.Closed, Outcome = c.Outcome, ClosedAt = at, Link = null },
        _ => ApplyEnding(s, e, at),
    };

    /// <summary>
    /// Consent moves the promise on, never back or into the past. What staff note only after the time has passed is
    /// kept, but does not make a late case punctual; the resident's own late answer does (4.6.2-6).
    /// </summary>
    private static bool Extends(Complaint s, ComplaintEvent.ExtensionAnswered x, DateTimeOffset at) =>
        x.Agreed && x.NewDue > at && x.NewDue > s.ResolveDue && (x.By is null || at <= s.ResolveDue);

    private static Complaint ApplyTriage(Complaint s, ComplaintEvent.Triaged t)
    {
        var next = s with
        {
            Triaged = true,
            Kind = t.Kind,
            Category = t.Category,
            Also = t.Also,
            Severity = t.Severity,
            Lead = t.Lead,
            Cooperating = t.Cooperating,
            Clause = t.Clause,
            Accused = t.Accused,
            Chief = t.Chief,
            Keeper = t.Keeper,
            ResolveDue = t.ResolveDue,
            Cooperations = s.Cooperations.RemoveAll(c => c.Unit == t.Barred),
            // Whoever was told of a lapse or approved an answer may be the accused now: both start afresh.
            Lapses = t.Accused == s.Accused ? s.Lapses : [],
            Letter = t.Accused == s.Accused ? s.Letter : null,
        };
        // An answer is the unit's to give, and nothing that was asked for on the way of a complaint is owed any more.
        return CaseKinds.HandledAsComplaint(t.Kind)
            ? next
            : next with
            {
                Stage = Stage.Answering,
                Handler = null,
                HandlingUnit = t.Lead,
                InstructDue = null,
                Extension = null,
                Cooperations = next.Cooperations.RemoveAll(c => !c.Given),
            };
    }

    private static Complaint ApplyEnding(Complaint s, ComplaintEvent e, DateTimeOffset at) => e switch
    {
        ComplaintEvent.Resolved r => s with
        {
            Stage = Stage.Resolved,
            // Solving it confirms what it is: nobody need identify it any more.
            Triaged = true,
            Keeper = r.Keeper ?? s.Keeper,
            Resolution = new Resolution(r.Round, r.Text, r.TextHash, r.By, at, r.SignDue),
            Extension = null,
            InstructDue = null,
            Cooperations = s.Cooperations.ConvertAll(c => c with { Given = true }),
            Attempts = [],
            Handlers = s.Handlers.Add(r.By),
        },
        ComplaintEvent.SignatureRequested q => s with
        {
            Link = new SigningLink(q.Round, q.Issue, q.TokenHash, q.Expires),
            LinksIssued = q.Issue,
            Attempts = s.Attempts.Add(new Attempt(at, q.Channel)),
        },
        ComplaintEvent.ContactAttempted c => s with { Attempts = s.Attempts.Add(new Attempt(at, c.Channel)) },
        ComplaintEvent.Signed g => s with
        {
            Signature = g,
            SignedAt = at,
            Link = null,
            Paper = null,
            Unreachable = null,
        },
        ComplaintEvent.SignatureRefused r => Reopen(s, r.ResolveDue),
        ComplaintEvent.UnreachableProposed u => s with { Unreachable = new Pending(u.DecidedBy, u.DecideDue) },
        ComplaintEvent.UnreachableDecided d => s with
        {
            Unreachable = null,
            WasUnreachable = d.Approved,
            Resolution = s.Resolution! with { SignDue = d.SignDue ?? s.Resolution!.SignDue },
        },
        // With a signature on paper the resident was reached after all.
        ComplaintEvent.PaperAttached p => s with { Paper = p, Unreachable = null },
        ComplaintEvent.PaperDecided d => s with
        {
            Paper = d.Confirmed ? s.Paper : null,
            Resolution = s.Resolution! with { SignDue = d.SignDue ?? s.Resolution!.SignDue },
        },
        ComplaintEvent.Completed c => s with
        {
            Stage = Stage.Completed,
            Link = null,
            Paper = null,
            Unreachable = null,
            Completion = new Completion(
                at, c.FollowUpDue, c.HandOverDue, c.RootCauseDue, c.ReportsDue, c.VerifyDue),
        },
        ComplaintEvent.FollowedUp => s with { Completion = s.Completion! with { FollowedUp = true } },
        ComplaintEvent.RecordsHandedOver h => s with { Completion = s.Completion! with { CheckDue = h.CheckDue } },
        ComplaintEvent.RecordsChecked c => s with
        {
            Completion = s.Completion! with
            {
                CheckDue = null,
                RecordsAccepted = c.Complete,
                HandOverDue = c.HandOverDue ?? s.Completion!.HandOverDue,
            },
        },
        ComplaintEvent.RootCauseFound => s with { Completion = s.Completion! with { RootCauseFound = true } },
        ComplaintEvent.ReportsFiled => s with { Completion = s.Completion! with { ReportsFiled = true } },
        ComplaintEvent.Verified v => v.Holds ? s : Reopen(s, v.ResolveDue!.Value),
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    private static Complaint Reopen(Complaint s, DateTimeOffset due) => s with
    {
        Stage = Stage.InProgress,
        Reopened = s.Reopened + 1,
        ResolveDue = due,
        Resolution = null,
        Link = null,
        Attempts = [],
        Unreachable = null,
        Paper = null,
        Signature = null,
        SignedAt = null,
        WasUnreachable = false,
        Completion = null,
        Letter = null,
    };

    private static Complaint ApplyLapse(Complaint s, ComplaintEvent.Lapsed l, DateTimeOffset at) => s with
    {
        Lapses = s.Lapses.RemoveAll(x => x.Kind == l.Kind && x.Subject == l.Subject)
            .Add(new Lapse(l.Kind, l.Subject, l.Due, l.Level, l.Told, l.AcknowledgeDue, Acknowledged: false)),
        Attempts = l.RemindResident && ComplaintDecider.SigningChannel(s) is { } way
            ? s.Attempts.Add(new Attempt(at, way)) : s.Attempts,
    };

    private static ComplaintEvent.Received VoidIntake(ComplaintEvent.NumberVoided v, DateTimeOffset at) => new(
        v.Number, new Personal(""), Contact.None, Channel.Http, Language.Chinese, Category.Other, [],
        CategoryConfirmed: false, CaseKind.Spam, Severity.Ordinary, Unit.Office, [], "4.6.2-1", null,
        Unit.Leader, Unit.Quality, IsLetter: false, null, Unit.Office, at, at, "", null, null);
}
