using CustomerComm.App.Matters;
using CustomerComm.App.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;

namespace CustomerComm.Local.Demo;

/// <summary>Repairs and paid services, from the order to the resident's evaluation (4.2.4, 3.3).</summary>
internal sealed class DemoOrders(OrderIntake intake, OrderKind orders, DemoWork work) : IDemoPlay
{
    private const int PerMonth = 8;

    private static readonly (Category Category, string Text)[] s_asked =
    [
        (Category.Equipment, "演示：厨房水龙头关不紧，请派师傅来修。"), (Category.Equipment, "演示：家里跳闸，请来看看。"),
        (Category.CivilWorks, "演示：卫生间墙砖掉了两块，请修补。"), (Category.Equipment, "演示：马桶堵了，请疏通。"),
        (Category.Equipment, "演示：可视对讲没有声音，请修理。"), (Category.CivilWorks, "演示：窗框漏雨，请打胶。"),
    ];

    private readonly DemoTally _tally = new();
    private int _opened;

    public string Told => $"orders: {_opened} orders, {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        foreach (var community in directory.Communities)
        {
            if (moment.Chance(100.0 * PerMonth / (30 * DemoMoment.Hours.Count)))
                await OrderAsync(moment, community, directory, ct);
        }

        foreach (var owed in await work.OfAsync(moment, "order", ct))
        {
            if (moment.Acts(owed.Due) && await orders.LoadAsync(owed.Stream, ct) is { } loaded)
                await DoAsync(moment, owed, loaded, directory, ct);
        }
    }

    private async Task OrderAsync(
        DemoMoment moment, Community community, CompanyDirectory directory, CancellationToken ct)
    {
        var home = moment.Any([.. directory.Homes.Where(h => h.Community == community.Id)]);
        var (category, text) = moment.Any(s_asked);
        // Price and date of a paid service are agreed with the office beforehand.
        var paid = moment.Chance(20);
        var office = directory.Members(Unit.Office, community.Id).First();
        var request = new OrderRequest(
            community.Id, paid ? OrderType.Service : OrderType.Repair,
            paid ? "演示：请安排一次空调清洗（有偿服务）。" : text, home.Residents[0].Name, home.Residents[0].Phone.Value,
            home.Room.Value, null, paid ? Channel.Phone : moment.Any([Channel.Chat, Channel.Sms, Channel.Http]),
            paid ? Category.Equipment : category, null, paid ? "演示：每台80元" : null,
            paid ? moment.Now.AddDays(4) : null, null, null, null, paid ? office.Id : null,
            $"demo:{moment.Date:yyyyMMdd}:{moment.Hour}:{community.Id}");
        var result = await intake.ReceiveAsync(
            request, paid ? new Actor.Staff(office) : new Actor.Resident(), ct);
        if (_tally.Take((result as MatterResult<Order>.Refused)?.Refusal))
            _opened++;
    }

    private async Task DoAsync(
        DemoMoment moment, DemoObligation owed, LoadedMatter<Order> order, CompanyDirectory directory, CancellationToken ct)
    {
        var command = CommandFor(moment, owed.Kind, order.State, directory);
        if (command is null)
            return;
        Actor actor = command is OrderCommand.AnswerAmendment or OrderCommand.Evaluate or OrderCommand.RefuseEvaluation
            ? new Actor.Resident()
            : new Actor.Staff(Obligations.IsReview(owed.Kind)
                ? owed.Other(m => order.State.Hands.Contains(m.Id)) ?? owed.By : owed.By);
        _tally.Take(await orders.HandleAsync(order.Stream, command, actor, null, ct));
    }

    private static OrderCommand? CommandFor(
        DemoMoment moment, ObligationKind kind, Order s, CompanyDirectory directory) => kind switch
        {
            ObligationKind.Assign => directory.Members(s.Unit, s.Community).FirstOrDefault() is { } worker
                ? new OrderCommand.Assign(worker.Id, null) : null,
            ObligationKind.AcceptOrder => new OrderCommand.Accept(),
            ObligationKind.CarryOutOrder => Carry(moment, s),
            ObligationKind.AgreeAmendment when s.Amendment is { } a =>
                new OrderCommand.AnswerAmendment(a.No, Agreed: moment.Chance(80), Channel.Sms, null),
            ObligationKind.ObtainEvaluation => Evaluation(moment, s),
            ObligationKind.ConfirmSignature =>
                new OrderCommand.DecideSignature(Confirmed: true, "演示：已电话核实住户签字。", "演示住户"),
            ObligationKind.DecideUnreachable => new OrderCommand.DecideUnreachable(Approved: true, "演示：记录属实。"),
            _ => null,
        };

    private static OrderCommand? Carry(DemoMoment moment, Order s)
    {
        if (s.Amendment is not null || s.Stage is not (OrderStage.Assigned or OrderStage.InProgress))
            return null;
        if (s.Amendments == 0 && moment.Chance(15))
        {
            return new OrderCommand.ProposeAmendment(
                "演示：加收材料费60元", null, "演示：更换整套阀芯", "演示：拆开后发现阀体已裂");
        }

        return s.Progress is null && moment.Chance(30)
            ? new OrderCommand.TellProgress("演示：配件已订，明天上午到。")
            : new OrderCommand.Finish("演示：已修好，试用正常，现场已清理。");
    }

    private static OrderCommand? Evaluation(DemoMoment moment, Order s)
    {
        if (s.Request is not { } request)
            return null;
        var quality = moment.Any([5, 5, 5, 4, 4, 4, 3]);
        var attitude = moment.Any([5, 5, 5, 5, 4, 4]);
        if (request.Issue == 0 || moment.Chance(8))
            return new OrderCommand.AttachPaper(DemoTexts.Mark, quality, attitude, "演示：纸质评价单。");
        if (s.Reopened == 0 && moment.Chance(4))
            return new OrderCommand.RefuseEvaluation(request.Issue, "演示：还是有点漏水。", Complains: false);
        return moment.Chance(4)
            ? new OrderCommand.Evaluate(
                request.Issue, "demo", request.TextHash, DemoTexts.Mark, 1, 3, "演示：修了两次还没好。")
            : new OrderCommand.Evaluate(
                request.Issue, "demo", request.TextHash, DemoTexts.Mark, quality, attitude, "演示：师傅很专业。");
    }
}
