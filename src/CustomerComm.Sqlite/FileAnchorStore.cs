using System.Runtime.CompilerServices;
using System.Text;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;

namespace CustomerComm.Sqlite;

/// <summary>
/// Anchors in files: <c>anchors.jsonl</c> with a signed line a day, only ever appended to, and
/// <c>anchors/2026-11-23.json</c> with each stream's version and hash of that day, one stream a line. Copying both to
/// a place that others keep is what makes them evidence: whoever can write here could also cut off the last anchors.
/// </summary>
public sealed class FileAnchorStore(string dataDirectory, IAnchorKey key) : AnchorStore(key)
{
    private readonly string _anchors = Path.Combine(dataDirectory, "anchors.jsonl");
    private readonly string _leaves = Path.Combine(dataDirectory, "anchors");

    /// <summary>With the key in a file of the same data directory.</summary>
    public FileAnchorStore(string dataDirectory)
        : this(dataDirectory, new FileAnchorKey(dataDirectory))
    {
    }

    /// <inheritdoc/>
    protected override async Task SaveLeavesAsync(
        DateOnly date, IAsyncEnumerable<AnchorLeaf> leaves, CancellationToken ct)
    {
        Directory.CreateDirectory(_leaves);
        var path = LeavesPath(date);
        var temporary = path + ".tmp";
        var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        await using (file.ConfigureAwait(false))
        {
            await FormatLeavesAsync(file, leaves, ct).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <inheritdoc/>
    protected override Task<bool> HasLeavesAsync(LedgerAnchor anchor, CancellationToken ct)
    {
        return Task.FromResult(File.Exists(LeavesPath(anchor.Date)));
    }

    /// <inheritdoc/>
    protected override async Task SaveAnchorAsync(DateOnly date, string line, CancellationToken ct)
    {
        var file = new FileStream(_anchors, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        await using (file.ConfigureAwait(false))
        {
            // A line without its end was being written when the power failed, so it was never published.
            file.SetLength(WholeLines(file));
            file.Position = file.Length;
            file.Write(Encoding.UTF8.GetBytes(line + "\n"));
            file.Flush(flushToDisk: true);
        }
    }

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<string>> ReadLastAsync(int take, CancellationToken ct) =>
        await ReadAllAsync(ct).TakeLast(take).ToListAsync(ct).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<string> ReadAllAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (!File.Exists(_anchors))
            yield break;
        // Small: a few hundred bytes a day.
        var text = await File.ReadAllTextAsync(_anchors, ct).ConfigureAwait(false);
        var lines = text.Split('\n');
        // What follows the last line feed is empty, or was never published whole.
        foreach (var line in lines[..^1])
            yield return line;
    }

    /// <inheritdoc/>
    protected override IAsyncEnumerable<string> ReadLeafLinesAsync(DateOnly date, CancellationToken ct)
    {
        var path = LeavesPath(date);
        return File.Exists(path)
            ? File.ReadLinesAsync(path, ct)
            : throw new InvalidDataException($"{path} is missing");
    }

    /// <summary>Length of the file up to and including its last line feed.</summary>
    private static long WholeLines(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
                return end;
        }

        return 0;
    }

    private string LeavesPath(DateOnly date) => Path.Combine(_leaves, AnchorLine.Name(date) + ".json");
}
