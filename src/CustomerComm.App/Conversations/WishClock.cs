using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Conversations;

/// <summary>The time at which a wish is read, and the times that can be reckoned from it.</summary>
internal sealed class WishClock(DateTimeOffset now, WorkingCalendar calendar)
{
    private const int Furthest = 180;

    private readonly DateTimeOffset _now = TimeZoneInfo.ConvertTime(now, calendar.Zone);

    private readonly DateTimeOffset _last = calendar.Add(now, new Limit(Furthest, TimeUnit.Days));

    /// <summary>The local date.</summary>
    public DateOnly Today => DateOnly.FromDateTime(_now.DateTime);

    /// <summary>The time if it lies in the future and near enough.</summary>
    public DateTimeOffset? Possible(DateTimeOffset by) => by > _now && by <= _last ? by : null;

    /// <summary>The last day of work before a date.</summary>
    public DateOnly LastWorkingDayBefore(DateOnly date) => calendar.LastWorkingDayBefore(date);

    /// <summary>
    /// A minute of a local day, if it lies in the future and near enough: the first after it if the clock skips it, the
    /// first of two. Days out of reach are not reckoned with: those at the ends of the calendar cannot be.
    /// </summary>
    public DateTimeOffset? Possible(DateOnly date, int minute) =>
        date >= Today.AddDays(-1) && date <= DateOnly.FromDateTime(_last.DateTime).AddDays(1)
            ? Possible(At(date.ToDateTime(TimeOnly.MinValue).AddMinutes(minute)))
            : null;

    /// <summary>An exact length of time from now.</summary>
    public DateTimeOffset After(TimeSpan length) => TimeZoneInfo.ConvertTime(_now + length, calendar.Zone);

    /// <summary>The same local time some days on; a part of a day counts in hours.</summary>
    public DateTimeOffset AfterDays(decimal days)
    {
        var whole = (int)days;
        var part = TimeSpan.FromHours((double)((days - whole) * 24));
        return TimeZoneInfo.ConvertTime(calendar.Add(_now, new Limit(whole, TimeUnit.Days)) + part, calendar.Zone);
    }

    /// <summary>The same local time some months on; half a month is 15 days.</summary>
    public DateTimeOffset AfterMonths(decimal months) =>
        At(_now.DateTime.AddMonths((int)months).AddDays((int)((months - (int)months) * 30)));

    /// <summary>The end of some days of work.</summary>
    public DateTimeOffset AfterWork(int days) => calendar.Add(_now, new Limit(days, TimeUnit.WorkingDays));

    private DateTimeOffset At(DateTime local)
    {
        // The calendar knows about skipped and doubled times: it takes the step from the day before.
        for (var back = 1; ; back++)
        {
            var eve = local.AddDays(-back);
            var start = new DateTimeOffset(eve, calendar.Zone.GetUtcOffset(eve));
            if (TimeZoneInfo.ConvertTime(start, calendar.Zone).DateTime == eve || back == 3)
                return calendar.Add(start, new Limit(back, TimeUnit.Days));
        }
    }
}
