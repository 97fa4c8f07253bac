using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>
/// What a check came to: the first thing wrong, or null, with the day of the root, how many events it covers, and how many
/// came after it and are covered by none yet.
/// </summary>
public sealed record EvidenceReport(string? Wrong, string Number, DateOnly Root, long Covered, long After, bool Signed);

/// <summary>
/// Checks an evidence file with the published roots and nothing else: no store, no network, none of our keys. With a
/// public key the root's signature is checked as well.
/// </summary>
public static class EvidenceVerifier
{
    /// <summary>
    /// Checks. Throws <see cref="InvalidDataException"/> for what is no evidence file at all, or a file of roots that
    /// cannot be read.
    /// </summary>
    public static EvidenceReport Verify(ReadOnlySpan<byte> file, IReadOnlyList<string> roots, string? key)
    {
        var evidence = Read(file);
        var line = AnchorLine.Parse(evidence.Root);
        var wrong = Events(evidence, out var hashes)
            ?? Leaf(evidence, hashes, line)
            ?? Root(evidence.Root, line, roots, key);
        var covered = Math.Min(evidence.Leaf.Version, evidence.Events.Count);
        return new EvidenceReport(
            wrong, evidence.Number, line.Anchor.Date, covered, evidence.Events.Count - covered, key is not null);
    }

    private static EvidenceFile Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return JsonSerializer.Deserialize<EvidenceFile>(file, EvidenceFile.Json) is { Format: EvidenceFile.Known } found
                ? found
                : throw new InvalidDataException($"This is no evidence file of the format {EvidenceFile.Known}.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"This is no evidence file: {e.Message}", e);
        }
    }

    /// <summary>The chain of all events, and that what is shown of them is what their hashes were taken of.</summary>
    private static string? Events(EvidenceFile evidence, out List<byte[]> hashes)
    {
        hashes = [];
        var previous = HashChain.Start.ToArray();
        var messages = evidence.Messages.ToLookup(m => m.Version);
        foreach (var e in evidence.Events)
        {
            if (e.Version != hashes.Count + 1)
                return Text($"event {hashes.Count + 1} is missing");
            try
            {
                if (Shown(evidence, e, messages[e.Version], out var content) is { } wrong)
                    return Text($"event {e.Version}: {wrong}");
                previous = HashChain.Link(previous, content);
                hashes.Add(previous);
            }
            catch (Exception x) when (x is FormatException or CryptographicException or ArgumentException or JsonException)
            {
                return Text($"event {e.Version}: {x.Message}");
            }
        }

        return messages.Any(m => m.Key < 1 || m.Key > evidence.Events.Count) ? "a message is of no event" : null;
    }

    private static string? Shown(
        EvidenceFile evidence, EvidenceEvent e, IEnumerable<EvidenceMessage> messages, out byte[] content)
    {
        content = [];
        if (e.Payload is null)
        {
            content = Convert.FromHexString(e.Content ?? "");
            return content.Length == HashChain.Length && !messages.Any() ? null : "it is neither shown nor named by its hash";
        }

        var payload = Convert.FromBase64String(e.Payload);
        var attached = HashChain.Attach(e.Items ?? []);
        content = HashChain.ContentOf(
            new StreamId(evidence.Stream), e.Version, e.Type ?? "",
            DateTimeOffset.FromUnixTimeMilliseconds(e.At ?? 0), SHA256.HashData(payload), attached);
        foreach (var message in messages)
        {
            var sealedMessage = Convert.FromBase64String(message.Payload);
            if (!(e.Items ?? []).Contains(HashChain.ItemOf(message.Id, sealedMessage), StringComparer.Ordinal))
                return $"message {message.Id} is not one that it owed";
            if (Opened(sealedMessage, message.Opened) is { } strange)
                return strange;
        }

        return Opened(payload, e.Opened) ?? Signature(payload, e.Opened);
    }

    /// <summary>Each value opened is in the payload, and its key opens it to what is said.</summary>
    private static string? Opened(byte[] payload, IReadOnlyList<OpenedValue>? opened)
    {
        if (opened is null)
            return null;
        var there = SealedJson.SealedIn(payload);
        foreach (var value in opened)
        {
            if (!there.Contains(value.Sealed, StringComparer.Ordinal))
                return "a value shown is not in it";
            if (PersonalCipher.Open(value.Sealed, Convert.FromBase64String(value.Key)) != value.Text)
                return "a value shown says something else";
        }

        return null;
    }

    /// <summary>A text that was put to the resident has the hash that stands beside it, which is what they sign.</summary>
    private static string? Signature(byte[] payload, IReadOnlyList<OpenedValue>? opened)
    {
        using var json = JsonDocument.Parse(payload);
        if (!json.RootElement.TryGetProperty("d", out var data) || data.ValueKind != JsonValueKind.Object
            || !data.TryGetProperty("textHash", out var hash) || !data.TryGetProperty("text", out var text))
        {
            return null;
        }

        var shown = (opened ?? []).FirstOrDefault(o => o.Sealed == text.GetString());
        return shown is null || HashChain.Hex(SHA256.HashData(Encoding.UTF8.GetBytes(shown.Text))) == hash.GetString()
            ? null
            : "the text put to the resident has another hash than was signed";
    }

    private static string? Leaf(EvidenceFile evidence, List<byte[]> hashes, AnchorLine line)
    {
        var leaf = evidence.Leaf;
        if (leaf.Version < 1 || leaf.Version > hashes.Count || HashChain.Hex(hashes[(int)leaf.Version - 1]) != leaf.Hash)
            return "the head in the tree is not the hash of its events";
        if (leaf.Size != line.Size)
            return "the proof is of a tree of another size than the root";
        var text = MerkleTree.TextOf(new AnchorLeaf(
            new StreamId(evidence.Stream), leaf.Version, Convert.FromHexString(leaf.Hash)));
        try
        {
            return MerkleProof.IsIncluded(
                leaf.Index, leaf.Size, MerkleTree.LeafHash(Encoding.UTF8.GetBytes(text)),
                [.. leaf.Path.Select(Convert.FromHexString)], line.Anchor.RootHash.Span)
                ? null : "the proof does not lead to the root";
        }
        catch (FormatException)
        {
            return "the proof is no list of hashes";
        }
    }

    private static string? Root(string text, AnchorLine line, IReadOnlyList<string> roots, string? key)
    {
        var published = roots.FirstOrDefault(r => AnchorLine.Parse(r).Date == line.Date);
        if (published is null)
            return $"the file of roots has none of {line.Date}";
        if (!string.Equals(published.Trim(), text, StringComparison.Ordinal))
            return $"another root was published on {line.Date}";
        if (key is null)
            return null;
        using var opened = AnchorLine.Open(key);
        return line.IsSigned(opened) ? null : $"the root of {line.Date} is not signed with this key";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
