using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CustomerComm.App.Matters;
using CustomerComm.App.Privacy;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Privacy;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RequestAct = CustomerComm.Web.Matters.Act<
    CustomerComm.Domain.Privacy.DataRequest, CustomerComm.Domain.Privacy.DataRequestCommand>;

namespace CustomerComm.Web.Areas.Privacy;

/// <summary>Data requests at the desk: recorded, examined, decided on by a second person, the copy given.</summary>
internal sealed class DataRequestArea(
    DataRequestKind requests, DataRequests intake, PersonFileMaker files, DeskParts parts)
    : MatterArea<DataRequestMatter, DataRequest, DataRequestCommand, DataRequestEvent>(requests, parts)
{
    /// <summary>Name of the resource file.</summary>
    public const string Texts = "Privacy";

    private const int PageSize = 30;

    public override string Words => Texts;

    public override string Path => "/desk/privacy";

    protected override string Clause => "4.2.3";

    protected override Type Page => typeof(DataRequestPage);

    protected override ImmutableArray<RequestAct> Acts { get; } =
    [
        new("Examine", (_, f) => [f.Area("proof")], (_, a) => new DataRequestCommand.Examine(a.Text("proof")))
        {
            Settles = ObligationKind.ExamineDataRequest,
        },
        new("Approve", _ => new DataRequestCommand.Approve(PersonStanding.Clear))
        {
            Settles = ObligationKind.DecideErasure,
            Gather = async (s, _, ct) => new DataRequestCommand.Approve(await intake.StandingAsync(s.State, ct)),
            Danger = true,
        },
        new("GiveCopy", _ => new DataRequestCommand.GiveCopy()) { Settles = ObligationKind.GiveCopy },
        new(
            "Hold", (_, f) => [f.Area("ground"), f.Time("until")],
            (_, a) => new DataRequestCommand.Hold(a.Text("ground"), a.Time("until")))
        {
            Trials = s => [new Trial<DataRequestCommand>(new DataRequestCommand.Hold("x", s.Now.AddHours(1)))],
        },
        new("Refuse", (_, f) => [f.Area("reason")], (_, a) => new DataRequestCommand.Refuse(a.Text("reason"))),
    ];

    public override bool MaySee(StaffMember member) =>
        member.Unit is Unit.Quality or Unit.Leader or Unit.Office;

    public override void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/privacy", (HttpContext http, string? community, int? page, CancellationToken ct) =>
            AreaPage.Of(http, Parts, this, community) is { } asked
                ? ListAsync(asked, page, ct) : Task.FromResult(DeskPages.SignIn(http)));
        new Beginning<Entered>(
            Clause,
            (page, f, _) => Task.FromResult<IEnumerable<DeskField>>(
            [
                f.Community(page.Member, page.Directory), f.Radio("type", f.Names<DataRequestType>()),
                f.Phone("phone"), f.Way(), f.Area("proof"), f.Area("reason"),
            ]),
            (_, a, seen) => new Entered(
                new CommunityId(a.Text("community")), a.Named<DataRequestType>("type"), a.Text("phone"),
                a.Named<Channel>("channel"), a.Text("proof"), a.Text("reason"), seen.Id),
            BeginAsync).Map(desk, "/privacy/new", this, Parts);
        desk.MapGet("/privacy/{id}/file", FileAsync);
        base.Map(desk);
    }

    protected override Task<LoadedMatter<DataRequest>?> FindAsync(string id, CancellationToken ct) =>
        requests.FindAsync(id, ct);

    protected override string TitleOf(Sight<DataRequest> sight) =>
        $"{sight.Words["Area.Title"]} {sight.State.Number}";

    protected override IEnumerable<DeskBadge> Badges(Sight<DataRequest> sight) =>
        [new DeskBadge(sight.Words.Name(sight.State.Stage), sight.State.Open ? "" : "ok")];

    protected override IEnumerable<DeskFact> Facts(Sight<DataRequest> sight)
    {
        var (s, words) = (sight.State, sight.Words);
        var contact = s.Asked.Contact;
        DeskFact Fact(string key, string? value) => new(words[$"Fact.{key}"], value ?? words["Unknown"]);
        yield return Fact("Type", words.Name(s.Asked.Type));
        yield return Fact("Community", words.Community(words.Directory.Known(s.Community)));
        yield return Fact("AskedAt", words.Time(s.AskedAt));
        yield return Fact("Channel", words.Name(s.Asked.Channel));
        yield return Fact("Name", contact.Name?.Value);
        yield return Fact("Phone", contact.Phone is { Value: var phone } ? DeskWords.Masked(phone) : null);
        yield return Fact("Room", contact.Room?.Value);
        yield return Fact("Due", words.Time(s.AnswerDue));
        if (s.Approval is { } approval)
            yield return Fact("EraseAt", words.Time(approval.EraseAt));
        if (s.Shared > 0)
            yield return Fact("Shared", s.Shared.ToString(CultureInfo.InvariantCulture));
        if (s.CopyUntil is { } until)
            yield return Fact("CopyUntil", words.Time(until));
        if (MayFetch(sight))
            yield return Fact("File", words["File.Fetch"]) with { Address = $"{Path}/{s.Number}/file" };
    }

    /// <summary>Whom the person complained of since sees it no more.</summary>
    protected override async Task<Sight<DataRequest>?> LookAsync(
        HttpContext http, Sight<DataRequest> sight, CancellationToken ct)
    {
        var standing = await intake.StandingAsync(sight.State, ct);
        return DataRequestMatter.IsBarred(sight.State, standing, sight.Member, sight.Words.Directory)
            ? null : new RequestSight(sight, standing);
    }

    protected override async Task<(string Name, object? Value)[]> MoreAsync(
        HttpContext http, Sight<DataRequest> sight, CancellationToken ct)
    {
        var s = sight.State;
        var asks = s is { Open: true, Asked.Type: DataRequestType.Erasure };
        return
        [
            .. await base.MoreAsync(http, sight, ct), ("Holds", asks ? ((RequestSight)sight).Standing.Holds : []),
            ("OnFile", asks && s.Asked.Contact.Phone is { } phone && PhoneNumber.TryCreate(phone.Value, out var number)
                && sight.Words.Directory.FindResident(number) is not null),
        ];
    }

    protected override string KeyOf(DataRequestEvent e) =>
        e is DataRequestEvent.DataRequested { EnteredBy: null } ? "Event.DataRequested.Alone" : base.KeyOf(e);

    protected override IEnumerable<(string Key, string? Value)> Said(DataRequestEvent e, DeskWords words) => e switch
    {
        DataRequestEvent.DataRequested x =>
        [
            ("who", x.EnteredBy is { } by ? words.Person(by) : null), ("type", words.Name(x.Type)),
            ("due", words.Time(x.Due)), ("reason", x.Reason.Value),
        ],
        DataRequestEvent.DataRequestExamined x => [("who", words.Person(x.By)), ("proof", x.Proof.Value)],
        DataRequestEvent.ErasureApproved x => [("who", words.Person(x.By)), ("at", words.Time(x.EraseAt))],
        DataRequestEvent.DataRequestRefused x => [("who", words.Person(x.By)), ("reason", x.Reason.Value)],
        DataRequestEvent.DataRequestHeld x =>
            [("who", words.Person(x.By)), ("until", words.Time(x.Until)), ("ground", x.Ground.Value)],
        DataRequestEvent.CopyGiven x => [("who", words.Person(x.By)), ("until", words.Time(x.Until))],
        DataRequestEvent.ErasureHalted x => [("holds", string.Join(' ', x.Holds.Select(h => h.Number)))],
        DataRequestEvent.ErasureBegun x => [("count", Number(x.Keys.Length))],
        DataRequestEvent.PersonErased x => [("count", Number(x.Keys))],
        DataRequestEvent.DataRequestStopped or DataRequestEvent.ErasureAnnounced => [],
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    /// <summary>The file is for those who give it, while there is a request for it.</summary>
    private static bool MayFetch(Sight<DataRequest> sight) => sight.State.Asked.Type == DataRequestType.Copy
        && (sight.State.Stage is DataRequestStage.ToAnswer or DataRequestStage.Done)
        && (sight.State.CopyUntil is not { } until || until > sight.Now)
        && sight.Words.Directory.Wearing(sight.Member, sight.State.Community)
            .Any(m => m.Unit is Unit.Quality or Unit.Leader);

    private Task<IResult> FileAsync(HttpContext http, string id, CancellationToken ct) => OpenAsync(
        http, id,
        async sight => MayFetch(sight) && DataRequests.AddressOf(sight.State.Asked.Contact) is { } address
            ? Download(http, await files.MakeAsync(address, ct), sight.State.Number)
            : DeskPages.NotFound(http, sight.Member),
        ct);

    /// <summary>The file as browsers fetch it; none of them keeps it.</summary>
    internal static IResult Download(HttpContext http, PersonFile file, string number)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(
            JsonSerializer.SerializeToUtf8Bytes(file, PersonFile.Json), "application/json", $"{number}.json");
    }

    private async Task<Begun> BeginAsync(AreaPage page, Entered asked, CancellationToken ct) =>
        Begun.Of(
            await intake.EnterAsync(
                asked.Community, asked.Type, asked.Phone, asked.Channel, asked.Proof, asked.Reason, asked.Source,
                page.Member, ct),
            // Whoever may not see it learns nothing by where they land.
            m => MayOpen(m, page.Member, page.Directory) ? AddressOf(m) : Path);

    private async Task<IResult> ListAsync(AreaPage page, int? number, CancellationToken ct)
    {
        var community = page.Community.Id;
        var rows = await requests.ListAsync(community, ct);
        var skip = Math.Clamp(number ?? 1, 1, 1_000) - 1;
        var shown = ImmutableArray.CreateBuilder<DataRequestRow>();
        foreach (var row in rows.Skip(skip * PageSize).Take(PageSize))
        {
            if (await MayOpenAsync(new StreamId(row.Stream), page.Member, ct))
                shown.Add(row);
        }

        return DeskPages.Page<DataRequestsPage>(
            page.Status, ("Frame", page.Frame()), ("Community", community.Value),
            ("Communities", page.CommunityChoices), ("Rows", shown.ToImmutable()), ("Words", page.Words),
            ("Now", Parts.Time.GetUtcNow()), ("MayEnter", MayBegin(page.Member, community, DataRequests.Trial(community))),
            ("Next", rows.Count > (skip + 1) * PageSize ? $"{Path}?community={community}&page={skip + 2}" : null));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed record RequestSight(Sight<DataRequest> Of, PersonStanding Standing) : Sight<DataRequest>(Of);

    private sealed record Entered(
        CommunityId Community, DataRequestType Type, string Phone, Channel Channel, string Proof, string Reason,
        string Source);
}
