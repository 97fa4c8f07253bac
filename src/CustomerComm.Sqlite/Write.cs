namespace CustomerComm.Sqlite;

/// <summary>
/// One write waiting for the writer. It may be executed more than once (when another write of its batch had to be
/// rolled back), so it keeps its result to itself until the commit is durable.
/// </summary>
internal abstract class Write
{
    private protected Write()
    {
    }

    /// <summary>True for what cannot run within a transaction (VACUUM, checkpoints).</summary>
    public bool Alone { get; init; }

    /// <summary>
    /// Takes the write into a batch, unless its caller gave up while it was waiting. From here on a cancellation
    /// changes nothing: the caller learns how the write ended.
    /// </summary>
    public abstract bool TryTake();

    public abstract void Execute(Connection connection);

    public abstract void Succeed();

    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class Write<T>(Func<Connection, T> work, CancellationToken ct) : Write
{
    // Continuations run elsewhere: the writer thread must go on to the next batch, not into a caller's code.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _done.Task;

    public override bool TryTake() => !ct.IsCancellationRequested || !_done.TrySetCanceled(ct);

    public override void Execute(Connection connection) => _result = work(connection);

    public override void Succeed() => _done.TrySetResult(_result!);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
