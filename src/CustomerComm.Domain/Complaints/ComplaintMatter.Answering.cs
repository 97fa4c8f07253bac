using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <summary>
/// What is no complaint has a short life of its own: an enquiry is answered or declared out of scope (4.2.3), a
/// suggestion is adopted or not (4.5.4), praise is passed on (4.5.4).
/// </summary>
public sealed partial class ComplaintMatter
{
    /// <summary>A concrete answer. Suggestions and praise end otherwise.</summary>
    private static Decision<ComplaintEvent> Answer(Context c, ComplaintCommand.Answer a)
    {
        if (c.S.Stage == Stage.Answering && c.S.Kind is Nature.Suggestion or Nature.Praise)
        {
            return No(
                RefusalCode.WrongStage, "4.5.4",
                c.S.Kind == Nature.Suggestion
                    ? "A suggestion is adopted or not, with the reason."
                    : "Praise is passed on to whoever is praised.");
        }

        return Finish(c, "4.2.3", a.Text, "text", AnswerKind.Concrete);
    }

    /// <summary>The matter is outside the scope of service: said at once, with what to do instead.</summary>
    private static Decision<ComplaintEvent> DeclareOutOfScope(Context c, ComplaintCommand.DeclareOutOfScope d) =>
        Only(c, Nature.Enquiry, "4.2.3") is { } no
            ? No(no)
            : Finish(c, "4.2.3", d.Instead, "text", AnswerKind.OutOfScope);

    /// <summary>The unit concerned has considered a suggestion; whoever made it is told the reason.</summary>
    private static Decision<ComplaintEvent> DecideSuggestion(Context c, ComplaintCommand.DecideSuggestion d) =>
        Only(c, Nature.Suggestion, "4.5.4") is { } no
            ? No(no)
            : Finish(
                c, "4.5.4", d.Reason, "reason", d.Adopted ? AnswerKind.Adopted : AnswerKind.NotAdopted,
                aboutCommunication: d.AboutCommunication);

    /// <summary>Whoever praised is thanked; the person praised and their head are told.</summary>
    private static Decision<ComplaintEvent> PassOnPraise(Context c, ComplaintCommand.PassOnPraise p)
    {
        if (Only(c, Nature.Praise, "4.5.4") is { } no)
            return No(no);
        return p.Praised is { } praised && c.Rules.Directory.Find(praised) is null
            ? No(RefusalCode.BadField, "4.5.4", $"There is no member of staff '{praised}'.", "praised")
            : Finish(c, "4.5.4", p.Text, "text", AnswerKind.PassedOn, p.Praised);
    }

    private static Refusal? Only(Context c, Nature kind, string clause) => c.S.Stage == Stage.Answering
        && c.S.Kind != kind
            ? new Refusal(RefusalCode.WrongStage, clause, $"This is no {kind}; triage it anew if it should be.")
            : null;

    private static Decision<ComplaintEvent> Finish(
        Context c, string clause, string text, string field, AnswerKind kind, StaffId? praised = null,
        bool aboutCommunication = false)
    {
        var no = c.At(clause, Stage.Answering) ?? MayAnswer(c, clause) ?? Check.Text(text, field, clause)
            ?? Unapproved(c.S, text);
        return no is not null
            ? No(no)
            : Yes(
                new ComplaintEvent.Answered(c.Member!.Id, new Personal(text), kind, praised, aboutCommunication),
                Ended(c, Outcome.Answered, c.Due(c.Rules.Policy.ObjectWithin)));
    }

    private static Refusal? MayAnswer(Context c, string clause)
    {
        var s = c.S;
        return c.Staff(clause, "the unit concerned", m => Authority.Is(Party.Of(s.Lead), m, s.Community));
    }

    private static Refusal? Unapproved(Complaint s, string text) =>
        s.IsLetter && (s.Letter is not { Approved: true } letter || letter.Text.Value != text)
            ? new Refusal(
                RefusalCode.ApprovalMissing, "4.6.1-2-E",
                "A letter may be answered only with the text the leader approved. Put the answer to the leader first.",
                "text")
            : null;
}
