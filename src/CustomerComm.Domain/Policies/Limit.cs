namespace CustomerComm.Domain.Policies;

/// <summary>How a limit counts time.</summary>
public enum TimeUnit
{
    /// <summary>Minutes of the clock, day and night.</summary>
    Minutes,
    /// <summary>Days of the calendar: the same time of day, so many local days later.</summary>
    Days,
    /// <summary>Minutes of working time.</summary>
    WorkingMinutes,
    /// <summary>Working days: as much working time as that many full standard working days hold.</summary>
    WorkingDays,
}

/// <summary>
/// A length of time that a policy allows, e.g. 3 working days. <paramref name="Amount"/> is 1 to 100,000.
/// </summary>
public readonly record struct Limit(int Amount, TimeUnit Unit)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Amount} {Unit}";
}
