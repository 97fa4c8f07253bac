using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Sqlite;
using Microsoft.Extensions.Time.Testing;
using static CustomerComm.Testing.Stores.Appends;

namespace CustomerComm.Store.Tests;

/// <summary>Somebody with the database file in hand changes history; the ledger names where.</summary>
public sealed class LedgerTests : IAsyncLifetime
{
    private static readonly DateOnly s_day = new(2026, 11, 23);

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(Noon);
    private SqliteDatabase _database = null!;
    private SqliteEventStore _store = null!;
    private FileAnchorStore _anchors = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Three streams: a with 3 events, b with 5, c with 1; b 1 to 4 are anchored, the rest whole.</summary>
    public async ValueTask InitializeAsync()
    {
        _database = new SqliteDatabase(_directory.Path);
        _store = new SqliteEventStore(_database);
        _anchors = new FileAnchorStore(_directory.Path, new FileAnchorKey(_directory["witness/anchor.key"]));
        await _store.MustAppendAsync(To("a", 0, events: 3), Ct);
        await _store.MustAppendAsync(To("b", 0, events: 2), Ct);
        await AnchorAsync(s_day.AddDays(-1));
        await _store.MustAppendAsync(To("b", 2, events: 2), Ct);
        await _store.MustAppendAsync(To("c", 0), Ct);
        await AnchorAsync(s_day);
        await _store.MustAppendAsync(To("b", 4), Ct);
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Given_an_honest_ledger_Then_it_holds_and_progress_is_told()
    {
        var last = default(LedgerProgress);
        var report = await new LedgerVerifier(_store, _time, _anchors).VerifyAsync(new Synchronous(p => last = p), Ct);
        Assert.True(report.Holds, report.Fault?.Text);
        Assert.Equal((3, 9, 2), (report.Streams, report.Events, report.Anchors));
        Assert.Equal(new LedgerProgress(3, 9, 2), last);
    }

    [Fact]
    public async Task Given_long_streams_and_many_Then_paging_loses_none()
    {
        for (var i = 0; i < 5; i++)
            await _store.MustAppendAsync(To("long", i * 60, events: 60) with { At = Noon }, Ct);
        await Task.WhenAll(Enumerable.Range(0, 1100).Select(i => _store.MustAppendAsync(To($"m{i}", 0), Ct)));
        await AnchorAsync(s_day.AddDays(1));
        var report = await new LedgerVerifier(_store, _time, _anchors).VerifyAsync(null, Ct);
        Assert.True(report.Holds, report.Fault?.Text);
        Assert.Equal((1104, 1409, 3), (report.Streams, report.Events, report.Anchors));
    }

    [Theory]
    [InlineData("UPDATE store_event SET payload = CAST('[' || substr(payload, 2) AS BLOB) WHERE $b2",
        LedgerFaultKind.Altered, "b", 2)]
    [InlineData("UPDATE store_event SET type = 'Other' WHERE $b2", LedgerFaultKind.Altered, "b", 2)]
    [InlineData("UPDATE store_event SET at = at + 1 WHERE $b2", LedgerFaultKind.Altered, "b", 2)]
    [InlineData("UPDATE store_event SET hash = zeroblob(32) WHERE $b2", LedgerFaultKind.Altered, "b", 2)]
    [InlineData("UPDATE store_event SET previous_hash = zeroblob(32) WHERE $b2", LedgerFaultKind.BrokenLink, "b", 2)]
    [InlineData("DELETE FROM store_event WHERE $b2", LedgerFaultKind.Gap, "b", 2)]
    [InlineData("DELETE FROM store_event WHERE $b1", LedgerFaultKind.Gap, "b", 1)]
    [InlineData("DELETE FROM store_event WHERE $b5", LedgerFaultKind.Gap, "b", 5)]
    [InlineData("UPDATE store_head SET hash = zeroblob(32) WHERE stream = 'b'", LedgerFaultKind.WrongHead, "b", 5)]
    [InlineData("UPDATE store_head SET version = 4, hash = (SELECT hash FROM store_event WHERE $b4) WHERE stream = 'b'",
        LedgerFaultKind.WrongHead, "b", 5)]
    [InlineData(
        """
        UPDATE store_event SET version = 99 WHERE $b2;
        UPDATE store_event SET version = 2 WHERE $b3;
        UPDATE store_event SET version = 3 WHERE version = 99
        """,
        LedgerFaultKind.BrokenLink, "b", 2)] // Swapped.
    public async Task When_history_is_changed_Then_chains_name_the_stream_and_event(
        string sql, LedgerFaultKind kind, string stream, long version)
    {
        await TamperAsync(sql);
        var fault = await VerifyAsync(withAnchors: false);
        Assert.NotNull(fault);
        Assert.Equal((kind, new StreamId(stream), version), (fault.Kind, fault.Stream!.Value, fault.Version));
        Assert.Contains($"Stream {stream}, event {version}", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_an_anchored_tail_is_cut_off_with_its_head_Then_only_the_anchor_finds_it()
    {
        await TamperAsync(
            """
            DELETE FROM store_event WHERE stream_no = (SELECT no FROM store_head WHERE stream = 'b') AND version > 3;
            UPDATE store_head SET version = 3, hash = (SELECT hash FROM store_event WHERE $b3) WHERE stream = 'b'
            """);
        Assert.Null(await VerifyAsync(withAnchors: false));
        var fault = await VerifyAsync(withAnchors: true);
        Assert.Equal(
            (LedgerFaultKind.Truncated, new StreamId("b"), 4L, s_day),
            (fault!.Kind, fault.Stream!.Value, fault.Version, fault.Anchor!.Value));
    }

    [Fact]
    public async Task When_a_whole_stream_is_gone_Then_only_the_anchor_finds_it()
    {
        await TamperAsync(
            """
            DELETE FROM store_event WHERE stream_no = (SELECT no FROM store_head WHERE stream = 'a');
            DELETE FROM store_head WHERE stream = 'a'
            """);
        Assert.Null(await VerifyAsync(withAnchors: false));
        var fault = await VerifyAsync(withAnchors: true);
        Assert.Equal(
            (LedgerFaultKind.Truncated, new StreamId("a"), s_day.AddDays(-1)),
            (fault!.Kind, fault.Stream!.Value, fault.Anchor!.Value));
    }

    [Fact]
    public async Task When_a_stream_is_written_anew_with_fitting_hashes_Then_only_the_anchor_finds_it()
    {
        await TamperAsync(
            """
            DELETE FROM store_event WHERE stream_no = (SELECT no FROM store_head WHERE stream = 'c');
            DELETE FROM store_head WHERE stream = 'c'
            """);
        await _store.MustAppendAsync(To("c", 0) with { Events = [Event(77)] }, Ct);
        Assert.Null(await VerifyAsync(withAnchors: false));
        var fault = await VerifyAsync(withAnchors: true);
        Assert.Equal(
            (LedgerFaultKind.Rewritten, new StreamId("c"), 1L), (fault!.Kind, fault.Stream!.Value, fault.Version));
    }

    [Theory]
    [InlineData("\"size\":4", "\"size\":5", "2026-11-23")]
    [InlineData("\"date\":\"2026-11-23\"", "\"date\":\"2026-11-24\"", "2026-11-24")]
    [InlineData("\"size\":2", "\"size\":4", "2026-11-22")]
    public async Task When_an_anchor_is_edited_Then_its_signature_does_not_hold(string from, string to, string date)
    {
        var path = _directory["anchors.jsonl"];
        var text = await File.ReadAllTextAsync(path, Ct);
        await File.WriteAllTextAsync(path, text.Replace(from, to, StringComparison.Ordinal), Ct);
        var fault = await VerifyAsync(withAnchors: true);
        Assert.Equal(LedgerFaultKind.BadAnchor, fault!.Kind);
        Assert.Contains(date, fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_an_anchor_is_taken_out_Then_the_next_one_does_not_hold_and_none_is_added()
    {
        var path = _directory["anchors.jsonl"];
        var lines = await File.ReadAllLinesAsync(path, Ct);
        await File.WriteAllTextAsync(path, lines[1] + "\n", Ct);
        Assert.Equal(LedgerFaultKind.BadAnchor, (await VerifyAsync(withAnchors: true))!.Kind);
        await Assert.ThrowsAsync<InvalidOperationException>(() => AnchorAsync(s_day.AddDays(1)));
    }

    [Theory]
    [InlineData("[\"b\",4", "[\"b\",3")]
    [InlineData("[\"b\"", "[\"bb\"")]
    [InlineData("\"before\":2", "\"before\":3")]
    [InlineData("\"subtrees\":[\"", "\"subtrees\":[\"ff")]
    [InlineData("[\"b\",", "nonsense")]
    public async Task When_heads_are_edited_Then_they_do_not_have_the_root(string from, string to)
    {
        var path = _directory[Path.Combine("anchors", "2026-11-23.json")];
        var text = await File.ReadAllTextAsync(path, Ct);
        await File.WriteAllTextAsync(path, text.Replace(from, to, StringComparison.Ordinal), Ct);
        var fault = await VerifyAsync(withAnchors: true);
        Assert.Equal((LedgerFaultKind.BadAnchor, s_day), (fault!.Kind, fault.Anchor!.Value));
    }

    [Fact]
    public async Task When_leaves_or_lines_are_missing_or_garbage_Then_it_is_a_fault_and_no_crash()
    {
        File.Delete(_directory[Path.Combine("anchors", "2026-11-23.json")]);
        Assert.Equal(LedgerFaultKind.BadAnchor, (await VerifyAsync(withAnchors: true))!.Kind);
        await File.WriteAllTextAsync(_directory["anchors.jsonl"], "garbage\n", Ct);
        Assert.Equal(LedgerFaultKind.BadAnchor, (await VerifyAsync(withAnchors: true))!.Kind);
    }

    [Fact]
    public async Task Given_a_line_torn_by_a_power_cut_Then_it_does_not_count_and_is_replaced()
    {
        await File.AppendAllTextAsync(_directory["anchors.jsonl"], "{\"date\":\"2026-11", Ct);
        Assert.Null(await VerifyAsync(withAnchors: true));
        await AnchorAsync(s_day.AddDays(1));
        Assert.Null(await VerifyAsync(withAnchors: true));
        Assert.Equal(3, await _anchors.ListAsync(null, Ct).CountAsync(Ct));
    }

    [Fact]
    public async Task When_anchoring_a_day_again_Then_it_is_the_same_anchor_and_an_earlier_day_is_refused()
    {
        var again = await AnchorAsync(s_day);
        // Of the first day a and b; of the second b again, and c: what did not move is not added again.
        var day = await _anchors.ReadDayAsync(s_day, Ct);
        Assert.Equal([("b", 4L), ("c", 1L)], day.Leaves.Select(l => (l.Stream.Value, l.Version)));
        Assert.Equal(4, again.Size);
        await Assert.ThrowsAsync<InvalidOperationException>(() => AnchorAsync(s_day.AddDays(-3)));
    }

    [Fact]
    public async Task Given_an_anchor_made_Then_its_files_are_readable_and_the_key_is_private()
    {
        using var json = System.Text.Json.JsonDocument.Parse(
            await File.ReadAllTextAsync(_directory[Path.Combine("anchors", "2026-11-23.json")], Ct));
        Assert.Equal(["b", "c"], json.RootElement.GetProperty("heads").EnumerateArray().Select(h => h[0].GetString()));
        Assert.True(File.Exists(_directory["witness/anchor.pub"]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(_directory["witness/anchor.key"]));
        }
    }

    [Fact]
    public async Task When_the_key_is_gone_Then_none_is_made_anew_and_what_to_restore_is_said()
    {
        File.Delete(_directory["witness/anchor.key"]);
        var gone = await Assert.ThrowsAsync<InvalidDataException>(() => AnchorAsync(s_day.AddDays(1)));
        Assert.Contains("anchor.key", gone.Message, StringComparison.Ordinal);
        Assert.Contains("Restore", gone.Message, StringComparison.Ordinal);
        File.Delete(_directory["witness/anchor.pub"]);
        await Assert.ThrowsAnyAsync<Exception>(() => AnchorAsync(s_day.AddDays(1)));
        Assert.False(File.Exists(_directory["witness/anchor.key"]));
    }

    private Task<LedgerAnchor> AnchorAsync(DateOnly day) =>
        new LedgerAnchoring(_store, _anchors, _time).PublishAsync(day, Ct);

    private async Task<LedgerFault?> VerifyAsync(bool withAnchors) =>
        (await new LedgerVerifier(_store, _time, withAnchors ? _anchors : null).VerifyAsync(null, Ct)).Fault;

    /// <summary>Runs SQL past the store; <c>$b2</c> stands for event 2 of stream b.</summary>
    private Task TamperAsync(string sql)
    {
        for (var i = 1; i <= 5; i++)
        {
            sql = sql.Replace(
                $"$b{i}",
                $"stream_no = (SELECT no FROM store_head WHERE stream = 'b') AND version = {i}",
                StringComparison.Ordinal);
        }

        using var raw = new Connection(_directory["customercomm.db"], writes: true);
        raw.Execute(sql);
        return Task.CompletedTask;
    }

    private sealed class Synchronous(Action<LedgerProgress> report) : IProgress<LedgerProgress>
    {
        public void Report(LedgerProgress value) => report(value);
    }
}
