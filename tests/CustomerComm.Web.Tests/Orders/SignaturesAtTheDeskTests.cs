using System.Net;
using CustomerComm.App.Matters;
using CustomerComm.App.Orders;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Revisits;
using CustomerComm.Web.Tests.Desk;

namespace CustomerComm.Web.Tests.Orders;

/// <summary>Signatures of orders and revisits at the desk: what waits is shown as such, and staff send no links.</summary>
[Clause("4.6.2-4")]
public sealed class SignaturesAtTheDeskTests
{
    private const string Mark = "data:image/svg+xml;base64,AAAA";
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
        await DoAsync<OrderKind, OrderMatter, Order, OrderCommand, OrderEvent>(
            host, order.Stream,
            new OrderCommand.Evaluate(1, "token", order.State.Request!.TextHash, Mark, 5, 4, "Thank you"));
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
        await DoAsync<RevisitKind, RevisitMatter, Revisit, RevisitCommand, RevisitEvent>(
            host, revisit.Stream,
            new RevisitCommand.Sign(
                1, "token", revisit.State.Request.TextHash, Mark, new Judgement(5, 4, Solved: true), "Thank you"));
        Assert.DoesNotContain(Mark, WebUtility.HtmlDecode((await quality.GetAsync(page + "/print")).Html), StringComparison.Ordinal);
        await AssertConfirmedByQualityAsync(host, duty, quality, page);
        Assert.Contains(Mark, WebUtility.HtmlDecode((await quality.GetAsync(page + "/print")).Html), StringComparison.Ordinal);
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

    private static async Task DoAsync<TKind, TMatter, TState, TCommand, TEvent>(
        RunningHost host, StreamId stream, TCommand command)
        where TKind : MatterKind<TMatter, TState, TCommand, TEvent>
        where TMatter : IMatter<TState, TCommand, TEvent>
        where TState : class, IMatterState
        where TCommand : class
        where TEvent : class
    {
        Assert.IsType<MatterResult<TState>.Done>(
            await host.Get<TKind>().HandleAsync(stream, command, new Actor.Resident(), null, Ct));
        await host.SettleAsync();
    }
}
