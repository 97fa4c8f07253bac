using System.Globalization;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Tests.Policies;

/// <summary>Calendars and instants that the tests of the calendar share.</summary>
internal static class Calendars
{
    public static TimeZoneInfo Shanghai { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static TimeZoneInfo Berlin { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>Monday to Saturday with a long noon break, National Day 2026 and the Sunday worked for it.</summary>
    public static CalendarRules OfficeRules { get; } = new()
    {
        Weekly =
        [
            new(
                [
                    DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday,
                    DayOfWeek.Saturday,
                ],
                [Span("08:30-12:00"), Span("14:00-17:30")]),
        ],
        Holidays = Enumerable.Range(1, 8).Select(d => new DateOnly(2026, 10, d)).ToHashSet(),
        MakeUpDays = new HashSet<DateOnly> { new(2026, 9, 20) },
    };

    public static WorkingCalendar Office { get; } = new(Shanghai, OfficeRules);

    /// <summary>Guards of the night in a zone with clock changes: 22:00 to 06:00 every day.</summary>
    public static WorkingCalendar Night { get; } = new(Berlin, new CalendarRules
    {
        Weekly = [new(Enum.GetValues<DayOfWeek>(), [Span("22:00-00:00"), Span("00:00-06:00")])],
    });

    public static CalendarRules Weekdays(params string[] spans) => new()
    {
        Weekly =
        [
            new(
                [
                    DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday,
                ],
                [.. spans.Select(Span)]),
        ],
    };

    public static WorkSpan Span(string text)
    {
        var parts = text.Split('-');
        return new(
            TimeOnly.Parse(parts[0], CultureInfo.InvariantCulture),
            TimeOnly.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>A local time that exists once in its zone.</summary>
    public static DateTimeOffset At(string local, TimeZoneInfo zone)
    {
        var time = DateTime.Parse(local, CultureInfo.InvariantCulture);
        return new DateTimeOffset(time, zone.GetUtcOffset(time));
    }

    public static DateTimeOffset Exactly(string instant) =>
        DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
