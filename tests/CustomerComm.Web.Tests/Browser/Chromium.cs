using CustomerComm.Web.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace CustomerComm.Web.Tests.Browser;

/// <summary>
/// Debian's Chromium, started by the first test that needs it, ended with the last; screenshots go to
/// <c>artifacts/screenshots</c>.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string RequireParts = "CUSTOMERCOMM_REQUIRE_PARTS";

    // The one without a window to draw into is a third cheaper.
    private static readonly string[] s_places =
        ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly SemaphoreSlim _once = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Skips the test where there is no Chromium, or fails it where parts must be there.</summary>
    public async Task<Windows> OpenAsync(Uri address)
    {
        var path = Array.Find(s_places, File.Exists);
        if (path is null && Environment.GetEnvironmentVariable(RequireParts) is null)
            Assert.Skip("There is no Chromium on this machine (Debian: apt-get install chromium-headless-shell fonts-noto-cjk).");
        Assert.NotNull(path);
        await _once.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            _browser ??= await LaunchAsync(_playwright, path);
        }
        finally
        {
            _once.Release();
        }

        return new Windows(_browser, address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _once.Dispose();
    }

    private static Task<IBrowser> LaunchAsync(IPlaywright playwright, string path) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
}

/// <summary>The windows of one test, closed at its end.</summary>
public sealed class Windows(IBrowser browser, Uri address) : IAsyncDisposable
{
    private readonly List<IBrowserContext> _contexts = [];

    /// <summary>A window of its own, with cookies of its own.</summary>
    public async Task<IPage> NewAsync(bool phone)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 900 },
            HasTouch = phone,
        });
        _contexts.Add(context);
        context.SetDefaultTimeout((float)Signal.Patience.TotalMilliseconds);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.DisposeAsync();
    }
}
