using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace CustomerComm.Domain;

/// <summary>
/// The language a person is written to in. A language is one line here and its words in resources; nothing else names
/// one.
/// </summary>
public enum Language
{
    /// <summary>Simplified Chinese, the default.</summary>
    [Written("zh-CN", "中文", "\u3400\u9fff")] Chinese,
    /// <summary>English.</summary>
    [Written("en", "English", "AZaz")] English,
}

/// <summary>
/// How a language is written. <paramref name="culture"/> names its resources; <paramref name="name"/> is its own name
/// for itself; <paramref name="letters"/> are pairs of the first and last of its letters, by which it is recognised.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class WrittenAttribute(string culture, string name, string letters) : Attribute
{
    public CultureInfo Culture { get; } = CultureInfo.GetCultureInfo(culture);

    public string Name { get; } = name;

    public string Letters { get; } = letters;

    public bool Wrote(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < Letters.Length; i += 2)
        {
            if (text.ContainsAnyInRange(Letters[i], Letters[i + 1]))
                return true;
        }

        return false;
    }
}

/// <summary>What there is to know of languages.</summary>
public static class Languages
{
    private static readonly FrozenDictionary<Language, WrittenAttribute> s_written = Enum.GetValues<Language>()
        .ToFrozenDictionary(
            l => l, l => typeof(Language).GetField(l.ToString())!.GetCustomAttribute<WrittenAttribute>()!);

    // Latin letters stand in texts of every language, so scripts further on are looked for first.
    private static readonly Language[] s_recognised = [.. s_written.OrderByDescending(w => w.Value.Letters[0])
        .Select(w => w.Key)];

    /// <summary>All of them, the default first.</summary>
    public static ImmutableArray<Language> All { get; } =
        [Default, .. Enum.GetValues<Language>().Where(l => l != Default)];

    /// <summary>Whoever has not shown another is written to in this one; so are staff.</summary>
    public static Language Default => Language.Chinese;

    /// <summary>The language the rules give their reasons in, as interfaces show them.</summary>
    public static Language OfRules => Language.English;

    /// <summary>Culture of a language: its resources, dates and numbers.</summary>
    public static CultureInfo Culture(Language language) => s_written[language].Culture;

    /// <summary>Its short code, e.g. <c>zh</c>.</summary>
    public static string Code(Language language) => Culture(language).TwoLetterISOLanguageName;

    /// <summary>All short codes, for an error that lists them.</summary>
    public static string Codes { get; } = string.Join(" or ", All.Select(Code));

    /// <summary>Its own name for itself.</summary>
    public static string NameOf(Language language) => s_written[language].Name;

    /// <summary>
    /// The language of a code, culture or name, e.g. <c>en-GB</c>, <c>zh</c>, <c>English</c>; null where it is none of
    /// ours.
    /// </summary>
    public static Language? Find(string? tag)
    {
        var main = tag.AsSpan().Trim();
        if (main.IndexOf('-') is > 0 and var dash)
            main = main[..dash];
        foreach (var language in All)
        {
            if (main.Equals(Code(language), StringComparison.OrdinalIgnoreCase)
                || main.Equals(language.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return language;
            }
        }

        return null;
    }

    /// <summary>The language a text is written in, as its letters tell; the default where it has none.</summary>
    public static Language Of(string text)
    {
        foreach (var language in s_recognised)
        {
            if (s_written[language].Wrote(text))
                return language;
        }

        return Default;
    }

    /// <summary>
    /// What people wrote twice, in the default language and, where it is not left out, in English: the one that serves
    /// a reader best.
    /// </summary>
    public static string Pick(Language reader, string written, string? english) =>
        reader == Language.English && !string.IsNullOrWhiteSpace(english) ? english : written;

    /// <summary>As the other, of what is sealed.</summary>
    public static Personal Pick(Language reader, Personal written, Personal? english) =>
        reader == Language.English && english is { } found ? found : written;
}

/// <summary>A text in both languages; neither is empty in a questionnaire that was sent.</summary>
public sealed record Bilingual(string Zh, string En)
{
    /// <summary>No text.</summary>
    public static Bilingual Empty { get; } = new("", "");

    /// <summary>A text that is the same for all.</summary>
    public static Bilingual Same(string text) => new(text, text);

    /// <summary>What is written for each language.</summary>
    public static Bilingual Of(Func<Language, string> text) => new(text(Language.Chinese), text(Language.English));

    /// <summary>The text in a language; the other one where it is missing.</summary>
    public string In(Language language) => Languages.Pick(language, Zh.Length > 0 ? Zh : En, En);
}
