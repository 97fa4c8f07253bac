using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CustomerComm.Web.Tests.Browser;

/// <summary>The way of a complaint by clicking: chat, phones, desk, signature, report.</summary>
public sealed partial class JourneyInBrowserTests(Chromium chromium)
{
    private const string Engineer = "/phones/+12025550113";
    private const string Resident = "/phones/+12025550150";
    private const string Solved = "已更换三号楼电梯的控制板，试运行两小时正常。";

    [Fact]
    [Clause("4.6.1-1"), Clause("4.6.1-4"), Clause("4.6.1-5"), Clause("4.6.2-4"), Clause("4.5.4")]
    public async Task Given_the_demo_company_When_everybody_clicks_their_part_Then_the_report_shows_the_signed_case()
    {
        await using var host = await RunningHost.StartAsync(b => b.Services.AddSingleton(TimeProvider.System));
        await using var windows = await chromium.OpenAsync(host.Address);
        var resident = await windows.NewAsync(phone: true);
        var staff = await windows.NewAsync(phone: false);
        try
        {
            var number = await ComplainAsync(resident);
            await AcceptByPhoneAsync(host, staff);
            await ResolveAsync(staff, number);
            await SignAsync(host, resident);
            await FinishAsync(staff, number);
            await ReportAsync(host, staff, number);
        }
        catch
        {
            await staff.PictureAsync("failed-staff");
            await resident.PictureAsync("failed-resident");
            throw;
        }
    }

    private static async Task<string> ComplainAsync(IPage page)
    {
        await page.GotoAsync("/");
        await page.UsableByAllAsync();
        await page.PictureAsync("01-home");
        await page.GotoAsync("/chat");
        var box = page.Locator(".webchat__send-box-text-box__input, textarea").First;
        await HeardAsync(page, "您好");
        await SayAsync(page, box, "三号楼的电梯坏了三天，没人来修", "哪个小区");
        await page.GetByRole(AriaRole.Button, new() { Name = "演示花园" }).Last.ClickAsync();
        await HeardAsync(page, "设施设备");
        await page.PictureAsync("02-chat-category", whole: false);
        await page.GetByRole(AriaRole.Button, new() { Name = "是", Exact = true }).Last.ClickAsync();
        await HeardAsync(page, "什么时候");
        await SayAsync(page, box, "明天下午5点", "手机号");
        await SayAsync(page, box, "+1 202-555-0150 1-1-101", "请核对");
        await SayAsync(page, box, "确认登记", "已登记，编号");
        await page.PictureAsync("03-chat-number", whole: false);
        var told = await page.Locator("#webchat").InnerTextAsync();
        Assert.Contains("工程部", told, StringComparison.Ordinal);
        Assert.Contains("+1 202-555-0101", told, StringComparison.Ordinal);
        return Number().Match(told[told.IndexOf("已登记", StringComparison.Ordinal)..]).Value;
    }

    private static async Task SayAsync(IPage page, ILocator box, string text, string expected)
    {
        await box.FillAsync(text);
        await box.PressAsync("Enter");
        await HeardAsync(page, expected);
    }

    private static Task HeardAsync(IPage page, string text) =>
        page.Locator("#webchat").GetByText(text).Last.WaitForAsync();

    private static async Task AcceptByPhoneAsync(RunningHost host, IPage page)
    {
        await page.GotoAsync("/phones");
        await page.UsableByAllAsync();
        await page.PictureAsync("04-phones");
        var text = await SeenAtAsync(host, page, Engineer, "派单");
        await page.FillAsync("#text", "1 " + Code().Match(text).Value);
        await LeaveAsync(page, () => page.ClickAsync("main form button"));
        await SeenAtAsync(host, page, Engineer, "已接单");
        await page.UsableByAllAsync();
        await page.PictureAsync("05-phone-engineer");
    }

    private static async Task ResolveAsync(IPage page, string number)
    {
        await SignInAsync(page, "hy-duty");
        await page.UsableByAllAsync();
        await page.PictureAsync("06-desk-duty");
        await page.GotoAsync($"/desk/complaints/{number}");
        await ActAsync(page, "Triage");
        await SignInAsync(page, "engineer");
        await page.PictureAsync("07-desk-engineer");
        await LeaveAsync(page, () => page.GetByRole(AriaRole.Link, new() { Name = number }).First.ClickAsync());
        await page.UsableByAllAsync();
        await page.PictureAsync("08-desk-complaint");
        await ActAsync(page, "Resolve", ("textarea[name=text]", Solved));
    }

    private static async Task SignAsync(RunningHost host, IPage page)
    {
        await SeenAtAsync(host, page, Resident, "/s/");
        await page.PictureAsync("09-phone-resident", whole: false);
        await LeaveAsync(page, () => page.Locator(".bubble a[href*='/s/']").Last.ClickAsync());
        Assert.Equal(Solved, (await page.Locator("#resolution").InnerTextAsync()).Trim());
        await page.UsableByAllAsync();
        await page.CheckAsync("input[name=satisfaction][value='5']");
        var canvas = page.Locator("#signature");
        await canvas.ScrollIntoViewIfNeededAsync();
        var box = (await canvas.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 40, box.Y + 50);
        await page.Mouse.DownAsync();
        for (var i = 0; i < 40; i++)
            await page.Mouse.MoveAsync(box.X + 40 + (i * 6), box.Y + 60 + (float)(30 * Math.Sin(i / 3.0)));
        await page.Mouse.UpAsync();
        await page.PictureAsync("10-sign");
        await LeaveAsync(page, () => page.ClickAsync("#sign"));
        Assert.Equal(0, await page.Locator("#sign-form").CountAsync());
        await page.UsableByAllAsync();
        await page.PictureAsync("11-signed");
    }

    private static async Task FinishAsync(IPage page, string number)
    {
        await page.GotoAsync($"/desk/complaints/{number}");
        await ActAsync(page, "FollowUp", ("textarea[name=opinion]", "满意"), ("textarea[name=wishes]", "希望定期保养"));
        await ActAsync(page, "HandOverRecords");
        await ActAsync(page, "FindRootCause", ("textarea[name=cause]", "控制板老化"), ("textarea[name=prevention]", "每季度检查"));
        await SignInAsync(page, "quality");
        await page.GotoAsync($"/desk/complaints/{number}");
        await ActAsync(page, "CheckRecords", yes: true);
        await ActAsync(page, "Verify", yes: true, ("textarea[name=comment]", "现场核实运行正常"));
        await page.PictureAsync("12-desk-closed");
    }

    private static async Task ReportAsync(RunningHost host, IPage page, string number)
    {
        await host.SettleAsync();
        await page.GotoAsync("/reports?community=HY");
        Assert.True(await page.GetByText(number).First.IsVisibleAsync(), $"{number} is not in the report");
        await page.Locator("[data-chart] canvas, [data-chart] svg").First.WaitForAsync();
        await page.UsableByAllAsync();
        await page.PictureAsync("13-report");
        await page.SetViewportSizeAsync(390, 844);
        await page.ReloadAsync();
        await page.PictureAsync("14-report-phone");
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"),
            "the report is wider than a phone");
    }

    private static async Task SignInAsync(IPage page, string staff)
    {
        await page.GotoAsync("/desk/sign-in");
        await LeaveAsync(page, () => page.ClickAsync($"button[value='{staff}']"));
    }

    /// <summary>Clicks something that leads to another page, and waits until that page is there.</summary>
    private static async Task LeaveAsync(IPage page, Func<Task> click)
    {
        // The page is marked, for what waits for one event of a page may miss it.
        await page.EvaluateAsync("() => { document.documentElement.dataset.leaving = 'yes'; }");
        await click();
        await page.Locator("html:not([data-leaving])").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.WaitForLoadStateAsync(LoadState.Load);
    }

    private static Task ActAsync(IPage page, string action, params (string Where, string Text)[] words) =>
        ActAsync(page, action, yes: false, words);

    private static async Task ActAsync(IPage page, string action, bool yes, params (string Where, string Text)[] words)
    {
        var form = page.Locator($"#do-{action}");
        if (await form.GetAttributeAsync("open") is null)
            await form.Locator("summary").ClickAsync();
        foreach (var (where, text) in words)
            await form.Locator(where).FillAsync(text);
        if (yes)
            await form.Locator("input[name=decision][value=yes]").CheckAsync();
        await LeaveAsync(page, () => form.Locator("button.btn--primary").ClickAsync());
        Assert.Equal(0, await page.Locator("[role=alert].notice--error").CountAsync());
    }

    /// <summary>The last message with this at a phone, once all messages went out.</summary>
    private static async Task<string> SeenAtAsync(RunningHost host, IPage page, string phone, string part)
    {
        await host.SettleAsync();
        await page.GotoAsync(phone);
        var bubble = page.Locator(".bubble", new() { HasText = part });
        Assert.True(await bubble.CountAsync() > 0, $"'{part}' did not come to {phone}.");
        return await bubble.Last.InnerTextAsync();
    }

    [GeneratedRegex("HY-[0-9]{4}-[0-9]{6}", RegexOptions.None, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("HY[0-9]{2}-[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
