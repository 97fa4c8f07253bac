using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Meetings;

/// <summary>Limits of meetings with the owners' committee (4.5.5).</summary>
public sealed record MeetingLimits
{
    /// <summary>Recording a meeting (4.5.5). Default 2 working days.</summary>
    public Limit Record { get; init; } = new(2, TimeUnit.WorkingDays);
}
