using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>
/// Keys of persons in table <c>PersonKeys</c>. Erasing replaces the row by a mark without a key, so that the id is
/// never made again. The keys stand as they are, protected by the account's own encryption and access rules: for
/// production they are to be wrapped with a key of Key Vault, and no copies of this table may be kept.
/// </summary>
public sealed class TablePersonKeys(StorageAccount account) : IPersonKeys
{
    /// <summary>Name of the table, without the prefix.</summary>
    internal const string Table = "PersonKeys";

    private const string RowKey = "key";
    private const string Key = "Key";
    private const string Erased = "Erased";
    private const int KeyLength = 32;

    /// <inheritdoc/>
    public async Task<byte[]?> GetOrCreateAsync(string keyId, CancellationToken ct)
    {
        Keys.RequireId(keyId, "key id");
        if (await ReadAsync(keyId, ct).ConfigureAwait(false) is { } found)
            return found.GetBinary(Key);
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        var table = await account.OpenTableAsync(Table).ConfigureAwait(false);
        try
        {
            await table.AddEntityAsync(
                new TableEntity(TableKeys.Escape(keyId), RowKey) { [Key] = key, [Erased] = false }, ct)
                .ConfigureAwait(false);
            return key;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Somebody else made it, or we did and the answer was lost: what stands is the key.
            return await FindAsync(keyId, ct).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]?> FindAsync(string keyId, CancellationToken ct) =>
        (await ReadAsync(keyId, ct).ConfigureAwait(false))?.GetBinary(Key);

    /// <inheritdoc/>
    public async Task EraseAsync(string keyId, CancellationToken ct)
    {
        Keys.RequireId(keyId, "key id");
        var table = await account.OpenTableAsync(Table).ConfigureAwait(false);
        await table.UpsertEntityAsync(
            new TableEntity(TableKeys.Escape(keyId), RowKey) { [Erased] = true }, TableUpdateMode.Replace, ct)
            .ConfigureAwait(false);
    }

    private async Task<TableEntity?> ReadAsync(string keyId, CancellationToken ct)
    {
        var table = await account.OpenTableAsync(Table).ConfigureAwait(false);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.Escape(keyId), RowKey, cancellationToken: ct).ConfigureAwait(false);
        return found.HasValue ? found.Value : null;
    }
}
