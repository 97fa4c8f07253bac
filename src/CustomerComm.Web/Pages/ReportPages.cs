using System.Text.Json;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.App.Reviews;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Pages;

/// <summary>The month of a community for management (3.2, 4.5.4); for staff.</summary>
internal sealed class ReportPages(
    ReportReader reader, CompanyDirectory directory, ITables tables, StaffSessions sessions)
{
    // The default encoder escapes what could end the script element that holds the data.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public async Task<IResult> ShowAsync(HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return ReportScope.SignIn(http);
        var (community, year, number, month) = ReportScope.Of(http, member, directory, reader);
        var report = (await reader.MonthAsync(community.Id, year, number, member.Unit, ct))!;
        var closed = await tables.Of<MonthRow>().GetAsync(community.Id.Value, month, ct);
        var context = new PageContext(
            UiLanguage.Of(http), directory, $"/reports?community={community.Id}&month={month}");
        return PageResults.Page<ReportPage>(
            http, 200, ("Context", context), ("Report", report), ("Zone",
            TimeZoneInfo.FindSystemTimeZoneById(community.TimeZone)), ("Closed", closed),
            ("Data", Data(report, context)));
    }

    /// <summary>What the charts are drawn from.</summary>
    private static string Data(MonthlyReport report, PageContext context) => JsonSerializer.Serialize(
        new
        {
            Category = report.Categories.Select(c => new { Label = context.NameOf<Category>(c.Name), Count = c.Received }),
            Department = report.Departments.Select(c => new { Label = context.NameOf<Unit>(c.Name), Count = c.Received }),
            Timeliness = report.Steps.Select(s => new
            {
                Label = context.NameOf<ObligationKind>(s.Step),
                s.OnTime,
                Late = s.Late + s.Overdue,
            }),
            Satisfaction = report.Satisfaction.Answers == 0
                ? []
                : report.Satisfaction.Counts.Select((count, i) => new
                {
                    Label = context[$"Sign.satisfaction.{i + 1}"],
                    Count = count,
                }).Reverse().ToArray(),
        },
        s_json);
}
