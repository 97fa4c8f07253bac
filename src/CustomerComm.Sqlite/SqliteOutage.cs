using CustomerComm.App.Ports;
using Microsoft.Data.Sqlite;

namespace CustomerComm.Sqlite;

/// <summary>Failures of the embedded store: busy, locked, read-only, unreadable, broken, full, not to be opened.</summary>
internal sealed class SqliteOutage : IStoreOutage
{
    /// <inheritdoc/>
    public bool IsOutage(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 11 or 13 or 14 or 26 } => true,
        AggregateException { InnerException: { } inner } => IsOutage(inner),
        IOException => true,
        _ => false,
    };
}
