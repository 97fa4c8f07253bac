using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Measures;

/// <summary>Limits of corrective and preventive measures (4.6.2-5).</summary>
public sealed record MeasureLimits
{
    /// <summary>
    /// Checking whether a measure is effective, counted from its due date, or from when it was carried out where that
    /// was later (4.6.2-5). Default 10 working days.
    /// </summary>
    public Limit Check { get; init; } = new(10, TimeUnit.WorkingDays);

    /// <summary>
    /// Naming another owner where the present one turned out to be of the accused side (4.6.1-2-D). Default 1 working
    /// day.
    /// </summary>
    public Limit NameOwner { get; init; } = new(1, TimeUnit.WorkingDays);
}
