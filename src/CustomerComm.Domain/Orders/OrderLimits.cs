using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Orders;

/// <summary>Limits of orders and repairs (3.3, 4.2.4).</summary>
public sealed record OrderLimits
{
    /// <summary>Accepting an order (4.2.4). Default 2 hours of the clock.</summary>
    public Limit Accept { get; init; } = new(120, TimeUnit.Minutes);

    /// <summary>Carrying out an order that names no time (4.2.4). Default 3 working days.</summary>
    public Limit CarryOut { get; init; } = new(3, TimeUnit.WorkingDays);

    /// <summary>
    /// Carrying out an urgent one that names no time, e.g. a burst pipe. Default 4 hours of the clock.
    /// </summary>
    public Limit CarryOutUrgent { get; init; } = new(240, TimeUnit.Minutes);

    /// <summary>Obtaining the resident's answer to an amendment (4.2.4). Default 1 working day.</summary>
    public Limit Amend { get; init; } = new(1, TimeUnit.WorkingDays);

    /// <summary>Obtaining the evaluation of a finished order (3.3). Default 2 working days.</summary>
    public Limit Evaluate { get; init; } = new(2, TimeUnit.WorkingDays);

    /// <summary>How long a link to evaluate works. Default 14 days.</summary>
    public Limit Link { get; init; } = new(14, TimeUnit.Days);

    /// <summary>The highest mark that counts as bad and becomes a complaint, 0 to 4. Default 2.</summary>
    public int BadScore { get; init; } = 2;
}
