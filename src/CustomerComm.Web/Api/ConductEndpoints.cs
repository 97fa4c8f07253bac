using System.Globalization;
using CustomerComm.App.Reports;
using CustomerComm.App.Reviews;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Reviews;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Api;

/// <summary>A page of obligations; <paramref name="Next"/> continues it, null at the end.</summary>
public sealed record ConformityItems(IReadOnlyList<ConformityItem> Items, string? Next);

/// <summary>Proof of conduct and trends: for staff, over HTTP and as pages.</summary>
internal static class ConductEndpoints
{
    public static void MapConduct(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/reports/conformity", ConformityAsync).Produces<ConformityReport>()
            .ProducesProblem(400).ProducesProblem(401)
            .WithSummary("Clause by clause what fell due in a month: done on time, late, or not at all.");
        app.MapGet("/api/reports/conformity/items", ItemsAsync).Produces<ConformityItems>()
            .ProducesProblem(400).ProducesProblem(401)
            .WithSummary("The obligations behind a figure, by clause, step and result; 50 a page.");
        app.MapGet("/api/reports/trends", TrendsAsync).Produces<TrendReport>()
            .ProducesProblem(400).ProducesProblem(401)
            .WithSummary("Complaints of the last months by category, building and handler.");
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/reports/conformity", (HttpContext http, ConformityPages page, CancellationToken ct) =>
            page.ShowAsync(http, ct));
        pages.MapGet("/reports/conformity/list", (HttpContext http, ConformityPages page, CancellationToken ct) =>
            page.ListAsync(http, ct));
        pages.MapGet("/reports/trends", (HttpContext http, TrendPages page, CancellationToken ct) =>
            page.ShowAsync(http, ct));
        // The link of a text message to leader and quality; what it leads to asks who they are.
        pages.MapGet("/r/{id}/{token}", ReportOf);
    }

    private static async Task<IResult> ConformityAsync(
        HttpContext http, ConformityReader reader, ReportReader reports, StaffSessions sessions,
        CompanyDirectory directory, string? community, string? month, CancellationToken ct)
    {
        if (ReportScope.Ask(http, sessions, directory, community, out var member, out var found) is { } problem)
            return problem;
        return Read(found.Id, month, reports, out var year, out var number) is { } bad
            ? bad
            : TypedResults.Ok(await reader.MonthAsync(found.Id, year, number, member.Unit, ct));
    }

    private static async Task<IResult> ItemsAsync(
        HttpContext http, ConformityReader reader, ReportReader reports, StaffSessions sessions,
        CompanyDirectory directory, string? community, string? month, string? next, CancellationToken ct)
    {
        if (ReportScope.Ask(http, sessions, directory, community, out var member, out var found) is { } problem)
            return problem;
        if (Read(found.Id, month, reports, out var year, out var number) is { } bad)
            return bad;
        var filter = ConformityPages.FilterOf(http);
        if (http.Request.Query["result"].ToString() is { Length: > 0 } result && filter.Result is null)
        {
            return Problems.Field(
                "result", $"'{result}' is none of {string.Join(", ", Enum.GetNames<ObligationResult>())}.");
        }

        var page = await reader.ItemsAsync(found.Id, year, number, member.Unit, filter, next, ct);
        return TypedResults.Ok(new ConformityItems(page.Rows, page.Next));
    }

    private static async Task<IResult> TrendsAsync(
        HttpContext http, TrendReader reader, StaffSessions sessions, CompanyDirectory directory, string? community,
        string? months, CancellationToken ct)
    {
        if (ReportScope.Ask(http, sessions, directory, community, out var member, out var found) is { } problem)
            return problem;
        var count = TrendPages.Months;
        if (months is not null && (!int.TryParse(months, NumberStyles.None, CultureInfo.InvariantCulture, out count)
            || count is < 1 or > TrendReader.MostMonths))
        {
            return Problems.Field("months", $"'months' must be 1 to {TrendReader.MostMonths}.");
        }

        return TypedResults.Ok(await reader.ReadAsync(found.Id, count, member.Unit, ct));
    }

    private static async Task<IResult> ReportOf(string id, string token, ReviewKind reviews, CancellationToken ct)
    {
        var at = id.IndexOf('-', StringComparison.Ordinal);
        return at > 0 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && ReportEndpoints.TryMonth(id[(at + 1)..], out _, out _)
            && (await reviews.LoadAsync(reviews.StreamOf(id), ct))?.Opens(token, ReviewMatter.ReportPage) == true
            ? TypedResults.LocalRedirect($"~/reports?community={Uri.EscapeDataString(id[..at])}&month={id[(at + 1)..]}")
            : Problems.NotFound();
    }

    private static IResult? Read(
        CommunityId community, string? month, ReportReader reports, out int year, out int number) =>
        ReportEndpoints.TryMonth(month ?? reports.ThisMonth(community), out year, out number)
            ? null
            : Problems.Field("month", "'month' must be yyyy-MM, e.g. 2026-11.");
}
