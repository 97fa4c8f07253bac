namespace CustomerComm.Domain.Policies;

/// <summary>
/// A span of working time within one local day. <paramref name="To"/> is exclusive and later than
/// <paramref name="From"/>; <c>00:00</c> as <paramref name="To"/> means midnight at the end of the day, so a shift
/// over midnight is written as two spans on two days.
/// </summary>
public readonly record struct WorkSpan(TimeOnly From, TimeOnly To)
{
    internal long StartTicks => From.Ticks;

    internal long EndTicks => To == TimeOnly.MinValue ? TimeSpan.TicksPerDay : To.Ticks;
}

/// <summary>Working hours shared by some days of the week; what lies between two spans is a break.</summary>
public sealed record WeeklyHours(IReadOnlyList<DayOfWeek> Days, IReadOnlyList<WorkSpan> Spans);

/// <summary>When a community's staff work. Plain data; <see cref="WorkingCalendar"/> checks and applies it.</summary>
public sealed record CalendarRules
{
    /// <summary>Hours of an ordinary week; entries for the same day add up and must not overlap.</summary>
    public required IReadOnlyList<WeeklyHours> Weekly { get; init; }

    /// <summary>Public holidays: nobody works, whatever the day of the week.</summary>
    public IReadOnlyCollection<DateOnly> Holidays { get; init; } = [];

    /// <summary>Make-up working days (调休): worked although the week says otherwise; none may be a holiday.</summary>
    public IReadOnlyCollection<DateOnly> MakeUpDays { get; init; } = [];

    /// <summary>Hours of a make-up day; empty means Monday's, or those of the next day that is worked.</summary>
    public IReadOnlyList<WorkSpan> MakeUpHours { get; init; } = [];
}
