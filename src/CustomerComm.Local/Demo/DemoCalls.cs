using CustomerComm.App.Calls;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Local.Demo;

/// <summary>The hotlines ring: most calls are answered at once, missed ones are called back (4.5.2).</summary>
internal sealed class DemoCalls(CallKind calls, DemoWork work) : IDemoPlay
{
    private readonly DemoTally _tally = new();
    private int _calls;

    public string Told => $"calls: {_calls} calls, {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        foreach (var community in directory.Communities)
        {
            if (moment.Chance(30))
                await RingAsync(moment, community, directory, ct);
        }

        foreach (var owed in await work.OfAsync(moment, "call", ct))
        {
            if (owed.Kind == ObligationKind.CallBack && moment.Acts(owed.Due))
                await CallBackAsync(moment, owed.Stream, owed.By, ct);
        }
    }

    private async Task RingAsync(
        DemoMoment moment, Community community, CompanyDirectory directory, CancellationToken ct)
    {
        var home = moment.Any([.. directory.Homes.Where(h => h.Community == community.Id)]);
        var missed = moment.Chance(12);
        var rings = missed ? moment.Dice.Next(5, 9) : moment.Any([1, 1, 2, 2, 2, 3, 3, 4, 6]);
        var by = missed ? (StaffId?)null : directory.Members(Unit.Office, community.Id).First().Id;
        var report = new CallReport(
            $"demo-{moment.Date:yyyyMMdd}-{moment.Hour}-{community.Id}", community.Id, CallWay.In,
            home.Residents[0].Phone.Value, moment.Now.AddMinutes(-moment.Dice.Next(2, 12)), rings, rings * 5, by,
            missed ? null : moment.Dice.Next(20, 400), missed, Internal: false);
        var result = await calls.RecordAsync(report, new Actor.System(), ct);
        if (!_tally.Take(result))
            return;
        _calls++;
        // A call back is due within minutes, so most are made at once.
        if (result is MatterResult<Call>.Done { Matter: { State.Open: true } call } && moment.Chance(75))
            await CallBackAsync(moment, call.Stream, directory.Members(Unit.Office, community.Id).First(), ct);
    }

    private async Task CallBackAsync(DemoMoment moment, StreamId stream, StaffMember by, CancellationToken ct) =>
        _tally.Take(await calls.HandleAsync(
            stream, new CallCommand.CallBack(moment.Now, Reached: moment.Chance(85), "演示：已回电说明情况。"),
            new Actor.Staff(by), null, ct));
}
