using System.Globalization;
using System.Text.RegularExpressions;
using CustomerComm.App.Messages;
using CustomerComm.Domain;

namespace CustomerComm.App.Matters;

/// <summary>A code and where it stands in the folded text, the end not included.</summary>
internal readonly record struct FoundCode(MatterNumber Number, int From, int To);

/// <summary>
/// The short codes in text messages, <c>HY26-123</c> for a complaint, <c>HY26-W12</c> for an order, and full numbers,
/// as people write them: in any width and case, glued to Chinese or not. Where the company's communities are known,
/// blanks, other signs or nothing at all may stand for the hyphen.
/// </summary>
public static partial class MatterCode
{
    private const int OldestYears = 5;

    /// <summary>
    /// Finds a code of the kind with this letter (empty: complaints) in a text; null where there is none.
    /// </summary>
    public static MatterNumber? Find(string text, string letter, int yearNow)
    {
        foreach (var code in Read(FoldedText.Of(text).Text, yearNow, null))
        {
            if (code.Number.Code == letter)
                return code.Number;
        }

        return null;
    }

    /// <summary>The text without its codes and numbers.</summary>
    public static string Without(string text)
    {
        var folded = FoldedText.Of(text);
        // Which year it is does not change what is a code.
        return folded.Without(Read(folded.Text, 2_000, null).Select(c => (c.From, c.To)));
    }

    /// <summary>
    /// All codes of a folded text in order. With <paramref name="communities"/>, of those alone and in every spelling.
    /// </summary>
    internal static List<FoundCode> Read(string folded, int yearNow, IReadOnlyList<string>? communities)
    {
        var found = new List<FoundCode>();
        for (var i = 0; i < folded.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(folded[i]) || (i > 0 && IsInWord(folded[i - 1], communities is null)))
                continue;
            var code = communities is null ? Strict(folded, i, yearNow) : Lenient(folded, i, yearNow, communities);
            if (code is not { } c)
                continue;
            found.Add(c);
            i = c.To - 1;
        }

        return found;
    }

    /// <summary>
    /// A part that looks like a code and is none that can be read, or null. What was read must be blanked out before.
    /// </summary>
    internal static string? Like(string folded, int yearNow, IReadOnlyList<string> communities)
    {
        foreach (var id in communities)
        {
            var small = id.ToLowerInvariant();
            for (var at = folded.IndexOf(small, StringComparison.Ordinal); at >= 0;
                at = folded.IndexOf(small, at + 1, StringComparison.Ordinal))
            {
                var end = at + small.Length;
                var whole = (at == 0 || !char.IsAsciiLetter(folded[at - 1]))
                    && (end == folded.Length || !char.IsAsciiLetter(folded[end]));
                if (whole || Run(folded, end) > 0)
                    return folded[at..Math.Min(folded.Length, end + 10)].Trim();
            }
        }

        foreach (Match m in Likely().Matches(folded))
        {
            var year = int.Parse(m.Groups["year"].ValueSpan, CultureInfo.InvariantCulture);
            if (Math.Abs((yearNow % 100) - (year % 100)) <= 1)
                return m.Value;
        }

        return null;
    }

    private static bool IsInWord(char before, bool strict) =>
        char.IsAsciiLetter(before) || (strict && char.IsAsciiDigit(before));

    /// <summary>As it is printed, of whatever community; blanks around the hyphen do no harm.</summary>
    private static FoundCode? Strict(string text, int at, int yearNow)
    {
        if (Printed().Match(text, at) is { Success: true } full
            && MatterNumber.TryParse(full.Value, out var number))
        {
            return new FoundCode(number, at, at + full.Length);
        }

        if (Short().Match(text, at) is not { Success: true } m)
            return null;
        return new FoundCode(
            Number(
                m.Groups["community"].Value, m.Groups["letter"].Value,
                Century(int.Parse(m.Groups["year"].ValueSpan, CultureInfo.InvariantCulture), yearNow),
                m.Groups["number"].Value),
            at, at + m.Length);
    }

    private static FoundCode? Lenient(string text, int at, int yearNow, IReadOnlyList<string> communities)
    {
        foreach (var id in communities.OrderByDescending(c => c.Length))
        {
            if (string.Compare(text, at, id, 0, id.Length, StringComparison.OrdinalIgnoreCase) == 0
                && Tail(text, at + id.Length, id, yearNow) is { } tail)
            {
                return new FoundCode(tail.Number, at, tail.To);
            }
        }

        return null;
    }

    /// <summary>Year, letter and number behind a community, in either order, joined by anything or nothing.</summary>
    private static (MatterNumber Number, int To)? Tail(string text, int at, string community, int yearNow)
    {
        var p = Between(text, at, out _);
        var letter = Letter(text, ref p);
        var digits = Run(text, p);
        var joined = true;
        int? year;
        string number;
        if (YearOf(text.AsSpan(p, digits), yearNow) is { } alone
            && AfterYear(text, p + digits, letter, out joined) is { } rest)
        {
            (year, letter, number, p) = (alone, rest.Letter, rest.Number, rest.To);
        }
        else
        {
            var length = digits >= 5 && YearOf(text.AsSpan(p, 4), yearNow) is not null ? 4 : 2;
            if (digits <= length)
                return null;
            year = YearOf(text.AsSpan(p, length), yearNow);
            number = text.Substring(p + length, digits - length);
            p += digits;
        }

        if (year is not { } y || number.Length is 0 or > 12 || !Ends(text, p, joined))
            return null;
        return (Number(community, letter, y, number), p);
    }

    private static (string Letter, string Number, int To)? AfterYear(
        string text, int at, string letter, out bool joined)
    {
        var p = Between(text, at, out joined);
        var own = letter.Length > 0 ? letter : Letter(text, ref p);
        joined |= own.Length > 0;
        var digits = Run(text, p);
        return digits is > 0 and <= 12 ? (own, text.Substring(p, digits), p + digits) : null;
    }

    /// <summary>
    /// Nothing that makes it another word: "HY26 3楼" names a floor, "HY26-12a" nobody knows what.
    /// </summary>
    private static bool Ends(string text, int at, bool joined)
    {
        if (at == text.Length)
            return true;
        if (char.IsAsciiLetter(text[at]))
            return at + 1 < text.Length && char.IsAsciiLetter(text[at + 1]);
        return joined || !MeasureWords.Follow(text, at);
    }

    /// <summary>The letter of a kind and what joins it to the digits; none where no digit follows.</summary>
    private static string Letter(string text, ref int at)
    {
        var p = at;
        while (p < text.Length && p - at < 2 && char.IsAsciiLetter(text[p]))
            p++;
        var letter = text[at..p];
        if (letter.Length == 0)
            return letter;
        if (p < text.Length && text[p] == '-')
            p++;
        if (Run(text, p) == 0)
            return "";
        at = p;
        return letter;
    }

    /// <summary>A year of two or four digits, of those that codes can still be of.</summary>
    private static int? YearOf(ReadOnlySpan<char> digits, int yearNow)
    {
        if (digits.Length is not (2 or 4))
            return null;
        var year = int.Parse(digits, CultureInfo.InvariantCulture);
        if (digits.Length == 2)
            year = Century(year, yearNow);
        return year <= yearNow && yearNow - year <= OldestYears ? year : null;
    }

    private static int Century(int twoDigits, int yearNow)
    {
        var year = yearNow - (yearNow % 100) + twoDigits;
        return year > yearNow ? year - 100 : year;
    }

    private static int Run(string text, int at)
    {
        var p = at;
        while (p < text.Length && char.IsAsciiDigit(text[p]))
            p++;
        return p - at;
    }

    /// <summary>Skips what stands between the parts of a code; tells whether it was more than blanks.</summary>
    private static int Between(string text, int at, out bool joined)
    {
        var p = Skip(text, at, " ", 2);
        var after = Skip(text, p, "-_/.·#~", 2);
        joined = after > p || after == at;
        return Skip(text, after, " ", 2);
    }

    private static int Skip(string text, int at, string of, int most)
    {
        var p = at;
        while (p < text.Length && p - at < most && of.Contains(text[p], StringComparison.Ordinal))
            p++;
        return p;
    }

    private static MatterNumber Number(string community, string letter, int year, string number) => new(
        new CommunityId(community.ToUpperInvariant()), letter.ToUpperInvariant(), year,
        long.Parse(number, CultureInfo.InvariantCulture));

    [GeneratedRegex(
        @"\G[a-z0-9]{2,8}-([a-z]{1,2}-)?[0-9]{4}-[0-9]{6,12}(?![a-z0-9])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Printed();

    [GeneratedRegex(
        @"\G(?<community>[a-z][a-z0-9]{1,5})(?<year>[0-9]{2})\s?-\s?"
        + "(?<letter>[a-z]{0,2})(?<number>[0-9]{1,12})(?![a-z0-9])",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Short();

    // A code with another community, or with none: "hx26-12", "26-12", "2026-000012"; never a date or a room.
    [GeneratedRegex(
        "(?<![a-z0-9-])([a-z]{1,8}-?)?(?<year>20[0-9]{2}|[0-9]{2})-([a-z]{1,2}-?)?"
        + @"[0-9]{1,12}(?![0-9-]|\s?[%°℃度号日月])",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Likely();
}
