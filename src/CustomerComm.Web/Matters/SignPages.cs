using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Complaints;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Matters;

/// <summary>
/// The one page where a resident reads a text, judges and signs it, or does not (3.3, 4.5.3, 4.6.2-4). The link's token
/// is the only key; staff at the desk are turned away. Token and address are never logged.
/// </summary>
internal sealed class SignPages(
    IEnumerable<ISignKind> kinds, CompanyDirectory directory, StaffSessions sessions)
{
    public void Map(IEndpointRouteBuilder pages)
    {
        foreach (var kind in kinds)
        {
            var own = pages.MapGroup($"/{kind.Page}/{{id}}/{{token}}");
            own.MapGet("", (string id, string token, HttpContext http, CancellationToken ct) =>
                ShowAsync(kind, id, token, http, ct));
            own.MapPost("", (string id, string token, HttpContext http, CancellationToken ct) =>
                AnswerAsync(kind, id, token, http, refuses: false, ct));
            own.MapPost("/refuse", (string id, string token, HttpContext http, CancellationToken ct) =>
                AnswerAsync(kind, id, token, http, refuses: true, ct));
        }
    }

    private async Task<IResult> ShowAsync(
        ISignKind kind, string id, string token, HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not null)
            return StatusPages.StaffMayNot(http, General(http));
        return await kind.FindAsync(id, token, ct) is { } sheet
            ? Show(http, kind, sheet, 200, SignInput.Empty, null)
            : Gone(http);
    }

    private async Task<IResult> AnswerAsync(
        ISignKind kind, string id, string token, HttpContext http, bool refuses, CancellationToken ct)
    {
        if (await kind.FindAsync(id, token, ct) is not { } sheet)
            return Gone(http);
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form)
            return Show(http, kind, sheet, 400, SignInput.Empty, "Refused.BadField");
        var input = Read(kind, form);
        var mark = form["signature"];
        if ((refuses ? MissingReason(kind, input) : Missing(kind, input, mark)) is { } missing)
            return Show(http, kind, sheet, 400, input, missing);
        // Whoever is signed in at the desk is staff, whatever link they hold; the rules then say no.
        Actor actor = sessions.Current(http) is { } member ? new Actor.Staff(member) : new Actor.Resident();
        var result = refuses
            ? await kind.RefuseAsync(
                sheet, input, actor, form.Once("refuse", sheet.TokenHash, input.Reason, form["complain"]), ct)
            : await kind.SignAsync(sheet, input, form["textHash"], mark, actor, Once(kind, sheet, form, mark), ct);
        if (result.Said is { } said)
        {
            // A link refused is used up, so the answer is this page and not another one to be got.
            return refuses
                ? PageResults.Message(http, ContextOf(http, kind, sheet, "/"), 200, said)
                : PageResults.SeeOther(http, $"{sheet.Address}?done=1");
        }

        if (result.Refusal is not { } no)
            return Show(http, kind, sheet, StatusCodes.Status409Conflict, input, "Refused.Repeated");
        if (no.Code == RefusalCode.ResidentOnly)
            return StatusPages.StaffMayNot(http, General(http));
        // What was shown may be out of date: look again.
        var now = await kind.FindAsync(id, token, ct) ?? sheet;
        return Show(http, kind, now, Api.Problems.StatusOf(no.Code), input, $"Refused.{no.Code}");
    }

    private static App.Ports.SeenMessage Once(ISignKind kind, SignSheet sheet, PageForm form, string mark) => form.Once(
        [
            "sign", sheet.TokenHash, form["textHash"], mark, .. kind.Questions.Select(q => form[q]), form["solved"],
            form.Text("comment"),
        ]);

    private static SignInput Read(ISignKind kind, PageForm form) => new(
        kind.Questions.ToImmutableDictionary(q => q, q => Mark(form[q]), StringComparer.Ordinal),
        form["solved"] switch { "yes" => true, "no" => false, _ => null }, form.Text("comment"), form.Text("reason"),
        form["complain"] == "yes");

    private static int? Mark(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= 5
            ? value : null;

    /// <summary>Key of what is missing before it can be signed, or null.</summary>
    private static string? Missing(ISignKind kind, SignInput input, string mark)
    {
        if (kind.Questions.FirstOrDefault(q => input.Marks[q] is null) is { } question)
            return $"Sign.No.{question}";
        if (kind.AsksSolved && input.Solved is null)
            return "Sign.No.solved";
        return DrawnMark.FaultOf(mark) switch
        {
            null => null,
            MarkFault.NoSignature => "Sign.Accident",
            _ => "Sign.NoMark",
        };
    }

    private static string? MissingReason(ISignKind kind, SignInput input) =>
        kind.NeedsReason && input.Reason.Length == 0 ? "Sign.NoReason" : null;

    private IResult Show(
        HttpContext http, ISignKind kind, SignSheet sheet, int status, SignInput input, string? error)
    {
        var context = ContextOf(http, kind, sheet, sheet.Address);
        if (sheet.Signed)
        {
            return PageResults.Message(
                http, context, 200,
                $"Signed.{kind.Words}.{(http.Request.Query["done"] == "1" ? "Now" : "Before")}");
        }

        return sheet.Open
            ? PageResults.Page<SignPage>(
                http, status, ("Context", context), ("Kind", kind.Words), ("Sheet", sheet),
                ("Questions", kind.Questions), ("AsksSolved", kind.AsksSolved), ("NeedsReason", kind.NeedsReason),
                ("TakesComplaint", kind.TakesComplaint), ("FormKey", PageForm.NewKey()), ("Input", input),
                ("Error", error))
            : Gone(http);
    }

    private PageContext General(HttpContext http) => new(UiLanguage.Of(http), directory, "/");

    private PageContext ContextOf(HttpContext http, ISignKind kind, SignSheet sheet, string address) =>
        new(UiLanguage.Of(http, sheet.Language), directory, address) { Own = new UiTexts(kind.WordsFile) };

    private IResult Gone(HttpContext http) =>
        PageResults.Message(http, General(http), StatusCodes.Status410Gone, "Error.410");
}
