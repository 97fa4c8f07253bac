using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerComm.Web.Chat;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Chat;

/// <summary>Tokens of the chat: whose they are, how long they hold, and who can make them.</summary>
public sealed class DirectLineTokensTests : IAsyncLifetime
{
    private RunningHost _host = null!;

    private DirectLineTokens Tokens => _host.Services.GetRequiredService<DirectLineTokens>();

    public async ValueTask InitializeAsync() => _host = await RunningHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Given_a_token_When_read_Then_it_names_conversation_and_user_until_it_expires()
    {
        var holder = DirectLineTokens.NewConversation("住户 1");
        var token = Tokens.Issue(holder);
        Assert.Equal(holder, Tokens.Read(token));
        _host.Time.Advance(TimeSpan.FromSeconds(DirectLineTokens.Seconds - 1));
        Assert.NotNull(Tokens.Read(token));
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Tokens.Read(token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("c1.7573657231.99999999999.00")]
    [InlineData("不是令牌")]
    public void Given_something_else_When_read_Then_it_is_no_token(string? token) => Assert.Null(Tokens.Read(token));

    [Fact]
    public void Given_a_token_When_one_character_is_changed_Then_it_is_none()
    {
        var token = Tokens.Issue(new ChatHolder("c1", "u1"));
        for (var i = 0; i < token.Length - 1; i++)
            Assert.Null(Tokens.Read(token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..]));
    }

    [Fact]
    public void Given_what_another_purpose_or_another_key_ring_sealed_When_read_Then_it_is_no_token()
    {
        const string grant = """{"Secret":"c1","User":"u1","Until":"2099-01-01T00:00:00+00:00"}""";
        var protection = _host.Services.GetRequiredService<IDataProtectionProvider>();
        Assert.NotNull(Tokens.Read(protection.CreateProtector("directline").Protect(grant)));
        Assert.Null(Tokens.Read(protection.CreateProtector("cookies").Protect(grant)));
        Assert.Null(Tokens.Read(new EphemeralDataProtectionProvider().CreateProtector("directline").Protect(grant)));
    }

    [Fact]
    public async Task Given_a_key_that_somebody_sent_before_When_a_token_is_asked_with_it_Then_it_is_for_another_conversation()
    {
        using var client = _host.NewClient();
        var (first, second) = (await AskAsync(client, "k"), await AskAsync(client, "k"));
        Assert.NotEqual(first.Conversation, second.Conversation);
        Assert.Equal(32, first.Conversation.Length);
        Assert.Equal(HttpStatusCode.Forbidden, await LookAsync(client, second, first.Conversation));
    }

    private async Task<ChatHolder> AskAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/directline/tokens/generate")
        {
            Content = JsonContent.Create(new { user = new { id = "u" } }),
        };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = (await client.SendAsync(request, TestContext.Current.CancellationToken))
            .EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return Tokens.Read(body.GetProperty("token").GetString())!;
    }

    [Fact]
    public async Task Given_a_conversation_s_id_from_the_store_and_the_keys_When_a_token_is_made_of_it_Then_it_opens_it_not()
    {
        var holder = DirectLineTokens.NewConversation("u");
        Assert.NotEqual(holder.Secret, holder.Conversation);
        using var client = _host.NewClient();
        Assert.Equal(HttpStatusCode.OK, await LookAsync(client, holder, holder.Conversation));
        Assert.Equal(HttpStatusCode.Forbidden, await LookAsync(client, new(holder.Conversation, "u"), holder.Conversation));
    }

    private async Task<HttpStatusCode> LookAsync(HttpClient client, ChatHolder holder, string conversation)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/v3/directline/conversations/{conversation}/activities");
        request.Headers.Authorization = new("Bearer", Tokens.Issue(holder));
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
