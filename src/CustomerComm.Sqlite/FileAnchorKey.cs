using System.Security.Cryptography;
using CustomerComm.App.Ports;

namespace CustomerComm.Sqlite;

/// <summary>
/// The anchors' key in a PEM file (readable by the owner only) that lies outside the data directory, made where there
/// never was one; its public half lies beside it, with <c>.pub</c> for its ending, to be handed to whoever checks. Where
/// the public half says that there was a key, none is made anew.
/// </summary>
public sealed class FileAnchorKey(string path) : IAnchorKey
{
    private readonly string _public = Path.ChangeExtension(path, ".pub");

    /// <inheritdoc/>
    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        using var key = OpenOrCreate();
        return Task.FromResult(key.SignData(data.Span, HashAlgorithmName.SHA256));
    }

    /// <inheritdoc/>
    public async Task<string?> FindPublicAsync(CancellationToken ct)
    {
        if (!File.Exists(_public) && File.Exists(path))
            OpenOrCreate().Dispose();
        return File.Exists(_public) ? await File.ReadAllTextAsync(_public, ct).ConfigureAwait(false) : null;
    }

    private ECDsa OpenOrCreate()
    {
        if (!File.Exists(path))
            return Create();
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        if (!File.Exists(_public))
            DurableFile.Replace(_public, key.ExportSubjectPublicKeyInfoPem());
        return key;
    }

    private ECDsa Create()
    {
        if (File.Exists(_public))
        {
            throw new InvalidDataException(
                $"The key {path} that signs the ledger's roots is gone, though {_public} says that there was one. "
                + "Restore it from its back-up; roots signed by another key could not be told from forged ones.");
        }

        DurableFile.CreatePrivateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DurableFile.Replace(path, key.ExportPkcs8PrivateKeyPem(), DurableFile.OwnerOnly);
        DurableFile.Replace(_public, key.ExportSubjectPublicKeyInfoPem());
        return key;
    }
}
