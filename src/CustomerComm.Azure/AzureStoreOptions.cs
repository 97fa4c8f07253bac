using System.Text.RegularExpressions;
using Azure.Core;

namespace CustomerComm.Azure;

/// <summary>
/// Where tables and blobs are. With a connection string its key is used; without one the managed identity (or whatever
/// DefaultAzureCredential finds) signs in at the two endpoints.
/// </summary>
public sealed partial record AzureStoreOptions
{
    /// <summary>Connection string, e.g. <c>UseDevelopmentStorage=true</c> for the emulator.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Table endpoint of the account, e.g. <c>https://example.table.core.windows.net</c>.</summary>
    public Uri? TableEndpoint { get; init; }

    /// <summary>Blob endpoint of the account, e.g. <c>https://example.blob.core.windows.net</c>.</summary>
    public Uri? BlobEndpoint { get; init; }

    /// <summary>
    /// What the name of every table and container begins with: a letter, then at most 29 letters and digits, so that
    /// several installations can share an account. Empty: none.
    /// </summary>
    public string Prefix { get; init; } = "";

    /// <summary>How often a request that was throttled or broke off is repeated: 0 to 20, 5 by default.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>
    /// Pause before the first repetition, doubled each time: 1 ms to 10 s, 0.2 s by default. A server that asks for
    /// more gets it.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>Longest pause: from the first one to 2 min, 5 s by default.</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one try may take: 1 s to 2 min, 15 s by default.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Puts in what tests need: faults, counts.</summary>
    internal Action<ClientOptions>? Configure { get; init; }

    /// <summary>
    /// Throws <see cref="InvalidDataException"/>, in one line that says which setting is wrong and what it may be.
    /// </summary>
    public void Require()
    {
        if (Problem() is { } problem)
            throw new InvalidDataException(problem);
    }

    private string? Problem()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            if (TableEndpoint is null || BlobEndpoint is null)
                return "Storage needs a connection string, or a table endpoint and a blob endpoint.";
            if (!IsSafe(TableEndpoint) || !IsSafe(BlobEndpoint))
                return "A storage endpoint is an absolute https address, e.g. https://example.table.core.windows.net.";
        }

        if (!PrefixPattern().IsMatch(Prefix))
            return $"The storage prefix '{Prefix}' is not a letter followed by at most 29 letters and digits.";
        if (Retries is < 0 or > 20)
            return $"Retries of the storage are 0 to 20, not {Retries}.";
        if (RetryDelay < TimeSpan.FromMilliseconds(1) || RetryDelay > TimeSpan.FromSeconds(10))
            return $"The retry delay of the storage is 1 ms to 10 s, not {RetryDelay}.";
        if (LongestRetryDelay < RetryDelay || LongestRetryDelay > TimeSpan.FromMinutes(2))
            return $"The longest retry delay of the storage is {RetryDelay} to 2 min, not {LongestRetryDelay}.";
        return TryTimeout < TimeSpan.FromSeconds(1) || TryTimeout > TimeSpan.FromMinutes(2)
            ? $"The try time-out of the storage is 1 s to 2 min, not {TryTimeout}."
            : null;
    }

    private static bool IsSafe(Uri endpoint) =>
        endpoint.IsAbsoluteUri && (endpoint.Scheme == Uri.UriSchemeHttps || endpoint.IsLoopback);

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9]{0,29})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PrefixPattern();
}
