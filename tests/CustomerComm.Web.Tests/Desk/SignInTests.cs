using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using CustomerComm.App.Ports;
using CustomerComm.App.SignIns;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Simulator;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Desk;

/// <summary>Signing in with a code that goes to the phone on file.</summary>
[Clause("4.6.1-2-G")]
public sealed class SignInTests
{
    private const string DutyPhone = "+12025550116";

    [Fact]
    public async Task Given_a_staff_phone_When_the_code_that_came_is_entered_Then_the_desk_opens_and_the_code_is_used_up()
    {
        await using var host = await RunningHost.StartAsync();
        var browser = new DeskBrowser(host.NewClient());
        var asked = await AskAsync(host, browser, "(202) 555-0116");
        var code = await CodeAsync(host, DutyPhone);
        var wrong = await EnterAsync(browser, asked, code == "000000" ? "000001" : "000000");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("not right or no longer good", wrong.Text, StringComparison.Ordinal);
        var desk = await EnterAsync(browser, wrong, code);
        Assert.Equal("/desk", desk.Path);
        Assert.Contains("演示花园值班员", desk.Text, StringComparison.Ordinal);
        var other = new DeskBrowser(host.NewClient());
        asked = await other.GetAsync("/desk/sign-in");
        var again = await EnterAsync(other, asked, code);
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
    }

    [Fact]
    public async Task Given_nobody_of_that_phone_When_a_code_is_asked_for_Then_the_answer_gives_nothing_away()
    {
        await using var host = await RunningHost.StartAsync();
        var known = await AskAsync(host, new DeskBrowser(host.NewClient()), "hy-duty");
        var unknown = await AskAsync(host, new DeskBrowser(host.NewClient()), "nobody");
        Assert.Equal(known.Status, unknown.Status);
        Assert.Equal(known.Text, unknown.Text);
        Assert.Contains("If this is a staff phone on file", unknown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_too_many_codes_When_another_is_asked_for_Then_none_goes_out_and_the_answer_is_the_same()
    {
        await using var host = await RunningHost.StartAsync();
        var browser = new DeskBrowser(host.NewClient());
        for (var i = 0; i < 6; i++)
        {
            var page = await AskAsync(host, browser, "hy-duty");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("If this is a staff phone on file", page.Text, StringComparison.Ordinal);
            host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var table = host.Services.GetRequiredService<ITables>().Of<PhoneMessageRow>();
        var messages = await table.QueryAsync(DutyPhone, null, null, 100, null, TestContext.Current.CancellationToken);
        Assert.Equal(5, messages.Rows.Count(m => m.Text.Contains("验证码", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true, "127.0.0.1", "localhost", null, true)]
    [InlineData(true, "::1", "[::1]", null, true)]
    [InlineData(true, "192.0.2.7", "localhost", null, false)]
    [InlineData(true, "127.0.0.1", "comm.example.com", null, false)]
    [InlineData(true, "127.0.0.1", "localhost", "X-Forwarded-For", false)]
    [InlineData(true, "127.0.0.1", "localhost", "Forwarded", false)]
    [InlineData(true, "127.0.0.1", "localhost", "X-Real-IP", false)]
    [InlineData(true, "127.0.0.1", "localhost", "Via", false)]
    [InlineData(false, "127.0.0.1", "localhost", null, false)]
    public async Task Given_a_machine_When_a_name_is_clicked_Then_only_the_demo_on_this_machine_lets_in(
        bool demo, string from, string to, string? forwarding, bool allowed)
    {
        await using var host = await RunningHost.StartAsync();
        var sessions = new StaffSessions(
            host.Services.GetRequiredService<CompanyDirectory>(), host.Services.GetRequiredService<SignInKind>(),
            new WebOptions { Simulator = demo });
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(from);
        http.Request.Host = new HostString(to);
        if (forwarding is not null)
            http.Request.Headers[forwarding] = "203.0.113.9";
        Assert.Equal(allowed, sessions.IsDemo(http));
        if (!allowed)
            Assert.False(await sessions.SignInAsync(http, "hy-duty"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0;http://127.0.0.1:0")]
    public async Task Given_a_demo_that_other_machines_reach_Then_it_has_no_phones_and_no_click_lets_in(string urls)
    {
        await using var host = await RunningHost.StartAsync("--urls", urls);
        using var web = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{host.Address.Port}"),
        };
        var browser = new DeskBrowser(web);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/phones")).Status);
        var page = await browser.GetAsync("/desk/sign-in");
        Assert.DoesNotContain("name=\"staff\"", page.Html, StringComparison.Ordinal);
        page = await browser.PostAsync("/desk/sign-in", new(page.Hidden(null)) { ["staff"] = "leader" });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
    }

    [Fact]
    public async Task Given_somebody_signed_in_When_a_file_of_the_pages_is_asked_for_Then_their_session_is_not_looked_up()
    {
        await using var host = await RunningHost.StartAsync(b =>
        {
            var real = b.Services.Last(s => s.ServiceType == typeof(IEventStore));
            b.Services.Remove(real);
            b.Services.AddSingleton(p => HeardStore.Of((IEventStore)real.ImplementationFactory!(p)));
        });
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        async Task<int> AskedAsync(string address)
        {
            var before = HeardStore.Of(host).Asked;
            using var answer = await duty.Client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return HeardStore.Of(host).Asked - before;
        }

        // The pump has done with the sign-in itself.
        await host.SettleAsync();
        Assert.True(await AskedAsync("/desk") > 0);
        Assert.Equal(0, await AskedAsync("/_content/CustomerComm.Web/app/site.css"));
    }

    [Fact]
    public async Task Given_a_copied_cookie_When_its_owner_signs_out_Then_it_opens_nothing_and_the_log_tells_it()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var handler = new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        using var thief = new HttpClient(handler) { BaseAddress = host.Address };
        var page = await duty.GetAsync("/desk/sign-ins");
        Assert.Contains("1 open", page.Text, StringComparison.Ordinal);
        Assert.Contains("signed in by a click", page.Text, StringComparison.Ordinal);
        thief.DefaultRequestHeaders.Add("Cookie", await CookieOfAsync(host, "hy-duty"));
        var ct = TestContext.Current.CancellationToken;
        using (var copied = await thief.GetAsync(new Uri("/desk", UriKind.Relative), ct))
            Assert.Equal(HttpStatusCode.OK, copied.StatusCode);
        page = await duty.GetAsync("/desk/sign-ins");
        Assert.Contains("2 open", page.Text, StringComparison.Ordinal);

        // Somebody else ends nothing of theirs; they themselves end all of it.
        var manager = await DeskBrowser.SignedInAsync(host, "hy-manager");
        var other = await manager.GetAsync("/desk/sign-ins");
        other = await manager.PostAsync("/desk/sign-ins", new(other.Hidden(null)) { ["staff"] = "hy-duty" });
        Assert.Equal(HttpStatusCode.Forbidden, other.Status);
        Assert.Contains("2 open", (await duty.GetAsync("/desk/sign-ins")).Text, StringComparison.Ordinal);
        page = await duty.PostAsync("/desk/sign-ins", page.Hidden(null));
        Assert.Equal("/desk/sign-in", page.Path);
        using (var ended = await thief.GetAsync(new Uri("/desk", UriKind.Relative), ct))
            Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        Assert.StartsWith("/desk/sign-in", (await duty.GetAsync("/desk")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_one_address_that_asks_for_many_codes_When_it_goes_on_Then_it_must_wait_whoever_it_asks_for()
    {
        await using var host = await RunningHost.StartAsync();
        var browser = new DeskBrowser(host.NewClient());
        var page = await browser.GetAsync("/desk/sign-in");
        for (var i = 0; i < AskerLimits.Most; i++)
        {
            var asked = await browser.PostAsync("/desk/sign-in/code", new(page.Hidden(null)) { ["who"] = $"nobody {i}" });
            Assert.Equal(HttpStatusCode.OK, asked.Status);
        }

        var last = await browser.PostAsync("/desk/sign-in/code", new(page.Hidden(null)) { ["who"] = "leader" });
        Assert.Equal(HttpStatusCode.TooManyRequests, last.Status);
        Assert.Contains("Too many requests", last.Text, StringComparison.Ordinal);
    }

    /// <summary>The session's cookie of a browser of its own.</summary>
    private static async Task<string> CookieOfAsync(RunningHost host, string staff)
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var client = new HttpClient(handler) { BaseAddress = host.Address };
        var browser = new DeskBrowser(client);
        var page = await browser.GetAsync("/desk/sign-in");
        await browser.PostAsync("/desk/sign-in", new(page.Hidden(null)) { ["staff"] = staff });
        return handler.CookieContainer.GetCookieHeader(new Uri(host.Address, "/desk"));
    }

    private static async Task<DeskPageView> AskAsync(RunningHost host, DeskBrowser browser, string who)
    {
        var page = await browser.GetAsync("/desk/sign-in");
        var asked = await browser.PostAsync("/desk/sign-in/code", new(page.Hidden(null)) { ["who"] = who });
        await host.SettleAsync();
        return asked;
    }

    private static Task<DeskPageView> EnterAsync(DeskBrowser browser, DeskPageView page, string code) =>
        browser.PostAsync("/desk/sign-in/enter", new(page.Hidden(null)) { ["who"] = "hy-duty", ["code"] = code });

    private static async Task<string> CodeAsync(RunningHost host, string phone)
    {
        var table = host.Services.GetRequiredService<ITables>().Of<PhoneMessageRow>();
        var page = await table.QueryAsync(phone, null, null, 100, null, TestContext.Current.CancellationToken);
        var text = page.Rows[^1].Text;
        return Regex.Match(text, "[0-9]{6}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
    }

    /// <summary>The real store; it counts how often it is asked about sign-ins.</summary>
    public class HeardStore : DispatchProxy
    {
        private IEventStore _inner = null!;
        private int _asked;

        public int Asked => _asked;

        public static HeardStore Of(RunningHost host) => (HeardStore)(object)host.Get<IEventStore>();

        public static IEventStore Of(IEventStore inner)
        {
            var proxy = Create<IEventStore, HeardStore>();
            ((HeardStore)(object)proxy)._inner = inner;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (args?.OfType<StreamId>().Any(s => s.Value.StartsWith("signin.", StringComparison.Ordinal)) == true)
                Interlocked.Increment(ref _asked);
            return targetMethod!.Invoke(_inner, args);
        }
    }
}
