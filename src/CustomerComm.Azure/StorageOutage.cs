using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>Failures of the storage account.</summary>
internal sealed class StorageOutage : IStoreOutage
{
    /// <inheritdoc/>
    public bool IsOutage(Exception failure) =>
        StorageFaults.Describe(failure) is not null && !StorageFaults.IsConflict(failure)
        && !StorageFaults.IsTooLarge(failure);
}
