using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Areas;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Desk;

/// <summary>
/// The desk of staff: its work list; see <see cref="SignInEndpoints"/> and the areas.
/// </summary>
internal static class DeskEndpoints
{
    public static void MapDesk(this IEndpointRouteBuilder app)
    {
        // Tokens are checked in PostedForm.ReadAsync, so that a stale page gets a banner in the reader's language.
        var desk = app.MapGroup("/desk").ExcludeFromDescription().DisableAntiforgery();
        desk.MapSignIn();
        desk.MapSignInLog();
        desk.MapGet("", WorkAsync);
        desk.MapAreas(app.ServiceProvider.GetServices<IDeskArea>());
    }

    /// <summary>An address of the desk or of the reports, whatever was asked for.</summary>
    internal static string Local(string? back) =>
        back is not null && (back is "/desk" or "/reports" || back.StartsWith("/desk/", StringComparison.Ordinal)
            || back.StartsWith("/reports?", StringComparison.Ordinal)
            || back.StartsWith("/reports/", StringComparison.Ordinal))
        && !back.Contains('\\', StringComparison.Ordinal) && IsStraight(back)
        && !back.StartsWith("/desk/sign-", StringComparison.Ordinal)
            ? back : "/desk";

    /// <summary>The path goes nowhere but where it says: no way back up, in no spelling.</summary>
    private static bool IsStraight(string address)
    {
        var path = address.AsSpan(0, address.AsSpan().IndexOf('?') is var end and >= 0 ? end : address.Length);
        return !path.Contains("..", StringComparison.Ordinal) && !path.Contains('%');
    }

    private static async Task<IResult> WorkAsync(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, WorkList list, ComplaintKind service,
        CalendarWatch calendars, PostWatch posts, TimeProvider time, string? number, CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var words = new DeskWords(UiLanguage.Of(http), directory);
        DeskBanner? banner = null;
        if (!string.IsNullOrWhiteSpace(number))
        {
            if (Read(number, directory, time) is { } wanted && await service.FindAsync(wanted, ct) is { } found
                && Authority.MayOpen(found.Tracked, member, directory))
            {
                return TypedResults.LocalRedirect($"~/desk/complaints/{wanted}");
            }

            banner = words.Error("Banner.NotFound");
        }

        var work = await list.OfAsync(member, words, ct);
        return DeskPages.Page<WorkPage>(
            banner is null ? StatusCodes.Status200OK : StatusCodes.Status404NotFound,
            ("Frame", DeskPages.Frame(http, member, banner)), ("Work", work), ("Asked", number ?? ""),
            ("Missing", MissingOf(calendars, member, words).AddRange(
                (await posts.ShownToAsync(member, ct)).Select(a => AlarmOf(a, words)))));
    }

    private static ImmutableArray<string> MissingOf(CalendarWatch calendars, StaffMember member, DeskWords words) =>
    [
        .. calendars.ShownTo(member).Select(m => words.Format(
            "Work.HolidaysMissing", ("community", words.Community(words.Directory.Known(m.Community))),
            ("year", m.Year.ToString(words.Culture)))),
    ];

    private static string AlarmOf(PostAlarm alarm, DeskWords words) => words.Format(
        $"Work.Post{alarm.Kind}",
        ("community", alarm.Community is { } c ? words.Community(words.Directory.Known(c)) : ""),
        ("unit", alarm.Unit is { } unit ? words.Name(unit) : ""),
        ("staff", alarm.Staff is { } staff ? words.Person(staff) : ""),
        ("count", alarm.Open.ToString(words.Culture)));

    /// <summary>A number in full or short as in text messages.</summary>
    private static MatterNumber? Read(string text, CompanyDirectory directory, TimeProvider time)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(directory.Communities[0].TimeZone);
        return MatterNumber.TryParse(text, out var number)
            ? number
            : MatterCode.Find(text, MatterNumber.Complaint, TimeZoneInfo.ConvertTime(time.Now(), zone).Year);
    }
}
