using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Sqlite;

/// <summary>The writes of the event store, run by the writer within its transaction.</summary>
internal static class AppendOperation
{
    private const string FindSeen =
        "SELECT id, fingerprint, version FROM store_seen WHERE stream_no = ?1 AND id = ?2";

    private const string InsertHead =
        """
        INSERT INTO store_head (stream, version, hash, next_due, open, changed, projected)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)
        """;

    private const string UpdateHead =
        "UPDATE store_head SET version = ?2, hash = ?3, next_due = ?4, open = ?5, changed = ?6 WHERE no = ?1";

    private const string InsertEvent =
        """
        INSERT INTO store_event (stream_no, version, type, at, payload, attached, previous_hash, hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """;

    private const string InsertMessage =
        """
        INSERT INTO store_outbox (stream_no, id, version, ordinal, status, attempts, next_attempt, payload, secret)
        VALUES (?1, ?2, ?3, ?4, 0, 0, ?5, ?6, ?7)
        """;

    private const string InsertSeen =
        "INSERT INTO store_seen (stream_no, id, fingerprint, version) VALUES (?1, ?2, ?3, ?4)";

    // A message that was delivered stays so: of two pumps at work by mischance, the later must not undo the other's.
    private const string UpdateMessage =
        """
        UPDATE store_outbox SET status = ?3, attempts = ?4, next_attempt = ?5, error = ?6,
            secret = CASE WHEN ?3 = 0 THEN secret ELSE x'' END
        WHERE stream_no = ?1 AND id = ?2 AND status <> 1
        """;

    private const string SettleHead =
        "UPDATE store_head SET projected = ?2, next_due = ?3 WHERE no = ?1";

    public static AppendResult Append(Connection connection, Append request)
    {
        var stored = HeadReader.Find(connection, request.Stream);
        if (stored is { } s && FindTaken(connection, s.No, request.Seen) is { } taken)
            return new AppendResult.Duplicate(taken);
        if ((stored?.Head.Version ?? 0) != request.ExpectedVersion)
            return new AppendResult.Conflict(stored?.Head);

        var previous = stored?.Head.Hash ?? HashChain.Start;
        var events = HashChain.Extend(request, previous);
        var head = new StreamHead(
            request.Stream,
            request.ExpectedVersion + events.Count,
            events[^1].Hash,
            Millis.Truncate(request.NextDue),
            request.Open,
            stored?.Head.Projected ?? 0);
        var no = WriteHead(connection, stored?.No, head, request.At);
        WriteEvents(connection, no, events);
        WriteMessages(connection, no, head.Version, request);
        return new AppendResult.Appended(head);
    }

    public static bool Settle(
        Connection connection,
        StreamId stream,
        long version,
        IReadOnlyList<OutboxUpdate> deliveries,
        DateTimeOffset? nextDue)
    {
        if (HeadReader.Find(connection, stream) is not { } stored)
            return false;
        foreach (var delivery in deliveries)
        {
            using var update = connection.Prepare(UpdateMessage);
            update.Bind(1, stored.No).Bind(2, delivery.Id).Bind(3, (int)delivery.Status).Bind(4, delivery.Attempts)
                .Bind(5, delivery.NextAttempt.ToUnixTimeMilliseconds()).Bind(6, delivery.Error).Run();
        }

        if (stored.Head.Version != version)
            return false;
        using var settle = connection.Prepare(SettleHead);
        settle.Bind(1, stored.No).Bind(2, version).Bind(3, nextDue?.ToUnixTimeMilliseconds()).Run();
        return true;
    }

    private static TakenMessage? FindTaken(Connection connection, long no, IReadOnlyList<SeenMessage> seen)
    {
        foreach (var message in seen)
        {
            using var find = connection.Prepare(FindSeen);
            if (find.Bind(1, no).Bind(2, message.Id).Step())
                return new TakenMessage(find.GetString(0), find.GetString(1), find.GetInt64(2));
        }

        return null;
    }

    private static long WriteHead(Connection connection, long? no, StreamHead head, DateTimeOffset at)
    {
        using var write = connection.Prepare(no is null ? InsertHead : UpdateHead);
        (no is { } known ? write.Bind(1, known) : write.Bind(1, head.Stream.Value))
            .Bind(2, head.Version).Bind(3, head.Hash.Span).Bind(4, head.NextDue?.ToUnixTimeMilliseconds())
            .Bind(5, head.Open).Bind(6, at.ToUnixTimeMilliseconds()).Run();
        return no ?? connection.LastInsertRowId;
    }

    private static void WriteEvents(Connection connection, long no, IReadOnlyList<StoredEvent> events)
    {
        foreach (var e in events)
        {
            using var insert = connection.Prepare(InsertEvent);
            insert.Bind(1, no).Bind(2, e.Version).Bind(3, e.Type).Bind(4, e.At.ToUnixTimeMilliseconds())
                .Bind(5, e.Payload.Span).Bind(6, e.Attached.Span).Bind(7, e.PreviousHash.Span).Bind(8, e.Hash.Span)
                .Run();
        }
    }

    private static void WriteMessages(Connection connection, long no, long version, Append request)
    {
        var at = request.At.ToUnixTimeMilliseconds();
        for (var i = 0; i < request.Outbox.Count; i++)
        {
            var message = request.Outbox[i];
            using var insert = connection.Prepare(InsertMessage);
            insert.Bind(1, no).Bind(2, message.Id).Bind(3, version).Bind(4, i).Bind(5, at)
                .Bind(6, message.Payload.Span).Bind(7, message.Secret.Span).Run();
        }

        foreach (var seen in request.Seen)
        {
            using var insert = connection.Prepare(InsertSeen);
            insert.Bind(1, no).Bind(2, seen.Id).Bind(3, seen.Fingerprint).Bind(4, version).Run();
        }
    }
}
