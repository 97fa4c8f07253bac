using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Revisits;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Pages.Orders;

/// <summary>
/// Where the resident answers a revisit and signs (4.5.3). The link's token is the only key; staff at the desk are
/// turned away. Token and address are never logged.
/// </summary>
internal sealed class RevisitPages(
    RevisitKind revisits, Links links, CompanyDirectory directory, StaffSessions sessions, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/v/{id}/{token}");
        own.MapGet("", (string id, string token, HttpContext http, RevisitPages p, CancellationToken ct) =>
            p.ShowAsync(id, token, http, ct));
        own.MapPost("", (string id, string token, HttpContext http, RevisitPages p, CancellationToken ct) =>
            p.SignAsync(id, token, http, ct));
        own.MapPost("/refuse", (string id, string token, HttpContext http, RevisitPages p, CancellationToken ct) =>
            p.DeclineAsync(id, token, http, ct));
    }

    private async Task<IResult> ShowAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (sessions.Current(http) is not null)
            return StatusPages.StaffMayNot(http, General(http));
        return await FindAsync(id, ct) is { } found
            ? Show(http, found, token, 200, JudgeInput.Empty, null)
            : Gone(http);
    }

    private async Task<IResult> SignAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } found)
            return Gone(http);
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form)
            return Show(http, found, token, 400, JudgeInput.Empty, "Refused.BadField");
        var input = JudgeForm.Read(form);
        var mark = form["signature"];
        if (JudgeForm.Missing(input, mark, asksSolved: true) is { } missing)
            return Show(http, found, token, 400, input, missing);
        var hash = JudgeForm.HashOf(token);
        var command = new RevisitCommand.Sign(
            IssueOf(found, token), hash, form["textHash"], mark,
            new Judgement(input.Quality!.Value, input.Attitude!.Value, input.Solved!.Value), input.Comment);
        var once = form.Once(
            "revisit", hash, command.TextHash, mark, form["quality"], form["attitude"], form["solved"], input.Comment);
        return await revisits.HandleAsync(found.Stream, command, ActorOf(http), once, ct) switch
        {
            MatterResult<Revisit>.Done => PageResults.SeeOther(http, $"{Address(found, token)}?done=1"),
            var other => await WrongAsync(http, found, token, input, other, ct),
        };
    }

    private async Task<IResult> DeclineAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } found)
            return Gone(http);
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form)
            return Show(http, found, token, 400, JudgeInput.Empty, "Refused.BadField");
        var input = JudgeForm.Read(form);
        var command = new RevisitCommand.Decline(IssueOf(found, token), input.Reason);
        var once = form.Once("decline", JudgeForm.HashOf(token), input.Reason);
        // The link is used up with it, so the answer is this page and not another one to be got.
        return await revisits.HandleAsync(found.Stream, command, ActorOf(http), once, ct) switch
        {
            MatterResult<Revisit>.Done => PageResults.Page<SaidPage>(
                http, 200, ("Context", ContextOf(http, found, "/")), ("Key", "Decline.Done"), ("Good", true)),
            var other => await WrongAsync(http, found, token, input, other, ct),
        };
    }

    private async Task<IResult> WrongAsync(
        HttpContext http, LoadedMatter<Revisit> found, string token, JudgeInput input, MatterResult<Revisit> result,
        CancellationToken ct)
    {
        if (result is not MatterResult<Revisit>.Refused { Refusal: var no })
            return Show(http, found, token, StatusCodes.Status409Conflict, input, "Refused.Repeated");
        if (no.Code == RefusalCode.ResidentOnly)
            return StatusPages.StaffMayNot(http, General(http));
        // What was shown may be out of date: look again.
        var now = await revisits.LoadAsync(found.Stream, ct) ?? found;
        return Show(http, now, token, Api.Problems.StatusOf(no.Code), input, $"Refused.{no.Code}");
    }

    private async Task<LoadedMatter<Revisit>?> FindAsync(string id, CancellationToken ct) =>
        MatterIds.IsSound(id) ? await revisits.LoadAsync(revisits.StreamOf(id), ct) : null;

    private IResult Show(
        HttpContext http, LoadedMatter<Revisit> found, string token, int status, JudgeInput input, string? error)
    {
        var s = found.State;
        var context = ContextOf(http, found, Address(found, token));
        if (s.Signed is { Way: SignatureWay.Drawn } done && done.TokenHash == JudgeForm.HashOf(token))
        {
            return PageResults.Page<SaidPage>(
                http, 200, ("Context", context),
                ("Key", http.Request.Query["done"] == "1" ? "Judged.Now" : "Judged.Before"), ("Good", true));
        }

        if (!s.Open || !Signing.Opens(s.Request, IssueOf(found, token), time.Now()))
            return Gone(http);
        var t = new UiTexts("Orders");
        return PageResults.Page<JudgePage>(
            http, status, ("Context", context), ("Title", t["Revisit.Title", context.Language]),
            ("Intro", t["Revisit.Intro", context.Language]), ("Request", s.Request), ("Community", s.Community),
            ("Action", Address(found, token)), ("FormKey", PageForm.NewKey()), ("Input", input), ("Error", error),
            ("AsksSolved", true));
    }

    /// <summary>Number of the link with this token where it is the last one issued; 0 where it is none.</summary>
    private int IssueOf(LoadedMatter<Revisit> found, string token) =>
        found.State.Request is { Issue: > 0 and var issue }
            && links.IsMatterToken(token, RevisitMatter.Page, found.Stream, issue)
            ? issue : 0;

    /// <summary>Whoever is signed in at the desk is staff, whatever link they hold; the rules then say no.</summary>
    private Actor ActorOf(HttpContext http) =>
        sessions.Current(http) is { } member ? new Actor.Staff(member) : new Actor.Resident();

    private PageContext General(HttpContext http) => new(UiLanguage.Of(http), directory, "/");

    private PageContext ContextOf(HttpContext http, LoadedMatter<Revisit> found, string address) =>
        new(UiLanguage.Of(http, found.State.Planned.Language), directory, address);

    private static string Address(LoadedMatter<Revisit> found, string token) =>
        $"/{RevisitMatter.Page}/{found.Stream.Value[(RevisitKind.Name.Length + 1)..]}/{Uri.EscapeDataString(token)}";

    private IResult Gone(HttpContext http) =>
        PageResults.Message(http, General(http), StatusCodes.Status410Gone, "Error.410");
}
