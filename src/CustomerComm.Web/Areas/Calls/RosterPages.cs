using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App;
using CustomerComm.App.Calls;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Calls;

/// <summary>What the pages of the roster need.</summary>
internal sealed record RosterParts(
    RosterKind Rosters, DutyBoard Board, RulesBook Book, TimeProvider Time, StaffSessions Sessions);

/// <summary>A shift on a day; <paramref name="Action"/> takes it off, null where it has passed or may not be.</summary>
public sealed record ShiftView(string Time, string Who, bool Extra, string? Action, string Subject, string Key);

/// <summary>A day of the week view; <paramref name="Gap"/> says since when and how long nobody is on duty.</summary>
public sealed record DayView(string Name, bool Today, ImmutableArray<ShiftView> Shifts, string? Gap);

/// <summary>The duty roster, week by week, with its gaps (4.5.2).</summary>
internal static class RosterPages
{
    private const string Clause = "4.5.2";

    public static async Task<IResult> ShowAsync(
        HttpContext http, [AsParameters] RosterParts parts, CancellationToken ct) =>
        Open(http, parts) is { } opened
            ? await PageAsync(http, opened.Page, opened.Community, parts, ct)
            : Denied(http, parts);

    public static async Task<IResult> ActAsync(
        HttpContext http, [AsParameters] RosterParts parts, CancellationToken ct)
    {
        if (Open(http, parts) is not { } opened)
            return Denied(http, parts);
        var (page, community) = opened;
        if (await page.ReadAsync() is { } posted)
        {
            if (CommandOf(posted.Form, out var bad) is not { } command)
            {
                page.Refuse(posted.Form, bad, Clause);
            }
            else
            {
                switch (await parts.Rosters.ChangeAsync(community.Id, command, page.Member, posted.Seen, ct))
                {
                    case MatterResult<Roster>.Done:
                        return TypedResults.LocalRedirect("~" + http.Request.Path + http.Request.QueryString);
                    case MatterResult<Roster>.Refused no:
                        page.Refuse(posted.Form, no.Refusal);
                        break;
                    default:
                        page.Reused(posted.Form);
                        break;
                }
            }
        }

        return await PageAsync(http, page, community, parts, ct);
    }

    private static IResult Denied(HttpContext http, RosterParts parts) =>
        parts.Sessions.Current(http) is { } member ? DeskPages.NotFound(http, member) : DeskPages.SignIn(http);

    private static (AreaPage Page, Community Community)? Open(HttpContext http, RosterParts parts)
    {
        var directory = parts.Book.Directory;
        var asked = http.Request.Query["community"].ToString();
        if (parts.Sessions.Current(http) is not { } member || !CallPages.MaySee(member))
            return null;
        var id = member.Community
            ?? (asked.Length == 0 ? directory.Communities[0].Id : new CommunityId(asked.ToUpperInvariant()));
        return directory.Find(id) is { } community
            ? (new AreaPage(
                http, member, parts.Book, "Roster", TimeZoneInfo.FindSystemTimeZoneById(community.TimeZone)), community)
            : null;
    }

    private static RosterCommand? CommandOf(PostedForm form, out string bad)
    {
        bad = form["action"] switch
        {
            "ExcuseShift" or "DropExtra" => "subject",
            "EndShift" when !int.TryParse(form["shift"], CultureInfo.InvariantCulture, out _) => "shift",
            "EndShift" when !TryDate(form["last"], out _) => "last",
            "AddShift" when !TryDate(form["first"], out _) => "first",
            "AddExtra" when !TryDate(form["day"], out _) => "day",
            "AddShift" or "AddExtra" when !TryTime(form["from"], out _) => "from",
            "AddShift" or "AddExtra" when !TryTime(form["to"], out _) => "to",
            "AddShift" or "AddExtra" or "EndShift" => "",
            _ => "action",
        };
        if (bad == "subject")
            return OnDay(form);
        if (bad.Length > 0)
            return null;
        _ = TryTime(form["from"], out var from);
        _ = TryTime(form["to"], out var to);
        _ = TryDate(form["first"].Length > 0 ? form["first"] : form["day"], out var day);
        var staff = new StaffId(form["staff"]);
        if (form["action"] == "EndShift")
        {
            _ = TryDate(form["last"], out var last);
            return new RosterCommand.EndShift(int.Parse(form["shift"], CultureInfo.InvariantCulture), last);
        }

        return form["action"] == "AddExtra"
            ? new RosterCommand.AddExtra(day, from, to, staff)
            : new RosterCommand.AddShift(
                [.. form.All("days").Select(DayOf).OfType<DayOfWeek>()],
                from, to, staff, day);
    }

    private static DayOfWeek? DayOf(string text) =>
        Enum.TryParse<DayOfWeek>(text, out var day) && Enum.IsDefined(day) ? day : null;

    private static RosterCommand? OnDay(PostedForm form) => form.Subject.Split('|') switch
    {
        [var shift, var day] when int.TryParse(shift, CultureInfo.InvariantCulture, out var number)
            && TryDate(day, out var date) && form["action"] == "ExcuseShift" =>
            new RosterCommand.ExcuseShift(number, date),
        [var extra] when int.TryParse(extra, CultureInfo.InvariantCulture, out var number)
            && form["action"] == "DropExtra" => new RosterCommand.DropExtra(number),
        _ => null,
    };

    private static async Task<IResult> PageAsync(
        HttpContext http, AreaPage page, Community community, RosterParts parts, CancellationToken ct)
    {
        var words = page.Words;
        var calendar = parts.Book.Current(community.Id).Calendar;
        var now = parts.Time.Now();
        var today = calendar.LocalDate(now);
        var asked = TryDate(http.Request.Query["week"].ToString(), out var day) ? day : today;
        var monday = asked.AddDays(-(((int)asked.DayOfWeek + 6) % 7));
        var roster = await parts.Rosters.FindAsync(community.Id, ct);
        var plan = roster?.Plan ?? RosterPlan.Empty;
        var may = page.Member.Community == community.Id;
        var onDuty = parts.Board.OnDuty(community.Id);
        string Week(DateOnly d) => $"/desk/roster?community={community.Id}&week={Iso(d)}";
        return DeskPages.Page<RosterPage>(
            page.Status, ("Frame", page.Frame()), ("Community", words.Community(community)),
            ("Week", $"{DayName(monday, words)} – {DayName(monday.AddDays(6), words)}"), ("Before", Week(monday.AddDays(-7))),
            ("After", Week(monday.AddDays(7))), ("Query", http.Request.QueryString.Value ?? ""),
            ("OnDuty", onDuty is null ? null : string.Join(
                words["And"], onDuty.Select(s => words.Person(s)).Order(StringComparer.Ordinal))),
            ("Gaps", (roster?.Gaps.Values ?? []).Select(g => GapOf(g.Day, g.From, g.Minutes, words))
                .ToImmutableArray()),
            ("Days", Days(plan, monday, today, now, calendar.Zone, words, may, parts.Book.Directory)),
            ("Others", Others(page, community, parts.Book.Directory)),
            ("Forms", may ? RosterForms.Of(page, community.Id, plan, today) : []));
    }

    private static ImmutableArray<(string Name, string Address)> Others(
        AreaPage page, Community community, CompanyDirectory directory) => page.Member.Community is not null
        ? []
        : [.. directory.Communities.Where(c => c.Id != community.Id)
            .Select(c => (page.Words.Community(c), $"/desk/roster?community={c.Id}"))];

    private static ImmutableArray<DayView> Days(
        RosterPlan plan, DateOnly monday, DateOnly today, DateTimeOffset now, TimeZoneInfo zone, DeskWords words,
        bool may, CompanyDirectory directory)
    {
        var spans = plan.Spans(monday, monday.AddDays(6), zone);
        // What lies behind cannot be covered any more; the ledger keeps it.
        var gaps = plan.IsEmpty
            ? []
            : plan.Gaps(now, monday.AddDays(6), zone, id => directory.Find(id) is not null).ToDictionary(g => g.Day);
        return
        [
            .. Enumerable.Range(0, 7).Select(i => monday.AddDays(i)).Select(d => new DayView(
                DayName(d, words), d == today,
                [
                    .. spans.Where(s => s.Day == d).Select(s => new ShiftView(
                        $"{Clock(s.Start, zone)}–{Clock(s.End, zone)}", words.Person(s.Staff), s.Extra,
                        !may || d < today ? null : s.Extra ? "DropExtra" : "ExcuseShift",
                        s.Extra
                            ? s.Shift.ToString(CultureInfo.InvariantCulture)
                            : string.Create(CultureInfo.InvariantCulture, $"{s.Shift}|{Iso(d)}"),
                        Guid.NewGuid().ToString("N"))),
                ],
                gaps.TryGetValue(d, out var gap) ? GapOf(null, gap.From, gap.Minutes, words) : null)),
        ];
    }

    private static string GapOf(DateOnly? day, DateTimeOffset from, int minutes, DeskWords words)
    {
        var text = words.Format(
            "Gap", ("from", words.Time(from)), ("hours", (minutes / 60).ToString(CultureInfo.InvariantCulture)),
            ("minutes", (minutes % 60).ToString(CultureInfo.InvariantCulture)));
        return day is { } d ? $"{DayName(d, words)}: {text}" : text;
    }

    private static string DayName(DateOnly d, DeskWords words) =>
        App.Messages.Texts.Day(d, words.Language);

    private static string Clock(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Iso(DateOnly d) => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool TryDate(string text, out DateOnly date) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
        && date.Year is >= 2000 and < 2200;

    private static bool TryTime(string text, out TimeOnly time) => TimeOnly.TryParseExact(
        text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}

/// <summary>The forms of the roster.</summary>
internal static class RosterForms
{
    public static ImmutableArray<DeskForm> Of(AreaPage page, CommunityId community, RosterPlan plan, DateOnly today)
    {
        var words = page.Words;
        var people = page.Directory.Staff.Where(m => m.Unit == Unit.Office && m.Community == community).ToList();
        var iso = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var add = page.Fields("AddShift");
        var extra = page.Fields("AddExtra");
        var end = page.Fields("EndShift");
        var standing = plan.Weekly.Where(w => w.Last is null || w.Last >= today).ToList();
        var forms = ImmutableArray.CreateBuilder<DeskForm>();
        forms.Add(page.Form(
            "AddShift",
            [
                add.Staff("staff", people), add.Checks("days", DayChoices(words)), add.Clock("from"), add.Clock("to"),
                add.Date("first", present: iso),
            ],
            open: plan.IsEmpty));
        forms.Add(page.Form(
            "AddExtra",
            [extra.Staff("staff", people), extra.Date("day", present: iso), extra.Clock("from"), extra.Clock("to")]));
        if (standing.Count > 0)
        {
            forms.Add(page.Form(
                "EndShift",
                [
                    end.Select("shift", standing.Select(w => new DeskChoice(
                        w.Number.ToString(CultureInfo.InvariantCulture), NameOf(w, words)))),
                    end.Date("last", present: iso),
                ]));
        }

        return forms.ToImmutable();
    }

    private static IEnumerable<DeskChoice> DayChoices(DeskWords words)
    {
        var names = Languages.Culture(words.Language).DateTimeFormat;
        // The week begins on Monday here.
        return Enumerable.Range(1, 7).Select(i => (DayOfWeek)(i % 7))
            .Select(d => new DeskChoice(d.ToString(), names.GetDayName(d)));
    }

    private static string NameOf(WeeklyShift w, DeskWords words)
    {
        var names = Languages.Culture(words.Language).DateTimeFormat;
        var days = w.Days.Length == 7
            ? words["Days.All"]
            : string.Join(' ', w.Days.OrderBy(d => ((int)d + 6) % 7).Select(names.GetAbbreviatedDayName));
        return string.Create(
            CultureInfo.InvariantCulture, $"{days} {w.From:HH\\:mm}–{w.To:HH\\:mm} {words.Person(w.Staff)}");
    }
}
