using CustomerComm.App;
using CustomerComm.App.Jobs;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;

namespace CustomerComm.Local;

/// <summary>Wakes the pump service. A nudge names no stream: whatever is due lies in the store.</summary>
internal sealed class WakeUp : INudge, IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Dispose() => _signal.Dispose();

    public void Nudge(StreamId stream)
    {
        try
        {
            if (_signal.CurrentCount == 0)
                _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else nudged at the same moment; once is enough.
        }
    }

    /// <summary>Waits for a nudge, at most so long.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var nudged = _signal.WaitAsync(over.Token);
        await Task.WhenAny(nudged, Task.Delay(atMost, time, over.Token));
        await over.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }
}

/// <summary>The alarm clock of the one-process host: runs the sweeper when nudged and when something is due.</summary>
internal sealed partial class PumpService(
    Sweeper sweeper, WakeUp wakeUp, TimeProvider time, ILogger<PumpService> log) : BackgroundService
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = s_longest;
            try
            {
                await sweeper.RunAsync(stoppingToken);
                if (await sweeper.NextAsync(stoppingToken) is { } next)
                    wait = next - time.Now();
                if (wait <= TimeSpan.Zero)
                    continue;
                await wakeUp.WaitAsync(wait < s_longest ? wait : s_longest, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                SweepFailed(log, e);
                await Task.Delay(TimeSpan.FromSeconds(5), time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The sweep failed; it starts again in 5 s.")]
    private static partial void SweepFailed(ILogger log, Exception e);
}

/// <summary>The scheduler of the one-process host: every minute it runs the jobs whose time has come.</summary>
internal sealed partial class JobService(JobRunner jobs, TimeProvider time, ILogger<JobService> log) : BackgroundService
{
    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await jobs.RunDueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                SchedulerFailed(log, e);
            }

            await Task.Delay(s_between, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Error, "The scheduler failed; it goes on in a minute.")]
    private static partial void SchedulerFailed(ILogger log, Exception e);
}
