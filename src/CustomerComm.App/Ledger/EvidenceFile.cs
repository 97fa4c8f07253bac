using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerComm.App.Ledger;

/// <summary>
/// The evidence of a case: everything needed to check, with a published root and nothing else, that these events
/// happened in this order and were on record when the root was published. docs/evidence.md tells how to check it by hand.
/// Hashes are lower-case hex, blobs base64, times of events Unix milliseconds as the hash has them.
/// </summary>
public sealed record EvidenceFile
{
    /// <summary>The only format there is.</summary>
    public const string Known = "customercomm-evidence-1";

    /// <summary>JSON of the file.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Format, <see cref="Known"/>.</summary>
    public required string Format { get; init; }

    /// <summary>The company that made it.</summary>
    public required string Company { get; init; }

    /// <summary>What people call the case.</summary>
    public required string Number { get; init; }

    /// <summary>Its stream.</summary>
    public required string Stream { get; init; }

    /// <summary>When it was made, UTC, ISO 8601.</summary>
    public required string Made { get; init; }

    /// <summary>For whom: <c>resident</c> (what is internal stands by its hash alone) or <c>auditor</c>.</summary>
    public required string Reader { get; init; }

    /// <summary>All events, in order.</summary>
    public required IReadOnlyList<EvidenceEvent> Events { get; init; }

    /// <summary>Messages that the shown events owed, as far as they are shown.</summary>
    public required IReadOnlyList<EvidenceMessage> Messages { get; init; }

    /// <summary>What was owed, by whom and until when, and when it was done. It follows from the events and is here to be read.</summary>
    public required IReadOnlyList<EvidenceObligation> Obligations { get; init; }

    /// <summary>The head of the case as it is in the tree.</summary>
    public required EvidenceLeaf Leaf { get; init; }

    /// <summary>The published line whose root the proof leads to, as it was published.</summary>
    public required string Root { get; init; }
}

/// <summary>
/// An event. Shown: with type, time and payload; else <paramref name="Content"/> alone, the hash of all these.
/// <paramref name="Items"/> are the hashes of what was attached to it.
/// </summary>
public sealed record EvidenceEvent(
    long Version, string? Content, string? Type, long? At, string? Payload, IReadOnlyList<string>? Items,
    IReadOnlyList<OpenedValue>? Opened);

/// <summary>A message to a person: id, payload and how far its delivery has come (which no hash covers).</summary>
public sealed record EvidenceMessage(
    long Version, string Id, string Payload, string Status, IReadOnlyList<OpenedValue>? Opened);

/// <summary>A sealed value of a payload, with its own key and what it says.</summary>
public sealed record OpenedValue(string Sealed, string Key, string Text);

/// <summary>Something owed; times are UTC, ISO 8601; <paramref name="Done"/> is null where it is still open.</summary>
public sealed record EvidenceObligation(
    string Kind, string Clause, string Owner, string Since, string Due, string? Done, bool Late);

/// <summary>A head in the tree: so many events, their last hash; its place among so many, and the way to the root.</summary>
public sealed record EvidenceLeaf(long Version, string Hash, long Index, long Size, IReadOnlyList<string> Path);
