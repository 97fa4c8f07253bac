using System.Collections.Concurrent;
using CustomerComm.App.Complaints;
using CustomerComm.App.Ports;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using Microsoft.Extensions.Logging;

namespace CustomerComm.App.Pumping;

/// <summary>
/// Finds what is due and pumps it: the watchdog that makes a lost nudge cost seconds, never a complaint. A stream that
/// fails is set aside for a while, so that it cannot hold up the others, and reported.
/// </summary>
public sealed partial class Sweeper(
    IEventStore store, Pump pump, INudge nudge, Waiting waiting, Gauges gauges, TimeProvider time,
    ILogger<Sweeper> log)
{
    /// <summary>How long a stream may be due before its nudge is taken for lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int MostNudges = 2_000;
    private const int Together = 256;
    private const int AtOnce = 16;
    private const int TogetherWhileWaiting = 32;
    private const int AtOnceWhileWaiting = 2;
    private static readonly TimeSpan s_latest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_aside = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<StreamId, DateTimeOffset> _aside = new();

    /// <summary>Streams that failed or stayed busy and are tried again later.</summary>
    public int SetAside => _aside.Count;

    /// <summary>Pumps everything that is due now until nothing is left; returns how many streams it moved.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var moved = await SweepAsync(ct);
        Signals.Swept(moved);
        await gauges.RefreshAsync(ct);
        return moved;
    }

    /// <summary>
    /// Takes up what is overdue, for hosts that pump one stream at a time. Whoever should have moved it may be gone with
    /// what it had taken: the longest overdue are moved here and now, up to 256, and all are nudged, so that those whose
    /// time comes again are waited for. Returns how many streams were overdue.
    /// </summary>
    public async Task<int> NudgeAsync(CancellationToken ct)
    {
        var heads = await store.DueAsync(time.Now() - Patience, MostNudges, ct);
        await Parallel.ForEachAsync(
            heads.Take(Together), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (head, token) => await MoveAsync(head, token));
        foreach (var head in heads)
            nudge.Nudge(head.Stream);
        Signals.Swept(heads.Count);
        await gauges.RefreshAsync(ct);
        return heads.Count;
    }

    private async Task<int> SweepAsync(CancellationToken ct)
    {
        var moved = 0;
        var late = false;
        while (true)
        {
            var now = time.Now();
            // People who wait for an answer go first, until messages to others are late because of it.
            var (together, atOnce) = waiting.Many && !late
                ? (TogetherWhileWaiting, AtOnceWhileWaiting)
                : (Together, AtOnce);
            var due = await store.DueAsync(now, together + _aside.Count, ct);
            var fresh = due.Where(h => !_aside.TryGetValue(h.Stream, out var until) || until <= now).ToList();
            if (fresh.Count == 0)
                return moved;
            late = now - fresh[0].NextDue > s_latest;
            await Parallel.ForEachAsync(
                fresh, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = ct },
                async (head, token) => await MoveAsync(head, token));
            moved += fresh.Count;
        }
    }

    /// <summary>When to run next: the earliest due time, or when the first stream set aside is tried again.</summary>
    public async Task<DateTimeOffset?> NextAsync(CancellationToken ct)
    {
        var next = await store.NextDueAsync(ct);
        var now = time.Now();
        if (_aside.IsEmpty || next is null || next > now)
            return next;
        // What fell due since the sweep must not wait for what was set aside.
        var due = await store.DueAsync(now, _aside.Count + 1, ct);
        return due.Count == 0 ? now : due.Min(h => _aside.TryGetValue(h.Stream, out var until) ? until : now);
    }

    private async Task MoveAsync(StreamHead head, CancellationToken ct)
    {
        var stream = head.Stream;
        try
        {
            var result = await pump.AdvanceAsync(stream, ct, head);
            if (result.Busy)
                _aside[stream] = time.Now() + s_aside;
            else
                _aside.TryRemove(stream, out _);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            _aside[stream] = time.Now() + s_aside;
            Failed(log, stream, e);
        }
    }

    [LoggerMessage(LogLevel.Error, "Stream {Stream} could not be moved forward; it is tried again in 30 s.")]
    private static partial void Failed(ILogger log, StreamId stream, Exception e);
}
