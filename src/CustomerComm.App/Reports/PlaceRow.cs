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
    /// <inheritdoc/>
    public required string PartitionKey { get; init; }

    /// <inheritdoc/>
    public required string RowKey { get; init; }

    /// <inheritdoc/>
    public required long Version { get; init; }

    /// <summary>Number of the case.</summary>
    public required string Number { get; init; }

    /// <summary>Received, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Stage.</summary>
    public required string Stage { get; init; }

    /// <summary>How it ended.</summary>
    public required string Outcome { get; init; }

    /// <summary>The case that leads it, or empty.</summary>
    public required string LeadCase { get; init; }

    /// <summary>The row of a case; null where its building is not known or there is nothing to handle in it.</summary>
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
            LeadCase = s.LeadCase?.ToString() ?? "",
        };
    }

    /// <summary>Partition of a building's complaints about one thing.</summary>
    public static string PartitionOf(CommunityId community, string building, Category category) =>
        $"{community}_{building}_{category}";

    /// <summary>Beginning of the keys of what was received at a time.</summary>
    public static string KeyOf(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
