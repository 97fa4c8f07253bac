using System.Net;
using CustomerComm.App.Matters;
using CustomerComm.App.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Orders;
using CustomerComm.Web.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Matters;

/// <summary>What the desk page does for every kind of matter, shown on an order.</summary>
public sealed class MatterPageTests
{
    private const string Number = "HY-W-2026-000001";
    private const string Page = "/desk/orders/" + Number;

    [Fact]
    public async Task Given_an_action_the_domain_refuses_Then_it_is_not_offered_and_sending_it_changes_nothing()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await OpenedAsync(host);
        var worker = await DeskBrowser.SignedInAsync(host, "engineer");
        Assert.Contains("Accept", (await worker.GetAsync(Page)).Actions);
        var page = await duty.GetAsync(Page);
        Assert.NotEmpty(page.Actions);
        Assert.DoesNotContain("Accept", page.Actions);
        var before = await OrderAsync(host);
        var answer = await duty.PostAsync(
            Page, new(page.Hidden(page.Actions[0])) { ["action"] = "Accept" });
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("Only the worker may do this.", answer.Text, StringComparison.Ordinal);
        var unknown = await duty.PostAsync(
            Page, new(page.Hidden(page.Actions[0])) { ["action"] = "Nonsense" });
        Assert.Equal(HttpStatusCode.BadRequest, unknown.Status);
        Assert.Equal(before.Version, (await OrderAsync(host)).Version);
    }

    [Fact]
    public async Task Given_a_post_that_is_refused_Then_what_was_typed_stands_in_the_open_form_and_the_field_is_marked()
    {
        await using var host = await RunningHost.StartAsync();
        await OpenedAsync(host);
        var worker = await DeskBrowser.SignedInAsync(host, "engineer");
        var form = (await worker.GetAsync(Page)).Hidden("ProposeAmendment");
        var page = await worker.PostAsync(
            Page, new(form) { ["reason"] = "The valve is cracked", ["due"] = "tomorrow" });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        var again = WebUtility.HtmlDecode(page.Form("ProposeAmendment"));
        Assert.Contains("The valve is cracked", again, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", again, StringComparison.Ordinal);
        var id = page.Html.IndexOf("id=\"do-ProposeAmendment\"", StringComparison.Ordinal);
        var start = page.Html.LastIndexOf("<details", id, StringComparison.Ordinal);
        Assert.Contains(" open", page.Html[start..page.Html.IndexOf('>', start)], StringComparison.Ordinal);
        Assert.NotEqual(form["key"], page.Hidden("ProposeAmendment")["key"]);
    }

    [Fact]
    public async Task Given_a_form_sent_twice_Then_it_counts_once_and_with_other_words_it_is_refused()
    {
        await using var host = await RunningHost.StartAsync();
        await OpenedAsync(host);
        var worker = await DeskBrowser.SignedInAsync(host, "engineer");
        await worker.PostAsync(Page, (await worker.GetAsync(Page)).Hidden("Accept"));
        var form = new Dictionary<string, string>((await worker.GetAsync(Page)).Hidden("TellProgress"))
        {
            ["text"] = "On my way",
        };
        var done = await worker.PostAsync(Page, form);
        Assert.Equal((HttpStatusCode.OK, Page + "?done=TellProgress"), (done.Status, done.Path));
        var after = await OrderAsync(host);
        Assert.Equal(HttpStatusCode.OK, (await worker.PostAsync(Page, form)).Status);
        form["text"] = "Something else";
        var reused = await worker.PostAsync(Page, form);
        Assert.Equal(HttpStatusCode.Conflict, reused.Status);
        Assert.Contains("Something else", reused.Form("TellProgress"), StringComparison.Ordinal);
        Assert.Equal(after.Version, (await OrderAsync(host)).Version);
    }

    [Fact]
    [Clause("4.6.2-6")]
    public async Task Given_a_lapse_Then_whoever_was_told_acknowledges_it_on_the_page_and_all_read_of_it()
    {
        await using var host = await RunningHost.StartAsync();
        await OpenedAsync(host);
        await host.PassAsync(TimeSpan.FromHours(3));
        var lapse = Assert.Single((await OrderAsync(host)).Tracked.Lapses, l => l.Level == 0);
        var worker = await DeskBrowser.SignedInAsync(host, "engineer");
        Assert.Equal("engineer", lapse.Told.Value);
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        Assert.DoesNotContain("AcknowledgeLapse", (await duty.GetAsync(Page)).Actions);
        var form = new Dictionary<string, string>((await worker.GetAsync(Page)).Hidden("AcknowledgeLapse"))
        {
            ["comment"] = "Traffic",
        };
        var page = await worker.PostAsync(Page, form);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.True(Assert.Single((await OrderAsync(host)).Tracked.Lapses).Acknowledged);
        Assert.DoesNotContain("AcknowledgeLapse", page.Actions);
        page = await duty.GetAsync(Page);
        Assert.Contains("acknowledged the lapse", page.Text, StringComparison.Ordinal);
        Assert.Contains("Traffic", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("{", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_matter_somebody_may_not_see_Then_it_looks_as_if_there_were_none()
    {
        await using var host = await RunningHost.StartAsync();
        await OpenedAsync(host);
        var finance = await DeskBrowser.SignedInAsync(host, "finance");
        var hidden = await finance.GetAsync(Page);
        var missing = await finance.GetAsync("/desk/orders/HY-W-2026-000099");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (hidden.Status, missing.Status));
        Assert.DoesNotContain("dripping", hidden.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_new_order_that_is_refused_Then_its_page_keeps_what_was_typed()
    {
        await using var host = await RunningHost.StartAsync();
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var form = Blank(await duty.GetAsync("/desk/orders/new"));
        form["kind"] = "Service";
        var page = await duty.PostAsync("/desk/orders/new", form);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("The tap is dripping", page.Html, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", page.Html, StringComparison.Ordinal);
        Assert.Null(await FindAsync(host));
    }

    private static async Task<DeskBrowser> OpenedAsync(RunningHost host)
    {
        var duty = await DeskBrowser.SignedInAsync(host, "hy-duty");
        var page = await duty.PostAsync("/desk/orders/new", Blank(await duty.GetAsync("/desk/orders/new")));
        Assert.Equal((HttpStatusCode.OK, Page + "?done=New"), (page.Status, page.Path));
        await host.SettleAsync();
        return duty;
    }

    private static Dictionary<string, string> Blank(DeskPageView page) => new(page.Hidden(null))
    {
        ["kind"] = "Repair",
        ["community"] = "HY",
        ["complaint"] = "",
        ["text"] = "The tap is dripping",
        ["channel"] = "Phone",
        ["room"] = "1-1-101",
        ["name"] = "",
        ["phone"] = "",
        ["category"] = "Equipment",
        ["price"] = "",
        ["wantedBy"] = "",
        ["worker"] = "engineer",
    };

    private static async Task<LoadedMatter<Order>> OrderAsync(RunningHost host) =>
        Assert.IsType<LoadedMatter<Order>>(await FindAsync(host));

    private static Task<LoadedMatter<Order>?> FindAsync(RunningHost host)
    {
        Assert.True(MatterNumber.TryParse(Number, out var number));
        return host.Services.GetRequiredService<OrderKind>().FindAsync(number, TestContext.Current.CancellationToken);
    }
}
