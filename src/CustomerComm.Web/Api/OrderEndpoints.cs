using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerComm.Web.Api;

/// <summary>An order as sent to <c>POST /api/orders</c>.</summary>
/// <param name="Community">Id of the community, see <c>GET /api/communities</c>.</param>
/// <param name="Text">What is to be done, 1 to 10,000 characters.</param>
/// <param name="Contact">Whose home it is and whom to answer.</param>
/// <param name="Kind">Repair (default); Service, a paid one with price and date agreed, is for signed-in staff.</param>
/// <param name="Channel">Http (default); Phone, WalkIn, Letter and Company are for signed-in staff.</param>
/// <param name="Category">The category; left out: as the text reads.</param>
/// <param name="Price">Price agreed, in words.</param>
/// <param name="WantedBy">
/// By when it is to be done, ISO 8601; without an offset it is the community's time, a date alone the end of that day's work.
/// </param>
/// <param name="Complaint">Number of the complaint it comes from; for signed-in staff.</param>
/// <param name="Language"><c>zh</c> or <c>en</c>; left out: as the text is written.</param>
public sealed record OrderBody(
    string? Community, string? Text, ContactRequest? Contact, string? Kind, string? Channel, string? Category,
    string? Price, string? WantedBy, string? Complaint, string? Language);

/// <summary>The answer to an order taken in, and how it stands.</summary>
public sealed record OrderResponse(
    string Id, string Number, string? StatusUrl, OrderType Kind, OrderStage Stage, OrderOutcome Outcome,
    Category Category, Unit Unit, DateTimeOffset OpenedAt, DateTimeOffset DueBy, DateTimeOffset? FinishedAt,
    DateTimeOffset? ClosedAt, bool AmendmentWaits, IReadOnlyList<string> Complaints, string Hotline,
    DangerResponse? Danger, IReadOnlyList<WarningResponse> Warnings);

/// <summary>How an order stands; without the links that open it.</summary>
public sealed record OrderStatusResponse(
    string Number, OrderType Kind, OrderStage Stage, OrderOutcome Outcome, Category Category, Unit Unit,
    DateTimeOffset OpenedAt, DateTimeOffset DueBy, DateTimeOffset? FinishedAt, DateTimeOffset? ClosedAt,
    bool AmendmentWaits, IReadOnlyList<string> Complaints, string Hotline);

/// <summary>Orders and the figures of orders and revisits over HTTP.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/orders", ReceiveAsync).DisableAntiforgery()
            .Accepts<OrderBody>("application/json").Produces<OrderResponse>(201)
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(413).ProducesProblem(422)
            .WithSummary("Opens an order or a repair; honours Idempotency-Key.");
        app.MapGet("/api/orders/{number}", StatusAsync).Produces<OrderStatusResponse>()
            .ProducesProblem(401).ProducesProblem(404).WithSummary("How an order stands.");
        app.MapGet("/api/reports/orders", OrdersAsync).Produces<OrderMonth>()
            .ProducesProblem(400).ProducesProblem(401).WithSummary("A community's month of orders and repairs.");
        app.MapGet("/api/reports/revisits", RevisitsAsync).Produces<RevisitMonth>()
            .ProducesProblem(400).ProducesProblem(401)
            .WithSummary("The revisit of what a community finished in a month.");
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext http, OrderIntake intake, OrderKind orders, Links links, StaffSessions sessions, RulesBook book,
        IOptions<JsonOptions> json, CancellationToken ct)
    {
        if (IdempotencyKey.Read(http.Request, out var key) is { } badKey)
            return badKey;
        var (body, problem) = await Problems.ReadAsync<OrderBody>(http.Request, json.Value.SerializerOptions, ct);
        if (problem is not null)
            return problem;
        var staff = sessions.Current(http);
        if (ToRequest(body!, key, staff, book, out var request) is { } bad)
            return bad;
        Actor actor = staff is null || request!.EnteredBy is null ? new Actor.Resident() : new Actor.Staff(staff);
        PageIssue? page = staff is null ? new PageIssue(OrderMatter.StatusPage) : null;
        return await intake.ReceiveAsync(request!, actor, ct, page) switch
        {
            MatterResult<Order>.Done opened => Created(opened, orders, links),
            MatterResult<Order>.Refused no => Problems.Of(no.Refusal),
            MatterResult<Order>.Reused => Problems.Reused(),
            var other => throw new InvalidOperationException($"Unknown result {other.GetType().Name}."),
        };
    }

    private static IResult? ToRequest(
        OrderBody r, string? key, StaffMember? staff, RulesBook book, out OrderRequest? request)
    {
        request = null;
        var channel = Channel.Http;
        if (r.Channel is not null && (!Requests.Named(r.Channel, out channel) || !Channels.OfInterfaces.Contains(channel)))
            return Problems.Field("channel", $"'channel' must be one of {string.Join(", ", Channels.OfInterfaces)}.");
        if (channel.Way().AtDesk && staff is null)
            return Problems.Field("channel",
                $"'channel' {channel} is entered at the desk; sign in as staff, or leave it out.");
        var kind = OrderType.Repair;
        if (r.Kind is not null && !Requests.Named(r.Kind, out kind))
            return Problems.Field("kind", "'kind' must be Repair or Service.");
        Category? category = null;
        if (r.Category is not null)
        {
            if (!Requests.Named<Category>(r.Category, out var named))
            {
                return Problems.Field(
                    "category", $"'category' must be one of {string.Join(", ", Enum.GetNames<Category>())}.");
            }

            category = named;
        }

        MatterNumber? from = null;
        if (r.Complaint is not null)
        {
            if (staff is null || !MatterNumber.TryParse(r.Complaint, out var number))
                return Problems.Field("complaint", "'complaint' is the number of a complaint, for signed-in staff.");
            from = number;
        }

        if (string.IsNullOrWhiteSpace(r.Community))
            return Problems.Field("community", "'community' is missing. GET /api/communities lists them.");
        if (r.Text is null)
            return Problems.Field("text", "'text' is missing; write 1 to 10,000 characters.");
        var language = Languages.Find(r.Language);
        if (r.Language is not null && language is null)
            return Problems.Field("language", $"'language' must be {Languages.Codes}.");
        // Staff who give a price, a complaint or a channel of the desk act as staff; without these it is a resident's order.
        var atDesk = staff is not null && (channel.Way().AtDesk || kind == OrderType.Service || from is not null);
        var community = new CommunityId(r.Community.Trim().ToUpperInvariant());
        if (Requests.TryTime(r.WantedBy, "wantedBy", community, book, out var wantedBy) is { } badTime)
            return badTime;
        request = new OrderRequest(
            community, kind, r.Text, r.Contact?.Name, r.Contact?.Phone,
            r.Contact?.Room, null, channel, category, null, r.Price, wantedBy, from, null,
            language, atDesk ? staff!.Id : null, key is null ? null : $"http:{key}");
        return null;
    }

    private static IResult Created(MatterResult<Order>.Done done, OrderKind orders, Links links)
    {
        var order = done.Matter;
        var s = order.State;
        var status = StatusOf(order, orders);
        return TypedResults.Created(
            $"/api/orders/{s.Number}",
            new OrderResponse(
                order.Stream.Value, s.Number,
                done.Token is { } token ? links.Address(new LinkAt(order.Stream, OrderMatter.StatusPage), token) : null,
                status.Kind,
                status.Stage, status.Outcome, status.Category, status.Unit, status.OpenedAt, status.DueBy,
                status.FinishedAt, status.ClosedAt, status.AmendmentWaits, status.Complaints, status.Hotline,
                DangerResponse.Of(
                    s.Intake.Danger, orders.RulesOf(s).Directory.Known(s.Community), s.Intake.Language),
                ContactDoubts.Warnings(s.Intake.Contact, s.Intake.Language)));
    }

    private static OrderStatusResponse StatusOf(LoadedMatter<Order> order, OrderKind orders)
    {
        var s = order.State;
        var rules = orders.RulesOf(s);
        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, rules.Calendar.Zone);
        return new OrderStatusResponse(
            s.Number, s.Intake.Kind, s.Stage, s.Outcome, s.Intake.Category, s.Unit, Local(s.OpenedAt), Local(s.Due),
            s.FinishedAt is { } done ? Local(done) : null, s.ClosedAt is { } closed ? Local(closed) : null,
            s.Amendment is not null,
            [.. s.Complaints.Select(c => c.Number?.ToString()).OfType<string>().Distinct(StringComparer.Ordinal)],
            rules.Directory.Known(s.Community).Hotline);
    }

    private static async Task<IResult> StatusAsync(
        string number, HttpContext http, OrderKind orders, StaffSessions sessions, string? t,
        CancellationToken ct)
    {
        var token = t ?? http.Request.Bearer();
        var staff = sessions.Current(http);
        if (token is null && staff is null)
            return Problems.Unauthorized();
        if (!MatterNumber.TryParse(number, out var parsed) || await orders.FindAsync(parsed, ct) is not { } found)
            return Problems.NotFound();
        var may = found.Opens(token, OrderMatter.StatusPage)
            || (staff is not null && found.State.MaySee(staff));
        return may ? TypedResults.Ok(StatusOf(found, orders)) : Problems.NotFound();
    }

    private static async Task<IResult> OrdersAsync(
        HttpContext http, OrderReader reader, StaffSessions sessions, CompanyDirectory directory, TimeProvider time,
        string? community, string? month, CancellationToken ct)
    {
        if (Asked(http, sessions, directory, time, community, month, 0, out var id, out var name) is { } problem)
            return problem;
        _ = ReportEndpoints.TryMonth(name, out var year, out var number);
        return TypedResults.Ok(await reader.MonthAsync(id, year, number, ct));
    }

    private static async Task<IResult> RevisitsAsync(
        HttpContext http, RevisitReader reader, StaffSessions sessions, CompanyDirectory directory, TimeProvider time,
        string? community, string? month, CancellationToken ct) =>
        Asked(http, sessions, directory, time, community, month, -1, out var id, out var name) is { } problem
            ? problem
            : TypedResults.Ok(await reader.MonthAsync(id, name, ct));

    /// <summary>Who asks for which month; left out, it is this one and <paramref name="back"/> months on.</summary>
    private static IResult? Asked(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, TimeProvider time, string? community,
        string? month, int back, out CommunityId id, out string name)
    {
        (id, name) = (default, "");
        if (ReportScope.Ask(http, sessions, directory, community, out _, out var found) is { } problem)
            return problem;
        id = found.Id;
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(found.TimeZone));
        name = month ?? now.AddMonths(back).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        return ReportEndpoints.TryMonth(name, out _, out _)
            ? null
            : Problems.Field("month", "'month' must be yyyy-MM, e.g. 2026-11.");
    }
}
