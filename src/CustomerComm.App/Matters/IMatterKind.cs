using CustomerComm.App.Messages;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Matters;

/// <summary>
/// A matter as evidence tells of it: its number, what was owed, and which of its events, in order, its resident is shown.
/// </summary>
public sealed record MatterAccount(
    string Number, IReadOnlyList<ObligationStep> Steps, IReadOnlyList<bool> ShownToResident);

/// <summary>
/// A kind of matter as those see it that need not know which: work lists, the acknowledgement of lapses, upkeep.
/// </summary>
public interface IMatterKind : IStreamKind
{
    /// <summary>Names of its stored event types, those of the obligations included.</summary>
    IReadOnlyDictionary<string, Type> EventTypes { get; }

    /// <summary>What evidence tells of the matter besides its events, or null where it does not exist.</summary>
    Task<MatterAccount?> AccountAsync(StreamId stream, CancellationToken ct);

    /// <summary>The matter of this stream, or null.</summary>
    Task<MatterView?> ViewAsync(StreamId stream, CancellationToken ct);

    /// <summary>
    /// Acknowledges a lapse: null where that is done, else why not. A matter that does not exist is refused as well.
    /// </summary>
    Task<Refusal?> AcknowledgeAsync(
        StreamId stream, ObligationKind kind, string subject, string? comment, StaffMember by, CancellationToken ct);

    /// <summary>
    /// A token that opens a page of the matter, for whoever is known to be its reader: the one they were given where
    /// that is still in memory, else a new one. Null where there is no such matter.
    /// </summary>
    Task<string?> MakeLinkAsync(StreamId stream, PageIssue page, CancellationToken ct);

    /// <summary>Forgets what is kept in memory, e.g. after a person was erased.</summary>
    void Forget();
}
