using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerComm.App.Classification;
using CustomerComm.Web.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Desk;

/// <summary>A danger over HTTP, in the chat and at the desk.</summary>
[Clause("4.6.2-6")]
public sealed class DangerTests
{
    private const string First = "If anyone is in danger, call 119/110/120 first";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_HTTP_the_answer_carries_the_numbers_to_show_first()
    {
        await using var host = await StartAsync();
        var danger = (await PostAsync(host, "/api/complaints", "Fire in the stairwell!")).GetProperty("danger");
        Assert.StartsWith(First, danger.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["119", "110", "120"], danger.GetProperty("numbers").EnumerateArray().Select(n => n.GetString()));
        Assert.Contains(
            danger.GetProperty("hotline").GetString()!, danger.GetProperty("text").GetString(),
            StringComparison.Ordinal);
        danger = (await PostAsync(host, "/api/orders", "Fire in the kitchen, send somebody")).GetProperty("danger");
        Assert.StartsWith(First, danger.GetProperty("text").GetString(), StringComparison.Ordinal);
        danger = (await PostAsync(host, "/api/complaints", "Rubbish was not collected.")).GetProperty("danger");
        Assert.Equal(JsonValueKind.Null, danger.ValueKind);
    }

    [Fact]
    public async Task By_Open311_the_notice_begins_with_the_numbers()
    {
        await using var host = await StartAsync("--CustomerComm:Open311Keys=k");
        using var client = host.NewClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["api_key"] = "k",
            ["jurisdiction_id"] = "HY",
            ["service_code"] = "Equipment",
            ["address_string"] = "1-1-101",
            ["description"] = "Fire in the stairwell!",
        });
        using var response = await client.PostAsync(new Uri("/open311/v2/requests.json", UriKind.Relative), form, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Contains($"\"service_notice\":\"{First}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_chat_the_first_line_is_the_numbers_and_the_question_comes_after()
    {
        await using var host = await StartAsync();
        using var chat = new ChatClient(host);
        await chat.BeginAsync();
        await chat.SayAsync("The lift in block 3 is broken", "community");
        var reply = await chat.SayAsync("Fire in the lift shaft now!", "HY-2026-");
        Assert.StartsWith(First, reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_desk_danger_stands_on_top_and_is_cleared_by_call_back_and_reason_only()
    {
        await using var host = await StartAsync();
        var other = await DeskBrowser.ComplainAsync(host, "Rubbish has not been collected.");
        await host.PassAsync(TimeSpan.FromHours(1));
        var number = await DeskBrowser.ComplainAsync(host, "Fire in the stairwell!");
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var work = (await duty.GetAsync("/desk")).Text;
        Assert.True(
            work.IndexOf(number, StringComparison.Ordinal) < work.IndexOf(other, StringComparison.Ordinal), work);
        Assert.Contains("Danger", work, StringComparison.Ordinal);
        Assert.Contains("call back about a danger", work, StringComparison.Ordinal);

        var page = await duty.GetAsync($"/desk/complaints/{number}");
        Assert.Equal("RecordCallBack", page.Actions[0]);
        Assert.Contains("Somebody reported a danger", page.Text, StringComparison.Ordinal);
        Assert.Contains(First, page.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"tel:", page.Html, StringComparison.Ordinal);

        (string, string)[] none =
        [
            ("kind", "Complaint"), ("category", "Security"), ("severity", "Ordinary"), ("accused", ""), ("handler", ""),
        ];
        page = await duty.DoAsync(number, "Triage", [.. none, ("reason", "Smoke of cooking")]);
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("record the call-back first", page.Text, StringComparison.Ordinal);
        Assert.Contains("Smoke of cooking", page.Form("Triage"), StringComparison.Ordinal);
        page = await duty.DoAsync(
            number, "RecordCallBack", ("channel", "Phone"), ("reached", "yes"), ("with", ""), ("said", "nothing"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        page = await duty.DoAsync(
            number, "RecordCallBack", ("channel", "Phone"), ("reached", "yes"), ("with", "Mr Zhao"),
            ("said", "Only smoke of cooking"));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("The call-back is recorded", page.Text, StringComparison.Ordinal);
        Assert.Contains("Only smoke of cooking", page.Text, StringComparison.Ordinal);
        page = await duty.DoAsync(number, "Triage", [.. none, ("reason", "")]);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        page = await duty.DoAsync(number, "Triage", [.. none, ("why", "LessGrave"), ("reason", "Smoke of cooking")]);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("badge--urgent", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("DecideFinding", page.Actions);
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        page = await quality.DoAsync(number, "DecideFinding", ("decision", "yes"), ("comment", ""));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("badge--urgent", page.Html, StringComparison.Ordinal);
        Assert.Contains("Smoke of cooking", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_desk_takes_down_tells_the_caller_the_numbers_first()
    {
        await using var host = await StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var form = new Dictionary<string, string>((await duty.GetAsync("/desk/new")).Hidden(null))
        {
            ["channel"] = "Phone",
            ["community"] = "HY",
            ["text"] = "Fire in the garage",
            ["room"] = "1-1-102",
        };
        var receipt = await duty.PostAsync("/desk/new", form);
        Assert.Contains(First, receipt.Text, StringComparison.Ordinal);
        Assert.True(
            receipt.Html.IndexOf(First, StringComparison.Ordinal)
            < receipt.Html.IndexOf("desk-number", StringComparison.Ordinal));
    }

    private static Task<RunningHost> StartAsync(params string[] settings) =>
        RunningHost.StartAsync(b => b.Services.AddSingleton<Classifier, DangerWords>(), null, settings);

    private static async Task<JsonElement> PostAsync(RunningHost host, string path, string text)
    {
        using var client = host.NewClient();
        using var response = await client.PostAsJsonAsync(
            new Uri(path, UriKind.Relative), new { community = "HY", text, contact = new { room = "1-1-101" } }, Ct);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }
}
