using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Meetings;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Meetings;

/// <summary>The forms of a meeting.</summary>
internal sealed class MeetingForms(Meeting s, StaffMember member, DeskWords words, PostedForm? typed)
{
    /// <summary>The questions of a meeting to be planned.</summary>
    public static ImmutableArray<DeskField> Blank(DeskWords words, StaffMember member, PostedForm? typed)
    {
        var form = new FormFields(words, "New", typed);
        return
        [
            form.Community(member, words.Directory), form.Time("at"), form.Line("place"),
            form.Area("agenda", required: false),
        ];
    }

    /// <summary>What may be done now.</summary>
    public IEnumerable<DeskForm> All()
    {
        var ours = member.Unit is Unit.Leader or Unit.Quality
            || (member.Unit == Unit.Office && member.Community == s.Community);
        foreach (var a in s.Actions.Where(a => a.DoneAt is null && (ours || a.Owner == member.Id)))
        {
            var no = a.No.ToString(CultureInfo.InvariantCulture);
            yield return Make(
                "Finish", f => [f.Area("result")], subject: no, open: a.Owner == member.Id, title: a.What.Value);
        }

        if (!ours)
            yield break;
        if (s.RecordedAt is null)
        {
            if (s.Stage != MeetingStage.CalledOff)
                yield return Make("Hold", HoldFields, open: s.Stage == MeetingStage.Planned);
            yield return Make(
                "Plan",
                f => [f.Time("at"), f.Line("place", present: s.Place?.Value ?? ""),
                    f.Area("agenda", required: false, present: s.Agenda?.Value ?? "")],
                open: s.Stage == MeetingStage.Sought);
            if (s.Stage == MeetingStage.Planned)
                yield return Make("CallOff", f => [f.Area("reason")], danger: true);
            yield break;
        }

        yield return Make("Note", f => [f.Line("speaker"), f.Area("text")]);
        yield return Make("Agree", f => [f.Area("what"), f.Staff("owner", People()), f.Time("due")]);
        if (!s.Statements.IsEmpty)
        {
            yield return Make("SendMinutes", open: s.MinutesDue is not null);
            yield return Make(
                "Correct", f => [f.Select("no", s.Statements.Select(Choice)), f.Area("text"), f.Area("reason")]);
        }
    }

    /// <summary>The command of a form; the refusal where it cannot be read.</summary>
    public static (MeetingCommand? Command, Refusal? Bad) Read(
        PostedForm form, Meeting s, DeskWords words, TimeZoneInfo zone)
    {
        if (!form.TryTime("at", zone, out var at))
            return (null, Bad("at"));
        if (!form.TryTime("due", zone, out var due))
            return (null, Bad("due"));
        var which = form["no"].Length > 0 ? form["no"] : form.Subject;
        var no = int.TryParse(which, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return form["action"] switch
        {
            "Plan" => at is { } then
                ? (new MeetingCommand.Plan(
                    s.Number, s.Community, then, form["place"].Trim(), Text(form, "agenda")), null)
                : (null, Bad("at")),
            "CallOff" => (new MeetingCommand.CallOff(Text(form, "reason")), null),
            "Hold" => at is { } held
                ? ReadHold(form, s, held, words)
                : (null, Bad("at")),
            "Note" => (new MeetingCommand.Note(form["speaker"].Trim(), Text(form, "text")), null),
            "Correct" => (new MeetingCommand.Correct(no, Text(form, "text"), Text(form, "reason")), null),
            "Agree" => due is { } by
                ? (new MeetingCommand.Agree(Text(form, "what"), new StaffId(form["owner"]), by), null)
                : (null, Bad("due")),
            "Finish" => (new MeetingCommand.Finish(no, Text(form, "result")), null),
            "SendMinutes" => (new MeetingCommand.SendMinutes(), null),
            _ => (null, Bad("action")),
        };
    }

    internal static Refusal Bad(string field) => new(
        RefusalCode.BadField, "4.5.5", $"'{field}' is missing or cannot be read.", field);

    internal static string Text(PostedForm form, string field) => form[field].ReplaceLineEndings("\n").Trim();

    /// <summary>Statements one a line: who, a colon, what.</summary>
    private static (MeetingCommand? Command, Refusal? Bad) ReadHold(
        PostedForm form, Meeting s, DateTimeOffset at, DeskWords words)
    {
        var attendees = form.All("committee").Select(n => new Attendee(new Personal(n), AttendeeRole.Committee))
            .Concat(Lines(form["representatives"])
                .Select(n => new Attendee(new Personal(n), AttendeeRole.Representative)))
            .Concat(form.All("staff").Select(id => new Attendee(
                new Personal(words.Person(new StaffId(id))), AttendeeRole.Staff)))
            .Concat(Lines(form["guests"]).Select(n => new Attendee(new Personal(n), AttendeeRole.Guest)));
        var statements = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var line in Lines(form["statements"]))
        {
            var colon = line.IndexOfAny([':', '：']);
            if (colon < 1)
            {
                return (null, new Refusal(
                    RefusalCode.BadField, "4.5.5", "'statements': write who, a colon, and what was said, one a line.",
                    "statements"));
            }

            statements.Add((line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }

        return (
            new MeetingCommand.Hold(at, form["place"].Trim(), [.. attendees], statements.ToImmutable()), null);
    }

    private static string[] Lines(string text) =>
        text.Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private IEnumerable<DeskField> HoldFields(FormFields f) =>
    [
        f.Time("at"), f.Line("place", present: s.Place?.Value ?? ""),
        f.Checks(
            "committee",
            words.Directory.Committee.Where(c => c.Community == s.Community)
                .Select(c => new DeskChoice(c.Name, $"{c.Name} · {c.Role}"))),
        f.Area("representatives", required: false),
        f.Checks("staff", People().Select(m => new DeskChoice(m.Id.Value, $"{m.Name} · {words.Name(m.Unit)}"))),
        f.Area("guests", required: false),
        f.Area("statements", required: false) with { Longest = 10_000 },
    ];

    private static DeskChoice Choice(Statement t)
    {
        var text = t.Text.Value.Length > 30 ? t.Text.Value[..30] + "…" : t.Text.Value;
        return new DeskChoice(t.No.ToString(CultureInfo.InvariantCulture), $"{t.By.Value}: {text}");
    }

    private IEnumerable<StaffMember> People() => words.Directory.Staff
        .Where(m => m.Community is null || m.Community == s.Community).OrderBy(m => m.Unit).ThenBy(m => m.Rank);

    private DeskForm Make(
        string action, Func<FormFields, IEnumerable<DeskField>>? fields = null, string subject = "", bool open = false,
        bool danger = false, string? title = null)
    {
        var mine = typed?["action"] == action && typed.Subject == subject ? typed : null;
        var name = words[$"Action.{action}"];
        return new DeskForm(
            action, subject, title is null ? name : $"{name}: {title}", words.Find($"Hint.{action}"), null,
            [.. fields?.Invoke(new FormFields(words, action, mine)) ?? []], Guid.NewGuid().ToString("N"),
            mine is not null || (open && typed is null), danger);
    }
}
