using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Ports;
using Microsoft.AspNetCore.DataProtection;

namespace CustomerComm.Functions;

/// <summary>The master key; a key for each purpose is derived from it.</summary>
internal sealed class MasterKey : ISecrets
{
    private readonly byte[] _master = new byte[32];

    /// <summary>Throws <see cref="InvalidDataException"/> unless it is 32 bytes in base64.</summary>
    public MasterKey(string? text)
    {
        // An unresolved reference begins with @ and is no base64.
        if (!Convert.TryFromBase64String(text ?? "", _master, out var length) || length != _master.Length)
        {
            throw new InvalidDataException(
                "The setting CustomerComm__MasterKey must be 32 random bytes in base64 (openssl rand -base64 32); a "
                + "Key Vault reference must be readable by this app.");
        }
    }

    public byte[] For(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, 32, info: Encoding.UTF8.GetBytes(purpose));
}

/// <summary>
/// Seals cookies and form tokens with a key derived from the master key: every instance of the app reads what another
/// wrote, and there is no key ring to keep. AES-256-GCM: nonce (12), ciphertext, tag (16).
/// </summary>
internal sealed class DerivedProtection(ISecrets secrets, string purpose) : IDataProtector
{
    private const int Nonce = 12;
    private const int Tag = 16;

    private readonly byte[] _key = secrets.For("web|" + purpose);

    public IDataProtector CreateProtector(string purpose1) => new DerivedProtection(secrets, $"{purpose}|{purpose1}");

    public byte[] Protect(byte[] plaintext)
    {
        var data = new byte[Nonce + plaintext.Length + Tag];
        RandomNumberGenerator.Fill(data.AsSpan(0, Nonce));
        using var aes = new AesGcm(_key, Tag);
        aes.Encrypt(
            data.AsSpan(0, Nonce), plaintext, data.AsSpan(Nonce, plaintext.Length), data.AsSpan(data.Length - Tag));
        return data;
    }

    public byte[] Unprotect(byte[] protectedData)
    {
        var size = protectedData.Length - Nonce - Tag;
        if (size < 0)
            throw new CryptographicException("A sealed value is too short.");
        var plain = new byte[size];
        using var aes = new AesGcm(_key, Tag);
        aes.Decrypt(
            protectedData.AsSpan(0, Nonce), protectedData.AsSpan(Nonce, size), protectedData.AsSpan(Nonce + size),
            plain);
        return plain;
    }
}
