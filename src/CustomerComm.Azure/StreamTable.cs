using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using CustomerComm.Domain;

namespace CustomerComm.Azure;

/// <summary>Reads and transactions of table <c>Streams</c>.</summary>
internal sealed class StreamTable(StorageAccount account)
{
    public async Task<TableEntity?> FindAsync(StreamId stream, string rowKey, CancellationToken ct, string[]? columns = null)
    {
        var table = await OpenAsync().ConfigureAwait(false);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(stream.Value, rowKey, columns, ct)
            .ConfigureAwait(false);
        return found.HasValue ? found.Value : null;
    }

    public async Task<HeadRow?> FindHeadAsync(StreamId stream, CancellationToken ct) =>
        await FindAsync(stream, StreamRows.HeadKey, ct).ConfigureAwait(false) is { } row
            ? StreamRows.ReadHead(row)
            : null;

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

    /// <summary>All or nothing. Not cancellable: its end is known, or the storage could not be reached.</summary>
    public async Task SubmitAsync(IEnumerable<TableTransactionAction> actions)
    {
        var table = await OpenAsync().ConfigureAwait(false);
        await table.SubmitTransactionAsync(actions, CancellationToken.None).ConfigureAwait(false);
    }

    private Task<TableClient> OpenAsync() => account.OpenTableAsync(TableEventStore.Table);
}
