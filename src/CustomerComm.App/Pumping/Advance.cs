using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Pumping;

/// <summary>What moving a stream forward has in common for complaints and matters: rows, messages, the next time.</summary>
public sealed class Advance(IEventStore store, Delivery delivery)
{
    /// <summary>
    /// Writes the rows where they are behind, delivers what is due, reports what was given up, and settles. Null: the
    /// stream moved on meanwhile.
    /// </summary>
    public async Task<PumpResult?> RunAsync(
        StreamId stream, StreamHead? head, long version, DateTimeOffset? next, Func<long, Task> project,
        Func<GivenUp, SeenMessage, Task> reportLost, CancellationToken ct)
    {
        // An older head at most lets rows be written once more.
        var projected = (head ?? await store.ReadHeadAsync(stream, ct))?.Projected ?? 0;
        Exception? failed = null;
        try
        {
            if (projected < version)
                await project(projected);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Rows can wait, messages to people cannot: deliver first, then fail, so that the sweeper comes back.
            failed = e;
        }

        var round = await delivery.DeliverAsync(stream, ct);
        var wake = Earlier(next, round.NextAttempt);
        foreach (var lost in round.GivenUp)
            await reportLost(lost, new SeenMessage("dead:" + lost.MessageId, ""));
        if (failed is not null)
        {
            await store.SettleAsync(stream, version: -1, round.Updates, null, ct);
            throw new IOException($"Rows of {stream} could not be written.", failed);
        }

        return await store.SettleAsync(stream, version, round.Updates, wake, ct) ? new PumpResult(wake) : null;
    }

    internal static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) =>
        a is null ? b : b is null || a < b ? a : b;
}
