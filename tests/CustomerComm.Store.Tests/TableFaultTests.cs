using System.Collections.Concurrent;
using Azure.Core;
using CustomerComm.App.Ports;
using CustomerComm.Azure;
using CustomerComm.Domain;
using static CustomerComm.Testing.Stores.Appends;

namespace CustomerComm.Store.Tests;

/// <summary>Throttling, time-outs and lost answers: nothing is lost, nothing is done twice.</summary>
public sealed class TableFaultTests(Azurite azurite)
{
    private static readonly StreamId s_a = new("HY-2026-000001");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Fault.Throttled))]
    [InlineData(nameof(Fault.Unavailable))]
    [InlineData(nameof(Fault.TimedOutBefore))]
    [InlineData(nameof(Fault.BrokenBefore))]
    [InlineData(nameof(Fault.BrokenAfter))]
    [InlineData(nameof(Fault.UnavailableAfter))]
    public async Task Given_every_other_request_fails_Then_appends_come_out_as_if_nothing_had(string fault)
    {
        var count = 0;
        var (store, faults, options) = await OpenAsync(
            _ => Interlocked.Increment(ref count) % 2 == 0 ? Enum.Parse<Fault>(fault) : Fault.None);
        for (var i = 0; i < 6; i++)
        {
            await store.MustAppendAsync(
                To(s_a.Value, i * 2, events: 2, outbox: [$"o{i}"], seen: [Seen($"m{i}")], due: Noon.AddHours(i)), Ct);
            Assert.True(await store.SettleAsync(
                s_a, (i * 2) + 2, [new OutboxUpdate($"o{i}", DeliveryStatus.Delivered, 1, Noon, null)], Noon, Ct));
        }

        Assert.True(faults.Count > 10);
        var calm = new TableEventStore(new StorageAccount(options with { Configure = null }));
        await calm.MustHoldAsync(s_a, 12, Ct);
        Assert.Empty(await calm.ReadOutboxAsync(s_a, Ct));
        Assert.Equal(Noon, await calm.NextDueAsync(Ct));
        var head = Assert.Single(await calm.DueAsync(Noon, 10, Ct));
        Assert.Equal((s_a, 12L, 12L), (head.Stream, head.Version, head.Projected));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 1)]
    public async Task Given_a_done_transaction_whose_answer_is_lost_Then_it_is_known_as_our_own(int events, int seen)
    {
        var lose = false;
        var (store, faults, _) = await OpenAsync(
            m => lose && IsTransaction(m) ? Once(ref lose, Fault.BrokenAfter) : Fault.None);
        await store.MustAppendAsync(To(s_a.Value, 0), Ct);
        SeenMessage[] ids = [.. Enumerable.Range(0, seen).Select(i => Seen($"m{i}"))];
        lose = true;
        var head = await store.MustAppendAsync(To(s_a.Value, 1, events, seen: ids, due: Noon), Ct);
        Assert.Equal(1, faults.Count);
        Assert.Equal(1 + events, head.Version);
        await store.MustHoldAsync(s_a, 1 + events, Ct);
        Assert.Equal(Noon, await store.NextDueAsync(Ct));
    }

    [Fact]
    public async Task Given_a_lost_answer_and_another_writer_in_between_Then_both_are_written_once()
    {
        TableEventStore? other = null;
        var lose = false;
        var (store, _, options) = await OpenAsync(m =>
        {
            if (!lose || !IsTransaction(m))
                return Fault.None;
            // The first try is done and its answer lost; before the second, somebody else goes on.
            if (m.TryGetProperty("tried", out _))
            {
                lose = false;
                other!.MustAppendAsync(To(s_a.Value, 2), Ct).GetAwaiter().GetResult();
                return Fault.None;
            }

            m.SetProperty("tried", true);
            return Fault.BrokenAfter;
        });
        other = new TableEventStore(new StorageAccount(options with { Configure = null }));
        await store.MustAppendAsync(To(s_a.Value, 0), Ct);
        lose = true;
        var head = await store.MustAppendAsync(To(s_a.Value, 1, seen: [Seen("m")], outbox: ["o"]), Ct);
        Assert.Equal(2, head.Version);
        await store.MustHoldAsync(s_a, 3, Ct);
        Assert.Single(await store.ReadOutboxAsync(s_a, Ct));
    }

    [Fact]
    public async Task Given_a_transaction_that_never_gets_through_Then_the_error_shows_and_nothing_is_half_written()
    {
        var broken = false;
        var (store, _, _) = await OpenAsync(m => broken && IsTransaction(m) ? Fault.Unavailable : Fault.None);
        await store.MustAppendAsync(To(s_a.Value, 0, due: Noon), Ct);
        broken = true;
        var failure = await Record.ExceptionAsync(
            () => store.AppendAsync(To(s_a.Value, 1, seen: [Seen("m")], due: Noon.AddHours(-1)), Ct));
        Assert.NotNull(failure);
        broken = false;
        await store.MustHoldAsync(s_a, 1, Ct);
        Assert.Null(await store.FindSeenAsync(s_a, "m", Ct));
        // The row that was written first does not count, and does not hide the one that does.
        Assert.Equal(Noon, await store.NextDueAsync(Ct));
        Assert.Equal(Noon, Assert.Single(await store.DueAsync(Noon, 1, Ct)).NextDue);
    }

    [Fact]
    public async Task Given_a_crash_between_transaction_and_tidying_Then_the_wake_up_stands()
    {
        var (store, _, _) = await OpenAsync(
            m => m.Request.Method == RequestMethod.Delete ? Fault.Unavailable : Fault.None);
        await store.MustAppendAsync(To(s_a.Value, 0, due: Noon), Ct);
        await store.MustAppendAsync(To(s_a.Value, 1, due: Noon.AddHours(1)), Ct);
        Assert.Equal(Noon.AddHours(1), await store.NextDueAsync(Ct));
        Assert.Empty(await store.DueAsync(Noon.AddMinutes(30), 10, Ct));
        Assert.Single(await store.DueAsync(Noon.AddHours(2), 10, Ct));
    }

    [Fact]
    public async Task Given_random_faults_and_writers_that_try_again_Then_each_message_is_taken_once()
    {
        const int Writers = 4;
        const int Each = 12;
        var kinds = Enum.GetValues<Fault>();
        var (store, faults, options) = await OpenAsync(
            _ => Random.Shared.Next(4) == 0 ? kinds[Random.Shared.Next(kinds.Length)] : Fault.None);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(w), Ct)));
        Assert.True(faults.Count > Writers * Each);
        var calm = new TableEventStore(new StorageAccount(options with { Configure = null }));
        await calm.MustHoldAsync(s_a, Writers * Each, Ct);
        var events = await calm.ReadAsync(s_a, 0, Ct);
        for (var w = 0; w < Writers; w++)
        {
            Assert.Equal(
                Enumerable.Range(0, Each).Select(i => (byte)i),
                events.Where(e => e.Type == $"writer{w}").Select(e => e.Payload.Span[0]));
        }

        Assert.Equal(Writers * Each, (await calm.ReadOutboxAsync(s_a, Ct)).Count);

        async Task WriteAsync(int writer)
        {
            for (var i = 0; i < Each;)
            {
                try
                {
                    var version = (await store.ReadHeadAsync(s_a, Ct))?.Version ?? 0;
                    var id = $"w{writer}-{i}";
                    var request = To(s_a.Value, version, events: 0, outbox: [id], seen: [Seen(id)], due: Noon) with
                    {
                        Events = [new NewEvent($"writer{writer}", new[] { (byte)i })],
                    };
                    if (await store.AppendAsync(request, Ct) is not AppendResult.Conflict)
                        i++;
                }
                catch (Exception e) when (e is global::Azure.RequestFailedException or AggregateException)
                {
                    // Too many faults in a row: not known whether it was written, so the same message goes again.
                }
            }
        }
    }

    [Fact]
    public async Task Given_two_hosts_at_work_at_once_Then_no_event_is_lost_doubled_or_out_of_order()
    {
        var options = await azurite.FreshAsync();
        var written = new ConcurrentDictionary<string, ConcurrentQueue<long>>(StringComparer.Ordinal);
        var hosts = Enumerable.Range(0, 2).Select(_ => new TableEventStore(new StorageAccount(options))).ToArray();
        await Task.WhenAll(hosts.SelectMany((store, h) => new[] { "shared1", "shared2", $"own{h}" }.Select(stream =>
            Task.Run(() => WriteAsync(store, new StreamId(stream)), Ct))));
        Assert.Equal([20, 20, 40, 40], written.Values.Select(v => v.Count).Order());
        foreach (var (stream, versions) in written)
        {
            Assert.Equal(Enumerable.Range(1, versions.Count).Select(v => (long)v), versions.Order());
            await hosts[0].MustHoldAsync(new StreamId(stream), versions.Count, Ct);
        }

        Assert.Equal(4, (await hosts[1].DueAsync(DateTimeOffset.MaxValue, 100, Ct)).Count);

        async Task WriteAsync(TableEventStore store, StreamId stream)
        {
            for (var done = 0; done < 20;)
            {
                var version = (await store.ReadHeadAsync(stream, Ct))?.Version ?? 0;
                var request = To(stream.Value, version, due: Noon.AddSeconds(version));
                if (await store.AppendAsync(request, Ct) is not AppendResult.Appended appended)
                    continue;
                written.GetOrAdd(stream.Value, _ => new()).Enqueue(appended.Head.Version);
                done++;
            }
        }
    }

    private static bool IsTransaction(HttpMessage message) =>
        message.Request.Uri.ToUri().AbsolutePath.EndsWith("$batch", StringComparison.Ordinal);

    private static Fault Once(ref bool armed, Fault fault)
    {
        armed = false;
        return fault;
    }

    private async Task<(TableEventStore Store, FaultPolicy Faults, AzureStoreOptions Options)> OpenAsync(
        Func<HttpMessage, Fault> choose)
    {
        var fresh = await azurite.FreshAsync();
        var faults = new FaultPolicy(choose);
        var options = fresh with
        {
            RetryDelay = TimeSpan.FromMilliseconds(1),
            LongestRetryDelay = TimeSpan.FromMilliseconds(5),
            Configure = client => client.AddPolicy(faults, HttpPipelinePosition.BeforeTransport),
        };
        return (new TableEventStore(new StorageAccount(options)), faults, options);
    }
}
