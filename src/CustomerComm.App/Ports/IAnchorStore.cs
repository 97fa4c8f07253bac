using CustomerComm.Domain;

namespace CustomerComm.App.Ports;

/// <summary>
/// What was published on a day: the Merkle root over the heads of all streams, how many there were, and when they were
/// read. <paramref name="Date"/> is a day of the company's calendar; there is at most one anchor a day.
/// </summary>
public sealed record LedgerAnchor(DateOnly Date, DateTimeOffset At, long Streams, ReadOnlyMemory<byte> RootHash);

/// <summary>The head of one stream as an anchor covers it.</summary>
public sealed record AnchorLeaf(StreamId Stream, long Version, ReadOnlyMemory<byte> Hash);

/// <summary>
/// An anchor as found. <paramref name="Authentic"/> is false where its signature, or its place behind the anchor
/// before it, does not hold: somebody changed, added or removed an anchor.
/// </summary>
public sealed record PublishedAnchor(LedgerAnchor Anchor, bool Authentic);

/// <summary>
/// The key that signs anchors: ECDSA on P-256 with SHA-256, out of reach of whoever can write the anchors themselves.
/// </summary>
public interface IAnchorKey
{
    /// <summary>Signs, with a key that is made at the first signature where there is none.</summary>
    Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken ct);

    /// <summary>
    /// The public half as PEM, to be handed to whoever checks; null where nothing was ever signed.
    /// </summary>
    Task<string?> FindPublicAsync(CancellationToken ct);
}

/// <summary>
/// Where anchors are published, outside the database, signed and never changed. Leaves are written before the anchor
/// that covers them; leaves without an anchor do not count and may be written again.
/// </summary>
public interface IAnchorStore
{
    /// <summary>
    /// Writes the leaves of a day, in order of stream id. Throws InvalidOperationException once it has an anchor.
    /// </summary>
    Task WriteLeavesAsync(DateOnly date, IAsyncEnumerable<AnchorLeaf> leaves, CancellationToken ct);

    /// <summary>
    /// Signs and publishes; durable on return. Throws InvalidOperationException unless its day is the latest.
    /// </summary>
    Task PublishAsync(LedgerAnchor anchor, CancellationToken ct);

    /// <summary>The latest anchor, or null.</summary>
    Task<PublishedAnchor?> FindLatestAsync(CancellationToken ct);

    /// <summary>All anchors, oldest first.</summary>
    IAsyncEnumerable<PublishedAnchor> ListAsync(CancellationToken ct);

    /// <summary>
    /// The leaves of an anchored day as written. Throws InvalidDataException where they are missing or unreadable.
    /// </summary>
    IAsyncEnumerable<AnchorLeaf> ReadLeavesAsync(DateOnly date, CancellationToken ct);
}
