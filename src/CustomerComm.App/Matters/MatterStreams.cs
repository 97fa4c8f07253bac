using System.Reflection;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Matters;

/// <summary>
/// Reads and writes the streams of one kind of matter; keeps the ones last used, so that pump and pages do not read
/// what was just written.
/// </summary>
internal sealed class MatterStreams<TMatter, TState, TCommand, TEvent>(
    IEventStore store, SealedJson json, MatterComposer composer, Pseudonyms pseudonyms, TimeProvider time,
    Func<TEvent, TState, string?> personOf)
    where TMatter : IMatter<TState, TCommand, TEvent>
    where TState : class, IMatterState
    where TCommand : class
    where TEvent : class
{
    private const int Kept = 500;

    public static readonly IReadOnlyDictionary<string, Type> Types = typeof(TEvent).GetNestedTypes(BindingFlags.Public)
        .Concat(typeof(ObligationEvent).GetNestedTypes(BindingFlags.Public))
        .ToDictionary(t => t.Name, StringComparer.Ordinal);

    private readonly RecentlyUsed<StreamId, LoadedMatter<TState>> _kept = new(Kept);

    public async Task<LoadedMatter<TState>?> LoadAsync(StreamId stream, CancellationToken ct)
    {
        _kept.TryGet(stream, out var loaded);
        var events = await store.ReadAsync(stream, loaded?.Version ?? 0, ct);
        if (events.Count == 0)
            return loaded;
        var happened = loaded?.Events ?? [];
        var tracked = loaded?.Tracked;
        foreach (var e in events)
        {
            if (!Types.TryGetValue(e.Type, out var type))
                throw new InvalidDataException($"Stream {e.Stream}, event {e.Version}: unknown type '{e.Type}'.");
            var data = await json.ReadAsync(e.Payload, type, ct);
            tracked = Add(tracked, data, e.At);
            happened = happened.Add(new MatterHappened(e.Version, e.At, data));
        }

        return Keep(new LoadedMatter<TState>(stream, tracked!, happened));
    }

    /// <summary>
    /// Appends with the messages that the events owe. The matter as it is then; null where somebody else was first, with
    /// the message taken before where that was why.
    /// </summary>
    public async Task<(LoadedMatter<TState>? Matter, TakenMessage? Taken)> AppendAsync(
        StreamId stream, LoadedMatter<TState>? before, IReadOnlyList<object> decided, Rules rules, SeenMessage? seen,
        CancellationToken ct)
    {
        var now = time.Now();
        var tracked = before?.Tracked;
        var happened = before?.Events ?? [];
        var stored = new List<NewEvent>();
        var outbox = new List<NewMessage>();
        foreach (var e in decided)
        {
            tracked = Add(tracked, e, now);
            happened = happened.Add(new MatterHappened(tracked.Version, now, e));
            var key = pseudonyms.Person(e is TEvent own ? personOf(own, tracked.State) ?? stream.Value : stream.Value);
            await json.PrepareAsync(key, ct);
            stored.Add(new NewEvent(e.GetType().Name, json.Write(key, e, e.GetType(), Traces.Current)));
            var nth = 0;
            foreach (var message in MessagesOf(e, tracked, rules))
            {
                if (composer.Compose(message, tracked.State, stream, rules) is { } outgoing)
                    outbox.Add(await SealAsync(outgoing, $"{tracked.Version:D6}-{nth++}", ct));
            }
        }

        // Due now: the pump must write rows and deliver, then it sets the real next time.
        var result = await store.AppendAsync(
            new Append(
                stream, before?.Version ?? 0, now, stored, outbox, seen is null ? [] : [seen], now, tracked!.State.Open),
            ct);
        return result is AppendResult.Appended
            ? (Keep(new LoadedMatter<TState>(stream, tracked, happened)), null)
            : (null, (result as AppendResult.Duplicate)?.Message);
    }

    private async Task<NewMessage> SealAsync(OutgoingMessage message, string id, CancellationToken ct)
    {
        // Sealed with the key of whoever it goes to: erasing them erases their messages too.
        var key = pseudonyms.Person(message.To.Value);
        await json.PrepareAsync(key, ct);
        return new NewMessage(id, json.Write(key, message, typeof(OutgoingMessage), Traces.Current));
    }

    public static Tracked<TState> Add(Tracked<TState>? before, object e, DateTimeOffset at) => e switch
    {
        TEvent own => Tracking<TMatter, TState, TCommand, TEvent>.Add(before, own, at),
        ObligationEvent duty when before is not null => Tracking<TMatter, TState, TCommand, TEvent>.Add(before, duty),
        _ => throw new InvalidDataException($"{e.GetType().Name} cannot begin a matter."),
    };

    private static IEnumerable<MatterMessage> MessagesOf(object e, Tracked<TState> tracked, Rules rules) => e switch
    {
        TEvent own => TMatter.Messages(own, tracked.State, rules),
        ObligationEvent duty => Tracking<TMatter, TState, TCommand, TEvent>.Messages(duty, tracked, rules),
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    private LoadedMatter<TState> Keep(LoadedMatter<TState> matter)
    {
        _kept.Set(matter.Stream, matter);
        return matter;
    }
}
