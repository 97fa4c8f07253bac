using System.Globalization;
using System.Text.RegularExpressions;
using PhoneNumbers;

namespace CustomerComm.App.Company;

/// <summary>
/// What came of a telephone number as somebody gave it. <paramref name="Number"/> is null where no number there is was
/// found; <paramref name="Remark"/> is what stood beside it, an extension, a name, a second number, or then the whole text.
/// </summary>
public sealed record GivenPhone(Domain.PhoneNumber? Number, string? Remark);

/// <summary>A number found in a text: where it stands and how many characters it takes.</summary>
public readonly record struct FoundPhone(Domain.PhoneNumber Number, int At, int Length);

/// <summary>Reads telephone numbers: those that machines tell, and those that people write.</summary>
public sealed partial class Phones(string region)
{
    /// <summary>Longest remark that is kept, in characters.</summary>
    public const int LongestRemark = 200;

    private const int MostTried = 500;
    private const int FewestDigits = 7;
    private const int MostDigits = 17;

    /// <summary>How digits are said and written, ten at a time from 0 on.</summary>
    private const string Spoken =
        "零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖○幺貳參肆伍陸柒捌玖洞么两参肆伍陆拐捌勾◯幺兩叄肆伍六七八九";

    private static readonly PhoneNumberUtil s_util = PhoneNumberUtil.GetInstance();

    /// <summary>Region of numbers without a country code.</summary>
    public string Region => region;

    /// <summary>
    /// Reads a number that is one and nothing else, as senders, callers and the company file have it: it must be possible,
    /// for there are numbers in use that no list knows. False when it cannot be one.
    /// </summary>
    public bool TryRead(string? text, out Domain.PhoneNumber number)
    {
        number = default;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 40)
            return false;
        return Parse(text) is { } parsed && s_util.IsPossibleNumber(parsed)
            && Domain.PhoneNumber.TryCreate(s_util.Format(parsed, PhoneNumberFormat.E164), out number);
    }

    /// <summary>
    /// Reads what somebody gave as the number to be reached by. Only a number that exists by its region's plan is taken:
    /// one digit short, it would be a stranger's.
    /// </summary>
    public GivenPhone Given(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new GivenPhone(null, null);
        if (Find(text) is not { } found)
            return new GivenPhone(null, Kept(text));
        var rest = text.Remove(found.At, found.Length);
        return new GivenPhone(found.Number, rest.Any(char.IsLetterOrDigit) ? Kept(rest) : null);
    }

    /// <summary>The first number in a text that exists by its region's plan; null where there is none.</summary>
    public FoundPhone? Find(string text)
    {
        var folded = Fold(text);
        var tries = MostTried;
        foreach (Match run in Digits().Matches(folded))
        {
            if (Within(run.Value, ref tries) is { } found)
                return found with { At = run.Index + found.At };
        }

        return null;
    }

    /// <summary>
    /// True where text messages arrive: mobile numbers, and those of regions that do not tell mobile numbers apart. Others
    /// are for calls.
    /// </summary>
    public bool TakesTexts(Domain.PhoneNumber number) =>
        Parse(number.Value) is not { } parsed || !s_util.IsValidNumber(parsed)
        || s_util.GetNumberType(parsed) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE
            or PhoneNumberType.PERSONAL_NUMBER or PhoneNumberType.UNKNOWN;

    internal Domain.PhoneNumber Require(string text, string where) => TryRead(text, out var number)
        ? number
        : throw new InvalidDataException($"Company file, {where}: '{text}' is not a telephone number.");

    /// <summary>
    /// The number in a run of digits, the longest first: "+1 202-555-0150 3-1-502" is a number with a room behind it, and
    /// 0571-88886677-802 one with an extension.
    /// </summary>
    private FoundPhone? Within(string run, ref int tries)
    {
        var starts = Enumerable.Range(0, run.Length).Where(i => !IsGap(run[i]) && (i == 0 || IsGap(run[i - 1])));
        var ends = Enumerable.Range(1, run.Length).Where(i => !IsGap(run[i - 1]) && (i == run.Length || IsGap(run[i])));
        var parts = from start in starts
                    from end in ends
                    where end > start
                    orderby end - start descending, start
                    select (At: start, Length: end - start);
        foreach (var (at, length) in parts)
        {
            // "(021) 6888…" begins with its bracket.
            var from = at > 0 && run[at - 1] is '(' or '+' ? at - 1 : at;
            var part = run[from..(at + length)];
            // A room is never part of a number: better to ask again than to write to a stranger.
            if (part.Contains(' ', StringComparison.Ordinal) && part.Split(' ').Any(IsRoom))
                continue;
            if (part.Count(char.IsAsciiDigit) is >= FewestDigits and <= MostDigits && tries-- > 0
                && Existing(part) is { } number)
            {
                return new FoundPhone(number, from, at + length - from);
            }
        }

        return null;
    }

    private Domain.PhoneNumber? Existing(string part)
    {
        if (Parse(part) is not { } parsed || !s_util.IsValidNumber(parsed))
            return null;
        // Without its area's zero a fixed line is any number: a date, a bill, an order.
        if (s_util.GetNumberType(parsed) == PhoneNumberType.FIXED_LINE
            && s_util.GetNddPrefixForRegion(s_util.GetRegionCodeForNumber(parsed), true) is { Length: > 0 } prefix
            && part.Trim('(', ' ') is var bare && bare[0] != '+' && !bare.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        return Domain.PhoneNumber.TryCreate(s_util.Format(parsed, PhoneNumberFormat.E164), out var number)
            ? number : null;
    }

    private PhoneNumbers.PhoneNumber? Parse(string text)
    {
        try
        {
            return s_util.Parse(text, region);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>What is kept of a text, without the marks that joined it to the number.</summary>
    private static string? Kept(string text)
    {
        var rest = Domain.Matters.Check.Mended(text.ReplaceLineEndings(" ")).Trim(' ', ',', '，', '、', ';', '；', '。', '/', '／');
        if (rest is ['(' or '（', .. var inside, ')' or '）'])
            rest = inside;
        return rest.Length <= LongestRemark ? rest : Messages.SmsText.Shorten(rest, LongestRemark);
    }

    /// <summary>
    /// Half-width, digits of any script and those said in Chinese as digits, every character in its place; what nobody
    /// sees is a blank.
    /// </summary>
    private static string Fold(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = source[i] switch
            {
                >= '！' and <= '～' and var wide => (char)(wide - 0xFEE0),
                '–' or '—' or '−' or '‐' or '‑' or '―' or 'ー' => '-',
                '·' or '•' or '。' or '・' or '･' or '｡' or '‧' or '∙' or '⋅' or '˙' or '﹒' => '.',
                '_' or '﹣' or '﹘' => '-',
                // 幺三八零零…: whatever else the characters mean, a number that exists is seldom said by chance.
                var c when Spoken.IndexOf(c, StringComparison.Ordinal) is >= 0 and var said =>
                    (char)('0' + (said % 10)),
                var c when CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit => (char)('0' + digit),
                '\u200B' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or '\u2060' or '\uFE0F' or '\u20E3' or '\uFEFF' or '\u202A' or '\u202C' => ' ',
                var c when char.IsWhiteSpace(c) && c is not ('\n' or '\r') => ' ',
                var c => c,
            };
        }
    });

    private static bool IsGap(char c) => c is ' ' or '-' or '.' or '(' or ')' or '+';

    private static bool IsRoom(string word) =>
        word.Contains('-', StringComparison.Ordinal) && word[0] is not ('+' or '(')
        && word.Count(char.IsAsciiDigit) < FewestDigits;

    [GeneratedRegex(@"(?<![0-9])[+(]?[0-9][0-9 ()\-.]{5,60}[0-9](?![0-9])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digits();
}
