using System.Security.Claims;
using CustomerComm.App.SignIns;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Desk;

/// <summary>
/// Who of the staff is at the desk. Signing in takes a code from the phone on file; a demo on this very machine lets in
/// by a click on a name.
/// </summary>
internal sealed class StaffSessions(CompanyDirectory directory, SignInKind signIns, WebOptions options)
{
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
        await BeginAsync(http, member, demo: true);
        return true;
    }

    /// <summary>Sends a code, if there is somebody of that phone or id who may have one now.</summary>
    public Task AskCodeAsync(string phoneOrId, CancellationToken ct) => signIns.AskAsync(phoneOrId, ct);

    /// <summary>Signs in with a code; false where it is not the right one.</summary>
    public async Task<bool> EnterCodeAsync(HttpContext http, string phoneOrId, string code, CancellationToken ct)
    {
        if (await signIns.EnterAsync(phoneOrId, code, ct) is not { } member)
            return false;
        await BeginAsync(http, member, demo: false);
        return true;
    }

    private const string Demo = "demo";

    private static Task BeginAsync(HttpContext http, StaffMember member, bool demo)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, member.Id.Value), new Claim(Demo, demo ? "1" : "0")],
            CookieAuthenticationDefaults.AuthenticationScheme);
        return http.SignInAsync(new ClaimsPrincipal(identity));
    }
}
