using System.Globalization;
using CustomerComm.App.Matters;
using CustomerComm.App.Meetings;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Meetings;

namespace CustomerComm.Local.Demo;

/// <summary>Meetings with the owners' committees, their minutes and what was agreed (4.5.5).</summary>
internal sealed class DemoMeetings(MeetingKind meetings, DemoWork work) : IDemoPlay
{
    private const string Place = "演示：管理处会议室";

    private static readonly string[] s_actions =
        ["演示：月底前检修全部楼道灯。", "演示：增设电动车充电位。", "演示：公示公共收益账目。"];

    private readonly DemoTally _tally = new();
    private int _held;

    public string Told => $"meetings: {_held} held, {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        foreach (var owed in await work.OfAsync(moment, "meeting", ct))
        {
            if (moment.Acts(owed.Due) && await meetings.LoadAsync(owed.Stream, ct) is { } loaded)
                await DoAsync(moment, owed, loaded, directory, ct);
        }
    }

    private async Task DoAsync(
        DemoMoment moment, DemoObligation owed, LoadedMatter<Meeting> meeting, CompanyDirectory directory,
        CancellationToken ct)
    {
        var s = meeting.State;
        switch (owed.Kind)
        {
            case ObligationKind.HoldMeeting when s.At is null:
                _tally.Take(await meetings.PlanAsync(
                    s.Community, moment.Now.AddDays(4), Place, "演示：停车与绿化。", owed.By, $"demo-{s.Number}", ct));
                break;
            case ObligationKind.HoldMeeting when s.At <= moment.Now && s.RecordedAt is null:
                await HoldAsync(moment, owed, meeting, directory, ct);
                break;
            case ObligationKind.SendMinutes:
                await TakeAsync(owed, new MeetingCommand.SendMinutes(), ct);
                break;
            case ObligationKind.CarryOutAction:
                var no = int.Parse(owed.Subject.AsSpan(1), CultureInfo.InvariantCulture);
                await TakeAsync(owed, new MeetingCommand.Finish(no, "演示：已完成并向业委会说明。"), ct);
                break;
            default:
                break;
        }
    }

    private async Task HoldAsync(
        DemoMoment moment, DemoObligation owed, LoadedMatter<Meeting> meeting, CompanyDirectory directory,
        CancellationToken ct)
    {
        var s = meeting.State;
        var committee = directory.Committee.Where(m => m.Community == s.Community).Select(m => m.Name).ToList();
        var hold = new MeetingCommand.Hold(
            s.At!.Value, Place,
            [
                .. committee.Select(n => new Attendee(new Personal(n), AttendeeRole.Committee)),
                new Attendee(new Personal(owed.By.Name), AttendeeRole.Staff),
            ],
            [
                (committee[0], "演示：希望停车管理再严一些，公共收益要公示。"),
                (owed.By.Name, "演示：下月起夜间清查外来车辆，账目每季公示。"),
            ]);
        if (!await TakeAsync(owed, hold, ct))
            return;
        _held++;
        if (moment.Chance(40))
        {
            await TakeAsync(
                owed, new MeetingCommand.Correct(2, "演示：下月起夜间清查外来车辆，账目每月公示。", "演示：记录有误。"), ct);
        }

        StaffMember[] owners = [owed.By, directory.Head(Unit.Engineering, s.Community) ?? owed.By];
        foreach (var owner in owners)
        {
            await TakeAsync(
                owed, new MeetingCommand.Agree(moment.Any(s_actions), owner.Id, moment.Now.AddDays(14)), ct);
        }
    }

    private async Task<bool> TakeAsync(DemoObligation owed, MeetingCommand command, CancellationToken ct) =>
        _tally.Take(await meetings.HandleAsync(owed.Stream, command, new Actor.Staff(owed.By), null, ct));
}
