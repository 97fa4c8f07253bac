using System.Collections.Immutable;
using CustomerComm.App.Complaints;
using CustomerComm.App.Messages;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Pages;

/// <summary>One obligation behind a figure, in words.</summary>
public sealed record ConformityLine(
    string Number, string? Address, string Clause, string Step, string Owner, string Due, string Done,
    ObligationResult Result);

/// <summary>
/// Proof of conduct: clause by clause what was owed in a month, and what became of it; each figure opens what is behind
/// it (all clauses).
/// </summary>
internal sealed class ConformityPages(
    ConformityReader reader, ReportReader reports, CompanyDirectory directory, StaffSessions sessions,
    IEnumerable<IDeskArea> areas)
{
    public async Task<IResult> ShowAsync(HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return ReportScope.SignIn(http);
        var scope = ReportScope.Of(http, member, directory, reports);
        var report = (await reader.MonthAsync(scope.Community.Id, scope.Year, scope.Month, member.Unit, ct))!;
        return PageResults.Page<ConformityPage>(
            http, 200, ("Context", Context(http, "/reports/conformity", scope, "")), ("Report", report),
            ("Zone", Zone(scope)));
    }

    public async Task<IResult> ListAsync(HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return ReportScope.SignIn(http);
        var scope = ReportScope.Of(http, member, directory, reports);
        var filter = FilterOf(http);
        var page = await reader.ItemsAsync(
            scope.Community.Id, scope.Year, scope.Month, member.Unit, filter, Text(http, "next"), ct);
        var more = Filter(filter);
        var context = Context(http, "/reports/conformity/list", scope, more);
        return PageResults.Page<ConformityListPage>(
            http, 200, ("Context", context), ("Scope", $"?community={scope.Community.Id}&month={scope.Name}"),
            ("Month", scope.Name), ("Community", context.NameOf(scope.Community)), ("Filter", filter),
            ("Lines", page.Rows.Select(i => LineOf(i, scope, context)).ToImmutableArray()),
            ("Next", page.Next is null
                ? null
                : context.Address + "&next=" + Uri.EscapeDataString(page.Next)));
    }

    /// <summary>Reads clause, step and result of the address; what is none is left out.</summary>
    public static ConformityFilter FilterOf(HttpContext http) => new(
        Text(http, "clause"), Text(http, "step"),
        Enum.TryParse<ObligationResult>(Text(http, "result"), ignoreCase: true, out var r) && Enum.IsDefined(r) ? r : null);

    private static string? Text(HttpContext http, string name) =>
        http.Request.Query[name].ToString() is { Length: > 0 and < 500 } text ? text : null;

    private static string Filter(ConformityFilter f) =>
        (f.Clause is { } c ? "&clause=" + Uri.EscapeDataString(c) : "")
        + (f.Step is { } s ? "&step=" + Uri.EscapeDataString(s) : "") + (f.Result is { } r ? $"&result={r}" : "");

    private PageContext Context(HttpContext http, string path, ReportScope scope, string more) => new(
        UiLanguage.Of(http), directory, $"{path}?community={scope.Community.Id}&month={scope.Name}{more}");

    private static TimeZoneInfo Zone(ReportScope scope) =>
        TimeZoneInfo.FindSystemTimeZoneById(scope.Community.TimeZone);

    private ConformityLine LineOf(ConformityItem i, ReportScope scope, PageContext context)
    {
        var zone = Zone(scope);
        return new ConformityLine(
            i.Number, AddressOf(i, scope.Community.Id), i.Clause, context.NameOf<ObligationKind>(i.Step),
            directory.Find(new StaffId(i.Owner))?.Name ?? context.NameOf<Unit>(i.Owner),
            Texts.Time(i.Due, zone, context.Language),
            i.DoneAt is { } done ? Texts.Time(done, zone, context.Language) : "–", i.Result);
    }

    /// <summary>Where it can be looked at at the desk; null where no area of the desk has it.</summary>
    private string? AddressOf(ConformityItem i, CommunityId community)
    {
        if (i.Matter == ComplaintKind.Name)
            return $"/desk/complaints/{i.Number}";
        return areas.FirstOrDefault(a => a.Matters.Contains(i.Matter, StringComparer.Ordinal))?.AddressOf(new ObligationRow
        {
            PartitionKey = $"unit:{community}:{i.Lead}",
            RowKey = i.Number,
            Version = 0,
            Number = i.Number,
            Kind = i.Step,
            Subject = i.Subject,
            Due = i.Due,
            Overdue = i.Result is ObligationResult.Late or ObligationResult.Overdue,
            Category = "",
            Severity = "",
            Danger = false,
            Matter = i.Matter,
            Stream = i.Stream,
        });
    }
}
