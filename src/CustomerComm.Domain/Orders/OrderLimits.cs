using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Orders;

/// <summary>Limits of orders and repairs (3.3, 4.2.4).</summary>
public sealed record OrderLimits
{
    /// <summary>Accepting an order (4.2.4). Default 2 hours of the clock.</summary>
    public Limit Accept { get; init; } = new(120, TimeUnit.Minutes);

    /// <summary>Carrying out an order that names no time (4.2.4). Default 3 working days.</summary>
    public Limit CarryOut { get; init; } = new(3, TimeUnit.WorkingDays);

    /// <summary>Obtaining the evaluation of a finished order (3.3). Default 2 working days.</summary>
    public Limit Evaluate { get; init; } = new(2, TimeUnit.WorkingDays);
}
