using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Sqlite;

/// <summary>Reads heads of streams.</summary>
internal static class HeadReader
{
    /// <summary>The columns that <see cref="Read"/> expects, the stream's own number first.</summary>
    public const string Columns = "no, stream, version, hash, next_due, open, projected";

    private const string ByStream = $"SELECT {Columns} FROM store_head WHERE stream = ?1";

    public static (long No, StreamHead Head)? Find(Connection connection, StreamId stream)
    {
        using var find = connection.Prepare(ByStream);
        return find.Bind(1, stream.Value).Step() ? (find.GetInt64(0), Read(find, stream)) : null;
    }

    public static List<StreamHead> ReadAll(Statement statement)
    {
        var heads = new List<StreamHead>();
        while (statement.Step())
            heads.Add(Read(statement, new StreamId(statement.GetString(1))));
        return heads;
    }

    private static StreamHead Read(Statement row, StreamId stream) => new(
        stream,
        row.GetInt64(2),
        row.GetBlob(3),
        Millis.Time(row.GetNullableInt64(4)),
        row.GetBoolean(5),
        row.GetInt64(6));
}
