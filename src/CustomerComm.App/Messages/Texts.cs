using System.Resources;
using System.Text;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Messages;

/// <summary>The words of messages and pages in every language. A missing text throws: a test reads them all.</summary>
public static class Texts
{
    private const string Folder = "CustomerComm.App.Resources.";
    private const string Suffix = ".resources";

    /// <summary>One for every file, the one with the words of complaints first.</summary>
    private static readonly ResourceManager[] s_texts = [.. Files.Select(Open)];

    /// <summary>Names of the resource files, without folder and culture.</summary>
    public static IEnumerable<string> Files => typeof(Texts).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && n.EndsWith(Suffix, StringComparison.Ordinal))
        .Select(n => n[Folder.Length..^Suffix.Length])
        .OrderBy(n => n != "Texts").ThenBy(n => n, StringComparer.Ordinal);

    /// <summary>The text of this key.</summary>
    public static string Get(string key, Language language) =>
        Find(key, language) ?? throw new MissingManifestResourceException($"No text '{key}'.");

    private static string? Find(string key, Language language)
    {
        var culture = Languages.Culture(language);
        foreach (var texts in s_texts)
        {
            if (texts.GetString(key, culture) is { } text)
                return text;
        }

        return null;
    }

    /// <summary>The name of an enum value, e.g. of a category.</summary>
    public static string Name<TEnum>(TEnum value, Language language)
        where TEnum : struct, Enum =>
        Get($"{typeof(TEnum).Name}.{value}", language);

    /// <summary>As the other, for a value whose enum is known only when it runs.</summary>
    public static string Name(Enum value, Language language)
    {
        return Get($"{value.GetType().Name}.{value}", language);
    }

    /// <summary>
    /// Why something was refused, with the clause: in the language of the rules their own words, else those of the code.
    /// </summary>
    public static string Why(Refusal refusal, Language language) => Format(
        "Refusal.Why", language, ("clause", refusal.Clause),
        ("text", language == Languages.OfRules ? refusal.Text
            : Find($"Refusal.{refusal.Code}.{refusal.Clause}", language) ?? Get($"Refusal.{refusal.Code}", language)));

    /// <summary>Why a complaint goes where it goes, in words for a resident.</summary>
    public static string Why(Route route, Language language) => Get($"Route.{route.Clause}", language);

    /// <summary>A text in every language, for whoever has not shown theirs.</summary>
    public static string InAll(string key) =>
        string.Join("\n\n", Languages.All.Select(l => Get(key, l)));

    /// <summary>
    /// Words people may write, of all languages, the longest first: in the resources they stand side by side,
    /// <c>yes|right</c>.
    /// </summary>
    public static string[] Said(string key) =>
    [
        .. Languages.All.SelectMany(l => Get(key, l).Split('|')).Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(w => w.Length),
    ];

    /// <summary>The text of this key with <c>{name}</c> replaced; names not given stay as they are.</summary>
    public static string Format(string key, Language language, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = Get(key, language);
        foreach (var (name, value) in values)
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return text;
    }

    /// <summary>
    /// The text of this key with <c>{name}</c> replaced by what <paramref name="word"/> gives; names it does not know
    /// stay. Only words that occur are asked for, and what stands in a word is not replaced again.
    /// </summary>
    public static string Format(string key, Language language, Func<string, string?> word)
    {
        var text = Get(key, language);
        var written = new StringBuilder(text.Length * 2);
        var from = 0;
        while (from < text.Length)
        {
            var open = text.IndexOf('{', from);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0)
                break;
            written.Append(text, from, open - from).Append(word(text[(open + 1)..close]) ?? text[open..(close + 1)]);
            from = close + 1;
        }

        return written.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>A local time as people write it: <c>11月24日17:30</c>, <c>24 Nov 17:30</c>.</summary>
    public static string Time(DateTimeOffset at, TimeZoneInfo zone, Language language) =>
        Written("Time", TimeZoneInfo.ConvertTime(at, zone), language);

    /// <summary>As the other, with the year.</summary>
    public static string TimeOfYear(DateTimeOffset at, TimeZoneInfo zone, Language language) =>
        Written("TimeOfYear", TimeZoneInfo.ConvertTime(at, zone), language);

    /// <summary>A day with its day of the week.</summary>
    public static string Day(DateOnly day, Language language) => Written("Day", day, language);

    private static string Written(string format, IFormattable at, Language language) =>
        at.ToString(Get($"Format.{format}", language), Languages.Culture(language));

    private static ResourceManager Open(string file) => new(Folder + file, typeof(Texts).Assembly);
}
