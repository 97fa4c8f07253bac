using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web;

/// <summary>Takes a request for what it is, before its address is looked up.</summary>
internal static class RequestShape
{
    /// <summary>
    /// Where people reach the site by https, each request counts as https, whatever the proxy before it speaks. Who asks
    /// for the head of a page gets what the page would have, without the page.
    /// </summary>
    public static Func<HttpContext, RequestDelegate, Task> Take(WebOptions options) => (http, next) =>
    {
        if (options.Secure)
            http.Request.Scheme = Uri.UriSchemeHttps;
        return HttpMethods.IsHead(http.Request.Method) ? HeadAsync(http, next) : next(http);
    };

    private static async Task HeadAsync(HttpContext http, RequestDelegate next)
    {
        var body = http.Response.Body;
        (http.Request.Method, http.Response.Body) = (HttpMethods.Get, Stream.Null);
        try
        {
            await next(http);
        }
        finally
        {
            (http.Request.Method, http.Response.Body) = (HttpMethods.Head, body);
        }
    }
}
