using System.Net;
using CustomerComm.App.Messages;
using CustomerComm.Domain.Complaints;
using static CustomerComm.Web.Tests.Pages.PagesHost;

namespace CustomerComm.Web.Tests.Pages;

[Collection(PagesCollection.Name)]
public sealed class StatusPageTests(PagesHost host)
{
    [Fact]
    public async Task Given_the_link_Then_the_resident_sees_how_the_case_stands()
    {
        var opened = await host.ResolvedAsync();
        using var browser = await host.BrowserAsync();

        var (status, html) = await GetAsync(browser, await host.StatusPageAsync(opened));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("3栋电梯又坏了", html, StringComparison.Ordinal);
        Assert.Contains("已更换编码器，\n电梯恢复运行。", html, StringComparison.Ordinal);
        Assert.Contains("处理人已接单", html, StringComparison.Ordinal);
        Assert.Contains("+1 202-555-0101", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_no_token_or_a_false_one_Then_nothing_shows_whether_there_is_a_case()
    {
        var opened = await host.AcceptedAsync();
        using var browser = await host.BrowserAsync();
        var id = Links.IdOf(opened.Stream);

        var without = await GetAsync(browser, $"/c/{id}");
        var forged = await GetAsync(browser, $"/c/{id}/AAAAAAAAAAAAAAAAAAAAAA");
        var unknown = await GetAsync(browser, "/c/00000000000000000000/AAAAAAAAAAAAAAAAAAAAAA");
        var nonsense = await GetAsync(browser, "/c/x/y");
        var posted = await PostAsync(browser, $"/c/{id}/false/note", ("key", Key()), ("text", "x"));

        Assert.Equal(HttpStatusCode.NotFound, without.Status);
        Assert.Equal(without, forged);
        Assert.Equal(without, unknown);
        Assert.Equal(without, nonsense);
        Assert.Equal(without, (posted.Status, posted.Html));
        Assert.DoesNotContain("HY-", without.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_note_sent_twice_Then_it_is_kept_once()
    {
        var opened = await host.AcceptedAsync();
        using var browser = await host.BrowserAsync();
        var page = await host.StatusPageAsync(opened);
        var key = Hidden((await GetAsync(browser, page)).Html, "key");

        for (var i = 0; i < 2; i++)
        {
            var sent = await PostAsync(browser, At(page, "/note"), ("key", key), ("text", "今天又停了"));
            Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
            Assert.Equal(page + "?done=note", sent.Location);
        }

        var other = await PostAsync(browser, At(page, "/note"), ("key", key), ("text", "别的"));
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        var after = await host.Complaints.FindAsync(opened.State.Number, TestContext.Current.CancellationToken);
        var note = Assert.Single(after!.Events.Select(e => e.Event).OfType<ComplaintEvent.Noted>());
        Assert.True(note.ByResident);
        Assert.Equal("今天又停了", note.Text.Value);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    public async Task Given_an_extension_told_Then_the_resident_answers_it_on_the_page(string answer)
    {
        var opened = await host.AcceptedAsync();
        var before = opened.State.ResolveDue;
        var wanted = before.AddDays(3);
        opened = await host.DoAsync(opened, "engineer", new ComplaintCommand.TellExtension(wanted, "等厂家配件"));
        using var browser = await host.BrowserAsync();
        var page = await host.StatusPageAsync(opened);
        var (_, html) = await GetAsync(browser, page);
        Assert.Contains("等厂家配件", html, StringComparison.Ordinal);

        var sent = await PostAsync(browser, At(page, "/extension"), ("key", Hidden(html, "key")), ("answer", answer));

        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        var state = await host.StateAsync(opened);
        Assert.Null(state.Extension);
        Assert.Equal(answer == "yes" ? wanted : before, state.ResolveDue);
        Assert.DoesNotContain("等厂家配件", (await GetAsync(browser, page)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_withdrawal_confirmed_Then_the_case_is_closed()
    {
        var opened = await host.AcceptedAsync();
        using var browser = await host.BrowserAsync();
        var page = await host.StatusPageAsync(opened);
        var (asked, html) = await GetAsync(browser, At(page, "/withdraw"));
        Assert.Equal(HttpStatusCode.OK, asked);
        Assert.True((await host.StateAsync(opened)).Open);

        var sent = await PostAsync(browser, At(page, "/withdraw"), ("key", Hidden(html, "key")), ("reason", ""));

        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.Equal(Outcome.Withdrawn, (await host.StateAsync(opened)).Outcome);
        var late = await PostAsync(browser, At(page, "/note"), ("key", Key()), ("text", "x"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
    }

    [Theory, Clause("4.6.2-4")]
    [InlineData("/withdraw", "reason")]
    [InlineData("/extension", "answer")]
    [InlineData("/object", "reason")]
    public async Task Given_the_link_whoever_handed_it_in_was_answered_Then_it_shows_and_decides_nothing(
        string act, string field)
    {
        var opened = await host.AcceptedAsync();
        await host.DoAsync(opened, "engineer", new ComplaintCommand.TellExtension(opened.State.ResolveDue.AddDays(3), "等配件"));
        using var browser = await host.BrowserAsync();
        var page = await host.FirstPageAsync(opened);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(browser, page)).Status);

        var sent = await PostAsync(browser, At(page, act), ("key", Key()), (field, "yes"));

        Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
        var state = await host.StateAsync(opened);
        Assert.Equal((true, Outcome.None), (state.Open, state.Outcome));
        Assert.NotNull(state.Extension);
    }

    [Fact]
    public async Task Given_staff_with_the_residents_link_Then_they_cannot_act_for_them()
    {
        var opened = await host.AcceptedAsync();
        using var browser = await host.BrowserAsync("engineer");
        var page = await host.StatusPageAsync(opened);

        var sent = await PostAsync(browser, At(page, "/withdraw"), ("key", Key()), ("reason", ""));

        Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
        Assert.True((await host.StateAsync(opened)).Open);
        Assert.DoesNotContain("<form", (await GetAsync(browser, page)).Html, StringComparison.Ordinal);
    }

    private static string Key() => Guid.NewGuid().ToString("N");

    private static string At(string page, string sub) => page + sub;
}
