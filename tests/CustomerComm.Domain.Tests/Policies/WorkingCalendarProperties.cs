using CsCheck;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Tests.Policies;

/// <summary>Laws of the working calendar, over random rules and zones, from 2000 to 2100.</summary>
public sealed class WorkingCalendarProperties
{
    private static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2100, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<DateTimeOffset> Instants =
        Gen.Long[First.UtcTicks, Last.UtcTicks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private static readonly Gen<TimeZoneInfo> Zones = Gen.OneOf(
        "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
        "Pacific/Apia", "Asia/Beirut", "UTC").Select(TimeZoneInfo.FindSystemTimeZoneById);

    private static readonly Gen<WorkSpan[]> Spans = Gen.Int[1, 47].HashSet[1, 6].Select(cuts =>
    {
        // Half-hours of the day, in order, taken in pairs; an odd one runs to midnight.
        int[] ends = [.. cuts.Order(), 48];
        return ends.Chunk(2).Where(c => c.Length == 2).Select(c => new WorkSpan(HalfHour(c[0]), HalfHour(c[1])))
            .ToArray();
    });

    // Each day of the week has one of up to three patterns of hours, or none.
    private static readonly Gen<CalendarRules> Rules =
        Gen.Select(Spans.Array[1, 3], Gen.Int[0, 3].Array[7], Gen.Int[0, 36_889].HashSet[0, 200], Gen.Int[0, 7])
            .Select((patterns, patternOfDay, dates, makeUps) => new CalendarRules
            {
                Weekly = [.. patterns.Select((spans, pattern) => new WeeklyHours(
                    [.. Enum.GetValues<DayOfWeek>().Where(d => patternOfDay[(int)d] == pattern)], spans))],
                Holidays = dates.Skip(makeUps).Select(d => new DateOnly(2000, 1, 1).AddDays(d)).ToHashSet(),
                MakeUpDays = dates.Take(makeUps).Select(d => new DateOnly(2000, 1, 1).AddDays(d)).ToHashSet(),
            })
            .Where(rules => rules.Weekly.Any(w => w.Days.Count > 0));

    private static readonly Gen<WorkingCalendar> AnyCalendar =
        Gen.Select(Zones, Rules).Select((zone, rules) => new WorkingCalendar(zone, rules));

    private static readonly Gen<long> Lengths = Gen.Long[0, TimeSpan.TicksPerDay * 60];

    private static readonly Gen<int> Amounts = Gen.OneOf(Gen.Int[1, 60], Gen.Int[1, 5_000]);

    [Fact]
    public void Add_then_Elapsed_gives_the_working_minutes_back() =>
        Gen.Select(AnyCalendar, Instants, Amounts).Sample((calendar, start, n) =>
            calendar.Elapsed(start, calendar.Add(start, Minutes(n)), TimeUnit.WorkingMinutes) == n, iter: 400);

    [Fact]
    public void Add_then_Elapsed_gives_the_working_days_back() =>
        Gen.Select(AnyCalendar, Instants, Gen.Int[1, 30]).Sample((calendar, start, n) =>
            calendar.Elapsed(start, calendar.Add(start, new(n, TimeUnit.WorkingDays)), TimeUnit.WorkingDays) == n,
            iter: 400);

    [Fact]
    public void Elapsed_one_tick_before_the_end_is_one_less() =>
        Gen.Select(AnyCalendar, Instants, Amounts).Sample((calendar, start, n) =>
            calendar.Elapsed(start, calendar.Add(start, Minutes(n)).AddTicks(-1), TimeUnit.WorkingMinutes) == n - 1,
            iter: 400);

    [Fact]
    public void Days_of_the_calendar_come_back() =>
        Gen.Select(Gen.OneOf(Calendars.Office, Calendars.Night), Instants, Gen.Int[0, 3_000])
            .Sample((calendar, start, n) =>
                calendar.Elapsed(start, calendar.Add(start, new(n, TimeUnit.Days)), TimeUnit.Days) == n, iter: 2_000);

    [Fact]
    public void Adding_in_two_steps_is_adding_at_once() =>
        Gen.Select(AnyCalendar, Instants, Amounts, Amounts).Sample((calendar, start, a, b) =>
            calendar.Add(calendar.Add(start, Minutes(a)), Minutes(b)) == calendar.Add(start, Minutes(a + b)),
            iter: 400);

    [Fact]
    public void A_later_start_or_a_longer_limit_never_ends_sooner() =>
        Gen.Select(AnyCalendar, Instants, Gen.Long[0, TimeSpan.TicksPerDay * 10], Amounts, Gen.Int[0, 500])
            .Sample((calendar, start, later, n, more) =>
                calendar.Add(start, Minutes(n)) <= calendar.Add(start.AddTicks(later), Minutes(n))
                && calendar.Add(start, Minutes(n)) <= calendar.Add(start, Minutes(n + more))
                && calendar.Add(start, Minutes(n)) > start, iter: 400);

    [Fact]
    public void Working_time_adds_up_and_turns_round() =>
        Gen.Select(AnyCalendar, Instants, Lengths, Lengths)
            .Sample((calendar, a, first, second) =>
            {
                var b = a.AddTicks(first);
                var c = b.AddTicks(second);
                return calendar.WorkingTimeBetween(a, b) + calendar.WorkingTimeBetween(b, c)
                       == calendar.WorkingTimeBetween(a, c)
                    && calendar.WorkingTimeBetween(c, a) == -calendar.WorkingTimeBetween(a, c)
                    && calendar.WorkingTimeBetween(a, c) <= c - a;
            }, iter: 400);

    [Fact]
    public void Results_carry_the_offset_of_the_zone() =>
        Gen.Select(AnyCalendar, Instants, Amounts, Gen.Enum<TimeUnit>()).Sample((calendar, start, n, unit) =>
        {
            var due = calendar.Add(start, new(unit == TimeUnit.WorkingDays ? n % 30 : n, unit));
            return due.Offset == calendar.Zone.GetUtcOffset(due);
        }, iter: 400);

    [Fact]
    public void Months_join_without_a_gap() =>
        Gen.Select(AnyCalendar, Gen.Int[2000, 2100], Gen.Int[1, 12]).Sample((calendar, year, month) =>
        {
            var (start, end) = calendar.Month(year, month);
            var next = new DateOnly(year, month, 1).AddMonths(1);
            return calendar.Month(next.Year, next.Month).Start == end
                && calendar.LocalDate(start) == new DateOnly(year, month, 1)
                && calendar.LocalDate(end.AddTicks(-1)) == next.AddDays(-1);
        }, iter: 400);

    private static Limit Minutes(int n) => new(n, TimeUnit.WorkingMinutes);

    private static TimeOnly HalfHour(int n) => new(n / 2 % 24, n % 2 * 30);
}
