using System.Security.Claims;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Desk;

/// <summary>
/// Who of the staff is at the desk. The demo sign-in asks for no password, so it works from this machine only unless
/// the settings open it.
/// </summary>
internal sealed class StaffSessions(CompanyDirectory directory, WebOptions options)
{
    /// <summary>The member of staff signed in, or null.</summary>
    public StaffMember? Current(HttpContext http) =>
        MaySignIn(http) && http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            ? directory.Find(new StaffId(id))
            : null;

    /// <summary>True where the desk is open to this machine.</summary>
    public bool MaySignIn(HttpContext http) => options.AllowRemoteDesk || options.IsLocal(http);

    /// <summary>Signs in; false where there is no such member of staff or the desk is closed to this machine.</summary>
    public async Task<bool> SignInAsync(HttpContext http, string id)
    {
        if (!MaySignIn(http) || directory.Find(new StaffId(id)) is not { } member)
            return false;
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, member.Id.Value)], CookieAuthenticationDefaults.AuthenticationScheme);
        await http.SignInAsync(new ClaimsPrincipal(identity));
        return true;
    }
}
