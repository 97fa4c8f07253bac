using System.Runtime.CompilerServices;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>
/// Anchors the ledger once a day: the heads of all streams, in order of their ids, go into a Merkle tree whose root is
/// signed and published outside the database. The system may work meanwhile: each head is right for when it was read.
/// </summary>
public sealed class LedgerAnchoring(IEventStore store, IAnchorStore anchors, TimeProvider time)
{
    private const int HeadsAtOnce = 500;

    /// <summary>
    /// Publishes the anchor of a day of the company's calendar; repeating it gives the one already published. Throws
    /// InvalidOperationException where a later day has its anchor, or the anchor before does not hold.
    /// </summary>
    public async Task<LedgerAnchor> PublishAsync(DateOnly date, CancellationToken ct)
    {
        var latest = await anchors.FindLatestAsync(ct).ConfigureAwait(false);
        // To go on behind a forged anchor would give it the look of an accepted one.
        if (latest is { Authentic: false })
            throw new InvalidOperationException($"The anchor of {latest.Anchor.Date:yyyy-MM-dd} does not hold.");
        if (latest?.Anchor is { } last && last.Date == date)
            return last;
        var at = time.GetUtcNow();
        var tree = new MerkleTree();
        await anchors.WriteLeavesAsync(date, LeavesAsync(tree, ct), ct).ConfigureAwait(false);
        var anchor = new LedgerAnchor(date, at, tree.Count, tree.Root());
        await anchors.PublishAsync(anchor, ct).ConfigureAwait(false);
        return anchor;
    }

    /// <summary>
    /// As <see cref="PublishAsync"/>, for a day that may have been missed: where a later one has its anchor, that one
    /// covers the day and is given.
    /// </summary>
    public async Task<LedgerAnchor> FollowAsync(DateOnly date, CancellationToken ct) =>
        await anchors.FindLatestAsync(ct).ConfigureAwait(false) is { Authentic: true, Anchor: var last }
            && last.Date > date
            ? last
            : await PublishAsync(date, ct).ConfigureAwait(false);

    private async IAsyncEnumerable<AnchorLeaf> LeavesAsync(
        MerkleTree tree, [EnumeratorCancellation] CancellationToken ct)
    {
        StreamId? after = null;
        while (true)
        {
            var heads = await store.ListAsync(after, HeadsAtOnce, ct).ConfigureAwait(false);
            if (heads.Count == 0)
                yield break;
            foreach (var head in heads)
            {
                var leaf = new AnchorLeaf(head.Stream, head.Version, head.Hash);
                tree.Add(leaf);
                yield return leaf;
            }

            after = heads[^1].Stream;
        }
    }
}
