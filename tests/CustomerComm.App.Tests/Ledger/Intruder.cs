using System.Globalization;
using System.Text;
using CustomerComm.App.Company;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.App.Tests.Ledger;

/// <summary>
/// An administrator with everything in hand: the database, the keys' database, the anchors, the signing key and the
/// program. In SQL <c>$A</c> is the number of case A's stream.
/// </summary>
internal sealed class Intruder : IDisposable
{
    private readonly WitnessedStore _store;
    private readonly TempDirectory _directory = new();

    public Intruder(WitnessedStore store)
    {
        _store = store;
        WitnessedStore.Copy(store.Data, Data);
        WitnessedStore.Copy(store.Data + "-witness", Data + "-witness");
        Roots = [.. store.Roots];
        Key = store.Key;
    }

    public string Data => _directory["data"];

    /// <summary>What the outsider holds; null: nobody outside has anything.</summary>
    public List<string>? Roots { get; set; }

    public string? Key { get; set; }

    public CompanyDirectory Company { get; set; } = TestCompany.Directory;

    public PolicyFile? Policy { get; set; }

    public WitnessedStore Store => _store;

    public void Dispose() => _directory.Dispose();

    public void Sql(string sql) => Run("customercomm.db", sql);

    public void KeysSql(string sql) => Run("keys.db", sql);

    /// <summary>Changes a payload as text; the chain stays as it is.</summary>
    public void Payload(StreamId stream, long version, string from, string to)
    {
        using var db = Open("customercomm.db");
        using var read = db.CreateCommand();
        read.CommandText = $"SELECT payload FROM store_event WHERE stream_no = {No(stream)} AND version = {version}";
        var text = Encoding.UTF8.GetString((byte[])read.ExecuteScalar()!);
        Assert.Contains(from, text, StringComparison.Ordinal);
        using var write = db.CreateCommand();
        write.CommandText =
            $"UPDATE store_event SET payload = @p WHERE stream_no = {No(stream)} AND version = {version}";
        write.Parameters.AddWithValue("@p", Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
        Assert.Equal(1, write.ExecuteNonQuery());
    }

    /// <summary>Makes all hashes of a stream fit what now stands there: a forger knows how they are computed.</summary>
    public void Rechain(StreamId stream)
    {
        using var db = Open("customercomm.db");
        var items = new List<(long Version, string Item)>();
        Each(db, $"SELECT version, id, payload FROM store_outbox WHERE stream_no = {No(stream)}", r =>
            items.Add((r.GetInt64(0), HashChain.ItemOf(r.GetString(1), (byte[])r[2]))));
        Each(db, $"SELECT version, id, fingerprint FROM store_seen WHERE stream_no = {No(stream)}", r =>
            items.Add((r.GetInt64(0), HashChain.ItemOf(new SeenMessage(r.GetString(1), r.GetString(2))))));
        var previous = HashChain.Start.ToArray();
        var events = new List<(long Version, byte[] Attached, byte[] Previous, byte[] Hash)>();
        Each(db, $"SELECT version, type, at, payload FROM store_event WHERE stream_no = {No(stream)} ORDER BY version", r =>
        {
            var attached = HashChain.Attach(items.Where(i => i.Version == r.GetInt64(0)).Select(i => i.Item));
            var hash = HashChain.Next(
                previous, stream, r.GetInt64(0), r.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(2)),
                (byte[])r[3], attached);
            events.Add((r.GetInt64(0), attached, previous, hash));
            previous = hash;
        });
        foreach (var e in events)
        {
            using var write = db.CreateCommand();
            write.CommandText =
                $"""
                UPDATE store_event SET attached = @a, previous_hash = @p, hash = @h
                WHERE stream_no = {No(stream)} AND version = {e.Version};
                UPDATE store_head SET hash = @h, version = {e.Version} WHERE no = {No(stream)}
                """;
            write.Parameters.AddWithValue("@a", e.Attached);
            write.Parameters.AddWithValue("@p", e.Previous);
            write.Parameters.AddWithValue("@h", e.Hash);
            write.ExecuteNonQuery();
        }
    }

    /// <summary>Changes the lines of the anchors.</summary>
    public void Lines(Func<List<string>, IEnumerable<string>> change)
    {
        var path = Path.Combine(Data, "anchors.jsonl");
        File.WriteAllText(path, string.Concat(change([.. File.ReadAllLines(path)]).Select(l => l + "\n")));
    }

    /// <summary>Changes what a day added to the tree.</summary>
    public void Day(string date, string from, string to)
    {
        var path = Path.Combine(Data, "anchors", date + ".json");
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Publishes all anchors anew over what now stands there, signed with the key at hand.</summary>
    public void Reanchor()
    {
        var dates = File.ReadAllLines(Path.Combine(Data, "anchors.jsonl")).Select(l => AnchorLine.Parse(l).Anchor).ToList();
        File.Delete(Path.Combine(Data, "anchors.jsonl"));
        Directory.Delete(Path.Combine(Data, "anchors"), recursive: true);
        using var services = Services();
        var time = (FakeTimeProvider)services.GetRequiredService<TimeProvider>();
        foreach (var anchor in dates)
        {
            time.SetUtcNow(anchor.At);
            services.GetRequiredService<LedgerAnchoring>().PublishAsync(anchor.Date, CancellationToken.None)
                .GetAwaiter().GetResult();
        }
    }

    /// <summary>Throws the signing key away, so that the next signature makes another.</summary>
    public void AnotherKey()
    {
        File.Delete(Data + "-witness/anchor.key");
        File.Delete(Data + "-witness/anchor.pub");
    }

    /// <summary>Puts the older copy in the place of the store, of its anchors, or of both.</summary>
    public void Restore(bool store, bool anchors)
    {
        foreach (var file in Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories).ToList())
        {
            var anchor = file.Contains("anchors", StringComparison.Ordinal);
            if (anchor ? anchors : store)
                File.Delete(file);
        }

        foreach (var file in Directory.EnumerateFiles(_store.Older, "*", SearchOption.AllDirectories))
        {
            var anchor = file.Contains("anchors", StringComparison.Ordinal);
            var target = Path.Combine(Data, Path.GetRelativePath(_store.Older, file));
            if (anchor ? anchors : store)
                File.Copy(file, target, overwrite: true);
        }
    }

    public async Task<LedgerReport> VerifyAsync(bool rows)
    {
        SqliteConnection.ClearAllPools();
        await using var services = Services();
        ((FakeTimeProvider)services.GetRequiredService<TimeProvider>()).SetUtcNow(TestCompany.Time("2026-03-07 18:00"));
        await services.GetRequiredService<RulesBook>().ReadAsync(CancellationToken.None);
        return await services.GetRequiredService<LedgerVerifier>().VerifyAsync(
            null, CancellationToken.None, new LedgerCheck { Roots = Roots, Key = Key, Rows = rows });
    }

    private ServiceProvider Services() => TestApp.ServicesAt(Data, Company, s =>
    {
        if (Policy is not null)
            s.AddSingleton(Policy);
    });

    private static string No(StreamId stream) => $"(SELECT no FROM store_head WHERE stream = '{stream.Value}')";

    private void Run(string file, string sql)
    {
        foreach (var (name, stream) in new[] { ("$A", _store.A), ("$B", _store.B), ("$C", _store.C), ("$D", _store.D) })
            sql = sql.Replace(name, No(stream), StringComparison.Ordinal);
        using var db = Open(file);
        using var command = db.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0, $"nothing was changed by: {sql}");
    }

    private SqliteConnection Open(string file)
    {
        var db = new SqliteConnection(string.Create(
            CultureInfo.InvariantCulture, $"Data Source={Path.Combine(Data, file)};Pooling=False"));
        db.Open();
        return db;
    }

    private static void Each(SqliteConnection db, string sql, Action<SqliteDataReader> row)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            row(reader);
    }
}
