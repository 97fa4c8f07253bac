using System.Reflection;
using CustomerComm.App.Ports;
using CustomerComm.App.Storage;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Complaints;

/// <summary>A case as stored: its history and the version it was read at.</summary>
public sealed record LoadedCase(StreamId Stream, CaseHistory History, string KeyId)
{
    /// <summary>Number of events.</summary>
    public long Version => History.State.Version;

    /// <summary>The trace of the intake, a W3C <c>traceparent</c>; null where none was kept.</summary>
    public string? Trace { get; init; }
}

/// <summary>
/// Reads cases from their streams; keeps the ones last used, so that pump and pages do not read what was just written.
/// </summary>
public sealed class CaseStreams(IEventStore store, SealedJson json)
{
    private const int Kept = 1_500;

    private static readonly Dictionary<string, Type> s_types = typeof(ComplaintEvent)
        .GetNestedTypes(BindingFlags.Public).ToDictionary(t => t.Name, StringComparer.Ordinal);

    private readonly RecentlyUsed<StreamId, LoadedCase> _kept = new(Kept);

    /// <summary>Names of all stored event types.</summary>
    public static IReadOnlyCollection<string> EventTypes => s_types.Keys;

    /// <summary>The case as it is now, or null where the stream does not exist.</summary>
    public async Task<LoadedCase?> LoadAsync(StreamId stream, CancellationToken ct)
    {
        _kept.TryGet(stream, out var known);
        var events = await store.ReadAsync(stream, known?.Version ?? 0, ct);
        if (events.Count == 0)
            return known;
        var history = known?.History;
        foreach (var e in events)
            history = CaseHistory.Add(history, new Happened(await ReadAsync(e, ct), e.At));
        var loaded = new LoadedCase(stream, history!, SealedJson.KeyOf(events[0].Payload.Span))
        {
            Trace = known is null && Traces.Wanted ? SealedJson.TraceOf(events[0].Payload.Span) : known?.Trace,
        };
        Keep(loaded);
        return loaded;
    }

    /// <summary>
    /// Remembers a case just read or written. An older one does no harm: what it lacks is read again.
    /// </summary>
    public void Keep(LoadedCase loaded)
    {
        _kept.Set(loaded.Stream, loaded);
    }

    /// <summary>Forgets what is kept, e.g. after a person was erased.</summary>
    public void Forget() => _kept.Clear();

    /// <summary>The event to store.</summary>
    public NewEvent Write(string keyId, ComplaintEvent e) =>
        new(e.GetType().Name, json.Write(keyId, e, e.GetType(), Traces.Current));

    private async ValueTask<ComplaintEvent> ReadAsync(StoredEvent e, CancellationToken ct)
    {
        if (!s_types.TryGetValue(e.Type, out var type))
            throw new InvalidDataException($"Stream {e.Stream}, event {e.Version}: unknown type '{e.Type}'.");
        return (ComplaintEvent)await json.ReadAsync(e.Payload, type, ct);
    }
}
