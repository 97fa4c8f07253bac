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
        var token = Tokens.Issue("c1", "住户 1");
        Assert.Equal(("c1", "住户 1"), Tokens.Read(token));
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
        var token = Tokens.Issue("c1", "u1");
        for (var i = 0; i < token.Length - 1; i++)
            Assert.Null(Tokens.Read(token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..]));
    }

    [Fact]
    public void Given_what_another_purpose_or_another_key_ring_sealed_When_read_Then_it_is_no_token()
    {
        const string grant = """{"Conversation":"c1","User":"u1","Until":"2099-01-01T00:00:00+00:00"}""";
        var protection = _host.Services.GetRequiredService<IDataProtectionProvider>();
        Assert.NotNull(Tokens.Read(protection.CreateProtector("directline").Protect(grant)));
        Assert.Null(Tokens.Read(protection.CreateProtector("cookies").Protect(grant)));
        Assert.Null(Tokens.Read(new EphemeralDataProtectionProvider().CreateProtector("directline").Protect(grant)));
    }

    [Fact]
    public void Given_a_key_When_a_conversation_is_begun_again_Then_it_is_the_same_and_without_one_another()
    {
        Assert.Equal(Tokens.NewConversation("k", "u"), Tokens.NewConversation("k", "u"));
        Assert.NotEqual(Tokens.NewConversation("k", "u"), Tokens.NewConversation("l", "u"));
        Assert.NotEqual(Tokens.NewConversation("k", "u"), Tokens.NewConversation("k", "v"));
        Assert.NotEqual(Tokens.NewConversation(null, "u"), Tokens.NewConversation(null, "u"));
        Assert.All(
            [Tokens.NewConversation("k", "u"), Tokens.NewConversation(null, "u")], id => Assert.Equal(32, id.Length));
    }
}
