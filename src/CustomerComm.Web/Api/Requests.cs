using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Api;

/// <summary>What endpoints read from requests alike.</summary>
internal static class Requests
{
    /// <summary>The token of <c>Authorization: Bearer</c>, or null.</summary>
    public static string? Bearer(this HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;
    }
}
