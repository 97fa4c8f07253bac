using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Registers;
using CustomerComm.Domain;

namespace CustomerComm.App.Conversations;

/// <summary>How the pump moves a conversation forward.</summary>
public sealed class ConversationStreamKind(
    ConversationRunner runner, ConversationStreams conversations, RegisterIntake registers, Delivery delivery,
    IEventStore store) : IStreamKind
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Prefixes => [.. Channels.Talking.Select(c => c.Way().Talk!)];

    /// <inheritdoc/>
    public async Task<PumpResult?> AdvanceAsync(StreamId stream, StreamHead? head, CancellationToken ct)
    {
        var version = await runner.ProcessAsync(stream, ct);
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
    public IReadOnlyList<Type> OwnRows => [];

    /// <summary>A talk is never open; what came in and is unanswered, or waits for an answer, must be looked at.</summary>
    public async Task<StreamStanding?> StandingAsync(StreamId stream, CancellationToken ct) =>
        await conversations.LoadAsync(stream, ct) is { } talk
            ? new StreamStanding(
                talk.Version, null, Advance.Earlier(
                    talk.Unhandled.Any() ? talk.Lines[^1].At.AddDays(1) : null, await runner.NextDueAsync(stream, ct)),
                null)
            : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<ITableRow>> RowsAsync(StreamId stream, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ITableRow>>([]);

    /// <summary>Conversations have no rows.</summary>
    public Task ClearRowsAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<bool> RebuildRowsAsync(StreamId stream, CancellationToken ct) => Task.FromResult(false);
}
