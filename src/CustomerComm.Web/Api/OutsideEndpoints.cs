using System.Globalization;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Outside;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Outside;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerComm.Web.Api;

/// <summary>A work order as an authority's system sends it to <c>POST /api/outside</c>.</summary>
/// <param name="Community">Id of the community, see <c>GET /api/communities</c>.</param>
/// <param name="Line">
/// Whose line: Hotline12345 (default), SubDistrict, Housing, MarketRegulation, Petitions or Other.
/// </param>
/// <param name="Number">The authority's number, 3 to 40 letters, digits and <c>- _ . ( ) [ ]</c>: taken once.</param>
/// <param name="ReceivedThere">
/// When the authority received it, ISO 8601; without an offset it is the community's time. A later one sends back what was
/// replied to or given back.
/// </param>
/// <param name="Text">What it says, 1 to 10,000 characters.</param>
/// <param name="Urgent">It runs by the clock, day and night.</param>
/// <param name="ContactBy">By when the resident is to be contacted first; left out: by the policy.</param>
/// <param name="ReplyBy">By when the reply is owed; left out: by the policy.</param>
/// <param name="Contact">Whom it is about.</param>
/// <param name="Category">The category; left out: as the text reads, and a person decides.</param>
/// <param name="Complaint">Number of the complaint it is about, where that is here already.</param>
public sealed record OutsideBody(
    string? Community, string? Line, string? Number, string? ReceivedThere, string? Text, bool Urgent, string? ContactBy,
    string? ReplyBy, ContactRequest? Contact, string? Category, string? Complaint);

/// <summary>
/// How a work order stands, for the authority it came from. <paramref name="Reply"/> is the approved reply,
/// <paramref name="ReturnReason"/> and <paramref name="ReturnWords"/> why it was given back.
/// </summary>
public sealed record OutsideResponse(
    string Community, string Number, OutsideLine Line, string Complaint, OutsideStage Stage, int Round,
    DateTimeOffset ReceivedThere, DateTimeOffset? ContactBy, DateTimeOffset? ContactedAt, DateTimeOffset ReplyBy,
    DateTimeOffset? RepliedAt, string? Reply, ReturnReason? ReturnReason, string? ReturnWords);

/// <summary>Work orders from outside over HTTP (4.6.2-2).</summary>
internal static class OutsideEndpoints
{
    private static readonly string[] s_columns =
    [
        "number", "line", "complaint", "stage", "unit", "urgent", "round", "receivedThere", "contactDue",
        "contactedAt", "replyDue", "repliedAt", "returnReason", "contacted", "resolved", "satisfied",
    ];

    public static void MapOutside(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/outside", ReceiveAsync).DisableAntiforgery().Accepts<OutsideBody>("application/json")
            .Produces<OutsideResponse>(201).Produces<OutsideResponse>().ProducesProblem(400).ProducesProblem(401)
            .ProducesProblem(413).ProducesProblem(422)
            .WithSummary("Takes an authority's work order in; the same number is the same order (200).");
        app.MapGet("/api/outside/{community}/{number}", StatusAsync).Produces<OutsideResponse>()
            .ProducesProblem(401).ProducesProblem(404).WithSummary("How a work order stands, with the reply given.");
        app.MapGet("/api/reports/outside", ReportAsync).Produces<OutsideFigures>().ProducesProblem(400)
            .ProducesProblem(401)
            .WithSummary("A community's month of work orders; Accept: text/csv or format=csv for one line an order.");
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext http, OutsideIntake intake, OutsideKind orders, RulesBook book, WebOptions options,
        IOptions<JsonOptions> json, CancellationToken ct)
    {
        if (!SenderKey.MaySend(http, options.OutsideKey))
            return SenderKey.Wrong();
        var (body, problem) = await Problems.ReadAsync<OutsideBody>(http.Request, json.Value.SerializerOptions, ct);
        if (problem is not null)
            return problem;
        if (ToRequest(body!, book, out var request) is { } bad)
            return bad;
        return await intake.TakeAsync(request!, new Actor.System(), ct) switch
        {
            MatterResult<OutsideOrder>.Done { Repeated: true, Matter: var known } =>
                TypedResults.Ok(ResponseOf(known, orders)),
            MatterResult<OutsideOrder>.Done { Matter: var taken } => TypedResults.Created(
                $"/api/outside/{taken.State.Community}/{Uri.EscapeDataString(taken.State.Number)}",
                ResponseOf(taken, orders)),
            MatterResult<OutsideOrder>.Refused no => Problems.Of(no.Refusal),
            var other => throw new InvalidOperationException($"Unknown result {other.GetType().Name}."),
        };
    }

    private static IResult? ToRequest(OutsideBody r, RulesBook book, out OutsideRequest? request)
    {
        request = null;
        if (string.IsNullOrWhiteSpace(r.Community))
            return Problems.Field("community", "'community' is missing. GET /api/communities lists them.");
        var line = OutsideLine.Hotline12345;
        if (r.Line is not null && !Requests.Named(r.Line, out line))
            return Problems.Field("line", $"'line' must be one of {string.Join(", ", Enum.GetNames<OutsideLine>())}.");
        if (r.Number is null)
            return Problems.Field("number", "'number' is missing; it is the authority's number of the order.");
        if (r.Text is null)
            return Problems.Field("text", "'text' is missing; write 1 to 10,000 characters.");
        Category category = default;
        if (r.Category is not null && !Requests.Named(r.Category, out category))
        {
            return Problems.Field(
                "category", $"'category' must be one of {string.Join(", ", Enum.GetNames<Category>())}.");
        }

        MatterNumber of = default;
        if (r.Complaint is not null && !MatterNumber.TryParse(r.Complaint, out of))
            return Problems.Field("complaint", "'complaint' is the number of a complaint, e.g. HY-2026-000123.");
        var community = new CommunityId(r.Community.Trim().ToUpperInvariant());
        if (Requests.TryTime(r.ReceivedThere, "receivedThere", community, book, out var there) is { } badThere)
            return badThere;
        if (Requests.TryTime(r.ContactBy, "contactBy", community, book, out var contactBy) is { } badContact)
            return badContact;
        if (Requests.TryTime(r.ReplyBy, "replyBy", community, book, out var replyBy) is { } badReply)
            return badReply;
        if (there is null && book.Directory.Find(community) is not null)
            return Problems.Field("receivedThere", "'receivedThere' is missing; it is when the authority received it.");
        request = new OutsideRequest(
            community, new OutsideDelivery(line, r.Number, there ?? default, r.Urgent, contactBy, replyBy), r.Text,
            r.Contact?.Name, r.Contact?.Phone, r.Contact?.Room, r.Category is null ? null : category,
            r.Complaint is null ? null : of, null);
        return null;
    }

    private static async Task<IResult> StatusAsync(
        HttpContext http, string community, string number, OutsideKind orders, WebOptions options, CancellationToken ct)
    {
        if (!SenderKey.MaySend(http, options.OutsideKey))
            return SenderKey.Wrong();
        return await orders.FindAsync(new CommunityId(community.ToUpperInvariant()), number, ct) is { } found
            ? TypedResults.Ok(ResponseOf(found, orders)) : Problems.NotFound();
    }

    private static OutsideResponse ResponseOf(LoadedMatter<OutsideOrder> order, OutsideKind orders)
    {
        var s = order.State;
        var zone = orders.RulesOf(s).Calendar.Zone;
        DateTimeOffset? Local(DateTimeOffset? at) => at is { } t ? TimeZoneInfo.ConvertTime(t, zone) : null;
        return new OutsideResponse(
            s.Community.Value, s.Number, s.Terms.Line, s.Complaint.ToString(), s.Stage, s.Round,
            Local(s.Terms.ReceivedThere)!.Value, Local(s.Terms.ContactDue), Local(s.ContactedAt),
            Local(s.Terms.ReplyDue)!.Value, Local(s.Reply?.At), s.Reply?.Text.Value, s.GivenBack?.Why,
            s.GivenBack?.Words.Value);
    }

    private static async Task<IResult> ReportAsync(
        HttpContext http, ReportReader reader, StaffSessions sessions, CompanyDirectory directory, string? community,
        string? month, CancellationToken ct)
    {
        if (ReportScope.Ask(http, sessions, directory, community, out var member, out var found) is { } problem)
            return problem;
        if (!ReportEndpoints.TryMonth(month ?? reader.ThisMonth(found.Id), out var year, out var number))
            return Problems.Field("month", "'month' must be yyyy-MM, e.g. 2026-11.");
        var report = (await reader.MonthAsync(found.Id, year, number, member.Unit, ct))!;
        return CsvFile.IsWanted(http.Request)
            ? CsvFile.Of(
                $"outside-{report.Community}-{report.Month}", s_columns, report.Outside.Lines.Select(Fields))
            : TypedResults.Ok(report.Outside);
    }

    private static string[] Fields(OutsideReportLine l) =>
    [
        l.Number, l.Line, l.Complaint, l.Stage, l.Unit, YesNo(l.Urgent), l.Round.ToString(CultureInfo.InvariantCulture),
        ReportEndpoints.Time(l.ReceivedThere), ReportEndpoints.Time(l.ContactDue), ReportEndpoints.Time(l.ContactedAt),
        ReportEndpoints.Time(l.ReplyDue), ReportEndpoints.Time(l.RepliedAt), l.ReturnReason, YesNo(l.Contacted),
        YesNo(l.Resolved), YesNo(l.Satisfied),
    ];

    private static string YesNo(bool? value) => value switch { true => "yes", false => "no", null => "" };
}
