using CustomerComm.App.Ports;

namespace CustomerComm.App.Notices;

/// <summary>
/// One notice. Partition: community, one for each community it is for; row: the newest first, then the number.
/// </summary>
public sealed record NoticeRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Number { get; init; }

    /// <summary>Community it was written for.</summary>
    public required string Community { get; init; }

    /// <summary>Kind, a <c>NoticeType</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Audience, an <c>AudienceKind</c>.</summary>
    public required string Audience { get; init; }

    /// <summary>Stage, a <c>NoticeStage</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Unit of whoever wrote it.</summary>
    public required string Unit { get; init; }

    /// <summary>It hangs on the public board.</summary>
    public required bool Public { get; init; }

    /// <summary>Households are told by text message.</summary>
    public required bool Sms { get; init; }

    /// <summary>Published edition, 0 before the first.</summary>
    public required int Edition { get; init; }

    /// <summary>Corrections published.</summary>
    public required int Corrections { get; init; }

    /// <summary>Written, UTC.</summary>
    public required DateTimeOffset DraftedAt { get; init; }

    /// <summary>First published, UTC.</summary>
    public DateTimeOffset? FirstPublishedAt { get; init; }

    /// <summary>The edition that counts published, UTC.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Withdrawn, UTC.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Households written to about what changed last.</summary>
    public required int Households { get; init; }

    /// <summary>Chats written to about what changed last.</summary>
    public required int Chats { get; init; }

    /// <summary>Everybody has been written to.</summary>
    public required bool Spread { get; init; }
}

/// <summary>
/// A batch of messages about a notice. Partition: number of the notice; row: edition, what changed, batch.
/// </summary>
public sealed record NoticeDeliveryRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Community of the households.</summary>
    public required string Community { get; init; }

    /// <summary>Edition.</summary>
    public required int Edition { get; init; }

    /// <summary>What the messages said, a <c>NoticeChange</c>.</summary>
    public required string Change { get; init; }

    /// <summary>Written to, UTC.</summary>
    public required DateTimeOffset PostedAt { get; init; }

    /// <summary>Households in the batch.</summary>
    public required int Households { get; init; }

    /// <summary>Those of them with no phone on file.</summary>
    public required int NoPhone { get; init; }

    /// <summary>Those that no message could be delivered to.</summary>
    public required int Failed { get; init; }

    /// <summary>Those whose link was opened.</summary>
    public required int Opened { get; init; }

    /// <summary>Chats in the batch, 0 or 1.</summary>
    public required int Chats { get; init; }

    /// <summary>Chats whose link was opened.</summary>
    public required int ChatsOpened { get; init; }
}

/// <summary>
/// What became of the message to one household. Partition: number, edition and what changed; row: status, batch and
/// place in it, so that those not reached come first. The home itself is known to the batch alone.
/// </summary>
public sealed record NoticeReceiptRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Status, a <c>ReceiptStatus</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Stream of the batch.</summary>
    public required string Post { get; init; }

    /// <summary>Place in the batch, from 0.</summary>
    public required int Reader { get; init; }
}

/// <summary>What became of the message to a household; lists are kept by its number.</summary>
public enum ReceiptStatus
{
    /// <summary>There is no phone on file.</summary>
    NoPhone,
    /// <summary>No message could be delivered.</summary>
    Failed,
    /// <summary>Sent; the link was not opened.</summary>
    Sent,
    /// <summary>The link was opened.</summary>
    Opened,
}

/// <summary>A chat that wants notices. Partition: community; row: the chat's pseudonym.</summary>
public sealed record NoticeSubscriberRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset Since { get; init; }
}
