using System.Security.Cryptography;
using System.Text.Json;
using CustomerComm.App;
using CustomerComm.App.Messages;
using Microsoft.AspNetCore.DataProtection;

namespace CustomerComm.Web.Chat;

/// <summary>
/// Who holds a conversation: a secret that their browser alone keeps, sealed in its tokens. The conversation's id, which
/// is stored, is a hash of it: whoever has the store, and the keys that seal tokens, cannot make one for it.
/// </summary>
internal sealed record ChatHolder(string Secret, string User)
{
    /// <summary>The conversation's id, 32 hex digits.</summary>
    public string Conversation => LinkSecrets.HashToken(Secret)[..32];
}

/// <summary>
/// Tokens of the chat, sealed by Data Protection: good for one conversation of one user until they expire. The time is
/// sealed within rather than left to a time-limited protector, which knows no other clock than the machine's.
/// </summary>
internal sealed class DirectLineTokens(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long a token is good, in seconds.</summary>
    public const int Seconds = 3600 * 24;

    private readonly IDataProtector _protector = protection.CreateProtector("directline");

    public string Issue(ChatHolder holder) => _protector.Protect(
        JsonSerializer.Serialize(new Grant(holder.Secret, holder.User, time.Now().AddSeconds(Seconds))));

    /// <summary>Whose token it is, where it holds; null otherwise.</summary>
    public ChatHolder? Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        try
        {
            var grant = JsonSerializer.Deserialize<Grant>(_protector.Unprotect(token))!;
            return grant.Until > time.Now() ? new ChatHolder(grant.Secret, grant.User) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>
    /// A new conversation, always at random: a key that somebody else may have sent before leads into none. A token alone
    /// begins nothing, so one asked for twice leaves nothing behind.
    /// </summary>
    public static ChatHolder NewConversation(string user) => new(LinkSecrets.NewToken(), user);

    private sealed record Grant(string Secret, string User, DateTimeOffset Until);
}
