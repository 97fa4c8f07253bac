using System.Collections.Immutable;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Meetings;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Meetings;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Meetings;

/// <summary>Pages of meetings at the desk.</summary>
internal static class MeetingEndpoints
{
    public static void MapMeetings(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/meetings", ListAsync);
        desk.MapGet("/meetings/new", Blank);
        desk.MapPost("/meetings/new", PlanAsync);
        desk.MapGet("/meetings/{number}", ShowAsync);
        desk.MapPost("/meetings/{number}", ActAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, StaffSessions sessions, MeetingKind meetings, MeetingView view, RulesBook book,
        string? community, int? page, CancellationToken ct)
    {
        const int size = 30;
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var seen = book.Directory.Communities.Where(c => member.Community is null || member.Community == c.Id).ToList();
        var chosen = seen.Find(c => c.Id.Value == community?.ToUpperInvariant()) ?? seen[0];
        var words = view.WordsFor(UiLanguage.Of(http), chosen.Id);
        var rows = await meetings.ListAsync(chosen.Id, ct);
        var skip = Math.Clamp(page ?? 1, 1, 1_000) - 1;
        return DeskPages.Page<MeetingsPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, member)), ("Community", chosen.Id.Value),
            ("Communities", seen.Select(c => new DeskChoice(c.Id.Value, words.Community(c))).ToImmutableArray()),
            ("Committee", book.Directory.Committee.Where(c => c.Community == chosen.Id)
                .Select(c => new DeskFact(c.Role, c.Name)).ToImmutableArray()),
            ("Items", rows.Skip(skip * size).Take(size).Select(r => MeetingView.Item(r, words)).ToImmutableArray()),
            ("Next", rows.Count > (skip + 1) * size
                ? $"/desk/meetings?community={chosen.Id}&page={skip + 2}" : null));
    }

    private static IResult Blank(HttpContext http, StaffSessions sessions, MeetingView view, RulesBook book) =>
        sessions.Current(http) is { } member
            ? New(http, member, view, book, null, null, StatusCodes.Status200OK)
            : DeskPages.SignIn(http);

    private static async Task<IResult> PlanAsync(
        HttpContext http, StaffSessions sessions, MeetingKind meetings, MeetingView view, RulesBook book,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var words = view.WordsFor(UiLanguage.Of(http), book.Directory.Communities[0].Id);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null || form.Seen(member.Id) is not { } seen)
        {
            var notice = words.Error(reason ?? "Notice.Expired");
            return New(
                http, member, view, book, form, notice,
                status == StatusCodes.Status200OK ? StatusCodes.Status400BadRequest : status);
        }

        var community = new CommunityId(form["community"]);
        var zone = book.Directory.Find(community) is null ? TimeZoneInfo.Utc : book.Current(community).Calendar.Zone;
        var result = form.TryTime("at", zone, out var at) && at is { } then
            ? await meetings.PlanAsync(
                community, then, form["place"].Trim(), MeetingForms.Text(form, "agenda"), member,
                seen.Id + seen.Fingerprint, ct)
            : new MatterResult<Meeting>.Refused(MeetingForms.Bad("at"));
        if (result is MatterResult<Meeting>.Done done)
            return TypedResults.LocalRedirect($"~/desk/meetings/{done.Matter.State.Number}");
        var no = ((MatterResult<Meeting>.Refused)result).Refusal;
        form.WrongField = no.Field;
        return New(http, member, view, book, form, words.Refused(no, "New"), DeskPages.StatusOf(no.Code));
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, string number, StaffSessions sessions, MeetingKind meetings, MeetingView view,
        string? done, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(number, member, meetings, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var words = view.WordsFor(UiLanguage.Of(http), found.State.Community);
        var notice = done is not null && words.Find($"Action.{done}") is { } what
            ? new DeskNotice(false, words.Format("Notice.Done", ("what", what)), null) : null;
        return await PageAsync(http, member, found, view, words, notice, null, StatusCodes.Status200OK, ct);
    }

    private static async Task<IResult> ActAsync(
        HttpContext http, string number, StaffSessions sessions, MeetingKind meetings, MeetingView view,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(number, member, meetings, ct) is not { } found)
            return DeskPages.NotFound(http, member);
        var words = view.WordsFor(UiLanguage.Of(http), found.State.Community);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null || form.Seen(member.Id) is not { } seen)
        {
            return await PageAsync(
                http, member, found, view, words, words.Error(reason ?? "Notice.Expired"), form,
                status == StatusCodes.Status200OK ? StatusCodes.Status400BadRequest : status, ct);
        }

        var (command, bad) = MeetingForms.Read(form, found.State, words, meetings.RulesOf(found.State).Calendar.Zone);
        var result = bad is not null
            ? new MatterResult<Meeting>.Refused(bad)
            : await meetings.HandleAsync(found.Stream, command!, new Actor.Staff(member), seen, ct);
        switch (result)
        {
            case MatterResult<Meeting>.Done:
                return TypedResults.LocalRedirect($"~/desk/meetings/{found.State.Number}?done={form["action"]}");
            case MatterResult<Meeting>.Refused no:
                form.WrongField = no.Refusal.Field == "attendees" ? "committee" : no.Refusal.Field;
                found = await meetings.FindAsync(number, ct) ?? found;
                return await PageAsync(
                    http, member, found, view, words, words.Refused(no.Refusal, form["action"]), form,
                    DeskPages.StatusOf(no.Refusal.Code), ct);
            default:
                return await PageAsync(
                    http, member, found, view, words, words.Error("Notice.Reused"), form, StatusCodes.Status409Conflict,
                    ct);
        }
    }

    /// <summary>An office sees its own community's meetings, and whoever carries an action out sees that one.</summary>
    private static async Task<LoadedMatter<Meeting>?> FindAsync(
        string number, StaffMember member, MeetingKind meetings, CancellationToken ct) =>
        await meetings.FindAsync(number, ct) is { } found
            && (member.Community is null || member.Community == found.State.Community
                || found.State.Actions.Exists(a => a.Owner == member.Id))
            ? found : null;

    private static IResult New(
        HttpContext http, StaffMember member, MeetingView view, RulesBook book, PostedForm? typed, DeskNotice? notice,
        int status)
    {
        var words = view.WordsFor(UiLanguage.Of(http), book.Directory.Communities[0].Id);
        return DeskPages.Page<NewMeetingPage>(
            status, ("Frame", DeskPages.Frame(http, member, notice)),
            ("Fields", MeetingForms.Blank(words, member, typed)), ("Key", Guid.NewGuid().ToString("N")));
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, StaffMember member, LoadedMatter<Meeting> found, MeetingView view, DeskWords words,
        DeskNotice? notice, PostedForm? form, int status, CancellationToken ct) => DeskPages.Page<MeetingPage>(
        status, ("Frame", DeskPages.Frame(http, member, notice)),
        ("Meeting", await view.DetailAsync(found, member, words, form, ct)));
}
