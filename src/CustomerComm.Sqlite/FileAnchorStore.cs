using System.Runtime.CompilerServices;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;

namespace CustomerComm.Sqlite;

/// <summary>
/// Anchors in files: <c>anchors.jsonl</c> with a signed line a day, only ever appended to, and
/// <c>anchors/2026-11-23.json</c> with the heads that day added, one a line. Whoever can write here could cut off the
/// last anchors: that shows where the lines were published as well.
/// </summary>
public sealed class FileAnchorStore(string dataDirectory, IAnchorKey key) : AnchorStore(key)
{
    private const int MostTries = 300;

    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(100);

    private readonly string _anchors = Path.Combine(dataDirectory, FileName);
    private readonly string _days = Path.Combine(dataDirectory, "anchors");

    /// <summary>Name of the file of lines.</summary>
    public const string FileName = "anchors.jsonl";

    /// <inheritdoc/>
    protected override async Task<IDisposable?> EnterAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(_days);
        var path = Path.Combine(_days, "lock");
        for (var tries = 1; ; tries++)
        {
            try
            {
                // An flock on Unix: it ends with the process, however that ends.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < MostTries)
            {
                await Task.Delay(s_between, TimeProvider.System, ct).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task SaveDayAsync(LedgerAnchor anchor, string day, CancellationToken ct)
    {
        DurableFile.Replace(PathOf(anchor.Date), day);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task SaveAnchorAsync(DateOnly date, string line, CancellationToken ct)
    {
        LineFile.Append(_anchors, line);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<string>> ReadLastAsync(int take, CancellationToken ct) =>
        await ReadAllAsync(null, ct).TakeLast(take).ToListAsync(ct).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<string> ReadAllAsync(
        DateOnly? after, [EnumeratorCancellation] CancellationToken ct)
    {
        // Small: a few kilobytes a day.
        foreach (var line in await LineFile.ReadAsync(_anchors, ct).ConfigureAwait(false))
        {
            if (after is null || AnchorLine.Parse(line).Anchor.Date > after)
                yield return line;
        }
    }

    /// <inheritdoc/>
    protected override async Task<string?> FindDayAsync(DateOnly date, CancellationToken ct)
    {
        var path = PathOf(date);
        return File.Exists(path) ? await File.ReadAllTextAsync(path, ct).ConfigureAwait(false) : null;
    }

    private string PathOf(DateOnly date) => Path.Combine(_days, AnchorLine.Name(date) + ".json");
}
