using CsCheck;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Tests.Policies;

public sealed class QuietHoursTests
{
    private static readonly Gen<TimeOnly> s_time = Gen.Int[0, (24 * 60) - 1].Select(m => TimeOnly.MinValue.AddMinutes(m));

    private static readonly Gen<DateTimeOffset> s_now =
        Gen.Long[new DateTime(2024, 1, 1).Ticks, new DateTime(2031, 1, 1).Ticks].Select(t => new DateTimeOffset(t, TimeSpan.Zero));

    [Fact]
    public void Given_any_hours_and_instant_When_it_is_quiet_Then_the_end_lies_ahead_within_a_day_and_is_not_quiet() =>
        Gen.Select(s_time, s_time, s_now).Sample((begin, end, now) =>
        {
            var quiet = new QuietHours { Begin = begin, End = end };
            foreach (var calendar in new[] { Calendars.Office, Calendars.Night })
            {
                if (quiet.Until(now, calendar) is not { } until)
                    continue;
                Assert.InRange(until, now.AddTicks(1), now.AddHours(25));
                Assert.Null(quiet.Until(until, calendar));
            }
        });

    [Fact]
    public void Given_any_hours_When_an_instant_is_between_them_Then_it_is_quiet_and_else_not() =>
        Gen.Select(s_time, s_time, s_now).Sample((begin, end, now) =>
        {
            var time = TimeOnly.FromDateTime(now.ToOffset(TimeSpan.FromHours(8)).DateTime);
            var inside = begin <= end ? time >= begin && time < end : time >= begin || time < end;
            Assert.Equal(
                inside && begin != end,
                new QuietHours { Begin = begin, End = end }.Until(now, Calendars.Office) is not null);
        });
}
