using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <content>How each event changes a complaint.</content>
public sealed partial record Complaint
{
    /// <summary>Folds one event into the state; <paramref name="state"/> is null before the first.</summary>
    public static Complaint Evolve(Complaint? state, ComplaintEvent e, DateTimeOffset at)
    {
        var next = state is null ? Begin(e, at) : Apply(state, e, at);
        return next with { Last = (e, at), HeardAt = IsHeard(e) ? at : next.HeardAt };
    }

    private static bool IsHeard(ComplaintEvent e) => e switch
    {
        ComplaintEvent.Received r => r.Channel.IsLive(),
        ComplaintEvent.Noted n => n.ByResident && n.Channel.IsLive(),
        ComplaintEvent.ExtensionAnswered x => x.Channel.IsLive(),
        ComplaintEvent.Signed g => g.Form.Way == SignatureWay.Drawn,
        ComplaintEvent.SignatureRefused or ComplaintEvent.Withdrawn => true,
        _ => false,
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
            Chief = r.Chief,
            Keeper = r.Keeper,
            HandlingUnit = r.Lead,
            ResolveDue = r.ResolveDue,
            CallBackDue = r.CallBackDue,
            CallBackBy = r.TriageBy,
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

    private static Complaint Apply(Complaint s, ComplaintEvent e, DateTimeOffset at) => e switch
    {
        ComplaintEvent.NumberVoided v => s with { VoidedNumbers = s.VoidedNumbers.Add(v.Number) },
        ComplaintEvent.Triaged t => ApplyTriage(s, t),
        ComplaintEvent.CallBackRecorded c => c.Reached ? s with { CallBackDue = null, CalledBack = c } : s,
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
        ComplaintEvent.MisreportProven => s,
        ComplaintEvent.Answered a => s with
        {
            AnsweredAs = a.As,
            AboutCommunication = a.AboutCommunication,
        },
        ComplaintEvent.Withdrawn => s,
        ComplaintEvent.Joined j => s with
        {
            LeadComplaint = j.Lead,
            LeadTold = new LeadProgress(j.LeadStage, j.LeadRound),
        },
        ComplaintEvent.Separated => s with { LeadComplaint = null, LeadTold = null },
        ComplaintEvent.FollowerTaken f => s with { Followers = s.Followers.Add(f.Follower) },
        ComplaintEvent.FollowerLeft f => s with { Followers = s.Followers.Remove(f.Follower) },
        ComplaintEvent.LeadMoved m => s with { LeadTold = new LeadProgress(m.Stage, m.Round) },
        ComplaintEvent.Closed c => s with { Stage = Stage.Closed, Outcome = c.Outcome, ClosedAt = at, Request = null },
        _ => ApplyEnding(s, e, at),
    };

    /// <summary>
    /// Consent moves the promise on, never back or into the past. What staff note only after the time has passed is
    /// kept, but does not make a late complaint punctual; the resident's own late answer does (4.6.2-6).
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
            CallBackBy = s.CallBackBy == t.Barred ? t.Chief : s.CallBackBy,
            // Whoever approved an answer may be the accused now.
            Letter = t.Accused == s.Accused ? s.Letter : null,
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

    private static Complaint ApplyEnding(Complaint s, ComplaintEvent e, DateTimeOffset at) => e switch
    {
        ComplaintEvent.Resolved r => s with
        {
            Stage = Stage.Resolved,
            // Solving it confirms what it is: nobody need identify it any more.
            Triaged = true,
            Keeper = r.Keeper,
            Resolution = new Resolution(r.Round, r.Text, r.TextHash, r.By, at),
            Request = new SignRequest(r.Text, r.TextHash, r.SignDue),
            Extension = null,
            InstructDue = null,
            Cooperations = s.Cooperations.ConvertAll(c => c with { Given = true }),
            Handlers = s.Handlers.Add(r.By),
        },
        ComplaintEvent.SignatureRequested q => s with
        {
            Request = s.Request!.WithLink(q.Issue, q.Channel, q.Expires, q.RemindAt, at),
            LinksIssued = q.Issue,
        },
        ComplaintEvent.ContactAttempted c => s with
        {
            Request = s.Request! with { Attempts = s.Request.Attempts.Add(new Attempt(at, c.Channel)) },
        },
        ComplaintEvent.Signed g => s with
        {
            Signature = g.Form,
            SignedAt = at,
            Request = s.Request! with { Paper = null, Unreachable = null },
        },
        ComplaintEvent.SignatureRefused r => Reopen(s, r.ResolveDue),
        ComplaintEvent.UnreachableProposed u => s with
        {
            Request = s.Request! with { Unreachable = new Pending(u.DecidedBy, u.DecideDue) },
        },
        ComplaintEvent.UnreachableDecided d => s with
        {
            WasUnreachable = d.Approved,
            Request = s.Request! with { Unreachable = null, Due = d.SignDue ?? s.Request.Due },
        },
        // With a signature on paper the resident was reached after all.
        ComplaintEvent.PaperAttached p => s with
        {
            Request = s.Request! with { Paper = p.Form, Unreachable = null },
        },
        ComplaintEvent.PaperDecided d => s with
        {
            Request = s.Request! with
            {
                Paper = d.Confirmed ? s.Request.Paper : null,
                Due = d.SignDue ?? s.Request.Due,
            },
        },
        ComplaintEvent.Completed c => s with
        {
            Stage = Stage.Completed,
            Request = null,
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
        Request = null,
        Signature = null,
        SignedAt = null,
        WasUnreachable = false,
        Completion = null,
        Letter = null,
    };

    private static ComplaintEvent.Received VoidIntake(ComplaintEvent.NumberVoided v, DateTimeOffset at) => new(
        v.Number, new Personal(""), Contact.None, Channel.Http, Languages.Default, Category.Other, [],
        CategoryConfirmed: false, Nature.Spam, Severity.Ordinary, Unit.Office, [], "4.6.2-1", null,
        Unit.Leader, Unit.Quality, IsLetter: false, null, Unit.Office, at, at, "", null, null, "");
}
