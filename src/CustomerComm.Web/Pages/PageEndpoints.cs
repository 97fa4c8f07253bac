using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Pages;

/// <summary>Pages for residents and management.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder app) => _ = app;
}
