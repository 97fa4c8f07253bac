using System.Globalization;
using CustomerComm.App.Conversations;
using CustomerComm.App.Messages;

namespace CustomerComm.Web.Chat;

/// <summary>Turns a line of a transcript into Bot Framework activities.</summary>
internal static class Activities
{
    public static IEnumerable<object> Of(Line line, string conversation, string user) => line.Event switch
    {
        ConversationEvent.Begun => [FromBot(line, conversation, 0, Texts.InAll("Chat.Help"), [])],
        ConversationEvent.Incoming i => [FromUser(line, conversation, user, i)],
        ConversationEvent.Handled h => h.Replies.Select((r, n) =>
            FromBot(line, conversation, n, r.Text.Value, r.Choices)),
        ConversationEvent.Reached or ConversationEvent.Failed or ConversationEvent.Waited => [],
        ConversationEvent.Told t => [FromBot(line, conversation, 0, t.Text.Value, [])],
        _ => throw new InvalidOperationException($"Unknown event {line.Event.GetType().Name}."),
    };

    private static object FromUser(Line line, string conversation, string user, ConversationEvent.Incoming incoming) =>
        new
        {
            Type = "message",
            Id = IdOf(line, conversation, 0),
            Timestamp = line.At,
            ChannelId = "directline",
            From = new { Id = user, Role = "user" },
            Conversation = new { Id = conversation },
            Text = incoming.Text.Value,
            TextFormat = "plain",
            ChannelData = new { ClientActivityID = incoming.MessageId },
        };

    private static object FromBot(
        Line line, string conversation, int nth, string text, IEnumerable<string> choices) => new
        {
            Type = "message",
            Id = IdOf(line, conversation, nth + 1),
            Timestamp = line.At,
            ChannelId = "directline",
            From = new { Id = "customercomm", Name = "CustomerComm", Role = "bot" },
            Conversation = new { Id = conversation },
            Text = text,
            TextFormat = "markdown",
            SuggestedActions = new
            {
                Actions = choices.Select(c => new { Type = "imBack", Title = c, Value = c }).ToList(),
            },
        };

    private static string IdOf(Line line, string conversation, int nth) =>
        string.Create(CultureInfo.InvariantCulture, $"{conversation}|{line.Version:D7}-{nth}");
}
