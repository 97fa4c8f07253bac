using Azure.Data.Tables;
using CustomerComm.App.Ports;
using CustomerComm.Azure;
using CustomerComm.Domain;
using static CustomerComm.Testing.Stores.Appends;

namespace CustomerComm.Store.Tests;

/// <summary>What is particular to Table storage: limits, keys, columns as others read them.</summary>
public sealed class TableLayoutTests(Azurite azurite)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_ids_with_characters_that_keys_cannot_have_Then_they_are_kept_apart()
    {
        var store = new TableEventStore(new StorageAccount(await azurite.FreshAsync()));
        string[] ids = ["a/b", "a=002Fb", "a\\b", "a#b", "a?b", "a%2Fb", "a'b", "a\tb", "电梯", new('x', 2000)];
        await store.MustAppendAsync(To("a", 0, outbox: ids, seen: [.. ids.Select(i => Seen(i, i))]), Ct);
        foreach (var id in ids)
            Assert.Equal(new TakenMessage(id, id, 1), await store.FindSeenAsync(new StreamId("a"), id, Ct));
        Assert.Equal(ids, (await store.ReadOutboxAsync(new StreamId("a"), Ct)).Select(m => m.Id));
        var updates = ids.Select(i => new OutboxUpdate(i, DeliveryStatus.Delivered, 1, Noon, null)).ToArray();
        Assert.True(await store.SettleAsync(new StreamId("a"), 1, updates, null, Ct));
        Assert.Empty(await store.ReadOutboxAsync(new StreamId("a"), Ct));
        await store.SettleAsync(
            new StreamId("a"), 1, [new OutboxUpdate("a/b", DeliveryStatus.Pending, 1, Noon, "late")], null, Ct);
        Assert.Empty(await store.ReadOutboxAsync(new StreamId("a"), Ct));
    }

    [Fact]
    public async Task Given_the_same_message_id_twice_Then_the_append_is_refused_and_leaves_nothing()
    {
        var store = new TableEventStore(new StorageAccount(await azurite.FreshAsync()));
        await store.MustAppendAsync(To("a", 0, outbox: ["o"]), Ct);
        await Assert.ThrowsAnyAsync<Exception>(() => store.AppendAsync(To("a", 1, outbox: ["o"], due: Noon), Ct));
        await Assert.ThrowsAnyAsync<Exception>(() => store.AppendAsync(To("b", 0, outbox: ["o", "o"]), Ct));
        await store.MustHoldAsync(new StreamId("a"), 1, Ct);
        Assert.Null(await store.NextDueAsync(Ct));
        Assert.Null(await store.ReadHeadAsync(new StreamId("b"), Ct));
    }

    [Fact]
    public async Task Given_a_row_Then_its_table_reads_plainly()
    {
        var options = await azurite.FreshAsync();
        var time = new DateTimeOffset(2026, 11, 23, 9, 2, 3, 456, TimeSpan.FromHours(8));
        var row = new SampleRow
        {
            Community = "HY",
            Number = "1",
            Version = 3,
            Open = true,
            Hours = 1.5,
            OpenedAt = time,
        };
        await new TableTables(new StorageAccount(options)).Of<SampleRow>().WriteAsync([row], [], 3, Ct);
        var table = new TableClient(options.ConnectionString, options.Prefix + "Sample");
        var stored = (await table.GetEntityAsync<TableEntity>("HY", "1", cancellationToken: Ct)).Value;
        Assert.Equal("HY", stored["Community"]);
        Assert.Equal(3L, stored["Version"]);
        Assert.Equal(0, stored["Count"]);
        Assert.Equal(0L, stored["Total"]);
        Assert.Equal(true, stored["Open"]);
        Assert.Equal(1.5, stored["Hours"]);
        Assert.Equal(time.ToUniversalTime(), stored["OpenedAt"]);
        Assert.False(stored.ContainsKey("Note"));
    }

    [Fact]
    public async Task Given_more_rows_than_a_batch_carries_When_clearing_Then_all_are_gone()
    {
        var pairs = new TableTables(new StorageAccount(await azurite.FreshAsync())).Of<PairRow>();
        PairRow[] rows = [.. Enumerable.Range(0, 230).Select(i => new PairRow("p", $"{i}", 1, i, null))];
        await pairs.WriteAsync(rows, [], 1, Ct);
        await pairs.ClearAsync(Ct);
        Assert.Empty((await pairs.QueryAsync("p", null, null, 10, null, Ct)).Rows);
    }
}
