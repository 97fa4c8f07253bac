using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerComm.Web.Tests.Desk;
using static CustomerComm.Web.Tests.Surveys.SurveyHost;

namespace CustomerComm.Web.Tests.Surveys;

/// <summary>The annual survey through its pages, without JavaScript (4.5.6).</summary>
[Clause("4.5.6")]
public sealed class SurveyPagesTests(SharedHost shared)
{
    [Fact]
    public async Task Given_a_draft_When_quality_edits_it_Then_the_preview_shows_it_and_others_cannot()
    {
        await using var host = await RunningHost.StartAsync();
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        await BeginAsync(quality);
        await host.SettleAsync();
        Assert.Contains("HY-2026", (await quality.GetAsync("/desk")).Text, StringComparison.Ordinal);
        var editor = await quality.GetAsync(SurveyAt + "/questions");
        var bad = Filled(editor.Hidden("AddQuestion-s3"), ("section", "s3"), ("type", "Single"), ("textZh", "您是"),
            ("textEn", "You are"), ("options", "业主 | Owner"));
        var page = await quality.PostAsync(SurveyAt + "/questions", bad);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("业主 | Owner", page.Form("AddQuestion-s3"), StringComparison.Ordinal);
        Assert.Contains("field__error", page.Form("AddQuestion-s3"), StringComparison.Ordinal);
        bad["options"] = "业主 | Owner\r\n* 租客 | Tenant";
        bad["key"] = Guid.NewGuid().ToString("N");
        Assert.Equal(HttpStatusCode.OK, (await quality.PostAsync(SurveyAt + "/questions", bad)).Status);
        var preview = await quality.GetAsync(SurveyAt + "/preview");
        Assert.Contains("You are", preview.Text, StringComparison.Ordinal);
        Assert.Contains("Tenant", preview.Text, StringComparison.Ordinal);
        Assert.Contains("You are", (await quality.GetAsync(SurveyAt + "/paper")).Text, StringComparison.Ordinal);
        var office = await DeskBrowser.SignedInAsync(host, "hy-manager");
        editor = await office.GetAsync(SurveyAt + "/questions");
        Assert.Empty(editor.Actions);
        var token = (await office.GetAsync("/desk")).Hidden(null)["__RequestVerificationToken"];
        bad["__RequestVerificationToken"] = token;
        bad["key"] = Guid.NewGuid().ToString("N");
        Assert.Equal(HttpStatusCode.Forbidden, (await office.PostAsync(SurveyAt + "/questions", bad)).Status);
        var other = await DeskBrowser.SignedInAsync(host, "jx-manager");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(SurveyAt)).Status);
    }

    [Fact]
    public async Task Given_a_bad_sheet_When_sent_Then_all_that_is_wrong_is_named_and_all_that_was_typed_is_kept()
    {
        await using var host = await SentAsync();
        var link = (await LinksAsync(host))[0];
        var sheet = Sheet("4", "楼道灯不亮");
        sheet.Remove("a.overall");
        sheet.Remove("a.services.repairs");
        var page = await AnswerAsync(host, link, sheet);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("楼道灯不亮", page.Html, StringComparison.Ordinal);
        Assert.Contains("Please answer this question.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Please rate every line.", page.Text, StringComparison.Ordinal);
        Assert.Equal(8, page.Html.Split(" checked").Length - 1);
    }

    [Fact]
    public async Task Given_a_home_answered_When_it_opens_the_link_again_Then_it_sees_and_corrects_its_answer()
    {
        await using var host = await SentAsync();
        var link = (await LinksAsync(host))[0];
        var done = await AnswerAsync(host, link, Sheet("4"));
        Assert.Contains("Thank you", done.Text, StringComparison.Ordinal);
        var browser = new DeskBrowser(host.NewClient());
        var again = await browser.GetAsync(link + "?lang=en");
        Assert.Contains("answered already", again.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AnswerAsync(host, link, Sheet("2"))).Status);
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(link[..^1] + "~")).Status);
        var staff = await DeskBrowser.SignedInAsync(host, "hy-duty");
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.GetAsync(link)).Status);
        var form = again.Hidden(null);
        foreach (var (name, value) in Sheet("5"))
            form[name] = value;
        form["key"] = Guid.NewGuid().ToString("N");
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.PostAsync(link, form)).Status);
    }

    [Fact]
    public async Task Given_a_home_declines_When_it_changes_its_mind_Then_it_may_answer()
    {
        await using var host = await SentAsync();
        var link = (await LinksAsync(host))[1];
        var browser = new DeskBrowser(host.NewClient());
        var page = await browser.GetAsync(link + "?lang=en");
        var declined = await browser.PostAsync(link + "/decline", page.Hidden(null));
        Assert.Contains("does not take part", declined.Text, StringComparison.Ordinal);
        await host.SettleAsync();
        var desk = await DeskBrowser.SignedInAsync(host, "hy-manager");
        Assert.Matches("Declined\\s+1", (await desk.GetAsync(SurveyAt)).Text);
        Assert.Equal(HttpStatusCode.OK, (await AnswerAsync(host, link, Sheet("3"))).Status);
    }

    [Fact]
    [Clause("3.2")]
    public async Task Given_the_survey_ran_When_everybody_did_their_part_Then_the_results_and_public_answers_are_there()
    {
        await using var host = await SentAsync();
        var links = await LinksAsync(host);
        foreach (var link in links.Take(4))
            await AnswerAsync(host, link, Sheet("2", "停车位太少，晚上没地方停车"));
        var office = await DeskBrowser.SignedInAsync(host, "hy-duty");
        await EnterAsync(office, "3-1-101", HttpStatusCode.OK);
        await EnterAsync(office, "1-1-101", HttpStatusCode.Conflict);
        await EnterAsync(office, "99", HttpStatusCode.BadRequest);
        await host.SettleAsync();
        Assert.Matches("Answered\\s+5\\s+On paper\\s+1", (await office.GetAsync(SurveyAt)).Text);
        await host.PassAsync(TimeSpan.FromDays(22));
        var over = new DeskBrowser(host.NewClient());
        var closed = await over.GetAsync(links[0] + "?lang=en");
        Assert.Contains("The survey is over", closed.Text, StringComparison.Ordinal);
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        await DoneAsync(quality, "CheckPaper", ("decision", "yes"));
        await host.SettleAsync();
        var manager = await DeskBrowser.SignedInAsync(host, "hy-manager");
        await DoneAsync(manager, "Analyse", ("text", "停车问题突出。"));
        var page = await manager.GetAsync(SurveyAt);
        Assert.NotNull(PublishIn(page));
        while (PublishIn(page) is { } publish)
        {
            await DoneAsync(manager, publish, ("textZh", "将新增二十个车位。"), ("textEn", "Twenty places are added."));
            page = await manager.GetAsync(SurveyAt);
        }

        await host.SettleAsync();
        await host.SettleAsync();
        var published = await over.GetAsync("/surveys/HY?lang=en");
        Assert.Contains("Twenty places are added.", published.Text, StringComparison.Ordinal);
        Assert.Contains("将新增二十个车位。", (await over.GetAsync("/surveys/HY?lang=zh")).Text, StringComparison.Ordinal);
        var results = await manager.GetAsync(SurveyAt + "/results");
        Assert.Contains("83.3%", results.Text, StringComparison.Ordinal);
        Assert.Contains("report-data", results.Html, StringComparison.Ordinal);
        // Four homes wrote something: fewer than five, so what they wrote is not shown.
        Assert.DoesNotContain("晚上没地方停车", (await manager.GetAsync(SurveyAt + "/said")).Text, StringComparison.Ordinal);
        await ReportAsync(manager);
    }

    [Theory]
    [InlineData("/api/reports/survey?community=HY&year=2025", HttpStatusCode.NotFound)]
    [InlineData("/api/reports/survey?community=XX&year=2026", HttpStatusCode.BadRequest)]
    [InlineData("/api/reports/survey?community=HY&year=x", HttpStatusCode.BadRequest)]
    [InlineData("/desk/surveys/HY-2025", HttpStatusCode.NotFound)]
    [InlineData("/desk/surveys/..%2F/results", HttpStatusCode.NotFound)]
    [InlineData("/surveys/XX", HttpStatusCode.NotFound)]
    [InlineData("/surveys/HY", HttpStatusCode.OK)]
    [InlineData("/desk/surveys", HttpStatusCode.OK)]
    public async Task Given_nothing_is_there_When_asked_Then_it_is_said(string path, HttpStatusCode status)
    {
        var host = await shared.GetAsync();
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        Assert.Equal(status, (await quality.GetAsync(path)).Status);
        using var stranger = host.NewClient(redirects: false);
        using var response = await stranger.GetAsync(new Uri(path, UriKind.Relative), Ct);
        if (path.StartsWith("/api", StringComparison.Ordinal))
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    /// <summary>The first problem that still waits for its answer.</summary>
    private static string? PublishIn(DeskPageView page)
    {
        var at = page.Html.IndexOf("id=\"do-Publish-", StringComparison.Ordinal);
        return at < 0 ? null : page.Html[(at + 7)..page.Html.IndexOf('"', at + 7)];
    }

    private static async Task EnterAsync(DeskBrowser office, string room, HttpStatusCode status)
    {
        var form = (await office.GetAsync(SurveyAt + "/enter")).Hidden(null);
        foreach (var (name, value) in Sheet("1"))
            form[name] = value;
        form["room"] = room;
        var page = await office.PostAsync(SurveyAt + "/enter", form);
        Assert.True(status == page.Status, $"{room}: {page.Status} {page.Text}");
        if (status != HttpStatusCode.OK)
            Assert.Contains($"value=\"{room}\"", page.Html, StringComparison.Ordinal);
    }

    private static async Task ReportAsync(DeskBrowser manager)
    {
        var uri = new Uri("/api/reports/survey?community=HY&year=2026", UriKind.Relative);
        var json = await manager.Client.GetFromJsonAsync<JsonElement>(uri, Ct);
        Assert.Equal(5, json.GetProperty("survey").GetProperty("answered").GetInt32());
        Assert.Equal(6, json.GetProperty("survey").GetProperty("homes").GetInt32());
        var overall = json.GetProperty("results").EnumerateArray().First(r =>
            r.GetProperty("question").GetString() == "overall" && r.GetProperty("option").GetString() == "");
        Assert.Equal(1.8, overall.GetProperty("mean").GetDouble(), 4);
        var csv = await manager.Client.GetStringAsync(new Uri(uri + "&format=csv", UriKind.Relative), Ct);
        Assert.Equal(json.GetProperty("results").GetArrayLength() + 1, csv.TrimEnd().Split('\n').Length);
        Assert.DoesNotContain("演示住户", csv + json, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Filled(
        Dictionary<string, string> form, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
            form[name] = value;
        return form;
    }
}
