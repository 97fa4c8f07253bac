using System.Net;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web;

/// <summary>Settings of the web site that differ between hosts.</summary>
public sealed record WebOptions
{
    /// <summary>
    /// Key that the sender of text-message events must show in the header <c>X-Api-Key</c>; without one nobody may send
    /// them, for whoever can send them can speak for any phone.
    /// </summary>
    public string? SmsEventsKey { get; init; }

    /// <summary>
    /// Key that the telephone system must show for <c>POST /api/calls</c> in the header <c>X-Api-Key</c>; without one
    /// nobody may.
    /// </summary>
    public string? CallsKey { get; init; }

    /// <summary>
    /// Key that an authority's system must show for <c>/api/outside</c> in the header <c>X-Api-Key</c>; without one nobody
    /// may.
    /// </summary>
    public string? OutsideKey { get; init; }

    /// <summary>
    /// Keys of other systems that may open complaints over Open311 (<c>api_key</c>), separated by commas; without one nobody
    /// may.
    /// </summary>
    public string? Open311Keys { get; init; }

    /// <summary>
    /// It is a demo: the phone simulator is there, pages link to it, and on this machine a click on a name signs in
    /// without a code.
    /// </summary>
    public bool Simulator { get; init; }

    /// <summary>
    /// Every request comes through a proxy, so that one from this machine's own address proves nothing.
    /// </summary>
    public bool BehindProxy { get; init; }

    /// <summary>
    /// People reach the site by https, whatever a proxy speaks to it: cookies go by https alone, and browsers are told to
    /// come no other way.
    /// </summary>
    public bool Secure { get; init; }

    /// <summary>
    /// Where the chat page speaks Direct Line: null for the site's own endpoints, else the service's address, e.g.
    /// <c>https://directline.botframework.com/v3/directline</c>.
    /// </summary>
    public Uri? DirectLine { get; init; }

    /// <summary>Where the chat page gets its token from.</summary>
    public string DirectLineToken { get; init; } = "/v3/directline/tokens/generate";

    // What proxies add; a request with one of them comes from somewhere else, whatever its address looks like.
    private static readonly string[] s_forwarding =
    [
        "Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port",
        "X-Forwarded-Server", "X-Real-IP", "X-Client-IP", "X-Original-Host", "X-Original-For", "True-Client-IP",
        "CF-Connecting-IP",
    ];

    /// <summary>
    /// True where a request is known to come from this machine: from its own address, to its own address, and through
    /// nobody's hands.
    /// </summary>
    public bool IsLocal(HttpContext http) =>
        !BehindProxy && http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
        && IsLoopback(http.Request.Host.Host) && !Array.Exists(s_forwarding, http.Request.Headers.ContainsKey);

    /// <summary>True where the name of a host is one of this machine alone.</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
