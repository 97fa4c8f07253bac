using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;
using CustomerComm.Web.Api;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Orders;

/// <summary>A line of the list.</summary>
public sealed record OrderListLine(
    string Number, string What, string Who, string Due, bool Late, bool Amending, string Opened);

/// <summary>The lists of orders, the form for a new one, and the figures of a month.</summary>
internal static class OrderListEndpoints
{
    private const int PageSize = 50;


    public static void MapOrderLists(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/orders", ListAsync);
        desk.MapGet("/orders/new", BlankAsync);
        desk.MapPost("/orders/new", ReceiveAsync);
        desk.MapGet("/orders/month", MonthAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, OrderReader reader, OrderKind orders,
        string? community, string? stage, string? next, string? number, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var of = CommunityOf(community, member, directory);
        var words = Words(http, directory, of);
        DeskNotice? notice = null;
        if (!string.IsNullOrWhiteSpace(number))
        {
            if (MatterNumber.TryParse(number, out var asked) && await orders.FindAsync(asked, ct) is { } found
                && found.State.MaySee(member))
            {
                return TypedResults.LocalRedirect($"~/desk/orders/{asked}");
            }

            notice = words.Error("Notice.NoOrder");
        }

        if (!Enum.TryParse<OrderStage>(stage, out var wanted) || !Enum.IsDefined(wanted))
            wanted = OrderStage.InProgress;
        var page = await reader.ListAsync(of.Id, wanted, PageSize, next, ct);
        // Departments see what is theirs; the rule is the domain's, the row only saves reading each order.
        var lines = page.Rows
            .Where(r => member.Unit is Unit.Office or Unit.Quality or Unit.Leader || r.Unit == member.Unit.ToString()
                || r.Worker == member.Id.Value)
            .Select(r => new OrderListLine(
                r.Number,
                words.Name(Enum.Parse<OrderType>(r.Kind)) + " · " + words.Name(Enum.Parse<Category>(r.Category))
                    + (r.Outcome == nameof(OrderOutcome.None)
                        ? "" : " · " + words.Name(Enum.Parse<OrderOutcome>(r.Outcome))),
                r.Worker.Length == 0 ? words.Name(Enum.Parse<Unit>(r.Unit)) : words.Person(new StaffId(r.Worker)),
                words.Time(r.Due), r.Late, r.Amending, words.Time(r.OpenedAt)))
            .ToImmutableArray();
        return DeskPages.Page<OrderListPage>(
            notice is null ? StatusCodes.Status200OK : StatusCodes.Status404NotFound,
            ("Frame", DeskPages.Frame(http, member, notice)), ("Lines", lines), ("Stage", wanted),
            ("Community", of.Id.Value), ("Communities", Choices(member, directory, words)), ("Next", page.Next));
    }

    private static async Task<IResult> MonthAsync(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, OrderReader reader, TimeProvider time,
        string? community, string? month, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var of = CommunityOf(community, member, directory);
        var words = Words(http, directory, of);
        if (month is null || !ReportEndpoints.TryMonth(month, out var year, out var number))
        {
            var now = TimeZoneInfo.ConvertTime(time.Now(), TimeZoneInfo.FindSystemTimeZoneById(of.TimeZone));
            (year, number) = (now.Year, now.Month);
        }

        var report = (await reader.MonthAsync(of.Id, year, number, ct))!;
        return DeskPages.Page<OrderMonthPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, member)), ("Report", report),
            ("NameOf", (Func<string, string>)(id => Enum.TryParse<Unit>(id, out var unit) && Enum.IsDefined(unit)
                ? words.Name(unit) : words.Person(new StaffId(id)))),
            ("Communities", Choices(member, directory, words)));
    }

    private static async Task<IResult> BlankAsync(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, ComplaintKind cases, string? @case,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var found = MatterNumber.TryParse(@case, out var number) ? await cases.FindAsync(number, ct) : null;
        var seen = found is not null
            && Domain.Complaints.Authority.MayOpen(found.Tracked, member, directory) ? found : null;
        return Page(http, member, directory, null, null, StatusCodes.Status200OK, seen);
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, OrderIntake intake, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var words = Words(http, directory, CommunityOf(null, member, directory));
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return Page(http, member, directory, null, words.Error(reason!), status, null);
        var (request, bad) = Read(form, member, directory);
        if (bad is not null)
        {
            form.WrongField = bad;
            var refusal = new Refusal(RefusalCode.BadField, "4.2.4", $"'{bad}' is missing or cannot be read.", bad);
            return Page(
                http, member, directory, form, words.Refused(refusal, "New"), StatusCodes.Status400BadRequest, null);
        }

        switch (await intake.ReceiveAsync(request!, new Actor.Staff(member), ct))
        {
            case MatterResult<Order>.Done opened:
                return TypedResults.LocalRedirect($"~/desk/orders/{opened.Matter.State.Number}?done=New");
            case MatterResult<Order>.Refused no:
                form.WrongField = no.Refusal.Field is { } field ? DeskWords.Short(field) : null;
                return Page(
                    http, member, directory, form, words.Refused(no.Refusal, "New"),
                    DeskPages.StatusOf(no.Refusal.Code), null);
            case MatterResult<Order>.Reused:
                return Page(
                    http, member, directory, form, words.Error("Notice.Reused"), StatusCodes.Status409Conflict, null);
            case var other:
                throw new InvalidOperationException($"Unknown result {other.GetType().Name}.");
        }
    }

    private static (OrderRequest? Request, string? Bad) Read(
        PostedForm form, StaffMember member, CompanyDirectory directory)
    {
        if (form.Seen(member.Id) is not { } seen)
            return (null, "key");
        if (!form.TryNamed<OrderType>("kind", out var kind))
            return (null, "kind");
        if (!form.TryNamed<Channel>("channel", out var channel) || !channel.Way().AtDesk)
            return (null, "channel");
        if (directory.Find(new CommunityId(form["community"])) is not { } community)
            return (null, "community");
        Category? category = null;
        if (form["category"].Length > 0)
        {
            if (!form.TryNamed<Category>("category", out var named))
                return (null, "category");
            category = named;
        }

        MatterNumber? from = null;
        if (form["case"].Length > 0)
        {
            if (!MatterNumber.TryParse(form["case"], out var number))
                return (null, "case");
            from = number;
        }

        if (!form.TryTime("wantedBy", TimeZoneInfo.FindSystemTimeZoneById(community.TimeZone), out var wantedBy))
            return (null, "wantedBy");
        StaffId? worker = form["worker"].Length == 0 ? null : new StaffId(form["worker"]);
        return (
            new OrderRequest(
                community.Id, kind, form["text"].ReplaceLineEndings("\n").Trim(), form["name"], form["phone"],
                form["room"], null, channel, category, null, form["price"].Trim(), wantedBy, from, worker, null,
                member.Id, seen.Id),
            null);
    }

    private static IResult Page(
        HttpContext http, StaffMember member, CompanyDirectory directory, PostedForm? form, DeskNotice? notice,
        int status, LoadedMatter<Complaint>? from)
    {
        var words = Words(http, directory, CommunityOf(null, member, directory));
        return DeskPages.Page<NewOrderPage>(
            status, ("Frame", DeskPages.Frame(http, member, notice)),
            ("Fields", Fields(words, member, directory, form, from)), ("Key", Guid.NewGuid().ToString("N")));
    }

    private static ImmutableArray<DeskField> Fields(
        DeskWords words, StaffMember member, CompanyDirectory directory, PostedForm? form, LoadedMatter<Complaint>? from)
    {
        var fields = new FormFields(words, "New", form);
        var s = from?.State;
        var communities = directory.Communities
            .Where(c => s is null ? member.Community is null || c.Id == member.Community : c.Id == s.Community)
            .Select(c => new DeskChoice(c.Id.Value, words.Community(c)));
        return
        [
            fields.Radio("kind", fields.Names<OrderType>(), nameof(OrderType.Repair)),
            fields.Select(
                "community", communities, (s?.Community ?? member.Community ?? directory.Communities[0].Id).Value),
            fields.Line("case", required: false, s?.Number.ToString() ?? ""),
            fields.Area("text", present: s?.Intake.Text.Value ?? ""),
            fields.Radio(
                "channel", words.Choices(Channels.AtDesk), nameof(Channel.Phone)),
            fields.Line("room", required: false),
            fields.Line("name", required: false),
            fields.Phone("phone", required: false),
            fields.Select(
                "category",
                Enum.GetValues<Category>().Select(c => new DeskChoice(c.ToString(), words.Name(c)))
                    .Prepend(new DeskChoice("", words["Choice.None.category"])),
                s?.Category.ToString() ?? "", required: false),
            fields.Line("price", required: false),
            fields.Time("wantedBy", required: false),
            fields.Staff("worker", OrderDesk.Workers(directory, member.Community), required: false),
        ];
    }

    private static Community CommunityOf(string? asked, StaffMember member, CompanyDirectory directory) =>
        (asked is not null && (member.Community is null || member.Community == new CommunityId(asked))
            ? directory.Find(new CommunityId(asked)) : null)
        ?? directory.Find(member.Community ?? directory.Communities[0].Id)!;

    private static DeskWords Words(HttpContext http, CompanyDirectory directory, Community community) => new(
        UiLanguage.Of(http), directory, TimeZoneInfo.FindSystemTimeZoneById(community.TimeZone), new UiTexts("Orders"));

    private static ImmutableArray<DeskChoice> Choices(
        StaffMember member, CompanyDirectory directory, DeskWords words) =>
        [.. directory.Communities.Where(c => member.Community is null || c.Id == member.Community)
            .Select(c => new DeskChoice(c.Id.Value, words.Community(c)))];
}
