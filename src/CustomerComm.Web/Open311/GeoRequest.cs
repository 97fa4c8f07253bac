using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CustomerComm.App.Company;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Open311;

/// <summary>An error of GeoReport v2: the HTTP status and what is wrong.</summary>
internal sealed record GeoError(int Code, string Description)
{
    public IResult ToResult(GeoFormat format) => new GeoNode.Several(
        "error", [GeoNode.Of(("code", Code), ("description", Description))]).ToResult(format, "errors", Code);
}

/// <summary>One page of a list, from 1, and how many stand on each.</summary>
internal readonly record struct GeoPage(int Number, int Size)
{
    /// <summary>How many stand on the pages before.</summary>
    public long Before => (Number - 1L) * Size;

    /// <summary>How many stand on this page and those before.</summary>
    public long Through => (long)Number * Size;

    /// <summary>What stands on it.</summary>
    public IEnumerable<T> Of<T>(IReadOnlyList<T> all) =>
        Before >= all.Count ? [] : all.Skip((int)Before).Take(Size);
}

/// <summary>
/// Which requests: received in a span of time, of these services and statuses, changed since a time.
/// </summary>
internal sealed record GeoSearch(
    Community Community, DateTimeOffset From, DateTimeOffset To, ImmutableArray<string>? Codes,
    ImmutableArray<string>? Statuses, DateTimeOffset? UpdatedAfter);

/// <summary>What requests of GeoReport v2 have in common.</summary>
internal static partial class GeoRequest
{
    /// <summary>Most days between the first and the last request asked for.</summary>
    public const int MostDays = 90;

    /// <summary>The last page that can be asked for.</summary>
    public const int MostPages = 100_000;

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
    /// First and last instant asked for: 90 days in all, up to now unless told otherwise. Without an offset they are the
    /// community's time, a date alone the whole of that day.
    /// </summary>
    public static GeoError? Span(
        string? start, string? end, DateTimeOffset now, WorkingCalendar calendar, out DateTimeOffset from,
        out DateTimeOffset to)
    {
        (from, to) = (now.AddDays(-MostDays), now);
        if (!TryTime(start, calendar, DateAlone.StartOfDay, out var first))
            return BadTime("start_date");
        if (!TryTime(end, calendar, DateAlone.EndOfDay, out var last))
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

    /// <summary>The page asked for: all on one, unless told otherwise.</summary>
    public static GeoError? Page(string? page, string? size, out GeoPage asked)
    {
        asked = new GeoPage(1, GeoReport.Most);
        if (!TryCount(page, 1, MostPages, out var number))
            return new GeoError(StatusCodes.Status400BadRequest, $"page must be a number from 1 to {MostPages}.");
        if (!TryCount(size, GeoReport.Most, GeoReport.Most, out var most))
        {
            return new GeoError(
                StatusCodes.Status400BadRequest, $"page_size must be a number from 1 to {GeoReport.Most}.");
        }

        asked = new GeoPage(number, most);
        return null;
    }

    /// <summary>Since when something must have changed; null where it does not matter.</summary>
    public static GeoError? Since(string? text, WorkingCalendar calendar, out DateTimeOffset? since) =>
        TryTime(text, calendar, DateAlone.StartOfDay, out since) ? null : BadTime("updated_after");

    public static GeoError NoService(string code) => new(
        StatusCodes.Status404NotFound,
        $"service_code '{code}' was not found; GET /open311/v2/services lists them.");

    /// <summary>A time of W3C's note on date and time formats, in the community's own offset.</summary>
    public static string Time(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone)
        .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static bool TryCount(string? text, int usual, int most, out int count)
    {
        count = usual;
        return string.IsNullOrWhiteSpace(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                && count >= 1 && count <= most);
    }

    private static GeoError BadTime(string field) => new(
        StatusCodes.Status400BadRequest,
        $"{field} must be a time, with its offset from UTC or the community's own, e.g. 2026-11-05T08:15:30+08:00.");

    private static bool TryTime(string? text, WorkingCalendar calendar, DateAlone alone, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        // A plus in an address that was not escaped arrives as a space.
        var escaped = LostPlus().Replace(text, "+$1");
        at = LocalTimes.Read(escaped, calendar, alone) is LocalTime.At read ? read.Time.ToUniversalTime() : null;
        return at is not null;
    }

    [GeneratedRegex(@"(?<=T[0-9:.]{4,}) ([0-9]{2}:?[0-9]{2})\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LostPlus();

    private static string Ids(CompanyDirectory directory) =>
        string.Join(", ", directory.Communities.Select(c => c.Id.Value));
}
