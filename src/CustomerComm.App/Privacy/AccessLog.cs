using System.Globalization;
using System.Threading.Channels;
using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerComm.App.Privacy;

/// <summary>
/// Who of staff looked at which complaint. Looks are written off the request's way, some at a time: no page waits for it.
/// What could not be written is tried again; so many that they fill <see cref="Most"/> are dropped with an error in the log.
/// </summary>
public sealed partial class AccessLog(
    ITables tables, RulesBook book, TimeProvider time, ILogger<AccessLog> log) : BackgroundService
{
    /// <summary>Most looks that wait to be written.</summary>
    public const int Most = 50_000;

    private const int Together = 200;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly Channel<AccessRow> _waiting =
        System.Threading.Channels.Channel.CreateBounded<AccessRow>(new BoundedChannelOptions(Most));

    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Notes that somebody looks at a complaint; returns at once.</summary>
    public void Note(Complaint complaint, StaffMember by, AccessKind what)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var row = new AccessRow
        {
            PartitionKey = complaint.Number.ToString(),
            RowKey = string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyyMMddHHmm}-{by.Id}-{what}"),
            Version = at.ToUnixTimeMilliseconds(),
            Number = complaint.Number.ToString(),
            At = at,
            Staff = by.Id.Value,
            Unit = by.Unit.ToString(),
            Rank = by.Rank.ToString(),
            What = what.ToString(),
        };
        if (!_waiting.Writer.TryWrite(row))
            Dropped(log, complaint.Number);
    }

    /// <summary>Writes all that waits now.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            var some = new List<AccessRow>();
            while (_waiting.Reader.TryRead(out var row))
            {
                some.Add(row);
                if (some.Count == Together)
                {
                    await WriteAsync(some, ct);
                    some.Clear();
                }
            }

            await WriteAsync(some, ct);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Who looked at a complaint, the latest first; at most 1,000.</summary>
    public async Task<IReadOnlyList<AccessRow>> OfAsync(MatterNumber number, CancellationToken ct)
    {
        await FlushAsync(ct);
        var found = new List<AccessRow>();
        await foreach (var row in tables.RowsAsync<AccessRow>(number.ToString(), ct))
            found.Add(row);
        return [.. found.OrderByDescending(r => r.At).Take(1_000)];
    }

    /// <summary>
    /// Removes what is older than the policy keeps it, a day at a time: broken off, it goes on with that day. How many looks.
    /// </summary>
    public async Task<int> ClearAsync(CancellationToken ct)
    {
        var cleared = tables.Of<AccessClearedRow>();
        var keep = book.Directory.Communities.Max(c => Kept(c.Id));
        var day = (await cleared.GetAsync("access", "cleared", ct))?.Day ?? keep.AddDays(-Longest);
        var removed = 0;
        for (; day < keep; day = day.AddDays(1))
        {
            removed += await ClearDayAsync(AccessRow.DayOf(day), ct);
            await cleared.WriteAsync([new AccessClearedRow { Day = day.AddDays(1) }], [], long.MaxValue, ct);
        }

        return removed;
    }

    /// <summary>How far back the first run looks, in days.</summary>
    private const int Longest = 30;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Task some = _waiting.Reader.WaitToReadAsync(stoppingToken).AsTask();
            await some.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await FlushAsync(CancellationToken.None);
            }
            catch (Exception e)
            {
                NotWritten(log, e);
            }

            await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Puts back what could not be written, as far as there is room.</summary>
    private async Task WriteAsync(List<AccessRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
            return;
        try
        {
            await tables.Of<AccessRow>().WriteAsync([.. rows, .. rows.Select(r => r.OfDay)], [], 0, ct);
        }
        catch
        {
            rows.ForEach(r => _waiting.Writer.TryWrite(r));
            throw;
        }
    }

    private async Task<int> ClearDayAsync(string partition, CancellationToken ct)
    {
        var table = tables.Of<AccessRow>();
        var removed = 0;
        while (await table.QueryAsync(partition, null, null, Together, null, ct) is { Rows: { Count: > 0 } rows })
        {
            // Those of the cases first: what was broken off is found again by its day.
            var keys = rows.Select(r => new RowId(r.Number, r.RowKey[(r.Number.Length + 1)..])).ToList();
            await table.WriteAsync([], keys, long.MaxValue, ct);
            await table.WriteAsync([], [.. rows.Select(r => new RowId(r.PartitionKey, r.RowKey))], long.MaxValue, ct);
            removed += rows.Count;
        }

        return removed;
    }

    /// <summary>The first moment of the day that is kept for a community.</summary>
    private DateTimeOffset Kept(CommunityId community)
    {
        var limit = book.Current(community).Policy.Privacy.KeepAccess;
        var day = time.GetUtcNow().AddDays(-limit).UtcDateTime.Date;
        return new DateTimeOffset(day, TimeSpan.Zero);
    }

    [LoggerMessage(LogLevel.Error, "Too many looks wait to be written; one at {Number} was dropped.")]
    private static partial void Dropped(ILogger log, MatterNumber number);

    [LoggerMessage(LogLevel.Error, "Who looked could not be written; it is tried again.")]
    private static partial void NotWritten(ILogger log, Exception e);
}
