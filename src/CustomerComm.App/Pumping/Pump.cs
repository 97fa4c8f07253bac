using CustomerComm.App.Calls;
using CustomerComm.App.Ports;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;

namespace CustomerComm.App.Pumping;

/// <summary>
/// What is left to do: nothing ever, or something at a time. <paramref name="Busy"/>: it changed so often meanwhile that
/// it was left due. <paramref name="Progress"/>: how the complaint or matter stands, null for a talk.
/// </summary>
public sealed record PumpResult(DateTimeOffset? WakeAt, bool Busy = false, Progress? Progress = null);

/// <summary>
/// Moves one stream forward: takes up what is unanswered, records what is overdue, writes the rows, delivers the
/// messages, and tells when to come again. Repeating it, or stopping it anywhere, does no harm.
/// </summary>
public sealed class Pump(StreamKinds kinds, IEventStore store, DutyBoardKeeper board, TimeProvider time)
{
    private const int Rounds = 20;

    /// <summary>
    /// Moves the stream forward as far as it goes now. Whoever just read its head can pass it on, to save a look.
    /// </summary>
    public async Task<PumpResult> AdvanceAsync(StreamId stream, CancellationToken ct, StreamHead? head = null)
    {
        using var span = Traces.Advance(stream);
        try
        {
            var result = await RoundsAsync(stream, head, ct);
            span.End(result.Busy ? "busy" : result.WakeAt is null ? "done" : "waits");
            return result;
        }
        catch (Exception) when (span is not null)
        {
            span.End("failed", failed: true);
            throw;
        }
    }

    private async Task<PumpResult> RoundsAsync(StreamId stream, StreamHead? head, CancellationToken ct)
    {
        await board.RefreshAsync(ct);
        if (kinds.Of(stream) is not { } kind)
            return await ForgetAsync(stream, ct);
        for (var round = 0; round < Rounds; round++)
        {
            if (await kind.AdvanceAsync(stream, round == 0 ? head : null, ct) is { } result)
                return result;
        }

        // Busy beyond measure: leave it due, so that the sweeper comes back, and let others have their turn.
        return new PumpResult(time.Now(), Busy: true);
    }

    /// <summary>Nothing is ever to be done for it, so it must not stay due.</summary>
    private async Task<PumpResult> ForgetAsync(StreamId stream, CancellationToken ct)
    {
        if (await store.ReadHeadAsync(stream, ct) is { NextDue: not null } head)
            await store.SettleAsync(stream, head.Version, [], null, ct);
        return new PumpResult(null);
    }
}
