using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Reports;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Revisits;
using CustomerComm.Web.Api;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RevisitAct =
    CustomerComm.Web.Matters.Act<CustomerComm.Domain.Revisits.Revisit, CustomerComm.Domain.Revisits.RevisitCommand>;

namespace CustomerComm.Web.Areas.Revisits;

/// <summary>A line of the month's list.</summary>
public sealed record RevisitListLine(
    string Number, string Address, string What, string Who, string Outcome, bool Good, bool Late, string Marks,
    string Due, string Complaint);

/// <summary>
/// The monthly revisits at the desk (4.5.3): a month of them, one of them, and its printed record 维修回访记录. Staff
/// never answer in the resident's place.
/// </summary>
internal sealed class RevisitsArea(RevisitKind revisits, RevisitReader reader, DeskParts parts)
    : MatterArea<RevisitMatter, Revisit, RevisitCommand, RevisitEvent>(revisits, parts)
{
    private const int PageSize = 50;

    public override string Words => "Revisits";

    public override string Path => "/desk/revisits";

    protected override string Clause => "4.5.3";

    protected override Type Page => typeof(RevisitPage);

    protected override ImmutableArray<RevisitAct> Acts { get; } =
    [
        new(
            "DecideSignature",
            (_, f) => [f.YesNo("approved", "paper"), f.Line("with", required: false), f.Area("comment")],
            (_, a) => new RevisitCommand.DecideSignature(a.Yes("approved"), a.Text("comment"), a.TextOrNone("with")))
        {
            Settles = ObligationKind.ConfirmSignature,
            Trials = _ => [new Trial<RevisitCommand>(new RevisitCommand.DecideSignature(true, "x", "x"))],
        },
        new(
            "DecideUnreachable",
            (_, f) => [f.YesNo("approved", "unreachable"), f.Area("comment", required: false)],
            (_, a) => new RevisitCommand.DecideUnreachable(a.Yes("approved"), a.Text("comment")))
        {
            Settles = ObligationKind.DecideUnreachable,
        },
        new(
            "EnterVisit",
            (_, f) => [
                f.Time("visitedAt"), f.Image("scan"), f.Mark("quality"), f.Mark("attitude"),
                f.YesNo("solved", "solved"), f.Area("comment", required: false)],
            (_, a) => new RevisitCommand.EnterVisit(
                a.Time("visitedAt"), a.Scan("scan"),
                new Judgement(a.Number("quality"), a.Number("attitude"), a.Yes("solved")), a.Text("comment")))
        {
            Settles = ObligationKind.Revisit,
        },
        new(
            "RecordAttempt", (_, f) => [f.Attempt(), f.Area("result")],
            (_, a) => new RevisitCommand.RecordAttempt(a.Named<Channel>("channel"), a.Text("result"))),
        new("ProposeUnreachable", _ => new RevisitCommand.ProposeUnreachable()),
    ];

    public override bool MaySee(StaffMember member) => Revisit.MayList(member, Unit.Office);

    public override string AddressOf(ObligationRow owed) => AddressOf(owed.Stream);

    public override void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet(
            "/revisits", (HttpContext http, string? community, string? month, string? next, CancellationToken ct) =>
                AreaPage.Of(http, Parts, this, community) is { } page
                    ? ListAsync(page, month, next, ct) : Task.FromResult(DeskPages.SignIn(http)));
        desk.MapGet("/revisits/{id}/print", PrintAsync);
        base.Map(desk);
    }

    protected override async Task<LoadedMatter<Revisit>?> FindAsync(string id, CancellationToken ct) =>
        MatterIds.IsSound(id) ? await revisits.LoadAsync(revisits.StreamOf(id), ct) : null;

    protected override string AddressOf(LoadedMatter<Revisit> matter) => AddressOf(matter.Stream.Value);

    protected override string TitleOf(Sight<Revisit> sight) => $"{sight.Words["Revisit"]} {sight.State.Number}";

    protected override IEnumerable<DeskBadge> Badges(Sight<Revisit> sight) =>
        [new DeskBadge(sight.Words.Name(sight.State.Outcome), sight.State.Signed is null ? "" : "ok")];

    protected override IEnumerable<DeskFact> Facts(Sight<Revisit> sight)
    {
        var (s, words) = (sight.State, sight.Words);
        var contact = s.Planned.Contact;
        var nothing = Texts.Get("Word.Unknown", words.Language);
        DeskFact Fact(string key, string? value) =>
            new(words[$"Fact.{key}"], string.IsNullOrWhiteSpace(value) ? nothing : value);
        yield return Fact("Month", s.Planned.Month);
        yield return Fact("Community", words.Community(words.Directory.Known(s.Community)));
        yield return Fact("Category", words.Name(s.Item.Category));
        yield return Fact("Worker", s.Item.Handler is { } h ? words.Person(h) : null);
        yield return Fact("FinishedAt", words.Time(s.Item.At));
        yield return Fact("Room", contact.Room?.Value);
        yield return Fact("Name", contact.Name?.Value);
        yield return Fact("Phone", contact.Phone?.Value);
        yield return Fact("Due", words.Time(s.Request.Due));
        yield return Fact("Asked", s.Request.Asked.ToString(CultureInfo.InvariantCulture));
        yield return Fact("complaint", s.Number) with
        {
            Address = s.Item.Matter == "order" ? $"/desk/orders/{s.Number}" : $"/desk/complaints/{s.Number}",
        };
        if (s.Complaint is { } complaint)
            yield return Fact("complaint", complaint.ToString()) with { Address = $"/desk/complaints/{complaint}" };
    }

    protected override IEnumerable<(string Key, string? Value)> Said(RevisitEvent e, DeskWords words) => e switch
    {
        RevisitEvent.RevisitAsked a => [("channel", words.Name(a.Channel))],
        RevisitEvent.RevisitAttempted a => [
            ("By", words.Person(a.By)), ("channel", words.Name(a.Channel)), ("result", a.Result.Value)],
        RevisitEvent.RevisitTaken t => [.. Given(t.Form, words), ("Due", words.Time(t.ConfirmDue))],
        RevisitEvent.RevisitSigned g => Given(g.Form, words),
        RevisitEvent.RevisitDeclined d => [("reason", d.Reason?.Value)],
        RevisitEvent.RevisitUnreachableProposed u => [("By", words.Person(u.By))],
        RevisitEvent.RevisitUnreachableDecided d => [
            ("By", words.Person(d.By)), ("Answer", words[d.Approved ? "Yes" : "No"]), ("comment", d.Comment?.Value)],
        RevisitEvent.VisitEntered v => [("By", words.Person(v.Paper.By)), ("visitedAt", words.Time(v.VisitedAt))],
        RevisitEvent.RevisitDecided d => [
            ("By", words.Person(d.By)), ("Answer", words[d.Confirmed ? "Yes" : "No"]), ("with", d.With?.Value),
            ("comment", d.Comment.Value)],
        RevisitEvent.RevisitComplaintOpened c => [("complaint", c.Number?.ToString())],
        RevisitEvent.RevisitClosed c => [("Outcome", words.Name(c.Outcome))],
        _ => [],
    };

    private static (string Key, string? Value)[] Given(SignedForm form, DeskWords words) =>
    [
        ("quality", words[$"Mark.{form.Judgement.Quality}"]), ("attitude", words[$"Mark.{form.Judgement.Attitude}"]),
        ("solved", words[$"Choice.solved.{(form.Judgement.Solved ? "yes" : "no")}"]), ("comment", form.Comment?.Value),
    ];

    private string AddressOf(string stream) => $"{Path}/{stream[(RevisitKind.Name.Length + 1)..]}";

    private Task<IResult> PrintAsync(HttpContext http, string id, CancellationToken ct) => OpenAsync(
        http, id,
        sight => Task.FromResult<IResult>(DeskPages.Page<RevisitPrintPage>(
            StatusCodes.Status200OK, ("Sight", sight),
            ("Facts", Facts(sight).Where(f => f.Address is null).ToImmutableArray()),
            ("Back", AddressOf(sight.Matter)))),
        ct);

    private async Task<IResult> ListAsync(AreaPage page, string? month, string? next, CancellationToken ct)
    {
        var words = page.Words;
        var now = Parts.Time.Now();
        if (month is null || !ReportEndpoints.TryMonth(month, out _, out _))
        {
            month = Parts.Book.Current(page.Community.Id).Calendar.LocalDate(now).AddMonths(-1)
                .ToString("yyyy-MM", CultureInfo.InvariantCulture);
        }

        var report = (await reader.MonthAsync(page.Community.Id, month, ct))!;
        var rows = await reader.ListAsync(page.Community.Id, month, PageSize, next, ct);
        // Saves loading each: whoever is not shown a line could not open it either.
        var lines = rows.Rows.Where(r => Revisit.MayList(page.Member, Enum.Parse<Unit>(r.Owner)))
            .Select(r => LineOf(r, words, now)).ToImmutableArray();
        return DeskPages.Page<RevisitListPage>(
            StatusCodes.Status200OK, ("Frame", page.Frame()), ("Report", report), ("Lines", lines),
            ("Communities", page.CommunityChoices), ("Next", rows.Next),
            ("NameOf", (Func<string, string>)(id =>
                id.Length == 0 ? words["Nobody"] : words.Person(new StaffId(id)))));
    }

    private RevisitListLine LineOf(RevisitRow r, DeskWords words, DateTimeOffset now)
    {
        var open = r.Outcome == nameof(RevisitOutcome.None);
        return new RevisitListLine(
            r.RowKey, AddressOf(r.Stream),
            words[$"Matter.{r.Matter}"] + " · " + words.Name(Enum.Parse<Category>(r.Category)),
            r.Handler.Length == 0 ? words["Nobody"] : words.Person(new StaffId(r.Handler)),
            words.Name(Enum.Parse<RevisitOutcome>(r.Outcome)), r.Outcome == nameof(RevisitOutcome.Signed),
            open && r.Due < now, r.Quality is null ? "" : $"{r.Quality} / {r.Attitude}", words.Time(r.Due),
            r.Complaint);
    }
}
