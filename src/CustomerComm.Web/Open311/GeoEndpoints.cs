using CustomerComm.App.Complaints;
using CustomerComm.App.Messages;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Open311;

/// <summary>Open311 GeoReport v2: the standard interface for other systems. Each community is a jurisdiction.</summary>
internal static class GeoEndpoints
{
    public static void MapOpen311(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/open311/v2").ExcludeFromDescription().DisableAntiforgery();
        foreach (var extension in new[] { "", ".json", ".xml" })
        {
            api.MapGet("/services" + extension, Services);
            api.MapGet("/requests" + extension, ListAsync);
            api.MapPost("/requests" + extension, CreateAsync);
            api.MapGet("/servicerequestupdates" + extension, UpdatesAsync);
            api.MapGet("/discovery" + extension, Discovery);
        }

        api.MapGet("/services/{name}", Definition);
        api.MapGet("/requests/{name}", ShowAsync);
        api.MapGet("/tokens/{name}", TokenAsync);
    }

    private static IResult Services(HttpContext http, CompanyDirectory directory)
    {
        var (_, format) = FormatOf(http);
        return GeoRequest.Jurisdiction(http.Request.Query["jurisdiction_id"], directory, out _) is { } bad
            ? bad.ToResult(format)
            : GeoReport.Services(UiLanguage.Of(http)).ToResult(format, "services");
    }

    private static IResult Definition(HttpContext http, string name, CompanyDirectory directory)
    {
        var (code, format) = GeoRequest.FormatOf(http, name);
        if (GeoRequest.Jurisdiction(http.Request.Query["jurisdiction_id"], directory, out _) is { } bad)
            return bad.ToResult(format);
        return GeoRequest.Service(code) is { } category
            ? GeoReport.Definition(category, UiLanguage.Of(http)).ToResult(format, "service_definition")
            : GeoRequest.NoService(code).ToResult(format);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, GeoReport report, CompanyDirectory directory, CancellationToken ct)
    {
        var (_, format) = FormatOf(http);
        var query = http.Request.Query;
        if (GeoRequest.Jurisdiction(query["jurisdiction_id"], directory, out var community) is { } bad)
            return bad.ToResult(format);
        var language = UiLanguage.Of(http);
        // Numbers go before all other filters, as the specification has it.
        if (GeoRequest.List(query["service_request_id"]) is { } numbers)
        {
            return (await report.FindAsync(community, numbers, null, language, ct))
                .ToResult(format, "service_requests");
        }

        if (GeoRequest.Page(query["page"], query["page_size"], out var page) is { } far)
            return far.ToResult(format);
        var calendar = report.CalendarOf(community);
        if (GeoRequest.Span(query["start_date"], query["end_date"], report.Now, calendar, out var from, out var to)
            is { } span)
        {
            return span.ToResult(format);
        }

        if (GeoRequest.Since(query["updated_after"], calendar, out var since) is { } never)
            return never.ToResult(format);
        // What changed lately may have come in long before: only a start that was asked for keeps it out.
        if (since is not null && string.IsNullOrWhiteSpace(query["start_date"]))
            from = to.AddDays(-GeoReport.DaysBack);
        var codes = GeoRequest.List(query["service_code"]);
        if (codes?.FirstOrDefault(c => GeoRequest.Service(c) is null) is { } wrong)
            return GeoRequest.NoService(wrong).ToResult(format);
        var statuses = GeoRequest.List(query["status"]);
        if (statuses?.FirstOrDefault(s => s is not ("open" or "closed")) is { } status)
            return new GeoError(400, $"status '{status}' is neither open nor closed.").ToResult(format);
        var asked = new GeoSearch(community, from, to, codes, statuses, since);
        return (await report.ListAsync(asked, page, language, ct)).ToResult(format, "service_requests");
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, string name, GeoReport report, CompanyDirectory directory, CancellationToken ct)
    {
        var (number, format) = GeoRequest.FormatOf(http, name);
        Community? community = null;
        // The number names the community already; one that is given all the same must be right.
        if (http.Request.Query["jurisdiction_id"].ToString() is { Length: > 0 } asked)
        {
            if (GeoRequest.Jurisdiction(asked, directory, out var found) is { } bad)
                return bad.ToResult(format);
            community = found;
        }

        var token = http.Request.Query["t"].ToString() is { Length: > 0 } t ? t : http.Request.Bearer();
        var requests = await report.FindAsync(community, [number], token, UiLanguage.Of(http), ct);
        return requests.Nodes.IsEmpty
            ? new GeoError(404, "service_request_id was not found.").ToResult(format)
            : requests.ToResult(format, "service_requests");
    }

    private static async Task<IResult> TokenAsync(
        HttpContext http, string name, ComplaintKind streams, CancellationToken ct)
    {
        var (token, format) = GeoRequest.FormatOf(http, name);
        return await GeoReport.OfTokenAsync(token, streams, ct) is { } number
            ? new GeoNode.Several(
                "request", [GeoNode.Of(("service_request_id", number.ToString()), ("token", token))])
                .ToResult(format, "service_requests")
            : new GeoError(404, "token was not found.").ToResult(format);
    }

    private static Task<IResult> CreateAsync(HttpContext http, GeoIntake intake, CancellationToken ct) =>
        intake.CreateAsync(http, FormatOf(http).Format, ct);

    private static IResult Discovery(HttpContext http, CompanyDirectory directory, AppOptions options) =>
        GeoReport.Discovery(directory, options).ToResult(FormatOf(http).Format, "discovery");

    /// <summary>What changed in a span of time, the earliest first, as FixMyStreet fetches it.</summary>
    private static async Task<IResult> UpdatesAsync(
        HttpContext http, GeoReport report, CompanyDirectory directory, CancellationToken ct)
    {
        var (_, format) = FormatOf(http);
        var query = http.Request.Query;
        if (GeoRequest.Jurisdiction(query["jurisdiction_id"], directory, out var community) is { } bad)
            return bad.ToResult(format);
        var calendar = report.CalendarOf(community);
        if (GeoRequest.Span(query["start_date"], query["end_date"], report.Now, calendar, out var from, out var to)
            is { } span)
        {
            return span.ToResult(format);
        }

        if (GeoRequest.Page(query["page"], query["page_size"], out var page) is { } wrong)
            return wrong.ToResult(format);
        return (await report.UpdatesAsync(community, from, to, page, UiLanguage.Of(http), ct))
            .ToResult(format, "service_request_updates");
    }

    private static (string Name, GeoFormat Format) FormatOf(HttpContext http) =>
        GeoRequest.FormatOf(http, http.Request.Path.Value!);
}
