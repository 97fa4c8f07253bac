using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Complaints;

/// <summary>
/// Gap-free numbers (4.6.2-1). Each series, a community and year and for other matters than complaints their code, is a
/// stream of its own with exactly one event a number, so that the event's version is the number and the number leads to
/// its stream by one look-up. Requests that wait are allocated together.
/// </summary>
public sealed class Numbering(IEventStore store, TimeProvider time)
{
    private const string Allocated = "Allocated";
    private const int Together = 50;
    private const int Kept = 10_000;
    private readonly ConcurrentDictionary<StreamId, Series> _series = new();
    // A number given out belongs to the same stream for ever.
    private readonly RecentlyUsed<(StreamId, long), StreamId> _known = new(Kept);

    /// <summary>Allocates the next number of the series to a case; durable when it returns.</summary>
    public async Task<ComplaintNumber> AllocateAsync(
        CommunityId community, int year, StreamId stream, CancellationToken ct) =>
        new(community, year, await AllocateAsync(StreamOf(community, year), stream, ct));

    /// <summary>
    /// Allocates the next number of a kind of matter, e.g. code <c>W</c> for orders; unique and increasing, a number
    /// asked for in vain leaves a gap.
    /// </summary>
    public async Task<MatterNumber> AllocateAsync(
        CommunityId community, string code, int year, StreamId stream, CancellationToken ct) =>
        new(community, code, year, await AllocateAsync(StreamOf(community, code, year), stream, ct));

    /// <summary>The case a number was allocated to, or null where the number was never given out.</summary>
    public Task<StreamId?> FindAsync(ComplaintNumber number, CancellationToken ct) =>
        FindAsync(StreamOf(number.Community, number.Year), number.Sequence, ct);

    /// <summary>The matter a number was allocated to, or null where the number was never given out.</summary>
    public Task<StreamId?> FindAsync(MatterNumber number, CancellationToken ct) =>
        FindAsync(StreamOf(number.Community, number.Code, number.Year), number.Sequence, ct);

    /// <summary>
    /// Numbers from <paramref name="after"/> on with the case and the time of each, at most <paramref name="take"/>.
    /// </summary>
    public async Task<IReadOnlyList<(ComplaintNumber Number, StreamId Case, DateTimeOffset At)>> ListAsync(
        CommunityId community, int year, long after, int take, CancellationToken ct)
    {
        var events = await store.ReadAsync(StreamOf(community, year), after, ct, take);
        return [.. events.Select(e => (new ComplaintNumber(community, year, e.Version), CaseOf(e), e.At))];
    }

    private static StreamId StreamOf(CommunityId community, int year) => new($"numbers.{community}-{year:D4}");

    private static StreamId StreamOf(CommunityId community, string code, int year) =>
        new($"numbers.{community}-{code}-{year:D4}");

    private Task<long> AllocateAsync(StreamId series, StreamId stream, CancellationToken ct) =>
        _series.GetOrAdd(series, id => new Series(this, id)).RequestAsync(stream, ct);

    private async Task<StreamId?> FindAsync(StreamId series, long sequence, CancellationToken ct)
    {
        if (sequence < 1)
            return null;
        if (_known.TryGet((series, sequence), out var known))
            return known;
        var events = await store.ReadAsync(series, sequence - 1, ct, take: 1);
        if (events is not [{ } e] || e.Version != sequence)
            return null;
        var found = CaseOf(e);
        _known.Set((series, sequence), found);
        return found;
    }

    private static StreamId CaseOf(StoredEvent e)
    {
        using var json = JsonDocument.Parse(e.Payload);
        return new StreamId(json.RootElement.GetProperty("case").GetString()!);
    }

    private sealed record Request(StreamId Case, TaskCompletionSource<long> Done);

    private sealed class Series(Numbering owner, StreamId id)
    {
        private readonly System.Threading.Channels.Channel<Request> _waiting =
            System.Threading.Channels.Channel.CreateUnbounded<Request>();
        private int _running;
        private long _last = -1;

        public Task<long> RequestAsync(StreamId stream, CancellationToken ct)
        {
            var request = new Request(
                stream, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiting.Writer.TryWrite(request);
            Run();
            // A number once asked for is allocated even if the asker left: the audit voids it in sight.
            return request.Done.Task.WaitAsync(ct);
        }

        private void Run()
        {
            if (Interlocked.CompareExchange(ref _running, 1, 0) == 0)
                _ = Task.Run(DrainAsync);
        }

        private async Task DrainAsync()
        {
            while (true)
            {
                var batch = new List<Request>(Together);
                while (batch.Count < Together && _waiting.Reader.TryRead(out var request))
                    batch.Add(request);
                if (batch.Count > 0)
                {
                    await AllocateAsync(batch);
                    continue;
                }

                Volatile.Write(ref _running, 0);
                if (_waiting.Reader.Count == 0 || Interlocked.CompareExchange(ref _running, 1, 0) != 0)
                    return;
            }
        }

        private async Task AllocateAsync(List<Request> batch)
        {
            try
            {
                var events = batch.ConvertAll(r =>
                    new NewEvent(Allocated, Encoding.UTF8.GetBytes($$"""{"case":"{{r.Case}}"}""")));
                while (true)
                {
                    if (_last < 0)
                        _last = (await owner.TheStore.ReadHeadAsync(id, CancellationToken.None))?.Version ?? 0;
                    var result = await owner.TheStore.AppendTimedAsync(
                        new Append(id, _last, owner.TheTime.Now(), events, [], [], null, Open: false),
                        CancellationToken.None);
                    if (result is AppendResult.Appended)
                        break;
                    _last = -1;
                }

                foreach (var r in batch)
                    r.Done.SetResult(++_last);
            }
            catch (Exception e)
            {
                // Whether it was written is unknown: read the end afresh next time, and let the askers try again.
                _last = -1;
                foreach (var r in batch)
                    r.Done.TrySetException(e);
            }
        }
    }

    private IEventStore TheStore => store;

    private TimeProvider TheTime => time;
}
