using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;
using CustomerComm.Domain.Revisits;
using CustomerComm.Web.Areas.Orders;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Revisits;

/// <summary>What a person may do with a revisit; never answer in the resident's place.</summary>
internal sealed class RevisitForms(Revisit s, StaffMember member, Rules rules, DeskWords words, PostedForm? posted)
{
    private const string Plausible = "x";

    private static readonly string[] s_actions =
    [
        nameof(RevisitCommand.DecideVisit), nameof(RevisitCommand.DecideUnreachable), nameof(RevisitCommand.EnterVisit),
        nameof(RevisitCommand.RecordAttempt), nameof(RevisitCommand.Ask), nameof(RevisitCommand.ProposeUnreachable),
    ];

    /// <summary>The forms, the first of them open, and whichever was just refused.</summary>
    public ImmutableArray<DeskForm> Offered(DateTimeOffset now)
    {
        var wrong = posted?["action"];
        return
        [
            .. s_actions.Where(a => a == wrong
                    || RevisitMatter.Decide(s, Trial(a, now), new Actor.Staff(member), now, rules)
                    is Decision<RevisitEvent>.Accepted { Events.IsEmpty: false })
                .Select((a, i) => Of(a, a == wrong || (i == 0 && wrong is null or ""))),
        ];
    }

    /// <summary>The command a form asks for, or why it cannot be read.</summary>
    public static async Task<(RevisitCommand? Command, Refusal? Bad)> ReadAsync(
        PostedForm form, TimeZoneInfo zone, CancellationToken ct)
    {
        string Text(string name) => form[name].ReplaceLineEndings("\n").Trim();
        switch (form["action"])
        {
            case nameof(RevisitCommand.Ask):
                return (new RevisitCommand.Ask(), null);
            case nameof(RevisitCommand.RecordAttempt):
                return form.TryNamed<Channel>("channel", out var channel)
                    ? (new RevisitCommand.RecordAttempt(channel, Text("result")), null)
                    : (null, Bad("channel", "'channel' is missing; choose how it was tried."));
            case nameof(RevisitCommand.EnterVisit):
                return await ReadVisitAsync(form, zone, Text("comment"), ct);
            case nameof(RevisitCommand.DecideVisit):
                return OrderForms.Yes(form) is { } confirmed
                    ? (new RevisitCommand.DecideVisit(confirmed, Text("comment")), null)
                    : (null, Bad("approved", "'approved' is missing; choose yes or no."));
            case nameof(RevisitCommand.ProposeUnreachable):
                return (new RevisitCommand.ProposeUnreachable(), null);
            case nameof(RevisitCommand.DecideUnreachable):
                return OrderForms.Yes(form) is { } approved
                    ? (new RevisitCommand.DecideUnreachable(approved, Text("comment")), null)
                    : (null, Bad("approved", "'approved' is missing; choose yes or no."));
            default:
                return (null, Bad("action", "There is no such action."));
        }
    }

    private static async Task<(RevisitCommand? Command, Refusal? Bad)> ReadVisitAsync(
        PostedForm form, TimeZoneInfo zone, string comment, CancellationToken ct)
    {
        if (!form.TryTime("visitedAt", zone, out var at) || at is not { } visited)
            return (null, Bad("visitedAt", "'visitedAt' is missing or cannot be read; give date and time."));
        if (form["solved"] is not ("yes" or "no"))
            return (null, Bad("solved", "'solved' is missing; choose what the resident answered."));
        var scan = form.File("scan") is { } file ? await PaperScan.ReadAsync(file, ct) : null;
        if (scan is null)
            return (null, Bad("scan", "'scan' must be a PNG or JPEG of at most 150 KB."));
        var judgement = new Judgement(
            OrderForms.Mark(form["quality"]), OrderForms.Mark(form["attitude"]), form["solved"] == "yes");
        return (new RevisitCommand.EnterVisit(visited, scan, judgement, comment), null);
    }

    private static Refusal Bad(string field, string text) => Check.Bad(field, "4.5.3", text);

    private RevisitCommand Trial(string action, DateTimeOffset now) => action switch
    {
        nameof(RevisitCommand.Ask) => new RevisitCommand.Ask(),
        nameof(RevisitCommand.RecordAttempt) => new RevisitCommand.RecordAttempt(Channel.Phone, Plausible),
        nameof(RevisitCommand.EnterVisit) =>
            new RevisitCommand.EnterVisit(now, Plausible, new Judgement(5, 5, Solved: true), null),
        nameof(RevisitCommand.DecideVisit) => new RevisitCommand.DecideVisit(false, Plausible),
        nameof(RevisitCommand.ProposeUnreachable) => new RevisitCommand.ProposeUnreachable(),
        nameof(RevisitCommand.DecideUnreachable) => new RevisitCommand.DecideUnreachable(false, Plausible),
        _ => throw new InvalidOperationException($"Unknown action {action}."),
    };

    private DeskForm Of(string action, bool open)
    {
        var fields = new FormFields(words, action, posted?["action"] == action ? posted : null);
        return new DeskForm(
            action, "", words[$"Action.{action}"], words.Find($"Hint.{action}"), null, [.. FieldsOf(action, fields)],
            Guid.NewGuid().ToString("N"), open);
    }

    private IEnumerable<DeskField> FieldsOf(string action, FormFields f) => action switch
    {
        nameof(RevisitCommand.RecordAttempt) => [Ways(f), f.Area("result")],
        nameof(RevisitCommand.EnterVisit) => [
            f.Time("visitedAt"), f.Image("scan"), Marks(f, "quality"), Marks(f, "attitude"),
            f.Radio("solved", YesNo("solved")), f.Area("comment", required: false)],
        nameof(RevisitCommand.DecideVisit) => [f.Radio("approved", YesNo("paper")), f.Area("comment")],
        nameof(RevisitCommand.DecideUnreachable) => [
            f.Radio("approved", YesNo("unreachable")), f.Area("comment", required: false)],
        _ => [],
    };

    private DeskField Marks(FormFields f, string name) => f.Select(
        // Nothing is chosen beforehand: the mark on the paper is the resident's.
        name, Enumerable.Range(1, 5).Reverse().Select(v => new DeskChoice(
                v.ToString(CultureInfo.InvariantCulture), words[$"Mark.{v}"]))
            .Prepend(new DeskChoice("", words["Choice.Choose"])));

    private DeskField Ways(FormFields f) =>
        f.Select("channel", words.Choices(Channels.Meeting), nameof(Channel.Phone));

    private ImmutableArray<DeskChoice> YesNo(string about) =>
        [new DeskChoice("yes", words[$"Choice.{about}.yes"]), new DeskChoice("no", words[$"Choice.{about}.no"])];
}
