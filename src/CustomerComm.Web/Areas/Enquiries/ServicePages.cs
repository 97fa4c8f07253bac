using CustomerComm.App.Enquiries;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Enquiries;

/// <summary>The service catalogue as everybody may read it, as a page and as JSON (4.2.3).</summary>
internal static class ServicePages
{
    public static void MapServiceCatalogue(this IEndpointRouteBuilder app)
    {
        app.MapGet("/services", (HttpContext http, ServiceCatalogue catalogue, CompanyDirectory directory) =>
            PageResults.Page<ServicesPage>(
                http, 200, ("Context", new PageContext(UiLanguage.Of(http), directory, "/services")),
                ("File", catalogue.File))).ExcludeFromDescription();
        app.MapGet("/api/services", (ServiceCatalogue catalogue) => TypedResults.Ok(catalogue.File))
            .WithSummary("The service catalogue: what is offered, at which price, and what is out of scope.");
    }
}
