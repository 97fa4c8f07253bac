using System.Collections.Concurrent;
using CustomerComm.App.Ports;
using CustomerComm.Domain.Directory;
using Microsoft.Extensions.Logging;

namespace CustomerComm.App.Jobs;

/// <summary>
/// Runs the jobs: by name, and those whose time has come. A time missed while nothing ran is made up for, each period
/// once; a run that failed is tried again. Two instances that run the same job at once do no harm, as jobs can be
/// repeated; within one, a job never runs beside itself on schedule.
/// </summary>
public sealed partial class JobRunner(
    IReadOnlyList<Job> jobs, ITables tables, CompanyDirectory directory, TimeProvider time, ILogger<JobRunner> log)
{
    /// <summary>Missed times that are made up for at most, the latest ones.</summary>
    private const int MostMissed = 24;

    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);

    private readonly TimeZoneInfo _zone =
        TimeZoneInfo.FindSystemTimeZoneById(directory.Communities[0].TimeZone);

    /// <summary>All jobs, by name.</summary>
    public IReadOnlyDictionary<string, Job> Jobs { get; } =
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
    /// Runs every job whose time has come since it ran last, each beside the others, and ends with the last of them.
    /// While one takes long, the others are looked at every minute, so that it cannot hold up the sweep.
    /// </summary>
    public async Task<JobTally> RunDueAsync(CancellationToken ct)
    {
        var begun = new List<Task<JobTally>>();
        Task all;
        do
        {
            begun.AddRange(Jobs.Values.Where(j => _running.TryAdd(j.Name, true))
                .Select(j => Task.Run(() => RunDueAsync(j, ct), CancellationToken.None)));
            all = Task.WhenAll(begun);
            await all.WaitAsync(s_between, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!all.IsCompleted && !ct.IsCancellationRequested);
        var done = await Task.WhenAll(begun);
        return new JobTally(done.Sum(t => t.Ran), done.Sum(t => t.Failed));
    }

    private async Task<JobTally> RunDueAsync(Job job, CancellationToken ct)
    {
        var runs = 0;
        try
        {
            var table = tables.Of<JobRow>();
            var last = (await table.GetAsync(JobRow.Partition, job.Name, ct))?.Occurrence;
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

            return new JobTally(runs, 0);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // One job that fails must not keep the others from running; it is due still.
            Failed(log, job.Name, e);
            return new JobTally(runs, 1);
        }
        finally
        {
            _running.TryRemove(job.Name, out _);
        }
    }

    /// <summary>Times on schedule to run now, oldest first: one for every period that was missed.</summary>
    private IReadOnlyList<DateTimeOffset> Due(Job job, DateTimeOffset? last)
    {
        var now = time.Now();
        if (job.Period == JobPeriod.Moment)
            return last is null || job.Cron.GetNextOccurrence(last.Value, _zone) <= now ? [now] : [];
        // The first time ever only the latest is made up for: nothing was there before.
        var from = last ?? now.AddDays(-400);
        var times = job.Cron.GetOccurrences(from, now, _zone, fromInclusive: false, toInclusive: true)
            .Select(t => t.ToUniversalTime())
            .GroupBy(t => FirstOf(job.Period, t))
            .Select(g => g.Max()).Order().ToList();
        return [.. times.TakeLast(last is null ? 1 : MostMissed)];
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
