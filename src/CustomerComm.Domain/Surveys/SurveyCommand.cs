using System.Collections.Immutable;

namespace CustomerComm.Domain.Surveys;

/// <summary>What can be done with a survey (4.5.6).</summary>
public abstract record SurveyCommand
{
    private SurveyCommand()
    {
    }

    /// <summary>Begins the survey of a community and year with a questionnaire to start from.</summary>
    public sealed record Begin(CommunityId Community, int Year, Questionnaire Questionnaire, string? CopiedFrom)
        : SurveyCommand;

    /// <summary>Changes the questionnaire; quality alone, until it is sent.</summary>
    public sealed record Change(QuestionnaireChange What) : SurveyCommand;

    /// <summary>Approves the questionnaire: the head of quality or the leader.</summary>
    public sealed record Approve : SurveyCommand;

    /// <summary>Sends it out; quality.</summary>
    public sealed record Send : SurveyCommand;

    /// <summary>All homes were invited; the system.</summary>
    public sealed record FinishInviting(int Homes, int Unreachable, int StaffHomes) : SurveyCommand;

    /// <summary>A round of reminders is out; the system.</summary>
    public sealed record FinishReminding(int Nth, int Homes) : SurveyCommand;

    /// <summary>Takes answers longer; quality.</summary>
    public sealed record Extend(DateTimeOffset? Until, string Reason) : SurveyCommand;

    /// <summary>Ends the collection when its time is over; the system.</summary>
    public sealed record EndCollection(ImmutableArray<string> Papers, ImmutableArray<StaffId> EnteredBy)
        : SurveyCommand;

    /// <summary>Compares a form on paper with what was entered; quality, nobody who entered forms.</summary>
    public sealed record CheckPaper(string Answer, bool Matches, string? Comment) : SurveyCommand;

    /// <summary>Records the counts; the system.</summary>
    public sealed record Count(ImmutableArray<BuildingCount> Buildings) : SurveyCommand;

    /// <summary>Analyses the counts; the office or quality.</summary>
    public sealed record Analyse(string Text) : SurveyCommand;

    /// <summary>Answers a problem in public; the office.</summary>
    public sealed record Publish(string Problem, Bilingual Text) : SurveyCommand;

    /// <summary>Everybody who answered was told; the system.</summary>
    public sealed record Finish(int Told) : SurveyCommand;
}
