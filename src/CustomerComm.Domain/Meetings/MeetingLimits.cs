using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Meetings;

/// <summary>Limits of meetings with the owners' committee (4.5.5).</summary>
public sealed record MeetingLimits
{
    /// <summary>Recording a meeting (4.5.5). Default 2 working days.</summary>
    public Limit Record { get; init; } = new(2, TimeUnit.WorkingDays);

    /// <summary>Sending the minutes after it was recorded (4.5.5). Default 2 working days.</summary>
    public Limit SendMinutes { get; init; } = new(2, TimeUnit.WorkingDays);

    /// <summary>The office meets the committee at least once in so many months (4.5.5). Default 3, 1 to 12.</summary>
    public int EveryMonths { get; init; } = 3;

    /// <summary>Meeting the committee once it is due (4.5.5). Default 25 days.</summary>
    public Limit Hold { get; init; } = new(25, TimeUnit.Days);
}
