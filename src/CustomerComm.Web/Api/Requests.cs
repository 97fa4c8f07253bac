using System.Text.Json;
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

    /// <summary>A text field of an object; null where it is missing or something else.</summary>
    public static string? Text(this JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
