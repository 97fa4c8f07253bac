using System.Collections.Immutable;

namespace CustomerComm.Domain.Complaints;

/// <summary>
/// All the complaint is against, who decides and who keeps its records, and everybody who handled it or acted for whoever
/// did: none of these last judges what follows from it
/// (4.5.4), and nobody of the accused side has a part in that (4.6.1-2-D).
/// </summary>
public sealed record ComplaintSides(
    ImmutableArray<StaffId> Against, Unit Chief, Unit Keeper, ImmutableArray<StaffId> Handlers)
{
    /// <summary>As they are in the complaint now.</summary>
    public static ComplaintSides Of(Complaint s) => new(
        [.. s.Against], s.Chief, s.Keeper,
        [.. s.HandledBy.OrderBy(id => id.Value, StringComparer.Ordinal)]);

    /// <summary>True where both say the same, in any order.</summary>
    public bool SameAs(ComplaintSides other) =>
        (Chief, Keeper) == (other.Chief, other.Keeper) && Against.ToHashSet().SetEquals(other.Against)
        && Handlers.ToHashSet().SetEquals(other.Handlers);
}
