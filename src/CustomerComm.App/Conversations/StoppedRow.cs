using CustomerComm.App.Ports;

namespace CustomerComm.App.Conversations;

/// <summary>
/// A talk whose writer wants no surveys and notices by this way: what is told to everybody looks it up by one key. One
/// partition, <c>stopped</c>; row: the stream of the talk. No personal data.
/// </summary>
public sealed record StoppedRow : ITableRow
{
    /// <summary>The only partition.</summary>
    public const string Partition = "stopped";

    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }
}
