using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Conversations;

/// <summary>
/// Chat messages of the system's own account go into the transcript that the chat widget reads; without their links,
/// which whoever reads them there is given then.
/// </summary>
public sealed class TranscriptChannel(ConversationStreams streams, LinksInMemory links, TimeProvider time)
    : IMessageChannel
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
            var carries = message.Carries;
            var told = new ConversationEvent.Told(
                message.Id, new Personal(carries?.Text ?? message.Text), carries?.At);
            // What lies there unhandled keeps its claim on the pump.
            var due = conversation.Unhandled.Any() ? time.Now() : Conversation.Due(conversation.State);
            if (await streams.AppendAsync(conversation, told, [], new SeenMessage(message.Id, ""), due, ct) is null)
                continue;
            if (carries is not null)
                links.Keep(carries.At, carries.Token);
            return SendResult.Sent;
        }
    }
}
