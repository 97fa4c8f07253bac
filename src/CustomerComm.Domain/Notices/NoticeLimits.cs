using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Notices;

/// <summary>Limits of notices (4.2.2).</summary>
public sealed record NoticeLimits
{
    /// <summary>Publishing a drafted notice that names no time (4.2.2). Default 1 working day.</summary>
    public Limit Publish { get; init; } = new(1, TimeUnit.WorkingDays);
}
