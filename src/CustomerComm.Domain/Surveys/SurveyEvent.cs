using System.Collections.Immutable;

namespace CustomerComm.Domain.Surveys;

/// <summary>
/// What can happen to the survey of a community and year (4.5.6). Stored types: a field is never renamed or removed,
/// new
/// ones have a default.
/// </summary>
public abstract record SurveyEvent
{
    private SurveyEvent()
    {
    }

    /// <summary>The year's survey is to be prepared and sent by <paramref name="Due"/>.</summary>
    public sealed record SurveyBegun(
        CommunityId Community, int Year, string PolicyVersion, DateTimeOffset Due, Questionnaire Questionnaire,
        string? CopiedFrom) : SurveyEvent;

    /// <summary>The questionnaire was changed; an approval given before no longer counts.</summary>
    public sealed record QuestionnaireChanged(StaffId By, Questionnaire Questionnaire) : SurveyEvent;

    /// <summary>The questionnaire may go out as it is.</summary>
    public sealed record QuestionnaireApproved(StaffId By) : SurveyEvent;

    /// <summary>
    /// It goes out; the questionnaire is frozen. Answers are taken until <paramref name="Until"/>; counting and
    /// analysing
    /// is due by <paramref name="AnalyseDue"/>.
    /// </summary>
    public sealed record SurveySent(
        StaffId By, DateTimeOffset Until, DateTimeOffset AnalyseDue, ImmutableArray<DateTimeOffset> Reminders)
        : SurveyEvent;

    /// <summary>
    /// Every home was invited: so many, of them so many that no message can reach; homes of staff were left out.
    /// </summary>
    public sealed record InvitationsOut(int Homes, int Unreachable, int StaffHomes) : SurveyEvent;

    /// <summary>Every home that had not answered was reminded for the so-manieth time: so many.</summary>
    public sealed record RemindersOut(int Nth, int Homes) : SurveyEvent;

    /// <summary>Answers are taken longer, for a reason.</summary>
    public sealed record CollectionExtended(
        StaffId By, DateTimeOffset Until, DateTimeOffset AnalyseDue, string Reason) : SurveyEvent;

    /// <summary>
    /// The time is over. Of the forms on paper, those of <paramref name="PaperSample"/> are to be checked by quality.
    /// <paramref name="EnteredBy"/> are those who entered forms.
    /// </summary>
    public sealed record CollectionEnded(
        int Papers, ImmutableArray<string> PaperSample, ImmutableArray<StaffId> EnteredBy, DateTimeOffset CheckDue)
        : SurveyEvent;

    /// <summary>A form on paper was compared with what was entered; one that differs is not counted.</summary>
    public sealed record PaperChecked(StaffId By, string Answer, bool Matches, string? Comment) : SurveyEvent;

    /// <summary>The answers were counted, by building.</summary>
    public sealed record SurveyCounted(ImmutableArray<BuildingCount> Buildings) : SurveyEvent;

    /// <summary>
    /// The office and quality say what it means. Each of <paramref name="Problems"/> needs a public answer by
    /// <paramref name="AnswerDue"/>.
    /// </summary>
    public sealed record SurveyAnalysed(
        StaffId By, string Text, ImmutableArray<RaisedProblem> Problems, DateTimeOffset AnswerDue) : SurveyEvent;

    /// <summary>A problem was answered in public.</summary>
    public sealed record AnswerPublished(StaffId By, string Problem, Bilingual Text) : SurveyEvent;

    /// <summary>All that was owed is done, and those who answered were told.</summary>
    public sealed record SurveyFinished(int Told) : SurveyEvent;
}

/// <summary>
/// The counts of a building, in the order of <see cref="SurveyCells"/>; <paramref name="Invited"/> and
/// <paramref name="Answered"/> are homes.
/// </summary>
public sealed record BuildingCount(string Building, int Invited, int Answered, ImmutableArray<int> Counts);

/// <summary>
/// A problem that many homes raised. <paramref name="Key"/> is that of its cell; <paramref name="Homes"/> of
/// <paramref name="Of"/> raised it.
/// </summary>
public sealed record RaisedProblem(string Key, Bilingual Text, int Homes, int Of);
