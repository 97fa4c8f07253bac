using System.Globalization;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Web.Api;
using CustomerComm.Web.Matters;
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
            : NoService(code).ToResult(format);
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

        var calendar = report.CalendarOf(community);
        if (GeoRequest.Span(query["start_date"], query["end_date"], report.Now, calendar, out var from, out var to)
            is { } span)
        {
            return span.ToResult(format);
        }

        var codes = GeoRequest.List(query["service_code"]);
        if (codes?.FirstOrDefault(c => GeoRequest.Service(c) is null) is { } wrong)
            return NoService(wrong).ToResult(format);
        var statuses = GeoRequest.List(query["status"]);
        if (statuses?.FirstOrDefault(s => s is not ("open" or "closed")) is { } status)
            return new GeoError(400, $"status '{status}' is neither open nor closed.").ToResult(format);
        return (await report.ListAsync(community, from, to, codes, statuses, language, ct))
            .ToResult(format, "service_requests");
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

    private static async Task<IResult> CreateAsync(
        HttpContext http, GeoReport report, Intake intake, CompanyDirectory directory, CancellationToken ct)
    {
        var (_, format) = FormatOf(http);
        if (await FormAsync(http, ct) is not { } form)
        {
            return new GeoError(400, "The body must be a form (application/x-www-form-urlencoded), at most 256 KiB.")
                .ToResult(format);
        }

        string? Field(string name) => form[name].ToString() is { Length: > 0 } text
            ? text : http.Request.Query[name].ToString() is { Length: > 0 } other ? other : null;
        if (!report.IsKey(Field("api_key")))
        {
            var what = Field("api_key") is null ? "No api_key was provided" : "The api_key is not valid";
            return new GeoError(403, $"{what}: the request was not created.").ToResult(format);
        }

        if (GeoRequest.Jurisdiction(Field("jurisdiction_id"), directory, out var community) is { } bad)
            return bad.ToResult(format);
        if (IdempotencyKey.Read(http.Request, out var key) is not null)
            return new GeoError(400, "Idempotency-Key must have 1 to 200 visible ASCII characters.").ToResult(format);
        if (ToIntake(Field, community, key, out var request) is { } wrong)
            return wrong.ToResult(format);
        return await intake.ReceiveAsync(request!, new Actor.Resident(), ct) switch
        {
            MatterResult<Complaint>.Done opened => Created(opened.Matter.State, community, format),
            MatterResult<Complaint>.Refused no => new GeoError(400, no.Refusal.Text).ToResult(format),
            MatterResult<Complaint>.Reused => new GeoError(
                422, "This Idempotency-Key was sent before with another content; use a new one.").ToResult(format),
            var other => throw new InvalidOperationException($"Unknown result {other.GetType().Name}."),
        };
    }

    private static IResult Created(Complaint s, Community community, GeoFormat format) => new GeoNode.Several(
        "request",
        [
            GeoNode.Of(
                ("service_request_id", s.Number.ToString()),
                ("service_notice", NoticeOf(s, community)), ("account_id", null)),
        ]).ToResult(format, "service_requests", StatusCodes.Status201Created);

    /// <summary>With what was kept but could not be used, e.g. a phone that is none.</summary>
    private static string NoticeOf(Complaint s, Community community) => string.Join(
        ' ',
        ContactDoubts.Warnings(s.Intake.Contact, s.Intake.Language).Select(w => w.Text)
            .Prepend((s.ReportedDanger ? Emergency.TextOf(community, s.Intake.Language) + " " : "")
                + GeoReport.NoticeOf(community, s.Intake.Language)));

    private static async Task<IFormCollection?> FormAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType)
            return null;
        try
        {
            return await http.Request.ReadFormAsync(ct);
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            return null;
        }
    }

    private static GeoError? ToIntake(
        Func<string, string?> field, Community community, string? key, out IntakeRequest? request)
    {
        request = null;
        if (field("service_code") is not { } code)
            return new GeoError(400, "service_code was not provided.");
        if (GeoRequest.Service(code) is not { } category)
            return NoService(code);
        var room = field("attribute[ROOM]") ?? field("address_string") ?? field("address_id");
        var position = field("lat") is { } lat && field("long") is { } lon ? $"{lat}, {lon}" : null;
        if (position is not null && !IsPosition(field("lat")!, field("long")!))
            return new GeoError(400, "lat and long must be numbers of degrees (WGS84).");
        if (room is null && position is null)
            return new GeoError(400, "A location was not provided: address_string, address_id, or lat and long.");
        if (field("description") is not { } description)
            return new GeoError(400, "description was not provided: write what is wrong, 1 to 4,000 characters.");
        if (Check.Optional(description, "description", "4.6.2-1", 4_000) is { } unfit)
            return new GeoError(400, unfit.Text);
        var text = string.Join(
            '\n',
            new[] { description, position is null ? null : $"({position})", field("media_url"), field("email") }
                .Where(t => t is not null));
        var name = string.Join(' ', new[] { field("first_name"), field("last_name") }.Where(n => n is not null));
        request = new IntakeRequest(
            community.Id, text, name.Length == 0 ? null : name, field("phone"), room, null, Channel.Http, category, [],
            null, null, IsLetter: false, null, key is null ? null : $"open311:{community.Id}:{key}");
        return null;
    }

    private static bool IsPosition(string lat, string lon) =>
        double.TryParse(lat, NumberStyles.Float, CultureInfo.InvariantCulture, out var a) && a is >= -90 and <= 90
        && double.TryParse(lon, NumberStyles.Float, CultureInfo.InvariantCulture, out var o) && o is >= -180 and <= 180;

    private static GeoError NoService(string code) => new(
        404, $"service_code '{code}' was not found; GET /open311/v2/services lists them.");

    private static (string Name, GeoFormat Format) FormatOf(HttpContext http) =>
        GeoRequest.FormatOf(http, http.Request.Path.Value!);
}
