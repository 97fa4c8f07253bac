using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Revisits;
using CustomerComm.Web.Api;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Revisits;

/// <summary>A line of the month's list.</summary>
public sealed record RevisitListLine(
    string Number, string Address, string What, string Who, string Outcome, bool Good, bool Late, string Marks,
    string Due, string Complaint);

/// <summary>The revisits of a month, one of them, and its printed record.</summary>
internal static class RevisitEndpoints
{
    private const int PageSize = 50;

    public static void MapRevisits(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/revisits", ListAsync);
        desk.MapGet("/revisits/{id}", ShowAsync);
        desk.MapPost("/revisits/{id}", ActAsync);
        desk.MapGet("/revisits/{id}/print", PrintAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, RevisitReader reader, TimeProvider time,
        string? community, string? month, string? next, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var of = (community is not null && (member.Community is null || member.Community.Value.Value == community)
                ? directory.Find(new CommunityId(community)) : null)
            ?? directory.Find(member.Community ?? directory.Communities[0].Id)!;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(of.TimeZone);
        var words = new DeskWords(UiLanguage.Of(http), directory, zone, new UiTexts("Revisits"));
        if (month is null || !ReportEndpoints.TryMonth(month, out _, out _))
        {
            month = TimeZoneInfo.ConvertTime(time.Now(), zone).AddMonths(-1)
                .ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        }

        var report = (await reader.MonthAsync(of.Id, month, ct))!;
        var page = await reader.ListAsync(of.Id, month, PageSize, next, ct);
        var lines = page.Rows.Where(r => MaySee(r, member)).Select(r => LineOf(r, words, time.Now()))
            .ToImmutableArray();
        var choices = directory.Communities.Where(c => member.Community is null || c.Id == member.Community)
            .Select(c => new DeskChoice(c.Id.Value, words.Community(c))).ToImmutableArray();
        return DeskPages.Page<RevisitListPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, member)), ("Report", report), ("Lines", lines),
            ("Communities", choices), ("Next", page.Next),
            ("NameOf", (Func<string, string>)(id =>
                id.Length == 0 ? words["Nobody"] : words.Person(new StaffId(id)))));
    }

    /// <summary>Saves loading each: whoever is not shown a line could not open it either.</summary>
    private static bool MaySee(RevisitRow r, StaffMember member) => r.Owner == nameof(Unit.Office)
        ? member.Unit is Unit.Office or Unit.Quality or Unit.Leader
        : member.Unit is Unit.Quality or Unit.Leader || member.Unit.ToString() == r.Owner;

    private static RevisitListLine LineOf(RevisitRow r, DeskWords words, DateTimeOffset now)
    {
        var open = r.Outcome == nameof(RevisitOutcome.None);
        return new RevisitListLine(
            r.RowKey, $"/desk/revisits/{r.Stream[(RevisitKind.Name.Length + 1)..]}",
            words[$"Matter.{r.Matter}"] + " · " + words.Name(Enum.Parse<Category>(r.Category)),
            r.Handler.Length == 0 ? words["Nobody"] : words.Person(new StaffId(r.Handler)),
            words.Name(Enum.Parse<RevisitOutcome>(r.Outcome)), r.Outcome == nameof(RevisitOutcome.Signed),
            open && r.Due < now, r.Quality is null ? "" : $"{r.Quality} / {r.Attitude}", words.Time(r.Due),
            r.Complaint);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, string id, StaffSessions sessions, RevisitKind revisits, RevisitDesk viewer, string? done,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(id, member, revisits, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var words = viewer.WordsOf(found, UiLanguage.Of(http));
        var notice = done is not null && words.Find($"Action.{done}") is { } what
            ? new DeskNotice(false, words.Format("Notice.Done", ("what", what)), null)
            : null;
        return Page(http, member, found, viewer, words, notice, null, StatusCodes.Status200OK);
    }

    private static async Task<IResult> PrintAsync(
        HttpContext http, string id, StaffSessions sessions, RevisitKind revisits, RevisitDesk viewer,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        return await FindAsync(id, member, revisits, ct) is { } found
            ? DeskPages.Page<RevisitPrintPage>(
                StatusCodes.Status200OK, ("Language", UiLanguage.Of(http)),
                ("Revisit", viewer.Show(found, member, viewer.WordsOf(found, UiLanguage.Of(http)), null)),
                ("Company", revisits.RulesOf(found.State).Directory.Company))
            : DeskPages.NotFound(http, member);
    }

    private static async Task<IResult> ActAsync(
        HttpContext http, string id, StaffSessions sessions, RevisitKind revisits, RevisitDesk viewer,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(id, member, revisits, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var words = viewer.WordsOf(found, UiLanguage.Of(http));
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null)
            return Page(http, member, found, viewer, words, words.Error(reason!), null, status);
        if (form.Seen(member.Id) is not { } seen)
        {
            return Page(
                http, member, found, viewer, words, words.Error("Notice.Expired"), form,
                StatusCodes.Status400BadRequest);
        }

        var zone = revisits.RulesOf(found.State).Calendar.Zone;
        var (command, bad) = await RevisitForms.ReadAsync(form, zone, ct);
        var result = bad is not null
            ? new MatterResult<Revisit>.Refused(bad)
            : await revisits.HandleAsync(found.Stream, command!, new Actor.Staff(member), seen, ct);
        switch (result)
        {
            case MatterResult<Revisit>.Done:
                return TypedResults.LocalRedirect($"~/desk/revisits/{id}?done={form["action"]}");
            case MatterResult<Revisit>.Refused { Refusal: var no }:
                form.WrongField = no.Field is { } field ? DeskWords.Short(field) : null;
                found = await FindAsync(id, member, revisits, ct) ?? found;
                return Page(
                    http, member, found, viewer, words, words.Refused(no, form["action"]), form,
                    DeskPages.StatusOf(no.Code));
            case MatterResult<Revisit>.Reused:
                return Page(
                    http, member, found, viewer, words, words.Error("Notice.Reused"), form,
                    StatusCodes.Status409Conflict);
            default:
                return DeskPages.NotFound(http, member);
        }
    }

    private static async Task<LoadedMatter<Revisit>?> FindAsync(
        string id, StaffMember member, RevisitKind revisits, CancellationToken ct) =>
        Pages.Orders.MatterIds.IsSound(id) && await revisits.LoadAsync(revisits.StreamOf(id), ct) is { } found
            && found.State.MaySee(member) ? found : null;

    private static IResult Page(
        HttpContext http, StaffMember member, LoadedMatter<Revisit> found, RevisitDesk viewer, DeskWords words,
        DeskNotice? notice, PostedForm? form, int status) =>
        DeskPages.Page<RevisitPage>(
            status, ("Frame", DeskPages.Frame(http, member, notice)),
            ("Revisit", viewer.Show(found, member, words, form)));
}
