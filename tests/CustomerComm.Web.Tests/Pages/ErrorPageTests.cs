using System.Net;
using System.Net.Http.Headers;
using static CustomerComm.Web.Tests.Pages.PagesHost;

namespace CustomerComm.Web.Tests.Pages;

[Collection(PagesCollection.Name)]
public sealed class ErrorPageTests(PagesHost host)
{
    [Theory]
    [InlineData("/nothing", HttpStatusCode.NotFound, "没有找到")]
    [InlineData("/test/throw", HttpStatusCode.InternalServerError, "出错了")]
    public async Task Given_a_browser_Then_an_error_is_a_page_with_the_hotline(
        string address, HttpStatusCode status, string text)
    {
        using var browser = await host.BrowserAsync();

        using var answer = await RawAsync(browser, address);

        var html = WebUtility.HtmlDecode(await TextAsync(answer));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(text, html, StringComparison.Ordinal);
        Assert.Contains("+1 202-555-0101", html, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", html, StringComparison.Ordinal);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/nothing", "text/html", "text/plain")]
    [InlineData("/v3/nothing", "text/html", "text/plain")]
    [InlineData("/api/nothing", "application/json", "application/problem+json")]
    [InlineData("/nothing", "application/json", "application/problem+json")]
    public async Task Given_a_program_Then_an_error_is_no_page(string address, string accept, string type)
    {
        using var browser = await host.BrowserAsync();
        browser.DefaultRequestHeaders.Accept.Clear();
        browser.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));

        using var answer = await RawAsync(browser, address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/", "/chat")]
    [InlineData("/chat", "id=\"webchat\"")]
    [InlineData("/phones", "+12025550150")]
    public async Task Given_a_public_page_Then_it_is_there_in_both_languages(string address, string part)
    {
        using var browser = await host.BrowserAsync();

        var chinese = await GetAsync(browser, address);
        var english = await GetAsync(browser, address + "?lang=en");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (chinese.Status, english.Status));
        Assert.Contains("<html lang=\"zh-CN\">", chinese.Html, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", english.Html, StringComparison.Ordinal);
        Assert.Contains(part, english.Html, StringComparison.Ordinal);
    }
}
