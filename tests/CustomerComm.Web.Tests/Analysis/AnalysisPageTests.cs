using System.Collections;
using System.Globalization;
using System.Net;
using System.Resources;
using System.Text.Json;
using CustomerComm.App.Jobs;
using CustomerComm.Web.Pages;
using CustomerComm.Web.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Analysis;

/// <summary>Review, related complaints, trends and proof of conduct as pages, without JavaScript.</summary>
public sealed class AnalysisPageTests(SharedHost shared)
{
    private const string November = "community=HY&month=2026-11";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact, Clause("4.5.4")]
    public async Task Given_a_month_is_over_When_office_and_quality_do_their_part_Then_it_is_closed_and_reported()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The lift is broken", "Equipment");
        host.Time.SetUtcNow(new DateTimeOffset(2026, 12, 1, 1, 0, 0, TimeSpan.Zero));
        await RunJobAsync(host, "monthly-review");
        var office = await DeskBrowser.SignedInAsync(host, "hy-manager");
        Assert.Contains("/desk/reviews/HY-2026-11", (await office.GetAsync("/desk")).Html, StringComparison.Ordinal);
        Assert.Contains("2026-11", (await office.GetAsync("/desk/reviews")).Text, StringComparison.Ordinal);

        const string Review = "/desk/reviews/HY-2026-11";
        var early = await DoAsync(office, Review, "Submit");
        Assert.Equal(HttpStatusCode.Conflict, early.Status);
        Assert.Contains(number, early.Text, StringComparison.Ordinal);

        var bad = await DoAsync(
            office, $"{Review}/{number}", "Find", ("handled", "no"), ("told", "yes"), ("why", "Waiting for parts"));
        Assert.Equal(HttpStatusCode.BadRequest, bad.Status);
        Assert.Contains("Waiting for parts", bad.Html, StringComparison.Ordinal);
        var found = await DoAsync(
            office, $"{Review}/{number}", "Find", ("handled", "no"), ("told", "yes"), ("why", "Waiting for parts"),
            ("next", "Replaced in December"), ("words", "The parts come in December"));
        Assert.Equal(HttpStatusCode.OK, found.Status);
        Assert.Equal(HttpStatusCode.OK, (await DoAsync(office, Review, "Submit")).Status);
        await host.SettleAsync();

        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        Assert.Equal(HttpStatusCode.BadRequest, (await DoAsync(quality, Review, "SendBack", ("reason", " "))).Status);
        Assert.Equal(
            HttpStatusCode.OK, (await DoAsync(quality, $"{Review}/{number}", "Inspect", ("holds", "yes"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await DoAsync(quality, Review, "Close")).Status);
        await RunJobAsync(host, "monthly-report");
        Assert.Contains(
            "This month is closed", (await quality.GetAsync($"/reports?{November}")).Text, StringComparison.Ordinal);

        var link = await host.SentAsync(
            Domain.Reviews.ReviewMatter.ReportPage, new Domain.StreamId("review.HY-2026-11"));
        Assert.Equal($"/reports?{November}", (await quality.GetAsync(link)).Path);
        Assert.Equal(HttpStatusCode.NotFound, (await quality.GetAsync(link + "x")).Status);

        var other = await DeskBrowser.SignedInAsync(host, "jx-manager");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(Review)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await office.GetAsync($"{Review}/HY-2026-000999")).Status);
    }

    [Fact, Clause("4.5.4"), Clause("4.6.1-2-D")]
    public async Task Given_a_complaint_against_the_manager_Then_the_office_sees_it_nowhere_in_the_review()
    {
        await using var host = await RunningHost.StartAsync();
        var against = await DeskBrowser.ComplainAsync(host, "The manager is rude", "AgainstManager");
        await DeskBrowser.ComplainAsync(host, "The lift is broken", "Equipment");
        host.Time.SetUtcNow(new DateTimeOffset(2026, 12, 1, 1, 0, 0, TimeSpan.Zero));
        await RunJobAsync(host, "monthly-review");
        var office = await DeskBrowser.SignedInAsync(host, "hy-manager");
        var page = await office.GetAsync("/desk/reviews/HY-2026-11?show=all");
        Assert.DoesNotContain(against, page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await office.GetAsync($"/desk/reviews/HY-2026-11/{against}")).Status);
        var leader = await DeskBrowser.SignedInAsync(host, "leader");
        Assert.Contains(
            against, (await leader.GetAsync("/desk/reviews/HY-2026-11?show=all")).Html, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.OK,
            (await DoAsync(
                leader, $"/desk/reviews/HY-2026-11/{against}", "Find", ("handled", "no"), ("told", "no"),
                ("why", "Being looked into"), ("next", "Talk in December"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await DoAsync(leader, "/desk/reviews/HY-2026-11", "Submit")).Status);
    }

    [Fact, Clause("4.5.7")]
    public async Task Given_two_complaints_from_one_building_Then_they_are_proposed_joined_and_resolved_together()
    {
        await using var host = await RunningHost.StartAsync();
        var lead = await DeskBrowser.ComplainAsync(host, "The lift is broken", "Equipment");
        var second = await DeskBrowser.ComplainAsync(host, "The lift again", "Equipment", "1-1-201");
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        Assert.Contains(
            $"/desk/complaints/{second}/related", (await duty.GetAsync($"/desk/complaints/{second}")).Html, StringComparison.Ordinal);
        var joined = await DoAsync(duty, $"/desk/complaints/{second}/related", "Join", ("lead", lead));
        Assert.Equal(HttpStatusCode.OK, joined.Status);
        Assert.Contains(
            "joined this complaint to", (await duty.GetAsync($"/desk/complaints/{second}")).Text, StringComparison.Ordinal);
        await host.SettleAsync();

        var engineer = await DeskBrowser.SignedInAsync(host, "engineer");
        await engineer.DoAsync(lead, "Resolve", ("text", "The motor was replaced"));
        var page = await engineer.GetAsync($"/desk/complaints/{lead}/related");
        Assert.Contains(second, page.Text, StringComparison.Ordinal);
        var resolved = await DoAsync(
            engineer, $"/desk/complaints/{lead}/related", "ResolveAll", ("follower", second),
            ("text", "The motor was replaced"));
        Assert.Equal(HttpStatusCode.OK, resolved.Status);
        var after = await engineer.GetAsync($"/desk/complaints/{second}");
        Assert.Contains("The motor was replaced", after.Text, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await DoAsync(engineer, $"/desk/complaints/{lead}/related", "ResolveAll", form: null, ("x", "y"))).Status);
    }

    [Fact]
    public async Task Given_a_case_Then_proof_of_conduct_tells_each_clause_and_each_figure_opens_what_is_behind_it()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The lift is broken", "Equipment");
        await host.PassAsync(TimeSpan.FromHours(5));
        var staff = await DeskBrowser.SignedInAsync(host, "quality");

        var page = await staff.GetAsync($"/reports/conformity?{November}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.All(
            ProcedureClauses.All, c => Assert.Contains($"<strong>{c.Number}</strong>", page.Html, StringComparison.Ordinal));
        const string Behind =
            "/reports/conformity/list?community=HY&amp;month=2026-11&amp;clause=4.6.2-3&amp;result=Overdue";
        Assert.Contains(Behind, page.Html, StringComparison.Ordinal);
        var list = await staff.GetAsync(WebUtility.HtmlDecode(Behind));
        Assert.Contains($"/desk/complaints/{number}", list.Html, StringComparison.Ordinal);
        Assert.Contains("Overdue", list.Text, StringComparison.Ordinal);

        using var json = JsonDocument.Parse((await staff.GetAsync($"/api/reports/conformity?{November}")).Html);
        var total = json.RootElement.GetProperty("total");
        int Of(string name) => total.GetProperty(name).GetInt32();
        Assert.True(Of("owed") >= 2);
        Assert.Equal(Of("owed"), Of("onTime") + Of("late") + Of("overdue") + Of("pending"));
        using var items = JsonDocument.Parse(
            (await staff.GetAsync($"/api/reports/conformity/items?{November}&clause=4.6.2-3&result=overdue")).Html);
        Assert.Equal(number, items.RootElement.GetProperty("items")[0].GetProperty("number").GetString());
    }

    [Theory]
    [InlineData("/api/reports/conformity?community=NOWHERE", "community")]
    [InlineData("/api/reports/conformity?community=HY&month=never", "month")]
    [InlineData("/api/reports/conformity/items?community=HY&result=perhaps", "result")]
    [InlineData("/api/reports/trends?community=HY&months=0", "months")]
    [InlineData("/api/reports/trends", "community")]
    public async Task Given_a_wrong_question_Then_the_field_is_named_and_strangers_are_not_answered(
        string path, string field)
    {
        var host = await shared.GetAsync();
        using var stranger = host.NewClient();
        using var no = await stranger.GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, no.StatusCode);
        var staff = await DeskBrowser.SignedInAsync(host, "leader");
        var bad = await staff.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, bad.Status);
        using var problem = JsonDocument.Parse(bad.Html);
        Assert.Equal(field, problem.RootElement.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("/reports/conformity?community=HY")]
    [InlineData("/reports/conformity/list?community=HY&clause=4.6.2-6")]
    [InlineData("/reports/trends?community=HY")]
    public async Task Given_nobody_is_signed_in_Then_a_report_leads_to_the_sign_in_and_back(string path)
    {
        var host = await shared.GetAsync();
        using var client = host.NewClient(redirects: false);
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/desk/sign-in?back=" + Uri.EscapeDataString(path), answer.Headers.Location!.ToString());
        var browser = new DeskBrowser(host.NewClient());
        var page = await browser.GetAsync(answer.Headers.Location.ToString());
        var after = await browser.PostAsync(
            "/desk/sign-in", new(page.Hidden(null)) { ["staff"] = "leader", ["back"] = path });
        Assert.Equal(path, after.Path);
    }

    [Fact, Clause("1.0"), Clause("4.5.7")]
    public async Task Given_cases_Then_trends_show_categories_buildings_and_handlers_and_the_data_of_the_charts()
    {
        await using var host = await RunningHost.StartAsync();
        await DeskBrowser.ComplainAsync(host, "The lift is broken", "Equipment");
        await DeskBrowser.ComplainAsync(host, "The lift again", "Equipment", "1-1-201");
        var staff = await DeskBrowser.SignedInAsync(host, "leader");
        var page = await staff.GetAsync("/reports/trends?community=HY");
        Assert.Contains("Building 1", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("1-1-201", page.Html, StringComparison.Ordinal);
        var data = page.Html[page.Html.IndexOf("id=\"report-data\"", StringComparison.Ordinal)..];
        data = data[(data.IndexOf('>', StringComparison.Ordinal) + 1)..];
        using var charts = JsonDocument.Parse(data[..data.IndexOf("</script>", StringComparison.Ordinal)]);
        Assert.Equal(
            12,
            charts.RootElement.GetProperty("trends").GetProperty("trend-building").GetProperty("months")
                .GetArrayLength());
        using var json = JsonDocument.Parse((await staff.GetAsync("/api/reports/trends?community=hy&months=3")).Html);
        Assert.Equal(3, json.RootElement.GetProperty("months").GetArrayLength());
        Assert.Equal(2, json.RootElement.GetProperty("all").GetProperty("total").GetInt32());
        Assert.Contains(
            "Most concentrated problems", (await staff.GetAsync($"/reports?{November}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_the_words_Then_both_languages_have_the_same_ones_and_none_is_empty()
    {
        var texts = new ResourceManager("CustomerComm.Web.Resources.Analysis", typeof(PageContext).Assembly);
        var chinese = Read(texts, CultureInfo.InvariantCulture);
        var english = Read(texts, CultureInfo.GetCultureInfo("en"));
        Assert.Equal(chinese.Keys.Order(), english.Keys.Order());
        Assert.All(chinese.Concat(english), t => Assert.False(string.IsNullOrWhiteSpace(t.Value), t.Key));
    }

    [Fact]
    public void Given_what_happens_to_a_review_or_a_survey_Then_each_event_has_a_sentence_in_every_language()
    {
        foreach (var (area, events) in new[]
        {
            ("Analysis", typeof(Domain.Reviews.ReviewEvent)), ("Surveys", typeof(Domain.Surveys.SurveyEvent)),
        })
        {
            foreach (var language in Domain.Languages.All)
            {
                Assert.All(
                    events.GetNestedTypes(), e => Assert.NotNull(new UiTexts(area).Find($"Event.{e.Name}", language)));
            }
        }
    }

    private static Dictionary<string, string> Read(ResourceManager texts, CultureInfo culture) =>
        texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    private static async Task RunJobAsync(RunningHost host, string job)
    {
        await host.Services.GetRequiredService<JobRunner>().RunAsync(job, null, null, Ct);
        await host.SettleAsync();
    }

    private static Task<DeskPageView> DoAsync(
        DeskBrowser browser, string path, string action, params (string Name, string Value)[] fields) =>
        DoAsync(browser, path, action, action, fields);

    /// <summary>Fills in the form of the action on the page and sends it.</summary>
    private static async Task<DeskPageView> DoAsync(
        DeskBrowser browser, string path, string action, string? form, params (string Name, string Value)[] fields)
    {
        var page = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var posted = page.Hidden(form);
        posted["action"] = action;
        posted["key"] = Guid.NewGuid().ToString("N");
        foreach (var (name, value) in fields)
            posted[name] = value;
        return await browser.PostAsync(path, posted);
    }
}
