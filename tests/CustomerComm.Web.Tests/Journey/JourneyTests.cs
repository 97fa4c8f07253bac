using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;

namespace CustomerComm.Web.Tests.Journey;

/// <summary>
/// The whole way of a complaint through the real host over HTTP, from the first words to the report, on either store.
/// </summary>
public sealed partial class JourneyTests(Azurite azurite)
{
    private const string Engineer = "/phones/+12025550113";
    private const string Resident = "/phones/+12025550150";

    private static readonly string s_signature = "data:image/svg+xml;base64," + Convert.ToBase64String(
        """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 150"><path d="M 10,80 C 40,10 65,10 95,80 S 150,150 180,80 C 200,40 230,30 260,90" stroke="black" fill="none" stroke-width="2"/></svg>"""u8);

    [Theory]
    [InlineData("sqlite")]
    [InlineData("tables")]
    [Clause("4.6.1-1"), Clause("4.6.1-2-B"), Clause("4.6.1-4"), Clause("4.6.1-5"), Clause("4.6.2-1"), Clause("4.6.2-4")]
    [Clause("4.6.2-6"), Clause("4.5.1"), Clause("4.5.4"), Clause("3.2")]
    public async Task Given_a_resident_complains_by_chat_When_all_do_their_part_Then_the_report_shows_it_signed_and_closed(
        string store)
    {
        string[] settings = store == "tables" ? await azurite.SettingsAsync() : [];
        await using var host = await RunningHost.StartAsync(settings);
        await WholeWayAsync(host);
        await LedgerHoldsAsync(host);
    }

    /// <summary>From the first words to the report; the number of the complaint.</summary>
    internal static async Task<string> WholeWayAsync(RunningHost host)
    {
        using var web = host.NewClient("zh-CN");
        var number = await ComplainAsync(host, web);

        await host.PassAsync(TimeSpan.FromMinutes(20));
        var code = await AcceptBySmsAsync(host, web);
        Assert.Equal("HY26-1", code);
        using var duty = await AtDeskAsync(host, "hy-duty");
        await duty.DoAsync(
            number, "Triage", ("kind", "Complaint"), ("category", "Equipment"), ("severity", "Ordinary"));
        using var engineer = await AtDeskAsync(host, "engineer");
        await engineer.DoAsync(number, "Resolve", ("text", "已更换三号楼电梯的控制板，试运行正常。"));

        await host.PassAsync(TimeSpan.FromHours(1));
        await SignAsync(host, web);
        // Two days and some hours are too late for the follow-up (2 days): the engineer hears of it.
        await host.PassAsync(TimeSpan.FromDays(2) + TimeSpan.FromHours(4));
        await host.SeenAsync(
            () => TextAsync(web, Engineer, "逾期"), "the overdue follow-up at the engineer's phone");
        // A session at the desk ends after twelve hours.
        await engineer.SignInAsync("engineer");
        await engineer.DoAsync(number, "FollowUp", ("channel", "Phone"), ("opinion", "满意，谢谢"), ("wishes", "定期保养"));
        await engineer.DoAsync(number, "HandOverRecords");
        await engineer.DoAsync(number, "FindRootCause", ("cause", "控制板老化"), ("prevention", "每季度检查"));
        using var quality = await AtDeskAsync(host, "quality");
        await quality.DoAsync(number, "CheckRecords", ("decision", "yes"), ("reason", ""));
        await quality.DoAsync(number, "Verify", ("decision", "yes"), ("comment", "现场核实电梯运行正常"));
        await ReportAsync(host, quality, number);
        return number;
    }

    private static async Task LedgerHoldsAsync(RunningHost host)
    {
        await host.Get<LedgerAnchoring>().PublishAsync(new DateOnly(2026, 11, 30), CancellationToken.None);
        var report = await new LedgerVerifier(host.Get<IEventStore>(), TimeProvider.System, host.Get<IAnchorStore>())
            .VerifyAsync(null, CancellationToken.None);
        Assert.True(report.Holds, report.Fault?.Text);
        Assert.True(report.Anchors >= 1);
        // What the company owes anyway, such as the committee's meeting, is open still; no complaint is.
        var open = await host.Get<IEventStore>().ListOpenAsync(null, 100, CancellationToken.None);
        Assert.DoesNotContain(open, h => h.Stream.Value.StartsWith("complaint.", StringComparison.Ordinal));
    }

    private static async Task<HttpClient> AtDeskAsync(RunningHost host, string staff)
    {
        var client = host.NewClient("zh-CN");
        await client.SignInAsync(staff);
        return client;
    }

    private static async Task<string> ComplainAsync(RunningHost host, HttpClient web)
    {
        using var chat = new ChatClient(host);
        await chat.BeginAsync();
        await chat.SayAsync("三号楼的电梯坏了三天，没人来修", "哪个小区");
        await chat.SayAsync("演示花园", "设施设备");
        await chat.SayAsync("是", "什么时候");
        await chat.SayAsync("明天下午5点", "手机号");
        await chat.SayAsync("+1 202-555-0150，1-1-101", "核对");
        var reply = await chat.SayAsync("确认登记", "HY-2026-");
        Assert.Contains("工程部", reply, StringComparison.Ordinal);
        Assert.Contains("+1 202-555-0101", reply, StringComparison.Ordinal);
        Assert.Contains("11月24日17:00", reply, StringComparison.Ordinal);
        var status = StatusLink().Match(reply).Value;
        Assert.Contains("已派单", (await web.PageAsync(new Uri(status).PathAndQuery)).Body!.TextContent, StringComparison.Ordinal);
        return Number().Match(reply).Value;
    }

    private static async Task<string> AcceptBySmsAsync(RunningHost host, HttpClient web)
    {
        var text = await host.SeenAsync(() => TextAsync(web, Engineer, "派单"), "the assignment");
        var code = Code().Match(text).Value;
        using var response = await web.PostAsJsonAsync("/api/sms/events", new[]
        {
            new
            {
                id = "e-1", eventType = "Microsoft.Communication.SMSReceived", subject = "/phonenumber/1",
                eventTime = "2026-11-23T02:20:00Z", dataVersion = "1.0",
                data = new { messageId = "m-1", from = "+12025550113", to = "+12025550100", message = $"1 {code}" },
            },
        });
        response.EnsureSuccessStatusCode();
        await host.SeenAsync(() => TextAsync(web, Engineer, $"已接单{code}"), "the answer to the reply");
        return code;
    }

    private static async Task SignAsync(RunningHost host, HttpClient web)
    {
        var text = await host.SeenAsync(() => TextAsync(web, Resident, "/s/"), "the signing link");
        var path = new Uri(SignLink().Match(text).Value).PathAndQuery;
        var page = await web.PageAsync(path);
        Assert.Contains("已更换三号楼电梯的控制板，试运行正常。", page.Body!.TextContent, StringComparison.Ordinal);
        var form = page.Forms.Single(f => f.Id == "sign-form");
        using var response = await web.SubmitAsync(form, ("signature", s_signature), ("satisfaction", "5"), ("comment", "很好"));
        response.EnsureSuccessStatusCode();
    }

    private static async Task ReportAsync(RunningHost host, HttpClient staff, string number)
    {
        var report = await host.SeenAsync(
            async () =>
            {
                using var json = await staff.GetFromJsonAsync<JsonDocument>(
                    "/api/reports/monthly?community=HY&month=2026-11");
                return json!.RootElement.GetProperty("closed").GetInt32() == 1 ? json.RootElement.Clone().ToString() : null;
            },
            "the case closed in the report");
        using var parsed = JsonDocument.Parse(report);
        var root = parsed.RootElement;
        Assert.Equal(1, root.GetProperty("signatures").GetProperty("drawn").GetInt32());
        Assert.Equal(5, root.GetProperty("satisfaction").GetProperty("mean").GetDouble());
        Assert.Equal("Equipment", root.GetProperty("categories")[0].GetProperty("name").GetString());
        Assert.Equal("Engineering", root.GetProperty("departments")[0].GetProperty("name").GetString());
        var steps = root.GetProperty("steps").EnumerateArray()
            .ToDictionary(s => s.GetProperty("step").GetString()!, s => s, StringComparer.Ordinal);
        Assert.All(["Triage", "Accept", "Resolve", "ObtainSignature", "HandOverRecords", "Verify"], s =>
            Assert.Equal((s, 1), (s, steps[s].GetProperty("onTime").GetInt32())));
        Assert.Equal(1, steps["FollowUp"].GetProperty("late").GetInt32());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/reports/monthly?community=HY&month=2026-11");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var csv = await staff.SendAsync(request);
        Assert.Contains($"{number},Equipment,Ordinary,Engineering,Closed,Verified", await csv.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var page = await staff.PageAsync("/reports?community=HY&month=2026-11");
        Assert.Contains(number, page.Body!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The last message at a phone that contains this, or null.</summary>
    private static async Task<string?> TextAsync(HttpClient web, string phone, string part)
    {
        var page = await web.PageAsync(phone);
        return page.QuerySelectorAll(".bubble").Select(b => b.TextContent)
            .LastOrDefault(t => t.Contains(part, StringComparison.Ordinal));
    }

    [GeneratedRegex("HY-2026-[0-9]{6}", RegexOptions.None, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("HY26-[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"http://\S+/s/\S+?/[A-Za-z0-9_-]{22}", RegexOptions.None, 1000)]
    private static partial Regex SignLink();

    [GeneratedRegex(@"http://\S+/c/[0-9a-f]+/[A-Za-z0-9_-]{22}", RegexOptions.None, 1000)]
    private static partial Regex StatusLink();
}
