using CustomerComm.App.Matters;
using CustomerComm.App.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Orders;

/// <summary>One order at the desk.</summary>
internal static class OrderEndpoints
{
    public static void MapOrder(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/orders/{number}", ShowAsync);
        desk.MapPost("/orders/{number}", ActAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, string number, StaffSessions sessions, OrderKind orders, OrderDesk viewer, string? done,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(number, member, orders, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var words = viewer.WordsOf(found, UiLanguage.Of(http));
        var notice = done is not null && words.Find($"Action.{done}") is { } what
            ? new DeskNotice(false, words.Format("Notice.Done", ("what", what)), null)
            : null;
        return Page(http, member, found, viewer, words, notice, null, StatusCodes.Status200OK);
    }

    private static async Task<IResult> ActAsync(
        HttpContext http, string number, StaffSessions sessions, OrderKind orders, OrderDesk viewer,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(number, member, orders, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var words = viewer.WordsOf(found, UiLanguage.Of(http));
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return Page(http, member, found, viewer, words, words.Error(reason!), null, status);
        if (form.Seen(member.Id) is not { } seen)
        {
            return Page(
                http, member, found, viewer, words, words.Error("Notice.Expired"), form,
                StatusCodes.Status400BadRequest);
        }

        var zone = orders.RulesOf(found.State).Calendar.Zone;
        var (command, bad) = await OrderForms.ReadAsync(form, found.State, zone, ct);
        var result = bad is not null
            ? new MatterResult<Order>.Refused(bad)
            : await orders.HandleAsync(found.Stream, command!, new Actor.Staff(member), seen, ct);
        switch (result)
        {
            case MatterResult<Order>.Done changed:
                return TypedResults.LocalRedirect(changed.Matter.State.MaySee(member)
                    ? $"~/desk/orders/{found.State.Number}?done={form["action"]}" : "~/desk/orders");
            case MatterResult<Order>.Refused { Refusal: var no }:
                form.WrongField = no.Field is { } field ? DeskWords.Short(field) : null;
                found = await FindAsync(number, member, orders, ct) ?? found;
                return Page(
                    http, member, found, viewer, words, words.Refused(no, form["action"]), form,
                    DeskPages.StatusOf(no.Code));
            case MatterResult<Order>.Reused:
                return Page(
                    http, member, found, viewer, words, words.Error("Notice.Reused"), form,
                    StatusCodes.Status409Conflict);
            default:
                return DeskPages.NotFound(http, member);
        }
    }

    private static async Task<LoadedMatter<Order>?> FindAsync(
        string number, StaffMember member, OrderKind orders, CancellationToken ct) =>
        MatterNumber.TryParse(number, out var parsed) && await orders.FindAsync(parsed, ct) is { } found
            && found.State.MaySee(member) ? found : null;

    private static IResult Page(
        HttpContext http, StaffMember member, LoadedMatter<Order> found, OrderDesk viewer, DeskWords words,
        DeskNotice? notice, PostedForm? form, int status) =>
        DeskPages.Page<OrderPage>(
            status, ("Frame", DeskPages.Frame(http, member, notice)),
            ("Order", viewer.Show(found, member, words, form)));
}
