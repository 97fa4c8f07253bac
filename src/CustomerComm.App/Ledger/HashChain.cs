using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>
/// The hash of an event, made of texts that anybody can write down and hash with what they have at hand; each line is in
/// UTF-8 and ended by a line feed, hashes are lower-case hex. Its content is the SHA-256 of six lines: stream, version,
/// type, time (Unix milliseconds), SHA-256 of the payload, and what was attached, see <see cref="Attach"/>, or <c>-</c>
/// for nothing. The event's hash is the SHA-256 of two lines, the predecessor's hash and the content. So evidence can leave
/// out a payload, or all that an event says, and the chain can still be checked.
/// </summary>
public static class HashChain
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int Length = 32;

    /// <summary>What the first event of a stream has as its predecessor.</summary>
    public static ReadOnlyMemory<byte> Start { get; } = new byte[Length];

    /// <summary>The hash of one event.</summary>
    public static byte[] Next(
        ReadOnlySpan<byte> previous, StreamId stream, long version, string type, DateTimeOffset at,
        ReadOnlySpan<byte> payload, ReadOnlySpan<byte> attached)
    {
        Span<byte> digest = stackalloc byte[Length];
        SHA256.HashData(payload, digest);
        return Link(previous, ContentOf(stream, version, type, at, digest, attached));
    }

    /// <summary>The hash of what an event says, from the hash of its payload.</summary>
    public static byte[] ContentOf(
        StreamId stream, long version, string type, DateTimeOffset at, ReadOnlySpan<byte> payloadHash,
        ReadOnlySpan<byte> attached) =>
        Hash(string.Create(
            CultureInfo.InvariantCulture,
            $"{stream.Value}\n{version}\n{type}\n{at.ToUnixTimeMilliseconds()}\n{Hex(payloadHash)}\n")
            + (attached.IsEmpty ? "-\n" : Hex(attached) + "\n"));

    /// <summary>The hash of an event from its predecessor's and its content's.</summary>
    public static byte[] Link(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> content) =>
        Hash($"{Hex(previous)}\n{Hex(content)}\n");

    /// <summary>True where the event's stored hash follows from its predecessor's and its own content.</summary>
    public static bool Holds(StoredEvent e, ReadOnlySpan<byte> previous) =>
        e.PreviousHash.Span.SequenceEqual(previous)
        && e.Hash.Span.SequenceEqual(
            Next(previous, e.Stream, e.Version, e.Type, e.At, e.Payload.Span, e.Attached.Span));

    /// <summary>
    /// The digest of what an append wrote besides its events, which its last event bears: SHA-256 over the hashes of the
    /// items, in hex, sorted, each with a line feed. Empty where there is nothing.
    /// </summary>
    public static byte[] Attach(IEnumerable<string> items)
    {
        var sorted = items.Order(StringComparer.Ordinal).ToList();
        return sorted.Count == 0 ? [] : Hash(string.Concat(sorted.Select(i => i + "\n")));
    }

    /// <summary>A message as an item: the hash of <c>message</c>, its id and the SHA-256 of its payload.</summary>
    public static string ItemOf(string messageId, ReadOnlySpan<byte> payload) =>
        Hex(Hash($"message\n{messageId}\n{Hex(SHA256.HashData(payload))}\n"));

    /// <summary>An id already taken as an item: the hash of <c>seen</c>, the SHA-256 of the id and its fingerprint.</summary>
    public static string ItemOf(SeenMessage seen) =>
        Hex(Hash($"seen\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(seen.Id)))}\n{seen.Fingerprint}\n"));

    /// <summary>The events of an append as they will be stored, behind this predecessor.</summary>
    public static IReadOnlyList<StoredEvent> Extend(Append request, ReadOnlyMemory<byte> previous)
    {
        var attached = Attach(
            request.Outbox.Select(m => ItemOf(m.Id, m.Payload.Span)).Concat(request.Seen.Select(ItemOf)));
        var events = new List<StoredEvent>(request.Events.Count);
        foreach (var e in request.Events)
        {
            var version = request.ExpectedVersion + events.Count + 1;
            var mine = events.Count == request.Events.Count - 1 ? attached : [];
            var hash = Next(previous.Span, request.Stream, version, e.Type, request.At, e.Payload.Span, mine);
            events.Add(new StoredEvent(
                request.Stream, version, e.Type, request.At, e.Payload, mine, previous, hash));
            previous = hash;
        }

        return events;
    }

    /// <summary>Lower-case hex.</summary>
    public static string Hex(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
