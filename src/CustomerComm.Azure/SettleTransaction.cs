using Azure.Data.Tables;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Azure;

/// <summary>
/// Records deliveries and, where the stream has not moved on, its projection and wake time. Doing it twice comes to the
/// same, so a lost answer needs no more than another round.
/// </summary>
internal sealed class SettleTransaction(
    StreamTable streams,
    HeadIndexes indexes,
    StreamId stream,
    long version,
    IReadOnlyList<OutboxUpdate> deliveries,
    DateTimeOffset? nextDue)
{
    // Below the 100 rows of a transaction, with the head.
    private const int MostDeliveries = 90;
    private const int MostTries = 100;

    private static readonly string[] s_status = [nameof(TableEntity.RowKey), StreamRows.Status];

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        // All but the last lot, if there are ever so many, go without the head.
        var lots = deliveries.Chunk(MostDeliveries).ToArray();
        for (var i = 0; i < lots.Length - 1; i++)
            await UntilDoneAsync(lots[i], withHead: false, ct).ConfigureAwait(false);
        return await UntilDoneAsync(lots is [.., var last] ? last : [], withHead: true, ct).ConfigureAwait(false);
    }

    private async Task<bool> UntilDoneAsync(OutboxUpdate[] updates, bool withHead, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            ct.ThrowIfCancellationRequested();
            // Only a write of the head tells whether one that was seen before still stands.
            var seen = tries == 1 && withHead ? streams.LastSeen(stream) : null;
            if (seen is null || seen.Head.Version != version || Next(seen.Head) == seen.Head)
                seen = await streams.FindHeadAsync(stream, ct).ConfigureAwait(false);
            if (seen is not { } head)
                return false;
            var stands = head.Head.Version == version;
            try
            {
                await TryAsync(head, updates, withHead && stands, tries == 1, ct).ConfigureAwait(false);
                return stands;
            }
            catch (Exception e) when (StorageFaults.IsConflict(e) && tries < MostTries)
            {
                // Somebody else was faster; look again.
            }
        }
    }

    private StreamHead Next(StreamHead head) =>
        head with { Projected = version, NextDue = Millis.Truncate(nextDue) };

    private async Task TryAsync(
        HeadRow head, OutboxUpdate[] updates, bool withHead, bool fromMemory, CancellationToken ct)
    {
        var actions = await DeliveriesAsync(updates, fromMemory, ct).ConfigureAwait(false);
        var next = Next(head.Head);
        if (!withHead || next == head.Head)
        {
            if (actions.Count > 0)
                await streams.SubmitAsync(actions).ConfigureAwait(false);
            return;
        }

        var row = HeadRow.Next(head, next, head.Append, head.Changed, Guid.NewGuid().ToString("N"));
        var index = indexes.Change(head, row);
        await index.PrepareAsync().ConfigureAwait(false);
        actions.Insert(
            0, new TableTransactionAction(TableTransactionActionType.UpdateReplace, StreamRows.Head(row), head.ETag));
        try
        {
            if (await streams.SubmitAsync(actions).ConfigureAwait(false) is { } etag)
                streams.Remember(row with { ETag = etag });
            else
                streams.Forget(stream);
        }
        catch (Exception e) when (StorageFaults.IsConflict(e))
        {
            streams.Forget(stream);
            // It may still be ours whose answer was lost: then its rows in the indexes are needed, so look first.
            var now = await streams.FindHeadAsync(stream, CancellationToken.None).ConfigureAwait(false);
            await index.UndoAsync(now).ConfigureAwait(false);
            throw;
        }

        await index.FinishAsync().ConfigureAwait(false);
    }

    private async Task<List<TableTransactionAction>> DeliveriesAsync(
        OutboxUpdate[] updates, bool fromMemory, CancellationToken ct)
    {
        // Of two updates of one message the later one counts.
        var latest = updates.Reverse().DistinctBy(u => u.Id, StringComparer.Ordinal).Reverse();
        var actions = await Task.WhenAll(latest.Select(async update =>
        {
            var row = StreamRows.Delivery(stream, update);
            var etag = fromMemory ? streams.LastSeenPending(stream, row.RowKey) : null;
            streams.ForgetPending(stream, row.RowKey);
            if (etag is null)
            {
                var found = await streams.FindAsync(stream, row.RowKey, ct, s_status).ConfigureAwait(false);
                // A message that was delivered stays so, whatever a late second pump reports.
                if (found is null || found.GetInt32(StreamRows.Status) == (int)DeliveryStatus.Delivered)
                    return null;
                etag = found.ETag;
            }

            return new TableTransactionAction(TableTransactionActionType.UpdateMerge, row, etag.Value);
        })).ConfigureAwait(false);
        return [.. actions.OfType<TableTransactionAction>()];
    }
}
