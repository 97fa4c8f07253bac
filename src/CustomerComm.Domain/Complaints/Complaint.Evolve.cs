using System.Collections.Immutable;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <content>How each event changes a complaint.</content>
public sealed partial record Complaint
{
    /// <summary>Folds one event into the state; <paramref name="state"/> is null before the first.</summary>
    public static Complaint Evolve(Complaint? state, ComplaintEvent e, DateTimeOffset at)
    {
        // What the system learns meanwhile makes what a person said before and after it no other thing.
        if (state is not null && e is ComplaintEvent.SecondOpinionTaken o)
            return state with { SecondOpinion = o };
        var next = state is null ? Begin(e, at) : Apply(state, e, at);
        return next with
        {
            Last = (e, at),
            HeardAt = IsHeard(e) ? at : next.HeardAt,
            SpokeAt = IsHeard(e) || e is ComplaintEvent.Noted { ByResident: true, ByRepresentative: false } ? at : next.SpokeAt,
            Handlers = HandOf(e) is { } hand ? next.Handlers.Add(hand) : next.Handlers,
            Judges = next.Judges.Union(JudgesOf(e)),
            EverComplaint = next.EverComplaint || Natures.HandledAsComplaint(next.Kind),
        };
    }

    /// <summary>
    /// Whoever does what is the handler's to do has handled it, by whatever right they did it (4.5.4).
    /// </summary>
    private static StaffId? HandOf(ComplaintEvent e) => e switch
    {
        ComplaintEvent.Accepted a => a.By,
        ComplaintEvent.CooperationGiven c => c.By,
        ComplaintEvent.CooperationAsked c => c.By,
        ComplaintEvent.Escalated x => x.By,
        ComplaintEvent.ExtensionTold x => x.By,
        ComplaintEvent.LetterDrafted { ToObjection: false } l => l.By,
        ComplaintEvent.Resolved r => r.By,
        ComplaintEvent.ContactAttempted c => c.By,
        ComplaintEvent.UnreachableProposed u => u.By,
        ComplaintEvent.PaperAttached p => p.Form.By,
        ComplaintEvent.FollowedUp f => f.By,
        ComplaintEvent.RecordsHandedOver h => h.By,
        ComplaintEvent.RootCauseFound f => f.By,
        ComplaintEvent.ReportsFiled f => f.By,
        ComplaintEvent.RemedyOffered o => o.By,
        ComplaintEvent.RemedyGiven g => g.By,
        ComplaintEvent.Answered a => a.By,
        _ => null,
    };

    private static bool IsHeard(ComplaintEvent e) => e switch
    {
        ComplaintEvent.Received r => r.Channel.IsLive(),
        ComplaintEvent.Noted n => n is { ByResident: true, ByRepresentative: false } && n.Channel.IsLive(),
        ComplaintEvent.ExtensionAnswered { Channel: { } channel } => channel.IsLive(),
        ComplaintEvent.Signed g => g.Form.Way == SignatureWay.Drawn,
        ComplaintEvent.SignatureTaken => true,
        ComplaintEvent.SignatureRefused or ComplaintEvent.Withdrawn or ComplaintEvent.Objected => true,
        _ => false,
    };

    private static StaffId[] JudgesOf(ComplaintEvent e) => e switch
    {
        ComplaintEvent.Dismissed d => d.Consent is { } consent ? [d.By, consent] : [d.By],
        ComplaintEvent.FindingDecided d => [d.By],
        ComplaintEvent.UnreachableDecided d => [d.By],
        ComplaintEvent.SignatureDecided d => [d.By],
        ComplaintEvent.Verified v => [v.By],
        ComplaintEvent.ObjectionAnswered o => [o.By],
        _ => [],
    };

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
            Named = r.Named,
            IsLetter = r.IsLetter,
            Against = AllOf(r.Accused, r.Named),
            Chief = r.Chief,
            Keeper = r.Keeper,
            HandlingUnit = r.Lead,
            ResolveDue = r.ResolveDue,
            FirstPromise = r.ResolveDue,
            CallBackDue = r.CallBackDue,
            // Minutes count, so the duty post calls back whoever leads, unless the complaint is against its side.
            CallBackBy = r.Accused is null && r.Named.IsEmpty ? Unit.Office : r.TriageBy,
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
        _ => throw new InvalidOperationException($"A complaint cannot begin with {e.GetType().Name}."),
    };

    private static IReadOnlyList<StaffId> AllOf(StaffId? accused, ImmutableArray<StaffId> named) =>
        accused is { } a ? [a, .. named.Where(n => n != a)] : named;

    private static Complaint Apply(Complaint s, ComplaintEvent e, DateTimeOffset at) => e switch
    {
        ComplaintEvent.NumberVoided v => s with { VoidedNumbers = s.VoidedNumbers.Add(v.Number) },
        ComplaintEvent.Triaged t => ApplyTriage(s, t),
        ComplaintEvent.CallBackRecorded c => c.Reached ? s with { CallBackDue = null, CalledBack = c } : s,
        ComplaintEvent.Dismissed d => s with { Triaged = true, Lowered = d.Why, Proposed = null },
        ComplaintEvent.FindingProposed p => s with
        {
            Proposed = new ProposedFinding(p.By, p.Found, p.Why, p.Reason, p.DecidedBy, p.DecideDue),
        },
        ComplaintEvent.FindingDecided => s with { Proposed = null },
        ComplaintEvent.KeeperChanged k => s with { Keeper = k.Keeper },
        ComplaintEvent.StaffNamed n => s with
        {
            Named = [.. s.Named, .. n.Named],
            Against = AllOf(s.Accused, [.. s.Named, .. n.Named]),
            Chief = n.Chief,
            Keeper = n.Keeper,
        },
        ComplaintEvent.Assigned a => s with
        {
            Stage = Stage.Assigned,
            // A unit does not cooperate with itself.
            Cooperations = s.Cooperations.RemoveAll(c => c.Unit == a.Unit && !c.Given),
            Handler = a.Handler,
            HandlingUnit = a.Unit,
            AcceptDue = a.AcceptDue,
            HandOvers = s.HandOvers + (a.HandedOver ? 1 : 0),
        },
        ComplaintEvent.Accepted => s with { Stage = Stage.InProgress },
        ComplaintEvent.Declined d => s with { Stage = Stage.Assigned, Handler = null, AcceptDue = d.AssignDue },
        ComplaintEvent.Noted => s,
        ComplaintEvent.AuthoritySeen a => s with { AuthoritySeenBy = s.AuthoritySeenBy.Add(a.By) },
        ComplaintEvent.CooperationAsked c => s with
        {
            Cooperations = s.Cooperations.RemoveAll(x => x.Unit == c.Unit)
                .Add(new Cooperation(c.Unit, c.Due, Given: false, Routed: c.By is null)),
        },
        ComplaintEvent.CooperationGiven c => s with
        {
            Cooperations = s.Cooperations.ConvertAll(x => x.Unit == c.Unit ? x with { Given = true } : x),
        },
        ComplaintEvent.Escalated x => s with { InstructDue = x.InstructDue, InstructBy = x.DecidedBy },
        ComplaintEvent.Instructed i => s with
        {
            InstructDue = null,
            // A time set too late is told, and excuses nothing: what is overdue stays overdue (4.6.2-6).
            ResolveDue = i.ResolveDue < s.ResolveDue ? i.ResolveDue.Value : s.ResolveDue,
            ToldDue = i.ResolveDue > s.ResolveDue ? i.ResolveDue : s.ToldDue,
        },
        ComplaintEvent.ExtensionTold x => s with { Extension = new Extension(x.NewDue, x.Reason, x.By, x.AnswerBy) },
        ComplaintEvent.ExtensionAwaited x => s with { Extension = s.Extension! with { AnswerBy = x.AnswerBy } },
        ComplaintEvent.ExtensionAnswered x => ApplyAnswer(s, x, at),
        ComplaintEvent.Withdrawn => s with { Withdrew = true },
        ComplaintEvent.Closed c => Close(s, c, at),
        ComplaintEvent.RemedyOffered or ComplaintEvent.RemedyDecided or ComplaintEvent.RemedyGiven => ApplyRemedy(s, e),
        ComplaintEvent.Objected or ComplaintEvent.ObjectionAnswered or ComplaintEvent.FinallyAnswered =>
            ApplyObjection(s, e),
        _ => ApplyBeside(s, e) ?? ApplyEnding(s, e, at),
    };

    private static Complaint Close(Complaint s, ComplaintEvent.Closed c, DateTimeOffset at) => s with
    {
        Stage = Stage.Closed,
        Outcome = c.Outcome,
        ClosedAt = at,
        Request = null,
        // Nobody waits for an answer any more: the pump would come back for it for ever.
        Extension = null,
        Proposed = null,
        Objection = null,
        ObjectUntil = c.ObjectUntil,
        TellDue = c.TellDue,
    };

    /// <summary>Letters, answers, related complaints and orders; null for whatever else there is.</summary>
    private static Complaint? ApplyBeside(Complaint s, ComplaintEvent e) => e switch
    {
        ComplaintEvent.LetterFound => s with { IsLetter = true },
        ComplaintEvent.LetterDrafted l => s with
        {
            Letter = new LetterAnswer(l.Text, l.By, l.ApproveDue, l.DecidedBy, null),
        },
        ComplaintEvent.LetterDecided l => s with { Letter = s.Letter! with { Approved = l.Approved } },
        ComplaintEvent.MisreportProven m => s with
        {
            // What is proven besides puts off nothing: one consequence answers for all, by the first time.
            Misreports = s.Misreports.Exists(x => x.Concerned == m.Concerned)
                ? s.Misreports
                : s.Misreports.Add(new Misreport(m.Concerned, m.What, m.ConsequenceDue, m.DecidedBy)),
        },
        ComplaintEvent.ConsequenceDecided c => s with
        {
            Misreports = s.Misreports.RemoveAll(x => x.Concerned == c.Concerned),
        },
        ComplaintEvent.Answered a => s with
        {
            AnsweredAs = a.As,
            AboutCommunication = a.AboutCommunication,
        },
        ComplaintEvent.Joined j => s with
        {
            LeadComplaint = j.Lead,
            LeadTold = new LeadProgress(j.LeadStage, j.LeadRound),
        },
        ComplaintEvent.Separated => s with { LeadComplaint = null, LeadTold = null },
        ComplaintEvent.FollowerTaken f => s with { Followers = s.Followers.Add(f.Follower) },
        ComplaintEvent.FollowerLeft f => s with { Followers = s.Followers.Remove(f.Follower) },
        ComplaintEvent.LeadMoved m => s with { LeadTold = new LeadProgress(m.Stage, m.Round) },
        ComplaintEvent.OutsideOrderTaken o => s with { OutsideOrders = s.OutsideOrders.Add(o.Terms) },
        _ => null,
    };

    private static Complaint ApplyAnswer(Complaint s, ComplaintEvent.ExtensionAnswered x, DateTimeOffset at)
    {
        var due = Extends(s, x, at) ? x.NewDue : s.ResolveDue;
        return s with
        {
            Extension = null,
            ResolveDue = due,
            FirstPromise = s.Reopened == 0 && due > s.FirstPromise ? due : s.FirstPromise,
            ExtensionRefused = x.Silent ? s.ExtensionRefused : !x.Agreed,
        };
    }

    /// <summary>
    /// Consent moves the promise on, never back or into the past. What staff note only after the time has passed is
    /// kept, but does not make a late complaint punctual; the resident's own late answer does. Nor does a silence that
    /// lasted beyond that time: they must have been told long enough before (4.6.2-6).
    /// </summary>
    private static bool Extends(Complaint s, ComplaintEvent.ExtensionAnswered x, DateTimeOffset at) =>
        x.Agreed && x.NewDue > at && x.NewDue > s.ResolveDue
        && (x.Silent ? s.Extension!.AnswerBy <= s.ResolveDue : x.By is null || at <= s.ResolveDue);

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
            Named = t.Named,
            NamesSeen = s.NamesSeen || (!s.Named.IsEmpty && t.Named.IsEmpty),
            Cleared = s.Cleared.Union(s.Named.Except(t.Named)),
            Against = AllOf(t.Accused, t.Named),
            Chief = t.Chief,
            Keeper = t.Keeper,
            ResolveDue = t.ResolveDue,
            FirstPromise = t.ResolveDue < s.FirstPromise ? t.ResolveDue : s.FirstPromise,
            Proposed = null,
            Lowered = t.Consent is null ? s.Lowered : t.Why,
            // What only the routing asked for follows the routing.
            Cooperations = s.Cooperations.RemoveAll(c => c.Unit == t.Barred
                || (c.Routed && !c.Given && !t.Cooperating.Contains(c.Unit))),
            CallBackBy = s.CallBackBy == t.Barred ? t.Chief : s.CallBackBy,
            // Whoever approved an answer may be the accused now.
            Letter = AllOf(t.Accused, t.Named).All(s.Against.Contains) ? s.Letter : null,
        };
        // An answer is the unit's to give, and nothing that was asked for on the way of a complaint is owed any more.
        return Natures.HandledAsComplaint(t.Kind)
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

    private static Complaint Reopen(Complaint s, DateTimeOffset due) => s with
    {
        Stage = Stage.InProgress,
        Reopened = s.Reopened + 1,
        ResolveDue = due,
        Resolution = null,
        Request = null,
        Signature = null,
        SignedAt = null,
        WasUnreachable = false,
        NoContact = false,
        Records = null,
        Completion = null,
        Letter = null,
        ToldDue = null,
        ExtensionRefused = false,
    };

    private static ComplaintEvent.Received VoidIntake(ComplaintEvent.NumberVoided v, DateTimeOffset at) => new(
        v.Number, new Personal(""), Contact.None, Channel.Http, Languages.Default, Category.Other, [],
        CategoryConfirmed: false, Nature.Spam, Severity.Ordinary, Unit.Office, [], "4.6.2-1", null, [],
        Unit.Leader, Unit.Quality, IsLetter: false, null, Unit.Office, at, at, "", null, null, "");
}
