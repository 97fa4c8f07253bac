using Azure;

namespace CustomerComm.Azure;

/// <summary>Tells apart what the storage answers.</summary>
internal static class StorageFaults
{
    /// <summary>Somebody else was faster: a row is there already, is gone, or has changed.</summary>
    public static bool IsConflict(Exception e) => e is RequestFailedException { Status: 404 or 409 or 412 };

    /// <summary>The storage failed or could not be reached; whether a write was done is not known.</summary>
    public static bool IsFault(Exception e) =>
        e is RequestFailedException or AggregateException or IOException or OperationCanceledException;
}
