using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Registers;

/// <summary>Limits of the communication registers (4.2.1).</summary>
public sealed record RegisterLimits
{
    /// <summary>Answering a contact that wants an answer (4.2.1). Default 2 working days.</summary>
    public Limit Answer { get; init; } = new(2, TimeUnit.WorkingDays);

    /// <summary>
    /// Seeing to what was set aside, as the triage of a complaint (4.6.2-1). Default 30 minutes of the clock.
    /// </summary>
    public Limit SeeTo { get; init; } = new(30, TimeUnit.Minutes);

    /// <summary>Taking over what a shift leaves open (4.5.2). Default 60 minutes of the clock.</summary>
    public Limit TakeOver { get; init; } = new(60, TimeUnit.Minutes);

    /// <summary>How long after a contact it may still be entered by hand (4.5.2). Default 31 days.</summary>
    public Limit EnterWithin { get; init; } = new(31, TimeUnit.Days);
}
