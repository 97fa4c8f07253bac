using CustomerComm.Domain.Directory;
using CustomerComm.Web.Areas.Orders;
using CustomerComm.Web.Areas.Privacy;
using CustomerComm.Web.Areas.Surveys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Pages;

/// <summary>Pages for residents and management.</summary>
internal static class PageEndpoints
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddSingleton<StatusPages>();
        services.AddSingleton<Matters.SignPages>();
        services.AddSingleton<ReportPages>();
        services.AddSingleton<IProblemDetailsWriter, HtmlProblems>();
    }

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/", (HttpContext http, CompanyDirectory directory, WebOptions options) =>
            PageResults.Page<HomePage>(
                http, 200, ("Context", Context(http, directory, "/")), ("Simulator", options.Simulator)));
        pages.MapGet("/chat", (HttpContext http, CompanyDirectory directory, WebOptions options) =>
            PageResults.Page<ChatPage>(
                http, 200, ("Context", Context(http, directory, "/chat")), ("Options", options)));
        pages.MapGet("/reports", (HttpContext http, ReportPages reports, CancellationToken ct) =>
            reports.ShowAsync(http, ct));
        MapStatus(pages.MapGroup("/c/{id}/{token}"));
        app.ServiceProvider.GetRequiredService<Matters.SignPages>().Map(pages);
        app.ServiceProvider.GetRequiredService<OrderStatusPages>().Map(pages);
        app.ServiceProvider.GetRequiredService<HomePages>().Map(pages);
        app.ServiceProvider.GetRequiredService<PersonPages>().Map(pages);
    }

    private static void MapStatus(RouteGroupBuilder pages)
    {
        pages.MapGet("", (string id, string token, HttpContext http, StatusPages status, CancellationToken ct) =>
            status.ShowAsync(id, token, http, ct));
        pages.MapGet("/withdraw", (string id, string token, HttpContext http, StatusPages status, CancellationToken ct) =>
            status.AskWithdrawAsync(id, token, http, ct));
        pages.MapPost("/note", (string id, string token, HttpContext http, StatusPages status, CancellationToken ct) =>
            status.NoteAsync(id, token, http, ct));
        pages.MapPost("/extension", (string id, string token, HttpContext http, StatusPages status, CancellationToken ct) =>
            status.AnswerAsync(id, token, http, ct));
        pages.MapGet("/access", (string id, string token, HttpContext http, StatusPages status, CancellationToken ct) =>
            status.AccessAsync(id, token, http, ct));
        pages.MapPost("/data", (string id, string token, HttpContext http, StatusPages status, CancellationToken ct) =>
            status.AskDataAsync(id, token, http, ct));
        pages.MapPost("/object", (string id, string token, HttpContext http, StatusPages status, CancellationToken ct) =>
            status.ObjectAsync(id, token, http, ct));
        pages.MapPost("/link", (string id, string token, HttpContext http, StatusPages status, CancellationToken ct) =>
            status.RenewAsync(id, token, http, ct));
        pages.MapPost("/withdraw", (string id, string token, HttpContext http, StatusPages status, CancellationToken ct) =>
            status.WithdrawAsync(id, token, http, ct));
    }

    private static PageContext Context(HttpContext http, CompanyDirectory directory, string address) =>
        new(UiLanguage.Of(http), directory, address);
}
