using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Pages.Orders;

/// <summary>The pages where residents follow, amend, judge and sign.</summary>
internal static class OrderPageRoutes
{
    public static void MapOrderPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        OrderPages.Map(pages);
        EvaluationPages.Map(pages);
        RevisitPages.Map(pages);
    }
}
