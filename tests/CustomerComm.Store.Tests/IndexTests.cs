using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using CustomerComm.Azure;
using CustomerComm.Domain;
using static CustomerComm.Testing.Stores.Appends;

namespace CustomerComm.Store.Tests;

/// <summary>Rows of the indexes that a crash left behind: they never count, and go once they are old.</summary>
public sealed class IndexTests(Azurite azurite)
{
    private static readonly string s_crashed = Guid.NewGuid().ToString("N");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(14, true)]
    [InlineData(16, false)]
    public async Task Given_left_over_rows_Then_they_do_not_count_and_are_removed_after_fifteen_minutes(
        int minutes, bool kept)
    {
        var options = await azurite.FreshAsync();
        var store = new TableEventStore(new StorageAccount(options));
        await store.MustAppendAsync(To("a", 0, due: Noon.AddHours(1)), Ct);
        await store.MustAppendAsync(To("b", 0, due: Noon.AddHours(2), open: false), Ct);
        var due = new TableClient(options.ConnectionString, options.Prefix + IndexTable.Due);
        var open = new TableClient(options.ConnectionString, options.Prefix + IndexTable.Open);
        // A writer that died before its head: of a stream that lives on, and of one that never came to be.
        foreach (var stream in new[] { "b", "never" })
        {
            var id = new StreamId(stream);
            await due.AddEntityAsync(new TableEntity("due", IndexTable.DueKey(id, Noon, s_crashed)), Ct);
            await open.AddEntityAsync(new TableEntity("open", IndexTable.OpenKey(id, s_crashed)), Ct);
        }

        await LookAsync(store);
        Assert.Equal((4, 3), (await CountAsync(due), await CountAsync(open)));
        var later = new TableEventStore(new StorageAccount(options with
        {
            Configure = c => c.AddPolicy(
                new LaterPolicy(TimeSpan.FromMinutes(minutes)), HttpPipelinePosition.BeforeTransport),
        }));
        await LookAsync(later);
        Assert.Equal(kept ? (4, 3) : (2, 1), (await CountAsync(due), await CountAsync(open)));
        await LookAsync(store);
    }

    [Fact]
    public async Task Given_a_crash_before_the_row_of_the_head_before_is_removed_Then_it_does_not_count()
    {
        var options = await azurite.FreshAsync();
        var broken = new TableEventStore(new StorageAccount(options with
        {
            Retries = 0,
            Configure = c => c.AddPolicy(
                new FaultPolicy(m => m.Request.Method == RequestMethod.Delete ? Fault.BrokenBefore : Fault.None),
                HttpPipelinePosition.BeforeTransport),
        }));
        await broken.MustAppendAsync(To("a", 0, due: Noon), Ct);
        await broken.MustAppendAsync(To("a", 1, open: false), Ct);
        Assert.Empty(await broken.ListOpenAsync(null, 10, Ct));
        Assert.Null(await broken.NextDueAsync(Ct));
        await broken.MustAppendAsync(To("a", 2, due: Noon.AddHours(1)), Ct);
        Assert.Equal(3, Assert.Single(await broken.ListOpenAsync(null, 10, Ct)).Version);
        Assert.Equal(Noon.AddHours(1), await broken.NextDueAsync(Ct));
    }

    private static async Task LookAsync(TableEventStore store)
    {
        Assert.Equal(Noon.AddHours(1), await store.NextDueAsync(Ct));
        Assert.Equal(["a", "b"], (await store.DueAsync(Noon.AddDays(1), 10, Ct)).Select(h => h.Stream.Value));
        Assert.Equal(["a"], (await store.ListOpenAsync(null, 10, Ct)).Select(h => h.Stream.Value));
    }

    private static async Task<int> CountAsync(TableClient table) =>
        await table.QueryAsync<TableEntity>(cancellationToken: Ct).CountAsync(Ct);

    /// <summary>Lets the server's clock be later.</summary>
    private sealed class LaterPolicy(TimeSpan by) : HttpPipelinePolicy
    {
        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            message.Response = new LaterResponse(message.Response, by);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The store is asynchronous throughout.");
    }

    private sealed class LaterResponse(Response real, TimeSpan by) : Response
    {
        public override int Status => real.Status;

        public override string ReasonPhrase => real.ReasonPhrase;

        public override bool IsError => real.IsError;

        public override Stream? ContentStream
        {
            get => real.ContentStream;
            set => real.ContentStream = value;
        }

        public override string ClientRequestId
        {
            get => real.ClientRequestId;
            set => real.ClientRequestId = value;
        }

        public override void Dispose() => real.Dispose();

        protected override bool ContainsHeader(string name) => real.Headers.Contains(name);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => real.Headers;

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            if (!real.Headers.TryGetValue(name, out value))
                return false;
            if (string.Equals(name, "Date", StringComparison.OrdinalIgnoreCase))
            {
                var time = DateTimeOffset.Parse(value, CultureInfo.InvariantCulture) + by;
                value = time.ToString("r", CultureInfo.InvariantCulture);
            }

            return true;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values) =>
            real.Headers.TryGetValues(name, out values);
    }
}
