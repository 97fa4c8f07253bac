namespace CustomerComm.Domain.Complaints;

/// <content>How remedies and objections change a complaint.</content>
public sealed partial record Complaint
{
    private static Complaint ApplyRemedy(Complaint s, ComplaintEvent e) => e switch
    {
        ComplaintEvent.RemedyOffered o => s with
        {
            Remedies = s.Remedies.Add(new Remedy(
                o.Remedy, o.By, o.Kind, o.What, o.Amount, o.DecidedBy, o.GivenBy, o.DecidedBy is null ? true : null, Given: false,
                o.Due)),
        },
        ComplaintEvent.RemedyDecided d => s with
        {
            Remedies = s.Remedies.ConvertAll(r => r.Number == d.Remedy
                ? r with { Approved = d.Approved, ApprovedBy = d.By, Due = d.GiveDue ?? r.Due } : r),
        },
        ComplaintEvent.RemedyGiven g => s with
        {
            Remedies = s.Remedies.ConvertAll(r => r.Number == g.Remedy ? r with { Given = true } : r),
        },
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    private static Complaint ApplyObjection(Complaint s, ComplaintEvent e) => e switch
    {
        ComplaintEvent.Objected o => s with
        {
            Stage = Stage.Objected,
            Outcome = Outcome.None,
            ClosedAt = null,
            ObjectUntil = null,
            Objections = o.Level,
            SaysUnsolved = true,
            // What was approved before was the answer to the letter, not to this.
            Letter = null,
            TellDue = null,
            Withdrew = false,
            Objection = new Objection(o.Level, o.AnsweredBy, o.AnswerDue, s.Outcome),
        },
        // What was called something else was a complaint after all.
        ComplaintEvent.ObjectionAnswered { ResolveDue: { } due } a => Reopen(s, due) with
        {
            Objection = null,
            Refusals = s.Refusals + 1,
            Answerers = s.Answerers.Add(a.By),
            Kind = Natures.HandledAsComplaint(s.Kind) ? s.Kind : Nature.Complaint,
        },
        ComplaintEvent.ObjectionAnswered a => s with { Answerers = s.Answerers.Add(a.By) },
        ComplaintEvent.FinallyAnswered => s,
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };
}
