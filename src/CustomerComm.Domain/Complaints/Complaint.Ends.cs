namespace CustomerComm.Domain.Complaints;

/// <content>How what was owed came to its end: done, not done, or needed no longer.</content>
public sealed partial record Complaint
{
    private StepEnd EndOf(ObligationKind kind, string subject, ComplaintEvent by) => kind switch
    {
        ObligationKind.Cooperate => Cooperations.Find(c => c.Unit.ToString() == subject) switch
        {
            { Given: true } => StepEnd.Done,
            // It was solved without the help that was asked for.
            { } when by is ComplaintEvent.Resolved => StepEnd.Undone,
            _ => StepEnd.FellAway,
        },
        // A dispute that was ended from above was never solved.
        ObligationKind.Resolve when by is ComplaintEvent.Closed { Outcome: Outcome.FinallyAnswered } => StepEnd.Undone,
        // It ends by being answered, unless the resident takes it back.
        ObligationKind.AnswerObjection when by is ComplaintEvent.Closed =>
            Withdrew ? StepEnd.FellAway : StepEnd.Done,
        _ => IsDone(kind, by) ? StepEnd.Done : StepEnd.FellAway,
    };

    private static bool IsDone(ObligationKind kind, ComplaintEvent by) => kind switch
    {
        // Solving it confirms what it is.
        ObligationKind.Triage => by is ComplaintEvent.Triaged or ComplaintEvent.Dismissed or ComplaintEvent.Resolved,
        ObligationKind.DangerCallBack => by is ComplaintEvent.CallBackRecorded,
        ObligationKind.ConsentFinding => by is ComplaintEvent.FindingDecided,
        ObligationKind.Assign => by is ComplaintEvent.Assigned,
        ObligationKind.Accept => by is ComplaintEvent.Accepted,
        ObligationKind.Resolve => by is ComplaintEvent.Resolved,
        ObligationKind.Answer => by is ComplaintEvent.Answered or ComplaintEvent.Closed { Outcome: Outcome.Answered },
        ObligationKind.Instruct =>
            by is ComplaintEvent.Instructed or ComplaintEvent.Closed { Outcome: Outcome.FinallyAnswered },
        ObligationKind.RecordExtensionAnswer => by is ComplaintEvent.ExtensionAnswered,
        ObligationKind.ApproveLetter => by is ComplaintEvent.LetterDecided,
        // With paper or after vain attempts others decide; what they do not accept is owed anew.
        ObligationKind.ObtainSignature =>
            by is ComplaintEvent.Completed or ComplaintEvent.PaperAttached or ComplaintEvent.SignatureTaken
                or ComplaintEvent.UnreachableProposed,
        ObligationKind.DecideUnreachable => by is ComplaintEvent.UnreachableDecided,
        ObligationKind.ConfirmSignature => by is ComplaintEvent.SignatureDecided or ComplaintEvent.Signed,
        ObligationKind.FollowUp => by is ComplaintEvent.FollowedUp,
        ObligationKind.HandOverRecords => by is ComplaintEvent.RecordsHandedOver,
        ObligationKind.CheckRecords => by is ComplaintEvent.RecordsChecked,
        ObligationKind.FindRootCause => by is ComplaintEvent.RootCauseFound,
        ObligationKind.FileReports => by is ComplaintEvent.ReportsFiled,
        ObligationKind.Verify => by is ComplaintEvent.Verified or ComplaintEvent.Closed { Outcome: Outcome.Verified },
        ObligationKind.AnswerObjection => by is ComplaintEvent.ObjectionAnswered,
        ObligationKind.ApproveRemedy => by is ComplaintEvent.RemedyDecided,
        ObligationKind.GiveRemedy => by is ComplaintEvent.RemedyGiven,
        ObligationKind.DecideConsequence => by is ComplaintEvent.ConsequenceDecided,
        _ => throw new InvalidOperationException($"No complaint owes {kind}."),
    };
}
