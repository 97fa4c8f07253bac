using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Desk;

/// <summary>
/// Signing in at the desk: a phone number or staff id, then the code that went to the phone on file. In a demo on this
/// machine a click on a name does.
/// </summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/sign-in", AskWho);
        desk.MapPost("/sign-in", SignInAsync);
        desk.MapPost("/sign-in/code", SendCodeAsync).Limited();
        desk.MapPost("/sign-in/enter", EnterCodeAsync).Limited();
        desk.MapPost("/sign-out", SignOutAsync);
    }

    private static IResult AskWho(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, string? back) =>
        Page(http, sessions, directory, new Asked(back, "", CodeSent: false), null, StatusCodes.Status200OK);

    private static async Task<IResult> SignInAsync(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory)
    {
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return Page(http, sessions, directory, new Asked(null, "", CodeSent: false), reason, status);
        if (await sessions.SignInAsync(http, form["staff"]))
            return TypedResults.LocalRedirect("~" + DeskEndpoints.Local(form["back"]));
        return Page(
            http, sessions, directory, new Asked(form["back"], "", CodeSent: false), "Banner.NoSuchStaff",
            StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> SendCodeAsync(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, CancellationToken ct)
    {
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return Page(http, sessions, directory, new Asked(null, "", CodeSent: false), reason, status);
        var who = form["who"].Trim();
        if (who.Length is 0 or > 40)
        {
            return Page(
                http, sessions, directory, new Asked(form["back"], who, CodeSent: false), "Banner.WhoMissing",
                StatusCodes.Status400BadRequest);
        }

        // The same answer whether there is somebody, nobody, or too many codes were sent: it gives nothing away.
        await sessions.AskCodeAsync(http, who, ct);
        return Page(
            http, sessions, directory, new Asked(form["back"], who, CodeSent: true), null, StatusCodes.Status200OK);
    }

    private static async Task<IResult> EnterCodeAsync(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, CancellationToken ct)
    {
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return Page(http, sessions, directory, new Asked(null, "", CodeSent: false), reason, status);
        if (await sessions.EnterCodeAsync(http, form["who"], form["code"], ct))
            return TypedResults.LocalRedirect("~" + DeskEndpoints.Local(form["back"]));
        return Page(
            http, sessions, directory, new Asked(form["back"], form["who"], CodeSent: true), "Banner.WrongCode",
            StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, StaffSessions sessions, CancellationToken ct)
    {
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return DeskPages.Problem(http, sessions.Current(http), status, reason!);
        await sessions.SignOutAsync(http, ct);
        return TypedResults.LocalRedirect("~/desk/sign-in");
    }

    private static IResult Page(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, Asked asked, string? error, int status)
    {
        var words = new DeskWords(UiLanguage.Of(http), directory);
        var demo = sessions.IsDemo(http);
        return DeskPages.Page<SignInPage>(
            status, ("Frame", DeskPages.Frame(http, sessions.Current(http), error is null ? null : words.Error(error))),
            ("Back", DeskEndpoints.Local(asked.Back)), ("Who", asked.Who), ("CodeSent", asked.CodeSent),
            ("Teams", demo ? Teams(directory, words) : []));
    }

    private static ImmutableArray<DeskTeam> Teams(CompanyDirectory directory, DeskWords words)
    {
        return
        [
            .. directory.Staff.GroupBy(m => (m.Unit, m.Community)).OrderBy(g => g.Key.Unit)
                .ThenBy(g => g.Key.Community?.Value, StringComparer.Ordinal)
                .Select(g => new DeskTeam(
                    g.Key.Community is { } c && directory.Find(c) is { } community
                        ? $"{words.Community(community)} · {words.Name(g.Key.Unit)}" : words.Name(g.Key.Unit),
                    [
                        .. g.OrderByDescending(m => m.Rank)
                            .Select(m => new DeskChoice(m.Id.Value, $"{m.Name} ({words[$"Rank.{m.Rank}"]})")),
                    ])),
        ];
    }

    private sealed record Asked(string? Back, string Who, bool CodeSent);
}
