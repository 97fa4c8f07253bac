using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.Domain;

namespace CustomerComm.App.Messages;

/// <summary>A page of a matter for one of its readers; of another <paramref name="Issue"/> it is another.</summary>
public readonly record struct PageIssue(string Page, int Issue = 0);

/// <summary>Where a link leads: a page of the matter of this stream.</summary>
public sealed record LinkAt(StreamId Stream, string Page, int Issue = 0)
{
    /// <summary>The page without its matter.</summary>
    public PageIssue Of => new(Page, Issue);
}

/// <summary>
/// What is kept of a secret that opens a page: its hash, with the event that owes or made it. With
/// <paramref name="Salt"/> it is a code of six digits, else a token of a link.
/// </summary>
public sealed record StoredSecret(string Page, int Issue, string Hash, string? Salt = null)
{
    /// <summary>The page it opens.</summary>
    public PageIssue Of => new(Page, Issue);
}

/// <summary>
/// The secrets that people are given: each drawn at random and on its own, so that nothing that is stored leads to one.
/// </summary>
public static class LinkSecrets
{
    /// <summary>Characters of a token: 128 bits, base64url.</summary>
    public const int TokenLength = 22;

    /// <summary>Digits of a code.</summary>
    public const int CodeLength = 6;

    /// <summary>
    /// Rounds of PBKDF2 by which a code is hashed: some 100 ms a try, so that a core needs a day for the million codes
    /// that there are, and a code is good for five minutes.
    /// </summary>
    public const int CodeRounds = 400_000;

    private const int TokenBytes = 16;
    private const int SaltBytes = 16;

    /// <summary>A new token.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>A new code.</summary>
    public static string NewCode() =>
        RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>What is stored of a token, of a link or a browser's: its SHA-256, lower-case hex.</summary>
    public static string HashToken(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>What is stored of a token that opens this page.</summary>
    public static StoredSecret OfToken(PageIssue page, string token) => new(page.Page, page.Issue, HashToken(token));

    /// <summary>What is stored of a code for this page; takes some 100 ms.</summary>
    public static StoredSecret OfCode(PageIssue page, string code)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new StoredSecret(
            page.Page, page.Issue, Convert.ToHexStringLower(HashCode(code, salt)), Convert.ToHexStringLower(salt));
    }

    /// <summary>True where it is the code that this was stored of; takes some 100 ms either way.</summary>
    public static bool IsCode(StoredSecret stored, string code) => stored.Salt is { } salt
        && CryptographicOperations.FixedTimeEquals(
            HashCode(code, Convert.FromHexString(salt)), Convert.FromHexString(stored.Hash));

    private static byte[] HashCode(string code, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(code), salt, CodeRounds, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
}
