using System.Globalization;
using CustomerComm.App.Ports;

namespace CustomerComm.App.Privacy;

/// <summary>What of a complaint was looked at.</summary>
public enum AccessKind
{
    /// <summary>Its page at the desk.</summary>
    Page,
    /// <summary>Its form, or that of a measure of it, as printed.</summary>
    Form,
    /// <summary>How it stands, by the HTTP interface.</summary>
    Json,
    /// <summary>Its whole evidence.</summary>
    Evidence,
    /// <summary>It and those from the same place.</summary>
    Related,
    /// <summary>The resident's own page of it.</summary>
    Status,
}

/// <summary>
/// Somebody of staff looked at a complaint; the same person at the same thing counts once a minute. Written twice, for the
/// case and for the day it is removed by. Partition: number of the complaint, or <c>day-20261105</c>; row: time, who, what,
/// for the day the number before them. No personal data of residents.
/// </summary>
public sealed record AccessRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Number of the complaint.</summary>
    public required string Number { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Id of who looked.</summary>
    public required string Staff { get; init; }

    /// <summary>Their unit then.</summary>
    public required string Unit { get; init; }

    /// <summary>Member or Head.</summary>
    public required string Rank { get; init; }

    /// <summary>What of it, an <c>AccessKind</c>.</summary>
    public required string What { get; init; }

    /// <summary>The same look in the partition of its day.</summary>
    internal AccessRow OfDay => this with { PartitionKey = DayOf(At), RowKey = $"{Number}-{RowKey}" };

    /// <summary>Partition of a day, UTC.</summary>
    internal static string DayOf(DateTimeOffset at) =>
        at.UtcDateTime.ToString("'day-'yyyyMMdd", CultureInfo.InvariantCulture);
}

/// <summary>
/// How far the log of who looked was cleared: all days before <see cref="Day"/>. Partition <c>access</c>, row
/// <c>cleared</c>.
/// </summary>
public sealed record AccessClearedRow : ITableRow
{
    /// <inheritdoc/>
    public string PartitionKey { get; init; } = "access";

    /// <inheritdoc/>
    public string RowKey { get; init; } = "cleared";

    /// <summary>The first day that is kept, UTC.</summary>
    public required DateTimeOffset Day { get; init; }

    /// <inheritdoc/>
    public long Version => Day.ToUnixTimeSeconds();
}
