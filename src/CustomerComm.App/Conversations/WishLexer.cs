using System.Globalization;
using System.Text.RegularExpressions;
using CustomerComm.App.Company;

namespace CustomerComm.App.Conversations;

/// <summary>A part of the day, which tells what an hour in it means.</summary>
internal enum DayPart
{
    Dawn,
    Morning,
    Noon,
    Afternoon,
    Evening,
}

/// <summary>A piece of a wish and where it stands.</summary>
internal abstract record WishToken
{
    public int Start { get; init; }

    public int End { get; init; }
}

/// <summary>A day: the dates it may mean, the nearest first.</summary>
internal sealed record DayToken(params IReadOnlyList<DateOnly> Dates) : WishToken
{
    /// <summary>Named by the day of the week alone, so that the next week's is as good.</summary>
    public bool Weekday { get; init; }

    public DayPart? Part { get; init; }
}

/// <summary>Morning, afternoon and so on.</summary>
internal sealed record PartToken(DayPart Part) : WishToken;

/// <summary>A time of day; exact where the hour can only be one of 24.</summary>
internal sealed record ClockToken(int Hour, int Minute, DayPart? Part, bool Exact) : WishToken;

/// <summary>A length of time from now and its end; <paramref name="Limit"/> where it says within.</summary>
internal sealed record SpanToken(DateTimeOffset By, bool Days, bool Limit) : WishToken;

/// <summary>A time that is no wish: yesterday, every Friday.</summary>
internal sealed record AsideToken : WishToken;

/// <summary>Finds the pieces of a wish in a folded text with digits.</summary>
internal sealed partial class WishLexer
{
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";
    private const string Weekdays = "sunmontuewedthufrisat";
    private const int NoNumber = -1;

    private readonly WishClock _clock;
    private readonly (Regex Pattern, Func<Match, WishToken?> Read)[] _rules;

    public WishLexer(WishClock clock)
    {
        _clock = clock;
        // The first that reads something at a place wins.
        _rules =
        [
            (Aside(), _ => new AsideToken()),
            (Feasts.Pattern, Feast),
            (ChineseSpan(), Span),
            (EnglishSpan(), Span),
            (Relative(), Relative),
            (YearFirst(), FullDate),
            (YearLast(), FullDate),
            (ChineseDate(), YearlyDate),
            (SlashDate(), SlashDate),
            (DayFirst(), YearlyDate),
            (MonthFirst(), YearlyDate),
            (ChineseWeekday(), Weekday),
            (EnglishWeekday(), Weekday),
            (Week(), Week),
            (Month(), Month),
            (Year(), _ => Day(new DateOnly(_clock.Today.Year, 12, 31))),
            (DayOfMonth(), MonthlyDate),
            (Part(), Part),
            (ChineseClock(), Clock),
            (EnglishClock(), Clock),
            (Word(), m => new ClockToken(m.Groups["noon"].Success ? 12 : 24, 0, null, Exact: true)),
        ];
    }

    private DateOnly Today => _clock.Today;

    /// <summary>The pieces in their order.</summary>
    public IReadOnlyList<WishToken> Read(string text)
    {
        var tokens = new List<WishToken>();
        for (var at = 0; at < text.Length;)
        {
            if (First(text, at) is not { } token)
            {
                at++;
                continue;
            }

            tokens.Add(token);
            at = token.End;
        }

        return tokens;
    }

    private WishToken? First(string text, int at)
    {
        foreach (var (pattern, read) in _rules)
        {
            if (pattern.Match(text, at) is { Success: true } m && read(m) is { } token)
                return token with { Start = m.Index, End = m.Index + m.Length };
        }

        return null;
    }

    private SpanToken? Span(Match m)
    {
        var number = Text(m, "n");
        var amount = decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n)
            ? n
            : number switch
            {
                "半" => 0m,
                _ when number.StartsWith("half", StringComparison.Ordinal) => 0.5m,
                _ when number.EndsWith("of", StringComparison.Ordinal) => 2m,
                _ => 1m,
            };
        if (number == "半" || Has(m, "half"))
            amount += 0.5m;
        if (amount > 5_000)
            return null;

        var limit = Has(m, "limit");
        var minutes = Has(m, "minute") ? 1 : Has(m, "quarter") ? 15 : Has(m, "hour") ? 60 : 0;
        if (minutes > 0)
        {
            var length = (amount * minutes) + Math.Max(0, Number(m, "plus"));
            return new SpanToken(_clock.After(TimeSpan.FromMinutes((double)length)), Days: false, limit);
        }

        // More than 200 days of any kind are too far ahead in any case.
        if (amount > 200)
            return null;
        var by = Has(m, "work") ? _clock.AfterWork((int)Math.Ceiling(amount))
            : Has(m, "month") ? _clock.AfterMonths(amount)
            : _clock.AfterDays(amount * (Has(m, "week") ? 7 : Has(m, "fortnight") ? 14 : 1));
        return new SpanToken(by, Days: true, limit);
    }

    /// <summary>"Before" a feast is the last day of work ahead of it; without it, the day itself.</summary>
    private DayToken Feast(Match m)
    {
        var before = Has(m, "before");
        return new DayToken(
        [
            .. from year in Enumerable.Range(Today.Year, 2)
               let day = Feasts.DayOf(Feasts.Named(Text(m, "feast")), year)
               from date in before ? [_clock.LastWorkingDayBefore(day), day.AddDays(-1)] : new[] { day }
               where date >= Today
               select date,
        ]);
    }

    private DayToken Relative(Match m)
    {
        var days = Has(m, "third") ? 3 : Has(m, "second") ? 2 : Has(m, "first") ? 1 : 0;
        return Day(Today.AddDays(days)) with { Part = Has(m, "night") ? DayPart.Evening : null };
    }

    private DayToken FullDate(Match m)
    {
        var (month, day) = (Number(m, "m"), Number(m, "d"));
        // 11/30/2026 puts the month first, 30.11.2026 the day, and so does what could not be a month.
        if (Has(m, "sep") && (Text(m, "sep") != "/" || month > 12))
            (month, day) = (day, month);
        return Valid(Number(m, "y"), month, day) is { } date ? Day(date) : Never();
    }

    private DayToken YearlyDate(Match m)
    {
        var month = Has(m, "name") ? (Months.IndexOf(Text(m, "name")[..3], StringComparison.Ordinal) / 3) + 1
            : Number(m, "m");
        if (!Has(m, "y"))
            return Yearly(month, Number(m, "d"));
        var year = Text(m, "y") switch { "今年" => Today.Year, "明年" => Today.Year + 1, _ => Number(m, "y") };
        return Valid(year, month, Number(m, "d")) is { } date ? Day(date) : Never();
    }

    private DayToken? SlashDate(Match m)
    {
        var (month, day) = (Number(m, "m"), Number(m, "d"));
        if ((month, day) is (24, 7))
            return null;
        return month > 12 ? Yearly(day, month) : Yearly(month, day);
    }

    private DayToken Yearly(int month, int day)
    {
        DateOnly[] dates = [.. Enumerable.Range(Today.Year, 2)
            .Select(year => Valid(year, month, day)).OfType<DateOnly>().Where(d => d >= Today)];
        return new DayToken(dates);
    }

    private DayToken MonthlyDate(Match m)
    {
        var shift = Shift(m);
        var first = FirstOfMonth(shift ?? 0);
        DateOnly[] dates = [.. Enumerable.Range(0, shift is null ? 4 : 1).Select(first.AddMonths)
            .Select(month => Valid(month.Year, month.Month, Number(m, "d"))).OfType<DateOnly>()
            .Where(d => d >= Today)];
        return new DayToken(dates);
    }

    private DayToken Weekday(Match m)
    {
        var day = Has(m, "name") ? Weekdays.IndexOf(Text(m, "name")[..3], StringComparison.Ordinal) / 3
            : Number(m, "d") % 7;
        if (Shift(m) is { } weeks && !(weeks == 0 && Has(m, "name")))
            return Day(Monday(weeks).AddDays((day + 6) % 7));
        var next = Today.AddDays((day - (int)Today.DayOfWeek + 7) % 7);
        return new DayToken(next, next.AddDays(7)) { Weekday = true };
    }

    /// <summary>A week ends on Sunday; before a weekend is Friday, before a week the Sunday ahead of it.</summary>
    private DayToken? Week(Match m)
    {
        var shift = Shift(m);
        var end = Has(m, "end");
        if (shift is null && !end)
            return null;
        var monday = Monday(shift ?? 0);
        if (!Has(m, "before"))
            return Day(monday.AddDays(6));
        if (Has(m, "weekend"))
            return new DayToken(monday.AddDays(4), monday.AddDays(11)) { Weekday = true };
        return Day(shift > 0 && !end ? monday.AddDays(-1) : monday.AddDays(6));
    }

    private DayToken? Month(Match m)
    {
        var end = Has(m, "end");
        var number = Has(m, "name") ? (Months.IndexOf(Text(m, "name")[..3], StringComparison.Ordinal) / 3) + 1
            : Number(m, "m");
        if (number is 0 or > 12 || (number == NoNumber && Shift(m) is null && !end))
            return null;
        var first = number == NoNumber ? FirstOfMonth(Shift(m) ?? 0)
            : FirstOfMonth((number - Today.Month + 12) % 12);
        var before = Has(m, "before") && !end && first > Today;
        return Day((before ? first : first.AddMonths(1)).AddDays(-1));
    }

    private static PartToken Part(Match m) => new(
        Has(m, "dawn") ? DayPart.Dawn
        : Has(m, "morning") ? DayPart.Morning
        : Has(m, "noon") ? DayPart.Noon
        : Has(m, "evening") ? DayPart.Evening
        : DayPart.Afternoon);

    private static ClockToken? Clock(Match m)
    {
        var hour = Number(m, "h");
        var minute = Has(m, "half") ? 30 : Has(m, "q") ? 15 * Number(m, "q") : Has(m, "m") ? Number(m, "m") : 0;
        if (hour > 24 || minute > 59 || (hour == 24 && minute > 0))
            return null;
        DayPart? part = Text(m, "ap") switch
        {
            "a" => DayPart.Dawn,
            "p" => DayPart.Afternoon,
            _ => null,
        };
        return part is not null && hour is 0 or > 12
            ? new ClockToken(hour, minute, null, Exact: true)
            : new ClockToken(hour, minute, part, hour is 0 or > 12 || Text(m, "h")[0] == '0');
    }

    private static DayToken Day(DateOnly date) => new(date);

    /// <summary>A date there is not: read, so that its parts are not taken for something else.</summary>
    private static DayToken Never() => new([]);

    private DateOnly Monday(int weeks) => Today.AddDays((7 * weeks) - (((int)Today.DayOfWeek + 6) % 7));

    private DateOnly FirstOfMonth(int months) => new DateOnly(Today.Year, Today.Month, 1).AddMonths(months);

    /// <summary>How many weeks or months ahead: 这 is 0, 下 is 1, 下下 is 2; null where nothing says.</summary>
    private static int? Shift(Match m) => !Has(m, "shift") ? null
        : Text(m, "shift").StartsWith("下下", StringComparison.Ordinal) ? 2
        : Text(m, "shift") is "next" or "下" or "下个" ? 1 : 0;

    private static DateOnly? Valid(int year, int month, int day) =>
        year is >= LocalTimes.FirstYear and <= LocalTimes.LastYear && month is > 0 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static int Number(Match m, string group) =>
        int.TryParse(m.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n
            : NoNumber;

    private static string Text(Match m, string group) => m.Groups[group].Value;

    private static bool Has(Match m, string group) => m.Groups[group].Success;
}
