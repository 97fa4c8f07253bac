using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Complaints;

/// <content>Who owes what by when, from the state alone.</content>
public sealed partial class ComplaintMatter
{
    /// <summary>All that is owed now, with the lapses that stand.</summary>
    public static ImmutableArray<Obligation> OwedIn(Tracked<Complaint> of) =>
        Tracking<ComplaintMatter, Complaint, ComplaintCommand, ComplaintEvent>.Owed(of);

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(Complaint s)
    {
        foreach (var o in Beside(s))
            yield return o;
        if (!s.Open)
            yield break;
        // Once it is resolved there is nothing left to route; nothing may be owed that can no longer be done.
        if (!s.Triaged && s.Stage is not (Stage.Resolved or Stage.Completed or Stage.Objected))
            yield return Owe(ObligationKind.Triage, Party.Of(s.Intake.TriageBy), s.Intake.TriageDue, "4.6.2-1");
        if (s.CallBackDue is { } callBack)
            yield return Owe(ObligationKind.DangerCallBack, Party.Of(s.CallBackBy), callBack, "4.6.2-6");
        if (s.Proposed is { } p)
            yield return Owe(ObligationKind.ConsentFinding, Party.Of(p.DecidedBy), p.DecideDue, "4.6.2-1");
        var owed = s.Stage switch
        {
            Stage.Received or Stage.Assigned or Stage.InProgress => Handling(s),
            Stage.Answering => Answering(s),
            Stage.Resolved => SignatureOwed(s).Concat(RecordsOwed(s, s.Records!)),
            Stage.Completed => RecordsOwed(s, s.Records!).Concat(Inside(s, s.Completion!)),
            Stage.Objected => Objected(s, s.Objection!),
            Stage.Closed => [],
            _ => throw new InvalidOperationException($"Unknown stage {s.Stage}."),
        };
        foreach (var o in owed)
            yield return o;
    }

    /// <summary>What was promised beside the handling is owed however the complaint itself stands.</summary>
    private static IEnumerable<Obligation> Beside(Complaint s)
    {
        foreach (var r in s.Remedies.Where(r => !r.Given && r.Approved != false))
        {
            var number = r.Number.ToString(CultureInfo.InvariantCulture);
            yield return r.Approved is null
                ? Owe(ObligationKind.ApproveRemedy, Party.Of(r.DecidedBy!.Value), r.Due, LeaderClause, number)
                : Owe(
                    ObligationKind.GiveRemedy, r.GivenBy is { } payer ? Party.Of(payer) : s.Responsible, r.Due, LeaderClause,
                    number);
        }

        foreach (var m in s.Misreports)
        {
            yield return Owe(
                ObligationKind.DecideConsequence, Party.Of(m.DecidedBy), m.Due, ObjectionClause, m.Concerned.Value);
        }

        if (s.TellDue is { } tell)
            yield return Owe(ObligationKind.FollowUp, s.Responsible, tell, "4.2.3");
    }

    private static IEnumerable<Obligation> Handling(Complaint s)
    {
        if (s.Stage == Stage.Assigned)
        {
            yield return s.Handler is { } handler
                ? Owe(ObligationKind.Accept, Party.Of(handler), s.AcceptDue, "4.6.2-3")
                : Owe(ObligationKind.Assign, Party.Of(s.HandlingUnit), s.AcceptDue, "4.6.2-3");
        }

        yield return Owe(ObligationKind.Resolve, s.Responsible, s.ResolveDue, "4.6.2-6");
        foreach (var c in s.Cooperations.Where(c => !c.Given))
            yield return Owe(ObligationKind.Cooperate, Party.Of(c.Unit), c.Routed ? s.ResolveDue : c.Due, "4.6.1-2-F", c.Unit.ToString());
        if (s.InstructDue is { } instruct)
            yield return Owe(ObligationKind.Instruct, Party.Of(s.InstructBy), instruct, "4.6.1-3");
        if (s.Extension is not null)
            yield return Owe(ObligationKind.RecordExtensionAnswer, s.Responsible, s.ResolveDue, "4.6.2-6");
        if (Approval(s) is { } approval)
            yield return approval;
    }

    private static IEnumerable<Obligation> Answering(Complaint s)
    {
        yield return Owe(ObligationKind.Answer, s.Responsible, s.ResolveDue, "4.2.3");
        if (Approval(s) is { } approval)
            yield return approval;
    }

    private static IEnumerable<Obligation> Objected(Complaint s, Objection o)
    {
        yield return Owe(ObligationKind.AnswerObjection, Party.Of(o.AnsweredBy), o.Due, ObjectionClause);
        if (Approval(s) is { } approval)
            yield return approval;
    }

    private static Obligation? Approval(Complaint s) => s.Letter is { Approved: null } letter
        ? Owe(ObligationKind.ApproveLetter, Party.Of(letter.DecidedBy), letter.ApproveDue, "4.6.1-2-E")
        : null;

    private static IEnumerable<Obligation> SignatureOwed(Complaint s)
    {
        if (s.Request!.Unreachable is { } u)
            yield return Owe(ObligationKind.DecideUnreachable, u.DecidedBy, u.Due, "4.6.2-4");
        else if ((s.Request.Paper?.ConfirmDue ?? s.Request.Drawn?.ConfirmDue) is { } confirm)
            yield return Owe(ObligationKind.ConfirmSignature, Party.Of(s.Keeper), confirm, "4.6.2-4");
        else
            yield return Owe(ObligationKind.ObtainSignature, s.Responsible, s.Request.Due, "4.6.2-4");
    }

    private static IEnumerable<Obligation> RecordsOwed(Complaint s, Records r)
    {
        if (!r.FollowedUp && !s.NoContact)
            yield return Owe(ObligationKind.FollowUp, s.Responsible, r.FollowUpDue, "4.6.1-4");
        if (r.CheckDue is { } check)
            yield return Owe(ObligationKind.CheckRecords, Party.Of(s.Keeper), check, "4.6.1-5");
        else if (!r.Accepted)
            yield return Owe(ObligationKind.HandOverRecords, s.Responsible, r.HandOverDue, "4.6.1-5");
    }

    private static IEnumerable<Obligation> Inside(Complaint s, Completion c)
    {
        if (!c.RootCauseFound)
            yield return Owe(ObligationKind.FindRootCause, s.Responsible, c.RootCauseDue, "4.6.2-5");
        if (c.ReportsDue is { } reports && !c.ReportsFiled)
            yield return Owe(ObligationKind.FileReports, s.Responsible, reports, "4.6.2-5");
        yield return Owe(ObligationKind.Verify, Party.Of(s.Keeper), c.VerifyDue, "4.5.4");
    }

    private static Obligation Owe(
        ObligationKind kind, Party owner, DateTimeOffset due, string clause, string subject = "") =>
        new(kind, subject, owner, due, clause, null);
}
