using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;

namespace CustomerComm.App.Conversations;

/// <summary>How the pump moves a conversation forward.</summary>
public sealed class ConversationStreamKind(ConversationRunner runner, Delivery delivery, IEventStore store) : IStreamKind
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Prefixes => ["sms", "chat"];

    /// <inheritdoc/>
    public async Task<PumpResult?> AdvanceAsync(StreamId stream, StreamHead? head, CancellationToken ct)
    {
        var version = await runner.ProcessAsync(stream, ct);
        var round = await delivery.DeliverAsync(stream, ct);
        var wake = Advance.Earlier(await runner.NextDueAsync(stream, ct), round.NextAttempt);
        return await store.SettleAsync(stream, version, round.Updates, wake, ct) ? new PumpResult(wake) : null;
    }

    /// <summary>A reply that was lost stays in the transcript; who wrote will ask again.</summary>
    public Task ReportLostAsync(StreamId stream, GivenUp lost, SeenMessage seen, CancellationToken ct) =>
        Task.CompletedTask;

    /// <summary>Conversations have no rows.</summary>
    public Task ClearRowsAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<bool> RebuildRowsAsync(StreamId stream, CancellationToken ct) => Task.FromResult(false);
}
