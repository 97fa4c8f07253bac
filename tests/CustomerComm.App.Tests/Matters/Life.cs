using System.Collections;
using System.Reflection;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Registers;
using CustomerComm.Domain.Reviews;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Matters;

/// <summary>What one command of a life came to: the version then, null where it was refused.</summary>
internal sealed record Lived(long? Version, string? Refused, bool Reused = false);

/// <summary>A matter as the contract looks at it, whatever its kind.</summary>
internal sealed record Seen(
    long Version, bool Open, bool TellsLosses, DateTimeOffset BegunAt, IReadOnlyList<Obligation> Owed,
    IReadOnlyList<MatterHappened> Events, IReadOnlyList<ITableRow> Rows, IReadOnlyList<ITableRow> FormerRows);

/// <summary>A command of a life: whether it adds again when given again, and whether it may add nothing.</summary>
internal sealed record Turn(string Name, bool AddsAgain, bool MayAddNothing);

/// <summary>
/// The life of one matter of a kind: how it begins and what is done with it, through most of its events. Each step is a
/// function of the state and of the time, so that whatever else happened meanwhile is taken into account.
/// </summary>
internal interface ILife
{
    string Name { get; }

    string Prefix { get; }

    /// <summary>The resident whose key seals at least one of its events; null where its kind seals nobody's.</summary>
    string? Person { get; }

    /// <summary>Why it may be open without owing anything to a time; null where it may not.</summary>
    string? OwesNothing { get; }

    IReadOnlyList<Turn> Turns { get; }

    StreamId Stream(TestApp app);

    /// <summary>Lets the time pass that lies before the step.</summary>
    Task WaitAsync(TestApp app, int step);

    Task<Lived> DoAsync(TestApp app, int step, SeenMessage? seen);

    /// <summary>Gives the same message, or another under its id, as it comes from outside.</summary>
    Task<Func<SeenMessage?, Task<Lived>>> MessageAsync(TestApp app, int step);

    /// <summary>
    /// The events that the step's command would add with each of its texts, one at a time, replaced by a bad one.
    /// </summary>
    Task<IReadOnlyList<(string Field, IReadOnlyList<object> Events)>> TryTextsAsync(TestApp app, int step, string bad);

    Task<Seen?> SeeAsync(TestApp app, StreamId? stream = null);
}

/// <inheritdoc/>
internal sealed class Life<TMatter, TState, TCommand, TEvent, TKind>(
    string prefix, Func<TKind, StreamId> stream, Actor by, Func<DateTimeOffset, TCommand> first, string? variant = null)
    : ILife
    where TMatter : IMatter<TState, TCommand, TEvent>
    where TState : class, IMatterState
    where TCommand : class
    where TEvent : class
    where TKind : MatterKind<TMatter, TState, TCommand, TEvent>
{
    private readonly List<Step> _steps =
        [new(new Turn("begin", AddsAgain: false, MayAddNothing: false), by, null, (_, now) => first(now))];

    private Func<TState, DateTimeOffset, DateTimeOffset>? _wait;

    public string Name => variant is null ? prefix : $"{prefix}, {variant}";

    public string Prefix => prefix;

    public string? Person { get; init; }

    public string? OwesNothing { get; init; }

    /// <summary>The series of its numbers: it is then opened as a numbered matter by its sender's message.</summary>
    public MatterNumber? Series { get; init; }

    /// <summary>The command that begins it, with the sender's message and its fingerprint in it.</summary>
    public Func<TCommand, string, TCommand>? From { get; init; }

    public IReadOnlyList<Turn> Turns => _steps.ConvertAll(s => s.Turn);

    /// <summary>Does this next; <paramref name="again"/> says why giving it again adds an event.</summary>
    public Life<TMatter, TState, TCommand, TEvent, TKind> Then(
        Actor actor, Func<TState, DateTimeOffset, TCommand> command, string? again = null, bool mayAddNothing = false)
    {
        _steps.Add(new Step(
            new Turn($"{_steps.Count}", again is not null, mayAddNothing), actor, _wait, (s, now) => command(s!, now)));
        _wait = null;
        return this;
    }

    /// <summary>As the other, by staff.</summary>
    public Life<TMatter, TState, TCommand, TEvent, TKind> Then(
        StaffMember by, Func<TState, DateTimeOffset, TCommand> command, string? again = null) =>
        Then(new Actor.Staff(by), command, again);

    /// <summary>As the other, by the resident.</summary>
    public Life<TMatter, TState, TCommand, TEvent, TKind> Resident(Func<TState, DateTimeOffset, TCommand> command) =>
        Then(new Actor.Resident(), command);

    /// <summary>As the other, by the system, whose pump may have done it already.</summary>
    public Life<TMatter, TState, TCommand, TEvent, TKind> System(
        Func<TState, DateTimeOffset, TCommand> command, string? again = null) =>
        Then(new Actor.System(), command, again, mayAddNothing: true);

    /// <summary>Waits until then.</summary>
    public Life<TMatter, TState, TCommand, TEvent, TKind> Wait(Func<TState, DateTimeOffset, DateTimeOffset> until)
    {
        _wait = until;
        return this;
    }

    public StreamId Stream(TestApp app) => stream(app.Get<TKind>());

    public async Task WaitAsync(TestApp app, int step)
    {
        if (_steps[step].Until is not { } until)
            return;
        var state = (await app.Get<TKind>().LoadAsync(Stream(app), CancellationToken.None))!.State;
        var pause = until(state, app.Time.Now()) - app.Time.Now();
        if (pause > TimeSpan.Zero)
            app.Time.Advance(pause);
    }

    public async Task<Lived> DoAsync(TestApp app, int step, SeenMessage? seen)
    {
        var kind = app.Get<TKind>();
        var state = (await kind.LoadAsync(Stream(app), CancellationToken.None))?.State;
        var s = _steps[step];
        return Of(await GiveAsync(app, step, s.Command(state, app.Time.Now()), seen));
    }

    public async Task<Func<SeenMessage?, Task<Lived>>> MessageAsync(TestApp app, int step)
    {
        var kind = app.Get<TKind>();
        var state = (await kind.LoadAsync(Stream(app), CancellationToken.None))?.State;
        var command = _steps[step].Command(state, app.Time.Now());
        return async seen => Of(await GiveAsync(app, step, command, seen));
    }

    public async Task<IReadOnlyList<(string Field, IReadOnlyList<object> Events)>> TryTextsAsync(
        TestApp app, int step, string bad)
    {
        // What the system says was read from what it keeps: it was looked at when a person said it.
        if (_steps[step].By is Actor.System)
            return [];
        var loaded = await app.Get<TKind>().LoadAsync(Stream(app), CancellationToken.None);
        var rules = loaded is null
            ? app.Get<Company.RulesBook>().Current(TestCompany.HY)
            : app.Get<TKind>().RulesOf(loaded.State);
        var command = _steps[step].Command(loaded?.State, app.Time.Now());
        var tried = new List<(string, IReadOnlyList<object>)>();
        foreach (var (field, changed) in RecordTexts.Variants(command, bad))
        {
            var decision = TMatter.Decide(
                loaded?.State, (TCommand)changed, _steps[step].By, app.Time.Now(), rules);
            tried.Add(($"{command.GetType().Name}{field}", decision is Decision<TEvent>.Accepted yes
                ? [.. yes.Events] : []));
        }

        return tried;
    }

    public async Task<Seen?> SeeAsync(TestApp app, StreamId? of = null)
    {
        var kind = app.Get<TKind>();
        if (await kind.LoadAsync(of ?? Stream(app), CancellationToken.None) is not { } m)
            return null;
        return new Seen(
            m.Version, m.State.Open, m.State.TellsLosses, m.Tracked.BegunAt, MatterKind<TMatter, TState, TCommand, TEvent>.Owed(m), m.Events, [.. kind.RowsOf(m)],
            [.. Enumerable.Range(1, (int)m.Version).SelectMany(v => kind.RowsOf(m.At(v)))]);
    }

    private Task<MatterResult<TState>> GiveAsync(TestApp app, int step, TCommand command, SeenMessage? seen)
    {
        var kind = app.Get<TKind>();
        var at = Stream(app);
        if (step > 0)
            return kind.HandleAsync(at, command, _steps[step].By, seen, CancellationToken.None);
        if (Series is not { } series)
            return kind.BeginAsync(at, TestCompany.HY, command, by, seen, CancellationToken.None);
        var source = seen is null ? null : $"{seen.Id}#{seen.Fingerprint}";
        return kind.OpenAsync(
            at, series, () => source is null ? command : From!(command, source), source, by, CancellationToken.None);
    }

    private static Lived Of(MatterResult<TState> result) => result switch
    {
        MatterResult<TState>.Done d => new Lived(d.Matter.Version, null),
        MatterResult<TState>.Refused r => new Lived(null, r.Refusal.ToString()),
        MatterResult<TState>.Reused => new Lived(null, "reused", Reused: true),
        _ => new Lived(null, result.GetType().Name),
    };

    private sealed record Step(
        Turn Turn, Actor By, Func<TState, DateTimeOffset, DateTimeOffset>? Until,
        Func<TState?, DateTimeOffset, TCommand> Command);
}

/// <summary>The texts in a record and in the records within it.</summary>
internal static class RecordTexts
{
    /// <summary>Identities, and what is found by them or counted: nobody writes it into a command.</summary>
    private static readonly HashSet<Type> s_lookedUp =
    [
        typeof(CommunityId), typeof(StaffId), typeof(StreamId), typeof(MatterNumber), typeof(PostId), typeof(Opinion),
        typeof(MonthFigures),
    ];

    /// <summary>Copies of a record, each with one of its texts replaced.</summary>
    public static IEnumerable<(string Field, object Copy)> Variants(object record, string text)
    {
        foreach (var p in Fields(record))
        {
            var value = p.GetValue(record);
            var type = Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType;
            if (type == typeof(string))
                yield return ($".{p.Name}", With(record, p, text));
            else if (type == typeof(Personal))
                yield return ($".{p.Name}", With(record, p, new Personal(text)));
            else if (value is not null)
            {
                foreach (var (field, copy) in Within(value, text))
                    yield return ($".{p.Name}{field}", With(record, p, copy));
            }
        }
    }

    /// <summary>True where any text in it contains this one.</summary>
    public static bool Contains(object? value, string text) => value switch
    {
        null => false,
        string s => s.Contains(text, StringComparison.Ordinal),
        Personal p => Contains(p.Value, text),
        IEnumerable list => list.Cast<object?>().Any(x => Contains(x, text)),
        _ => IsOurs(value.GetType()) && Fields(value).Any(p => Contains(p.GetValue(value), text)),
    };

    /// <summary>What is personal in it, in order.</summary>
    public static IEnumerable<string> Personals(object? value) => value switch
    {
        null or string => [],
        Personal p => [p.Value],
        IEnumerable list => list.Cast<object?>().SelectMany(Personals),
        _ => IsOurs(value.GetType()) ? Fields(value).SelectMany(p => Personals(p.GetValue(value))) : [],
    };

    private static IEnumerable<(string Field, object Copy)> Within(object value, string text)
    {
        if (value is IEnumerable list)
        {
            var items = list.Cast<object>().ToList();
            for (var i = 0; i < items.Count; i++)
            {
                var at = i;
                foreach (var (field, copy) in Element(items[i], text))
                    yield return ($"[{at}]{field}", ListWith(value, at, copy));
            }
        }
        // Another matter given along is no text of this command.
        else if (value is not IMatterState && IsOurs(value.GetType()))
        {
            foreach (var variant in Variants(value, text))
                yield return variant;
        }
    }

    private static IEnumerable<(string Field, object Copy)> Element(object item, string text) => item switch
    {
        string => [("", text)],
        Personal => [("", new Personal(text))],
        (string a, string b) => [(".1", (text, b)), (".2", (a, text))],
        _ => IsOurs(item.GetType()) ? Variants(item, text) : [],
    };

    private static object ListWith(object list, int at, object item)
    {
        var set = list.GetType().GetMethod("SetItem", [typeof(int), item.GetType()])
            ?? throw new InvalidOperationException($"{list.GetType().Name} cannot be changed here.");
        return set.Invoke(list, [at, item])!;
    }

    /// <summary>A record that may hold text.</summary>
    private static bool IsOurs(Type type) =>
        type.Namespace?.StartsWith("CustomerComm", StringComparison.Ordinal) == true && !type.IsEnum
        && !s_lookedUp.Contains(type);

    private static IEnumerable<PropertyInfo> Fields(object record) => record.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.GetIndexParameters().Length == 0 && p.CanWrite);

    private static object With(object record, PropertyInfo property, object value)
    {
        var copy = record.GetType().GetMethod("<Clone>$")?.Invoke(record, null)
            ?? typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!
                .Invoke(record, null)!;
        property.SetValue(copy, value);
        return copy;
    }
}
