using System.Collections.Immutable;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Matters;

/// <summary>A matter as stored: its state with what is tracked, and every event with its time.</summary>
public sealed record LoadedMatter<TState>(
    StreamId Stream, Tracked<TState> Tracked, ImmutableList<MatterHappened> Events)
    where TState : class, IMatterState
{
    /// <summary>The state.</summary>
    public TState State => Tracked.State;

    /// <summary>Number of events.</summary>
    public long Version => Tracked.Version;
}

/// <summary>An event of a matter: its own, or one of its duties.</summary>
public sealed record MatterHappened(long Version, DateTimeOffset At, object Event);

/// <summary>What a command on a matter came to.</summary>
public abstract record MatterResult<TState>
    where TState : class, IMatterState
{
    private MatterResult()
    {
    }

    /// <summary>Done, or done before; the matter as it is now.</summary>
    public sealed record Done(LoadedMatter<TState> Matter) : MatterResult<TState>;

    /// <summary>Refused by the procedure; nothing changed.</summary>
    public sealed record Refused(Refusal Refusal) : MatterResult<TState>;

    /// <summary>There is no such matter.</summary>
    public sealed record Unknown : MatterResult<TState>;

    /// <summary>The message id was used before with another content: a mistake of the sender.</summary>
    public sealed record Reused(string MessageId) : MatterResult<TState>;
}

/// <summary>A matter as lists and the desk see it, whatever its kind.</summary>
public sealed record MatterView(
    StreamId Stream, string Prefix, string Number, CommunityId Community, Unit Lead, bool Open,
    IReadOnlyList<Obligation> Owed);
