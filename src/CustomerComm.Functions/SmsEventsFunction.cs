using CustomerComm.App.Messages;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CustomerComm.Functions;

/// <summary>
/// Text messages and delivery reports from the queue that Event Grid fills. What cannot be read is set aside for a
/// person as everywhere; only what can neither be taken nor kept comes again, and after five times lies in the queue
/// <c>sms-events-poison</c>.
/// </summary>
public sealed class SmsEventsFunction(SmsEventIntake intake, Nudges nudges)
{
    /// <summary>The queue.</summary>
    public const string Queue = "sms-events";

    /// <summary>Takes one delivery; it may come twice.</summary>
    [Function("SmsEvents")]
    public async Task Run(
        [QueueTrigger(Queue, Connection = "SmsEvents")] BinaryData message, [DurableClient] DurableTaskClient client,
        CancellationToken ct)
    {
        nudges.Use(client);
        await intake.TakeAsync(message.ToMemory(), null, ct);
    }
}
