using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Testing.Stores;

/// <summary>What every store of anchors does.</summary>
public abstract class AnchorStoreContract : StoreContract<IAnchorStore>
{
    private static readonly DateOnly s_day = new(2026, 11, 23);

    [Fact]
    public async Task Given_nothing_published_Then_there_is_none()
    {
        Assert.Null(await Store.FindLatestAsync(Ct));
        Assert.Empty(await Store.ListAsync(Ct).ToListAsync(Ct));
        await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadLeavesAsync(s_day, Ct).ToListAsync(Ct).AsTask());
    }

    [Fact]
    public async Task Given_days_published_Then_all_read_back_in_order_and_are_authentic()
    {
        var first = await PublishAsync(s_day, 1);
        var second = await PublishAsync(s_day.AddDays(1), 3);
        await ReopenAsync();
        var third = await PublishAsync(s_day.AddDays(9), 0);
        var all = await Store.ListAsync(Ct).ToListAsync(Ct);
        Assert.All(all, a => Assert.True(a.Authentic));
        Assert.Equal([first, second, third], all.Select(a => a.Anchor), Same);
        var latest = await Store.FindLatestAsync(Ct);
        Assert.Equal(third, latest!.Anchor, Same);
        Assert.True(latest.Authentic);
        var leaves = await Store.ReadLeavesAsync(s_day.AddDays(1), Ct).ToListAsync(Ct);
        Assert.Equal(Leaves(3).Select(l => (l.Stream, l.Version)), leaves.Select(l => (l.Stream, l.Version)));
        Assert.Equal(Leaves(3)[1].Hash.ToArray(), leaves[1].Hash.ToArray());
        Assert.Empty(await Store.ReadLeavesAsync(s_day.AddDays(9), Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task Given_a_day_published_Then_it_and_earlier_ones_are_refused_and_nothing_changes()
    {
        var first = await PublishAsync(s_day, 2);
        foreach (var day in new[] { s_day, s_day.AddDays(-1) })
        {
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => Store.WriteLeavesAsync(day, Leaves(3).ToAsyncEnumerable(), Ct));
            await Assert.ThrowsAsync<InvalidOperationException>(() => Store.PublishAsync(AnchorOf(day, 3), Ct));
        }

        Assert.Equal(first, Assert.Single(await Store.ListAsync(Ct).ToListAsync(Ct)).Anchor, Same);
        Assert.Equal(2, await Store.ReadLeavesAsync(s_day, Ct).CountAsync(Ct));
    }

    [Fact]
    public async Task Given_no_leaves_Then_an_anchor_is_refused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.PublishAsync(AnchorOf(s_day, 1), Ct));
        Assert.Null(await Store.FindLatestAsync(Ct));
    }

    [Fact]
    public async Task Given_leaves_without_an_anchor_Then_they_are_written_again_and_the_last_ones_count()
    {
        await Store.WriteLeavesAsync(s_day, Leaves(5).ToAsyncEnumerable(), Ct);
        await ReopenAsync();
        await Store.WriteLeavesAsync(s_day, Leaves(2).ToAsyncEnumerable(), Ct);
        await Store.WriteLeavesAsync(s_day, Leaves(2).ToAsyncEnumerable(), Ct);
        await Store.PublishAsync(AnchorOf(s_day, 2), Ct);
        Assert.Equal(2, await Store.ReadLeavesAsync(s_day, Ct).CountAsync(Ct));
        Assert.True((await Store.FindLatestAsync(Ct))!.Authentic);
    }

    [Fact]
    public async Task Given_more_leaves_than_one_request_carries_Then_all_read_back()
    {
        await PublishAsync(s_day, 60_000);
        Assert.Equal(60_000, await Store.ReadLeavesAsync(s_day, Ct).CountAsync(Ct));
    }

    private static LedgerAnchor AnchorOf(DateOnly date, int streams)
    {
        var tree = new MerkleTree();
        foreach (var leaf in Leaves(streams))
            tree.Add(leaf);
        return new LedgerAnchor(date, new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero), streams, tree.Root());
    }

    private static AnchorLeaf[] Leaves(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var hash = new byte[HashChain.Length];
            BitConverter.TryWriteBytes(hash, i);
            return new AnchorLeaf(new StreamId($"complaint.{i:D7}"), i + 1, hash);
        }),
    ];

    private static bool Same(LedgerAnchor? a, LedgerAnchor? b) =>
        a! with { RootHash = default } == b! with { RootHash = default }
        && a.RootHash.Span.SequenceEqual(b.RootHash.Span);

    private async Task<LedgerAnchor> PublishAsync(DateOnly date, int streams)
    {
        var anchor = AnchorOf(date, streams);
        await Store.WriteLeavesAsync(date, Leaves(streams).ToAsyncEnumerable(), Ct);
        await Store.PublishAsync(anchor, Ct);
        return anchor;
    }
}
