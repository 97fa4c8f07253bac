using CustomerComm.App.Ports;

namespace CustomerComm.App.Reviews;

/// <summary>How a month's review stands. Partition: the community; row: the month. No personal data.</summary>
public sealed record ReviewRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Number, e.g. <c>HY-R-2026-11</c>.</summary>
    public required string Number { get; init; }

    public required string Stage { get; init; }

    /// <summary>1, and one more each time it was sent back.</summary>
    public required int Round { get; init; }

    /// <summary>Opinions of the month, as counted last.</summary>
    public required int Opinions { get; init; }

    /// <summary>Opinions reviewed so far.</summary>
    public required int Reviewed { get; init; }

    /// <summary>Of these, handled to the end.</summary>
    public required int Handled { get; init; }

    /// <summary>Of these, told to whoever gave them.</summary>
    public required int Told { get; init; }

    /// <summary>Verified by quality.</summary>
    public required int Verified { get; init; }

    /// <summary>The office must be done by then, UTC.</summary>
    public required DateTimeOffset ReviewDue { get; init; }

    /// <summary>Handed to quality, UTC.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Closed, UTC.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}

/// <summary>
/// A closed month in figures as they stood then (3.2, 4.5.4). Partition: the community; row: the month. No personal
/// data.
/// </summary>
public sealed record MonthRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Opinions.</summary>
    public required int Opinions { get; init; }

    /// <summary>Complaints.</summary>
    public required int Complaints { get; init; }

    /// <summary>Enquiries.</summary>
    public required int Enquiries { get; init; }

    /// <summary>Suggestions.</summary>
    public required int Suggestions { get; init; }

    /// <summary>Repairs asked for.</summary>
    public required int Repairs { get; init; }

    /// <summary>Praise.</summary>
    public required int Praise { get; init; }

    /// <summary>Open when the month was closed.</summary>
    public required int Open { get; init; }

    /// <summary>Closed by then.</summary>
    public required int Closed { get; init; }

    /// <summary>Solved late, or late then.</summary>
    public required int Overdue { get; init; }

    /// <summary>Signed.</summary>
    public required int Signed { get; init; }

    /// <summary>Answers on satisfaction.</summary>
    public required int Answers { get; init; }

    /// <summary>Their mean, 1 to 5.</summary>
    public double? Satisfaction { get; init; }

    /// <summary>The most concentrated problems: category, building and complaints, separated by spaces.</summary>
    public required string Problems { get; init; }

    /// <summary>The review was closed, UTC.</summary>
    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>The report was published, UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
}
