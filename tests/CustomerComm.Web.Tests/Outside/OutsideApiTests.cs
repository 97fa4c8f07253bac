using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerComm.Web.Tests.Desk;

namespace CustomerComm.Web.Tests.Outside;

/// <summary>Work orders of authorities over HTTP (4.6.2-2).</summary>
[Clause("4.6.2-2")]
public sealed class OutsideApiTests(SharedHost shared)
{
    private const string Good =
        """{"community":"HY","line":"Hotline12345","number":"BJ-20261123-0001","receivedThere":"2026-11-23T09:00","text":"演示：地下车库漏水没人修","urgent":false,"contact":{"room":"1-1-101","phone":"+1 202-555-0150"},"category":"CivilWorks"}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"community\":\"HY\"", "\"community\":\"XX\"", "community")]
    [InlineData("\"community\":\"HY\",", "", "community")]
    [InlineData("Hotline12345", "Hotline999", "line")]
    [InlineData("Hotline12345", "0", "line")]
    [InlineData("BJ-20261123-0001", "BJ/1", "number")]
    [InlineData("\"number\":\"BJ-20261123-0001\",", "", "number")]
    [InlineData("2026-11-23T09:00", "soon", "receivedThere")]
    [InlineData("2026-11-23T09:00", "2026-11-24T09:00", "receivedThere")]
    [InlineData("\"receivedThere\":\"2026-11-23T09:00\",", "", "receivedThere")]
    [InlineData("\"urgent\":false", "\"replyBy\":\"2026-11-22\"", "replyBy")]
    [InlineData("\"urgent\":false", "\"contactBy\":\"2026-11-23T08:00\"", "contactBy")]
    [InlineData("演示：地下车库漏水没人修", " ", "text")]
    [InlineData("CivilWorks", "Weather", "category")]
    [InlineData("\"urgent\":false", "\"complaint\":\"17\"", "complaint")]
    [InlineData("\"urgent\":false", "\"complaint\":\"HY-2026-000999\"", "complaint")]
    [InlineData("\"urgent\":false", "\"urgency\":false", "urgency")]
    [InlineData("+1 202-555-0150", "+1 202-555-0113", "phone")]
    public async Task Given_a_bad_field_When_posted_Then_the_problem_names_it(string from, string to, string field)
    {
        using var response = await PostAsync(
            (await shared.GetAsync()).NewClient(), Good.Replace(from, to, StringComparison.Ordinal));
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{response.StatusCode} {text}");
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(field, problem.RootElement.GetProperty("field").GetString());
    }

    [Fact]
    public async Task Given_a_key_is_set_When_it_is_missing_or_wrong_Then_nothing_is_taken_or_told()
    {
        await using var host = await RunningHost.StartAsync("--CustomerComm:OutsideKey=city");
        using var client = host.NewClient();
        using var none = await PostAsync(client, Good);
        client.DefaultRequestHeaders.Add("X-Api-Key", "town");
        using var wrong = await PostAsync(client, Good);
        using var look = await client.GetAsync(new Uri("/api/outside/HY/BJ-20261123-0001", UriKind.Relative), Ct);
        client.DefaultRequestHeaders.Remove("X-Api-Key");
        client.DefaultRequestHeaders.Add("X-Api-Key", "city");
        using var right = await PostAsync(client, Good);
        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Created],
            new[] { none, wrong, look, right }.Select(r => r.StatusCode));
    }

    [Fact]
    public async Task Given_an_order_sent_twice_Then_it_is_one_case_and_its_reply_can_be_read()
    {
        await using var host = await RunningHost.StartAsync();
        using var client = host.NewClient();
        using var first = await PostAsync(client, Good);
        using var again = await PostAsync(client, Good.Replace("没人修", "还是没人修", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        using var one = await first.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        using var two = await again.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        var complaint = one!.RootElement.GetProperty("complaint").GetString()!;
        Assert.Equal(complaint, two!.RootElement.GetProperty("complaint").GetString());
        Assert.Equal(
            ("ToReply", "2026-11-24T09:00:00+08:00"),
            (one.RootElement.GetProperty("stage").GetString(), one.RootElement.GetProperty("contactBy").GetString()));
        await host.SettleAsync();

        var engineer = await DeskBrowser.SignedInAsync(host, "engineer");
        var path = OutsidePagesTests.PathOf(await engineer.GetAsync($"/desk/complaints/{complaint}"));
        await OutsidePagesTests.DidAsync(engineer, path, "DraftReply", ("text", "演示：已修好防水。"));
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        await OutsidePagesTests.DidAsync(quality, path, "DecideReply", ("decision", "yes"), ("comment", ""));
        using var stands = await client.GetFromJsonAsync<JsonDocument>(
            new Uri(first.Headers.Location!.ToString(), UriKind.Relative), Ct);
        Assert.Equal("演示：已修好防水。", stands!.RootElement.GetProperty("reply").GetString());
        using var unknown = await client.GetAsync(new Uri("/api/outside/HY/BJ-9", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Given_a_month_When_asked_for_Then_staff_get_figures_and_a_line_for_each_order()
    {
        await using var host = await RunningHost.StartAsync();
        using var client = host.NewClient();
        using var nobody = await client.GetAsync(new Uri("/api/reports/outside?community=HY", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        using var taken = await PostAsync(client, Good);
        await host.SettleAsync();
        var leader = (await DeskBrowser.SignedInAsync(host, "leader")).Client;
        using var figures = await leader.GetFromJsonAsync<JsonDocument>(
            new Uri("/api/reports/outside?community=HY&month=2026-11", UriKind.Relative), Ct);
        Assert.Equal(
            (1, JsonValueKind.Null),
            (figures!.RootElement.GetProperty("received").GetInt32(),
                figures.RootElement.GetProperty("responseRate").ValueKind));
        var csv = await leader.GetStringAsync(
            new Uri("/api/reports/outside?community=HY&month=2026-11&format=csv", UriKind.Relative), Ct);
        Assert.Contains("BJ-20261123-0001,Hotline12345,HY-2026-", csv, StringComparison.Ordinal);
        var monthly = await leader.GetStringAsync(
            new Uri("/api/reports/monthly?community=HY&month=2026-11&format=csv", UriKind.Relative), Ct);
        Assert.Contains(",BJ-20261123-0001", monthly, StringComparison.Ordinal);
        using var bad = await leader.GetAsync(new Uri("/api/reports/outside?community=HY&month=13", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string body) => client.PostAsync(
        new Uri("/api/outside", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Ct);
}
