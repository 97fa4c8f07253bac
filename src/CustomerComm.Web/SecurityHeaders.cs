using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web;

/// <summary>Headers that keep pages from being framed, sniffed or made to load anything from elsewhere.</summary>
internal static class SecurityHeaders
{
    // Web Chat sets inline styles; scripts come from our own files alone.
    private static string Policy(WebOptions options) =>
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; connect-src 'self'"
        + (options.DirectLine is { } line ? " " + line.GetLeftPart(UriPartial.Authority) : "");

    /// <summary>The middleware.</summary>
    public static Func<HttpContext, RequestDelegate, Task> Add(WebOptions options)
    {
        var policy = Policy(options);
        return (context, next) => AddAsync(context, policy, next);
    }

    private static Task AddAsync(HttpContext context, string policy, RequestDelegate next)
    {
        // Set at the last moment: an error clears what was set before.
        context.Response.OnStarting(
            static state =>
            {
                var (response, allowed) = ((HttpResponse, string))state;
                var headers = response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers.ContentSecurityPolicy = allowed;
                headers["Referrer-Policy"] = "no-referrer";
                return Task.CompletedTask;
            },
            (context.Response, policy));
        return next(context);
    }
}
