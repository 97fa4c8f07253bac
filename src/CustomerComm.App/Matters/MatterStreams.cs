using System.Reflection;
using BitFaster.Caching.Lru;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Matters;

/// <summary>
/// Reads and writes the streams of one kind of matter; keeps the <paramref name="kept"/> last used, so that pump and
/// pages do not read what was just written.
/// </summary>
internal sealed class MatterStreams<TMatter, TState, TCommand, TEvent>(
    MatterParts parts, int kept, Func<TEvent, TState, string?> personOf)
    where TMatter : IMatter<TState, TCommand, TEvent>
    where TState : class, IMatterState
    where TCommand : class
    where TEvent : class
{
    public static readonly IReadOnlyDictionary<string, Type> Types = typeof(TEvent).GetNestedTypes(BindingFlags.Public)
        .Concat(typeof(ObligationEvent).GetNestedTypes(BindingFlags.Public))
        .ToDictionary(t => t.Name, StringComparer.Ordinal);

    private readonly ConcurrentLru<StreamId, LoadedMatter<TState>> _kept =
        RecentlyUsed.Keep<StreamId, LoadedMatter<TState>>(kept);

    public async Task<LoadedMatter<TState>?> LoadAsync(StreamId stream, CancellationToken ct)
    {
        _kept.TryGet(stream, out var loaded);
        var events = await parts.Store.ReadAsync(stream, loaded?.Version ?? 0, ct);
        if (events.Count == 0)
            return loaded;
        var trace = loaded is null && Traces.Wanted ? SealedJson.TraceOf(events[0].Payload.Span) : loaded?.Trace;
        foreach (var e in events)
        {
            if (!Types.TryGetValue(e.Type, out var type))
                throw new InvalidDataException($"Stream {e.Stream}, event {e.Version}: unknown type '{e.Type}'.");
            loaded = Add(stream, loaded, await parts.Json.ReadAsync(e.Payload, type, ct), e.At)
                .With(SealedJson.SecretsOf(e.Payload.Span));
        }

        return Keep(loaded! with { Trace = trace });
    }

    /// <summary>
    /// Appends with the messages that the events owe; what is kept of the secrets that these carry goes into the event
    /// that owes them, and of a <paramref name="given"/> token into the first. The matter as it is then; null where
    /// somebody else was first, with the message taken before where that was why.
    /// </summary>
    public async Task<(LoadedMatter<TState>? Matter, TakenMessage? Taken)> AppendAsync(
        StreamId stream, LoadedMatter<TState>? before, IReadOnlyList<object> decided, Rules rules, SeenMessage? seen,
        StoredSecret? given, CancellationToken ct)
    {
        var now = parts.Time.Now();
        var trace = Traces.Current;
        var matter = before;
        var stored = new List<NewEvent>();
        var outbox = new List<NewMessage>();
        foreach (var e in decided)
        {
            matter = Add(stream, matter, e, now);
            List<StoredSecret> secrets = given is not null && stored.Count == 0 ? [given] : [];
            var nth = 0;
            foreach (var message in MessagesOf(e, matter.Tracked, rules))
            {
                // Whoever cannot be reached has a number all the same: by it the others are known.
                var id = $"{matter.Version:D6}-{nth++}";
                if (parts.Composer.Compose<TMatter, TState, TCommand, TEvent>(message, matter.State, stream, rules)
                    is not { } outgoing)
                {
                    continue;
                }

                outbox.Add(await OweAsync(
                    id, Timed(outgoing, message, matter.State, now, rules), stream, trace, secrets, ct));
            }

            stored.Add(new NewEvent(
                e.GetType().Name,
                await SealAsync(PersonOf(e, matter.State, stream), stream, e, e.GetType(), trace, ct, secrets)));
            matter = matter.With(secrets);
        }

        // Due now: the pump must write rows and deliver, then it sets the real next time.
        var result = await parts.Store.AppendTimedAsync(
            new Append(
                stream, before?.Version ?? 0, now, stored, outbox, seen is null ? [] : [seen], now, matter!.State.Open),
            ct);
        if (result is not AppendResult.Appended)
            return (null, (result as AppendResult.Duplicate)?.Message);
        Signals.Done(before?.Tracked, matter.Tracked);
        return (Keep(before is null ? matter with { Trace = trace } : matter), null);
    }

    /// <summary>
    /// The message for the outbox, sealed with the key of whoever it goes to: erasing them erases their messages too.
    /// What is kept of its secret is added to <paramref name="secrets"/>.
    /// </summary>
    private async Task<NewMessage> OweAsync(
        string id, OutgoingMessage outgoing, StreamId stream, string? trace, List<StoredSecret> secrets,
        CancellationToken ct)
    {
        var to = outgoing.To.Value;
        var payload = await SealAsync(to, stream, outgoing, typeof(OutgoingMessage), trace, ct);
        if (outgoing.Link is not { } link || !Links.Wants(outgoing.Text.Value))
            return new NewMessage(id, payload);
        var isCode = Links.WantsCode(outgoing.Text.Value);
        var value = isCode ? LinkSecrets.NewCode() : LinkSecrets.NewToken();
        secrets.Add(isCode ? LinkSecrets.OfCode(link.Of, value) : LinkSecrets.OfToken(link.Of, value));
        var secret = new MessageSecret(new Personal(value));
        return new NewMessage(id, payload, await SealAsync(to, stream, secret, typeof(MessageSecret), null, ct));
    }

    private static OutgoingMessage Timed(
        OutgoingMessage outgoing, MatterMessage message, TState state, DateTimeOffset now, Rules rules) =>
        outgoing with
        {
            Owed = now,
            Waits = rules.Policy.QuietHours.MayWait(message.To, state, now) ? state.Community : null,
        };

    /// <summary>Makes sure of the key that the first event of a stream is sealed with.</summary>
    public ValueTask<string> PrepareAsync(StreamId stream, TEvent first, DateTimeOffset at, CancellationToken ct) =>
        parts.Json.PrepareAsync(
            parts.Pseudonyms.Person(PersonOf(first, TMatter.Evolve(null, first, at), stream)),
            () => parts.Pseudonyms.Person(stream.Value), ct);

    /// <summary>Forgets what is kept, e.g. after a person was erased.</summary>
    public void Forget() => _kept.Clear();

    /// <summary>Once a person is erased, what still comes is sealed with a key of the stream's own.</summary>
    private string PersonOf(object e, TState state, StreamId stream) =>
        e is TEvent own && personOf(own, state) is { } person && person != Personal.Erased ? person : stream.Value;

    private async ValueTask<byte[]> SealAsync(
        string address, StreamId stream, object data, Type type, string? trace, CancellationToken ct,
        IReadOnlyList<StoredSecret>? secrets = null)
    {
        var key = await parts.Json.PrepareAsync(
            parts.Pseudonyms.Person(address), () => parts.Pseudonyms.Person(stream.Value), ct);
        return parts.Json.Write(key, data, type, trace, secrets);
    }

    private static LoadedMatter<TState> Add(
        StreamId stream, LoadedMatter<TState>? before, object e, DateTimeOffset at)
    {
        var tracked = e switch
        {
            TEvent own => Tracking<TMatter, TState, TCommand, TEvent>.Add(before?.Tracked, own, at),
            ObligationEvent of when before is not null =>
                Tracking<TMatter, TState, TCommand, TEvent>.Add(before.Tracked, of),
            _ => throw new InvalidDataException($"Stream {stream}: {e.GetType().Name} cannot begin a matter."),
        };
        var happened = new MatterHappened(tracked.Version, at, e);
        return before is null
            ? new LoadedMatter<TState>(stream, [happened], [tracked])
            : before with { Events = before.Events.Add(happened), Past = before.Past.Add(tracked) };
    }

    private static IEnumerable<MatterMessage> MessagesOf(object e, Tracked<TState> tracked, Rules rules) => e switch
    {
        TEvent own => TMatter.Messages(own, tracked.State, rules),
        ObligationEvent of => Tracking<TMatter, TState, TCommand, TEvent>.Messages(of, tracked, rules),
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    private LoadedMatter<TState> Keep(LoadedMatter<TState> matter)
    {
        _kept.AddOrUpdate(matter.Stream, matter);
        return matter;
    }
}
