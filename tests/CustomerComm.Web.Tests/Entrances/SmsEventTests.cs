using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerComm.App.Conversations;
using CustomerComm.App.Registers;
using CustomerComm.Domain;
using CustomerComm.Web.Tests.Desk;

namespace CustomerComm.Web.Tests.Entrances;

/// <summary>The provider's events: every schema, each event on its own, nothing lost.</summary>
public sealed class SmsEventTests : IAsyncLifetime
{
    private const string Phone = "+12025550156";
    private const string Received = "Microsoft.Communication.SMSReceived";
    private static readonly Uri s_path = new("/api/sms/events", UriKind.Relative);
    private RunningHost _host = null!;
    private HttpClient _web = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.StartAsync();
        _web = _host.NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("""[{"specversion":"1.0","id":"ce-1","source":"/x","type":"{T}","time":"2026-11-30T01:00:00Z","data":{D}}]""")]
    [InlineData("""{"specversion":"1.0","id":"ce-1","source":"/x","type":"{T}","datacontenttype":"application/json","data":{D}}""")]
    [InlineData("""[{"id":"1","topic":"/t","subject":"s","eventType":"{T}","dataVersion":"1.0","data":{D}}]""")]
    [InlineData("""{"id":"1","eventType":"{T}","data":{D}}""")]
    [InlineData("""[{"specversion":"1.0","id":"ce-1","source":"/x","type":"{T}","data_base64":"{B}"}]""")]
    public async Task Case_15_Given_a_message_in_any_schema_Then_it_is_taken(string envelope)
    {
        const string data = $$"""{"messageId":"ce-m1","from":"{{Phone}}","to":"+18335550100","message":"电梯停在负一楼不动了"}""";
        var body = envelope.Replace("{T}", Received, StringComparison.Ordinal)
            .Replace("{D}", data, StringComparison.Ordinal)
            .Replace("{B}", Convert.ToBase64String(Encoding.UTF8.GetBytes(data)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(body)).Status);
        Assert.Equal(["电梯停在负一楼不动了"], await TextsAsync());
        Assert.Equal(0, await AsideAsync());
    }

    [Fact]
    public async Task Case_15_Given_a_CloudEvent_in_binary_mode_Then_its_headers_are_the_envelope()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, s_path)
        {
            Content = Json($$"""{"from":"{{Phone}}","message":"灯坏了","receivedTimestamp":"garbage"}"""),
        };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-type", Received);
        request.Headers.Add("ce-id", "b-1");
        request.Headers.Add("ce-source", "/x");
        using var response = await _web.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["灯坏了"], await TextsAsync());
    }

    [Fact]
    public async Task Case_15_Given_the_handshake_of_CloudEvents_Then_the_origin_is_allowed_and_without_one_it_is_said()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, s_path);
        request.Headers.Add("WebHook-Request-Origin", "eventgrid.azure.net");
        request.Headers.Add("WebHook-Request-Rate", "120");
        using var response = await _web.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("eventgrid.azure.net", Assert.Single(response.Headers.GetValues("WebHook-Allowed-Origin")));
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("WebHook-Allowed-Rate")));
        using var bare = new HttpRequestMessage(HttpMethod.Options, s_path);
        using var refused = await _web.SendAsync(bare, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Given_a_key_is_set_When_the_handshake_lacks_it_Then_it_is_refused()
    {
        await using var host = await RunningHost.StartAsync("--CustomerComm:SmsEventsKey=k");
        using var web = host.NewClient();
        web.DefaultRequestHeaders.Remove("X-Api-Key");
        foreach (var (path, key, status) in new[]
        {
            ("/api/sms/events", "", HttpStatusCode.Unauthorized), ("/api/sms/events", "x", HttpStatusCode.Unauthorized),
            // Addresses are written down in many places: a key in one opens nothing.
            ("/api/sms/events?key=k", "", HttpStatusCode.Unauthorized), ("/api/sms/events", "k", HttpStatusCode.OK),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.Add("WebHook-Request-Origin", "eventgrid.azure.net");
            request.Headers.Add("X-Api-Key", key);
            using var response = await web.SendAsync(request, Ct);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task Given_a_bad_event_in_a_batch_Then_the_others_are_taken_and_it_is_set_aside_with_an_alarm_once()
    {
        var body = $$$"""
            [{"id":"1","eventType":"{{{Received}}}","data":{"messageId":"m1","from":"{{{Phone}}}","message":"灯坏了"}},
             {"id":"2","eventType":"{{{Received}}}","data":{"messageId":"m2","from":"{{{Phone}}}"}},
             17,
             {"id":"3","type":"com.example.sms","data":{"text":"lost?"}},
             {"id":"4","eventType":"Microsoft.Communication.ChatMessageReceived","data":{}},
             {"id":"5","eventType":"{{{Received}}}","data":{"messageId":"m5","from":12025550156,"message":"门坏了"}}]
            """;
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(body)).Status);
        await _host.SettleAsync();
        Assert.Equal(["灯坏了", "门坏了"], await TextsAsync());
        Assert.Equal(3, await AsideAsync());
        var health = await _web.GetFromJsonAsync<JsonElement>(new Uri("/health/ready", UriKind.Relative), Ct);
        Assert.Equal(3, health.GetProperty("setAside").GetInt32());

        var duty = await DeskBrowser.SignedInAsync(_host, "hy-duty");
        var work = await duty.GetAsync("/desk");
        Assert.Contains("/desk/registers/HY/office/2026-11/", work.Html, StringComparison.Ordinal);
        var list = await duty.GetAsync("/desk/set-aside");
        Assert.Contains("SMSReceived needs messageId, from and message.", list.Text, StringComparison.Ordinal);
        Assert.Contains("lost?", list.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json", "body")]
    [InlineData("", "body")]
    [InlineData("3", "body")]
    [InlineData("[{}]", "[0].eventType")]
    [InlineData("""[{"eventType":"Microsoft.Communication.SMSReceived"}]""", "[0].data")]
    [InlineData("""[{"eventType":"Microsoft.Communication.SMSReceived","data":5}]""", "[0].data")]
    [InlineData("""[{"type":"Microsoft.Communication.SMSReceived","data_base64":"%"}]""", "[0].data_base64")]
    [InlineData("""[{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{}}]""", "[0].data.validationCode")]
    public async Task Given_nothing_that_can_be_read_Then_a_problem_says_what_and_it_is_kept(string body, string field)
    {
        var (status, text) = await PostAsync(body);
        Assert.True(status == HttpStatusCode.BadRequest, text);
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(field, problem.RootElement.GetProperty("field").GetString());
        Assert.Equal(1, await AsideAsync());
    }

    [Fact]
    public async Task Given_a_validation_beside_a_message_Then_both_are_taken()
    {
        var (_, text) = await PostAsync($$$"""
            [{"id":"0","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"abc"}},
             {"id":"1","eventType":"{{{Received}}}","data":{"messageId":"m1","from":"{{{Phone}}}","message":"灯坏了"}}]
            """);
        Assert.Contains("abc", text, StringComparison.Ordinal);
        Assert.Equal(["灯坏了"], await TextsAsync());
    }

    [Fact, Clause("4.6.2-1")]
    public async Task Given_what_was_set_aside_When_looked_at_on_the_desk_Then_it_becomes_a_complaint_with_one_click()
    {
        await PostAsync(
            $$$"""[{"id":"1","eventType":"{{{Received}}}","data":{"messageId":"m1","from":"10086","message":"三号楼门禁坏了"}}]""");
        await _host.SettleAsync();
        var duty = await DeskBrowser.SignedInAsync(_host, "hy-duty");
        var list = await duty.GetAsync("/desk/set-aside");
        Assert.Contains("三号楼门禁坏了", list.Text, StringComparison.Ordinal);
        Assert.Equal(["TakeUp", "SeeTo"], list.Actions.Take(2));
        var taken = await duty.PostAsync("/desk/registers/HY/office/2026-11/1", list.Hidden("TakeUp"));
        Assert.Equal("/desk/new/HY-2026-000001", taken.Path);
        await _host.SettleAsync();
        var entry = await duty.GetAsync("/desk/registers/HY/office/2026-11/1");
        Assert.Contains("/desk/complaints/HY-2026-000001", entry.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("TakeUp", entry.Actions);
        Assert.Contains("Nothing is set aside", (await duty.GetAsync("/desk/set-aside")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_what_was_set_aside_When_the_note_is_empty_Then_it_is_refused_and_with_one_it_is_done()
    {
        await PostAsync("no json");
        await _host.SettleAsync();
        var duty = await DeskBrowser.SignedInAsync(_host, "hy-duty");
        var form = (await duty.GetAsync("/desk/set-aside")).Hidden("SeeTo");
        var refused = await duty.PostAsync("/desk/registers/HY/office/2026-11/1", new(form) { ["note"] = " " });
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        var done = await duty.PostAsync(
            "/desk/registers/HY/office/2026-11/1", new(refused.Hidden("SeeTo")) { ["note"] = "A test of the provider" });
        Assert.Contains("A test of the provider", done.Text, StringComparison.Ordinal);
        await _host.SettleAsync();
        Assert.Equal(0, await AsideAsync());
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string body)
    {
        using var content = Json(body);
        using var response = await _web.PostAsync(s_path, content, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task<IEnumerable<string>> TextsAsync()
    {
        var streams = _host.Get<ConversationStreams>();
        var kept = await streams.LoadAsync(streams.StreamOf(Channel.Sms, Phone), Ct);
        return (kept?.Lines ?? []).Select(l => l.Event).OfType<ConversationEvent.Incoming>().Select(i => i.Text.Value);
    }

    private async Task<int> AsideAsync()
    {
        await _host.SettleAsync();
        return await _host.Get<SetAside>().CountAsync(Ct);
    }
}
