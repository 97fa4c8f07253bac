using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Api;

/// <summary>
/// Who may send what other systems tell: whoever shows the key, wherever they are. It is taken from the header alone, for
/// addresses are written down in many places.
/// </summary>
internal static class SenderKey
{
    /// <summary>True where the request shows the key in the header <c>X-Api-Key</c>; without a key nobody may.</summary>
    public static bool MaySend(HttpContext http, string? key) =>
        key is { Length: > 0 } && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(http.Request.Headers["X-Api-Key"].ToString()));

    /// <summary>The answer to whoever may not; it tells a missing key from a wrong one to nobody.</summary>
    public static IResult Wrong() => Problems.Make(
        StatusCodes.Status401Unauthorized, "Key", "The key is missing or wrong.",
        "Send the key of the system that sends in the header X-Api-Key.", null, null);
}
