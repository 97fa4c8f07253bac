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
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Calls;

/// <summary>What the pages of calls need.</summary>
internal sealed record CallParts(
    CallKind Calls, CallFigures Figures, ReportReader Reports, RulesBook Book, Phones Phones, ITables Tables,
    TimeProvider Time, StaffSessions Sessions);

/// <summary>Calls: the month's figures, the list, entering by hand, calling back (4.5.2).</summary>
internal static class CallPages
{
    private const int PageSize = 40;

    public static bool MaySee(StaffMember member) => member.Unit is Unit.Office or Unit.Quality or Unit.Leader;

    public static async Task<IResult> ListAsync(
        HttpContext http, [AsParameters] CallParts parts, CancellationToken ct) =>
        Open(http, parts, http.Request.Query["community"]) is { } page
            ? await PageAsync(http, page.Page, page.Community, parts, ct)
            : Denied(http, parts);

    public static async Task<IResult> RecordAsync(
        HttpContext http, [AsParameters] CallParts parts, CancellationToken ct)
    {
        if (parts.Sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (Open(http, parts, member.Community?.Value) is not { } opened)
            return Denied(http, parts);
        var page = opened.Page;
        if (await page.ReadAsync() is { } posted
            && CallForms.Read(posted.Form, posted.Seen.Id, page, opened.Community.Id, parts) is { } report)
        {
            switch (await parts.Calls.RecordAsync(report, new Actor.Staff(member), ct))
            {
                case MatterResult<Call>.Done done:
                    return TypedResults.LocalRedirect("~" + AddressOf(done.Matter.Stream));
                case MatterResult<Call>.Refused no:
                    page.Refuse(posted.Form, no.Refusal);
                    break;
                default:
                    page.Reused(posted.Form);
                    break;
            }
        }

        return await PageAsync(http, page, opened.Community, parts, ct);
    }

    public static async Task<IResult> ShowAsync(
        HttpContext http, string id, [AsParameters] CallParts parts, CancellationToken ct) =>
        await FindAsync(http, id, parts, ct) is { } found
            ? await CallAsync(found.Page, found.Call, parts)
            : Denied(http, parts);

    public static async Task<IResult> ActAsync(
        HttpContext http, string id, [AsParameters] CallParts parts, CancellationToken ct)
    {
        if (await FindAsync(http, id, parts, ct) is not { } found)
            return Denied(http, parts);
        var (page, call) = found;
        if (await page.ReadAsync() is { } posted)
        {
            var zone = parts.Book.Current(call.State.Community).Calendar.Zone;
            if (!posted.Form.TryTime("at", zone, out var at))
            {
                page.Refuse(posted.Form, "at", "4.5.2");
                return await CallAsync(page, call, parts);
            }

            var command = new CallCommand.CallBack(
                at ?? parts.Time.Now(), posted.Form["reached"] != "no", posted.Form["note"].ReplaceLineEndings("\n"));
            switch (await parts.Calls.HandleAsync(
                call.Stream, command, new Actor.Staff(page.Member), posted.Seen, ct))
            {
                case MatterResult<Call>.Done:
                    return TypedResults.LocalRedirect("~" + http.Request.Path);
                case MatterResult<Call>.Refused no:
                    page.Refuse(posted.Form, no.Refusal);
                    break;
                default:
                    page.Reused(posted.Form);
                    break;
            }
        }

        return await CallAsync(page, call, parts);
    }

    internal static string AddressOf(StreamId stream) =>
        "/desk/calls/" + stream.Value[(stream.Value.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static IResult Denied(HttpContext http, CallParts parts) =>
        parts.Sessions.Current(http) is { } member ? DeskPages.NotFound(http, member) : DeskPages.SignIn(http);

    private static (AreaPage Page, Community Community)? Open(HttpContext http, CallParts parts, string? asked)
    {
        var directory = parts.Book.Directory;
        if (parts.Sessions.Current(http) is not { } member || !MaySee(member))
            return null;
        var id = member.Community
            ?? (string.IsNullOrEmpty(asked) ? directory.Communities[0].Id : new CommunityId(asked.ToUpperInvariant()));
        return directory.Find(id) is { } community
            ? (new AreaPage(
                http, member, parts.Book, "Calls", TimeZoneInfo.FindSystemTimeZoneById(community.TimeZone)), community)
            : null;
    }

    private static async Task<(AreaPage Page, LoadedMatter<Call> Call)?> FindAsync(
        HttpContext http, string id, CallParts parts, CancellationToken ct)
    {
        if (!id.All(char.IsAsciiLetterOrDigit)
            || await parts.Calls.LoadAsync(parts.Calls.StreamOf(id), ct) is not { } call
            || Open(http, parts, call.State.Community.Value) is not { } opened
            || opened.Community.Id != call.State.Community)
        {
            return null;
        }

        return (opened.Page, call);
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, AreaPage page, Community community, CallParts parts, CancellationToken ct)
    {
        var month = http.Request.Query["month"].ToString();
        if (!ReportEndpoints.TryMonth(month, out var year, out var number))
        {
            month = parts.Reports.ThisMonth(community.Id);
            _ = ReportEndpoints.TryMonth(month, out year, out number);
        }

        var rows = await parts.Tables.Of<CallRow>().QueryAsync(
            Months.PartitionOf(community.Id, month), http.Request.Query["from"].FirstOrDefault(f => f?.Length > 0),
            null, PageSize + 1, null, ct);
        var more = rows.Rows.Count > PageSize ? rows.Rows[PageSize].RowKey : null;
        var report = await parts.Figures.MonthAsync(community.Id, year, number, ct);
        return DeskPages.Page<CallListPage>(
            page.Status, ("Frame", page.Frame()), ("Community", community), ("Report", report),
            ("Communities", page.Member.Community is null ? parts.Book.Directory.Communities : [community]),
            ("Form", page.Member.Community == community.Id ? CallForms.Record(page, community.Id) : null),
            ("Calls", rows.Rows.Take(PageSize).Select(r => CallViews.Of(r, page.Words, parts.Time.Now()))
                .ToImmutableArray()),
            ("More", more is null ? null : "/desk/calls" + QueryString.Create(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["community"] = community.Id.Value,
                    ["month"] = month,
                    ["from"] = more,
                })));
    }

    private static Task<IResult> CallAsync(AreaPage page, LoadedMatter<Call> call, CallParts parts)
    {
        var s = call.State;
        var may = page.Member.Unit == Unit.Office;
        ImmutableArray<DeskForm> forms = may && s.Recorded.Missed && s.Returned is not { Reached: true }
            ? [CallForms.CallBack(page, s)] : [];
        return Task.FromResult<IResult>(DeskPages.Page<CallPage>(
            page.Status, ("Frame", page.Frame()), ("Number", s.Number), ("Forms", forms),
            ("Facts", CallViews.FactsOf(s, page.Words, parts.Book.Directory, may)),
            ("Phone", may ? s.Recorded.Other?.Value : null)));
    }
}

/// <summary>A call in a list.</summary>
public sealed record CallView(
    string Address, string At, string Iso, string Way, string Text, bool Missed, string? Owed, bool Late, bool? InTime);

/// <summary>Calls in words.</summary>
internal static class CallViews
{
    public static CallView Of(CallRow r, DeskWords words, DateTimeOffset now)
    {
        var parts = new List<string>();
        if (r.Rings is { } rings)
            parts.Add(words.Format("Call.Rings", ("n", Text(rings))));
        if (r.SecondsToAnswer is { } seconds)
            parts.Add(words.Format("Call.Seconds", ("n", Text(seconds))));
        if (r.AnsweredBy.Length > 0)
            parts.Add(words.Person(new StaffId(r.AnsweredBy)));
        if (r.Seconds is { } talk)
            parts.Add(words.Format("Call.Talk", ("n", Text(talk))));
        if (r.Internal)
            parts.Add(words["Call.Internal"]);
        if (r.CalledBackAt is { } back)
            parts.Add(words.Format(r.Reached == true ? "Call.Back" : "Call.BackNotReached", ("at", words.Time(back))));
        var owed = r is { CallBackDue: { } due, CalledBackAt: null } ? words.Time(due) : null;
        return new CallView(
            CallPages.AddressOf(new StreamId(r.Stream)), words.Time(r.StartedAt), DeskWords.Iso(r.StartedAt),
            words[$"Way.{r.Way}"], string.Join(" · ", parts), r.Missed, owed, owed is not null && r.CallBackDue < now,
            r.InTime);
    }

    public static ImmutableArray<DeskFact> FactsOf(
        Call call, DeskWords words, CompanyDirectory directory, bool mayCall)
    {
        var r = call.Recorded;
        var facts = ImmutableArray.CreateBuilder<DeskFact>();
        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                facts.Add(new DeskFact(words[key], value));
        }

        var known = r.Other is { } other && PhoneNumber.TryCreate(other.Value, out var number) ? number : default;
        var resident = directory.FindResident(known);
        Add("Fact.Way", words[$"Way.{r.Way}"]);
        Add("Fact.Started", words.Time(r.StartedAt));
        Add("Fact.Phone", r.Other is null ? words["Call.Withheld"] : mayCall ? r.Other.Value.Value : known.ToString());
        Add("Fact.Resident", resident is null ? null : $"{resident.Home.Room} {resident.Resident.Name}");
        Add("Fact.Rings", r.Rings is { } rings ? Text(rings) : null);
        Add("Fact.SecondsToAnswer", r.SecondsToAnswer is { } s ? Text(s) : null);
        Add("Fact.Result", words[r.Missed ? "Call.Missed" : "Call.Answered"]);
        Add("Fact.AnsweredBy", r.AnsweredBy is { } by ? words.Person(by) : null);
        Add("Fact.Talk", r.Seconds is { } talk ? Text(talk) : null);
        Add("Fact.CallBackDue", r.CallBackDue is { } due ? words.Time(due) : null);
        if (call.Returned is { } back)
        {
            Add("Fact.CalledBack", words.Format(
                back.Reached ? "Call.Back" : "Call.BackNotReached", ("at", words.Time(back.At))));
            Add("Fact.By", words.Person(back.By));
            Add("Fact.Call", back.Call);
            Add("Fact.Note", back.Note?.Value);
        }

        Add("Fact.EnteredBy", r.EnteredBy is { } entered ? words.Person(entered) : words["Call.BySystem"]);
        return facts.ToImmutable();
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The forms of calls.</summary>
internal static class CallForms
{
    private const string Clause = "4.5.2";

    public static DeskForm Record(AreaPage page, CommunityId community)
    {
        var f = page.Fields("Record");
        var words = page.Words;
        var people = page.Directory.Staff.Where(m => m.Unit == Unit.Office && m.Community == community);
        return page.Form("Record",
        [
            f.Radio(
                "direction", [new DeskChoice("In", words["Way.In"]), new DeskChoice("Out", words["Way.Out"])], "In"),
            f.Phone("from", required: false),
            f.Time("started", required: false),
            f.Radio(
                "missed", [new DeskChoice("no", words["Call.Answered"]), new DeskChoice("yes", words["Call.Missed"])],
                "no"),
            f.Number("rings", required: false),
            f.Staff("answeredBy", people, required: false, page.Member.Id.Value),
            f.Number("duration", required: false),
        ]);
    }

    public static DeskForm CallBack(AreaPage page, Call call)
    {
        var f = page.Fields("CallBack");
        var words = page.Words;
        return page.Form(
            "CallBack",
            [
                f.Radio(
                    "reached", [new DeskChoice("yes", words["Reached.Yes"]), new DeskChoice("no", words["Reached.No"])],
                    "yes"),
                f.Time("at", required: false),
                f.Area("note", required: false),
            ],
            open: true, due: call.Open ? words.Time(call.Recorded.CallBackDue!.Value) : null);
    }

    /// <summary>The call as typed; null where a field cannot be read, and the page then says which.</summary>
    public static CallReport? Read(
        PostedForm form, string source, AreaPage page, CommunityId community, CallParts parts)
    {
        if (!form.TryNamed<CallWay>("direction", out var way))
            return Refuse(page, form, "direction");
        PhoneNumber number = default;
        if (form["from"].Length > 0 && !parts.Phones.TryRead(form["from"], out number))
            return Refuse(page, form, "from");
        if (!form.TryTime("started", parts.Book.Current(community).Calendar.Zone, out var started))
            return Refuse(page, form, "started");
        if (!TryNumber(form["rings"], out var rings))
            return Refuse(page, form, "rings");
        if (!TryNumber(form["duration"], out var duration))
            return Refuse(page, form, "duration");
        var missed = form["missed"] == "yes";
        // The form proposes who answered; for a missed call that means nothing.
        var by = form["answeredBy"].Length > 0 && !missed ? new StaffId(form["answeredBy"]) : (StaffId?)null;
        return new CallReport(
            source, community, way, number.Value, started ?? parts.Time.Now(), rings, null, by,
            missed ? null : duration, missed, Internal: false);
    }

    private static CallReport? Refuse(AreaPage page, PostedForm form, string field)
    {
        page.Refuse(form, field, Clause);
        return null;
    }

    private static bool TryNumber(string text, out int? number)
    {
        number = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var ok = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read);
        number = ok ? read : null;
        return ok;
    }
}
