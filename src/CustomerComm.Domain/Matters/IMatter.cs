using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Matters;

/// <summary>What the state of every matter tells about itself.</summary>
public interface IMatterState
{
    /// <summary>The community it belongs to.</summary>
    CommunityId Community { get; }

    /// <summary>The policy it was begun under: its promises keep to that one.</summary>
    string PolicyVersion { get; }

    /// <summary>What people call it in messages and lists, e.g. <c>HY-W-2026-000012</c>.</summary>
    string Number { get; }

    /// <summary>The unit answerable for it, which stands in for an owner who left.</summary>
    Unit Lead { get; }

    /// <summary>Work remains, or may come again.</summary>
    bool Open { get; }

    /// <summary>Those who did the work: none of them is told to judge it. Null where it does not matter.</summary>
    IReadOnlySet<StaffId>? Hands => null;

    /// <summary>The head of <see cref="Lead"/> is told of each message that could not be delivered.</summary>
    bool TellsFailures => true;
}

/// <summary>
/// A kind of matter other than a complaint: an order, a notice, a survey … One pure function decides, one folds, one
/// says what is owed, one whom to tell. Lapses and their ladder, steps, delivery and storage are the same for all.
/// </summary>
public interface IMatter<TState, TCommand, TEvent>
    where TState : class, IMatterState
    where TCommand : class
    where TEvent : class
{
    /// <summary>
    /// What a command does; <paramref name="state"/> is null for a matter that does not exist yet. Repeating a command
    /// gives no events.
    /// </summary>
    static abstract Decision<TEvent> Decide(
        TState? state, TCommand command, Actor actor, DateTimeOffset now, Rules rules);

    /// <summary>The state after an event.</summary>
    static abstract TState Evolve(TState? state, TEvent e, DateTimeOffset at);

    /// <summary>What is owed, from the state alone; never empty where it is open and waits for somebody.</summary>
    static abstract IEnumerable<Obligation> Owed(TState state);

    /// <summary>Whom an event must be told to, from it and the state it led to.</summary>
    static abstract IEnumerable<MatterMessage> Messages(TEvent e, TState state, Rules rules);
}
