using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerComm.App.Ports;
using CustomerComm.Web.Simulator;
using CustomerComm.Web.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Notices;

/// <summary>Notices by the pages: the desk, the board, the link in the message (4.1, 4.2.2).</summary>
[Clause("4.2.2")]
public sealed partial class NoticePagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Clause("4.1.1")]
    public async Task Given_staff_write_a_notice_When_published_and_read_and_corrected_Then_each_sees_what_they_should()
    {
        await using var host = await RunningHost.StartAsync();
        var desk = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var number = await DraftAsync(desk, ("title", "电梯年检通知"), ("body", "周五上午电梯年检。"));
        using var anybody = host.NewClient();
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync($"/notices/{number}", Ct)).StatusCode);
        await DoAsync(desk, number, "Publish");
        await host.SettleAsync();

        var board = await TextAsync(anybody, "/notices?community=HY");
        Assert.Contains("电梯年检通知", board, StringComparison.Ordinal);
        var link = await LinkToAsync(host, "+12025550150");
        Assert.Contains("周五上午", await TextAsync(anybody, link), StringComparison.Ordinal);
        Assert.Contains("我已阅读", await TextAsync(anybody, link), StringComparison.Ordinal);
        Assert.Contains("已记录您已阅读", await PressAsync(anybody, link), StringComparison.Ordinal);
        // Staff who look at a household's link do not count as that household.
        var others = await LinkToAsync(host, "+12025550151");
        Assert.DoesNotContain("我已阅读", (await desk.GetAsync(others)).Text, StringComparison.Ordinal);
        await desk.Client.PostAsync(others, null, Ct);
        await host.SettleAsync();
        var report = await desk.Client.GetFromJsonAsync<JsonElement>("/api/reports/notices?community=HY", Ct);
        var figures = report.GetProperty("notices")[0].GetProperty("figures");
        Assert.Equal(6, figures.GetProperty("households").GetInt32());
        Assert.Equal(1, figures.GetProperty("opened").GetInt32());
        var receipts = await desk.GetAsync($"/desk/notices/{number}/receipts?edition=1&change=New&status=Opened");
        Assert.Contains("1-1-101", receipts.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("1-1-201", receipts.Text, StringComparison.Ordinal);

        // Later, so that it is the later message on the phone too.
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await DoAsync(desk, number, "Correct", ("reason", "写错日期"), ("body", "周六上午电梯年检。"));
        await DoAsync(desk, number, "Publish");
        await host.SettleAsync();
        var shown = await TextAsync(anybody, $"/notices/{number}");
        Assert.Contains("<s>周五上午电梯年检。</s>", shown, StringComparison.Ordinal);
        Assert.Contains("写错日期", shown, StringComparison.Ordinal);
        Assert.Contains("周六上午", await TextAsync(anybody, link), StringComparison.Ordinal);
        Assert.NotEqual(link, await LinkToAsync(host, "+12025550150"));
    }

    [Theory]
    [InlineData("facebookexternalhit/1.1")]
    [InlineData("WhatsApp/2.23.20.0")]
    [InlineData("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 MicroMessenger/8.0.42")]
    [InlineData("")]
    public async Task Case_37_Given_a_preview_looks_at_the_link_When_it_does_so_often_Then_nobody_has_read_it(string agent)
    {
        await using var host = await RunningHost.StartAsync();
        var desk = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var number = await DraftAsync(desk, ("title", "电梯年检通知"), ("body", "周五上午电梯年检。"));
        await DoAsync(desk, number, "Publish");
        await host.SettleAsync();
        var link = await LinkToAsync(host, "+12025550150");
        using var preview = host.NewClient();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
        {
            using var request = new HttpRequestMessage(method, link);
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
            using var _ = await preview.SendAsync(request, Ct);
        }

        await host.SettleAsync();
        Assert.Equal(0, await OpenedAsync(desk));
        await PressAsync(preview, link);
        await PressAsync(preview, link);
        await host.SettleAsync();
        Assert.Equal(1, await OpenedAsync(desk));
    }

    [Fact]
    public async Task Given_a_notice_for_chosen_households_Then_the_board_hides_it_and_only_its_link_opens_it()
    {
        await using var host = await RunningHost.StartAsync();
        var desk = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var number = await DraftAsync(
            desk, ("title", "您家水表"), ("body", "请留人。"), ("audience", "Households"), ("rooms", "1-1-101"));
        await DoAsync(desk, number, "Publish");
        await host.SettleAsync();
        using var anybody = host.NewClient();
        Assert.DoesNotContain(
            "水表", await TextAsync(anybody, "/notices?community=HY"),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync($"/notices/{number}", Ct)).StatusCode);
        var link = await LinkToAsync(host, "+12025550150");
        Assert.Contains("您家水表", await TextAsync(anybody, link), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(link[..^3] + "AAA", Ct)).StatusCode);
        var others = await DeskBrowser.SignedInAsync(host, "jx-manager");
        Assert.Equal(HttpStatusCode.NotFound, (await others.GetAsync($"/desk/notices/{number}")).Status);
    }

    [Fact]
    public async Task Given_a_wrong_room_When_drafted_Then_the_field_is_named_and_nothing_typed_is_lost()
    {
        await using var host = await RunningHost.StartAsync();
        var desk = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var form = (await desk.GetAsync("/desk/notices/new")).Hidden(null);
        foreach (var (name, value) in new[]
        {
            ("community", "HY"), ("kind", "Circular"), ("audience", "Households"), ("rooms", "9-9-999"),
            ("ways", "sms"), ("title", "标题一"), ("body", "正文一"),
        })
        {
            form[name] = value;
        }

        var page = await desk.PostAsync("/desk/notices/new", form);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("9-9-999", page.Text, StringComparison.Ordinal);
        Assert.Contains("正文一", page.Text, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_draft_When_time_passes_Then_it_stands_on_the_work_list_and_leads_to_its_page()
    {
        await using var host = await RunningHost.StartAsync();
        var desk = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var number = await DraftAsync(desk, ("title", "草稿"), ("body", "正文"));
        await host.SettleAsync();
        Assert.Contains($"/desk/notices/{number}", (await desk.GetAsync("/desk")).Html, StringComparison.Ordinal);
        Assert.Contains("/desk/notices", (await desk.GetAsync("/desk/all")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_board_as_json_When_a_community_is_unknown_Then_the_field_is_named()
    {
        await using var host = await RunningHost.StartAsync();
        using var client = host.NewClient();
        var bad = await client.GetAsync("/api/notices?community=XX", Ct);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("community", await bad.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var report = await client.GetAsync("/api/reports/notices?community=HY", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, report.StatusCode);
    }

    private static async Task<string> DraftAsync(DeskBrowser desk, params (string Name, string Value)[] fields)
    {
        var form = (await desk.GetAsync("/desk/notices/new")).Hidden(null);
        foreach (var (name, value) in fields.Prepend(("ways", "sms")).Prepend(("audience", "Community"))
            .Prepend(("kind", "Circular")).Prepend(("community", "HY")))
        {
            form[name] = value;
        }

        var page = await desk.PostAsync("/desk/notices/new", form);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return NumberIn().Match(page.Path).Value;
    }

    private static async Task DoAsync(
        DeskBrowser desk, string number, string action, params (string Name, string Value)[] fields)
    {
        var page = await desk.GetAsync($"/desk/notices/{number}");
        var form = page.Hidden(action);
        form["title"] = "电梯年检通知";
        foreach (var (name, value) in fields)
            form[name] = value;
        Assert.Equal(HttpStatusCode.OK, (await desk.PostAsync($"/desk/notices/{number}", form)).Status);
    }

    private static async Task<string> LinkToAsync(RunningHost host, string phone)
    {
        var table = host.Services.GetRequiredService<ITables>().Of<PhoneMessageRow>();
        var messages = await PhoneBook.MessagesAsync(table, phone, Ct);
        var text = messages.Last(m => m.Text.Contains("/n/", StringComparison.Ordinal)).Text;
        return new Uri(Link().Match(text).Value).PathAndQuery;
    }

    private static async Task<string> PressAsync(HttpClient client, string link)
    {
        using var answer = await client.PostAsync(link, null, Ct);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<int> OpenedAsync(DeskBrowser desk)
    {
        var report = await desk.Client.GetFromJsonAsync<JsonElement>("/api/reports/notices?community=HY", Ct);
        return report.GetProperty("notices")[0].GetProperty("figures").GetProperty("opened").GetInt32();
    }

    private static async Task<string> TextAsync(HttpClient client, string address) =>
        WebUtility.HtmlDecode(await client.GetStringAsync(address, Ct));

    [GeneratedRegex("http[^ ]+/n/[^ ]+", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("HY-N[0-9]{6}-[0-9A-F]{6}", RegexOptions.None, 1000)]
    private static partial Regex NumberIn();
}
