using CustomerComm.Domain;

namespace CustomerComm.App.Ports;

/// <summary>One event to append. <paramref name="Payload"/> is UTF-8 JSON, personal fields already encrypted.</summary>
public sealed record NewEvent(string Type, ReadOnlyMemory<byte> Payload);

/// <summary>
/// One stored event. <paramref name="Version"/> starts at 1 and has no gaps within its stream.
/// <paramref name="Attached"/> is the digest of the messages and seen ids that its append wrote, on the last event of the
/// append; empty: there were none.
/// </summary>
public sealed record StoredEvent(
    StreamId Stream,
    long Version,
    string Type,
    DateTimeOffset At,
    ReadOnlyMemory<byte> Payload,
    ReadOnlyMemory<byte> Attached,
    ReadOnlyMemory<byte> PreviousHash,
    ReadOnlyMemory<byte> Hash);

/// <summary>
/// The end of a stream: last version and hash, when the pump must look at it next (null: never), whether the complaint is
/// open, and the last version whose rows were written.
/// </summary>
public sealed record StreamHead(
    StreamId Stream, long Version, ReadOnlyMemory<byte> Hash, DateTimeOffset? NextDue, bool Open, long Projected);

/// <summary>
/// A message owed to someone, stored with the event that owes it. <paramref name="Id"/> is unique in its stream.
/// <paramref name="Secret"/> is what it carries and nobody is to find afterwards, sealed; empty: nothing. It is kept
/// beside the payload, outside the hash chain, until the message is delivered or given up.
/// </summary>
public sealed record NewMessage(string Id, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Secret = default);

/// <summary>How far the delivery of a message has come; stored by its number.</summary>
public enum DeliveryStatus
{
    /// <summary>Still to be delivered.</summary>
    Pending = 0,
    /// <summary>Handed to the channel, which took it.</summary>
    Delivered = 1,
    /// <summary>Given up after the last attempt; a person was told.</summary>
    Dead = 2,
}

/// <summary>
/// A message of a stream's outbox as stored; <paramref name="Secret"/> is empty where it never had one or is not
/// pending any more.
/// </summary>
public sealed record OutboxMessage(
    StreamId Stream,
    string Id,
    long Version,
    ReadOnlyMemory<byte> Payload,
    DeliveryStatus Status,
    int Attempts,
    DateTimeOffset NextAttempt,
    string? Error,
    ReadOnlyMemory<byte> Secret = default);

/// <summary>
/// What became of one attempt to deliver. Delivered or dead, the message's secret goes with the same write.
/// </summary>
public sealed record OutboxUpdate(
    string Id, DeliveryStatus Status, int Attempts, DateTimeOffset NextAttempt, string? Error);

/// <summary>
/// The sender's own id of a message, so that taking it twice changes nothing. <paramref name="Fingerprint"/> (may be
/// empty) is a digest of its content: the same id with another content is a mistake of the sender.
/// </summary>
public sealed record SeenMessage(string Id, string Fingerprint);

/// <summary>A message id already taken, with the content it had and the version it led to.</summary>
public sealed record TakenMessage(string Id, string Fingerprint, long Version);

/// <summary>
/// Everything that one decision writes, in one transaction in the stream's own partition: at least one event, at most 60
/// events, messages and seen ids together, of any size; see <see cref="AppendRules"/>. <paramref name="ExpectedVersion"/> is 0 for a new
/// stream.
/// </summary>
public sealed record Append(
    StreamId Stream,
    long ExpectedVersion,
    DateTimeOffset At,
    IReadOnlyList<NewEvent> Events,
    IReadOnlyList<NewMessage> Outbox,
    IReadOnlyList<SeenMessage> Seen,
    DateTimeOffset? NextDue,
    bool Open);

/// <summary>What an append came to.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <summary>Written and durable.</summary>
    public sealed record Appended(StreamHead Head) : AppendResult;

    /// <summary>
    /// Somebody else appended first; nothing was written. Head is null where the stream does not exist.
    /// </summary>
    public sealed record Conflict(StreamHead? Head) : AppendResult;

    /// <summary>A seen id of the request was taken before; nothing was written.</summary>
    public sealed record Duplicate(TakenMessage Message) : AppendResult;
}

/// <summary>
/// Streams of events with their outbox. Every method may be called concurrently. A returned append is durable.
/// Duplicate is reported before Conflict. Reads see every append that returned before the read began; one that finds a
/// payload that is not what was written throws InvalidDataException naming the stream.
/// </summary>
public interface IEventStore
{
    /// <summary>The end of a stream, or null where it does not exist.</summary>
    Task<StreamHead?> ReadHeadAsync(StreamId stream, CancellationToken ct);

    /// <summary>
    /// Events with a version above <paramref name="after"/>, in order, at most <paramref name="take"/>.
    /// </summary>
    Task<IReadOnlyList<StoredEvent>> ReadAsync(
        StreamId stream, long after, CancellationToken ct, int take = int.MaxValue);

    /// <summary>A message id taken by the stream, or null.</summary>
    Task<TakenMessage?> FindSeenAsync(StreamId stream, string messageId, CancellationToken ct);

    /// <summary>Appends atomically, see <see cref="Append"/>.</summary>
    Task<AppendResult> AppendAsync(Append request, CancellationToken ct);

    /// <summary>
    /// Messages of the stream's outbox in the order they were owed; only pending ones unless asked for all.
    /// </summary>
    Task<IReadOnlyList<OutboxMessage>> ReadOutboxAsync(StreamId stream, CancellationToken ct, bool all = false);

    /// <summary>All message ids that the stream took, in no order: for audits only.</summary>
    Task<IReadOnlyList<TakenMessage>> ReadSeenAsync(StreamId stream, CancellationToken ct);

    /// <summary>
    /// Records deliveries, and, if the stream still ends at <paramref name="version"/>, that its rows were written up to
    /// it and when to look next. False: the stream has moved on, so the wake time was left alone (deliveries are kept).
    /// </summary>
    Task<bool> SettleAsync(
        StreamId stream,
        long version,
        IReadOnlyList<OutboxUpdate> deliveries,
        DateTimeOffset? nextDue,
        CancellationToken ct);

    /// <summary>Streams whose next due time is at or before <paramref name="before"/>, most overdue first.</summary>
    Task<IReadOnlyList<StreamHead>> DueAsync(DateTimeOffset before, int take, CancellationToken ct);

    /// <summary>The earliest next due time of all streams, or null when nothing is due ever.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken ct);

    /// <summary>
    /// Heads of open streams in order of stream id, starting behind <paramref name="after"/>. Its cost goes with what
    /// is open, however many closed streams there are.
    /// </summary>
    Task<IReadOnlyList<StreamHead>> ListOpenAsync(StreamId? after, int take, CancellationToken ct);

    /// <summary>
    /// Heads in order of stream id, starting behind <paramref name="after"/>: for audits and rebuilding only.
    /// </summary>
    Task<IReadOnlyList<StreamHead>> ListAsync(StreamId? after, int take, CancellationToken ct);

    /// <summary>
    /// Heads of the streams that were last appended to at or after <paramref name="since"/> (by the time of the append),
    /// in order of stream id, starting behind <paramref name="after"/>: for the daily anchor.
    /// </summary>
    Task<IReadOnlyList<StreamHead>> ListChangedAsync(
        DateTimeOffset since, StreamId? after, int take, CancellationToken ct);
}
