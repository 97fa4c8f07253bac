using System.Text.Json;
using CustomerComm.App.Complaints;
using CustomerComm.App.Ledger;
using CustomerComm.App.Privacy;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Api;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Ledger;

/// <summary>
/// The evidence of a complaint: for its resident, by the link that they alone were sent, without what is internal; for
/// quality and the leader, whole, unless it is kept from them. And the page that checks such files without us.
/// </summary>
internal static class EvidenceEndpoints
{
    public static void MapEvidence(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/evidence", (HttpContext http, CompanyDirectory directory) => PageResults.Page<EvidencePage>(
            http, 200, ("Context", new PageContext(UiLanguage.Of(http), directory, "/evidence") { Own = RootsPages.Texts })));
        pages.MapGet("/c/{id}/{token}/evidence", OwnAsync);
        app.MapGet("/api/complaints/{number}/evidence", WholeAsync)
            .Produces<EvidenceFile>().ProducesProblem(401).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("The whole evidence of a complaint, for quality and the leader; see docs/evidence.md.");
    }

    private static async Task<IResult> OwnAsync(
        string id, string token, HttpContext http, ComplaintKind complaints, EvidenceMaker maker,
        StaffSessions sessions, CompanyDirectory directory, CancellationToken ct)
    {
        var context = new PageContext(UiLanguage.Of(http), directory, "/") { Own = RootsPages.Texts };
        if (!MatterIds.IsSound(id) || await complaints.LoadAsync(complaints.StreamOf(id), ct) is not { } found
            || !found.IsStatusToken(token))
        {
            return PageResults.Message(http, context, StatusCodes.Status404NotFound, "Error.404");
        }

        var back = $"/{ComplaintMatter.StatusPage}/{id}/{token}";
        if (sessions.Current(http) is not null || !found.IsOwnToken(token))
            return PageResults.Message(http, context, StatusCodes.Status403Forbidden, "NotYours", back, context["Status.Title"]);
        return await maker.MakeAsync(found.Stream, resident: true, ct) is { } file
            ? Download(http, file)
            : PageResults.Message(http, context, StatusCodes.Status409Conflict, "NotYet", back, context["Status.Title"]);
    }

    private static async Task<IResult> WholeAsync(
        string number, HttpContext http, ComplaintKind complaints, EvidenceMaker maker, StaffSessions sessions,
        AccessLog access, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } staff)
            return Problems.Unauthorized();
        if (!MatterNumber.TryParse(number, out var parsed) || await complaints.FindAsync(parsed, ct) is not { } found
            || !EvidenceMaker.MayTakeWhole(found.State, staff, complaints.RulesOf(found.State).Directory))
        {
            return Problems.NotFound();
        }

        access.Note(found.State, staff, AccessKind.Evidence);
        return await maker.MakeAsync(found.Stream, resident: false, ct) is { } file
            ? Download(http, file)
            : Problems.Make(
                StatusCodes.Status409Conflict, "NotAnchored", "No root covers it yet.",
                "The complaint is in no published root yet; the next one is made tonight.", null, null);
    }

    private static IResult Download(HttpContext http, EvidenceFile file)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(
            JsonSerializer.SerializeToUtf8Bytes(file, EvidenceFile.Json), "application/json", $"{file.Number}.evidence.json");
    }
}
