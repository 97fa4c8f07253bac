using System.Net;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web;

/// <summary>Settings of the web site that differ between hosts.</summary>
public sealed record WebOptions
{
    /// <summary>
    /// Key that the sender of text-message events must show, as <c>?key=</c> or header <c>X-Api-Key</c>; without one
    /// only this machine may send them, for whoever can send them can speak for any phone.
    /// </summary>
    public string? SmsEventsKey { get; init; }

    /// <summary>
    /// Key that the telephone system must show for <c>POST /api/calls</c>, as <c>?key=</c> or header <c>X-Api-Key</c>;
    /// without one only this machine may send.
    /// </summary>
    public string? CallsKey { get; init; }

    /// <summary>
    /// Key that an authority's system must show for <c>/api/outside</c>, as <c>?key=</c> or header <c>X-Api-Key</c>;
    /// without one only this machine may send.
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
    /// Where the chat page speaks Direct Line: null for the site's own endpoints, else the service's address, e.g.
    /// <c>https://directline.botframework.com/v3/directline</c>.
    /// </summary>
    public Uri? DirectLine { get; init; }

    /// <summary>Where the chat page gets its token from.</summary>
    public string DirectLineToken { get; init; } = "/v3/directline/tokens/generate";

    /// <summary>True where a request is known to come from this machine.</summary>
    public bool IsLocal(HttpContext http)
    {
        return !BehindProxy && (http.Connection.RemoteIpAddress is not { } from || IPAddress.IsLoopback(from));
    }
}
