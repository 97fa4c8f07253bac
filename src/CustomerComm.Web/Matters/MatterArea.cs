using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Matters;

/// <summary>What the desk pages of all kinds of matter need.</summary>
internal sealed record DeskParts(
    StaffSessions Sessions, RulesBook Book, IEventStore Store, SealedJson Json, TimeProvider Time);

/// <summary>
/// The desk of one kind of matter. The page of a matter is the same for all: what is owed, what may be done, what
/// happened, and in the middle what the kind shows of itself. A kind says what it is called, declares its actions and
/// gives the Razor page; who sees a matter and who may do what is asked of the domain.
/// </summary>
internal abstract class MatterArea<TMatter, TState, TCommand, TEvent>(
    MatterKind<TMatter, TState, TCommand, TEvent> kind, DeskParts parts) : IDeskArea
    where TMatter : IMatter<TState, TCommand, TEvent>
    where TState : class, IMatterState
    where TCommand : class
    where TEvent : class
{
    /// <inheritdoc/>
    public abstract string Words { get; }

    /// <inheritdoc/>
    public abstract string Path { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> Matters => [kind.Prefix];

    /// <summary>Where a matter is shown, below <see cref="Path"/>; <c>{id}</c> is what it is found by.</summary>
    protected virtual string Route => "/{id}";

    /// <summary>What everything of the desk needs.</summary>
    protected DeskParts Parts => parts;

    /// <summary>What can be done, the usual before the rare.</summary>
    protected abstract ImmutableArray<Act<TState, TCommand>> Acts { get; }

    /// <summary>The clause a field is refused by that cannot be read.</summary>
    protected abstract string Clause { get; }

    /// <summary>
    /// The Razor page: a <c>MatterFrame</c> with what the kind shows. It takes <c>Frame</c>, <c>View</c>, <c>Sight</c>
    /// and what <see cref="MoreAsync"/> gives.
    /// </summary>
    protected abstract Type Page { get; }

    /// <inheritdoc/>
    public virtual bool MaySee(StaffMember member) => true;

    /// <inheritdoc/>
    public virtual string AddressOf(ObligationRow owed) => $"{Path}/{owed.Number}";

    /// <inheritdoc/>
    public virtual DeskFact ListOf(DeskWords words) => new("", words["Area.Title"], Path);

    /// <inheritdoc/>
    public async Task<bool> MayOpenAsync(StreamId stream, StaffMember member, CancellationToken ct) =>
        await kind.LoadAsync(stream, ct) is { } found && MayOpen(found, member, kind.RulesOf(found.State).Directory);

    /// <inheritdoc/>
    public virtual void Map(IEndpointRouteBuilder desk)
    {
        var own = Path["/desk".Length..] + Route;
        desk.MapGet(own, (HttpContext http, string id, CancellationToken ct) =>
            OpenAsync(http, id, s => ShowAsync(http, s, ct), ct));
        desk.MapPost(own, (HttpContext http, string id, CancellationToken ct) =>
            OpenAsync(http, id, s => ActAsync(http, id, s, ct), ct));
    }

    /// <summary>The matter with this id of an address, or null.</summary>
    protected abstract Task<LoadedMatter<TState>?> FindAsync(string id, CancellationToken ct);

    /// <summary>
    /// What was written or chosen in an event: it stands in the sentence where that has a place for it, else below with
    /// its name, <c>Fact.{key}</c> or <c>Field.{key}</c>.
    /// </summary>
    protected abstract IEnumerable<(string Key, string? Value)> Said(TEvent e, DeskWords words);

    /// <summary>What stands only in the sentence of an event, and nowhere where that has no place for it.</summary>
    protected virtual IEnumerable<(string Key, string? Value)> Fills(TEvent e, DeskWords words) => [];

    /// <summary>Key of the sentence of an event.</summary>
    protected virtual string KeyOf(TEvent e) => $"Event.{e.GetType().Name}";

    /// <summary>True where this person may open it.</summary>
    protected virtual bool MayOpen(LoadedMatter<TState> matter, StaffMember member, CompanyDirectory directory) =>
        directory.Wearing(member, matter.State.Community).Any(m => matter.State.MaySee(m, directory));

    /// <summary>Where it is shown.</summary>
    protected virtual string AddressOf(LoadedMatter<TState> matter) => $"{Path}/{matter.State.Number}";

    /// <summary>Where it goes on after an action.</summary>
    protected virtual string AfterOf(LoadedMatter<TState> matter, PostedForm form) =>
        $"{AddressOf(matter)}?done={form["action"]}";

    /// <summary>Leads back from its page.</summary>
    protected virtual DeskFact BackOf(Sight<TState> sight) => ListOf(sight.Words);

    /// <summary>True where an event of it is told on its page.</summary>
    protected virtual bool Tells(Sight<TState> sight, object e) => true;

    /// <summary>
    /// Loads what its page and its actions need beside it; null where that is not there or not for this person.
    /// </summary>
    protected virtual Task<Sight<TState>?> LookAsync(HttpContext http, Sight<TState> sight, CancellationToken ct) =>
        Task.FromResult<Sight<TState>?>(sight);

    /// <summary>Title of its page.</summary>
    protected virtual string TitleOf(Sight<TState> sight) => sight.State.Number;

    /// <summary>How it stands, in a word or two each.</summary>
    protected abstract IEnumerable<DeskBadge> Badges(Sight<TState> sight);

    /// <summary>What is known of it.</summary>
    protected virtual IEnumerable<DeskFact> Facts(Sight<TState> sight) => [];

    /// <summary>What else its page takes.</summary>
    protected virtual Task<(string Name, object? Value)[]> MoreAsync(
        HttpContext http, Sight<TState> sight, CancellationToken ct) => Task.FromResult<(string, object?)[]>([]);

    /// <summary>True where the domain lets this person begin such a matter.</summary>
    protected bool MayBegin(StaffMember member, CommunityId community, TCommand trial) =>
        kind.Accepts(null, community, trial, member);

    /// <summary>True where the domain takes this command from who looks, and something changes by it.</summary>
    protected static bool Takes(Sight<TState> sight, TCommand trial) =>
        TMatter.Decide(sight.State, trial, new Actor.Staff(sight.Member), sight.Now, sight.Rules)
            is Decision<TEvent>.Accepted { Events.IsEmpty: false };

    /// <summary>As above, for any matter of the kind.</summary>
    protected bool Takes(TState state, TCommand trial, StaffMember member) =>
        kind.Accepts(state, state.Community, trial, member);

    /// <summary>The matter where this person may see it, else null: the two look alike.</summary>
    protected async Task<Sight<TState>?> SightAsync(
        HttpContext http, string id, StaffMember member, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } found)
            return null;
        var rules = kind.RulesOf(found.State);
        if (!MayOpen(found, member, rules.Directory))
            return null;
        var words = new DeskWords(UiLanguage.Of(http), rules.Directory, rules.Calendar.Zone, new UiTexts(Words));
        return await LookAsync(http, new Sight<TState>(found, member, rules, words, parts.Time.Now()), ct);
    }

    /// <summary>Answers whoever is signed in and may see the matter; anybody else is told as everywhere.</summary>
    protected async Task<IResult> OpenAsync(
        HttpContext http, string id, Func<Sight<TState>, Task<IResult>> answer, CancellationToken ct)
    {
        if (parts.Sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        return await SightAsync(http, id, member, ct) is { } sight
            ? await answer(sight) : DeskPages.NotFound(http, member);
    }

    private Task<IResult> ShowAsync(HttpContext http, Sight<TState> sight, CancellationToken ct)
    {
        var words = sight.Words;
        var banner = words.Find($"Action.{http.Request.Query["done"]}") is { } what
            ? new DeskBanner(false, words.Format("Banner.Done", ("what", what)), null)
            : null;
        return PageAsync(http, sight, banner, null, StatusCodes.Status200OK, ct);
    }

    private async Task<IResult> ActAsync(HttpContext http, string id, Sight<TState> sight, CancellationToken ct)
    {
        var member = sight.Member;
        var words = sight.Words;
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form?.Seen(member.Id) is not { } seen)
        {
            return await PageAsync(
                http, sight, words.Error(reason ?? "Banner.Expired"), form,
                form is null ? status : StatusCodes.Status400BadRequest, ct);
        }

        var name = form["action"];
        var act = Acts.FirstOrDefault(a => a.Name == name);
        switch (await DoAsync(sight, act, form, seen, ct))
        {
            case MatterResult<TState>.Done { Matter: var after }:
                var shown = DeskPages.Query(http.Request).ToString().Replace('?', '&');
                return TypedResults.LocalRedirect(MayOpen(after, member, sight.Rules.Directory)
                    ? $"~{AfterOf(after, form)}{shown}" : $"~{ListOf(words).Address}");
            case MatterResult<TState>.Refused { Refusal: var no }:
                form.WrongField = no.Field is { } field
                    ? act?.Known.GetValueOrDefault(field, DeskWords.Short(field)) : null;
                // What was shown may be out of date: look again.
                var now = await SightAsync(http, id, member, ct) ?? sight;
                var forms = FormsOf(now, form);
                return await PageAsync(
                    http, now, words.Refused(no, name) with { Way = forms.WayTo(no.Missing) }, form,
                    DeskPages.StatusOf(no.Code), ct, forms);
            case MatterResult<TState>.Reused:
                return await PageAsync(
                    http, sight, words.Error("Banner.Reused"), form, StatusCodes.Status409Conflict, ct);
            default:
                return DeskPages.NotFound(http, member);
        }
    }

    private async Task<MatterResult<TState>> DoAsync(
        Sight<TState> sight, Act<TState, TCommand>? act, PostedForm form, SeenMessage seen, CancellationToken ct)
    {
        if (form["action"] == DeskForm.AcknowledgeLapse)
            return await AcknowledgeAsync(sight, form, ct);
        if (act is null)
            return new MatterResult<TState>.Refused(Check.Bad("action", Clause, "There is no such action."));
        var answers = act.AnswersOf(sight, form, Clause);
        if (act.Perform is { } perform)
            return await perform(sight, answers, seen, ct);
        var command = act.Gather is { } gather ? await gather(sight, answers, ct) : act.Read(sight, answers);
        return answers.Bad is { } bad
            ? new MatterResult<TState>.Refused(bad)
            : await kind.HandleAsync(sight.Matter.Stream, command, new Actor.Staff(sight.Member), seen, ct);
    }

    /// <summary>Acknowledging twice is the same as once, so it needs no message id.</summary>
    private async Task<MatterResult<TState>> AcknowledgeAsync(
        Sight<TState> sight, PostedForm form, CancellationToken ct)
    {
        if (form.Subject.Split('|', 2) is not [var name, var subject]
            || !Enum.TryParse<ObligationKind>(name, out var late))
        {
            return new MatterResult<TState>.Refused(Check.Bad("subject", "4.6.2-6", "There is no such lapse."));
        }

        return await kind.AcknowledgeAsync(
            sight.Matter.Stream, late, subject, form["comment"], sight.Member, ct) is { } no
            ? new MatterResult<TState>.Refused(no)
            : new MatterResult<TState>.Done(sight.Matter);
    }

    private async Task<IResult> PageAsync(
        HttpContext http, Sight<TState> sight, DeskBanner? banner, PostedForm? posted, int status,
        CancellationToken ct, MatterForms<TMatter, TState, TCommand, TEvent>? forms = null) => DeskPages.Page(
        Page, status,
        [
            ("Frame", DeskPages.Frame(http, sight.Member, banner)),
            ("View", await ViewAsync(sight, forms ?? FormsOf(sight, posted), ct)),
            ("Sight", sight), .. await MoreAsync(http, sight, ct),
        ]);

    private async Task<DeskMatter> ViewAsync(
        Sight<TState> sight, MatterForms<TMatter, TState, TCommand, TEvent> forms, CancellationToken ct) => new(
        TitleOf(sight), BackOf(sight), [.. Badges(sight)], sight.Words["Facts"], [.. Facts(sight)], [.. forms.Owed],
        forms.All(),
        [.. sight.Matter.Events.Where(e => Tells(sight, e.Event)).Select(e => EventOf(e, sight.Words))],
        await DeskFailures.OfAsync(sight.Matter.Stream, sight.Words, parts, ct));

    private MatterForms<TMatter, TState, TCommand, TEvent> FormsOf(Sight<TState> sight, PostedForm? posted) =>
        new(Acts, Clause, sight, posted);

    private DeskEvent EventOf(MatterHappened e, DeskWords words) => e.Event switch
    {
        TEvent own => EventWords.Of(e.At, KeyOf(own), Fills(own, words), Said(own, words), words),
        ObligationEvent of => EventWords.Of(e.At, of, words),
        _ => throw new InvalidOperationException($"Unknown event {e.Event.GetType().Name}."),
    };
}
