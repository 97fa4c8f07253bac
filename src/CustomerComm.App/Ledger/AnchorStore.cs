using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>
/// What all stores of anchors do alike: which day may follow which, what is signed, how a chain of anchors is checked,
/// how leaves are written. An adapter only keeps lines and files: it never changes or removes an anchor.
/// </summary>
public abstract class AnchorStore(IAnchorKey key) : IAnchorStore
{
    /// <inheritdoc/>
    public async Task WriteLeavesAsync(DateOnly date, IAsyncEnumerable<AnchorLeaf> leaves, CancellationToken ct)
    {
        RequireLater(date, await ReadLastAsync(1, ct).ConfigureAwait(false));
        await SaveLeavesAsync(date, leaves, ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task PublishAsync(LedgerAnchor anchor, CancellationToken ct)
    {
        var last = await ReadLastAsync(1, ct).ConfigureAwait(false);
        RequireLater(anchor.Date, last);
        if (!await HasLeavesAsync(anchor, ct).ConfigureAwait(false))
            throw new InvalidOperationException("The leaves of an anchor are written before it.");
        var previous = last is [var text] ? AnchorLine.HashOf(text) : AnchorLine.NoPrevious;
        var line = await AnchorLine.SignAsync(anchor, previous, key, ct).ConfigureAwait(false);
        await SaveAnchorAsync(anchor.Date, line.ToString(), ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<PublishedAnchor?> FindLatestAsync(CancellationToken ct)
    {
        // Of two only the second is told of, so it does not matter that the first may follow another.
        var last = await ReadLastAsync(2, ct).ConfigureAwait(false);
        return await VerifyAsync(last.ToAsyncEnumerable(), ct).LastOrDefaultAsync(ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<PublishedAnchor> ListAsync(CancellationToken ct) => VerifyAsync(ReadAllAsync(ct), ct);

    /// <inheritdoc/>
    public async IAsyncEnumerable<AnchorLeaf> ReadLeavesAsync(
        DateOnly date, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in ReadLeafLinesAsync(date, ct).ConfigureAwait(false))
        {
            if (line is not ("{" or "}"))
                yield return ParseLeaf(line, date);
        }
    }

    /// <summary>The lines of the last anchors, oldest first, at most so many.</summary>
    protected abstract Task<IReadOnlyList<string>> ReadLastAsync(int take, CancellationToken ct);

    /// <summary>The lines of all anchors, oldest first.</summary>
    protected abstract IAsyncEnumerable<string> ReadAllAsync(CancellationToken ct);

    /// <summary>
    /// Keeps the leaves of a day that has no anchor yet, written by <see cref="FormatLeavesAsync"/>.
    /// </summary>
    protected abstract Task SaveLeavesAsync(
        DateOnly date, IAsyncEnumerable<AnchorLeaf> leaves, CancellationToken ct);

    /// <summary>Whether the leaves that the anchor covers are there.</summary>
    protected abstract Task<bool> HasLeavesAsync(LedgerAnchor anchor, CancellationToken ct);

    /// <summary>
    /// Adds the line of a day; durable on return. Throws InvalidOperationException where that day has one already.
    /// </summary>
    protected abstract Task SaveAnchorAsync(DateOnly date, string line, CancellationToken ct);

    /// <summary>Lines of the leaves of an anchored day; throws InvalidDataException where they are missing.</summary>
    protected abstract IAsyncEnumerable<string> ReadLeafLinesAsync(DateOnly date, CancellationToken ct);

    /// <summary>Writes leaves as one JSON object, a stream a line: <c>"id":{"version":1,"hash":"hex"}</c>.</summary>
    protected static async Task FormatLeavesAsync(
        Stream to, IAsyncEnumerable<AnchorLeaf> leaves, CancellationToken ct)
    {
        var writer = new StreamWriter(to, leaveOpen: true) { NewLine = "\n" };
        await using (writer.ConfigureAwait(false))
        {
            var separator = "{\n";
            await foreach (var leaf in leaves.WithCancellation(ct).ConfigureAwait(false))
            {
                var id = JsonSerializer.Serialize(leaf.Stream.Value);
                var hash = Convert.ToHexStringLower(leaf.Hash.Span);
                await writer.WriteAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{{separator}}{{id}}:{"version":{{leaf.Version}},"hash":"{{hash}}"}""")).ConfigureAwait(false);
                separator = ",\n";
            }

            await writer.WriteAsync(separator[0] == '{' ? "{\n}\n" : "\n}\n").ConfigureAwait(false);
        }
    }

    /// <summary>Checks signatures and order of lines of which the first is the first of all.</summary>
    private async IAsyncEnumerable<PublishedAnchor> VerifyAsync(
        IAsyncEnumerable<string> lines, [EnumeratorCancellation] CancellationToken ct)
    {
        using var publicKey = await OpenPublicAsync(ct).ConfigureAwait(false);
        var previous = AnchorLine.NoPrevious;
        DateOnly? before = null;
        await foreach (var text in lines.WithCancellation(ct).ConfigureAwait(false))
        {
            var line = AnchorLine.Parse(text);
            var anchor = line.Anchor;
            var authentic = publicKey is not null
                && line.IsSigned(publicKey)
                && string.Equals(line.Previous, previous, StringComparison.Ordinal)
                && !(anchor.Date <= before);
            yield return new PublishedAnchor(anchor, authentic);
            previous = AnchorLine.HashOf(text);
            before = anchor.Date;
        }
    }

    private async Task<ECDsa?> OpenPublicAsync(CancellationToken ct)
    {
        if (await key.FindPublicAsync(ct).ConfigureAwait(false) is not { } pem)
            return null;
        var opened = ECDsa.Create();
        opened.ImportFromPem(pem);
        return opened;
    }

    private static void RequireLater(DateOnly date, IReadOnlyList<string> last)
    {
        if (last is [.., var text] && AnchorLine.Parse(text) is var latest && latest.Anchor.Date >= date)
            throw new InvalidOperationException($"The anchor of {latest.Date} is already published.");
    }

    private static AnchorLeaf ParseLeaf(string line, DateOnly date)
    {
        try
        {
            using var json = JsonDocument.Parse($"{{{line.TrimEnd(',')}}}");
            var leaf = json.RootElement.EnumerateObject().Single();
            return new AnchorLeaf(
                new StreamId(leaf.Name),
                leaf.Value.GetProperty("version").GetInt64(),
                Convert.FromHexString(leaf.Value.GetProperty("hash").GetString()!));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException
            or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidDataException($"the leaves of {AnchorLine.Name(date)} have a line that is no leaf", e);
        }
    }
}
