using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Calls;

/// <summary>The duty rosters of the communities' offices, one stream a community (4.5.2).</summary>
public sealed class RosterKind(MatterParts parts, DutyBoard board)
    : MatterKind<RosterMatter, Roster, RosterCommand, RosterEvent>(parts, "roster")
{
    /// <summary>The roster of a community, or null where none was begun; the board shows it from then on.</summary>
    public async Task<Roster?> FindAsync(CommunityId community, CancellationToken ct)
    {
        if (await LoadAsync(StreamOf(community.Value), ct) is not { } loaded)
            return null;
        Show(loaded.State);
        return loaded.State;
    }

    /// <summary>Looks for gaps in the coming days, and begins the roster where there is none.</summary>
    public async Task<Roster> LookAheadAsync(CommunityId community, CancellationToken ct)
    {
        var stream = StreamOf(community.Value);
        var look = new RosterCommand.LookAhead(community);
        var done = await BeginAsync(stream, community, look, new Actor.System(), null, ct) switch
        {
            MatterResult<Roster>.Done d => d.Matter.State,
            var other => throw new InvalidOperationException($"Looking ahead came to {other.GetType().Name}."),
        };
        Show(done);
        return done;
    }

    /// <summary>Changes the roster; it begins with the first change.</summary>
    public async Task<MatterResult<Roster>> ChangeAsync(
        CommunityId community, RosterCommand command, StaffMember by, SeenMessage? seen, CancellationToken ct)
    {
        var stream = StreamOf(community.Value);
        if (await LoadAsync(stream, ct) is null)
            await LookAheadAsync(community, ct);
        var result = await HandleAsync(stream, command, new Actor.Staff(by), seen, ct);
        if (result is MatterResult<Roster>.Done done)
            Show(done.Matter.State);
        return result;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes => [];

    /// <inheritdoc/>
    protected override Task ProjectedAsync(LoadedMatter<Roster> matter, long projected, CancellationToken ct)
    {
        Show(matter.State);
        return Task.CompletedTask;
    }

    private void Show(Roster roster) => board.Show(roster.Community, roster.Plan, RulesOf(roster).Calendar.Zone);
}
