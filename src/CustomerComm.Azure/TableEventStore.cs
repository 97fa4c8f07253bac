using System.Globalization;
using Azure.Data.Tables;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Azure;

/// <summary>
/// Streams in Table storage, a partition each: see docs/decisions/030-table-storage-layout.md. Times are kept to the
/// millisecond. A write whose token is cancelled before it is sent is not written; after that the caller learns how it
/// ended, and gets the storage's own exception where it could not be reached long enough to find out.
/// </summary>
public sealed class TableEventStore : IEventStore
{
    /// <summary>Name of the table, without the prefix.</summary>
    internal const string Table = "Streams";

    private const int Largest = 1000;
    private const int AtOnce = 16;

    private readonly StreamTable _streams;
    private readonly DueIndex _due;

    /// <summary>Opens nothing yet.</summary>
    public TableEventStore(TableStorage storage)
    {
        _due = new DueIndex(storage);
        _streams = new StreamTable(storage);
    }

    /// <inheritdoc/>
    public async Task<StreamHead?> ReadHeadAsync(StreamId stream, CancellationToken ct) =>
        (await _streams.FindHeadAsync(stream, ct).ConfigureAwait(false))?.Head;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredEvent>> ReadAsync(
        StreamId stream, long after, CancellationToken ct, int take = int.MaxValue)
    {
        var events = new List<StoredEvent>();
        if (take <= 0)
            return events;
        var from = StreamRows.EventKey(Math.Max(after, 0));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {stream.Value} and RowKey gt {from} and RowKey lt {"e."}");
        await foreach (var row in _streams.QueryAsync(filter, Math.Min(take, Largest), ct).ConfigureAwait(false))
        {
            events.Add(StreamRows.ReadEvent(stream, row));
            if (events.Count == take)
                break;
        }

        return events;
    }

    /// <inheritdoc/>
    public async Task<TakenMessage?> FindSeenAsync(StreamId stream, string messageId, CancellationToken ct) =>
        await _streams.FindAsync(stream, StreamRows.SeenKey(messageId), ct).ConfigureAwait(false) is { } row
            ? StreamRows.ReadSeen(row)
            : null;

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(Append request, CancellationToken ct)
    {
        try
        {
            AppendTransaction.Require(request);
        }
        catch (ArgumentException e)
        {
            return Task.FromException<AppendResult>(e);
        }

        return new AppendTransaction(_streams, _due, request).RunAsync(ct);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OutboxMessage>> ReadOutboxAsync(
        StreamId stream, CancellationToken ct, bool all = false)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {stream.Value} and RowKey ge {"o-"} and RowKey lt {"o."}");
        if (!all)
            filter += string.Create(CultureInfo.InvariantCulture, $" and Status eq {(int)DeliveryStatus.Pending}");
        var messages = new List<(int Ordinal, OutboxMessage Message)>();
        await foreach (var row in _streams.QueryAsync(filter, Largest, ct).ConfigureAwait(false))
            messages.Add(StreamRows.ReadMessage(stream, row));
        return [.. messages.OrderBy(m => m.Message.Version).ThenBy(m => m.Ordinal).Select(m => m.Message)];
    }

    /// <inheritdoc/>
    public Task<bool> SettleAsync(
        StreamId stream,
        long version,
        IReadOnlyList<OutboxUpdate> deliveries,
        DateTimeOffset? nextDue,
        CancellationToken ct) =>
        new SettleTransaction(_streams, _due, stream, version, deliveries, nextDue).RunAsync(ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StreamHead>> DueAsync(DateTimeOffset before, int take, CancellationToken ct)
    {
        var due = new List<StreamHead>();
        if (take <= 0)
            return due;
        await foreach (var page in _due.ReadAsync(before, take, ct).ConfigureAwait(false))
        {
            foreach (var entries in page.Chunk(AtOnce))
            {
                var heads = await Task.WhenAll(entries.Select(e => ConfirmedAsync(e, ct))).ConfigureAwait(false);
                due.AddRange(heads.OfType<StreamHead>().Take(take - due.Count));
                if (due.Count == take)
                    return due;
            }
        }

        return due;
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken ct)
    {
        await foreach (var page in _due.ReadAsync(DateTimeOffset.MaxValue, AtOnce, ct).ConfigureAwait(false))
        {
            foreach (var entry in page)
            {
                if (await ConfirmedAsync(entry, ct).ConfigureAwait(false) is { } head)
                    return head.NextDue;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StreamHead>> ListAsync(StreamId? after, int take, CancellationToken ct)
    {
        var heads = new List<StreamHead>();
        if (take <= 0)
            return heads;
        // A scan of the whole table behind that key, which the service delivers in order of partitions.
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey gt {after?.Value ?? ""} and RowKey eq {StreamRows.HeadKey}");
        await foreach (var row in _streams.QueryAsync(filter, Math.Min(take, Largest), ct).ConfigureAwait(false))
        {
            heads.Add(StreamRows.ReadHead(row).Head);
            if (heads.Count == take)
                break;
        }

        return heads;
    }

    /// <summary>The head that the entry belongs to; null for a left-over, which is removed once it is old.</summary>
    private async Task<StreamHead?> ConfirmedAsync(DueEntry entry, CancellationToken ct)
    {
        var row = await _streams.FindHeadAsync(entry.Stream, ct).ConfigureAwait(false);
        if (row is { Head.NextDue: not null } && row.DueId == entry.Id)
            return row.Head;
        if (entry.Old)
            await _due.RemoveAsync(entry.RowKey).ConfigureAwait(false);
        return null;
    }
}
