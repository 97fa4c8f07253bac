using CustomerComm.App.Classification;
using CustomerComm.Web.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CustomerComm.Web.Tests.Desk;

/// <summary>A danger at the desk in a real browser: seen first, on a phone and at a desk, in both languages.</summary>
[Clause("4.6.2-6")]
public sealed class DangerInBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Given_a_danger_When_the_desk_is_looked_at_Then_it_stands_on_top_and_everybody_can_use_it()
    {
        await using var host = await RunningHost.StartAsync(b => b.Services.AddSingleton<Classifier, DangerWords>());
        await DeskBrowser.ComplainAsync(host, "楼下的垃圾三天没有人收了");
        await host.PassAsync(TimeSpan.FromHours(1));
        var number = await DeskBrowser.ComplainAsync(host, "3栋楼道着火了，烟很大，快来人", room: "1-1-201");
        await using var windows = await chromium.OpenAsync(host.Address);
        foreach (var phone in new[] { false, true })
        {
            var page = await windows.NewAsync(phone);
            await page.GotoAsync("/desk/sign-in");
            await page.ClickAsync("button[value='hy-duty']");
            await page.AtTheDeskAsync();
            foreach (var language in new[] { "zh", "en" })
            {
                var size = phone ? "390" : "1280";
                await LookAsync(page, $"/desk?lang={language}", $"danger-work-{language}-{size}");
                var first = await page.Locator(".desk-work > li").First.InnerTextAsync();
                Assert.Contains(number, first, StringComparison.Ordinal);
                await LookAsync(
                    page, $"/desk/complaints/{number}?lang={language}", $"danger-complaint-{language}-{size}");
                Assert.True(await page.Locator("#danger").IsVisibleAsync());
                Assert.True(await page.Locator("#do-RecordCallBack textarea").IsVisibleAsync());
            }
        }
    }

    private static async Task LookAsync(IPage page, string path, string picture)
    {
        var response = await page.GotoAsync(path);
        Assert.Equal(200, response!.Status);
        await page.PictureAsync(picture);
        await page.UsableByAllAsync();
        var wide = await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > window.innerWidth + 1");
        Assert.False(wide, $"{path} is wider than the window");
    }
}
