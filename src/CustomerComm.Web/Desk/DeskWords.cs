using System.Globalization;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Web.Desk;

/// <summary>
/// The words of the desk in one language, times in one zone; those of an area of the desk go before the common ones.
/// </summary>
internal sealed class DeskWords(
    Language language, CompanyDirectory directory, TimeZoneInfo? zone = null, UiTexts? area = null)
{
    private static readonly UiTexts s_texts = new("Desk");

    public Language Language => language;

    public CultureInfo Culture => Languages.Culture(language);

    public CompanyDirectory Directory => directory;

    public string this[string key] => area?.Find(key, language) ?? s_texts[key, language];

    public string? Find(string key) => area?.Find(key, language) ?? s_texts.Find(key, language);

    public string Format(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = this[key];
        foreach (var (name, value) in values)
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return text;
    }

    public string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => Texts.Name(value, language);

    public IEnumerable<DeskChoice> Choices(IEnumerable<Channel> channels) =>
        channels.Select(c => new DeskChoice(c.ToString(), Name(c)));

    public string Person(StaffId id) => directory.Find(id)?.Name ?? id.Value;

    public string Person(StaffId? id) => id is { } known ? Person(known) : this["Who.System"];

    public string Who(Party party) => party.Staff is { } id ? Person(id) : Name(party.Unit!.Value);

    public string Community(Community community) => community.NameIn(language);

    public string Time(DateTimeOffset at) => Texts.Time(at, zone ?? TimeZoneInfo.Utc, language);

    public static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How long there is left, or how late it is: <c>in 3 h</c>, <c>2 h late</c>.</summary>
    public string Left(DateTimeOffset due, DateTimeOffset now)
    {
        var way = due < now ? "Late" : "In";
        var span = (due - now).Duration();
        var (unit, count) = span switch
        {
            { TotalMinutes: < 100 } => ("Minutes", span.TotalMinutes),
            { TotalHours: < 48 } => ("Hours", span.TotalHours),
            _ => ("Days", span.TotalDays),
        };
        return Format($"{way}.{unit}", ("n", Math.Max(1, (int)count).ToString(CultureInfo.InvariantCulture)));
    }

    public DeskObligation Duty(
        ObligationKind kind, string owner, DateTimeOffset due, DateTimeOffset now, string clause) => new(
        Name(kind), owner, Time(due), Left(due, now), due < now,
        due >= now && due - now < TimeSpan.FromHours(2), clause);

    /// <summary>Label of a question: the action's own wording first.</summary>
    public string Label(string form, string field) => Find($"Field.{form}.{field}") ?? this[$"Field.{field}"];

    /// <summary>A refusal in this language: what is wrong, by which clause, in which field.</summary>
    public DeskNotice Refused(Refusal refusal, string form)
    {
        var text = Find($"Refusal.{refusal.Code}.{refusal.Clause}") ?? this[$"Refusal.{refusal.Code}"];
        var detail = Format("Notice.Clause", ("clause", refusal.Clause));
        if (refusal.Field is { } field)
        {
            var label = Find($"Field.{form}.{Short(field)}") ?? Find($"Field.{Short(field)}") ?? field;
            detail = Format("Notice.Field", ("field", label)) + " " + detail;
        }

        if (language == Languages.OfRules)
            detail += " " + refusal.Text;
        return new DeskNotice(true, text, detail);
    }

    public DeskNotice Error(string key) => new(true, this[key], null);

    /// <summary>Name of a field without the object it stands in.</summary>
    public static string Short(string field) => field[(field.LastIndexOf('.') + 1)..];
}
