using Azure.Core;
using Azure.Storage.Blobs;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.Azure;
using CustomerComm.Domain;
using static CustomerComm.Testing.Stores.Appends;

namespace CustomerComm.Store.Tests;

/// <summary>Large payloads in blobs: what the storage or somebody with access to it may do to them.</summary>
public sealed class BlobTests(Azurite azurite)
{
    private static readonly StreamId s_a = new("complaint.a");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PayloadBlobs.MostInRow, 0)]
    [InlineData(PayloadBlobs.MostInRow + 1, 1)]
    public async Task Given_a_payload_Then_it_is_a_blob_only_above_the_limit_of_a_row(int length, int blobs)
    {
        var options = await azurite.FreshAsync();
        var store = new TableEventStore(new StorageAccount(options));
        await store.MustAppendAsync(Large(0, length), Ct);
        await store.MustHoldAsync(s_a, 1, Ct);
        Assert.Equal(blobs, (await NamesAsync(options)).Count);
    }

    [Fact]
    public async Task Given_sixty_payloads_at_the_limit_with_the_longest_ids_Then_the_transaction_takes_them()
    {
        var longest = 0L;
        var measure = new FaultPolicy(m =>
        {
            using var body = new MemoryStream();
            if (IsBatch(m))
                m.Request.Content!.WriteTo(body, Ct);
            longest = Math.Max(longest, body.Length);
            return Fault.None;
        });
        var store = new TableEventStore(new StorageAccount(Faulty(await azurite.FreshAsync(), measure)));
        var payload = new byte[PayloadBlobs.MostInRow];
        new Random(7).NextBytes(payload);
        var request = To(new string('漢', Keys.LongestStream), 0, events: 0) with
        {
            Events = [new NewEvent("Large", payload)],
            Outbox =
            [
                .. Enumerable.Range(1, AppendRules.MostItems - 1)
                    .Select(i => new NewMessage(new string('漢', Keys.LongestId - 2) + $"{i:D2}", payload)),
            ],
        };
        await store.MustAppendAsync(request, Ct);
        Assert.Equal(AppendRules.MostItems - 1, (await store.ReadOutboxAsync(request.Stream, Ct)).Count);
        // The emulator is more lenient than the service, whose limit is 4 MiB.
        Assert.InRange(longest, 2_500_000, 4 * 1024 * 1024);
    }

    [Fact]
    public async Task Given_the_same_large_payload_again_Then_there_is_one_blob_a_stream()
    {
        var options = await azurite.FreshAsync();
        var store = new TableEventStore(new StorageAccount(options));
        await store.MustAppendAsync(Large(0), Ct);
        await store.MustAppendAsync(Large(1), Ct);
        await store.MustAppendAsync(Large(0) with { Stream = new StreamId("complaint.b") }, Ct);
        var names = await NamesAsync(options);
        Assert.Equal(["complaint.a", "complaint.b"], names.Select(n => n.Split('~')[0]));
        await store.MustHoldAsync(s_a, 2, Ct);
    }

    [Theory]
    [InlineData(nameof(Fault.Throttled))]
    [InlineData(nameof(Fault.Unavailable))]
    [InlineData(nameof(Fault.TimedOutBefore))]
    [InlineData(nameof(Fault.BrokenBefore))]
    [InlineData(nameof(Fault.BrokenAfter))]
    [InlineData(nameof(Fault.UnavailableAfter))]
    public async Task Given_every_other_request_for_blobs_fails_Then_payloads_and_anchors_come_out_as_if_nothing_had(
        string fault)
    {
        var count = 0;
        var faults = new FaultPolicy(m =>
            IsBlob(m) && Interlocked.Increment(ref count) % 2 == 1 ? Enum.Parse<Fault>(fault) : Fault.None);
        var account = new StorageAccount(Faulty(await azurite.FreshAsync(), faults));
        var store = new TableEventStore(account);
        await store.MustAppendAsync(Large(0), Ct);
        await store.MustAppendAsync(Large(1, 5_000_000), Ct);
        await store.MustHoldAsync(s_a, 2, Ct);

        var anchors = new BlobAnchorStore(account, new SecretAnchorKey(new FixedSecrets()));
        var anchoring = new LedgerAnchoring(store, anchors, TimeProvider.System);
        await anchoring.PublishAsync(new DateOnly(2026, 11, 23), Ct);
        await anchoring.PublishAsync(new DateOnly(2026, 11, 24), Ct);
        var report = await new LedgerVerifier(store, TimeProvider.System, anchors).VerifyAsync(null, Ct);
        Assert.True(report.Holds, report.Fault?.Text);
        Assert.Equal(2, report.Anchors);
        Assert.True(faults.Count > 8, $"{faults.Count} faults");
    }

    [Fact]
    public async Task Given_blobs_that_cannot_be_written_Then_nothing_refers_to_them()
    {
        var broken = true;
        var options = await azurite.FreshAsync();
        var faults = new FaultPolicy(m => broken && IsBlob(m) ? Fault.Unavailable : Fault.None);
        var store = new TableEventStore(new StorageAccount(Faulty(options, faults)));
        Assert.NotNull(await Record.ExceptionAsync(() => store.AppendAsync(Large(0), Ct)));
        Assert.Null(await store.ReadHeadAsync(s_a, Ct));
        broken = false;
        await store.MustAppendAsync(Large(0), Ct);
        await store.MustHoldAsync(s_a, 1, Ct);
    }

    [Fact]
    public async Task Given_a_crash_after_the_blob_Then_it_is_left_over_and_does_no_harm()
    {
        var options = await azurite.FreshAsync();
        var broken = true;
        var faults = new FaultPolicy(m => broken && !IsBlob(m) && IsBatch(m) ? Fault.Unavailable : Fault.None);
        var store = new TableEventStore(new StorageAccount(Faulty(options, faults)));
        Assert.NotNull(await Record.ExceptionAsync(() => store.AppendAsync(Large(0), Ct)));
        Assert.Single(await NamesAsync(options));
        Assert.Null(await store.ReadHeadAsync(s_a, Ct));
        broken = false;
        await store.MustAppendAsync(Large(0), Ct);
        Assert.Single(await NamesAsync(options));
        await store.MustHoldAsync(s_a, 1, Ct);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_a_blob_is_changed_or_removed_Then_reading_says_so_and_the_ledger_names_the_event(
        bool removed)
    {
        var options = await azurite.FreshAsync();
        var store = new TableEventStore(new StorageAccount(options));
        await store.MustAppendAsync(To(s_a.Value, 0, events: 2), Ct);
        await store.MustAppendAsync(Large(2), Ct);
        var blob = Payloads(options).GetBlobClient(Assert.Single(await NamesAsync(options)));
        if (removed)
            await blob.DeleteAsync(cancellationToken: Ct);
        else
            await blob.UploadAsync(BinaryData.FromString("other"), overwrite: true, Ct);
        await Assert.ThrowsAsync<InvalidDataException>(() => store.ReadAsync(s_a, 0, Ct));
        var fault = (await new LedgerVerifier(store, TimeProvider.System).VerifyAsync(null, Ct)).Fault;
        Assert.Equal((LedgerFaultKind.Altered, s_a, 3L), (fault!.Kind, fault.Stream!.Value, fault.Version));
        Assert.Contains(removed ? "missing" : "not what was written", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_anchors_When_published_Then_no_request_writes_over_or_deletes_a_blob()
    {
        var options = await azurite.FreshAsync();
        var writes = new List<(RequestMethod Method, bool Creates)>();
        var watch = new FaultPolicy(m =>
        {
            if (m.Request.Uri.Path.Contains("anchors/", StringComparison.Ordinal)
                && m.Request.Method != RequestMethod.Get && m.Request.Method != RequestMethod.Head)
            {
                writes.Add((m.Request.Method, m.Request.Headers.TryGetValue("If-None-Match", out var e) && e == "*"));
            }

            return Fault.None;
        });
        var account = new StorageAccount(Faulty(options, watch));
        var store = new TableEventStore(account);
        var anchors = new BlobAnchorStore(account, new SecretAnchorKey(new FixedSecrets()));
        var anchoring = new LedgerAnchoring(store, anchors, TimeProvider.System);
        for (var day = 23; day < 26; day++)
        {
            await store.MustAppendAsync(To(s_a.Value, day - 23), Ct);
            await anchoring.PublishAsync(new DateOnly(2026, 11, day), Ct);
            await anchoring.PublishAsync(new DateOnly(2026, 11, day), Ct);
        }

        Assert.Equal(6, writes.Count);
        Assert.All(writes, w => Assert.Equal((RequestMethod.Put, true), w));
    }

    [Fact]
    public async Task When_an_anchor_is_changed_removed_or_signed_by_another_Then_it_is_not_authentic()
    {
        var options = await azurite.FreshAsync();
        var account = new StorageAccount(options);
        var anchors = new BlobAnchorStore(account, new SecretAnchorKey(new FixedSecrets()));
        var anchoring = new LedgerAnchoring(new TableEventStore(account), anchors, TimeProvider.System);
        for (var day = 23; day < 26; day++)
            await anchoring.PublishAsync(new DateOnly(2026, 11, day), Ct);
        Assert.Equal([true, true, true], await AuthenticAsync());
        var container = new BlobContainerClient(
            options.ConnectionString, options.Prefix.ToLowerInvariant() + BlobAnchorStore.Container);
        await container.GetBlobClient("anchor/2026-11-24.json").DeleteAsync(cancellationToken: Ct);
        Assert.Equal([true, false], await AuthenticAsync());
        Assert.NotNull((await anchors.FindLatestAsync(Ct))!.Wrong);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => anchoring.PublishAsync(new DateOnly(2026, 11, 26), Ct));

        var other = new BlobAnchorStore(account, new SecretAnchorKey(new OtherSecrets()));
        Assert.All(await other.ListAsync(null, Ct).ToListAsync(Ct), a => Assert.NotNull(a.Wrong));

        Task<List<bool>> AuthenticAsync() => anchors.ListAsync(null, Ct).Select(a => a.Wrong is null).ToListAsync(Ct).AsTask();
    }

    private static Append Large(long expected, int length = 100_000)
    {
        var payload = new byte[length];
        new Random(7).NextBytes(payload);
        return To(s_a.Value, expected, events: 0) with { Events = [new NewEvent("Large", payload)] };
    }

    private static bool IsBlob(HttpMessage message) =>
        message.Request.Uri.Path.Contains(PayloadBlobs.Container, StringComparison.Ordinal)
        || message.Request.Uri.Path.Contains(BlobAnchorStore.Container, StringComparison.Ordinal);

    private static bool IsBatch(HttpMessage message) =>
        message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal);

    private static AzureStoreOptions Faulty(AzureStoreOptions options, FaultPolicy faults) => options with
    {
        RetryDelay = TimeSpan.FromMilliseconds(1),
        LongestRetryDelay = TimeSpan.FromMilliseconds(5),
        Configure = client => client.AddPolicy(faults, HttpPipelinePosition.BeforeTransport),
    };

    private static BlobContainerClient Payloads(AzureStoreOptions options) =>
        new(options.ConnectionString, options.Prefix.ToLowerInvariant() + PayloadBlobs.Container);

    private static async Task<List<string>> NamesAsync(AzureStoreOptions options)
    {
        var container = Payloads(options);
        return await container.ExistsAsync(Ct)
            ? await container.GetBlobsAsync(cancellationToken: Ct).Select(b => b.Name).ToListAsync(Ct)
            : [];
    }

    private sealed class OtherSecrets : ISecrets
    {
        public byte[] For(string purpose) => new byte[32];
    }
}
