using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Complaints;

/// <content>Who leads, cooperates, decides and keeps the records, by the clauses (4.6.1-2).</content>
public sealed partial class ComplaintMatter
{
    private static Placement Place(
        Category category, ImmutableArray<Category> also, StaffId? accused, ImmutableArray<StaffId> named, StaffId? own,
        CommunityId community, Rules rules)
    {
        var except = Authority.Except(own);
        var directory = rules.Directory;
        var route = Routing.For(category, also);
        var against = accused is { } a ? directory.Find(a) : null;
        StaffId[] all = accused is { } x ? [x, .. named] : [.. named];
        StaffMember[] heads = [.. all.Select(directory.Find).OfType<StaffMember>().Where(m => m.Rank == Rank.Head)];
        // Nobody decides, or keeps the records, where their own head is complained of.
        Unit FirstOutside(params ReadOnlySpan<Unit> order)
        {
            foreach (var unit in order)
            {
                if (!Array.Exists(heads, h => h.Unit == unit)
                    && Authority.FirstFree(unit, community, all, directory, except) is not null)
                {
                    return unit;
                }
            }

            return order[0];
        }

        var chief = FirstOutside(Unit.Leader, Unit.Quality, Unit.Finance, Unit.Engineering, Unit.Office);
        var keeper = FirstOutside(Unit.Quality, Unit.Office, Unit.Leader, Unit.Finance, Unit.Engineering);
        // Money, and whatever is against a head, is the leader's, whatever else it is about (4.6.1-2-D).
        var (lead, clause) = route.Clause == LeaderClause || against?.Rank == Rank.Head
            ? (chief, LeaderClause)
            : (route.Lead, route.Clause);
        if ((all.Length > 0 || own is not null) && Authority.FirstFree(lead, community, all, directory, except) is null)
            lead = chief;
        bool Free(Unit unit) => Authority.FirstFree(unit, community, all, directory, except) is not null;
        var barred = heads.Append(against).OfType<StaffMember>().Select(m => (Unit?)m.Unit)
            .FirstOrDefault(u => !Free(u!.Value));
        var cooperating = route.Cooperating
            .Where(u => u != lead && u != barred && Free(u))
            .ToImmutableArray();
        return new Placement(lead, cooperating, clause, chief, keeper, barred);
    }

    private sealed record Placement(
        Unit Lead, ImmutableArray<Unit> Cooperating, string Clause, Unit Chief, Unit Keeper, Unit? Barred);
}
