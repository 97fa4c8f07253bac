using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using BitFaster.Caching.Lru;
using CustomerComm.App.Storage;
using CustomerComm.Domain;

namespace CustomerComm.Azure;

/// <summary>
/// Reads and transactions of table <c>Streams</c>. It remembers heads and messages last seen, so that a write need not
/// read them again first: each write names the ETag that it builds upon, so one that was remembered wrongly fails, and
/// is done again from what is read then.
/// </summary>
internal sealed class StreamTable(StorageAccount account)
{
    private const int Kept = 10_000;

    private readonly ConcurrentLru<StreamId, HeadRow> _heads =
        RecentlyUsed.Keep<StreamId, HeadRow>(Kept);
    private readonly ConcurrentLru<(StreamId Stream, string RowKey), ETag> _messages =
        RecentlyUsed.Keep<(StreamId Stream, string RowKey), ETag>(Kept);

    public async Task<TableEntity?> FindAsync(
        StreamId stream, string rowKey, CancellationToken ct, string[]? columns = null)
    {
        var table = await OpenAsync().ConfigureAwait(false);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(stream.Value, rowKey, columns, ct)
            .ConfigureAwait(false);
        return found.HasValue ? found.Value : null;
    }

    public async Task<HeadRow?> FindHeadAsync(StreamId stream, CancellationToken ct)
    {
        if (await FindAsync(stream, StreamRows.HeadKey, ct).ConfigureAwait(false) is not { } row)
            return null;
        var head = StreamRows.ReadHead(row);
        Remember(head);
        return head;
    }

    /// <summary>The head as last seen, which may have changed since; null where it is not remembered.</summary>
    public HeadRow? LastSeen(StreamId stream) => _heads.TryGet(stream, out var head) ? head : null;

    public void Remember(HeadRow head) => _heads.AddOrUpdate(head.Head.Stream, head);

    public void Forget(StreamId stream) => _heads.TryRemove(stream);

    /// <summary>The ETag of a message that was pending when it was last seen.</summary>
    public ETag? LastSeenPending(StreamId stream, string rowKey) =>
        _messages.TryGet((stream, rowKey), out var etag) ? etag : null;

    public void RememberPending(StreamId stream, string rowKey, ETag etag) =>
        _messages.AddOrUpdate((stream, rowKey), etag);

    public void ForgetPending(StreamId stream, string rowKey) => _messages.TryRemove((stream, rowKey));

    public async IAsyncEnumerable<TableEntity> QueryAsync(
        string filter, int pageSize, [EnumeratorCancellation] CancellationToken ct)
    {
        var table = await OpenAsync().ConfigureAwait(false);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, pageSize, cancellationToken: ct)
            .ConfigureAwait(false))
        {
            yield return row;
        }
    }

    /// <summary>
    /// All or nothing; the ETag of the first row afterwards. Not cancellable: its end is known, or the storage could
    /// not be reached.
    /// </summary>
    public async Task<ETag?> SubmitAsync(IEnumerable<TableTransactionAction> actions)
    {
        var table = await OpenAsync().ConfigureAwait(false);
        var done = await table.SubmitTransactionAsync(actions, CancellationToken.None).ConfigureAwait(false);
        return done.Value is [var first, ..] ? first.Headers.ETag : null;
    }

    private Task<TableClient> OpenAsync() => account.OpenTableAsync(TableEventStore.Table);
}
