using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Desk;

/// <summary>The desk of staff.</summary>
internal static class DeskEndpoints
{
    public static void MapDesk(this IEndpointRouteBuilder app) => _ = app;
}
