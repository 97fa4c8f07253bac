using CustomerComm.App.Calls;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerComm.Web.Api;

/// <summary>A call as a telephone system sends it to <c>POST /api/calls</c>.</summary>
/// <param name="CallId">The telephone system's own id of the call, 1 to 200 characters: it is taken once.</param>
/// <param name="Community">
/// Id of the community; left out: the one whose hotline was dialled; where it was the company's complaint line, the
/// caller's.
/// </param>
/// <param name="Dialled">Number that was dialled; for an outgoing call the resident's.</param>
/// <param name="From">
/// Number of the caller, an extension, or a <c>sip:</c> or <c>tel:</c> address; left out, empty or <c>anonymous</c>:
/// withheld.
/// </param>
/// <param name="Direction"><c>in</c> (default) or <c>out</c>.</param>
/// <param name="Started">When it began, ISO 8601; without an offset it is the community's time.</param>
/// <param name="Rings">Rings before it was answered or given up, 0 to 200.</param>
/// <param name="SecondsToAnswer">Seconds before it was answered or given up, 0 to 3,600.</param>
/// <param name="AnsweredBy">
/// Who answered: id or phone of a member of staff. Anything else is kept as it is written, up to 100 characters: no call is
/// lost for it.
/// </param>
/// <param name="Duration">Seconds of talk, 0 to 86,400.</param>
/// <param name="Missed">Nobody answered.</param>
public sealed record CallRequest(
    string? CallId, string? Community, string? Dialled, string? From, string? Direction, string? Started,
    int? Rings, int? SecondsToAnswer, string? AnsweredBy, int? Duration, bool? Missed);

/// <summary>The answer to a call taken in; <paramref name="CallBackDue"/> is empty where none is owed.</summary>
public sealed record CallResponse(string Number, string Community, bool? InTime, DateTimeOffset? CallBackDue);

/// <summary>Calls from the telephone system, and their report (4.5.2).</summary>
internal static class CallEndpoints
{
    private const int LongestAnswerer = 100;

    public static void MapCalls(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/calls", TakeAsync).DisableAntiforgery().Accepts<CallRequest>("application/json")
            .Produces<CallResponse>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(415)
            .ProducesProblem(422)
            .WithSummary("Takes the record of a call from the telephone system; the same callId is taken once.");
        app.MapGet("/api/reports/calls", ReportAsync).Produces<CallReportMonth>().ProducesProblem(400)
            .ProducesProblem(401).WithSummary("A community's month of calls: share answered within three rings.");
    }

    private static async Task<IResult> TakeAsync(
        HttpContext http, CallKind calls, Phones phones, CompanyDirectory directory, RulesBook book, WebOptions options,
        IOptions<JsonOptions> json, CancellationToken ct)
    {
        if (!SenderKey.MaySend(http, options.CallsKey))
            return SenderKey.Wrong();
        var (body, problem) = await Problems.ReadAsync<CallRequest>(http.Request, json.Value.SerializerOptions, ct);
        if (problem is not null)
            return problem;
        if (ToReport(body!, calls, phones, book, out var report) is { } bad)
            return bad;
        return await calls.RecordAsync(report!, new Actor.System(), ct) switch
        {
            MatterResult<Call>.Done done => TypedResults.Ok(new CallResponse(
                done.Matter.State.Number, report!.Community.Value, done.Matter.State.Recorded.InTime,
                done.Matter.State.Recorded.CallBackDue)),
            MatterResult<Call>.Refused no => Problems.Of(no.Refusal),
            MatterResult<Call>.Reused => Problems.Make(
                StatusCodes.Status422UnprocessableEntity, "KeyReused", "The call was taken before.",
                "This 'callId' was sent before with another content. Each call needs its own.", "callId", null),
            var other => throw new InvalidOperationException($"Unknown result {other.GetType().Name}."),
        };
    }

    private static ProblemHttpResult? ToReport(
        CallRequest r, CallKind calls, Phones phones, RulesBook book, out CallReport? report)
    {
        report = null;
        var directory = book.Directory;
        if (r.CallId is not { Length: > 0 and <= 200 })
            return Problems.Field("callId", "'callId' is missing; send the call's own id, 1 to 200 characters.");
        if (!TryWay(r.Direction, out var way))
            return Problems.Field("direction", "'direction' must be in or out.");
        if (CommunityOf(r, way, calls, phones, directory, out var community) is { } badCommunity)
            return badCommunity;
        if (Requests.TryTime(r.Started, "started", community, book, out var at) is { } badTime)
            return badTime;
        if (at is not { } started)
            return Problems.Field("started", "'started' is missing; send when the call began, ISO 8601.");
        var other = CallerIds.Read(way == CallWay.In ? r.From : r.Dialled, phones);
        if (way == CallWay.Out && other is null)
            return Problems.Field("dialled", "'dialled' is missing; an outgoing call needs the number called.");
        var by = string.IsNullOrWhiteSpace(r.AnsweredBy) ? null : StaffOf(r.AnsweredBy, phones, directory);
        if (r.Missed is not { } missed)
            return Problems.Field("missed", "'missed' is missing; send true where nobody answered, else false.");
        report = new CallReport(
            "api:" + r.CallId, community, way, other, started, r.Rings, r.SecondsToAnswer, by,
            r.Duration, missed, Internal: false)
        {
            Unit = IsComplaintLine(r, way, calls, phones) ? Unit.Quality : Unit.Office,
            AnsweredAs = by is null && !string.IsNullOrWhiteSpace(r.AnsweredBy)
                ? SmsText.Shorten(Check.Mended(r.AnsweredBy.Trim()), LongestAnswerer) : null,
        };
        return null;
    }

    private static ProblemHttpResult? CommunityOf(
        CallRequest r, CallWay way, CallKind calls, Phones phones, CompanyDirectory directory,
        out CommunityId community)
    {
        community = default;
        if (!string.IsNullOrWhiteSpace(r.Community))
        {
            if (directory.Find(new CommunityId(r.Community.Trim().ToUpperInvariant())) is not { } named)
            {
                return Problems.Field(
                    "community", $"There is no community '{r.Community}'. GET /api/communities lists them.");
            }

            community = named.Id;
            return null;
        }

        if (IsComplaintLine(r, way, calls, phones))
        {
            community = calls.CommunityOfCaller(CallerIds.Read(way == CallWay.In ? r.From : r.Dialled, phones));
            return null;
        }

        var hotline = LineOf(r, way, phones);
        if (hotline is null || calls.CommunityOf(hotline) is not { } found)
        {
            return Problems.Field(
                "community",
                "'community' is missing, and no community has this hotline. GET /api/communities lists them.");
        }

        community = found;
        return null;
    }

    /// <summary>Our end of the call.</summary>
    private static string? LineOf(CallRequest r, CallWay way, Phones phones) =>
        CallerIds.Read(way == CallWay.In ? r.Dialled : r.From, phones);

    private static bool IsComplaintLine(CallRequest r, CallWay way, CallKind calls, Phones phones) =>
        LineOf(r, way, phones) is { } line && calls.IsComplaintLine(line);

    private static StaffId? StaffOf(string text, Phones phones, CompanyDirectory directory) =>
        (directory.Find(new StaffId(text.Trim()))
            ?? (phones.TryRead(text, out var phone) ? directory.FindStaff(phone) : null))?.Id;

    private static bool TryWay(string? text, out CallWay way)
    {
        way = string.Equals(text, "out", StringComparison.OrdinalIgnoreCase) ? CallWay.Out : CallWay.In;
        return text is null || way == CallWay.Out || string.Equals(text, "in", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<IResult> ReportAsync(
        HttpContext http, CallFigures figures, ReportReader reader, StaffSessions sessions, CompanyDirectory directory,
        string? community, string? month, CancellationToken ct)
    {
        if (ReportScope.Ask(http, sessions, directory, community, out _, out var found) is { } problem)
            return problem;

        if (!ReportEndpoints.TryMonth(month ?? reader.ThisMonth(found.Id), out var year, out var number))
            return Problems.Field("month", "'month' must be yyyy-MM, e.g. 2026-11.");
        return TypedResults.Ok(await figures.MonthAsync(found.Id, year, number, ct));
    }
}
