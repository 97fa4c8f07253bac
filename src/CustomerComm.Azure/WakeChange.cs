using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>How one write moves its stream in the index of due times; see <see cref="DueIndex"/>.</summary>
internal sealed class WakeChange(DueIndex index, HeadRow? old, StreamHead next, string id)
{
    private long _begun;

    /// <summary>The write whose row the new head refers to.</summary>
    public string? DueId => next.NextDue is null ? null : IsKept ? old!.DueId : id;

    private bool IsKept => old is not null && old.Head.NextDue == next.NextDue;

    /// <summary>Before the head: writes the row.</summary>
    public async Task PrepareAsync()
    {
        if (next.NextDue is { } due && !IsKept)
            _begun = await index.WriteAsync(next.Stream, due, id).ConfigureAwait(false);
    }

    /// <summary>After the head: removes the row of the one before.</summary>
    public async Task FinishAsync()
    {
        if (IsKept)
            return;
        if (next.NextDue is { } due)
            await index.ConfirmAsync(next.Stream, due, id, _begun).ConfigureAwait(false);
        if (old is { Head.NextDue: { } before, DueId: { } dueId })
            await index.RemoveAsync(next.Stream, before, dueId).ConfigureAwait(false);
    }

    /// <summary>The head was certainly not written: removes the row.</summary>
    public async Task UndoAsync()
    {
        if (next.NextDue is { } due && !IsKept)
            await index.RemoveAsync(next.Stream, due, id).ConfigureAwait(false);
    }
}

/// <summary>Times as whole Unix milliseconds, the precision that the hash chain covers.</summary>
internal static class Millis
{
    public static DateTimeOffset? Truncate(DateTimeOffset? time) =>
        time is { } t ? DateTimeOffset.FromUnixTimeMilliseconds(t.ToUnixTimeMilliseconds()) : null;
}
