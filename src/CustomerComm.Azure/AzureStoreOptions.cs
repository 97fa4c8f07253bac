using Azure.Data.Tables;

namespace CustomerComm.Azure;

/// <summary>
/// Where the tables are. With a connection string its key is used; without one the managed identity (or whatever
/// DefaultAzureCredential finds) signs in at <see cref="TableEndpoint"/>.
/// </summary>
public sealed record AzureStoreOptions
{
    /// <summary>Connection string, e.g. <c>UseDevelopmentStorage=true</c> for the emulator.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Table endpoint of the account, e.g. <c>https://example.table.core.windows.net</c>.</summary>
    public Uri? TableEndpoint { get; init; }

    /// <summary>Blob endpoint of the account, e.g. <c>https://example.blob.core.windows.net</c>.</summary>
    public Uri? BlobEndpoint { get; init; }

    /// <summary>
    /// What the name of every table begins with: a letter, then letters and digits, so that several installations can
    /// share an account. Empty: none.
    /// </summary>
    public string TablePrefix { get; init; } = "";

    /// <summary>Puts in what tests need: faults, shorter waits.</summary>
    internal Action<TableClientOptions>? Configure { get; init; }
}
