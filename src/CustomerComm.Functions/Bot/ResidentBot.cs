using CustomerComm.App.Conversations;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Newtonsoft.Json;

namespace CustomerComm.Functions.Bot;

/// <summary>
/// Takes what people write in any chat service: saved first, then a nudge; the replies follow on their own, as does
/// everything the system says later. What is no message is passed over.
/// </summary>
public sealed class ResidentBot(ConversationStreams streams, INudge nudge) : ActivityHandler
{
    /// <inheritdoc/>
    protected override async Task OnMessageActivityAsync(
        ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken)
    {
        var activity = turnContext.Activity;
        // In Teams a message to a bot in a group begins with its name.
        var text = (activity.RemoveRecipientMention() ?? activity.Text)?.Trim();
        // Chat services send what they show as a card, e.g. the message itself as HTML, as an attachment too.
        var pictures = activity.Attachments?.Count(a =>
            a.ContentType?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) != true) ?? 0;
        if ((string.IsNullOrEmpty(text) && pictures == 0) || activity.From?.Role == RoleTypes.Bot)
            return;
        var address = AddressOf(activity);
        await streams.ReachAsync(address, ReferenceOf(activity), cancellationToken);
        await streams.SaveAsync(
            Channel.Chat, address, activity.Id ?? Guid.NewGuid().ToString("N"), text ?? "", _ => null,
            cancellationToken, pictures);
        nudge.Nudge(streams.StreamOf(Channel.Chat, address));
    }

    /// <inheritdoc/>
    protected override async Task OnMembersAddedAsync(
        IList<ChannelAccount> membersAdded, ITurnContext<IConversationUpdateActivity> turnContext,
        CancellationToken cancellationToken)
    {
        if (membersAdded.All(m => m.Id == turnContext.Activity.Recipient.Id))
            return;
        await turnContext.SendActivityAsync(MessageFactory.Text(Texts.InAll("Chat.Help")), cancellationToken);
    }

    /// <summary>In a group each person has a conversation of their own with us.</summary>
    private static string AddressOf(IMessageActivity activity) =>
        $"{activity.ChannelId}:{activity.Conversation.Id}"
        + (activity.Conversation.IsGroup == true ? ":" + activity.From.Id : "");

    private static string ReferenceOf(IMessageActivity activity)
    {
        var reference = ((Activity)activity).GetConversationReference();
        // Only what stays the same from message to message.
        reference.ActivityId = null;
        return JsonConvert.SerializeObject(reference);
    }
}
