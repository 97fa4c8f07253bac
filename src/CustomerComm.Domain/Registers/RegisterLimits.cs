using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Registers;

/// <summary>Limits of the communication registers (4.2.1).</summary>
public sealed record RegisterLimits
{
    /// <summary>Answering a contact that wants an answer (4.2.1). Default 2 working days.</summary>
    public Limit Answer { get; init; } = new(2, TimeUnit.WorkingDays);
}
