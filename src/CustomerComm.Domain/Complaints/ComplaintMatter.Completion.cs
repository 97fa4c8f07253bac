using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <content>What is owed inside once the resident's side is done (4.6.1-4, 4.6.1-5, 4.6.2-5, 4.5.4).</content>
public sealed partial class ComplaintMatter
{
    /// <summary>
    /// The contact once it is handled; and the word owed to whoever no message tells how it ended.
    /// </summary>
    private static Decision<ComplaintEvent> FollowUp(Context c, ComplaintCommand.FollowUp f)
    {
        var s = c.S;
        var no = (s.TellDue is null ? c.At("4.6.1-4", Stage.Resolved, Stage.Completed) : null)
            ?? c.Staff("4.6.1-4", "the lead department", m => m.Id == s.Handler
                || Authority.Is(Party.Of(s.HandlingUnit), m, s.Community))
            ?? Check.Text(f.Opinion, "opinion", "4.6.1-4")
            ?? Check.Optional(f.Wishes, "wishes", "4.6.1-4");
        if (no is not null)
            return No(no);
        if (s.NoContact)
            return No(RefusalCode.WrongStage, "4.6.1-4", "Nothing was given by which anybody could be contacted.");
        return s.TellDue is null && s.Records!.FollowedUp
            ? Yes()
            : Yes(new ComplaintEvent.FollowedUp(
                c.Member!.Id, f.Channel, new Personal(f.Opinion),
                Check.Said(f.Wishes)));
    }

    /// <summary>Within three days of the end of handling, signed or not.</summary>
    private static Decision<ComplaintEvent> HandOverRecords(Context c)
    {
        if ((c.At("4.6.1-5", Stage.Resolved, Stage.Completed) ?? c.Handler("4.6.1-5")) is { } no)
            return No(no);
        var done = c.S.Records!;
        if (!done.FollowedUp && !c.S.NoContact)
        {
            return No(NotYet(
                ObligationKind.FollowUp, "4.6.1-4",
                "Contact the resident and note their opinion first: it is part of the records."));
        }

        return done.Accepted || done.CheckDue is not null
            ? Yes()
            : Yes(new ComplaintEvent.RecordsHandedOver(c.Member!.Id, c.Due(c.Rules.Policy.CheckRecords)));
    }

    private static Decision<ComplaintEvent> CheckRecords(Context c, ComplaintCommand.CheckRecords k)
    {
        var no = c.At("4.6.1-5", Stage.Resolved, Stage.Completed)
            ?? c.MayJudge(Party.Of(c.S.Keeper), "4.6.1-5") ?? (k.Accepted
                ? Check.Optional(k.Reason, "reason", "4.6.1-5")
                : Check.Text(k.Reason, "reason", "4.6.1-5"));
        if (no is not null)
            return No(no);
        var done = c.S.Records!;
        if (done.Accepted && k.Accepted)
            return Yes();
        if (done.CheckDue is null)
            return No(NotYet(ObligationKind.HandOverRecords, "4.6.1-5", "The records have not been handed over."));
        return Yes(new ComplaintEvent.RecordsChecked(
            c.Member!.Id, k.Accepted, Check.Said(k.Reason),
            k.Accepted ? null : c.Due(c.Rules.Policy.CheckRecords)));
    }

    private static Decision<ComplaintEvent> FindRootCause(Context c, ComplaintCommand.FindRootCause f)
    {
        var no = c.At("4.6.2-5", Stage.Completed) ?? c.Handler("4.6.2-5") ?? Check.Text(f.Cause, "cause", "4.6.2-5")
            ?? Check.Text(f.Prevention, "prevention", "4.6.2-5");
        if (no is not null)
            return No(no);
        return c.S.Completion!.RootCauseFound
            ? Yes()
            : Yes(new ComplaintEvent.RootCauseFound(
                c.Member!.Id, new Personal(f.Cause), new Personal(f.Prevention)));
    }

    private static Decision<ComplaintEvent> Verify(Context c, ComplaintCommand.Verify v)
    {
        var no = c.At("4.5.4", Stage.Completed) ?? c.MayJudge(Party.Of(c.S.Keeper), "4.5.4")
            ?? Check.Text(v.Comment, "comment", "4.5.4");
        if (no is not null)
            return No(no);
        var by = c.Member!.Id;
        if (!v.Holds)
        {
            var failed = new ComplaintEvent.Verified(by, Holds: false, new Personal(v.Comment), TimeToRedo(c));
            // Twice undone is what the department cannot solve, whoever says that it is not done (4.6.1-3).
            return c.S.Reopened > 0
                ? Yes(failed, Unsolvable(c, v.Comment))
                : Yes(failed);
        }

        if (Missing(c.S, c.S.Records!, c.S.Completion!) is var (step, missing))
            return No(NotYet(step, "4.5.4", $"Before the result can be verified: {missing}."));
        return Yes(
            new ComplaintEvent.Verified(by, Holds: true, new Personal(v.Comment), null),
            new ComplaintEvent.Closed(Outcome.Verified, c.Due(c.Rules.Policy.ObjectWithin)));
    }

    private static (ObligationKind Step, string Text)? Missing(Complaint s, Records records, Completion done)
    {
        if (!records.FollowedUp && !s.NoContact)
            return (ObligationKind.FollowUp, "the resident must be contacted (4.6.1-4)");
        if (!records.Accepted)
        {
            return (
                records.CheckDue is null ? ObligationKind.HandOverRecords : ObligationKind.CheckRecords,
                "the records must be handed over and accepted (4.6.1-5)");
        }

        if (!done.RootCauseFound)
            return (ObligationKind.FindRootCause, "cause and prevention must be recorded (4.6.2-5)");
        return done is { ReportsDue: not null, ReportsFiled: false }
            ? (ObligationKind.FileReports, "both reports must be filed (4.6.2-5)")
            : null;
    }
}
