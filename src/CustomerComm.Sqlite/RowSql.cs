namespace CustomerComm.Sqlite;

/// <summary>The statements of one row table. Names come from C# identifiers, so quoting them is enough.</summary>
internal sealed class RowSql
{
    private readonly string _table;

    public RowSql(string table, IReadOnlyList<RowColumn> columns)
    {
        _table = $"\"{table}\"";
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        var values = string.Join(", ", columns.Select((_, i) => $"?{i + 1}"));
        var sets = string.Join(", ", columns.Skip(2).Select(c => $"\"{c.Name}\" = excluded.\"{c.Name}\""));
        Create =
            $"""
            CREATE TABLE {_table} ({string.Join(", ", columns.Select(Define))}, PRIMARY KEY (PartitionKey, RowKey))
            WITHOUT ROWID
            """;
        Upsert =
            $"""
            INSERT INTO {_table} ({names}) VALUES ({values})
            ON CONFLICT (PartitionKey, RowKey) DO UPDATE SET {sets} WHERE Version <= excluded.Version
            """;
        Remove = $"DELETE FROM {_table} WHERE PartitionKey = ?1 AND RowKey = ?2 AND Version <= ?3";
        Clear = $"DELETE FROM {_table}";
        Get = $"SELECT {names} FROM {_table} WHERE PartitionKey = ?1 AND RowKey = ?2";
        Scan =
            $"""
            SELECT {names} FROM {_table} WHERE (PartitionKey, RowKey) > (?1, ?2) ORDER BY PartitionKey, RowKey LIMIT ?3
            """;
        string Range(string bounds) =>
            $"SELECT {names} FROM {_table} WHERE PartitionKey = ?1 {bounds} ORDER BY RowKey LIMIT ?2";
        First = Range("AND RowKey >= ?3");
        FirstTo = Range("AND RowKey >= ?3 AND RowKey < ?4");
        Next = Range("AND RowKey > ?3");
        NextTo = Range("AND RowKey > ?3 AND RowKey < ?4");
    }

    /// <summary>Name of a row type's table: the type's, without the suffix <c>Row</c>.</summary>
    public static string TableOf(Type row) =>
        row.Name.EndsWith("Row", StringComparison.Ordinal) && row.Name.Length > 3 ? row.Name[..^3] : row.Name;

    public string Create { get; }

    public string Upsert { get; }

    public string Remove { get; }

    public string Clear { get; }

    public string Get { get; }

    /// <summary>All partitions, behind row ?2 of partition ?1, at most ?3 rows.</summary>
    public string Scan { get; }

    /// <summary>Partition ?1, at most ?2 rows from key ?3.</summary>
    public string First { get; }

    /// <summary>As <see cref="First"/>, up to key ?4 exclusive.</summary>
    public string FirstTo { get; }

    /// <summary>Partition ?1, at most ?2 rows behind key ?3.</summary>
    public string Next { get; }

    /// <summary>As <see cref="Next"/>, up to key ?4 exclusive.</summary>
    public string NextTo { get; }

    public string AddColumn(RowColumn column) => $"ALTER TABLE {_table} ADD COLUMN {Define(column)}";

    // Everything may be NULL, so that a column can be added, and one no longer written does not stand in the way.
    private static string Define(RowColumn column) => $"\"{column.Name}\" {column.SqlType}";
}
