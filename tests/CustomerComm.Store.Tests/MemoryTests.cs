using CustomerComm.App.Ports;
using CustomerComm.Azure;
using CustomerComm.Domain;
using static CustomerComm.Testing.Stores.Appends;

namespace CustomerComm.Store.Tests;

/// <summary>What one host remembers while another writes: it may be wrong, and no answer may show it.</summary>
public sealed class MemoryTests(Azurite azurite)
{
    private static readonly StreamId s_a = new("a");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_another_host_appended_Then_the_first_hears_of_a_conflict_and_goes_on_from_there()
    {
        var (one, other) = await TwoAsync();
        await one.MustAppendAsync(To("a", 0, due: Noon), Ct);
        await other.MustAppendAsync(To("a", 1, due: Noon.AddHours(1), open: false), Ct);
        var result = await one.AppendAsync(To("a", 1, due: Noon.AddHours(2)), Ct);
        Assert.Equal(2, Assert.IsType<AppendResult.Conflict>(result).Head?.Version);
        Assert.Equal(Noon.AddHours(1), await one.NextDueAsync(Ct));
        Assert.Empty(await one.ListOpenAsync(null, 10, Ct));
        await one.MustAppendAsync(To("a", 2), Ct);
        await other.MustHoldAsync(s_a, 3, Ct);
    }

    [Fact]
    public async Task Given_another_host_took_a_message_Then_the_first_hears_of_a_duplicate()
    {
        var (one, other) = await TwoAsync();
        await one.MustAppendAsync(To("a", 0), Ct);
        await other.MustAppendAsync(To("a", 1, seen: [Seen("m", "f")]), Ct);
        var result = await one.AppendAsync(To("a", 1, seen: [Seen("m", "f")]), Ct);
        Assert.Equal(new TakenMessage("m", "f", 2), Assert.IsType<AppendResult.Duplicate>(result).Message);
    }

    [Theory]
    [InlineData(0)] // What the first would write is what it remembers: nothing.
    [InlineData(5)]
    public async Task Given_another_host_appended_Then_the_first_cannot_settle_what_it_remembers(int minutes)
    {
        var (one, other) = await TwoAsync();
        await one.MustAppendAsync(To("a", 0, due: Noon), Ct);
        Assert.True(await one.SettleAsync(s_a, 1, [], Noon, Ct));
        await other.MustAppendAsync(To("a", 1, due: Noon.AddHours(1)), Ct);
        Assert.False(await one.SettleAsync(s_a, 1, [], Noon.AddMinutes(minutes), Ct));
        Assert.Equal(Noon.AddHours(1), await one.NextDueAsync(Ct));
        Assert.Equal(Noon.AddHours(1), (await one.DueAsync(Noon.AddDays(1), 10, Ct)).Single().NextDue);
    }

    [Fact]
    public async Task Given_another_host_delivered_Then_what_the_first_reports_late_does_not_undo_it()
    {
        var (one, other) = await TwoAsync();
        await one.MustAppendAsync(To("a", 0, outbox: ["o", "p"]), Ct);
        Assert.Equal(2, (await one.ReadOutboxAsync(s_a, Ct)).Count);
        await other.SettleAsync(s_a, 1, [new OutboxUpdate("o", DeliveryStatus.Delivered, 1, Noon, null)], null, Ct);
        await one.SettleAsync(
            s_a, 1,
            [
                new OutboxUpdate("o", DeliveryStatus.Pending, 2, Noon, "busy"),
                new OutboxUpdate("p", DeliveryStatus.Dead, 2, Noon, "gone"),
            ],
            Noon, Ct);
        Assert.Equal(
            [DeliveryStatus.Delivered, DeliveryStatus.Dead],
            (await other.ReadOutboxAsync(s_a, Ct, all: true)).Select(m => m.Status));
        Assert.Equal(Noon, await other.NextDueAsync(Ct));
    }

    [Fact]
    public async Task Given_another_host_moved_the_wake_time_Then_the_first_sees_it()
    {
        var (one, other) = await TwoAsync();
        await one.MustAppendAsync(To("a", 0, due: Noon), Ct);
        Assert.Equal(Noon, await one.NextDueAsync(Ct));
        await other.SettleAsync(s_a, 1, [], Noon.AddHours(2), Ct);
        Assert.Equal(Noon.AddHours(2), await one.NextDueAsync(Ct));
        await other.SettleAsync(s_a, 1, [], null, Ct);
        Assert.Null(await one.NextDueAsync(Ct));
    }

    [Fact]
    public async Task Given_another_host_wrote_or_removed_rows_Then_the_newest_version_stands()
    {
        var options = await azurite.FreshAsync();
        var one = new TableTables(new StorageAccount(options)).Of<PairRow>();
        var other = new TableTables(new StorageAccount(options)).Of<PairRow>();
        await one.WriteAsync([Pair("k", 1), Pair("n", 1)], [], 1, Ct);
        await other.WriteAsync([Pair("k", 3)], [], 3, Ct);
        await one.WriteAsync([Pair("k", 2), Pair("n", 2)], [], 2, Ct);
        Assert.Equal([3, 2], await LeftAsync());
        await one.WriteAsync([], [new RowId("p", "k"), new RowId("p", "n")], 2, Ct);
        Assert.Equal([3], await LeftAsync());
        await other.WriteAsync([], [new RowId("p", "k")], 3, Ct);
        Assert.Empty(await LeftAsync());
        await one.WriteAsync([Pair("k", 4), Pair("n", 4)], [], 4, Ct);
        Assert.Equal([4, 4], await LeftAsync());

        async Task<IEnumerable<int>> LeftAsync() =>
            (await one.QueryAsync("p", null, null, 10, null, Ct)).Rows.Select(r => r.Left);
    }

    private static PairRow Pair(string key, int version) => new("p", key, version, version, null);

    private async Task<(TableEventStore One, TableEventStore Other)> TwoAsync()
    {
        var options = await azurite.FreshAsync();
        return (new TableEventStore(new StorageAccount(options)), new TableEventStore(new StorageAccount(options)));
    }
}
