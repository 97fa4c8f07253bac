using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Sqlite;
using SQLitePCL;
using static CustomerComm.Testing.Stores.Appends;

namespace CustomerComm.Store.Tests;

/// <summary>What is special to SQLite: the directory, its lock, group commit and what a failing disk does.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Given_a_directory_in_use_Then_the_second_opener_is_told_so()
    {
        using (new SqliteDatabase(_directory.Path))
        {
            var e = Assert.Throws<IOException>(() => new SqliteDatabase(_directory.Path));
            Assert.Contains(_directory.Path, e.Message, StringComparison.Ordinal);
            Assert.Contains("in use by another process", e.Message, StringComparison.Ordinal);
        }

        new SqliteDatabase(_directory.Path).Dispose();
    }

    [Fact]
    public void Given_a_place_that_cannot_be_a_directory_Then_the_error_names_it()
    {
        File.WriteAllText(_directory["file"], "");
        var path = _directory[Path.Combine("file", "data")];
        var e = Assert.Throws<IOException>(() => new SqliteDatabase(path));
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_file_that_is_no_database_Then_the_error_names_the_directory_and_the_lock_is_free_again()
    {
        var file = _directory["customercomm.db"];
        File.WriteAllText(file, new string('x', 5000));
        var e = Assert.Throws<IOException>(() => new SqliteDatabase(_directory.Path));
        Assert.Contains(_directory.Path, e.Message, StringComparison.Ordinal);
        File.Delete(file);
        new SqliteDatabase(_directory.Path).Dispose();
    }

    [Fact]
    public async Task Given_a_schema_of_a_newer_program_Then_it_is_not_touched()
    {
        using (var database = new SqliteDatabase(_directory.Path))
            await RunAsync(database, "PRAGMA user_version=99");
        var e = Assert.Throws<IOException>(() => new SqliteDatabase(_directory.Path));
        Assert.Contains("newer", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_schema_one_step_behind_Then_opening_brings_it_up_and_keeps_what_was_there()
    {
        string[] first = ["CREATE TABLE t (a)"];
        string[] second = [.. first, "ALTER TABLE t ADD COLUMN b; UPDATE t SET b = a + 1"];
        var path = _directory["upgrade.db"];
        using (var file = new DatabaseFile(path, first, new SqliteStoreOptions()))
            await file.WriteAsync(c => c.Number("INSERT INTO t VALUES (41) RETURNING a"), Ct);
        Assert.Throws<IOException>(() => new DatabaseFile(path, second, new SqliteStoreOptions { ReadOnly = true }));
        using var upgraded = new DatabaseFile(path, second, new SqliteStoreOptions());
        Assert.Equal(42, await upgraded.ReadAsync(c => c.Number("SELECT b FROM t"), Ct));
        Assert.Equal(2, await upgraded.ReadAsync(c => c.Number("PRAGMA user_version"), Ct));
    }

    [Fact]
    public async Task Given_a_reader_beside_a_host_Then_it_sees_the_host_and_cannot_write()
    {
        using var host = new SqliteDatabase(_directory.Path);
        var store = new SqliteEventStore(host);
        await store.MustAppendAsync(To("a", 0), Ct);
        await new SqliteTables(host).Of<PairRow>().WriteAsync([new PairRow("p", "k", 1, 2, 3)], [], 1, Ct);
        using var reader = new SqliteDatabase(_directory.Path, new SqliteStoreOptions { ReadOnly = true });
        var beside = new SqliteEventStore(reader);
        await beside.MustHoldAsync(new StreamId("a"), 1, Ct);
        await store.MustAppendAsync(To("a", 1), Ct);
        await beside.MustHoldAsync(new StreamId("a"), 2, Ct);
        await Assert.ThrowsAsync<InvalidOperationException>(() => beside.AppendAsync(To("a", 2), Ct));
        var rows = new SqliteTables(reader).Of<PairRow>();
        Assert.Equal(2, (await rows.GetAsync("p", "k", Ct))!.Left);
        await Assert.ThrowsAsync<InvalidOperationException>(() => rows.ClearAsync(Ct));
    }

    [Fact]
    public async Task Given_writes_waiting_When_disposing_Then_they_are_written_and_later_ones_refused()
    {
        var database = new SqliteDatabase(_directory.Path);
        var store = new SqliteEventStore(database);
        var waiting = Enumerable.Range(0, 1000).Select(i => store.AppendAsync(To($"s{i}", 0), Ct)).ToList();
        database.Dispose();
        Assert.All(await Task.WhenAll(waiting), r => Assert.IsType<AppendResult.Appended>(r));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.AppendAsync(To("late", 0), Ct));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.ReadHeadAsync(new StreamId("s0"), Ct));

        using var again = new SqliteDatabase(_directory.Path);
        Assert.Equal(1000, (await new SqliteEventStore(again).ListAsync(null, 2000, Ct)).Count);
    }

    [Fact]
    public async Task Given_writes_that_wait_together_Then_one_commit_carries_them_and_a_cancelled_one_is_left_out()
    {
        using var database = new SqliteDatabase(_directory.Path);
        var store = new SqliteEventStore(database);
        using var cancel = new CancellationTokenSource();
        var rows = new SqliteTables(database).Of<PairRow>();
        var commits = 0;
        await HookAsync(database, _ => commits++ * 0);
        var gate = Hold(database);
        var appends = Enumerable.Range(0, 100).Select(i => store.AppendAsync(To($"s{i}", 0), Ct)).ToList();
        var cancelled = store.AppendAsync(To("cancelled", 0), cancel.Token);
        var settle = store.SettleAsync(new StreamId("s0"), 1, [], Noon, Ct);
        var row = rows.WriteAsync([new PairRow("p", "k", 1, 1, 1)], [], 1, Ct);
        await cancel.CancelAsync();
        gate.Set();

        await Task.WhenAll(appends);
        await row;
        Assert.True(await settle);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Null(await store.ReadHeadAsync(new StreamId("cancelled"), Ct));
        // The one that held the writer, and the one that carried everything else.
        Assert.Equal(2, commits);
    }

    [Fact]
    public async Task Given_one_write_that_fails_by_its_own_fault_Then_the_others_of_its_batch_are_written()
    {
        using var database = new SqliteDatabase(_directory.Path);
        var store = new SqliteEventStore(database);
        var gate = Hold(database);
        var before = store.AppendAsync(To("before", 0), Ct);
        // The same message id twice in one stream: found only by the table, after the head was written.
        var bad = store.AppendAsync(To("bad", 0, outbox: ["same", "same"]), Ct);
        var thrown = database.Matters.WriteAsync<int>(_ => throw new NotSupportedException("mine"), Ct);
        var after = store.AppendAsync(To("after", 0), Ct);
        gate.Set();
        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        await Assert.ThrowsAsync<NotSupportedException>(() => thrown);
        Assert.IsType<AppendResult.Appended>(await before);
        Assert.IsType<AppendResult.Appended>(await after);
        Assert.Equal(["after", "before"], (await store.ListAsync(null, 10, Ct)).Select(h => h.Stream.Value));
        Assert.Empty(await store.ReadOutboxAsync(new StreamId("bad"), Ct));
    }

    [Fact]
    public async Task Given_a_commit_that_fails_Then_all_its_writers_hear_of_it_and_the_next_batch_works()
    {
        using var database = new SqliteDatabase(_directory.Path);
        var store = new SqliteEventStore(database);
        await store.MustAppendAsync(To("a", 0), Ct);
        await HookAsync(database, _ => 1);
        var gate = Hold(database);
        var failing = Enumerable.Range(0, 10).Select(i => store.AppendAsync(To($"s{i}", 0), Ct)).ToList();
        failing.Add(store.AppendAsync(To("a", 1, due: Noon), Ct));
        gate.Set();
        foreach (var append in failing)
            await Assert.ThrowsAsync<IOException>(() => append);
        Assert.Single(await store.ListAsync(null, 100, Ct));
        await store.MustHoldAsync(new StreamId("a"), 1, Ct);
        Assert.Null(await store.NextDueAsync(Ct));

        await HookAsync(database, null);
        await store.MustAppendAsync(To("a", 1), Ct);
        await store.MustHoldAsync(new StreamId("a"), 2, Ct);
    }

    [Fact]
    public async Task Given_a_full_disk_Then_nothing_is_half_written_and_all_goes_on_once_there_is_room()
    {
        using var database = new SqliteDatabase(_directory.Path);
        var store = new SqliteEventStore(database);
        await store.MustAppendAsync(To("first", 0), Ct);
        var pages = await database.Matters.ReadAsync(c => c.Number("PRAGMA page_count"), Ct);
        await RunAsync(database, $"PRAGMA max_page_count={pages + 20}");
        var large = new NewEvent("Large", new byte[8000]);
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var request = To($"s{i:D2}", 0, outbox: ["o"], seen: [Seen("m")]) with { Events = [large, large] };
            try
            {
                await store.MustAppendAsync(request, Ct);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }));
        Assert.Contains(false, results);
        for (var i = 0; i < results.Length; i++)
        {
            var stream = new StreamId($"s{i:D2}");
            Assert.Equal(results[i] ? 2 : 0, (await store.ReadAsync(stream, 0, Ct)).Count);
            Assert.Equal(results[i] ? 1 : 0, (await store.ReadOutboxAsync(stream, Ct)).Count);
            Assert.Equal(results[i], await store.ReadHeadAsync(stream, Ct) is not null);
        }

        await RunAsync(database, "PRAGMA max_page_count=1000000");
        await store.MustAppendAsync(To("last", 0) with { Events = [large, large] }, Ct);
        await store.MustHoldAsync(new StreamId("last"), 2, Ct);
        Assert.Equal(1, await database.Matters.ReadAsync(
            c => c.Number("SELECT integrity_check = 'ok' FROM pragma_integrity_check"), Ct));
    }

    [Fact]
    public async Task Given_a_delivered_message_When_a_late_pump_reports_failure_Then_it_stays_delivered()
    {
        using var database = new SqliteDatabase(_directory.Path);
        var store = new SqliteEventStore(database);
        var a = new StreamId("a");
        await store.MustAppendAsync(To("a", 0, outbox: ["o"]), Ct);
        await store.SettleAsync(a, 1, [new OutboxUpdate("o", DeliveryStatus.Delivered, 1, Noon, null)], null, Ct);
        await store.SettleAsync(a, 1, [new OutboxUpdate("o", DeliveryStatus.Pending, 1, Noon, "late")], null, Ct);
        Assert.Empty(await store.ReadOutboxAsync(a, Ct));
    }

    [Fact]
    public async Task When_a_key_is_erased_Then_its_bytes_are_in_no_file()
    {
        using var database = new SqliteDatabase(_directory.Path);
        var keys = new SqlitePersonKeys(database);
        for (var i = 0; i < 500; i++)
            _ = keys.GetOrCreateAsync($"other{i}", Ct);
        var key = (await keys.GetOrCreateAsync("p", Ct))!;
        Assert.True(OnDisk(key));
        await keys.EraseAsync("p", Ct);
        Assert.False(OnDisk(key));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory["keys.db"]));
        }

        bool OnDisk(byte[] bytes) => Directory.EnumerateFiles(_directory.Path, "*.db*").Any(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content.AsSpan().IndexOf(bytes) >= 0;
        });
    }

    [Fact]
    public async Task When_messages_are_delivered_and_it_is_closed_Then_the_bytes_of_their_secrets_are_in_no_file()
    {
        var secrets = Enumerable.Range(0, 12).Select(i => Utf8($"{i:D2}-{new string('s', 20 * i)}-secret-of-{i:D2}"))
            .ToList();
        using (var database = new SqliteDatabase(_directory.Path))
        {
            var store = new SqliteEventStore(database);
            var messages = secrets.Select((s, i) => new NewMessage($"{i}", "{}"u8.ToArray(), s));
            await store.MustAppendAsync(To("a", 0) with { Outbox = [.. messages] }, Ct);
            await store.SettleAsync(
                new StreamId("a"), 1,
                [.. secrets.Select((_, i) => new OutboxUpdate($"{i}", DeliveryStatus.Delivered, 1, Noon, null))],
                null, Ct);
        }

        var bytes = Directory.EnumerateFiles(_directory.Path).Select(File.ReadAllBytes).ToList();
        // The end of each as well: what comes after may write over the beginning alone.
        Assert.All(secrets, s => Assert.All(bytes, b => Assert.True(b.AsSpan().IndexOf(s.AsSpan(^12..)) < 0)));
    }

    /// <summary>Keeps the writer busy until the event is set, so that a batch gathers.</summary>
    private static ManualResetEventSlim Hold(SqliteDatabase database)
    {
        var gate = new ManualResetEventSlim();
        using var running = new ManualResetEventSlim();
        _ = database.Matters.WriteAsync(
            _ =>
            {
                running.Set();
                gate.Wait();
                return true;
            },
            CancellationToken.None);
        running.Wait(Ct);
        return gate;
    }

    /// <summary>Has SQLite ask before each commit; an answer other than 0 makes the commit fail.</summary>
    private static Task HookAsync(SqliteDatabase database, delegate_commit? hook) =>
        database.Matters.WriteAsync(
            c =>
            {
                raw.sqlite3_commit_hook(c.Handle, hook, null);
                return true;
            },
            Ct,
            alone: true);

    private static Task RunAsync(SqliteDatabase database, string sql) =>
        database.Matters.WriteAsync(
            c =>
            {
                c.Execute(sql);
                return true;
            },
            Ct);
}
