using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerComm.App.Calls;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Calls;

/// <summary>Calls over HTTP and at the desk, and the roster.</summary>
public sealed class CallApiTests(SharedHost shared)
{
    private const string Good =
        """{"callId":"c1","dialled":"+1 202-555-0101","from":"+12025550150","started":"2026-11-23T10:00:00+08:00","rings":6,"missed":true}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, Clause("4.5.2")]
    [InlineData("\"callId\":\"c1\"", "\"callId\":\"\"", "callId")]
    [InlineData("\"callId\":\"c1\",", "", "callId")]
    [InlineData("+1 202-555-0101", "+1 202-555-0177", "community")]
    [InlineData("\"dialled\":\"+1 202-555-0101\"", "\"community\":\"XX\"", "community")]
    [InlineData("2026-11-23T10:00:00+08:00", "soon", "started")]
    [InlineData("2026-11-23T10:00:00+08:00", "2027-11-23T10:00:00+08:00", "started")]
    [InlineData("\"rings\":6", "\"rings\":-1", "rings")]
    [InlineData("\"rings\":6", "\"rings\":\"many\"", "rings")]
    [InlineData("\"rings\":6", "\"secondsToAnswer\":4000", "secondsToAnswer")]
    [InlineData("\"rings\":6", "\"duration\":9", "duration")]
    [InlineData("\"rings\":6", "\"answeredBy\":\"hy-duty\"", "missed")]
    [InlineData("\"rings\":6", "\"direction\":\"up\"", "direction")]
    [InlineData(",\"missed\":true", "", "missed")]
    [InlineData("\"rings\":6", "\"ringz\":6", "ringz")]
    public async Task Given_a_bad_field_When_posted_Then_the_problem_names_it(string from, string to, string field)
    {
        using var response = await PostAsync(await shared.GetAsync(), Good.Replace(from, to, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = await response.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        Assert.Equal(field, problem!.RootElement.GetProperty("field").GetString());
        Assert.Contains(field, problem.RootElement.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Theory, Clause("4.5.2")]
    [InlineData("ext 8012", "ext 8012")]
    [InlineData("  Queue-Front Desk ", "Queue-Front Desk")]
    [InlineData("+12025550999", "+12025550999")]
    public async Task Given_somebody_unknown_answered_When_posted_Then_the_call_is_taken_and_says_who_in_their_words(
        string answeredBy, string kept)
    {
        await using var host = await RunningHost.StartAsync();
        var call = Good.Replace("\"missed\":true", $"\"missed\":false,\"answeredBy\":\"{answeredBy}\"", StringComparison.Ordinal)
            .Replace("\"rings\":6", "\"rings\":2", StringComparison.Ordinal);
        using var first = await PostAsync(host, call);
        using var again = await PostAsync(host, call);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        var same = new CallReport(
            "api:c1", new CommunityId("HY"), CallWay.In, "+12025550150",
            new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8)), 2, null, null, null, false, false)
        {
            AnsweredAs = kept,
        };
        var taken = await host.Get<CallKind>().RecordAsync(same, new Actor.System(), Ct);
        Assert.Equal(kept, Assert.IsType<MatterResult<Call>.Done>(taken).Matter.State.Recorded.AnsweredAs!.Value.Value);
    }

    [Fact, Clause("4.5.2")]
    public async Task Given_a_missed_call_When_told_Then_the_duty_calls_back_from_the_work_list_and_the_report_shows_it()
    {
        await using var host = await RunningHost.StartAsync();
        using var first = await PostAsync(host, Good);
        using var again = await PostAsync(host, Good);
        using var other = await PostAsync(host, Good.Replace("\"rings\":6", "\"rings\":7", StringComparison.Ordinal));
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity),
            (first.StatusCode, again.StatusCode, other.StatusCode));
        await host.SettleAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var work = await duty.GetAsync("/desk");
        var start = work.Html.IndexOf("/desk/calls/", StringComparison.Ordinal);
        var path = work.Html[start..work.Html.IndexOf('"', start)];
        var call = await duty.GetAsync(path);
        Assert.Contains("+12025550150", call.Text, StringComparison.Ordinal);
        var form = call.Hidden("CallBack");
        form["reached"] = "yes";
        form["note"] = "Asked about the lift";
        Assert.Contains("Called back", (await duty.PostAsync(path, form)).Text, StringComparison.Ordinal);
        await host.SettleAsync();
        Assert.DoesNotContain("/desk/calls/", (await duty.GetAsync("/desk")).Html, StringComparison.Ordinal);
        Assert.Contains("0%", (await duty.GetAsync("/desk/calls")).Text, StringComparison.Ordinal);
        var report = await duty.Client.GetFromJsonAsync<JsonElement>(
            new Uri("/api/reports/calls?community=HY&month=2026-11", UriKind.Relative), Ct);
        Assert.Equal(
            (1, 1, 1, 0.0),
            (report.GetProperty("calls").GetInt32(), report.GetProperty("missed").GetInt32(),
                report.GetProperty("calledBackInTime").GetInt32(), report.GetProperty("share").GetDouble()));
        var register = await duty.GetAsync("/desk/registers/HY/office");
        Assert.Contains("Missed call", register.Text, StringComparison.Ordinal);
        Assert.Contains("Asked about the lift", register.Text, StringComparison.Ordinal);
    }

    [Theory, Clause("4.5.2")]
    [InlineData("anonymous", null)]
    [InlineData("", null)]
    [InlineData("unavailable", null)]
    [InlineData("private", null)]
    [InlineData("sip:anonymous@anonymous.invalid", null)]
    [InlineData("8001", "8001")]
    [InlineData("sip:8001@pbx.example", "8001")]
    [InlineData("sip:+12025550150@pbx.example;user=phone", "+12025550150")]
    [InlineData("tel:+1-202-555-0150", "+12025550150")]
    public async Task Case_53_Given_a_caller_as_telephone_systems_write_it_When_missed_Then_it_counts_and_is_called_back_if_it_can(
        string from, string? number)
    {
        await using var host = await RunningHost.StartAsync();
        using var response = await PostAsync(host, Good.Replace("+12025550150", from, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var answer = await response.Content.ReadFromJsonAsync<JsonDocument>(Ct);
        Assert.Equal(
            number is not null,
            answer!.RootElement.TryGetProperty("callBackDue", out var due) && due.ValueKind == JsonValueKind.String);
        await host.SettleAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var report = await duty.Client.GetFromJsonAsync<JsonElement>(
            new Uri("/api/reports/calls?community=HY&month=2026-11", UriKind.Relative), Ct);
        Assert.Equal(
            (1, 1, number is null ? 1 : 0, number is null ? 0 : 1),
            (report.GetProperty("calls").GetInt32(), report.GetProperty("missed").GetInt32(),
                report.GetProperty("withheld").GetInt32(), report.GetProperty("owed").GetInt32()));
        Assert.Equal(
            number is not null, (await duty.GetAsync("/desk")).Html.Contains("/desk/calls/", StringComparison.Ordinal));
        if (number is not null)
            Assert.Contains(number, (await duty.GetAsync("/desk/registers/HY/office")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_key_is_set_When_it_is_not_shown_Then_the_call_is_refused()
    {
        await using var host = await RunningHost.StartAsync("--CustomerComm:CallsKey=secret");
        using var client = host.NewClient();
        client.DefaultRequestHeaders.Remove("X-Api-Key");
        using var without = await client.PostAsync(new Uri("/api/calls", UriKind.Relative), Json(Good), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        client.DefaultRequestHeaders.Add("X-Api-Key", "secret");
        using var with = await client.PostAsync(new Uri("/api/calls", UriKind.Relative), Json(Good), Ct);
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
        using var report = await client.GetAsync(new Uri("/api/reports/calls?community=HY", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, report.StatusCode);
    }

    [Fact]
    public async Task Given_a_call_is_entered_by_hand_When_a_field_is_wrong_Then_what_was_typed_stays()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var list = await duty.GetAsync("/desk/calls");
        Assert.Contains("href=\"/desk/calls/new\"", list.Html, StringComparison.Ordinal);
        var form = (await duty.GetAsync("/desk/calls/new")).Hidden(null);
        form["direction"] = "In";
        form["from"] = "+1 202-555-0151";
        form["missed"] = "no";
        form["rings"] = "999";
        form["answeredBy"] = "hy-duty";
        var wrong = await duty.PostAsync("/desk/calls/new", form);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("+1 202-555-0151", WebUtility.HtmlDecode(wrong.Html), StringComparison.Ordinal);
        var fixedForm = wrong.Hidden(null);
        foreach (var (name, value) in form.Where(f => !fixedForm.ContainsKey(f.Key)))
            fixedForm[name] = value;
        fixedForm["rings"] = "2";
        var done = await duty.PostAsync("/desk/calls/new", fixedForm);
        Assert.Contains("HY-C-20261123-100000-", done.Text, StringComparison.Ordinal);
        await host.SettleAsync();
        Assert.Contains("100%", (await duty.GetAsync("/desk/calls")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("engineer", "/desk/calls", HttpStatusCode.NotFound)]
    [InlineData("engineer", "/desk/roster", HttpStatusCode.NotFound)]
    [InlineData("leader", "/desk/calls?community=JX", HttpStatusCode.OK)]
    [InlineData("leader", "/desk/roster/JX", HttpStatusCode.OK)]
    [InlineData("hy-duty", "/desk/calls/0000", HttpStatusCode.NotFound)]
    [InlineData("hy-duty", "/desk/calls/..%2f", HttpStatusCode.NotFound)]
    public async Task Given_a_reader_When_they_open_a_page_Then_only_offices_quality_and_leader_see_it(
        string staff, string path, HttpStatusCode expected)
    {
        var page = await (await DeskBrowser.SignedInAsync(await shared.GetAsync(), staff)).GetAsync(path);
        Assert.Equal(expected, page.Status);
        Assert.Empty(page.Actions);
    }

    [Fact, Clause("4.5.2")]
    public async Task Given_no_roster_When_the_manager_enters_shifts_Then_gaps_show_and_go_and_the_duty_is_met()
    {
        await using var host = await RunningHost.StartAsync();
        await host.Services.GetRequiredService<App.Jobs.JobRunner>().RunAsync("duty-roster", null, null, Ct);
        await host.SettleAsync();
        var manager = await DeskBrowser.SignedInAsync(host, "hy-manager");
        Assert.Contains("/desk/roster/HY?week=", (await manager.GetAsync("/desk")).Html, StringComparison.Ordinal);
        Assert.Contains("There is no roster", (await manager.GetAsync("/desk/roster")).Text, StringComparison.Ordinal);
        var some = await AddAsync(manager, "08:00", "20:00", "hy-duty");
        Assert.Contains("Gaps in the coming days", some.Text, StringComparison.Ordinal);
        var all = await AddAsync(manager, "20:00", "08:00", "hy-manager");
        Assert.DoesNotContain("Gaps in the coming days", all.Text, StringComparison.Ordinal);
        Assert.Contains("On duty now", all.Text, StringComparison.Ordinal);
        await host.SettleAsync();
        Assert.DoesNotContain("/desk/roster", (await manager.GetAsync("/desk")).Html, StringComparison.Ordinal);
        var excuse = System.Text.RegularExpressions.Regex.Match(
            all.Html, "name=\"action\" value=\"ExcuseShift\" />\\s*<input type=\"hidden\" name=\"subject\" value=\"([^\"]+)\"",
            System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
        var form = all.Hidden("AddShift");
        form["action"] = "ExcuseShift";
        form["subject"] = excuse;
        var excused = await manager.PostAsync("/desk/roster/HY?week=2026-11-30", form);
        Assert.Contains("Gaps in the coming days", excused.Text, StringComparison.Ordinal);
        Assert.Equal("/desk/roster/HY?done=ExcuseShift&week=2026-11-30", excused.Path);
    }

    [Fact]
    public async Task Given_a_shift_without_days_When_sent_Then_the_field_is_named()
    {
        var manager = await DeskBrowser.SignedInAsync(await shared.GetAsync(), "hy-manager");
        var form = (await manager.GetAsync("/desk/roster")).Hidden("AddShift");
        form["staff"] = "hy-duty";
        form["from"] = "08:00";
        form["to"] = "20:00";
        form["first"] = "2026-11-23";
        var page = await manager.PostAsync("/desk/roster/HY", form);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("Days", page.Text, StringComparison.Ordinal);
    }

    [Fact, Clause("4.5.1")]
    public async Task Given_a_complaint_over_HTTP_When_answered_and_asked_for_Then_the_hotline_is_told()
    {
        using var client = (await shared.GetAsync()).NewClient();
        using var response = await client.PostAsync(
            new Uri("/api/complaints", UriKind.Relative), Json("""{"community":"HY","text":"灯坏了"}"""), Ct);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        // The community's own, and the company's line beside it (4.6.1-1).
        Assert.Equal("+1 202-555-0101 / +1 202-555-0100", json.GetProperty("hotline").GetString());
        var url = new Uri(json.GetProperty("statusUrl").GetString()!);
        var page = WebUtility.HtmlDecode(await client.GetStringAsync(url, Ct));
        Assert.Contains("+1 202-555-0101", page, StringComparison.Ordinal);
        Assert.Contains("+1 202-555-0100", page, StringComparison.Ordinal);
        var token = url.Segments[^1];
        var status = await client.GetFromJsonAsync<JsonElement>(
            new Uri($"/api/complaints/{json.GetProperty("number").GetString()}?t={token}", UriKind.Relative), Ct);
        Assert.Equal("+1 202-555-0101 / +1 202-555-0100", status.GetProperty("hotline").GetString());
        var home = WebUtility.HtmlDecode(await client.GetStringAsync(new Uri("/", UriKind.Relative), Ct));
        Assert.Contains("+1 202-555-0101", home, StringComparison.Ordinal);
        Assert.Contains("+1 202-555-0102", home, StringComparison.Ordinal);
        Assert.Contains("+1 202-555-0100", home, StringComparison.Ordinal);
    }

    [Theory, Clause("4.6.2-4")]
    [InlineData("WalkIn")]
    [InlineData("Phone")]
    [InlineData("Letter")]
    public async Task Given_staff_enter_a_complaint_over_HTTP_Then_they_are_not_answered_the_residents_link(string channel)
    {
        using var client = (await shared.GetAsync()).NewClient();
        using var response = await client.PostAsync(
            new Uri("/api/complaints", UriKind.Relative),
            Json($$"""{"community":"HY","text":"灯坏了","channel":"{{channel}}","phone":"+12025550150"}"""), Ct);
        var json = await response.Content.ReadAsStringAsync(Ct);
        // Over HTTP nobody is staff; whoever says they are is refused or answered without a link.
        Assert.DoesNotContain("/c/", json, StringComparison.Ordinal);
    }

    [Fact, Clause("4.6.1-1")]
    public async Task Given_a_missed_call_to_the_company_s_line_Then_quality_owes_the_call_back_and_no_office_sees_it()
    {
        await using var host = await RunningHost.StartAsync();
        using var response = await PostAsync(
            host, Good.Replace("+1 202-555-0101", "+1 202-555-0100", StringComparison.Ordinal)
                .Replace("+12025550150", "+12025550157", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        // The caller lives in Demo Village.
        Assert.Equal("JX", json.GetProperty("community").GetString());
        await host.SettleAsync();
        var number = json.GetProperty("number").GetString()!;
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        var manager = await DeskBrowser.SignedInAsync(host, "jx-manager");
        Assert.Contains(number, (await quality.GetAsync("/desk")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(number, (await manager.GetAsync("/desk")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            number, (await manager.GetAsync("/desk/calls?month=2026-11")).Text, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.NotFound, (await manager.GetAsync("/desk/registers/JX/quality")).Status);
    }

    private static async Task<DeskPageView> AddAsync(DeskBrowser manager, string from, string to, string who)
    {
        var form = (await manager.GetAsync("/desk/roster")).Hidden("AddShift")
            .Select(f => KeyValuePair.Create(f.Key, f.Value)).ToList();
        form.AddRange(Enum.GetNames<DayOfWeek>().Select(d => KeyValuePair.Create("days", d)));
        form.AddRange(new Dictionary<string, string>
        {
            ["staff"] = who,
            ["from"] = from,
            ["to"] = to,
            ["first"] = "2026-11-23",
        });
        using var content = new FormUrlEncodedContent(form);
        using var response = await manager.Client.PostAsync(new Uri("/desk/roster/HY", UriKind.Relative), content, Ct);
        return new DeskPageView(response.StatusCode, "", await response.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<HttpResponseMessage> PostAsync(RunningHost host, string body)
    {
        using var client = host.NewClient();
        return await client.PostAsync(new Uri("/api/calls", UriKind.Relative), Json(body), Ct);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
