using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerComm.App.Pumping;
using CustomerComm.Local;
using CustomerComm.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.Simulation;

/// <summary>The host is killed while complaints stream in; nothing answered may be lost or doubled (4.6.2-1).</summary>
public class KillTests
{
    private const int Connections = 6;
    private static readonly string[] s_categories = ["Equipment", "Charges", "Cleaning", "CivilWorks", "Parking"];
    private readonly ConcurrentDictionary<string, string> _answered = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _unanswered = new();
    private readonly Signal _news = new();
    private int _key;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_host_killed_at_random_moments_Then_every_complaint_answered_is_there_once()
    {
        var random = new Random(Settings.Seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Settings.Seed}, {Settings.Rounds} rounds");
        using var directory = new TempDirectory();
        for (var round = 0; round < Settings.Rounds; round++)
            await StreamUntilKilledAsync(directory.Path, random.Next(1, 150));

        await FinishAsync(directory.Path);
        Assert.True(_answered.Count > Settings.Rounds, $"only {_answered.Count} complaints (seed {Settings.Seed})");
        await CheckAsync(directory.Path);
    }

    /// <summary>Kills it when so many more are answered; what the other connections sent is on its way then.</summary>
    private async Task StreamUntilKilledAsync(string directory, int more)
    {
        await using var host = await StartAsync(directory);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var streams = Enumerable.Range(0, Connections).Select(_ => StreamAsync(host.Address, stop.Token)).ToList();
        var until = _answered.Count + more;
        await _news.UntilAsync(() => _answered.Count >= until, $"{until} answers");
        host.Kill();
        await stop.CancelAsync();
        await Task.WhenAll(streams);
    }

    private async Task StreamAsync(Uri address, CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = address };
        while (!ct.IsCancellationRequested)
        {
            if (!_unanswered.TryDequeue(out var key))
                key = $"sim-{Interlocked.Increment(ref _key)}";
            try
            {
                await PostAsync(client, key, ct);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // The host died under it: whether it was taken is not known, so it is sent again.
                _unanswered.Enqueue(key);
                return;
            }
        }
    }

    /// <summary>
    /// Everything unanswered is sent again, then everything answered: each must give its number again.
    /// </summary>
    private async Task FinishAsync(string directory)
    {
        await using var host = await StartAsync(directory);
        using var client = new HttpClient { BaseAddress = host.Address };
        while (_unanswered.TryDequeue(out var key))
            await PostAsync(client, key, Ct);
        await Parallel.ForEachAsync(
            _answered.Keys, new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = Ct },
            async (key, ct) => await PostAsync(client, key, ct));
        await WaitUntilQuietAsync(client, directory);
    }

    private async Task PostAsync(HttpClient client, string key, CancellationToken ct)
    {
        var n = int.Parse(key[4..], System.Globalization.CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/complaints", UriKind.Relative))
        {
            Content = JsonContent.Create(new
            {
                community = n % 2 == 0 ? "HY" : "JX",
                text = $"第{n}号：楼道的灯坏了三天，没有人来修。",
                category = n % 7 == 0 ? null : s_categories[n % s_categories.Length],
                contact = n % 3 == 0 ? null : new { phone = $"+1 202-555-01{50 + (n % 12)}" },
            }),
        };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{key}: {answer.StatusCode} {text}");
        var number = JsonDocument.Parse(text).RootElement.GetProperty("number").GetString()!;
        Assert.Equal(number, _answered.GetOrAdd(key, number));
        _news.Pulse();
    }

    private static async Task WaitUntilQuietAsync(HttpClient client, string directory)
    {
        await using var database = new SqliteDatabase(directory, new SqliteStoreOptions { ReadOnly = true });
        var store = new SqliteEventStore(database);
        // Whatever the host still has to do, it writes.
        var writes = new Signal();
        using var files = new FileSystemWatcher(directory, "*.db*");
        files.Changed += (_, _) => writes.Pulse();
        files.EnableRaisingEvents = true;
        await writes.UntilAsync(
            async () =>
            {
                var ready = await client.GetFromJsonAsync<JsonElement>(new Uri("/health/ready", UriKind.Relative), Ct);
                var next = await store.NextDueAsync(Ct);
                return ready.GetProperty("behindSeconds").GetInt64() == 0 && ready.GetProperty("setAside").GetInt32() == 0
                    && (next is null || next > TimeProvider.System.Now());
            },
            "the pump is done");
    }

    private async Task CheckAsync(string directory)
    {
        // Later than the audit's patience, so that numbers lost half-way are accounted for now.
        var time = new FakeTimeProvider(TimeProvider.System.Now() + NumberAudit.Patience + TimeSpan.FromSeconds(1));
        await using var opened = await RunningHost.OpenAsync(directory, time);
        var ledger = new Ledger(opened);
        var cases = await ledger.ComplaintsAsync(Ct);
        await ledger.CheckAllAsync(TimeProvider.System.Now(), Ct);
        Assert.Equal(
            _answered.Values.Order(StringComparer.Ordinal),
            cases.Select(c => c.Matter.State.Number.ToString()).Order(StringComparer.Ordinal));
        foreach (var (key, number) in _answered)
        {
            var found = cases.Single(c => c.Matter.State.Number.ToString() == number).Matter;
            Assert.StartsWith($"http:{key}#", found.State.Intake.SourceId, StringComparison.Ordinal);
        }

        var voided = await opened.Get<NumberAudit>().RunAsync(Ct);
        await opened.Get<Sweeper>().RunAsync(Ct);
        Assert.Equal(voided, await ledger.CheckNumbersAsync(Ct));
        await ledger.CheckChainsAsync(Ct);
        TestContext.Current.TestOutputHelper?.WriteLine($"{_answered.Count} complaints, {voided} numbers voided in sight");
    }

    private static Task<HostProcess> StartAsync(string directory) =>
        HostProcess.StartAsync(typeof(LocalHost).Assembly.Location, directory, Ct);
}
