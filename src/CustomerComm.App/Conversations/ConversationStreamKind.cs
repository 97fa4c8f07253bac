using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Registers;
using CustomerComm.Domain;

namespace CustomerComm.App.Conversations;

/// <summary>How the pump moves a conversation forward.</summary>
public sealed class ConversationStreamKind(
    ConversationRunner runner, ConversationStreams conversations, RegisterIntake registers, Delivery delivery,
    IEventStore store, ITables tables) : IStreamKind
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Prefixes => [.. Channels.Talking.Select(c => c.Way().Talk!)];

    /// <inheritdoc/>
    public async Task<PumpResult?> AdvanceAsync(StreamId stream, StreamHead? head, CancellationToken ct)
    {
        var version = await runner.ProcessAsync(stream, ct);
        await WriteStoppedAsync(stream, ct);
        var round = await delivery.DeliverAsync(stream, ct);
        var wake = Advance.Earlier(await runner.NextDueAsync(stream, ct), round.NextAttempt);
        if (await TryEnterAsync(stream, ct) is { } failed)
        {
            // The reply went out; that the talk is not in the register yet brings the sweeper back.
            await store.SettleAsync(stream, version: -1, round.Updates, null, ct);
            throw new IOException($"The talk of {stream} could not be entered in the register.", failed);
        }

        return await store.SettleAsync(stream, version, round.Updates, wake, ct) ? new PumpResult(wake) : null;
    }

    /// <summary>Written where it stands, taken away where it stood: most talks never had one.</summary>
    private async Task WriteStoppedAsync(StreamId stream, CancellationToken ct)
    {
        if (await conversations.LoadAsync(stream, ct) is not { } talk)
            return;
        if (talk.State.Stopped)
            await tables.Of<StoppedRow>().WriteAsync([RowOf(talk)], [], talk.Version, ct);
        else if (talk.Lines.Any(l => l.Event is ConversationEvent.Handled { State.Stopped: true }))
        {
            await tables.Of<StoppedRow>().WriteAsync(
                [], [new RowId(StoppedRow.Partition, stream.Value)], talk.Version, ct);
        }
    }

    private static StoppedRow RowOf(LoadedConversation talk) => new()
    {
        PartitionKey = StoppedRow.Partition,
        RowKey = talk.Stream.Value,
        Version = talk.Version,
    };

    private async Task<Exception?> TryEnterAsync(StreamId stream, CancellationToken ct)
    {
        try
        {
            var entered = (await store.ReadHeadAsync(stream, ct))?.Projected ?? 0;
            if (await conversations.LoadAsync(stream, ct) is { } conversation && conversation.Version > entered)
                await registers.TakeAsync(conversation, entered, ct);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return e;
        }
    }

    /// <summary>A reply that was lost stays in the transcript; who wrote will ask again.</summary>
    public Task ReportLostAsync(StreamId stream, GivenUp lost, SeenMessage seen, CancellationToken ct) =>
        Task.CompletedTask;

    /// <inheritdoc/>
    public IReadOnlyList<Type> OwnRows => [typeof(StoppedRow)];

    /// <summary>A talk is never open; what came in and is unanswered, or waits for an answer, must be looked at.</summary>
    public async Task<StreamStanding?> StandingAsync(StreamId stream, CancellationToken ct) =>
        await conversations.LoadAsync(stream, ct) is { } talk
            ? new StreamStanding(
                talk.Version, null, Advance.Earlier(
                    talk.Unhandled.Any() ? talk.Lines[^1].At.AddDays(1) : null, await runner.NextDueAsync(stream, ct)),
                null)
            : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ITableRow>> RowsAsync(StreamId stream, CancellationToken ct) =>
        await conversations.LoadAsync(stream, ct) is { State.Stopped: true } talk ? [RowOf(talk)] : [];

    /// <inheritdoc/>
    public Task ClearRowsAsync(CancellationToken ct) => tables.Of<StoppedRow>().ClearAsync(ct);

    /// <inheritdoc/>
    public async Task<bool> RebuildRowsAsync(StreamId stream, CancellationToken ct)
    {
        if (await conversations.LoadAsync(stream, ct) is not { State.Stopped: true } talk)
            return false;
        await tables.Of<StoppedRow>().WriteAsync([RowOf(talk)], [], talk.Version, ct);
        return true;
    }
}
