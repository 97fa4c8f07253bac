using CustomerComm.App.Messages;
using CustomerComm.Domain;

namespace CustomerComm.App.Ports;

/// <summary>What a channel made of a message.</summary>
public enum SendOutcome
{
    /// <summary>Taken.</summary>
    Sent,
    /// <summary>Not now; try again later.</summary>
    TryLater,
    /// <summary>Never: the address does not exist or refuses messages.</summary>
    Refused,
}

/// <summary>Outcome with the reason where it was not sent; no personal data in it.</summary>
public sealed record SendResult(SendOutcome Outcome, string? Error = null)
{
    /// <summary>Taken.</summary>
    public static SendResult Sent { get; } = new(SendOutcome.Sent);
}

/// <summary>
/// A message ready to go. <paramref name="Id"/> is the same at every attempt, so that a channel can tell a repetition.
/// <paramref name="To"/> is a telephone number in E.164 form or a conversation id.
/// </summary>
public sealed record ReadyMessage(string Id, Channel Channel, string To, string Text)
{
    /// <summary>Since when it is owed, the same at every attempt; null where that is not known.</summary>
    public DateTimeOffset? Owed { get; init; }

    /// <summary>Answers to offer as buttons; they stand in no other place.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The link in its text; null: there is none. A way that keeps what it sends keeps it without.</summary>
    public CarriedLink? Carries { get; init; }
}

/// <summary>A message's link: its text without, where it leads, and its token.</summary>
public sealed record CarriedLink(string Text, LinkAt At, string Token);

/// <summary>A way out of the system: SMS or chat.</summary>
public interface IMessageChannel
{
    /// <summary>Which way.</summary>
    Channel Channel { get; }

    /// <summary>
    /// Hands over one message; repeating an id that was taken must not send it twice where the way allows it.
    /// </summary>
    Task<SendResult> SendAsync(ReadyMessage message, CancellationToken ct);
}

/// <summary>
/// Tells the pump that a stream wants attention now. Never fails, never waits; the sweeper covers what gets lost.
/// </summary>
public interface INudge
{
    /// <summary>Nudges.</summary>
    void Nudge(StreamId stream);
}

/// <summary>Keys for tokens and pseudonyms; never leaves the process.</summary>
public interface ISecrets
{
    /// <summary>A 32-byte key for one purpose, the same every time.</summary>
    byte[] For(string purpose);
}
