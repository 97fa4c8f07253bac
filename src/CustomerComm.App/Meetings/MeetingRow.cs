using CustomerComm.App.Ports;

namespace CustomerComm.App.Meetings;

/// <summary>
/// A meeting with the owners' committee. Partition: community; row: the newest first, then the number. No personal
/// data.
/// </summary>
public sealed record MeetingRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Number { get; init; }

    /// <summary>Stage, a <c>MeetingStage</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>To be held by, UTC; empty where nobody had to be reminded.</summary>
    public DateTimeOffset? SoughtBy { get; init; }

    /// <summary>Time set, UTC.</summary>
    public DateTimeOffset? PlannedFor { get; init; }

    /// <summary>Held, UTC.</summary>
    public DateTimeOffset? HeldAt { get; init; }

    /// <summary>Recorded, UTC.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>People who took part.</summary>
    public required int Attendees { get; init; }

    /// <summary>Those of the committee and the representatives among them.</summary>
    public required int Owners { get; init; }

    /// <summary>Statements recorded.</summary>
    public required int Statements { get; init; }

    /// <summary>Corrections of statements.</summary>
    public required int Corrections { get; init; }

    /// <summary>Actions agreed on.</summary>
    public required int Actions { get; init; }

    /// <summary>Actions not done yet.</summary>
    public required int ActionsOpen { get; init; }

    /// <summary>Actions done after they were due.</summary>
    public required int ActionsLate { get; init; }

    /// <summary>How often the minutes were sent.</summary>
    public required int MinutesSent { get; init; }
}
