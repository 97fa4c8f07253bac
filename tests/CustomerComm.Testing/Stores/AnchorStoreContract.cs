using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Testing.Stores;

/// <summary>What every store of anchors does.</summary>
public abstract class AnchorStoreContract : StoreContract<IAnchorStore>
{
    private static readonly DateOnly s_day = new(2026, 11, 23);
    private static readonly DateTimeOffset s_time = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Given_nothing_published_Then_there_is_none()
    {
        Assert.Null(await Store.FindLatestAsync(Ct));
        Assert.Empty(await Store.ListAsync(null, Ct).ToListAsync(Ct));
        await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadDayAsync(s_day, Ct));
    }

    [Fact]
    public async Task Given_days_published_Then_all_read_back_in_order_and_hold()
    {
        var first = await PublishAsync(s_day, 1);
        var second = await PublishAsync(s_day.AddDays(1), 3);
        await ReopenAsync();
        var third = await PublishAsync(s_day.AddDays(9), 0);
        var all = await Store.ListAsync(null, Ct).ToListAsync(Ct);
        Assert.All(all, a => Assert.Null(a.Wrong));
        Assert.Equal([first, second, third], all.Select(a => a.Anchor), Same);
        Assert.Equal(
            [second, third], (await Store.ListAsync(s_day, Ct).ToListAsync(Ct)).Select(a => a.Anchor), Same);
        var latest = await Store.FindLatestAsync(Ct);
        Assert.Equal(third, latest!.Anchor, Same);
        Assert.Null(latest.Wrong);
        var day = await Store.ReadDayAsync(s_day.AddDays(1), Ct);
        Assert.Equal((1, 3), (day.Before, day.Leaves.Count));
        Assert.Equal(Leaves(3)[1].Hash.ToArray(), day.Leaves[1].Hash.ToArray());
        Assert.Empty((await Store.ReadDayAsync(s_day.AddDays(9), Ct)).Leaves);
    }

    [Fact]
    public async Task Given_the_lines_alone_Then_an_outsider_sees_that_each_tree_goes_on_from_the_one_before()
    {
        for (var i = 0; i < 6; i++)
            await PublishAsync(s_day.AddDays(i), i * 3);
        using var key = AnchorLine.Open((await Store.FindPublicKeyAsync(Ct))!);
        var lines = (await Store.ListAsync(null, Ct).ToListAsync(Ct)).ConvertAll(a => a.Line);
        var chain = new AnchorChain(key);
        Assert.All(lines, l => Assert.Null(chain.Add(AnchorLine.Parse(l), l)));
        // Signed by the same key, and the history rewritten all the same.
        var forged = AnchorLine.Parse(lines[4]) with { Consistency = AnchorLine.Parse(lines[3]).Consistency };
        var again = new AnchorChain(key);
        foreach (var line in lines[..4])
            again.Add(AnchorLine.Parse(line), line);
        Assert.Contains("does not go on", again.Add(forged, forged.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_day_published_Then_it_and_earlier_ones_are_refused_and_nothing_changes()
    {
        var first = await PublishAsync(s_day, 2);
        foreach (var day in new[] { s_day, s_day.AddDays(-1) })
            await Assert.ThrowsAsync<InvalidOperationException>(() => PublishAsync(day, 3));
        var (early, added) = await NextAsync(s_day.AddDays(1), 1);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Store.PublishAsync(early with { At = s_time.AddDays(-1) }, added, Ct));
        Assert.Equal(first, Assert.Single(await Store.ListAsync(null, Ct).ToListAsync(Ct)).Anchor, Same);
        Assert.Equal(2, (await Store.ReadDayAsync(s_day, Ct)).Leaves.Count);
    }

    [Fact]
    public async Task Given_a_day_that_does_not_go_on_or_has_another_root_Then_it_is_refused()
    {
        await PublishAsync(s_day, 2);
        var (next, day) = await NextAsync(s_day.AddDays(1), 2);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Store.PublishAsync(next, new LedgerDay(0, [], day.Leaves), Ct));
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Store.PublishAsync(next with { RootHash = new byte[32] }, day, Ct));
        await Store.PublishAsync(next, day, Ct);
    }

    [Fact]
    public async Task Given_many_heads_Then_all_read_back()
    {
        await PublishAsync(s_day, 60_000);
        Assert.Equal(60_000, (await Store.ReadDayAsync(s_day, Ct)).Leaves.Count);
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

    private async Task<(LedgerAnchor Anchor, LedgerDay Day)> NextAsync(DateOnly date, int heads)
    {
        var latest = await Store.FindLatestAsync(Ct);
        var before = latest is null
            ? new MerkleTree() : AnchorStore.TreeOf(await Store.ReadDayAsync(latest.Anchor.Date, Ct));
        var day = new LedgerDay(before.Size, before.Subtrees(), Leaves(heads));
        var tree = AnchorStore.TreeOf(day);
        var at = s_time.AddDays(Math.Max(0, date.DayNumber - s_day.DayNumber));
        return (new LedgerAnchor(date, at, tree.Size, tree.Root()), day);
    }

    private async Task<LedgerAnchor> PublishAsync(DateOnly date, int heads)
    {
        var (anchor, day) = await NextAsync(date, heads);
        await Store.PublishAsync(anchor, day, Ct);
        return anchor;
    }
}
