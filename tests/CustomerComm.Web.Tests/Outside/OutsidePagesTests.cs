using System.Net;
using System.Text.RegularExpressions;
using CustomerComm.Web.Tests.Desk;

namespace CustomerComm.Web.Tests.Outside;

/// <summary>Work orders from outside at the desk (4.6.2-2).</summary>
[Clause("4.6.2-2")]
public sealed class OutsidePagesTests
{
    [Fact]
    public async Task An_order_is_entered_contacted_answered_by_two_and_called_back_by_a_third()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var order = await EnteredAsync(duty);
        Assert.Contains("演示：三号楼电梯坏了三天没人修", order.Text, StringComparison.Ordinal);
        var path = order.Path.Split('?')[0];
        await host.SettleAsync();
        // The category was chosen, so the engineer has it already, in the complaint and in the order.
        var engineer = await DeskBrowser.SignedInAsync(host, "engineer");
        Assert.Contains("BJ-20261123-0007", (await engineer.GetAsync("/desk")).Text, StringComparison.Ordinal);
        Assert.Equal(
            ["RecordContact", "DraftReply", "ProposeReturn"], (await engineer.GetAsync(path)).Actions);
        await DidAsync(
            engineer, path, "RecordContact", ("channel", "Phone"), ("reached", "yes"), ("with", "演示住户王芳"),
            ("said", "演示：已说明"));
        await DidAsync(engineer, path, "DraftReply", ("text", "演示：已更换门机。"));
        Assert.DoesNotContain("DecideReply", (await engineer.GetAsync(path)).Actions);
        var quality = await DeskBrowser.SignedInAsync(host, "quality");
        Assert.Equal(["DecideReply"], (await quality.GetAsync(path)).Actions);
        await DidAsync(quality, path, "DecideReply", ("decision", "yes"), ("comment", ""));
        Assert.Empty((await engineer.GetAsync(path)).Actions);
        var incomplete = await SendAsync(quality, path, "CallBack", ("reached", "yes"), ("said", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, incomplete.Status);
        var done = await DidAsync(
            quality, path, "CallBack", ("reached", "yes"), ("contacted", "yes"), ("resolved", "yes"),
            ("satisfied", "no"), ("said", "演示：等得太久"));
        Assert.Contains("not satisfied", done.Text, StringComparison.Ordinal);
        await host.SettleAsync();
        var report = await quality.GetAsync("/reports?community=HY&month=2026-11");
        Assert.Contains("Satisfaction rate", report.Text, StringComparison.Ordinal);
        Assert.Matches(@"Response rate\s+100\.0", report.Text);
        Assert.Matches(@"Satisfaction rate\s+0\.0", report.Text);
        var list = await quality.GetAsync("/desk/outside?community=HY&month=2026-11");
        Assert.Contains("BJ-20261123-0007", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_case_shows_the_order_and_what_is_owed_and_its_form_shows_the_number()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var order = await EnteredAsync(duty);
        await host.SettleAsync();
        var complaint = Regex.Match(order.Text, "HY-2026-[0-9]{6}", RegexOptions.None, TimeSpan.FromSeconds(5)).Value;
        var page = await duty.GetAsync($"/desk/complaints/{complaint}");
        Assert.Contains("Hotline 12345 BJ-20261123-0007", page.Text, StringComparison.Ordinal);
        Assert.Contains("Reply to the authority", page.Text, StringComparison.Ordinal);
        Assert.Equal(order.Path.Split('?')[0], PathOf(page));
        var form = await duty.GetAsync($"/desk/complaints/{complaint}/form");
        Assert.Contains("BJ-20261123-0007", form.Text, StringComparison.Ordinal);
        // The same number again is the same case.
        var again = await EnteredAsync(duty, text: "演示：催办");
        Assert.Equal(order.Path.Split('?')[0], again.Path.Split('?')[0]);
        Assert.Contains(complaint, again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_neither_enter_nor_see_and_a_wrong_field_is_named_with_what_was_typed()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var path = (await EnteredAsync(duty)).Path.Split('?')[0];
        await host.SettleAsync();
        foreach (var outsider in new[] { "jx-manager", "finance" })
        {
            var other = await DeskBrowser.SignedInAsync(host, outsider);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).Status);
        }

        var finance = await DeskBrowser.SignedInAsync(host, "finance");
        Assert.DoesNotContain("/desk/outside/new", (await finance.GetAsync("/desk/outside")).Html, StringComparison.Ordinal);
        var refused = await EnterAsync(finance, "BJ-5", "演示：x");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        var bad = await EnterAsync(duty, "1", "演示：号码不对");
        Assert.Equal(HttpStatusCode.BadRequest, bad.Status);
        Assert.Contains("演示：号码不对", bad.Text, StringComparison.Ordinal);
        Assert.Contains("Number", bad.Text, StringComparison.Ordinal);
    }

    /// <summary>The address of the work order on the page of its complaint.</summary>
    internal static string PathOf(DeskPageView page)
    {
        var found = Regex.Match(page.Html, "\"(/desk/outside/[A-Z]+\\.[0-9a-f]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5));
        Assert.True(found.Success, page.Text);
        return found.Groups[1].Value;
    }

    internal static async Task<DeskPageView> EnteredAsync(
        DeskBrowser browser, string number = "BJ-20261123-0007", string text = "演示：三号楼电梯坏了三天没人修")
    {
        var page = await EnterAsync(browser, number, text);
        Assert.True(page.Status == HttpStatusCode.OK, page.Text);
        Assert.Contains("done=New", page.Path, StringComparison.Ordinal);
        return page;
    }

    internal static async Task<DeskPageView> DidAsync(
        DeskBrowser browser, string path, string action, params (string Name, string Value)[] fields)
    {
        var page = await SendAsync(browser, path, action, fields);
        Assert.True(page.Status == HttpStatusCode.OK, $"{action}: {page.Status} {page.Text}");
        Assert.Contains($"done={action}", page.Path, StringComparison.Ordinal);
        return page;
    }

    private static async Task<DeskPageView> EnterAsync(DeskBrowser browser, string number, string text)
    {
        var form = (await browser.GetAsync("/desk/outside/new")).Hidden(null);
        foreach (var (name, value) in new[]
        {
            ("line", "Hotline12345"), ("number", number), ("community", "HY"), ("receivedThere", "2026-11-23T08:30"),
            ("contactBy", ""), ("replyBy", ""), ("text", text), ("complaint", ""), ("name", "演示住户王芳"),
            ("phone", "+1 202-555-0150"), ("room", "1-1-101"), ("category", "Equipment"),
        })
        {
            form[name] = value;
        }

        return await browser.PostAsync("/desk/outside/new", form);
    }

    private static async Task<DeskPageView> SendAsync(
        DeskBrowser browser, string path, string action, params (string Name, string Value)[] fields)
    {
        var form = (await browser.GetAsync(path)).Hidden(action);
        foreach (var (name, value) in fields)
            form[name] = value;
        return await browser.PostAsync(path, form);
    }
}
