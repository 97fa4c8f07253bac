using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using CustomerComm.Domain;

namespace CustomerComm.Azure;

/// <summary>A row of the index: the stream wants attention, says the write of that id.</summary>
internal sealed record DueEntry(StreamId Stream, string Id, string RowKey, bool Old);

/// <summary>
/// Table <c>Due</c>: one partition, keyed by time, stream and the id of the write that set the time, so that the most
/// urgent come first. A row is written before the head that refers to it, so a wake-up is never lost; it counts only
/// while the head refers to it. Rows belong to one write each: whoever replaces a due time removes its row without
/// having to mind others, and what a crash left behind is removed by whoever comes across it a while later.
/// </summary>
internal sealed class DueIndex(TableStorage storage)
{
    public const string Table = "Due";

    private const string Partition = "due";

    // Longer than a write can take with all its repetitions, so that no row is removed whose head is on its way.
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(15);

    // A row this old when its head is written might have been taken for a left-over: it is written again.
    private static readonly TimeSpan s_tooLong = s_grace / 3;

    private static readonly long s_epoch = -DateTimeOffset.MinValue.ToUnixTimeMilliseconds();

    /// <summary>Writes the row; returns when, for <see cref="ConfirmAsync"/>.</summary>
    public async Task<long> WriteAsync(StreamId stream, DateTimeOffset due, string id)
    {
        var begun = Stopwatch.GetTimestamp();
        var table = await storage.OpenAsync(Table).ConfigureAwait(false);
        var row = new TableEntity(Partition, Key(stream, due, id));
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace).ConfigureAwait(false);
        return begun;
    }

    /// <summary>After the head was written: makes sure that the row is there should that have taken long.</summary>
    public async Task ConfirmAsync(StreamId stream, DateTimeOffset due, string id, long begun)
    {
        if (Stopwatch.GetElapsedTime(begun) > s_tooLong)
            await WriteAsync(stream, due, id).ConfigureAwait(false);
    }

    /// <summary>Removes a row that no head refers to any more. Never fails: readers remove what stays.</summary>
    public Task RemoveAsync(StreamId stream, DateTimeOffset due, string id) => RemoveAsync(Key(stream, due, id));

    /// <inheritdoc cref="RemoveAsync(StreamId, DateTimeOffset, string)"/>
    public async Task RemoveAsync(string rowKey)
    {
        try
        {
            var table = await storage.OpenAsync(Table).ConfigureAwait(false);
            await table.DeleteEntityAsync(Partition, rowKey, ETag.All).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFaults.IsFault(e))
        {
            // It does no harm.
        }
    }

    /// <summary>Pages of rows due at or before a time, the most overdue first.</summary>
    public async IAsyncEnumerable<IReadOnlyList<DueEntry>> ReadAsync(
        DateTimeOffset before, int pageSize, [EnumeratorCancellation] CancellationToken ct)
    {
        var table = await storage.OpenAsync(Table).ConfigureAwait(false);
        var end = Time(before.ToUnixTimeMilliseconds() + 1);
        var pages = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey lt {end}"),
            Math.Clamp(pageSize, 1, 1000),
            cancellationToken: ct).AsPages();
        await foreach (var page in pages.ConfigureAwait(false))
        {
            // Both times are the server's, so no clock of ours decides what is old.
            using var response = page.GetRawResponse();
            var now = response.Headers.Date;
            yield return [.. page.Values.Select(row => Read(row, now))];
        }
    }

    private static DueEntry Read(TableEntity row, DateTimeOffset? now)
    {
        var parts = row.RowKey.Split('~');
        return new DueEntry(
            new StreamId(parts[1]), parts[2], row.RowKey, now is { } n && row.Timestamp is { } t && n - t > s_grace);
    }

    private static string Key(StreamId stream, DateTimeOffset due, string id) =>
        $"{Time(due.ToUnixTimeMilliseconds())}~{stream.Value}~{id}";

    private static string Time(long millis) => (millis + s_epoch).ToString("D15", CultureInfo.InvariantCulture);
}
