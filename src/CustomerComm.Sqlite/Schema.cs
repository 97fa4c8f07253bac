namespace CustomerComm.Sqlite;

/// <summary>
/// What each version of the schema adds to the one before; the number of steps done is in <c>user_version</c>. A step
/// that was ever released is never edited. Row tables are not here: they follow from their row types.
/// </summary>
internal static class Schema
{
    /// <summary>
    /// Streams. Times are Unix milliseconds. A stream's number keys everything it owns, so that what a new stream
    /// writes lands on the last page of each tree. Names begin with <c>store_</c>, which no row type's do.
    /// </summary>
    public static IReadOnlyList<string> Matters { get; } =
    [
        """
        CREATE TABLE store_head (
            no INTEGER PRIMARY KEY,
            stream TEXT NOT NULL UNIQUE,
            version INTEGER NOT NULL,
            hash BLOB NOT NULL,
            next_due INTEGER,
            open INTEGER NOT NULL,
            projected INTEGER NOT NULL,
            changed INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX store_due ON store_head (next_due) WHERE next_due IS NOT NULL;
        CREATE TABLE store_event (
            stream_no INTEGER NOT NULL,
            version INTEGER NOT NULL,
            type TEXT NOT NULL,
            at INTEGER NOT NULL,
            payload BLOB NOT NULL,
            attached BLOB NOT NULL,
            previous_hash BLOB NOT NULL,
            hash BLOB NOT NULL,
            PRIMARY KEY (stream_no, version)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE store_outbox (
            stream_no INTEGER NOT NULL,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            status INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            next_attempt INTEGER NOT NULL,
            error TEXT,
            payload BLOB NOT NULL,
            secret BLOB NOT NULL,
            PRIMARY KEY (stream_no, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE store_seen (
            stream_no INTEGER NOT NULL,
            id TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (stream_no, id)
        ) STRICT, WITHOUT ROWID;
        """,
        "CREATE INDEX store_open ON store_head (stream) WHERE open = 1",
        "CREATE INDEX store_changed ON store_head (changed)",
    ];

    /// <summary>Keys of persons; a row without a key is an erased one, kept so that it is never made again.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        """
        CREATE TABLE person_key (
            id TEXT NOT NULL PRIMARY KEY,
            key BLOB
        ) STRICT, WITHOUT ROWID;
        """,
    ];
}
