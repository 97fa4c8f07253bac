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

    /// <summary>The unit answerable for it.</summary>
    Unit Lead { get; }

    /// <summary>The unit that has it in hand, which stands in for an owner who left.</summary>
    Unit HandlingUnit => Lead;

    /// <summary>Who decides above all others and is told last of what is late.</summary>
    Unit Chief => Unit.Leader;

    /// <summary>Whom it is against: neither they nor those below them are told of it (4.6.1-2-D).</summary>
    StaffId? Accused => null;

    /// <summary>
    /// All it is against: the accused, and those its words name until the chief has looked (4.6.1-2-D).
    /// </summary>
    IReadOnlyList<StaffId> Against => Accused is { } accused ? [accused] : [];

    /// <summary>
    /// Whose own it is, where staff complain as residents: they neither handle nor judge it (4.6.2-1).
    /// </summary>
    StaffId? Own => null;

    /// <summary>
    /// What was done in earlier rounds of this kind of step did not hold, whenever it was done; null where nothing is so.
    /// </summary>
    ObligationKind? Undone => null;

    /// <summary>How something that is owed no longer came to its end by the last event.</summary>
    StepEnd EndOf(ObligationKind kind, string subject) => StepEnd.Done;

    /// <summary>Counts from 1 and goes up each time it is opened again.</summary>
    int Round => 1;

    /// <summary>The sender's own id of the message that began it, with the fingerprint of what it said.</summary>
    string? SourceId => null;

    /// <summary>What it is about, for work lists; null where the kind has no categories.</summary>
    Category? Category => null;

    /// <summary>How grave it is, for work lists; null where the kind knows no degrees.</summary>
    Severity? Severity => null;

    /// <summary>Its time runs by the clock, day and night, as long as this is so (4.6.2-6).</summary>
    bool Urgent => false;

    /// <summary>Somebody is in danger: it stands before everything else.</summary>
    bool Danger => false;

    /// <summary>When the resident last talked to us about it; null: never, or the kind does not know.</summary>
    DateTimeOffset? HeardAt => null;

    /// <summary>Work remains, or may come again.</summary>
    bool Open { get; }

    /// <summary>Those who did the work: none of them is told to judge it. Null where it does not matter.</summary>
    IReadOnlySet<StaffId>? Hands => null;

    /// <summary>
    /// True where whoever decides above all hears of a lapse at once, before the ladder climbs to them.
    /// </summary>
    bool ChiefHears(ObligationKind kind) => false;

    /// <summary>
    /// A message given up is told to a person; false where there are so many that they are only counted.
    /// </summary>
    bool TellsLosses => true;

    /// <summary>It goes on for years: its steps belong to the months they arose in.</summary>
    bool GoesOn => false;

    /// <summary>
    /// Who sees it at the desk: unless its kind says otherwise, staff of its community and those of no one community.
    /// </summary>
    bool MaySee(StaffMember staff, CompanyDirectory directory) => staff.Serves(Community);
}

/// <summary>
/// A kind of matter: a complaint, an order, a notice, a survey … One pure function decides, one folds, one
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

    /// <summary>A word that any of its messages may use, from the state; null where there is none of the name.</summary>
    static virtual Word? WordOf(TState state, string name) => null;

    /// <summary>The event with the number in it that was given out after it was decided.</summary>
    static virtual TEvent Numbered(TEvent e, MatterNumber number) => e;
}
