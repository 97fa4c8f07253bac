using CustomerComm.App.Matters;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Complaints;

/// <summary>
/// Which of the tokens of a complaint's status page one is: they let their holders do different things.
/// </summary>
public static class ComplaintTokens
{
    /// <summary>True where it is one of them.</summary>
    public static bool IsStatusToken(this LoadedMatter<Complaint> complaint, string? token) =>
        complaint.IssueOf(token, ComplaintMatter.StatusPage) is not null;

    /// <summary>True where it was sent to whoever speaks for the resident.</summary>
    public static bool IsRepresentativeToken(this LoadedMatter<Complaint> complaint, string? token) =>
        complaint.Opens(token, ComplaintMatter.StatusPage, ComplaintMatter.RepresentativeLink);

    /// <summary>
    /// True where whoever holds it is the resident: it was sent to their phone or chat, or there is neither, and it was
    /// the answer to themselves.
    /// </summary>
    public static bool IsOwnToken(this LoadedMatter<Complaint> complaint, string token)
    {
        var intake = complaint.State.Intake;
        return complaint.IssueOf(token, ComplaintMatter.StatusPage) switch
        {
            ComplaintMatter.OwnLink => true,
            0 => intake.EnteredBy is null && intake.Complainant is not { IsRepresentative: true }
                && intake.Contact.ForTexts() is null && intake.Contact.Conversation is null,
            _ => false,
        };
    }
}
