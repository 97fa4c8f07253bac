using System.Text;
using CustomerComm.App.Ledger;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Ledger;

/// <summary>
/// The signed roots of all days in public: as a page, as the file that checks are made with, and the public key. Whoever
/// notes a line here today can hold it against us tomorrow.
/// </summary>
internal static class RootsPages
{
    /// <summary>Words of the pages about the ledger.</summary>
    public static readonly UiTexts Texts = new("Ledger");

    private const int Shown = 60;

    public static void MapRoots(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/roots", ShowAsync);
        pages.MapGet("/roots.jsonl", LinesAsync);
        pages.MapGet("/roots.pem", KeyAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, RootsReader roots, CompanyDirectory directory, CancellationToken ct)
    {
        var lines = await roots.ReadAsync(ct);
        var context = new PageContext(UiLanguage.Of(http), directory, "/roots") { Own = Texts };
        return PageResults.Page<RootsPage>(
            http, 200, ("Context", context), ("Total", lines.Count),
            ("Lines", lines.TakeLast(Shown).Reverse().Select(l => AnchorLine.Parse(l.Line)).ToList()));
    }

    private static async Task<IResult> LinesAsync(RootsReader roots, CancellationToken ct)
    {
        var text = new StringBuilder();
        foreach (var line in await roots.ReadAsync(ct))
            text.Append(line.Line).Append('\n');
        return TypedResults.Text(text.ToString(), "application/jsonl", Encoding.UTF8);
    }

    private static async Task<IResult> KeyAsync(RootsReader roots, CancellationToken ct) =>
        await roots.FindKeyAsync(ct) is { } pem
            ? TypedResults.Text(pem, "application/x-pem-file")
            : Api.Problems.NotFound();
}
