using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using Microsoft.Extensions.Logging;

namespace CustomerComm.App.Pumping;

/// <summary>A message that was given up.</summary>
public sealed record GivenUp(string MessageId, OutgoingMessage Message, string Error);

/// <summary>What one round of deliveries came to.</summary>
public sealed record DeliveryRound(
    IReadOnlyList<OutboxUpdate> Updates, IReadOnlyList<GivenUp> GivenUp, DateTimeOffset? NextAttempt)
{
    /// <summary>Nothing to deliver.</summary>
    public static DeliveryRound Nothing { get; } = new([], [], null);
}

/// <summary>
/// Delivers what an outbox owes: retries with growing pauses, gives up after the last and says so. What may wait for the
/// morning does, and holds up nothing else.
/// </summary>
public sealed partial class Delivery(
    IEventStore store, SealedJson json, Links links, RulesBook book, IEnumerable<IMessageChannel> channels,
    ConversationStreams conversations, ITables tables, OutboxWatch watch, TimeProvider time, ILogger<Delivery> log)
{
    private static readonly TimeSpan[] s_pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4),
    ];

    private readonly Dictionary<Channel, IMessageChannel> _channels = channels.ToDictionary(c => c.Channel);

    /// <summary>Tries every message of the stream that is due.</summary>
    public async Task<DeliveryRound> DeliverAsync(StreamId stream, CancellationToken ct)
    {
        var pending = await store.ReadOutboxAsync(stream, ct);
        if (pending.Count == 0)
        {
            watch.Note(stream, null, null);
            return DeliveryRound.Nothing;
        }

        var updates = new List<OutboxUpdate>();
        var givenUp = new List<GivenUp>();
        DateTimeOffset? next = null;
        DateTimeOffset? owed = null;
        foreach (var message in pending)
        {
            if (message.NextAttempt > time.Now())
            {
                next = Earlier(next, message.NextAttempt);
                // What waits for the morning is not late.
                if (OwedSince(message) <= time.Now())
                    owed = Earlier(owed, OwedSince(message));
                continue;
            }

            var outgoing = (OutgoingMessage)await json.ReadAsync(message.Payload, typeof(OutgoingMessage), ct);
            if (outgoing.Waits is { } community && book.QuietUntil(community, time.Now()) is { } morning)
            {
                updates.Add(new OutboxUpdate(
                    message.Id, DeliveryStatus.Pending, message.Attempts, morning, message.Error));
                next = Earlier(next, morning);
                continue;
            }

            var update = await IsUnwantedAsync(outgoing, ct)
                ? new OutboxUpdate(message.Id, DeliveryStatus.Delivered, message.Attempts, time.Now(), Unwanted)
                : await TryAsync(stream, message, outgoing, ct);
            updates.Add(update);
            if (update.Status == DeliveryStatus.Pending)
            {
                next = Earlier(next, update.NextAttempt);
                owed = Earlier(owed, OwedSince(message));
            }

            if (update.Status == DeliveryStatus.Dead)
                givenUp.Add(new GivenUp(message.Id, outgoing, update.Error ?? "unknown"));
        }

        watch.Note(stream, owed, next);
        return new DeliveryRound(updates, givenUp, next);
    }

    /// <summary>Since when a message waits, at the latest: its next attempt less all pauses so far.</summary>
    internal static DateTimeOffset OwedSince(OutboxMessage message) =>
        message.NextAttempt - s_pauses.Take(message.Attempts).Aggregate(TimeSpan.Zero, (a, b) => a + b);

    private const string Unwanted = "the person wants no notices and surveys by this way";

    /// <summary>Whoever wrote STOP has what everybody is told no more; what is their own still comes.</summary>
    private async Task<bool> IsUnwantedAsync(OutgoingMessage outgoing, CancellationToken ct) =>
        outgoing is { Bulk: true } && outgoing.Channel.Way().ByPhone && outgoing.To.Value != Personal.Erased
        && await tables.Of<StoppedRow>().GetAsync(
            StoppedRow.Partition, conversations.StreamOf(outgoing.Channel, outgoing.To.Value).Value, ct) is not null;

    private async Task<OutboxUpdate> TryAsync(
        StreamId stream, OutboxMessage message, OutgoingMessage outgoing, CancellationToken ct)
    {
        var template = outgoing.Template is { Length: > 0 } name ? name : "Reply";
        var stored = Traces.Wanted ? SealedJson.TraceOf(message.Payload.Span) : null;
        using var span = Traces.Deliver(stream, stored, template, outgoing.Channel, message.Attempts + 1);
        var update = Judge(message, await SendAsync(stream, message, outgoing, ct));
        var outcome = update.Status switch
        {
            DeliveryStatus.Delivered => "sent",
            DeliveryStatus.Pending => "retry",
            _ => "failed",
        };
        Signals.Delivered(template, outgoing.Channel, outcome);
        span.End(outcome, failed: update.Status != DeliveryStatus.Delivered);
        return update;
    }

    private async Task<SendResult> SendAsync(
        StreamId stream, OutboxMessage message, OutgoingMessage outgoing, CancellationToken ct)
    {
        if (outgoing.To.Value == Personal.Erased)
            return new SendResult(SendOutcome.Refused, "the person was erased");
        if (!_channels.TryGetValue(outgoing.Channel, out var channel))
            return new SendResult(SendOutcome.Refused, $"no way to send by {outgoing.Channel}");
        var text = outgoing.Text.Value;
        CarriedLink? carries = null;
        if (outgoing.Link is { } link && Links.Wants(text))
        {
            if (message.Secret.IsEmpty)
                return new SendResult(SendOutcome.Refused, "its link is gone");
            var secret = (MessageSecret)await json.ReadAsync(message.Secret, typeof(MessageSecret), ct);
            carries = new CarriedLink(text, link, secret.Value.Value);
            text = links.Fill(text, link, carries.Token);
        }

        try
        {
            return await channel.SendAsync(
                new ReadyMessage($"{stream}/{message.Id}", outgoing.Channel, outgoing.To.Value, text)
                {
                    Owed = outgoing.Owed,
                    Choices = outgoing.Choices ?? [],
                    Carries = carries,
                },
                ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            SendingFailed(log, stream, message.Id, e.GetType().Name);
            return new SendResult(SendOutcome.TryLater, e.GetType().Name);
        }
    }

    private OutboxUpdate Judge(OutboxMessage message, SendResult result)
    {
        var attempts = message.Attempts + 1;
        var now = time.Now();
        if (result.Outcome == SendOutcome.Sent)
            return new OutboxUpdate(message.Id, DeliveryStatus.Delivered, attempts, now, null);
        return result.Outcome == SendOutcome.Refused || attempts > s_pauses.Length
            ? new OutboxUpdate(message.Id, DeliveryStatus.Dead, attempts, now, result.Error)
            : new OutboxUpdate(
                message.Id, DeliveryStatus.Pending, attempts, now + s_pauses[attempts - 1], result.Error);
    }

    private static DateTimeOffset Earlier(DateTimeOffset? a, DateTimeOffset b) => a is { } x && x < b ? x : b;

    [LoggerMessage(LogLevel.Warning, "Sending {Stream}/{Message} failed: {Error}")]
    private static partial void SendingFailed(ILogger log, StreamId stream, string message, string error);
}
