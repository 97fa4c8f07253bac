using System.Globalization;
using Azure.Data.Tables;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Azure;

/// <summary>
/// The rows of a stream's partition: <c>head</c>, <c>e-</c> and version, <c>s-</c> and seen id, <c>o-</c> and message
/// id. Every row of an append carries that append's own id. Times are Unix milliseconds, as the hash chain takes them.
/// </summary>
internal static class StreamRows
{
    public const string HeadKey = "head";
    public const string Append = "Append";
    public const string Status = "Status";
    public const string Changed = "Changed";
    private const string Secret = "Secret";

    public static string EventKey(long version) => string.Create(CultureInfo.InvariantCulture, $"e-{version:D12}");

    public static string SeenKey(string id) => "s-" + TableKeys.Escape(id);

    public static string MessageKey(string id) => "o-" + TableKeys.Escape(id);

    public static TableEntity Head(HeadRow next)
    {
        var head = next.Head;
        var row = new TableEntity(head.Stream.Value, HeadKey)
        {
            ["Version"] = head.Version,
            ["Hash"] = head.Hash.ToArray(),
            ["Open"] = head.Open,
            ["Projected"] = head.Projected,
            [Append] = next.Append,
            [Changed] = next.Changed.ToUnixTimeMilliseconds(),
        };
        if (head.NextDue is { } due)
        {
            row["NextDue"] = due.ToUnixTimeMilliseconds();
            row["DueId"] = next.DueId;
        }

        if (next.OpenId is { } openId)
            row["OpenId"] = openId;

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
        row.GetString("OpenId"),
        row.GetString(Append),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(Changed)!.Value),
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
        if (!e.Attached.IsEmpty)
            row["Attached"] = e.Attached.ToArray();
        PayloadBlobs.Write(row, e.Payload);
        return row;
    }

    public static StoredEvent ReadEvent(StreamId stream, TableEntity row, ReadOnlyMemory<byte> payload) => new(
        stream,
        row.GetInt64("Version")!.Value,
        row.GetString("Type"),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64("At")!.Value),
        payload,
        row.GetBinary("Attached"),
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
        if (!message.Secret.IsEmpty)
            row[Secret] = message.Secret.ToArray();
        PayloadBlobs.Write(row, message.Payload);
        return row;
    }

    /// <summary>What one attempt to deliver changes; to be merged into the row it came from.</summary>
    public static TableEntity Delivery(StreamId stream, OutboxUpdate update)
    {
        var row = new TableEntity(stream.Value, MessageKey(update.Id))
        {
            [Status] = (int)update.Status,
            ["Attempts"] = update.Attempts,
            ["NextAttempt"] = update.NextAttempt.ToUnixTimeMilliseconds(),
            // A merge cannot take a column away, so none is an empty text.
            ["Error"] = update.Error ?? "",
        };
        if (update.Status != DeliveryStatus.Pending)
            row[Secret] = Array.Empty<byte>();
        return row;
    }

    public static (int Ordinal, OutboxMessage Message) ReadMessage(
        StreamId stream, TableEntity row, ReadOnlyMemory<byte> payload) => (
        row.GetInt32("Ordinal")!.Value,
        new OutboxMessage(
            stream,
            row.GetString("Id"),
            row.GetInt64("Version")!.Value,
            payload,
            (DeliveryStatus)row.GetInt32(Status)!.Value,
            row.GetInt32("Attempts")!.Value,
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64("NextAttempt")!.Value),
            row.GetString("Error") is { Length: > 0 } error ? error : null,
            row.GetBinary(Secret)));

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
}
