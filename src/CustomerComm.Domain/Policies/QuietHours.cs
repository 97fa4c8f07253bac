using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Policies;

/// <summary>
/// The hours of the night in which residents are left in peace: ordinary messages wait until they are over. Local time of
/// the community; <see cref="Begin"/> and <see cref="End"/> alike mean none.
/// </summary>
public sealed record QuietHours
{
    /// <summary>When they begin. Default 21:00.</summary>
    public TimeOnly Begin { get; init; } = new(21, 0);

    /// <summary>When they end. Default 08:00.</summary>
    public TimeOnly End { get; init; } = new(8, 0);

    /// <summary>
    /// Whoever talked to us within this time is awake: what answers them does not wait. Default 10 minutes, 0 to 1,440.
    /// </summary>
    public int AnswerMinutes { get; init; } = 10;

    /// <summary>When the quiet hours that it is now are over; null where it is none of them.</summary>
    public DateTimeOffset? Until(DateTimeOffset now, WorkingCalendar calendar)
    {
        var local = TimeZoneInfo.ConvertTime(now, calendar.Zone);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        // A span of TimeOnly goes over midnight by itself; one that begins where it ends is empty.
        if (Begin == End || !time.IsBetween(Begin, End))
            return null;
        var today = DateOnly.FromDateTime(local.DateTime);
        var end = calendar.At(today, End.ToTimeSpan());
        if (end <= now)
            end = calendar.At(today.AddDays(1), End.ToTimeSpan());
        return end > now ? end : null;
    }

    /// <summary>
    /// True where a message may wait for the morning: it goes to a resident, about nothing urgent, and answers nothing they
    /// just said.
    /// </summary>
    public bool MayWait(Recipient to, IMatterState matter, DateTimeOffset now) =>
        to is Recipient.Resident
        && !matter.Urgent && matter.Severity != Severity.Urgent
        && !(matter.HeardAt is { } heard && now - heard <= TimeSpan.FromMinutes(AnswerMinutes));
}
