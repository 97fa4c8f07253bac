using System.Collections.Immutable;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain;

/// <summary>What can be owed, in any matter.</summary>
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
    /// <summary>Confirm a signature by a call: one on paper, or by a phone that is not on file (4.6.2-4).</summary>
    ConfirmSignature,
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
    /// <summary>Consent to a finding that makes less of a complaint, or not (4.6.2-1).</summary>
    ConsentFinding,
    /// <summary>Answer an objection to how a complaint ended (4.6.1-2-G).</summary>
    AnswerObjection,
    /// <summary>Approve a remedy, or not (4.6.1-2-D).</summary>
    ApproveRemedy,
    /// <summary>Give the remedy that was promised (4.6.1-2-D).</summary>
    GiveRemedy,
    /// <summary>Decide what follows for whoever reported untruly (4.6.1-2-G).</summary>
    DecideConsequence,
    /// <summary>Acknowledge that somebody was late (design: the ladder).</summary>
    AcknowledgeLapse,
    /// <summary>Answer a contact entered in a post's register (4.2.1).</summary>
    AnswerContact,
    /// <summary>See to what came in and was set aside (4.6.2-1).</summary>
    SeeToContact,
    /// <summary>Make a complaint of an opinion entered in a register, or say why not (4.6.2-1).</summary>
    TakeUpOpinion,
    /// <summary>Call back whoever was missed (4.5.2).</summary>
    CallBack,
    /// <summary>Call back whoever reported a danger, within minutes (4.6.2-6).</summary>
    DangerCallBack,
    /// <summary>Fill a gap in the duty roster (4.5.2).</summary>
    CoverDuty,
    /// <summary>Take over what a shift leaves open (4.5.2).</summary>
    TakeOverShift,
    /// <summary>Publish a notice by its time (4.2.2).</summary>
    PublishNotice,
    /// <summary>Accept an order (4.2.4).</summary>
    AcceptOrder,
    /// <summary>Carry an order out (4.2.4).</summary>
    CarryOutOrder,
    /// <summary>Obtain the resident's agreement to an amendment (4.2.4).</summary>
    AgreeAmendment,
    /// <summary>Obtain the resident's evaluation of a finished order (3.3).</summary>
    ObtainEvaluation,
    /// <summary>Revisit the resident and obtain the signature (4.5.3).</summary>
    Revisit,
    /// <summary>Identify and verify the opinions of a month and tell the results (4.5.4).</summary>
    ReviewMonth,
    /// <summary>Inspect a month's review (4.5.4).</summary>
    InspectMonth,
    /// <summary>Prepare the annual survey and send it out (4.5.6).</summary>
    SendSurvey,
    /// <summary>Count and analyse the survey (4.5.6).</summary>
    AnalyseSurvey,
    /// <summary>Answer in public a problem that many raised (4.5.6).</summary>
    PublishAnswer,
    /// <summary>Seek out the owners' committee and record the meeting (4.5.5).</summary>
    HoldMeeting,
    /// <summary>Carry out what a meeting agreed on (4.5.5).</summary>
    CarryOutAction,
    /// <summary>Send the minutes of a meeting to the committee (4.5.5).</summary>
    SendMinutes,
    /// <summary>Carry out a corrective or preventive measure (4.6.2-5).</summary>
    CarryOutMeasure,
    /// <summary>Check whether a measure is effective (4.6.2-5, 4.5.4).</summary>
    CheckMeasure,
    /// <summary>First contact with the resident of a work order from outside (4.6.2-2).</summary>
    ContactOutside,
    /// <summary>Reply to the authority a work order came from (4.2.1).</summary>
    ReplyOutside,
    /// <summary>Consent to giving a work order back, or not (4.6.2-2).</summary>
    ConsentReturn,
    /// <summary>Approve the reply to an authority, or not (4.2.1).</summary>
    ApproveReply,
    /// <summary>Call back independently after a work order was replied to (4.5.4).</summary>
    CallBackOutside,
    /// <summary>Make sure who asks about their data (4.2.3).</summary>
    ExamineDataRequest,
    /// <summary>Decide on the erasure of a person, by somebody who did not record it (4.2.3).</summary>
    DecideErasure,
    /// <summary>Give a person the copy of what is kept of them (4.2.3).</summary>
    GiveCopy,
    /// <summary>See that an approved erasure is carried out (4.2.3).</summary>
    CarryOutErasure,
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

/// <summary>A lapse that still stands.</summary>
public sealed record Lapse(
    ObligationKind Kind, string Subject, DateTimeOffset Due, int Level, StaffId Told, DateTimeOffset Next,
    bool Acknowledged);

/// <summary>What holds for the obligations of every kind of matter.</summary>
public static class Obligations
{
    /// <summary>
    /// The obligations with the lapses that stand. Lapses that nobody has acknowledged yet count as owed by whoever was
    /// told.
    /// </summary>
    public static ImmutableArray<Obligation> WithLapses(IEnumerable<Obligation> basic, ImmutableList<Lapse> lapses)
    {
        var owed = ImmutableArray.CreateBuilder<Obligation>();
        foreach (var o in basic)
        {
            var lapse = lapses.Find(l => IsOf(l, o));
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

    /// <summary>When the pump must look at these next, or null when nothing is owed.</summary>
    public static DateTimeOffset? NextTrigger(ImmutableArray<Obligation> owed)
    {
        DateTimeOffset? next = null;
        foreach (var o in owed)
        {
            if (o.Kind != ObligationKind.AcknowledgeLapse && (next is null || o.Trigger < next))
                next = o.Trigger;
        }

        return next;
    }

    /// <summary>Those lapses whose obligation still stands.</summary>
    public static ImmutableList<Lapse> Standing(IEnumerable<Obligation> basic, ImmutableList<Lapse> lapses)
    {
        var owed = basic.ToList();
        return lapses.RemoveAll(l => !owed.Exists(o => IsOf(l, o)));
    }

    /// <summary>True for what judges the work of others: nobody who did the work may do it (4.5.4).</summary>
    public static bool IsReview(ObligationKind kind) => kind is ObligationKind.DecideUnreachable
        or ObligationKind.ConfirmSignature or ObligationKind.CheckRecords or ObligationKind.Verify
        or ObligationKind.InspectMonth or ObligationKind.ConsentFinding or ObligationKind.AnswerObjection
        or ObligationKind.ApproveRemedy or ObligationKind.CheckMeasure or ObligationKind.ConsentReturn
        or ObligationKind.ApproveReply or ObligationKind.CallBackOutside or ObligationKind.Instruct
        or ObligationKind.ApproveLetter or ObligationKind.DecideErasure;

    private static bool IsOf(Lapse l, Obligation o) => l.Kind == o.Kind && l.Subject == o.Subject && l.Due == o.Due;
}
