using System.Collections.Immutable;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas;

/// <summary>The overview of all areas of the desk, and what is the same for all kinds of matter.</summary>
internal static class AreaEndpoints
{
    public static void MapAreas(this IEndpointRouteBuilder desk, IEnumerable<IDeskArea> areas)
    {
        desk.MapGet("/all", Overview);
        desk.MapPost("/matters/{stream}/acknowledge", AcknowledgeAsync);
        foreach (var area in areas)
            area.Map(desk);
    }

    private static IResult Overview(HttpContext http, StaffSessions sessions, IEnumerable<IDeskArea> areas)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var language = UiLanguage.Of(http);
        var cards = areas.Where(a => a.MaySee(member)).Select(a =>
        {
            var texts = new UiTexts(a.Words);
            return new AreaCard(a.Path, texts[$"{a.Heading}.Title", language], texts[$"{a.Heading}.Hint", language]);
        });
        return DeskPages.Page<AreasPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, member)), ("Cards", cards.ToImmutableArray()));
    }

    /// <summary>Acknowledges a lapse and goes back to the work list.</summary>
    private static async Task<IResult> AcknowledgeAsync(
        HttpContext http, string stream, StaffSessions sessions, IEnumerable<IMatterKind> kinds,
        CompanyDirectory directory, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return DeskPages.Problem(http, member, status, reason!);
        var id = new StreamId(stream);
        var kind = kinds.FirstOrDefault(k => stream.StartsWith(k.Prefixes[0] + ".", StringComparison.Ordinal));
        if (kind is null || form.Subject.Split('|', 2) is not [var name, var subject]
            || !Enum.TryParse<ObligationKind>(name, out var late))
        {
            return DeskPages.NotFound(http, member);
        }

        if (await kind.AcknowledgeAsync(id, late, subject, form["comment"], member, ct) is not { } no)
            return TypedResults.LocalRedirect("~/desk");
        var words = new DeskWords(UiLanguage.Of(http), directory);
        return DeskPages.Page<ProblemPage>(
            DeskPages.StatusOf(no.Code),
            ("Frame", DeskPages.Frame(http, member, words.Refused(no, DeskForm.AcknowledgeLapse))),
            ("Title", words["Title"]));
    }
}

/// <summary>A card of the overview.</summary>
public sealed record AreaCard(string Path, string Title, string Hint);
