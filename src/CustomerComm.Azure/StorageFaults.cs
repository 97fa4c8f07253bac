using Azure;
using Azure.Identity;

namespace CustomerComm.Azure;

/// <summary>Tells apart what the storage answers.</summary>
public static class StorageFaults
{
    /// <summary>
    /// One line for whoever runs the program where this is the storage's failure and not a bug of ours; else null. It
    /// holds no keys and no data.
    /// </summary>
    public static string? Describe(Exception failure) => failure switch
    {
        RequestFailedException { Status: 0 } e => $"The storage cannot be reached: {FirstLine(e.Message)}",
        RequestFailedException { Status: 401 or 403 } e =>
            $"The storage refuses access ({e.Status} {e.ErrorCode}): check the connection string, or the roles of the "
            + "identity for tables and blobs.",
        RequestFailedException e => $"The storage failed ({e.Status} {e.ErrorCode}): {FirstLine(e.Message)}",
        AuthenticationFailedException e => $"Signing in to the storage failed: {FirstLine(e.Message)}",
        // What the client throws after its last repetition.
        AggregateException { InnerExceptions: [.., var last] } => Describe(last),
        _ => null,
    };

    /// <summary>Somebody else was faster: a row is there already, is gone, or has changed.</summary>
    internal static bool IsConflict(Exception e) => e is RequestFailedException { Status: 404 or 409 or 412 };

    /// <summary>More than one transaction carries.</summary>
    internal static bool IsTooLarge(Exception e) => e is RequestFailedException { Status: 413 };

    /// <summary>The storage failed or could not be reached; whether a write was done is not known.</summary>
    internal static bool IsFault(Exception e) =>
        e is RequestFailedException or AggregateException or IOException or OperationCanceledException;

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
