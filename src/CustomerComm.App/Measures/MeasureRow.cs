using System.Globalization;
using CustomerComm.App.Ports;
using CustomerComm.Domain.Measures;

namespace CustomerComm.App.Measures;

/// <summary>
/// A corrective or preventive measure of a major complaint. Partition: community; row: the newest first, then the
/// number. No personal data.
/// </summary>
public sealed record MeasureRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Number { get; init; }

    /// <summary>Number of the complaint.</summary>
    public required string Complaint { get; init; }

    /// <summary>A <c>MeasureType</c>.</summary>
    public required string Type { get; init; }

    /// <summary>A <c>MeasureStage</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Id of whoever carries it out.</summary>
    public required string Owner { get; init; }

    /// <summary>The owner's unit.</summary>
    public required string Unit { get; init; }

    /// <summary>Filed, UTC.</summary>
    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>To be carried out by in this round, UTC.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Carried out in this round, UTC.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>To be checked by, UTC; empty where no check is owed.</summary>
    public DateTimeOffset? CheckDue { get; init; }

    /// <summary>Checked last, UTC.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Checks so far.</summary>
    public required int Checks { get; init; }

    /// <summary>Checks that found it not effective.</summary>
    public required int NotEffective { get; init; }

    /// <summary>The row of a measure: a pure function of its state.</summary>
    internal static MeasureRow Of(Measure s, long version) => new()
    {
        PartitionKey = s.Community.Value,
        RowKey = string.Create(
            CultureInfo.InvariantCulture, $"{253_402_300_799 - s.FiledAt.ToUnixTimeSeconds():D12}-{s.Number}"),
        Version = version,
        Number = s.Number,
        Complaint = s.Begun.Complaint.ToString(),
        Type = s.Begun.Type.ToString(),
        Stage = s.Stage.ToString(),
        Owner = s.Owner.Value,
        Unit = s.Unit.ToString(),
        FiledAt = s.FiledAt,
        Due = s.Due,
        DoneAt = s.Result?.At,
        CheckDue = s.CheckDue,
        CheckedAt = s.Checks is [.., var last] ? last.At : null,
        Checks = s.Checks.Count,
        NotEffective = s.Checks.Count(c => !c.Effective),
    };
}
