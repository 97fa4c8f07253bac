using System.Globalization;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Reports;

/// <summary>
/// Where a complaint is about: finds those from one place about one thing without looking through the others (4.5.7).
/// Partition: community, building and category (<c>HY_3_Equipment</c>); row: time of receipt and number. No personal
/// data.
/// </summary>
public sealed record PlaceRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Number { get; init; }

    /// <summary>Received, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required string Stage { get; init; }

    /// <summary>How it ended.</summary>
    public required string Outcome { get; init; }

    /// <summary>The complaint that leads it, or empty.</summary>
    public required string LeadComplaint { get; init; }

    /// <summary>The row of a complaint; null where its building is not known or there is nothing to handle in it.</summary>
    public static PlaceRow? Of(LoadedMatter<Complaint> matter)
    {
        var s = matter.State;
        if (s.Building.Length == 0 || !Natures.HandledAsComplaint(s.Kind))
            return null;
        return new PlaceRow
        {
            PartitionKey = PartitionOf(s.Community, s.Building, s.Category),
            RowKey = $"{KeyOf(s.ReceivedAt)}-{s.Number}",
            Version = matter.Version,
            Number = s.Number.ToString(),
            ReceivedAt = s.ReceivedAt,
            Stage = s.Stage.ToString(),
            Outcome = s.Outcome.ToString(),
            LeadComplaint = s.LeadComplaint?.ToString() ?? "",
        };
    }

    /// <summary>Partition of a building's complaints about one thing.</summary>
    public static string PartitionOf(CommunityId community, string building, Category category) =>
        $"{community}_{building}_{category}";

    /// <summary>Beginning of the keys of what was received at a time.</summary>
    public static string KeyOf(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
