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

    /// <summary>Key id of the person with this phone or conversation.</summary>
    public string Person(string address) => "p-" + Hex(_person, address);

    /// <summary>Stream id of the conversation by this address, e.g. <c>sms.0f3a…</c>.</summary>
    public StreamId Conversation(string kind, string address) => new($"{kind}.{Hex(_person, kind + "|" + address)}");

    /// <summary>The id of the matter that a sender's message id opens: the same leads to the same, always.</summary>
    public static string Source(string sourceId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sourceId)).AsSpan(0, 10));

    private static string Hex(byte[] key, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
