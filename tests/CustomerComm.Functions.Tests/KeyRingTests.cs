using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Functions.Tests;

/// <summary>What one instance of the app sealed is read by every other with the same master key.</summary>
public sealed class KeyRingTests
{
    private static readonly byte[] s_other = [.. new byte[31], 1];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Given_cookies_When_sealed_Then_another_instance_reads_them_and_another_purpose_or_key_does_not()
    {
        var one = Protection(new byte[32]).CreateProtector("staff");
        var another = Protection(new byte[32]);
        Assert.Equal("data", another.CreateProtector("staff").Unprotect(one.Protect("data")));
        Assert.Throws<CryptographicException>(() => another.CreateProtector("form").Unprotect(one.Protect("data")));
        Assert.Throws<CryptographicException>(
            () => Protection(s_other).CreateProtector("staff").Unprotect(one.Protect("data")));
    }

    [Fact]
    public async Task Given_a_chat_token_When_it_comes_to_another_instance_Then_it_holds_if_the_master_key_is_the_same()
    {
        await using var one = await FunctionsApp.StartAsync();
        await using var another = await FunctionsApp.StartAsync();
        await using var foreign = await FunctionsApp.StartAsync(
            [$"--CustomerComm:MasterKey={Convert.ToBase64String(s_other)}"]);
        using var answer = await one.Web.PostAsJsonAsync(
            "/v3/directline/tokens/generate", new { user = new { id = "r_1" } }, Ct);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("token").GetString()!;
        Assert.Equal(HttpStatusCode.Created, await BeginAsync(one, token));
        Assert.Equal(HttpStatusCode.Created, await BeginAsync(another, token));
        Assert.Equal(HttpStatusCode.Forbidden, await BeginAsync(foreign, token));
    }

    private static async Task<HttpStatusCode> BeginAsync(FunctionsApp app, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/directline/conversations");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await app.Web.SendAsync(request, Ct);
        return response.StatusCode;
    }

    private static IDataProtectionProvider Protection(byte[] master) => new ServiceCollection()
        .AddDerivedProtection(new MasterKey(Convert.ToBase64String(master))).BuildServiceProvider()
        .GetRequiredService<IDataProtectionProvider>();
}
