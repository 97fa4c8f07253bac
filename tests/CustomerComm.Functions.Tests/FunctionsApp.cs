using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Enquiries;
using CustomerComm.App.Matters;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Policies;
using CustomerComm.Functions.Tests.Coordination;
using CustomerComm.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.Functions.Tests;

/// <summary>
/// The Azure host as composed for the cloud, with the embedded store instead of a storage account, the in-process
/// Durable host, and the service for text messages of the tests. Requests come over a socket into the function.
/// </summary>
internal sealed class FunctionsApp : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly IHost _host;
    private WebApplication? _front;
    private DurableHost? _durable;

    private FunctionsApp(CommunicationServer sms, string[] settings, Action<IServiceCollection>? services)
    {
        SmsService = sms;
        _host = FunctionsHost.Build([.. Settings(sms), .. settings], builder =>
        {
            UseTestCompany(builder);
            services?.Invoke(builder.Services);
        });
    }

    public CommunicationServer SmsService { get; }

    /// <summary>The app's clock; it stands still where the Durable host's goes on.</summary>
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public HttpClient Web { get; private set; } = null!;

    public DurableHost Durable => _durable!;

    public static IEnumerable<string> Settings(CommunicationServer? sms = null) =>
    [
        "--CustomerComm:PublicUrl=https://homes.example/", $"--CustomerComm:SmsNumber={TestCompany.Phone(99)}",
        "--CustomerComm:Storage:ConnectionString=UseDevelopmentStorage=true",
        "--CustomerComm:Sms:ConnectionString="
            + (sms?.ConnectionString ?? "endpoint=https://x.example/;accesskey=AAAA"),
        $"--CustomerComm:MasterKey={Convert.ToBase64String(new byte[32])}",
    ];

    public static async Task<FunctionsApp> StartAsync(
        string[]? settings = null, Action<IServiceCollection>? services = null)
    {
        var app = new FunctionsApp(await CommunicationServer.StartAsync(), settings ?? [], services);
        await FunctionsHost.PrepareAsync(app._host.Services, CancellationToken.None);
        await app.Get<Nudges>().StartAsync(CancellationToken.None);
        app._durable = await DurableHost.StartAsync(
            stream => app.Make<Coordinator>().PumpStream(stream, app.Durable.Client, CancellationToken.None));
        app._front = await FrontAsync(app.RunAsync);
        app.Web = new HttpClient { BaseAddress = AddressOf(app._front) };
        return app;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>A class of functions as the worker makes it.</summary>
    public T Make<T>() => ActivatorUtilities.CreateInstance<T>(_host.Services);

    /// <summary>A web server that hands every request to a function.</summary>
    public static async Task<WebApplication> FrontAsync(RequestDelegate function)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var front = builder.Build();
        // As in the worker: a route of its own is matched before the function runs.
        front.Map("{*path}", function);
        await front.StartAsync();
        return front;
    }

    public static Uri AddressOf(WebApplication app) => new(
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public Task<LoadedMatter<Complaint>?> CaseAsync(string id) =>
        Get<ComplaintKind>().LoadAsync(new CustomerComm.Domain.StreamId(id), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Web.Dispose();
        await Get<Nudges>().StopAsync(CancellationToken.None);
        if (_front is not null)
            await _front.DisposeAsync();
        if (_durable is not null)
            await _durable.DisposeAsync();
        _host.Dispose();
        await SmsService.DisposeAsync();
        _directory.Dispose();
    }

    private async Task RunAsync(HttpContext http)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        var result = Make<SiteFunction>().Run(http.Request, Durable.Client);
        await result.ExecuteAsync(http);
    }

    private void UseTestCompany(FunctionsApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSqliteStore(_ => _directory.Path);
        builder.Services.AddSingleton(new PolicyFile(new PolicyEntry(new Policy(), Hours), null));
        builder.Services.AddSingleton(CatalogueFile.Empty);
        builder.Services.AddSingleton(TestCompany.Directory);
        builder.Services.AddSingleton(new Phones("US"));
    }

    private static CalendarRules Hours { get; } = new()
    {
        Weekly = [new([.. Enum.GetValues<DayOfWeek>()], [new(new(0, 0), new(23, 59))])],
    };
}
