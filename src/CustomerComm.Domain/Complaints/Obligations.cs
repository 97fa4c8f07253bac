using System.Collections.Immutable;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Complaints;

/// <summary>What can be owed in a case.</summary>
public enum ObligationKind
{
    /// <summary>Identify nature and category (4.6.2-1).</summary>
    Triage,
    /// <summary>Find a handler (4.6.2-3).</summary>
    Assign,
    /// <summary>Accept the assignment (4.6.2-3).</summary>
    Accept,
    /// <summary>Solve it (4.6.2-6).</summary>
    Resolve,
    /// <summary>Answer what is no complaint (4.2.3).</summary>
    Answer,
    /// <summary>Cooperate (4.6.1-2-F).</summary>
    Cooperate,
    /// <summary>Instruct (4.6.1-3).</summary>
    Instruct,
    /// <summary>Record the resident's answer to an extension (4.6.2-6).</summary>
    RecordExtensionAnswer,
    /// <summary>Approve or refuse the answer to a letter (4.6.1-2-E).</summary>
    ApproveLetter,
    /// <summary>Obtain the signature (4.6.2-4).</summary>
    ObtainSignature,
    /// <summary>Decide on "unreachable" (4.6.2-4).</summary>
    DecideUnreachable,
    /// <summary>Confirm a signature on paper by a call (4.6.2-4).</summary>
    ConfirmPaper,
    /// <summary>Contact the resident, ask, thank (4.6.1-4).</summary>
    FollowUp,
    /// <summary>Hand the records to quality (4.6.1-5).</summary>
    HandOverRecords,
    /// <summary>Accept or return the records (4.6.1-5).</summary>
    CheckRecords,
    /// <summary>Find cause and prevention (4.6.2-5).</summary>
    FindRootCause,
    /// <summary>File corrective and preventive reports (4.6.2-5).</summary>
    FileReports,
    /// <summary>Verify the result (4.5.4).</summary>
    Verify,
    /// <summary>Acknowledge that somebody was late (design: the ladder).</summary>
    AcknowledgeLapse,
}

/// <summary>
/// One thing owed: by exactly one party, by exactly one time. <paramref name="Subject"/> tells apart two of one kind.
/// </summary>
public sealed record Obligation(
    ObligationKind Kind, string Subject, Party Owner, DateTimeOffset Due, string Clause, Lapse? Lapse)
{
    /// <summary>
    /// When the pump must look at it: when it is due, or, once lapsed, when the next level is to be told.
    /// </summary>
    public DateTimeOffset Trigger => Lapse?.Next ?? Due;
}

/// <summary>Who owes what by when, from the state alone.</summary>
public static class Obligations
{
    /// <summary>
    /// All that is owed now. Never empty for an open case. Lapses that nobody has acknowledged yet count as owed by
    /// whoever was told.
    /// </summary>
    public static ImmutableArray<Obligation> Of(Complaint s)
    {
        ArgumentNullException.ThrowIfNull(s);
        var owed = ImmutableArray.CreateBuilder<Obligation>();
        foreach (var o in Basic(s))
        {
            var lapse = s.Lapses.Find(l => l.Kind == o.Kind && l.Subject == o.Subject && l.Due == o.Due);
            owed.Add(o with { Lapse = lapse });
            if (lapse is { Acknowledged: false } && o.Owner != Party.Of(lapse.Told))
            {
                owed.Add(new Obligation(
                    ObligationKind.AcknowledgeLapse, $"{o.Kind}|{o.Subject}", Party.Of(lapse.Told), lapse.Next,
                    o.Clause, null));
            }
        }

        return owed.ToImmutable();
    }

    /// <summary>When the pump must look at the case next, or null when nothing is owed.</summary>
    public static DateTimeOffset? NextTrigger(Complaint s)
    {
        DateTimeOffset? next = null;
        foreach (var o in Of(s))
        {
            if (o.Kind != ObligationKind.AcknowledgeLapse && (next is null || o.Trigger < next))
                next = o.Trigger;
        }

        return next;
    }

    /// <summary>True for what judges the work of others: nobody who handled the case may do it (4.5.4).</summary>
    public static bool IsReview(ObligationKind kind) => kind is ObligationKind.DecideUnreachable
        or ObligationKind.ConfirmPaper or ObligationKind.CheckRecords or ObligationKind.Verify;

    internal static ImmutableList<Lapse> Standing(Complaint s)
    {
        if (s.Lapses.IsEmpty)
            return s.Lapses;
        var owed = Basic(s).ToList();
        return s.Lapses.RemoveAll(l =>
            !owed.Exists(o => o.Kind == l.Kind && o.Subject == l.Subject && o.Due == l.Due));
    }

    internal static IEnumerable<Obligation> Basic(Complaint s)
    {
        if (!s.Open)
            yield break;
        // Once it is resolved there is nothing left to route; nothing may be owed that can no longer be done.
        if (!s.Triaged && s.Stage is not (Stage.Resolved or Stage.Completed))
            yield return Owe(ObligationKind.Triage, Party.Of(s.Intake.TriageBy), s.Intake.TriageDue, "4.6.2-1");
        var owed = s.Stage switch
        {
            Stage.Received or Stage.Assigned or Stage.InProgress => Handling(s),
            Stage.Answering => Answering(s),
            Stage.Resolved => Signing(s),
            Stage.Completed => Inside(s, s.Completion!),
            Stage.Closed => [],
            _ => throw new InvalidOperationException($"Unknown stage {s.Stage}."),
        };
        foreach (var o in owed)
            yield return o;
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
            yield return Owe(ObligationKind.Cooperate, Party.Of(c.Unit), c.Due, "4.6.1-2-F", c.Unit.ToString());
        if (s.InstructDue is { } instruct)
            yield return Owe(ObligationKind.Instruct, Party.Of(s.Chief), instruct, "4.6.1-3");
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

    private static Obligation? Approval(Complaint s) => s.Letter is { Approved: null } letter
        ? Owe(ObligationKind.ApproveLetter, Party.Of(s.Chief), letter.ApproveDue, "4.6.1-2-E")
        : null;

    private static IEnumerable<Obligation> Signing(Complaint s)
    {
        if (s.Unreachable is { } u)
            yield return Owe(ObligationKind.DecideUnreachable, u.DecidedBy, u.Due, "4.6.2-4");
        else if (s.Paper is { } p)
            yield return Owe(ObligationKind.ConfirmPaper, Party.Of(s.Keeper), p.ConfirmDue, "4.6.2-4");
        else
            yield return Owe(ObligationKind.ObtainSignature, s.Responsible, s.Resolution!.SignDue, "4.6.2-4");
    }

    private static IEnumerable<Obligation> Inside(Complaint s, Completion c)
    {
        if (!c.FollowedUp)
            yield return Owe(ObligationKind.FollowUp, s.Responsible, c.FollowUpDue, "4.6.1-4");
        if (c.CheckDue is { } check)
            yield return Owe(ObligationKind.CheckRecords, Party.Of(s.Keeper), check, "4.6.1-5");
        else if (!c.RecordsAccepted)
            yield return Owe(ObligationKind.HandOverRecords, s.Responsible, c.HandOverDue, "4.6.1-5");
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
