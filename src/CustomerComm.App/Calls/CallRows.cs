using CustomerComm.App.Ports;

namespace CustomerComm.App.Calls;

/// <summary>
/// One call. Partition: community and month of its start (<c>HY-2026-11</c>); row: the newest first. No personal
/// data: the caller's number is in the ledger only.
/// </summary>
public sealed record CallRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Number { get; init; }

    public required string Community { get; init; }

    /// <summary>Who answers the line: <c>Office</c>, or <c>Quality</c> the company's complaint line.</summary>
    public required string Unit { get; init; }

    /// <summary>Month of its start in the community's time zone, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>Stream of the call.</summary>
    public required string Stream { get; init; }

    /// <summary><c>In</c> or <c>Out</c>.</summary>
    public required string Way { get; init; }

    /// <summary>From or to an own number or staff; not counted.</summary>
    public required bool Internal { get; init; }

    /// <summary>Started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Rings before it was answered or given up; empty where unknown.</summary>
    public int? Rings { get; init; }

    /// <summary>Seconds before it was answered or given up; empty where unknown.</summary>
    public int? SecondsToAnswer { get; init; }

    /// <summary>Id of who answered, empty where unknown.</summary>
    public required string AnsweredBy { get; init; }

    /// <summary>Seconds of talk; empty where unknown.</summary>
    public int? Seconds { get; init; }

    /// <summary>Nobody answered.</summary>
    public required bool Missed { get; init; }

    /// <summary>Answered within three rings; empty where unknown or not counted.</summary>
    public bool? InTime { get; init; }

    /// <summary>A call back is owed by then, UTC.</summary>
    public DateTimeOffset? CallBackDue { get; init; }

    /// <summary>Called back or spoken to later, UTC.</summary>
    public DateTimeOffset? CalledBackAt { get; init; }

    /// <summary>The caller was reached then.</summary>
    public bool? Reached { get; init; }

    /// <summary>Id of who entered it by hand, empty where the telephone system told it.</summary>
    public required string EnteredBy { get; init; }
}

/// <summary>
/// A community's month of calls to the hotline (4.5.2). Partition: community; row: month <c>yyyy-MM</c>.
/// </summary>
public sealed record CallMonthRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Residents' calls to the hotline.</summary>
    public required int Calls { get; init; }

    /// <summary>Answered.</summary>
    public required int Answered { get; init; }

    /// <summary>Answered within three rings.</summary>
    public required int InTime { get; init; }

    /// <summary>Answered, but how fast is not known.</summary>
    public required int Unknown { get; init; }

    /// <summary>Missed.</summary>
    public required int Missed { get; init; }

    /// <summary>Missed and called back in time.</summary>
    public required int CalledBackInTime { get; init; }

    /// <summary>Missed and called back late.</summary>
    public required int CalledBackLate { get; init; }

    /// <summary>Missed and not called back yet.</summary>
    public required int Owed { get; init; }

    /// <summary>Missed, and nobody can be called back: the number was withheld.</summary>
    public required int Withheld { get; init; }

    /// <summary>Share of all calls that were answered within three rings, 0 to 1; empty without any call.</summary>
    public double? Share { get; init; }
}

/// <summary>
/// Finds the calls of one number: partition a pseudonym of community and number, row the time of the call. For matching
/// call-backs only, no report.
/// </summary>
public sealed record CallerRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Stream of the call.</summary>
    public required string Stream { get; init; }

    /// <summary>Office and resident spoke in it.</summary>
    public required bool Spoken { get; init; }

    /// <summary>Started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }
}
