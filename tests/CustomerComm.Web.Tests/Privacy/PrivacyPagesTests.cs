using System.Net;
using System.Text.Json;
using CustomerComm.App.Complaints;
using CustomerComm.App.Jobs;
using CustomerComm.App.Ports;
using CustomerComm.App.Privacy;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Simulator;
using CustomerComm.Web.Tests.Desk;
using CustomerComm.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Privacy;

/// <summary>Data requests and who looked, by the pages: at the desk and by the resident's own link.</summary>
public sealed class PrivacyPagesTests
{
    private const string Phone = "+12025550150";

    private const string Report = "/api/reports/monthly?community=HY&month=2026-11&format=csv";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_an_erasure_is_recorded_approved_and_carried_out_Then_no_page_shows_a_word_of_theirs()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await EndedAsync(host);
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var entered = await EnterAsync(duty);
        Assert.Contains("/HY-D-", entered.Path, StringComparison.Ordinal);
        await host.SettleAsync();
        Assert.Empty((await duty.GetAsync(entered.Path)).Actions);
        var head = await DeskBrowser.SignedInAsync(host, "quality-head");
        Assert.Contains(entered.Path, (await head.GetAsync("/desk")).Html, StringComparison.Ordinal);
        Assert.Equal(["Approve", "Hold", "Refuse"], (await head.GetAsync(entered.Path)).Actions);
        await DidAsync(head, entered.Path, "Approve");
        var counted = await head.Client.GetStringAsync(new Uri(Report, UriKind.Relative), Ct);
        Assert.Contains(number, counted, StringComparison.Ordinal);
        await host.PassAsync(TimeSpan.FromDays(4));
        await RunAsync(host);
        await host.SettleAsync();
        await RunAsync(host);
        await host.SettleAsync();
        head = await DeskBrowser.SignedInAsync(host, "quality-head");
        foreach (var path in (string[])[$"/desk/complaints/{number}", $"/desk/complaints/{number}/form", entered.Path])
        {
            var page = await head.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(path == entered.Path ? "are erased" : number, page.Text, StringComparison.Ordinal);
            foreach (var theirs in (string[])["路灯坏了", "演示住户", Phone[1..], "已搬走"])
                Assert.DoesNotContain(theirs, page.Text, StringComparison.Ordinal);
        }

        Assert.Equal(counted, await head.Client.GetStringAsync(new Uri(Report, UriKind.Relative), Ct));
    }

    [Fact]
    public async Task Given_a_complaint_is_open_When_the_erasure_is_approved_Then_the_page_says_which_and_nothing_happens()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "路灯坏了没人管", "Equipment", phone: Phone);
        var entered = await EnterAsync(await DeskBrowser.SignedInAsync(host, "hy-duty"));
        await host.SettleAsync();
        var head = await DeskBrowser.SignedInAsync(host, "quality-head");
        var page = await head.GetAsync(entered.Path);
        Assert.Contains(number, page.Text, StringComparison.Ordinal);
        var refused = await head.PostAsync(entered.Path, page.Hidden("Approve"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("OpenComplaint", refused.Text, StringComparison.Ordinal);
    }

    [Fact, Clause("4.6.1-2-D")]
    public async Task Given_they_complain_of_the_manager_afterwards_When_the_manager_opens_the_request_Then_there_is_none()
    {
        await using var host = await RunningHost.StartAsync();
        var entered = await EnterAsync(await DeskBrowser.SignedInAsync(host, "hy-duty"));
        var manager = await DeskBrowser.SignedInAsync(host, "hy-manager");
        Assert.Equal(["Approve", "Hold", "Refuse"], (await manager.GetAsync(entered.Path)).Actions);
        var form = (await manager.GetAsync(entered.Path)).Hidden("Approve");
        await DeskBrowser.ComplainAsync(host, "管理处主任骂人", "AgainstManager", phone: Phone);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync(entered.Path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.PostAsync(entered.Path, form)).Status);
        var head = await DeskBrowser.SignedInAsync(host, "quality-head");
        Assert.Contains("HY-2026-000001", (await head.GetAsync(entered.Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_resident_asks_on_their_page_When_it_is_examined_and_given_Then_they_fetch_their_copy()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "路灯坏了没人管", "Equipment", phone: Phone);
        var own = await OwnPageAsync(host, number);
        using var resident = host.NewClient("en", redirects: false);
        var asked = await PagesHost.PostAsync(
            resident, own + "/data", ("key", Guid.NewGuid().ToString("N")), ("what", "Copy"), ("reason", "想看看"));
        Assert.Equal(HttpStatusCode.SeeOther, asked.Status);
        await host.SettleAsync();
        var again = await PagesHost.PostAsync(
            resident, own + "/data", ("key", Guid.NewGuid().ToString("N")), ("what", "Erasure"), ("reason", "删"));
        await host.SettleAsync();
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        const string path = "/desk/privacy/HY-D-2026-000001";
        await DidAsync(quality, path, "Examine", ("proof", "called back"));
        await DidAsync(quality, path, "GiveCopy");
        await host.SettleAsync();
        var link = await LinkAsync(host, "/d/");
        var file = await PagesHost.GetAsync(resident, link + "/file");
        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Contains("路灯坏了没人管", file.Html, StringComparison.Ordinal);
        Assert.Contains(number, JsonDocument.Parse(file.Html).RootElement.GetProperty("matters").GetRawText());
        // Neither staff by their own session, nor anybody once its time is over.
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await quality.Client.GetAsync(new Uri(link + "/file", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await quality.GetAsync(path + "/file")).Status);
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        Assert.Equal(HttpStatusCode.NotFound, (await duty.GetAsync(path + "/file")).Status);
        host.Time.Advance(TimeSpan.FromDays(15));
        Assert.Equal(HttpStatusCode.NotFound, (await PagesHost.GetAsync(resident, link + "/file")).Status);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
    }

    [Fact]
    public async Task Given_the_first_link_which_others_may_have_When_data_or_looks_are_asked_by_it_Then_it_is_refused()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "路灯坏了没人管", "Equipment", phone: Phone);
        var found = await FindAsync(host, number);
        var first = await host.AnsweredAsync(ComplaintMatter.StatusPage, found.Stream);
        using var stranger = host.NewClient("en", redirects: false);
        var asked = await PagesHost.PostAsync(
            stranger, first + "/data", ("key", Guid.NewGuid().ToString("N")), ("what", "Erasure"), ("reason", "x"));
        Assert.Equal(HttpStatusCode.Forbidden, asked.Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PagesHost.GetAsync(stranger, first + "/access")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound, (await PagesHost.GetAsync(stranger, "/d/aaaa/AAAAAAAAAAAAAAAAAAAAAA")).Status);
    }

    [Fact]
    public async Task Given_an_approved_erasure_When_whoever_has_the_phone_stops_it_Then_it_is_stopped_but_not_by_staff()
    {
        await using var host = await RunningHost.StartAsync();
        var entered = await EnterAsync(await DeskBrowser.SignedInAsync(host, "hy-duty"));
        var head = await DeskBrowser.SignedInAsync(host, "quality-head");
        await DidAsync(head, entered.Path, "Approve");
        await host.SettleAsync();
        var link = await LinkAsync(host, "/d/");
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("key", Guid.NewGuid().ToString("N"))]);
        using var byStaff = await head.Client.PostAsync(new Uri(link + "/stop", UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, byStaff.StatusCode);
        using var resident = host.NewClient("en", redirects: false);
        var stopped = await PagesHost.PostAsync(resident, link + "/stop", ("key", Guid.NewGuid().ToString("N")));
        Assert.Equal(HttpStatusCode.SeeOther, stopped.Status);
        Assert.Contains("Stopped by the person", (await head.GetAsync(entered.Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_staff_look_at_a_complaint_in_every_way_Then_each_is_on_record_for_quality_and_by_post_for_the_resident()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "路灯坏了没人管", "Equipment", phone: Phone);
        var own = await OwnPageAsync(host, number);
        var manager = await DeskBrowser.SignedInAsync(host, "hy-manager");
        await manager.GetAsync($"/desk/complaints/{number}");
        await manager.GetAsync($"/desk/complaints/{number}/form");
        await manager.GetAsync($"/desk/complaints/{number}/related");
        await manager.GetAsync($"/api/complaints/{number}");
        await manager.GetAsync(own);
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        await quality.GetAsync($"/api/complaints/{number}/evidence");
        // Whoever may not open it leaves no row, for they have seen nothing.
        await (await DeskBrowser.SignedInAsync(host, "jx-manager")).GetAsync($"/desk/complaints/{number}");
        var rows = await host.Services.GetRequiredService<AccessLog>().OfAsync(Parsed(number), Ct);
        Assert.Equal(
            ["Evidence", "Form", "Json", "Page", "Related", "Status"], rows.Select(r => r.What).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(rows, r => r.Staff == "jx-manager");
        var seen = await quality.GetAsync($"/desk/complaints/{number}/access");
        Assert.Contains("演示花园主任", seen.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"/desk/complaints/{number}/access")).Status);
        using var resident = host.NewClient("en");
        var shown = await PagesHost.GetAsync(resident, own + "/access");
        Assert.Equal(HttpStatusCode.OK, shown.Status);
        Assert.DoesNotContain("演示花园主任", shown.Html, StringComparison.Ordinal);
        Assert.Contains("证据文件", shown.Html, StringComparison.Ordinal);
    }

    internal static async Task<DeskPageView> EnterAsync(DeskBrowser desk, string type = "Erasure")
    {
        var form = (await desk.GetAsync("/desk/privacy/new")).Hidden(null);
        return await desk.PostAsync("/desk/privacy/new", new(form)
        {
            ["community"] = "HY",
            ["type"] = type,
            ["phone"] = Phone,
            ["channel"] = nameof(Channel.Phone),
            ["proof"] = "回拨登记号码，报出房号",
            ["reason"] = "已搬走",
        });
    }

    /// <summary>A complaint of the resident that ended so long ago that nothing holds them.</summary>
    internal static async Task<string> EndedAsync(RunningHost host)
    {
        var number = await DeskBrowser.ComplainAsync(host, "路灯坏了没人管", "Equipment", phone: Phone);
        var found = await FindAsync(host, number);
        await host.Services.GetRequiredService<ComplaintKind>().HandleAsync(
            found.Stream, new ComplaintCommand.Withdraw(Channel.Sms, null), new Actor.Resident(), null, Ct);
        await host.PassAsync(TimeSpan.FromDays(40));
        return number;
    }

    internal static async Task DidAsync(
        DeskBrowser browser, string path, string action, params (string Name, string Value)[] fields)
    {
        var form = (await browser.GetAsync(path)).Hidden(action);
        foreach (var (name, value) in fields)
            form[name] = value;
        var after = await browser.PostAsync(path, form);
        Assert.True(after.Status == HttpStatusCode.OK, $"{action}: {after.Text}");
    }

    /// <summary>The resident's own page: the link that only their phone was sent.</summary>
    internal static async Task<string> OwnPageAsync(RunningHost host, string number) =>
        await host.AnsweredAsync(
            ComplaintMatter.StatusPage, (await FindAsync(host, number)).Stream, ComplaintMatter.OwnLink);

    /// <summary>The last link of a kind that the resident's phone was sent.</summary>
    internal static async Task<string> LinkAsync(RunningHost host, string page)
    {
        var table = host.Services.GetRequiredService<ITables>().Of<PhoneMessageRow>();
        var sent = await PhoneBook.MessagesAsync(table, Phone, Ct);
        var text = sent.Last(m => m.Text.Contains(page, StringComparison.Ordinal)).Text;
        var start = text.IndexOf(page, StringComparison.Ordinal);
        return new string([.. text[start..].TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.')]);
    }

    private static MatterNumber Parsed(string number) =>
        MatterNumber.TryParse(number, out var parsed) ? parsed : throw new FormatException(number);

    private static async Task<App.Matters.LoadedMatter<Complaint>> FindAsync(RunningHost host, string number) =>
        (await host.Services.GetRequiredService<ComplaintKind>().FindAsync(Parsed(number), Ct))!;

    internal static Task RunAsync(RunningHost host) =>
        host.Services.GetRequiredService<JobRunner>().RunAsync("erasures", null, null, Ct);
}
