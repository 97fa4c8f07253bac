using Azure;
using Azure.Data.Tables;
using BitFaster.Caching.Lru;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;

namespace CustomerComm.Azure;

/// <summary>
/// Rows of one type. Every row is written by its ETag, so that an older state never overwrites a newer one; removals
/// come first, so a row both removed and written stands. What is remembered of rows, or taken for new, is written
/// without a look, the rows of a partition in one transaction; where that fails, each is looked at and written on its
/// own. Repeating a write after a lost answer comes to the same.
/// </summary>
internal sealed class TableTable<TRow>(StorageAccount account, RowColumns<TRow> columns) : ITable<TRow>
    where TRow : class, ITableRow
{
    private const int MostRows = 1000;
    private const int AtOnce = 8;
    private const int MostTries = 100;
    private const int Batch = 100;
    private const int Kept = 10_000;

    private static readonly string[] s_keys = [nameof(ITableRow.PartitionKey), nameof(ITableRow.RowKey)];
    private static readonly string[] s_version = [nameof(ITableRow.Version)];

    private readonly ConcurrentLru<RowId, (long Version, ETag ETag)> _known =
        RecentlyUsed.Keep<RowId, (long Version, ETag ETag)>(Kept);

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
        // Of two rows with one key the later one stands, as if they were written one after the other.
        var last = rows.GroupBy(r => new RowId(r.PartitionKey, r.RowKey))
            .ToDictionary(g => g.Key, g => g.Aggregate((a, b) => b.Version >= a.Version ? b : a));
        await Parallel.ForEachAsync(
            removed.Distinct().Where(last.ContainsKey),
            options,
            async (id, c) => await RemoveAsync(table, id, version, c).ConfigureAwait(false)).ConfigureAwait(false);
        var changes = last.Select(r => new Change(r.Key, r.Value, r.Value.Version))
            .Concat(removed.Distinct().Where(id => !last.ContainsKey(id)).Select(id => new Change(id, null, version)));
        await Parallel.ForEachAsync(
            changes.GroupBy(c => c.Id.PartitionKey, StringComparer.Ordinal).SelectMany(g => g.Chunk(Batch)),
            options,
            async (some, c) => await WriteAsync(table, some, c).ConfigureAwait(false)).ConfigureAwait(false);
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

    public async Task<IReadOnlyList<TRow>> ScanAsync(RowId? after, int take, CancellationToken ct)
    {
        var filter = after is { } last
            ? TableClient.CreateQueryFilter(
                $"PartitionKey gt {last.PartitionKey} or (PartitionKey eq {last.PartitionKey} and RowKey gt {last.RowKey})")
            : "";
        var table = await OpenAsync().ConfigureAwait(false);
        return await table.QueryAsync<TableEntity>(filter, take, cancellationToken: ct).Take(take)
            .Select(r => columns.Read(r)).ToListAsync(ct).ConfigureAwait(false);
    }

    public async Task ClearAsync(CancellationToken ct)
    {
        _known.Clear();
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

    /// <summary>Changes of one partition.</summary>
    private async Task WriteAsync(TableClient table, Change[] changes, CancellationToken ct)
    {
        var blind = new List<(Change Change, TableTransactionAction Action)>(changes.Length);
        foreach (var change in changes)
        {
            if (Blind(change) is { } action)
                blind.Add((change, action));
        }

        var done = await TryWriteAsync(table, blind, ct).ConfigureAwait(false)
            ? blind.Select(b => b.Change.Id).ToHashSet() : [];
        foreach (var change in changes.Where(c => !done.Contains(c.Id)))
        {
            await (change.Row is { } row
                ? UpsertAsync(table, row, ct)
                : RemoveAsync(table, change.Id, change.Version, ct)).ConfigureAwait(false);
        }
    }

    /// <summary>What can be written without a look; null where one is needed.</summary>
    private TableTransactionAction? Blind(Change change)
    {
        var (id, row, version) = change;
        var known = _known.TryGet(id, out var found);
        if (known && found.Version > version)
            return null;
        return row is null
            ? known
                ? new TableTransactionAction(
                    TableTransactionActionType.Delete, new TableEntity(id.PartitionKey, id.RowKey), found.ETag)
                : null
            : known
                ? new TableTransactionAction(
                    TableTransactionActionType.UpdateReplace, columns.Write(row), found.ETag)
                : new TableTransactionAction(TableTransactionActionType.Add, columns.Write(row));
    }

    private async Task<bool> TryWriteAsync(
        TableClient table, List<(Change Change, TableTransactionAction Action)> changes, CancellationToken ct)
    {
        foreach (var (change, _) in changes)
            _known.TryRemove(change.Id);
        if (changes.Count == 0)
            return false;
        try
        {
            var answers = await table.SubmitTransactionAsync(changes.Select(c => c.Action), ct).ConfigureAwait(false);
            foreach (var ((change, _), answer) in changes.Zip(answers.Value))
            {
                if (change.Row is not null && answer.Headers.ETag is { } etag)
                    _known.AddOrUpdate(change.Id, (change.Version, etag));
            }

            return true;
        }
        catch (Exception e) when (StorageFaults.IsConflict(e) || StorageFaults.IsTooLarge(e))
        {
            return false;
        }
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
        var id = new RowId(row.PartitionKey, row.RowKey);
        return UntilDoneAsync(async () =>
        {
            var found = await FindAsync(table, row.PartitionKey, row.RowKey, ct).ConfigureAwait(false);
            if (found?.Version > row.Version)
            {
                _known.AddOrUpdate(id, found.Value);
                return;
            }

            using var answer = found is { } old
                ? await table.UpdateEntityAsync(entity, old.ETag, TableUpdateMode.Replace, ct).ConfigureAwait(false)
                : await table.AddEntityAsync(entity, ct).ConfigureAwait(false);
            if (answer.Headers.ETag is { } etag)
                _known.AddOrUpdate(id, (row.Version, etag));
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

    /// <summary>A row to write, or one to take away (null) as of a version.</summary>
    private sealed record Change(RowId Id, TRow? Row, long Version);
}
