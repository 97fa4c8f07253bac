using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;

namespace CustomerComm.Azure;

/// <summary>
/// The tables of one installation. A table is created when it is first used. A request that is throttled (429, 503),
/// times out or breaks off is repeated up to five times, waiting 0.2 s, 0.4 s … at most 5 s, or as long as the server
/// asks; each try may take 15 s.
/// </summary>
public sealed partial class TableStorage
{
    private readonly TableServiceClient _service;
    private readonly string _prefix;
    private readonly ConcurrentDictionary<string, Lazy<Task<TableClient>>> _tables = new(StringComparer.Ordinal);

    /// <summary>Throws <see cref="ArgumentException"/> where no account is named or the prefix is impossible.</summary>
    public TableStorage(AzureStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!PrefixPattern().IsMatch(options.TablePrefix))
        {
            throw new ArgumentException(
                "A table prefix is a letter followed by at most 29 letters and digits.", nameof(options));
        }

        _prefix = options.TablePrefix;
        var client = new TableClientOptions();
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = 5;
        client.Retry.Delay = TimeSpan.FromSeconds(0.2);
        client.Retry.MaxDelay = TimeSpan.FromSeconds(5);
        client.Retry.NetworkTimeout = TimeSpan.FromSeconds(15);
        // Bodies and addresses may tell of residents.
        client.Diagnostics.IsLoggingContentEnabled = false;
        options.Configure?.Invoke(client);
        _service = options switch
        {
            { ConnectionString: { Length: > 0 } text } => new TableServiceClient(text, client),
            { TableEndpoint: { } endpoint } =>
                new TableServiceClient(endpoint, new DefaultAzureCredential(), client),
            _ => throw new ArgumentException(
                "Table storage needs a connection string or a table endpoint.", nameof(options)),
        };
    }

    /// <summary>The table of this name, which is there.</summary>
    internal async Task<TableClient> OpenAsync(string name)
    {
        var lazy = _tables.GetOrAdd(name, n => new Lazy<Task<TableClient>>(() => CreateAsync(n)));
        try
        {
            return await lazy.Value.ConfigureAwait(false);
        }
        catch
        {
            // A failure may pass, so it is not remembered.
            _tables.TryRemove(new(name, lazy));
            throw;
        }
    }

    // Not cancellable: whoever else waits for the table must not suffer from one caller giving up.
    private async Task<TableClient> CreateAsync(string name)
    {
        var table = _service.GetTableClient(_prefix + name);
        try
        {
            await table.CreateIfNotExistsAsync().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 409 && e.ErrorCode == "TableAlreadyExists")
        {
            // Another process was faster, or our own first try was, whose answer got lost.
        }

        return table;
    }

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9]{0,29})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PrefixPattern();
}
