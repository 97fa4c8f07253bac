using System.Collections.Immutable;
using CustomerComm.App.Calls;
using CustomerComm.Domain;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Local.Demo;

/// <summary>The offices' duty rosters: written on the first day, and changed when somebody is away (4.5.2).</summary>
internal sealed class DemoRosters(RosterKind rosters) : IDemoPlay
{
    private static readonly ImmutableArray<DayOfWeek> s_days = [.. Enum.GetValues<DayOfWeek>()];
    private static readonly (TimeOnly From, TimeOnly To) s_day = (new TimeOnly(8, 0), new TimeOnly(20, 0));
    private static readonly (TimeOnly From, TimeOnly To) s_night = (new TimeOnly(20, 0), new TimeOnly(8, 0));

    private readonly DemoTally _tally = new();
    private bool _written;

    public string Told => $"rosters: {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        if (!moment.Morning)
            return;
        foreach (var community in directory.Communities)
        {
            var office = directory.Members(Unit.Office, community.Id).ToList();
            var manager = directory.Head(Unit.Office, community.Id)!;
            if (!_written)
            {
                await ShiftAsync(community.Id, s_day, office[0], manager, moment.Date, ct);
                await ShiftAsync(community.Id, s_night, office[^1], manager, moment.Date, ct);
            }
            else if (office.Count > 1 && moment.Chance(8))
            {
                await SwapAsync(community.Id, office[^1], manager, moment.Date.AddDays(2), ct);
            }
        }

        _written = true;
    }

    private async Task ShiftAsync(
        CommunityId community, (TimeOnly From, TimeOnly To) hours, StaffMember staff, StaffMember manager,
        DateOnly first, CancellationToken ct) => _tally.Take(await rosters.ChangeAsync(
            community, new RosterCommand.AddShift(s_days, hours.From, hours.To, staff.Id, first), manager, null, ct));

    /// <summary>Who has the day shift is away, and somebody else takes it.</summary>
    private async Task SwapAsync(
        CommunityId community, StaffMember instead, StaffMember manager, DateOnly day, CancellationToken ct)
    {
        RosterCommand[] commands =
        [
            new RosterCommand.ExcuseShift(1, day),
            new RosterCommand.AddExtra(day, s_day.From, s_day.To, instead.Id),
        ];
        foreach (var command in commands)
            _tally.Take(await rosters.ChangeAsync(community, command, manager, null, ct));
    }
}
