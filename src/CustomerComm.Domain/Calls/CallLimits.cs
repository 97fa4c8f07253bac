using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Calls;

/// <summary>Limits of the hotline and of the duty roster (4.5.1, 4.5.2).</summary>
public sealed record CallLimits
{
    /// <summary>Calling back whoever was missed (4.5.2). Default 15 minutes of the clock.</summary>
    public Limit CallBack { get; init; } = new(15, TimeUnit.Minutes);

    /// <summary>Rings within which the phone is answered (4.5.2). Default 3.</summary>
    public int Rings { get; init; } = 3;

    /// <summary>
    /// Seconds one ring takes with its pause, for telephone systems that count seconds only. Default 5.
    /// </summary>
    public int SecondsPerRing { get; init; } = 5;

    /// <summary>Days ahead that the duty roster must be filled (4.5.2). Default 7.</summary>
    public int RosterDays { get; init; } = 7;

    /// <summary>Filling a gap in the roster, at the latest when it begins (4.5.2). Default 1 day.</summary>
    public Limit Cover { get; init; } = new(1, TimeUnit.Days);
}
