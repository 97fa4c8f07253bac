using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using CustomerComm.Domain;

namespace CustomerComm.Azure;

/// <summary>A row of an index: what it says of the stream holds while its head refers to that write.</summary>
internal sealed record IndexEntry(StreamId Stream, string Id, string RowKey, bool Old);

/// <summary>
/// A table that finds streams by something their heads say: <c>Due</c> by due time, <c>Open</c> the open ones by id. A
/// row is written before the head that refers to it, so nothing is ever missing; it counts only while the head refers
/// to it. Rows belong to one write each: whoever changes a head removes the row of the one before without having to
/// mind others, and what a crash left behind is removed by whoever comes across it a while later.
/// </summary>
internal sealed class IndexTable(StorageAccount account, string name)
{
    /// <summary>Table of due times.</summary>
    public const string Due = "Due";

    /// <summary>Table of open streams.</summary>
    public const string Open = "Open";

    private const int IdLength = 32;

    // Longer than a write can take with all its repetitions, so that no row is removed whose head is on its way.
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(15);

    // A row this old when its head is written might have been taken for a left-over: it is written again.
    private static readonly TimeSpan s_tooLong = s_grace / 3;

    private static readonly long s_epoch = -DateTimeOffset.MinValue.ToUnixTimeMilliseconds();

    private readonly string _partition = name.ToLowerInvariant();

    /// <summary>Due rows go by time, so that the most urgent come first.</summary>
    public static string DueKey(StreamId stream, DateTimeOffset due, string id) =>
        $"{Time(due.ToUnixTimeMilliseconds())}~{stream.Value}~{id}";

    /// <summary>Open rows go by stream; a blank sorts before whatever else an id may go on with.</summary>
    public static string OpenKey(StreamId stream, string id) => $"{stream.Value} {id}";

    /// <summary>Row keys due at or before a time lie below this one.</summary>
    public static string DueEnd(DateTimeOffset before) => Time(before.ToUnixTimeMilliseconds() + 1);

    /// <summary>Row keys of streams behind this one lie from this one on.</summary>
    public static string OpenStart(StreamId? after) => after is { } a ? a.Value + "!" : "";

    /// <summary>Writes the row; returns when, for <see cref="ConfirmAsync"/>.</summary>
    public async Task<long> WriteAsync(string rowKey)
    {
        var begun = Stopwatch.GetTimestamp();
        var table = await account.OpenTableAsync(name).ConfigureAwait(false);
        await table.UpsertEntityAsync(new TableEntity(_partition, rowKey), TableUpdateMode.Replace)
            .ConfigureAwait(false);
        return begun;
    }

    /// <summary>After the head was written: makes sure that the row is there should that have taken long.</summary>
    public async Task ConfirmAsync(string rowKey, long begun)
    {
        if (Stopwatch.GetElapsedTime(begun) > s_tooLong)
            await WriteAsync(rowKey).ConfigureAwait(false);
    }

    /// <summary>Removes a row that no head refers to any more. Never fails: readers remove what stays.</summary>
    public async Task RemoveAsync(string rowKey)
    {
        try
        {
            var table = await account.OpenTableAsync(name).ConfigureAwait(false);
            await table.DeleteEntityAsync(_partition, rowKey, ETag.All).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFaults.IsFault(e))
        {
            // It does no harm.
        }
    }

    /// <summary>Pages of rows from one key (inclusive) to another (exclusive), in order.</summary>
    public async IAsyncEnumerable<IReadOnlyList<IndexEntry>> ReadAsync(
        string? from, string? to, int pageSize, [EnumeratorCancellation] CancellationToken ct)
    {
        var table = await account.OpenTableAsync(name).ConfigureAwait(false);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {_partition}");
        if (!string.IsNullOrEmpty(from))
            filter += " and " + TableClient.CreateQueryFilter($"RowKey ge {from}");
        if (to is not null)
            filter += " and " + TableClient.CreateQueryFilter($"RowKey lt {to}");
        var pages = table.QueryAsync<TableEntity>(filter, Math.Clamp(pageSize, 1, 1000), cancellationToken: ct)
            .AsPages();
        await foreach (var page in pages.ConfigureAwait(false))
        {
            // Both times are the server's, so no clock of ours decides what is old.
            using var response = page.GetRawResponse();
            var now = response.Headers.Date;
            yield return [.. page.Values.Select(row => Read(row, now))];
        }
    }

    private IndexEntry Read(TableEntity row, DateTimeOffset? now)
    {
        var key = row.RowKey;
        var stream = name == Due ? key[16..^(IdLength + 1)] : key[..^(IdLength + 1)];
        return new IndexEntry(
            new StreamId(stream), key[^IdLength..], key, now is { } n && row.Timestamp is { } t && n - t > s_grace);
    }

    private static string Time(long millis) => (millis + s_epoch).ToString("D15", CultureInfo.InvariantCulture);
}
