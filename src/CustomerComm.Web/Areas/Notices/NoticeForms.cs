using System.Collections.Immutable;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Notices;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Notices;

/// <summary>The forms of notices, and reading what came back.</summary>
internal static class NoticeForms
{
    /// <summary>The questions of a new notice.</summary>
    public static ImmutableArray<DeskField> Blank(
        DeskWords words, StaffMember member, CompanyDirectory directory, PostedForm? typed)
    {
        var form = new FormFields(words, "New", typed);
        var audiences = form.Names<AudienceKind>()
            .Where(c => member.Unit != Unit.Office || c.Value != nameof(AudienceKind.All));
        return
        [
            form.Community(member, directory),
            form.Select("kind", form.Names<NoticeType>(), nameof(NoticeType.Circular)),
            form.Radio("audience", audiences, nameof(AudienceKind.Community)),
            form.Line("building", required: false),
            form.Area("rooms", required: false),
            form.Checks("ways", [new DeskChoice("sms", words["Ways.Sms"])], "sms"),
            .. TextFields(form, null),
        ];
    }

    /// <summary>What may be done now; what was just refused stays open with what was typed.</summary>
    public static IEnumerable<DeskForm> Of(Notice s, DeskWords words, PostedForm? typed, DateTimeOffset now)
    {
        if (s.Pending is { } pending)
        {
            var due = pending.PublishAt ?? pending.Due;
            yield return Make("Publish", open: true, due: $"{words.Time(due)} · {words.Left(due, now)}");
            yield return Make("Plan", f => [f.Time("at", required: false)]);
            yield return Make("Redraft", f => TextFields(f, pending.Text));
            yield return Make("Discard", f => [f.Area("reason")], danger: true);
        }
        else if (s.Stage == NoticeStage.Published)
        {
            yield return Make("Correct", f => [f.Area("reason"), .. TextFields(f, s.Current!.Text)]);
            yield return Make("Renew", f => [f.Area("reason"), .. TextFields(f, s.Current!.Text)]);
        }

        if (s.Stage == NoticeStage.Published)
            yield return Make("Withdraw", f => [f.Area("reason")], danger: true);

        DeskForm Make(
            string action, Func<FormFields, IEnumerable<DeskField>>? fields = null, bool open = false,
            bool danger = false, string? due = null)
        {
            var mine = typed?["action"] == action ? typed : null;
            return new DeskForm(
                action, "", words[$"Action.{action}"], words.Find($"Hint.{action}"), due,
                [.. fields?.Invoke(new FormFields(words, action, mine)) ?? []], Guid.NewGuid().ToString("N"),
                mine is not null || (open && typed is null), danger);
        }
    }

    /// <summary>The command of a form; the refusal where it cannot be read.</summary>
    public static (NoticeCommand? Command, Refusal? Bad) Read(PostedForm form, TimeZoneInfo zone)
    {
        switch (form["action"])
        {
            case "Publish":
                return (new NoticeCommand.Publish(), null);
            case "Plan":
                return form.TryTime("at", zone, out var at) ? (new NoticeCommand.Plan(at), null) : (null, Bad("at"));
            case "Redraft":
                return (new NoticeCommand.Redraft(TextOf(form)), null);
            case "Discard":
                return (new NoticeCommand.Discard(form["reason"].Trim()), null);
            case "Correct":
                return (new NoticeCommand.Revise(NoticeChange.Corrected, form["reason"].Trim(), TextOf(form)), null);
            case "Renew":
                return (new NoticeCommand.Revise(NoticeChange.Renewed, form["reason"].Trim(), TextOf(form)), null);
            case "Withdraw":
                return (new NoticeCommand.Withdraw(form["reason"].Trim()), null);
            default:
                return (null, Bad("action"));
        }
    }

    /// <summary>The audience of a new notice; null where none was chosen.</summary>
    public static Audience? AudienceOf(PostedForm form)
    {
        if (!form.TryNamed<AudienceKind>("audience", out var kind))
            return null;
        var rooms = form["rooms"].Split(
            ['\n', '\r', ',', '，', '、', ';', '；'],
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var building = form["building"].Trim();
        return new Audience(
            kind, kind == AudienceKind.Building ? building : null,
            kind == AudienceKind.Households ? [.. rooms.Select(r => new Personal(r))] : []);
    }

    /// <summary>What the notice says.</summary>
    public static NoticeText TextOf(PostedForm form)
    {
        var source = form["source"].Trim();
        return new NoticeText(
            new Personal(form["title"].Trim()), new Personal(Lines(form["body"])), Optional(form["titleEn"].Trim()),
            Optional(Lines(form["bodyEn"])), source.Length == 0 ? null : source);
    }

    internal static Refusal Bad(string field) => new(
        RefusalCode.BadField, "4.2.2", $"'{field}' is missing or cannot be read.", field);

    private static IEnumerable<DeskField> TextFields(FormFields form, NoticeText? present) =>
    [
        form.Line("title", present: present?.Title.Value ?? ""),
        Long(form.Area("body", present: present?.Body.Value ?? "")),
        form.Line("titleEn", required: false, present: present?.TitleEn?.Value ?? ""),
        Long(form.Area("bodyEn", required: false, present: present?.BodyEn?.Value ?? "")),
        form.Line("source", required: false, present: present?.Source ?? ""),
    ];

    private static DeskField Long(DeskField field) => field with { Longest = NoticeText.LongestBody };

    private static string Lines(string text) => text.ReplaceLineEndings("\n").Trim();

    private static Personal? Optional(string text) => text.Length == 0 ? null : new Personal(text);
}
