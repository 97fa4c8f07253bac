using System.Collections.Immutable;
using CustomerComm.App.Messages;
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

    /// <summary>What opens its pages, by the hash of the token; more than one may open the same.</summary>
    public ImmutableDictionary<string, PageIssue> Tokens { get; init; } =
        ImmutableDictionary.Create<string, PageIssue>(StringComparer.Ordinal);

    /// <summary>What is kept of the code of six digits that went out for a page.</summary>
    public ImmutableDictionary<PageIssue, StoredSecret> Codes { get; init; } =
        ImmutableDictionary<PageIssue, StoredSecret>.Empty;

    /// <summary>The issue of a page that this token opens; null where it opens none.</summary>
    public int? IssueOf(string? token, string page) =>
        token is not null && Tokens.TryGetValue(LinkSecrets.HashToken(token), out var of) && of.Page == page
            ? of.Issue : null;

    /// <summary>True where this token opens the page of this issue.</summary>
    public bool Opens(string? token, string page, int issue = 0) => IssueOf(token, page) == issue;

    /// <summary>True where it is the code that went out for the page of this issue; takes some 100 ms.</summary>
    public bool IsCode(string code, string page, int issue) =>
        Codes.TryGetValue(new PageIssue(page, issue), out var stored) && LinkSecrets.IsCode(stored, code);

    /// <summary>With the secrets that an event gave out.</summary>
    internal LoadedMatter<TState> With(IEnumerable<StoredSecret> secrets) => secrets.Aggregate(
        this, (m, s) => s.Salt is null
            ? m with { Tokens = m.Tokens.SetItem(s.Hash, s.Of) } : m with { Codes = m.Codes.SetItem(s.Of, s) });

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
    public sealed record Done(LoadedMatter<TState> Matter, bool Repeated = false) : MatterResult<TState>
    {
        /// <summary>The token of the page that was asked for with it; null where none was.</summary>
        public string? Token { get; init; }
    }

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
