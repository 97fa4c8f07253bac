using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerComm.Web.Tests.Journey;

namespace CustomerComm.Web.Tests.Orders;

/// <summary>Orders over the HTTP interface: what it takes, what it refuses and how it says so.</summary>
[Clause("4.2.4")]
public sealed class OrderApiTests(SharedHost shared) : IAsyncLifetime
{
    private HttpClient _web = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _web = (await shared.GetAsync()).NewClient("zh-CN");

    public ValueTask DisposeAsync()
    {
        _web.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Given_a_bad_field_When_posted_Then_the_problem_names_it()
    {
        (string Body, string Field)[] bad =
        [
            ("""{"text":"灯坏了"}""", "community"),
            ("""{"community":"XX","text":"灯坏了"}""", "community"),
            ("""{"community":"HY"}""", "text"),
            ("""{"community":"HY","text":""}""", "text"),
            ("""{"community":"HY","text":7}""", "text"),
            ("""{"community":"HY","text":"灯坏了","kind":"Gift"}""", "kind"),
            ("""{"community":"HY","text":"灯坏了","category":"3"}""", "category"),
            ("""{"community":"HY","text":"灯坏了","channel":"Sms"}""", "channel"),
            ("""{"community":"HY","text":"灯坏了","channel":"Phone"}""", "channel"),
            ("""{"community":"HY","text":"灯坏了","complaint":"HY-2026-000001"}""", "complaint"),
            ("""{"community":"HY","text":"灯坏了","language":"fr"}""", "language"),
            ("""{"community":"HY","text":"灯坏了","wantedBy":"soon"}""", "wantedBy"),
            ("""{"community":"HY","text":"灯坏了","wantedBy":"2020-01-01T00:00:00Z"}""", "wantedBy"),
            ("""{"community":"HY","text":"灯坏了","contact":{"phone":"+12025550113"}}""", "phone"),
            ("""{"community":"HY","text":"灯坏了","txet":"x"}""", "txet"),
        ];
        foreach (var (body, field) in bad)
        {
            using var response = await PostAsync(body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            using var problem = await response.Content.ReadFromJsonAsync<JsonDocument>(Ct);
            Assert.Equal((body, field), (body, problem!.RootElement.GetProperty("field").GetString()));
        }
    }

    [Fact]
    public async Task Given_the_same_key_When_posted_again_Then_the_answer_is_the_same_and_other_content_is_refused()
    {
        await using var host = await OwnAsync();
        using var first = await PostAsync("""{"community":"HY","text":"灯坏了"}""", "k1");
        using var again = await PostAsync("""{"community":"HY","text":"灯坏了"}""", "k1");
        using var other = await PostAsync("""{"community":"HY","text":"门坏了"}""", "k1");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await again.Content.ReadAsStringAsync(Ct));
        Assert.Equal("/api/orders/HY-W-2026-000001", first.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task Given_an_order_When_asked_for_Then_only_its_token_or_staff_concerned_see_it()
    {
        await using var host = await OwnAsync();
        using var created = await PostAsync("""{"community":"HY","text":"厨房水管漏水","category":"Equipment"}""");
        using var body = await created.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        var token = body!.RootElement.GetProperty("statusUrl").GetString()!.Split('/')[^1];
        const string There = "/api/orders/HY-W-2026-000001";
        const string NotThere = "/api/orders/HY-W-2026-000009";
        Assert.Equal(HttpStatusCode.Unauthorized, (await _web.GetAsync(There, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _web.GetAsync(There + "?t=wrong", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _web.GetAsync(NotThere + "?t=" + token, Ct)).StatusCode);
        using var status = await _web.GetFromJsonAsync<JsonDocument>($"{There}?t={token}", Ct);
        Assert.Equal("Assigned", status!.RootElement.GetProperty("stage").GetString());
        await _web.SignInAsync("finance");
        Assert.Equal(HttpStatusCode.NotFound, (await _web.GetAsync(There, Ct)).StatusCode);
        await _web.SignInAsync("engineer");
        Assert.Equal(HttpStatusCode.OK, (await _web.GetAsync(There, Ct)).StatusCode);
    }

    [Fact]
    public async Task Given_a_paid_service_When_posted_Then_it_is_for_staff_with_price_and_date()
    {
        const string Body = """{"community":"HY","text":"清洗油烟机","kind":"Service","price":"80元","wantedBy":"2026-11-25T07:00:00Z"}""";
        using var asResident = await PostAsync(Body);
        Assert.Equal(HttpStatusCode.Forbidden, asResident.StatusCode);
        await _web.SignInAsync("hy-duty");
        using var noPrice = await PostAsync(Body.Replace(",\"price\":\"80元\"", "", StringComparison.Ordinal));
        Assert.Contains("price", await noPrice.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var made = await PostAsync(Body);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("revisits")]
    public async Task Given_a_report_When_asked_for_Then_staff_get_figures_and_bad_fields_are_named(string name)
    {
        var path = $"/api/reports/{name}?community=HY&month=2026-11";
        Assert.Equal(HttpStatusCode.Unauthorized, (await _web.GetAsync(path, Ct)).StatusCode);
        await _web.SignInAsync("quality");
        using var json = await _web.GetFromJsonAsync<JsonDocument>(path, Ct);
        Assert.Equal("2026-11", json!.RootElement.GetProperty("month").GetString());
        Assert.Contains("month", await TextAsync($"/api/reports/{name}?community=HY&month=2026-13"), StringComparison.Ordinal);
        Assert.Contains("community", await TextAsync($"/api/reports/{name}?community=ZZ"), StringComparison.Ordinal);
    }

    private async Task<string> TextAsync(string path)
    {
        using var response = await _web.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Ct);
    }

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
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await _web.SendAsync(request, Ct);
    }
}
