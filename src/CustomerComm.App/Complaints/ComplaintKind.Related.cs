using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Complaints;

/// <content>
/// Repeated complaints from one place about one thing, joined with one that leads (1.0, 4.5.7). Both tell of it; the
/// leading one is asked first, so that none follows one that does not know.
/// </content>
public sealed partial class ComplaintKind
{
    /// <summary>Complaints proposed at most, the latest.</summary>
    public const int MostProposed = 20;

    /// <summary>
    /// Complaints of the same building and category received in the time the policy sets before now that this one could be
    /// joined to, the latest first; found by their place, not by looking through all.
    /// </summary>
    public async Task<IReadOnlyList<LoadedMatter<Complaint>>> ProposeAsync(
        LoadedMatter<Complaint> of, StaffMember member, CancellationToken ct)
    {
        var s = of.State;
        if (PlaceRow.Of(of) is not { } place)
            return [];
        var rules = RulesOf(s);
        var now = Now;
        // The window is as long as the policy says, counted back from now.
        var from = now - (rules.Due(now, rules.Policy.Related) - now);
        var found = await Tables.Of<PlaceRow>().RowsAsync(place.PartitionKey, PlaceRow.KeyOf(from), ct: ct)
            .Where(r => r.LeadComplaint.Length == 0 && r.Number != place.Number).ToListAsync(ct);
        var proposed = new List<LoadedMatter<Complaint>>();
        foreach (var row in found.OrderByDescending(r => r.RowKey, StringComparer.Ordinal))
        {
            if (proposed.Count < MostProposed && await FindAsync(row.Number, ct) is { } other
                && CanJoin(of, other, member))
            {
                proposed.Add(other);
            }
        }

        return proposed;
    }

    /// <summary>True where the rules let this person join the one complaint to the other now.</summary>
    public bool CanJoin(LoadedMatter<Complaint> of, LoadedMatter<Complaint> lead, StaffMember member)
    {
        var s = of.State;
        return ComplaintMatter.Decide(
            s, new ComplaintCommand.Join(lead.State), new Actor.Staff(member), Now, RulesOf(s))
            is Decision<ComplaintEvent>.Accepted;
    }

    /// <summary>The complaints that follow this one.</summary>
    public async Task<IReadOnlyList<LoadedMatter<Complaint>>> FollowersAsync(LoadedMatter<Complaint> lead, CancellationToken ct)
    {
        var followers = new List<LoadedMatter<Complaint>>();
        foreach (var number in lead.State.Followers)
        {
            if (await FindAsync(number, ct) is { } follower
                && follower.State.LeadComplaint == lead.State.Number)
            {
                followers.Add(follower);
            }
        }

        return followers;
    }

    /// <summary>Joins a complaint to the one of this number.</summary>
    public async Task<MatterResult<Complaint>> JoinAsync(
        LoadedMatter<Complaint> of, MatterNumber leadNumber, StaffMember by, SeenMessage? seen, CancellationToken ct)
    {
        var actor = new Actor.Staff(by);
        if (await FindAsync(leadNumber, ct) is not { } lead)
        {
            return new MatterResult<Complaint>.Refused(new Refusal(
                RefusalCode.BadField, "4.5.7", $"There is no complaint {leadNumber}.", "lead"));
        }

        var taken = await HandleAsync(
            lead.Stream, new ComplaintCommand.TakeFollower(of.State), actor, null, ct);
        if (taken is not MatterResult<Complaint>.Done { Matter: var leading })
            return taken;
        var joined = await HandleAsync(
            of.Stream, new ComplaintCommand.Join(leading.State), actor, seen, ct);
        if (joined is not MatterResult<Complaint>.Done)
            await ReleaseAsync(lead.Stream, of.Stream, of.State.Number, ct);
        return joined;
    }

    /// <summary>Lets a complaint stand alone again.</summary>
    public async Task<MatterResult<Complaint>> SeparateAsync(
        LoadedMatter<Complaint> of, StaffMember by, SeenMessage? seen, CancellationToken ct)
    {
        var lead = of.State.LeadComplaint;
        var result = await HandleAsync(
            of.Stream, new ComplaintCommand.Separate(), new Actor.Staff(by), seen, ct);
        if (result is MatterResult<Complaint>.Done && lead is { } number && await FindAsync(number, ct) is { } leading)
            await ReleaseAsync(leading.Stream, of.Stream, of.State.Number, ct);
        return result;
    }

    /// <summary>
    /// Tells the residents of the complaints that follow how this one stands. Repeating it tells nobody twice.
    /// </summary>
    private async Task TellFollowersAsync(LoadedMatter<Complaint> lead, CancellationToken ct)
    {
        var state = lead.State;
        foreach (var number in state.Followers)
        {
            if (await FindAsync(number, ct) is not { } follower)
                continue;
            if (ComplaintMatter.WantsLeadProgress(follower.State, state))
            {
                await HandleAsync(
                    follower.Stream, new ComplaintCommand.TellLeadMoved(state), new Actor.System(), null, ct);
            }
        }
    }

    private async Task ReleaseAsync(StreamId lead, StreamId follower, MatterNumber number, CancellationToken ct)
    {
        if (await FindAsync(number, ct) is { } now && now.Stream == follower)
        {
            await HandleAsync(
                lead, new ComplaintCommand.DropFollower(now.State), new Actor.System(), null, ct);
        }
    }

    private async Task<LoadedMatter<Complaint>?> FindAsync(string number, CancellationToken ct) =>
        MatterNumber.TryParse(number, out var parsed) ? await FindAsync(parsed, ct) : null;
}
