using System.Collections.Concurrent;
using CustomerComm.App.Ports;

namespace CustomerComm.Sqlite;

/// <summary>
/// Row tables in SQLite. The first use of a row type creates its table or adds columns it lacks; it throws
/// <see cref="NotSupportedException"/> for a type that cannot be a row, <see cref="InvalidOperationException"/> where a
/// column has changed its type or two row types share a table name.
/// </summary>
public sealed class SqliteTables(SqliteDatabase database) : ITables
{
    private readonly ConcurrentDictionary<string, Lazy<object>> _tables = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public ITable<TRow> Of<TRow>()
        where TRow : class, ITableRow
    {
        var name = RowSql.TableOf(typeof(TRow));
        var lazy = _tables.GetOrAdd(
            name, static (_, file) => new Lazy<object>(() => Open<TRow>(file)), database.Matters);
        object table;
        try
        {
            table = lazy.Value;
        }
        catch
        {
            // A failure may pass (a full disk), so it is not remembered.
            _tables.TryRemove(new(name, lazy));
            throw;
        }

        return table as ITable<TRow>
            ?? throw new InvalidOperationException($"Another row type than {typeof(TRow)} has the table {name}.");
    }

    private static SqliteTable<TRow> Open<TRow>(DatabaseFile file)
        where TRow : class, ITableRow
    {
        var table = new SqliteTable<TRow>(file);
        // Waiting is safe: the writer is a thread of its own and never waits for anybody. It happens once a row type.
        table.EnsureAsync().GetAwaiter().GetResult();
        return table;
    }
}
