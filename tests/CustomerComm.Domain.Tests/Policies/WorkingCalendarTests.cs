using System.Globalization;
using System.Text.Json;
using CustomerComm.Domain.Policies;
using static CustomerComm.Domain.Tests.Policies.Calendars;

namespace CustomerComm.Domain.Tests.Policies;

/// <summary>Examples of the working calendar; 2026-10-09 is a Friday.</summary>
public sealed class WorkingCalendarTests
{
    [Theory]
    // Within a shift, over the break, to the very end of a shift and of a day.
    [InlineData("2026-10-14T09:00", 60, "2026-10-14T10:00")]
    [InlineData("2026-10-14T11:30", 60, "2026-10-14T14:30")]
    [InlineData("2026-10-14T11:00", 60, "2026-10-14T12:00")]
    [InlineData("2026-10-14T16:30", 60, "2026-10-14T17:30")]
    [InlineData("2026-10-14T16:30", 61, "2026-10-15T08:31")]
    // Started before hours, in the break, after hours, on a Sunday.
    [InlineData("2026-10-14T03:00", 30, "2026-10-14T09:00")]
    [InlineData("2026-10-14T13:00", 30, "2026-10-14T14:30")]
    [InlineData("2026-10-14T22:00", 30, "2026-10-15T09:00")]
    [InlineData("2026-10-11T10:00", 30, "2026-10-12T09:00")]
    // National Day, 1 to 8 October 2026.
    [InlineData("2026-09-30T17:00", 60, "2026-10-09T09:00")]
    [InlineData("2026-10-03T10:00", 30, "2026-10-09T09:00")]
    // Sunday 2026-09-20 is a make-up day with Monday's hours, whatever Saturday's are.
    [InlineData("2026-09-19T17:00", 60, "2026-09-20T09:00")]
    [InlineData("2026-09-20T11:30", 60, "2026-09-20T14:30")]
    public void Given_a_start_When_working_minutes_are_added_Then_only_working_time_counts(
        string start, int minutes, string expected) =>
        Assert.Equal(At(expected, Shanghai), Office.Add(At(start, Shanghai), new(minutes, TimeUnit.WorkingMinutes)));

    [Theory]
    [InlineData("2026-10-14T09:00", 1, "2026-10-15T09:00")]
    [InlineData("2026-10-09T16:00", 3, "2026-10-12T16:00")]
    [InlineData("2026-10-14T20:00", 1, "2026-10-15T17:30")]
    [InlineData("2026-10-14T08:30", 1, "2026-10-14T17:30")]
    [InlineData("2026-09-30T16:00", 3, "2026-10-11T16:00")]
    [InlineData("2026-09-19T16:00", 1, "2026-09-20T16:00")]
    public void Given_a_start_When_working_days_are_added_Then_it_ends_at_the_same_point_of_a_working_day(
        string start, int days, string expected)
    {
        // The week here is Monday to Saturday; Sunday 11 October makes up for the holiday.
        var calendar = new WorkingCalendar(Shanghai, OfficeRules with
        {
            MakeUpDays = new HashSet<DateOnly> { new(2026, 9, 20), new(2026, 10, 11) },
        });
        var limit = new Limit(days, TimeUnit.WorkingDays);

        Assert.Equal(At(expected, Shanghai), calendar.Add(At(start, Shanghai), limit));
        Assert.Equal(days, calendar.Elapsed(At(start, Shanghai), calendar.Add(At(start, Shanghai), limit), limit.Unit));
    }

    [Fact]
    public void Given_three_working_days_from_Friday_four_o_clock_When_the_week_ends_Then_the_fourth_day_has_it()
    {
        var weekdays = new WorkingCalendar(Shanghai, Weekdays("08:30-12:00", "14:00-17:30"));

        var due = weekdays.Add(At("2026-10-16T16:00", Shanghai), new Limit(3, TimeUnit.WorkingDays));

        Assert.Equal(At("2026-10-21T16:00", Shanghai), due);
        Assert.Equal(TimeSpan.FromHours(7), weekdays.StandardDay);
    }

    [Theory]
    // Berlin springs forward on 2026-03-29 at 02:00 and falls back on 2026-10-25 at 03:00.
    [InlineData("Europe/Berlin", "2026-03-28T12:00", 1, "2026-03-29T12:00+02:00")]
    [InlineData("Europe/Berlin", "2026-03-28T02:30", 1, "2026-03-29T03:00+02:00")]
    [InlineData("Europe/Berlin", "2026-10-24T02:30", 1, "2026-10-25T02:30+02:00")]
    [InlineData("Europe/Berlin", "2026-10-24T12:00", 2, "2026-10-26T12:00+01:00")]
    [InlineData("America/New_York", "2027-03-13T02:15", 1, "2027-03-14T03:00-04:00")]
    [InlineData("America/New_York", "2026-10-31T01:30", 1, "2026-11-01T01:30-04:00")]
    [InlineData("America/New_York", "2026-10-31T01:30", 2, "2026-11-02T01:30-05:00")]
    // Leap days: 2028 and 2000 have one, 2100 has none.
    [InlineData("Asia/Shanghai", "2028-02-28T09:00", 1, "2028-02-29T09:00+08:00")]
    [InlineData("Asia/Shanghai", "2000-02-29T09:00", 366, "2001-03-01T09:00+08:00")]
    [InlineData("Asia/Shanghai", "2100-02-28T09:00", 1, "2100-03-01T09:00+08:00")]
    public void Given_a_local_time_When_days_are_added_Then_it_is_the_same_local_time(
        string zoneId, string start, int days, string expected)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var calendar = new WorkingCalendar(zone, OfficeRules);
        var from = At(start, zone);

        var due = calendar.Add(from, new Limit(days, TimeUnit.Days));

        Assert.Equal(Exactly(expected), due);
        Assert.Equal(Exactly(expected).Offset, due.Offset);
        Assert.Equal(days, calendar.Elapsed(from, due, TimeUnit.Days));
        Assert.Equal(days - 1, calendar.Elapsed(from, due.AddTicks(-1), TimeUnit.Days));
    }

    [Theory]
    [InlineData("2026-03-29T01:30+01:00", 60, "2026-03-29T03:30+02:00")]
    [InlineData("2026-10-25T02:30+02:00", 60, "2026-10-25T02:30+01:00")]
    public void Given_a_clock_change_When_minutes_are_added_Then_they_are_real_minutes(
        string start, int minutes, string expected)
    {
        var due = Night.Add(Exactly(start), new Limit(minutes, TimeUnit.Minutes));

        Assert.Equal(Exactly(expected), due);
        Assert.Equal(Exactly(expected).Offset, due.Offset);
    }

    [Theory]
    // A shift from 00:00 to 06:00 is five hours long in spring and seven in autumn.
    [InlineData("2026-03-29T00:00+01:00", "2026-03-29T06:00+02:00", 5)]
    [InlineData("2026-10-25T00:00+02:00", "2026-10-25T06:00+01:00", 7)]
    [InlineData("2026-06-01T00:00+02:00", "2026-06-01T06:00+02:00", 6)]
    // 22:00 to 24:00 and 00:00 to 06:00 the next day join at midnight.
    [InlineData("2026-06-01T21:00+02:00", "2026-06-02T09:00+02:00", 8)]
    public void Given_a_night_shift_When_the_clock_changes_Then_real_time_counts(string from, string to, int hours)
    {
        Assert.Equal(TimeSpan.FromHours(hours), Night.WorkingTimeBetween(Exactly(from), Exactly(to)));
        Assert.Equal(TimeSpan.FromHours(-hours), Night.WorkingTimeBetween(Exactly(to), Exactly(from)));
        Assert.Equal(hours * -60, Night.Elapsed(Exactly(to), Exactly(from), TimeUnit.WorkingMinutes));
    }

    [Theory]
    [InlineData("Asia/Shanghai", 2026, 2, "2026-02-01T00:00+08:00", "2026-03-01T00:00+08:00")]
    [InlineData("Europe/Berlin", 2026, 10, "2026-10-01T00:00+02:00", "2026-11-01T00:00+01:00")]
    [InlineData("America/New_York", 2026, 12, "2026-12-01T00:00-05:00", "2027-01-01T00:00-05:00")]
    public void Given_a_month_When_asked_for_Then_it_begins_and_ends_at_local_midnight(
        string zoneId, int year, int month, string start, string end)
    {
        var calendar = new WorkingCalendar(TimeZoneInfo.FindSystemTimeZoneById(zoneId), OfficeRules);

        Assert.Equal((Exactly(start), Exactly(end)), calendar.Month(year, month));
        Assert.Equal(new DateOnly(year, month, 1), calendar.LocalDate(Exactly(start)));
        Assert.Equal(month, calendar.LocalDate(Exactly(end).AddTicks(-1)).Month);
    }

    [Fact]
    public void Given_a_year_When_asked_for_Then_it_begins_at_local_midnight()
    {
        var (start, end) = Office.Year(2028);

        Assert.Equal(Exactly("2028-01-01T00:00+08:00"), start);
        Assert.Equal(TimeSpan.FromDays(366), end - start);
        Assert.Equal(2027, Office.LocalDate(start.AddTicks(-1)).Year);
    }

    [Fact]
    public void Given_a_midnight_that_the_clock_skips_When_a_day_later_is_asked_for_Then_it_begins_after_the_gap()
    {
        // Beirut sprang forward at midnight: 26 March 2000 began at 01:00.
        var beirut = TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut");
        var calendar = new WorkingCalendar(beirut, OfficeRules);
        var start = new DateTimeOffset(2000, 3, 25, 0, 0, 0, TimeSpan.FromHours(2));

        var next = calendar.Add(start, new Limit(1, TimeUnit.Days));

        Assert.Equal(Exactly("2000-03-26T01:00+03:00"), next);
    }

    [Theory]
    [InlineData("2026-10-01", false)]
    [InlineData("2026-10-09", true)]
    [InlineData("2026-10-10", true)]
    [InlineData("2026-10-11", false)]
    [InlineData("2026-09-20", true)]
    public void Given_a_date_When_asked_Then_it_is_known_to_be_a_working_day_or_not(string date, bool works) =>
        Assert.Equal(works, Office.IsWorkingDay(DateOnly.Parse(date, CultureInfo.InvariantCulture)));

    [Fact]
    public void Given_own_hours_for_make_up_days_When_one_comes_Then_they_apply()
    {
        var calendar = new WorkingCalendar(Shanghai, OfficeRules with { MakeUpHours = [Span("10:00-11:00")] });
        var sunday = At("2026-09-20T00:00", Shanghai);

        Assert.Equal(TimeSpan.FromHours(1), calendar.WorkingTimeBetween(sunday, sunday.AddDays(1)));
    }

    [Fact]
    public void Given_rules_without_meaning_When_a_calendar_is_made_Then_they_are_refused()
    {
        var day = new DateOnly(2026, 10, 1);
        CalendarRules[] meaningless =
        [
            new() { Weekly = [] },
            new() { Weekly = [new([DayOfWeek.Monday], [])], MakeUpDays = new HashSet<DateOnly> { day } },
            Weekdays("12:00-08:00"),
            Weekdays("08:00-08:00"),
            Weekdays("08:00-12:00", "11:00-17:00"),
            OfficeRules with { MakeUpHours = [Span("09:00-08:00")] },
            OfficeRules with { MakeUpDays = new HashSet<DateOnly> { day }, Holidays = new HashSet<DateOnly> { day } },
        ];

        Assert.All(meaningless, rules =>
            Assert.Throws<ArgumentException>(() => new WorkingCalendar(Shanghai, rules)));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Office.Add(At("2026-10-14T09:00", Shanghai), new Limit(-1, TimeUnit.Minutes)));
    }

    [Fact]
    public void Given_rules_in_a_policy_file_When_read_back_Then_they_make_the_same_calendar()
    {
        var read = JsonSerializer.Deserialize<CalendarRules>(JsonSerializer.Serialize(OfficeRules))!;
        var start = At("2026-09-19T17:00", Shanghai);
        var limit = new Limit(10, TimeUnit.WorkingDays);

        Assert.Equal(Office.Add(start, limit), new WorkingCalendar(Shanghai, read).Add(start, limit));
    }
}
