using System.Net;
using CustomerComm.Web.Tests.Desk;

namespace CustomerComm.Web.Tests.Registers;

/// <summary>The registers at the desk, without JavaScript.</summary>
public sealed class RegisterPageTests(SharedHost shared)
{
    private const string Office = "/desk/registers/HY/office";

    [Fact, Clause("4.2.1"), Clause("4.5.2")]
    public async Task Given_a_caller_When_entered_answered_corrected_Then_the_register_shows_it_all_and_prints()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var entry = await EnterAsync(
            duty, ("channel", "WalkIn"), ("text", "What are your opening hours?"), ("reply", "later"), ("room", "1-1-101"));
        Assert.Equal($"{Office}/2026-11/1", entry.Path);
        Assert.Contains("Answer by", entry.Text, StringComparison.Ordinal);
        await host.SettleAsync();
        var work = await duty.GetAsync("/desk");
        Assert.Contains($"href=\"{Office}/2026-11/1\"", work.Html, StringComparison.Ordinal);

        var answered = await DoAsync(duty, entry.Path, "Answer", ("channel", "Phone"), ("text", "Every day."));
        Assert.Contains("Every day.", answered.Text, StringComparison.Ordinal);
        await DoAsync(duty, entry.Path, "Correct", ("text", "What are your opening hours on Sunday?"));
        await host.SettleAsync();
        var list = await duty.GetAsync(Office);
        Assert.Contains("Corrected by 2", list.Text, StringComparison.Ordinal);
        Assert.Contains("Corrects 1", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Office, (await duty.GetAsync("/desk")).Html, StringComparison.Ordinal);

        var sheet = await duty.GetAsync($"{Office}/2026-11/print?lang=zh");
        Assert.Contains("与顾客沟通登记表", sheet.Text, StringComparison.Ordinal);
        Assert.Contains("Every day.", sheet.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_field_is_wrong_When_sent_Then_it_is_named_and_nothing_typed_is_lost()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var page = await EnterAsync(duty, ("text", "Hello there"), ("reply", "now"), ("phone", "abc"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("Phone", page.Text, StringComparison.Ordinal);
        Assert.Contains("Hello there", page.Html, StringComparison.Ordinal);
        var missing = await EnterAsync(duty, ("text", "Hello there"), ("reply", "now"));
        Assert.Equal(HttpStatusCode.BadRequest, missing.Status);
        Assert.Contains("aria-invalid=\"true\"", missing.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-11/1\"", (await duty.GetAsync(Office)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_form_is_sent_twice_When_taken_Then_it_is_one_entry()
    {
        var duty = await DeskBrowser.SignedInAsync(await shared.GetAsync(), "hy-duty");
        var form = (await duty.GetAsync(Office)).Hidden("Enter");
        var fields = new Dictionary<string, string>(form)
        {
            ["channel"] = "Phone",
            ["text"] = "Twice",
            ["reply"] = "now",
            ["answer"] = "Once",
        };
        Assert.Equal((await duty.PostAsync(Office, fields)).Path, (await duty.PostAsync(Office, fields)).Path);
        fields["text"] = "Other";
        Assert.Equal(HttpStatusCode.Conflict, (await duty.PostAsync(Office, fields)).Status);
    }

    [Fact, Clause("4.5.2")]
    public async Task Given_a_shift_ends_When_handed_over_Then_the_next_acknowledges_the_open_items()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        await EnterAsync(duty, ("channel", "Phone"), ("text", "Open thing"), ("reply", "later"));
        await DoAsync(duty, $"{Office}/hand-over", "HandOver", ("to", "hy-manager"), ("note", "Mind the pump"));
        await host.SettleAsync();
        var manager = await DeskBrowser.SignedInAsync(host, "hy-manager");
        var work = await manager.GetAsync("/desk");
        Assert.Contains($"href=\"{Office}/hand-over\"", work.Html, StringComparison.Ordinal);
        var page = await manager.GetAsync($"{Office}/hand-over");
        Assert.Contains("Open thing", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("TakeOver", (await duty.GetAsync($"{Office}/hand-over")).Actions);
        var taken = await DoAsync(manager, $"{Office}/hand-over", "TakeOver");
        Assert.Contains("1 acknowledged", taken.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jx-manager", Office, HttpStatusCode.NotFound)]
    [InlineData("finance", Office, HttpStatusCode.NotFound)]
    [InlineData("finance", "/desk/registers/HY/finance", HttpStatusCode.OK)]
    [InlineData("quality", Office, HttpStatusCode.OK)]
    [InlineData("hy-duty", "/desk/registers/HY/roof", HttpStatusCode.NotFound)]
    [InlineData("hy-duty", "/desk/registers/HY/office/2026-11/9999", HttpStatusCode.NotFound)]
    [InlineData("hy-duty", "/desk/registers", HttpStatusCode.OK)]
    public async Task Given_a_reader_When_they_open_a_register_Then_only_those_of_the_post_and_quality_may(
        string staff, string path, HttpStatusCode expected)
    {
        var page = await (await DeskBrowser.SignedInAsync(await shared.GetAsync(), staff)).GetAsync(path);
        Assert.Equal(expected, page.Status);
        if (staff == "quality")
            Assert.Empty(page.Actions);
    }

    [Fact, Clause("4.6.2-2")]
    public async Task Given_the_company_transfers_a_complaint_When_entered_Then_it_is_in_the_register_and_searchable()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var blank = await duty.GetAsync("/desk/new");
        var receipt = await duty.PostAsync("/desk/new", new(blank.Hidden(null))
        {
            ["channel"] = "Company",
            ["community"] = "HY",
            ["text"] = "总公司转来：地下室积水",
            ["room"] = "1-1-101",
        });
        Assert.Contains("+1 202-555-0101", receipt.Text, StringComparison.Ordinal);
        await host.SettleAsync();
        var found = await duty.GetAsync($"{Office}?channel=Company&q=积水");
        Assert.Contains("HY-2026-000001", found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("HY-2026-000001", (await duty.GetAsync($"{Office}?q=电梯")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "HY-2026-000001", (await duty.GetAsync($"{Office}?from=2026-09-01&to=2026-10-31")).Text, StringComparison.Ordinal);
    }

    private static Task<DeskPageView> EnterAsync(DeskBrowser browser, params (string Name, string Value)[] fields) =>
        DoAsync(browser, Office, "Enter", [("channel", "Phone"), .. fields]);

    private static async Task<DeskPageView> DoAsync(
        DeskBrowser browser, string path, string action, params (string Name, string Value)[] fields)
    {
        var form = (await browser.GetAsync(path)).Hidden(action);
        foreach (var (name, value) in fields)
            form[name] = value;
        return await browser.PostAsync(path, form);
    }
}
