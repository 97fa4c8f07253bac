using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Matters;

/// <summary>
/// The questions of one form: labels <c>Field.{form}.{name}</c> or <c>Field.{name}</c>, hints the same with
/// <c>.Hint</c>. What was typed before a refusal is kept and the field at fault is marked.
/// </summary>
internal sealed class FormFields(DeskWords words, string form, PostedForm? typed, string subject = "")
{
    /// <summary>What the action is about where there are several of its kind.</summary>
    public string Subject => subject;

    /// <summary>The words of the form.</summary>
    public DeskWords Words => words;

    /// <summary>One line.</summary>
    public DeskField Line(string name, bool required = true, string present = "") =>
        Field(name, DeskInput.Line, required, present: present);

    /// <summary>Several lines.</summary>
    public DeskField Area(string name, bool required = true, string present = "") =>
        Field(name, DeskInput.Area, required, present: present);

    /// <summary>A telephone number.</summary>
    public DeskField Phone(string name, bool required = true, string present = "") =>
        Field(name, DeskInput.Phone, required, present: present);

    /// <summary>A local date and time.</summary>
    public DeskField Time(string name, bool required = true) => Field(name, DeskInput.Time, required);

    /// <summary>A local time of day.</summary>
    public DeskField Clock(string name, bool required = true) => Field(name, DeskInput.Clock, required);

    /// <summary>A local date.</summary>
    public DeskField Date(string name, bool required = true, string present = "") =>
        Field(name, DeskInput.Date, required, present: present);

    /// <summary>A whole number.</summary>
    public DeskField Number(string name, bool required = true, string present = "") =>
        Field(name, DeskInput.Number, required, present: present);

    /// <summary>An image.</summary>
    public DeskField Image(string name, bool required = true) => Field(name, DeskInput.Image, required);

    /// <summary>One of many.</summary>
    public DeskField Select(string name, IEnumerable<DeskChoice> choices, string present = "", bool required = true) =>
        Field(name, DeskInput.Select, required, required ? [.. choices] : [.. OrNone(choices)], present);

    /// <summary>What need not be answered is not answered beforehand.</summary>
    private IEnumerable<DeskChoice> OrNone(IEnumerable<DeskChoice> choices)
    {
        var all = choices.ToList();
        return all.Exists(c => c.Value.Length == 0) ? all : all.Prepend(new DeskChoice("", words["Choice.Choose"]));
    }

    /// <summary>One of a few.</summary>
    public DeskField Radio(string name, IEnumerable<DeskChoice> choices, string present = "", bool required = true) =>
        Field(name, DeskInput.Radio, required, [.. choices], present);

    /// <summary>Any of some.</summary>
    public DeskField Checks(string name, IEnumerable<DeskChoice> choices, params ReadOnlySpan<string> present) =>
        Make(name, DeskInput.Checks, false, [.. choices], [.. present]);

    /// <summary>Yes or no: <c>Choice.{about}.yes</c> and <c>.no</c>.</summary>
    public DeskField YesNo(string name, string about, string present = "") => Radio(
        name,
        [new DeskChoice("yes", words[$"Choice.{about}.yes"]), new DeskChoice("no", words[$"Choice.{about}.no"])],
        present);

    /// <summary>Yes or no to what the action decides: <c>Decision.{action}.Yes</c> and <c>.No</c>.</summary>
    public DeskField Decision() => Radio(
        "decision",
        [new DeskChoice(DeskChoice.Yes, words[$"Decision.{form}.Yes"]), new DeskChoice("no", words[$"Decision.{form}.No"])]);

    /// <summary>By which way a person tried to reach a resident.</summary>
    public DeskField Attempt() => Select("channel", words.Choices(Channels.ByPerson), nameof(Channel.Phone));

    /// <summary>By which way staff spoke to a resident.</summary>
    public DeskField Way() =>
        Select("channel", words.Choices(Channels.Meeting), nameof(Channel.Phone));

    /// <summary>By which way something was said to staff.</summary>
    public DeskField Spoken() =>
        Select("channel", words.Choices(Channels.Spoken), nameof(Channel.Phone));

    /// <summary>A mark of 5 to 1. Nothing is chosen beforehand: the mark on paper is the resident's.</summary>
    public DeskField Mark(string name) => Select(
        name,
        Enumerable.Range(1, 5).Reverse().Select(v => v.ToString(CultureInfo.InvariantCulture))
            .Select(v => new DeskChoice(v, words[$"Mark.{v}"])).Prepend(new DeskChoice("", words["Choice.Choose"])));

    /// <summary>The communities a person may choose from, their own first.</summary>
    public DeskField Community(StaffMember member, CompanyDirectory directory) => Select(
        "community",
        directory.Communities.Where(c => member.Serves(c.Id))
            .Select(c => new DeskChoice(c.Id.Value, words.Community(c))),
        (member.Community ?? directory.Communities[0].Id).Value);

    /// <summary>A member of staff.</summary>
    public DeskField Staff(string name, IEnumerable<StaffMember> people, bool required = true, string present = "") =>
        Select(
            name,
            people.Select(m => new DeskChoice(m.Id.Value, $"{m.Name} · {words.Name(m.Unit)}"))
                .Prepend(new DeskChoice(
                    "",
                    required ? words["Choice.Choose"] : words.Find($"Choice.None.{name}") ?? words["Choice.Nobody"])),
            present, required);

    /// <summary>The values of an enum by their names.</summary>
    public ImmutableArray<DeskChoice> Names<TEnum>()
        where TEnum : struct, Enum =>
        [.. Enum.GetValues<TEnum>().Select(v => new DeskChoice(v.ToString(), words.Name(v)))];

    private DeskField Field(
        string name, DeskInput input, bool required, ImmutableArray<DeskChoice> choices = default, string present = "") =>
        Make(name, input, required, choices, present.Length == 0 ? [] : [present]);

    private DeskField Make(
        string name, DeskInput input, bool required, ImmutableArray<DeskChoice> choices,
        ImmutableArray<string> present) => new(
        name, input, required, words.Label(form, name),
        words.Find($"Field.{form}.{name}.Hint") ?? words.Find($"Field.{name}.Hint"),
        typed is not null ? [.. typed.All(name)] : present, choices.IsDefault ? [] : choices,
        typed?.WrongField == name ? words["Field.Wrong"] : null);
}
