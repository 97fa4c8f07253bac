using Microsoft.Data.Sqlite;

namespace CustomerComm.Sqlite;

/// <summary>
/// A data directory: <c>customercomm.db</c> with streams and rows, <c>keys.db</c> with the keys of persons, and
/// <c>customercomm.lock</c>, held while this object lives, so that two hosts never write the same data.
/// Keys are a file of their own so that a copy of the complaints does not bring back a key that was erased, and so that
/// erasing can rewrite the whole file. Disposing writes what is waiting.
/// </summary>
public sealed class SqliteDatabase : IDisposable, IAsyncDisposable
{
    private const string LockName = "customercomm.lock";

    private readonly FileStream? _lock;

    /// <summary>Opens or creates the directory. Throws <see cref="IOException"/> saying what is in the way.</summary>
    public SqliteDatabase(string directory, SqliteStoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        options ??= new SqliteStoreOptions();
        Directory = Path.GetFullPath(directory);
        _lock = options.ReadOnly ? null : Lock(Directory);
        try
        {
            var keys = Path.Combine(Directory, "keys.db");
            var matters = Path.Combine(Directory, "customercomm.db");
            RequireBoth(matters, keys);
            if (!options.ReadOnly)
                CreatePrivate(keys);
            Matters = new DatabaseFile(matters, Schema.Matters, options);
            Keys = new DatabaseFile(keys, Schema.Keys, options with { SecureDelete = true });
        }
        catch (Exception e)
        {
            Matters?.Dispose();
            _lock?.Dispose();
            if (e is SqliteException or UnauthorizedAccessException)
                throw new IOException($"The database in '{Directory}' cannot be opened: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Full path of the data directory.</summary>
    public string Directory { get; }

    internal DatabaseFile Matters { get; }

    internal DatabaseFile Keys { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Matters.Dispose();
        Keys.Dispose();
        _lock?.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Neither is made anew beside the other: that would hide that it was lost.</summary>
    private static void RequireBoth(string matters, string keys)
    {
        // The keys' file is made first, empty, and filled last.
        if (IsThere(matters) && !File.Exists(keys))
        {
            throw new IOException(
                $"{keys} is missing, though there is {matters}: everything personal is sealed with the keys in it. Restore "
                + "it from its back-up; it is not made anew.");
        }

        if (IsThere(keys) && !File.Exists(matters))
            throw new IOException($"{matters} is missing, though there is {keys}. Restore it; it is not made anew.");
    }

    private static bool IsThere(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private static FileStream Lock(string directory)
    {
        try
        {
            System.IO.Directory.CreateDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The data directory '{directory}' cannot be created: {e.Message}", e);
        }

        var path = Path.Combine(directory, LockName);
        try
        {
            // FileShare.None is an flock on Unix: it ends with the process, however that ends.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"The data directory '{directory}' is not writable: {e.Message}", e);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new IOException(
                $"The data directory '{directory}' is in use by another process: only one host may write it.", e);
        }
        catch (IOException e)
        {
            throw new IOException($"The data directory '{directory}' is not writable: {e.Message}", e);
        }
    }

    private static void CreatePrivate(string path)
    {
        if (File.Exists(path))
            return;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
    }
}
