namespace CustomerComm.Domain.Complaints;

/// <summary>A department asked to cooperate.</summary>
public sealed record Cooperation(Unit Unit, DateTimeOffset Due, bool Given);

/// <summary>The resolution put to the resident.</summary>
public sealed record Resolution(
    int Round, Personal Text, string TextHash, StaffId By, DateTimeOffset At);

/// <summary>An extension the resident was told of and has not answered.</summary>
public sealed record Extension(DateTimeOffset NewDue, Personal Reason);

/// <summary>An answer to a letter; undecided while <paramref name="Approved"/> is null.</summary>
public sealed record LetterAnswer(Personal Text, StaffId By, DateTimeOffset ApproveDue, bool? Approved);

/// <summary>How far a leading complaint had come, in which round.</summary>
public sealed record LeadProgress(Stage Stage, int Round);

/// <summary>
/// Which inside duties of a completed complaint run and which are done (4.6.1-4, 4.6.1-5, 4.6.2-5, 4.5.4).
/// </summary>
public sealed record Completion(
    DateTimeOffset At, DateTimeOffset FollowUpDue, DateTimeOffset HandOverDue, DateTimeOffset RootCauseDue,
    DateTimeOffset? ReportsDue, DateTimeOffset VerifyDue)
{
    /// <summary>The resident was contacted and thanked.</summary>
    public bool FollowedUp { get; init; }

    /// <summary>Quality has the records before it and must check them by then.</summary>
    public DateTimeOffset? CheckDue { get; init; }

    /// <summary>Quality accepted the records.</summary>
    public bool RecordsAccepted { get; init; }

    /// <summary>Cause and prevention are recorded.</summary>
    public bool RootCauseFound { get; init; }

    /// <summary>Both reports of a major complaint are filed.</summary>
    public bool ReportsFiled { get; init; }
}

/// <summary>What the kinds of complaint have in common and not.</summary>
public static class Natures
{
    /// <summary>
    /// Complaints, and repairs (which become complaints when late), go the way of 4.6; the rest is answered (4.2.3).
    /// </summary>
    public static bool HandledAsComplaint(Nature kind) => kind is Nature.Complaint or Nature.RepairRequest;
}

/// <summary>To what an answer came.</summary>
public enum AnswerKind
{
    /// <summary>答复: a concrete answer (4.2.3).</summary>
    Concrete,
    /// <summary>不属服务范围: outside the scope of service, with what to do instead (4.2.3).</summary>
    OutOfScope,
    /// <summary>采纳: the suggestion is adopted (4.5.4).</summary>
    Adopted,
    /// <summary>未采纳: it is not, with the reason (4.5.4).</summary>
    NotAdopted,
    /// <summary>转达: the praise was passed on (4.5.4).</summary>
    PassedOn,
}
