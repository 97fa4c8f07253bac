using System.Numerics;
using System.Security.Cryptography;
using CustomerComm.App.Ports;

namespace CustomerComm.App.Ledger;

/// <summary>
/// The anchors' key derived from the application's secrets, for hosts that have no disk of their own: the same wherever
/// the secrets are the same, and never stored.
/// </summary>
public sealed class SecretAnchorKey(ISecrets secrets) : IAnchorKey
{
    private const string Purpose = "anchor key";

    // The order of P-256: a private key lies between 1 and the number before it.
    private static readonly BigInteger s_order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        using var key = Open();
        return Task.FromResult(key.SignData(data.Span, HashAlgorithmName.SHA256));
    }

    /// <inheritdoc/>
    public Task<string?> FindPublicAsync(CancellationToken ct)
    {
        using var key = Open();
        return Task.FromResult<string?>(key.ExportSubjectPublicKeyInfoPem());
    }

    private ECDsa Open()
    {
        var number = new BigInteger(secrets.For(Purpose), isUnsigned: true, isBigEndian: true);
        // Reduced rather than drawn again: one secret in four thousand million lies above the order.
        var d = (number % (s_order - 1)) + 1;
        var bytes = new byte[32];
        var written = d.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(bytes, bytes.Length - written.Length);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = bytes });
    }
}
