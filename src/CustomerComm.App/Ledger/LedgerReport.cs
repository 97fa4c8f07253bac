using System.Globalization;
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
    /// <summary>Messages owed, or ids of messages taken, are not those that were written with the event.</summary>
    Attached,
    /// <summary>An event is dated before the one before it.</summary>
    TimeBackwards,
    /// <summary>What is open counts as closed, or nobody will look at it by the time it is due.</summary>
    Asleep,
    /// <summary>A number leads to another case than the one that bears it, or to none.</summary>
    Remapped,
    /// <summary>A person's key is gone without a record of an erasure, or is there in spite of one.</summary>
    PersonKey,
    /// <summary>The stream ends before, or lacks, an event that was anchored: its tail was cut off.</summary>
    Truncated,
    /// <summary>The event is another one than the one that was anchored: history was written anew.</summary>
    Rewritten,
    /// <summary>An event is dated before a root that does not have it: it was put in afterwards.</summary>
    Backdated,
    /// <summary>An anchor's signature, order, proof or heads do not hold, or its day is missing.</summary>
    BadAnchor,
    /// <summary>A published root is not the anchor's of that day, or no anchor's.</summary>
    BadRoot,
    /// <summary>For days nothing was anchored although events came.</summary>
    NotAnchored,
    /// <summary>A row is not what its case says, is missing, or belongs to none.</summary>
    WrongRow,
    /// <summary>The company's files say something else than what was adopted.</summary>
    NotAdopted,
}

/// <summary>
/// The first thing found that does not hold. Without a <paramref name="Stream"/> the anchor of
/// <paramref name="Anchor"/> itself is at fault. <paramref name="Version"/> is the event concerned, 0 for an anchor.
/// </summary>
public sealed record LedgerFault(
    LedgerFaultKind Kind, StreamId? Stream, long Version, DateOnly? Anchor, string Text)
{
    /// <summary>A fault at an event of a stream.</summary>
    internal static LedgerFault At(
        LedgerFaultKind kind, StreamId stream, long version, string text, DateOnly? anchor = null) =>
        new(kind, stream, version, anchor, string.Create(
            CultureInfo.InvariantCulture, $"Stream {stream.Value}, event {version}: {text}."));

    /// <summary>A fault of the anchor or root of a day.</summary>
    internal static LedgerFault Of(LedgerFaultKind kind, DateOnly? date, string text) =>
        new(kind, null, 0, date, $"Root of {(date is { } d ? AnchorLine.Name(d) : "?")}: {text}.");
}

/// <summary>How much was verified, and the first fault or null. Behind a fault nothing was looked at.</summary>
public sealed record LedgerReport(long Streams, long Events, long Anchors, LedgerFault? Fault)
{
    /// <summary>True where everything holds.</summary>
    public bool Holds => Fault is null;
}

/// <summary>How far a verification has come; rows only where they are looked at.</summary>
public readonly record struct LedgerProgress(long Streams, long Events, long Anchors, long Rows = 0);

/// <summary>What a verification has at hand besides the store and its anchors.</summary>
public sealed record LedgerCheck
{
    /// <summary>The lines that an outsider kept, in order; null: none are at hand.</summary>
    public IReadOnlyList<string>? Roots { get; init; }

    /// <summary>The public key that an outsider was handed, PEM; null: the one beside the anchors.</summary>
    public string? Key { get; init; }

    /// <summary>Compares every row of the tables with the cases.</summary>
    public bool Rows { get; init; }
}
