using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CustomerComm.Domain;

/// <summary>The clauses of the procedure; numbers are the source's own.</summary>
public static class Clauses
{
    /// <summary>All of them, in the order of the procedure.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "1.0", "2.0", "3.1", "3.2", "3.3", "4.1.1", "4.1.2", "4.1.3", "4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.5.1",
        "4.5.2", "4.5.3", "4.5.4", "4.5.5", "4.5.6", "4.5.7", "4.6.1-1", "4.6.1-2", "4.6.1-2-A", "4.6.1-2-B",
        "4.6.1-2-C", "4.6.1-2-D", "4.6.1-2-E", "4.6.1-2-F", "4.6.1-2-G", "4.6.1-3", "4.6.1-4", "4.6.1-5", "4.6.2-1",
        "4.6.2-2", "4.6.2-3", "4.6.2-4", "4.6.2-5", "4.6.2-6",
    ];

    /// <summary>Those by which something is owed by a time; the others hold by rule at all times.</summary>
    public static FrozenSet<string> Dated { get; } = new[]
    {
        "3.3", "4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.5.2", "4.5.3", "4.5.4", "4.5.5", "4.5.6", "4.6.1-2-E",
        "4.6.1-2-F", "4.6.1-3", "4.6.1-4", "4.6.1-5", "4.6.2-1", "4.6.2-3", "4.6.2-4", "4.6.2-5", "4.6.2-6",
    }.ToFrozenSet(StringComparer.Ordinal);
}
