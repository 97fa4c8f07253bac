using CustomerComm.App.Ports;

namespace CustomerComm.App.Ledger;

/// <summary>How far a witness was told the ledger's roots. Partition <c>witness</c>, row the witness's name.</summary>
public sealed record WitnessRow : ITableRow
{
    /// <summary>The one partition.</summary>
    public const string Partition = "witness";

    /// <inheritdoc/>
    public string PartitionKey { get; init; } = Partition;

    public required string RowKey { get; init; }

    /// <summary>The last day whose root it was told, <c>yyyy-MM-dd</c> in the company's calendar.</summary>
    public required string Date { get; init; }

    /// <summary>SHA-256 of the line, lower-case hex.</summary>
    public required string LineHash { get; init; }

    /// <summary>When it was told, UTC.</summary>
    public required DateTimeOffset ToldAt { get; init; }

    /// <inheritdoc/>
    public long Version => ToldAt.ToUnixTimeMilliseconds();
}
