using CustomerComm.Web.Tests.Browser;
using CustomerComm.Web.Tests.Desk;

namespace CustomerComm.Web.Tests.Privacy;

/// <summary>The pages of data requests and of who looked in a real browser: everybody can use them.</summary>
public sealed class PrivacyInBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Given_data_requests_When_their_pages_are_looked_at_Then_everybody_can_use_them()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "演示：路灯坏了没人管", "Equipment", phone: "+12025550150");
        var own = await PrivacyPagesTests.OwnPageAsync(host, number);
        var entered = await PrivacyPagesTests.EnterAsync(await DeskBrowser.SignedInAsync(host, "hy-duty"));
        await (await DeskBrowser.SignedInAsync(host, "hy-manager")).GetAsync($"/desk/complaints/{number}");
        await host.SettleAsync();
        var link = await PrivacyPagesTests.LinkAsync(host, "/d/");
        await using var windows = await chromium.OpenAsync(host.Address);
        foreach (var phone in new[] { false, true })
        {
            var page = await windows.NewAsync(phone);
            if (!phone)
                await page.SetViewportSizeAsync(1440, 900);
            foreach (var (at, picture) in new[]
            {
                (own + "?lang=zh", "status"), (own + "/access?lang=zh", "looked"), (link + "?lang=zh", "person"),
                (link + "?lang=en", "person-en"),
            })
            {
                await LookAsync(page, at, picture, phone);
            }

            await page.GotoAsync("/desk/sign-in");
            await page.ClickAsync("button[value='quality-head']");
            await page.AtTheDeskAsync();
            foreach (var (at, picture) in new[]
            {
                ("/desk/privacy?community=HY&lang=zh", "list"), ("/desk/privacy/new", "new"), (entered.Path, "one"),
                ($"/desk/complaints/{number}/access", "access"), (entered.Path + "?lang=en", "one-en"),
            })
            {
                await LookAsync(page, at, picture, phone);
            }
        }
    }

    private static async Task LookAsync(Microsoft.Playwright.IPage page, string at, string picture, bool phone)
    {
        var response = await page.GotoAsync(at);
        Assert.Equal(200, response!.Status);
        await page.PictureAsync($"privacy-{picture}-{(phone ? "390" : "1440")}");
        await page.UsableByAllAsync();
        Assert.False(
            await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > window.innerWidth + 1"),
            $"{at} is wider than the window");
    }
}
