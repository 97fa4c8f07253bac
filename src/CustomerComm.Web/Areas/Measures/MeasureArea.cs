using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Measures;
using CustomerComm.App.Privacy;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Measures;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MeasureAct =
    CustomerComm.Web.Matters.Act<CustomerComm.Domain.Measures.Measure, CustomerComm.Domain.Measures.MeasureCommand>;

namespace CustomerComm.Web.Areas.Measures;

/// <summary>
/// Corrective and preventive measures at the desk: a list of them, one of them, and its printed report 纠正措施报告 or
/// 预防措施报告 (4.6.2-5).
/// </summary>
internal sealed class MeasureArea(
    MeasureKind measures, ComplaintKind complaints, AccessLog access, DeskParts parts)
    : MatterArea<MeasureMatter, Measure, MeasureCommand, MeasureEvent>(measures, parts)
{
    /// <summary>Name of the resource file.</summary>
    public const string Texts = "Measures";

    private const int PageSize = 30;

    public override string Words => Texts;

    public override string Path => "/desk/measures";

    protected override string Clause => "4.6.2-5";

    protected override Type Page => typeof(MeasurePage);

    protected override ImmutableArray<MeasureAct> Acts { get; } =
    [
        new("Finish", (_, f) => [f.Area("result")], (_, a) => new MeasureCommand.Finish(a.Text("result")))
        {
            Settles = ObligationKind.CarryOutMeasure,
        },
        new(
            "CheckEffect",
            (_, f) => [f.YesNo("effective", "effective"), f.Area("finding"), f.Time("newDue", required: false)],
            (_, a) => new MeasureCommand.CheckEffect(a.Yes("effective"), a.Text("finding"), a.TimeOrNone("newDue")))
        {
            Settles = ObligationKind.CheckMeasure,
            Trials = _ => [new Trial<MeasureCommand>(new MeasureCommand.CheckEffect(true, "x", null))],
        },
        new(
            "Reassign", (s, f) => [f.Staff("owner", Others(s)), f.Area("reason")],
            (_, a) => new MeasureCommand.Reassign(a.Staff("owner"), a.Text("reason")))
        {
            Settles = ObligationKind.Assign,
            Trials = s => Others(s).Select(m => new Trial<MeasureCommand>(new MeasureCommand.Reassign(m.Id, "x"))),
        },
    ];

    public override void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/measures", (HttpContext http, string? community, int? page, CancellationToken ct) =>
            AreaPage.Of(http, Parts, this, community) is { } asked
                ? ListAsync(asked, page, ct) : Task.FromResult(DeskPages.SignIn(http)));
        desk.MapGet("/measures/{id}/print", PrintAsync);
        base.Map(desk);
    }

    protected override Task<LoadedMatter<Measure>?> FindAsync(string id, CancellationToken ct) =>
        measures.FindAsync(id, ct);

    protected override string TitleOf(Sight<Measure> sight) =>
        $"{sight.Words.Name(sight.State.Begun.Type)} {sight.State.Number}";

    protected override IEnumerable<DeskBadge> Badges(Sight<Measure> sight) =>
        [new DeskBadge(sight.Words.Name(sight.State.Stage), sight.State.Open ? "" : "ok")];

    protected override IEnumerable<DeskFact> Facts(Sight<Measure> sight)
    {
        var (s, words) = (sight.State, sight.Words);
        DeskFact Fact(string key, string value) => new(words[$"Fact.{key}"], value);
        var complaint = s.Begun.Complaint.ToString();
        yield return Fact("Complaint", complaint) with { Address = $"/desk/complaints/{complaint}" };
        yield return Fact("Type", words.Name(s.Begun.Type));
        yield return Fact("Community", words.Community(words.Directory.Find(s.Community)!));
        yield return Fact("FiledBy", words.Person(s.Begun.FiledBy));
        yield return Fact("FiledAt", words.Time(s.FiledAt));
        yield return Fact("Owner", $"{words.Person(s.Owner)} · {words.Name(s.Unit)}");
        yield return Fact("Due", words.Time(s.Due));
        yield return Fact("Round", s.Round.ToString(CultureInfo.InvariantCulture));
        yield return Fact("Checker", words.Name(s.Checker));
        if (s.CheckDue is { } check)
            yield return Fact("CheckDue", words.Time(check));
        yield return Fact("Print", words[$"Form.{s.Begun.Type}"]) with { Address = $"{Path}/{s.Number}/print" };
    }

    protected override string KeyOf(MeasureEvent e) => e is MeasureEvent.MeasureChecked c
        ? c.Effective ? "Event.MeasureChecked.Effective" : "Event.MeasureChecked.NotEffective"
        : base.KeyOf(e);

    protected override IEnumerable<(string Key, string? Value)> Said(MeasureEvent e, DeskWords words) => e switch
    {
        MeasureEvent.MeasureBegun x =>
        [
            ("who", words.Person(x.FiledBy)), ("owner", words.Person(x.Plan.Owner)), ("due", words.Time(x.Plan.Due)),
        ],
        MeasureEvent.MeasureDone x => [("who", words.Person(x.By)), ("result", x.Result.Value)],
        MeasureEvent.MeasureChecked x =>
        [
            ("who", words.Person(x.By)), ("due", x.NewDue is { } due ? words.Time(due) : null),
            ("finding", x.Finding.Value),
        ],
        MeasureEvent.MeasureReassigned x =>
            [("who", words.Person(x.By)), ("owner", words.Person(x.Owner)), ("reason", x.Reason.Value)],
        MeasureEvent.MeasureSidesChanged => [],
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    private static IEnumerable<StaffMember> Others(Sight<Measure> s) =>
        s.People.Where(m => m.Id != s.State.Owner && !Authority.IsBarred(s.State, m, s.Rules.Directory));

    private async Task<IResult> ListAsync(AreaPage page, int? number, CancellationToken ct)
    {
        var community = page.Community.Id;
        var rows = await measures.ListAsync(community, ct);
        var skip = Math.Clamp(number ?? 1, 1, 1_000) - 1;
        var shown = ImmutableArray.CreateBuilder<MeasureRow>();
        foreach (var row in rows.Skip(skip * PageSize).Take(PageSize))
        {
            if (await MayOpenAsync(measures.StreamOf(row.Number), page.Member, ct))
                shown.Add(row);
        }

        return DeskPages.Page<MeasuresPage>(
            page.Status, ("Frame", page.Frame()), ("Community", community.Value),
            ("Communities", page.CommunityChoices), ("Rows", shown.ToImmutable()), ("Words", page.Words),
            ("Now", Parts.Time.GetUtcNow()),
            ("Next", rows.Count > (skip + 1) * PageSize ? $"{Path}?community={community}&page={skip + 2}" : null));
    }

    private Task<IResult> PrintAsync(HttpContext http, string id, CancellationToken ct) => OpenAsync(
        http, id,
        async sight =>
        {
            var complaint = await complaints.FindAsync(sight.State.Begun.Complaint, ct);
            var may = complaint is not null
                && Authority.MayOpen(complaint.Tracked, sight.Member, sight.Rules.Directory);
            if (may)
                access.Note(complaint!.State, sight.Member, AccessKind.Form);
            var (sheet, annex) = new MeasureForm(sight, may ? complaint : null).Fill();
            return DeskPages.Page<PrintedForm>(
                StatusCodes.Status200OK, ("Title", $"{sheet.Title} {sight.State.Number}"),
                ("Language", sight.Words.Language), ("Brand", sight.Rules.Directory.Company),
                ("Sheets", ImmutableArray.Create(sheet)), ("Annex", annex), ("AnnexTitle", sight.Words["Form.Annex"]),
                ("Back", new DeskFact("", sight.Words["Back"], AddressOf(sight.Matter))));
        },
        ct);
}
