using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerComm.App.Conversations;
using CustomerComm.Domain;
using CustomerComm.Web.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests;

/// <summary>
/// What is no text (control characters, half a surrogate pair, bytes that are no UTF-8) is refused with its field at
/// every entrance, or kept as U+FFFD where it must not be lost; it is never a failure of ours.
/// </summary>
public sealed class TextEntranceTests : IAsyncLifetime
{
    private const string Phone = "+12025550152";
    private RunningHost _host = null!;
    private HttpClient _web = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.StartAsync("--CustomerComm:Open311Keys=key");
        _web = _host.NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("complaints", """{"community":"HY","text":"灯坏了\ud800"}""", "text")]
    [InlineData("complaints", """{"community":"HY","text":"灯坏了\u0000"}""", "text")]
    [InlineData("complaints", """{"community":"HY","text":"灯坏了\u000b"}""", "text")]
    [InlineData("complaints", """{"community":"HY","text":"灯坏了","contact":{"name":"\udc00"}}""", "contact.name")]
    [InlineData("complaints", """{"community":"HY","text":"灯坏了","contact":{"name":"\u0001"}}""", "contact.name")]
    [InlineData("complaints", """{"community":"HY","text":"灯坏了","contact":{"room":"\u0001"}}""", "contact.room")]
    [InlineData("orders", """{"community":"HY","text":"灯坏了\ud800"}""", "text")]
    [InlineData("orders", """{"community":"HY","text":"灯坏了\u0000"}""", "text")]
    [InlineData("calls", """{"callId":"\ud800","dialled":"+12025550100"}""", "callId")]
    public async Task Given_JSON_with_what_is_no_text_When_posted_Then_the_problem_names_the_field(
        string path, string body, string field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        Assert.Equal(field, await FieldAsync(HttpMethod.Post, $"/api/{path}", content));
    }

    [Theory]
    [InlineData("complaints")]
    [InlineData("orders")]
    public async Task Given_JSON_with_bytes_that_are_no_UTF8_When_posted_Then_the_problem_names_the_field(string path)
    {
        using var content = new ByteArrayContent(
            [.. """{"community":"HY","text":"light """u8, 0xC3, 0x28, 0xED, 0xA0, 0x80, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Assert.Equal("text", await FieldAsync(HttpMethod.Post, $"/api/{path}", content));
    }

    [Theory]
    [InlineData("""{"type":"message","text":"灯坏了\ud800"}""", "text")]
    [InlineData("""{"type":"message","text":"灯坏了\u0000"}""", "text")]
    [InlineData("""{"type":"\udc00","text":"灯坏了"}""", "type")]
    [InlineData("""{"type":"message","text":"x","channelData":{"clientActivityID":"\ud800"}}""",
        "channelData.clientActivityID")]
    public async Task Given_a_chat_message_with_what_is_no_text_When_posted_Then_the_problem_names_the_field(
        string activity, string field)
    {
        var conversation = await BeginAsync();
        using var content = new StringContent(activity, Encoding.UTF8, "application/json");
        Assert.Equal(field, await FieldAsync(
            HttpMethod.Post, $"/v3/directline/conversations/{conversation}/activities", content));
    }

    [Fact]
    public async Task Given_a_user_that_is_no_text_When_a_token_is_asked_for_Then_the_problem_names_the_field()
    {
        using var content = new StringContent("""{"user":{"id":"\ud800"}}""", Encoding.UTF8, "application/json");
        Assert.Equal("user.id", await FieldAsync(HttpMethod.Post, "/v3/directline/tokens/generate", content));
    }

    [Fact]
    public async Task Given_text_messages_with_what_is_no_text_When_they_come_in_Then_the_rest_of_them_is_kept()
    {
        using var content = new ByteArrayContent(
        [
            .. "["u8, .. Sms("m1", """half \ud83d and whole \ud83d\ude00, \\ud800 as written"""u8), .. ","u8,
            .. Sms("m2", """nul \u0000 bell \u0007 line\nend"""u8), .. ","u8,
            .. Sms("m3", [.. "bytes "u8, 0xC3, 0x28]), .. "]"u8,
        ]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _web.PostAsync(new Uri("/api/sms/events", UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        var streams = _host.Services.GetRequiredService<ConversationStreams>();
        var kept = await streams.LoadAsync(streams.StreamOf(Channel.Sms, Phone), Ct);
        Assert.Equal(
            [
                "half \ufffd and whole \ud83d\ude00, \\ud800 as written", "nul \ufffd bell \ufffd line\nend",
                "bytes \ufffd(",
            ],
            kept!.Lines.Select(l => l.Event).OfType<ConversationEvent.Incoming>().Select(i => i.Text.Value));
        // What was made of them can be stored and sent as well.
        await _host.SettleAsync();
    }

    [Theory]
    [InlineData("%0B", HttpStatusCode.BadRequest)]
    // The framework takes no form with a NUL in it at all, and makes U+FFFD of bytes that are no UTF-8.
    [InlineData("%00", HttpStatusCode.BadRequest, "form")]
    [InlineData("%ED%A0%80", HttpStatusCode.Created)]
    [InlineData("%FF", HttpStatusCode.Created)]
    public async Task Given_an_Open311_form_with_what_is_no_text_When_posted_Then_its_field_is_named_or_it_is_replaced(
        string text, HttpStatusCode expected, string named = "'description'")
    {
        using var content = new StringContent(
            $"api_key=key&jurisdiction_id=HY&service_code=Equipment&address_string=2-1-101&description=light{text}",
            Encoding.ASCII, "application/x-www-form-urlencoded");
        using var response = await _web.PostAsync(new Uri("/open311/v2/requests.json", UriKind.Relative), content, Ct);
        var body = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(expected == response.StatusCode, $"{response.StatusCode}: {body}");
        if (expected == HttpStatusCode.BadRequest)
            Assert.Contains(named, body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "灯\u000b坏了")]
    [InlineData("name", "王\u0001")]
    public async Task Given_a_form_of_the_desk_with_what_is_no_text_When_posted_Then_its_field_is_marked(
        string field, string value)
    {
        var duty = await DeskBrowser.SignedInAsync(_host, "hy-duty");
        var form = new Dictionary<string, string>((await duty.GetAsync("/desk/new")).Hidden(null))
        {
            ["channel"] = "Phone",
            ["community"] = "HY",
            ["text"] = "灯坏了",
            [field] = value,
        };
        var page = await duty.PostAsync("/desk/new", form);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Matches($"<[^>]*(name=\"{field}\"[^>]*aria-invalid|aria-invalid[^>]*name=\"{field}\")", page.Html);
    }

    private static byte[] Sms(string id, ReadOnlySpan<byte> text)
    {
        var (before, after) = ("""{"id":"e","eventType":"Microsoft.Communication.SMSReceived","data":""", "\"}}");
        var data = $$"""{"messageId":"{{id}}","from":"{{Phone}}","to":"+12025550100","message":"T""";
        return [.. Encoding.UTF8.GetBytes(before + data[..^1]), .. text, .. Encoding.UTF8.GetBytes(after)];
    }

    private async Task<string> BeginAsync()
    {
        using var answer = await _web.PostAsJsonAsync(
            "/v3/directline/tokens/generate", new { user = new { id = "r" } }, Ct);
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        _web.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", token.GetProperty("token").GetString());
        return token.GetProperty("conversationId").GetString()!;
    }

    /// <summary>The field that the problem of a bad request names.</summary>
    private async Task<string?> FieldAsync(HttpMethod method, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _web.SendAsync(request, Ct);
        var body = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{response.StatusCode}: {body}");
        using var problem = JsonDocument.Parse(body);
        Assert.Equal("BadField", problem.RootElement.GetProperty("code").GetString());
        return problem.RootElement.GetProperty("field").GetString();
    }
}
