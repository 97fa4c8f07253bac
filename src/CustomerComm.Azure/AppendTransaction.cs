using Azure;
using Azure.Data.Tables;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>
/// One append. It has an id of its own, which every row it writes carries: when the storage did it but its answer was
/// lost, the repetition fails, and the id tells that it was ours.
/// </summary>
internal sealed class AppendTransaction(
    StreamTable streams, HeadIndexes indexes, PayloadBlobs blobs, Append request)
{
    private const int MostTries = 100;

    private readonly string _id = Guid.NewGuid().ToString("N");

    public async Task<AppendResult> RunAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        // A new stream is not looked for first: inserting its head tells whether it is new. Nor is a head that was seen
        // at the version expected: its ETag tells whether it still is.
        var seen = streams.LastSeen(request.Stream);
        var head = request.ExpectedVersion == 0 ? null
            : seen?.Head.Version == request.ExpectedVersion ? seen
            : await streams.FindHeadAsync(request.Stream, ct).ConfigureAwait(false);
        for (var tries = 1; (head?.Head.Version ?? 0) == request.ExpectedVersion; tries++)
        {
            ct.ThrowIfCancellationRequested();
            if (tries == 1)
                await blobs.SaveAsync(request, ct).ConfigureAwait(false);
            var (written, failure) = await TryAsync(head).ConfigureAwait(false);
            if (written is not null)
                return new AppendResult.Appended(written);
            if (await FindTakenAsync().ConfigureAwait(false) is { } already)
                return new AppendResult.Duplicate(already);
            var now = await streams.FindHeadAsync(request.Stream, CancellationToken.None).ConfigureAwait(false);
            // Nobody else wrote: then the request itself cannot be done, for instance repeats the id of a message.
            if (now?.ETag == head?.ETag || tries == MostTries)
            {
                throw new InvalidOperationException(
                    $"The storage does not take this append to {request.Stream}.", failure);
            }

            head = now;
        }

        // Duplicate goes before conflict.
        return head is not null && await FindTakenAsync().ConfigureAwait(false) is { } taken
            ? new AppendResult.Duplicate(taken)
            : new AppendResult.Conflict(head?.Head);
    }

    /// <summary>One transaction. The new head, or what showed that somebody else was faster.</summary>
    private async Task<(StreamHead? Written, Exception? Failure)> TryAsync(HeadRow? old)
    {
        var events = HashChain.Extend(request, old?.Head.Hash ?? HashChain.Start);
        var next = new StreamHead(
            request.Stream,
            request.ExpectedVersion + events.Count,
            events[^1].Hash,
            Millis.Truncate(request.NextDue),
            request.Open,
            old?.Head.Projected ?? 0);
        var row = HeadRow.Next(old, next, _id, request.At, _id);
        var index = indexes.Change(old, row);
        await index.PrepareAsync().ConfigureAwait(false);
        try
        {
            var etag = await streams.SubmitAsync(Actions(old, row, events)).ConfigureAwait(false);
            Remember(row, etag);
        }
        catch (Exception e) when (StorageFaults.IsFault(e))
        {
            streams.Forget(request.Stream);
            if (!await IsWrittenAsync().ConfigureAwait(false))
            {
                if (!StorageFaults.IsConflict(e))
                    throw;
                await index.UndoAsync(old).ConfigureAwait(false);
                return (null, e);
            }
        }

        await index.FinishAsync().ConfigureAwait(false);
        return (next, null);
    }

    private void Remember(HeadRow row, ETag? etag)
    {
        if (etag is { } known)
            streams.Remember(row with { ETag = known });
        else
            streams.Forget(request.Stream);
    }

    private List<TableTransactionAction> Actions(
        HeadRow? old, HeadRow next, IReadOnlyList<StoredEvent> events)
    {
        var head = StreamRows.Head(next);
        var version = next.Head.Version;
        List<TableTransactionAction> actions =
        [
            old is null
                ? new TableTransactionAction(TableTransactionActionType.Add, head)
                : new TableTransactionAction(TableTransactionActionType.UpdateReplace, head, old.ETag),
        ];
        actions.AddRange(events.Select(e => Add(StreamRows.Event(e, _id))));
        actions.AddRange(request.Seen.Select(s => Add(StreamRows.Seen(request.Stream, s, version, _id))));
        actions.AddRange(request.Outbox.Select((m, i) =>
            Add(StreamRows.Message(request.Stream, m, version, i, request.At, _id))));
        return actions;

        static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);
    }

    /// <summary>Whether the transaction was done after all: its first row bears our id.</summary>
    private async Task<bool> IsWrittenAsync()
    {
        var key = StreamRows.EventKey(request.ExpectedVersion + 1);
        var row = await streams.FindAsync(request.Stream, key, CancellationToken.None).ConfigureAwait(false);
        return row?.GetString(StreamRows.Append) == _id;
    }

    private async Task<TakenMessage?> FindTakenAsync()
    {
        foreach (var seen in request.Seen)
        {
            var key = StreamRows.SeenKey(seen.Id);
            if (await streams.FindAsync(request.Stream, key, CancellationToken.None).ConfigureAwait(false) is { } row)
                return StreamRows.ReadSeen(row);
        }

        return null;
    }
}
