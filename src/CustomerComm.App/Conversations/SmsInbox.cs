using CustomerComm.App.Company;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Conversations;

/// <summary>A text message that came in. <paramref name="MessageId"/> is the provider's.</summary>
public sealed record SmsReceived(string MessageId, string From, string Text);

/// <summary>
/// Takes text messages in: saved first, handled after. Own numbers, automatic replies and identical messages within a
/// day are kept but never answered, so that two machines can never talk each other up.
/// </summary>
public sealed class SmsInbox(
    ConversationStreams streams, Phones phones, AppOptions options, INudge nudge, TimeProvider time)
{
    private static readonly TimeSpan s_same = TimeSpan.FromDays(1);

    private static readonly string[] s_automatic = Texts.Said("Said.Automatic");

    /// <summary>
    /// Saves the message; false where it had been taken before or its sender's number cannot be read.
    /// </summary>
    public async Task<bool> ReceiveAsync(SmsReceived sms, CancellationToken ct)
    {
        if (!phones.TryRead(sms.From, out var from))
            return false;
        var own = phones.TryRead(options.SmsNumber, out var number) && number == from;
        if (own)
            return false;
        var address = from.Value;
        var stream = streams.StreamOf(Channel.Sms, address);
        var automatic = IsAutomatic(sms.Text);
        var saved = await streams.SaveAsync(
            Channel.Sms, address, sms.MessageId, sms.Text, before => automatic || IsRepeated(before, sms), ct);
        if (saved)
            nudge.Nudge(stream);
        return saved;
    }

    private static bool IsAutomatic(string text) =>
        s_automatic.Any(a => text.Contains(a, StringComparison.OrdinalIgnoreCase));

    /// <summary>Long texts only: "1" or 是 may well be sent twice and mean two things.</summary>
    private bool IsRepeated(LoadedConversation conversation, SmsReceived sms)
    {
        if (sms.Text.Trim().Length < 8)
            return false;
        var since = time.Now() - s_same;
        return conversation.Lines.Any(l => l.At >= since && l.Event is ConversationEvent.Incoming i
            && i.MessageId != sms.MessageId && i.Text.Value.Trim() == sms.Text.Trim());
    }
}

/// <summary>Chat messages of the system's own account go into the transcript that the chat widget reads.</summary>
public sealed class TranscriptChannel(ConversationStreams streams, TimeProvider time) : IMessageChannel
{
    /// <inheritdoc/>
    public Channel Channel => Channel.Chat;

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(ReadyMessage message, CancellationToken ct)
    {
        while (true)
        {
            var stream = streams.StreamOf(Channel.Chat, message.To);
            if (await streams.LoadAsync(stream, ct) is not { } conversation)
                return new SendResult(SendOutcome.Refused, "no such conversation");
            if (conversation.Lines.Exists(l => l.Event is ConversationEvent.Told t && t.MessageId == message.Id))
                return SendResult.Sent;
            var told = new ConversationEvent.Told(message.Id, new Personal(message.Text));
            // What lies there unhandled keeps its claim on the pump.
            var due = conversation.Unhandled.Any() ? time.Now() : Conversation.Due(conversation.State);
            if (await streams.AppendAsync(conversation, told, [], new SeenMessage(message.Id, ""), due, ct) is not null)
                return SendResult.Sent;
        }
    }
}
