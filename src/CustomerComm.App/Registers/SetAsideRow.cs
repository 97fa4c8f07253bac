using CustomerComm.App.Ports;

namespace CustomerComm.App.Registers;

/// <summary>
/// Something that came in, that nothing could be made of and nobody has seen to yet. One partition, <c>open</c>; row:
/// when it came in and its entry, the oldest first. Gone when somebody saw to it. No personal data.
/// </summary>
public sealed record SetAsideRow : ITableRow
{
    /// <summary>The only partition.</summary>
    public const string Partition = "open";

    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Community { get; init; }

    /// <summary>Post whose register it is in.</summary>
    public required string Post { get; init; }

    /// <summary>Month of that register, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>Running number within the register of the month.</summary>
    public required int Entry { get; init; }

    /// <summary>Why, an <c>Apart</c>.</summary>
    public required string Apart { get; init; }

    /// <summary>When it came in, UTC.</summary>
    public required DateTimeOffset ContactAt { get; init; }

    /// <summary>To be seen to by then, UTC.</summary>
    public required DateTimeOffset Due { get; init; }
}
