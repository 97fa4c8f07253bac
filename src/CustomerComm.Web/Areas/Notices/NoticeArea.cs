using System.Collections.Immutable;
using CustomerComm.App.Matters;
using CustomerComm.App.Notices;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Notices;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NoticeAct =
    CustomerComm.Web.Matters.Act<CustomerComm.Domain.Notices.Notice, CustomerComm.Domain.Notices.NoticeCommand>;

namespace CustomerComm.Web.Areas.Notices;

/// <summary>How many were told of what, and how many read it.</summary>
public sealed record NoticeCount(string What, string Edition, NoticeFigures Figures, string Receipts, bool Done);

/// <summary>Notices at the desk: writing, publishing, who was told and who read (4.1, 4.2.2).</summary>
internal sealed class NoticeArea(NoticeKind notices, NoticeReader reader, DeskParts parts)
    : MatterArea<NoticeMatter, Notice, NoticeCommand, NoticeEvent>(notices, parts)
{
    /// <summary>Name of the resource file.</summary>
    public const string Texts = "Notices";

    private static readonly char[] s_betweenRooms = ['\n', '\r', ',', '，', '、', ';', '；'];

    public override string Words => Texts;

    public override string Path => "/desk/notices";

    protected override string Clause => "4.2.2";

    protected override Type Page => typeof(NoticePage);

    protected override ImmutableArray<NoticeAct> Acts { get; } =
    [
        new(
            "Publish", (s, f) => [f.Checks("urgent", [new DeskChoice("yes", s.Words["Choice.urgent"])])],
            (_, a) => new NoticeCommand.Publish(Urgent: !a.All("urgent").IsEmpty))
        {
            Settles = ObligationKind.PublishNotice,
        },
        new("Plan", (_, f) => [f.Time("at", required: false)], (_, a) => new NoticeCommand.Plan(a.TimeOrNone("at")))
        {
            Trials = s => [new Trial<NoticeCommand>(new NoticeCommand.Plan(s.Now.AddHours(1)))],
        },
        new(
            "Redraft", (s, f) => TextFields(f, s.State.Pending?.Text),
            (_, a) => new NoticeCommand.Redraft(TextOf(a))),
        new("Discard", (_, f) => [f.Area("reason")], (_, a) => new NoticeCommand.Discard(a.Text("reason")))
        {
            Danger = true,
        },
        Revise("Correct", NoticeChange.Corrected),
        Revise("Renew", NoticeChange.Renewed),
        new("Withdraw", (_, f) => [f.Area("reason")], (_, a) => new NoticeCommand.Withdraw(a.Text("reason")))
        {
            Danger = true,
        },
    ];

    /// <summary>A time of the public board, with its year, for notices stay there for years.</summary>
    public static string When(DateTimeOffset at, TimeZoneInfo zone, Language language) =>
        App.Messages.Texts.TimeOfYear(at, zone, language);

    public override void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/notices", (HttpContext http, string? community, string? from, CancellationToken ct) =>
            AreaPage.Of(http, Parts, this, community) is { } page
                ? ListAsync(page, from, ct) : Task.FromResult(DeskPages.SignIn(http)));
        desk.MapGet("/notices/{id}/receipts", ReceiptsAsync);
        new Beginning<(NoticeCommand.Draft Draft, string Key)>(
            Clause, (page, f, _) => Task.FromResult(Blank(page, f)),
            (_, a, seen) => (
                new NoticeCommand.Draft(
                    "", new CommunityId(a.Text("community")), a.Named<NoticeType>("kind"), AudienceOf(a),
                    a.All("ways").Contains("sms", StringComparer.Ordinal), TextOf(a)),
                seen.Id + seen.Fingerprint),
            async (page, asked, ct) => Begun.Of(
                await notices.DraftAsync(
                    asked.Draft.Community, asked.Draft.Kind, asked.Draft.Audience, asked.Draft.Sms, asked.Draft.Text,
                    page.Member, asked.Key, ct),
                AddressOf)).Map(desk, "/notices/new", this, Parts);
        base.Map(desk);
    }

    protected override Task<LoadedMatter<Notice>?> FindAsync(string id, CancellationToken ct) =>
        notices.FindAsync(id, ct);

    protected override string TitleOf(Sight<Notice> sight) =>
        (sight.State.Current ?? sight.State.Pending)?.Text.Title.Value ?? sight.State.Number;

    protected override IEnumerable<DeskBadge> Badges(Sight<Notice> sight) =>
        [new DeskBadge(sight.Words.Name(sight.State.Stage), sight.State.Stage == NoticeStage.Published ? "ok" : "")];

    protected override IEnumerable<DeskFact> Facts(Sight<Notice> sight)
    {
        var (s, words) = (sight.State, sight.Words);
        yield return new DeskFact(words["Field.kind"], words.Name(s.Kind));
        yield return new DeskFact(words["Field.audience"], words.Name(s.Audience.Kind) + s.Audience.Kind switch
        {
            AudienceKind.Building => $" {s.Audience.Building}",
            AudienceKind.Households => $" ({s.Audience.Rooms.Length}): "
                + string.Join(words["And"], s.Audience.Rooms.Take(10).Select(r => r.Value))
                + (s.Audience.Rooms.Length > 10 ? " …" : ""),
            _ => "",
        });
        yield return new DeskFact(words["Field.ways"], words[s.Sms ? "Ways.Sms" : "Ways.Page"]);
        yield return new DeskFact(words["Fact.Unit"], words.Name(s.Lead));
        yield return new DeskFact(words["Fact.Drafted"], words.Time(sight.Matter.Tracked.BegunAt));
        if (s.Pending is { PublishAt: { } at })
            yield return new DeskFact(words["Fact.PublishAt"], words.Time(at));
        else if (s.Pending is { } pending)
            yield return new DeskFact(words["Fact.Due"], words.Time(pending.Due));
        if (s.DiscardedFor is { } why)
            yield return new DeskFact(words["Fact.Discarded"], why.Value);
    }

    protected override IEnumerable<(string Key, string? Value)> Said(NoticeEvent e, DeskWords words)
    {
        (string, string?) Edition(int no) => ("edition", words.Format("EditionNo", ("n", no.ToString(words.Culture))));
        return e switch
        {
            NoticeEvent.NoticeDrafted x => [("who", words.Person(x.By))],
            NoticeEvent.NoticeRedrafted x => [("who", words.Person(x.By))],
            NoticeEvent.NoticePlanned x =>
            [
                ("who", words.Person(x.By)),
                ("at", x.At is { } at ? words.Time(at) : words["Event.NoticePlanned.None"]),
            ],
            NoticeEvent.NoticePublished x => [("who", words.Person(x.By)), Edition(x.Edition)],
            NoticeEvent.NoticeDiscarded x =>
                [("who", words.Person(x.By)), Edition(x.Edition), ("reason", x.Reason.Value)],
            NoticeEvent.NoticeRevised x => [
                ("who", words.Person(x.By)), Edition(x.Edition), ("change", words.Name(x.Change)),
                ("reason", x.Reason.Value)],
            NoticeEvent.NoticeWithdrawn x => [("who", words.Person(x.By)), ("reason", x.Reason.Value)],
            NoticeEvent.NoticeSpread x => [
                Edition(x.Edition), ("households", x.Households.ToString(words.Culture)),
                ("chats", x.Chats.ToString(words.Culture))],
            _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
        };
    }

    protected override async Task<(string Name, object? Value)[]> MoreAsync(
        HttpContext http, Sight<Notice> sight, CancellationToken ct)
    {
        var (s, words) = (sight.State, sight.Words);
        var told = s.Editions.Select(e => (e.No, e.Change)).ToList();
        if (s.WithdrawnAt is not null)
            told.Add((s.Current!.No, NoticeChange.Withdrawn));
        var counts = ImmutableArray.CreateBuilder<NoticeCount>();
        foreach (var (no, change) in told)
        {
            var now = s.Spreading is { } p && p.Edition == no && p.Change == change && !p.Done;
            counts.Add(new NoticeCount(
                words.Name(change), words.Format("EditionNo", ("n", no.ToString(words.Culture))),
                await reader.FiguresAsync(s.Number, no, change, ct),
                $"{Path}/{s.Number}/receipts?edition={no}&change={change}", !now));
        }

        return [("Counts", counts.ToImmutable())];
    }

    private async Task<IResult> ListAsync(AreaPage page, string? from, CancellationToken ct)
    {
        var community = page.Community.Id;
        var found = await reader.AllAsync(community, from, ct);
        return DeskPages.Page<NoticesPage>(
            page.Status, ("Frame", page.Frame()), ("Community", community.Value),
            ("Communities", page.CommunityChoices), ("Notices", found.Notices.ToImmutableArray()),
            ("Words", page.Words),
            ("MayWrite", MayBegin(
                page.Member, community,
                new NoticeCommand.Draft(
                    "x", community, NoticeType.Circular, Audience.Whole, false,
                    new NoticeText(new Personal("x"), new Personal("x"), null, null, null)))),
            ("Next", found.Next is { } next
                ? $"{Path}?community={community}&from={Uri.EscapeDataString(next)}" : null));
    }

    private async Task<IResult> ReceiptsAsync(
        HttpContext http, string id, int? edition, string? change, string? status, string? next, CancellationToken ct)
    {
        if (Parts.Sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await SightAsync(http, id, member, ct) is not { } sight
            || !Enum.TryParse<NoticeChange>(change, out var told) || !Enum.IsDefined(told))
        {
            return DeskPages.NotFound(http, member);
        }

        ReceiptStatus? only = Enum.TryParse<ReceiptStatus>(status, out var wanted) && Enum.IsDefined(wanted)
            ? wanted : null;
        var number = sight.State.Number;
        var (receipts, more) = await reader.ReceiptsAsync(number, edition ?? 1, told, only, next, ct);
        var address = $"{Path}/{number}/receipts?edition={edition ?? 1}&change={told}";
        return DeskPages.Page<NoticeReceiptsPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, member)), ("Number", number),
            ("Address", address), ("Only", only?.ToString() ?? ""), ("Words", sight.Words),
            ("Lines", receipts.ToImmutableArray()),
            ("Next", more is null ? null : $"{address}&status={only}&next={Uri.EscapeDataString(more)}"));
    }

    private static NoticeAct Revise(string name, NoticeChange change) => new(
        name, (s, f) => [f.Area("reason"), .. TextFields(f, s.State.Current?.Text)],
        (_, a) => new NoticeCommand.Revise(change, a.Text("reason"), TextOf(a)));

    private static IEnumerable<DeskField> Blank(AreaPage page, FormFields f) =>
    [
        f.Community(page.Member, page.Directory),
        f.Select("kind", f.Names<NoticeType>(), nameof(NoticeType.Circular)),
        f.Radio(
            "audience",
            f.Names<AudienceKind>().Where(c => NoticeMatter.May(
                new Actor.Staff(page.Member), page.Community.Id,
                new Audience(Enum.Parse<AudienceKind>(c.Value), null, [])) is null),
            nameof(AudienceKind.Community)),
        f.Line("building", required: false), f.Area("rooms", required: false),
        f.Checks("ways", [new DeskChoice("sms", page.Words["Ways.Sms"])], "sms"), .. TextFields(f, null),
    ];

    private static Audience AudienceOf(Answers a)
    {
        var kind = a.Named<AudienceKind>("audience");
        var rooms = a.Text("rooms").Split(
            s_betweenRooms, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new Audience(
            kind, kind == AudienceKind.Building ? a.Text("building") : null,
            kind == AudienceKind.Households ? [.. rooms.Select(r => new Personal(r))] : []);
    }

    private static NoticeText TextOf(Answers a) => new(
        new Personal(a.Text("title")), new Personal(a.Text("body")), Optional(a.TextOrNone("titleEn")),
        Optional(a.TextOrNone("bodyEn")), a.TextOrNone("source"));

    private static Personal? Optional(string? text) => text is null ? null : new Personal(text);

    private static IEnumerable<DeskField> TextFields(FormFields f, NoticeText? present) =>
    [
        f.Line("title", present: present?.Title.Value ?? ""),
        f.Area("body", present: present?.Body.Value ?? "") with { Longest = NoticeText.LongestBody },
        f.Line("titleEn", required: false, present: present?.TitleEn?.Value ?? ""),
        f.Area("bodyEn", required: false, present: present?.BodyEn?.Value ?? "") with
        {
            Longest = NoticeText.LongestBody,
        },
        f.Line("source", required: false, present: present?.Source ?? ""),
    ];
}
