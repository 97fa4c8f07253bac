using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Storage;

/// <summary>
/// Ids that give nothing away about the person behind them, and cannot be guessed without the secret.
/// </summary>
public sealed class Pseudonyms(ISecrets secrets)
{
    private readonly byte[] _person = secrets.For("person-id");
    private readonly byte[] _link = secrets.For("links");

    /// <summary>Key id of the person with this phone or conversation.</summary>
    public string Person(string address) => "p-" + Hex(_person, address);

    /// <summary>Stream id of the conversation by this address, e.g. <c>sms.0f3a…</c>.</summary>
    public StreamId Conversation(string kind, string address) => new($"{kind}.{Hex(_person, kind + "|" + address)}");

    /// <summary>The id of the matter that a sender's message id opens: the same leads to the same, always.</summary>
    public static string Source(string sourceId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sourceId)).AsSpan(0, 10));

    /// <summary>
    /// Token in links, 132 bits, base64url. Derived, hence stored nowhere: whoever reads the store learns no token.
    /// </summary>
    public string Token(string purpose, StreamId stream, int issue)
    {
        var bytes = HMACSHA256.HashData(_link, Encoding.UTF8.GetBytes($"{purpose}|{stream}|{issue}"));
        return Base64Url.EncodeToString(bytes)[..22];
    }

    /// <summary>True where a presented token is the one derived; takes the same time either way.</summary>
    public bool IsToken(string? presented, string purpose, StreamId stream, int issue) =>
        presented is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(Token(purpose, stream, issue)));

    /// <summary>Code of six digits, for people to type. Derived as tokens are.</summary>
    public string Pin(string purpose, StreamId stream, int issue)
    {
        var bytes = HMACSHA256.HashData(_link, Encoding.UTF8.GetBytes($"pin|{purpose}|{stream}|{issue}"));
        return (BinaryPrimitives.ReadUInt64BigEndian(bytes) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>True where a presented code is the one derived; takes the same time either way.</summary>
    public bool IsPin(string? presented, string purpose, StreamId stream, int issue) =>
        presented is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(Pin(purpose, stream, issue)));

    /// <summary>What is stored of a signing token: its SHA-256, lower-case hex.</summary>
    public static string HashToken(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string Hex(byte[] key, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
