using System.Globalization;
using Azure;
using Azure.Data.Tables;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Azure;

/// <summary>
/// A head as stored. <paramref name="DueId"/> is the write that set the due time, <paramref name="Append"/> the last
/// append.
/// </summary>
internal sealed record HeadRow(StreamHead Head, string? DueId, string Append, ETag ETag);

/// <summary>
/// The rows of a stream's partition: <c>head</c>, <c>e-</c> and version, <c>s-</c> and seen id, <c>o-</c> and message
/// id. Every row of an append carries that append's own id. Times are Unix milliseconds, as the hash chain takes them.
/// </summary>
internal static class StreamRows
{
    public const string HeadKey = "head";
    public const string Append = "Append";
    public const string Status = "Status";

    private const int ChunkBytes = 60 * 1024;
    private const int MostChunks = 15;

    // An entity-group transaction takes 4 MiB; bytes travel as base64, and every row has some text around it.
    private const long MostBody = 4 * 1024 * 1024;
    private const int RowOverhead = 2048;

    /// <summary>Longest payload of one event or message.</summary>
    public const int LongestPayload = ChunkBytes * MostChunks;

    public static string EventKey(long version) => string.Create(CultureInfo.InvariantCulture, $"e-{version:D12}");

    public static string SeenKey(string id) => "s-" + Keys.Escape(id);

    public static string MessageKey(string id) => "o-" + Keys.Escape(id);

    /// <summary>Throws <see cref="ArgumentException"/> for an append that no transaction can carry.</summary>
    public static void RequireSize(Append request)
    {
        var body = (long)RowOverhead;
        foreach (var payload in request.Events.Select(e => e.Payload).Concat(request.Outbox.Select(m => m.Payload)))
        {
            if (payload.Length > LongestPayload)
            {
                throw new ArgumentException(
                    $"An event or message has at most {LongestPayload} bytes; this one has {payload.Length}.",
                    nameof(request));
            }

            body += RowOverhead + (payload.Length * 4L / 3);
        }

        if (body > MostBody)
            throw new ArgumentException("The events and messages of one append exceed 3 MB together.", nameof(request));
    }

    public static TableEntity Head(StreamHead head, string? dueId, string append)
    {
        var row = new TableEntity(head.Stream.Value, HeadKey)
        {
            ["Version"] = head.Version,
            ["Hash"] = head.Hash.ToArray(),
            ["Open"] = head.Open,
            ["Projected"] = head.Projected,
            [Append] = append,
        };
        if (head.NextDue is { } due)
        {
            row["NextDue"] = due.ToUnixTimeMilliseconds();
            row["DueId"] = dueId;
        }

        return row;
    }

    public static HeadRow ReadHead(TableEntity row) => new(
        new StreamHead(
            new StreamId(row.PartitionKey),
            row.GetInt64("Version")!.Value,
            row.GetBinary("Hash"),
            row.GetInt64("NextDue") is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null,
            row.GetBoolean("Open")!.Value,
            row.GetInt64("Projected")!.Value),
        row.GetString("DueId"),
        row.GetString(Append),
        row.ETag);

    public static TableEntity Event(StoredEvent e, string append)
    {
        var row = new TableEntity(e.Stream.Value, EventKey(e.Version))
        {
            ["Version"] = e.Version,
            ["Type"] = e.Type,
            ["At"] = e.At.ToUnixTimeMilliseconds(),
            ["PreviousHash"] = e.PreviousHash.ToArray(),
            ["Hash"] = e.Hash.ToArray(),
            [Append] = append,
        };
        WritePayload(row, e.Payload);
        return row;
    }

    public static StoredEvent ReadEvent(StreamId stream, TableEntity row) => new(
        stream,
        row.GetInt64("Version")!.Value,
        row.GetString("Type"),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64("At")!.Value),
        ReadPayload(row),
        row.GetBinary("PreviousHash"),
        row.GetBinary("Hash"));

    public static TableEntity Message(
        StreamId stream, NewMessage message, long version, int ordinal, DateTimeOffset at, string append)
    {
        var row = new TableEntity(stream.Value, MessageKey(message.Id))
        {
            ["Id"] = message.Id,
            ["Version"] = version,
            ["Ordinal"] = ordinal,
            [Status] = (int)DeliveryStatus.Pending,
            ["Attempts"] = 0,
            ["NextAttempt"] = at.ToUnixTimeMilliseconds(),
            [Append] = append,
        };
        WritePayload(row, message.Payload);
        return row;
    }

    /// <summary>What one attempt to deliver changes; to be merged into the row it came from.</summary>
    public static TableEntity Delivery(StreamId stream, OutboxUpdate update) => new(
        stream.Value, MessageKey(update.Id))
    {
        [Status] = (int)update.Status,
        ["Attempts"] = update.Attempts,
        ["NextAttempt"] = update.NextAttempt.ToUnixTimeMilliseconds(),
        // A merge cannot take a column away, so none is an empty text.
        ["Error"] = update.Error ?? "",
    };

    public static (int Ordinal, OutboxMessage Message) ReadMessage(StreamId stream, TableEntity row) => (
        row.GetInt32("Ordinal")!.Value,
        new OutboxMessage(
            stream,
            row.GetString("Id"),
            row.GetInt64("Version")!.Value,
            ReadPayload(row),
            (DeliveryStatus)row.GetInt32(Status)!.Value,
            row.GetInt32("Attempts")!.Value,
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64("NextAttempt")!.Value),
            row.GetString("Error") is { Length: > 0 } error ? error : null));

    public static TableEntity Seen(StreamId stream, SeenMessage seen, long version, string append) => new(
        stream.Value, SeenKey(seen.Id))
    {
        ["Id"] = seen.Id,
        ["Fingerprint"] = seen.Fingerprint,
        ["Version"] = version,
        [Append] = append,
    };

    public static TakenMessage ReadSeen(TableEntity row) =>
        new(row.GetString("Id"), row.GetString("Fingerprint"), row.GetInt64("Version")!.Value);

    private static string Chunk(int i) => string.Create(CultureInfo.InvariantCulture, $"Payload{i:D2}");

    private static void WritePayload(TableEntity row, ReadOnlyMemory<byte> payload)
    {
        for (var i = 0; i * ChunkBytes < payload.Length; i++)
        {
            var from = i * ChunkBytes;
            row[Chunk(i)] = payload.Slice(from, Math.Min(ChunkBytes, payload.Length - from)).ToArray();
        }
    }

    private static byte[] ReadPayload(TableEntity row)
    {
        var chunks = new List<byte[]>(1);
        while (row.TryGetValue(Chunk(chunks.Count), out var value) && value is byte[] chunk)
            chunks.Add(chunk);
        return chunks.Count switch
        {
            0 => [],
            1 => chunks[0],
            _ => [.. chunks.SelectMany(c => c)],
        };
    }
}
