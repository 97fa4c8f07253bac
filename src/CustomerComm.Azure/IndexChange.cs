namespace CustomerComm.Azure;

/// <summary>
/// How one write moves its stream within an index: away from one row key, to another; see <see cref="IndexTable"/>.
/// </summary>
internal sealed class IndexChange(IndexTable index, string? before, string? after)
{
    private long _begun;

    /// <summary>Before the head: writes the row.</summary>
    public async Task PrepareAsync()
    {
        if (after is not null && after != before)
            _begun = await index.WriteAsync(after).ConfigureAwait(false);
    }

    /// <summary>After the head: removes the row of the one before.</summary>
    public async Task FinishAsync()
    {
        if (after == before)
            return;
        if (after is not null)
            await index.ConfirmAsync(after, _begun).ConfigureAwait(false);
        if (before is not null)
            await index.RemoveAsync(before).ConfigureAwait(false);
    }

    /// <summary>
    /// The head was not written, or not by us: removes the row unless <paramref name="now"/> is what the head
    /// refers to.
    /// </summary>
    public async Task UndoAsync(string? now)
    {
        if (after is not null && after != before && after != now)
            await index.RemoveAsync(after).ConfigureAwait(false);
    }
}

/// <summary>Both indexes over heads.</summary>
internal sealed class HeadIndexes(StorageAccount account)
{
    public IndexTable Due { get; } = new(account, IndexTable.Due);

    public IndexTable Open { get; } = new(account, IndexTable.Open);

    public HeadChange Change(HeadRow? old, HeadRow next) => new(
        new IndexChange(Due, old?.DueKey, next.DueKey), new IndexChange(Open, old?.OpenKey, next.OpenKey));
}

/// <summary>How one write moves its stream within both indexes.</summary>
internal sealed class HeadChange(IndexChange due, IndexChange open)
{
    /// <inheritdoc cref="IndexChange.PrepareAsync"/>
    public Task PrepareAsync() => Task.WhenAll(due.PrepareAsync(), open.PrepareAsync());

    /// <inheritdoc cref="IndexChange.FinishAsync"/>
    public Task FinishAsync() => Task.WhenAll(due.FinishAsync(), open.FinishAsync());

    /// <inheritdoc cref="IndexChange.UndoAsync"/>
    public Task UndoAsync(HeadRow? now) => Task.WhenAll(due.UndoAsync(now?.DueKey), open.UndoAsync(now?.OpenKey));
}
