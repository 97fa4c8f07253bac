using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Pages;

/// <summary>Errors as plain pages, where a browser asked for a page rather than a program for data.</summary>
internal sealed class HtmlProblems(CompanyDirectory directory) : IProblemDetailsWriter
{
    /// <inheritdoc/>
    public bool CanWrite(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        return !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && !request.Path.StartsWithSegments("/v3", StringComparison.OrdinalIgnoreCase)
            && request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html");
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var status = context.Exception is BadHttpRequestException bad
            ? bad.StatusCode
            : context.ProblemDetails.Status ?? http.Response.StatusCode;
        http.Response.StatusCode = status;
        var known = status is 403 or 404 or 410 or 413 or 500 ? status : status >= 500 ? 500 : 400;
        var page = new PageContext(UiLanguage.Of(http), directory, "/");
        await PageResults.Message(http, page, status, $"Error.{known}").ExecuteAsync(http);
    }
}
