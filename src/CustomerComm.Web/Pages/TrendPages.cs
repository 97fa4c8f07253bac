using System.Globalization;
using System.Text.Json;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Pages;

/// <summary>Complaints of the last months by category, building and handler (1.0, 4.5.7); for staff.</summary>
internal sealed class TrendPages(
    TrendReader trends, ReportReader reports, CompanyDirectory directory, StaffSessions sessions)
{
    /// <summary>Months shown unless more or fewer are asked for.</summary>
    public const int Months = 12;

    /// <summary>Lines drawn in one chart: more cannot be told apart.</summary>
    private const int Drawn = 6;

    // The default encoder escapes what could end the script element that holds the data.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public async Task<IResult> ShowAsync(HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return ReportScope.SignIn(http);
        var scope = ReportScope.Of(http, member, directory, reports);
        var asked = http.Request.Query["months"].ToString();
        var months = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
            ? Math.Clamp(m, 1, TrendReader.MostMonths)
            : Months;
        var report = (await trends.ReadAsync(scope.Community.Id, months, member.Unit, ct))!;
        var context = new PageContext(
            UiLanguage.Of(http), directory,
            string.Create(
                CultureInfo.InvariantCulture, $"/reports/trends?community={scope.Community.Id}&months={months}"));
        return PageResults.Page<TrendPage>(
            http, 200, ("Context", context), ("Report", report), ("Data", Data(report, context, directory)),
            ("Zone", TimeZoneInfo.FindSystemTimeZoneById(scope.Community.TimeZone)));
    }

    /// <summary>Name of a building; one that is not known has none.</summary>
    public static string Building(string name, PageContext context)
    {
        var texts = new UiTexts("Analysis");
        return name.Length == 0
            ? texts["Trends.NoBuilding", context.Language]
            : texts["Trends.Building", context.Language].Replace("{n}", name, StringComparison.Ordinal);
    }

    /// <summary>What the charts are drawn from: months, and one line of values each.</summary>
    private static string Data(TrendReport report, PageContext context, CompanyDirectory directory)
    {
        object Chart(IEnumerable<TrendLine> lines, Func<string, string> name) => new
        {
            report.Months,
            Lines = lines.Take(Drawn).Select(l => new { Label = name(l.Name), Values = l.Counts }),
        };
        return JsonSerializer.Serialize(
            new
            {
                Trends = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["trend-category"] = Chart(report.Categories, context.NameOf<Category>),
                    ["trend-building"] = Chart(report.Buildings, n => Building(n, context)),
                    ["trend-handler"] = Chart(
                        report.Handlers, n => directory.Find(new StaffId(n))?.Name ?? n),
                },
            },
            s_json);
    }
}
