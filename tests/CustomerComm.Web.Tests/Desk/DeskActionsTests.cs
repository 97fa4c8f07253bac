using System.Net;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Desk;

/// <summary>Each action is offered to whoever may do it, and its form does it.</summary>
public sealed class DeskActionsTests
{
    [Fact]
    public async Task A_case_is_completed_recorded_verified_and_closed()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The bill is wrong.", "Charges");
        var finance = await DeskBrowser.SignedInAsync(host, "finance");
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        await finance.DoAsync(number, "Triage", ("kind", "Complaint"), ("category", "Charges"), ("severity", "Major"));
        await finance.DoAsync(number, "Resolve", ("text", "Refunded."));
        await SignAsync(host, number);
        await DidAsync(host, finance, number, "FollowUp", ("opinion", "Content"), ("wishes", "Quicker, please"));
        await DidAsync(host, finance, number, "HandOverRecords");
        await DidAsync(host, quality, number, "CheckRecords", ("decision", "no"), ("reason", "The receipt is missing"));
        await DidAsync(host, finance, number, "HandOverRecords");
        await DidAsync(host, quality, number, "CheckRecords", ("decision", "yes"));
        await DidAsync(host, finance, number, "FindRootCause", ("cause", "Typed twice"), ("prevention", "Checks"));
        await DidAsync(
            host, finance, number, "FileReports", ("corrective", "Refund"), ("correctiveOwner", "finance"),
            ("correctiveDue", "2026-12-20T17:00"), ("preventive", "Check"), ("preventiveOwner", "hy-manager"),
            ("preventiveDue", "2026-12-21T17:00"));
        var page = await quality.GetAsync($"/desk/complaints/{number}");
        Assert.Contains("data:image/svg+xml;base64,AAAA", WebUtility.HtmlDecode(page.Html));
        page = await DidAsync(host, quality, number, "Verify", ("decision", "yes"), ("comment", "Seen the refund"));
        Assert.Contains("Closed: Verified", page.Text);
        Assert.Equal(["ProveMisreport"], page.Actions);
        Assert.Empty((await finance.GetAsync($"/desk/complaints/{number}")).Actions);
        page = await DidAsync(
            host, quality, number, "ProveMisreport", ("concerned", "finance"), ("what", "Said it was done"));
        Assert.Contains("Said it was done", page.Text);
    }

    [Fact, Clause("4.6.2-4")]
    public async Task A_signature_by_a_phone_not_on_file_is_shown_as_waiting_and_confirmed_by_quality_with_whom_they_called()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The bill is wrong.", "Charges", phone: "+12025550177");
        var finance = await DeskBrowser.SignedInAsync(host, "finance");
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        await finance.DoAsync(number, "Triage", ("kind", "Complaint"), ("category", "Charges"), ("severity", "Ordinary"));
        await finance.DoAsync(number, "Resolve", ("text", "Refunded."));
        await SignAsync(host, number);
        var page = await quality.GetAsync($"/desk/complaints/{number}");
        Assert.Contains("Signature to be confirmed", page.Text, StringComparison.Ordinal);
        Assert.Equal("DecideSignature", page.Actions[0]);
        Assert.DoesNotContain("DecideSignature", (await finance.GetAsync($"/desk/complaints/{number}")).Actions);
        page = await quality.DoAsync(number, "DecideSignature", ("decision", "yes"), ("comment", "She signed it"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        page = await DidAsync(
            host, quality, number, "DecideSignature", ("decision", "yes"), ("with", "Wang Fang"), ("comment", "She signed it"));
        Assert.Contains("Wang Fang", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Signature to be confirmed", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handling_can_be_shared_put_up_extended_and_passed_on()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "The roof leaks.", "CivilWorks");
        var engineer = await DeskBrowser.SignedInAsync(host, "engineer");
        var leader = await DeskBrowser.SignedInAsync(host, "leader");
        var finance = await DeskBrowser.SignedInAsync(host, "finance");
        Assert.Equal(HttpStatusCode.NotFound, (await finance.GetAsync($"/desk/complaints/{number}")).Status);
        await DidAsync(host, engineer, number, "Accept");
        await DidAsync(host, engineer, number, "Note", ("text", "Looked at the roof"));
        await DidAsync(host, engineer, number, "AskCooperation", ("unit", "Finance"), ("what", "Release the money"));
        Assert.Equal("GiveCooperation", (await finance.GetAsync($"/desk/complaints/{number}")).Actions[0]);
        await DidAsync(host, finance, number, "GiveCooperation", ("what", "Released"));
        await DidAsync(host, engineer, number, "TellExtension", ("newDue", "2026-12-08T17:00"), ("reason", "Rain"));
        // Whoever handles it cannot note the yes; somebody else can, with a record of the call.
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        await DidAsync(
            host, quality, number, "AnswerExtension", ("decision", "yes"), ("channel", "Phone"), ("with", "Li Fang"),
            ("said", "She agrees"));
        await DidAsync(host, engineer, number, "Escalate", ("reason", "Needs a new roof"));
        Assert.DoesNotContain("Resolve", (await engineer.GetAsync($"/desk/complaints/{number}")).Actions);
        Assert.Equal("Instruct", (await leader.GetAsync($"/desk/complaints/{number}")).Actions[0]);
        await DidAsync(host, leader, number, "Instruct", ("text", "Renew it"), ("wantedBy", "2026-12-20T17:00"));
        await DidAsync(host, engineer, number, "Decline", ("reason", "On leave"));
        await DidAsync(host, engineer, number, "HandOver", ("unit", "Office"), ("reason", "Nobody of us is free"));
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        await DidAsync(host, duty, number, "HandOver", ("unit", "Engineering"), ("reason", "Not our trade"));
        var s = (await DeskTests.CaseAsync(host, number)).State;
        Assert.Equal(("engineer", Stage.Assigned), (s.Handler!.Value.Value, s.Stage));
        // The leader's later time is the resident's to agree to.
        Assert.Equal(new DateTimeOffset(2026, 12, 8, 9, 0, 0, TimeSpan.Zero), s.ResolveDue);
        Assert.Equal(new DateTimeOffset(2026, 12, 20, 9, 0, 0, TimeSpan.Zero), s.Extension!.NewDue);
    }

    [Fact]
    public async Task A_letter_is_answered_only_with_the_approved_text()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var form = new Dictionary<string, string>((await duty.GetAsync("/desk/new")).Hidden(null))
        {
            ["channel"] = "Letter",
            ["community"] = "HY",
            ["text"] = "My deposit was not returned.",
            ["category"] = "Charges",
            ["room"] = "1-1-101",
            ["wantedBy"] = "2026-11-30T12:00",
        };
        Assert.Equal("/desk/new/HY-2026-000001", (await duty.PostAsync("/desk/new", form)).Path);
        const string number = "HY-2026-000001";
        await host.SettleAsync();
        var finance = await DeskBrowser.SignedInAsync(host, "finance");
        var leader = await DeskBrowser.SignedInAsync(host, "leader");
        await DidAsync(host, finance, number, "Accept");
        Assert.DoesNotContain("Resolve", (await finance.GetAsync($"/desk/complaints/{number}")).Actions);
        await DidAsync(host, finance, number, "DraftLetter", ("text", "It is on its way."));
        Assert.Equal("DecideLetter", (await leader.GetAsync($"/desk/complaints/{number}")).Actions[0]);
        await DidAsync(host, leader, number, "DecideLetter", ("decision", "yes"));
        var page = await finance.GetAsync($"/desk/complaints/{number}");
        Assert.Contains("It is on its way.", page.Form("Resolve"));
        page = await finance.DoAsync(number, "Resolve", ("text", "Something else."));
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("only the approved text", page.Text);
        await DidAsync(host, finance, number, "Resolve", ("text", "It is on its way."));
    }

    [Fact]
    public async Task Unreachable_needs_its_attempts_and_the_manager_and_what_is_no_complaint_is_answered()
    {
        await using var host = await RunningHost.StartAsync();
        var number = await DeskBrowser.ComplainAsync(host, "Rubbish everywhere.", "Cleaning");
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var manager = await DeskBrowser.SignedInAsync(host, "hy-manager");
        await DidAsync(host, duty, number, "Resolve", ("text", "Cleared."));
        Assert.DoesNotContain(
            ComplaintKind.Owed(await DeskTests.CaseAsync(host, number)),
            o => o.Kind == ObligationKind.Triage);
        await DidAsync(host, duty, number, "RecordAttempt", ("channel", "Phone"), ("result", "No answer"));
        Assert.DoesNotContain("ProposeUnreachable", (await duty.GetAsync($"/desk/complaints/{number}")).Actions);
        await host.PassAsync(TimeSpan.FromDays(1));
        duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        await DidAsync(host, duty, number, "RecordAttempt", ("channel", "Phone"), ("result", "Still no answer"));
        await host.PassAsync(TimeSpan.FromDays(3));
        duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        manager = await DeskBrowser.SignedInAsync(host, "hy-manager");
        await DidAsync(host, duty, number, "RecordAttempt", ("channel", "WalkIn"), ("result", "Nobody home"));
        await DidAsync(host, duty, number, "ProposeUnreachable");
        await DidAsync(host, manager, number, "DecideUnreachable", ("decision", "yes"));

        number = await DeskBrowser.ComplainAsync(host, "What are the opening hours of the office?");
        await DidAsync(
            host, duty, number, "Triage", ("kind", "Enquiry"), ("category", "Other"), ("severity", "Ordinary"),
            ("why", "OnlyAsks"), ("reason", "Asks for the hours"));
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        await DidAsync(host, quality, number, "DecideFinding", ("decision", "yes"));
        var page = await DidAsync(host, duty, number, "Answer", ("text", "8:30 to 17:30."));
        Assert.Contains("Closed: Answered", page.Text);
        number = await DeskBrowser.ComplainAsync(host, "Cheap loans! Call now!");
        page = await DidAsync(host, duty, number, "Dismiss", ("why", "NothingToHandle"), ("reason", "Advertising"));
        Assert.Contains("Closed: Not taken up", page.Text);
    }

    /// <summary>The action is offered, is carried out, and the complaint goes on.</summary>
    private static async Task<DeskPageView> DidAsync(
        RunningHost host, DeskBrowser browser, string number, string action,
        params (string Name, string Value)[] fields)
    {
        var before = (await DeskTests.CaseAsync(host, number)).Version;
        var page = await browser.DoAsync(
            number, action, [.. fields.Prepend(("channel", "Phone")).Where(f => f.Item2.Length > 0)]);
        Assert.True(page.Status == HttpStatusCode.OK, $"{action}: {page.Status} {page.Text}");
        Assert.True((await DeskTests.CaseAsync(host, number)).Version > before, $"{action} changed nothing.");
        await host.SettleAsync();
        return page;
    }

    private static async Task SignAsync(RunningHost host, string number)
    {
        var found = await DeskTests.CaseAsync(host, number);
        var s = found.State;
        var result = await host.Services.GetRequiredService<ComplaintKind>().HandleAsync(
            found.Stream,
            new ComplaintCommand.Sign(
                s.LinksIssued, "token", s.Resolution!.TextHash, "data:image/svg+xml;base64,AAAA", 5, "Thank you"),
            new Actor.Resident(), null, TestContext.Current.CancellationToken);
        Assert.IsType<MatterResult<Complaint>.Done>(result);
        await host.SettleAsync();
    }
}
