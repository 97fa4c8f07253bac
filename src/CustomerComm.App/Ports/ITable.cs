namespace CustomerComm.App.Ports;

/// <summary>
/// A flat row: properties are string, bool, int, long, double, DateTimeOffset or a nullable of these (enums go in as
/// strings). <see cref="Version"/> is the version of the stream the row was derived from.
/// </summary>
public interface ITableRow
{
    /// <summary>Partition; rows of one partition are queried together. No <c>/ \ # ?</c>.</summary>
    string PartitionKey { get; }

    /// <summary>Key within the partition; rows are ordered by it (ordinal). No <c>/ \ # ?</c>.</summary>
    string RowKey { get; }

    /// <summary>Version of the state this row shows; an older one never overwrites a newer one.</summary>
    long Version { get; }
}

/// <summary>A page of rows; <paramref name="Next"/> continues the query, null at the end.</summary>
public sealed record Page<TRow>(IReadOnlyList<TRow> Rows, string? Next);

/// <summary>Key of one row.</summary>
public readonly record struct RowId(string PartitionKey, string RowKey);

/// <summary>
/// Rows that pages and reports read, one table a row type, named after it without the suffix <c>Row</c>.
/// </summary>
public interface ITable<TRow>
    where TRow : class, ITableRow
{
    /// <summary>
    /// Writes rows and removes others, each on its own terms: a write only where no newer version stands, a removal
    /// only
    /// where the stored version is at most <paramref name="version"/>. Repeating it changes nothing.
    /// </summary>
    Task WriteAsync(IReadOnlyList<TRow> rows, IReadOnlyList<RowId> removed, long version, CancellationToken ct);

    /// <summary>One row, or null.</summary>
    Task<TRow?> GetAsync(string partitionKey, string rowKey, CancellationToken ct);

    /// <summary>
    /// Rows of a partition in key order from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive),
    /// either may be null; at most <paramref name="take"/> (1–1,000); <paramref name="next"/> continues an earlier page.
    /// </summary>
    Task<Page<TRow>> QueryAsync(
        string partitionKey, string? from, string? to, int take, string? next, CancellationToken ct);

    /// <summary>
    /// Rows of all partitions, in order of partition and row key, starting behind <paramref name="after"/>, at most
    /// <paramref name="take"/> (1–1,000): for audits only.
    /// </summary>
    Task<IReadOnlyList<TRow>> ScanAsync(RowId? after, int take, CancellationToken ct);

    /// <summary>Removes every row, before a rebuild.</summary>
    Task ClearAsync(CancellationToken ct);
}

/// <summary>Gives the table of a row type.</summary>
public interface ITables
{
    /// <summary>The table of <typeparamref name="TRow"/>; created when it is missing.</summary>
    ITable<TRow> Of<TRow>()
        where TRow : class, ITableRow;
}

/// <summary>Keys that encrypt what is personal, one a person: forgetting a key forgets the person.</summary>
public interface IPersonKeys
{
    /// <summary>The 32-byte key of this id, made and made durable if it is new; null where it was erased.</summary>
    Task<byte[]?> GetOrCreateAsync(string keyId, CancellationToken ct);

    /// <summary>The key of this id, or null where it was erased or never made.</summary>
    Task<byte[]?> FindAsync(string keyId, CancellationToken ct);

    /// <summary>Erases the key for ever: an id erased is never made again.</summary>
    Task EraseAsync(string keyId, CancellationToken ct);
}
