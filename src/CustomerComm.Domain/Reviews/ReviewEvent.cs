using System.Collections.Immutable;

namespace CustomerComm.Domain.Reviews;

/// <summary>How many complaints of one category came from one building.</summary>
public sealed record Problem(string Category, string Building, int Complaints);

/// <summary>
/// A month in figures as they stood when its review was closed: they never change afterwards. Counts are of opinions;
/// <paramref name="Satisfaction"/> is the mean of 1 to 5, null where nobody said. <paramref name="Problems"/> are the
/// most concentrated ones, most complaints first.
/// </summary>
public sealed record MonthFigures(
    int Opinions, int Complaints, int Enquiries, int Suggestions, int Repairs, int Praise, int Open, int Closed,
    int Overdue, int Signed, int Answers, double? Satisfaction, ImmutableArray<Problem> Problems);

/// <summary>
/// What happened to a month's review (4.5.4). Stored types: a field is never renamed or removed, new ones have a
/// default. Due times were computed when the event was decided.
/// </summary>
public abstract record ReviewEvent
{
    private ReviewEvent()
    {
    }

    /// <summary>
    /// The month is over and its opinions are to be reviewed. <paramref name="Withheld"/> of them are kept from the
    /// office, being against its manager: the leader reviews those (4.6.1-2-D).
    /// </summary>
    public sealed record ReviewOpened(
        CommunityId Community, int Year, int Month, int Opinions, int Withheld, StaffId Manager,
        DateTimeOffset ReviewDue, string PolicyVersion) : ReviewEvent;

    /// <summary>
    /// One opinion was identified and verified: handled to the end, told to whoever gave it; if not, why and what next.
    /// <paramref name="Words"/> are sent to them where something new is said.
    /// </summary>
    public sealed record OpinionFound(
        string Opinion, string Matter, StaffId By, bool Handled, bool Told, Personal? Why, Personal? Next,
        Personal? Words, Personal? Phone, string? Conversation, Language Language) : ReviewEvent;

    /// <summary>The office handed the review to quality.</summary>
    public sealed record ReviewSubmitted(StaffId By, int Opinions, int Withheld, DateTimeOffset InspectDue)
        : ReviewEvent;

    /// <summary>The leader finished with those kept from the office.</summary>
    public sealed record WithheldReviewed(StaffId By) : ReviewEvent;

    /// <summary>
    /// Quality verified what was found of one opinion; <paramref name="TakenUp"/> is the complaint that takes up
    /// again what
    /// was wrongly put aside.
    /// </summary>
    public sealed record OpinionChecked(
        string Opinion, StaffId By, bool Holds, Personal? Comment, MatterNumber? TakenUp = null) : ReviewEvent;

    /// <summary>Quality sent the review back with reasons: it is owed again.</summary>
    public sealed record ReviewSentBack(StaffId By, Personal Reason, DateTimeOffset ReviewDue) : ReviewEvent;

    /// <summary>Nothing is left unexplained: the month is closed with its figures.</summary>
    public sealed record ReviewClosed(StaffId By, MonthFigures Figures) : ReviewEvent;

    /// <summary>The month's report is there, and those concerned are told.</summary>
    public sealed record ReportPublished : ReviewEvent;
}
