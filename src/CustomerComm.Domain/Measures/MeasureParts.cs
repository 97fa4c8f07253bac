using System.Collections.Immutable;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.Domain.Measures;

/// <summary>Which of the two reports of a major complaint a measure comes from (4.6.2-5).</summary>
public enum MeasureType
{
    /// <summary>纠正措施: removes the cause of what went wrong.</summary>
    Corrective,
    /// <summary>预防措施: keeps the like from happening elsewhere or again.</summary>
    Preventive,
}

/// <summary>Where a measure stands.</summary>
public enum MeasureStage
{
    /// <summary>Its owner has to carry it out.</summary>
    ToCarryOut,
    /// <summary>It was carried out; whether it is effective has to be checked.</summary>
    ToCheck,
    /// <summary>It was found effective: nothing is left to do.</summary>
    Effective,
}

/// <summary>
/// A measure as a report states it: what is to be done, by whom, and by when (4.6.2-5).
/// </summary>
public sealed record PlannedMeasure(Personal What, StaffId Owner, DateTimeOffset Due);

/// <summary>
/// All the complaint is against, who decides and who keeps its records, and everybody who handled it or acted for whoever
/// did: none of these last checks a measure (4.5.4), and nobody of the accused side has a part in one (4.6.1-2-D).
/// </summary>
public sealed record MeasureSides(
    ImmutableArray<StaffId> Against, Unit Chief, Unit Keeper, ImmutableArray<StaffId> Handlers)
{
    /// <summary>As they are in the complaint now.</summary>
    public static MeasureSides Of(Complaint s) => new(
        [.. s.Against], s.Chief, s.Keeper,
        [.. (s.Handler is { } h ? s.Handlers.Add(h) : s.Handlers).OrderBy(id => id.Value, StringComparer.Ordinal)]);

    /// <summary>True where both say the same, in any order.</summary>
    public bool SameAs(MeasureSides other) =>
        (Chief, Keeper) == (other.Chief, other.Keeper) && Against.ToHashSet().SetEquals(other.Against)
        && Handlers.ToHashSet().SetEquals(other.Handlers);
}

/// <summary>What the owner says was done, and who said so.</summary>
public sealed record MeasureResult(StaffId By, DateTimeOffset At, Personal Text);

/// <summary>A check of a measure: in which round, by whom, what was found (4.5.4).</summary>
public sealed record MeasureCheck(
    int Round, StaffId By, DateTimeOffset At, bool Effective, Personal Finding, MeasureResult Of);
