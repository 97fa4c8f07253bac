using Microsoft.Playwright;

namespace CustomerComm.Web.Tests.Browser;

/// <summary>
/// Debian's Chromium, driven as a person would use it; screenshots go to <c>artifacts/screenshots</c>.
/// </summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string RequireParts = "CUSTOMERCOMM_REQUIRE_PARTS";

    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Starts it; skips the test where there is none, or fails it where parts must be there.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var path = Array.Find(s_places, File.Exists);
        if (path is null && Environment.GetEnvironmentVariable(RequireParts) is null)
            Assert.Skip("There is no Chromium on this machine (Debian: apt-get install chromium fonts-noto-cjk).");
        Assert.NotNull(path);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        return new Chromium(playwright, browser);
    }

    /// <summary>A window of its own, with cookies of its own.</summary>
    public async Task<IPage> WindowAsync(Uri address, bool phone)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 900 },
            HasTouch = phone,
        });
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
