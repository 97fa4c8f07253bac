using System.Collections.Immutable;

namespace CustomerComm.Domain.Complaints;

/// <summary>
/// What another classifier takes the text of a complaint for; whoever triages it sees it, and it changes nothing
/// (4.6.2-1).
/// </summary>
public sealed record SecondOpinion(Category Category, Nature Kind, Severity Severity);

/// <summary>
/// A department that is to cooperate; <paramref name="Routed"/>: the routing says so, nobody asked, and it is due with the
/// complaint itself.
/// </summary>
public sealed record Cooperation(Unit Unit, DateTimeOffset Due, bool Given, bool Routed);

/// <summary>What somebody finds a complaint to be.</summary>
public sealed record Finding(
    Nature Kind, Category Category, ImmutableArray<Category> Also, Severity Severity, StaffId? Accused, StaffId? Handler);

/// <summary>What a complaint was called before a finding, for whoever is told what it changed.</summary>
public sealed record Called(Nature Kind, Category Category, ImmutableArray<Category> Also, Severity Severity);

/// <summary>
/// A finding that makes less of it, or its dismissal (<paramref name="Found"/> is null), which waits for consent.
/// </summary>
public sealed record ProposedFinding(
    StaffId By, Finding? Found, FindingReason Why, Personal Reason, Unit DecidedBy, DateTimeOffset DecideDue);

/// <summary>How something that went wrong is made good.</summary>
public enum RemedyKind
{
    /// <summary>道歉: an apology.</summary>
    Apology,
    /// <summary>返工: work done again or besides.</summary>
    Work,
    /// <summary>赔付: money; needs the approval of the chief or quality, see <see cref="Remedy"/>.</summary>
    Money,
}

/// <summary>
/// What was offered to make good (4.6.1-2-D). Undecided while <paramref name="Approved"/> is null; <paramref name="Due"/>
/// is by when it is decided, then by when it is given.
/// </summary>
public sealed record Remedy(
    int Number, StaffId By, RemedyKind Kind, Personal What, decimal? Amount, Unit? DecidedBy, Unit? GivenBy, bool? Approved, bool Given,
    DateTimeOffset Due)
{
    /// <summary>Who approved it: they do not pay it out.</summary>
    public StaffId? ApprovedBy { get; init; }
}

/// <summary>Misreporting that was proven and of which nobody has said yet what follows (4.6.1-2-G).</summary>
public sealed record Misreport(StaffId Concerned, Personal What, DateTimeOffset Due, Unit DecidedBy);

/// <summary>An objection to how it ended, which waits for its answer; <paramref name="Before"/> is how that was.</summary>
public sealed record Objection(int Level, Unit AnsweredBy, DateTimeOffset Due, Outcome Before);

/// <summary>The resolution put to the resident.</summary>
public sealed record Resolution(
    int Round, Personal Text, string TextHash, StaffId By, DateTimeOffset At);

/// <summary>
/// An extension the resident was told of and has not answered; from <paramref name="AnswerBy"/> on their silence is one.
/// </summary>
public sealed record Extension(DateTimeOffset NewDue, Personal Reason, StaffId By, DateTimeOffset AnswerBy);

/// <summary>An answer to a letter; undecided while <paramref name="Approved"/> is null.</summary>
public sealed record LetterAnswer(
    Personal Text, StaffId By, DateTimeOffset ApproveDue, Unit DecidedBy, bool? Approved);

/// <summary>How far a leading complaint had come, in which round.</summary>
public sealed record LeadProgress(Stage Stage, int Round);

/// <summary>
/// What is owed of the records once it is handled, signed or not (4.6.1-4, 4.6.1-5).
/// </summary>
public sealed record Records(DateTimeOffset FollowUpDue, DateTimeOffset HandOverDue)
{
    /// <summary>The resident was contacted and thanked.</summary>
    public bool FollowedUp { get; init; }

    /// <summary>Quality has the records before it and must check them by then.</summary>
    public DateTimeOffset? CheckDue { get; init; }

    /// <summary>Quality accepted the records.</summary>
    public bool Accepted { get; init; }
}

/// <summary>Which inside duties of a completed complaint run and which are done (4.6.2-5, 4.5.4).</summary>
public sealed record Completion(
    DateTimeOffset At, DateTimeOffset RootCauseDue, DateTimeOffset? ReportsDue, DateTimeOffset VerifyDue)
{
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
