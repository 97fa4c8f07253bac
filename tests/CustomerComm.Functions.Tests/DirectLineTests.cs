using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Functions.Tests;

/// <summary>The page's token for the Direct Line service; its secret stays with us.</summary>
public sealed class DirectLineTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_secret_When_the_page_asks_Then_it_gets_a_token_bound_to_its_user_and_our_site()
    {
        JsonDocument? asked = null;
        var authorization = "";
        await using var service = await FunctionsApp.FrontAsync(async http =>
        {
            authorization = http.Request.Headers.Authorization.ToString();
            asked = await JsonDocument.ParseAsync(http.Request.Body);
            await http.Response.WriteAsJsonAsync(new { conversationId = "c1", token = "t1", expires_in = 3600 });
        });
        var answer = await AskAsync(service, """{"user":{"id":"r_0af"}}""");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("t1", answer.Json.GetProperty("token").GetString());
        Assert.Equal("Bearer s-1", authorization);
        Assert.Equal("dl_r_0af", asked!.RootElement.GetProperty("user").GetProperty("id").GetString());
        Assert.Equal("https://homes.example", asked.RootElement.GetProperty("trustedOrigins")[0].GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"user":7}""")]
    [InlineData("""{"user":{"id":""}}""")]
    [InlineData("""{"user":{"id":"a b"}}""")]
    public async Task Given_no_usable_user_When_the_page_asks_Then_the_field_is_named_and_nobody_else_asked(string body)
    {
        await using var service = await FunctionsApp.FrontAsync(_ => throw new InvalidOperationException("asked"));
        var answer = await AskAsync(service, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("user.id", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_service_refuses_When_the_page_asks_Then_it_is_told_to_try_again_and_learns_no_more()
    {
        await using var service = await FunctionsApp.FrontAsync(http =>
        {
            http.Response.StatusCode = 403;
            return http.Response.WriteAsync("secret s-1 is wrong");
        });
        var answer = await AskAsync(service, """{"user":{"id":"r_0af"}}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.DoesNotContain("s-1", answer.Json.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_secret_When_the_chat_page_is_shown_Then_it_speaks_to_the_service_and_may()
    {
        await using var app = await FunctionsApp.StartAsync(["--DirectLineSecret=s-1"]);
        using var response = await app.Web.GetAsync("/chat", Ct);
        var page = await response.Content.ReadAsStringAsync(Ct);
        Assert.Contains(
            "data-domain=\"https://directline.botframework.com/v3/directline\"", page, StringComparison.Ordinal);
        Assert.Contains("data-token-url=\"/api/directline/token\"", page, StringComparison.Ordinal);
        Assert.Contains(
            "connect-src 'self' https://directline.botframework.com",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("s-1", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_no_secret_When_asked_Then_there_is_no_such_service()
    {
        await using var service = await FunctionsApp.FrontAsync(_ => Task.CompletedTask);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(service, "{}", secret: null)).Status);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Json)> AskAsync(
        WebApplication service, string body, string? secret = "s-1")
    {
        using var http = new HttpClient();
        var line = new DirectLineService(
            new Uri(FunctionsApp.AddressOf(service), "/v3/directline"), secret, "https://homes.example");
        await using var front = await FunctionsApp.FrontAsync(async context =>
            await (await new DirectLineFunction(http, line).Run(context.Request, Ct)).ExecuteAsync(context));
        using var client = new HttpClient { BaseAddress = FunctionsApp.AddressOf(front) };
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(
            new Uri("/" + DirectLineFunction.Route, UriKind.Relative), content, Ct);
        var json = response.Content.Headers.ContentLength is 0 or null && response.StatusCode == HttpStatusCode.NotFound
            ? default
            : await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        return (response.StatusCode, json);
    }
}
