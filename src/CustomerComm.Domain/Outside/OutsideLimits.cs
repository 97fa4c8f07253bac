using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Outside;

/// <summary>
/// Limits of work orders from outside, where the order names no times itself (4.6.2-2). Contact and reply count from when
/// the authority received it.
/// </summary>
public sealed record OutsideLimits
{
    /// <summary>First contact with the resident. Default 1 working day.</summary>
    public Limit Contact { get; init; } = new(1, TimeUnit.WorkingDays);

    /// <summary>As above, of an urgent order. Default 2 hours of the clock.</summary>
    public Limit ContactUrgent { get; init; } = new(120, TimeUnit.Minutes);

    /// <summary>Reply to the authority. Default 5 working days.</summary>
    public Limit Reply { get; init; } = new(5, TimeUnit.WorkingDays);

    /// <summary>As above, of an urgent order. Default 24 hours of the clock.</summary>
    public Limit ReplyUrgent { get; init; } = new(1_440, TimeUnit.Minutes);

    /// <summary>
    /// Consent to giving an order back, and approval of a reply. Default 4 working hours; of an urgent order by the clock.
    /// </summary>
    public Limit Decide { get; init; } = new(240, TimeUnit.WorkingMinutes);

    /// <summary>The independent call-back after the reply. Default 3 working days.</summary>
    public Limit CallBack { get; init; } = new(3, TimeUnit.WorkingDays);
}
