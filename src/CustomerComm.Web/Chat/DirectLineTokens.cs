using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App;
using CustomerComm.App.Ports;

namespace CustomerComm.Web.Chat;

/// <summary>
/// Tokens of the chat: good for one conversation of one user until they expire. Form:
/// <c>conversation.user.expiry.signature</c>, HMAC-SHA256.
/// </summary>
internal sealed class DirectLineTokens(ISecrets secrets, TimeProvider time)
{
    /// <summary>How long a token is good, in seconds.</summary>
    public const int Seconds = 3600 * 24;

    private readonly byte[] _key = secrets.For("directline");

    public string Issue(string conversation, string user)
    {
        var until = time.Now().ToUnixTimeSeconds() + Seconds;
        var body = string.Create(CultureInfo.InvariantCulture, $"{conversation}.{Encode(user)}.{until}");
        return $"{body}.{Sign(body)}";
    }

    /// <summary>The conversation and user of a token that holds; null otherwise.</summary>
    public (string Conversation, string User)? Read(string? token)
    {
        if (token?.Split('.') is not [var conversation, var user, var until, var signature])
            return null;
        var holds = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Sign($"{conversation}.{user}.{until}")), Encoding.UTF8.GetBytes(signature));
        return holds && long.Parse(until, CultureInfo.InvariantCulture) > time.Now().ToUnixTimeSeconds()
            ? (conversation, Decode(user))
            : null;
    }

    /// <summary>
    /// A conversation id: random, or the same for the same key, so that a repeated POST begins one only.
    /// </summary>
    public string NewConversation(string? key) => key is null
        ? RandomNumberGenerator.GetHexString(32, lowercase: true)
        : Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes("new|" + key)).AsSpan(0, 16));

    private string Sign(string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(body)).AsSpan(0, 16));

    private static string Encode(string user) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(user));

    private static string Decode(string user) => Encoding.UTF8.GetString(Convert.FromHexString(user));
}
