using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>
/// The hash of an event: SHA-256 over the predecessor's hash (32 bytes, zero for the first), then stream id, version,
/// type, time (Unix milliseconds) and payload, each string and blob preceded by its length.
/// </summary>
public static class HashChain
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int Length = 32;

    /// <summary>What the first event of a stream has as its predecessor.</summary>
    public static ReadOnlyMemory<byte> Start { get; } = new byte[Length];

    /// <summary>The hash of one event.</summary>
    public static byte[] Next(
        ReadOnlySpan<byte> previous,
        StreamId stream,
        long version,
        string type,
        DateTimeOffset at,
        ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        hash.AppendData(previous);
        AppendBlob(hash, number, Encoding.UTF8.GetBytes(stream.Value));
        AppendNumber(hash, number, version);
        AppendBlob(hash, number, Encoding.UTF8.GetBytes(type));
        AppendNumber(hash, number, at.ToUnixTimeMilliseconds());
        AppendBlob(hash, number, payload);
        return hash.GetHashAndReset();
    }

    /// <summary>True where the event's stored hash follows from its predecessor's and its own content.</summary>
    public static bool Holds(StoredEvent e, ReadOnlySpan<byte> previous) =>
        e.PreviousHash.Span.SequenceEqual(previous)
        && e.Hash.Span.SequenceEqual(Next(previous, e.Stream, e.Version, e.Type, e.At, e.Payload.Span));

    /// <summary>The events of an append as they will be stored, behind this predecessor.</summary>
    public static IReadOnlyList<StoredEvent> Extend(Append request, ReadOnlyMemory<byte> previous)
    {
        var events = new List<StoredEvent>(request.Events.Count);
        foreach (var e in request.Events)
        {
            var version = request.ExpectedVersion + events.Count + 1;
            var hash = Next(previous.Span, request.Stream, version, e.Type, request.At, e.Payload.Span);
            events.Add(new StoredEvent(request.Stream, version, e.Type, request.At, e.Payload, previous, hash));
            previous = hash;
        }

        return events;
    }

    private static void AppendBlob(IncrementalHash hash, Span<byte> number, ReadOnlySpan<byte> data)
    {
        AppendNumber(hash, number, data.Length);
        hash.AppendData(data);
    }

    private static void AppendNumber(IncrementalHash hash, Span<byte> number, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(number, value);
        hash.AppendData(number);
    }
}
