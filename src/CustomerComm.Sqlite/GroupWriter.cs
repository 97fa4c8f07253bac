using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerComm.Sqlite;

/// <summary>
/// The only writer of a database file: one thread that commits whatever waits together, so that one fsync carries many
/// writes. While a batch is being committed the next one gathers; nothing is ever held back to fill a batch.
/// </summary>
internal sealed class GroupWriter : IDisposable
{
    private const int MostTogether = 256;

    private readonly Connection _connection;
    private readonly Lock _gate = new();
    private readonly Queue<Write> _waiting = new();
    private readonly AutoResetEvent _arrived = new(initialState: false);
    private readonly Thread _thread;
    private bool _closing;

    public GroupWriter(Connection connection)
    {
        _connection = connection;
        _thread = new Thread(Loop) { IsBackground = true, Name = "sqlite-writer" };
        _thread.Start();
    }

    /// <summary>Completes when the work is durable; fails when it, or its batch, could not be written.</summary>
    public Task<T> WriteAsync<T>(Func<Connection, T> work, CancellationToken ct, bool alone = false)
    {
        if (ct.IsCancellationRequested)
            return Task.FromCanceled<T>(ct);
        var write = new Write<T>(work, ct) { Alone = alone };
        lock (_gate)
        {
            if (_closing)
                return Task.FromException<T>(new ObjectDisposedException(nameof(SqliteDatabase)));
            _waiting.Enqueue(write);
            // A waiting writer has emptied the queue, so only the first to arrive needs to wake it. Within the lock,
            // because once it is closing the event may be gone.
            if (_waiting.Count == 1)
                _arrived.Set();
        }

        return write.Task;
    }

    /// <summary>Writes what is waiting, then ends. Later writes fail.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closing)
                return;
            _closing = true;
        }

        _arrived.Set();
        _thread.Join();
        _arrived.Dispose();
        _connection.Dispose();
    }

    private void Loop()
    {
        var batch = new List<Write>(MostTogether);
        while (Take(batch))
        {
            try
            {
                if (batch is [{ Alone: true } only])
                    RunAlone(only);
                else if (batch.Count > 0)
                    Commit(batch);
            }
            catch (Exception e)
            {
                // Nobody may wait for ever, and the writer has to outlive whatever happened to one batch.
                FailAll(batch, e);
            }

            batch.Clear();
        }
    }

    /// <summary>Waits for writes and takes as many as fit; false once closed and drained.</summary>
    private bool Take(List<Write> batch)
    {
        while (true)
        {
            lock (_gate)
            {
                while (batch.Count < MostTogether && _waiting.TryPeek(out var next))
                {
                    if (next.Alone && batch.Count > 0)
                        return true;
                    _waiting.Dequeue();
                    if (!next.TryTake())
                        continue;
                    batch.Add(next);
                    if (next.Alone)
                        return true;
                }

                if (batch.Count > 0)
                    return true;
                if (_closing)
                    return false;
            }

            _arrived.WaitOne();
        }
    }

    private void RunAlone(Write write)
    {
        try
        {
            write.Execute(_connection);
        }
        catch (Exception e)
        {
            write.Fail(Describe(e));
            return;
        }

        write.Succeed();
    }

    private void Commit(List<Write> batch)
    {
        try
        {
            while (!TryExecute(batch))
            {
                // One write failed half way: it is out of the batch, and the others start afresh.
            }

            Run("COMMIT");
        }
        catch (Exception e)
        {
            RollBack();
            FailAll(batch, e);
            return;
        }

        foreach (var write in batch)
            write.Succeed();
    }

    /// <summary>
    /// Executes every write in one open transaction. False: a write failed by its own fault after it had changed
    /// something; it was told and taken out, and everything was rolled back.
    /// </summary>
    private bool TryExecute(List<Write> batch)
    {
        Run("BEGIN IMMEDIATE");
        for (var i = 0; i < batch.Count; i++)
        {
            var changes = _connection.TotalChanges;
            try
            {
                batch[i].Execute(_connection);
            }
            catch (Exception e) when (IsOwnFault(e))
            {
                batch[i].Fail(e);
                batch.RemoveAt(i--);
                if (_connection.InTransaction && _connection.TotalChanges == changes)
                    continue;
                RollBack();
                return false;
            }
        }

        return true;
    }

    /// <summary>True where the fault lies in the write; false where the file or the disk failed everybody.</summary>
    private static bool IsOwnFault(Exception e) =>
        e is not SqliteException { SqliteErrorCode: var code }
        || code is raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG
            or raw.SQLITE_RANGE or raw.SQLITE_MISUSE;

    private void Run(string sql)
    {
        using var statement = _connection.Prepare(sql);
        statement.Run();
    }

    private void RollBack()
    {
        if (!_connection.InTransaction)
            return;
        try
        {
            Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolls back by itself on a full disk or an I/O error; there is nothing left to undo then.
        }
    }

    private static void FailAll(List<Write> batch, Exception e)
    {
        foreach (var write in batch)
            write.Fail(Describe(e));
    }

    private static Exception Describe(Exception e) =>
        e is SqliteException s
            ? new IOException($"The database could not be written, nothing of this was kept: {s.Message}", s)
            : e;
}
