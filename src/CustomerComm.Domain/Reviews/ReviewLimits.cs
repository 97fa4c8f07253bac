using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Reviews;

/// <summary>Limits of the monthly review and inspection (4.5.4).</summary>
public sealed record ReviewLimits
{
    /// <summary>Reviewing a month (4.5.4). Default 5 working days after its end.</summary>
    public Limit Review { get; init; } = new(5, TimeUnit.WorkingDays);

    /// <summary>Inspecting the review (4.5.4). Default 5 working days.</summary>
    public Limit Inspect { get; init; } = new(5, TimeUnit.WorkingDays);
}
