using System.Security.Cryptography;
using System.Text.Json;
using CustomerComm.App;
using CustomerComm.App.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace CustomerComm.Web.Chat;

/// <summary>
/// Tokens of the chat, sealed by Data Protection: good for one conversation of one user until they expire. The time is
/// sealed within rather than left to a time-limited protector, which knows no other clock than the machine's.
/// </summary>
internal sealed class DirectLineTokens(
    IDataProtectionProvider protection, Pseudonyms pseudonyms, TimeProvider time)
{
    /// <summary>How long a token is good, in seconds.</summary>
    public const int Seconds = 3600 * 24;

    private readonly IDataProtector _protector = protection.CreateProtector("directline");

    public string Issue(string conversation, string user) =>
        _protector.Protect(JsonSerializer.Serialize(new Grant(conversation, user, time.Now().AddSeconds(Seconds))));

    /// <summary>The conversation and user of a token that holds; null otherwise.</summary>
    public (string Conversation, string User)? Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        try
        {
            var grant = JsonSerializer.Deserialize<Grant>(_protector.Unprotect(token))!;
            return grant.Until > time.Now() ? (grant.Conversation, grant.User) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>
    /// A conversation id, 32 hex digits: random, or the same for the same key of the same user, so that a repeated POST
    /// begins one only, and nobody else's key leads into it.
    /// </summary>
    public string NewConversation(string? key, string user) => key is null
        ? RandomNumberGenerator.GetHexString(32, lowercase: true)
        : pseudonyms.Conversation("directline", $"{user.Length}:{user}:{key}").Value[^32..];

    private sealed record Grant(string Conversation, string User, DateTimeOffset Until);
}
