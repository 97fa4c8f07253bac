using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>What a verification knows of the streams' meaning; without it, only of their form.</summary>
public sealed record LedgerKnowledge(StreamKinds Kinds, IPersonKeys Keys, RulesBook Rules, ITables Tables);

/// <summary>
/// Recomputes everything and names the first thing that does not hold: every stream's hash chain, its head, messages and
/// seen ids, times, and whether it is awake; that the anchors are whole and are those that were published; that every
/// head ever anchored is still in the store, and nothing was put in behind their back; with <see cref="LedgerCheck.Rows"/>
/// the tables. May run while the system works. It keeps some hundred bytes a stream in memory.
/// </summary>
public sealed class LedgerVerifier(
    IEventStore store, TimeProvider time, IAnchorStore? anchors = null, LedgerKnowledge? knowledge = null)
{
    private const int HeadsAtOnce = 500;

    /// <summary>
    /// Verifies all, up to the first fault: streams in order of their id, the adopted rules, then anchors by date, then rows.
    /// </summary>
    public async Task<LedgerReport> VerifyAsync(
        IProgress<LedgerProgress>? progress, CancellationToken ct, LedgerCheck? check = null)
    {
        check ??= new LedgerCheck();
        var count = new LedgerCount(progress);
        var fault = await FindAsync(check, count, ct).ConfigureAwait(false);
        count.Report();
        return new LedgerReport(count.Streams, count.Events, count.Anchors, fault);
    }

    private async Task<LedgerFault?> FindAsync(LedgerCheck check, LedgerCount count, CancellationToken ct)
    {
        var streams = new StreamVerifier(store, time, knowledge, count);
        if (await EachAsync(streams.VerifyAsync, count, ct).ConfigureAwait(false) is { } fault)
            return fault;
        if (knowledge is not null && knowledge.Rules.Unadopted is { } rules)
            return LedgerFault.At(LedgerFaultKind.NotAdopted, rules.Stream, rules.Version, rules.Text);
        if (anchors is not null
            && await new AnchorVerifier(store, anchors, check, count).VerifyAsync(ct).ConfigureAwait(false) is { } bad)
        {
            return bad;
        }

        return check.Rows && knowledge is not null
            ? await new RowVerifier(store, knowledge.Kinds, knowledge.Tables, count).VerifyAsync(ct).ConfigureAwait(false)
            : null;
    }

    /// <summary>All streams in order; several at once, and the first fault in that order.</summary>
    private async Task<LedgerFault?> EachAsync(
        Func<StreamHead, CancellationToken, Task<LedgerFault?>> verify, LedgerCount count, CancellationToken ct)
    {
        StreamId? after = null;
        while (await store.ListAsync(after, HeadsAtOnce, ct).ConfigureAwait(false) is { Count: > 0 } heads)
        {
            var faults = new LedgerFault?[heads.Count];
            await Parallel.ForEachAsync(
                Enumerable.Range(0, heads.Count),
                new ParallelOptions { CancellationToken = ct },
                async (i, stop) => faults[i] = await verify(heads[i], stop).ConfigureAwait(false)).ConfigureAwait(false);
            if (Array.Find(faults, f => f is not null) is { } first)
                return first;
            count.AddStreams(heads.Count);
            after = heads[^1].Stream;
        }

        return null;
    }
}

/// <summary>What was looked at so far.</summary>
internal sealed class LedgerCount(IProgress<LedgerProgress>? progress)
{
    private readonly Lock _gate = new();
    private long _events;

    public long Streams { get; private set; }

    public long Events => Interlocked.Read(ref _events);

    public long Anchors { get; private set; }

    public long Rows { get; private set; }

    /// <summary>The time of the earliest and the latest event met.</summary>
    public (long First, long Last) Times { get; private set; } = (long.MaxValue, long.MinValue);

    public void AddStreams(int streams)
    {
        Streams += streams;
        Report();
    }

    public void AddAnchor()
    {
        Anchors++;
        Report();
    }

    public void AddRows(int rows)
    {
        Rows += rows;
        Report();
    }

    public void AddEvents(int events, DateTimeOffset first, DateTimeOffset last)
    {
        Interlocked.Add(ref _events, events);
        lock (_gate)
        {
            Times = (
                Math.Min(Times.First, first.ToUnixTimeMilliseconds()), Math.Max(Times.Last, last.ToUnixTimeMilliseconds()));
        }
    }

    public void Report() => progress?.Report(new LedgerProgress(Streams, Events, Anchors, Rows));
}
