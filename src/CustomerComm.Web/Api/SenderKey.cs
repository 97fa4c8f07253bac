using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Api;

/// <summary>Who may send what other systems tell: whoever shows the key; without a key only this machine.</summary>
internal static class SenderKey
{
    /// <summary>True where the request shows the key as <c>?key=</c> or header <c>X-Api-Key</c>.</summary>
    public static bool MaySend(HttpContext http, string? key, WebOptions options)
    {
        if (key is not { Length: > 0 })
            return options.IsLocal(http);
        var shown = http.Request.Headers["X-Api-Key"].FirstOrDefault() ?? http.Request.Query["key"].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(shown));
    }
}
