using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerComm.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class Connection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    public Connection(string path, bool writes)
    {
        // Pooling is off because the pool would keep files open, and their locks, after everything was disposed.
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = writes ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        _connection.Open();
        Handle = _connection.Handle!;
        Execute("PRAGMA busy_timeout=10000");
        Execute("PRAGMA temp_store=MEMORY");
        if (!writes)
            Execute("PRAGMA query_only=ON");
    }

    public sqlite3 Handle { get; }

    /// <summary>Rows changed since the connection was opened; tells whether a failed operation left anything.</summary>
    public int TotalChanges => raw.sqlite3_total_changes(Handle);

    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    public long LastInsertRowId => raw.sqlite3_last_insert_rowid(Handle);

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(Handle);

    /// <summary>The statement of this text, prepared once. Dispose it after each use.</summary>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements[sql] = statement = new Statement(Handle, sql);
        return statement;
    }

    /// <summary>Runs a text of one or several statements that is not worth keeping prepared.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(Handle, sql);
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, Handle);
    }

    /// <summary>The first column of the first row, as a number.</summary>
    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.GetInt64(0) : 0;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Close();
        _statements.Clear();
        _connection.Dispose();
    }
}
