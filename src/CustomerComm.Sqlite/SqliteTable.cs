using CustomerComm.App.Ports;

namespace CustomerComm.Sqlite;

/// <summary>
/// Rows of one type in a table of plain typed columns; times are text (<c>2026-11-23T01:02:03.456Z</c>). Everything one
/// call writes becomes visible at once; removals come first, so a row both removed and written stands. Row keys are
/// ordered by Unicode code point, see <see cref="Keys"/>.
/// </summary>
internal sealed class SqliteTable<TRow> : ITable<TRow>
    where TRow : class, ITableRow
{
    private const int MostRows = 1000;

    private readonly DatabaseFile _file;
    private readonly RowMap<TRow> _map = new();

    // Of a kind of row that a host never wrote there is no table, and who only reads makes none.
    private bool _absent;

    public SqliteTable(DatabaseFile file) => _file = file;

    public Task WriteAsync(
        IReadOnlyList<TRow> rows, IReadOnlyList<RowId> removed, long version, CancellationToken ct)
    {
        if (rows.Count == 0 && removed.Count == 0)
            return Task.CompletedTask;
        try
        {
            foreach (var row in rows)
            {
                Keys.RequireTableKey(row.PartitionKey, "partition key");
                Keys.RequireTableKey(row.RowKey, "row key");
            }
        }
        catch (ArgumentException e)
        {
            return Task.FromException(e);
        }

        return _file.WriteAsync(c => Write(c, rows, removed, version), ct);
    }

    public Task<TRow?> GetAsync(string partitionKey, string rowKey, CancellationToken ct) =>
        _file.ReadAsync(
            c =>
            {
                if (_absent)
                    return null;
                using var get = c.Prepare(_map.Sql.Get);
                return get.Bind(1, partitionKey).Bind(2, rowKey).Step() ? _map.Read(get) : null;
            },
            ct);

    public Task<Page<TRow>> QueryAsync(
        string partitionKey, string? from, string? to, int take, string? next, CancellationToken ct) =>
        take is < 1 or > MostRows
            ? Task.FromException<Page<TRow>>(
                new ArgumentOutOfRangeException(nameof(take), take, $"A page has 1 to {MostRows} rows."))
            : _file.ReadAsync(c => Query(c, partitionKey, from, to, take, next), ct);

    public Task<IReadOnlyList<TRow>> ScanAsync(RowId? after, int take, CancellationToken ct) =>
        _file.ReadAsync<IReadOnlyList<TRow>>(
            c =>
            {
                var rows = new List<TRow>();
                if (_absent)
                    return rows;
                using var scan = c.Prepare(_map.Sql.Scan);
                scan.Bind(1, after?.PartitionKey ?? "").Bind(2, after?.RowKey ?? "").Bind(3, take);
                while (scan.Step())
                    rows.Add(_map.Read(scan));
                return rows;
            },
            ct);

    public Task ClearAsync(CancellationToken ct) =>
        _file.WriteAsync(
            c =>
            {
                using var clear = c.Prepare(_map.Sql.Clear);
                clear.Run();
                return true;
            },
            ct);

    /// <summary>Creates the table, or adds the columns it lacks; reading beside a host takes it as it is.</summary>
    public async Task EnsureAsync()
    {
        if (_file.ReadOnly)
            _absent = await _file.ReadAsync(c => ColumnsIn(c).Count == 0, CancellationToken.None).ConfigureAwait(false);
        else
            await _file.WriteAsync(Ensure, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Names and types of the columns that the table has; none where there is no table.</summary>
    private Dictionary<string, string> ColumnsIn(Connection connection)
    {
        var stored = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        // Not kept prepared: it is needed once a start.
        var info = new Statement(connection.Handle, $"PRAGMA table_info(\"{_map.Table}\")");
        while (info.Step())
            stored[info.GetString(1)] = info.GetString(2);
        info.Close();
        return stored;
    }

    private bool Ensure(Connection connection)
    {
        var stored = ColumnsIn(connection);
        if (stored.Count == 0)
        {
            connection.Execute(_map.Sql.Create);
            return true;
        }

        foreach (var column in _map.Columns)
        {
            if (!stored.TryGetValue(column.Name, out var type))
                connection.Execute(_map.Sql.AddColumn(column));
            else if (!string.Equals(type, column.SqlType, StringComparison.Ordinal))
            {
                throw new InvalidOperationException(
                    $"Column {column.Name} of table {_map.Table} is {type}, but its row type now has {column.SqlType}: "
                    + "drop the table and rebuild it from the streams, or give the property another name.");
            }
        }

        return true;
    }

    private bool Write(Connection connection, IReadOnlyList<TRow> rows, IReadOnlyList<RowId> removed, long version)
    {
        foreach (var id in removed)
        {
            using var remove = connection.Prepare(_map.Sql.Remove);
            remove.Bind(1, id.PartitionKey).Bind(2, id.RowKey).Bind(3, version).Run();
        }

        foreach (var row in rows)
        {
            using var upsert = connection.Prepare(_map.Sql.Upsert);
            _map.Bind(upsert, row);
            upsert.Run();
        }

        return true;
    }

    private Page<TRow> Query(
        Connection connection, string partitionKey, string? from, string? to, int take, string? next)
    {
        if (_absent)
            return new Page<TRow>([], null);
        var sql = (next, to) switch
        {
            (null, null) => _map.Sql.First,
            (null, _) => _map.Sql.FirstTo,
            (_, null) => _map.Sql.Next,
            _ => _map.Sql.NextTo,
        };
        using var query = connection.Prepare(sql);
        // One more than asked for tells whether there is another page.
        query.Bind(1, partitionKey).Bind(2, take + 1).Bind(3, next ?? from ?? "");
        if (to is not null)
            query.Bind(4, to);
        var rows = new List<TRow>();
        while (query.Step())
        {
            if (rows.Count == take)
                return new Page<TRow>(rows, rows[^1].RowKey);
            rows.Add(_map.Read(query));
        }

        return new Page<TRow>(rows, null);
    }
}
