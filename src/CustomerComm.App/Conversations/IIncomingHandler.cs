using CustomerComm.App.Messages;
using CustomerComm.Domain;

namespace CustomerComm.App.Conversations;

/// <summary>
/// A message that a resident wrote, before the ordinary talk makes anything of it. <paramref name="Id"/> is the same
/// whenever it is handled again. <paramref name="From"/> is known for text messages.
/// </summary>
public sealed record IncomingMessage(
    string Id, Channel Channel, string Address, PhoneNumber? From, string Text, Language Language)
{
    /// <summary>The complaint the conversation was about last, or null.</summary>
    public MatterNumber? Last { get; init; }
}

/// <summary>An answer; with <paramref name="Link"/> its <c>{link}</c> leads there.</summary>
public sealed record HandlerReply(string Text, LinkAt? Link = null)
{
    /// <summary>An answer without a link.</summary>
    public static implicit operator HandlerReply?(string? text) => text is null ? null : new HandlerReply(text);
}

/// <summary>
/// Takes up messages that belong to something other than the ordinary talk: an answer to a revisit, a reply to an order.
/// Asked in order; the first that answers has it. Handling a message again must change nothing more.
/// </summary>
public interface IIncomingHandler
{
    /// <summary>The reply, or null where the message is none of its own.</summary>
    Task<HandlerReply?> TryHandleAsync(IncomingMessage message, CancellationToken ct);
}
