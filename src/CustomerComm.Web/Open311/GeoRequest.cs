using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Open311;

/// <summary>An error of GeoReport v2: the HTTP status and what is wrong.</summary>
internal sealed record GeoError(int Code, string Description)
{
    public IResult ToResult(GeoFormat format) => new GeoNode.Several(
        "error", [GeoNode.Of(("code", Code), ("description", Description))]).ToResult(format, "errors", Code);
}

/// <summary>What requests of GeoReport v2 have in common.</summary>
internal static class GeoRequest
{
    /// <summary>Most days between the first and the last request asked for.</summary>
    public const int MostDays = 90;

    /// <summary>The name without the extension that asks for a format, and the format: else what is accepted.</summary>
    public static (string Name, GeoFormat Format) FormatOf(HttpContext http, string name)
    {
        if (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            return (name[..^4], GeoFormat.Xml);
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return (name[..^5], GeoFormat.Json);
        var accepts = http.Request.GetTypedHeaders().Accept.OrderByDescending(a => a.Quality ?? 1)
            .Select(a => a.MediaType.ToString()).FirstOrDefault(a => a.Contains("json") || a.Contains("xml"));
        return (name, accepts?.Contains("xml") == true && !accepts.Contains("html") ? GeoFormat.Xml : GeoFormat.Json);
    }

    /// <summary>The community asked for; where there is but one it may be left out.</summary>
    public static GeoError? Jurisdiction(string? asked, CompanyDirectory directory, out Community community)
    {
        community = directory.Communities[0];
        if (string.IsNullOrWhiteSpace(asked))
        {
            return directory.Communities.Length == 1
                ? null
                : new GeoError(
                    StatusCodes.Status400BadRequest,
                    $"jurisdiction_id was not provided; it is one of {Ids(directory)}.");
        }

        if (directory.Find(new CommunityId(asked.Trim().ToUpperInvariant())) is not { } found)
        {
            return new GeoError(
                StatusCodes.Status404NotFound, $"jurisdiction_id was not found; it is one of {Ids(directory)}.");
        }

        community = found;
        return null;
    }

    /// <summary>The service of this code, null where there is none: codes are names of categories.</summary>
    public static Category? Service(string code) =>
        Enum.TryParse<Category>(code, ignoreCase: true, out var category) && Enum.IsDefined(category)
            && char.IsAsciiLetter(code[0])
            ? category
            : null;

    /// <summary>The values of a list separated by commas; null where nothing is asked for.</summary>
    public static ImmutableArray<string>? List(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>
    /// First and last instant asked for: 90 days in all, up to now unless told otherwise, each with its offset.
    /// </summary>
    public static GeoError? Span(
        string? start, string? end, DateTimeOffset now, out DateTimeOffset from, out DateTimeOffset to)
    {
        (from, to) = (now.AddDays(-MostDays), now);
        if (!TryTime(start, out var first))
            return BadTime("start_date");
        if (!TryTime(end, out var last))
            return BadTime("end_date");
        to = last ?? (first is { } f && f.AddDays(MostDays) < now ? f.AddDays(MostDays) : now);
        from = first ?? to.AddDays(-MostDays);
        if (from > to)
            return new GeoError(StatusCodes.Status400BadRequest, "start_date lies after end_date.");
        return to - from > TimeSpan.FromDays(MostDays)
            ? new GeoError(
                StatusCodes.Status400BadRequest, $"start_date and end_date lie more than {MostDays} days apart.")
            : null;
    }

    /// <summary>A time of W3C's note on date and time formats, in the community's own offset.</summary>
    public static string Time(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone)
        .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static GeoError BadTime(string field) => new(
        StatusCodes.Status400BadRequest,
        $"{field} must be a time with its offset from UTC, e.g. 2026-11-05T08:15:30+08:00.");

    private static bool TryTime(string? text, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        // A plus in an address that was not escaped arrives as a space.
        var ok = DateTimeOffset.TryParseExact(
            text.Trim().Replace(' ', '+'),
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var read);
        at = read;
        return ok && read.Year is >= 2000 and < 2100;
    }

    private static string Ids(CompanyDirectory directory) =>
        string.Join(", ", directory.Communities.Select(c => c.Id.Value));
}
