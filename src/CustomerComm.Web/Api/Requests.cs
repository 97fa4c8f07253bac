using CustomerComm.App.Company;
using CustomerComm.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

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

    /// <summary>Reads the name of an enum's value; its number is none.</summary>
    public static bool Named<T>(string text, out T value)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]);

    /// <summary>
    /// Reads a time that may be left out, as UTC: without an offset it is the community's. Of a community there is not,
    /// nothing is read, for whoever takes the request then says so.
    /// </summary>
    public static ProblemHttpResult? TryTime(
        string? text, string field, CommunityId community, RulesBook book, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrWhiteSpace(text) || book.Directory.Find(community) is null)
            return null;
        switch (LocalTimes.Read(text, book.Current(community).Calendar))
        {
            case LocalTime.At read:
                at = read.Time.ToUniversalTime();
                return null;
            case LocalTime.Unreadable no:
                return Problems.Field(field, $"'{field}' {no.Problem}");
            case var other:
                throw new InvalidOperationException($"Unknown reading {other.GetType().Name}.");
        }
    }

    /// <summary>
    /// True where reading a form failed for what was sent: half a body, wrong headers of its parts, too much of it.
    /// </summary>
    public static bool IsBadForm(Exception e) =>
        e is IOException or InvalidDataException or FormatException or ArgumentException;
}
