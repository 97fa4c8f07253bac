using CustomerComm.Web.Tests.Browser;
using CustomerComm.Web.Tests.Desk;

namespace CustomerComm.Web.Tests.Outside;

/// <summary>The pages of work orders in a real browser: everybody can use them, on a phone and at a desk.</summary>
[Clause("4.6.2-2")]
public sealed class OutsideInBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Given_work_orders_When_their_pages_are_looked_at_Then_everybody_can_use_them()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var entered = await OutsidePagesTests.EnteredAsync(duty);
        var path = entered.Path.Split('?')[0];
        await host.SettleAsync();
        var engineer = await DeskBrowser.SignedInAsync(host, "engineer");
        await OutsidePagesTests.DidAsync(
            engineer, path, "DraftReply",
            ("text", "演示：三号楼电梯门机已于今日更换，试运行正常，维保单位每周复查一次，已向诉求人说明。"));
        await OutsidePagesTests.EnteredAsync(duty, "BJ-20261123-0008", "演示：水压低");
        host.Time.Advance(TimeSpan.FromDays(3));
        await host.SettleAsync();
        var complaint = entered.Text[entered.Text.IndexOf("HY-2026-", StringComparison.Ordinal)..][..14];
        await using var windows = await chromium.OpenAsync(host.Address);
        foreach (var phone in new[] { false, true })
        {
            var page = await windows.NewAsync(phone);
            if (!phone)
                await page.SetViewportSizeAsync(1440, 900);
            await page.GotoAsync("/desk/sign-in");
            await page.ClickAsync("button[value='quality']");
            await page.AtTheDeskAsync();
            foreach (var (at, picture) in new[]
            {
                ("/desk/outside?community=HY&month=2026-11&lang=zh", "list"), ("/desk/outside/new", "new"),
                (path, "one"), ($"/desk/complaints/{complaint}", "complaint"), ("/desk", "work"),
                ($"/desk/complaints/{complaint}/form", "form"),
                ("/reports?community=HY&month=2026-11", "month"), (path + "?lang=en", "one-en"),
            })
            {
                var response = await page.GotoAsync(at);
                Assert.Equal(200, response!.Status);
                await page.PictureAsync($"outside-{picture}-{(phone ? "390" : "1440")}");
                await page.UsableByAllAsync();
                Assert.False(
                    await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > window.innerWidth + 1"),
                    $"{at} is wider than the window");
            }
        }
    }
}
