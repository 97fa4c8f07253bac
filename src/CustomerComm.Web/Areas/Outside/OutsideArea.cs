using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Outside;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Outside;
using CustomerComm.Web.Api;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OutsideAct =
    CustomerComm.Web.Matters.Act<CustomerComm.Domain.Outside.OutsideOrder, CustomerComm.Domain.Outside.OutsideCommand>;

namespace CustomerComm.Web.Areas.Outside;

/// <summary>
/// Work orders from outside at the desk: entered, a month of them, one of them and what is owed in it (4.6.2-2).
/// </summary>
internal sealed class OutsideArea(
    OutsideKind orders, OutsideIntake intake, ComplaintKind complaints, ReportReader reports, DeskParts parts)
    : MatterArea<OutsideMatter, OutsideOrder, OutsideCommand, OutsideEvent>(orders, parts)
{
    /// <summary>Name of the resource file.</summary>
    public const string Texts = "Outside";

    private const int PageSize = 30;

    public override string Words => Texts;

    public override string Path => "/desk/outside";

    protected override string Clause => "4.6.2-2";

    protected override Type Page => typeof(OutsidePage);

    protected override ImmutableArray<OutsideAct> Acts { get; } =
    [
        new(
            "RecordContact", (_, f) => [f.Way(), f.YesNo("reached", "reached"), f.Line("with"), f.Area("said")],
            (_, a) => new OutsideCommand.RecordContact(
                a.Named<Channel>("channel"), a.Yes("reached"), a.Text("with"), a.Text("said")))
        {
            Settles = ObligationKind.ContactOutside,
        },
        new(
            "DecideReply", (_, f) => [f.Decision(), f.Area("comment", required: false)],
            (_, a) => new OutsideCommand.DecideReply(a.Subject, a.Yes("decision"), a.Text("comment")))
        {
            Settles = ObligationKind.ApproveReply,
            Trials = s => s.State.Draft is { } d
                ? [new Trial<OutsideCommand>(new OutsideCommand.DecideReply(d.Id, true, null), d.Id)] : [],
        },
        new(
            "DecideReturn", (_, f) => [f.Decision(), f.Area("comment", required: false)],
            (_, a) => new OutsideCommand.DecideReturn(a.Yes("decision"), a.Text("comment")))
        {
            Settles = ObligationKind.ConsentReturn,
        },
        new(
            "DraftReply", (s, f) => [f.Area("text", present: s.State.Draft?.Text.Value ?? "")],
            (_, a) => new OutsideCommand.DraftReply(a.Text("text")))
        {
            Settles = ObligationKind.ReplyOutside,
            Clause = "4.2.1",
        },
        new("CallBack", CallBackFields, CallBackOf)
        {
            Settles = ObligationKind.CallBackOutside,
            Clause = "4.5.4",
        },
        new(
            "ProposeReturn",
            (_, f) => [f.Select("why", f.Names<ReturnReason>().Prepend(Choose(f))), f.Area("words")],
            (_, a) => new OutsideCommand.ProposeReturn(a.Named<ReturnReason>("why"), a.Text("words")))
        {
            Danger = true,
        },
    ];

    public override void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet(
            "/outside", (HttpContext http, string? community, string? month, int? page, CancellationToken ct) =>
                AreaPage.Of(http, Parts, this, community) is { } asked
                    ? ListAsync(asked, month, page, ct) : Task.FromResult(DeskPages.SignIn(http)));
        new Beginning<OutsideRequest>(Clause, FieldsAsync, Read, BeginAsync).Map(desk, "/outside/new", this, Parts);
        base.Map(desk);
    }

    public override string AddressOf(ObligationRow owed) => AddressOf(new StreamId(owed.Stream));

    protected override string AddressOf(LoadedMatter<OutsideOrder> matter) => AddressOf(matter.Stream);

    /// <summary>Where a work order is shown.</summary>
    public static string AddressOf(StreamId stream) => $"/desk/outside/{Links.IdOf(stream)}";

    protected override Task<LoadedMatter<OutsideOrder>?> FindAsync(string id, CancellationToken ct) =>
        orders.FindAsync(id, ct);

    protected override string TitleOf(Sight<OutsideOrder> sight) =>
        $"{sight.Words.Name(sight.State.Terms.Line)} {sight.State.Number}";

    protected override IEnumerable<DeskBadge> Badges(Sight<OutsideOrder> sight)
    {
        var (s, words) = (sight.State, sight.Words);
        yield return new DeskBadge(words.Name(s.Stage), s.Open ? "" : "ok");
        if (s.Terms.Urgent)
            yield return new DeskBadge(words.Name(Severity.Urgent), "urgent");
        if (s.Round > 1)
            yield return new DeskBadge(words.Format("Badge.Round", ("no", Number(s.Round))), "warn");
    }

    protected override IEnumerable<DeskFact> Facts(Sight<OutsideOrder> sight)
    {
        var (s, words) = (sight.State, sight.Words);
        var contact = s.Begun.Contact;
        DeskFact Fact(string key, string? value) => new(words[$"Fact.{key}"], value ?? words["Unknown"]);
        yield return Fact("Line", words.Name(s.Terms.Line));
        yield return Fact("Number", s.Number);
        yield return Fact("Complaint", s.Complaint.ToString()) with { Address = $"/desk/complaints/{s.Complaint}" };
        yield return Fact("Community", words.Community(words.Directory.Known(s.Community)));
        yield return Fact("Responsible", $"{words.Who(s.Sides.Responsible)} · {words.Name(s.Sides.Unit)}");
        yield return Fact("ReceivedThere", words.Time(s.Terms.ReceivedThere));
        yield return Fact(
            "Entered", $"{words.Time(s.EnteredAt)} · {(s.Begun.EnteredBy is { } by ? words.Person(by) : words["Interface"])}");
        yield return Fact(
            "ContactDue", s.Terms.ContactDue is { } due ? words.Time(due) : words["NoContact"]);
        if (s.ContactedAt is { } contacted)
            yield return Fact("Contacted", words.Time(contacted));
        yield return Fact("ReplyDue", words.Time(s.Terms.ReplyDue));
        if (s.Reply is { } reply)
            yield return Fact("Replied", words.Time(reply.At));
        if (s.GivenBack is { } back)
            yield return Fact("Returned", words.Name(back.Why));
        yield return Fact("Judge", words.Name(s.Judge));
        yield return Fact("Room", contact.Room?.Value);
        yield return Fact("Name", contact.Name?.Value);
        yield return Fact("Phone", contact.Phone is not { Value: var phone } ? null
            : MayCall(sight) ? phone : DeskWords.Masked(phone));
    }

    protected override string KeyOf(OutsideEvent e) => e switch
    {
        OutsideEvent.OutsideContacted c => c.Reached ? "Event.OutsideContacted.Yes" : "Event.OutsideContacted.No",
        OutsideEvent.OutsideReturnDecided d =>
            d.Consented ? "Event.OutsideReturnDecided.Yes" : "Event.OutsideReturnDecided.No",
        OutsideEvent.OutsideReplyDecided d => d.Approved ? "Event.OutsideReplyDecided.Yes" : "Event.OutsideReplyDecided.No",
        OutsideEvent.OutsideCalledBack c => c.Answers is null
            ? "Event.OutsideCalledBack.No" : "Event.OutsideCalledBack.Yes",
        _ => base.KeyOf(e),
    };

    protected override IEnumerable<(string Key, string? Value)> Said(OutsideEvent e, DeskWords words) => e switch
    {
        OutsideEvent.OutsideBegun x =>
        [
            ("who", x.EnteredBy is { } by ? words.Person(by) : words["Interface"]), ("line", words.Name(x.Terms.Line)),
            ("complaint", x.Complaint.ToString()), ("replydue", words.Time(x.Terms.ReplyDue)),
        ],
        OutsideEvent.OutsideSidesChanged => [],
        OutsideEvent.OutsideWordsAdded x =>
            [("who", x.By is { } by ? words.Person(by) : words["Interface"]), ("text", x.Text.Value)],
        OutsideEvent.OutsideCameBack x => [("replydue", words.Time(x.Terms.ReplyDue)), ("text", x.Text.Value)],
        OutsideEvent.OutsideContacted x =>
        [
            ("who", words.Person(x.By)), ("channel", words.Name(x.Channel)), ("with", x.With.Value), ("said", x.Said.Value),
        ],
        OutsideEvent.OutsideReturnProposed x =>
            [("who", words.Person(x.By)), ("why", words.Name(x.Why)), ("words", x.Words.Value)],
        OutsideEvent.OutsideReturnDecided x => [("who", words.Person(x.By)), ("comment", x.Comment?.Value)],
        OutsideEvent.OutsideReplyDrafted x => [("who", words.Person(x.By)), ("reply", x.Text.Value)],
        OutsideEvent.OutsideReplyDecided x => [("who", words.Person(x.By)), ("comment", x.Comment?.Value)],
        OutsideEvent.OutsideCalledBack x =>
            [("who", words.Person(x.By)), ("answers", Said(x.Answers, words)), ("said", x.Said.Value)],
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    /// <summary>What the resident answered, in words.</summary>
    public static string? Said(CallBackAnswers? answers, DeskWords words) => answers is null ? null : string.Join(
        words["And"],
        new[] { ("contacted", answers.Contacted), ("resolved", answers.Resolved), ("satisfied", answers.Satisfied) }
            .Select(a => words[$"Choice.{a.Item1}.{(a.Item2 ? "yes" : "no")}"]));

    private static bool MayCall(Sight<OutsideOrder> sight) => sight.Words.Directory
        .Wearing(sight.Member, sight.State.Community)
        .Any(m => sight.State.Handles(m) || Authority.Is(Party.Of(sight.State.Judge), m, sight.State.Community));

    private static IEnumerable<DeskField> CallBackFields(Sight<OutsideOrder> sight, FormFields f) =>
    [
        f.YesNo("reached", "reached"), YesNo(f, "contacted"), YesNo(f, "resolved"), YesNo(f, "satisfied"), f.Area("said"),
    ];

    /// <summary>Asked only of whoever was reached.</summary>
    private static DeskField YesNo(FormFields f, string name) => f.Radio(
        name,
        [
            new DeskChoice("yes", f.Words[$"Choice.{name}.yes"]), new DeskChoice("no", f.Words[$"Choice.{name}.no"]),
        ],
        required: false);

    private static OutsideCommand CallBackOf(Sight<OutsideOrder> sight, Answers a) => new OutsideCommand.CallBack(
        a.Yes("reached") ? new CallBackAnswers(a.Yes("contacted"), a.Yes("resolved"), a.Yes("satisfied")) : null,
        a.Text("said"));

    private static DeskChoice Choose(FormFields f) => new("", f.Words["Choice.Choose"]);

    private async Task<IEnumerable<DeskField>> FieldsAsync(AreaPage page, FormFields f, CancellationToken ct)
    {
        var asked = page.Http.Request.Query["complaint"].ToString();
        var found = MatterNumber.TryParse(asked, out var number) ? await complaints.FindAsync(number, ct) : null;
        var s = found is not null && Authority.MayOpen(found.Tracked, page.Member, page.Directory) ? found.State : null;
        return
        [
            f.Select("line", f.Names<OutsideLine>(), nameof(OutsideLine.Hotline12345)),
            f.Line("number"),
            f.Select(
                "community", page.CommunityChoices.Where(c => s is null || c.Value == s.Community.Value),
                (s?.Community ?? page.Community.Id).Value),
            f.Time("receivedThere"), f.Checks("urgent", [new DeskChoice("yes", f.Words["Choice.urgent"])]),
            f.Time("contactBy", required: false), f.Time("replyBy", required: false),
            f.Area("text", present: s?.Intake.Text.Value ?? ""),
            f.Line("complaint", required: false, s?.Number.ToString() ?? ""),
            f.Line("name", required: false), f.Phone("phone", required: false), f.Line("room", required: false),
            f.Select(
                "category", f.Names<Category>().Prepend(new DeskChoice("", f.Words["Choice.None.category"])),
                required: false),
        ];
    }

    private static OutsideRequest Read(AreaPage page, Answers a, SeenMessage seen)
    {
        var community = new CommunityId(a.Text("community"));
        if (page.Directory.Find(community) is null)
            a.Wrong("community", community);
        MatterNumber? of = null;
        if (a.Text("complaint") is { Length: > 0 } text)
            of = MatterNumber.TryParse(text, out var number) ? number : a.Wrong<MatterNumber?>("complaint", null);
        return new OutsideRequest(
            community,
            new OutsideDelivery(
                a.Named<OutsideLine>("line"), a.Text("number"), a.Time("receivedThere"), !a.All("urgent").IsEmpty,
                a.TimeOrNone("contactBy"), a.TimeOrNone("replyBy")),
            a.Text("text"), a.TextOrNone("name"), a.TextOrNone("phone"), a.TextOrNone("room"),
            a.NamedOrNone<Category>("category"), of, page.Member.Id);
    }

    private async Task<Begun> BeginAsync(AreaPage page, OutsideRequest request, CancellationToken ct) => Begun.Of(
        await intake.TakeAsync(request, new Actor.Staff(page.Member), ct),
        // Whoever entered it may not be among those who see it: then they are back at the list.
        m => m.State.MaySee(page.Member, page.Directory) ? $"{AddressOf(m.Stream)}?done=New" : Path);

    private async Task<IResult> ListAsync(AreaPage page, string? month, int? number, CancellationToken ct)
    {
        var community = page.Community.Id;
        if (month is null || !ReportEndpoints.TryMonth(month, out _, out _))
            month = reports.ThisMonth(community);
        var rows = await orders.ListAsync(community, month, ct);
        var skip = Math.Clamp(number ?? 1, 1, 1_000) - 1;
        var shown = ImmutableArray.CreateBuilder<OutsideRow>();
        foreach (var row in rows.Skip(skip * PageSize).Take(PageSize))
        {
            if (await MayOpenAsync(new StreamId(row.RowKey), page.Member, ct))
                shown.Add(row);
        }

        return DeskPages.Page<OutsideListPage>(
            page.Status, ("Frame", page.Frame()), ("Community", community.Value), ("Month", month),
            ("Communities", page.CommunityChoices), ("Rows", shown.ToImmutable()), ("Words", page.Words),
            ("MayEnter", OutsideMatter.MayEnter(page.Member, community)), ("Now", Parts.Time.GetUtcNow()),
            ("Next", rows.Count > (skip + 1) * PageSize
                ? $"{Path}?community={community}&month={month}&page={skip + 2}" : null));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
