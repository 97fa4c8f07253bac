using CustomerComm.App.Company;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas;

/// <summary>One request to a page of an area of the desk: who asks, in which words, what was posted.</summary>
internal sealed class AreaPage(HttpContext http, StaffMember member, RulesBook book, string area, TimeZoneInfo? zone)
{
    /// <summary>Who asks.</summary>
    public StaffMember Member => member;

    /// <summary>Who is who.</summary>
    public CompanyDirectory Directory => book.Directory;

    /// <summary>The words of the page, times in the community's zone.</summary>
    public DeskWords Words { get; } = new(UiLanguage.Of(http), book.Directory, zone, new UiTexts(area));

    /// <summary>What was posted and is shown again, or null.</summary>
    public PostedForm? Typed { get; private set; }

    /// <summary>Status of the answer.</summary>
    public int Status { get; private set; } = StatusCodes.Status200OK;

    private DeskNotice? Notice { get; set; }

    /// <summary>
    /// Reads what was posted; null where it cannot be taken, and the page then says why.
    /// </summary>
    public async Task<(PostedForm Form, App.Ports.SeenMessage Seen)?> ReadAsync()
    {
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form?.Seen(member.Id) is { } seen)
            return (form, seen);
        Status = form is null ? status : StatusCodes.Status400BadRequest;
        Notice = Words.Error(reason ?? "Notice.Expired");
        return null;
    }

    /// <summary>Shows the page again with what was typed, the field at fault marked.</summary>
    public void Refuse(PostedForm form, Refusal refusal)
    {
        Typed = form;
        form.WrongField = refusal.Field;
        Status = DeskPages.StatusOf(refusal.Code);
        Notice = Words.Refused(refusal, form["action"]);
    }

    /// <summary>As above, for a field that cannot be read.</summary>
    public void Refuse(PostedForm form, string field, string clause) => Refuse(
        form, new Refusal(RefusalCode.BadField, clause, $"'{field}' is missing or cannot be read.", field));

    /// <summary>The form was used before with something else in it.</summary>
    public void Reused()
    {
        Status = StatusCodes.Status409Conflict;
        Notice = Words.Error("Notice.Reused");
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
    public DeskFrame Frame() => DeskPages.Frame(http, member, Notice);
}
