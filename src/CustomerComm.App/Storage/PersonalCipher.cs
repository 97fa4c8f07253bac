using System.Security.Cryptography;
using System.Text;

namespace CustomerComm.App.Storage;

/// <summary>AES-256-GCM over one personal value: <c>p1:</c> and base64 of nonce (12), ciphertext, tag (16).</summary>
internal static class PersonalCipher
{
    private const string Mark = "p1:";
    private const int Nonce = 12;
    private const int Tag = 16;

    public static string Encrypt(string value, byte[] key)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        var sealedBytes = new byte[Nonce + size + Tag];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(
            sealedBytes.AsSpan(0, Nonce), Encoding.UTF8.GetBytes(value), sealedBytes.AsSpan(Nonce, size),
            sealedBytes.AsSpan(Nonce + size, Tag));
        return Mark + Convert.ToBase64String(sealedBytes);
    }

    /// <summary>
    /// Throws <see cref="CryptographicException"/> where the value was tampered with or the key is another.
    /// </summary>
    public static string Decrypt(string text, byte[] key)
    {
        if (!text.StartsWith(Mark, StringComparison.Ordinal))
            throw new CryptographicException("Not a sealed personal value.");
        var sealedBytes = Convert.FromBase64String(text[Mark.Length..]);
        var size = sealedBytes.Length - Nonce - Tag;
        if (size < 0)
            throw new CryptographicException("A sealed personal value is too short.");
        var plain = new byte[size];
        using var aes = new AesGcm(key, Tag);
        aes.Decrypt(
            sealedBytes.AsSpan(0, Nonce), sealedBytes.AsSpan(Nonce, size), sealedBytes.AsSpan(Nonce + size, Tag),
            plain);
        return Encoding.UTF8.GetString(plain);
    }
}
