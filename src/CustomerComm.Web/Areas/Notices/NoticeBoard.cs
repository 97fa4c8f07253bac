using System.Collections.Immutable;
using CustomerComm.App.Company;
using CustomerComm.App.Ledger;
using CustomerComm.App.Matters;
using CustomerComm.App.Notices;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Notices;
using CustomerComm.Web.Api;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Notices;

/// <summary>
/// The notice board that everybody may read, the page behind the links that households get, and both as JSON (4.2.2).
/// </summary>
internal static class NoticeBoard
{
    public static void MapNoticeBoard(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/notices", BoardAsync);
        pages.MapGet("/notices/{number}", ShowAsync);
        var own = pages.MapGroup("/n/{post}/{token}").DisableAntiforgery();
        own.MapGet("", ShowToAsync);
        own.MapPost("", ReadAsync);
        app.MapGet("/api/notices", ListAsync).Produces<NoticeListView>().ProducesProblem(400)
            .WithSummary("The public notice board of a community, newest first, 20 a page.");
        app.MapGet("/api/reports/notices", ReportAsync).Produces<NoticeReportView>()
            .ProducesProblem(400).ProducesProblem(401)
            .WithSummary("Notices first published in a month, with delivery and reading figures.");
    }

    private static async Task<IResult> BoardAsync(
        HttpContext http, NoticeReader reader, RulesBook book, RootsReader roots, string? community, string? from,
        CancellationToken ct)
    {
        var directory = book.Directory;
        var chosen = directory.Communities.FirstOrDefault(c => c.Id.Value == community?.ToUpperInvariant())
            ?? directory.Communities[0];
        var page = await reader.BoardAsync(chosen.Id, from, NoticeReader.PageSize, ct);
        var root = await roots.FindLatestAsync(ct);
        var context = new PageContext(UiLanguage.Of(http), directory, $"/notices?community={chosen.Id}");
        return PageResults.Page<BoardPage>(
            http, 200, ("Context", context), ("Community", chosen),
            ("Notices", page.Notices.Select(n => n.State).ToImmutableArray()), ("Zone", ZoneOf(book, chosen.Id)),
            ("Root", root),
            ("Next", page.Next is { } next ? $"{context.Address}&from={Uri.EscapeDataString(next)}" : null));
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, string number, NoticeKind notices, RulesBook book, CancellationToken ct) =>
        await notices.FindAsync(number, ct) is { State.Public: true } found
            ? Page(http, found, book, $"/notices/{found.State.Number}", UiLanguage.Of(http))
            : NotFound(http, book);

    /// <summary>
    /// Behind the link of one household. Looking counts nothing: previews and scanners of links look too. Reading is told by
    /// a press.
    /// </summary>
    private static async Task<IResult> ShowToAsync(
        HttpContext http, string post, string token, NoticePostKind posts, NoticeKind notices, RulesBook book,
        StaffSessions sessions, CancellationToken ct)
    {
        if (await FindAsync(post, token, posts, ct) is not var (batch, reader)
            || await notices.LoadAsync(new StreamId(batch.State.Posted.Notice), ct) is not { } found)
        {
            return NotFound(http, book);
        }

        bool? read = sessions.Current(http) is null ? batch.State.Opened.Contains(reader) : null;
        return Page(
            http, found, book, $"/n/{post}/{token}", UiLanguage.Of(http, LanguageOf(batch, reader, book)), read);
    }

    /// <summary>The household says that it has read the notice; staff who hold its link cannot.</summary>
    private static async Task<IResult> ReadAsync(
        HttpContext http, string post, string token, NoticePostKind posts, RulesBook book,
        StaffSessions sessions, CancellationToken ct)
    {
        if (await FindAsync(post, token, posts, ct) is not var (batch, reader))
            return NotFound(http, book);
        if (sessions.Current(http) is null)
            await posts.OpenAsync(batch.Stream, reader, ct);
        return PageResults.SeeOther(http, $"/n/{post}/{token}");
    }

    private static async Task<(LoadedMatter<NoticePost> Batch, int Reader)?> FindAsync(
        string post, string token, NoticePostKind posts, CancellationToken ct) =>
        post.Length <= 32 && post.All(char.IsAsciiLetterOrDigit)
            && await posts.LoadAsync(posts.StreamOf(post), ct) is { } batch
            && batch.IssueOf(token, NoticePostMatter.Page) is { } reader
            ? (batch, reader)
            : null;

    private static Language LanguageOf(LoadedMatter<NoticePost> batch, int reader, RulesBook book)
    {
        var posted = batch.State.Posted;
        return posted.Conversation is null
            && book.Directory.FindHome(posted.Community, posted.Homes[reader].Room.Value)
                is { Residents: [var first, ..] }
            ? first.Language : posted.Language;
    }

    private static async Task<IResult> ListAsync(
        NoticeReader reader, RulesBook book, string? community, string? from, CancellationToken ct)
    {
        if (Find(community, book) is not { } found)
            return Unknown(community);
        var page = await reader.BoardAsync(found.Id, from, NoticeReader.PageSize, ct);
        return TypedResults.Ok(new NoticeListView(
            found.Id.Value, [.. page.Notices.Select(n => NoticeListItem.Of(n.State))], page.Next));
    }

    private static async Task<IResult> ReportAsync(
        HttpContext http, NoticeReader reader, RulesBook book, StaffSessions sessions, TimeProvider time,
        string? community, string? month, CancellationToken ct)
    {
        if (ReportScope.Ask(http, sessions, book.Directory, community, out _, out var found) is { } problem)
            return problem;
        var zone = ZoneOf(book, found.Id);
        var asked = month ?? TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone)
            .ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        return ReportEndpoints.TryMonth(asked, out var year, out var number)
            ? TypedResults.Ok(new NoticeReportView(
                found.Id.Value, asked, await reader.MonthAsync(found.Id, year, number, ct)))
            : Problems.Field("month", "'month' must be yyyy-MM, e.g. 2026-11.");
    }

    private static Community? Find(string? community, RulesBook book) =>
        community is null ? null : book.Directory.Find(new CommunityId(community.ToUpperInvariant()));

    private static IResult Unknown(string? community) => Problems.Field(
        "community", $"There is no community '{community}'. GET /api/communities lists them.");

    private static IResult Page(
        HttpContext http, LoadedMatter<Notice> found, RulesBook book, string address, Language language,
        bool? read = null) =>
        PageResults.Page<PublicNoticePage>(
            http, 200, ("Context", new PageContext(language, book.Directory, address)), ("Notice", found.State),
            ("Zone", ZoneOf(book, found.State.Community)), ("Read", read));

    private static IResult NotFound(HttpContext http, RulesBook book) => PageResults.Message(
        http, new PageContext(UiLanguage.Of(http), book.Directory, "/"), StatusCodes.Status404NotFound, "Error.404");

    private static TimeZoneInfo ZoneOf(RulesBook book, CommunityId community) => book.Current(community).Calendar.Zone;
}

/// <summary>A page of the board.</summary>
public sealed record NoticeListView(string Community, ImmutableArray<NoticeListItem> Notices, string? Next);

/// <summary>A published notice; <paramref name="WithdrawnAt"/> is set where it no longer holds.</summary>
public sealed record NoticeListItem(
    string Number, string Kind, string Audience, int Edition, DateTimeOffset PublishedAt, DateTimeOffset? WithdrawnAt,
    string? WithdrawnFor, string Title, string Body, string? TitleEn, string? BodyEn, string? Source)
{
    internal static NoticeListItem Of(Notice s)
    {
        var e = s.Current!;
        return new NoticeListItem(
            s.Number, s.Kind.ToString(), s.Audience.Kind.ToString(), e.No, e.PublishedAt!.Value, s.WithdrawnAt,
            s.WithdrawnFor?.Value, e.Text.Title.Value, e.Text.Body.Value, e.Text.TitleEn?.Value, e.Text.BodyEn?.Value,
            e.Text.Source);
    }
}

/// <summary>Notices of a month for management.</summary>
public sealed record NoticeReportView(string Community, string Month, IReadOnlyList<NoticeLine> Notices);
