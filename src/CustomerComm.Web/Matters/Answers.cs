using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App.Company;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Matters;

/// <summary>
/// What a form was answered, read field by field: the first that is missing or cannot be read is kept in
/// <see cref="Bad"/>, and whatever was made of the answers then counts for nothing. Without a form the answers are
/// plausible ones, to try by them whether an action is open to somebody.
/// </summary>
internal sealed class Answers(
    PostedForm? form, WorkingCalendar calendar, string clause, StaffMember member, DateTimeOffset now)
{
    private const string Plausible = "x";

    /// <summary>The first field that is missing or cannot be read.</summary>
    public Refusal? Bad { get; private set; }

    /// <summary>Nobody answered: it is a trial.</summary>
    public bool AreTrial => form is null;

    /// <summary>What the action is about where there are several of its kind.</summary>
    public string Subject => form?.Subject ?? "";

    /// <summary>Which form of the page it is.</summary>
    public string Action => form?["action"] ?? "";

    /// <summary>All answers to a question with several.</summary>
    public ImmutableArray<string> All(string field) => form is null ? [] : [.. form.All(field)];

    /// <summary>A text as typed; empty where nothing was. Line ends do not depend on the browser.</summary>
    public string Text(string field) => form is null ? Plausible : form[field].ReplaceLineEndings("\n").Trim();

    /// <summary>As above; null where nothing was typed.</summary>
    public string? TextOrNone(string field) => Text(field) is { Length: > 0 } text ? text : null;

    /// <summary>The lines of a text.</summary>
    public string[] Lines(string field) => form is null
        ? [] : form[field].Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A choice of yes or no; tried with no, which no rule forbids.</summary>
    public bool Yes(string field) => form is not null && form[field] switch
    {
        DeskChoice.Yes => true,
        "no" => false,
        _ => Wrong(field, false),
    };

    /// <summary>The value of an enum.</summary>
    public TEnum Named<TEnum>(string field)
        where TEnum : struct, Enum
    {
        if (form is null)
            return Channel.Phone is TEnum phone ? phone : default;
        return form.TryNamed<TEnum>(field, out var value) ? value : Wrong(field, value);
    }

    /// <summary>As above; null where nothing was chosen.</summary>
    public TEnum? NamedOrNone<TEnum>(string field)
        where TEnum : struct, Enum => form is null || form[field].Length == 0 ? null : Named<TEnum>(field);

    /// <summary>The values of an enum that were chosen.</summary>
    public ImmutableArray<TEnum> AllNamed<TEnum>(string field)
        where TEnum : struct, Enum =>
        [
            .. All(field).Select(v => Enum.TryParse<TEnum>(v, out var value) && Enum.IsDefined(value)
                ? value : Wrong(field, value)),
        ];

    /// <summary>A local time.</summary>
    public DateTimeOffset Time(string field) => form is null ? now : TimeOrNone(field) ?? Wrong(field, now);

    /// <summary>As above; null where none was given.</summary>
    public DateTimeOffset? TimeOrNone(string field)
    {
        DateTimeOffset? at = null;
        return form is null || form.TryTime(field, calendar, out at) ? at : Wrong<DateTimeOffset?>(field, null);
    }

    /// <summary>A local date.</summary>
    public DateOnly Date(string field) => form is null ? Today : DateOf(form[field]) ?? Wrong(field, Today);

    /// <summary>A date of this century or the next, <c>yyyy-MM-dd</c>; null where it is none.</summary>
    public static DateOnly? DateOf(string? text) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is >= 2000 and < 2200 ? date : null;

    /// <summary>A local time of day.</summary>
    public TimeOnly Clock(string field)
    {
        TimeOnly time = default;
        return form is null || TimeOnly.TryParseExact(
            form[field], ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time)
            ? time : Wrong(field, time);
    }

    /// <summary>A telephone number in E.164 form; null where none was given.</summary>
    public string? PhoneOrNone(string field, Phones phones)
    {
        if (form is null || form[field].Length == 0)
            return null;
        return phones.TryRead(form[field], out var number) ? number.Value : Wrong<string?>(field, null);
    }

    /// <summary>A member of staff.</summary>
    public StaffId Staff(string field) => StaffOrNone(field) ?? Wrong(field, member.Id);

    /// <summary>As above; null where nobody was chosen.</summary>
    public StaffId? StaffOrNone(string field) =>
        form is null ? member.Id : form[field].Length == 0 ? null : new StaffId(form[field]);

    /// <summary>A whole number; 0 where it is none, which the rules then refuse.</summary>
    public int Number(string field)
    {
        if (form is null)
            return 5;
        return int.TryParse(form[field], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }

    /// <summary>A whole number; null where none was given.</summary>
    public decimal? MoneyOrNone(string field)
    {
        if (form is null || form[field].Trim() is not { Length: > 0 } text)
            return null;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : Wrong<decimal?>(field, null);
    }

    /// <summary>A whole number, or null where nothing was written.</summary>
    public int? NumberOrNone(string field)
    {
        if (form is null || string.IsNullOrWhiteSpace(form[field]))
            return null;
        return int.TryParse(form[field], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : Wrong<int?>(field, null);
    }

    /// <summary>The image of a form signed on paper, as a data URL.</summary>
    public string Scan(string field)
    {
        if (form is null)
            return Plausible;
        return form.File(field) is { } file && PaperScan.Read(file) is { } scan
            ? scan
            : Wrong(field, "", $"'{field}' must be a PNG or JPEG of at most 150 KB.");
    }

    private DateOnly Today => calendar.LocalDate(now);

    /// <summary>Keeps that a field is missing or cannot be read, and goes on with something instead.</summary>
    public T Wrong<T>(string field, T instead, string? text = null)
    {
        Bad ??= Check.Bad(field, clause, text ?? $"'{field}' is missing or cannot be read.");
        return instead;
    }
}
