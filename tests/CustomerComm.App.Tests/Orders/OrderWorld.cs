using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Orders;

/// <summary>Orders over the whole application, as a test needs them.</summary>
internal static class OrderWorld
{
    public static OrderRequest Request(string text = "厨房水管漏水，请派人来修", string? source = null, string? phone = null) => new(
        TestCompany.HY, OrderType.Repair, text, null, phone ?? TestCompany.ResidentPhone, null, null, Channel.Http,
        Category.Equipment, null, null, null, null, null, null, null, source);

    public static async Task<LoadedMatter<Order>> OrderAsync(this TestApp app, OrderRequest? request = null, Actor? by = null) =>
        Assert.IsType<MatterResult<Order>.Done>(await app.Get<OrderIntake>().ReceiveAsync(
            request ?? Request(), by ?? new Actor.Resident(), CancellationToken.None)).Matter;

    public static async Task<Order> DoAsync(this TestApp app, LoadedMatter<Order> of, OrderCommand command, StaffMember? by) =>
        Assert.IsType<MatterResult<Order>.Done>(await app.Get<OrderKind>().HandleAsync(
            of.Stream, command, by is null ? new Actor.Resident() : new Actor.Staff(by), null, CancellationToken.None))
            .Matter.State;

    public static async Task<Order> StateAsync(this TestApp app, LoadedMatter<Order> of) =>
        (await app.Get<OrderKind>().LoadAsync(of.Stream, CancellationToken.None))!.State;

    /// <summary>Done by the engineer on duty; the resident is asked to sign.</summary>
    public static async Task<LoadedMatter<Order>> DoneAsync(this TestApp app, OrderRequest? request = null)
    {
        var order = await app.OrderAsync(request);
        await app.DoAsync(order, new OrderCommand.Finish("换了阀芯"), TestCompany.Engineer);
        await app.SettleAsync();
        return order;
    }

    public static async Task SettleAsync(this TestApp app)
    {
        while (await app.SweepAsync() > 0)
        {
            // What was moved may have made something else due.
        }
    }

    /// <summary>A text message comes in and is answered; the answer.</summary>
    public static async Task<string> TextAsync(this TestApp app, string from, string text)
    {
        await app.SettleAsync();
        var before = app.Sms.Sent.Count;
        Assert.True(await app.Get<SmsInbox>().ReceiveAsync(
            new SmsReceived(Guid.NewGuid().ToString("N"), from, text), CancellationToken.None));
        await app.SettleAsync();
        return app.Sms.Sent.Skip(before).First(m => m.To == from).Text;
    }
}
