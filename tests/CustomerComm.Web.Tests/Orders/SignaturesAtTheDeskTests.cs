using System.Net;
using CustomerComm.App.Matters;
using CustomerComm.App.Orders;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Revisits;
using CustomerComm.Web.Tests.Desk;
using CustomerComm.Web.Tests.Journey;
using CustomerComm.Web.Tests.Pages;

namespace CustomerComm.Web.Tests.Orders;

/// <summary>Signatures of orders and revisits at the desk: what waits is shown as such, and staff send no links.</summary>
[Clause("4.6.2-4")]
public sealed class SignaturesAtTheDeskTests
{
    private const string Unlisted = "+12025550177";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact, Clause("3.3")]
    public async Task An_evaluation_by_a_phone_not_on_file_is_shown_as_waiting_and_confirmed_by_quality_with_whom_they_called()
    {
        await using var host = await RunningHost.StartAsync();
        var order = await DoneAsync(host);
        var page = $"/desk/orders/{order.State.Number}";
        var (worker, quality) = (await DeskBrowser.SignedInAsync(host, "engineer"), await DeskBrowser.SignedInAsync(host, "quality"));
        await AssertNoLinksAndCallsOnlyAsync(worker, page, "RequestEvaluation");
        await SignAsync(host, OrderMatter.EvaluationPage, order.Stream);
        await AssertConfirmedByQualityAsync(host, worker, quality, page);
    }

    [Fact, Clause("4.5.3")]
    public async Task A_revisit_by_a_phone_not_on_file_is_shown_as_waiting_and_confirmed_by_quality_with_whom_they_called()
    {
        await using var host = await RunningHost.StartAsync();
        var revisit = await PlannedAsync(host);
        var page = $"/desk/revisits/{revisit.Stream.Value[(RevisitKind.Name.Length + 1)..]}";
        var (duty, quality) = (await DeskBrowser.SignedInAsync(host, "hy-duty"), await DeskBrowser.SignedInAsync(host, "quality"));
        await AssertNoLinksAndCallsOnlyAsync(duty, page, "Ask");
        await SignAsync(host, RevisitMatter.Page, revisit.Stream, ("solved", "yes"));
        Assert.DoesNotContain("desk-mark", (await quality.GetAsync(page + "/print")).Html, StringComparison.Ordinal);
        await AssertConfirmedByQualityAsync(host, duty, quality, page);
        Assert.Contains("desk-mark", (await quality.GetAsync(page + "/print")).Html, StringComparison.Ordinal);
    }

    private static async Task AssertNoLinksAndCallsOnlyAsync(DeskBrowser staff, string path, string link)
    {
        var page = await staff.GetAsync(path);
        Assert.DoesNotContain(link, page.Actions);
        var form = page.Form("RecordAttempt");
        foreach (var channel in Channels.All)
        {
            Assert.Equal(
                channel is Channel.Phone or Channel.WalkIn or Channel.Letter,
                form.Contains($"value=\"{channel}\"", StringComparison.Ordinal));
        }

        var answer = await staff.PostAsync(
            path, new(page.Hidden("RecordAttempt")) { ["channel"] = "Sms", ["result"] = "No answer" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    private static async Task AssertConfirmedByQualityAsync(
        RunningHost host, DeskBrowser staff, DeskBrowser quality, string path)
    {
        Assert.DoesNotContain("DecideSignature", (await staff.GetAsync(path)).Actions);
        var page = await quality.GetAsync(path);
        Assert.Contains("Signature to be confirmed", page.Text, StringComparison.Ordinal);
        Assert.Equal("DecideSignature", page.Actions[0]);
        var form = new Dictionary<string, string>(page.Hidden("DecideSignature"))
        {
            ["approved"] = "yes",
            ["comment"] = "She signed it",
        };
        page = await quality.PostAsync(path, form);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        page = await quality.PostAsync(path, new(page.Hidden("DecideSignature"))
        {
            ["approved"] = "yes",
            ["comment"] = "She signed it",
            ["with"] = "Wang Fang",
        });
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Wang Fang", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Signature to be confirmed", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("{", page.Text, StringComparison.Ordinal);
        await host.SettleAsync();
    }

    /// <summary>Opened by a resident whose phone is on file for no home, and done.</summary>
    private static async Task<LoadedMatter<Order>> DoneAsync(RunningHost host)
    {
        var opened = Assert.IsType<MatterResult<Order>.Done>(await host.Get<OrderIntake>().ReceiveAsync(
            new OrderRequest(
                new CommunityId("HY"), OrderType.Repair, "The tap is dripping", null, Unlisted, "1-1-101", null,
                Channel.Http, Category.Equipment, null, null, null, null, new StaffId("engineer"), Language.English, null,
                null),
            new Actor.Resident(), Ct)).Matter;
        var engineer = host.Get<CompanyDirectory>().Find(new StaffId("engineer"))!;
        var done = Assert.IsType<MatterResult<Order>.Done>(await host.Get<OrderKind>().HandleAsync(
            opened.Stream, new OrderCommand.Finish("New tap"), new Actor.Staff(engineer), null, Ct)).Matter;
        await host.SettleAsync();
        return done;
    }

    private static async Task<LoadedMatter<Revisit>> PlannedAsync(RunningHost host)
    {
        var (community, kind) = (new CommunityId("HY"), host.Get<RevisitKind>());
        var engineer = new StaffId("engineer");
        return Assert.IsType<MatterResult<Revisit>.Done>(await kind.BeginAsync(
            kind.StreamOf(community, "2026-10", "HY-W-2026-000001"), community,
            new RevisitCommand.Plan(
                community, "2026-10",
                new RevisitedItem(
                    "HY-W-2026-000001", "order", "order.x", Category.Equipment, engineer, [engineer],
                    host.Time.GetUtcNow().AddDays(-20)),
                new Contact(null, new Personal(Unlisted), new Personal("1-1-101"), null), Language.English, "New tap",
                new RevisitSides(Unit.Office, Unit.Quality, Unit.Leader)),
            new Actor.System(), null, Ct)).Matter;
    }

    /// <summary>Signs by the first link; the same link then says so, although it does not count yet.</summary>
    private static async Task SignAsync(
        RunningHost host, string page, StreamId stream, params (string Name, string Value)[] more)
    {
        using var web = host.NewClient("en");
        var path = await host.SentAsync(page, stream, 1);
        using var signed = await web.SubmitAsync(
            (await web.PageAsync(path)).Forms.Single(f => f.Id == "sign-form"),
            [
                ("signature", DrawnMarkTests.Svg(DrawnMarkTests.Drawing)), ("quality", "5"), ("attitude", "4"),
                ("comment", "Thank you"), .. more,
            ]);
        Assert.Equal(HttpStatusCode.OK, signed.StatusCode);
        await host.SettleAsync();
        var again = await web.PageAsync(path);
        Assert.Contains("Rated already", again.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(again.Forms, f => f.Id == "sign-form");
    }
}
