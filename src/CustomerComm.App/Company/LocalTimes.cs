using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Company;

/// <summary>What a date means where no time of day stands beside it.</summary>
public enum DateAlone
{
    /// <summary>By the end of that day's work; on a day off, by the hour at which work ends otherwise.</summary>
    EndOfWork,
    /// <summary>From the first instant of that day.</summary>
    StartOfDay,
    /// <summary>To the first instant of the day after.</summary>
    EndOfDay,
}

/// <summary>What came of reading a time: the instant, or what is wrong with it, to be said behind the field's name.</summary>
public abstract record LocalTime
{
    private LocalTime()
    {
    }

    /// <summary>The instant, with the community's offset.</summary>
    public sealed record At(DateTimeOffset Time) : LocalTime;

    /// <summary>
    /// It cannot be read, or could mean two days. <paramref name="Problem"/> begins with a verb and tells which form is
    /// wanted.
    /// </summary>
    public sealed record Unreadable(string Problem) : LocalTime;
}

/// <summary>
/// Reads times as other systems, files and forms write them: ISO 8601, <c>2026/12/5 18:00</c>, <c>2026年12月5日下午6点</c>. A
/// time without an offset is the community's, whatever the server's zone is (4.6.2-6). Nothing is guessed: what could be
/// two days is not read.
/// </summary>
public static partial class LocalTimes
{
    /// <summary>The first year that is taken for one.</summary>
    public const int FirstYear = 2000;

    /// <summary>The last year that is taken for one.</summary>
    public const int LastYear = 2199;

    private const int Longest = 60;

    private const string Wanted = "write 2026-12-05, 2026-12-05T18:00 or 2026-12-05T18:00:00+08:00";

    /// <summary>Reads a time; <paramref name="alone"/> says what a date without a time of day stands for.</summary>
    public static LocalTime Read(string text, WorkingCalendar calendar, DateAlone alone = DateAlone.EndOfWork)
    {
        var plain = Fold(text);
        if (plain.Length > Longest || Pattern().Match(plain) is not { Success: true } m)
            return No($"is no time; {Wanted}.");
        if (DateOf(m, out var ambiguous) is not { } date)
            return ambiguous ?? No($"names a day that does not exist; {Wanted}.");
        if (date.Year is < FirstYear or > LastYear)
            return No($"lies outside the years {FirstYear} to {LastYear}; {Wanted}.");
        if (!m.Groups["h"].Success)
        {
            return new LocalTime.At(alone switch
            {
                DateAlone.StartOfDay => calendar.At(date, TimeSpan.Zero),
                DateAlone.EndOfDay => calendar.At(date, TimeSpan.FromDays(1)),
                _ => calendar.EndOfWork(date),
            });
        }

        if (ClockOf(m) is not { } clock)
            return No($"names a time of day that does not exist; {Wanted}.");
        if (!m.Groups["zone"].Success)
            return new LocalTime.At(calendar.At(date, clock));
        return OffsetOf(m.Groups["zone"].Value) is { } offset
            ? new LocalTime.At(TimeZoneInfo.ConvertTime(
                new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue) + clock, offset), calendar.Zone))
            : No($"has an offset that does not exist; {Wanted}.");
    }

    private static LocalTime.Unreadable No(string problem) => new(problem);

    /// <summary>Half-width, without the marks of direction and the doubled blanks that come along when text is copied.</summary>
    private static string Fold(string text)
    {
        if (text.Length > 4 * Longest)
            return text;
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var plain = c switch
            {
                >= '！' and <= '～' => (char)(c - 0xFEE0),
                '–' or '—' or '−' or '‐' or '‑' => '-',
                _ => c,
            };
            var format = char.GetUnicodeCategory(plain) == UnicodeCategory.Format;
            if (char.IsWhiteSpace(plain))
                folded.Append(folded.Length > 0 && folded[^1] != ' ' ? " " : "");
            else if (!format)
                folded.Append(char.ToUpperInvariant(plain));
        }

        return folded.ToString().TrimEnd();
    }

    private static DateOnly? DateOf(Match m, out LocalTime.Unreadable? ambiguous)
    {
        ambiguous = null;
        var year = Number(m, "y");
        if (m.Groups["m"].Success)
            return Valid(year, Number(m, "m"), Number(m, "d"));
        // The year stands last: whether month or day comes first differs from country to country.
        var (first, second) = (Number(m, "a"), Number(m, "b"));
        var (monthFirst, dayFirst) = (Valid(year, first, second), Valid(year, second, first));
        if (monthFirst is { } one && dayFirst is { } other && one != other)
        {
            ambiguous = No(string.Create(
                CultureInfo.InvariantCulture,
                $"may mean {one:yyyy-MM-dd} or {other:yyyy-MM-dd}; write the year first, as in {one:yyyy-MM-dd}."));
            return null;
        }

        return monthFirst ?? dayFirst;
    }

    private static DateOnly? Valid(int year, int month, int day) =>
        year is > 0 and < 9999 && month is > 0 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    /// <summary>Time since midnight by the clock; 24:00 is the end of the day.</summary>
    private static TimeSpan? ClockOf(Match m)
    {
        var (hour, minute, second) = (Number(m, "h"), Number(m, "min"), Number(m, "s"));
        if (m.Groups["half"].Success)
            minute = 30;
        var part = m.Groups["part"].Value is { Length: > 0 } before ? before : m.Groups["ap"].Value;
        if (part.Length > 0)
        {
            var late = part is "PM" or "P.M." or "下午" or "晚上" or "傍晚" or "中午";
            if (hour > 12 && !(late && hour < 24))
                return null;
            hour = (late, hour) switch
            {
                (true, 12) when part == "晚上" => 24,
                (true, < 12) when part != "中午" || hour < 4 => hour + 12,
                (false, 12) => 0,
                _ => hour,
            };
        }

        if (minute > 59 || second > 59 || hour > 24 || (hour == 24 && minute + second > 0))
            return null;
        var parts = m.Groups["f"].Success
            ? long.Parse(m.Groups["f"].Value.PadRight(7, '0')[..7], CultureInfo.InvariantCulture)
            : 0;
        return new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(parts);
    }

    private static TimeSpan? OffsetOf(string zone)
    {
        if (zone is "Z" or "UTC" or "GMT")
            return TimeSpan.Zero;
        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
        var hours = int.Parse(digits[..2], CultureInfo.InvariantCulture);
        var minutes = int.Parse(digits[2..], CultureInfo.InvariantCulture);
        if (minutes > 59 || (hours * 60) + minutes > 14 * 60)
            return null;
        var offset = new TimeSpan(hours, minutes, 0);
        return zone[0] == '-' ? -offset : offset;
    }

    private static int Number(Match m, string group) =>
        int.TryParse(m.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    [GeneratedRegex(
        @"\A ?(?:(?<y>[0-9]{4})(?:(?<sep>[-/.])(?<m>[0-9]{1,2})\k<sep>(?<d>[0-9]{1,2})"
        + @"| ?年 ?(?<m>[0-9]{1,2}) ?月 ?(?<d>[0-9]{1,2}) ?[日号]|(?<m>[0-9]{2})(?<d>[0-9]{2}))"
        + @"|(?<a>[0-9]{1,2})(?<sep>[-/.])(?<b>[0-9]{1,2})\k<sep>(?<y>[0-9]{4}))"
        + @"(?: ?(?:星期|周|礼拜)[一二三四五六日天])?"
        + @"(?:(?:T| ?|, ?)(?<part>凌晨|早上|上午|中午|下午|傍晚|晚上|[AP]M)? ?(?<=[^0-9])"
        + @"(?<h>[0-9]{1,2})(?::(?<min>[0-9]{2})(?::(?<s>[0-9]{2})(?:[.,](?<f>[0-9]{1,9}))?)?"
        + @"| ?[点时]整?(?:(?<half>半)|(?<min>[0-9]{1,2}) ?分?(?:(?<s>[0-9]{1,2}) ?秒)?)?|(?= ?[AP]\.?M))"
        + @"(?: ?(?<ap>[AP]\.?M\.?))?(?: ?(?<zone>Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?))?)?\z",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
