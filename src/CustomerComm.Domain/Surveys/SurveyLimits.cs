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
}
