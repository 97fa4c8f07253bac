using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Sqlite;

/// <summary>
/// Streams in SQLite. Times are kept to the millisecond. A write whose token is cancelled while it waits is not
/// written; once the writer has taken it, the caller learns how it ended. A write that the disk refused throws
/// <see cref="IOException"/> and left nothing behind.
/// </summary>
public sealed class SqliteEventStore(SqliteDatabase database) : IEventStore
{
    private const string StreamNo = "(SELECT no FROM store_head WHERE stream = ?1)";

    private const string Events =
        $"""
        SELECT version, type, at, payload, attached, previous_hash, hash FROM store_event
        WHERE stream_no = {StreamNo} AND version > ?2 ORDER BY version LIMIT ?3
        """;

    private const string Seen =
        $"SELECT id, fingerprint, version FROM store_seen WHERE stream_no = {StreamNo} AND id = ?2";

    private const string AllSeen = $"SELECT id, fingerprint, version FROM store_seen WHERE stream_no = {StreamNo}";

    // Few messages a stream: sorting them is cheaper than keeping another index at every append.
    private const string Outbox =
        $"""
        SELECT id, version, payload, status, attempts, next_attempt, error, secret FROM store_outbox
        WHERE stream_no = {StreamNo} AND status <= ?2 ORDER BY version, ordinal
        """;

    private const string Due =
        $"SELECT {HeadReader.Columns} FROM store_head WHERE next_due <= ?1 ORDER BY next_due LIMIT ?2";

    private const string NextDue =
        "SELECT next_due FROM store_head WHERE next_due IS NOT NULL ORDER BY next_due LIMIT 1";

    private const string ListOpen =
        $"SELECT {HeadReader.Columns} FROM store_head WHERE open = 1 AND stream > ?1 ORDER BY stream LIMIT ?2";

    private const string List =
        $"SELECT {HeadReader.Columns} FROM store_head WHERE stream > ?1 ORDER BY stream LIMIT ?2";

    // By that index, or the planner would walk through all streams to have them in order.
    private const string Changed =
        $"""
        SELECT {HeadReader.Columns} FROM store_head INDEXED BY store_changed
        WHERE changed >= ?1 AND stream > ?2 ORDER BY stream LIMIT ?3
        """;

    private readonly DatabaseFile _file = database.Matters;

    /// <inheritdoc/>
    public Task<StreamHead?> ReadHeadAsync(StreamId stream, CancellationToken ct) =>
        _file.ReadAsync(c => HeadReader.Find(c, stream)?.Head, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEvent>> ReadAsync(
        StreamId stream, long after, CancellationToken ct, int take = int.MaxValue) =>
        _file.ReadAsync<IReadOnlyList<StoredEvent>>(
            c =>
            {
                var events = new List<StoredEvent>();
                using var read = c.Prepare(Events);
                read.Bind(1, stream.Value).Bind(2, after).Bind(3, take);
                while (read.Step())
                {
                    events.Add(new StoredEvent(
                        stream,
                        read.GetInt64(0),
                        read.GetString(1),
                        DateTimeOffset.FromUnixTimeMilliseconds(read.GetInt64(2)),
                        read.GetBlob(3),
                        read.GetBlob(4),
                        read.GetBlob(5),
                        read.GetBlob(6)));
                }

                return events;
            },
            ct);

    /// <inheritdoc/>
    public Task<TakenMessage?> FindSeenAsync(StreamId stream, string messageId, CancellationToken ct) =>
        _file.ReadAsync(
            c =>
            {
                using var find = c.Prepare(Seen);
                return find.Bind(1, stream.Value).Bind(2, messageId).Step()
                    ? new TakenMessage(find.GetString(0), find.GetString(1), find.GetInt64(2))
                    : null;
            },
            ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TakenMessage>> ReadSeenAsync(StreamId stream, CancellationToken ct) =>
        _file.ReadAsync<IReadOnlyList<TakenMessage>>(
            c =>
            {
                var seen = new List<TakenMessage>();
                using var read = c.Prepare(AllSeen);
                read.Bind(1, stream.Value);
                while (read.Step())
                    seen.Add(new TakenMessage(read.GetString(0), read.GetString(1), read.GetInt64(2)));
                return seen;
            },
            ct);

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(Append request, CancellationToken ct)
    {
        try
        {
            AppendRules.Require(request);
        }
        catch (ArgumentException e)
        {
            return Task.FromException<AppendResult>(e);
        }

        return _file.WriteAsync(c => AppendOperation.Append(c, request), ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxMessage>> ReadOutboxAsync(
        StreamId stream, CancellationToken ct, bool all = false) =>
        _file.ReadAsync<IReadOnlyList<OutboxMessage>>(
            c =>
            {
                var messages = new List<OutboxMessage>();
                using var read = c.Prepare(Outbox);
                read.Bind(1, stream.Value).Bind(2, (int)(all ? DeliveryStatus.Dead : DeliveryStatus.Pending));
                while (read.Step())
                {
                    messages.Add(new OutboxMessage(
                        stream,
                        read.GetString(0),
                        read.GetInt64(1),
                        read.GetBlob(2),
                        (DeliveryStatus)read.GetInt32(3),
                        read.GetInt32(4),
                        DateTimeOffset.FromUnixTimeMilliseconds(read.GetInt64(5)),
                        read.GetNullableString(6),
                        read.GetBlob(7)));
                }

                return messages;
            },
            ct);

    /// <inheritdoc/>
    public Task<bool> SettleAsync(
        StreamId stream,
        long version,
        IReadOnlyList<OutboxUpdate> deliveries,
        DateTimeOffset? nextDue,
        CancellationToken ct) =>
        _file.WriteAsync(c => AppendOperation.Settle(c, stream, version, deliveries, nextDue), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamHead>> DueAsync(DateTimeOffset before, int take, CancellationToken ct) =>
        _file.ReadAsync<IReadOnlyList<StreamHead>>(
            c =>
            {
                using var due = c.Prepare(Due);
                return HeadReader.ReadAll(due.Bind(1, before.ToUnixTimeMilliseconds()).Bind(2, take));
            },
            ct);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken ct) =>
        _file.ReadAsync(
            c =>
            {
                using var next = c.Prepare(NextDue);
                return next.Step() ? Millis.Time(next.GetInt64(0)) : null;
            },
            ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamHead>> ListOpenAsync(StreamId? after, int take, CancellationToken ct) =>
        ListAsync(ListOpen, after, take, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamHead>> ListAsync(StreamId? after, int take, CancellationToken ct) =>
        ListAsync(List, after, take, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamHead>> ListChangedAsync(
        DateTimeOffset since, StreamId? after, int take, CancellationToken ct) =>
        _file.ReadAsync<IReadOnlyList<StreamHead>>(
            c =>
            {
                using var list = c.Prepare(Changed);
                return HeadReader.ReadAll(
                    list.Bind(1, since.ToUnixTimeMilliseconds()).Bind(2, after?.Value ?? "").Bind(3, take));
            },
            ct);

    private Task<IReadOnlyList<StreamHead>> ListAsync(string sql, StreamId? after, int take, CancellationToken ct) =>
        _file.ReadAsync<IReadOnlyList<StreamHead>>(
            c =>
            {
                using var list = c.Prepare(sql);
                return HeadReader.ReadAll(list.Bind(1, after?.Value ?? "").Bind(2, take));
            },
            ct);
}
