using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Web.Desk;

/// <summary>The questions of each action's form; what was typed before a refusal is kept.</summary>
internal sealed class DeskForms(Complaint s, StaffMember member, Rules rules, DeskWords words, PostedForm? posted)
{
    /// <summary>What the service catalogue answers, to begin from.</summary>
    public string Suggested { get; init; } = "";

    private DeskAction _action;
    private PostedForm? _typed;

    public DeskForm Of(OfferedAction offered, bool first, DateTimeOffset now)
    {
        _action = offered.Action;
        _typed = posted?.Action == offered.Action && posted.Subject == offered.Subject ? posted : null;
        var title = words[$"Action.{_action}"];
        if (_action == DeskAction.AcknowledgeLapse
            && Enum.TryParse<ObligationKind>(offered.Subject.Split('|')[0], out var kind))
        {
            title += ": " + words.Name(kind);
        }

        var due = offered.Due is { } at ? $"{words.Time(at)} · {words.Left(at, now)}" : null;
        return new DeskForm(
            _action.ToString(), offered.Subject, title, Hint(), due, [.. Fields()],
            Guid.NewGuid().ToString("N"), _typed is not null || (posted is null && first && offered.Due is not null),
            _action is DeskAction.Dismiss or DeskAction.ProveMisreport or DeskAction.Decline);
    }

    private string? Hint() => words.Find(
        _action == DeskAction.RecordAttempt && s.Request?.Issue is null or 0 ? "Hint.RecordAttempt.NoLink" : $"Hint.{_action}");

    private IEnumerable<DeskField> Fields() => _action switch
    {
        DeskAction.Accept or DeskAction.ProposeUnreachable or DeskAction.HandOverRecords => [],
        DeskAction.Triage => TriageFields(),
        DeskAction.Resolve => [Area("text", present: s.Letter is { Approved: true } l ? l.Text.Value : "")],
        DeskAction.Answer => [Area("text", present: s.Letter is { Approved: true } l ? l.Text.Value : Suggested)],
        DeskAction.DeclareOutOfScope => [Area("text", present: Approved ?? "")],
        DeskAction.DecideSuggestion =>
        [
            Decision(), Area("reason", present: Approved ?? ""),
            Field(
                "aboutCommunication", DeskInput.Checks, required: false,
                [new DeskChoice("yes", words["Choice.aboutCommunication"])]),
        ],
        DeskAction.PassOnPraise =>
        [
            Staff("praised", Everybody(), required: false),
            Area("text", present: Approved ?? words["Praise.Thanks"]),
        ],
        DeskAction.DraftLetter => [Area("text", present: s.Letter?.Text.Value ?? "")],
        DeskAction.DecideLetter or DeskAction.DecideUnreachable => [Decision(), Area("comment", required: false)],
        DeskAction.DecidePaper or DeskAction.Verify => [Decision(), Area("comment")],
        DeskAction.Instruct => [Area("text"), Time("wantedBy", required: false)],
        DeskAction.GiveCooperation => [Area("what")],
        DeskAction.AnswerExtension => [Decision(), Said()],
        DeskAction.RecordAttempt => [Said(), Area("result")],
        DeskAction.AttachPaper => [Field("scan", DeskInput.Image), Satisfaction()],
        DeskAction.FollowUp => [Said(), Area("opinion"), Area("wishes", required: false)],
        DeskAction.CheckRecords => [Decision(), Area("reason", required: false)],
        DeskAction.FindRootCause => [Area("cause"), Area("prevention")],
        DeskAction.FileReports => [Area("corrective"), Area("preventive")],
        DeskAction.Note => [Said(), Area("text")],
        DeskAction.TellExtension => [Time("newDue", required: true), Area("reason")],
        DeskAction.AskCooperation => [Units(), Area("what")],
        DeskAction.HandOver => [Units(), Area("reason")],
        DeskAction.Escalate or DeskAction.Decline or DeskAction.Dismiss => [Area("reason")],
        DeskAction.Assign => [Staff("handler", Free(), required: true), Area("reason", required: false)],
        DeskAction.AcknowledgeLapse => [Area("comment", required: false)],
        DeskAction.ProveMisreport => [Staff("concerned", People(), required: true), Area("what")],
        _ => throw new InvalidOperationException($"Unknown action {_action}."),
    };

    private IEnumerable<DeskField> TriageFields() =>
    [
        Select("kind", Names<Nature>(), s.Kind.ToString()),
        Select("category", Names<Category>(), s.Category.ToString()),
        Select("severity", Names<Severity>(), s.Severity.ToString()),
        Field("also", DeskInput.Checks, required: false, Names<Category>(), [.. s.Also.Select(c => c.ToString())]),
        Staff("accused", People(), required: false, s.Accused?.Value),
        Staff("handler", Free(), required: false),
    ];

    private DeskField Decision() => Field(
        "decision", DeskInput.Radio, required: true,
        [
            new DeskChoice("yes", words[$"Decision.{_action}.Yes"]),
            new DeskChoice("no", words[$"Decision.{_action}.No"]),
        ]);

    private DeskField Satisfaction() => Field(
        "satisfaction", DeskInput.Radio, required: true,
        [
            .. Enumerable.Range(1, 5).Reverse().Select(i => i.ToString(CultureInfo.InvariantCulture))
                .Select(i => new DeskChoice(i, words[$"Satisfaction.{i}"])),
        ]);

    private DeskField Said() => Select(
        "channel", [.. words.Choices(Channels.Meeting)], nameof(Channel.Phone));

    private DeskField Units() => Select(
        "unit",
        [
            .. Enum.GetValues<Unit>().Where(u => u != s.HandlingUnit)
                .Select(u => new DeskChoice(u.ToString(), words.Name(u))),
        ],
        "");

    private DeskField Area(string name, bool required = true, string present = "") =>
        Field(name, DeskInput.Area, required, [], present.Length == 0 ? [] : [present]);

    private DeskField Time(string name, bool required) => Field(name, DeskInput.Time, required);

    private DeskField Select(string name, ImmutableArray<DeskChoice> choices, string present) =>
        Field(name, DeskInput.Select, required: true, choices, [present]);

    private DeskField Staff(string name, IEnumerable<StaffMember> people, bool required, string? present = null) =>
        Field(
            name, DeskInput.Select, required,
            [
                new DeskChoice("", words[required ? "Choice.Choose" : $"Choice.None.{name}"]),
                .. people.Select(m => new DeskChoice(m.Id.Value, $"{m.Name} · {words.Name(m.Unit)}")),
            ],
            [present ?? ""]);

    private string? Approved => s.Letter is { Approved: true } l ? l.Text.Value : null;

    private IEnumerable<StaffMember> Everybody() => rules.Directory.Staff
        .Where(m => m.Community is null || m.Community == s.Community).OrderBy(m => m.Unit).ThenBy(m => m.Rank);

    private IEnumerable<StaffMember> People() => rules.Directory.Staff
        .Where(m => (m.Community is null || m.Community == s.Community)
            && (m.Id != member.Id || _action == DeskAction.Triage))
        .OrderBy(m => m.Unit).ThenBy(m => m.Rank);

    private IEnumerable<StaffMember> Free() => rules.Directory.Staff
        .Where(m => (m.Community is null || m.Community == s.Community)
            && !Authority.IsBarred(s, m, rules.Directory) && (m.Id != s.Handler || _action == DeskAction.Triage))
        .OrderBy(m => m.Unit).ThenBy(m => m.Rank);

    private ImmutableArray<DeskChoice> Names<TEnum>()
        where TEnum : struct, Enum =>
        [.. Enum.GetValues<TEnum>().Select(v => new DeskChoice(v.ToString(), words.Name(v)))];

    private DeskField Field(
        string name, DeskInput input, bool required = true, ImmutableArray<DeskChoice> choices = default,
        ImmutableArray<string> present = default)
    {
        ImmutableArray<string> values = _typed is not null ? [.. _typed.All(name)] : present.IsDefault ? [] : present;
        // A refusal may name the wish where the form asks for a new time.
        var wrong = _typed?.WrongField == name
            || (_typed?.WrongField == "wantedBy" && input == DeskInput.Time);
        var hint = words.Find($"Field.{_action}.{name}.Hint") ?? words.Find($"Field.{name}.Hint");
        return new DeskField(
            name, input, required, words.Label(_action.ToString(), name), hint, values,
            choices.IsDefault ? [] : choices, wrong ? words["Field.Wrong"] : null);
    }
}
