using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerComm.Sqlite;

/// <summary>
/// A prepared statement on the raw handle: a group commit runs thousands of these a second, and the ADO.NET layer's
/// readers and boxed parameters would cost more than SQLite itself. Parameters count from 1, columns from 0.
/// Disposing ends one use (a statement left open would pin an old snapshot); <see cref="Close"/> frees it.
/// </summary>
internal sealed class Statement : IDisposable
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int StackBytes = 768;

    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _handle;

    public Statement(sqlite3 db, string sql)
    {
        _db = db;
        Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out _handle));
    }

    public void Dispose()
    {
        // The code returned repeats the error that Step already threw.
        _ = raw.sqlite3_reset(_handle);
        _ = raw.sqlite3_clear_bindings(_handle);
    }

    public void Close() => _handle.Dispose();

    /// <summary>Runs to the next row; false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_handle);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(code, _db);
        return false;
    }

    /// <summary>Runs a statement that gives no rows, and makes it ready for its next use.</summary>
    public void Run()
    {
        Step();
        Check(raw.sqlite3_reset(_handle));
    }

    public Statement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_handle, index, value));
        return this;
    }

    public Statement Bind(int index, long? value) => value is { } v ? Bind(index, v) : BindNull(index);

    public Statement Bind(int index, int value) => Bind(index, (long)value);

    public Statement Bind(int index, int? value) => value is { } v ? Bind(index, (long)v) : BindNull(index);

    public Statement Bind(int index, bool value) => Bind(index, value ? 1L : 0L);

    public Statement Bind(int index, bool? value) => value is { } v ? Bind(index, v) : BindNull(index);

    public Statement Bind(int index, double value)
    {
        Check(raw.sqlite3_bind_double(_handle, index, value));
        return this;
    }

    public Statement Bind(int index, double? value) => value is { } v ? Bind(index, v) : BindNull(index);

    /// <summary>Binds a time as people read it: UTC, ISO 8601, milliseconds.</summary>
    public Statement Bind(int index, DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[32];
        value.UtcDateTime.TryFormat(text, out var length, TimeFormat, CultureInfo.InvariantCulture);
        Check(raw.sqlite3_bind_text(_handle, index, text[..length]));
        return this;
    }

    public Statement Bind(int index, DateTimeOffset? value) => value is { } v ? Bind(index, v) : BindNull(index);

    public Statement Bind(int index, string? value)
    {
        if (value is null)
            return BindNull(index);
        if (value.Length == 0)
        {
            // An empty span has a null address, which SQLite takes for NULL.
            Check(raw.sqlite3_bind_text(_handle, index, ""));
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > StackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> text = rented ?? stackalloc byte[StackBytes];
        var length = Encoding.UTF8.GetBytes(value, text);
        var code = raw.sqlite3_bind_text(_handle, index, text[..length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        Check(code);
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_handle, index, 0)
            : raw.sqlite3_bind_blob(_handle, index, value));
        return this;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(_handle, column);

    public long? GetNullableInt64(int column) => IsNull(column) ? null : GetInt64(column);

    public int GetInt32(int column) => checked((int)GetInt64(column));

    public int? GetNullableInt32(int column) => IsNull(column) ? null : GetInt32(column);

    public bool GetBoolean(int column) => GetInt64(column) != 0;

    public bool? GetNullableBoolean(int column) => IsNull(column) ? null : GetBoolean(column);

    public double GetDouble(int column) => raw.sqlite3_column_double(_handle, column);

    public double? GetNullableDouble(int column) => IsNull(column) ? null : GetDouble(column);

    /// <summary>Text, or an empty string where a row was written before the column came into being.</summary>
    public string GetString(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_handle, column));

    public string? GetNullableString(int column) => IsNull(column) ? null : GetString(column);

    public byte[] GetBlob(int column) => raw.sqlite3_column_blob(_handle, column).ToArray();

    /// <summary>A time, or the default value where a row was written before the column came into being.</summary>
    public DateTimeOffset GetTime(int column) => GetNullableTime(column) ?? default;

    public DateTimeOffset? GetNullableTime(int column)
    {
        if (IsNull(column))
            return null;
        var utf8 = raw.sqlite3_column_blob(_handle, column);
        Span<char> text = stackalloc char[32];
        if (utf8.Length > text.Length || !Encoding.UTF8.TryGetChars(utf8, text, out var length))
            throw new FormatException("A stored time is too long.");
        return DateTimeOffset.ParseExact(
            text[..length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }

    private Statement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(_handle, index));
        return this;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, _db);
    }
}
