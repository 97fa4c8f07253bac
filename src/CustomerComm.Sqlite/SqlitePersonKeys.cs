using System.Security.Cryptography;
using CustomerComm.App.Ports;

namespace CustomerComm.Sqlite;

/// <summary>
/// Keys of persons in <c>keys.db</c>. Erasing rewrites that file and empties its log, so that the key is not left in
/// a free page; copies made of the file earlier are the operator's to destroy.
/// </summary>
public sealed class SqlitePersonKeys(SqliteDatabase database) : IPersonKeys
{
    private const int KeyLength = 32;
    private const string Select = "SELECT key FROM person_key WHERE id = ?1";
    private const string Insert = "INSERT INTO person_key (id, key) VALUES (?1, ?2)";

    private const string Erase =
        "INSERT INTO person_key (id, key) VALUES (?1, NULL) ON CONFLICT (id) DO UPDATE SET key = NULL";

    private readonly DatabaseFile _file = database.Keys;

    /// <inheritdoc/>
    public async Task<byte[]?> GetOrCreateAsync(string keyId, CancellationToken ct)
    {
        Keys.RequireId(keyId, "key id");
        var (made, key) = await _file.ReadAsync(c => Find(c, keyId), ct).ConfigureAwait(false);
        return made ? key : await _file.WriteAsync(c => GetOrCreate(c, keyId), ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<byte[]?> FindAsync(string keyId, CancellationToken ct) =>
        _file.ReadAsync(c => Find(c, keyId).Key, ct);

    /// <inheritdoc/>
    public async Task EraseAsync(string keyId, CancellationToken ct)
    {
        Keys.RequireId(keyId, "key id");
        await _file.WriteAsync(
            c =>
            {
                using var erase = c.Prepare(Erase);
                erase.Bind(1, keyId).Run();
                return true;
            },
            ct).ConfigureAwait(false);

        // Not cancellable: the key counts as erased from here on, and only this makes it true of the file. A failure
        // throws, and erasing again repairs it.
        await _file.WriteAsync(Scrub, CancellationToken.None, alone: true).ConfigureAwait(false);
    }

    /// <summary>Rewrites the file: a page that was split or moved can hold a copy that secure_delete missed.</summary>
    private static bool Scrub(Connection connection)
    {
        connection.Execute("VACUUM");
        if (connection.Number("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
            throw new IOException("The key is erased but still in the log, because a reader held it; erase it again.");
        return true;
    }

    private static (bool Made, byte[]? Key) Find(Connection connection, string keyId)
    {
        using var find = connection.Prepare(Select);
        if (!find.Bind(1, keyId).Step())
            return (false, null);
        return (true, find.IsNull(0) ? null : find.GetBlob(0));
    }

    private static byte[]? GetOrCreate(Connection connection, string keyId)
    {
        var (made, key) = Find(connection, keyId);
        if (made)
            return key;
        key = RandomNumberGenerator.GetBytes(KeyLength);
        using var insert = connection.Prepare(Insert);
        insert.Bind(1, keyId).Bind(2, key).Run();
        return key;
    }
}
