using System.Net;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Matters;
using static CustomerComm.Web.Tests.Pages.PagesHost;

namespace CustomerComm.Web.Tests.Pages;

/// <summary>Signing is the resident's alone (4.6.2-4).</summary>
[Collection(PagesCollection.Name)]
public sealed class SignPageTests(PagesHost host)
{
    private static readonly string s_mark = DrawnMarkTests.Svg(DrawnMarkTests.Drawing);

    [Fact]
    [Clause("4.6.2-4")]
    public async Task Given_the_link_When_the_resident_signs_Then_exactly_the_text_shown_is_signed_once()
    {
        var resolved = await host.ResolvedAsync();
        using var browser = await host.BrowserAsync();
        var page = await host.SignPageAsync(resolved);
        var (status, html) = await GetAsync(browser, page);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(">已更换编码器，\n电梯恢复运行。</p>", html, StringComparison.Ordinal);
        var hash = resolved.State.Resolution!.TextHash;
        Assert.Equal(hash, Hidden(html, "textHash"));

        var sent = await SignAsync(browser, page, html);

        Assert.Equal((HttpStatusCode.SeeOther, page + "?done=1"), (sent.Status, sent.Location));
        var signature = (await host.StateAsync(resolved)).Signature!;
        Assert.Equal((4, hash, s_mark), (signature.Judgement.Satisfaction(), signature.TextHash, signature.Mark.Value));
        Assert.Equal((Channel.Sms, "谢谢"), (signature.Channel, signature.Comment!.Value.Value));
        Assert.Contains("谢谢您的签字", (await GetAsync(browser, sent.Location!)).Html, StringComparison.Ordinal);
        var again = (await GetAsync(browser, page)).Html;
        Assert.Contains("已经签过字了", again, StringComparison.Ordinal);
        Assert.DoesNotContain("电梯", again, StringComparison.Ordinal);
    }

    [Fact]
    [Clause("4.6.2-4")]
    public async Task Given_a_phone_that_is_not_on_file_for_the_home_When_signed_Then_it_waits_for_quality()
    {
        var resolved = await host.DoAsync(
            await host.AcceptedAsync(phone: "+12025550177"), "engineer", new ComplaintCommand.Resolve("已修好"));
        using var browser = await host.BrowserAsync();
        var page = await host.SignPageAsync(resolved);
        var sent = await SignAsync(browser, page, (await GetAsync(browser, page)).Html);
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.Contains("已经签过字了", (await GetAsync(browser, page)).Html, StringComparison.Ordinal);
        var state = await host.StateAsync(resolved);
        Assert.Equal((Stage.Resolved, true, true), (state.Stage, state.Signature is null, state.Request!.Drawn is not null));
    }

    [Fact]
    [Clause("4.6.2-4")]
    public async Task Given_a_signature_sent_twice_or_anew_Then_the_first_stands()
    {
        var resolved = await host.ResolvedAsync();
        using var browser = await host.BrowserAsync();
        var page = await host.SignPageAsync(resolved);
        var html = (await GetAsync(browser, page)).Html;
        await SignAsync(browser, page, html);

        var repeated = await SignAsync(browser, page, html);
        var refused = await PostAsync(
            browser, page + "/refuse", ("key", Guid.NewGuid().ToString("N")), ("reason", "改主意了"));

        Assert.Equal(HttpStatusCode.SeeOther, repeated.Status);
        Assert.Contains("已经签过字了", refused.Html, StringComparison.Ordinal);
        Assert.Equal(Stage.Completed, (await host.StateAsync(resolved)).Stage);
    }

    [Fact]
    [Clause("4.6.2-4")]
    public async Task Given_a_forged_token_Then_the_link_is_not_valid_whether_or_not_there_is_a_case()
    {
        var resolved = await host.ResolvedAsync();
        using var browser = await host.BrowserAsync();
        var good = await host.SignPageAsync(resolved);
        var html = (await GetAsync(browser, good)).Html;
        var forged = $"/s/{Links.IdOf(resolved.Stream)}/AAAAAAAAAAAAAAAAAAAAAA";

        var shown = await GetAsync(browser, forged);
        var unknown = await GetAsync(browser, "/s/00000000000000000000/AAAAAAAAAAAAAAAAAAAAAA");
        var signed = await SignAsync(browser, forged, html);

        Assert.Equal(HttpStatusCode.Gone, shown.Status);
        Assert.Equal(shown, unknown);
        Assert.Equal(shown, (signed.Status, signed.Html));
        Assert.Contains("+1 202-555-0101", shown.Html, StringComparison.Ordinal);
        Assert.Null((await host.StateAsync(resolved)).Signature);
    }

    [Fact]
    [Clause("4.6.2-4")]
    public async Task Given_another_text_than_the_one_shown_Then_it_is_not_signed()
    {
        var resolved = await host.ResolvedAsync();
        using var browser = await host.BrowserAsync();
        var page = await host.SignPageAsync(resolved);
        var html = (await GetAsync(browser, page)).Html;

        var sent = await PostAsync(
            browser, page, ("key", Hidden(html, "key")), ("textHash", new string('0', 64)), ("signature", s_mark),
            ("satisfaction", "5"));

        Assert.Equal(HttpStatusCode.Conflict, sent.Status);
        Assert.Contains("刚刚更改过", sent.Html, StringComparison.Ordinal);
        Assert.Null((await host.StateAsync(resolved)).Signature);
    }

    [Fact]
    [Clause("4.6.2-4")]
    public async Task Given_a_staff_session_Then_the_page_neither_shows_nor_takes_a_signature()
    {
        var resolved = await host.ResolvedAsync();
        using var resident = await host.BrowserAsync();
        using var staff = await host.BrowserAsync("hy-duty");
        var page = await host.SignPageAsync(resolved);
        var html = (await GetAsync(resident, page)).Html;

        var shown = await GetAsync(staff, page);
        var signed = await SignAsync(staff, page, html);
        var refused = await PostAsync(staff, page + "/refuse", ("key", Guid.NewGuid().ToString("N")), ("reason", "x"));

        Assert.Equal(HttpStatusCode.Forbidden, shown.Status);
        Assert.DoesNotContain("电梯", shown.Html, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (signed.Status, refused.Status));
        var state = await host.StateAsync(resolved);
        Assert.Equal((Stage.Resolved, null), (state.Stage, state.Signature));
    }

    [Fact]
    [Clause("4.6.2-4")]
    public async Task Given_a_refusal_with_its_reason_Then_the_case_is_open_again_and_the_link_ends()
    {
        var resolved = await host.ResolvedAsync();
        using var browser = await host.BrowserAsync();
        var page = await host.SignPageAsync(resolved);
        var key = Hidden((await GetAsync(browser, page)).Html, "key");
        var without = await PostAsync(browser, page + "/refuse", ("key", key), ("reason", "  "));
        Assert.Equal(HttpStatusCode.BadRequest, without.Status);

        for (var i = 0; i < 2; i++)
        {
            var sent = await PostAsync(browser, page + "/refuse", ("key", key), ("reason", "还是会停"));
            Assert.Equal(HttpStatusCode.OK, sent.Status);
            Assert.Contains("投诉已重新处理", sent.Html, StringComparison.Ordinal);
        }

        var state = await host.StateAsync(resolved);
        Assert.Equal((Stage.InProgress, 1), (state.Stage, state.Reopened));
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync(browser, page)).Status);
    }

    [Theory]
    [InlineData("", "5")]
    [InlineData("<script xmlns='http://www.w3.org/2000/svg'>alert(1)</script>", "5")]
    [InlineData("oversized", "5")]
    [InlineData("good", "")]
    [InlineData("good", "6")]
    public async Task Given_a_mark_or_answer_that_will_not_do_Then_nothing_is_signed(string mark, string satisfaction)
    {
        var resolved = await host.ResolvedAsync();
        using var browser = await host.BrowserAsync();
        var page = await host.SignPageAsync(resolved);
        var html = (await GetAsync(browser, page)).Html;
        var sent = mark switch
        {
            "" => "",
            "good" => s_mark,
            "oversized" => s_mark + new string('A', Check.LongestMark),
            _ => DrawnMarkTests.Svg(
                DrawnMarkTests.Drawing.Replace("</svg>", mark + "</svg>", StringComparison.Ordinal)),
        };

        var answer = await PostAsync(
            browser, page, ("key", Hidden(html, "key")), ("textHash", Hidden(html, "textHash")), ("signature", sent),
            ("satisfaction", satisfaction), ("comment", "写好的意见"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("写好的意见", answer.Html, StringComparison.Ordinal);
        Assert.Null((await host.StateAsync(resolved)).Signature);
    }

    [Theory]
    [InlineData("M 150.0,75.0 C 150.0,75.0 150.1,75.0 150.1,75.1")]
    [InlineData("M 10,10 L 10,10")]
    public async Task Case_38_Given_a_touch_by_accident_When_sent_as_signature_Then_it_is_refused_with_help(string path)
    {
        var resolved = await host.ResolvedAsync();
        using var browser = await host.BrowserAsync();
        var page = await host.SignPageAsync(resolved);
        var html = (await GetAsync(browser, page)).Html;
        var mark = DrawnMarkTests.Svg(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 150\" width=\"300\" height=\"150\">"
            + $"<path d=\"{path}\" stroke-width=\"2\" stroke=\"#10202a\" fill=\"none\"/></svg>");

        var answer = await PostAsync(
            browser, page, ("key", Hidden(html, "key")), ("textHash", Hidden(html, "textHash")), ("signature", mark),
            ("satisfaction", "5"), ("comment", "写好的意见"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("写下您的名字", answer.Html, StringComparison.Ordinal);
        Assert.Null((await host.StateAsync(resolved)).Signature);
    }

    [Fact]
    public async Task Given_a_link_past_its_time_Then_it_is_not_valid()
    {
        await using var own = new PagesHost();
        await own.InitializeAsync();
        var resolved = await own.ResolvedAsync();
        var page = await own.SignPageAsync(resolved);
        own.Time.Advance(resolved.State.Request!.Expires - own.Time.GetUtcNow());
        using var browser = await own.BrowserAsync();

        Assert.Equal(HttpStatusCode.Gone, (await GetAsync(browser, page)).Status);
    }

    private static Task<(HttpStatusCode Status, string Html, string? Location)> SignAsync(
        HttpClient browser, string page, string html) => PostAsync(
        browser, page, ("key", Hidden(html, "key")), ("textHash", Hidden(html, "textHash")), ("signature", s_mark),
        ("satisfaction", "4"), ("comment", "谢谢"));
}
