using System.Collections.Concurrent;

namespace CustomerComm.Sqlite;

/// <summary>One database file: its schema, its one writer, and connections to read with.</summary>
internal sealed class DatabaseFile : IDisposable
{
    private const int KeptReaders = 16;
    private const int CheckpointPages = 4000;

    private readonly string _path;
    private readonly ConcurrentStack<Connection> _readers = new();
    private readonly GroupWriter? _writer;
    private volatile bool _closed;

    public DatabaseFile(string path, IReadOnlyList<string> schema, SqliteStoreOptions options)
    {
        _path = path;
        if (options.ReadOnly)
        {
            using var reader = new Connection(path, writes: false);
            RequireVersion(reader, schema);
            return;
        }

        var connection = new Connection(path, writes: true);
        try
        {
            // FULL makes every commit durable before it returns; WAL makes that one sequential write and one fsync.
            connection.Execute("PRAGMA journal_mode=WAL");
            connection.Execute("PRAGMA synchronous=FULL");
            // 16 MiB hold the hot ends of all trees; there are two files, and the whole host should need 300 MB at
            // most.
            connection.Execute("PRAGMA cache_size=-16384");
            // A checkpoint holds up the writer, and each copies a page once however often the log has it.
            connection.Execute($"PRAGMA wal_autocheckpoint={CheckpointPages}");
            connection.Execute("PRAGMA journal_size_limit=67108864");
            connection.Execute(options.SecureDelete ? "PRAGMA secure_delete=ON" : "PRAGMA secure_delete=FAST");
            Upgrade(connection, schema);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        _writer = new GroupWriter(connection);
    }

    /// <summary>True where nothing can be written, so that nothing may be created either.</summary>
    public bool ReadOnly => _writer is null;

    /// <summary>Queues a write; see <see cref="GroupWriter.WriteAsync"/>.</summary>
    public Task<T> WriteAsync<T>(Func<Connection, T> work, CancellationToken ct, bool alone = false) =>
        _writer?.WriteAsync(work, ct, alone)
        ?? Task.FromException<T>(new InvalidOperationException("The database was opened for reading only."));

    /// <summary>
    /// Reads on the caller's thread: SQLite has no asynchronous reads, and these take microseconds. Sees every commit
    /// made before it began.
    /// </summary>
    public Task<T> ReadAsync<T>(Func<Connection, T> work, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
            return Task.FromCanceled<T>(ct);
        try
        {
            return Task.FromResult(Read(work));
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    public void Dispose()
    {
        _closed = true;
        _writer?.Dispose();
        while (_readers.TryPop(out var reader))
            reader.Dispose();
    }

    private T Read<T>(Func<Connection, T> work)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(SqliteDatabase));
        if (!_readers.TryPop(out var reader))
            reader = new Connection(_path, writes: false);
        try
        {
            return work(reader);
        }
        finally
        {
            if (_closed || _readers.Count >= KeptReaders)
                reader.Dispose();
            else
                _readers.Push(reader);
        }
    }

    private void Upgrade(Connection connection, IReadOnlyList<string> schema)
    {
        var version = connection.Number("PRAGMA user_version");
        if (version > schema.Count)
            throw Newer(version, schema.Count);
        for (var next = (int)version; next < schema.Count; next++)
        {
            // In one transaction with its number, so that an interrupted upgrade starts again where it was.
            connection.Execute($"BEGIN IMMEDIATE; {schema[next]}; PRAGMA user_version={next + 1}; COMMIT");
        }
    }

    private void RequireVersion(Connection connection, IReadOnlyList<string> schema)
    {
        var version = connection.Number("PRAGMA user_version");
        if (version > schema.Count)
            throw Newer(version, schema.Count);
        if (version < schema.Count)
        {
            throw new IOException(
                $"{_path} has schema {version}; start the application once to bring it to {schema.Count}.");
        }
    }

    private IOException Newer(long version, int known) =>
        new($"{_path} has schema {version}, but this program knows {known} at most: it was written by a newer one.");
}
