namespace CustomerComm.App.Jobs;

/// <summary>Which time a run of a job is about.</summary>
public enum JobPeriod
{
    /// <summary>The moment it runs.</summary>
    Moment,
    /// <summary>The day it runs on.</summary>
    Day,
    /// <summary>The month before the one it runs in.</summary>
    LastMonth,
    /// <summary>The year it runs in.</summary>
    Year,
}

/// <summary>How far a run has come; <paramref name="Total"/> is null where it is not known beforehand.</summary>
public readonly record struct JobProgress(long Done, long? Total);

/// <summary>
/// One run: <paramref name="First"/> is the first day of the period it is about, in the company's calendar.
/// </summary>
public sealed record JobRun(DateOnly First, DateTimeOffset At, IProgress<JobProgress>? Progress);

/// <summary>What a run came to, in a line of English for the log and the command line; no personal data.</summary>
public sealed record JobReport(long Done, string Text);

/// <summary>
/// Scheduled work, run by the local scheduler, the Azure timers and the command line alike. Running it twice for a
/// period, late, or after a crash in the middle sends nothing twice and misses nobody.
/// </summary>
public interface IJob
{
    /// <summary>Name, e.g. <c>monthly-revisit</c>.</summary>
    string Name { get; }

    /// <summary>What it does, in one sentence of English.</summary>
    string Summary { get; }

    /// <summary>Which time a run is about.</summary>
    JobPeriod Period { get; }

    /// <summary>When it runs: a cron expression of five fields in the company's time zone.</summary>
    string Schedule { get; }

    /// <summary>Runs it for a period.</summary>
    Task<JobReport> RunAsync(JobRun run, CancellationToken ct);
}
