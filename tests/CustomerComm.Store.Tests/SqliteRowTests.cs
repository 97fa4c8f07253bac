using CustomerComm.App.Ports;
using CustomerComm.Sqlite;

namespace CustomerComm.Store.Tests;

/// <summary>How row types become tables that people read with other tools.</summary>
public sealed class SqliteRowTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Given_a_row_Then_its_table_reads_plainly()
    {
        using var database = new SqliteDatabase(_directory.Path);
        var time = new DateTimeOffset(2026, 11, 23, 9, 2, 3, 456, TimeSpan.FromHours(8));
        await new SqliteTables(database).Of<SampleRow>().WriteAsync(
            [new SampleRow { Community = "HY", Number = "1", Open = true, Hours = 1.5, OpenedAt = time }], [], 1, Ct);
        var text = await database.Matters.ReadAsync(
            c =>
            {
                using var s = c.Prepare(
                    "SELECT concat_ws('|', PartitionKey, RowKey, Community, Open, Hours, OpenedAt) FROM Sample");
                return s.Step() ? s.GetString(0) : null;
            },
            Ct);
        Assert.Equal("HY|1|HY|1|1.5|2026-11-23T01:02:03.456Z", text);
    }

    [Fact]
    public async Task Given_a_computed_column_Then_it_is_stored_for_readers()
    {
        using var database = new SqliteDatabase(_directory.Path);
        await new SqliteTables(database).Of<PairRow>().WriteAsync([new PairRow("p", "k", 1, 2, 3)], [], 1, Ct);
        Assert.Equal(5, await database.Matters.ReadAsync(c => c.Number("SELECT Sum FROM Pair"), Ct));
    }

    [Fact]
    public async Task Given_a_row_type_that_grew_Then_columns_are_added_and_old_rows_read_with_defaults()
    {
        using (var database = new SqliteDatabase(_directory.Path))
        {
            await new SqliteTables(database).Of<Old.CaseRow>().WriteAsync([new("p", "k", 1, "old")], [], 1, Ct);
        }

        using (var database = new SqliteDatabase(_directory.Path))
        {
            var table = new SqliteTables(database).Of<New.CaseRow>();
            Assert.Equal(
                new New.CaseRow("p", "k", 1, "old") { Text = "", Maybe = null, Count = 0, At = default },
                await table.GetAsync("p", "k", Ct));
            var row = new New.CaseRow("p", "k", 2, "new")
            {
                Text = "t",
                Maybe = "m",
                Count = 4,
                At = DateTimeOffset.UnixEpoch,
            };
            await table.WriteAsync([row], [], 2, Ct);
            Assert.Equal(row, await table.GetAsync("p", "k", Ct));
        }

        // A column that the type no longer has stays, and does not stand in the way.
        using (var database = new SqliteDatabase(_directory.Path))
        {
            var table = new SqliteTables(database).Of<Old.CaseRow>();
            await table.WriteAsync([new("p", "k2", 1, "again")], [], 1, Ct);
            Assert.Equal("new", (await table.GetAsync("p", "k", Ct))!.Name);
        }
    }

    [Fact]
    public void Given_a_column_that_changed_its_type_Then_the_error_names_it()
    {
        using var database = new SqliteDatabase(_directory.Path);
        Assert.NotNull(new SqliteTables(database).Of<Old.CaseRow>());
        var e = Assert.Throws<InvalidOperationException>(() => new SqliteTables(database).Of<Changed.CaseRow>());
        Assert.Contains("Name", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_two_row_types_of_one_name_Then_the_second_is_refused_and_the_first_goes_on()
    {
        using var database = new SqliteDatabase(_directory.Path);
        var tables = new SqliteTables(database);
        var first = tables.Of<Old.CaseRow>();
        Assert.Throws<InvalidOperationException>(() => tables.Of<New.CaseRow>());
        Assert.Same(first, tables.Of<Old.CaseRow>());
    }

    [Fact]
    public void Given_a_type_that_cannot_be_a_row_Then_the_error_says_why()
    {
        using var database = new SqliteDatabase(_directory.Path);
        var tables = new SqliteTables(database);
        var e = Assert.Throws<NotSupportedException>(() => tables.Of<BadRow>());
        Assert.Contains("Day", e.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => tables.Of<UnmadeRow>());
    }

    [Fact]
    public async Task Given_keys_implemented_explicitly_Then_they_are_columns_all_the_same()
    {
        using var database = new SqliteDatabase(_directory.Path);
        var table = new SqliteTables(database).Of<ExplicitRow>();
        await table.WriteAsync([new ExplicitRow { Name = "n" }], [], 1, Ct);
        Assert.Equal("n", (await table.GetAsync("all", "n", Ct))!.Name);
    }

    /// <summary>
    /// The order is by code point: characters beyond U+FFFF come behind U+E000–U+FFFF, where UTF-16 has them before.
    /// </summary>
    [Fact]
    public async Task Given_keys_beyond_the_basic_plane_Then_the_order_is_by_code_point()
    {
        using var database = new SqliteDatabase(_directory.Path);
        var table = new SqliteTables(database).Of<PairRow>();
        string[] keys = ["z", "龙", "\uE000", "\uFFE5", "\U00020000", "\U0001F600"];
        await table.WriteAsync([.. keys.Select(k => new PairRow("p", k, 1, 0, null))], [], 1, Ct);
        var page = await table.QueryAsync("p", null, null, 10, null, Ct);
        Assert.Equal(
            ["z", "龙", "\uE000", "\uFFE5", "\U0001F600", "\U00020000"], page.Rows.Select(r => r.RowKey));
    }

    private static class Old
    {
        public sealed record CaseRow(string PartitionKey, string RowKey, long Version, string Name) : ITableRow;
    }

    private static class New
    {
        public sealed record CaseRow(string PartitionKey, string RowKey, long Version, string Name) : ITableRow
        {
            public string Text { get; init; } = "";

            public string? Maybe { get; init; }

            public int Count { get; init; }

            public DateTimeOffset At { get; init; }
        }
    }

    private static class Changed
    {
        public sealed record CaseRow(string PartitionKey, string RowKey, long Version, long Name) : ITableRow;
    }

    private sealed record BadRow(string PartitionKey, string RowKey, long Version, DateOnly Day) : ITableRow;

    private sealed record UnmadeRow : ITableRow
    {
        public UnmadeRow(string nowhere) => RowKey = nowhere;

        public string PartitionKey => "p";

        public string RowKey { get; }

        public long Version => 1;
    }

    private sealed record ExplicitRow : ITableRow
    {
        public required string Name { get; init; }

        string ITableRow.PartitionKey => "all";

        string ITableRow.RowKey => Name;

        long ITableRow.Version => 1;
    }
}
