using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Complaints;
using CustomerComm.App.Orders;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;
using CustomerComm.Web.Api;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Orders;

/// <summary>A line of the list.</summary>
public sealed record OrderListLine(
    string Number, string What, string Who, string Due, bool Late, bool Amending, string Opened);

/// <summary>The lists of orders, the form for a new one, and the figures of a month.</summary>
internal sealed class OrderLists(
    OrderKind orders, OrderReader reader, OrderIntake intake, ComplaintKind complaints, DeskParts parts)
{
    private const int PageSize = 50;

    public void Map(IEndpointRouteBuilder desk, IDeskArea area)
    {
        desk.MapGet(
            "/orders",
            (HttpContext http, string? community, string? stage, string? next, string? number, CancellationToken ct) =>
                AreaPage.Of(http, parts, area, community) is { } page
                    ? ListAsync(page, stage, next, number, ct) : Task.FromResult(DeskPages.SignIn(http)));
        desk.MapGet("/orders/month", (HttpContext http, string? community, string? month, CancellationToken ct) =>
            AreaPage.Of(http, parts, area, community) is { } page
                ? MonthAsync(page, month, ct) : Task.FromResult(DeskPages.SignIn(http)));
        new Beginning<OrderRequest>("4.2.4", FieldsAsync, Read, BeginAsync).Map(desk, "/orders/new", area, parts);
    }

    private async Task<IResult> ListAsync(
        AreaPage page, string? stage, string? next, string? number, CancellationToken ct)
    {
        var words = page.Words;
        if (!string.IsNullOrWhiteSpace(number))
        {
            if (MatterNumber.TryParse(number, out var asked) && await orders.FindAsync(asked, ct) is { } found
                && found.State.MaySee(page.Member))
            {
                return TypedResults.LocalRedirect($"~{OrdersArea.First}/{asked}");
            }

            page.Say(words.Error("Banner.NoOrder"), StatusCodes.Status404NotFound);
        }

        if (!Enum.TryParse<OrderStage>(stage, out var wanted) || !Enum.IsDefined(wanted))
            wanted = OrderStage.InProgress;
        var community = page.Community.Id;
        var rows = await reader.ListAsync(community, wanted, PageSize, next, ct);
        var lines = rows.Rows
            .Where(r => Order.MaySee(page.Member, community, Enum.Parse<Unit>(r.Unit), id => id.Value == r.Worker))
            .Select(r => LineOf(r, words)).ToImmutableArray();
        return DeskPages.Page<OrderListPage>(
            page.Status, ("Frame", page.Frame()), ("Lines", lines), ("Stage", wanted), ("Community", community.Value),
            ("Communities", page.CommunityChoices), ("Next", rows.Next));
    }

    private static OrderListLine LineOf(OrderListRow r, DeskWords words) => new(
        r.Number,
        words.Name(Enum.Parse<OrderType>(r.Kind)) + " · " + words.Name(Enum.Parse<Category>(r.Category))
            + (r.Outcome == nameof(OrderOutcome.None) ? "" : " · " + words.Name(Enum.Parse<OrderOutcome>(r.Outcome))),
        r.Worker.Length == 0 ? words.Name(Enum.Parse<Unit>(r.Unit)) : words.Person(new StaffId(r.Worker)),
        words.Time(r.Due), r.Late, r.Amending, words.Time(r.OpenedAt));

    private async Task<IResult> MonthAsync(AreaPage page, string? month, CancellationToken ct)
    {
        var words = page.Words;
        if (month is null || !ReportEndpoints.TryMonth(month, out var year, out var number))
        {
            var today = parts.Book.Current(page.Community.Id).Calendar.LocalDate(parts.Time.Now());
            (year, number) = (today.Year, today.Month);
        }

        var report = (await reader.MonthAsync(page.Community.Id, year, number, ct))!;
        return DeskPages.Page<OrderMonthPage>(
            StatusCodes.Status200OK, ("Frame", page.Frame()), ("Report", report),
            ("NameOf", (Func<string, string>)(id => Enum.TryParse<Unit>(id, out var unit) && Enum.IsDefined(unit)
                ? words.Name(unit) : words.Person(new StaffId(id)))),
            ("Communities", page.CommunityChoices));
    }

    /// <summary>From a complaint that this person may open, its place and text are taken over.</summary>
    private async Task<IEnumerable<DeskField>> FieldsAsync(AreaPage page, FormFields f, CancellationToken ct)
    {
        var asked = page.Http.Request.Query["complaint"].ToString();
        var found = MatterNumber.TryParse(asked, out var number) ? await complaints.FindAsync(number, ct) : null;
        var s = found is not null && Authority.MayOpen(found.Tracked, page.Member, page.Directory) ? found.State : null;
        var communities = s is null
            ? page.CommunityChoices : page.CommunityChoices.RemoveAll(c => c.Value != s.Community.Value);
        return
        [
            f.Radio("kind", f.Names<OrderType>(), nameof(OrderType.Repair)),
            f.Select("community", communities, (s?.Community ?? page.Community.Id).Value),
            f.Line("complaint", required: false, s?.Number.ToString() ?? ""),
            f.Area("text", present: s?.Intake.Text.Value ?? ""),
            f.Radio("channel", page.Words.Choices(Channels.AtDesk), nameof(Channel.Phone)),
            f.Line("room", required: false),
            f.Line("name", required: false),
            f.Phone("phone", required: false),
            f.Select(
                "category", f.Names<Category>().Prepend(new DeskChoice("", page.Words["Choice.None.category"])),
                s?.Category.ToString() ?? "", required: false),
            f.Line("price", required: false),
            f.Time("wantedBy", required: false),
            f.Staff(
                "worker",
                page.Directory.Staff
                    .Where(m => page.Member.Community is not { } own || m.Community is null || m.Community == own)
                    .OrderBy(m => m.Unit).ThenBy(m => m.Rank).ThenBy(m => m.Id.Value, StringComparer.Ordinal),
                required: false),
        ];
    }

    private static OrderRequest Read(AreaPage page, Answers a, SeenMessage seen)
    {
        MatterNumber? from = null;
        if (a.Text("complaint") is { Length: > 0 } text)
            from = MatterNumber.TryParse(text, out var number) ? number : a.Wrong<MatterNumber?>("complaint", null);
        var channel = a.Named<Channel>("channel");
        if (!channel.Way().AtDesk)
            a.Wrong("channel", channel);
        var community = new CommunityId(a.Text("community"));
        if (page.Directory.Find(community) is null)
            a.Wrong("community", community);
        return new OrderRequest(
            community, a.Named<OrderType>("kind"), a.Text("text"), a.Text("name"), a.Text("phone"), a.Text("room"),
            null, channel, a.NamedOrNone<Category>("category"), null, a.Text("price"), a.TimeOrNone("wantedBy"), from,
            a.StaffOrNone("worker"), null, page.Member.Id, seen.Id);
    }

    private async Task<Begun> BeginAsync(AreaPage page, OrderRequest request, CancellationToken ct) =>
        Begun.Of(
            await intake.ReceiveAsync(request, new Actor.Staff(page.Member), ct),
            m => $"{OrdersArea.First}/{m.State.Number}?done=New");
}
