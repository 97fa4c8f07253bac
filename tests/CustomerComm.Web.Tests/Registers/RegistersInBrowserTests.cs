using System.Text;
using CustomerComm.Web.Tests.Browser;
using CustomerComm.Web.Tests.Desk;
using Microsoft.Playwright;

namespace CustomerComm.Web.Tests.Registers;

/// <summary>Registers, calls and roster in the real browser: everybody can use them, on a phone too.</summary>
public sealed class RegistersInBrowserTests(Chromium chromium)
{
    [Fact, Clause("4.5.2")]
    public async Task Given_the_pages_When_looked_at_on_phone_and_screen_Then_everybody_can_use_them()
    {
        await using var host = await RunningHost.StartAsync();
        using var client = host.NewClient();
        using var call = await client.PostAsync(
            new Uri("/api/calls", UriKind.Relative),
            new StringContent(
                """{"callId":"c1","community":"HY","from":"+12025550150","started":"2026-11-23T10:00:00+08:00","missed":true}""",
                Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);
        await DeskBrowser.ComplainAsync(host, "三号楼电梯坏了");
        using var strange = await client.PostAsync(
            new Uri("/api/sms/events", UriKind.Relative),
            new StringContent(
                """
                [{"eventType":"Microsoft.Communication.SMSReceived",
                  "data":{"messageId":"m1","from":"10086","message":"三号楼门禁坏了，进不去"}}, {"lost": true}]
                """,
                Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);
        await host.SettleAsync();
        await using var windows = await chromium.OpenAsync(host.Address);
        foreach (var phone in new[] { true, false })
        {
            var page = await windows.NewAsync(phone);
            await page.GotoAsync("/desk/sign-in");
            await page.GetByRole(AriaRole.Button, new() { Name = "演示花园主任" }).ClickAsync();
            foreach (var path in new[]
            {
                "/desk/registers", "/desk/registers/HY/office", "/desk/registers/HY/office/hand-over",
                "/desk/registers/HY/office/2026-11/1", "/desk/registers/HY/office/2026-11/print", "/desk/calls",
                "/desk/roster", "/desk/set-aside", "/desk/set-aside?lang=en", "/desk/registers/HY/office/2026-11/3",
                "/desk/registers/HY/office/2026-11/3?lang=zh",
            })
            {
                await page.GotoAsync(path);
                if (path.Contains("set-aside", StringComparison.Ordinal) || path.Contains("11/3", StringComparison.Ordinal))
                    await page.PictureAsync($"aside-{(phone ? "phone" : "screen")}{path.Replace('/', '-').Replace('?', '-')}");
                await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
                await page.UsableByAllAsync();
                var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
                Assert.True(wide <= 0, $"{path} is {wide} px too wide");
            }
        }
    }
}
