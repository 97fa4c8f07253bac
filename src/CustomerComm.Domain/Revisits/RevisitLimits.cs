using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Revisits;

/// <summary>Limits of the monthly revisit (4.5.3).</summary>
public sealed record RevisitLimits
{
    /// <summary>Revisiting a resident and obtaining the signature (4.5.3). Default 5 working days.</summary>
    public Limit Revisit { get; init; } = new(5, TimeUnit.WorkingDays);
}
