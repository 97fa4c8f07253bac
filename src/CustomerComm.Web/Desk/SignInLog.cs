using System.Collections.Immutable;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.SignIns;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.SignIns;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Desk;

/// <summary>
/// What was done in somebody's name at the door: codes sent, tried, sessions begun and ended. Everybody sees their own and
/// ends all their sessions at once, e.g. when a phone was lost; the leader those of all.
/// </summary>
internal static class SignInLog
{
    private const int Shown = 100;

    public static void MapSignInLog(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/sign-ins", ShowAsync);
        desk.MapPost("/sign-ins", EndAsync);
    }

    private static Task<IResult> ShowAsync(
        HttpContext http, StaffSessions sessions, SignInKind signIns, CompanyDirectory directory, RulesBook book,
        TimeProvider time, string? staff, CancellationToken ct) => sessions.Current(http) is { } member
        ? PageAsync(http, member, staff, null, StatusCodes.Status200OK, signIns, directory, book, time, ct)
        : Task.FromResult(DeskPages.SignIn(http));

    private static async Task<IResult> EndAsync(
        HttpContext http, StaffSessions sessions, SignInKind signIns, CompanyDirectory directory, RulesBook book,
        TimeProvider time, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        var words = new DeskWords(UiLanguage.Of(http), directory);
        if (form is null)
        {
            return await PageAsync(
                http, member, null, words.Error(reason!), status, signIns, directory, book, time, ct);
        }

        var of = new StaffId(form["staff"]);
        if (directory.Find(of) is null)
            return DeskPages.NotFound(http, member);
        if (await signIns.EndAsync(of, null, member.Id, ct) is { } no)
        {
            return await PageAsync(
                http, member, null, words.Refused(no, "SignIns"), DeskPages.StatusOf(no.Code), signIns, directory, book,
                time, ct);
        }

        if (of == member.Id)
            return TypedResults.LocalRedirect("~/desk/sign-in");
        return await PageAsync(
            http, member, of.Value, new DeskBanner(false, words["SignIns.Ended"], null), StatusCodes.Status200OK, signIns,
            directory, book, time, ct);
    }

    /// <summary>Whose log is shown: theirs who is asked for, where this person may see it, else their own.</summary>
    private static StaffMember Of(StaffMember member, string? staff, CompanyDirectory directory) =>
        staff is not null && directory.Find(new StaffId(staff)) is { } other && SignIn.MaySee(member, other.Id)
            ? other : member;

    private static async Task<IResult> PageAsync(
        HttpContext http, StaffMember member, string? staff, DeskBanner? banner, int status, SignInKind signIns,
        CompanyDirectory directory, RulesBook book, TimeProvider time, CancellationToken ct)
    {
        var of = Of(member, staff, directory);
        var zone = book.Current(of.Community ?? directory.Communities[0].Id).Calendar.Zone;
        var words = new DeskWords(UiLanguage.Of(http), directory, zone);
        var log = await signIns.LogAsync(of.Id, ct);
        var now = time.GetUtcNow();
        return DeskPages.Page<SignInsPage>(
            status, ("Frame", DeskPages.Frame(http, member, banner)), ("Of", of),
            ("Open", words.Format("SignIns.Open", ("count", $"{log?.State.Sessions.Count(s => now < s.Value) ?? 0}"))),
            ("Events", (ImmutableArray<DeskEvent>)
            [
                .. (log?.Events ?? []).Reverse().Take(Shown)
                    .Select(e => new DeskEvent(words.Time(e.At), DeskWords.Iso(e.At), words[KeyOf(e)], [])),
            ]),
            ("Staff", (ImmutableArray<StaffMember>)[.. directory.Staff.Where(s => SignIn.MaySee(member, s.Id))]));
    }

    private static string KeyOf(MatterHappened e) => e.Event switch
    {
        SignInEvent.CodeEntered { Right: false } => "SignIns.CodeWrong",
        SignInEvent.SessionBegun { Way: SignInWay.Click } => "SignIns.SessionByClick",
        SignInEvent.SessionsEnded { Session: null } => "SignIns.AllEnded",
        var own => $"SignIns.{own.GetType().Name}",
    };
}
