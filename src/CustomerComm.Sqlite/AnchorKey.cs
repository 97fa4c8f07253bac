using System.Security.Cryptography;

namespace CustomerComm.Sqlite;

/// <summary>
/// The key that signs anchors: ECDSA on P-256, in <c>secrets/anchor.key</c> (readable by the owner only), made on
/// first use; its public half lies beside it as <c>anchor.pub</c>, to be handed to whoever checks.
/// </summary>
internal sealed class AnchorKey(string dataDirectory)
{
    private readonly string _directory = Path.Combine(dataDirectory, "secrets");

    private string PrivatePath => Path.Combine(_directory, "anchor.key");

    private string PublicPath => Path.Combine(_directory, "anchor.pub");

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        using var key = OpenOrCreate();
        return key.SignData(data, HashAlgorithmName.SHA256);
    }

    /// <summary>The public key, or null before the first anchor.</summary>
    public ECDsa? OpenPublic()
    {
        if (!File.Exists(PublicPath))
            return null;
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(PublicPath));
        return key;
    }

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
