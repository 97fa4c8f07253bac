using CustomerComm.App.Jobs;
using CustomerComm.Web.Tests.Browser;
using CustomerComm.Web.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CustomerComm.Web.Tests.Analysis;

/// <summary>The pages of review, analysis and proof of conduct as people see them, wide and narrow.</summary>
public sealed class AnalysisInBrowserTests(Chromium chromium)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_two_months_of_cases_When_the_pages_are_looked_at_Then_everybody_can_use_them()
    {
        await using var host = await RunningHost.StartAsync();
        var (first, second) = await FillAsync(host);
        await using var windows = await chromium.OpenAsync(host.Address);
        foreach (var phone in new[] { false, true })
        {
            var size = phone ? "390" : "1280";
            var page = await windows.NewAsync(phone);
            await SignInAsync(page, "hy-manager");
            foreach (var (name, path) in new[]
            {
                ("reviews", "/desk/reviews"), ("review", "/desk/reviews/HY-2026-11?show=all"),
                ("opinion", $"/desk/reviews/HY-2026-11/{first}"), ("related", $"/desk/complaints/{second}/related"),
                ("conformity", "/reports/conformity?community=HY&month=2026-11"),
                ("conformity-list", "/reports/conformity/list?community=HY&month=2026-11&result=Overdue"),
                ("trends", "/reports/trends?community=HY&months=12"), ("month", "/reports?community=HY&month=2026-11"),
            })
            {
                await page.GotoAsync(path + (phone ? (path.Contains('?') ? "&lang=en" : "?lang=en") : ""));
                if (name == "trends")
                    await page.Locator("[data-chart] svg").First.WaitForAsync();
                await page.UsableByAllAsync();
                await page.PictureAsync($"analysis-{name}-{size}");
                var wide = await page.EvaluateAsync<bool>(
                    "() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
                Assert.False(wide, $"{path} is wider than {size} pixels");
            }
        }
    }

    private static async Task<(string First, string Second)> FillAsync(RunningHost host)
    {
        var first = await DeskBrowser.ComplainAsync(host, "三号楼电梯坏了三天没人修", "Equipment", "3-1-101");
        var second = await DeskBrowser.ComplainAsync(host, "电梯又坏了", "Equipment", "3-1-201");
        await DeskBrowser.ComplainAsync(host, "车位被占了", "Parking", "2-1-101");
        await host.PassAsync(TimeSpan.FromDays(9));
        await DeskBrowser.ComplainAsync(host, "楼道很脏", "Cleaning", "1-1-101");
        await host.Services.GetRequiredService<JobRunner>().RunAsync("monthly-review", null, null, Ct);
        await host.SettleAsync();
        return (first, second);
    }

    private static async Task SignInAsync(IPage page, string staff)
    {
        await page.GotoAsync("/desk/sign-in");
        await page.Locator($"button[name=staff][value='{staff}']").ClickAsync();
        await page.AtTheDeskAsync();
    }
}
