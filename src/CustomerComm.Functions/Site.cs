using CustomerComm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace CustomerComm.Functions;

/// <summary>
/// The whole web site as one result of a function: pipeline and endpoints are those of every host, built once.
/// </summary>
public sealed class Site : IResult
{
    private const string Assets = "CustomerComm.Functions.staticwebassets";
    private readonly RequestDelegate _pipeline;

    /// <summary>Builds the pipeline.</summary>
    public Site(IServiceProvider services, IWebHostEnvironment environment)
    {
        FindFiles(environment);
        var app = new ApplicationBuilder(services);
        app.UseCustomerCommWeb();
        app.UseEndpoints(endpoints => endpoints.MapCustomerComm(Assets + ".endpoints.json"));
        _pipeline = app.Build();
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        // The worker's own router has chosen the function; which page is meant is for ours to find.
        httpContext.SetEndpoint(null);
        httpContext.Request.RouteValues.Clear();
        return _pipeline(httpContext);
    }

    /// <summary>
    /// Published, the pages' files lie beside the program; built only, a manifest tells where they are.
    /// </summary>
    private static void FindFiles(IWebHostEnvironment environment)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        environment.WebRootPath = folder;
        environment.WebRootFileProvider =
            Directory.Exists(folder) ? new PhysicalFileProvider(folder) : new NullFileProvider();
        var manifest = Path.Combine(AppContext.BaseDirectory, Assets + ".runtime.json");
        if (!File.Exists(manifest))
            return;
        var where = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [WebHostDefaults.StaticWebAssetsKey] = manifest,
        };
        StaticWebAssetsLoader.UseStaticWebAssets(
            environment, new ConfigurationBuilder().AddInMemoryCollection(where).Build());
    }
}

/// <summary>Every address of the site.</summary>
public sealed class SiteFunction(Site site, Nudges nudges)
{
    /// <summary>Serves the request.</summary>
    [Function("Site")]
    public IResult Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options",
            Route = "{*path}")]
        HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        nudges.Use(client);
        return site;
    }
}
