using Azure;
using Azure.Data.Tables;
using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>
/// Rows of one type. Every row is written on its own, by its ETag, so that an older state never overwrites a newer one;
/// removals come first, so a row both removed and written stands. Repeating a write after a lost answer comes to the
/// same.
/// </summary>
internal sealed class TableTable<TRow>(StorageAccount account, RowColumns<TRow> columns) : ITable<TRow>
    where TRow : class, ITableRow
{
    private const int MostRows = 1000;
    private const int AtOnce = 8;
    private const int MostTries = 100;
    private const int Batch = 100;

    private static readonly string[] s_keys = [nameof(ITableRow.PartitionKey), nameof(ITableRow.RowKey)];
    private static readonly string[] s_version = [nameof(ITableRow.Version)];

    public async Task WriteAsync(
        IReadOnlyList<TRow> rows, IReadOnlyList<RowId> removed, long version, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            Keys.RequireTableKey(row.PartitionKey, "partition key");
            Keys.RequireTableKey(row.RowKey, "row key");
        }

        if (rows.Count == 0 && removed.Count == 0)
            return;
        var table = await OpenAsync().ConfigureAwait(false);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(
            removed.Distinct(),
            options,
            async (id, c) => await RemoveAsync(table, id, version, c).ConfigureAwait(false)).ConfigureAwait(false);
        // Of two rows with one key the later one stands, as if they were written one after the other.
        var last = rows.GroupBy(r => new RowId(r.PartitionKey, r.RowKey))
            .Select(g => g.Aggregate((a, b) => b.Version >= a.Version ? b : a));
        await Parallel.ForEachAsync(
            last,
            options,
            async (row, c) => await UpsertAsync(table, row, c).ConfigureAwait(false)).ConfigureAwait(false);
    }

    public async Task<TRow?> GetAsync(string partitionKey, string rowKey, CancellationToken ct)
    {
        var table = await OpenAsync().ConfigureAwait(false);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: ct)
            .ConfigureAwait(false);
        return found.HasValue ? columns.Read(found.Value!) : null;
    }

    public async Task<App.Ports.Page<TRow>> QueryAsync(
        string partitionKey, string? from, string? to, int take, string? next, CancellationToken ct)
    {
        if (take is < 1 or > MostRows)
            throw new ArgumentOutOfRangeException(nameof(take), take, $"A page has 1 to {MostRows} rows.");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}");
        if (next is not null)
            filter += " and " + TableClient.CreateQueryFilter($"RowKey gt {next}");
        else if (from is not null)
            filter += " and " + TableClient.CreateQueryFilter($"RowKey ge {from}");
        if (to is not null)
            filter += " and " + TableClient.CreateQueryFilter($"RowKey lt {to}");
        var table = await OpenAsync().ConfigureAwait(false);
        var rows = new List<TRow>();
        // One more than asked for tells whether there is another page.
        await foreach (var row in table.QueryAsync<TableEntity>(
            filter, Math.Min(take + 1, MostRows), cancellationToken: ct).ConfigureAwait(false))
        {
            if (rows.Count == take)
                return new App.Ports.Page<TRow>(rows, rows[^1].RowKey);
            rows.Add(columns.Read(row));
        }

        return new App.Ports.Page<TRow>(rows, null);
    }

    public async Task ClearAsync(CancellationToken ct)
    {
        var table = await OpenAsync().ConfigureAwait(false);
        var batch = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>("", MostRows, s_keys, ct).ConfigureAwait(false))
        {
            if (batch.Count == Batch || (batch is [var first, ..] && first.PartitionKey != row.PartitionKey))
            {
                await DeleteAsync(table, batch, ct).ConfigureAwait(false);
                batch.Clear();
            }

            batch.Add(row);
        }

        if (batch.Count > 0)
            await DeleteAsync(table, batch, ct).ConfigureAwait(false);
    }

    private static async Task DeleteAsync(TableClient table, List<TableEntity> rows, CancellationToken ct)
    {
        try
        {
            await table.SubmitTransactionAsync(
                rows.Select(r => new TableTransactionAction(TableTransactionActionType.Delete, r, ETag.All)), ct)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFaults.IsConflict(e))
        {
            // One is gone already, so none was removed: one by one then, where that is no failure.
            foreach (var row in rows)
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, ct).ConfigureAwait(false);
        }
    }

    private static Task RemoveAsync(TableClient table, RowId id, long version, CancellationToken ct) =>
        UntilDoneAsync(async () =>
        {
            if (await FindAsync(table, id.PartitionKey, id.RowKey, ct).ConfigureAwait(false) is { } found
                && found.Version <= version)
            {
                await table.DeleteEntityAsync(id.PartitionKey, id.RowKey, found.ETag, ct).ConfigureAwait(false);
            }
        });

    private Task UpsertAsync(TableClient table, TRow row, CancellationToken ct)
    {
        var entity = columns.Write(row);
        return UntilDoneAsync(async () =>
        {
            var found = await FindAsync(table, row.PartitionKey, row.RowKey, ct).ConfigureAwait(false);
            if (found is null)
                await table.AddEntityAsync(entity, ct).ConfigureAwait(false);
            else if (found.Value.Version <= row.Version)
            {
                await table.UpdateEntityAsync(entity, found.Value.ETag, TableUpdateMode.Replace, ct)
                    .ConfigureAwait(false);
            }
        });
    }

    private static async Task<(long Version, ETag ETag)?> FindAsync(
        TableClient table, string partitionKey, string rowKey, CancellationToken ct)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, s_version, ct)
            .ConfigureAwait(false);
        return found.HasValue ? (found.Value!.GetInt64(nameof(ITableRow.Version)) ?? 0, found.Value.ETag) : null;
    }

    private static async Task UntilDoneAsync(Func<Task> step)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await step().ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (StorageFaults.IsConflict(e) && tries < MostTries)
            {
                // Somebody else was faster; look again.
            }
        }
    }

    private Task<TableClient> OpenAsync() => account.OpenTableAsync(columns.Table);
}
