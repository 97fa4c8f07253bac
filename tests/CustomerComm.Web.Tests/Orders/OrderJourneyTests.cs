using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerComm.App.Jobs;
using CustomerComm.Web.Tests.Journey;
using CustomerComm.Web.Tests.Pages;

namespace CustomerComm.Web.Tests.Orders;

/// <summary>
/// The whole way of a repair through the real host over HTTP: asked for by chat, amended, done, judged and signed, and
/// revisited the month after.
/// </summary>
public sealed partial class OrderJourneyTests
{
    private const string Engineer = "/phones/+12025550113";
    private const string Resident = "/phones/+12025550150";

    private static readonly string s_mark = DrawnMarkTests.Svg(DrawnMarkTests.Drawing);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Clause("3.3"), Clause("4.2.4"), Clause("4.5.3"), Clause("2.0"), Clause("4.6.2-4")]
    public async Task Given_a_repair_asked_for_by_chat_When_all_do_their_part_Then_it_is_signed_and_revisited()
    {
        await using var host = await RunningHost.StartAsync();
        using var web = host.NewClient("zh-CN");
        var number = await AskAsync(host);
        await WorkBySmsAsync(host, web);
        await AmendAsync(host, web);
        await host.PassAsync(TimeSpan.FromHours(2));
        await FinishAndEvaluateAsync(host, web, number);
        await RevisitAsync(host, web, number);
    }

    private static async Task<string> AskAsync(RunningHost host)
    {
        using var chat = new ChatClient(host);
        await chat.BeginAsync();
        await chat.SayAsync("厨房水龙头关不上，麻烦安排师傅看一下", "哪个小区");
        await chat.SayAsync("演示花园", "吗");
        await chat.SayAsync("是", "什么时候");
        await chat.SayAsync("明天下午5点", "手机号");
        await chat.SayAsync("+1 202-555-0150，1-1-101", "核对");
        var reply = await chat.SayAsync("确认登记", "HY-W-2026-");
        Assert.Contains("+1 202-555-0101", reply, StringComparison.Ordinal);
        Assert.Contains("11月24日17:00", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("HY-2026-", reply, StringComparison.Ordinal);
        using var resident = host.NewClient("zh-CN");
        var page = await resident.PageAsync(new Uri(StatusLink().Match(reply).Value).PathAndQuery);
        Assert.Contains("关不上", page.Body!.TextContent, StringComparison.Ordinal);
        // A chat hears how it goes on where it was begun.
        await host.PassAsync(TimeSpan.FromSeconds(1));
        return Number().Match(reply).Value;
    }

    private static async Task WorkBySmsAsync(RunningHost host, HttpClient web)
    {
        var text = await SeenAsync(host, web, Engineer, "派工");
        var code = Code().Match(text).Value;
        Assert.Equal("HY26-W1", code);
        await SmsAsync(host, web, "m1", $"1 {code}");
        await SeenAsync(host, web, Engineer, $"{code}已接单");
        await SmsAsync(host, web, "m2", $"5 {code} 阀芯坏了，明早带配件来");
        await SeenAsync(host, web, Engineer, "已告知住户");
    }

    private static async Task AmendAsync(RunningHost host, HttpClient web)
    {
        using var engineer = host.NewClient("zh-CN");
        await engineer.SignInAsync("engineer");
        await ActAsync(
            engineer, "/desk/orders/HY-W-2026-000001", "ProposeAmendment", ("reason", "阀体已裂，需整个更换"),
            ("price", "加收120元"), ("due", ""), ("scope", "更换整个龙头"));
        var path = await StatusPathAsync(host);
        // Staff look on, but answer nothing in the resident's place.
        var seen = await engineer.PageAsync(path);
        Assert.DoesNotContain(seen.Forms, f => f.Action.Contains("/answer", StringComparison.Ordinal));
        var page = await web.PageAsync(path);
        Assert.Contains("加收120元", page.Body!.TextContent, StringComparison.Ordinal);
        var form = page.Forms.First(f => f.Action.EndsWith("/answer", StringComparison.Ordinal));
        using var denied = await engineer.SubmitAsync(form, ("answer", "yes"), ("comment", ""));
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        using var response = await web.SubmitAsync(form, ("answer", "yes"), ("comment", ""));
        Assert.Contains("已记录您的答复", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static async Task FinishAndEvaluateAsync(RunningHost host, HttpClient web, string number)
    {
        using var engineer = host.NewClient("zh-CN");
        await engineer.SignInAsync("engineer");
        await ActAsync(engineer, $"/desk/orders/{number}", "Finish", ("result", "已更换整个龙头，试水正常。"));
        await host.PassAsync(TimeSpan.FromMinutes(1));
        var text = await SeenAsync(host, web, Resident, "/e/");
        var path = new Uri(EvaluationLink().Match(text).Value).PathAndQuery;
        using var staff = await engineer.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, staff.StatusCode);
        var page = await web.PageAsync(path);
        var shown = page.GetElementById("resolution")!.TextContent;
        Assert.All(["关不上", "更换整个龙头", "加收120元", "试水正常"], part => Assert.Contains(part, shown, StringComparison.Ordinal));
        var form = page.Forms.Single(f => f.Id == "sign-form");
        using var noMark = await web.SubmitAsync(form, ("quality", "5"), ("attitude", "4"), ("comment", "来得快"));
        Assert.Equal(HttpStatusCode.BadRequest, noMark.StatusCode);
        Assert.Contains("来得快", await noMark.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var signed = await web.SubmitAsync(
            form, ("signature", s_mark), ("quality", "5"), ("attitude", "4"), ("comment", "来得快"));
        Assert.Contains("谢谢您的评价", await signed.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var used = await web.SubmitAsync(
            form, ("key", Guid.NewGuid().ToString("N")), ("signature", s_mark), ("quality", "1"), ("attitude", "1"),
            ("comment", ""));
        Assert.Contains("已经评价过了", await used.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        await host.PassAsync(TimeSpan.FromMinutes(1));
        using var month = await engineer.GetFromJsonAsync<JsonDocument>("/api/reports/orders?community=HY&month=2026-11", Ct);
        var root = month!.RootElement;
        Assert.Equal(
            (1, 1, 1, 5.0, 4.0),
            (root.GetProperty("onTime").GetInt32(), root.GetProperty("agreed").GetInt32(),
                root.GetProperty("signedDrawn").GetInt32(), root.GetProperty("quality").GetDouble(),
                root.GetProperty("attitude").GetDouble()));
    }

    private static async Task RevisitAsync(RunningHost host, HttpClient web, string number)
    {
        // To the second of December, 9:00 in the community: the job is due, and run by hand beside it.
        await host.PassAsync(new DateTimeOffset(2026, 12, 2, 1, 0, 1, TimeSpan.Zero) - host.Time.GetUtcNow());
        await host.Get<JobRunner>().RunAsync("monthly-revisit", new DateOnly(2026, 11, 1), null, Ct);
        await host.Get<JobRunner>().RunAsync("monthly-revisit", new DateOnly(2026, 11, 1), null, Ct);
        await host.PassAsync(TimeSpan.FromMinutes(1));
        var text = await SeenAsync(host, web, Resident, "回访");
        var path = new Uri(RevisitLink().Match(text).Value).PathAndQuery;
        var page = await web.PageAsync(path);
        Assert.Single((await web.PageAsync(Resident)).QuerySelectorAll(".bubble"), b => b.TextContent.Contains("/v/", StringComparison.Ordinal));
        using var response = await web.SubmitAsync(
            page.Forms.Single(f => f.Id == "sign-form"), ("signature", s_mark), ("quality", "2"), ("attitude", "5"),
            ("solved", "no"), ("comment", "又开始滴水"));
        Assert.Contains("谢谢您的评价", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        await host.PassAsync(TimeSpan.FromMinutes(1));
        await host.PassAsync(TimeSpan.FromMinutes(1));
        using var duty = host.NewClient("zh-CN");
        await duty.SignInAsync("hy-duty");
        var list = await duty.PageAsync("/desk/revisits?month=2026-11");
        Assert.Contains("100", list.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("HY-2026-000001", list.Body.TextContent, StringComparison.Ordinal);
        var link = list.QuerySelectorAll("a").Single(a => a.TextContent == number).GetAttribute("href")!;
        var print = await duty.PageAsync(link + "/print");
        Assert.Contains("维修回访记录", print.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("又开始滴水", print.Body.TextContent, StringComparison.Ordinal);
        Assert.NotNull(print.QuerySelector("img.desk-mark"));
        using var quality = host.NewClient("zh-CN");
        await quality.SignInAsync("quality");
        var complaint = await quality.PageAsync("/desk/complaints/HY-2026-000001");
        Assert.Contains("又开始滴水", complaint.Body!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<string> StatusPathAsync(RunningHost host)
    {
        _ = Domain.MatterNumber.TryParse("HY-W-2026-000001", out var number);
        var order = await host.Get<App.Orders.OrderKind>().FindAsync(number, Ct);
        return await host.AnsweredAsync("o", order!.Stream);
    }

    private static async Task ActAsync(
        HttpClient desk, string path, string action, params (string Name, string Value)[] values)
    {
        var page = await desk.PageAsync(path);
        var form = page.Forms.FirstOrDefault(f => f.QuerySelector($"input[name=action][value='{action}']") is not null);
        Assert.True(form is not null, $"'{action}' is not offered: {page.Body!.TextContent}");
        using var response = await desk.SubmitAsync(form!, values);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static async Task SmsAsync(RunningHost host, HttpClient web, string id, string text)
    {
        using var response = await web.PostAsJsonAsync("/api/sms/events", new[]
        {
            new
            {
                id, eventType = "Microsoft.Communication.SMSReceived", subject = "/phonenumber/1",
                eventTime = host.Time.GetUtcNow(), dataVersion = "1.0",
                data = new { messageId = id, from = "+12025550113", to = "+12025550100", message = text },
            },
        }, Ct);
        response.EnsureSuccessStatusCode();
        await host.PassAsync(TimeSpan.FromSeconds(1));
    }

    private static Task<string> SeenAsync(RunningHost host, HttpClient web, string phone, string part) => host.SeenAsync(
        async () => (await web.PageAsync(phone)).QuerySelectorAll(".bubble").Select(b => b.TextContent)
            .LastOrDefault(t => t.Contains(part, StringComparison.Ordinal)),
        $"'{part}' at {phone}");

    [GeneratedRegex("HY-W-2026-[0-9]{6}", RegexOptions.None, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("HY26-W[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"http://\S+/o/[0-9a-f]+/[A-Za-z0-9_-]{22}", RegexOptions.None, 1000)]
    private static partial Regex StatusLink();

    [GeneratedRegex(@"http://\S+/e/[0-9a-f]+/[A-Za-z0-9_-]{22}", RegexOptions.None, 1000)]
    private static partial Regex EvaluationLink();

    [GeneratedRegex(@"http://\S+/v/[A-Za-z0-9-]+/[A-Za-z0-9_-]{22}", RegexOptions.None, 1000)]
    private static partial Regex RevisitLink();
}
