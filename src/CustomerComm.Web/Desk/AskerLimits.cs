using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Desk;

/// <summary>
/// How often one address may ask for a code or try one, whoever's it is: besides the limits of each phone, so that nobody
/// tries all phones in turn.
/// </summary>
internal static class AskerLimits
{
    /// <summary>Name of the limit.</summary>
    public const string Codes = "codes";

    /// <summary>Requests that one address may make in <see cref="Window"/>.</summary>
    public const int Most = 40;

    /// <summary>Time in which they are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public static void Configure(RateLimiterOptions limits)
    {
        limits.AddPolicy(Codes, http => RateLimitPartition.GetSlidingWindowLimiter(
            AddressOf(http),
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = Most,
                Window = Window,
                SegmentsPerWindow = 10,
                QueueLimit = 0,
            }));
        limits.OnRejected = (rejected, _) =>
        {
            var http = rejected.HttpContext;
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter =
                ((int)Window.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return new ValueTask(DeskPages.Problem(
                http, null, StatusCodes.Status429TooManyRequests, "Banner.TooManyCodes").ExecuteAsync(http));
        };
    }

    /// <summary>Limits an endpoint.</summary>
    public static void Limited(this IEndpointConventionBuilder endpoint) => endpoint.RequireRateLimiting(Codes);

    /// <summary>Behind a proxy the address it was told last: whoever asks writes those before it as they like.</summary>
    private static string AddressOf(HttpContext http)
    {
        var own = http.Connection.RemoteIpAddress?.ToString() ?? "";
        if (!http.RequestServices.GetRequiredService<WebOptions>().BehindProxy)
            return own;
        var told = http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        return IPEndPoint.TryParse(told, out var end) ? end.Address.ToString() : own;
    }
}
