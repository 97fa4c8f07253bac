using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Reports;

/// <summary>
/// Leads from a person's pseudonym (<c>p-…</c>) to their complaints; row: the number. No personal data.
/// </summary>
public sealed record OwnRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Stream of the complaint.</summary>
    public required string Stream { get; init; }

    /// <summary>Received, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Number of the complaint it takes up again, or empty.</summary>
    public required string Follows { get; init; }

    /// <summary>One for the phone and one for the conversation it came by; none once the person is erased.</summary>
    public static IEnumerable<OwnRow> Of(LoadedMatter<Complaint> matter, Func<string, string> pseudonym)
    {
        var s = matter.State;
        string?[] addresses = s.Intake.Text.Value == Personal.Erased
            ? [] : [s.Intake.Contact.Phone?.Value, s.Intake.Contact.Conversation];
        return addresses.OfType<string>().Select(pseudonym)
            .Distinct(StringComparer.Ordinal).Select(key => new OwnRow
            {
                PartitionKey = key,
                RowKey = s.Number.ToString(),
                Version = matter.Version,
                Stream = matter.Stream.Value,
                ReceivedAt = s.ReceivedAt,
                Follows = s.Intake.Follows?.ToString() ?? "",
            });
    }
}
