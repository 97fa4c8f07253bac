using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Pages.Orders;

/// <summary>
/// Where the resident judges a finished order and signs, or does not accept it (3.3). The link's token is the only key;
/// staff at the desk are turned away. Token and address are never logged.
/// </summary>
internal sealed class EvaluationPages(
    OrderKind orders, Links links, CompanyDirectory directory, StaffSessions sessions, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/e/{id}/{token}");
        own.MapGet("", (string id, string token, HttpContext http, EvaluationPages p, CancellationToken ct) =>
            p.ShowAsync(id, token, http, ct));
        own.MapPost("", (string id, string token, HttpContext http, EvaluationPages p, CancellationToken ct) =>
            p.SignAsync(id, token, http, ct));
        own.MapPost("/refuse", (string id, string token, HttpContext http, EvaluationPages p, CancellationToken ct) =>
            p.RefuseAsync(id, token, http, ct));
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
        if (JudgeForm.Missing(input, mark, asksSolved: false) is { } missing)
            return Show(http, found, token, 400, input, missing);
        var hash = JudgeForm.HashOf(token);
        var command = new OrderCommand.Evaluate(
            IssueOf(found, token), hash, form["textHash"], mark, input.Quality!.Value, input.Attitude!.Value,
            input.Comment);
        var once = form.Once("evaluate", hash, command.TextHash, mark, form["quality"], form["attitude"],
            input.Comment);
        return await orders.HandleAsync(found.Stream, command, ActorOf(http), once, ct) switch
        {
            MatterResult<Order>.Done => PageResults.SeeOther(http, $"{Address(found, token)}?done=1"),
            var other => await WrongAsync(http, found, token, input, other, ct),
        };
    }

    private async Task<IResult> RefuseAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } found)
            return Gone(http);
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form)
            return Show(http, found, token, 400, JudgeInput.Empty, "Refused.BadField");
        var input = JudgeForm.Read(form);
        if (input.Reason.Length == 0)
            return Show(http, found, token, 400, input, "Sign.NoReason");
        var complains = form["complain"] == "yes";
        var command = new OrderCommand.RefuseEvaluation(IssueOf(found, token), input.Reason, complains);
        var once = form.Once("refuse", JudgeForm.HashOf(token), input.Reason, form["complain"]);
        // The link is used up with it, so the answer is this page and not another one to be got.
        return await orders.HandleAsync(found.Stream, command, ActorOf(http), once, ct) switch
        {
            MatterResult<Order>.Done done => PageResults.Page<SaidPage>(
                http, 200, ("Context", ContextOf(http, found, "/")),
                ("Key", done.Matter.State.Open ? "NotContent.Redo" : "NotContent.Complaint"), ("Good", true)),
            var other => await WrongAsync(http, found, token, input, other, ct),
        };
    }

    private async Task<IResult> WrongAsync(
        HttpContext http, LoadedMatter<Order> found, string token, JudgeInput input, MatterResult<Order> result,
        CancellationToken ct)
    {
        if (result is not MatterResult<Order>.Refused { Refusal: var no })
            return Show(http, found, token, StatusCodes.Status409Conflict, input, "Refused.Repeated");
        if (no.Code == RefusalCode.ResidentOnly)
            return StatusPages.StaffMayNot(http, General(http));
        // What was shown may be out of date: look again.
        var now = await orders.LoadAsync(found.Stream, ct) ?? found;
        return Show(http, now, token, Api.Problems.StatusOf(no.Code), input, $"Refused.{no.Code}");
    }

    private async Task<LoadedMatter<Order>?> FindAsync(string id, CancellationToken ct) =>
        MatterIds.IsSound(id) ? await orders.LoadAsync(orders.StreamOf(id), ct) : null;

    private IResult Show(
        HttpContext http, LoadedMatter<Order> found, string token, int status, JudgeInput input, string? error)
    {
        var s = found.State;
        var context = ContextOf(http, found, Address(found, token));
        if (s.Evaluation is { Way: SignatureWay.Drawn } done && done.TokenHash == JudgeForm.HashOf(token))
        {
            return PageResults.Page<SaidPage>(
                http, 200, ("Context", context),
                ("Key", http.Request.Query["done"] == "1" ? "Judged.Now" : "Judged.Before"), ("Good", true));
        }

        if (!Signing.Opens(s.Request, IssueOf(found, token), time.Now()))
            return Gone(http);
        var t = new UiTexts("Orders");
        return PageResults.Page<JudgePage>(
            http, status, ("Context", context), ("Title", t["Judge.Title", context.Language]),
            ("Intro", t["Judge.Intro", context.Language]), ("Request", s.Request), ("Community", s.Community),
            ("Action", Address(found, token)), ("FormKey", PageForm.NewKey()), ("Input", input), ("Error", error));
    }

    /// <summary>Number of the link with this token where it is the last one issued; 0 where it is none.</summary>
    private int IssueOf(LoadedMatter<Order> found, string token) =>
        found.State.Request is { Issue: > 0 and var issue }
            && links.IsMatterToken(token, OrderMatter.EvaluationPage, found.Stream, issue)
            ? issue : 0;

    /// <summary>Whoever is signed in at the desk is staff, whatever link they hold; the rules then say no.</summary>
    private Actor ActorOf(HttpContext http) =>
        sessions.Current(http) is { } member ? new Actor.Staff(member) : new Actor.Resident();

    private PageContext General(HttpContext http) => new(UiLanguage.Of(http), directory, "/");

    private PageContext ContextOf(HttpContext http, LoadedMatter<Order> found, string address) =>
        new(UiLanguage.Of(http, found.State.Intake.Language), directory, address);

    private static string Address(LoadedMatter<Order> found, string token) =>
        $"/{OrderMatter.EvaluationPage}/{found.Stream.Value[(OrderKind.Name.Length + 1)..]}/"
        + Uri.EscapeDataString(token);

    private IResult Gone(HttpContext http) =>
        PageResults.Message(http, General(http), StatusCodes.Status410Gone, "Error.410");
}
