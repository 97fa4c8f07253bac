using System.Text.RegularExpressions;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Conversations;

/// <summary>
/// By when a resident wants it; <paramref name="By"/> is null where they said they have no wish, or, with
/// <paramref name="AtOnce"/>, as soon as can be.
/// </summary>
public sealed record Wish(DateTimeOffset? By, bool AtOnce = false);

/// <summary>Reads a wish such as 明天下午5点, 三天内, Friday, 2026-11-30 (4.6.2-6).</summary>
/// <remarks>
/// Nothing is guessed: of two different times the one said to be the limit counts (前, 内, by, within); if neither
/// or both are, there is no reading. A day without a time ends at 18:00, today after that at 23:59.
/// </remarks>
public static partial class Wishes
{
    /// <summary>The wish in the text, in the community's time; null where none can be read from it.</summary>
    /// <remarks>Only the first 200 characters count. A wish lies in the future, at most 180 days ahead.</remarks>
    public static Wish? Read(string text, DateTimeOffset now, WorkingCalendar calendar)
    {
        // Dates next to the ends of the calendar cannot be reckoned with.
        if (now.Year is < 2 or > 9990)
            return null;

        try
        {
            var folded = WishText.Fold(text);
            var clock = new WishClock(now, calendar);
            var plain = WishText.WithDigits(folded);
            var phrases = Phrases(plain, new WishLexer(clock).Read(plain));
            return phrases.Count > 0 ? Chosen(phrases, plain, clock)
                : WishText.IsAtOnce(folded) ? new Wish(null, AtOnce: true)
                : WishText.IsNoWish(folded) ? new Wish(null)
                : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>What stands together: "周五 下午 5点" is one phrase. Those that set no limit are left out.</summary>
    private static List<Phrase> Phrases(string text, IReadOnlyList<WishToken> tokens)
    {
        var phrases = new List<Phrase>();
        foreach (var token in tokens)
        {
            if (phrases.Count == 0)
            {
                phrases.Add(Phrase.Of(token));
                continue;
            }

            var last = phrases[^1];
            var gap = text[last.End..token.Start];
            if (Alternative().IsMatch(gap) && last.Instead(token) is { } other)
                phrases[^1] = other;
            else if (Filler().IsMatch(gap) && last.With(token) is { } longer)
                phrases[^1] = longer;
            else
                phrases.Add(Phrase.Of(token));
        }

        phrases.RemoveAll(p => p.Aside || IsNoLimit(p, text));
        return phrases;
    }

    /// <summary>"After Friday", "周五不行" and "since Monday" name a time, but not one to be done by.</summary>
    private static bool IsNoLimit(Phrase phrase, string text)
    {
        var after = text[phrase.End..];
        return phrase.Span is null
            && (LaterThan().IsMatch(text[..phrase.Start]) || Later().IsMatch(after) || Refused().IsMatch(after));
    }

    private static Wish? Chosen(List<Phrase> phrases, string text, WishClock clock)
    {
        if (phrases.Count == 1)
            return Only(phrases, clock);
        var limits = phrases.FindAll(p =>
            p.Span is { Limit: true } || LimitBefore().IsMatch(text[..p.Start]) || Limit().IsMatch(text[p.End..]));
        return limits.Count > 0 ? Only(limits, clock) : Only(phrases, clock);
    }

    /// <summary>The time all phrases agree on.</summary>
    private static Wish? Only(List<Phrase> phrases, WishClock clock)
    {
        var times = phrases.Select(p => Time(p, clock)).OfType<DateTimeOffset>().Distinct().ToList();
        return times.Count == 1 ? new Wish(times[0]) : null;
    }

    private static DateTimeOffset? Time(Phrase phrase, WishClock clock)
    {
        var (day, part, time, span) = (phrase.Day, phrase.Part, phrase.Clock, phrase.Span);
        if (span is not null && part is null && time is null)
            return clock.Possible(span.By);

        DateOnly[] dates = span is not null ? [DateOnly.FromDateTime(span.By.DateTime)]
            : day is not null ? [.. day.Dates]
            : [clock.Today, clock.Today.AddDays(1)];
        foreach (var date in dates)
        {
            foreach (var minute in Minutes(phrase, named: day is { Weekday: false }))
            {
                if (clock.Possible(date, minute) is { } by)
                    return by;
            }

            // What is asked for today when its usual hour has passed has the rest of the day.
            if (day is { Weekday: false } && date == clock.Today && time is null && part is null or DayPart.Evening
                && clock.Possible(date, (24 * 60) - 1) is { } late)
            {
                return late;
            }
        }

        return null;
    }

    /// <summary>The minutes of the day a phrase may mean, the likeliest first; beyond 24:00 is the next day.</summary>
    private static IEnumerable<int> Minutes(Phrase phrase, bool named)
    {
        if (phrase.Clock is not { } clock)
        {
            yield return 60 * phrase.Part switch
            {
                DayPart.Dawn => 6,
                DayPart.Morning or DayPart.Noon => 12,
                DayPart.Evening => 21,
                _ => 18,
            };
            yield break;
        }

        var part = clock.Part ?? phrase.Part;
        var hour = Hour(clock.Hour, part, clock.Exact);
        if (phrase.Part == DayPart.Evening && hour < 5)
            hour += 24;
        yield return (hour * 60) + clock.Minute;
        // "Today at 8", said at ten, is eight in the evening.
        if (named && part is null && !clock.Exact && hour <= 12)
            yield return ((hour + 12) * 60) + clock.Minute;
    }

    private static int Hour(int hour, DayPart? part, bool exact) => (part, hour) switch
    {
        (DayPart.Dawn, 12) => 0,
        (DayPart.Noon, < 4) => hour + 12,
        (DayPart.Afternoon, > 0 and < 12) => hour + 12,
        (DayPart.Evening, 0 or 12) => 24,
        (DayPart.Evening, < 5) => hour + 24,
        (DayPart.Evening, < 12) => hour + 12,
        // Nobody waits for five in the morning.
        (null, > 0 and < 7) when !exact => hour + 12,
        _ => hour,
    };

    [GeneratedRegex(
        @"^(?:[\s,:的(t]|at|by|on|before|around|about|in|the|of|no later than|latest|until|till|最[晚迟]|不晚于|不超过"
        + @"|大概|大约|左右|[之以]?[前内])*$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Filler();

    [GeneratedRegex(
        @"^\s?(?:到|至|-|~|–|—|to|or|or on|or by|and|或者?|和|还是|、|/|until)\s?$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Alternative();

    [GeneratedRegex(
        @"(?:by|before|within|in|until|till|later than|最[晚迟]|不晚于|不超过|截止到?|截至|希望|最好|要求|请|please|want it)"
        + @"\s?(?:on |at |the |在|于)?$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LimitBefore();

    [GeneratedRegex(
        @"^\s?(?:[之以]?[前内]|里|为止|截止|(?:at the )?latest|[^,。;!?\n]{0,6}(?:解决|修好|处理好|搞定|弄好|完成))",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Limit();

    [GeneratedRegex(
        @"(?:(?<![a-z])(?:after|since|from|not|not on|but|except|excluding|other than|apart from)|自|从|自从|不要|别|不是"
        + @"|(?<![拆清消扣解免排废删开])除(?:了|开|去)?)\s?(?:for |on |the )*$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LaterThan();

    [GeneratedRegex(
        @"^\s?(?:[之以]后|后(?![天日])|[之以]?外|除外|起|开始|or later|onwards?|(?:is |are )?excluded)",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Later();

    [GeneratedRegex(
        @"^\s?(?:一点[^,。]{0,6}[都也]|(?:我们?|家里)?都?(?:没|无|出差|不(?!晚于|超过|解决|修|处理|弄|搞))"
        + @"|(?:又|还在?|就|才|刚|突然|一直|开始)*(?:漏|停[了水电气]|坏|堵|吵|断|发现|发生|开始|报[了修过]))",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Refused();

    /// <summary>Tokens that stand together; a slot holds one of its kind.</summary>
    private sealed record Phrase(int Start, int End)
    {
        public DayToken? Day { get; private init; }

        public DayPart? Part { get; private init; }

        public ClockToken? Clock { get; private init; }

        public SpanToken? Span { get; private init; }

        public bool Aside { get; private init; }

        public static Phrase Of(WishToken token)
        {
            var phrase = new Phrase(token.Start, token.End);
            return token switch
            {
                DayToken d => phrase with { Day = d, Part = d.Part },
                PartToken p => phrase with { Part = p.Part },
                ClockToken c => phrase with { Clock = c },
                SpanToken s => phrase with { Span = s },
                _ => phrase with { Aside = true },
            };
        }

        /// <summary>This phrase and a token right behind it; null where they do not belong together.</summary>
        public Phrase? With(WishToken token)
        {
            var whole = this with { End = token.End };
            return token switch
            {
                // "11月30日(周一)": the date says more than the day of the week.
                DayToken { Weekday: true } when Day is { Weekday: false } => whole,
                DayToken d when !Aside && Span is null => whole with { Day = d, Part = d.Part ?? Part },
                PartToken p when Part is null && Span is null or { Days: true } => whole with { Part = p.Part },
                ClockToken c when Clock is null && Span is null or { Days: true } => whole with { Clock = c },
                _ => null,
            };
        }

        /// <summary>The later of two alternatives, "下午3点到5点": it shares what it does not say itself.</summary>
        public Phrase? Instead(WishToken token)
        {
            var other = Of(token);
            return token switch
            {
                ClockToken => other with { Start = Start, Day = Day, Part = Part, Aside = Aside },
                PartToken => other with { Start = Start, Day = Day, Aside = Aside },
                SpanToken when Span is null => null,
                _ => other with { Start = Start },
            };
        }
    }
}
