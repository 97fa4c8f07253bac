using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App;
using CustomerComm.App.Calls;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Api;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using CallAct = CustomerComm.Web.Matters.Act<CustomerComm.Domain.Calls.Call, CustomerComm.Domain.Calls.CallCommand>;

namespace CustomerComm.Web.Areas.Calls;

/// <summary>Calls at the desk: the month's figures and list, entering by hand, calling back (4.5.2).</summary>
internal sealed class CallsArea(
    CallKind calls, CallFigures figures, ReportReader reports, Phones phones, ITables tables, DeskParts parts)
    : MatterArea<CallMatter, Call, CallCommand, CallEvent>(calls, parts)
{
    private const string First = "/desk/calls";
    private const int PageSize = 40;

    public override string Words => "Calls";

    public override string Path => First;

    protected override string Clause => "4.5.2";

    protected override Type Page => typeof(CallPage);

    protected override ImmutableArray<CallAct> Acts { get; } =
    [
        new(
            "CallBack",
            (_, f) => [
                f.YesNo("reached", "reached", "yes"), f.Time("at", required: false), f.Area("note", required: false)],
            (s, a) => new CallCommand.CallBack(
                a.TimeOrNone("at") ?? s.Now, a.AreTrial || a.Yes("reached"), a.Text("note")))
        {
            Settles = ObligationKind.CallBack,
        },
    ];

    /// <summary>Where the call of a stream is shown.</summary>
    public static string AddressOf(string stream) =>
        $"{First}/{stream[(stream.IndexOf('.', StringComparison.Ordinal) + 1)..]}";

    public override bool MaySee(StaffMember member) => Call.MayList(member);

    public override string AddressOf(ObligationRow owed) => AddressOf(owed.Stream);

    public override void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/calls", ListAsync);
        new Beginning<CallReport>(
            Clause, (page, f, _) => Task.FromResult(FieldsOf(page, f)), Read,
            async (page, report, ct) => Begun.Of(
                await calls.RecordAsync(report, new Actor.Staff(page.Member), ct), AddressOf))
            .Map(desk, "/calls/new", this, Parts);
        base.Map(desk);
    }

    protected override async Task<LoadedMatter<Call>?> FindAsync(string id, CancellationToken ct) =>
        MatterIds.IsSound(id) ? await calls.LoadAsync(calls.StreamOf(id), ct) : null;

    protected override string AddressOf(LoadedMatter<Call> matter) => AddressOf(matter.Stream.Value);

    protected override IEnumerable<DeskBadge> Badges(Sight<Call> sight) =>
        [new DeskBadge(
            sight.Words[sight.State.Recorded.Missed ? "Call.Missed" : "Call.Answered"],
            sight.State.Open ? "warn" : "")];

    protected override IEnumerable<DeskFact> Facts(Sight<Call> sight)
    {
        var (r, words) = (sight.State.Recorded, sight.Words);
        var known = r.Other is { } other && PhoneNumber.TryCreate(other.Value, out var number) ? number : default;
        var resident = sight.Rules.Directory.FindResident(known);
        return new (string Key, string? Value)[]
        {
            ("Way", words.Name(r.Way)),
            ("Started", words.Time(r.StartedAt)),
            ("Phone", r.Other is null ? words["Call.Withheld"]
                : sight.State.MayDial(sight.Member) ? r.Other.Value.Value
                : known == default ? words["Call.Internal"] : known.ToString()),
            ("Resident", resident is null ? null : $"{resident.Home.Room} {resident.Resident.Name}"),
            ("Rings", Text(r.Rings)),
            ("SecondsToAnswer", Text(r.SecondsToAnswer)),
            ("AnsweredBy", r.AnsweredBy is { } by ? words.Person(by) : r.AnsweredAs?.Value),
            ("Talk", Text(r.Seconds)),
            ("CallBackDue", r.CallBackDue is { } due ? words.Time(due) : null),
        }.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => new DeskFact(words[$"Fact.{f.Key}"], f.Value!));
    }

    protected override string KeyOf(CallEvent e) =>
        e is CallEvent.CalledBack { Reached: false } ? "Event.CalledBack.NotReached" : base.KeyOf(e);

    protected override IEnumerable<(string Key, string? Value)> Said(CallEvent e, DeskWords words) => e switch
    {
        CallEvent.CallRecorded r => [("By", r.EnteredBy is { } by ? words.Person(by) : words["Call.BySystem"])],
        CallEvent.CalledBack b => [
            ("By", words.Person(b.By)), ("at", words.Time(b.CallAt)), ("note", b.Note?.Value)],
        CallEvent.SpokenLater s => [("call", s.Call), ("at", words.Time(s.CallAt)), ("By", words.Person(s.By))],
        _ => [],
    };

    /// <summary>Number or length as text, or null.</summary>
    internal static string? Text(int? n) => n?.ToString(CultureInfo.InvariantCulture);

    private async Task<IResult> ListAsync(
        HttpContext http, string? community, string? month, string? from, CancellationToken ct)
    {
        if (AreaPage.Of(http, Parts, this, community) is not { } page)
            return DeskPages.SignIn(http);
        if (!Call.MayList(page.Member))
            return DeskPages.NotFound(http, page.Member);
        var (id, now) = (page.Community.Id, Parts.Time.Now());
        if (month is null || !ReportEndpoints.TryMonth(month, out var year, out var number))
        {
            month = reports.ThisMonth(id);
            _ = ReportEndpoints.TryMonth(month, out year, out number);
        }

        var rows = (await tables.Of<CallRow>().QueryAsync(
            Months.PartitionOf(id, month), from is { Length: > 0 } ? from : null, null, PageSize + 1, null, ct)).Rows;
        var trial = new CallReport(
            "", id, CallWay.In, null, now, null, null, null, null, Missed: false, Internal: false)
        {
            Unit = Call.LineOf(page.Member, page.Directory),
        };
        return DeskPages.Page<CallListPage>(
            page.Status, ("Frame", page.Frame()), ("Words", page.Words), ("Community", page.Community),
            ("Report", await figures.MonthAsync(id, year, number, ct)), ("Communities", page.CommunityChoices),
            ("MayRecord", MayBegin(page.Member, id, new CallCommand.Record(trial, ""))),
            ("Calls", rows.Take(PageSize).Where(r => Call.MayList(page.Member, Enum.Parse<Unit>(r.Unit)))),
            ("Now", now),
            ("More", rows.Count > PageSize ? rows[PageSize].RowKey : null));
    }

    private static IEnumerable<DeskField> FieldsOf(AreaPage page, FormFields f) =>
    [
        f.Radio("direction", f.Names<CallWay>(), nameof(CallWay.In)),
        f.Phone("from", required: false),
        f.Time("started", required: false),
        f.YesNo("missed", "missed", "no"),
        f.Number("rings", required: false),
        f.Staff(
            "answeredBy",
            page.Directory.Members(Call.LineOf(page.Member, page.Directory), page.Community.Id),
            required: false, page.Member.Id.Value),
        f.Number("duration", required: false),
    ];

    /// <summary>The form proposes who answered and for how long; for a missed call that means nothing.</summary>
    private CallReport Read(AreaPage page, Answers a, SeenMessage seen)
    {
        var missed = a.Yes("missed");
        var (by, seconds) = (a.StaffOrNone("answeredBy"), a.NumberOrNone("duration"));
        return new CallReport(
            seen.Id, page.Community.Id, a.Named<CallWay>("direction"), a.PhoneOrNone("from", phones),
            a.TimeOrNone("started") ?? Parts.Time.Now(), a.NumberOrNone("rings"), null, missed ? null : by,
            missed ? null : seconds, missed, Internal: false)
        {
            Unit = Call.LineOf(page.Member, page.Directory),
        };
    }
}
