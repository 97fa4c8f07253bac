using System.Collections.Immutable;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Matters;

/// <summary>
/// A matter as stored: every event with its time, and what is tracked as each of them left it; never empty.
/// </summary>
public sealed record LoadedMatter<TState>(
    StreamId Stream, ImmutableList<MatterHappened> Events, ImmutableList<Tracked<TState>> Past)
    where TState : class, IMatterState
{
    /// <summary>As it is now.</summary>
    public Tracked<TState> Tracked => Past[^1];

    /// <summary>The state.</summary>
    public TState State => Tracked.State;

    /// <summary>Number of events.</summary>
    public long Version => Tracked.Version;

    /// <summary>The trace it was begun in, a W3C <c>traceparent</c>; null where none was kept.</summary>
    public string? Trace { get; init; }

    /// <summary>
    /// The matter as it was after so many events, from 1, but with today's version: what is made from it differs from
    /// today's only where the matter did.
    /// </summary>
    public LoadedMatter<TState> At(long version)
    {
        var count = (int)version;
        return this with
        {
            Events = Events.RemoveRange(count, Events.Count - count),
            Past = Past.RemoveRange(count - 1, Past.Count - count + 1).Add(Past[count - 1] with { Version = Version }),
        };
    }
}

/// <summary>An event of a matter: its own, or one of its obligations.</summary>
public sealed record MatterHappened(long Version, DateTimeOffset At, object Event);

/// <summary>What a command on a matter came to.</summary>
public abstract record MatterResult<TState>
    where TState : class, IMatterState
{
    private MatterResult()
    {
    }

    /// <summary>
    /// Done, or done before; the matter as it is now. <paramref name="Repeated"/>: the message that opens a matter had
    /// opened it before.
    /// </summary>
    public sealed record Done(LoadedMatter<TState> Matter, bool Repeated = false) : MatterResult<TState>;

    /// <summary>Refused by the procedure; nothing changed.</summary>
    public sealed record Refused(Refusal Refusal) : MatterResult<TState>;

    /// <summary>There is no such matter.</summary>
    public sealed record Unknown : MatterResult<TState>;

    /// <summary>
    /// The message id was used before with another content: a mistake of the sender. The matter it was used on.
    /// </summary>
    public sealed record Reused(string MessageId, LoadedMatter<TState> Matter) : MatterResult<TState>;
}

/// <summary>A matter as lists and the desk see it, whatever its kind.</summary>
public sealed record MatterView(
    StreamId Stream, string Prefix, string Number, CommunityId Community, Unit Lead, bool Open,
    IReadOnlyList<Obligation> Owed);
