using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Matters;

/// <summary>What the services of all kinds of matter need.</summary>
public sealed record MatterParts(
    IEventStore Store, SealedJson Json, RulesBook Book, MatterComposer Composer, Pseudonyms Pseudonyms, INudge Nudge,
    Advance Advance, ITables Tables, TimeProvider Time);

/// <summary>
/// The one way to change a matter of a kind: load, decide, append events with the messages they owe in one transaction,
/// then nudge. Nobody waits for a message to be delivered. A kind derives from it and writes its own rows.
/// </summary>
public abstract class MatterKind<TMatter, TState, TCommand, TEvent> : IMatterKind
    where TMatter : IMatter<TState, TCommand, TEvent>
    where TState : class, IMatterState
    where TCommand : class
    where TEvent : class
{
    private const int Attempts = 50;
    private readonly MatterParts _parts;
    private readonly MatterStreams<TMatter, TState, TCommand, TEvent> _streams;

    /// <summary>Takes the part of its stream ids before the first dot, e.g. <c>order</c>.</summary>
    protected MatterKind(MatterParts parts, string prefix)
    {
        _parts = parts;
        Prefix = prefix;
        _streams = new MatterStreams<TMatter, TState, TCommand, TEvent>(
            parts.Store, parts.Json, parts.Composer, parts.Pseudonyms, parts.Time, PersonOf);
    }

    /// <summary>Part of its stream ids before the first dot.</summary>
    public string Prefix { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Prefixes => [Prefix];

    /// <summary>Names of its stored event types, those of the duties included.</summary>
    public IReadOnlyDictionary<string, Type> EventTypes => MatterStreams<TMatter, TState, TCommand, TEvent>.Types;

    /// <summary>The tables.</summary>
    protected ITables Tables => _parts.Tables;

    /// <summary>Rules of the communities.</summary>
    protected RulesBook Book => _parts.Book;

    /// <summary>Now, in UTC.</summary>
    protected DateTimeOffset Now => _parts.Time.Now();

    /// <summary>Stream of the matter with this id; letters, digits and <c>- _ .</c> only.</summary>
    public StreamId StreamOf(string id) => new($"{Prefix}.{id}");

    /// <summary>The matter as it is now, or null where it does not exist.</summary>
    public Task<LoadedMatter<TState>?> LoadAsync(StreamId stream, CancellationToken ct) =>
        _streams.LoadAsync(stream, ct);

    /// <summary>Rules a matter was begun under.</summary>
    public Rules RulesOf(TState state)
    {
        return Book.Of(state.Community, state.PolicyVersion);
    }

    /// <summary>
    /// Carries out a command; the matter may not exist yet, then the community's rules of now count. With
    /// <paramref name="seen"/>, the same message has its effect once, however often it is delivered.
    /// </summary>
    public async Task<MatterResult<TState>> BeginAsync(
        StreamId stream, CommunityId community, TCommand command, Actor actor, SeenMessage? seen, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var loaded = await LoadAsync(stream, ct);
            if (await TryAsync(stream, community, loaded, command, actor, seen, ct) is { } result)
                return result;
        }

        throw new IOException($"Stream {stream} was changed by others {Attempts} times in a row.");
    }

    /// <summary>As <see cref="BeginAsync"/>, for a matter that exists.</summary>
    public async Task<MatterResult<TState>> HandleAsync(
        StreamId stream, TCommand command, Actor actor, SeenMessage? seen, CancellationToken ct) =>
        await LoadAsync(stream, ct) is { } loaded
            ? await BeginAsync(stream, loaded.State.Community, command, actor, seen, ct)
            : new MatterResult<TState>.Unknown();

    /// <inheritdoc/>
    public async Task<MatterView?> ViewAsync(StreamId stream, CancellationToken ct) =>
        await LoadAsync(stream, ct) is { } m
            ? new MatterView(
                stream, Prefix, m.State.Number, m.State.Community, m.State.Lead, m.State.Open,
                Tracking<TMatter, TState, TCommand, TEvent>.Owed(m.Tracked))
            : null;

    /// <inheritdoc/>
    public async Task<Refusal?> AcknowledgeAsync(
        StreamId stream, ObligationKind kind, string subject, string? comment, StaffMember by, CancellationToken ct)
    {
        while (true)
        {
            if (await LoadAsync(stream, ct) is not { } loaded)
                return new Refusal(RefusalCode.WrongStage, "4.6.2-6", "There is no such matter.");
            var rules = RulesOf(loaded.State);
            var decision = Tracking<TMatter, TState, TCommand, TEvent>.Acknowledge(
                loaded.Tracked, kind, subject, comment, by, Now, rules);
            if (decision is Decision<ObligationEvent>.Refused no)
                return no.Refusal;
            var events = ((Decision<ObligationEvent>.Accepted)decision).Events;
            if (events.IsEmpty || await AppendAsync(loaded, [.. events], rules, null, ct) is not null)
                return null;
        }
    }

    /// <inheritdoc/>
    public async Task<PumpResult?> AdvanceAsync(StreamId stream, StreamHead? head, CancellationToken ct)
    {
        if (await LoadAsync(stream, ct) is not { } loaded)
            return new PumpResult(null);
        var rules = RulesOf(loaded.State);
        if (await FollowAsync(loaded, ct))
            return null;
        var overdue = Tracking<TMatter, TState, TCommand, TEvent>.Overdue(loaded.Tracked, Now, rules).ToList();
        if (overdue.Count > 0)
        {
            if (await AppendAsync(loaded, overdue, rules, null, ct) is not { } lapsed)
                return null;
            loaded = lapsed;
        }

        var owed = Tracking<TMatter, TState, TCommand, TEvent>.Owed(loaded.Tracked);
        var next = Advance.Earlier(Duties.NextTrigger(owed), NextTime(loaded.State));
        var result = await _parts.Advance.RunAsync(
            stream, head, loaded.Version, next, projected => WriteRowsAsync(loaded, projected, ct),
            (lost, seen) => ReportLostAsync(stream, lost, seen, ct), ct);
        return result is null ? null : result with { Progress = Progress.Of(Prefix, owed) };
    }

    /// <inheritdoc/>
    public async Task ReportLostAsync(StreamId stream, GivenUp lost, SeenMessage seen, CancellationToken ct)
    {
        var failed = new ObligationEvent.MessageFailed(
            lost.MessageId, lost.Message.TemplateName, lost.Message.Party, lost.Error);
        while (await LoadAsync(stream, ct) is { } loaded
            && await _parts.Store.FindSeenAsync(stream, seen.Id, ct) is null
            && await AppendAsync(loaded, [failed], RulesOf(loaded.State), seen, ct) is null)
        {
            // Somebody else was first: look again.
        }
    }

    /// <inheritdoc/>
    public abstract Task ClearRowsAsync(CancellationToken ct);

    /// <inheritdoc/>
    public async Task<bool> RebuildRowsAsync(StreamId stream, CancellationToken ct)
    {
        if (await LoadAsync(stream, ct) is not { } loaded)
            return false;
        await WriteRowsAsync(loaded, loaded.Version, ct);
        return true;
    }

    /// <summary>
    /// Whose personal data an event holds, by phone or conversation: it is sealed with that person's key. Null: with a
    /// key of the matter's own.
    /// </summary>
    protected virtual string? PersonOf(TEvent e, TState state) => null;

    /// <summary>
    /// Writes the kind's own rows. Version and keys as in <see cref="ITable{TRow}"/>; repeating it changes nothing.
    /// </summary>
    protected abstract Task ProjectAsync(LoadedMatter<TState> matter, CancellationToken ct);

    /// <summary>
    /// What the pump must do for the matter besides messages and lapses, e.g. open a case from an answer; every effect
    /// idempotent. True: it changed the matter, which is then looked at again.
    /// </summary>
    protected virtual Task<bool> FollowAsync(LoadedMatter<TState> matter, CancellationToken ct) =>
        Task.FromResult(false);

    /// <summary>When <see cref="FollowAsync"/> must look again although nothing is owed by then, or null.</summary>
    protected virtual DateTimeOffset? NextTime(TState state) => null;

    private async Task<MatterResult<TState>?> TryAsync(
        StreamId stream, CommunityId community, LoadedMatter<TState>? loaded, TCommand command, Actor actor,
        SeenMessage? seen, CancellationToken ct)
    {
        if (loaded is not null && seen is not null && await _parts.Store.FindSeenAsync(stream, seen.Id, ct) is { } taken)
            return Repeated(taken, seen, loaded);
        var rules = loaded is null ? Book.Current(community) : RulesOf(loaded.State);
        var decision = TMatter.Decide(loaded?.State, command, actor, Now, rules);
        if (decision is Decision<TEvent>.Refused no)
            return new MatterResult<TState>.Refused(no.Refusal);
        var events = ((Decision<TEvent>.Accepted)decision).Events;
        if (events.IsEmpty)
            return loaded is null ? new MatterResult<TState>.Unknown() : new MatterResult<TState>.Done(loaded);
        var (matter, before) = await _streams.AppendAsync(stream, loaded, [.. events], rules, seen, ct);
        if (matter is null)
            return before is not null && loaded is not null ? Repeated(before, seen!, loaded) : null;
        _parts.Nudge.Nudge(stream);
        return new MatterResult<TState>.Done(matter);
    }

    private async Task<LoadedMatter<TState>?> AppendAsync(
        LoadedMatter<TState> loaded, IReadOnlyList<object> events, Rules rules, SeenMessage? seen, CancellationToken ct)
    {
        var (matter, _) = await _streams.AppendAsync(loaded.Stream, loaded, events, rules, seen, ct);
        if (matter is not null)
            _parts.Nudge.Nudge(loaded.Stream);
        return matter;
    }

    private async Task WriteRowsAsync(LoadedMatter<TState> matter, long projected, CancellationToken ct)
    {
        var zone = RulesOf(matter.State).Calendar.Zone;
        await MatterRows.WriteAsync(
            Tables, Prefix, matter.Stream, matter.Tracked, Tracking<TMatter, TState, TCommand, TEvent>.Owed(matter.Tracked),
            Former(matter, projected), zone, ct);
        await ProjectAsync(matter, ct);
    }

    /// <summary>States at and since the version whose rows were written last: some rows may be gone.</summary>
    private static List<(Tracked<TState>, IReadOnlyList<Obligation>)> Former(
        LoadedMatter<TState> matter, long projected)
    {
        var former = new List<(Tracked<TState>, IReadOnlyList<Obligation>)>();
        // Rows may have been written before anything was settled; the first version cannot have moved, though. And
        // whatever was owed ever has left a step.
        if ((projected == 0 && matter.Version == 1) || (matter.Tracked.Steps.IsEmpty && matter.Tracked.Lapses.IsEmpty))
            return former;
        Tracked<TState>? tracked = null;
        foreach (var e in matter.Events)
        {
            tracked = MatterStreams<TMatter, TState, TCommand, TEvent>.Add(tracked, e.Event, e.At);
            if (tracked.Version >= projected)
                former.Add((tracked, Tracking<TMatter, TState, TCommand, TEvent>.Owed(tracked)));
        }

        return former;
    }

    private static MatterResult<TState> Repeated(TakenMessage taken, SeenMessage seen, LoadedMatter<TState> loaded) =>
        taken.Fingerprint == seen.Fingerprint
            ? new MatterResult<TState>.Done(loaded)
            : new MatterResult<TState>.Reused(seen.Id);
}
