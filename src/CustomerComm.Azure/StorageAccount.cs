using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using CustomerComm.App;

namespace CustomerComm.Azure;

/// <summary>
/// The tables and blob containers of one installation, each created when it is first used. A request that is throttled
/// (429, 503), times out or breaks off is repeated as <see cref="AzureStoreOptions"/> says.
/// </summary>
public sealed class StorageAccount
{
    private readonly TableServiceClient _tableService;
    private readonly BlobServiceClient _blobService;
    private readonly string _prefix;
    private readonly Once<TableClient> _tables;
    private readonly Once<BlobContainerClient> _containers;

    /// <summary>Opens nothing yet. Throws <see cref="InvalidDataException"/> for options that cannot be.</summary>
    public StorageAccount(AzureStoreOptions options)
    {
        options.Checked(HostSettings.Storage);
        _prefix = options.Prefix;
        var tables = Prepare(new TableClientOptions(), options);
        var blobs = Prepare(new BlobClientOptions(), options);
        try
        {
            if (options.ConnectionString is { Length: > 0 } text)
            {
                _tableService = new TableServiceClient(text, tables);
                _blobService = new BlobServiceClient(text, blobs);
            }
            else
            {
                var credential = new DefaultAzureCredential();
                _tableService = new TableServiceClient(options.TableEndpoint, credential, tables);
                _blobService = new BlobServiceClient(options.BlobEndpoint, credential, blobs);
            }
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The text itself holds the account's key, so it is not repeated.
            throw new InvalidDataException(
                "CustomerComm__Storage__ConnectionString cannot be read; it names the account and its key, or is "
                + "UseDevelopmentStorage=true.", e);
        }

        _tables = new Once<TableClient>(CreateTableAsync);
        _containers = new Once<BlobContainerClient>(CreateContainerAsync);
    }

    /// <summary>The table of this name, which is there.</summary>
    internal Task<TableClient> OpenTableAsync(string name) => _tables.GetAsync(name);

    /// <summary>The container of this name (lower-case letters), which is there.</summary>
    internal Task<BlobContainerClient> OpenContainerAsync(string name) => _containers.GetAsync(name);

    private static T Prepare<T>(T client, AzureStoreOptions options)
        where T : ClientOptions
    {
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = options.Retries;
        client.Retry.Delay = options.RetryDelay;
        client.Retry.MaxDelay = options.LongestRetryDelay;
        client.Retry.NetworkTimeout = options.TryTimeout;
        // Bodies and addresses may tell of residents.
        client.Diagnostics.IsLoggingContentEnabled = false;
        options.Configure?.Invoke(client);
        return client;
    }

    private async Task<TableClient> CreateTableAsync(string name)
    {
        var table = _tableService.GetTableClient(_prefix + name);
        try
        {
            await table.CreateIfNotExistsAsync().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 403 || e is { Status: 409, ErrorCode: "TableAlreadyExists" })
        {
            // Another process was faster, or our own first try was, whose answer got lost; or who deployed the account
            // made its tables and lets the application make none.
        }

        return table;
    }

    private async Task<BlobContainerClient> CreateContainerAsync(string name)
    {
        var container = _blobService.GetBlobContainerClient(_prefix.ToLowerInvariant() + name);
        try
        {
            // Without public access, which is also the default of the account.
            await container.CreateIfNotExistsAsync().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 403 or 409)
        {
            // As above.
        }

        return container;
    }

    private sealed class Once<T>(Func<string, Task<T>> create)
    {
        private readonly ConcurrentDictionary<string, Lazy<Task<T>>> _opened = new(StringComparer.Ordinal);

        // Not cancellable: whoever else waits for it must not suffer from one caller giving up.
        public async Task<T> GetAsync(string name)
        {
            var lazy = _opened.GetOrAdd(name, n => new Lazy<Task<T>>(() => create(n)));
            try
            {
                return await lazy.Value.ConfigureAwait(false);
            }
            catch
            {
                // A failure may pass, so it is not remembered.
                _opened.TryRemove(new(name, lazy));
                throw;
            }
        }
    }
}
