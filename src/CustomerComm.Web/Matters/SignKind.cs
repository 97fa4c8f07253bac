using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Web.Matters;

/// <summary>What a resident filled in; marks by the names of their questions, each 1 to 5 or null.</summary>
public sealed record SignInput(
    ImmutableDictionary<string, int?> Marks, bool? Solved, string Comment, string Reason, bool Complains)
{
    /// <summary>Nothing yet.</summary>
    public static SignInput Empty { get; } = new(ImmutableDictionary<string, int?>.Empty, null, "", "", false);

    /// <summary>The mark given to a question; 0 where there is none, which the rules refuse.</summary>
    public int this[string question] => Marks.GetValueOrDefault(question) ?? 0;
}

/// <summary>
/// A text put to a resident, as found by an address with its token. <paramref name="Open"/>: the token is of the last
/// link, which still opens; <paramref name="Signed"/>: it was signed by this very link.
/// </summary>
public sealed record SignSheet(
    StreamId Stream, CommunityId Community, Language Language, string Address, SignRequest? Request, int Issue,
    string TokenHash, bool Open, bool Signed)
{
    /// <summary>What stands above the text: a heading and words.</summary>
    public (string Heading, string Text)? Before { get; init; }

    /// <summary>Who did it, and when.</summary>
    public Func<Language, string>? By { get; init; }

    /// <summary>In whose name it is signed, where not by the resident themselves.</summary>
    public Func<Language, string>? As { get; init; }
}

/// <summary>What a form of the signing page came to; with <paramref name="Said"/> the key of what is said then.</summary>
internal sealed record SignResult(string? Said, Refusal? Refusal);

/// <summary>
/// What the one signing page asks of a kind of matter: what is put to the resident, and what becomes of the answer.
/// </summary>
internal interface ISignKind
{
    /// <summary>First part of the address.</summary>
    string Page { get; }

    /// <summary>Name of the resource file its texts lie in.</summary>
    string WordsFile { get; }

    /// <summary>Middle part of its texts: <c>Sign.{words}.Title</c>, <c>Refuse.{words}.Title</c> …</summary>
    string Words { get; }

    /// <summary>The questions answered by a mark of 1 to 5.</summary>
    ImmutableArray<string> Questions { get; }

    /// <summary>It is asked whether the problem is solved.</summary>
    bool AsksSolved { get; }

    /// <summary>Whoever does not sign must say why.</summary>
    bool NeedsReason { get; }

    /// <summary>Whoever does not sign may complain.</summary>
    bool TakesComplaint { get; }

    /// <summary>What is put to the resident, or null where there is no such matter.</summary>
    Task<SignSheet?> FindAsync(string id, string token, CancellationToken ct);

    /// <summary>Signs.</summary>
    Task<SignResult> SignAsync(
        SignSheet sheet, SignInput input, string textHash, string mark, Actor actor, SeenMessage once,
        CancellationToken ct);

    /// <summary>Does not sign.</summary>
    Task<SignResult> RefuseAsync(
        SignSheet sheet, SignInput input, Actor actor, SeenMessage once, CancellationToken ct);
}

/// <summary>A kind of matter whose text a resident signs by a link: <see cref="Signing"/>.</summary>
internal abstract class SignKind<TMatter, TState, TCommand, TEvent>(
    MatterKind<TMatter, TState, TCommand, TEvent> kind, TimeProvider time) : ISignKind
    where TMatter : IMatter<TState, TCommand, TEvent>
    where TState : class, IMatterState
    where TCommand : class
    where TEvent : class
{
    /// <inheritdoc/>
    public abstract string Page { get; }

    /// <inheritdoc/>
    public abstract string WordsFile { get; }

    /// <inheritdoc/>
    public string Words => kind.Prefix;

    /// <inheritdoc/>
    public virtual ImmutableArray<string> Questions => ["quality", "attitude"];

    /// <inheritdoc/>
    public virtual bool AsksSolved => false;

    /// <inheritdoc/>
    public virtual bool NeedsReason => true;

    /// <inheritdoc/>
    public virtual bool TakesComplaint => false;

    /// <inheritdoc/>
    public async Task<SignSheet?> FindAsync(string id, string token, CancellationToken ct)
    {
        if (!MatterIds.IsSound(id) || await kind.LoadAsync(kind.StreamOf(id), ct) is not { } found)
            return null;
        var (stream, request, hash) = (found.Stream, RequestOf(found.State), LinkSecrets.HashToken(token));
        var issue = request is { Issue: > 0 and var last } && found.Opens(token, Page, last) ? last : 0;
        return Show(
            new SignSheet(
                stream, found.State.Community, LanguageOf(found.State), $"/{Page}/{id}/{Uri.EscapeDataString(token)}",
                request, issue, hash, Signing.Opens(request, issue, time.Now()), SignedBy(found.State) == hash),
            found.State);
    }

    /// <inheritdoc/>
    public Task<SignResult> SignAsync(
        SignSheet sheet, SignInput input, string textHash, string mark, Actor actor, SeenMessage once,
        CancellationToken ct) =>
        DoAsync(sheet, Sign(sheet, input, textHash, mark), actor, once, _ => "", ct);

    /// <inheritdoc/>
    public Task<SignResult> RefuseAsync(
        SignSheet sheet, SignInput input, Actor actor, SeenMessage once, CancellationToken ct) =>
        DoAsync(sheet, Refuse(sheet, input), actor, once, s => $"Refuse.{Words}.{AfterRefusal(s)}", ct);

    /// <summary>The language the resident writes in.</summary>
    protected abstract Language LanguageOf(TState s);

    /// <summary>What the resident is asked to sign, or null.</summary>
    protected abstract SignRequest? RequestOf(TState s);

    /// <summary>Hash of the token by which it was signed on the page, or null.</summary>
    protected abstract string? SignedBy(TState s);

    /// <summary>The command that signs.</summary>
    protected abstract TCommand Sign(SignSheet sheet, SignInput input, string textHash, string mark);

    /// <summary>The command that does not.</summary>
    protected abstract TCommand Refuse(SignSheet sheet, SignInput input);

    /// <summary>What is said to whoever did not sign: end of the key of a text.</summary>
    protected virtual string AfterRefusal(TState s) => "Done";

    /// <summary>Adds what else is shown of the matter.</summary>
    protected virtual SignSheet Show(SignSheet sheet, TState s) => sheet;

    /// <summary>Rules of the matter.</summary>
    protected Domain.Policies.Rules RulesOf(TState s) => kind.RulesOf(s);

    private async Task<SignResult> DoAsync(
        SignSheet sheet, TCommand command, Actor actor, SeenMessage once, Func<TState, string> said,
        CancellationToken ct) => await kind.HandleAsync(sheet.Stream, command, actor, once, ct) switch
        {
            MatterResult<TState>.Done { Matter.State: var s } => new SignResult(said(s), null),
            MatterResult<TState>.Refused { Refusal: var no } => new SignResult(null, no),
            _ => new SignResult(null, null),
        };
}
