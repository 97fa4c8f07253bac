using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Surveys;

/// <summary>Limits of the annual opinion survey (4.5.6).</summary>
public sealed record SurveyLimits
{
    /// <summary>Preparing and sending the survey (4.5.6). Default 10 working days.</summary>
    public Limit Send { get; init; } = new(10, TimeUnit.WorkingDays);

    /// <summary>How long answers are collected. Default 21 days.</summary>
    public Limit Collect { get; init; } = new(21, TimeUnit.Days);

    /// <summary>Counting and analysing (4.5.6). Default 10 working days.</summary>
    public Limit Analyse { get; init; } = new(10, TimeUnit.WorkingDays);

    /// <summary>Answering in public what many raised (4.5.6). Default 15 working days.</summary>
    public Limit PublishAnswer { get; init; } = new(15, TimeUnit.WorkingDays);

    /// <summary>Time between reminders to homes that have not answered. Default 7 days.</summary>
    public Limit RemindEvery { get; init; } = new(7, TimeUnit.Days);

    /// <summary>Reminders to a home at most, 0 for none. Default 2.</summary>
    public int Reminders { get; init; } = 2;

    /// <summary>
    /// A problem raised by more than this share of the homes that answered needs a public answer. Default 10 %.
    /// </summary>
    public int ProblemPercent { get; init; } = 10;

    /// <summary>Share of the paper forms that quality checks, in percent. Default 10.</summary>
    public int PaperSamplePercent { get; init; } = 10;

    /// <summary>Paper forms that quality checks at least, as far as there are so many. Default 5.</summary>
    public int PaperSampleLeast { get; init; } = 5;

    /// <summary>Checking the sample of paper forms. Default 5 working days.</summary>
    public Limit CheckPaper { get; init; } = new(5, TimeUnit.WorkingDays);

    /// <summary>Results of fewer homes than this are not shown, so that nobody is recognised. Default 5.</summary>
    public int SmallestGroup { get; init; } = 5;
}
