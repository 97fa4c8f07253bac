using System.Collections.Immutable;
using CustomerComm.App.Company;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Matters;

/// <summary>One request to a page of an area of the desk: who asks, in which words, what was posted.</summary>
internal sealed class AreaPage(HttpContext http, StaffMember member, RulesBook book, string area, TimeZoneInfo? zone)
{
    /// <summary>
    /// A page that shows one community: the one asked for, where this person may see it, else their own or the first.
    /// Null where nobody is signed in.
    /// </summary>
    public static AreaPage? Of(HttpContext http, DeskParts parts, IDeskArea area, string? community = null)
    {
        if (parts.Sessions.Current(http) is not { } member)
            return null;
        var seen = parts.Book.Directory.Communities
            .Where(c => member.Community is null || member.Community == c.Id).ToImmutableArray();
        var chosen = seen.FirstOrDefault(c => c.Id.Value == community?.ToUpperInvariant()) ?? seen[0];
        return new AreaPage(http, member, parts.Book, area.Words, parts.Book.Current(chosen.Id).Calendar.Zone)
        {
            Community = chosen,
            Communities = seen,
        };
    }

    /// <summary>The community it shows, where it shows one.</summary>
    public Community Community { get; private init; } = null!;

    /// <summary>The communities to choose from.</summary>
    public ImmutableArray<Community> Communities { get; private init; } = [];

    /// <summary>As above, for a form.</summary>
    public ImmutableArray<DeskChoice> CommunityChoices =>
        [.. Communities.Select(c => new DeskChoice(c.Id.Value, Words.Community(c)))];

    /// <summary>Says something at the top.</summary>
    public void Say(DeskBanner banner, int status) => (Banner, Status) = (banner, status);

    /// <summary>Who asks.</summary>
    public StaffMember Member => member;

    /// <summary>Who is who.</summary>
    public CompanyDirectory Directory => book.Directory;

    /// <summary>The words of the page, times in the community's zone.</summary>
    public DeskWords Words { get; } = new(UiLanguage.Of(http), book.Directory, zone, new UiTexts(area));

    /// <summary>What is asked for.</summary>
    public HttpContext Http => http;

    /// <summary>What was posted and is shown again, or null.</summary>
    public PostedForm? Typed { get; private set; }

    /// <summary>Status of the answer.</summary>
    public int Status { get; private set; } = StatusCodes.Status200OK;

    private DeskBanner? Banner { get; set; }

    /// <summary>
    /// Reads what was posted; null where it cannot be taken, and the page then says why.
    /// </summary>
    public async Task<(PostedForm Form, App.Ports.SeenMessage Seen)?> ReadAsync()
    {
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form?.Seen(member.Id) is { } seen)
            return (form, seen);
        Status = form is null ? status : StatusCodes.Status400BadRequest;
        Banner = Words.Error(reason ?? "Banner.Expired");
        return null;
    }

    /// <summary>Shows the page again with what was typed, the field at fault marked.</summary>
    public void Refuse(PostedForm form, Refusal refusal)
    {
        Typed = form;
        form.WrongField = refusal.Field is { } field ? DeskWords.Short(field) : null;
        Status = DeskPages.StatusOf(refusal.Code);
        Banner = Words.Refused(refusal, form["action"]);
    }

    /// <summary>As above, for a field that cannot be read.</summary>
    public void Refuse(PostedForm form, string field, string clause) => Refuse(
        form, new Refusal(RefusalCode.BadField, clause, $"'{field}' is missing or cannot be read.", field));

    /// <summary>The form was used before with something else in it.</summary>
    public void Reused(PostedForm form)
    {
        Typed = form;
        Status = StatusCodes.Status409Conflict;
        Banner = Words.Error("Banner.Reused");
    }

    /// <summary>What was typed into this form before it was refused, or null.</summary>
    public PostedForm? TypedIn(string form) => Typed?["action"] == form ? Typed : null;

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
    public DeskFrame Frame() => DeskPages.Frame(http, member, Banner);
}
