using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Api;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Pages;

/// <summary>Which community and month a report is about; what is not asked for is the asker's own.</summary>
internal readonly record struct ReportScope(Community Community, int Year, int Month, string Name)
{
    /// <summary>Reads <c>community</c> and <c>month</c> of the address.</summary>
    public static ReportScope Of(HttpContext http, StaffMember member, CompanyDirectory directory, ReportReader reader)
    {
        var asked = http.Request.Query["community"].ToString().ToUpperInvariant();
        var community = directory.Find(new CommunityId(asked)) is { } found && member.Serves(found.Id)
            ? found
            : directory.Find(member.Community ?? directory.Communities[0].Id)!;
        var month = http.Request.Query["month"].ToString();
        if (!ReportEndpoints.TryMonth(month, out var year, out var number))
        {
            month = reader.ThisMonth(community.Id);
            _ = ReportEndpoints.TryMonth(month, out year, out number);
        }

        return new ReportScope(community, year, number, month);
    }

    /// <summary>
    /// The community whose report is asked for over HTTP and who asks; a problem where nobody is signed in, there is none of
    /// that name, or its reports are not theirs.
    /// </summary>
    public static IResult? Ask(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, string? community, out StaffMember member,
        out Community found)
    {
        (member, found) = (null!, null!);
        if (sessions.Current(http) is not { } asking)
            return Problems.Unauthorized();
        if (community is null || directory.Find(new CommunityId(community.ToUpperInvariant())) is not { } known)
            return Problems.Field("community", $"There is no community '{community}'. GET /api/communities lists them.");
        (member, found) = (asking, known);
        return asking.Serves(known.Id) ? null : Problems.NotFound();
    }

    /// <summary>To the sign-in and back to the address at hand.</summary>
    public static IResult SignIn(HttpContext http) => PageResults.SeeOther(
        http,
        "/desk/sign-in?back=" + Uri.EscapeDataString(http.Request.Path.Value + http.Request.QueryString));
}
