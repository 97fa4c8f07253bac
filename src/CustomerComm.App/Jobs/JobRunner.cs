using Cronos;
using CustomerComm.App.Ports;
using CustomerComm.Domain.Directory;
using Microsoft.Extensions.Logging;

namespace CustomerComm.App.Jobs;

/// <summary>
/// Runs the jobs: by name, and those whose time has come. A time missed while nothing ran is made up for, each period
/// once; a run that failed is tried again.
/// </summary>
public sealed partial class JobRunner(
    IEnumerable<IJob> jobs, ITables tables, CompanyDirectory directory, TimeProvider time, ILogger<JobRunner> log)
{
    /// <summary>Missed times that are made up for at most, the latest ones.</summary>
    private const int MostMissed = 24;

    private readonly TimeZoneInfo _zone =
        TimeZoneInfo.FindSystemTimeZoneById(directory.Communities[0].TimeZone);

    /// <summary>All jobs, by name.</summary>
    public IReadOnlyDictionary<string, IJob> Jobs { get; } =
        jobs.ToDictionary(j => j.Name, StringComparer.Ordinal);

    /// <summary>
    /// Runs a job now: for the period that <paramref name="period"/> lies in, or, where it is null, the one that now
    /// gives. Throws <see cref="ArgumentException"/> for an unknown name.
    /// </summary>
    public Task<JobReport> RunAsync(
        string name, DateOnly? period, IProgress<JobProgress>? progress, CancellationToken ct)
    {
        var job = Jobs.GetValueOrDefault(name) ?? throw new ArgumentException(
            $"There is no job '{name}'; there are {string.Join(", ", Jobs.Keys.Order(StringComparer.Ordinal))}.",
            nameof(name));
        var now = time.Now();
        var first = period is { } wanted ? FirstOf(job.Period, wanted) : FirstOf(job.Period, now);
        return job.RunAsync(new JobRun(first, now, progress), ct);
    }

    /// <summary>
    /// Runs every job whose time has come since it ran last; returns how many runs were made. With
    /// <paramref name="which"/> only those.
    /// </summary>
    public async Task<int> RunDueAsync(CancellationToken ct, Func<IJob, bool>? which = null)
    {
        var runs = 0;
        foreach (var job in Jobs.Values.Where(j => which?.Invoke(j) != false))
        {
            try
            {
                runs += await RunDueAsync(job, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                // One job that fails must not keep the others from running; it is due still.
                Failed(log, job.Name, e);
            }
        }

        return runs;
    }

    private async Task<int> RunDueAsync(IJob job, CancellationToken ct)
    {
        var table = tables.Of<JobRow>();
        var last = (await table.GetAsync(JobRow.Partition, job.Name, ct))?.Occurrence;
        var runs = 0;
        foreach (var occurrence in Due(job, last))
        {
            var report = await job.RunAsync(new JobRun(FirstOf(job.Period, occurrence), time.Now(), null), ct);
            // What runs all day long is no news.
            Ran(
                log, job.Period == JobPeriod.Moment ? LogLevel.Debug : LogLevel.Information, job.Name, occurrence,
                report.Done);
            var row = new JobRow
            {
                RowKey = job.Name,
                Occurrence = occurrence,
                FinishedAt = time.Now(),
                Done = report.Done,
                Result = report.Text,
            };
            await table.WriteAsync([row], [], row.Version, ct);
            runs++;
        }

        return runs;
    }

    /// <summary>Times on schedule to run now, oldest first: one for every period that was missed.</summary>
    private IEnumerable<DateTimeOffset> Due(IJob job, DateTimeOffset? last)
    {
        var cron = CronExpression.Parse(job.Schedule);
        var now = time.Now();
        // The first time ever only the latest is made up for: nothing was there before.
        var from = last ?? now.AddDays(-400);
        var times = cron.GetOccurrences(from, now, _zone, fromInclusive: false, toInclusive: true)
            .Select(t => t.ToUniversalTime())
            .GroupBy(t => job.Period == JobPeriod.Moment ? default : FirstOf(job.Period, t))
            .Select(g => g.Max()).Order().ToList();
        return last is null ? times.TakeLast(1) : times.TakeLast(MostMissed);
    }

    private DateOnly FirstOf(JobPeriod period, DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime);
        return FirstOf(period, period == JobPeriod.LastMonth ? new DateOnly(day.Year, day.Month, 1).AddMonths(-1) : day);
    }

    private static DateOnly FirstOf(JobPeriod period, DateOnly day) => period switch
    {
        JobPeriod.Moment or JobPeriod.Day => day,
        JobPeriod.LastMonth => new DateOnly(day.Year, day.Month, 1),
        JobPeriod.Year => new DateOnly(day.Year, 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(period), period, "Unknown period."),
    };

    [LoggerMessage("Job {Job} of {Occurrence:yyyy-MM-dd HH:mm} UTC is done: {Count}.")]
    private static partial void Ran(ILogger log, LogLevel level, string job, DateTimeOffset occurrence, long count);

    [LoggerMessage(LogLevel.Error, "Job {Job} failed; it is tried again.")]
    private static partial void Failed(ILogger log, string job, Exception e);
}
