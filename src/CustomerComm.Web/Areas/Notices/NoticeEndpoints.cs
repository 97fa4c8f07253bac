using System.Collections.Immutable;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Notices;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Notices;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Notices;

/// <summary>Pages of notices at the desk.</summary>
internal static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/notices", ListAsync);
        desk.MapGet("/notices/new", Blank);
        desk.MapPost("/notices/new", DraftAsync);
        desk.MapGet("/notices/{number}", ShowAsync);
        desk.MapPost("/notices/{number}", ActAsync);
        desk.MapGet("/notices/{number}/receipts", ReceiptsAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, StaffSessions sessions, NoticeReader reader, NoticeView view, RulesBook book,
        string? community, string? from, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var chosen = CommunityOf(community, member, book.Directory);
        var page = await reader.AllAsync(chosen.Id, from, ct);
        var words = view.WordsFor(UiLanguage.Of(http), chosen.Id);
        return DeskPages.Page<NoticesPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, member)), ("Community", chosen.Id.Value),
            ("Communities", Seen(member, book.Directory).Select(c => new DeskChoice(c.Id.Value, words.Community(c)))
                .ToImmutableArray()),
            ("Items", page.Notices.Select(n => NoticeView.Item(n, words)).ToImmutableArray()),
            ("Next", page.Next is { } next
                ? $"/desk/notices?community={chosen.Id}&from={Uri.EscapeDataString(next)}" : null));
    }

    private static IResult Blank(HttpContext http, StaffSessions sessions, NoticeView view, RulesBook book) =>
        sessions.Current(http) is { } member
            ? New(http, member, view, book, null, null, StatusCodes.Status200OK)
            : DeskPages.SignIn(http);

    private static async Task<IResult> DraftAsync(
        HttpContext http, StaffSessions sessions, NoticeKind notices, NoticeView view, RulesBook book,
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

        MatterResult<Notice> result =
            !form.TryNamed<NoticeType>("kind", out var kind) ? Refused("kind")
            : NoticeForms.AudienceOf(form) is not { } audience ? Refused("audience")
            : await notices.DraftAsync(
                new CommunityId(form["community"]), kind, audience,
                form.All("ways").Contains("sms", StringComparer.Ordinal), NoticeForms.TextOf(form), member,
                seen.Id + seen.Fingerprint, ct);
        if (result is MatterResult<Notice>.Done done)
            return TypedResults.LocalRedirect($"~/desk/notices/{done.Matter.State.Number}");
        var no = ((MatterResult<Notice>.Refused)result).Refusal;
        form.WrongField = no.Field;
        return New(http, member, view, book, form, words.Refused(no, "New"), DeskPages.StatusOf(no.Code));
        static MatterResult<Notice>.Refused Refused(string field) => new(NoticeForms.Bad(field));
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, string number, StaffSessions sessions, NoticeKind notices, NoticeView view, string? done,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await notices.FindAsync(number, ct) is not { } found || !MaySee(member, found.State))
            return DeskPages.NotFound(http, member);
        var words = view.WordsFor(UiLanguage.Of(http), found.State.Community);
        var notice = done is not null && words.Find($"Action.{done}") is { } what
            ? new DeskNotice(false, words.Format("Notice.Done", ("what", what)), null) : null;
        return await PageAsync(http, member, found, view, words, notice, null, StatusCodes.Status200OK, ct);
    }

    private static async Task<IResult> ActAsync(
        HttpContext http, string number, StaffSessions sessions, NoticeKind notices, NoticeView view,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await notices.FindAsync(number, ct) is not { } found || !MaySee(member, found.State))
            return DeskPages.NotFound(http, member);
        var words = view.WordsFor(UiLanguage.Of(http), found.State.Community);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null || form.Seen(member.Id) is not { } seen)
        {
            return await PageAsync(
                http, member, found, view, words, words.Error(reason ?? "Notice.Expired"), form,
                status == StatusCodes.Status200OK ? StatusCodes.Status400BadRequest : status, ct);
        }

        var (command, bad) = NoticeForms.Read(form, notices.RulesOf(found.State).Calendar.Zone);
        var result = bad is not null
            ? new MatterResult<Notice>.Refused(bad)
            : await notices.HandleAsync(found.Stream, command!, new Actor.Staff(member), seen, ct);
        switch (result)
        {
            case MatterResult<Notice>.Done:
                return TypedResults.LocalRedirect($"~/desk/notices/{found.State.Number}?done={form["action"]}");
            case MatterResult<Notice>.Refused no:
                form.WrongField = no.Refusal.Field;
                found = await notices.FindAsync(number, ct) ?? found;
                return await PageAsync(
                    http, member, found, view, words, words.Refused(no.Refusal, form["action"]), form,
                    DeskPages.StatusOf(no.Refusal.Code), ct);
            default:
                return await PageAsync(
                    http, member, found, view, words, words.Error("Notice.Reused"), form, StatusCodes.Status409Conflict,
                    ct);
        }
    }

    private static async Task<IResult> ReceiptsAsync(
        HttpContext http, string number, StaffSessions sessions, NoticeKind notices, NoticeReader reader,
        NoticeView view, int? edition, string? change, string? status, string? next, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await notices.FindAsync(number, ct) is not { } found || !MaySee(member, found.State)
            || !Enum.TryParse<NoticeChange>(change, out var told) || !Enum.IsDefined(told))
        {
            return DeskPages.NotFound(http, member);
        }

        ReceiptStatus? only = Enum.TryParse<ReceiptStatus>(status, out var wanted) && Enum.IsDefined(wanted)
            ? wanted : null;
        var words = view.WordsFor(UiLanguage.Of(http), found.State.Community);
        var (receipts, more) = await reader.ReceiptsAsync(found.State.Number, edition ?? 1, told, only, next, ct);
        var address = $"/desk/notices/{found.State.Number}/receipts?edition={edition ?? 1}&change={told}";
        var lines = receipts.Select(r => new NoticeReceiptLine(
            words.Community(words.Directory.Find(r.Community)!), r.Home, words.Name(r.Status),
            r.Status == ReceiptStatus.Opened, r.Status is ReceiptStatus.Failed or ReceiptStatus.NoPhone));
        return DeskPages.Page<NoticeReceiptsPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, member)), ("Number", found.State.Number),
            ("Address", address), ("Only", only?.ToString() ?? ""),
            ("Statuses", Enum.GetValues<ReceiptStatus>().Select(s => new DeskChoice(s.ToString(), words.Name(s)))
                .ToImmutableArray()),
            ("Lines", lines.ToImmutableArray()),
            ("Next", more is null ? null : $"{address}&status={only}&next={Uri.EscapeDataString(more)}"));
    }

    /// <summary>An office sees the notices of its own community and those to all; the departments see all.</summary>
    private static bool MaySee(StaffMember member, Notice s) =>
        member.Community is null || member.Community == s.Community || s.Audience.Kind == AudienceKind.All;

    private static IEnumerable<Community> Seen(StaffMember member, CompanyDirectory directory) =>
        directory.Communities.Where(c => member.Community is null || member.Community == c.Id);

    private static Community CommunityOf(string? asked, StaffMember member, CompanyDirectory directory) =>
        Seen(member, directory).FirstOrDefault(c => c.Id.Value == asked?.ToUpperInvariant())
        ?? Seen(member, directory).First();

    private static IResult New(
        HttpContext http, StaffMember member, NoticeView view, RulesBook book, PostedForm? typed, DeskNotice? notice,
        int status)
    {
        var words = view.WordsFor(UiLanguage.Of(http), book.Directory.Communities[0].Id);
        return DeskPages.Page<NewNoticePage>(
            status, ("Frame", DeskPages.Frame(http, member, notice)),
            ("Fields", NoticeForms.Blank(words, member, book.Directory, typed)), ("Key", Guid.NewGuid().ToString("N")));
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, StaffMember member, LoadedMatter<Notice> found, NoticeView view, DeskWords words,
        DeskNotice? notice, PostedForm? form, int status, CancellationToken ct) => DeskPages.Page<NoticePage>(
        status, ("Frame", DeskPages.Frame(http, member, notice)),
        ("Notice", await view.DetailAsync(found, member, words, form, ct)));
}
