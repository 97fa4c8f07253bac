using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Complaints;

/// <summary>
/// Repeated complaints from one place about one thing, joined with one case that leads (1.0, 4.5.7). Both cases tell of
/// it; the leading one is asked first, so that no case follows one that does not know.
/// </summary>
public sealed class RelatedCases(ComplaintKind service, ITables tables, TimeProvider time)
{
    /// <summary>Cases proposed at most, the latest.</summary>
    public const int Most = 20;

    private const int Read = 200;

    /// <summary>
    /// Cases of the same building and category received in the time the policy sets before now that this one could be
    /// joined to, the latest first; found by their place, not by looking through all.
    /// </summary>
    public async Task<IReadOnlyList<LoadedCase>> ProposeAsync(
        LoadedCase of, StaffMember member, CancellationToken ct)
    {
        var s = of.History.State;
        if (PlaceRow.Of(s) is not { } place)
            return [];
        var rules = service.RulesOf(s);
        var now = time.Now();
        // The window is as long as the policy says, counted back from now.
        var from = now - (rules.Due(now, rules.Policy.Related) - now);
        var found = new List<PlaceRow>();
        string? next = null;
        do
        {
            var page = await tables.Of<PlaceRow>().QueryAsync(
                place.PartitionKey, PlaceRow.KeyOf(from), null, Read, next, ct);
            found.AddRange(page.Rows.Where(r => r.LeadCase.Length == 0 && r.Number != place.Number));
            next = page.Next;
        }
        while (next is not null);
        var proposed = new List<LoadedCase>();
        foreach (var row in found.OrderByDescending(r => r.RowKey, StringComparer.Ordinal))
        {
            if (proposed.Count < Most && await FindAsync(row.Number, ct) is { } other
                && CanJoin(of, other, member))
            {
                proposed.Add(other);
            }
        }

        return proposed;
    }

    /// <summary>True where the rules let this person join the one case to the other now.</summary>
    public bool CanJoin(LoadedCase of, LoadedCase lead, StaffMember member)
    {
        var s = of.History.State;
        return ComplaintMatter.Decide(
            s, new ComplaintCommand.Join(lead.History.State), new Actor.Staff(member), time.Now(), service.RulesOf(s))
            is Decision<ComplaintEvent>.Accepted;
    }

    /// <summary>The cases that follow this one.</summary>
    public async Task<IReadOnlyList<LoadedCase>> FollowersAsync(LoadedCase lead, CancellationToken ct)
    {
        var followers = new List<LoadedCase>();
        foreach (var number in lead.History.State.Followers)
        {
            if (await service.FindAsync(number, ct) is { } follower
                && follower.History.State.LeadCase == lead.History.State.Number)
            {
                followers.Add(follower);
            }
        }

        return followers;
    }

    /// <summary>Joins a case to the one of this number.</summary>
    public async Task<CommandResult> JoinAsync(
        LoadedCase of, ComplaintNumber leadNumber, StaffMember by, SeenMessage? seen, CancellationToken ct)
    {
        var actor = new Actor.Staff(by);
        if (await service.FindAsync(leadNumber, ct) is not { } lead)
        {
            return new CommandResult.Refused(new Refusal(
                RefusalCode.BadField, "4.5.7", $"There is no case {leadNumber}.", "lead"));
        }

        var taken = await service.HandleAsync(
            lead.Stream, new ComplaintCommand.TakeFollower(of.History.State), actor, null, ct);
        if (taken is not CommandResult.Done { Case: var leading })
            return taken;
        var joined = await service.HandleAsync(
            of.Stream, new ComplaintCommand.Join(leading.History.State), actor, seen, ct);
        if (joined is not CommandResult.Done)
            await ReleaseAsync(lead.Stream, of.Stream, of.History.State.Number, ct);
        return joined;
    }

    /// <summary>Lets a case stand alone again.</summary>
    public async Task<CommandResult> SeparateAsync(
        LoadedCase of, StaffMember by, SeenMessage? seen, CancellationToken ct)
    {
        var lead = of.History.State.LeadCase;
        var result = await service.HandleAsync(
            of.Stream, new ComplaintCommand.Separate(), new Actor.Staff(by), seen, ct);
        if (result is CommandResult.Done && lead is { } number && await service.FindAsync(number, ct) is { } leading)
            await ReleaseAsync(leading.Stream, of.Stream, of.History.State.Number, ct);
        return result;
    }

    /// <summary>
    /// Tells the residents of the cases that follow how this one stands. Repeating it tells nobody twice.
    /// </summary>
    public async Task TellFollowersAsync(LoadedCase lead, CancellationToken ct)
    {
        var state = lead.History.State;
        foreach (var number in state.Followers)
        {
            if (await service.FindAsync(number, ct) is not { } follower)
                continue;
            if (ComplaintMatter.WantsLeadProgress(follower.History.State, state))
            {
                await service.HandleAsync(
                    follower.Stream, new ComplaintCommand.TellLeadMoved(state), new Actor.System(), null, ct);
            }
        }
    }

    private async Task ReleaseAsync(StreamId lead, StreamId follower, ComplaintNumber number, CancellationToken ct)
    {
        if (await service.FindAsync(number, ct) is { } now && now.Stream == follower)
        {
            await service.HandleAsync(
                lead, new ComplaintCommand.DropFollower(now.History.State), new Actor.System(), null, ct);
        }
    }

    private async Task<LoadedCase?> FindAsync(string number, CancellationToken ct) =>
        ComplaintNumber.TryParse(number, out var parsed) ? await service.FindAsync(parsed, ct) : null;
}
