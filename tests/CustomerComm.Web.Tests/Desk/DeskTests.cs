using System.Net;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Desk;

public sealed class DeskTests
{
    private static readonly (string, string)[] s_lift =
    [
        ("kind", "Complaint"), ("category", "Equipment"), ("severity", "Ordinary"), ("accused", ""), ("handler", ""),
    ];

    [Fact]
    public async Task Without_a_session_the_desk_asks_who_it_is()
    {
        await using var host = await RunningHost.StartAsync();
        var browser = new DeskBrowser(host.NewClient());
        var page = await browser.GetAsync("/desk/complaints/HY-2026-000001");
        Assert.StartsWith("/desk/sign-in", page.Path);
        Assert.Contains("Demo: a click on a name", page.Text);
        var after = await browser.PostAsync(
            "/desk/sign-in", new(page.Hidden(null)) { ["staff"] = "finance", ["back"] = "//evil.test" });
        Assert.Equal("/desk", after.Path);
        Assert.Contains("Nothing is yours to do", after.Text);
        await browser.PostAsync("/desk/sign-out", after.Hidden(null));
        Assert.StartsWith("/desk/sign-in", (await browser.GetAsync("/desk")).Path);
    }

    [Fact]
    public async Task A_case_goes_from_triage_to_resolved_at_the_desk()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The lift has been out of order since Friday.");
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        Assert.Contains(number, (await duty.GetAsync("/desk")).Text);
        var page = await duty.GetAsync($"/desk/complaints/{number}");
        Assert.Equal("Triage", page.Actions[0]);
        Assert.Contains("+12025550150", page.Text);

        // To rate it lower than it is would need somebody else.
        var after = await duty.DoAsync(
            number, "Triage", [.. s_lift.Where(f => f.Item1 != "severity"), ("severity", "Major")]);
        Assert.EndsWith("?done=Triage", after.Path);
        Assert.Contains("Done: Triage", after.Text);
        await host.SettleAsync();
        // Nothing is left to triage; the office cooperates from now on.
        Assert.Equal("GiveCooperation", (await duty.GetAsync($"/desk/complaints/{number}")).Actions[0]);

        var engineer = await DeskBrowser.SignedInAsync(host, "engineer");
        Assert.Contains(number, (await engineer.GetAsync("/desk")).Text);
        Assert.Equal("Accept", (await engineer.GetAsync($"/desk/complaints/{number}")).Actions[0]);
        page = await engineer.DoAsync(number, "Accept");
        Assert.Equal("Resolve", page.Actions[0]);
        page = await engineer.DoAsync(number, "Resolve", ("text", "Replaced the door drive.\r\nRuns again."));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("RecordAttempt", page.Actions[0]);
        Assert.Contains("A signing link went to the resident", page.Text);
        Assert.DoesNotContain("/s/" + number, page.Html);
        var s = await StateAsync(host, number);
        Assert.Equal("Replaced the door drive.\nRuns again.", s.Resolution!.Text.Value);
        Assert.Equal(Stage.Resolved, s.Stage);
        // The number in full is for those who call.
        var finance = await DeskBrowser.SignedInAsync(host, "leader");
        page = await finance.GetAsync($"/desk/complaints/{number}");
        Assert.DoesNotContain("+12025550150", page.Text);
        Assert.Contains("…0150", page.Text);
    }

    [Fact]
    public async Task A_refusal_keeps_what_was_typed_and_says_why()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The bill is wrong.", "Charges");
        var finance = await DeskBrowser.SignedInAsync(host, "finance");
        await finance.DoAsync(number, "Accept");
        var page = await finance.DoAsync(
            number, "TellExtension", ("newDue", "2026-11-23T11:00"), ("reason", "Waiting for the bank statement"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("4.6.2-6", page.Text);
        Assert.Contains("Field: New time.", page.Text);
        Assert.Contains("Waiting for the bank statement", page.Form("TellExtension"));
        Assert.Contains("value=\"2026-11-23T11:00\"", page.Form("TellExtension"));
        Assert.Contains("aria-invalid=\"true\"", page.Form("TellExtension"));
        Assert.Null((await StateAsync(host, number)).Extension);

        // The same form, put right, goes through; the time is the community's.
        var form = page.Hidden("TellExtension");
        form["newDue"] = "2026-12-01T17:00";
        form["reason"] = "Waiting for the bank statement";
        page = await finance.PostAsync($"/desk/complaints/{number}", form);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(
            new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero),
            (await StateAsync(host, number)).Extension!.NewDue);

        // What is somebody else's is refused, in Chinese too.
        var quality = await DeskBrowser.SignedInAsync(host, "quality", "zh");
        page = await quality.GetAsync($"/desk/complaints/{number}");
        Assert.DoesNotContain("Resolve", page.Actions);
        page = await quality.PostAsync(
            $"/desk/complaints/{number}", new(page.Hidden("Note")) { ["action"] = "Resolve", ["text"] = "done" });
        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("这不是您的职责", page.Text);
        Assert.Contains("done", page.Form("Resolve"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_accused_side_sees_nothing()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The manager shouted at my mother.", "AgainstManager");
        foreach (var staff in new[] { "hy-manager", "hy-duty" })
        {
            var barred = await DeskBrowser.SignedInAsync(host, staff);
            Assert.Equal(HttpStatusCode.NotFound, (await barred.GetAsync($"/desk/complaints/{number}")).Status);
            Assert.DoesNotContain(number, (await barred.GetAsync("/desk")).Text);
            Assert.Equal(HttpStatusCode.NotFound, (await barred.GetAsync($"/desk?number={number}")).Status);
            var page = await barred.GetAsync("/desk/new");
            page = await barred.PostAsync(
                $"/desk/complaints/{number}",
                new(page.Hidden(null)) { ["action"] = "Note", ["channel"] = "Phone", ["text"] = "never" });
            Assert.Equal(HttpStatusCode.NotFound, page.Status);
        }

        var leader = await DeskBrowser.SignedInAsync(host, "leader");
        Assert.Contains(number, (await leader.GetAsync("/desk")).Text);
        Assert.Contains(
            "shouted", (await leader.GetAsync($"/desk?number={number}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_double_click_has_one_effect_and_another_content_is_refused()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The bill is wrong.", "Charges");
        var finance = await DeskBrowser.SignedInAsync(host, "finance");
        var form = (await finance.GetAsync($"/desk/complaints/{number}")).Hidden("Note");
        form["channel"] = "Phone";
        form["text"] = "Called, nobody there.";
        var both = await Task.WhenAll(
            finance.PostAsync($"/desk/complaints/{number}", form), finance.PostAsync($"/desk/complaints/{number}", form));
        var again = await finance.PostAsync($"/desk/complaints/{number}", form);
        Assert.All([.. both, again], p => Assert.Equal(HttpStatusCode.OK, p.Status));
        Assert.Single(await EventsAsync(host, number), e => e.Event is ComplaintEvent.Noted);
        form["text"] = "Something else.";
        Assert.Equal(HttpStatusCode.Conflict, (await finance.PostAsync($"/desk/complaints/{number}", form)).Status);
        Assert.Single(await EventsAsync(host, number), e => e.Event is ComplaintEvent.Noted);
    }

    [Fact]
    public async Task A_form_from_elsewhere_changes_nothing()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The bill is wrong.", "Charges");
        var finance = await DeskBrowser.SignedInAsync(host, "finance");
        var form = (await finance.GetAsync($"/desk/complaints/{number}")).Hidden("Accept");
        var without = new Dictionary<string, string>(form);
        without.Remove("__RequestVerificationToken");
        var page = await finance.PostAsync($"/desk/complaints/{number}", without);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("expired", page.Text);
        without = new Dictionary<string, string>(form) { ["key"] = "none" };
        Assert.Equal(HttpStatusCode.BadRequest, (await finance.PostAsync($"/desk/complaints/{number}", without)).Status);
        Assert.Equal(Stage.Assigned, (await StateAsync(host, number)).Stage);
    }

    [Fact]
    public async Task Intake_at_the_desk_tells_number_and_hotline_and_happens_once()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var page = await duty.GetAsync("/desk/new");
        var form = new Dictionary<string, string>(page.Hidden(null))
        {
            ["channel"] = "Phone",
            ["community"] = "HY",
            ["text"] = "",
            ["room"] = "1-1-102",
            ["name"] = "",
            ["phone"] = "12",
            ["category"] = "",
            ["wantedBy"] = "",
        };
        page = await duty.PostAsync("/desk/new", form);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("value=\"1-1-102\"", page.Html);
        form["text"] = "Rubbish has not been collected for a week.";
        form["phone"] = "";
        page = await duty.PostAsync("/desk/new", form);
        var again = await duty.PostAsync("/desk/new", form);
        Assert.Equal("/desk/new/HY-2026-000001", page.Path);
        Assert.Equal(page.Path, again.Path);
        Assert.Contains("+1 202-555-0101", page.Text);
        var s = await StateAsync(host, "HY-2026-000001");
        Assert.Equal(("hy-duty", Channel.Phone), (s.Intake.EnteredBy!.Value.Value, s.Intake.Channel));
        var other = await DeskBrowser.SignedInAsync(host, "jx-manager");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(page.Path)).Status);
    }

    [Fact]
    public async Task What_is_late_is_marked_and_climbs_to_the_manager()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The lift in building 1 has been out of order.");
        await host.PassAsync(TimeSpan.FromHours(5));
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var page = await duty.GetAsync("/desk");
        Assert.Contains("Overdue", page.Text);
        Assert.Contains("4 h late", page.Text);
        var manager = await DeskBrowser.SignedInAsync(host, "hy-manager");
        Assert.DoesNotContain("Acknowledge a lapse", (await manager.GetAsync("/desk")).Text);
        await host.PassAsync(TimeSpan.FromMinutes(150));
        page = await manager.GetAsync("/desk");
        Assert.Contains("Acknowledge a lapse: Triage", page.Text);
        page = await manager.DoAsync(number, "AcknowledgeLapse", ("comment", "On it."));
        Assert.Contains("On it.", page.Text);
        Assert.DoesNotContain("AcknowledgeLapse", page.Actions);
    }

    [Fact]
    public async Task A_paper_signature_must_be_a_small_image()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The bill is wrong.", "Charges");
        var finance = await DeskBrowser.SignedInAsync(host, "finance");
        await finance.DoAsync(number, "Resolve", ("text", "Corrected the bill."));
        Assert.Equal(HttpStatusCode.BadRequest, await AttachAsync(finance, number, "<svg onload=x>"u8.ToArray()));
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
        Assert.Equal(HttpStatusCode.BadRequest, await AttachAsync(finance, number, [.. png, .. new byte[200_000]]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await AttachAsync(finance, number, new byte[300_000]));
        Assert.Null((await StateAsync(host, number)).Request?.Paper);
        Assert.Equal(HttpStatusCode.OK, await AttachAsync(finance, number, png));
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        var page = await quality.GetAsync($"/desk/complaints/{number}");
        Assert.Equal("DecideSignature", page.Actions[0]);
        Assert.Contains("data:image/png;base64,", page.Html);
        page = await quality.DoAsync(number, "DecideSignature", ("decision", "yes"), ("comment", "She confirmed it."));
        Assert.Contains("The resident signed", page.Text);
        page = await quality.DoAsync(number, "Verify", ("decision", "yes"), ("comment", "fine"));
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("Before the result can be verified", page.Text);
    }

    [Fact]
    public async Task What_must_come_first_is_named_with_the_way_there_and_what_cannot_be_chosen_is_not_offered()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The bill is wrong.", "Charges");
        var finance = await DeskBrowser.SignedInAsync(host, "finance");
        await finance.DoAsync(number, "Resolve", ("text", "Corrected the bill."));
        Assert.Equal(
            HttpStatusCode.OK, await AttachAsync(finance, number, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1]));
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        await quality.DoAsync(number, "DecideSignature", ("decision", "yes"), ("comment", "She confirmed it."));

        var page = await quality.GetAsync($"/desk/complaints/{number}");
        Assert.Contains("href=\"#owed-FollowUp\"", page.Form("Verify"), StringComparison.Ordinal);
        Assert.Contains("id=\"owed-FollowUp\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"yes\"", page.Form("Verify"), StringComparison.Ordinal);
        Assert.Contains("value=\"no\"", page.Form("Verify"), StringComparison.Ordinal);

        page = await finance.GetAsync($"/desk/complaints/{number}");
        Assert.DoesNotContain("HandOverRecords", page.Actions);
        var waits = page.Html[page.Html.IndexOf("id=\"wait-HandOverRecords\"", StringComparison.Ordinal)..];
        Assert.Contains("href=\"#do-FollowUp\"", waits[..waits.IndexOf("</details>", StringComparison.Ordinal)]);
        Assert.Contains("FollowUp", page.Actions);
        await finance.DoAsync(number, "FollowUp", ("channel", "Phone"), ("opinion", "Content"), ("wishes", ""));
        page = await finance.DoAsync(number, "HandOverRecords");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        page = await quality.GetAsync($"/desk/complaints/{number}");
        Assert.Contains("href=\"#do-CheckRecords\"", page.Form("Verify"), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> AttachAsync(DeskBrowser browser, string number, byte[] file)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in (await browser.GetAsync($"/desk/complaints/{number}")).Hidden("AttachPaper"))
            content.Add(new StringContent(value), name);
        content.Add(new StringContent("4"), "satisfaction");
        content.Add(new ByteArrayContent(file), "scan", "scan.png");
        using var response = await browser.Client.PostAsync(
            new Uri($"/desk/complaints/{number}", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    internal static async Task<LoadedMatter<Complaint>> CaseAsync(RunningHost host, string number)
    {
        Assert.True(MatterNumber.TryParse(number, out var parsed));
        var found = await host.Services.GetRequiredService<ComplaintKind>()
            .FindAsync(parsed, TestContext.Current.CancellationToken);
        return found!;
    }

    private static async Task<Complaint> StateAsync(RunningHost host, string number) =>
        (await CaseAsync(host, number)).State;

    private static async Task<IReadOnlyList<MatterHappened>> EventsAsync(RunningHost host, string number) =>
        (await CaseAsync(host, number)).Events;
}
