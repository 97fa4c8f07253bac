using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>
/// What all stores of anchors do alike: which day may follow which, what is signed, how a chain of anchors is checked,
/// how days are written. An adapter only keeps lines and files: it never changes or removes an anchor.
/// </summary>
public abstract class AnchorStore(IAnchorKey key) : IAnchorStore
{
    /// <inheritdoc/>
    public async Task PublishAsync(LedgerAnchor anchor, LedgerDay day, CancellationToken ct)
    {
        using var alone = await EnterAsync(ct).ConfigureAwait(false);
        var last = await ReadLastAsync(1, ct).ConfigureAwait(false);
        var before = last is [var text] ? AnchorLine.Parse(text).Anchor : null;
        if (before is not null && (before.Date >= anchor.Date || before.At > anchor.At))
            throw new InvalidOperationException($"The anchor of {before.Date:yyyy-MM-dd}, {before.At:O}, is already published.");
        var tree = TreeOf(day);
        if (before is not null && await key.FindPublicAsync(ct).ConfigureAwait(false) is null)
        {
            throw new InvalidDataException(
                "There are published roots, but the key that signed them is gone. Restore it from its back-up; it is not "
                + "made anew, for nobody could tell roots signed by another key from forged ones.");
        }

        if (tree.Size != anchor.Size || !tree.Root().AsSpan().SequenceEqual(anchor.RootHash.Span)
            || tree.Before != (before?.Size ?? 0)
            || (before is not null && !tree.RootBefore().AsSpan().SequenceEqual(before.RootHash.Span)))
        {
            throw new InvalidDataException($"What {anchor.Date:yyyy-MM-dd} adds does not go on from the anchor before.");
        }

        await SaveDayAsync(anchor, Format(day), ct).ConfigureAwait(false);
        var previous = last is [var line] ? AnchorLine.HashOf(line) : AnchorLine.NoPrevious;
        var signed = await AnchorLine.SignAsync(anchor, previous, tree.Consistency(), key, ct).ConfigureAwait(false);
        await SaveAnchorAsync(anchor.Date, signed.ToString(), ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<PublishedAnchor?> FindLatestAsync(CancellationToken ct)
    {
        // Of two only the second is told of, so it does not matter that the first may follow another.
        var last = await ReadLastAsync(2, ct).ConfigureAwait(false);
        return await VerifyAsync(last.ToAsyncEnumerable(), middle: last.Count == 2, ct).LastOrDefaultAsync(ct)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<PublishedAnchor> ListAsync(DateOnly? after, CancellationToken ct) =>
        VerifyAsync(ReadAllAsync(after, ct), middle: after is not null, ct);

    /// <inheritdoc/>
    public async Task<LedgerDay> ReadDayAsync(DateOnly date, CancellationToken ct)
    {
        var text = await FindDayAsync(date, ct).ConfigureAwait(false)
            ?? throw new InvalidDataException(
                $"what {AnchorLine.Name(date)} added is missing; restore its file from a back-up");
        try
        {
            return Read(text);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException
            or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidDataException($"what {AnchorLine.Name(date)} added cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public Task<string?> FindPublicKeyAsync(CancellationToken ct) => key.FindPublicAsync(ct);

    /// <summary>The tree of a day with all that it added.</summary>
    public static MerkleTree TreeOf(LedgerDay day)
    {
        var tree = new MerkleTree(day.Before, day.Subtrees);
        foreach (var leaf in day.Leaves)
            tree.Add(leaf);
        return tree;
    }

    /// <summary>
    /// Waits until nobody else publishes, where the store itself does not see to it that a day is published once.
    /// </summary>
    protected virtual Task<IDisposable?> EnterAsync(CancellationToken ct) => Task.FromResult<IDisposable?>(null);

    /// <summary>The lines of the last anchors, oldest first, at most so many.</summary>
    protected abstract Task<IReadOnlyList<string>> ReadLastAsync(int take, CancellationToken ct);

    /// <summary>The lines of all anchors, or of those behind a day, oldest first.</summary>
    protected abstract IAsyncEnumerable<string> ReadAllAsync(DateOnly? after, CancellationToken ct);

    /// <summary>Keeps what a day added; a day without an anchor does not count and may be written again.</summary>
    protected abstract Task SaveDayAsync(LedgerAnchor anchor, string day, CancellationToken ct);

    /// <summary>
    /// Adds the line of a day; durable on return. Throws InvalidOperationException where that day has one already.
    /// </summary>
    protected abstract Task SaveAnchorAsync(DateOnly date, string line, CancellationToken ct);

    /// <summary>What an anchored day added, as it was written; null where it is missing.</summary>
    protected abstract Task<string?> FindDayAsync(DateOnly date, CancellationToken ct);

    /// <summary>One JSON object, a head a line.</summary>
    private static string Format(LedgerDay day)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"before\":{day.Before},\"subtrees\":[");
        text.AppendJoin(',', day.Subtrees.Select(s => $"\"{HashChain.Hex(s.Span)}\""));
        text.Append("],\"heads\":[\n");
        text.AppendJoin(",\n", day.Leaves.Select(l => string.Create(
            CultureInfo.InvariantCulture,
            $"[{JsonSerializer.Serialize(l.Stream.Value)},{l.Version},\"{HashChain.Hex(l.Hash.Span)}\"]")));
        return text.Append("\n]}\n").ToString();
    }

    private static LedgerDay Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        var day = json.RootElement;
        return new LedgerDay(
            day.GetProperty("before").GetInt64(),
            [.. day.GetProperty("subtrees").EnumerateArray().Select(s => (ReadOnlyMemory<byte>)Hash(s))],
            [.. day.GetProperty("heads").EnumerateArray().Select(h => new AnchorLeaf(
                new StreamId(h[0].GetString()!), h[1].GetInt64(), Hash(h[2])))]);
    }

    private static byte[] Hash(JsonElement hex) => Convert.FromHexString(hex.GetString()!) is { Length: HashChain.Length } hash
        ? hash
        : throw new FormatException("a hash has 32 bytes");

    /// <summary>Checks lines of which the first is the first of all, or one from the middle.</summary>
    private async IAsyncEnumerable<PublishedAnchor> VerifyAsync(
        IAsyncEnumerable<string> lines, bool middle, [EnumeratorCancellation] CancellationToken ct)
    {
        using var publicKey = await OpenPublicAsync(ct).ConfigureAwait(false);
        var chain = new AnchorChain(publicKey);
        await foreach (var text in lines.WithCancellation(ct).ConfigureAwait(false))
        {
            var line = AnchorLine.Parse(text);
            var wrong = middle && chain.Last is null ? chain.Begin(line, text) : chain.Add(line, text);
            yield return new PublishedAnchor(
                line.Anchor, text, publicKey is null ? "there is no key to check its signature with" : wrong);
        }
    }

    private async Task<ECDsa?> OpenPublicAsync(CancellationToken ct) =>
        await key.FindPublicAsync(ct).ConfigureAwait(false) is { } pem ? AnchorLine.Open(pem) : null;
}
