using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Calls;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RosterAct =
    CustomerComm.Web.Matters.Act<CustomerComm.Domain.Calls.Roster, CustomerComm.Domain.Calls.RosterCommand>;

namespace CustomerComm.Web.Areas.Calls;

/// <summary>A shift on a day; <paramref name="Action"/> takes it off, null where that may not be.</summary>
public sealed record ShiftView(string Time, string Who, bool Extra, string? Action, string Subject);

/// <summary>A day of the week view; <paramref name="Gap"/> says since when and how long nobody is on duty.</summary>
public sealed record DayView(string Name, bool Today, ImmutableArray<ShiftView> Shifts, string? Gap);

/// <summary>The duty roster at the desk, week by week, with its gaps (4.5.2).</summary>
internal sealed class RosterArea(RosterKind rosters, DeskParts parts)
    : MatterArea<RosterMatter, Roster, RosterCommand, RosterEvent>(rosters, parts)
{
    public override string Words => "Roster";

    public override string Path => "/desk/roster";

    protected override string Clause => "4.5.2";

    protected override Type Page => typeof(RosterPage);

    protected override ImmutableArray<RosterAct> Acts { get; } =
    [
        new(
            "AddShift",
            (s, f) => [
                Staff(s, f), f.Checks("days", Days(f.Words)), f.Clock("from"), f.Clock("to"),
                f.Date("first", present: Iso(Today(s)))],
            (_, a) => new RosterCommand.AddShift(
                a.AllNamed<DayOfWeek>("days"), a.Clock("from"), a.Clock("to"), a.Staff("staff"), a.Date("first")))
        {
            Settles = ObligationKind.CoverDuty,
            Trials = s => [new Trial<RosterCommand>(new RosterCommand.AddShift(
                [DayOfWeek.Monday], default, new TimeOnly(0, 1), s.Member.Id, Today(s)))],
        },
        new(
            "AddExtra",
            (s, f) => [Staff(s, f), f.Date("day", present: Iso(Today(s))), f.Clock("from"), f.Clock("to")],
            (_, a) => new RosterCommand.AddExtra(a.Date("day"), a.Clock("from"), a.Clock("to"), a.Staff("staff")))
        {
            Settles = ObligationKind.CoverDuty,
        },
        new(
            "EndShift",
            (s, f) => [
                f.Select("shift", s.State.Plan.Standing(Today(s)).Select(w => new DeskChoice(
                    Text(w.Number), NameOf(w.Days, w.From, w.To, w.Staff, f.Words)))),
                f.Date("last", present: Iso(Today(s)))],
            (_, a) => new RosterCommand.EndShift(a.Number("shift"), a.Date("last")))
        {
            Trials = s => s.State.Plan.Standing(Today(s))
                .Select(w => new Trial<RosterCommand>(new RosterCommand.EndShift(w.Number, Today(s).AddDays(-1)))),
        },
        // These two stand at each shift of the calendar.
        new("ExcuseShift", (_, _) => [], (_, a) => ExcuseOf(a)) { Trials = _ => [] },
        new("DropExtra", (_, _) => [], (_, a) => new RosterCommand.DropExtra(NumberOf(a.Subject))) { Trials = _ => [] },
    ];

    public override bool MaySee(StaffMember member) => Call.MayList(member);

    public override DeskFact ListOf(DeskWords words) => new("", words["Nav.All"], "/desk/all");

    /// <summary>The week of the gap.</summary>
    public override string AddressOf(ObligationRow owed) =>
        $"{Path}/{owed.Stream.Split('.')[^1]}?week={owed.Subject.Split('|')[^1]}";

    public override void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/roster", IResult (HttpContext http) => AreaPage.Of(http, Parts, this) is { } page
            ? TypedResults.LocalRedirect($"~{Path}/{page.Community.Id}") : DeskPages.SignIn(http));
        base.Map(desk);
    }

    /// <summary>A community's roster begins where it is first looked at, if no job was earlier.</summary>
    protected override async Task<LoadedMatter<Roster>?> FindAsync(string id, CancellationToken ct)
    {
        var community = new CommunityId(id.ToUpperInvariant());
        if (Parts.Book.Directory.Find(community) is null)
            return null;
        if (await rosters.FindAsync(community, ct) is null)
            await rosters.LookAheadAsync(community, ct);
        return await rosters.LoadAsync(rosters.StreamOf(community.Value), ct);
    }

    protected override string AddressOf(LoadedMatter<Roster> matter) => $"{Path}/{matter.State.Community}";

    protected override string TitleOf(Sight<Roster> sight) =>
        $"{sight.Words["Area.Title"]} · {sight.Words.Community(sight.Rules.Directory.Known(sight.State.Community))}";

    protected override IEnumerable<DeskBadge> Badges(Sight<Roster> sight) =>
        sight.State.Gaps.IsEmpty ? [] : [new DeskBadge(sight.Words["Uncovered"], "late")];

    /// <summary>Gaps come and go for years; those of now stand above.</summary>
    protected override bool Tells(Sight<Roster> sight, object e) =>
        e is not (RosterEvent.GapsFound or RosterEvent.GapsClosed);

    protected override IEnumerable<(string Key, string? Value)> Said(RosterEvent e, DeskWords words) => e switch
    {
        RosterEvent.RosterBegun b => [("owner", words.Person(b.Owner)), ("due", words.Time(b.Due))],
        RosterEvent.ShiftAdded a => [
            ("By", words.Person(a.By)), ("no", Text(a.Shift)), ("first", Texts.Day(a.First, words.Language)),
            ("shift", NameOf(a.Days, a.From, a.To, a.Staff, words))],
        RosterEvent.ShiftEnded x => [
            ("By", words.Person(x.By)), ("no", Text(x.Shift)), ("last", Texts.Day(x.Last, words.Language))],
        RosterEvent.ShiftExcused x => [
            ("By", words.Person(x.By)), ("no", Text(x.Shift)), ("day", Texts.Day(x.Day, words.Language))],
        RosterEvent.ExtraAdded a => [
            ("By", words.Person(a.By)), ("no", Text(a.Extra)), ("day", Texts.Day(a.Day, words.Language)),
            ("shift", SpanOf(a.From, a.To, a.Staff, words))],
        RosterEvent.ExtraDropped d => [("By", words.Person(d.By)), ("no", Text(d.Extra))],
        _ => [],
    };

    protected override Task<(string Name, object? Value)[]> MoreAsync(
        HttpContext http, Sight<Roster> sight, CancellationToken ct)
    {
        var (s, words) = (sight.State, sight.Words);
        var asked = Answers.DateOf(http.Request.Query["week"]) ?? Today(sight);
        var monday = asked.AddDays(-(((int)asked.DayOfWeek + 6) % 7));
        return Task.FromResult<(string, object?)[]>(
        [
            ("Monday", monday), ("Days", DaysOf(sight, monday)),
            ("Gaps", s.Gaps.Values.Select(g => GapOf(g.Day, g.From, g.Minutes, words))),
            ("Others", sight.Rules.Directory.Communities
                .Where(c => sight.Member.Community is null && c.Id != s.Community)),
        ]);
    }

    private static ImmutableArray<DayView> DaysOf(Sight<Roster> sight, DateOnly monday)
    {
        var (plan, words, zone) = (sight.State.Plan, sight.Words, sight.Rules.Calendar.Zone);
        var spans = plan.Spans(monday, monday.AddDays(6), zone);
        // What lies behind cannot be covered any more; the ledger keeps it.
        var gaps = plan.IsEmpty
            ? []
            : plan.Gaps(sight.Now, monday.AddDays(6), zone, id => sight.Rules.Directory.Find(id) is not null)
                .ToDictionary(g => g.Day);
        return
        [
            .. Enumerable.Range(0, 7).Select(monday.AddDays).Select(day => new DayView(
                Texts.Day(day, words.Language), day == Today(sight),
                [.. spans.Where(s => s.Day == day).Select(s => ShiftOf(sight, s, zone))],
                gaps.TryGetValue(day, out var gap) ? GapOf(null, gap.From, gap.Minutes, words) : null)),
        ];
    }

    private static ShiftView ShiftOf(Sight<Roster> sight, DutySpan s, TimeZoneInfo zone)
    {
        string Clock(DateTimeOffset at) =>
            TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        var (action, subject, command) = s.Extra
            ? ("DropExtra", Text(s.Shift), (RosterCommand)new RosterCommand.DropExtra(s.Shift))
            : ("ExcuseShift", $"{Text(s.Shift)}|{Iso(s.Day)}", new RosterCommand.ExcuseShift(s.Shift, s.Day));
        return new ShiftView(
            $"{Clock(s.Start)}–{Clock(s.End)}", sight.Words.Person(s.Staff), s.Extra,
            Takes(sight, command) ? action : null, subject);
    }

    private static RosterCommand.ExcuseShift ExcuseOf(Answers a) =>
        a.Subject.Split('|') is [var shift, var day] && Answers.DateOf(day) is { } date
            ? new RosterCommand.ExcuseShift(NumberOf(shift), date)
            : a.Wrong("subject", new RosterCommand.ExcuseShift(0, default));

    /// <summary>0 where it is none: there is no such shift.</summary>
    private static int NumberOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DeskField Staff(Sight<Roster> s, FormFields f) =>
        f.Staff("staff", s.People.Where(m => m.Unit == Unit.Office && m.Community == s.State.Community));

    /// <summary>The week begins on Monday here.</summary>
    private static IEnumerable<DeskChoice> Days(DeskWords words) =>
        Enumerable.Range(1, 7).Select(i => (DayOfWeek)(i % 7))
            .Select(d => new DeskChoice(d.ToString(), words.Culture.DateTimeFormat.GetDayName(d)));

    private static string NameOf(
        ImmutableArray<DayOfWeek> days, TimeOnly from, TimeOnly to, StaffId staff, DeskWords words) =>
        (days.Length == 7 ? words["Days.All"] : string.Join(
            ' ', days.OrderBy(d => ((int)d + 6) % 7).Select(words.Culture.DateTimeFormat.GetAbbreviatedDayName)))
        + " " + SpanOf(from, to, staff, words);

    private static string SpanOf(TimeOnly from, TimeOnly to, StaffId staff, DeskWords words) => string.Create(
        CultureInfo.InvariantCulture, $"{from:HH\\:mm}–{to:HH\\:mm} {words.Person(staff)}");

    private static string GapOf(DateOnly? day, DateTimeOffset from, int minutes, DeskWords words)
    {
        var text = words.Format(
            "Gap", ("from", words.Time(from)), ("hours", Text(minutes / 60)), ("minutes", Text(minutes % 60)));
        return day is { } d ? $"{Texts.Day(d, words.Language)}: {text}" : text;
    }

    private static DateOnly Today(Sight<Roster> s) => s.Rules.Calendar.LocalDate(s.Now);

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Iso(DateOnly d) => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
