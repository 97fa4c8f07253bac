using CustomerComm.App.Outside;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Outside;

namespace CustomerComm.Local.Demo;

/// <summary>
/// The city's hotline sends a work order now and then: contacted, replied to by two persons, sometimes given back, and
/// called back by somebody else (4.6.2-2).
/// </summary>
internal sealed class DemoOutside(OutsideIntake intake, OutsideKind orders, DemoWork work) : IDemoPlay
{
    private readonly DemoTally _tally = new();
    private int _orders;

    public string Told => $"work orders from outside: {_orders}, {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        foreach (var community in directory.Communities)
        {
            if (moment.Morning && moment.Chance(12))
                await ArriveAsync(moment, community, directory, ct);
        }

        foreach (var owed in await work.OfAsync(moment, OutsideKind.Name, ct))
        {
            if (!moment.Acts(owed.Due) || await orders.LoadAsync(owed.Stream, ct) is not { State: var s }
                || CommandFor(moment, owed, s) is not { } command)
            {
                continue;
            }

            var by = Obligations.IsReview(owed.Kind) ? owed.Other(m => s.Hands.Contains(m.Id)) : owed.By;
            if (by is not null)
                _tally.Take(await orders.HandleAsync(owed.Stream, command, new Actor.Staff(by), null, ct));
        }
    }

    private async Task ArriveAsync(
        DemoMoment moment, Community community, CompanyDirectory directory, CancellationToken ct)
    {
        var home = moment.Any([.. directory.Homes.Where(h => h.Community == community.Id)]);
        var (category, text) = moment.Any(DemoTexts.Complaints);
        var by = directory.Members(Unit.Office, community.Id).First();
        var request = new OutsideRequest(
            community.Id,
            new OutsideDelivery(
                OutsideLine.Hotline12345, $"DEMO-{moment.Date:yyyyMMdd}-{community.Id}", moment.Now.AddHours(-1),
                Urgent: false, null, null),
            text, home.Residents[0].Name, home.Residents[0].Phone.Value, home.Room.Value, category, null, by.Id);
        if (_tally.Take(await intake.TakeAsync(request, new Actor.Staff(by), ct)))
            _orders++;
    }

    private static OutsideCommand? CommandFor(DemoMoment moment, DemoObligation owed, OutsideOrder s) => owed.Kind switch
    {
        ObligationKind.ContactOutside => new OutsideCommand.RecordContact(
            Channel.Phone, Reached: true, "演示诉求人", "演示：已联系，说明处理安排。"),
        ObligationKind.ReplyOutside when s.Proposed is not null || s.Draft is not null => null,
        ObligationKind.ReplyOutside when moment.Chance(8) =>
            new OutsideCommand.ProposeReturn(ReturnReason.NotOurDuty, "演示：该路段属市政管理。"),
        ObligationKind.ReplyOutside => new OutsideCommand.DraftReply("演示：已到场处理完毕，并向诉求人说明。"),
        ObligationKind.ConsentReturn => new OutsideCommand.DecideReturn(Consented: true, null),
        ObligationKind.ApproveReply => new OutsideCommand.DecideReply(owed.Subject, Approved: true, null),
        ObligationKind.CallBackOutside when moment.Chance(15) => new OutsideCommand.CallBack(null, "演示：无人接听。"),
        ObligationKind.CallBackOutside => new OutsideCommand.CallBack(
            new CallBackAnswers(moment.Chance(95), moment.Chance(85), moment.Chance(80)), "演示：已电话回访。"),
        _ => null,
    };
}
