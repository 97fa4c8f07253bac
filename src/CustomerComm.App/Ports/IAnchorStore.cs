using CustomerComm.Domain;

namespace CustomerComm.App.Ports;

/// <summary>
/// What was published on a day: the root of the Merkle tree that the heads of all streams were ever added to, how many
/// leaves it has, and when the heads were read. <paramref name="Date"/> is a day of the company's calendar; there is at
/// most one anchor a day.
/// </summary>
public sealed record LedgerAnchor(DateOnly Date, DateTimeOffset At, long Size, ReadOnlyMemory<byte> RootHash);

/// <summary>The head of one stream as an anchor covers it.</summary>
public sealed record AnchorLeaf(StreamId Stream, long Version, ReadOnlyMemory<byte> Hash);

/// <summary>
/// What one day added to the tree: the heads that had moved since the day before, in order of stream id. With the size
/// and the complete subtrees of the tree before, largest first, it gives the day's root by itself.
/// </summary>
public sealed record LedgerDay(
    long Before, IReadOnlyList<ReadOnlyMemory<byte>> Subtrees, IReadOnlyList<AnchorLeaf> Leaves);

/// <summary>
/// An anchor as found, with its line as it was published. <paramref name="Wrong"/> says what does not hold: its
/// signature, its place behind the anchor before it, or that its tree goes on from that one's; null: all does.
/// </summary>
public sealed record PublishedAnchor(LedgerAnchor Anchor, string Line, string? Wrong);

/// <summary>
/// The key that signs anchors: ECDSA on P-256 with SHA-256, kept where whoever can write the ledger cannot reach it.
/// </summary>
public interface IAnchorKey
{
    /// <summary>
    /// Signs (64 bytes, r and s). A key that was never there is made; throws <see cref="InvalidDataException"/>, saying
    /// how to restore it, for one that is gone.
    /// </summary>
    Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken ct);

    /// <summary>
    /// The public half as PEM, to be handed to whoever checks; null where nothing was ever signed.
    /// </summary>
    Task<string?> FindPublicAsync(CancellationToken ct);
}

/// <summary>Where anchors are kept, outside the database, signed and never changed.</summary>
public interface IAnchorStore
{
    /// <summary>
    /// Keeps what a day added, then signs and publishes its anchor; durable on return. Throws InvalidOperationException
    /// unless its day and time are later than the latest, <see cref="InvalidDataException"/> where it does not go on
    /// from there or the key is gone.
    /// </summary>
    Task PublishAsync(LedgerAnchor anchor, LedgerDay day, CancellationToken ct);

    /// <summary>The latest anchor, or null.</summary>
    Task<PublishedAnchor?> FindLatestAsync(CancellationToken ct);

    /// <summary>
    /// All anchors, oldest first; with <paramref name="after"/> those behind that day, the first of which is checked
    /// against none.
    /// </summary>
    IAsyncEnumerable<PublishedAnchor> ListAsync(DateOnly? after, CancellationToken ct);

    /// <summary>
    /// What an anchored day added. Throws <see cref="InvalidDataException"/> where that is missing or unreadable.
    /// </summary>
    Task<LedgerDay> ReadDayAsync(DateOnly date, CancellationToken ct);

    /// <summary>The public half of the key that signs, as PEM; null where nothing was ever signed.</summary>
    Task<string?> FindPublicKeyAsync(CancellationToken ct);
}
