using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Matters;
using CustomerComm.App.Meetings;
using CustomerComm.Domain;
using CustomerComm.Domain.Meetings;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MeetingAct =
    CustomerComm.Web.Matters.Act<CustomerComm.Domain.Meetings.Meeting, CustomerComm.Domain.Meetings.MeetingCommand>;

namespace CustomerComm.Web.Areas.Meetings;

/// <summary>Meetings with the owners' committee at the desk (4.5.5).</summary>
internal sealed class MeetingArea(MeetingKind meetings, DeskParts parts)
    : MatterArea<MeetingMatter, Meeting, MeetingCommand, MeetingEvent>(meetings, parts)
{
    /// <summary>Name of the resource file.</summary>
    public const string Texts = "Meetings";

    private const int PageSize = 30;

    public override string Words => Texts;

    public override string Path => "/desk/meetings";

    protected override string Clause => "4.5.5";

    protected override Type Page => typeof(MeetingPage);

    protected override ImmutableArray<MeetingAct> Acts { get; } =
    [
        new(
            "Finish", (_, f) => [f.Area("result")],
            (_, a) => new MeetingCommand.Finish(NoOf(a.Subject), a.Text("result")))
        {
            Settles = ObligationKind.CarryOutAction,
            Trials = s => s.State.Actions.Where(x => x.DoneAt is null).Select(x => new Trial<MeetingCommand>(
                new MeetingCommand.Finish(x.No, "x"), $"a{x.No}", x.What.Value)),
        },
        new("Hold", HoldFields, ReadHold)
        {
            Settles = ObligationKind.HoldMeeting,
            Known = new Dictionary<string, string>(StringComparer.Ordinal) { ["attendees"] = "committee" },
            Trials = s =>
            [
                new Trial<MeetingCommand>(new MeetingCommand.Hold(
                    s.Now, "x", [new Attendee(new Personal("x"), AttendeeRole.Committee)], [])),
            ],
        },
        new(
            "Plan",
            (s, f) => [
                f.Time("at"), f.Line("place", present: s.State.Place?.Value ?? ""),
                f.Area("agenda", required: false, present: s.State.Agenda?.Value ?? "")],
            (s, a) => new MeetingCommand.Plan(
                s.State.Number, s.State.Community, a.Time("at"), a.Text("place"), a.Text("agenda")))
        {
            Trials = s => [new Trial<MeetingCommand>(APlan(s.State.Community, s.Now))],
        },
        new("CallOff", (_, f) => [f.Area("reason")], (_, a) => new MeetingCommand.CallOff(a.Text("reason")))
        {
            Danger = true,
        },
        new(
            "Note", (_, f) => [f.Line("speaker"), f.Area("text")],
            (_, a) => new MeetingCommand.Note(a.Text("speaker"), a.Text("text"))),
        new(
            "Agree", (s, f) => [f.Area("what"), f.Staff("owner", s.People), f.Time("due")],
            (_, a) => new MeetingCommand.Agree(a.Text("what"), a.Staff("owner"), a.Time("due")))
        {
            Trials = s => [new Trial<MeetingCommand>(
                new MeetingCommand.Agree("x", s.Member.Id, s.Now.AddHours(1)))],
        },
        new("SendMinutes", _ => new MeetingCommand.SendMinutes()) { Settles = ObligationKind.SendMinutes },
        new(
            "Correct",
            (s, f) => [f.Select("no", s.State.Statements.Select(ChoiceOf)), f.Area("text"), f.Area("reason")],
            (_, a) => new MeetingCommand.Correct(a.Number("no"), a.Text("text"), a.Text("reason")))
        {
            Trials = s => s.State.Statements.Take(1)
                .Select(t => new Trial<MeetingCommand>(new MeetingCommand.Correct(t.No, t.Text.Value + "x", "x"))),
        },
    ];

    public override void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/meetings", (HttpContext http, string? community, int? page, CancellationToken ct) =>
            AreaPage.Of(http, Parts, this, community) is { } asked
                ? ListAsync(asked, page, ct) : Task.FromResult(DeskPages.SignIn(http)));
        new Beginning<(MeetingCommand.Plan Plan, string Key)>(
            Clause,
            (page, f, _) => Task.FromResult<IEnumerable<DeskField>>(
            [
                f.Community(page.Member, page.Directory), f.Time("at"), f.Line("place"),
                f.Area("agenda", required: false),
            ]),
            (_, a, seen) => (
                new MeetingCommand.Plan(
                    "", new CommunityId(a.Text("community")), a.Time("at"), a.Text("place"), a.Text("agenda")),
                seen.Id + seen.Fingerprint),
            async (page, asked, ct) => Begun.Of(
                await meetings.PlanAsync(
                    asked.Plan.Community, asked.Plan.At, asked.Plan.Place, asked.Plan.Agenda, page.Member, asked.Key,
                    ct),
                AddressOf)).Map(desk, "/meetings/new", this, Parts);
        base.Map(desk);
    }

    protected override Task<LoadedMatter<Meeting>?> FindAsync(string id, CancellationToken ct) =>
        meetings.FindAsync(id, ct);

    protected override string TitleOf(Sight<Meeting> sight) => $"{sight.Words["Meeting"]} {sight.State.Number}";

    protected override IEnumerable<DeskBadge> Badges(Sight<Meeting> sight) =>
        [new DeskBadge(sight.Words.Name(sight.State.Stage), sight.State.Stage == MeetingStage.Done ? "ok" : "")];

    protected override IEnumerable<(string Key, string? Value)> Said(MeetingEvent e, DeskWords words) => e switch
    {
        MeetingEvent.MeetingSought x => [("due", words.Time(x.Due))],
        MeetingEvent.MeetingPlanned x =>
        [
            ("who", words.Person(x.By)), ("at", words.Time(x.At)), ("place", x.Place.Value),
            ("agenda", x.Agenda?.Value),
        ],
        MeetingEvent.MeetingCalledOff x => [("who", words.Person(x.By)), ("reason", x.Reason.Value)],
        MeetingEvent.MeetingHeld x => [("who", words.Person(x.By)), ("at", words.Time(x.At))],
        MeetingEvent.StatementNoted x => [("who", words.Person(x.By)), ("no", Number(x.No))],
        MeetingEvent.StatementCorrected x =>
            [("who", words.Person(x.By)), ("no", Number(x.No)), ("reason", x.Reason.Value)],
        MeetingEvent.ActionAgreed x => [
            ("no", Number(x.No)), ("owner", words.Person(x.Owner)), ("due", words.Time(x.Due)), ("what", x.What.Value)],
        MeetingEvent.ActionDone x => [("who", words.Person(x.By)), ("no", Number(x.No)), ("result", x.Result.Value)],
        MeetingEvent.MinutesSent x => [("who", words.Person(x.By))],
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    private async Task<IResult> ListAsync(AreaPage page, int? number, CancellationToken ct)
    {
        var community = page.Community.Id;
        var rows = await meetings.ListAsync(community, ct);
        var skip = Math.Clamp(number ?? 1, 1, 1_000) - 1;
        return DeskPages.Page<MeetingsPage>(
            page.Status, ("Frame", page.Frame()), ("Community", community.Value),
            ("Communities", page.CommunityChoices),
            ("Committee", page.Directory.Committee.Where(c => c.Community == community)
                .Select(c => new DeskFact(c.Role, c.Name)).ToImmutableArray()),
            ("Rows", rows.Skip(skip * PageSize).Take(PageSize).ToImmutableArray()), ("Words", page.Words),
            ("MayPlan", MayBegin(page.Member, community, APlan(community, Parts.Time.GetUtcNow()))),
            ("Next", rows.Count > (skip + 1) * PageSize ? $"{Path}?community={community}&page={skip + 2}" : null));
    }

    private static IEnumerable<DeskField> HoldFields(Sight<Meeting> s, FormFields f) =>
    [
        f.Time("at"), f.Line("place", present: s.State.Place?.Value ?? ""),
        f.Checks(
            "committee",
            s.Rules.Directory.Committee.Where(c => c.Community == s.State.Community)
                .Select(c => new DeskChoice(c.Name, $"{c.Name} · {c.Role}"))),
        f.Area("representatives", required: false),
        f.Checks(
            "staff", s.People.Select(m => new DeskChoice(m.Id.Value, $"{m.Name} · {s.Words.Name(m.Unit)}"))),
        f.Area("guests", required: false),
        f.Area("statements", required: false) with { Longest = 10_000 },
    ];

    /// <summary>Statements one a line: who, a colon, what.</summary>
    private static MeetingCommand.Hold ReadHold(Sight<Meeting> s, Answers a)
    {
        var attendees = a.All("committee").Select(n => (n, AttendeeRole.Committee))
            .Concat(a.Lines("representatives").Select(n => (n, AttendeeRole.Representative)))
            .Concat(a.All("staff").Select(id => (s.Words.Person(new StaffId(id)), AttendeeRole.Staff)))
            .Concat(a.Lines("guests").Select(n => (n, AttendeeRole.Guest)));
        var statements = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var line in a.Lines("statements"))
        {
            var colon = line.IndexOfAny([':', '：']);
            statements.Add(colon > 0
                ? (line[..colon].Trim(), line[(colon + 1)..].Trim())
                : a.Wrong(
                    "statements", ("", ""), "'statements': write who, a colon, and what was said, one a line."));
        }

        return new MeetingCommand.Hold(
            a.Time("at"), a.Text("place"), [.. attendees.Select(x => new Attendee(new Personal(x.Item1), x.Item2))],
            statements.ToImmutable());
    }

    private static MeetingCommand.Plan APlan(CommunityId community, DateTimeOffset now) =>
        new("x", community, now.AddHours(1), "x", null);

    private static int NoOf(string subject) =>
        int.TryParse(subject.TrimStart('a'), NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? no : 0;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static DeskChoice ChoiceOf(Statement t) => new(
        Number(t.No), $"{t.By.Value}: {(t.Text.Value.Length > 30 ? t.Text.Value[..30] + "…" : t.Text.Value)}");
}
