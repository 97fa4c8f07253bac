using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Api;

/// <summary>The <c>Idempotency-Key</c> header: 1 to 200 visible ASCII characters, or none.</summary>
internal static class IdempotencyKey
{
    /// <summary>Longest key in characters.</summary>
    public const int Longest = 200;

    public static IResult? Read(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue("Idempotency-Key", out var values))
            return null;
        key = values.ToString().Trim().Trim('"');
        if (key.Length is 0 or > Longest || key.Any(c => c is < '!' or > '~'))
            return Problems.Field("Idempotency-Key", $"The key must have 1 to {Longest} visible ASCII characters.");
        return null;
    }
}
