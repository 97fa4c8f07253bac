using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Matters;

/// <summary>A matter before one member of staff: who looks, when, by which rules and in which words.</summary>
public record Sight<TState>(
    LoadedMatter<TState> Matter, StaffMember Member, Rules Rules, DeskWords Words, DateTimeOffset Now)
    where TState : class, IMatterState
{
    /// <summary>The state.</summary>
    public TState State => Matter.State;

    /// <summary>Staff who may be given work in its community, by unit and rank.</summary>
    public IEnumerable<StaffMember> People => Rules.Directory.Staff
        .Where(m => m.Serves(State.Community))
        .OrderBy(m => m.Unit).ThenBy(m => m.Rank).ThenBy(m => m.Id.Value, StringComparer.Ordinal);
}

/// <summary>
/// A command that asks the domain whether an action is open to somebody. Where there are several of an action, one for
/// each <paramref name="Subject"/>, <paramref name="About"/> tells them apart in its title.
/// </summary>
internal sealed record Trial<TCommand>(TCommand Command, string Subject = "", string? About = null)
{
    /// <summary>What is said above its questions, or null: <c>Hint.{action}</c>.</summary>
    public string? Hint { get; init; }
}

/// <summary>
/// Something that can be done with a matter, declared once: its name with the words <c>Action.{name}</c> and
/// <c>Hint.{name}</c>, the questions of its form, and the command that the answers ask for. It is offered where the
/// domain accepts a trial of it; the trial is the command with plausible answers, unless <see cref="Trials"/> gives
/// others.
/// </summary>
internal sealed record Act<TState, TCommand>(
    string Name, Func<Sight<TState>, FormFields, IEnumerable<DeskField>> Fields,
    Func<Sight<TState>, Answers, TCommand> Read)
    where TState : class, IMatterState
    where TCommand : class
{
    /// <summary>An action without questions.</summary>
    public Act(string name, Func<Sight<TState>, TCommand> command)
        : this(name, (_, _) => [], (s, _) => command(s))
    {
    }

    /// <summary>An action that takes more than a command to the matter, and says itself when it is open.</summary>
    public Act(
        string name, Func<Sight<TState>, FormFields, IEnumerable<DeskField>> fields, Func<Sight<TState>, bool> isOpen,
        Func<Sight<TState>, Answers, SeenMessage, CancellationToken, Task<MatterResult<TState>>> perform)
        : this(name, fields, (_, _) => throw new System.Diagnostics.UnreachableException())
    {
        IsOpen = isOpen;
        Perform = perform;
    }

    /// <summary>Asks the domain of other matters whether it is open, in place of a trial of its command.</summary>
    public Func<Sight<TState>, bool>? IsOpen { get; }

    /// <summary>Carries it out, in place of handing its command to the matter.</summary>
    public Func<Sight<TState>, Answers, SeenMessage, CancellationToken, Task<MatterResult<TState>>>? Perform { get; }

    /// <summary>The commands to try; the first accepted of each subject is offered.</summary>
    public Func<Sight<TState>, IEnumerable<Trial<TCommand>>>? Trials { get; init; }

    /// <summary>Where the command needs what must be loaded first; it goes before <see cref="Read"/>.</summary>
    public Func<Sight<TState>, Answers, CancellationToken, Task<TCommand>>? Gather { get; init; }

    /// <summary>What it settles: its due time is shown to whoever owes that, and it goes before other actions.</summary>
    public ObligationKind? Settles { get; init; }

    /// <summary>The clause a field that cannot be read is refused by, or null: the kind's.</summary>
    public string? Clause { get; init; }

    /// <summary>It cannot be undone.</summary>
    public bool Danger { get; init; }

    /// <summary>Fields of the form by the names that the domain calls them, where these differ.</summary>
    public IReadOnlyDictionary<string, string> Known { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Key of what is said above its questions, where that depends on the matter.</summary>
    public Func<Sight<TState>, string>? Hint { get; init; }

    /// <summary>
    /// The answers of a form that was sent, or plausible ones; what cannot be read is refused by its clause, else by
    /// <paramref name="clause"/>.
    /// </summary>
    public Answers AnswersOf(Sight<TState> sight, PostedForm? form, string clause) =>
        new(form, sight.Rules.Calendar, Clause ?? clause, sight.Member, sight.Now);
}
