using CustomerComm.App.Ports;

namespace CustomerComm.Testing.Stores;

/// <summary>A row with a property of each kind, set by initialisers, and keys that are computed.</summary>
public sealed record SampleRow : ITableRow
{
    public required string Community { get; init; }

    public required string Number { get; init; }

    public string PartitionKey => Community;

    public string RowKey => Number;

    public long Version { get; init; }

    public string? Note { get; init; }

    public bool Open { get; init; }

    public bool? Satisfied { get; init; }

    public int Count { get; init; }

    public int? Score { get; init; }

    public long Total { get; init; }

    public long? Limit { get; init; }

    public double Hours { get; init; }

    public double? Share { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }
}

/// <summary>A row by position, with a computed column.</summary>
public sealed record PairRow(string PartitionKey, string RowKey, long Version, int Left, int? Right) : ITableRow
{
    public long Sum => Left + (Right ?? 0L);
}

/// <summary>What every adapter of the row tables does.</summary>
public abstract class TableContract : StoreContract<ITables>
{
    private static readonly DateTimeOffset s_time = new(2026, 11, 23, 1, 2, 3, 456, TimeSpan.Zero);

    private ITable<SampleRow> Samples => Store.Of<SampleRow>();

    private ITable<PairRow> Pairs => Store.Of<PairRow>();

    [Fact]
    public async Task Given_a_full_row_Then_every_property_reads_back_after_a_restart()
    {
        var row = new SampleRow
        {
            Community = "HY",
            Number = "HY-2026-000001",
            Version = 1L << 40,
            Note = "电梯 😀 \"quoted\" 'too'\n\t",
            Open = true,
            Satisfied = false,
            Count = int.MinValue,
            Score = 5,
            Total = long.MaxValue,
            Limit = long.MinValue,
            Hours = 1.0 / 3,
            Share = -0.5e-300,
            OpenedAt = s_time,
            ClosedAt = s_time.AddDays(1),
        };
        await Samples.WriteAsync([row], [], row.Version, Ct);
        await ReopenAsync();
        Assert.Equal(row, await Samples.GetAsync("HY", "HY-2026-000001", Ct));
    }

    [Fact]
    public async Task Given_rows_of_many_partitions_Then_a_scan_gives_each_once_in_order()
    {
        var rows = new[] { ("b", "2"), ("a", "1"), ("c", "1"), ("b", "1"), ("a", "3") }
            .Select(k => new PairRow(k.Item1, k.Item2, 1, 0, null)).ToList();
        foreach (var row in rows)
            await Pairs.WriteAsync([row], [], 1, Ct);
        var found = new List<PairRow>();
        RowId? after = null;
        while (await Pairs.ScanAsync(after, 2, Ct) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 2);
            found.AddRange(page);
            after = new RowId(page[^1].PartitionKey, page[^1].RowKey);
        }

        Assert.Equal(rows.OrderBy(r => r.PartitionKey).ThenBy(r => r.RowKey), found);
    }

    [Fact]
    public async Task Given_an_empty_row_Then_nulls_and_defaults_read_back()
    {
        var row = new SampleRow { Community = "HY", Number = "1", Note = null, OpenedAt = s_time };
        var blank = row with { Number = "2", Note = "" };
        await Samples.WriteAsync([row, blank], [], 0, Ct);
        Assert.Equal(row, await Samples.GetAsync("HY", "1", Ct));
        Assert.Equal(blank, await Samples.GetAsync("HY", "2", Ct));
        Assert.Null(await Samples.GetAsync("HY", "3", Ct));
        Assert.Null(await Samples.GetAsync("XX", "1", Ct));
    }

    [Fact]
    public async Task Given_a_time_in_another_zone_Then_the_same_instant_reads_back()
    {
        var china = s_time.ToOffset(TimeSpan.FromHours(8));
        await Samples.WriteAsync([new SampleRow { Community = "HY", Number = "1", OpenedAt = china }], [], 0, Ct);
        Assert.Equal(s_time, (await Samples.GetAsync("HY", "1", Ct))!.OpenedAt);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public async Task When_writing_over_version_5_Then_only_the_same_or_a_newer_one_stands(long version, bool stands)
    {
        await Pairs.WriteAsync([Pair("k", 5, left: 1)], [], 5, Ct);
        // The other row of the call does not suffer from its neighbour being old.
        await Pairs.WriteAsync([Pair("k", version, left: 2), Pair("other", version, left: 3)], [], version, Ct);
        Assert.Equal(stands ? 2 : 1, (await Pairs.GetAsync("p", "k", Ct))!.Left);
        Assert.Equal(3, (await Pairs.GetAsync("p", "other", Ct))!.Left);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    public async Task When_removing_version_5_Then_only_an_older_removal_leaves_it(long version, bool stays)
    {
        await Pairs.WriteAsync([Pair("k", 5)], [], 5, Ct);
        await Pairs.WriteAsync([], [new RowId("p", "k"), new RowId("p", "none")], version, Ct);
        Assert.Equal(stays, await Pairs.GetAsync("p", "k", Ct) is not null);
    }

    [Fact]
    public async Task When_repeating_a_write_Then_nothing_changes()
    {
        for (var i = 0; i < 2; i++)
        {
            await Pairs.WriteAsync([Pair("a", 3, left: 7)], [new RowId("p", "b")], 3, Ct);
            Assert.Equal([Pair("a", 3, left: 7)], (await Pairs.QueryAsync("p", null, null, 10, null, Ct)).Rows);
        }

        await Pairs.WriteAsync([], [], 3, Ct);
    }

    [Fact]
    public async Task When_querying_a_range_Then_from_is_included_and_to_is_not()
    {
        await Pairs.WriteAsync([.. "abcde".Select(c => Pair($"{c}", 1))], [], 1, Ct);
        await Pairs.WriteAsync([new PairRow("q", "b", 1, 0, null)], [], 1, Ct);
        Assert.Equal("abcde", await KeysAsync(null, null));
        Assert.Equal("bc", await KeysAsync("b", "d"));
        Assert.Equal("cde", await KeysAsync("bb", null));
        Assert.Equal("ab", await KeysAsync(null, "c"));
        Assert.Equal("", await KeysAsync("d", "b"));

        async Task<string> KeysAsync(string? from, string? to) =>
            string.Concat((await Pairs.QueryAsync("p", from, to, 10, null, Ct)).Rows.Select(r => r.RowKey));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(25)]
    public async Task When_paging_Then_every_row_comes_once_and_no_page_follows_the_last(int take)
    {
        await Pairs.WriteAsync([.. Enumerable.Range(0, 26).Select(i => Pair($"{i:D2}", 1))], [], 1, Ct);
        var keys = new List<string>();
        string? next = null;
        do
        {
            var page = await Pairs.QueryAsync("p", "01", "25", take, next, Ct);
            Assert.InRange(page.Rows.Count, 1, take);
            keys.AddRange(page.Rows.Select(r => r.RowKey));
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal(Enumerable.Range(1, 24).Select(i => $"{i:D2}"), keys);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task When_asking_for_a_page_that_is_too_small_or_large_Then_it_is_refused(int take) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Pairs.QueryAsync("p", null, null, take, null, Ct));

    [Fact]
    public async Task Given_keys_of_all_kinds_Then_rows_are_in_ordinal_order()
    {
        string[] keys =
            ["b", "B", "a-", "a", "a b", "ä", "é", "电", "梯", "_", "~", "A|1", "2026-11-23T01:02:03Z", "'", "😀"];
        await Pairs.WriteAsync([.. keys.Select(k => Pair(k, 1))], [], 1, Ct);
        var page = await Pairs.QueryAsync("p", null, null, 100, null, Ct);
        Assert.Equal(keys.Order(StringComparer.Ordinal), page.Rows.Select(r => r.RowKey));
        foreach (var key in keys)
            Assert.Equal(key, (await Pairs.GetAsync("p", key, Ct))?.RowKey);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    public async Task Given_a_key_that_a_table_cannot_have_Then_it_is_refused(string key)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Pairs.WriteAsync([Pair(key, 1)], [], 1, Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Pairs.WriteAsync([Pair("k", 1) with { PartitionKey = key }], [], 1, Ct));
    }

    [Fact]
    public async Task Given_a_key_with_half_a_character_Then_it_is_refused_but_such_a_text_is_taken()
    {
        // Not in a theory: attributes are kept as UTF-8, which has no halves. Phones do cut texts within an emoji.
        const string Half = "a\uD83D";
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Pairs.WriteAsync([Pair(Half, 1)], [], 1, Ct));
        await Samples.WriteAsync([new SampleRow { Community = "HY", Number = "1", Note = Half }], [], 1, Ct);
        Assert.StartsWith("a", (await Samples.GetAsync("HY", "1", Ct))!.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_clearing_Then_this_table_is_empty_and_others_are_not()
    {
        await Pairs.WriteAsync([Pair("a", 1), Pair("b", 1) with { PartitionKey = "q" }], [], 1, Ct);
        await Samples.WriteAsync([new SampleRow { Community = "HY", Number = "1" }], [], 1, Ct);
        await Pairs.ClearAsync(Ct);
        Assert.Empty((await Pairs.QueryAsync("p", null, null, 10, null, Ct)).Rows);
        Assert.Empty((await Pairs.QueryAsync("q", null, null, 10, null, Ct)).Rows);
        Assert.NotNull(await Samples.GetAsync("HY", "1", Ct));
        // What was cleared does not stand in the way of an older version.
        await Pairs.WriteAsync([Pair("a", 0)], [], 0, Ct);
        Assert.NotNull(await Pairs.GetAsync("p", "a", Ct));
    }

    [Fact]
    public async Task Given_writers_of_one_row_at_once_Then_the_newest_version_stands()
    {
        await Task.WhenAll(Enumerable.Range(1, 40).OrderBy(i => i * 7 % 41)
            .Select(i => Task.Run(() => Pairs.WriteAsync([Pair("k", i, left: i)], [], i, Ct), Ct)));
        Assert.Equal(40, (await Pairs.GetAsync("p", "k", Ct))!.Left);
    }

    private static PairRow Pair(string key, long version, int left = 0) => new("p", key, version, left, null);
}
