using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web;

/// <summary>Headers that keep pages from being framed, sniffed or made to load anything from elsewhere.</summary>
internal static class SecurityHeaders
{
    private const string Year = "max-age=31536000";

    // Web Chat writes styles of its own, on its page alone; scripts come from our own files everywhere.
    private static string Policy(WebOptions options, bool chat) =>
        $"default-src 'self'; script-src 'self'; style-src 'self'{(chat ? " 'unsafe-inline'" : "")}; "
        + "img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; "
        + "form-action 'self'; connect-src 'self'"
        + (options.DirectLine is { } line ? " " + line.GetLeftPart(UriPartial.Authority) : "");

    /// <summary>The middleware.</summary>
    public static Func<HttpContext, RequestDelegate, Task> Add(WebOptions options)
    {
        var (policy, chat) = (Policy(options, chat: false), Policy(options, chat: true));
        return (context, next) => AddAsync(
            context, context.Request.Path.StartsWithSegments("/chat", StringComparison.Ordinal) ? chat : policy, next);
    }

    private static Task AddAsync(HttpContext context, string policy, RequestDelegate next)
    {
        // Set at the last moment: an error clears what was set before.
        context.Response.OnStarting(
            static state =>
            {
                var (http, allowed) = ((HttpContext, string))state;
                var headers = http.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers.ContentSecurityPolicy = allowed;
                headers["Referrer-Policy"] = "no-referrer";
                if (http.Request.IsHttps)
                    headers.StrictTransportSecurity = Year;
                return Task.CompletedTask;
            },
            (context, policy));
        return next(context);
    }
}
