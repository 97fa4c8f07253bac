using Azure;
using CustomerComm.Azure;

namespace CustomerComm.Store.Tests;

/// <summary>Settings that cannot be fail at start-up, and failures of the storage are told in one line.</summary>
public sealed class AzureOptionsTests
{
    private static readonly AzureStoreOptions s_good = new() { ConnectionString = "UseDevelopmentStorage=true" };

    public static TheoryData<string, string> Bad => new()
    {
        { "none", "Storage__TableEndpoint" },
        { "one endpoint", "Storage__BlobEndpoint" },
        { "http endpoint", "Storage__TableEndpoint: give a whole https" },
        { "prefix", "Storage__Prefix" },
        { "retries", "Storage__Retries: The field Retries must be between 0 and 20." },
        { "no delay", "Storage__RetryDelay" },
        { "longest delay", "Storage__LongestRetryDelay" },
        { "time-out", "Storage__TryTimeout" },
        { "garbage", "Storage__ConnectionString cannot be read" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Given_options_that_cannot_be_Then_one_line_names_what_is_wrong(string which, string expected)
    {
        var account = new Uri("https://example.table.core.windows.net");
        var options = which switch
        {
            "none" => new AzureStoreOptions(),
            "one endpoint" => new AzureStoreOptions { TableEndpoint = account },
            "http endpoint" => new AzureStoreOptions
            {
                TableEndpoint = new Uri("http://example.table.core.windows.net"),
                BlobEndpoint = account,
            },
            "prefix" => s_good with { Prefix = "1-2" },
            "retries" => s_good with { Retries = 21 },
            "no delay" => s_good with { RetryDelay = TimeSpan.Zero },
            "longest delay" => s_good with { LongestRetryDelay = TimeSpan.FromMilliseconds(100) },
            "time-out" => s_good with { TryTimeout = TimeSpan.FromMinutes(3) },
            _ => s_good with { ConnectionString = "AccountKey=secret" },
        };
        var failure = Assert.Throws<InvalidDataException>(() => new StorageAccount(options));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_endpoints_Then_no_key_is_needed() => Assert.NotNull(new StorageAccount(new AzureStoreOptions
    {
        TableEndpoint = new Uri("https://example.table.core.windows.net"),
        BlobEndpoint = new Uri("https://example.blob.core.windows.net"),
    }));

    [Fact]
    public async Task Given_an_account_that_is_not_there_Then_the_failure_is_told_in_one_line()
    {
        var store = new TableEventStore(new StorageAccount(new AzureStoreOptions
        {
            ConnectionString = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=c2VjcmV0;"
                + "TableEndpoint=http://127.0.0.1:1/a;BlobEndpoint=http://127.0.0.1:1/a;",
            Retries = 1,
            RetryDelay = TimeSpan.FromMilliseconds(1),
        }));
        var failure = await Record.ExceptionAsync(
            () => store.NextDueAsync(TestContext.Current.CancellationToken));
        var line = StorageFaults.Describe(failure!);
        Assert.StartsWith("The storage cannot be reached", line, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", line, StringComparison.Ordinal);
        Assert.Contains(
            "403", StorageFaults.Describe(new RequestFailedException(403, "no", "AuthenticationFailed", null)),
            StringComparison.Ordinal);
        Assert.Null(StorageFaults.Describe(new InvalidOperationException("a bug")));
    }
}
