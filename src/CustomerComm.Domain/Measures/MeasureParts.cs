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

/// <summary>What the owner says was done, and who said so.</summary>
public sealed record MeasureResult(StaffId By, DateTimeOffset At, Personal Text);

/// <summary>A check of a measure: in which round, by whom, what was found (4.5.4).</summary>
public sealed record MeasureCheck(
    int Round, StaffId By, DateTimeOffset At, bool Effective, Personal Finding, MeasureResult Of);
