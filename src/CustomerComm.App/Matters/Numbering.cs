using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using BitFaster.Caching.Lru;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;

namespace CustomerComm.App.Matters;

/// <summary>
/// Gap-free numbers (4.6.2-1). Each series, a community and year and for other matters than complaints their code, is a
/// stream of its own with exactly one event a number, so that the event's version is the number and the number leads to
/// its stream by one look-up. Requests that wait are allocated together.
/// </summary>
public sealed class Numbering(IEventStore store, TimeProvider time)
{
    private const string Allocated = "Allocated";
    private const int Together = 50;
    private const int Kept = 20_000;
    private readonly ConcurrentDictionary<StreamId, Series> _series = new();
    // A number given out belongs to the same stream for ever.
    private readonly ConcurrentLru<(StreamId, long), StreamId> _known =
        RecentlyUsed.Keep<(StreamId, long), StreamId>(Kept);

    /// <summary>
    /// Allocates the next number of the series to a stream; durable when it returns. The sequence of
    /// <paramref name="series"/> does not count.
    /// </summary>
    public async Task<MatterNumber> AllocateAsync(MatterNumber series, StreamId stream, CancellationToken ct) =>
        series with { Sequence = await AllocateAsync(StreamOf(series), stream, ct) };

    /// <summary>The matter a number was allocated to, or null where the number was never given out.</summary>
    public Task<StreamId?> FindAsync(MatterNumber number, CancellationToken ct) =>
        FindAsync(StreamOf(number), number.Sequence, ct);

    /// <summary>
    /// Numbers of a series from that of <paramref name="after"/> on, which is left out, with the stream and the time of
    /// each, at most <paramref name="take"/>.
    /// </summary>
    public async Task<IReadOnlyList<(MatterNumber Number, StreamId Stream, DateTimeOffset At)>> ListAsync(
        MatterNumber after, int take, CancellationToken ct)
    {
        var events = await store.ReadAsync(StreamOf(after), after.Sequence, ct, take);
        return [.. events.Select(e => (after with { Sequence = e.Version }, Allocation(e), e.At))];
    }

    private static StreamId StreamOf(MatterNumber series) => new(series.Code.Length == 0
        ? $"numbers.{series.Community}-{series.Year:D4}"
        : $"numbers.{series.Community}-{series.Code}-{series.Year:D4}");

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
        var found = Allocation(e);
        _known.AddOrUpdate((series, sequence), found);
        return found;
    }

    /// <summary>Whether a stream is a series of numbers.</summary>
    internal static bool IsSeries(StreamId stream) => stream.Value.StartsWith("numbers.", StringComparison.Ordinal);

    /// <summary>The stream that an event of a series gave its number to.</summary>
    internal static StreamId Allocation(StoredEvent e)
    {
        using var json = JsonDocument.Parse(e.Payload);
        return new StreamId(json.RootElement.GetProperty("stream").GetString()!);
    }

    private sealed record Request(StreamId Stream, TaskCompletionSource<long> Done);

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
                    new NewEvent(Allocated, Encoding.UTF8.GetBytes($$"""{"stream":"{{r.Stream}}"}""")));
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
