using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Policies;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Areas.Orders;

/// <summary>
/// What a person may do with an order: those actions the domain would accept from them with plausible input; and what
/// their forms ask and say.
/// </summary>
internal sealed class OrderForms(Order s, StaffMember member, Rules rules, DeskWords words, PostedForm? posted)
{
    private const string Plausible = "x";

    private static readonly string[] s_actions =
    [
        nameof(OrderCommand.Accept), nameof(OrderCommand.TellProgress), nameof(OrderCommand.Finish),
        nameof(OrderCommand.ProposeAmendment), nameof(OrderCommand.AnswerAmendment),
        nameof(OrderCommand.WithdrawAmendment), nameof(OrderCommand.DecidePaper),
        nameof(OrderCommand.DecideUnreachable),
        nameof(OrderCommand.RequestEvaluation), nameof(OrderCommand.RecordAttempt), nameof(OrderCommand.AttachPaper),
        nameof(OrderCommand.ProposeUnreachable), nameof(OrderCommand.Decline), nameof(OrderCommand.Assign),
        nameof(OrderCommand.RefuseOrder),
    ];

    /// <summary>The forms, the first of them open, and whichever was just refused.</summary>
    public ImmutableArray<DeskForm> Offered(DateTimeOffset now)
    {
        var wrong = posted?["action"];
        return
        [
            .. s_actions.Where(a => a == wrong || Trials(a, now).Any(c =>
                    OrderMatter.Decide(s, c, new Actor.Staff(member), now, rules)
                        is Decision<OrderEvent>.Accepted { Events.IsEmpty: false }))
                .Select((a, i) => Of(a, a == wrong || (i == 0 && wrong is null or ""))),
        ];
    }

    /// <summary>The command a form asks for, or why it cannot be read.</summary>
    public static async Task<(OrderCommand? Command, Refusal? Bad)> ReadAsync(
        PostedForm form, Order s, TimeZoneInfo zone, CancellationToken ct)
    {
        string Text(string name) => form[name].ReplaceLineEndings("\n").Trim();
        var channel = form.TryNamed<Channel>("channel", out var named) ? named : (Channel?)null;
        switch (form["action"])
        {
            case nameof(OrderCommand.Accept):
                return (new OrderCommand.Accept(), null);
            case nameof(OrderCommand.Decline):
                return (new OrderCommand.Decline(Text("reason")), null);
            case nameof(OrderCommand.Assign):
                return (new OrderCommand.Assign(new StaffId(form["worker"]), Text("reason")), null);
            case nameof(OrderCommand.TellProgress):
                return (new OrderCommand.TellProgress(Text("text")), null);
            case nameof(OrderCommand.ProposeAmendment):
                return form.TryTime("due", zone, out var due)
                    ? (new OrderCommand.ProposeAmendment(Text("price"), due, Text("scope"), Text("reason")), null)
                    : (null, Check.Bad("due", "4.2.4", "'due' cannot be read; give date and time."));
            case nameof(OrderCommand.AnswerAmendment):
                return form["agreed"] is "yes" or "no"
                    ? (new OrderCommand.AnswerAmendment(
                        s.Amendment?.No ?? 0, form["agreed"] == "yes", channel ?? Channel.WalkIn, Text("comment")),
                        null)
                    : (null, Check.Bad("agreed", "4.2.4", "'agreed' is missing; choose yes or no."));
            case nameof(OrderCommand.WithdrawAmendment):
                return (new OrderCommand.WithdrawAmendment(), null);
            case nameof(OrderCommand.Finish):
                return (new OrderCommand.Finish(Text("result")), null);
            case nameof(OrderCommand.RequestEvaluation):
                return (new OrderCommand.RequestEvaluation(), null);
            case nameof(OrderCommand.RecordAttempt):
                return channel is { } by
                    ? (new OrderCommand.RecordAttempt(by, Text("result")), null)
                    : (null, Check.Bad("channel", "3.3", "'channel' is missing; choose how it was tried."));
            case nameof(OrderCommand.AttachPaper):
                return await ReadPaperAsync(form, Text("comment"), ct);
            case nameof(OrderCommand.DecidePaper):
                return Yes(form) is { } confirmed
                    ? (new OrderCommand.DecidePaper(confirmed, Text("comment")), null)
                    : (null, Check.Bad("approved", "3.3", "'approved' is missing; choose yes or no."));
            case nameof(OrderCommand.ProposeUnreachable):
                return (new OrderCommand.ProposeUnreachable(), null);
            case nameof(OrderCommand.DecideUnreachable):
                return Yes(form) is { } approved
                    ? (new OrderCommand.DecideUnreachable(approved, Text("comment")), null)
                    : (null, Check.Bad("approved", "3.3", "'approved' is missing; choose yes or no."));
            case nameof(OrderCommand.RefuseOrder):
                return (new OrderCommand.RefuseOrder(Text("reason")), null);
            default:
                return (null, Check.Bad("action", "4.2.4", "There is no such action."));
        }
    }

    /// <summary>A mark of 1 to 5; 0 where it is none.</summary>
    public static int Mark(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    /// <summary>The choice of yes or no in <c>approved</c>, or null.</summary>
    public static bool? Yes(PostedForm form) => form["approved"] switch { "yes" => true, "no" => false, _ => null };

    private static async Task<(OrderCommand? Command, Refusal? Bad)> ReadPaperAsync(
        PostedForm form, string comment, CancellationToken ct)
    {
        var scan = form.File("scan") is { } file ? await PaperScan.ReadAsync(file, ct) : null;
        return scan is null
            ? (null, Check.Bad("scan", "3.3", "'scan' must be a PNG or JPEG of at most 150 KB."))
            : (new OrderCommand.AttachPaper(scan, Mark(form["quality"]), Mark(form["attitude"]), comment), null);
    }

    private IEnumerable<OrderCommand> Trials(string action, DateTimeOffset now) => action switch
    {
        nameof(OrderCommand.Accept) => [new OrderCommand.Accept()],
        nameof(OrderCommand.Decline) => [new OrderCommand.Decline(Plausible)],
        nameof(OrderCommand.Assign) => OrderDesk.Workers(rules.Directory, s.Community)
            .Select(m => new OrderCommand.Assign(m.Id, null)),
        nameof(OrderCommand.TellProgress) => [new OrderCommand.TellProgress(Plausible)],
        nameof(OrderCommand.ProposeAmendment) => s.Amendment is null
            ? [new OrderCommand.ProposeAmendment(Plausible, null, null, Plausible)] : [],
        nameof(OrderCommand.AnswerAmendment) =>
            [new OrderCommand.AnswerAmendment(s.Amendment?.No ?? 0, true, Channel.WalkIn, null)],
        nameof(OrderCommand.WithdrawAmendment) => [new OrderCommand.WithdrawAmendment()],
        nameof(OrderCommand.Finish) => [new OrderCommand.Finish(Plausible)],
        nameof(OrderCommand.RequestEvaluation) => [new OrderCommand.RequestEvaluation()],
        nameof(OrderCommand.RecordAttempt) => [new OrderCommand.RecordAttempt(Channel.Phone, Plausible)],
        nameof(OrderCommand.AttachPaper) => [new OrderCommand.AttachPaper(Plausible, 5, 5, null)],
        nameof(OrderCommand.DecidePaper) => [new OrderCommand.DecidePaper(false, Plausible)],
        nameof(OrderCommand.ProposeUnreachable) => [new OrderCommand.ProposeUnreachable()],
        nameof(OrderCommand.DecideUnreachable) => [new OrderCommand.DecideUnreachable(false, Plausible)],
        nameof(OrderCommand.RefuseOrder) => [new OrderCommand.RefuseOrder(Plausible)],
        _ => throw new InvalidOperationException($"Unknown action {action} at {now}."),
    };

    private DeskForm Of(string action, bool open)
    {
        var typed = posted?["action"] == action ? posted : null;
        var fields = new FormFields(words, action, typed);
        return new DeskForm(
            action, "", words[$"Action.{action}"], words.Find($"Hint.{action}"), null, [.. FieldsOf(action, fields)],
            Guid.NewGuid().ToString("N"), open, action is nameof(OrderCommand.RefuseOrder));
    }

    private IEnumerable<DeskField> FieldsOf(string action, FormFields f) => action switch
    {
        nameof(OrderCommand.Decline) or nameof(OrderCommand.RefuseOrder) => [f.Area("reason")],
        nameof(OrderCommand.Assign) => [
            f.Staff("worker", OrderDesk.Workers(rules.Directory, s.Community)), f.Line("reason", required: false)],
        nameof(OrderCommand.TellProgress) => [f.Area("text")],
        nameof(OrderCommand.ProposeAmendment) => [
            f.Area("reason"), f.Line("price", required: false), f.Time("due", required: false),
            f.Area("scope", required: false)],
        nameof(OrderCommand.AnswerAmendment) => [
            f.Radio("agreed", YesNo("agreed")), Ways(f), f.Area("comment", required: false)],
        nameof(OrderCommand.Finish) => [f.Area("result")],
        nameof(OrderCommand.RecordAttempt) => [Ways(f), f.Area("result")],
        nameof(OrderCommand.AttachPaper) => [
            f.Image("scan"), Marks(f, "quality"), Marks(f, "attitude"), f.Area("comment", required: false)],
        nameof(OrderCommand.DecidePaper) => [f.Radio("approved", YesNo("paper")), f.Area("comment")],
        nameof(OrderCommand.DecideUnreachable) => [
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
