using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Revisits;

/// <summary>
/// What was finished in a month, so that its revisit looks up instead of searching: repairs by the month they were done
/// in, complaints by the month they were closed in. Partition: community and month; row: the number.
/// </summary>
public sealed record ClosedRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Community { get; init; }

    /// <summary>Month it was finished in, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>Kind of matter: <c>order</c> or <c>complaint</c>.</summary>
    public required string Matter { get; init; }

    /// <summary>Its stream.</summary>
    public required string Stream { get; init; }

    public required string Category { get; init; }

    /// <summary>Id of whoever did the work, empty where nobody is known.</summary>
    public required string Handler { get; init; }

    /// <summary>When it was finished, UTC.</summary>
    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>The row of a complaint; null unless it was solved, verified and closed.</summary>
    internal static ClosedRow? Of(LoadedMatter<Complaint> matter, TimeZoneInfo zone)
    {
        var s = matter.State;
        if (s.Outcome != Outcome.Verified || s.ClosedAt is not { } at)
            return null;
        var month = Months.Of(at, zone);
        return new ClosedRow
        {
            PartitionKey = Months.PartitionOf(s.Community, month),
            RowKey = s.Number.ToString(),
            Version = matter.Version,
            Community = s.Community.Value,
            Month = month,
            Matter = ComplaintKind.Name,
            Stream = matter.Stream.Value,
            Category = s.Category.ToString(),
            Handler = s.Handler?.Value ?? "",
            ClosedAt = at,
        };
    }
}
