using System.Net;
using CustomerComm.App.Conversations;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Configuration;
using Newtonsoft.Json;

namespace CustomerComm.Functions.Bot;

/// <summary>
/// Chat messages of our own account: through the bot service to those who write there, into the transcript for those
/// who fetch it from the site.
/// </summary>
public sealed class BotChannel(
    BotAdapter adapter, ConversationStreams streams, TranscriptChannel transcript, IConfiguration configuration)
    : IMessageChannel
{
    /// <inheritdoc/>
    public Channel Channel => Channel.Chat;

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(ReadyMessage message, CancellationToken ct)
    {
        var conversation = await streams.LoadAsync(streams.StreamOf(Channel.Chat, message.To), ct);
        if (conversation?.Reference is not { } text)
            return await transcript.SendAsync(message, ct);
        var reference = JsonConvert.DeserializeObject<ConversationReference>(text)!;
        var activity = MessageFactory.Text(message.Text);
        if (message.Choices.Count > 0)
        {
            activity.SuggestedActions = new SuggestedActions(
                actions: [.. message.Choices.Select(c => new CardAction(ActionTypes.ImBack, c, value: c))]);
        }

        try
        {
            await adapter.ContinueConversationAsync(
                configuration["MicrosoftAppId"], reference,
                (turn, token) => turn.SendActivityAsync(activity, token), ct);
            return SendResult.Sent;
        }
        catch (ErrorResponseException e)
        {
            var status = e.Response?.StatusCode;
            var gone = status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
            return new SendResult(gone ? SendOutcome.Refused : SendOutcome.TryLater, $"bot service {(int?)status}");
        }
    }
}
