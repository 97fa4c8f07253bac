using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Api;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Pages;

/// <summary>Which community and month a report is about; what is not asked for is the asker's own.</summary>
internal readonly record struct ReportScope(Community Community, int Year, int Month, string Name)
{
    /// <summary>Reads <c>community</c> and <c>month</c> of the address.</summary>
    public static ReportScope Of(HttpContext http, StaffMember member, CompanyDirectory directory, ReportReader reader)
    {
        var asked = http.Request.Query["community"].ToString().ToUpperInvariant();
        var community = directory.Find(new CommunityId(asked))
            ?? directory.Find(member.Community ?? directory.Communities[0].Id)!;
        var month = http.Request.Query["month"].ToString();
        if (!ReportEndpoints.TryMonth(month, out var year, out var number))
        {
            month = reader.ThisMonth(community.Id);
            _ = ReportEndpoints.TryMonth(month, out year, out number);
        }

        return new ReportScope(community, year, number, month);
    }

    /// <summary>To the sign-in and back to the address at hand.</summary>
    public static IResult SignIn(HttpContext http) => PageResults.SeeOther(
        http,
        "/desk/sign-in?back=" + Uri.EscapeDataString(http.Request.Path.Value + http.Request.QueryString));
}
