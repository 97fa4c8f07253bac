using System.Globalization;
using System.Reflection;
using CustomerComm.App.Surveys;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Api;

/// <summary>The survey report over HTTP (3.2, 4.5.6).</summary>
internal static class SurveyReportEndpoints
{
    private static readonly PropertyInfo[] s_columns =
        [.. typeof(SurveyResultRow).GetProperties().Where(p => p.Name != nameof(SurveyResultRow.Version))];

    public static void MapSurveyReports(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/reports/survey", ReportAsync).Produces<SurveyReport>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404)
            .WithSummary("A community's annual survey; Accept: text/csv or format=csv for one line a result.");

    private static async Task<IResult> ReportAsync(
        HttpContext http, SurveyReportReader reader, StaffSessions sessions, CompanyDirectory directory,
        string? community, string? year, CancellationToken ct)
    {
        if (ReportScope.Ask(http, sessions, directory, community, out _, out var found) is { } problem)
            return problem;

        if (!int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 2000 or > 2099)
        {
            return Problems.Field("year", "'year' must be yyyy, e.g. 2026.");
        }

        if (await reader.ReadAsync(found.Id, number, ct) is not { } report)
            return Problems.NotFound();
        return CsvFile.IsWanted(http.Request)
            ? CsvFile.Of(
                $"survey-{report.Survey.Number}",
                [.. s_columns.Select(c => char.ToLowerInvariant(c.Name[0]) + c.Name[1..])],
                report.Results.Select(row => s_columns
                    .Select(c => Convert.ToString(c.GetValue(row), CultureInfo.InvariantCulture) ?? "").ToArray()))
            : TypedResults.Ok(report);
    }
}
