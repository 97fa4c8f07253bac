using System.Globalization;
using CustomerComm.App.Ports;
using CustomerComm.Domain.Privacy;

namespace CustomerComm.App.Privacy;

/// <summary>
/// What a person asked about their data. Partition: community; row: the newest first, then the number. No personal data.
/// </summary>
public sealed record DataRequestRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Number { get; init; }

    /// <summary>Its stream.</summary>
    public required string Stream { get; init; }

    /// <summary>A <c>DataRequestType</c>.</summary>
    public required string Type { get; init; }

    /// <summary>A <c>DataRequestStage</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Asked, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>To be answered by, UTC.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Id of who recorded it; empty where the person asked alone.</summary>
    public required string EnteredBy { get; init; }

    /// <summary>Id of who approved the erasure, or empty.</summary>
    public required string ApprovedBy { get; init; }

    /// <summary>Ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The row of a request: a pure function of its state.</summary>
    internal static DataRequestRow Of(DataRequest s, string stream, long version) => new()
    {
        PartitionKey = s.Community.Value,
        RowKey = string.Create(
            CultureInfo.InvariantCulture, $"{253_402_300_799 - s.AskedAt.ToUnixTimeSeconds():D12}-{s.Number}"),
        Version = version,
        Number = s.Number,
        Stream = stream,
        Type = s.Asked.Type.ToString(),
        Stage = s.Stage.ToString(),
        AskedAt = s.AskedAt,
        Due = s.AnswerDue,
        EnteredBy = s.Asked.EnteredBy?.Value ?? "",
        ApprovedBy = s.Approval?.By.Value ?? "",
        EndedAt = s.EndedAt,
    };
}

/// <summary>
/// Leads from a person's pseudonym (<c>p-…</c>) to their open data requests, and from <c>approved</c> to the erasures that
/// are to be carried out; row: the number.
/// </summary>
public sealed record DataRequestLinkRow : ITableRow
{
    /// <summary>Partition of the erasures that are to be carried out.</summary>
    public const string Approved = "approved";

    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Stream of the request.</summary>
    public required string Stream { get; init; }
}
