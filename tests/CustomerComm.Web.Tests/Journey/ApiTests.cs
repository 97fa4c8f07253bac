using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CustomerComm.Web.Tests.Journey;

/// <summary>The HTTP interface: what it takes, what it refuses and how it says so.</summary>
public sealed class ApiTests(SharedHost shared) : IAsyncLifetime
{
    private HttpClient _web = null!;

    public async ValueTask InitializeAsync() => _web = (await shared.GetAsync()).NewClient("zh-CN");

    public ValueTask DisposeAsync()
    {
        _web.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("""{"text":"灯坏了"}""", "community")]
    [InlineData("""{"community":"XX","text":"灯坏了"}""", "community")]
    [InlineData("""{"community":"HY"}""", "text")]
    [InlineData("""{"community":"HY","text":""}""", "text")]
    [InlineData("""{"community":"HY","text":7}""", "text")]
    [InlineData("""{"community":"HY","text":"灯坏了","category":"Nonsense"}""", "category")]
    [InlineData("""{"community":"HY","text":"灯坏了","category":"3"}""", "category")]
    [InlineData("""{"community":"HY","text":"灯坏了","channel":"Sms"}""", "channel")]
    [InlineData("""{"community":"HY","text":"灯坏了","channel":"Phone"}""", "channel")]
    [InlineData("""{"community":"HY","text":"灯坏了","language":"fr"}""", "language")]
    [InlineData("""{"community":"HY","text":"灯坏了","wantedBy":"soon"}""", "wantedBy")]
    [InlineData("""{"community":"HY","text":"灯坏了","wantedBy":"2099-01-01T00:00:00Z"}""", "wantedBy")]
    [InlineData("""{"community":"HY","text":"灯坏了","wantedBy":"2036-01-01T00:00:00Z"}""", "wantedBy")]
    [InlineData("""{"community":"HY","text":"灯坏了","contact":{"phone":"+12025550113"}}""", "phone")]
    [InlineData("""{"community":"HY","text":"灯坏了","txet":"x"}""", "txet")]
    [InlineData("""not json""", "body")]
    public async Task Given_a_bad_field_When_posted_Then_the_problem_names_it(string body, string field)
    {
        using var response = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using var problem = await response.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        Assert.Equal(field, problem!.RootElement.GetProperty("field").GetString());
        var detail = problem.RootElement.GetProperty("detail").GetString()!;
        Assert.Contains(field.Split('.')[^1], detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-05T18:00:00", "2026-12-05T18:00:00+08:00")]
    [InlineData("2026-12-05", "2026-12-05T17:30:00+08:00")]
    [InlineData("2026-12-05T18:00:00Z", "2026-12-06T02:00:00+08:00")]
    public async Task Case_26_Given_a_wish_without_offset_When_posted_Then_it_is_the_communitys_time(
        string wish, string due)
    {
        using var response = await PostAsync($$"""{"community":"HY","text":"灯坏了","wantedBy":"{{wish}}"}""");
        using var opened = await response.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        Assert.Equal(due, opened!.RootElement.GetProperty("dueBy").GetString());
    }

    [Theory]
    [InlineData("138 0013 809", null, "contact.phone")]
    [InlineData("abc", null, "contact.phone")]
    [InlineData("+86 571-88886677转802", null, "contact.phone")]
    [InlineData(null, "9-9-999", "contact.room")]
    [InlineData("202-555-0150（张女士）", "1栋1单元101", null)]
    public async Task Case_22_24_Given_a_phone_or_room_that_cannot_be_used_When_posted_Then_it_is_taken_with_a_warning(
        string? phone, string? room, string? field)
    {
        using var response = await _web.PostAsJsonAsync(
            "/api/complaints", new { community = "HY", text = "灯坏了", contact = new { phone, room } }, Ct);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        using var opened = await response.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        var warnings = opened!.RootElement.GetProperty("warnings").EnumerateArray()
            .Select(w => w.GetProperty("field").GetString());
        Assert.Equal(field is null ? [] : [field], warnings);
    }

    [Fact]
    public async Task Case_26_Given_a_day_that_may_be_two_When_posted_Then_the_form_wanted_is_named()
    {
        using var response = await PostAsync("""{"community":"HY","text":"灯坏了","wantedBy":"12/05/2026"}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("2026-12-05", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10_000, HttpStatusCode.Created)]
    [InlineData(10_001, HttpStatusCode.BadRequest)]
    [InlineData(300_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Given_a_long_text_When_posted_Then_the_limits_hold(int length, HttpStatusCode expected)
    {
        using var response = await PostAsync($$"""{"community":"HY","text":"{{new string('a', length)}}"}""");
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Given_no_JSON_or_a_bad_key_When_posted_Then_it_says_so()
    {
        using var form = await _web.PostAsync("/api/complaints", new StringContent("x"), Ct);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
        using var key = await PostAsync("""{"community":"HY","text":"灯坏了"}""", new string('k', 201));
        Assert.Equal(HttpStatusCode.BadRequest, key.StatusCode);
    }

    [Fact]
    public async Task Given_the_same_key_When_posted_again_Then_the_answer_is_the_same_and_other_content_is_refused()
    {
        using var first = await PostAsync("""{"community":"HY","text":"灯坏了"}""", "k1");
        using var again = await PostAsync("""{"community":"HY","text":"灯坏了"}""", "k1");
        using var other = await PostAsync("""{"community":"HY","text":"门坏了"}""", "k1");
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await again.Content.ReadAsStringAsync(Ct));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task Given_a_case_When_asked_for_Then_only_its_token_or_staff_see_it_and_nobody_learns_that_it_exists()
    {
        await using var host = await OwnAsync();
        using var created = await PostAsync("""{"community":"HY","text":"电梯坏了","category":"Equipment"}""");
        using var body = await created.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        var statusUrl = body!.RootElement.GetProperty("statusUrl").GetString()!;
        var token = statusUrl[(statusUrl.LastIndexOf('/') + 1)..];
        const string There = "/api/complaints/HY-2026-000001";
        const string NotThere = "/api/complaints/HY-2026-000099";
        Assert.Equal(await Answer(There), await Answer(NotThere));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Answer(There)).Status);
        Assert.Equal(await Answer(There + "?t=wrong"), await Answer(NotThere + "?t=wrong"));
        Assert.Equal(HttpStatusCode.NotFound, (await Answer(There + "?t=wrong")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Answer($"{There}?t={token}")).Status);
        using var bearer = new HttpRequestMessage(HttpMethod.Get, There);
        bearer.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _web.SendAsync(bearer, Ct);
        using var status = await response.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        Assert.Equal("Assigned", status!.RootElement.GetProperty("stage").GetString());
        Assert.NotEmpty(status.RootElement.GetProperty("timeline").EnumerateArray());
        await _web.SignInAsync("engineer");
        Assert.Equal(HttpStatusCode.OK, (await Answer(There)).Status);
        await _web.SignInAsync("finance");
        Assert.Equal(HttpStatusCode.NotFound, (await Answer(There)).Status);
    }

    [Fact]
    public async Task Given_the_provider_validates_its_subscription_When_asked_Then_the_code_comes_back()
    {
        using var response = await _web.PostAsJsonAsync("/api/sms/events", new[]
        {
            new { id = "1", eventType = "Microsoft.EventGrid.SubscriptionValidationEvent", data = new { validationCode = "abc" } },
        }, Ct);
        using var body = await response.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        Assert.Equal("abc", body!.RootElement.GetProperty("validationResponse").GetString());
    }

    [Fact]
    public async Task Given_a_message_failed_When_the_report_comes_Then_the_case_shows_it_and_its_repetition_adds_nothing()
    {
        await using var host = await OwnAsync();
        using var created = await PostAsync("""{"community":"HY","text":"电梯坏了","category":"Equipment"}""");
        using var body = await created.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        await host.PassAsync(TimeSpan.FromSeconds(1));
        var tag = body!.RootElement.GetProperty("id").GetString() + "/000002-0";
        for (var i = 0; i < 3; i++)
        {
            using var response = await _web.PostAsJsonAsync("/api/sms/events", new[]
            {
                new
                {
                    id = "d1", eventType = "Microsoft.Communication.SMSDeliveryReportReceived",
                    data = new { messageId = "p1", deliveryStatus = "Failed", tag },
                },
            }, Ct);
            response.EnsureSuccessStatusCode();
        }

        await host.PassAsync(TimeSpan.FromSeconds(1));
        await _web.SignInAsync("quality");
        using var csv = await _web.GetFromJsonAsync<JsonDocument>("/api/reports/monthly?community=HY&month=2026-11", Ct);
        Assert.Equal(1, csv!.RootElement.GetProperty("received").GetInt32());
        var phone = await _web.PageAsync("/phones/+12025550113");
        Assert.Single(phone.QuerySelectorAll(".bubble"), b => b.TextContent.Contains("无法送达", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("month=2026-13&community=HY", "month")]
    [InlineData("month=2026-11&community=ZZ", "community")]
    public async Task Given_a_bad_report_request_When_sent_Then_the_field_is_named(string query, string field)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await Answer("/api/reports/monthly?" + query)).Status);
        await _web.SignInAsync("quality");
        using var response = await _web.GetAsync("/api/reports/monthly?" + query, Ct);
        using var problem = await response.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        Assert.Equal(field, problem!.RootElement.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("/reports?community=JX", "/reports?community=JX")]
    [InlineData("/desk/new", "/desk/new")]
    [InlineData("//elsewhere.example", "/desk")]
    [InlineData("/reports/../s/x", "/desk")]
    public async Task Given_a_page_wanted_a_sign_in_When_signed_in_Then_it_goes_back_there_and_nowhere_else(
        string back, string expected)
    {
        var page = await _web.PageAsync("/desk/sign-in?back=" + Uri.EscapeDataString(back));
        var form = page.Forms.First(f => f.QuerySelector("[name=staff][value=quality]") is not null);
        using var response = await _web.SubmitAsync(form, ("staff", "quality"));
        Assert.Equal(expected, response.RequestMessage!.RequestUri!.PathAndQuery);
    }

    [Fact]
    public async Task Given_the_description_When_read_Then_every_endpoint_is_in_it()
    {
        using var api = await _web.GetFromJsonAsync<JsonDocument>("/openapi/v1.json", Ct);
        Assert.Matches("^[1-9]?[0-9]*[.][0-9]+[.][0-9]+$", api!.RootElement.GetProperty("info").GetProperty("version").GetString());
        var paths = api.RootElement.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToList();
        Assert.All(
            [
                "/api/complaints", "/api/complaints/{number}", "/api/communities", "/api/sms/events",
                "/api/reports/monthly", "/health/live", "/health/ready", "/v3/directline/conversations",
            ],
            p => Assert.Contains(p, paths));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A host of the test's own, where numbers and counts matter.</summary>
    private async Task<RunningHost> OwnAsync()
    {
        _web.Dispose();
        var host = await RunningHost.StartAsync();
        _web = host.NewClient("zh-CN");
        return host;
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/complaints")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await _web.SendAsync(request, Ct);
    }

    /// <summary>Status and body without the trace id, which differs each time.</summary>
    private async Task<(HttpStatusCode Status, string Body)> Answer(string path)
    {
        using var response = await _web.GetAsync(path, Ct);
        var body = await response.Content.ReadAsStringAsync(Ct);
        var trace = body.IndexOf(",\"traceId\"", StringComparison.Ordinal);
        return (response.StatusCode, trace < 0 ? body : body[..trace]);
    }
}
