using System.Security.Claims;
using System.Security.Cryptography;
using CustomerComm.App.SignIns;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Desk;

/// <summary>
/// Who of the staff is at the desk. Signing in takes a code from the phone on file; a demo on this very machine lets in
/// by a click on a name. The browser shows the name of a session that is kept in the store: signing out ends it there, and
/// what was copied of it is worth nothing from then on.
/// </summary>
internal sealed class StaffSessions(CompanyDirectory directory, SignInKind signIns, WebOptions options)
{
    private const string Demo = "demo";
    private const string Asker = "cc-asker";

    /// <summary>The member of staff signed in, or null.</summary>
    public StaffMember? Current(HttpContext http) =>
        http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            && (IsDemo(http) || !http.User.HasClaim(Demo, "1"))
            ? directory.Find(new StaffId(id))
            : null;

    /// <summary>True where a click on a name is enough: in a demo, on this machine.</summary>
    public bool IsDemo(HttpContext http) => options.Simulator && options.IsLocal(http);

    /// <summary>Signs in by a click; false where there is no such member of staff or it is no demo.</summary>
    public async Task<bool> SignInAsync(HttpContext http, string id)
    {
        if (!IsDemo(http) || directory.Find(new StaffId(id)) is not { } member)
            return false;
        var session = NewName();
        await signIns.BeginAsync(member, session, http.RequestAborted);
        await BeginAsync(http, member, session, demo: true);
        return true;
    }

    /// <summary>Sends a code, if there is somebody of that phone or id who may have one now.</summary>
    public Task AskCodeAsync(HttpContext http, string phoneOrId, CancellationToken ct) =>
        signIns.AskAsync(phoneOrId, AskerOf(http), ct);

    /// <summary>Signs in with a code; false where it is not the right one, or was asked for elsewhere.</summary>
    public async Task<bool> EnterCodeAsync(HttpContext http, string phoneOrId, string code, CancellationToken ct)
    {
        var session = NewName();
        if (await signIns.EnterAsync(phoneOrId, code, AskerOf(http), session, ct) is not { } member)
            return false;
        await BeginAsync(http, member, session, demo: false);
        return true;
    }

    /// <summary>Signs out: the session ends wherever its name was copied to.</summary>
    public async Task SignOutAsync(HttpContext http, CancellationToken ct)
    {
        if (Current(http) is { } member && http.User.FindFirstValue(ClaimTypes.Sid) is { } session)
            await signIns.EndAsync(member.Id, session, member.Id, ct);
        await http.SignOutAsync();
    }

    /// <summary>
    /// A cookie counts only as long as its session goes on; for the pages' files, which are the same for all, nobody looks.
    /// </summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var (http, user) = (context.HttpContext, context.Principal);
        if (http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
            || user?.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id
            || user.FindFirstValue(ClaimTypes.Sid) is not { } session
            || !await http.RequestServices.GetRequiredService<SignInKind>()
                .IsAtAsync(new StaffId(id), session, http.RequestAborted))
        {
            context.RejectPrincipal();
        }
    }

    /// <summary>What the browser is known by when it asks for codes; it gets a name the first time.</summary>
    private static string AskerOf(HttpContext http)
    {
        if (http.Request.Cookies[Asker] is { Length: 32 } known)
            return known;
        var name = NewName();
        http.Response.Cookies.Append(Asker, name, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/desk",
        });
        return name;
    }

    private static string NewName() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static Task BeginAsync(HttpContext http, StaffMember member, string session, bool demo)
    {
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, member.Id.Value), new Claim(ClaimTypes.Sid, session),
                new Claim(Demo, demo ? "1" : "0"),
            ],
            CookieAuthenticationDefaults.AuthenticationScheme);
        return http.SignInAsync(new ClaimsPrincipal(identity));
    }
}
