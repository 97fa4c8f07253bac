using CustomerComm.App.Ports;

namespace CustomerComm.App.Jobs;

/// <summary>The last completed run of a job. Partition <c>jobs</c>, row the job's name.</summary>
public sealed record JobRow : ITableRow
{
    /// <summary>The one partition.</summary>
    public const string Partition = "jobs";

    /// <inheritdoc/>
    public string PartitionKey { get; init; } = Partition;

    public required string RowKey { get; init; }

    /// <summary>The time on schedule that was run last, of a job of the moment when it was run, UTC.</summary>
    public required DateTimeOffset Occurrence { get; init; }

    /// <summary>When that run ended, UTC.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>How many things it did.</summary>
    public required long Done { get; init; }

    /// <summary>What it said.</summary>
    public required string Result { get; init; }

    /// <inheritdoc/>
    public long Version => Occurrence.ToUnixTimeSeconds();
}
