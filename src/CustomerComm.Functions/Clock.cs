using CustomerComm.App.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CustomerComm.Functions;

/// <summary>
/// The scheduler of the Azure host: every minute it runs the jobs whose time has come. When that is, is the list's
/// business, in the company's time zone; the trigger only ticks, on one instance at a time.
/// </summary>
public sealed class Clock(JobRunner jobs, Nudges nudges)
{
    /// <summary>Fails where a job did, so that the alert on failures sees it; it is tried again in a minute.</summary>
    [Function(nameof(Jobs))]
    public async Task Jobs(
        [TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        nudges.Use(client);
        if (await jobs.RunDueAsync(ct) is { Failed: > 0 and var failed })
            throw new InvalidOperationException($"{failed} jobs failed; the log says which.");
    }
}
