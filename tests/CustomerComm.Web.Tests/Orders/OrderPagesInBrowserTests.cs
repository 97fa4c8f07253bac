using CustomerComm.App.Jobs;
using CustomerComm.App.Matters;
using CustomerComm.App.Orders;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;
using CustomerComm.Web.Tests.Browser;
using Microsoft.Playwright;

namespace CustomerComm.Web.Tests.Orders;

/// <summary>The pages of orders and revisits in a real browser: everybody can use them, on a phone and at a desk.</summary>
[Clause("3.3"), Clause("4.5.3")]
public sealed class OrderPagesInBrowserTests(Chromium chromium)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_orders_and_revisits_When_their_pages_are_looked_at_Then_everybody_can_use_them()
    {
        await using var host = await RunningHost.StartAsync();
        var (amending, done, revisit) = await SeedAsync(host);
        await using var windows = await chromium.OpenAsync(host.Address);
        var staff = await windows.NewAsync(phone: false);
        var small = await windows.NewAsync(phone: true);
        await LookAsync(small, await host.SentAsync("o", amending.Stream), "orders-resident-amendment");
        await LookAsync(small, await host.SentAsync("e", done.Stream, 1), "orders-resident-evaluate");
        var visit = await host.SentAsync("v", revisit, 1);
        await LookAsync(small, visit, "orders-resident-revisit");
        await LookAsync(small, visit + "?lang=en", "orders-resident-revisit-en");
        foreach (var page in new[] { staff, small })
        {
            await SignInAsync(page, "hy-manager");
            var size = page == small ? "390" : "1280";
            await LookAsync(page, "/desk/orders?stage=Assigned&lang=zh", $"orders-list-{size}");
            await LookAsync(page, "/desk/orders/new", $"orders-new-{size}");
            await LookAsync(page, $"/desk/orders/{amending.State.Number}", $"orders-one-{size}");
            await LookAsync(page, "/desk/orders/month?community=HY&month=2026-11", $"orders-month-{size}");
            await LookAsync(page, "/desk/revisits?month=2026-11", $"revisits-list-{size}");
            await LookAsync(page, $"/desk/revisits/{revisit.Value["revisit.".Length..]}?lang=en", $"revisits-one-en-{size}");
            await LookAsync(page, $"/desk/revisits/{revisit.Value["revisit.".Length..]}/print?lang=zh", $"revisits-print-{size}");
        }
    }

    private static async Task LookAsync(IPage page, string path, string picture)
    {
        var response = await page.GotoAsync(path);
        Assert.Equal(200, response!.Status);
        await page.PictureAsync(picture);
        await page.UsableByAllAsync();
        var wide = await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > window.innerWidth + 1");
        Assert.False(wide, $"{path} is wider than the window");
    }

    private static async Task SignInAsync(IPage page, string staff)
    {
        await page.GotoAsync("/desk/sign-in");
        await page.ClickAsync($"button[value='{staff}']");
        await page.AtTheDeskAsync();
    }

    private static async Task<(LoadedMatter<Order> Amending, LoadedMatter<Order> Done, StreamId Revisit)> SeedAsync(RunningHost host)
    {
        var amending = await OpenAsync(host, "厨房水龙头关不上，麻烦安排师傅看一下", "1-1-101");
        var worker = new Actor.Staff(host.Get<CompanyDirectory>().Find(amending.State.Worker!.Value)!);
        await DoAsync(host, amending, new OrderCommand.TellProgress("已上门查看，阀芯坏了，明早带配件来。"), worker);
        await DoAsync(
            host, amending, new OrderCommand.ProposeAmendment("加收120元", amending.State.Due.AddDays(1), "更换整个龙头", "阀体已裂，需整个更换"), worker);
        var done = await OpenAsync(host, "卫生间灯不亮", "1-1-201");
        await DoAsync(host, done, new OrderCommand.Finish("已更换灯管和启辉器，灯已亮。"), worker);
        await OpenAsync(host, "门铃不响，请派人来修", "2-1-101");
        await host.PassAsync(TimeSpan.FromMinutes(1));
        await host.Get<JobRunner>().RunAsync("monthly-revisit", new DateOnly(2026, 11, 1), null, Ct);
        await host.PassAsync(TimeSpan.FromMinutes(1));
        return (amending, done, host.Get<RevisitKind>().StreamOf(new CommunityId("HY"), "2026-11", done.State.Number));
    }

    private static async Task<LoadedMatter<Order>> OpenAsync(RunningHost host, string text, string room) =>
        Assert.IsType<MatterResult<Order>.Done>(await host.Get<OrderIntake>().ReceiveAsync(
            new OrderRequest(
                new CommunityId("HY"), OrderType.Repair, text, null, null, room, null, Channel.Http, Category.Equipment,
                null, null, null, null, null, null, null, text),
            new Actor.Resident(), Ct)).Matter;

    private static async Task DoAsync(RunningHost host, LoadedMatter<Order> order, OrderCommand command, Actor by) =>
        Assert.IsType<MatterResult<Order>.Done>(
            await host.Get<OrderKind>().HandleAsync(order.Stream, command, by, null, Ct));
}
