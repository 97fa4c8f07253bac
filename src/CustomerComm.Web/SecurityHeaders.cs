using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web;

/// <summary>Headers that keep pages from being framed, sniffed or made to load anything from elsewhere.</summary>
internal static class SecurityHeaders
{
    // Web Chat sets inline styles; scripts come from our own files alone.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        // Set at the last moment: an error clears what was set before.
        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpContext)state).Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers.ContentSecurityPolicy = Policy;
                headers["Referrer-Policy"] = "no-referrer";
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }
}
