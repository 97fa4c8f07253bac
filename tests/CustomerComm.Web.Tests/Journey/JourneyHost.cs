using System.Net;
using CustomerComm.App.Pumping;
using CustomerComm.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.Web.Tests.Journey;

/// <summary>The real demo host on a free port, with a clock that the test moves.</summary>
public sealed class JourneyHost : IAsyncDisposable
{
    private readonly TempDirectory _data = new();
    private WebApplication? _app;

    /// <summary>Monday 23 November 2026, 10:00 in the demo communities.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));

    public Uri Address { get; private set; } = null!;

    public static Task<JourneyHost> StartAsync(TimeProvider? clock = null, params string[] settings) =>
        StartAsync(null, clock, settings);

    public static async Task<JourneyHost> StartAsync(
        Action<WebApplicationBuilder>? configure, TimeProvider? clock = null, params string[] settings)
    {
        var host = new JourneyHost();
        host._app = LocalHost.Build(
            [
                "--CustomerComm:Demo=true", $"--CustomerComm:DataDirectory={host._data.Path}", "--urls",
                "http://127.0.0.1:0", .. settings,
            ],
            b =>
            {
                b.Services.AddSingleton(clock ?? host.Time);
                configure?.Invoke(b);
            });
        host.Address = await LocalHost.StartAsync(host._app, CancellationToken.None);
        return host;
    }

    /// <summary>Lets time pass and everything that fell due happen.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        await Get<Sweeper>().RunAsync(CancellationToken.None);
    }

    public T Get<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    /// <summary>A browser of its own: cookies, no redirects followed unless asked.</summary>
    public HttpClient Client(bool follow = true) => new(new HttpClientHandler
    {
        CookieContainer = new CookieContainer(),
        AllowAutoRedirect = follow,
    })
    {
        BaseAddress = Address,
    };

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>Tries until it gives something, for at most ten seconds of real time.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!over.IsCancellationRequested)
        {
            if (await look() is { } seen)
                return seen;
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System);
        }

        throw new TimeoutException($"Not seen within 10 s: {what}");
    }
}
