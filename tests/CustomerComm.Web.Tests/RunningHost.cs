using System.Net;
using CustomerComm.App.Pumping;
using CustomerComm.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.Web.Tests;

/// <summary>The real host with the demo company in this process, and a clock the test moves.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    /// <summary>What other systems show that send text messages and calls.</summary>
    public const string Key = "key of the tests";

    private readonly WebApplication _app;
    private TempDirectory? _data;

    private RunningHost(WebApplication app) => _app = app;

    /// <summary>A Monday, 10:00 in the demo communities.</summary>
    public static DateTimeOffset Monday { get; } = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    /// <summary>The clock, where the test did not bring one of its own.</summary>
    public FakeTimeProvider Time => (FakeTimeProvider)Get<TimeProvider>();

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public static Task<RunningHost> StartAsync(params string[] settings) => StartAsync(null, null, settings);

    /// <summary>
    /// Starts it on a free port over a data directory of its own, with services and endpoints of the test's own.
    /// </summary>
    public static async Task<RunningHost> StartAsync(
        Action<WebApplicationBuilder>? configure, Action<WebApplication>? map = null, params string[] settings)
    {
        var data = new TempDirectory();
        var host = Build(data.Path, new FakeTimeProvider(Monday), configure, settings);
        host._data = data;
        map?.Invoke(host._app);
        await host.StartAsync();
        return host;
    }

    /// <summary>The pieces of the host over a data directory; nothing runs by itself until it is started.</summary>
    public static async Task<RunningHost> OpenAsync(
        string directory, TimeProvider time, Action<WebApplicationBuilder>? configure = null, params string[] settings)
    {
        var host = Build(directory, time, configure, settings);
        await LocalHost.PrepareAsync(host.Services, TestContext.Current.CancellationToken);
        return host;
    }

    public async Task StartAsync() =>
        Address = await LocalHost.StartAsync(_app, TestContext.Current.CancellationToken);

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

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
        client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        return client;
    }

    /// <summary>Pumps until nothing is due: messages are delivered, lapses recorded, rows written.</summary>
    public async Task SettleAsync()
    {
        while (await Get<Sweeper>().RunAsync(TestContext.Current.CancellationToken) > 0)
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

    /// <summary>What is to be seen once nothing is due any more.</summary>
    public async Task<T> SeenAsync<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        await SettleAsync();
        var seen = await look();
        Assert.True(seen is not null, $"Not seen: {what}");
        return seen!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _data?.Dispose();
    }

    private static RunningHost Build(
        string directory, TimeProvider time, Action<WebApplicationBuilder>? configure, string[] settings) =>
        new(LocalHost.Build(
            [
                "--CustomerComm:Demo=true", $"--CustomerComm:DataDirectory={directory}", "--urls", "http://127.0.0.1:0",
                "--Logging:LogLevel:Default=Warning", $"--CustomerComm:SmsEventsKey={Key}",
                $"--CustomerComm:CallsKey={Key}", $"--CustomerComm:OutsideKey={Key}", .. settings,
            ],
            b =>
            {
                b.Services.AddSingleton(time);
                configure?.Invoke(b);
            }));
}
