using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CustomerComm.Web.Tests.Browser;

/// <summary>The chat as tired people use it: nonsense for answers, questions in between, a change of mind.</summary>
public sealed class ChatInBrowserTests(Chromium chromium)
{
    [Fact]
    [Clause("4.6.1-1"), Clause("4.6.2-1")]
    public async Task Given_nonsense_for_answers_in_Chinese_When_the_chat_goes_on_Then_what_was_understood_is_shown()
    {
        await WalkAsync(
            "chat-zh",
            ("三号楼的电梯坏了三天，没人来修", "哪个小区"), ("啊？", "哪个小区"), ("演示花园", "设施设备"),
            ("进度", "没有查到"), ("电话多少", "服务投诉电话"), ("嗯是的吧大概", "设施设备"), ("是", "什么时候"), ("看情况咯", "没看懂"),
            ("明天下午5点", "手机号"), ("转人工", "已转人工"), ("我不记得了", "没有认出"), ("+1 202-555-0150 1-1-101", "请核对"),
            ("改类别", "最接近"), ("停车", "请核对"), ("改时间", "什么时候"), ("后天", "请核对"), ("还有灯也不亮", "灯也不亮"),
            ("确认登记", "已登记，编号"), ("谢谢", "不客气"), ("在3号楼", "已补充"), ("不投诉了", "确定要撤回"), ("不撤了", "继续处理"),
            ("我的投诉", "您的投诉"), ("👍", "好的"));
    }

    [Fact]
    [Clause("4.6.1-1"), Clause("4.6.2-1")]
    public async Task Given_nonsense_for_answers_in_English_When_the_chat_goes_on_Then_what_was_understood_is_shown()
    {
        await WalkAsync(
            "chat-en",
            ("The lift in block 3 is broken again and nobody comes", "Which community"), ("what?", "Which community"),
            ("Demo Garden", "Is that right"), ("any news?", "No complaint of yours"), ("hotline?", "Complaint hotline"),
            ("no", "closest category"), ("banana", "Is that right"), ("yes", "By when"), ("banana oclock", "could not read"),
            ("tomorrow 5 pm", "mobile number"), ("call me back", "Noted"), ("+1 202-555-0150 1-1-101", "Please check"),
            ("Change text", "once more"), ("The lift in block 3 makes a noise every morning", "Please check"),
            ("Register", "Registered as"), ("thanks!", "You are welcome"), ("after 7 pm", "Added to"),
            ("forget it, cancel my complaint", "really want to withdraw"), ("Yes, withdraw", "is withdrawn"),
            ("中文", "接下来用中文"));
    }

    private async Task WalkAsync(string name, params (string Say, string Hear)[] talk)
    {
        await using var host = await RunningHost.StartAsync(b => b.Services.AddSingleton(TimeProvider.System));
        await using var windows = await chromium.OpenAsync(host.Address);
        var page = await windows.NewAsync(phone: true);
        await page.GotoAsync("/chat");
        var box = page.Locator(".webchat__send-box-text-box__input, textarea").First;
        await page.Locator("#webchat").GetByText("您好").Last.WaitForAsync();
        for (var i = 0; i < talk.Length; i++)
        {
            try
            {
                await SayAsync(page, box, talk[i].Say, talk[i].Hear);
            }
            catch (Exception e) when (e is TimeoutException or PlaywrightException)
            {
                await page.PictureAsync($"{name}-failed", whole: false);
                var heard = await page.Locator("#webchat").InnerTextAsync();
                Assert.Fail($"'{talk[i].Say}' was not answered with '{talk[i].Hear}' but:\n{heard[^Math.Min(600, heard.Length)..]}");
            }

            if (i % 5 == 4 || i == talk.Length - 1)
                await page.PictureAsync($"{name}-{i:D2}", whole: false);
        }

        await page.UsableByAllAsync();
    }

    /// <summary>The answer must come after what was said, not stand there from before.</summary>
    private static async Task SayAsync(IPage page, ILocator box, string text, string expected)
    {
        var found = page.Locator("#webchat").GetByText(expected);
        var before = await found.CountAsync();
        await box.FillAsync(text);
        await box.PressAsync("Enter");
        await found.Nth(before).WaitForAsync(new() { Timeout = 60_000 });
    }
}
