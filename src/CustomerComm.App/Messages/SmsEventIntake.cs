using CustomerComm.App.Conversations;
using CustomerComm.App.Ports;

namespace CustomerComm.App.Messages;

/// <summary>What the events of one delivery came to.</summary>
public abstract record SmsEventsResult
{
    private SmsEventsResult()
    {
    }

    /// <summary>All taken, durable.</summary>
    public sealed record Taken : SmsEventsResult;

    /// <summary>Answer with this code; the sender then begins to send.</summary>
    public sealed record Validate(string Code) : SmsEventsResult;

    /// <summary>One could not be read; those before it were taken.</summary>
    public sealed record Malformed(string Field, string Text) : SmsEventsResult;
}

/// <summary>
/// The one way in for the provider's events, whether they come to an address or through a queue. Taking them again
/// changes nothing.
/// </summary>
public sealed class SmsEventIntake(ISmsEvents events, SmsInbox inbox, SmsReports reports)
{
    /// <summary>Takes a JSON text of events, in order.</summary>
    public async Task<SmsEventsResult> TakeAsync(ReadOnlyMemory<byte> json, CancellationToken ct)
    {
        foreach (var e in events.Parse(json))
        {
            switch (e)
            {
                case SmsEvent.Received r:
                    await inbox.ReceiveAsync(new SmsReceived(r.Id, r.From, r.Text), ct);
                    break;
                case SmsEvent.Reported r:
                    await reports.TakeAsync(r.Id, r.Tag, r.Status, ct);
                    break;
                case SmsEvent.Validation v:
                    return new SmsEventsResult.Validate(v.Code);
                case SmsEvent.Malformed m:
                    return new SmsEventsResult.Malformed(m.Field, m.Text);
                case SmsEvent.Other:
                    break;
                default:
                    throw new InvalidOperationException($"Unknown event {e.GetType().Name}.");
            }
        }

        return new SmsEventsResult.Taken();
    }
}
