using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Web.Open311;

/// <summary>
/// Complaints as service requests of GeoReport v2. Only what is not personal is published: category, building, times and how
/// it stands; what the resident said goes to whoever holds the complaint's status token. What goes to the leader (4.6.1-2-D)
/// is not published at all, so that nobody accused reads of it here.
/// </summary>
internal sealed class GeoReport(
    ITables tables, ComplaintKind complaints, RulesBook book, CompanyDirectory directory, WebOptions options,
    TimeProvider time)
{
    /// <summary>Requests in one answer at most.</summary>
    public const int Most = 1_000;

    /// <summary>Days before a change within which the request must have come in.</summary>
    public const int DaysBack = 400;

    private const string Changeset = "2026-11-30 00:00";
    private const string Unpublished = "4.6.1-2-D";

    public static GeoNode.Several Services(Language language) => new(
        "service", [.. Enum.GetValues<Category>().Select(c => (GeoNode)Service(c, language))]);

    /// <summary>The further questions of a service: the room, so that whoever comes finds it.</summary>
    public static GeoNode Definition(Category category, Language language) => GeoNode.Of(
        ("service_code", category.ToString()),
        ("attributes", new GeoNode.Several("attribute",
        [
            GeoNode.Of(
                ("variable", true), ("code", "ROOM"), ("datatype", "string"), ("required", false),
                ("datatype_description", new UiTexts("Analysis")["Open311.RoomForm", language]), ("order", 1),
                ("description", new UiTexts("Analysis")["Open311.Room", language]),
                ("values", new GeoNode.Several("value", []))),
        ])));

    /// <summary>True where this key may open complaints; without any key in the settings nobody may.</summary>
    public bool IsKey(string? key)
    {
        if (string.IsNullOrEmpty(key))
            return false;
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        var known = false;
        // All are compared, each in constant time: how long it takes tells nothing about them.
        foreach (var right in options.Open311Keys?.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            known |= CryptographicOperations.FixedTimeEquals(
                given, SHA256.HashData(Encoding.UTF8.GetBytes(right)));
        }

        return known;
    }

    /// <summary>Requests of a community, the latest first.</summary>
    public async Task<GeoNode.Several> ListAsync(
        GeoSearch asked, GeoPage page, Language language, CancellationToken ct)
    {
        var (community, from, to) = (asked.Community, asked.From, asked.To);
        var found = new List<ComplaintRow>();
        foreach (var month in MonthsOf(from, to, Zone(community)))
        {
            found.AddRange((await RowsAsync(community, month, ct))
                .Where(r => r.ReceivedAt >= from && r.ReceivedAt <= to && Wanted(r, asked))
                .OrderByDescending(r => r.ReceivedAt));
            if (found.Count >= page.Through)
                break;
        }

        return new GeoNode.Several(
            "request", [.. page.Of(found).Select(r => (GeoNode)RequestOf(r, community, language, null))]);
    }

    /// <summary>
    /// What changed in the published requests of a community in a span of time, the earliest first. Those received more
    /// than <see cref="DaysBack"/> days before it are not looked at.
    /// </summary>
    public async Task<GeoNode.Several> UpdatesAsync(
        Community community, DateTimeOffset from, DateTimeOffset to, GeoPage page, Language language,
        CancellationToken ct)
    {
        var zone = Zone(community);
        var found = new List<(ComplaintRow Row, string What, DateTimeOffset At, string Text)>();
        foreach (var month in MonthsOf(from.AddDays(-DaysBack), to, zone))
        {
            found.AddRange((await RowsAsync(community, month, ct))
                .SelectMany(r => ChangesOf(r, language).Where(c => c.At >= from && c.At <= to)
                    .Select(c => (r, c.What, c.At, c.Text))));
        }

        var ordered = found.OrderBy(f => f.At).ThenBy(f => f.Row.RowKey, StringComparer.Ordinal).ToList();
        return new GeoNode.Several(
            "request_update",
            [
                .. page.Of(ordered).Select(f => (GeoNode)GeoNode.Of(
                    ("update_id", $"{f.Row.RowKey}-{f.What}"), ("service_request_id", f.Row.RowKey),
                    ("status", f.What == "closed" ? "closed" : "open"),
                    ("updated_datetime", GeoRequest.Time(f.At, zone)), ("description", f.Text), ("media_url", null))),
            ]);
    }

    /// <summary>Where this interface is, for those who look for it.</summary>
    public static GeoNode.Fields Discovery(CompanyDirectory directory, AppOptions options) => GeoNode.Of(
        ("changeset", Changeset),
        ("contact", string.Join(", ", directory.Communities.Select(c => $"{c.NameEn} {c.Hotline}")
            .Concat(directory.ComplaintLine is { } line ? [line] : Array.Empty<string>()))),
        ("key_service", "Ask the contact for an api_key."),
        ("endpoints", new GeoNode.Several("endpoint",
        [
            GeoNode.Of(
                ("specification", "http://wiki.open311.org/GeoReport_v2"),
                ("url", options.PublicUrl.TrimEnd('/') + "/open311/v2"), ("changeset", Changeset),
                ("type", "production"),
                ("formats", new GeoNode.Several(
                    "format", [new GeoNode.Value("text/xml"), new GeoNode.Value("application/json")]))),
        ])));

    /// <summary>The requests of these numbers; those that are none, or not published, are left out.</summary>
    public async Task<GeoNode.Several> FindAsync(
        Community? community, ImmutableArray<string> numbers, string? token, Language language, CancellationToken ct)
    {
        var nodes = ImmutableArray.CreateBuilder<GeoNode>();
        foreach (var number in numbers.Take(Most))
        {
            if (!MatterNumber.TryParse(number, out var parsed) || directory.Find(parsed.Community) is not { } of
                || (community is not null && community.Id != of.Id)
                || await complaints.FindAsync(parsed, ct) is not { } found)
            {
                continue;
            }

            var holder = found.IsStatusToken(token);
            // The complaint itself, not its row: what was just sent in is found at once.
            var row = ComplaintRow.Of(found, Zone(of));
            if (holder || IsPublished(row))
            {
                nodes.Add(RequestOf(
                    row, of, language, holder ? found.State.Intake.Text.Value : null));
            }
        }

        return new GeoNode.Several("request", nodes.ToImmutable());
    }

    /// <summary>The complaint of a token given out at its intake, or null.</summary>
    public static async Task<MatterNumber?> OfTokenAsync(string token, ComplaintKind streams, CancellationToken ct) =>
        token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            && await streams.LoadAsync(new StreamId($"{ComplaintKind.Name}.{token}"), ct) is { } found
            ? found.State.Number
            : null;

    private static GeoNode.Fields Service(Category category, Language language)
    {
        var route = Routing.For(category, []);
        return GeoNode.Of(
            ("service_code", category.ToString()), ("service_name", Texts.Name(category, language)),
            ("description", Texts.Why(route, language)),
            ("metadata", true), ("type", "realtime"), ("keywords", Texts.Name(category, language)),
            ("group", Texts.Name(route.Lead, language)));
    }

    private static bool IsPublished(ComplaintRow row) => row.Clause != Unpublished
        && row.Outcome is not (nameof(Outcome.Voided) or nameof(Outcome.Dismissed))
        && row.Kind is not (nameof(Nature.Greeting) or nameof(Nature.Spam));

    private static bool Wanted(ComplaintRow row, GeoSearch asked) =>
        (asked.Codes is not { } c || c.Contains(row.Category, StringComparer.OrdinalIgnoreCase))
        && (asked.Statuses is not { } s || s.Contains(StatusOf(row), StringComparer.OrdinalIgnoreCase))
        && (asked.UpdatedAfter is not { } since || UpdatedAt(row) >= since);

    private static DateTimeOffset UpdatedAt(ComplaintRow row) =>
        new[] { row.ReceivedAt, row.ResolvedAt, row.SignedAt, row.ClosedAt }.Max()!.Value;

    /// <summary>The changes that outsiders are told of: when, and the stage; never what was written.</summary>
    private static IEnumerable<(string What, DateTimeOffset At, string Text)> ChangesOf(
        ComplaintRow row, Language language)
    {
        yield return ("received", row.ReceivedAt, Texts.Name(Stage.Received, language));
        if (row.ResolvedAt is { } resolved)
            yield return ("resolved", resolved, Texts.Name(Stage.Resolved, language));
        if (row.SignedAt is { } signed)
            yield return ("signed", signed, Texts.Name(Stage.Completed, language));
        if (row.ClosedAt is { } closed)
        {
            yield return ("closed", closed, Enum.TryParse<Outcome>(row.Outcome, out var outcome)
                ? Texts.Name(outcome, language) : Texts.Name(Stage.Closed, language));
        }
    }

    /// <summary>The published requests of a month.</summary>
    private ValueTask<List<ComplaintRow>> RowsAsync(Community community, string month, CancellationToken ct) =>
        tables.RowsAsync<ComplaintRow>(Months.PartitionOf(community.Id, month), ct).Where(IsPublished).ToListAsync(ct);

    private static string StatusOf(ComplaintRow row) => row.ClosedAt is null ? "open" : "closed";

    private GeoNode.Fields RequestOf(ComplaintRow row, Community community, Language language, string? description)
    {
        var zone = Zone(community);
        _ = Enum.TryParse<Category>(row.Category, out var category);
        _ = Enum.TryParse<Unit>(row.Lead, out var lead);
        var notes = row.ClosedAt is not null && Enum.TryParse<Outcome>(row.Outcome, out var outcome)
            ? Texts.Name(outcome, language)
            : Enum.TryParse<Stage>(row.Stage, out var stage) ? Texts.Name(stage, language) : row.Stage;
        var place = community.NameIn(language);
        return GeoNode.Of(
            ("service_request_id", row.RowKey), ("status", StatusOf(row)), ("status_notes", notes),
            ("service_name", Texts.Name(category, language)), ("service_code", row.Category),
            ("description", description), ("agency_responsible", Texts.Name(lead, language)),
            ("service_notice", NoticeOf(community, language)),
            ("requested_datetime", GeoRequest.Time(row.ReceivedAt, zone)),
            ("updated_datetime", GeoRequest.Time(UpdatedAt(row), zone)),
            ("expected_datetime", GeoRequest.Time(row.ResolveDue, zone)),
            ("address", row.Building.Length == 0 ? place : $"{place} {row.Building}"), ("address_id", null),
            ("zipcode", null), ("lat", null), ("long", null), ("media_url", null));
    }

    /// <summary>What whoever sent it in should know: the number to call (4.6.1-1).</summary>
    public static string NoticeOf(Community community, Language language) =>
        new UiTexts("Analysis")["Open311.Notice", language]
            .Replace("{hotline}", community.Hotline, StringComparison.Ordinal);

    public DateTimeOffset Now => time.Now();

    /// <summary>The calendar by which times of a community are read.</summary>
    public WorkingCalendar CalendarOf(Community community) => book.Current(community.Id).Calendar;

    private TimeZoneInfo Zone(Community community) => book.Current(community.Id).Calendar.Zone;

    private static IEnumerable<string> MonthsOf(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var (first, last) = (Months.Of(from, zone), Months.Of(to, zone));
        var at = DateOnly.ParseExact(last + "-01", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        while (true)
        {
            var name = at.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
            if (string.CompareOrdinal(name, first) < 0)
                yield break;
            yield return name;
            at = at.AddMonths(-1);
        }
    }
}
