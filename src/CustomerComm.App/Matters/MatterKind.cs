using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using CustomerComm.App.Company;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Storage;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Matters;

/// <summary>What all kinds of matter need.</summary>
public sealed record MatterParts(
    IEventStore Store, SealedJson Json, RulesBook Book, MatterComposer Composer, Pseudonyms Pseudonyms, INudge Nudge,
    Advance Advance, ITables Tables, Numbering Numbering, LinksInMemory Links, TimeProvider Time);

/// <summary>
/// The one way to change a matter of a kind: load, decide, append events with the messages they owe in one transaction,
/// then nudge. Nobody waits for a message to be delivered. A kind derives from it and says which rows it has.
/// </summary>
public abstract partial class MatterKind<TMatter, TState, TCommand, TEvent> : IMatterKind
    where TMatter : IMatter<TState, TCommand, TEvent>
    where TState : class, IMatterState
    where TCommand : class
    where TEvent : class
{
    private const int Attempts = 50;
    private readonly MatterParts _parts;
    private readonly MatterStreams<TMatter, TState, TCommand, TEvent> _streams;
    private readonly ConcurrentDictionary<StreamId, TaskCompletionSource> _arriving = new();

    /// <summary>
    /// Takes the part of its stream ids before the first dot, e.g. <c>order</c>, the code in its numbers where it has any,
    /// and how many of its matters are kept in memory, those last used.
    /// </summary>
    protected MatterKind(MatterParts parts, string prefix, string? code = null, int kept = 1_000)
    {
        _parts = parts;
        Prefix = prefix;
        Code = code;
        _streams = new MatterStreams<TMatter, TState, TCommand, TEvent>(parts, kept, PersonOf);
    }

    /// <summary>Part of its stream ids before the first dot.</summary>
    public string Prefix { get; }

    /// <summary>The code in its numbers; null where it has none of the numbered series.</summary>
    public string? Code { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Prefixes => [Prefix];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Type> EventTypes => MatterStreams<TMatter, TState, TCommand, TEvent>.Types;

    /// <summary>The kinds of row it writes besides those that every kind has.</summary>
    protected abstract IReadOnlyList<Type> RowTypes { get; }

    /// <summary>The tables.</summary>
    protected ITables Tables => _parts.Tables;

    /// <summary>Rules of the communities.</summary>
    protected RulesBook Book => _parts.Book;

    /// <summary>The streams with their outboxes.</summary>
    protected IEventStore Store => _parts.Store;

    /// <summary>A message of an outbox as it was composed.</summary>
    protected async Task<OutgoingMessage> OutgoingAsync(OutboxMessage message, CancellationToken ct) =>
        (OutgoingMessage)await _parts.Json.ReadAsync(message.Payload, typeof(OutgoingMessage), ct);

    /// <summary>Now, in UTC.</summary>
    protected DateTimeOffset Now => _parts.Time.Now();

    /// <summary>Stream of the matter with this id; letters, digits and <c>- _ .</c> only.</summary>
    public StreamId StreamOf(string id) => new($"{Prefix}.{id}");

    /// <summary>The matter as it is now, or null where it does not exist.</summary>
    public Task<LoadedMatter<TState>?> LoadAsync(StreamId stream, CancellationToken ct) =>
        _streams.LoadAsync(stream, ct);

    /// <summary>The matter of a number, or null.</summary>
    public async Task<LoadedMatter<TState>?> FindAsync(MatterNumber number, CancellationToken ct) =>
        number.Code == Code && await _parts.Numbering.FindAsync(number, ct) is { } stream
            && await LoadAsync(stream, ct) is { } found && found.State.Number == number.ToString()
            ? found
            : null;

    /// <summary>Rules a matter was begun under.</summary>
    public Rules RulesOf(TState state) => Book.Of(state.Community, state.PolicyVersion);

    /// <summary>Everything that is owed in a matter, lapses and their acknowledgement included.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "The kind of matter is the argument.")]
    public static IReadOnlyList<Obligation> Owed(LoadedMatter<TState> matter) =>
        Tracking<TMatter, TState, TCommand, TEvent>.Owed(matter.Tracked);

    /// <summary>
    /// True where the rules let a member of staff do this now and it changes something; without a state: begin with it.
    /// </summary>
    public bool Accepts(TState? state, CommunityId community, TCommand trial, StaffMember by) =>
        Acting.Decide<TMatter, TState, TCommand, TEvent>(
            state, trial, new Actor.Staff(by), community, Now, state is null ? Book.Current(community) : RulesOf(state))
            is Decision<TEvent>.Accepted { Events.IsEmpty: false };

    /// <summary>True where the rules let somebody who is not staff do this now and it changes something.</summary>
    public bool Accepts(TState state, TCommand trial, Actor by) =>
        TMatter.Decide(state, trial, by, Now, RulesOf(state)) is Decision<TEvent>.Accepted { Events.IsEmpty: false };

    /// <summary>All rows of a matter as they should stand in the tables now.</summary>
    public IEnumerable<ITableRow> RowsOf(LoadedMatter<TState> matter) => RowsOf(matter, 0);

    /// <summary>
    /// Opens a numbered matter: decides once, so that what is refused uses up no number, then gives the number out,
    /// then writes. <paramref name="series"/> says which numbers; its sequence does not count. With
    /// <paramref name="source"/> the same message opens one matter, however often it comes; another message under its
    /// id is <c>Reused</c>. The command is asked for only where there is something to open. With
    /// <paramref name="page"/>, whoever sent it is given the token of that page of theirs.
    /// </summary>
    public async Task<MatterResult<TState>> OpenAsync(
        StreamId stream, MatterNumber series, Func<TCommand> command, string? source, Actor actor, CancellationToken ct,
        PageIssue? page = null)
    {
        var alone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // The same message at the same time waits for the first, so that only one number is used up.
        while (!_arriving.TryAdd(stream, alone))
        {
            if (_arriving.TryGetValue(stream, out var first))
                await first.Task.WaitAsync(ct);
        }

        try
        {
            var result = source is not null && await LoadAsync(stream, ct) is { } before
                ? Before(before, source)
                : await OpenAloneAsync(stream, series, command(), source, actor, page, ct);
            return page is { } asked && result is MatterResult<TState>.Done { Repeated: true } done
                ? done with { Token = await MakeLinkAsync(stream, asked, ct) }
                : result;
        }
        finally
        {
            _arriving.TryRemove(stream, out _);
            alone.SetResult();
        }
    }

    /// <summary>
    /// Carries out a command; the matter may not exist yet, then the community's rules of now count. With
    /// <paramref name="seen"/>, the same message has its effect once, however often it is delivered.
    /// </summary>
    public Task<MatterResult<TState>> BeginAsync(
        StreamId stream, CommunityId community, TCommand command, Actor actor, SeenMessage? seen, CancellationToken ct) =>
        DoAsync(stream, community, command, actor, seen, ct);

    /// <summary>As <see cref="BeginAsync"/>, for a matter that exists.</summary>
    public Task<MatterResult<TState>> HandleAsync(
        StreamId stream, TCommand command, Actor actor, SeenMessage? seen, CancellationToken ct) =>
        DoAsync(stream, null, command, actor, seen, ct);

    /// <summary>As above, for the matter of a number.</summary>
    public async Task<MatterResult<TState>> HandleAsync(
        MatterNumber number, TCommand command, Actor actor, SeenMessage? seen, CancellationToken ct) =>
        number.Code == Code && await _parts.Numbering.FindAsync(number, ct) is { } stream
            ? await HandleAsync(stream, command, actor, seen, ct)
            : new MatterResult<TState>.Unknown();

    /// <inheritdoc/>
    public async Task<PumpResult?> AdvanceAsync(StreamId stream, StreamHead? head, CancellationToken ct)
    {
        if (await LoadAsync(stream, ct) is not { } loaded)
            return new PumpResult(null);
        Activity.Current.LinkTo(loaded.Trace);
        var rules = RulesOf(loaded.State);
        if (await FollowAsync(loaded, ct))
            return null;
        var overdue = Tracking<TMatter, TState, TCommand, TEvent>.Overdue(loaded.Tracked, Now, rules).ToList();
        if (overdue.Count > 0)
        {
            using var span = Traces.Decide("LapseOverdue", new Actor.System(), stream, loaded.Trace);
            if (await AppendAsync(loaded, overdue, rules, null, ct) is not { } lapsed)
                return null;
            loaded = lapsed;
        }

        var owed = Tracking<TMatter, TState, TCommand, TEvent>.Owed(loaded.Tracked);
        var next = Advance.Earlier(Obligations.NextTrigger(owed), NextTime(loaded.State));
        var result = await _parts.Advance.RunAsync(
            stream, head, loaded.Version, next, projected => WriteRowsAsync(loaded, projected, ct),
            (lost, seen) => ReportLostAsync(stream, lost, seen, ct), ct);
        return result is null ? null : result with { Progress = Progress.Of(StageOf(loaded.State), owed) };
    }

    /// <inheritdoc/>
    public async Task ReportLostAsync(StreamId stream, GivenUp lost, SeenMessage seen, CancellationToken ct)
    {
        var failed = new ObligationEvent.MessageFailed(
            lost.MessageId, lost.Message.Template, lost.Message.Party, lost.Error);
        while (await LoadAsync(stream, ct) is { } loaded
            && await _parts.Store.FindSeenAsync(stream, seen.Id, ct) is null
            && await AppendAsync(loaded, [failed], RulesOf(loaded.State), seen, ct) is null)
        {
            // Somebody else was first: look again.
        }
    }

    /// <inheritdoc/>
    public Task ClearRowsAsync(CancellationToken ct) =>
        MatterRows.ClearAsync(Tables, RowTypes.Concat(MatterRows.Common), ct);

    /// <inheritdoc/>
    public async Task<bool> RebuildRowsAsync(StreamId stream, CancellationToken ct)
    {
        if (await LoadAsync(stream, ct) is not { } loaded)
            return false;
        await MatterRows.WriteAsync(Tables, RowsOf(loaded), [], written: false, loaded.Version, ct);
        await ProjectedAsync(loaded, 0, ct);
        return true;
    }

    /// <inheritdoc/>
    public void Forget() => _streams.Forget();

    /// <summary>
    /// Whose personal data an event holds, by phone or conversation: it is sealed with that person's key. Null: with a
    /// key of the matter's own.
    /// </summary>
    protected virtual string? PersonOf(TEvent e, TState state) => null;

    /// <summary>
    /// The kind's own rows, from the matter alone. What did not change after version <paramref name="since"/> may be left
    /// out by kinds that grow without end; others give all.
    /// </summary>
    protected virtual IEnumerable<ITableRow> Rows(LoadedMatter<TState> matter, long since) => [];

    /// <summary>Where it stands, for whoever watches the pump.</summary>
    protected virtual string StageOf(TState state) => Prefix;

    /// <summary>False where it counts nowhere, e.g. a number that was voided: then it has no rows at all.</summary>
    protected virtual bool Counts(TState state) => true;

    /// <summary>
    /// After the rows were written, the last time for version <paramref name="projected"/>, 0 for never; repeating it
    /// changes nothing.
    /// </summary>
    protected virtual Task ProjectedAsync(LoadedMatter<TState> matter, long projected, CancellationToken ct) =>
        Task.CompletedTask;

    /// <summary>
    /// What the pump must do for the matter besides messages and lapses, e.g. open a complaint from an answer; every
    /// effect idempotent. True: it changed the matter, which is then looked at again.
    /// </summary>
    protected virtual Task<bool> FollowAsync(LoadedMatter<TState> matter, CancellationToken ct) =>
        Task.FromResult(false);

    /// <summary>When <see cref="FollowAsync"/> must look again although nothing is owed by then, or null.</summary>
    protected virtual DateTimeOffset? NextTime(TState state) => null;

    /// <summary>As the system does it; true where the matter moved on, for <see cref="FollowAsync"/>.</summary>
    protected async Task<bool> MovedAsync(LoadedMatter<TState> matter, TCommand command, CancellationToken ct) =>
        await HandleAsync(matter.Stream, command, new Actor.System(), null, ct) is MatterResult<TState>.Done done
        && done.Matter.Version > matter.Version;

    private async Task<MatterResult<TState>> OpenAloneAsync(
        StreamId stream, MatterNumber series, TCommand command, string? source, Actor actor, PageIssue? page,
        CancellationToken ct)
    {
        var rules = Book.Current(series.Community);
        using var span = Traces.Decide(command.GetType().Name, actor, stream, null);
        var decision = Acting.Decide<TMatter, TState, TCommand, TEvent>(
            null, command, actor, series.Community, Now, rules);
        if (decision is Decision<TEvent>.Refused no)
        {
            span.End($"refused:{no.Refusal.Code}");
            return new MatterResult<TState>.Refused(no.Refusal);
        }

        var decided = ((Decision<TEvent>.Accepted)decision).Events;
        var preparing = _streams.PrepareAsync(stream, decided[0], Now, ct).AsTask();
        var number = await _parts.Numbering.AllocateAsync(series, stream, ct);
        await preparing;
        var token = page is null ? null : LinkSecrets.NewToken();
        var (matter, _) = await _streams.AppendAsync(
            stream, null, [.. decided.Select(e => TMatter.Numbered(e, number))], rules, null,
            page is { } of ? LinkSecrets.OfToken(of, token!) : null, ct);
        if (matter is not null)
        {
            span.End("appended");
            if (page is { } given)
                _parts.Links.Keep(new LinkAt(stream, given.Page, given.Issue), token!);
            _parts.Nudge.Nudge(stream);
            return new MatterResult<TState>.Done(matter) { Token = token };
        }

        // Another process took the same message at the same time and was first: this number stays unused, in sight.
        span.End("conflict");
        return Before(
            await LoadAsync(stream, ct) ?? throw new IOException($"Stream {stream} can be neither opened nor read."),
            source ?? "#");
    }

    private async Task<MatterResult<TState>> DoAsync(
        StreamId stream, CommunityId? begin, TCommand command, Actor actor, SeenMessage? seen, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var loaded = await LoadAsync(stream, ct);
            if ((loaded?.State.Community ?? begin) is not { } community)
                return new MatterResult<TState>.Unknown();
            if (await TryAsync(stream, community, loaded, command, actor, seen, ct) is { } result)
                return result;
        }

        throw new IOException($"Stream {stream} was changed by others {Attempts} times in a row.");
    }

    private static MatterResult<TState> Before(LoadedMatter<TState> before, string source) =>
        before.State.SourceId == source
            ? new MatterResult<TState>.Done(before, Repeated: true)
            : new MatterResult<TState>.Reused(source[..source.LastIndexOf('#')], before);

    private async Task<MatterResult<TState>?> TryAsync(
        StreamId stream, CommunityId community, LoadedMatter<TState>? loaded, TCommand command, Actor actor,
        SeenMessage? seen, CancellationToken ct)
    {
        using var span = Traces.Decide(command.GetType().Name, actor, stream, loaded?.Trace);
        var rules = loaded is null ? Book.Current(community) : RulesOf(loaded.State);
        var decision = Acting.Decide<TMatter, TState, TCommand, TEvent>(
            loaded?.State, command, actor, community, Now, rules);
        // What would be written finds there whether the message was taken before; what would not is looked up.
        if (decision is not Decision<TEvent>.Accepted { Events.IsEmpty: false } && loaded is not null && seen is not null
            && await _parts.Store.FindSeenAsync(stream, seen.Id, ct) is { } taken)
        {
            return Repeated(taken, seen, loaded);
        }

        if (decision is Decision<TEvent>.Refused no)
        {
            span.End($"refused:{no.Refusal.Code}");
            return new MatterResult<TState>.Refused(no.Refusal);
        }

        var events = ((Decision<TEvent>.Accepted)decision).Events;
        if (events.IsEmpty)
            return loaded is null ? new MatterResult<TState>.Unknown() : new MatterResult<TState>.Done(loaded);
        var (matter, before) = await _streams.AppendAsync(stream, loaded, [.. events], rules, seen, null, ct);
        if (matter is null)
        {
            span.End("conflict");
            return before is not null && loaded is not null ? Repeated(before, seen!, loaded) : null;
        }

        span.End("appended");
        _parts.Nudge.Nudge(stream);
        return new MatterResult<TState>.Done(matter);
    }

    private async Task<LoadedMatter<TState>?> AppendAsync(
        LoadedMatter<TState> loaded, IReadOnlyList<object> events, Rules rules, SeenMessage? seen, CancellationToken ct,
        StoredSecret? given = null)
    {
        var (matter, _) = await _streams.AppendAsync(loaded.Stream, loaded, events, rules, seen, given, ct);
        if (matter is not null)
            _parts.Nudge.Nudge(loaded.Stream);
        return matter;
    }

    private async Task WriteRowsAsync(LoadedMatter<TState> matter, long projected, CancellationToken ct)
    {
        var former = FormerVersions(matter, projected).Select(v => RowsOf(matter.At(v), projected));
        await MatterRows.WriteAsync(Tables, RowsOf(matter, projected), former, projected > 0, matter.Version, ct);
        await ProjectedAsync(matter, projected, ct);
    }

    private IEnumerable<ITableRow> RowsOf(LoadedMatter<TState> matter, long since) => Counts(matter.State)
        ? MatterRows.CommonOf(Prefix, matter.Stream, matter.Tracked, Owed(matter), RulesOf(matter.State).Calendar.Zone)
            .Concat(Rows(matter, since))
        : [];

    /// <summary>The versions whose rows may have been written: from the last that was settled on.</summary>
    private static IEnumerable<long> FormerVersions(LoadedMatter<TState> matter, long projected)
    {
        for (var v = Math.Max(projected, 1); v < matter.Version; v++)
        {
            // What one append wrote was never seen half; of the first, no rows were written before.
            var half = projected == 0 && matter.Events[(int)v - 1].At == matter.Events[(int)v].At;
            if (!half)
                yield return v;
        }
    }

    private static MatterResult<TState> Repeated(TakenMessage taken, SeenMessage seen, LoadedMatter<TState> loaded) =>
        taken.Fingerprint == seen.Fingerprint
            ? new MatterResult<TState>.Done(loaded)
            : new MatterResult<TState>.Reused(seen.Id, loaded);
}
