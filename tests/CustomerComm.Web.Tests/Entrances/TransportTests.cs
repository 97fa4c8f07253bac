using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CustomerComm.Web.Tests.Entrances;

/// <summary>What goes with every answer, whatever is asked for.</summary>
public sealed class TransportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_people_come_by_https_When_a_proxy_speaks_http_Then_cookies_are_secure_and_browsers_told_so()
    {
        await using var host = await RunningHost.StartAsync("--CustomerComm:PublicUrl=https://comm.example.com");
        var listens = host.Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var web = new HttpClient { BaseAddress = new Uri(listens) };
        using var response = await web.GetAsync(new Uri("/desk/sign-in", UriKind.Relative), Ct);
        Assert.Equal("max-age=31536000", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")));
        Assert.All(response.Headers.GetValues("Set-Cookie"), c =>
        {
            Assert.Contains("secure", c, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("httponly", c, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=strict", c, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task Given_plain_http_on_this_machine_Then_browsers_are_not_told_to_come_by_https_only()
    {
        await using var host = await RunningHost.StartAsync();
        using var web = host.NewClient();
        using var response = await web.GetAsync(new Uri("/", UriKind.Relative), Ct);
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/api/communities", HttpStatusCode.OK)]
    [InlineData("/notices?community=HY", HttpStatusCode.OK)]
    [InlineData("/desk", HttpStatusCode.Found)]
    [InlineData("/api/reports/monthly?community=HY", HttpStatusCode.Unauthorized)]
    [InlineData("/no-such-page", HttpStatusCode.NotFound)]
    public async Task Given_the_head_of_an_address_Then_it_is_that_of_the_page_without_the_page(
        string address, HttpStatusCode status)
    {
        await using var host = await RunningHost.StartAsync();
        using var web = host.NewClient(redirects: false);
        using var head = await web.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), Ct);
        using var page = await web.GetAsync(new Uri(address, UriKind.Relative), Ct);
        Assert.Equal((status, status), (head.StatusCode, page.StatusCode));
        Assert.Equal(page.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData("/", false)]
    [InlineData("/desk/sign-in", false)]
    [InlineData("/api/communities", false)]
    [InlineData("/no-such-page", false)]
    [InlineData("/chat", true)]
    public async Task Given_any_answer_Then_it_forbids_frames_and_what_is_not_ours_and_inline_style_but_in_the_chat(
        string address, bool inline)
    {
        await using var host = await RunningHost.StartAsync();
        using var web = host.NewClient();
        using var response = await web.GetAsync(new Uri(address, UriKind.Relative), Ct);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(inline, policy.Contains("'unsafe-inline'", StringComparison.Ordinal));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task Given_a_data_directory_that_others_can_read_When_the_host_starts_Then_it_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var data = new TempDirectory();
        File.SetUnixFileMode(data.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        await using var host = await RunningHost.OpenAsync(data.Path, TimeProvider.System);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data.Path));
    }

    [Fact]
    public async Task Given_a_real_company_When_started_as_a_demo_Then_it_refuses_for_a_click_would_sign_in()
    {
        using var data = new TempDirectory();
        await using (var demo = await RunningHost.OpenAsync(data.Path, TimeProvider.System))
            Assert.NotNull(demo.Services.GetService(typeof(Domain.Directory.CompanyDirectory)));
        var file = Path.Combine(data.Path, "company.json");
        var text = await File.ReadAllTextAsync(file, Ct);
        await File.WriteAllTextAsync(
            file, text.Replace("演示物业公司 (Demo)", "Some Company", StringComparison.Ordinal), Ct);
        var error = await Assert.ThrowsAsync<InvalidDataException>(
            () => RunningHost.OpenAsync(data.Path, TimeProvider.System));
        Assert.Contains("--demo is for the demo company", error.Message, StringComparison.Ordinal);
    }
}
