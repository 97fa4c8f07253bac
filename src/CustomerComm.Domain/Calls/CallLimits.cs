using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Calls;

/// <summary>Limits of the hotline (4.5.1, 4.5.2).</summary>
public sealed record CallLimits
{
    /// <summary>Calling back whoever was missed (4.5.2). Default 15 minutes of the clock.</summary>
    public Limit CallBack { get; init; } = new(15, TimeUnit.Minutes);
}
