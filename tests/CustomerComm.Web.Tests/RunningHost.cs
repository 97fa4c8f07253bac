using System.Net;
using CustomerComm.App.Pumping;
using CustomerComm.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.Web.Tests;

/// <summary>The real host with the demo company, its own data directory and a clock the test moves.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TempDirectory _data;

    private RunningHost(WebApplication app, TempDirectory data, FakeTimeProvider time, Uri address)
    {
        _app = app;
        _data = data;
        Time = time;
        Address = address;
    }

    /// <summary>A Monday, 10:00 in the demo communities.</summary>
    public static DateTimeOffset Monday { get; } = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<RunningHost> StartAsync(params string[] settings) => StartAsync(_ => { }, settings);

    /// <summary>With services of the test's own, which come last.</summary>
    public static async Task<RunningHost> StartAsync(Action<IServiceCollection> configure, params string[] settings)
    {
        var data = new TempDirectory();
        var time = new FakeTimeProvider(Monday);
        var app = LocalHost.Build(
            [
                "--CustomerComm:Demo=true", $"--CustomerComm:DataDirectory={data.Path}", "--urls", "http://127.0.0.1:0",
                .. settings,
            ],
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(time);
                configure(b.Services);
                b.Logging.SetMinimumLevel(LogLevel.Warning);
            });
        var address = await LocalHost.StartAsync(app, TestContext.Current.CancellationToken);
        return new RunningHost(app, data, time, address);
    }

    /// <summary>A client with cookies of its own; English pages unless it asks otherwise.</summary>
    public HttpClient NewClient(string language = "en", bool redirects = true)
    {
        var handler = new HttpClientHandler
        {
            CookieContainer = new CookieContainer(),
            AllowAutoRedirect = redirects,
        };
        var client = new HttpClient(handler) { BaseAddress = Address };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return client;
    }

    /// <summary>Pumps until nothing is due: messages are delivered, lapses recorded, rows written.</summary>
    public async Task SettleAsync()
    {
        while (await Services.GetRequiredService<Sweeper>().RunAsync(TestContext.Current.CancellationToken) > 0)
        {
            // What was moved may have made something else due.
        }
    }

    /// <summary>Lets time pass, then pumps.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        Time.Advance(span);
        await SettleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _data.Dispose();
    }
}
