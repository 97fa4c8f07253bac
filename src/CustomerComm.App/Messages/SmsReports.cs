using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Storage;
using CustomerComm.Domain;

namespace CustomerComm.App.Messages;

/// <summary>
/// Delivery reports of text messages. The tag of a message sent is <c>stream/message</c>, so that a report leads back
/// to its complaint or matter: one that failed is told to a person at once (4.6.1-2-G).
/// </summary>
public sealed class SmsReports(IEventStore store, SealedJson json, StreamKinds kinds)
{
    /// <summary>Takes one report; repeating it changes nothing. False where it belongs to no message of ours.</summary>
    public async Task<bool> TakeAsync(string reportId, string tag, string status, CancellationToken ct)
    {
        if (tag.Split('/') is not [var stream, var messageId] || kinds.Of(new StreamId(stream)) is not { } kind)
            return false;
        var id = new StreamId(stream);
        var message = (await store.ReadOutboxAsync(id, ct, all: true)).FirstOrDefault(m => m.Id == messageId);
        if (message is null)
            return false;
        if (status.Equals("Delivered", StringComparison.OrdinalIgnoreCase))
            return true;
        var sent = (OutgoingMessage)await json.ReadAsync(message.Payload, typeof(OutgoingMessage), ct);
        await kind.ReportLostAsync(
            id, new GivenUp(messageId, sent, Shorten(status)), new SeenMessage("dlr:" + reportId, ""), ct);
        return true;
    }

    private static string Shorten(string status) => status.Length <= 40 ? status : status[..40];
}
