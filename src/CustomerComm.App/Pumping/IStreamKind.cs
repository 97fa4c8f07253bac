using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Pumping;

/// <summary>
/// How a stream stands by its events alone: open or not (null: it never is), when the pump must look at it again besides
/// for messages that wait, and its number where that was given out to another stream.
/// </summary>
public sealed record StreamStanding(long Version, bool? Open, DateTimeOffset? Next, string? Number);

/// <summary>One kind of stream: how the pump moves it forward. Found by the part of the id before the first dot.</summary>
public interface IStreamKind
{
    /// <summary>Parts before the first dot of the ids of its streams, e.g. <c>complaint</c>.</summary>
    IReadOnlyList<string> Prefixes { get; }

    /// <summary>
    /// Moves the stream forward as far as it goes now; <paramref name="head"/> is its head where it was just read. Null: it
    /// moved on meanwhile, so go round again.
    /// </summary>
    Task<PumpResult?> AdvanceAsync(StreamId stream, StreamHead? head, CancellationToken ct);

    /// <summary>Records that a message of the stream was given up or came back, so that a person sees to it.</summary>
    Task ReportLostAsync(StreamId stream, GivenUp lost, SeenMessage seen, CancellationToken ct);

    /// <summary>How the stream stands by its events, for the ledger's verification; null where there is none.</summary>
    Task<StreamStanding?> StandingAsync(StreamId stream, CancellationToken ct);

    /// <summary>All rows of the stream as they should stand in the tables now; none where it has none.</summary>
    Task<IReadOnlyList<ITableRow>> RowsAsync(StreamId stream, CancellationToken ct);

    /// <summary>The kinds of row that are written from streams alone, so that each belongs to one.</summary>
    IReadOnlyList<Type> OwnRows { get; }

    /// <summary>Takes the kind's rows away, before they are written afresh.</summary>
    Task ClearRowsAsync(CancellationToken ct);

    /// <summary>Writes the rows of the stream afresh; false where it has none.</summary>
    Task<bool> RebuildRowsAsync(StreamId stream, CancellationToken ct);
}

/// <summary>Finds the kind of a stream.</summary>
public sealed class StreamKinds
{
    private readonly Dictionary<string, IStreamKind> _kinds;

    /// <summary>Takes all kinds; throws <see cref="ArgumentException"/> where two share a prefix.</summary>
    public StreamKinds(IEnumerable<IStreamKind> kinds)
    {
        All = [.. kinds];
        _kinds = All.SelectMany(k => k.Prefixes, (k, p) => (Kind: k, Prefix: p))
            .ToDictionary(x => x.Prefix, x => x.Kind, StringComparer.Ordinal);
    }

    /// <summary>All kinds.</summary>
    public IReadOnlyList<IStreamKind> All { get; }

    /// <summary>The kind of a stream, or null where nothing is ever to be done for it.</summary>
    public IStreamKind? Of(StreamId stream)
    {
        var end = stream.Value.IndexOf('.', StringComparison.Ordinal);
        return end < 0 ? null : _kinds.GetValueOrDefault(stream.Value[..end]);
    }
}
