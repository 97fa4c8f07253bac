using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <content>
/// The resident's objection to how it ended: first answered by somebody who had no hand in it, then for good by the chief
/// (4.6.1-2-G, 4.6.1-3).
/// </content>
public sealed partial class ComplaintMatter
{
    private const string ObjectionClause = "4.6.1-2-G";

    /// <summary>The objection that is answered for good.</summary>
    internal const int LastObjection = 2;

    // So often must it have been tried before a dispute may be ended from above.
    private const int TriedInVain = 2;

    private static bool IsSilentAfterRefusal(Context c) =>
        c.S is { SaysUnsolved: true, Request: { } request } && Signing.EnoughAttempts(request, c.Rules, "4.6.1-3") is null;

    /// <summary>It ends; where no message reaches whoever is to be told of it, somebody owes them a word (4.2.3).</summary>
    private static ComplaintEvent.Closed Ended(Context c, Outcome outcome, DateTimeOffset? objectUntil) =>
        new(outcome, objectUntil, HearsNothing(c.S) ? c.Due(c.Rules.Policy.FollowUp) : null);

    private static bool HearsNothing(Complaint s) => !s.Intake.Contact.IsUnknown
        && s.Intake.Contact.ForTexts() is null && s.Intake.Contact.Conversation is null
        && s.Intake.Complainant?.Phone is null;

    private static Decision<ComplaintEvent> Object(Context c, ComplaintCommand.Object o)
    {
        var s = c.S;
        if (c.Actor is not Actor.Resident)
        {
            return No(
                RefusalCode.ResidentOnly, ObjectionClause,
                "Only the resident can object; staff note what they were told, or take it in as a complaint.");
        }

        if (Check.Text(o.Reason, "reason", ObjectionClause, Check.LongestText) is { } bad)
            return No(bad);
        if (s.Objection is not null)
            return No(RefusalCode.WrongStage, ObjectionClause, "An objection is being looked into already.");
        if (s.Open)
        {
            return No(
                RefusalCode.WrongStage, ObjectionClause, "The complaint is still open; say there what is not right.");
        }

        if (s.ObjectUntil is not { } until)
            return No(RefusalCode.Closed, ObjectionClause, $"Complaint {s.Number} ended for good; open a new one.");
        if (c.Now > until)
        {
            return No(
                RefusalCode.TooLate, ObjectionClause, "The time to object is over; open a new complaint, it is linked.");
        }

        var level = s.Objections + 1;
        var limit = level < LastObjection ? c.Rules.Policy.AnswerObjection : c.Rules.Policy.AnswerFinally;
        return Yes(new ComplaintEvent.Objected(
            level, o.Channel, new Personal(o.Reason), AnswererOf(s, level, c.Rules.Directory), c.Due(limit)));
    }

    private static Unit AnswererOf(Complaint s, int level, CompanyDirectory directory) => level < LastObjection
        ? Signing.Reviewer(s, Unit.Quality, s.HandedOrJudged(level), directory)
        : Signing.Reviewer(s, s.Chief, s.HandedOrJudged(level), directory, Aside(s));

    /// <summary>Whoever stands in for an accused leader has led it so far: the last word is another unit's.</summary>
    private static Unit? Aside(Complaint s) => s.Chief == Unit.Leader ? null : s.Chief;

    private static Decision<ComplaintEvent> AnswerObjection(Context c, ComplaintCommand.AnswerObjection a)
    {
        var s = c.S;
        if (s.Objection is not { } objection)
            return No(RefusalCode.WrongStage, ObjectionClause, "No objection waits for an answer.");
        var last = objection.Level >= LastObjection;
        var no = MayAnswerObjection(c, objection) ?? Check.Text(a.Text, "text", ObjectionClause)
            // What the chief answers is approved by that.
            ?? (last || objection.AnsweredBy == s.Chief ? null : Unapproved(s, a.Text));
        if (no is not null)
            return No(no);
        var by = c.Member!.Id;
        var text = new Personal(a.Text);
        if (!a.Upheld)
        {
            DateTimeOffset? until = last ? null : c.Due(c.Rules.Policy.ObjectWithin);
            return Yes(
                new ComplaintEvent.ObjectionAnswered(by, objection.Level, Upheld: false, text, null, until),
                Ended(c, last ? Outcome.FinallyAnswered : objection.Before, until));
        }

        var kind = Natures.HandledAsComplaint(s.Kind) ? s.Kind : Nature.Complaint;
        var upheld = new ComplaintEvent.ObjectionAnswered(
            by, objection.Level, Upheld: true, text, DueToResolve(c.Now, kind, s.Severity, c.Rules), null);
        // Whoever handled it before had their chance: somebody else of the unit that leads, where there is one.
        var directory = c.Rules.Directory;
        var next = Authority.FirstFree(s.Lead, s, directory, c.HandledBy) ?? Authority.FirstFree(s.Lead, s, directory)
            ?? Authority.FirstFree(s.Chief, s, directory);
        return next is null
            ? Yes(upheld)
            : Yes(upheld, new ComplaintEvent.Assigned(next.Id, next.Unit, c.Due(c.Rules.Policy.Accept), null));
    }

    private static Refusal? MayAnswerObjection(Context c, Objection o) => Signing.MayJudge(
        c.S, Party.Of(o.AnsweredBy), c.Actor, c.S.HandedOrJudged(o.Level), c.Rules.Directory, ObjectionClause);

    /// <summary>
    /// Where the resident refused again and again, or refused and can be reached no more, the chief may end it with a final
    /// answer in writing; not by whoever had it in hand.
    /// </summary>
    private static Decision<ComplaintEvent> AnswerFinally(Context c, ComplaintCommand.AnswerFinally a)
    {
        const string clause = "4.6.1-3";
        var no = c.At(clause, Stage.Assigned, Stage.InProgress, Stage.Resolved)
            ?? c.MayJudge(Party.Of(c.Above(c.HandledBy)), clause) ?? Check.Text(a.Text, "text", clause) ?? CalledBack(c);
        if (no is not null)
            return No(no);
        return c.S.Refusals >= TriedInVain || IsSilentAfterRefusal(c)
            ? Yes(
                new ComplaintEvent.FinallyAnswered(c.Member!.Id, new Personal(a.Text)),
                Ended(c, Outcome.FinallyAnswered, null))
            : No(
                RefusalCode.NotYet, clause,
                $"It must have been tried and refused {TriedInVain} times before, or refused and the resident not be "
                + "reached since by enough attempts.");
    }
}
