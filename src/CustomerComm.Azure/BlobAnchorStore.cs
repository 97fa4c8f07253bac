using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>
/// Anchors in a blob container: <c>anchor/2026-11-23.json</c> is the signed line of a day, and
/// <c>heads/2026-11-23/&lt;root&gt;.json</c> are the heads that led to that root. Every blob is only ever created, never
/// written over and never deleted, so the container can have a time-based immutability policy; heads whose day was
/// broken off before its anchor stay behind and count for nothing.
/// </summary>
public sealed class BlobAnchorStore(StorageAccount account, IAnchorKey key) : AnchorStore(key)
{
    /// <summary>Name of the container, without the prefix.</summary>
    public const string Container = "anchors";

    private const string Anchors = "anchor/";

    private static readonly BlobRequestConditions s_create = new() { IfNoneMatch = ETag.All };

    /// <inheritdoc/>
    protected override async Task SaveDayAsync(LedgerAnchor anchor, string day, CancellationToken ct)
    {
        var blob = await OpenAsync(DayName(anchor.Date, anchor.RootHash)).ConfigureAwait(false);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(day));
        // Already there: the same heads, of an attempt before, or of our own whose answer was lost.
        await CreateAsync(blob, content, ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task SaveAnchorAsync(DateOnly date, string line, CancellationToken ct)
    {
        var blob = await OpenAsync(AnchorName(date)).ConfigureAwait(false);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(line));
        if (await CreateAsync(blob, content, ct).ConfigureAwait(false))
            return;
        // No two signatures are alike, so the same line is ours, whose answer was lost.
        if (await ReadAsync(blob, ct).ConfigureAwait(false) != line)
            throw new InvalidOperationException($"The anchor of {AnchorLine.Name(date)} is already published.");
    }

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<string>> ReadLastAsync(int take, CancellationToken ct)
    {
        var names = await NamesAsync(ct).ConfigureAwait(false);
        var lines = new List<string>(take);
        foreach (var name in names.TakeLast(take))
            lines.Add(await ReadAsync(await OpenAsync(name).ConfigureAwait(false), ct).ConfigureAwait(false));
        return lines;
    }

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<string> ReadAllAsync(
        DateOnly? after, [EnumeratorCancellation] CancellationToken ct)
    {
        var from = after is { } day ? AnchorName(day) : "";
        var names = await NamesAsync(ct).ConfigureAwait(false);
        foreach (var name in names.Where(n => string.CompareOrdinal(n, from) > 0))
            yield return await ReadAsync(await OpenAsync(name).ConfigureAwait(false), ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task<string?> FindDayAsync(DateOnly date, CancellationToken ct)
    {
        var anchor = await OpenAsync(AnchorName(date)).ConfigureAwait(false);
        var root = AnchorLine.Parse(await ReadAsync(anchor, ct).ConfigureAwait(false)).Anchor.RootHash;
        var blob = await OpenAsync(DayName(date, root)).ConfigureAwait(false);
        return await blob.ExistsAsync(ct).ConfigureAwait(false) ? await ReadAsync(blob, ct).ConfigureAwait(false) : null;
    }

    /// <summary>Names of the anchors, oldest first: blobs are listed by name, and days sort as they follow.</summary>
    private async Task<List<string>> NamesAsync(CancellationToken ct)
    {
        var container = await account.OpenContainerAsync(Container).ConfigureAwait(false);
        return await container
            .GetBlobsAsync(BlobTraits.None, BlobStates.None, Anchors, ct)
            .Select(b => b.Name).ToListAsync(ct).ConfigureAwait(false);
    }

    private static async Task<string> ReadAsync(BlockBlobClient blob, CancellationToken ct)
    {
        try
        {
            var found = await blob.DownloadContentAsync(ct).ConfigureAwait(false);
            return found.Value.Content.ToString();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw new InvalidDataException($"{blob.Name} is missing", e);
        }
    }

    /// <summary>False where a blob of that name is there.</summary>
    private static async Task<bool> CreateAsync(BlockBlobClient blob, Stream content, CancellationToken ct)
    {
        try
        {
            var options = new BlobUploadOptions { Conditions = s_create };
            await blob.UploadAsync(content, options, ct).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    private async Task<BlockBlobClient> OpenAsync(string name) =>
        (await account.OpenContainerAsync(Container).ConfigureAwait(false)).GetBlockBlobClient(name);

    private static string AnchorName(DateOnly date) => $"{Anchors}{AnchorLine.Name(date)}.json";

    private static string DayName(DateOnly date, ReadOnlyMemory<byte> root) =>
        $"heads/{AnchorLine.Name(date)}/{Convert.ToHexStringLower(root.Span)}.json";
}
