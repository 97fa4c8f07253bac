using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerComm.App.Ports;
using CustomerComm.Web.Simulator;
using CustomerComm.Web.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CustomerComm.Web.Tests.Browser;

/// <summary>Doubts about whom to reach, missing holidays, and a notice that is read, as people see them.</summary>
public sealed partial class ReachInBrowserTests(Chromium chromium)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_notice_and_a_doubtful_complaint_When_looked_at_on_phone_and_desk_Then_all_can_use_the_pages()
    {
        await using var host = await RunningHost.StartAsync();
        using var api = host.NewClient();
        using var taken = await api.PostAsJsonAsync(
            "/api/complaints",
            new
            {
                community = "HY",
                text = "电梯按钮不亮",
                category = "Equipment",
                contact = new { phone = "+86 571-88886677转802", room = "9栋9单元999" },
            },
            Ct);
        var number = (await taken.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("number").GetString()!;
        var desk = await DeskBrowser.SignedInAsync(host, "hy-duty");
        await PublishAsync(desk);
        await host.SettleAsync();

        await using var windows = await chromium.OpenAsync(host.Address);
        foreach (var phone in new[] { true, false })
        {
            var size = phone ? "phone" : "desk";
            var page = await windows.NewAsync(phone);
            await SignInAsync(page, "engineer");
            await page.GotoAsync("/desk/complaints/" + number);
            Assert.Equal(1, await page.GetByText("房号不在册").CountAsync());
            Assert.Equal(1, await page.GetByText("电话仅可通话").CountAsync());
            Assert.Equal(1, await page.GetByText("转802").CountAsync());
            await page.UsableByAllAsync();
            await page.PictureAsync($"reach-complaint-{size}");

            var leader = await windows.NewAsync(phone);
            await SignInAsync(leader, "leader");
            await leader.GotoAsync("/desk");
            Assert.Equal(2, await leader.GetByText("2027年的节假日").CountAsync());
            await leader.UsableByAllAsync();
            await leader.PictureAsync($"reach-holidays-{size}");
        }

        var reader = await windows.NewAsync(phone: true);
        await reader.GotoAsync(await LinkAsync(host));
        await reader.UsableByAllAsync();
        await reader.PictureAsync("reach-notice-unread");
        await reader.GetByRole(AriaRole.Button, new() { Name = "我已阅读" }).ClickAsync();
        Assert.Equal(1, await reader.GetByText("已记录您已阅读").CountAsync());
        await reader.PictureAsync("reach-notice-read");
    }

    private static async Task PublishAsync(DeskBrowser desk)
    {
        var form = (await desk.GetAsync("/desk/notices/new")).Hidden(null);
        foreach (var (name, value) in new[]
        {
            ("ways", "sms"), ("audience", "Community"), ("kind", "Circular"), ("community", "HY"),
            ("title", "电梯年检通知"), ("body", "周五上午电梯年检，请走楼梯。"),
        })
        {
            form[name] = value;
        }

        var drafted = await desk.PostAsync("/desk/notices/new", form);
        var address = drafted.Path.Split('?')[0];
        await desk.PostAsync(address, drafted.Hidden("Publish"));
    }

    private static async Task<string> LinkAsync(RunningHost host)
    {
        var table = host.Services.GetRequiredService<ITables>().Of<PhoneMessageRow>();
        var messages = await PhoneBook.MessagesAsync(table, "+12025550150", Ct);
        return new Uri(Link().Match(messages.Last(m => Link().IsMatch(m.Text)).Text).Value).PathAndQuery;
    }

    private static async Task SignInAsync(IPage page, string staff)
    {
        await page.GotoAsync("/desk/sign-in");
        await page.Locator($"button[value='{staff}']").ClickAsync();
    }

    [GeneratedRegex("http[^ ]+/n/[^ ]+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
