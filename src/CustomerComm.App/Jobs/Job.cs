using Cronos;

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

/// <summary>What a look at the schedule came to: runs made, and jobs that failed and are due still.</summary>
public readonly record struct JobTally(int Ran, int Failed);

/// <summary>
/// Scheduled work. Running it twice for a period, late, beside itself on another instance, or after a crash in the
/// middle sends nothing twice and misses nobody.
/// </summary>
/// <param name="Name">Name, e.g. <c>monthly-revisit</c>.</param>
/// <param name="Summary">What it does, in one sentence of English.</param>
/// <param name="Period">Which time a run is about.</param>
/// <param name="Schedule">
/// When it runs: a cron expression of five fields in the company's time zone; another throws
/// <see cref="CronFormatException"/>.
/// </param>
/// <param name="RunAsync">Runs it for a period.</param>
public sealed record Job(
    string Name, string Summary, JobPeriod Period, string Schedule,
    Func<JobRun, CancellationToken, Task<JobReport>> RunAsync)
{
    internal CronExpression Cron { get; } = CronExpression.Parse(Schedule);
}
