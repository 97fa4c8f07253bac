namespace CustomerComm.Sqlite;

/// <summary>How a data directory is opened.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>
    /// Opens beside a running host, for reading only: nothing is locked, created or upgraded, and every write fails
    /// with <see cref="InvalidOperationException"/>. For <c>verify-ledger</c> and exports.
    /// </summary>
    public bool ReadOnly { get; init; }

    /// <summary>Overwrites what is deleted; for keys, where erasing has to mean it.</summary>
    internal bool SecureDelete { get; init; }
}
