using CustomerComm.App.Company;
using CustomerComm.App.Meetings;
using CustomerComm.Domain.Meetings;
using CustomerComm.Web.Api;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Meetings;

/// <summary>The minutes behind the link that the committee gets, and meetings for management (4.5.5).</summary>
internal static class MinutesEndpoints
{
    public static void MapMinutes(this IEndpointRouteBuilder app)
    {
        app.MapGet("/m/{meeting}/{token}", ShowAsync).ExcludeFromDescription();
        app.MapGet("/api/reports/meetings", ReportAsync).Produces<MeetingReportView>()
            .ProducesProblem(400).ProducesProblem(401)
            .WithSummary("Meetings of a community with its owners' committee in a year.");
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, string meeting, string token, MeetingKind meetings, RulesBook book,
        TimeProvider time, CancellationToken ct)
    {
        if (await meetings.FindAsync(meeting, ct) is not { } found
            || found.IssueOf(token, MeetingMatter.Page) is null)
        {
            return PageResults.Message(
                http, new PageContext(UiLanguage.Of(http), book.Directory, "/"), StatusCodes.Status404NotFound,
                "Error.404");
        }

        var language = UiLanguage.Of(http);
        var zone = book.Current(found.State.Community).Calendar.Zone;
        var words = new DeskWords(language, book.Directory, zone, new UiTexts(MeetingArea.Texts));
        return PageResults.Page<MinutesPage>(
            http, StatusCodes.Status200OK,
            ("Context", new PageContext(language, book.Directory, $"/m/{found.State.Number}/{token}")),
            ("Meeting", found.State), ("Words", words), ("Now", time.GetUtcNow()));
    }

    private static async Task<IResult> ReportAsync(
        HttpContext http, MeetingKind meetings, RulesBook book, StaffSessions sessions, TimeProvider time,
        string? community, int? year, CancellationToken ct)
    {
        if (ReportScope.Ask(http, sessions, book.Directory, community, out _, out var found) is { } problem)
            return problem;
        var asked = year ?? book.Current(found.Id).Calendar.LocalDate(time.GetUtcNow()).Year;
        return asked is >= 2000 and <= 2100
            ? TypedResults.Ok(new MeetingReportView(
                found.Id.Value, asked, await meetings.YearAsync(found.Id, asked, ct)))
            : Problems.Field("year", "'year' must be 2000 to 2100.");
    }
}

/// <summary>Meetings of a year for management.</summary>
public sealed record MeetingReportView(string Community, int Year, IReadOnlyList<MeetingRow> Meetings);
