using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Privacy;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerComm.Web.Api;

/// <summary>A complaint as sent to <c>POST /api/complaints</c>.</summary>
/// <param name="Community">Id of the community, see <c>GET /api/communities</c>.</param>
/// <param name="Text">What is wrong, 1 to 10,000 characters.</param>
/// <param name="Contact">Whom to answer.</param>
/// <param name="Channel">Http (default); Phone, WalkIn, Letter and Company are for signed-in staff.</param>
/// <param name="Category">The category the resident chose; left out: it is suggested and a person decides.</param>
/// <param name="WantedBy">
/// By when the resident wants it solved, ISO 8601; without an offset it is the community's time, a date alone the end of
/// that day's work.
/// </param>
/// <param name="Language"><c>zh</c> or <c>en</c>; left out: as the text is written.</param>
/// <param name="Complainant">Who complains, where that is not the resident or owner.</param>
/// <param name="IsLetter">It is a letter: its answer needs the leader's approval (4.6.1-2-E).</param>
public sealed record ComplaintRequest(
    string? Community, string? Text, ContactRequest? Contact, string? Channel, string? Category,
    string? WantedBy, string? Language, bool IsLetter = false, ComplainantBody? Complainant = null);

/// <summary>Who complains, where that is not the resident.</summary>
/// <param name="Standing">Family, Representative, or Organisation (委托单位).</param>
/// <param name="Person">Whoever speaks for the resident, or the organisation's contact person.</param>
/// <param name="PersonPhone">Their phone: it is told how it goes.</param>
/// <param name="Organisation">Name of the organisation; for Organisation only.</param>
/// <param name="AuthoritySeen">
/// What letter of authority signed-in staff have seen; left out: they say so, and the resident alone signs.
/// </param>
public sealed record ComplainantBody(
    string? Standing, string? Person, string? PersonPhone, string? Organisation, string? AuthoritySeen);

/// <summary>Who complains; every part may be left out.</summary>
public sealed record ContactRequest(string? Name, string? Phone, string? Room);

/// <summary>
/// What whoever is in danger must read first: <paramref name="Text"/> in their language, the emergency
/// <paramref name="Numbers"/> and the <paramref name="Hotline"/> in it.
/// </summary>
public sealed record DangerResponse(string Text, IReadOnlyList<string> Numbers, string Hotline)
{
    /// <summary>For a community, where it is a danger; else null.</summary>
    internal static DangerResponse? Of(bool danger, Community community, Language language) => danger
        ? new DangerResponse(Emergency.TextOf(community, language), community.Emergency, community.Hotline) : null;
}

/// <summary>
/// The answer to a complaint taken in (4.6.1-1). <paramref name="Danger"/> is there where somebody is in danger: show
/// it to them before everything else. <paramref name="Warnings"/>: what was kept but could not be used, e.g. a phone that
/// is none. <paramref name="StatusUrl"/> is null where staff entered it: the resident alone is sent theirs.
/// </summary>
public sealed record ComplaintResponse(
    string Id, string Number, string? StatusUrl, Category Category, Nature Kind, Unit Lead,
    IReadOnlyList<Unit> Cooperating, DateTimeOffset DueBy, string Explanation, string Hotline, DangerResponse? Danger,
    IReadOnlyList<WarningResponse> Warnings);

/// <summary>
/// A community; <paramref name="ComplaintLine"/> is the company's complaint number beside its own, null where there
/// is none.
/// </summary>
public sealed record CommunityResponse(string Id, string Name, string NameEn, string Hotline, string? ComplaintLine);

/// <summary>One entry of a complaint's time line as a resident may see it.</summary>
public sealed record TimelineEntry(DateTimeOffset At, string What);

/// <summary>How a complaint stands.</summary>
public sealed record StatusResponse(
    string Number, Stage Stage, Outcome Outcome, Category Category, Nature Kind, Unit Lead, DateTimeOffset ReceivedAt,
    DateTimeOffset DueBy, DateTimeOffset? ResolvedAt, DateTimeOffset? SignedAt, DateTimeOffset? ClosedAt,
    string NextStep, IReadOnlyList<TimelineEntry> Timeline, string Hotline);

/// <summary>Complaints over HTTP.</summary>
internal static class ComplaintEndpoints
{
    public static void MapComplaints(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/complaints", ReceiveAsync).DisableAntiforgery()
            .Accepts<ComplaintRequest>("application/json").Produces<ComplaintResponse>(201)
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(413).ProducesProblem(422)
            .WithSummary("Takes a complaint in; honours Idempotency-Key.");
        app.MapGet("/api/complaints/{number}", StatusAsync).Produces<StatusResponse>()
            .ProducesProblem(401).ProducesProblem(404).WithSummary("How a complaint stands.");
        app.MapGet("/api/communities", (CompanyDirectory directory) => directory.Communities.Select(c =>
            new CommunityResponse(c.Id.Value, c.Name, c.NameEn, c.Hotline, directory.ComplaintLine)))
            .Produces<CommunityResponse[]>()
            .WithSummary("The communities.");
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext http, Intake intake, ComplaintKind service, Links links, StaffSessions sessions, RulesBook book,
        IOptions<JsonOptions> json, CancellationToken ct)
    {
        if (IdempotencyKey.Read(http.Request, out var key) is { } badKey)
            return badKey;
        var (body, problem) = await Problems.ReadAsync<ComplaintRequest>(
            http.Request, json.Value.SerializerOptions, ct);
        if (problem is not null)
            return problem;
        var staff = sessions.Current(http);
        if (ToIntake(body!, key, staff, book, out var request) is { } bad)
            return bad;
        Actor actor = staff is null || request!.EnteredBy is null ? new Actor.Resident() : new Actor.Staff(staff);
        // Staff are given no link: the resident alone is sent theirs.
        PageIssue? page = staff is null ? new PageIssue(ComplaintMatter.StatusPage) : null;
        return await intake.ReceiveAsync(request!, actor, ct, page) switch
        {
            MatterResult<Complaint>.Done opened => Created(opened, service, links),
            MatterResult<Complaint>.Refused no => Problems.Of(no.Refusal),
            MatterResult<Complaint>.Reused => Problems.Reused(),
            var other => throw new InvalidOperationException($"Unknown result {other.GetType().Name}."),
        };
    }

    private static IResult? ToIntake(
        ComplaintRequest r, string? key, StaffMember? staff, RulesBook book, out IntakeRequest? request)
    {
        request = null;
        var channel = Channel.Http;
        if (r.Channel is not null && (!Requests.Named(r.Channel, out channel) || !Channels.OfInterfaces.Contains(channel)))
            return Problems.Field("channel", $"'channel' must be one of {string.Join(", ", Channels.OfInterfaces)}.");
        if (channel.Way().AtDesk && staff is null)
            return Problems.Field("channel", $"'channel' {channel} is entered at the desk; sign in as staff, or leave it out.");
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

        if (string.IsNullOrWhiteSpace(r.Community))
            return Problems.Field("community", "'community' is missing. GET /api/communities lists them.");
        if (r.Text is null)
            return Problems.Field("text", "'text' is missing; write 1 to 10,000 characters.");
        if (Complains(r.Complainant, staff, out var complainant) is { } badComplainant)
            return badComplainant;
        var language = Languages.Find(r.Language);
        if (r.Language is not null && language is null)
            return Problems.Field("language", $"'language' must be {Languages.Codes}.");
        var community = new CommunityId(r.Community.Trim().ToUpperInvariant());
        if (Requests.TryTime(r.WantedBy, "wantedBy", community, book, out var wantedBy) is { } badTime)
            return badTime;
        request = new IntakeRequest(
            community, r.Text, r.Contact?.Name, r.Contact?.Phone,
            r.Contact?.Room, null, channel, category, [], wantedBy,
            language, r.IsLetter, channel.Way().AtDesk ? staff!.Id : null,
            key is null ? null : $"http:{key}")
        {
            Complainant = complainant,
        };
        return null;
    }

    private static IResult? Complains(ComplainantBody? c, StaffMember? staff, out ComplainantRequest? complainant)
    {
        complainant = null;
        if (c is null)
            return null;
        if (c.Standing is null || !Requests.Named<Standing>(c.Standing, out var standing) || standing == Standing.Self)
        {
            return Problems.Field(
                "complainant.standing",
                "'complainant.standing' must be Family, Representative or Organisation; leave 'complainant' out otherwise.");
        }

        if (c.AuthoritySeen is not null && staff is null)
        {
            return Problems.Field(
                "complainant.authoritySeen",
                "'complainant.authoritySeen' is for signed-in staff, who saw the letter; leave it out.");
        }

        complainant = new ComplainantRequest(standing, c.Person, c.PersonPhone, c.Organisation, c.AuthoritySeen);
        return null;
    }

    private static IResult Created(MatterResult<Complaint>.Done done, ComplaintKind service, Links links)
    {
        var opened = done.Matter;
        var s = opened.State;
        var intake = s.Intake;
        var language = intake.Language;
        var route = Routing.For(intake.Category, intake.Also);
        var explanation = Texts.Why(route, language);
        if (!intake.CategoryConfirmed)
            explanation += " " + Texts.Get("Chat.OpenedTriage", language);
        var rules = service.RulesOf(s);
        var community = rules.Directory.Known(s.Community);
        return TypedResults.Created(
            $"/api/complaints/{s.Number}",
            new ComplaintResponse(
                opened.Stream.Value, s.Number.ToString(),
                done.Token is { } token
                    ? links.Address(new LinkAt(opened.Stream, ComplaintMatter.StatusPage), token) : null,
                intake.Category, intake.Kind, intake.Lead, intake.Cooperating,
                TimeZoneInfo.ConvertTime(intake.ResolveDue, rules.Calendar.Zone), explanation,
                rules.Directory.LinesOf(s.Community), DangerResponse.Of(s.ReportedDanger, community, language),
                ContactDoubts.Warnings(intake.Contact, language)));
    }

    private static async Task<IResult> StatusAsync(
        string number, HttpContext http, ComplaintKind service, StaffSessions sessions, AccessLog access, string? t,
        CancellationToken ct)
    {
        var token = t ?? http.Request.Bearer();
        var staff = sessions.Current(http);
        if (token is null && staff is null)
            return Problems.Unauthorized();
        if (!MatterNumber.TryParse(number, out var parsed) || await service.FindAsync(parsed, ct) is not { } found)
            return Problems.NotFound();
        var s = found.State;
        var may = found.IsStatusToken(token)
            || (staff is not null && Authority.MaySee(s, staff, service.RulesOf(s).Directory));
        if (!may)
            return Problems.NotFound();
        if (staff is not null)
            access.Note(s, staff, AccessKind.Json);
        return TypedResults.Ok(StatusView.Of(found, service.RulesOf(s)));
    }
}
