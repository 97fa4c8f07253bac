using System.Globalization;
using CustomerComm.App.Reports;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Api;

/// <summary>Management's reports over HTTP.</summary>
internal static class ReportEndpoints
{
    private static readonly string[] s_columns =
    [
        "number", "category", "severity", "lead", "stage", "outcome", "receivedAt", "resolveDue", "resolvedAt",
        "closedAt", "satisfaction", "signature", "lateSteps", "outside",
    ];

    public static void MapReports(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/reports/monthly", MonthlyAsync).Produces<MonthlyReport>()
            .ProducesProblem(400).ProducesProblem(401)
            .WithSummary("A community's month; Accept: text/csv or format=csv for one line a complaint.");

    private static async Task<IResult> MonthlyAsync(
        HttpContext http, ReportReader reader, StaffSessions sessions, CompanyDirectory directory, string? community,
        string? month, CancellationToken ct)
    {
        if (ReportScope.Ask(http, sessions, directory, community, out var member, out var found) is { } problem)
            return problem;
        if (!TryMonth(month ?? reader.ThisMonth(found.Id), out var year, out var number))
            return Problems.Field("month", "'month' must be yyyy-MM, e.g. 2026-11.");
        var report = (await reader.MonthAsync(found.Id, year, number, member.Unit, ct))!;
        return CsvFile.IsWanted(http.Request)
            ? CsvFile.Of($"complaints-{report.Community}-{report.Month}", s_columns, report.Lines.Select(Fields))
            : TypedResults.Ok(report);
    }

    /// <summary>Reads <c>yyyy-MM</c>.</summary>
    internal static bool TryMonth(string text, out int year, out int month)
    {
        var ok = DateOnly.TryParseExact(
            text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year is >= 2000 and < 2100;
        (year, month) = (date.Year, date.Month);
        return ok;
    }

    private static string[] Fields(ComplaintLine line) =>
    [
        line.Number, line.Category, line.Severity, line.Lead, line.Stage, line.Outcome, Time(line.ReceivedAt),
        Time(line.ResolveDue), Time(line.ResolvedAt), Time(line.ClosedAt),
        line.Satisfaction?.ToString(CultureInfo.InvariantCulture) ?? "", line.Signature,
        line.LateSteps.ToString(CultureInfo.InvariantCulture), line.Outside,
    ];

    /// <summary>A time in a table; empty where there is none.</summary>
    internal static string Time(DateTimeOffset? at) =>
        at?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture) ?? "";
}
