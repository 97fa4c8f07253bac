using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Sqlite;

/// <summary>
/// Anchors in files: <c>anchors.jsonl</c> with a signed line a day, only ever appended to, and
/// <c>anchors/2026-11-23.json</c> with each stream's version and hash of that day, one stream a line. Copying both to
/// a place that others keep is what makes them evidence: whoever can write here could also cut off the last anchors.
/// </summary>
public sealed class FileAnchorStore(string dataDirectory) : IAnchorStore
{
    private readonly string _anchors = Path.Combine(dataDirectory, "anchors.jsonl");
    private readonly string _leaves = Path.Combine(dataDirectory, "anchors");
    private readonly AnchorKey _key = new(dataDirectory);

    /// <inheritdoc/>
    public async Task WriteLeavesAsync(DateOnly date, IAsyncEnumerable<AnchorLeaf> leaves, CancellationToken ct)
    {
        var (latest, _) = await FindLastAsync(ct).ConfigureAwait(false);
        RequireLater(date, latest);
        Directory.CreateDirectory(_leaves);
        var path = LeavesPath(date);
        var temporary = path + ".tmp";
        var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        await using (file.ConfigureAwait(false))
        {
            var writer = new StreamWriter(file, leaveOpen: true) { NewLine = "\n" };
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

            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <inheritdoc/>
    public async Task PublishAsync(LedgerAnchor anchor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        var (latest, last) = await FindLastAsync(ct).ConfigureAwait(false);
        RequireLater(anchor.Date, latest);
        if (!File.Exists(LeavesPath(anchor.Date)))
            throw new InvalidOperationException("The leaves of an anchor are written before it.");
        var previous = last is null ? AnchorLine.NoPrevious : AnchorLine.HashOf(last);
        var line = AnchorLine.Sign(anchor, previous, _key) + "\n";

        var file = new FileStream(_anchors, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        await using (file.ConfigureAwait(false))
        {
            // A line without its end was being written when the power failed, so it was never published.
            file.SetLength(WholeLines(file));
            file.Position = file.Length;
            file.Write(Encoding.UTF8.GetBytes(line));
            file.Flush(flushToDisk: true);
        }
    }

    /// <inheritdoc/>
    public async Task<PublishedAnchor?> FindLatestAsync(CancellationToken ct)
    {
        PublishedAnchor? latest = null;
        await foreach (var anchor in ListAsync(ct).ConfigureAwait(false))
            latest = anchor;
        return latest;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PublishedAnchor> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var key = _key.OpenPublic();
        var previous = AnchorLine.NoPrevious;
        DateOnly? before = null;
        await foreach (var text in ReadLinesAsync(ct).ConfigureAwait(false))
        {
            var line = AnchorLine.Parse(text);
            var anchor = line.Anchor;
            var authentic = key is not null
                && line.IsSigned(key)
                && string.Equals(line.Previous, previous, StringComparison.Ordinal)
                && !(anchor.Date <= before);
            yield return new PublishedAnchor(anchor, authentic);
            previous = AnchorLine.HashOf(text);
            before = anchor.Date;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AnchorLeaf> ReadLeavesAsync(
        DateOnly date, [EnumeratorCancellation] CancellationToken ct)
    {
        var path = LeavesPath(date);
        if (!File.Exists(path))
            throw new InvalidDataException($"{path} is missing");
        await foreach (var line in File.ReadLinesAsync(path, ct).ConfigureAwait(false))
        {
            if (line is not ("{" or "}"))
                yield return ParseLeaf(line, path);
        }
    }

    private static AnchorLeaf ParseLeaf(string line, string path)
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
            throw new InvalidDataException($"{path} has a line that is no leaf", e);
        }
    }

    private static void RequireLater(DateOnly date, AnchorLine? latest)
    {
        if (latest is not null && latest.Anchor.Date >= date)
            throw new InvalidOperationException($"The anchor of {latest.Date} is already published.");
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

    private async Task<(AnchorLine? Line, string? Text)> FindLastAsync(CancellationToken ct)
    {
        string? last = null;
        await foreach (var text in ReadLinesAsync(ct).ConfigureAwait(false))
            last = text;
        return last is null ? default : (AnchorLine.Parse(last), last);
    }

    private async IAsyncEnumerable<string> ReadLinesAsync([EnumeratorCancellation] CancellationToken ct)
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

    private string LeavesPath(DateOnly date) => Path.Combine(_leaves, AnchorLine.Name(date) + ".json");
}
