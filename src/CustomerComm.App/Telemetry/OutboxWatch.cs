using System.Collections.Concurrent;
using CustomerComm.Domain;

namespace CustomerComm.App.Telemetry;

/// <summary>
/// What this process knows of messages that did not go out yet. A stream is forgotten when another process must have
/// tried it since, or when all its messages went out.
/// </summary>
public sealed class OutboxWatch
{
    private const int Most = 10_000;
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<StreamId, (DateTimeOffset Owed, DateTimeOffset Next)> _waiting = new();

    /// <summary>Remembers since when the stream's oldest message waits; null: none waits.</summary>
    internal void Note(StreamId stream, DateTimeOffset? owed, DateTimeOffset? next)
    {
        if (owed is not { } since || next is not { } again)
            _waiting.TryRemove(stream, out _);
        else if (_waiting.Count < Most || _waiting.ContainsKey(stream))
            _waiting[stream] = (since, again);
    }

    /// <summary>Since when the oldest message waits, or null.</summary>
    internal DateTimeOffset? Oldest(DateTimeOffset now)
    {
        DateTimeOffset? oldest = null;
        foreach (var (stream, (owed, next)) in _waiting)
        {
            if (next + s_grace < now)
                _waiting.TryRemove(stream, out _);
            else if (oldest is null || owed < oldest)
                oldest = owed;
        }

        return oldest;
    }
}
