using CustomerComm.App.Pumping;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Matters;

/// <summary>
/// A kind of matter as those see it that need not know which: work lists, the acknowledgement of lapses, upkeep.
/// </summary>
public interface IMatterKind : IStreamKind
{
    /// <summary>Names of its stored event types, those of the obligations included.</summary>
    IReadOnlyDictionary<string, Type> EventTypes { get; }

    /// <summary>The matter of this stream, or null.</summary>
    Task<MatterView?> ViewAsync(StreamId stream, CancellationToken ct);

    /// <summary>
    /// Acknowledges a lapse: null where that is done, else why not. A matter that does not exist is refused as well.
    /// </summary>
    Task<Refusal?> AcknowledgeAsync(
        StreamId stream, ObligationKind kind, string subject, string? comment, StaffMember by, CancellationToken ct);

    /// <summary>Forgets what is kept in memory, e.g. after a person was erased.</summary>
    void Forget();
}
