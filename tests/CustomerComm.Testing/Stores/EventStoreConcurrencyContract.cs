using CustomerComm.App.Ports;
using CustomerComm.Domain;
using static CustomerComm.Testing.Stores.Appends;

namespace CustomerComm.Testing.Stores;

/// <summary>What every event store keeps to while many callers use it at once.</summary>
public abstract class EventStoreConcurrencyContract : StoreContract<IEventStore>
{
    private static readonly StreamId s_a = new("HY-2026-000001");

    [Fact]
    public async Task Given_many_writers_of_one_stream_Then_no_event_is_lost_doubled_or_out_of_order()
    {
        const int Writers = 8;
        const int Each = 10;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(w), Ct)));
        await Store.MustHoldAsync(s_a, Writers * Each, Ct);
        await ReopenAsync();
        await Store.MustHoldAsync(s_a, Writers * Each, Ct);
        var events = await Store.ReadAsync(s_a, 0, Ct);
        for (var w = 0; w < Writers; w++)
        {
            var own = events.Where(e => e.Type == $"writer{w}").Select(e => e.Payload.Span[0]);
            Assert.Equal(Enumerable.Range(0, Each).Select(i => (byte)i), own);
        }

        async Task WriteAsync(int writer)
        {
            for (var i = 0; i < Each;)
            {
                var version = (await Store.ReadHeadAsync(s_a, Ct))?.Version ?? 0;
                var request = To(s_a.Value, version, events: 0) with
                {
                    Events = [new NewEvent($"writer{writer}", new[] { (byte)i })],
                };
                if (await Store.AppendAsync(request, Ct) is AppendResult.Appended)
                    i++;
            }
        }
    }

    [Fact]
    public async Task Given_many_streams_at_once_Then_each_holds_and_all_are_listed()
    {
        const int Streams = 40;
        const int Each = 5;
        await Task.WhenAll(Enumerable.Range(0, Streams).Select(s => Task.Run(() => WriteAsync($"s{s:D3}"), Ct)));
        await ReopenAsync();
        Assert.Equal(Streams, (await Store.ListAsync(null, 1000, Ct)).Count);
        for (var s = 0; s < Streams; s++)
        {
            var stream = new StreamId($"s{s:D3}");
            await Store.MustHoldAsync(stream, Each * 2, Ct);
            Assert.Equal(Each, (await Store.ReadOutboxAsync(stream, Ct)).Count);
        }

        async Task WriteAsync(string stream)
        {
            for (var i = 0; i < Each; i++)
            {
                await Store.MustAppendAsync(
                    To(stream, i * 2, events: 2, outbox: [$"o{i}"], seen: [Seen($"m{i}")], due: Noon), Ct);
            }
        }
    }

    [Fact]
    public async Task Given_appends_at_once_at_the_same_version_Then_exactly_one_is_written()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => Task.Run(() => Store.AppendAsync(To(s_a.Value, 0, outbox: [$"o{i}"]), Ct), Ct)));
        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.All(results.OfType<AppendResult.Conflict>(), c => Assert.Equal(1, c.Head?.Version));
        Assert.Single(await Store.ReadOutboxAsync(s_a, Ct));
        await Store.MustHoldAsync(s_a, 1, Ct);
    }

    [Fact]
    public async Task Given_the_same_message_at_once_Then_it_is_taken_once_and_all_others_hear_of_it()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(_ => Task.Run(() => Store.AppendAsync(To(s_a.Value, 0, seen: [Seen("m", "f")]), Ct), Ct)));
        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.All(
            results.Where(r => r is not AppendResult.Appended),
            r => Assert.Equal(new TakenMessage("m", "f", 1), Assert.IsType<AppendResult.Duplicate>(r).Message));
    }

    [Fact]
    public async Task Given_good_and_bad_appends_at_once_Then_each_is_judged_on_its_own()
    {
        await Store.MustAppendAsync(To("taken", 0, seen: [Seen("old")]), Ct);
        var tasks = Enumerable.Range(0, 60).Select(i => Store.AppendAsync(
            (i % 3) switch
            {
                0 => To($"new{i}", 0, seen: [Seen("m")]),
                1 => To("taken", 0),
                _ => To("taken", 1, seen: [Seen("old")]),
            },
            Ct)).ToList();
        var results = await Task.WhenAll(tasks);
        for (var i = 0; i < results.Length; i++)
        {
            Assert.IsType(
                (i % 3) switch
                {
                    0 => typeof(AppendResult.Appended),
                    1 => typeof(AppendResult.Conflict),
                    _ => typeof(AppendResult.Duplicate),
                },
                results[i]);
        }

        await Store.MustHoldAsync(new StreamId("taken"), 1, Ct);
        Assert.Equal(21, (await Store.ListAsync(null, 100, Ct)).Count);
    }

    [Fact]
    public async Task Given_settles_among_appends_Then_a_wake_time_never_belongs_to_an_older_end()
    {
        await Store.MustAppendAsync(To(s_a.Value, 0, due: Noon), Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var settling = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    var version = (await Store.ReadHeadAsync(s_a, Ct))!.Version;
                    await Store.SettleAsync(s_a, version, [], Noon.AddSeconds(version), Ct);
                }
            },
            Ct);
        for (var version = 1L; version < 40; version++)
        {
            await Store.MustAppendAsync(To(s_a.Value, version, due: Noon.AddSeconds(version + 1)), Ct);
            var head = (await Store.ReadHeadAsync(s_a, Ct))!;
            Assert.Equal(Noon.AddSeconds(head.Version), head.NextDue);
            Assert.InRange(head.Projected, 0, head.Version);
        }

        await stop.CancelAsync();
        await settling;
    }

    [Fact]
    public async Task Given_cancellations_at_any_moment_Then_each_append_is_whole_or_absent()
    {
        var tasks = Enumerable.Range(0, 100).Select(async i =>
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var request = To($"c{i:D3}", 0, events: 2, outbox: ["o"], seen: [Seen("m")]);
            var append = Store.AppendAsync(request, cancel.Token);
            if (i % 2 == 0)
                await cancel.CancelAsync();
            try
            {
                await append;
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }).ToList();
        var written = await Task.WhenAll(tasks);
        await ReopenAsync();
        for (var i = 0; i < written.Length; i++)
        {
            var stream = new StreamId($"c{i:D3}");
            var parts = (
                await Store.ReadHeadAsync(stream, Ct) is not null,
                (await Store.ReadAsync(stream, 0, Ct)).Count,
                (await Store.ReadOutboxAsync(stream, Ct)).Count,
                await Store.FindSeenAsync(stream, "m", Ct) is not null);
            Assert.Contains(parts, new[] { (true, 2, 1, true), (false, 0, 0, false) });
            if (written[i])
                Assert.True(parts.Item1);
        }
    }
}
