using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Revisits;

/// <summary>Limits of the monthly revisit (4.5.3).</summary>
public sealed record RevisitLimits
{
    /// <summary>Revisiting a resident and obtaining the signature (4.5.3). Default 5 working days.</summary>
    public Limit Revisit { get; init; } = new(5, TimeUnit.WorkingDays);

    /// <summary>How long a link to a revisit works. Default 14 days.</summary>
    public Limit Link { get; init; } = new(14, TimeUnit.Days);

    /// <summary>
    /// Share of each handler's items that is revisited, 1 to 100 per cent; 100 revisits all. Default 100.
    /// </summary>
    public int SamplePercent { get; init; } = 100;

    /// <summary>Items of each handler that are revisited at least, as far as there are so many. Default 3.</summary>
    public int LeastPerHandler { get; init; } = 3;

    /// <summary>The highest mark that counts as bad and becomes a complaint, 0 to 4. Default 2.</summary>
    public int BadScore { get; init; } = 2;
}
