using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Revisits;

namespace CustomerComm.App.Revisits;

/// <summary>
/// One revisit for management. Partition: community and the month that is revisited (<c>HY-2026-10</c>); row: the
/// number of the order or complaint. No personal data.
/// </summary>
public sealed record RevisitRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Community { get; init; }

    /// <summary>Month that is revisited, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>Stream of the revisit.</summary>
    public required string Stream { get; init; }

    /// <summary>Kind of matter revisited: <c>order</c> or <c>complaint</c>.</summary>
    public required string Matter { get; init; }

    public required string Category { get; init; }

    /// <summary>Id of whoever did the work, empty where nobody is known.</summary>
    public required string Handler { get; init; }

    /// <summary>Unit that revisits.</summary>
    public required string Owner { get; init; }

    /// <summary>How it ended; <c>None</c> while open.</summary>
    public required string Outcome { get; init; }

    /// <summary>Planned, UTC.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>To be signed by, UTC.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>How often the resident was asked.</summary>
    public required int Asked { get; init; }

    /// <summary>Attempts to reach the resident, those included.</summary>
    public required int Attempts { get; init; }

    /// <summary>Signed, UTC.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>How it was signed: <c>Drawn</c>, <c>Paper</c>, or empty.</summary>
    public required string Signature { get; init; }

    /// <summary>Quality of the work, 1 to 5.</summary>
    public int? Quality { get; init; }

    /// <summary>Attitude of the staff, 1 to 5.</summary>
    public int? Attitude { get; init; }

    /// <summary>The resident says that it is solved.</summary>
    public bool? Solved { get; init; }

    /// <summary>Number of the complaint the answer became, or empty.</summary>
    public required string Complaint { get; init; }

    /// <summary>The row of a revisit: a pure function of its state.</summary>
    internal static RevisitRow Of(Revisit s, StreamId stream, long version) => new()
    {
        PartitionKey = $"{s.Community}-{s.Planned.Month}",
        RowKey = s.Number,
        Version = version,
        Community = s.Community.Value,
        Month = s.Planned.Month,
        Stream = stream.Value,
        Matter = s.Item.Matter,
        Category = s.Item.Category.ToString(),
        Handler = s.Item.Handler?.Value ?? "",
        Owner = s.Planned.Sides.Owner.ToString(),
        Outcome = s.Outcome.ToString(),
        PlannedAt = s.PlannedAt,
        Due = s.Request.Due,
        Asked = s.Request.Asked,
        Attempts = s.Request.Attempts.Count,
        SignedAt = s.SignedAt,
        Signature = s.Signed?.Way.ToString() ?? "",
        Quality = s.Signed?.Judgement.Quality,
        Attitude = s.Signed?.Judgement.Attitude,
        Solved = s.Signed?.Judgement.Solved,
        Complaint = s.Complaint?.ToString() ?? "",
    };
}

/// <summary>
/// How the items of a month were picked: the record of the sample. Partition: community; row: the month.
/// </summary>
public sealed record RevisitSampleRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Items finished in the month.</summary>
    public required int Items { get; init; }

    /// <summary>Items picked.</summary>
    public required int Picked { get; init; }

    /// <summary>Share that was to be picked, per cent.</summary>
    public required int Percent { get; init; }

    /// <summary>Least of each handler.</summary>
    public required int LeastPerHandler { get; init; }

    /// <summary>When it was picked last, UTC.</summary>
    public required DateTimeOffset PickedAt { get; init; }
}
