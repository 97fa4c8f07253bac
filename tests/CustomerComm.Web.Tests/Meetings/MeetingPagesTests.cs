using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerComm.App.Ports;
using CustomerComm.Web.Simulator;
using CustomerComm.Web.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Meetings;

/// <summary>Meetings by the pages: the desk, and the minutes behind the committee's link (4.5.5).</summary>
[Clause("4.5.5")]
public sealed partial class MeetingPagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_meeting_When_arranged_recorded_and_carried_out_Then_the_committee_reads_the_minutes()
    {
        await using var host = await RunningHost.StartAsync();
        var desk = await DeskBrowser.SignedInAsync(host, "hy-manager");
        var form = (await desk.GetAsync("/desk/meetings/new")).Hidden(null);
        var page = await desk.PostAsync("/desk/meetings/new", new(form)
        {
            ["community"] = "HY",
            ["at"] = "2026-11-23T14:00",
            ["place"] = "会议室",
            ["agenda"] = "车位",
        });
        var number = Number().Match(page.Path).Value;
        Assert.NotEqual("", number);
        await host.PassAsync(TimeSpan.FromHours(6));
        var bad = await DoAsync(desk, number, "Hold", ("at", "2026-11-23T14:00"), ("place", "会议室"),
            ("committee", "演示委员甲"), ("statements", "没有冒号"));
        Assert.Equal(HttpStatusCode.BadRequest, bad.Status);
        Assert.Contains("没有冒号", bad.Text, StringComparison.Ordinal);
        var held = await DoAsync(desk, number, "Hold", ("at", "2026-11-23T14:00"), ("place", "会议室"),
            ("committee", "演示委员甲"), ("statements", "演示委员甲：希望增加车位\n演示花园主任：将划线"));
        Assert.Equal(HttpStatusCode.OK, held.Status);
        await DoAsync(desk, number, "Agree", ("what", "划出六个车位"), ("owner", "engineer"), ("due", "2026-11-25T17:00"));
        await DoAsync(desk, number, "Correct", ("no", "1"), ("text", "希望增加六个车位"), ("reason", "漏记数字"));
        await DoAsync(desk, number, "SendMinutes");
        await host.SettleAsync();

        var engineer = await DeskBrowser.SignedInAsync(host, "engineer");
        Assert.Contains($"/desk/meetings/{number}", (await engineer.GetAsync("/desk")).Html, StringComparison.Ordinal);
        var offered = await engineer.GetAsync($"/desk/meetings/{number}");
        Assert.Equal(["Finish"], offered.Actions);
        await DoAsync(engineer, number, "Finish", ("result", "已划线"));
        await host.SettleAsync();

        using var member = host.NewClient("zh");
        var table = host.Services.GetRequiredService<ITables>().Of<PhoneMessageRow>();
        var sent = await PhoneBook.MessagesAsync(table, "+12025550170", Ct);
        var link = Link().Match(sent.Last(m => m.Text.Contains("/m/", StringComparison.Ordinal)).Text).Value;
        var minutes = WebUtility.HtmlDecode(await member.GetStringAsync(new Uri(link).PathAndQuery, Ct));
        Assert.Contains("<s class=\"desk-text\">希望增加车位</s>", minutes, StringComparison.Ordinal);
        Assert.Contains("漏记数字", minutes, StringComparison.Ordinal);
        Assert.Contains("已划线", minutes, StringComparison.Ordinal);
        var stranger = await member.GetAsync($"/m/{number}/AAAAAAAAAAAAAAAAAAAAAA", Ct);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        var report = await desk.Client.GetFromJsonAsync<JsonElement>(
            "/api/reports/meetings?community=HY&year=2026", Ct);
        // The month's meeting may have been sought besides.
        var own = report.GetProperty("meetings").EnumerateArray()
            .Single(m => m.GetRawText().Contains(number, StringComparison.Ordinal));
        Assert.Equal("Done", own.GetProperty("stage").GetString());
        Assert.DoesNotContain("车位", report.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<DeskPageView> DoAsync(
        DeskBrowser desk, string number, string action, params (string Name, string Value)[] fields)
    {
        var form = (await desk.GetAsync($"/desk/meetings/{number}")).Hidden(action);
        foreach (var (name, value) in fields)
            form[name] = value;
        return await desk.PostAsync($"/desk/meetings/{number}", form);
    }

    [GeneratedRegex("http[^ ]+/m/[^ ]+", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("HY-M[0-9]{6}(-[0-9A-F]{6})?", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
