using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Complaints;

/// <summary>The messages the system writes. Each has a text in every language.</summary>
public enum Template
{
    /// <summary>To the resident: number, hotline, who leads, by when (4.6.1-1).</summary>
    Acknowledged,
    /// <summary>To the resident: someone has taken the case.</summary>
    HandlerFound,
    /// <summary>To the resident: it takes longer, do you agree (4.6.2-6).</summary>
    ExtensionTold,
    /// <summary>To the resident: solved; please read and sign (4.6.2-4).</summary>
    PleaseSign,
    /// <summary>To the resident: a reminder of it.</summary>
    SignReminder,
    /// <summary>To the resident: thank you, it is signed (4.6.1-4).</summary>
    ThankYou,
    /// <summary>To the resident: your complaint is open again.</summary>
    Reopened,
    /// <summary>To the resident: an answer (4.2.3).</summary>
    Answered,
    /// <summary>To the resident: why there is nothing to handle.</summary>
    Dismissed,
    /// <summary>To the resident: your withdrawal was noted.</summary>
    Withdrawn,
    /// <summary>To staff: identify nature and category (4.6.2-1).</summary>
    TriageOwed,
    /// <summary>To staff: an assignment to accept, with its code (4.6.2-3).</summary>
    Assignment,
    /// <summary>To the head: find a handler.</summary>
    HandlerWanted,
    /// <summary>To staff: an answer is owed (4.2.3).</summary>
    AnswerOwed,
    /// <summary>To staff: cooperate (4.6.1-2-F).</summary>
    CooperationOwed,
    /// <summary>To the handler: a department has done its part.</summary>
    CooperationGiven,
    /// <summary>To the leader: instruct (4.6.1-3).</summary>
    InstructionOwed,
    /// <summary>To the handler: the instruction.</summary>
    Instructed,
    /// <summary>To the leader: approve the answer to a letter (4.6.1-2-E).</summary>
    LetterToApprove,
    /// <summary>To the handler: it was approved.</summary>
    LetterApproved,
    /// <summary>To the handler: it was not approved.</summary>
    LetterRefused,
    /// <summary>To the handler: what the resident said about the extension.</summary>
    ExtensionAnswered,
    /// <summary>To the handler: the resident wrote.</summary>
    ResidentWrote,
    /// <summary>To the handler: signed; follow up and hand over (4.6.1-4, 4.6.1-5).</summary>
    SignedHandOver,
    /// <summary>To the handler and the head: the signature was refused.</summary>
    SignatureRefused,
    /// <summary>To the manager: decide on "unreachable".</summary>
    UnreachableToDecide,
    /// <summary>To quality: confirm a paper signature by a call.</summary>
    PaperToConfirm,
    /// <summary>To quality: check the records (4.6.1-5).</summary>
    RecordsToCheck,
    /// <summary>To the handler: the records came back.</summary>
    RecordsReturned,
    /// <summary>To quality: verify (4.5.4).</summary>
    VerifyOwed,
    /// <summary>To the handler: the result did not hold.</summary>
    VerifyFailed,
    /// <summary>To whoever owes it: it is overdue.</summary>
    Overdue,
    /// <summary>To a superior: somebody's duty is overdue; acknowledge.</summary>
    OverdueBelow,
    /// <summary>To the handler: the resident withdrew.</summary>
    WithdrawnByResident,
    /// <summary>To the person concerned: misreporting was proven (4.6.1-2-G).</summary>
    Misreported,
    /// <summary>To the head: a message could not be delivered.</summary>
    MessageFailed,
    /// <summary>To the resident: handled together with another case about the same place (4.5.7).</summary>
    JoinedToLead,
    /// <summary>To the resident: how that case stands now.</summary>
    LeadMoved,
    /// <summary>To the resident: outside the scope of service, and what to do instead (4.2.3).</summary>
    OutOfScope,
    /// <summary>To the resident: the suggestion is adopted (4.5.4).</summary>
    SuggestionAdopted,
    /// <summary>To the resident: it is not adopted, and why (4.5.4).</summary>
    SuggestionNotAdopted,
    /// <summary>To the resident: thanks for the praise (4.5.4).</summary>
    PraiseThanks,
    /// <summary>To whoever was praised and their head (4.5.4).</summary>
    PraisePassedOn,
}

/// <summary>A message to be told: to the resident where <paramref name="To"/> is null, else to staff.</summary>
public sealed record CaseMessage(Template Template, Party? To, ObligationKind? About = null);

/// <summary>Whom an event must be told to, from the event and the state it led to alone.</summary>
public static class CaseNotices
{
    /// <summary>The messages this event owes.</summary>
    public static IEnumerable<CaseMessage> Of(ComplaintEvent e, Complaint s, CompanyDirectory directory)
    {
        return e switch
        {
            ComplaintEvent.Received r => OnReceived(r, s),
            ComplaintEvent.Assigned a => [Staff(Template.Assignment, a.Handler)],
            ComplaintEvent.Accepted => [Resident(Template.HandlerFound)],
            ComplaintEvent.Declined => [Head(Template.HandlerWanted, s, directory)],
            ComplaintEvent.Triaged when s.Stage == Stage.Answering => [new(Template.AnswerOwed, s.Responsible)],
            ComplaintEvent.Dismissed => [Resident(Template.Dismissed)],
            ComplaintEvent.Noted { ByResident: true } when s.Open => [new(Template.ResidentWrote, s.Responsible)],
            ComplaintEvent.CooperationAsked c => [new(Template.CooperationOwed, Party.Of(c.Unit))],
            ComplaintEvent.CooperationGiven => [new(Template.CooperationGiven, s.Responsible)],
            ComplaintEvent.Escalated => [new(Template.InstructionOwed, Party.Of(s.Chief))],
            ComplaintEvent.Instructed => [new(Template.Instructed, s.Responsible)],
            ComplaintEvent.ExtensionTold => [Resident(Template.ExtensionTold)],
            ComplaintEvent.ExtensionAnswered => [new(Template.ExtensionAnswered, s.Responsible)],
            ComplaintEvent.LetterDrafted => [new(Template.LetterToApprove, Party.Of(s.Chief))],
            ComplaintEvent.LetterDecided l =>
                [new(l.Approved ? Template.LetterApproved : Template.LetterRefused, s.Responsible)],
            ComplaintEvent.SignatureRequested => [Resident(Template.PleaseSign)],
            ComplaintEvent.Completed => [.. OnCompleted(s)],
            ComplaintEvent.SignatureRefused => new[]
            {
                Resident(Template.Reopened), new(Template.SignatureRefused, s.Responsible),
                Head(Template.SignatureRefused, s, directory),
            }.Distinct(),
            ComplaintEvent.UnreachableProposed u => [new(Template.UnreachableToDecide, u.DecidedBy)],
            ComplaintEvent.PaperAttached => [new(Template.PaperToConfirm, Party.Of(s.Keeper))],
            ComplaintEvent.RecordsHandedOver => [new(Template.RecordsToCheck, Party.Of(s.Keeper))],
            ComplaintEvent.RecordsChecked { Complete: false } => [new(Template.RecordsReturned, s.Responsible)],
            ComplaintEvent.RecordsChecked => [new(Template.VerifyOwed, Party.Of(s.Keeper))],
            ComplaintEvent.Verified { Holds: false } =>
                [new(Template.VerifyFailed, s.Responsible), Resident(Template.Reopened)],
            ComplaintEvent.Answered a => OnAnswered(a, s, directory),
            ComplaintEvent.Withdrawn =>
                [Resident(Template.Withdrawn), new(Template.WithdrawnByResident, s.Responsible)],
            ComplaintEvent.MisreportProven m => [Staff(Template.Misreported, m.Concerned)],
            ComplaintEvent.Lapsed l => OnLapsed(l),
            ComplaintEvent.Joined => [Resident(Template.JoinedToLead)],
            ComplaintEvent.LeadMoved => [Resident(Template.LeadMoved)],
            // A failed report of a failed message would chase itself; it stays visible in the case instead.
            ComplaintEvent.MessageFailed f when f.Template != nameof(Template.MessageFailed) =>
                [Head(Template.MessageFailed, s, directory)],
            _ => [],
        };
    }

    private static IEnumerable<CaseMessage> OnReceived(ComplaintEvent.Received r, Complaint s)
    {
        yield return new CaseMessage(Template.TriageOwed, Party.Of(r.TriageBy));
        // Chat, text message and HTTP have the acknowledgement in the reply itself; others are told in a message.
        if (r.Channel is not (Channel.Chat or Channel.Sms or Channel.Http) && s.Intake.Contact.Phone is not null)
            yield return Resident(Template.Acknowledged);
    }

    private static IEnumerable<CaseMessage> OnCompleted(Complaint s)
    {
        yield return new CaseMessage(Template.SignedHandOver, s.Responsible);
        if (s.Signature is not null)
            yield return Resident(Template.ThankYou);
    }

    private static IEnumerable<CaseMessage> OnAnswered(
        ComplaintEvent.Answered a, Complaint s, CompanyDirectory directory)
    {
        yield return Resident(a.As switch
        {
            AnswerKind.Concrete => Template.Answered,
            AnswerKind.OutOfScope => Template.OutOfScope,
            AnswerKind.Adopted => Template.SuggestionAdopted,
            AnswerKind.NotAdopted => Template.SuggestionNotAdopted,
            AnswerKind.PassedOn => Template.PraiseThanks,
            _ => throw new InvalidOperationException($"Unknown answer {a.As}."),
        });
        if (a.As != AnswerKind.PassedOn || a.Praised is not { } praised || directory.Find(praised) is not { } member)
            yield break;
        var head = directory.Head(member.Unit, member.Community ?? s.Community);
        // A case that began as a complaint against somebody stays closed to them, whatever it became.
        foreach (var told in new[] { member, head }.OfType<StaffMember>().DistinctBy(m => m.Id)
            .Where(m => !Authority.IsBarred(s, m, directory)))
        {
            yield return Staff(Template.PraisePassedOn, told.Id);
        }
    }

    private static IEnumerable<CaseMessage> OnLapsed(ComplaintEvent.Lapsed l)
    {
        yield return new CaseMessage(l.Level == 0 ? Template.Overdue : Template.OverdueBelow, Party.Of(l.Told), l.Kind);
        if (l.RemindResident)
            yield return Resident(Template.SignReminder);
    }

    private static CaseMessage Resident(Template template) => new(template, null);

    private static CaseMessage Staff(Template template, StaffId staff) => new(template, Party.Of(staff));

    private static CaseMessage Head(Template template, Complaint s, CompanyDirectory directory)
    {
        var head = directory.Head(s.HandlingUnit, s.Community);
        return head is not null && !Authority.IsBarred(s, head, directory)
            ? Staff(template, head.Id)
            : new CaseMessage(template, Party.Of(s.Chief));
    }
}
