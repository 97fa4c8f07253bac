using System.Diagnostics.CodeAnalysis;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CustomerComm.Functions;

/// <summary>
/// One orchestration a stream, under the stream's id: pump, then sleep until something is due or somebody nudges. It
/// holds no state of its own; the store is read afresh at every turn, so a lost or repeated nudge does no harm.
/// </summary>
public sealed class Coordinator(Pump pump, Nudges nudges)
{
    /// <summary>The event that wakes an orchestration.</summary>
    public const string Nudge = "nudge";

    /// <summary>
    /// Version of the orchestration, as in host.json; one that runs goes over to a new one at its next turn.
    /// </summary>
    public const string Version = "1.0";

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_aside = TimeSpan.FromSeconds(30);

    private static readonly TaskOptions s_retries =
        TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(1), 2));

    /// <summary>The orchestration.</summary>
    [Function(nameof(Coordinate))]
    [SuppressMessage(
        "Usage", "MA0042:Do not use blocking calls in an async method",
        Justification = "CancelAsync goes on in another thread, where an orchestration may not be: it never wakes.")]
    public static async Task Coordinate([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var now = context.CurrentUtcDateTime;
        var wake = now + s_aside;
        try
        {
            var result = await context.CallActivityAsync<PumpResult>(nameof(PumpStream), context.InstanceId, s_retries);
            context.SetCustomStatus(result.Progress);
            if (result.WakeAt is not { } at)
                return;
            wake = result.Busy ? wake : at.UtcDateTime;
        }
        catch (TaskFailedException)
        {
            context.SetCustomStatus("failed; tried again in 30 s");
        }

        now = context.CurrentUtcDateTime;
        using var over = new CancellationTokenSource();
        var nudged = context.WaitForExternalEvent<object?>(Nudge, over.Token);
        var due = context.CreateTimer(
            wake < now + s_shortest ? now + s_shortest : wake > now + s_longest ? now + s_longest : wake, over.Token);
        await Task.WhenAny(nudged, due);
        over.Cancel();
        context.ContinueAsNew(new ContinueAsNewOptions { PreserveUnprocessedEvents = true, NewVersion = Version });
    }

    /// <summary>Moves the stream forward; may be called twice for the same.</summary>
    [Function(nameof(PumpStream))]
    public async Task<PumpResult> PumpStream(
        [ActivityTrigger] string stream, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        nudges.Use(client);
        var id = new StreamId(stream);
        // What the pump itself writes it has also taken up.
        using (Nudges.Pumping(id))
            return await pump.AdvanceAsync(id, ct);
    }
}
