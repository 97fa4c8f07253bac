using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Orders;

/// <summary>
/// A resident's own order: how it stands, what changed, and their answer to an amendment (4.2.4). Opened by the token
/// of the link alone; without it nothing shows whether there is such an order.
/// </summary>
internal sealed class OrderStatusPages(
    OrderKind orders, DangerHeard dangers, CompanyDirectory directory, StaffSessions sessions)
{
    public void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/o/{id}/{token}");
        own.MapGet("", (string id, string token, HttpContext http, CancellationToken ct) =>
            ShowAsync(id, token, http, ct));
        own.MapPost("/answer", (string id, string token, HttpContext http, CancellationToken ct) =>
            DoAsync(id, token, http, "answer", Answer, ct));
        own.MapPost("/note", (string id, string token, HttpContext http, CancellationToken ct) =>
            DoAsync(id, token, http, "note", f => new OrderCommand.Note(Channel.Http, f.Text("text")), ct));
        own.MapPost("/cancel", (string id, string token, HttpContext http, CancellationToken ct) =>
            DoAsync(id, token, http, "cancel", f => new OrderCommand.Cancel(Channel.Http, f.Text("reason")), ct));
    }

    private async Task<IResult> ShowAsync(string id, string token, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, token, ct) is not { } found)
            return NotFound(http);
        var done = http.Request.Query["done"].ToString();
        var told = done is "answer" or "note" or "danger" or "cancel" ? $"Done.{done}" : null;
        return Show(http, found, token, 200, told, null, "");
    }

    private static OrderCommand.AnswerAmendment? Answer(PageForm form) =>
        form["answer"] is "yes" or "no"
            && int.TryParse(form["no"], System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? new OrderCommand.AnswerAmendment(number, form["answer"] == "yes", Channel.Http, form.Text("comment"))
            : null;

    private async Task<IResult> DoAsync(
        string id, string token, HttpContext http, string what, Func<PageForm, OrderCommand?> read,
        CancellationToken ct)
    {
        if (await FindAsync(id, token, ct) is not { } found)
            return NotFound(http);
        if (sessions.Current(http) is not null)
            return StatusPages.StaffMayNot(http, ContextOf(http, found, token));
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form || read(form) is not { } command)
            return Show(http, found, token, 400, null, "Refused.BadField", "");
        var typed = form.Text("text");
        var once = form.Once(what, typed, form["answer"], form["no"], form["reason"], form["comment"]);
        var s = found.State;
        if (command is OrderCommand.Note { Text: var text }
            && await dangers.HearAsync(
                text, s.Community, s.Intake.Contact, s.Intake.Language, null, found.Stream, once, ct) is not null)
        {
            // Where it cannot be noted any more, the danger has the words. Whoever has this link need not have that one's.
            await orders.HandleAsync(found.Stream, command, new Actor.Resident(), once, ct);
            return PageResults.SeeOther(http, $"{Address(found, token)}?done=danger");
        }

        switch (await orders.HandleAsync(found.Stream, command, new Actor.Resident(), once, ct))
        {
            case MatterResult<Order>.Done:
                return PageResults.SeeOther(http, $"{Address(found, token)}?done={what}");
            case MatterResult<Order>.Refused no:
                found = await orders.LoadAsync(found.Stream, ct) ?? found;
                return Show(
                    http, found, token, Api.Problems.StatusOf(no.Refusal.Code), null, $"Refused.{no.Refusal.Code}",
                    typed);
            default:
                return Show(http, found, token, StatusCodes.Status409Conflict, null, "Refused.Repeated", typed);
        }
    }

    private async Task<LoadedMatter<Order>?> FindAsync(string id, string token, CancellationToken ct)
    {
        return MatterIds.IsSound(id) && await orders.LoadAsync(orders.StreamOf(id), ct) is { } found
            && found.Opens(token, OrderMatter.StatusPage)
            ? found : null;
    }

    private IResult Show(
        HttpContext http, LoadedMatter<Order> found, string token, int status, string? done, string? error,
        string typed) =>
        PageResults.Page<OrderStatusPage>(
            http, status, ("Context", ContextOf(http, found, token)), ("Order", found),
            ("Rules", orders.RulesOf(found.State)), ("Action", Address(found, token)), ("Done", done), ("Error", error),
            ("FormKey", PageForm.NewKey()), ("ReadOnly", sessions.Current(http) is not null), ("Typed", typed));

    private PageContext ContextOf(HttpContext http, LoadedMatter<Order> found, string token) =>
        new(UiLanguage.Of(http, found.State.Intake.Language), directory, Address(found, token));

    private static string Address(LoadedMatter<Order> found, string token) =>
        $"/{OrderMatter.StatusPage}/{Links.IdOf(found.Stream)}/{token}";

    private IResult NotFound(HttpContext http) => PageResults.Message(
        http, new PageContext(UiLanguage.Of(http), directory, "/"), StatusCodes.Status404NotFound, "Error.404");
}
