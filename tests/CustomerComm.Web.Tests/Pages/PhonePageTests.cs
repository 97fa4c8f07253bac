using System.Net;
using CustomerComm.Domain.Complaints;
using static CustomerComm.Web.Tests.Pages.PagesHost;

namespace CustomerComm.Web.Tests.Pages;

[Collection(PagesCollection.Name)]
public sealed class PhonePageTests(PagesHost host)
{
    private const string Engineer = "/phones/+12025550113";

    [Fact]
    public async Task Given_an_assignment_When_the_phone_replies_twice_with_one_form_Then_it_is_accepted_once()
    {
        using var browser = await host.BrowserAsync();
        var opened = await host.AcceptedAsync("楼道灯不亮");
        var code = opened.State.Number.ShortCode;
        await ShownAsync(browser, Engineer, $"派单{code}");
        var key = Hidden((await GetAsync(browser, Engineer)).Html, "key");

        for (var i = 0; i < 2; i++)
        {
            var sent = await PostAsync(browser, Engineer + "/messages", ("key", key), ("text", $"5 {code} 正在更换"));
            Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        }

        await ShownAsync(browser, Engineer, $"已记录到{code}");
        var history = (await host.Complaints.FindAsync(opened.State.Number, CancellationToken.None))!;
        Assert.Single(history.Events, e => e.Event is ComplaintEvent.Noted { ByResident: false });
        var html = (await GetAsync(browser, Engineer)).Html;
        Assert.Single(Split(html, $"5 {code} 正在更换"));
    }

    [Fact]
    public async Task Given_a_resident_phone_Then_it_writes_a_new_complaint_and_gets_a_link_to_open()
    {
        using var browser = await host.BrowserAsync();
        const string Phone = "/phones/+12025550154";

        var sent = await PostAsync(
            browser, Phone + "/messages", ("key", Guid.NewGuid().ToString("N")), ("text", "楼上漏水，天花板都湿了，请尽快来修"));

        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        await ShownAsync(browser, Phone, "href=\"http://127.0.0.1");
        Assert.Contains("演示住户周", (await GetAsync(browser, "/phones")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_phone_nobody_knows_Then_it_is_listed_once_it_wrote_and_nothing_it_wrote_becomes_markup()
    {
        using var browser = await host.BrowserAsync();
        const string Phone = "+12025550199";
        var text = "<b>x</b> http://example.com/s/1";

        await PostAsync(browser, $"/phones/{Phone}/messages", ("key", Guid.NewGuid().ToString("N")), ("text", text));

        Assert.Contains(Phone, (await GetAsync(browser, "/phones")).Html, StringComparison.Ordinal);
        var raw = await TextAsync(browser, $"/phones/{Phone}");
        Assert.Contains("&lt;b&gt;", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"http://example.com", raw, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(browser, "/phones/x")).Status);
    }

    private async Task ShownAsync(HttpClient browser, string phone, string text)
    {
        await host.SettleAsync();
        Assert.Contains(text, (await GetAsync(browser, phone)).Html, StringComparison.Ordinal);
    }

    private static string[] Split(string html, string text) => html.Split(text)[1..];
}
