using CustomerComm.App.Messages;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CustomerComm.Functions;

/// <summary>
/// Text messages and delivery reports from the queue that Event Grid fills. What fails five times goes to the queue
/// <c>sms-events-poison</c>, where a person finds it.
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
        if (await intake.TakeAsync(message.ToMemory(), ct) is SmsEventsResult.Malformed bad)
            throw new InvalidDataException($"An event cannot be read: {bad.Field}: {bad.Text}");
    }
}
