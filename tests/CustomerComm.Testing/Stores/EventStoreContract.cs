using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using static CustomerComm.Testing.Stores.Appends;

namespace CustomerComm.Testing.Stores;

/// <summary>
/// What every event store does; see <see cref="EventStoreConcurrencyContract"/> for many callers at once.
/// </summary>
public abstract partial class EventStoreContract : StoreContract<IEventStore>
{
    private static readonly StreamId s_a = new("HY-2026-000001");

    [Fact]
    public async Task Given_no_stream_Then_every_read_is_empty()
    {
        Assert.Null(await Store.ReadHeadAsync(s_a, Ct));
        Assert.Empty(await Store.ReadAsync(s_a, 0, Ct));
        Assert.Empty(await Store.ReadOutboxAsync(s_a, Ct, all: true));
        Assert.Null(await Store.FindSeenAsync(s_a, "m1", Ct));
        Assert.Empty(await Store.DueAsync(DateTimeOffset.MaxValue, 10, Ct));
        Assert.Null(await Store.NextDueAsync(Ct));
        Assert.Empty(await Store.ListAsync(null, 10, Ct));
        Assert.Empty(await Store.ListOpenAsync(null, 10, Ct));
    }

    [Fact]
    public async Task Given_an_append_Then_all_of_it_reads_back_and_outlives_a_restart()
    {
        var head = await Store.MustAppendAsync(
            To(s_a.Value, 0, events: 2, outbox: ["b", "a"], seen: [Seen("m1", "f1")], due: Noon.AddHours(1)), Ct);
        Assert.Equal((2, Noon.AddHours(1), true, 0), (head.Version, head.NextDue, head.Open, head.Projected));

        for (var pass = 0; pass < 2; pass++)
        {
            await Store.MustHoldAsync(s_a, 2, Ct);
            var stored = await Store.ReadHeadAsync(s_a, Ct);
            Assert.NotNull(stored);
            Assert.Equal(head with { Hash = default }, stored with { Hash = default });
            Assert.Equal(head.Hash.ToArray(), stored.Hash.ToArray());

            var first = (await Store.ReadAsync(s_a, 0, Ct))[0];
            Assert.Equal((s_a, "Tested", Noon), (first.Stream, first.Type, first.At));
            Assert.Equal(Event(1).Payload.ToArray(), first.Payload.ToArray());
            Assert.Equal(HashChain.Start.ToArray(), first.PreviousHash.ToArray());

            // In the order they were owed, not of their ids.
            var outbox = await Store.ReadOutboxAsync(s_a, Ct);
            Assert.Equal(["b", "a"], outbox.Select(m => m.Id));
            Assert.All(outbox, m => Assert.Equal(
                (s_a, 2L, DeliveryStatus.Pending, 0, Noon, null),
                (m.Stream, m.Version, m.Status, m.Attempts, m.NextAttempt, m.Error)));
            Assert.Equal("message b", System.Text.Encoding.UTF8.GetString(outbox[0].Payload.Span));
            Assert.Equal(new TakenMessage("m1", "f1", 2), await Store.FindSeenAsync(s_a, "m1", Ct));
            await ReopenAsync();
        }
    }

    [Fact]
    public async Task Given_more_appends_Then_versions_and_chain_go_on_across_a_restart()
    {
        await Store.MustAppendAsync(To(s_a.Value, 0, events: 3), Ct);
        await ReopenAsync();
        await Store.MustAppendAsync(To(s_a.Value, 3, events: 2), Ct);
        await Store.MustHoldAsync(s_a, 5, Ct);
    }

    [Fact]
    public async Task When_reading_a_part_Then_it_is_that_part_in_order()
    {
        await Store.MustAppendAsync(To(s_a.Value, 0, events: 9), Ct);
        Assert.Equal([4L, 5, 6], (await Store.ReadAsync(s_a, 3, Ct, take: 3)).Select(e => e.Version));
        Assert.Equal([9L], (await Store.ReadAsync(s_a, 8, Ct, take: 3)).Select(e => e.Version));
        Assert.Empty(await Store.ReadAsync(s_a, 9, Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Given_another_version_than_expected_Then_conflict_and_nothing_is_written(long expected)
    {
        var head = await Store.MustAppendAsync(To(s_a.Value, 0, events: 2), Ct);
        var result = await Store.AppendAsync(
            To(s_a.Value, expected, outbox: ["x"], seen: [Seen("m2")], due: Noon, open: false), Ct);
        var conflict = Assert.IsType<AppendResult.Conflict>(result);
        Assert.Equal(head.Version, conflict.Head?.Version);
        Assert.Equal(head.Hash.ToArray(), conflict.Head?.Hash.ToArray());
        await Store.MustHoldAsync(s_a, 2, Ct);
        Assert.Empty(await Store.ReadOutboxAsync(s_a, Ct, all: true));
        Assert.Null(await Store.FindSeenAsync(s_a, "m2", Ct));
        Assert.Null(await Store.NextDueAsync(Ct));
    }

    [Fact]
    public async Task Given_no_stream_but_a_version_expected_Then_conflict_without_a_head()
    {
        var result = await Store.AppendAsync(To(s_a.Value, 1), Ct);
        Assert.Null(Assert.IsType<AppendResult.Conflict>(result).Head);
        Assert.Null(await Store.ReadHeadAsync(s_a, Ct));
    }

    [Theory]
    [InlineData(2)] // The version fits: still a duplicate.
    [InlineData(0)] // It does not: a duplicate goes before a conflict.
    public async Task Given_a_seen_id_taken_before_Then_duplicate_and_nothing_is_written(long expected)
    {
        await Store.MustAppendAsync(To(s_a.Value, 0, events: 2, seen: [Seen("m1", "f1")]), Ct);
        var result = await Store.AppendAsync(To(s_a.Value, expected, seen: [Seen("m0"), Seen("m1", "other")]), Ct);
        Assert.Equal(new TakenMessage("m1", "f1", 2), Assert.IsType<AppendResult.Duplicate>(result).Message);
        await Store.MustHoldAsync(s_a, 2, Ct);
        Assert.Null(await Store.FindSeenAsync(s_a, "m0", Ct));
    }

    [Fact]
    public async Task Given_the_same_ids_in_another_stream_Then_they_are_new_there()
    {
        await Store.MustAppendAsync(To("a", 0, outbox: ["o"], seen: [Seen("m")]), Ct);
        await Store.MustAppendAsync(To("b", 0, outbox: ["o"], seen: [Seen("m")]), Ct);
        await Store.MustHoldAsync(new StreamId("b"), 1, Ct);
    }

    [Fact]
    public async Task Given_no_events_Then_ids_and_wake_time_are_kept_and_the_version_stays()
    {
        await Store.MustAppendAsync(To(s_a.Value, 0), Ct);
        var head = await Store.MustAppendAsync(
            To(s_a.Value, 1, events: 2, seen: [Seen("m9")], due: Noon, open: false), Ct);
        Assert.Equal((3, Noon, false), (head.Version, head.NextDue, head.Open));
        Assert.Equal(new TakenMessage("m9", "", 3), await Store.FindSeenAsync(s_a, "m9", Ct));
        await Store.MustHoldAsync(s_a, 3, Ct);
        await Assert.ThrowsAsync<ArgumentException>(
            () => Store.AppendAsync(To(s_a.Value, 3, events: 0, seen: [Seen("m10")]), Ct));
    }

    [Fact]
    public async Task Given_sixty_items_Then_taken_and_sixty_one_refused()
    {
        var outbox = Enumerable.Range(0, 29).Select(i => $"o{i}").ToArray();
        await Assert.ThrowsAsync<ArgumentException>(
            () => Store.AppendAsync(To(s_a.Value, 0, events: 30, outbox, [Seen("a"), Seen("b")]), Ct));
        await Store.MustAppendAsync(To(s_a.Value, 0, events: 30, outbox, [Seen("a")]), Ct);
        Assert.Equal(outbox, (await Store.ReadOutboxAsync(s_a, Ct)).Select(m => m.Id));
    }

    [Fact]
    public async Task Given_a_large_and_an_empty_payload_Then_both_read_back()
    {
        var large = new byte[40_000];
        new Random(7).NextBytes(large);
        var request = To(s_a.Value, 0) with { Events = [new NewEvent("Large", large), new NewEvent("Empty", default)] };
        await Store.MustAppendAsync(request, Ct);
        await ReopenAsync();
        var events = await Store.ReadAsync(s_a, 0, Ct);
        Assert.Equal(large, events[0].Payload.ToArray());
        Assert.Equal(0, events[1].Payload.Length);
        await Store.MustHoldAsync(s_a, 2, Ct);
    }

    [Fact]
    public async Task Given_a_time_in_another_zone_Then_the_same_instant_reads_back_and_the_hash_holds()
    {
        var china = new DateTimeOffset(2026, 11, 23, 20, 0, 0, 123, TimeSpan.FromHours(8)).AddTicks(4567);
        await Store.MustAppendAsync(To(s_a.Value, 0, due: china) with { At = china }, Ct);
        var e = Assert.Single(await Store.ReadAsync(s_a, 0, Ct));
        Assert.Equal(china.ToUnixTimeMilliseconds(), e.At.ToUnixTimeMilliseconds());
        Assert.Equal(china.ToUnixTimeMilliseconds(), (await Store.NextDueAsync(Ct))?.ToUnixTimeMilliseconds());
        await Store.MustHoldAsync(s_a, 1, Ct);
    }

    [Fact]
    public async Task When_settling_the_end_Then_deliveries_projection_and_wake_time_are_kept()
    {
        await Store.MustAppendAsync(To(s_a.Value, 0, outbox: ["a", "b", "c"], due: Noon), Ct);
        var retry = Noon.AddMinutes(5);
        Assert.True(await Store.SettleAsync(
            s_a,
            1,
            [
                new OutboxUpdate("a", DeliveryStatus.Delivered, 1, Noon, null),
                new OutboxUpdate("b", DeliveryStatus.Pending, 2, retry, "busy"),
                new OutboxUpdate("c", DeliveryStatus.Dead, 9, Noon, "拒收"),
            ],
            Noon.AddDays(1),
            Ct));
        await ReopenAsync();
        var pending = Assert.Single(await Store.ReadOutboxAsync(s_a, Ct));
        Assert.Equal(("b", 2, retry, "busy"), (pending.Id, pending.Attempts, pending.NextAttempt, pending.Error));
        var all = await Store.ReadOutboxAsync(s_a, Ct, all: true);
        Assert.Equal(
            [DeliveryStatus.Delivered, DeliveryStatus.Pending, DeliveryStatus.Dead], all.Select(m => m.Status));
        Assert.Equal("拒收", all[2].Error);
        var head = await Store.ReadHeadAsync(s_a, Ct);
        Assert.Equal((1L, 1L, Noon.AddDays(1)), (head!.Version, head.Projected, head.NextDue));
    }

    [Fact]
    public async Task When_settling_a_stream_that_moved_on_Then_only_deliveries_are_kept()
    {
        await Store.MustAppendAsync(To(s_a.Value, 0, outbox: ["a"], due: Noon), Ct);
        await Store.MustAppendAsync(To(s_a.Value, 1, outbox: ["b"], due: Noon.AddMinutes(1)), Ct);
        Assert.False(await Store.SettleAsync(
            s_a, 1, [new OutboxUpdate("a", DeliveryStatus.Delivered, 1, Noon, null)], null, Ct));
        Assert.Equal("b", Assert.Single(await Store.ReadOutboxAsync(s_a, Ct)).Id);
        var head = await Store.ReadHeadAsync(s_a, Ct);
        Assert.Equal((0L, Noon.AddMinutes(1)), (head!.Projected, head.NextDue));
        Assert.True(await Store.SettleAsync(s_a, 2, [], null, Ct));
        Assert.Null(await Store.NextDueAsync(Ct));
    }

    [Fact]
    public async Task When_settling_what_is_not_there_Then_nothing_happens()
    {
        var update = new OutboxUpdate("no", DeliveryStatus.Delivered, 1, Noon, null);
        Assert.False(await Store.SettleAsync(s_a, 0, [update], Noon, Ct));
        Assert.False(await Store.SettleAsync(s_a, 1, [update], Noon, Ct));
        Assert.Null(await Store.NextDueAsync(Ct));
        Assert.Null(await Store.ReadHeadAsync(s_a, Ct));
    }

    [Fact]
    public async Task When_asked_what_is_due_Then_the_most_overdue_come_first()
    {
        int?[] minutes = [30, 10, null, 20, -400, 40];
        for (var i = 0; i < minutes.Length; i++)
        {
            DateTimeOffset? due = minutes[i] is { } m ? Noon.AddMinutes(m) : null;
            await Store.MustAppendAsync(To($"s{i}", 0, due: due), Ct);
        }

        await ReopenAsync();
        Assert.Equal(Noon.AddMinutes(-400), await Store.NextDueAsync(Ct));
        var due30 = await Store.DueAsync(Noon.AddMinutes(30), 10, Ct);
        Assert.Equal(["s4", "s1", "s3", "s0"], due30.Select(h => h.Stream.Value));
        Assert.Equal(Noon.AddMinutes(10), due30[1].NextDue);
        Assert.Equal(["s4", "s1"], (await Store.DueAsync(Noon.AddMinutes(30), 2, Ct)).Select(h => h.Stream.Value));
        Assert.Empty(await Store.DueAsync(Noon.AddDays(-1), 10, Ct));

        await Store.SettleAsync(new StreamId("s4"), 1, [], Noon.AddMinutes(25), Ct);
        await Store.SettleAsync(new StreamId("s1"), 1, [], null, Ct);
        var after = await Store.DueAsync(Noon.AddMinutes(30), 10, Ct);
        Assert.Equal(["s3", "s4", "s0"], after.Select(h => h.Stream.Value));
    }

    [Fact]
    public async Task When_listing_Then_pages_follow_each_other_in_ordinal_order()
    {
        string[] ids = ["b", "B", "a:1", "a.1", "a-1", "a_1", "a1", "a10", "a2", "HY-2026-000010", "HY-2026-000009"];
        foreach (var id in ids)
            await Store.MustAppendAsync(To(id, 0), Ct);
        var listed = new List<string>();
        StreamId? after = null;
        while (await Store.ListAsync(after, 3, Ct) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 3);
            listed.AddRange(page.Select(h => h.Stream.Value));
            after = page[^1].Stream;
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task When_listing_open_streams_Then_each_is_there_from_its_opening_to_its_closing_and_again()
    {
        string[] ids = ["d", "c", "b", "a", "e"];
        foreach (var id in ids)
            await Store.MustAppendAsync(To(id, 0, open: id != "e"), Ct);
        Assert.Equal(["a", "b", "c", "d"], await OpenAsync(3));

        await Store.MustAppendAsync(To("b", 1, open: false), Ct);
        await Store.MustAppendAsync(To("c", 1, open: true, due: Noon), Ct);
        await Store.SettleAsync(new StreamId("d"), 1, [], Noon, Ct);
        await ReopenAsync();
        Assert.Equal(["a", "c", "d"], await OpenAsync(1));

        await Store.MustAppendAsync(To("b", 2, open: true), Ct);
        await Store.MustAppendAsync(To("e", 1, open: true), Ct);
        await Store.MustAppendAsync(To("a", 1, seen: [Seen("m")], open: false), Ct);
        Assert.Equal(["b", "c", "d", "e"], await OpenAsync(2));
        Assert.Equal(3, (await Store.ListOpenAsync(new StreamId("a"), 1, Ct))[0].Version);
        Assert.Empty(await Store.ListOpenAsync(null, 0, Ct));
        Assert.Empty(await Store.ListOpenAsync(new StreamId("e"), 10, Ct));

        async Task<List<string>> OpenAsync(int take)
        {
            var open = new List<string>();
            StreamId? after = null;
            while (await Store.ListOpenAsync(after, take, Ct) is { Count: > 0 } page)
            {
                Assert.InRange(page.Count, 1, take);
                Assert.All(page, h => Assert.True(h.Open));
                open.AddRange(page.Select(h => h.Stream.Value));
                after = page[^1].Stream;
            }

            return open;
        }
    }

    [Theory]
    [InlineData(1, 320_000)] // A scan of a signature on paper, sealed.
    [InlineData(1, 3_000_000)]
    [InlineData(60, 45_000)] // As many and as large as they get without being large one by one.
    public async Task Given_payloads_of_any_size_Then_they_read_back_and_the_chain_holds(int count, int length)
    {
        var large = new byte[length];
        new Random(7).NextBytes(large);
        var request = To(s_a.Value, 0, events: 0) with
        {
            Events = [.. Enumerable.Range(0, (count + 1) / 2).Select(_ => new NewEvent("Large", large))],
            Outbox = [.. Enumerable.Range(0, count / 2).Select(i => new NewMessage($"o{i}", large))],
        };
        await Store.MustAppendAsync(request, Ct);
        await ReopenAsync();
        await Store.MustHoldAsync(s_a, request.Events.Count, Ct);
        Assert.All(await Store.ReadAsync(s_a, 0, Ct), e => Assert.True(e.Payload.Span.SequenceEqual(large)));
        var outbox = await Store.ReadOutboxAsync(s_a, Ct);
        Assert.Equal(request.Outbox.Select(m => m.Id), outbox.Select(m => m.Id));
        Assert.All(outbox, m => Assert.True(m.Payload.Span.SequenceEqual(large)));
        var delivered = outbox.Select(m => new OutboxUpdate(m.Id, DeliveryStatus.Delivered, 1, Noon, null));
        await Store.SettleAsync(s_a, request.Events.Count, [.. delivered], null, Ct);
        Assert.Empty(await Store.ReadOutboxAsync(s_a, Ct));
    }

    [Fact]
    public async Task Given_a_cancelled_token_Then_nothing_is_written()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.AppendAsync(To(s_a.Value, 0), cancelled));
        Assert.Null(await Store.ReadHeadAsync(s_a, Ct));
    }

    [Fact]
    public async Task Given_ids_that_no_store_could_keep_apart_Then_they_are_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AppendAsync(To("", 0), Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AppendAsync(To(s_a.Value, 0, seen: [Seen("")]), Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AppendAsync(To(s_a.Value, 0, outbox: [""]), Ct));
        string[] streams = ["a/b", "a~b", "a\tb", new('a', Keys.LongestStream + 1)];
        foreach (var stream in streams)
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AppendAsync(To(stream, 0), Ct));
        var longest = new string('m', Keys.LongestId);
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Store.AppendAsync(To(s_a.Value, 0, seen: [Seen(longest + "m")]), Ct));
        Assert.Null(await Store.ReadHeadAsync(s_a, Ct));
    }

    [Fact]
    public async Task Given_appends_over_time_Then_those_changed_since_are_listed_in_order()
    {
        foreach (var (name, minutes) in new[] { ("d", 0L), ("a", 1), ("c", 2), ("b", 3) })
            await Store.MustAppendAsync(To(name, 0) with { At = Noon.AddMinutes(minutes) }, Ct);
        await Store.SettleAsync(new StreamId("d"), 1, [], null, Ct);
        Assert.Equal(["b", "c"], await ChangedAsync(2, 10));
        await ReopenAsync();
        await Store.MustAppendAsync(To("d", 1) with { At = Noon.AddMinutes(9) }, Ct);
        Assert.Equal(["b", "c", "d"], await ChangedAsync(2, 2));
        Assert.Empty(await ChangedAsync(10, 2));

        async Task<List<string>> ChangedAsync(int minutes, int take)
        {
            var found = new List<string>();
            StreamId? after = null;
            while (await Store.ListChangedAsync(Noon.AddMinutes(minutes), after, take, Ct) is { Count: > 0 } page)
            {
                found.AddRange(page.Select(h => h.Stream.Value));
                after = page[^1].Stream;
            }

            return found;
        }
    }

    [Fact]
    public async Task Given_messages_and_ids_Then_the_last_event_bears_their_digest_and_all_read_back()
    {
        await Store.MustAppendAsync(To(s_a.Value, 0, events: 2, outbox: ["o1", "o2"], seen: [Seen("m", "f")]), Ct);
        await Store.MustAppendAsync(To(s_a.Value, 2), Ct);
        await ReopenAsync();
        var events = await Store.ReadAsync(s_a, 0, Ct);
        var items = (await Store.ReadOutboxAsync(s_a, Ct, all: true)).Select(m => HashChain.ItemOf(m.Id, m.Payload.Span))
            .Concat((await Store.ReadSeenAsync(s_a, Ct)).Select(s => HashChain.ItemOf(new SeenMessage(s.Id, s.Fingerprint))));
        Assert.Equal([true, false, true], events.Select(e => e.Attached.IsEmpty));
        Assert.Equal(HashChain.Attach(items), events[1].Attached.ToArray());
        Assert.Equal(new TakenMessage("m", "f", 2), Assert.Single(await Store.ReadSeenAsync(s_a, Ct)));
    }
}
