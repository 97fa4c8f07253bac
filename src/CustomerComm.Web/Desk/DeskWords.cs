using System.Globalization;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Web.Desk;

/// <summary>
/// The words of the desk in one language, times in one zone; those of an area of the desk go before the common ones.
/// </summary>
public sealed class DeskWords
{
    private static readonly UiTexts s_texts = new("Desk");
    private readonly TimeZoneInfo? _zone;
    private readonly UiTexts? _area;

    internal DeskWords(
        Language language, CompanyDirectory directory, TimeZoneInfo? zone = null, UiTexts? area = null)
    {
        Language = language;
        Directory = directory;
        _zone = zone;
        _area = area;
    }

    /// <summary>The language.</summary>
    public Language Language { get; }

    /// <summary>How numbers are written in it.</summary>
    public CultureInfo Culture => Languages.Culture(Language);

    /// <summary>Who is who.</summary>
    public CompanyDirectory Directory { get; }

    /// <summary>The text of this key; a missing one throws.</summary>
    public string this[string key] => _area?.Find(key, Language) ?? s_texts[key, Language];

    /// <summary>The text of this key, or null.</summary>
    public string? Find(string key) => _area?.Find(key, Language) ?? s_texts.Find(key, Language);

    /// <summary>The text of this key with <c>{name}</c> replaced.</summary>
    public string Format(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = this[key];
        foreach (var (name, value) in values)
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return text;
    }

    /// <summary>Name of a value.</summary>
    public string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => Texts.Name(value, Language);

    /// <summary>Channels to choose from.</summary>
    public IEnumerable<DeskChoice> Choices(IEnumerable<Channel> channels) =>
        channels.Select(c => new DeskChoice(c.ToString(), Name(c)));

    /// <summary>Name of a member of staff.</summary>
    public string Person(StaffId id) => Directory.Find(id)?.Name ?? id.Value;

    /// <summary>As above; nobody is the system.</summary>
    public string Person(StaffId? id) => id is { } known ? Person(known) : this["Who.System"];

    /// <summary>Name of a member of staff or a unit.</summary>
    public string Who(Party party) => party.Staff is { } id ? Person(id) : Name(party.Unit!.Value);

    /// <summary>Name of a community.</summary>
    public string Community(Community community) => community.NameIn(Language);

    /// <summary>A time, in the community's zone.</summary>
    public string Time(DateTimeOffset at) => Texts.Time(at, _zone ?? TimeZoneInfo.Utc, Language);

    /// <summary>A time for machines.</summary>
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

    /// <summary>Something owed, in words.</summary>
    public DeskObligation Owed(
        ObligationKind kind, string owner, DateTimeOffset due, DateTimeOffset now, string clause) => new(
        kind.ToString(), Name(kind), owner, Time(due), Left(due, now), due < now,
        due >= now && due - now < TimeSpan.FromHours(2), clause);

    /// <summary>Label of a question: the action's own wording first.</summary>
    public string Label(string form, string field) => Find($"Field.{form}.{field}") ?? this[$"Field.{field}"];

    /// <summary>A refusal in this language: what is wrong, by which clause, in which field.</summary>
    public DeskBanner Refused(Refusal refusal, string form)
    {
        var text = Find($"Refusal.{refusal.Code}.{refusal.Clause}") ?? this[$"Refusal.{refusal.Code}"];
        var detail = Format("Banner.Clause", ("clause", refusal.Clause));
        if (refusal.Field is { } field)
        {
            var label = Find($"Field.{form}.{Short(field)}") ?? Find($"Field.{Short(field)}") ?? field;
            detail = Format("Banner.Field", ("field", label)) + " " + detail;
        }

        if (Language == Languages.OfRules)
            detail += " " + refusal.Text;
        return new DeskBanner(true, text, detail);
    }

    /// <summary>Something went wrong.</summary>
    public DeskBanner Error(string key) => new(true, this[key], null);

    /// <summary>A telephone number as most may see it: the last four digits.</summary>
    public static string Masked(string phone) => phone.Length <= 4 ? "…" : "…" + phone[^4..];

    /// <summary>Name of a field without the object it stands in.</summary>
    public static string Short(string field) => field[(field.LastIndexOf('.') + 1)..];
}
