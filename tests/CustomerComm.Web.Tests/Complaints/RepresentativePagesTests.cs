using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Tests.Desk;
using CustomerComm.Web.Tests.Pages;

namespace CustomerComm.Web.Tests.Complaints;

/// <summary>Representatives and entrusting organisations at the desk, over HTTP and by their links (4.6.2-4).</summary>
[Clause("4.6.2-4")]
public sealed class RepresentativePagesTests(SharedHost shared)
{
    private static readonly string s_mark = DrawnMarkTests.Svg(DrawnMarkTests.Drawing);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"standing":"Neighbour","person":"王强"}""", "complainant.standing")]
    [InlineData("""{"standing":"Self","person":"王强"}""", "complainant.standing")]
    [InlineData("""{"person":"王强"}""", "complainant.standing")]
    [InlineData("""{"standing":"Family"}""", "complainant.person")]
    [InlineData("""{"standing":"Family","person":"王强","personPhone":"call me"}""", "complainant.personPhone")]
    [InlineData("""{"standing":"Family","person":"王强","personPhone":"+1 202-555-0113"}""", "complainant.personPhone")]
    [InlineData("""{"standing":"Family","person":"王强","organisation":"公司"}""", "complainant.organisation")]
    [InlineData("""{"standing":"Organisation","person":"王强"}""", "complainant.organisation")]
    [InlineData("""{"standing":"Organisation","person":"王强","organisation":"演示公司"}""", "contact.room")]
    [InlineData("""{"standing":"Family","person":"王强","authoritySeen":"委托书"}""", "complainant.authoritySeen")]
    public async Task Given_a_complainant_that_cannot_be_When_posted_Then_the_problem_names_the_field(
        string complainant, string field)
    {
        using var client = (await shared.GetAsync()).NewClient();
        using var response = await PostAsync(client, complainant);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{response.StatusCode} {text}");
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(field, problem.RootElement.GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_representative_hears_adds_words_and_decides_nothing_and_signs_once_a_colleague_saw_the_letter()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var number = await EnteredAsync(duty, ("standing", "Family"), ("person", "演示家属王强"), ("personPhone", "+1 202-555-0190"));
        await host.SettleAsync();
        var kind = host.Get<ComplaintKind>();
        _ = MatterNumber.TryParse(number, out var parsed);
        var stream = (await kind.FindAsync(parsed, Ct))!.Stream;
        Task<string> Own(string page, int issue) => host.SentAsync(page, stream, issue);
        var son = new DeskBrowser(host.NewClient("zh"));
        var page = await son.GetAsync(await Own(ComplaintMatter.StatusPage, ComplaintMatter.RepresentativeLink));
        Assert.Contains(number, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/withdraw\"", page.Html, StringComparison.Ordinal);
        var phones = await new DeskBrowser(host.NewClient()).GetAsync("/phones/+12025550190");
        Assert.Contains(number, phones.Text, StringComparison.Ordinal);

        // Their words are told as theirs; withdrawing is not theirs.
        var status = await Own(ComplaintMatter.StatusPage, ComplaintMatter.RepresentativeLink);
        await son.PostAsync(status + "/note", new() { ["key"] = Key(), ["text"] = "演示：老人晚上在家" });
        var withdrawn = await son.PostAsync(status + "/withdraw", new() { ["key"] = Key(), ["reason"] = "x" });
        Assert.Equal(HttpStatusCode.Forbidden, withdrawn.Status);
        var engineer = await DeskBrowser.SignedInAsync(host, "engineer", "zh");
        var desk = await engineer.GetAsync($"/desk/complaints/{number}");
        Assert.Contains("代理人补充", desk.Text, StringComparison.Ordinal);
        Assert.Contains("家属 · 演示家属王强", desk.Text, StringComparison.Ordinal);
        Assert.Contains("自称代理，不能代签", desk.Text, StringComparison.Ordinal);

        await DoAsync(host, stream, "engineer", new ComplaintCommand.Accept());
        await DoAsync(host, stream, "engineer", new ComplaintCommand.Resolve("演示：已修好"));
        // No link went out yet; even one that is made opens nothing.
        var sign = await host.AnsweredAsync(ComplaintMatter.RepresentativeSignPage, stream, 1);
        Assert.Equal(HttpStatusCode.Gone, (await son.GetAsync(sign)).Status);
        // The resident's own link is another one: its token opens nothing here.
        var token = (await Own(ComplaintMatter.SignPage, 1)).Split('/')[^1];
        Assert.Equal(HttpStatusCode.Gone, (await son.GetAsync(sign[..(sign.LastIndexOf('/') + 1)] + token)).Status);
        // The handler is not offered to see the letter; a colleague is, and the link goes out.
        Assert.DoesNotContain("SeeAuthority", (await engineer.GetAsync($"/desk/complaints/{number}")).Actions);
        var quality = await DeskBrowser.SignedInAsync(host, "quality", "zh");
        var seen = await quality.DoAsync(number, "SeeAuthority", ("what", "演示：王芳2026年11月20日签的委托书"));
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        sign = await Own(ComplaintMatter.RepresentativeSignPage, 1);
        var open = await son.GetAsync(sign);
        Assert.Equal(HttpStatusCode.OK, open.Status);
        Assert.Contains("以住户代理人演示家属王强的身份签字", open.Text, StringComparison.Ordinal);
        var form = open.Hidden(null);
        await son.PostAsync(sign, new()
        {
            ["key"] = Key(),
            ["textHash"] = form["textHash"],
            ["signature"] = s_mark,
            ["satisfaction"] = "4",
        });
        await host.SettleAsync();
        var done = await quality.GetAsync($"/desk/complaints/{number}");
        Assert.Contains("家属 · 演示家属王强 · 授权委托书由演示质管员查看", done.Text, StringComparison.Ordinal);
        var paper = await quality.GetAsync($"/desk/complaints/{number}/form");
        Assert.Contains("家属 · 演示家属王强 · 授权委托书由演示质管员查看", paper.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organisation_is_entered_with_its_contact_person_who_signs()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var refused = await EnterAsync(duty, ("standing", "Organisation"), ("person", "演示赵经理"), ("organisation", ""), ("room", ""));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Organisation", refused.Text, StringComparison.Ordinal);
        var forgotten = await EnterAsync(duty, ("person", "演示赵经理"));
        Assert.Equal(HttpStatusCode.BadRequest, forgotten.Status);
        var number = await EnteredAsync(
            duty, ("standing", "Organisation"), ("person", "演示赵经理"), ("personPhone", "+1 202-555-0191"),
            ("organisation", "演示商业公司"), ("room", ""));
        await host.SettleAsync();
        _ = MatterNumber.TryParse(number, out var parsed);
        var found = (await host.Get<ComplaintKind>().FindAsync(parsed, Ct))!;
        Assert.Equal("+12025550191", found.State.Intake.Contact.Phone!.Value.Value);
        await DoAsync(host, found.Stream, "engineer", new ComplaintCommand.Accept());
        await DoAsync(host, found.Stream, "engineer", new ComplaintCommand.Resolve("演示：已修好"));
        var person = new DeskBrowser(host.NewClient("zh"));
        var page = await person.GetAsync(
            await host.SentAsync(ComplaintMatter.SignPage, found.Stream, 1));
        Assert.Contains("您代表委托单位演示商业公司", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_represents_over_http_without_the_resident_s_phone_cannot_withdraw_by_the_link_answered()
    {
        await using var host = await RunningHost.StartAsync();
        using var client = host.NewClient();
        using var response = await client.PostAsJsonAsync(
            new Uri("/api/complaints", UriKind.Relative),
            new
            {
                community = "HY",
                text = "演示：地库漏水",
                complainant = new { standing = "Representative", person = "演示代理人" },
            },
            Ct);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var status = new Uri(json.GetProperty("statusUrl").GetString()!).PathAndQuery;
        var browser = new DeskBrowser(host.NewClient());
        var withdrawn = await browser.PostAsync(status + "/withdraw", new() { ["key"] = Key(), ["reason"] = "x" });
        Assert.Equal(HttpStatusCode.Forbidden, withdrawn.Status);
    }

    private static string Key() => Guid.NewGuid().ToString("N");

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string complainant) => client.PostAsync(
        new Uri("/api/complaints", UriKind.Relative),
        new StringContent(
            "{\"community\":\"HY\",\"text\":\"演示：电梯坏了\",\"contact\":{\"room\":\"1-1-101\"},\"complainant\":" + complainant + "}",
            System.Text.Encoding.UTF8, "application/json"),
        Ct);

    private static async Task<string> EnteredAsync(DeskBrowser browser, params (string Name, string Value)[] fields)
    {
        var page = await EnterAsync(browser, fields);
        Assert.True(page.Status == HttpStatusCode.OK, page.Text);
        return page.Path.Split('?')[0].Split('/')[^1];
    }

    private static async Task<DeskPageView> EnterAsync(DeskBrowser browser, params (string Name, string Value)[] fields)
    {
        var form = (await browser.GetAsync("/desk/new")).Hidden(null);
        foreach (var (name, value) in ((string, string)[])
            [
                ("channel", "Phone"), ("community", "HY"), ("text", "演示：三号楼电梯坏了"), ("room", "1-1-101"), ("name", ""),
                ("phone", ""), ("category", "Equipment"), ("wantedBy", ""), ("standing", "Self"), ("person", ""),
                ("personPhone", ""), ("organisation", ""), ("authoritySeen", ""), .. fields,
            ])
        {
            form[name] = value;
        }

        return await browser.PostAsync("/desk/new", form);
    }

    private static async Task DoAsync(RunningHost host, StreamId stream, string staff, ComplaintCommand command)
    {
        var by = host.Get<CompanyDirectory>().Find(new StaffId(staff))!;
        var result = await host.Get<ComplaintKind>().HandleAsync(stream, command, new Actor.Staff(by), null, Ct);
        Assert.True(
            result is MatterResult<Complaint>.Done, $"{command}: {(result as MatterResult<Complaint>.Refused)?.Refusal}");
        await host.SettleAsync();
    }
}
