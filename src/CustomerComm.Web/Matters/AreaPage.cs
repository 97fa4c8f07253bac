using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Matters;

/// <summary>One request to a page of an area of the desk: who asks, in which words, what was posted.</summary>
internal sealed class AreaPage
{
    private readonly HttpContext _http;
    private readonly DeskParts _parts;

    private AreaPage(
        HttpContext http, StaffMember member, DeskParts parts, IDeskArea area, Community community,
        ImmutableArray<Community> seen)
    {
        (_http, _parts, Member, Community, Communities) = (http, parts, member, community, seen);
        var zone = parts.Book.Current(community.Id).Calendar.Zone;
        Words = new DeskWords(UiLanguage.Of(http), parts.Book.Directory, zone, new UiTexts(area.Words));
    }

    /// <summary>
    /// A page that shows one community: the one asked for, where this person may see it, else their own or the first.
    /// Null where nobody is signed in.
    /// </summary>
    public static AreaPage? Of(HttpContext http, DeskParts parts, IDeskArea area, string? community = null)
    {
        if (parts.Sessions.Current(http) is not { } member)
            return null;
        var seen = parts.Book.Directory.Communities
            .Where(c => member.Serves(c.Id)).ToImmutableArray();
        var chosen = seen.FirstOrDefault(c => c.Id.Value == community?.ToUpperInvariant()) ?? seen[0];
        return new AreaPage(http, member, parts, area, chosen, seen);
    }

    /// <summary>The community it shows.</summary>
    public Community Community { get; }

    /// <summary>The communities to choose from.</summary>
    public ImmutableArray<Community> Communities { get; }

    /// <summary>As above, for a form.</summary>
    public ImmutableArray<DeskChoice> CommunityChoices =>
        [.. Communities.Select(c => new DeskChoice(c.Id.Value, Words.Community(c)))];

    /// <summary>Says something at the top.</summary>
    public void Say(DeskBanner banner, int status) => (Banner, Status) = (banner, status);

    /// <summary>Who asks.</summary>
    public StaffMember Member { get; }

    /// <summary>Who is who.</summary>
    public CompanyDirectory Directory => _parts.Book.Directory;

    /// <summary>The words of the page, times in the community's zone.</summary>
    public DeskWords Words { get; }

    /// <summary>What is asked for.</summary>
    public HttpContext Http => _http;

    /// <summary>What was posted and is shown again, or null.</summary>
    private PostedForm? Typed { get; set; }

    /// <summary>Status of the answer.</summary>
    public int Status { get; private set; } = StatusCodes.Status200OK;

    private DeskBanner? Banner { get; set; }

    /// <summary>
    /// Takes what was posted, where something was: its answers are read first and, where each can be, carried out. Null
    /// where the page is to be shown, as refused or for the first time. Times are those of the community named in the
    /// form, or shown.
    /// </summary>
    public async Task<IResult?> TakeAsync(string clause, Func<Answers, SeenMessage, Func<Task<Begun>>> read)
    {
        if (!HttpMethods.IsPost(_http.Request.Method) || await ReadAsync() is not var (form, seen))
            return null;
        var named = Directory.Find(new CommunityId(form["community"])) ?? Community;
        var calendar = _parts.Book.Current(named.Id).Calendar;
        var answers = new Answers(form, calendar, clause, Member, _parts.Time.Now());
        var carryOut = read(answers, seen);
        switch (answers.Bad is { } bad ? new Begun.Refused(bad) : await carryOut())
        {
            case Begun.At done:
                return TypedResults.LocalRedirect("~" + done.Address);
            case Begun.Refused no:
                Refuse(form, no.Refusal);
                return null;
            default:
                Reused(form);
                return null;
        }
    }

    private async Task<(PostedForm Form, SeenMessage Seen)?> ReadAsync()
    {
        var (form, status, reason) = await PostedForm.ReadAsync(_http);
        if (form?.Seen(Member.Id) is { } seen)
            return (form, seen);
        Status = form is null ? status : StatusCodes.Status400BadRequest;
        Banner = Words.Error(reason ?? "Banner.Expired");
        return null;
    }

    /// <summary>Shows the page again with what was typed, the field at fault marked.</summary>
    private void Refuse(PostedForm form, Refusal refusal)
    {
        Typed = form;
        form.WrongField = refusal.Field is { } field ? DeskWords.Short(field) : null;
        Status = DeskPages.StatusOf(refusal.Code);
        Banner = Words.Refused(refusal, form["action"]);
    }

    /// <summary>The form was used before with something else in it.</summary>
    private void Reused(PostedForm form)
    {
        Typed = form;
        Status = StatusCodes.Status409Conflict;
        Banner = Words.Error("Banner.Reused");
    }

    /// <summary>What was typed into this form before it was refused, or null.</summary>
    private PostedForm? TypedIn(string form) => Typed?["action"] == form ? Typed : null;

    /// <summary>The questions of a form.</summary>
    public FormFields Fields(string form) => new(Words, form, TypedIn(form));

    /// <summary>A form; open where it was refused, or where <paramref name="open"/> says so.</summary>
    public DeskForm Form(
        string form, IEnumerable<DeskField> fields, string subject = "", bool open = false, bool danger = false,
        string? due = null) =>
        new(
            form, subject, Words[$"Action.{form}"], Words.Find($"Hint.{form}"), due, [.. fields],
            Guid.NewGuid().ToString("N"), open || TypedIn(form) is not null, danger);

    /// <summary>The frame of the page.</summary>
    public DeskFrame Frame() => DeskPages.Frame(_http, Member, Banner);
}
