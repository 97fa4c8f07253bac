using System.Security.Cryptography;
using CustomerComm.App.Ports;

namespace CustomerComm.Sqlite;

/// <summary>
/// The anchors' key in <c>secrets/anchor.key</c> (readable by the owner only), made on first use; its public half lies
/// beside it as <c>anchor.pub</c>, to be handed to whoever checks.
/// </summary>
public sealed class FileAnchorKey(string dataDirectory) : IAnchorKey
{
    private readonly string _directory = Path.Combine(dataDirectory, "secrets");

    private string PrivatePath => Path.Combine(_directory, "anchor.key");

    private string PublicPath => Path.Combine(_directory, "anchor.pub");

    /// <inheritdoc/>
    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        using var key = OpenOrCreate();
        return Task.FromResult(key.SignData(data.Span, HashAlgorithmName.SHA256));
    }

    /// <inheritdoc/>
    public async Task<string?> FindPublicAsync(CancellationToken ct) =>
        File.Exists(PublicPath) ? await File.ReadAllTextAsync(PublicPath, ct).ConfigureAwait(false) : null;

    private ECDsa OpenOrCreate()
    {
        if (!File.Exists(PrivatePath))
            return Create();
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(PrivatePath));
        if (!File.Exists(PublicPath))
            DurableFile.Replace(PublicPath, key.ExportSubjectPublicKeyInfoPem());
        return key;
    }

    private ECDsa Create()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_directory);
        else
            Directory.CreateDirectory(_directory, DurableFile.OwnerOnly | UnixFileMode.UserExecute);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DurableFile.Replace(PrivatePath, key.ExportPkcs8PrivateKeyPem(), DurableFile.OwnerOnly);
        DurableFile.Replace(PublicPath, key.ExportSubjectPublicKeyInfoPem());
        return key;
    }
}
