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
            if (await streams.FindHeadAsync(stream, ct).ConfigureAwait(false) is not { } head)
                return false;
            var stands = head.Head.Version == version;
            try
            {
                await TryAsync(head, updates, withHead && stands, ct).ConfigureAwait(false);
                return stands;
            }
            catch (Exception e) when (StorageFaults.IsConflict(e) && tries < MostTries)
            {
                // Somebody else was faster; look again.
            }
        }
    }

    private async Task TryAsync(HeadRow head, OutboxUpdate[] updates, bool withHead, CancellationToken ct)
    {
        var found = await Task.WhenAll(updates.DistinctBy(u => u.Id, StringComparer.Ordinal)
            .Select(u => streams.FindAsync(stream, StreamRows.MessageKey(u.Id), ct, s_status))).ConfigureAwait(false);
        var actions = new List<TableTransactionAction>();
        foreach (var message in found.OfType<TableEntity>())
        {
            // A message that was delivered stays so, whatever a late second pump reports.
            if (message.GetInt32(StreamRows.Status) == (int)DeliveryStatus.Delivered)
                continue;
            var update = updates.Last(u => StreamRows.MessageKey(u.Id) == message.RowKey);
            actions.Add(new TableTransactionAction(
                TableTransactionActionType.UpdateMerge, StreamRows.Delivery(stream, update), message.ETag));
        }

        var next = head.Head with { Projected = version, NextDue = Millis.Truncate(nextDue) };
        if (!withHead || (next.Projected == head.Head.Projected && next.NextDue == head.Head.NextDue))
        {
            if (actions.Count > 0)
                await streams.SubmitAsync(actions).ConfigureAwait(false);
            return;
        }

        var row = HeadRow.Next(head, next, head.Append, Guid.NewGuid().ToString("N"));
        var index = indexes.Change(head, row);
        await index.PrepareAsync().ConfigureAwait(false);
        actions.Insert(
            0, new TableTransactionAction(TableTransactionActionType.UpdateReplace, StreamRows.Head(row), head.ETag));
        try
        {
            await streams.SubmitAsync(actions).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFaults.IsConflict(e))
        {
            // It may still be ours whose answer was lost: then its rows in the indexes are needed, so look first.
            var now = await streams.FindHeadAsync(stream, CancellationToken.None).ConfigureAwait(false);
            await index.UndoAsync(now).ConfigureAwait(false);
            throw;
        }

        await index.FinishAsync().ConfigureAwait(false);
    }
}
