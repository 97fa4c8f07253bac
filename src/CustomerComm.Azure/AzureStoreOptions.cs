using System.ComponentModel.DataAnnotations;
using Azure.Core;

namespace CustomerComm.Azure;

/// <summary>
/// Where tables and blobs are. With a connection string its key is used; without one the managed identity (or whatever
/// DefaultAzureCredential finds) signs in at the two endpoints.
/// </summary>
public sealed record AzureStoreOptions : IValidatableObject
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
    [RegularExpression(
        "[A-Za-z][A-Za-z0-9]{0,29}", ErrorMessage = "must be a letter and at most 29 letters and digits after it.")]
    public string Prefix { get; init; } = "";

    /// <summary>How often a request that was throttled or broke off is repeated: 0 to 20, 5 by default.</summary>
    [Range(0, 20)]
    public int Retries { get; init; } = 5;

    /// <summary>
    /// Pause before the first repetition, doubled each time: 1 ms to 10 s, 0.2 s by default. A server that asks for
    /// more gets it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>Longest pause: from the first one to 2 min, 5 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:02:00")]
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one try may take: 1 s to 2 min, 15 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Puts in what tests need: faults, counts.</summary>
    internal Action<ClientOptions>? Configure { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            if (!IsSafe(TableEndpoint))
                yield return Wanted("https://example.table.core.windows.net", nameof(TableEndpoint));
            if (!IsSafe(BlobEndpoint))
                yield return Wanted("https://example.blob.core.windows.net", nameof(BlobEndpoint));
        }

        if (LongestRetryDelay < RetryDelay)
            yield return new ValidationResult("must not be below RetryDelay.", [nameof(LongestRetryDelay)]);
    }

    private static ValidationResult Wanted(string example, string setting) => new(
        $"give a whole https address, e.g. {example}, or a connection string as ConnectionString instead.", [setting]);

    private static bool IsSafe(Uri? endpoint) =>
        endpoint is { IsAbsoluteUri: true } && (endpoint.Scheme == Uri.UriSchemeHttps || endpoint.IsLoopback);
}
