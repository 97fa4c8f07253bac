using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Messages;

/// <summary>
/// A message as it lies in the outbox. Text and address are personal, hence sealed. Its link stands as <c>{link}</c>,
/// its code as <c>{pin}</c>, and is put in when it goes out: <paramref name="Link"/> is the page it leads to, and the
/// secret lies beside it, sealed, until then. <paramref name="Template"/> names the text it was made from, empty for a
/// reply.
/// </summary>
public sealed record OutgoingMessage(
    string Template, Channel Channel, Personal To, Personal Text, Party? Party, LinkAt? Link = null)
{
    /// <summary>Since when it is owed, UTC.</summary>
    public DateTimeOffset Owed { get; init; }

    /// <summary>The community whose quiet hours it waits for; null: it goes at any hour.</summary>
    public CommunityId? Waits { get; init; }

    /// <summary>A notice or survey, which whoever wrote STOP is not sent.</summary>
    public bool Bulk { get; init; }

    /// <summary>Answers to offer as buttons where the channel has any; null: none.</summary>
    public IReadOnlyList<string>? Choices { get; init; }
}

/// <summary>The token or code of a message, as it lies beside it until it is delivered or given up.</summary>
public sealed record MessageSecret(Personal Value);
