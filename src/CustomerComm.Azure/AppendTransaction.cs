using Azure.Data.Tables;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>
/// One append. It has an id of its own, which every row it writes carries: when the storage did it but its answer was
/// lost, the repetition fails, and the id tells that it was ours.
/// </summary>
internal sealed class AppendTransaction(StreamTable streams, DueIndex due, Append request)
{
    /// <summary>Most events, messages and seen ids of one append; with the head they stay below 100 rows.</summary>
    public const int MostItems = 60;

    private const int MostTries = 100;

    private readonly string _id = Guid.NewGuid().ToString("N");

    /// <summary>Throws <see cref="ArgumentException"/> for what no store could take.</summary>
    public static void Require(Append request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Keys.RequireId(request.Stream.Value, "stream id");
        Keys.RequireTableKey(request.Stream.Value, "stream id");
        if (request.Stream.Value.Contains('~', StringComparison.Ordinal))
            throw new ArgumentException("A stream id cannot contain ~.", nameof(request));
        ArgumentOutOfRangeException.ThrowIfNegative(request.ExpectedVersion, nameof(request));
        if (request.Events.Count + request.Outbox.Count + request.Seen.Count > MostItems)
        {
            throw new ArgumentException(
                $"At most {MostItems} events, messages and seen ids go into one append.", nameof(request));
        }

        foreach (var message in request.Outbox)
            Keys.RequireId(message.Id, "message id");
        foreach (var seen in request.Seen)
            Keys.RequireId(seen.Id, "seen id");
        StreamRows.RequireSize(request);
    }

    public async Task<AppendResult> RunAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        // A new stream is not looked for first: inserting its head tells whether it is new.
        var head = request.ExpectedVersion == 0
            ? null
            : await streams.FindHeadAsync(request.Stream, ct).ConfigureAwait(false);
        for (var tries = 1; (head?.Head.Version ?? 0) == request.ExpectedVersion; tries++)
        {
            ct.ThrowIfCancellationRequested();
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
        var events = Chain(old);
        var next = new StreamHead(
            request.Stream,
            request.ExpectedVersion + events.Count,
            events is [.., var last] ? last.Hash : old?.Head.Hash ?? HashChain.Start,
            Millis.Truncate(request.NextDue),
            request.Open,
            old?.Head.Projected ?? 0);
        var wake = new WakeChange(due, old, next, _id);
        await wake.PrepareAsync().ConfigureAwait(false);
        try
        {
            await streams.SubmitAsync(Actions(old, next, events, wake.DueId)).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFaults.IsFault(e))
        {
            if (!await IsWrittenAsync().ConfigureAwait(false))
            {
                if (!StorageFaults.IsConflict(e))
                    throw;
                await wake.UndoAsync().ConfigureAwait(false);
                return (null, e);
            }
        }

        await wake.FinishAsync().ConfigureAwait(false);
        return (next, null);
    }

    private List<StoredEvent> Chain(HeadRow? old)
    {
        var events = new List<StoredEvent>(request.Events.Count);
        var previous = old?.Head.Hash ?? HashChain.Start;
        foreach (var e in request.Events)
        {
            var version = request.ExpectedVersion + events.Count + 1;
            var hash = HashChain.Next(
                previous.Span, request.Stream, version, e.Type, request.At, e.Payload.Span);
            events.Add(new StoredEvent(request.Stream, version, e.Type, request.At, e.Payload, previous, hash));
            previous = hash;
        }

        return events;
    }

    private List<TableTransactionAction> Actions(
        HeadRow? old, StreamHead next, List<StoredEvent> events, string? dueId)
    {
        var head = StreamRows.Head(next, dueId, _id);
        List<TableTransactionAction> actions =
        [
            old is null
                ? new TableTransactionAction(TableTransactionActionType.Add, head)
                : new TableTransactionAction(TableTransactionActionType.UpdateReplace, head, old.ETag),
        ];
        actions.AddRange(events.Select(e => Add(StreamRows.Event(e, _id))));
        actions.AddRange(request.Seen.Select(s => Add(StreamRows.Seen(request.Stream, s, next.Version, _id))));
        actions.AddRange(request.Outbox.Select((m, i) =>
            Add(StreamRows.Message(request.Stream, m, next.Version, i, request.At, _id))));
        return actions;

        static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);
    }

    /// <summary>Whether the transaction was done after all: its first row bears our id.</summary>
    private async Task<bool> IsWrittenAsync()
    {
        var key = request switch
        {
            { Events.Count: > 0 } => StreamRows.EventKey(request.ExpectedVersion + 1),
            { Seen: [var seen, ..] } => StreamRows.SeenKey(seen.Id),
            { Outbox: [var message, ..] } => StreamRows.MessageKey(message.Id),
            _ => StreamRows.HeadKey,
        };
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
