using System.Security.Cryptography;
using System.Text;

namespace CustomerComm.App.Storage;

/// <summary>
/// Seals one personal value: <c>p1:</c> and base64 of salt (16), commitment (32), ciphertext, tag (16). The value's own
/// key is HMAC-SHA256 of the person's key over <c>value</c> and the salt; sealed is by AES-256-GCM, nonce zero for the
/// key is used once, with the commitment as associated data. The commitment is SHA-256 of <c>commitment</c> and the
/// value's key: so one value can be shown to somebody by its key alone, without the person's, and whoever sealed it
/// cannot show it in two ways (GCM by itself would let them).
/// </summary>
internal static class PersonalCipher
{
    /// <summary>What a sealed value begins with.</summary>
    public const string Mark = "p1:";

    private const int Salt = 16;
    private const int Commitment = 32;
    private const int Tag = 16;

    private static readonly byte[] s_nonce = new byte[12];

    public static string Encrypt(string value, byte[] key)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        var sealedBytes = new byte[Salt + Commitment + size + Tag];
        var whole = sealedBytes.AsSpan();
        RandomNumberGenerator.Fill(whole[..Salt]);
        var own = KeyOf(whole[..Salt], key);
        Commit(own).CopyTo(whole[Salt..]);
        using var aes = new AesGcm(own, Tag);
        aes.Encrypt(
            s_nonce, Encoding.UTF8.GetBytes(value), whole.Slice(Salt + Commitment, size), whole[^Tag..],
            whole.Slice(Salt, Commitment));
        return Mark + Convert.ToBase64String(sealedBytes);
    }

    /// <summary>
    /// Throws <see cref="CryptographicException"/> where the value was tampered with or the key is another.
    /// </summary>
    public static string Decrypt(string text, byte[] key) => Open(text, KeyOf(Read(text).AsSpan(0, Salt), key));

    /// <summary>The key of this value alone. Throws as <see cref="Decrypt"/>.</summary>
    public static byte[] KeyOfValue(string text, byte[] key) => KeyOf(Read(text).AsSpan(0, Salt), key);

    /// <summary>Opens a value by its own key. Throws as <see cref="Decrypt"/>.</summary>
    public static string Open(string text, byte[] own)
    {
        var whole = Read(text).AsSpan();
        var commitment = whole.Slice(Salt, Commitment);
        if (!Commit(own).AsSpan().SequenceEqual(commitment))
            throw new CryptographicException("A sealed personal value is of another key.");
        var plain = new byte[whole.Length - Salt - Commitment - Tag];
        using var aes = new AesGcm(own, Tag);
        aes.Decrypt(s_nonce, whole[(Salt + Commitment)..^Tag], whole[^Tag..], plain, commitment);
        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] Read(string text)
    {
        if (!text.StartsWith(Mark, StringComparison.Ordinal))
            throw new CryptographicException("Not a sealed personal value.");
        byte[] whole;
        try
        {
            whole = Convert.FromBase64String(text[Mark.Length..]);
        }
        catch (FormatException e)
        {
            throw new CryptographicException("A sealed personal value is no base64.", e);
        }

        return whole.Length >= Salt + Commitment + Tag
            ? whole
            : throw new CryptographicException("A sealed personal value is too short.");
    }

    private static byte[] KeyOf(ReadOnlySpan<byte> salt, byte[] key)
    {
        byte[] text = [.. "value"u8, .. salt];
        return HMACSHA256.HashData(key, text);
    }

    private static byte[] Commit(byte[] own)
    {
        byte[] text = [.. "commitment"u8, .. own];
        return SHA256.HashData(text);
    }
}
