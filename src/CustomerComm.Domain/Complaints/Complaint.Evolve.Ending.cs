using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <content>How signing, records and verification change a complaint.</content>
public sealed partial record Complaint
{
    private static Complaint ApplyEnding(Complaint s, ComplaintEvent e, DateTimeOffset at) => e switch
    {
        ComplaintEvent.Resolved r => s with
        {
            Stage = Stage.Resolved,
            // Solving it confirms what it is: nobody need identify it any more.
            Triaged = true,
            Resolution = new Resolution(r.Round, r.Text, r.TextHash, r.By, at),
            Request = new SignRequest(r.Text, r.TextHash, r.SignDue),
            Extension = null,
            InstructDue = null,
            Proposed = null,
            Records = new Records(r.FollowUpDue, r.HandOverDue),
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
            SaysUnsolved = false,
            Request = s.Request! with { Paper = null, Drawn = null, Unreachable = null },
        },
        ComplaintEvent.SignatureTaken t => s with
        {
            Request = s.Request! with { Drawn = new Unconfirmed(t.Form, t.ConfirmDue), Unreachable = null },
        },
        ComplaintEvent.SignatureRefused r => Reopen(s, r.ResolveDue) with
        {
            SaysUnsolved = true,
            Refusals = s.Refusals + 1,
        },
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
        ComplaintEvent.SignatureDecided d => s with
        {
            Request = s.Request! with
            {
                Paper = d.Confirmed ? s.Request.Paper : null,
                Drawn = d.Confirmed ? s.Request.Drawn : null,
                Due = d.SignDue ?? s.Request.Due,
            },
        },
        _ => ApplyRecords(s, e, at),
    };

    private static Complaint ApplyRecords(Complaint s, ComplaintEvent e, DateTimeOffset at) => e switch
    {
        ComplaintEvent.Completed c => s with
        {
            Stage = Stage.Completed,
            Request = null,
            NoContact = c.NoContact,
            Completion = new Completion(at, c.RootCauseDue, c.ReportsDue, c.VerifyDue),
        },
        ComplaintEvent.FollowedUp => s with
        {
            Records = s.Records is { } r ? r with { FollowedUp = true } : null,
            TellDue = null,
        },
        ComplaintEvent.RecordsHandedOver h => s with { Records = s.Records! with { CheckDue = h.CheckDue } },
        ComplaintEvent.RecordsChecked c => s with
        {
            Records = s.Records! with
            {
                CheckDue = null,
                Accepted = c.Complete,
                HandOverDue = c.HandOverDue ?? s.Records!.HandOverDue,
            },
        },
        ComplaintEvent.RootCauseFound => s with { Completion = s.Completion! with { RootCauseFound = true } },
        ComplaintEvent.ReportsFiled => s with { Completion = s.Completion! with { ReportsFiled = true } },
        ComplaintEvent.Verified v => v.Holds ? s : Reopen(s, v.ResolveDue!.Value),
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };
}
