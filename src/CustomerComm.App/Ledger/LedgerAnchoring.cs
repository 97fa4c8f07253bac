using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>
/// Anchors the ledger once a day: the heads that moved since the day before are added, in order of their ids, to the
/// Merkle tree of all days, whose root is signed and published outside the database. The tree only grows, so that each
/// day's root can be shown to go on from the one before. The system may work meanwhile: each head is right for when it
/// was read. Its cost goes with what moved, not with what there is.
/// </summary>
public sealed class LedgerAnchoring(IEventStore store, IAnchorStore anchors, TimeProvider time)
{
    private const int HeadsAtOnce = 5_000;

    /// <summary>More days than are ever made up for at once, when they all bear about the same time.</summary>
    private const int DaysBack = 40;

    /// <summary>
    /// So much further back it looks: an append bears the time of its decision, which lies a little before its commit.
    /// </summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Publishes the anchor of a day of the company's calendar; repeating it gives the one already published. Throws
    /// InvalidOperationException where a later day has its anchor, the anchor before does not hold, or the clock is
    /// behind it.
    /// </summary>
    public async Task<LedgerAnchor> PublishAsync(DateOnly date, CancellationToken ct)
    {
        var latest = await anchors.FindLatestAsync(ct).ConfigureAwait(false);
        // To go on behind a forged anchor would give it the look of an accepted one.
        if (latest is { Wrong: { } wrong })
            throw new InvalidOperationException($"The anchor of {latest.Anchor.Date:yyyy-MM-dd} does not hold: {wrong}.");
        if (latest?.Anchor is { } last && last.Date == date)
            return last;
        var at = time.Now();
        var day = latest is null ? new LedgerDay(0, [], []) : await GoOnAsync(latest.Anchor, ct).ConfigureAwait(false);
        var since = latest is null ? DateTimeOffset.MinValue : latest.Anchor.At - Margin;
        var known = latest is null ? [] : await KnownAsync(latest.Anchor.Date, since, ct).ConfigureAwait(false);
        day = day with { Leaves = await MovedAsync(since, known, ct).ConfigureAwait(false) };
        var tree = AnchorStore.TreeOf(day);
        var anchor = new LedgerAnchor(date, at, tree.Size, tree.Root());
        try
        {
            await anchors.PublishAsync(anchor, day, ct).ConfigureAwait(false);
            return anchor;
        }
        catch (InvalidOperationException)
        {
            // Somebody else published the day at the same time: then theirs it is.
            var theirs = await anchors.FindLatestAsync(ct).ConfigureAwait(false);
            if (theirs is { Wrong: null } && theirs.Anchor.Date == date)
                return theirs.Anchor;
            throw;
        }
    }

    /// <summary>
    /// As <see cref="PublishAsync"/>, for a day that may have been missed: where a later one has its anchor, that one
    /// covers the day and is given.
    /// </summary>
    public async Task<LedgerAnchor> FollowAsync(DateOnly date, CancellationToken ct) =>
        await anchors.FindLatestAsync(ct).ConfigureAwait(false) is { Wrong: null, Anchor: var last } && last.Date > date
            ? last
            : await PublishAsync(date, ct).ConfigureAwait(false);

    private async Task<LedgerDay> GoOnAsync(LedgerAnchor from, CancellationToken ct)
    {
        var tree = AnchorStore.TreeOf(await anchors.ReadDayAsync(from.Date, ct).ConfigureAwait(false));
        return new LedgerDay(tree.Size, tree.Subtrees(), []);
    }

    /// <summary>Heads that are in the tree already although they moved since then.</summary>
    private async Task<Dictionary<StreamId, long>> KnownAsync(
        DateOnly latest, DateTimeOffset since, CancellationToken ct)
    {
        var known = new Dictionary<StreamId, long>();
        await foreach (var published in anchors.ListAsync(latest.AddDays(-DaysBack), ct).ConfigureAwait(false))
        {
            if (published.Anchor.At < since)
                continue;
            foreach (var leaf in (await anchors.ReadDayAsync(published.Anchor.Date, ct).ConfigureAwait(false)).Leaves)
                known[leaf.Stream] = leaf.Version;
        }

        return known;
    }

    private async Task<List<AnchorLeaf>> MovedAsync(
        DateTimeOffset since, Dictionary<StreamId, long> known, CancellationToken ct)
    {
        var leaves = new List<AnchorLeaf>();
        StreamId? after = null;
        while (await store.ListChangedAsync(since, after, HeadsAtOnce, ct).ConfigureAwait(false) is { Count: > 0 } heads)
        {
            leaves.AddRange(heads.Where(h => known.GetValueOrDefault(h.Stream) < h.Version)
                .Select(h => new AnchorLeaf(h.Stream, h.Version, h.Hash)));
            after = heads[^1].Stream;
        }

        return leaves;
    }
}
