using System.Text.Json;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Storage;

/// <summary>
/// Erases persons by their keys. That it was done, and why, is recorded first, in a stream of the person's own: a key that
/// is gone without a record was lost or destroyed, and the ledger's verification says so.
/// </summary>
public sealed class Erasure(IEventStore store, SealedJson json, TimeProvider time)
{
    private const string Prefix = "erasure.";
    private const string Erased = "PersonErased";

    /// <summary>
    /// Erases; <paramref name="reason"/> names no person, for it stays. Repeating it finishes what was broken off.
    /// </summary>
    public async Task EraseAsync(string keyId, string reason, CancellationToken ct)
    {
        var stream = StreamOf(keyId);
        if (await store.ReadHeadAsync(stream, ct) is null)
        {
            var record = JsonSerializer.SerializeToUtf8Bytes(new { person = keyId, reason });
            await store.AppendAsync(
                new Append(stream, 0, time.Now(), [new NewEvent(Erased, record)], [], [], null, Open: false), ct);
        }

        await json.EraseAsync(keyId, ct);
    }

    /// <summary>The stream of a person's erasure.</summary>
    public static StreamId StreamOf(string keyId) => new(Prefix + keyId);

    /// <summary>The id of the key that the stream says is erased, or null where it says no such thing.</summary>
    public static string? PersonOf(StreamId stream) =>
        stream.Value.StartsWith(Prefix, StringComparison.Ordinal) ? stream.Value[Prefix.Length..] : null;
}
