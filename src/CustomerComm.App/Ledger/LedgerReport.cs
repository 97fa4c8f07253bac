using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>What does not hold in a ledger.</summary>
public enum LedgerFaultKind
{
    /// <summary>An event is missing, or comes twice: versions do not follow each other.</summary>
    Gap,
    /// <summary>An event does not name the hash of the event before it.</summary>
    BrokenLink,
    /// <summary>An event's content is not what its hash was taken of.</summary>
    Altered,
    /// <summary>The head names another end than the last event.</summary>
    WrongHead,
    /// <summary>The stream ends before, or lacks, an event that was anchored: its tail was cut off.</summary>
    Truncated,
    /// <summary>The event is another one than the one that was anchored: history was written anew.</summary>
    Rewritten,
    /// <summary>An anchor's signature, order or leaves do not hold.</summary>
    BadAnchor,
}

/// <summary>
/// The first thing found that does not hold. Without a <paramref name="Stream"/> the anchor of
/// <paramref name="Anchor"/> itself is at fault. <paramref name="Version"/> is the event concerned, 0 for an anchor.
/// </summary>
public sealed record LedgerFault(
    LedgerFaultKind Kind, StreamId? Stream, long Version, DateOnly? Anchor, string Text);

/// <summary>How much was verified, and the first fault or null. Behind a fault nothing was looked at.</summary>
public sealed record LedgerReport(long Streams, long Events, long Anchors, LedgerFault? Fault)
{
    /// <summary>True where everything holds.</summary>
    public bool Holds => Fault is null;
}

/// <summary>How far a verification has come.</summary>
public readonly record struct LedgerProgress(long Streams, long Events, long Anchors);
