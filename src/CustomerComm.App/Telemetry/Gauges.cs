using System.Diagnostics.Metrics;
using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using Microsoft.Extensions.Logging;

namespace CustomerComm.App.Telemetry;

/// <summary>
/// How things stand: open complaints, overdue obligations, the oldest message not delivered, how far the pump is behind. Read at
/// most once a minute, only while somebody listens, and never by a scan: one look at what is due, the outboxes of at
/// most <see cref="MostOutboxes"/> streams that are, and at most <see cref="MostPages"/> pages of work lists; where
/// there are more lists, they are read in turn. A reading older than ten minutes is not reported.
/// </summary>
public sealed partial class Gauges : IDisposable
{
    /// <summary>Most outboxes read at once.</summary>
    public const int MostOutboxes = 20;

    /// <summary>Most pages of work lists read at once, of 1,000 obligations.</summary>
    public const int MostPages = 100;

    private const int Page = 1_000;
    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_stale = TimeSpan.FromMinutes(10);

    private readonly Meter _meter;
    private readonly ObservableGauge<int> _open;
    private readonly Dictionary<string, List<(string Number, DateTimeOffset Due)>> _owed =
        new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly IEventStore _store;
    private readonly ITables _tables;
    private readonly RulesBook _book;
    private readonly OutboxWatch _outbox;
    private readonly TimeProvider _time;
    private readonly ILogger<Gauges> _log;
    private int _turn;
    private Reading? _reading;

    /// <summary>Begins to report once the first reading was taken.</summary>
    public Gauges(
        IEventStore store, ITables tables, RulesBook book, OutboxWatch outbox, TimeProvider time, ILogger<Gauges> log)
    {
        (_store, _tables, _book, _outbox, _time, _log) = (store, tables, book, outbox, time, log);
        _meter = new Meter(Signals.Name, null, null, scope: this);
        _open = _meter.CreateObservableGauge(
            "customercomm.complaints.open", () => Report(r => r.Open), "{complaint}", "Complaints that somebody owes something in.");
        _meter.CreateObservableGauge(
            "customercomm.obligations.overdue", () => Report(r => r.Overdue), "{obligation}", "Obligations past their time.");
        _meter.CreateObservableGauge(
            "customercomm.outbox.age", () => Report(r => r.OutboxAge.TotalSeconds), "s",
            "Age of the oldest message not delivered.");
        _meter.CreateObservableGauge(
            "customercomm.pump.behind", () => Report(r => r.Behind.TotalSeconds), "s",
            "How long the most overdue stream waits for the pump.");
    }

    /// <summary>
    /// Takes a reading where the last is a minute old and somebody listens. Never fails: what cannot be read is logged,
    /// and the last reading stands until it is stale.
    /// </summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        if (!_open.Enabled || !await _one.WaitAsync(0, ct))
            return;
        try
        {
            var now = _time.Now();
            if (_reading is { } last && now - last.At < s_between)
                return;
            var (outboxAge, behind) = await LookAtDueAsync(now, ct);
            await ReadOwedAsync(ct);
            _reading = new Reading(
                now,
                _owed.Values.SelectMany(d => d).Select(d => d.Number).Distinct(StringComparer.Ordinal).Count(),
                _owed.Values.Sum(d => d.Count(x => x.Due <= now)), outboxAge, behind);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Unread(_log, e.GetType().Name);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Ends the reports.</summary>
    public void Dispose()
    {
        _meter.Dispose();
        _one.Dispose();
    }

    private async Task<(TimeSpan OutboxAge, TimeSpan Behind)> LookAtDueAsync(DateTimeOffset now, CancellationToken ct)
    {
        var oldest = _outbox.Oldest(now);
        var due = await _store.DueAsync(now, MostOutboxes, ct);
        foreach (var head in due)
        {
            foreach (var message in await _store.ReadOutboxAsync(head.Stream, ct))
            {
                if (Delivery.OwedSince(message) is var owed && (oldest is null || owed < oldest))
                    oldest = owed;
            }
        }

        return (Since(oldest), Since(due is [var first, ..] ? first.NextDue : null));

        TimeSpan Since(DateTimeOffset? at) => at is { } t && t < now ? now - t : TimeSpan.Zero;
    }

    /// <summary>Work lists in turn, so that every one is read again soon however many there are.</summary>
    private async Task ReadOwedAsync(CancellationToken ct)
    {
        var lists = WorkLists(_book.Directory);
        foreach (var gone in _owed.Keys.Except(lists, StringComparer.Ordinal).ToList())
            _owed.Remove(gone);
        var table = _tables.Of<ObligationRow>();
        var pages = 0;
        for (var i = 0; i < lists.Count && pages < MostPages; i++)
        {
            var list = lists[_turn++ % lists.Count];
            var owed = new List<(string, DateTimeOffset)>();
            string? next = null;
            do
            {
                var page = await table.QueryAsync(list, null, null, Page, next, ct);
                owed.AddRange(page.Rows.Select(r => (r.Number, r.Due)));
                next = page.Next;
                pages++;
            }
            while (next is not null && pages < MostPages);
            _owed[list] = owed;
        }
    }

    private static List<string> WorkLists(CompanyDirectory directory) =>
    [
        .. directory.Communities.SelectMany(c => Enum.GetValues<Unit>().Select(u => Party.Of(u).Key(c.Id))),
        .. directory.Staff.Select(s => Party.Of(s.Id).Key(default)),
    ];

    private IEnumerable<Measurement<T>> Report<T>(Func<Reading, T> of)
        where T : struct =>
        _reading is { } r && _time.Now() - r.At < s_stale ? [new Measurement<T>(of(r))] : [];

    [LoggerMessage(LogLevel.Warning, "How things stand could not be read: {Error}")]
    private static partial void Unread(ILogger log, string error);

    private sealed record Reading(
        DateTimeOffset At, int Open, int Overdue, TimeSpan OutboxAge, TimeSpan Behind);
}
