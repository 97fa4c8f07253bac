using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace CustomerComm.Benchmarks;

/// <summary>What the same rows cost when SQLite does nothing but insert them, 64 complaints a commit.</summary>
internal static class Floor
{
    private const int Together = 64;
    private const int Most = 10_000;

    private static readonly (string Table, string Key)[] s_tables =
    [
        ("store_head", "no"), ("store_event", "stream_no"), ("store_outbox", "stream_no"),
    ];

    public static object Measure(string from, string to)
    {
        var (schema, complaints) = Read(from);
        using var connection = Open(to, "ReadWriteCreate");
        foreach (var sql in (string[])["PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", .. schema])
            Execute(connection, sql);
        var inserts = s_tables.ToDictionary(t => t.Table, t => Insert(connection, t.Table), StringComparer.Ordinal);
        var begun = Stopwatch.GetTimestamp();
        foreach (var batch in complaints.Chunk(Together))
        {
            using var transaction = connection.BeginTransaction();
            foreach (var (table, values) in batch.SelectMany(rows => rows))
            {
                var insert = inserts[table];
                insert.Transaction = transaction;
                for (var i = 0; i < values.Length; i++)
                    insert.Parameters[i].Value = values[i];
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        var took = Stopwatch.GetElapsedTime(begun);
        foreach (var insert in inserts.Values)
            insert.Dispose();
        return new
        {
            floor = "plain SQLite, 64 complaints a commit, synchronous=FULL",
            complaints = complaints.Count,
            rows = complaints.Sum(c => c.Count),
            complaintsPerSecond = Math.Round(complaints.Count / took.TotalSeconds),
        };
    }

    private static (List<string> Schema, List<List<(string Table, object[] Values)>> Complaints) Read(string file)
    {
        using var connection = Open(file, "ReadOnly");
        var schema = Rows(
            connection, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name LIKE 'store_%'")
            .ConvertAll(r => (string)r[0]);
        var complaints = new Dictionary<long, List<(string, object[])>>();
        var last = (long)Rows(
            connection, $"SELECT max(no) FROM (SELECT no FROM store_head WHERE stream LIKE 'complaint.%' LIMIT {Most})")[0][0];
        foreach (var (table, key) in s_tables)
        {
            foreach (var row in Rows(connection, $"""
                SELECT t.{key}, t.* FROM {table} t JOIN store_head h ON h.no = t.{key}
                WHERE h.stream LIKE 'complaint.%' AND h.no <= {last}
                """))
            {
                var no = (long)row[0];
                if (!complaints.TryGetValue(no, out var rows))
                    complaints[no] = rows = [];
                rows.Add((table, row[1..]));
            }
        }

        return (schema, [.. complaints.OrderBy(c => c.Key).Select(c => c.Value)]);
    }

    private static SqliteCommand Insert(SqliteConnection connection, string table)
    {
        var columns = Rows(connection, $"PRAGMA table_info({table})").Count;
        var command = connection.CreateCommand();
        var names = Enumerable.Range(0, columns).Select(i => $"$p{i}").ToList();
        command.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", names)})";
        foreach (var name in names)
            command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = DBNull.Value });
        return command;
    }

    private static List<object[]> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(values);
        }

        return rows;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string file, string mode)
    {
        var connection = new SqliteConnection($"Data Source={file};Mode={mode};Pooling=False");
        connection.Open();
        return connection;
    }
}
