namespace CustomerComm.Domain.Policies;

/// <summary>
/// The one calendar that does all time arithmetic: working hours, holidays, make-up days and the time zone of a
/// community (4.6.2-6). Pure and safe to share between threads. Working time is real time: a shift that a clock
/// change cuts short counts for less. Every result carries the zone's offset.
/// </summary>
/// <exception cref="ArgumentException">The rules hold no working time, overlap or contradict each other.</exception>
public sealed class WorkingCalendar(TimeZoneInfo zone, CalendarRules rules)
{
    /// <summary>The largest amount a limit may have.</summary>
    public const int LargestAmount = 100_000;

    /// <summary>The month from which on the next year's holidays are known and asked for.</summary>
    private const int NextYearIsDue = 10;

    private static readonly DayOfWeek[] MondayFirst =
    [
        DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday,
        DayOfWeek.Saturday, DayOfWeek.Sunday,
    ];

    private readonly ZoneClock _clock = new(zone);
    private readonly WorkSpan[][] _week = Week(rules);
    private readonly WorkSpan[] _makeUp = MakeUp(rules);
    private readonly HashSet<DateOnly> _holidays = [.. rules.Holidays];
    private readonly HashSet<DateOnly> _makeUpDays = MakeUpDays(rules);

    /// <summary>The community's time zone.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>
    /// Length of a full standard working day: the length most days of the week have, the longer one in a tie.
    /// </summary>
    public TimeSpan StandardDay { get; } = Standard(Week(rules));

    /// <summary>
    /// The instant at which <paramref name="limit"/>, begun at <paramref name="start"/>, is used up. Working time
    /// ends with the last working minute, never at the next opening. A local time that a clock change skips moves
    /// forward to the first that exists; one that occurs twice means the first.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative or above 100,000.</exception>
    public DateTimeOffset Add(DateTimeOffset start, Limit limit)
    {
        var amount = Amount(limit);
        return limit.Unit switch
        {
            TimeUnit.Minutes => _clock.Local(start.AddMinutes(amount)),
            TimeUnit.Days => AddDays(start, amount),
            TimeUnit.WorkingMinutes => AddWorking(start, amount * TimeSpan.TicksPerMinute),
            TimeUnit.WorkingDays => AddWorking(start, amount * StandardDay.Ticks),
            _ => throw new ArgumentOutOfRangeException(nameof(limit), limit.Unit, "Unknown unit of time."),
        };
    }

    /// <summary>
    /// As <see cref="Add"/>, but working time runs by the clock, nights and holidays included: so many minutes, or as
    /// many hours as so many standard days have.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative or above 100,000.</exception>
    public DateTimeOffset AddByClock(DateTimeOffset start, Limit limit) => limit.Unit switch
    {
        TimeUnit.WorkingMinutes => Add(start, limit with { Unit = TimeUnit.Minutes }),
        TimeUnit.WorkingDays => _clock.Local(start.AddTicks(Amount(limit) * StandardDay.Ticks)),
        _ => Add(start, limit),
    };

    /// <summary>Working time from one instant to another; negative when they are the other way round.</summary>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from)
            return -WorkingTimeBetween(to, from);

        var total = 0L;
        foreach (var (opens, closes) in Shifts(LocalDate(from)))
        {
            if (opens >= to.UtcTicks)
                break;
            total += Math.Max(0, Math.Min(closes, to.UtcTicks) - Math.Max(opens, from.UtcTicks));
        }

        return new TimeSpan(total);
    }

    /// <summary>
    /// Whole units that passed from one instant to another; negative when they are the other way round. Inverse of
    /// <see cref="Add"/>: <c>Elapsed(s, Add(s, n unit), unit) == n</c>.
    /// </summary>
    public int Elapsed(DateTimeOffset from, DateTimeOffset to, TimeUnit unit)
    {
        if (to < from)
            return -Elapsed(to, from, unit);

        return unit switch
        {
            TimeUnit.Minutes => checked((int)((to - from).Ticks / TimeSpan.TicksPerMinute)),
            TimeUnit.Days => ElapsedDays(from, to),
            TimeUnit.WorkingMinutes =>
                checked((int)(WorkingTimeBetween(from, to).Ticks / TimeSpan.TicksPerMinute)),
            TimeUnit.WorkingDays => checked((int)(WorkingTimeBetween(from, to).Ticks / StandardDay.Ticks)),
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Unknown unit of time."),
        };
    }

    /// <summary>The local date of an instant.</summary>
    public DateOnly LocalDate(DateTimeOffset at) => DateOnly.FromDateTime(_clock.Local(at).DateTime);

    /// <summary>True on a date that has working hours: an ordinary day of work or a make-up day.</summary>
    public bool IsWorkingDay(DateOnly date) => SpansOf(date).Length > 0;

    /// <summary>
    /// So long after a date began, by the clock: a time that a clock change skips moves forward to the first that exists,
    /// one that occurs twice means the first. 24 hours are the beginning of the next day.
    /// </summary>
    public DateTimeOffset At(DateOnly date, TimeSpan clock) => _clock.Instant(date.ToDateTime(TimeOnly.MinValue) + clock);

    /// <summary>When work ends on a date; on a day off, when a make-up day would end.</summary>
    public DateTimeOffset EndOfWork(DateOnly date)
    {
        var spans = SpansOf(date) is { Length: > 0 } worked ? worked : _makeUp;
        return At(date, TimeSpan.FromTicks(spans[^1].EndTicks));
    }

    /// <summary>
    /// Years that promises made now reach into and that no holiday is entered for: this one and, from October on, the
    /// next. None where no holidays are kept at all.
    /// </summary>
    public IEnumerable<int> YearsNotEntered(DateTimeOffset now)
    {
        var today = LocalDate(now);
        return Enumerable.Range(today.Year, today.Month >= NextYearIsDue ? 2 : 1)
            .Where(year => _holidays.Count > 0 && !_holidays.Any(d => d.Year == year));
    }

    /// <summary>The last day of work before a date; the day before it where there is none within a month.</summary>
    public DateOnly LastWorkingDayBefore(DateOnly date)
    {
        for (var back = 1; back <= 31 && date.DayNumber > back; back++)
        {
            if (IsWorkingDay(date.AddDays(-back)))
                return date.AddDays(-back);
        }

        return date.DayNumber > 0 ? date.AddDays(-1) : date;
    }

    /// <summary>First instant of a local month and of the next; <paramref name="month"/> is 1 to 12.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) Month(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return (_clock.Midnight(first), _clock.Midnight(first.AddMonths(1)));
    }

    /// <summary>First instant of a local year and of the year after it.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) Year(int year) =>
        (_clock.Midnight(new DateOnly(year, 1, 1)), _clock.Midnight(new DateOnly(year + 1, 1, 1)));

    private static int Amount(Limit limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit.Amount, nameof(limit));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit.Amount, LargestAmount, nameof(limit));
        return limit.Amount;
    }

    private DateTimeOffset AddWorking(DateTimeOffset start, long ticks)
    {
        if (ticks == 0)
            return _clock.Local(start);

        foreach (var (opens, closes) in Shifts(LocalDate(start)))
        {
            var begin = Math.Max(opens, start.UtcTicks);
            var available = Math.Max(0, closes - begin);
            if (available >= ticks)
                return _clock.Local(begin + ticks);
            ticks -= available;
        }

        throw new ArgumentOutOfRangeException(nameof(start), start, "The limit ends after the last day there is.");
    }

    private DateTimeOffset AddDays(DateTimeOffset start, int days)
    {
        var local = _clock.Local(start);
        return days == 0 ? local : _clock.Instant(local.DateTime.AddDays(days));
    }

    private int ElapsedDays(DateTimeOffset from, DateTimeOffset to)
    {
        // The difference of the dates is at most one too many: when the time of day is not reached yet.
        var days = LocalDate(to).DayNumber - LocalDate(from).DayNumber;
        return days > 0 && AddDays(from, days) > to ? days - 1 : Math.Max(0, days);
    }

    private IEnumerable<(long Opens, long Closes)> Shifts(DateOnly first)
    {
        for (var day = first.DayNumber; day < DateOnly.MaxValue.DayNumber; day++)
        {
            var date = DateOnly.FromDayNumber(day);
            var midnight = date.ToDateTime(TimeOnly.MinValue);
            foreach (var span in SpansOf(date))
            {
                yield return (
                    _clock.Instant(midnight.AddTicks(span.StartTicks)).UtcTicks,
                    _clock.Instant(midnight.AddTicks(span.EndTicks)).UtcTicks);
            }
        }
    }

    private WorkSpan[] SpansOf(DateOnly date) =>
        _makeUpDays.Contains(date) ? _makeUp
        : _holidays.Contains(date) ? []
        : _week[(int)date.DayOfWeek];

    private static WorkSpan[][] Week(CalendarRules rules)
    {
        var week = new WorkSpan[7][];
        for (var day = 0; day < week.Length; day++)
        {
            week[day] = Ordered(
                rules.Weekly.Where(w => w.Days.Contains((DayOfWeek)day)).SelectMany(w => w.Spans),
                nameof(rules));
        }

        return week.Any(d => d.Length > 0)
            ? week
            : throw new ArgumentException("The week has no working time.", nameof(rules));
    }

    private static WorkSpan[] MakeUp(CalendarRules rules)
    {
        if (rules.MakeUpHours.Count > 0)
            return Ordered(rules.MakeUpHours, nameof(rules));

        var week = Week(rules);
        return MondayFirst.Select(d => week[(int)d]).First(d => d.Length > 0);
    }

    private static HashSet<DateOnly> MakeUpDays(CalendarRules rules)
    {
        var days = rules.MakeUpDays.ToHashSet();
        foreach (var date in rules.Holidays)
        {
            if (days.Contains(date))
                throw new ArgumentException($"{date:O} is both a holiday and a make-up day.", nameof(rules));
        }

        return days;
    }

    private static WorkSpan[] Ordered(IEnumerable<WorkSpan> spans, string parameter)
    {
        var ordered = spans.OrderBy(s => s.StartTicks).ToArray();
        for (var i = 0; i < ordered.Length; i++)
        {
            if (ordered[i].EndTicks <= ordered[i].StartTicks)
                throw new ArgumentException($"A span ends before it begins: {ordered[i]}.", parameter);
            if (i > 0 && ordered[i].StartTicks < ordered[i - 1].EndTicks)
                throw new ArgumentException($"Spans of one day overlap: {ordered[i - 1]}, {ordered[i]}.", parameter);
        }

        return ordered;
    }

    private static TimeSpan Standard(WorkSpan[][] week) =>
        new(week
            .Where(d => d.Length > 0)
            .GroupBy(d => d.Sum(s => s.EndTicks - s.StartTicks))
            .OrderByDescending(g => g.Count())
            .ThenByDescending(g => g.Key)
            .First().Key);
}
