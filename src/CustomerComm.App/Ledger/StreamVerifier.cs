using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Storage;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>One stream by itself: its chain, its head, what hangs on its events, its times, persons and wake-up.</summary>
internal sealed class StreamVerifier(
    IEventStore store, TimeProvider time, LedgerKnowledge? knowledge, LedgerCount count)
{
    private const int EventsAtOnce = 200;

    /// <summary>Clocks of several machines differ by so much at most.</summary>
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(1);

    /// <summary>So long a number may be given out before its case is written, or is voided in sight.</summary>
    private static readonly TimeSpan s_allocated = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, bool> _persons = new(StringComparer.Ordinal);

    public async Task<LedgerFault?> VerifyAsync(StreamHead head, CancellationToken ct)
    {
        var walk = new Walk();
        if (await ChainAsync(head, walk, ct).ConfigureAwait(false) is { } fault)
            return fault;
        if (!head.Hash.Span.SequenceEqual(walk.Previous.Span))
            return At(LedgerFaultKind.WrongHead, head, walk.Version, "the head has another hash than the last event");
        if (await EndAsync(head, ct).ConfigureAwait(false) is { } behind)
            return behind;
        if (await AttachedAsync(head, walk, ct).ConfigureAwait(false) is { } attached)
            return attached;
        if (walk.Version > 0)
            count.AddEvents((int)walk.Version, walk.First, walk.LastAt);
        return knowledge is null ? null : await MeaningAsync(head, walk, knowledge, ct).ConfigureAwait(false);
    }

    private async Task<LedgerFault?> ChainAsync(StreamHead head, Walk walk, CancellationToken ct)
    {
        var atOnce = EventsAtOnce;
        while (walk.Version < head.Version)
        {
            var take = (int)Math.Min(atOnce, head.Version - walk.Version);
            var (events, unreadable) = await ReadAsync(head.Stream, walk.Version, take, ct).ConfigureAwait(false);
            if (unreadable is not null && take == 1)
                return At(LedgerFaultKind.Altered, head, walk.Version + 1, unreadable);
            if (unreadable is not null)
            {
                // One by one, to name the one that it is.
                atOnce = 1;
                continue;
            }

            foreach (var e in events)
            {
                if (Event(e, walk) is { } fault)
                    return fault;
            }

            if (events.Count == 0)
            {
                return At(LedgerFaultKind.Gap, head, walk.Version + 1, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the event is missing; the head says that the stream ends at {head.Version}"));
            }
        }

        return null;
    }

    private async Task<(IReadOnlyList<StoredEvent> Events, string? Unreadable)> ReadAsync(
        StreamId stream, long after, int take, CancellationToken ct)
    {
        try
        {
            return (await store.ReadAsync(stream, after, ct, take).ConfigureAwait(false), null);
        }
        catch (InvalidDataException e)
        {
            return ([], e.Message);
        }
    }

    private static LedgerFault? Event(StoredEvent e, Walk walk)
    {
        var version = walk.Version + 1;
        if (e.Version != version)
        {
            return LedgerFault.At(LedgerFaultKind.Gap, e.Stream, version, string.Create(
                CultureInfo.InvariantCulture, $"the event is missing; {e.Version} comes next"));
        }

        if (!e.PreviousHash.Span.SequenceEqual(walk.Previous.Span))
        {
            return LedgerFault.At(LedgerFaultKind.BrokenLink, e.Stream, version,
                "the event does not name the hash of the event before it");
        }

        if (!HashChain.Holds(e, walk.Previous.Span))
        {
            return LedgerFault.At(LedgerFaultKind.Altered, e.Stream, version,
                "the event's content does not have the event's hash");
        }

        if (version > 1 && e.At < walk.LastAt - s_skew)
        {
            return LedgerFault.At(LedgerFaultKind.TimeBackwards, e.Stream, version,
                $"it is dated {e.At:O}, before the event before it");
        }

        walk.Add(e);
        return null;
    }

    /// <summary>An event behind the head is right only where the stream has grown since its head was read.</summary>
    private async Task<LedgerFault?> EndAsync(StreamHead head, CancellationToken ct)
    {
        var behind = await store.ReadAsync(head.Stream, head.Version, ct, take: 1).ConfigureAwait(false);
        if (behind.Count == 0)
            return null;
        var now = await store.ReadHeadAsync(head.Stream, ct).ConfigureAwait(false);
        return now?.Version >= behind[0].Version
            ? null
            : At(LedgerFaultKind.WrongHead, head, behind[0].Version, string.Create(
                CultureInfo.InvariantCulture, $"the event lies behind the head, which ends at {head.Version}"));
    }

    /// <summary>Messages owed and ids taken, as they were written with their events.</summary>
    private async Task<LedgerFault?> AttachedAsync(StreamHead head, Walk walk, CancellationToken ct)
    {
        IReadOnlyList<OutboxMessage> outbox;
        try
        {
            outbox = await store.ReadOutboxAsync(head.Stream, ct, all: true).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            return At(LedgerFaultKind.Attached, head, head.Version, $"a message cannot be read: {e.Message}");
        }

        var seen = await store.ReadSeenAsync(head.Stream, ct).ConfigureAwait(false);
        var items = outbox.Select(m => (m.Version, HashChain.ItemOf(m.Id, m.Payload.Span)))
            .Concat(seen.Select(s => (s.Version, HashChain.ItemOf(new SeenMessage(s.Id, s.Fingerprint)))))
            .Where(i => i.Item1 <= head.Version)
            .ToLookup(i => i.Item1, i => i.Item2);
        foreach (var version in items.Select(i => i.Key).Union(walk.Attached.Keys).Order())
        {
            var digest = HashChain.Attach(items[version]);
            if (!digest.AsSpan().SequenceEqual(walk.Attached.GetValueOrDefault(version).Span))
            {
                return At(LedgerFaultKind.Attached, head, version, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the messages owed and ids taken with it are not those written then; there are {items[version].Count()}"));
            }
        }

        foreach (var m in outbox)
        {
            walk.Keep(SealedJson.FindKey(m.Payload.Span), m.Version);
            if (m.Status == DeliveryStatus.Pending)
                walk.Pending = Advance.Earlier(walk.Pending, m.NextAttempt);
        }

        return null;
    }

    private async Task<LedgerFault?> MeaningAsync(
        StreamHead head, Walk walk, LedgerKnowledge known, CancellationToken ct)
    {
        foreach (var (key, version) in walk.Persons)
        {
            if (!await IsThereAsync(key, known, ct).ConfigureAwait(false))
            {
                return At(LedgerFaultKind.PersonKey, head, version,
                    "the key that it is sealed with is gone, and there is no record that the person was erased");
            }
        }

        if (Erasure.PersonOf(head.Stream) is { } erased && await known.Keys.FindAsync(erased, ct).ConfigureAwait(false) is not null)
        {
            return At(LedgerFaultKind.PersonKey, head, head.Version,
                "the key of the person erased here is there again: keys.db is an older copy");
        }

        if (Numbering.IsSeries(head.Stream))
            return await NumbersAsync(head, ct).ConfigureAwait(false);
        if (known.Kinds.Of(head.Stream) is not { } kind)
            return null;
        try
        {
            return await kind.StandingAsync(head.Stream, ct).ConfigureAwait(false) is { } standing
                && standing.Version == head.Version
                ? Awake(head, standing, walk)
                : null;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or CryptographicException)
        {
            return At(LedgerFaultKind.Altered, head, head.Version, $"what its events say cannot be made out: {e.Message}");
        }
    }

    private static LedgerFault? Awake(StreamHead head, StreamStanding standing, Walk walk)
    {
        if (standing.Number is { } number)
            return At(LedgerFaultKind.Remapped, head, 1, $"its number {number} is given out to another case");
        if (standing.Open is { } open && open != head.Open)
        {
            return At(LedgerFaultKind.Asleep, head, head.Version,
                $"the head says that it is {(head.Open ? "open" : "closed")}, and by its events it is not");
        }

        var wake = Advance.Earlier(standing.Next, walk.Pending);
        var behind = head.Projected < head.Version && standing.Open is not null;
        return head.NextDue is null ? wake is null && !behind ? null : Late("never") : wake < head.NextDue
            ? Late($"only at {head.NextDue:O}") : null;

        LedgerFault Late(string when) => At(LedgerFaultKind.Asleep, head, head.Version,
            $"it is looked at again {when}, and is due {(wake is { } at ? $"at {at:O}" : "now")}");
    }

    /// <summary>Every number given out leads to a case; one that never became one is voided, in sight.</summary>
    private async Task<LedgerFault?> NumbersAsync(StreamHead head, CancellationToken ct)
    {
        var old = time.GetUtcNow() - s_allocated;
        for (var version = 0L; version < head.Version;)
        {
            var events = await store.ReadAsync(head.Stream, version, ct, EventsAtOnce).ConfigureAwait(false);
            foreach (var e in events.Where(e => e.At < old))
            {
                var stream = Numbering.Allocation(e);
                if (await store.ReadHeadAsync(stream, ct).ConfigureAwait(false) is null)
                    return At(LedgerFaultKind.Remapped, head, e.Version, $"the number was given out to {stream}, which is gone");
            }

            if (events.Count == 0)
                break;
            version = events[^1].Version;
        }

        return null;
    }

    private async Task<bool> IsThereAsync(string key, LedgerKnowledge known, CancellationToken ct)
    {
        if (_persons.TryGetValue(key, out var there))
            return there;
        there = await known.Keys.FindAsync(key, ct).ConfigureAwait(false) is not null
            || await store.ReadHeadAsync(Erasure.StreamOf(key), ct).ConfigureAwait(false) is not null;
        _persons[key] = there;
        return there;
    }

    private static LedgerFault At(LedgerFaultKind kind, StreamHead head, long version, string text) =>
        LedgerFault.At(kind, head.Stream, version, text);

    /// <summary>What was met on the way along a stream.</summary>
    private sealed class Walk
    {
        public long Version { get; private set; }

        public ReadOnlyMemory<byte> Previous { get; private set; } = HashChain.Start;

        public DateTimeOffset First { get; private set; }

        public DateTimeOffset LastAt { get; private set; }

        /// <summary>When the first message that waits is tried again.</summary>
        public DateTimeOffset? Pending { get; set; }

        public Dictionary<long, ReadOnlyMemory<byte>> Attached { get; } = [];

        public Dictionary<string, long> Persons { get; } = new(StringComparer.Ordinal);

        public void Add(StoredEvent e)
        {
            if (++Version == 1)
                First = e.At;
            Previous = e.Hash;
            LastAt = e.At > LastAt ? e.At : LastAt;
            if (!e.Attached.IsEmpty)
                Attached[Version] = e.Attached;
            Keep(SealedJson.FindKey(e.Payload.Span), Version);
        }

        public void Keep(string? person, long version)
        {
            if (person is not null)
                Persons.TryAdd(person, version);
        }
    }
}
