using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerComm.Web.Tests.Desk;

namespace CustomerComm.Web.Tests.Entrances;

/// <summary>Every entrance with everything that is no proper body: an error that says what, never a failure of ours.</summary>
public sealed class BadBodyTests(SharedHost shared)
{
    private const string Form = "application/x-www-form-urlencoded";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Bodies that are no proper ones, each with its content type.</summary>
    private static readonly (string Type, byte[] Body)[] s_bodies =
    [
        ("application/json", []),
        ("application/json", "null"u8.ToArray()),
        ("application/json", "{"u8.ToArray()),
        ("application/json", "[]"u8.ToArray()),
        ("application/json", "\"text\""u8.ToArray()),
        ("application/json", "1e999999"u8.ToArray()),
        ("application/json", Encoding.UTF8.GetBytes(new string('[', 5_000))),
        ("application/json", """{"text":"\ud800","community":"\udfff","description":"\ud800"}"""u8.ToArray()),
        ("application/json", """{"text":{"a":[1]},"community":7,"type":[],"callId":{}}"""u8.ToArray()),
        ("application/json", [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]),
        ("application/json", [.. "{\"text\":\""u8, 0xED, 0xA0, 0x80, 0xC3, 0x28, .. "\"}"u8]),
        ("application/json", [0xEF, 0xBB, 0xBF, .. "{}"u8]),
        ("application/json", """{"started":"0001-01-01T00:00:00+14:00","wantedBy":"9999-12-31T23:59:59-14:00"}"""u8.ToArray()),
        ("application/json; charset=bogus", "{}"u8.ToArray()),
        ("application/json; charset=utf-16", "{}"u8.ToArray()),
        ("text/plain", "hello"u8.ToArray()),
        ("nonsense", "x"u8.ToArray()),
        (Form, "%"u8.ToArray()),
        (Form, "a=%ZZ&b=%u0041&=&&=x"u8.ToArray()),
        (Form, "description=%00&text=%00&phone=%00"u8.ToArray()),
        (Form, "description=%ED%A0%80&text=%FF%FE"u8.ToArray()),
        (Form, Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 3_000).Select(i => $"a{i}=1")))),
        (Form, Encoding.ASCII.GetBytes(new string('k', 5_000) + "=1")),
        ("multipart/form-data", "x"u8.ToArray()),
        ("multipart/form-data; boundary=", "x"u8.ToArray()),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhalf"u8.ToArray()),
        ("multipart/form-data; boundary=b", "--b\r\nnonsense\r\n\r\nx\r\n--b--\r\n"u8.ToArray()),
        ("multipart/form-data; boundary=b", "--b\r\n\r\nx\r\n--b--\r\n"u8.ToArray()),
        ("multipart/form-data; boundary=b", "--b--\r\n"u8.ToArray()),
        ("multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\u0000\"\r\n\r\nx\r\n--b--\r\n"u8.ToArray()),
        ("multipart/form-data; boundary=" + new string('b', 500), "x"u8.ToArray()),
    ];

    [Theory]
    [InlineData("/api/complaints")]
    [InlineData("/api/orders")]
    [InlineData("/api/calls")]
    [InlineData("/api/sms/events")]
    [InlineData("/open311/v2/requests.json")]
    [InlineData("/open311/v2/requests.xml")]
    [InlineData("/v3/directline/tokens/generate")]
    [InlineData("/v3/directline/conversations")]
    [InlineData("/v3/directline/conversations/none/activities")]
    [InlineData("/desk/sign-in")]
    [InlineData("/desk/new")]
    [InlineData("/desk/registers/HY/office")]
    [InlineData("/desk/registers/HY/office/2026-11/1")]
    [InlineData("/desk/calls/new")]
    public async Task Given_what_is_no_proper_body_When_posted_Then_an_error_says_so_and_nothing_fails(string path)
    {
        var host = await shared.GetAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        foreach (var (type, body) in s_bodies)
        {
            using var response = await SendAsync(duty.Client, path, type, body);
            Assert.True(
                (int)response.StatusCode is >= 200 and < 500,
                $"{path} {type} {Encoding.Latin1.GetString(body[..Math.Min(60, body.Length)])}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Given_a_conversation_When_posted_to_Then_bad_bodies_are_problems_that_say_what()
    {
        var host = await shared.GetAsync();
        using var web = host.NewClient();
        using var answer = await web.PostAsJsonAsync(
            "/v3/directline/tokens/generate", new { user = new { id = "r" } }, Ct);
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        web.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", token.GetProperty("token").GetString());
        var path = $"/v3/directline/conversations/{token.GetProperty("conversationId").GetString()}/activities";
        foreach (var (type, body) in s_bodies)
        {
            using var response = await SendAsync(web, path, type, body);
            Assert.True(
                (int)response.StatusCode is 200 or (>= 400 and < 500),
                $"{type} {Encoding.Latin1.GetString(body[..Math.Min(60, body.Length)])}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Given_a_resident_s_own_page_When_bad_bodies_are_posted_Then_nothing_fails()
    {
        var host = await shared.GetAsync();
        using var web = host.NewClient();
        using var created = await web.PostAsJsonAsync(
            "/api/complaints", new { community = "HY", text = "灯坏了", contact = new { room = "1-1-101" } }, Ct);
        var complaint = await created.Content.ReadFromJsonAsync<JsonElement>(Ct);
        var page = new Uri(complaint.GetProperty("statusUrl").GetString()!).AbsolutePath;
        foreach (var (type, body) in s_bodies)
        {
            using var response = await SendAsync(web, page + "/note", type, body);
            Assert.True((int)response.StatusCode < 500, $"{type}: {response.StatusCode}");
        }
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"api_key\"\r\n\r\nkey-of-the-city\r\n--b", "form")]
    [InlineData("multipart/form-data", "x", "form")]
    [InlineData("application/json", "{}", "form")]
    public async Task Given_a_form_that_cannot_be_read_When_posted_to_Open311_Then_the_error_says_that(
        string type, string body, string expected)
    {
        var host = await shared.GetAsync();
        using var web = host.NewClient();
        using var response = await SendAsync(web, "/open311/v2/requests.json", type, Encoding.UTF8.GetBytes(body));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient web, string path, string type, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await web.PostAsync(new Uri(path, UriKind.Relative), content, Ct);
    }
}
