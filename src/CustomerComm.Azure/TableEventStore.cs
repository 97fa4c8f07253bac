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
    private readonly HeadIndexes _indexes;
    private readonly PayloadBlobs _blobs;

    /// <summary>Opens nothing yet.</summary>
    public TableEventStore(StorageAccount account)
    {
        _indexes = new HeadIndexes(account);
        _blobs = new PayloadBlobs(account);
        _streams = new StreamTable(account);
    }

    /// <inheritdoc/>
    public async Task<StreamHead?> ReadHeadAsync(StreamId stream, CancellationToken ct) =>
        (await _streams.FindHeadAsync(stream, ct).ConfigureAwait(false))?.Head;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredEvent>> ReadAsync(
        StreamId stream, long after, CancellationToken ct, int take = int.MaxValue)
    {
        if (take <= 0)
            return [];
        // The head comes right behind the events, so it is seen on the way.
        var from = StreamRows.EventKey(Math.Max(after, 0));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {stream.Value} and RowKey gt {from} and RowKey le {StreamRows.HeadKey}");
        var rows = new List<TableEntity>();
        await foreach (var row in _streams.QueryAsync(filter, Math.Min(take, Largest), ct).ConfigureAwait(false))
        {
            if (row.RowKey == StreamRows.HeadKey)
                _streams.Remember(StreamRows.ReadHead(row));
            else
                rows.Add(row);
            if (rows.Count == take)
                break;
        }

        return await WithPayloadsAsync(stream, rows, (row, p) => StreamRows.ReadEvent(stream, row, p), ct)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<TakenMessage?> FindSeenAsync(StreamId stream, string messageId, CancellationToken ct) =>
        await _streams.FindAsync(stream, StreamRows.SeenKey(messageId), ct).ConfigureAwait(false) is { } row
            ? StreamRows.ReadSeen(row)
            : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TakenMessage>> ReadSeenAsync(StreamId stream, CancellationToken ct)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {stream.Value} and RowKey ge {"s-"} and RowKey lt {"s."}");
        return await _streams.QueryAsync(filter, Largest, ct).Select(StreamRows.ReadSeen).ToListAsync(ct)
            .ConfigureAwait(false);
    }

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

        return new AppendTransaction(_streams, _indexes, _blobs, request).RunAsync(ct);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OutboxMessage>> ReadOutboxAsync(
        StreamId stream, CancellationToken ct, bool all = false)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {stream.Value} and RowKey ge {"o-"} and RowKey lt {"o."}");
        if (!all)
            filter += string.Create(CultureInfo.InvariantCulture, $" and Status eq {(int)DeliveryStatus.Pending}");
        var rows = await _streams.QueryAsync(filter, Largest, ct).ToListAsync(ct).ConfigureAwait(false);
        foreach (var row in rows.Where(r => r.GetInt32(StreamRows.Status) == (int)DeliveryStatus.Pending))
            _streams.RememberPending(stream, row.RowKey, row.ETag);
        var messages = await WithPayloadsAsync(
            stream, rows, (row, p) => StreamRows.ReadMessage(stream, row, p), ct).ConfigureAwait(false);
        return [.. messages.OrderBy(m => m.Message.Version).ThenBy(m => m.Ordinal).Select(m => m.Message)];
    }

    /// <inheritdoc/>
    public Task<bool> SettleAsync(
        StreamId stream,
        long version,
        IReadOnlyList<OutboxUpdate> deliveries,
        DateTimeOffset? nextDue,
        CancellationToken ct) =>
        new SettleTransaction(_streams, _indexes, stream, version, deliveries, nextDue).RunAsync(ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StreamHead>> DueAsync(DateTimeOffset before, int take, CancellationToken ct) =>
        await FindAsync(_indexes.Due, null, IndexTable.DueEnd(before), take, ct).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken ct)
    {
        // For the time alone, a head remembered is good enough while the index still has the row that it refers to.
        await foreach (var page in _indexes.Due.ReadAsync(null, null, AtOnce, ct).ConfigureAwait(false))
        {
            foreach (var entry in page)
            {
                var head = _streams.LastSeen(entry.Stream) is { } seen && seen.DueKey == entry.RowKey
                    ? seen.Head
                    : await ConfirmedAsync(_indexes.Due, entry, ct).ConfigureAwait(false);
                if (head is not null)
                    return head.NextDue;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StreamHead>> ListOpenAsync(StreamId? after, int take, CancellationToken ct) =>
        await FindAsync(_indexes.Open, IndexTable.OpenStart(after), null, take, ct).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamHead>> ListAsync(StreamId? after, int take, CancellationToken ct) =>
        ScanAsync(
            TableClient.CreateQueryFilter($"PartitionKey gt {after?.Value ?? ""} and RowKey eq {StreamRows.HeadKey}"),
            take, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamHead>> ListChangedAsync(
        DateTimeOffset since, StreamId? after, int take, CancellationToken ct) =>
        ScanAsync(
            TableClient.CreateQueryFilter(
                $"PartitionKey gt {after?.Value ?? ""} and RowKey eq {StreamRows.HeadKey} and Changed ge {since.ToUnixTimeMilliseconds()}"),
            take, ct);

    /// <summary>A scan of the whole table, which the service delivers in order of partitions.</summary>
    private async Task<IReadOnlyList<StreamHead>> ScanAsync(string filter, int take, CancellationToken ct)
    {
        var heads = new List<StreamHead>();
        if (take <= 0)
            return heads;
        await foreach (var row in _streams.QueryAsync(filter, Math.Min(take, Largest), ct).ConfigureAwait(false))
        {
            heads.Add(StreamRows.ReadHead(row).Head);
            if (heads.Count == take)
                break;
        }

        return heads;
    }

    /// <summary>The heads that entries of an index belong to, in its order.</summary>
    private async Task<List<StreamHead>> FindAsync(
        IndexTable index, string? from, string? to, int take, CancellationToken ct)
    {
        var found = new List<StreamHead>();
        if (take <= 0)
            return found;
        await foreach (var page in index.ReadAsync(from, to, Math.Max(take, AtOnce), ct).ConfigureAwait(false))
        {
            foreach (var entries in page.Chunk(Math.Min(take, AtOnce)))
            {
                var heads = await Task.WhenAll(entries.Select(e => ConfirmedAsync(index, e, ct))).ConfigureAwait(false);
                found.AddRange(heads.OfType<StreamHead>().Take(take - found.Count));
                if (found.Count == take)
                    return found;
            }
        }

        return found;
    }

    /// <summary>The head that refers to the entry; null for a left-over, which is removed once it is old.</summary>
    private async Task<StreamHead?> ConfirmedAsync(IndexTable index, IndexEntry entry, CancellationToken ct)
    {
        var row = await _streams.FindHeadAsync(entry.Stream, ct).ConfigureAwait(false);
        if (row is not null && (row.DueKey == entry.RowKey || row.OpenKey == entry.RowKey))
            return row.Head;
        if (entry.Old)
            await index.RemoveAsync(entry.RowKey).ConfigureAwait(false);
        return null;
    }

    private async Task<List<T>> WithPayloadsAsync<T>(
        StreamId stream, List<TableEntity> rows, Func<TableEntity, ReadOnlyMemory<byte>, T> read, CancellationToken ct)
    {
        var all = new List<T>(rows.Count);
        foreach (var some in rows.Chunk(AtOnce))
        {
            // Only large ones are fetched; the others are there already.
            var payloads = await Task.WhenAll(some.Select(row => _blobs.ReadAsync(stream, row, ct).AsTask()))
                .ConfigureAwait(false);
            all.AddRange(some.Zip(payloads, read));
        }

        return all;
    }
}
