using System.Collections.Immutable;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Calls;

/// <summary>
/// A shift of every week on these days from <paramref name="First"/> on, to <paramref name="Last"/> (null: until
/// further notice). <paramref name="To"/> at or before <paramref name="From"/> means the next day.
/// </summary>
public sealed record WeeklyShift(
    int Number, ImmutableArray<DayOfWeek> Days, TimeOnly From, TimeOnly To, StaffId Staff, DateOnly First,
    DateOnly? Last);

/// <summary>A shift on one day besides the weekly ones.</summary>
public sealed record ExtraShift(int Number, DateOnly Day, TimeOnly From, TimeOnly To, StaffId Staff, bool Dropped);

/// <summary>A weekly shift falls away on a day.</summary>
public readonly record struct Excuse(int Shift, DateOnly Day);

/// <summary>Time that somebody is on duty; the number is that of the weekly or the extra shift.</summary>
public readonly record struct DutySpan(
    DateTimeOffset Start, DateTimeOffset End, StaffId Staff, DateOnly Day, int Shift, bool Extra);

/// <summary>Time on one local day that nobody is on duty: since when, and how many minutes of the day.</summary>
public readonly record struct DutyGap(DateOnly Day, DateTimeOffset From, int Minutes);

/// <summary>Who is on duty when at a community's office (4.5.2). Immutable; pure functions of local time.</summary>
public sealed record RosterPlan(
    ImmutableList<WeeklyShift> Weekly, ImmutableList<ExtraShift> Extras, ImmutableHashSet<Excuse> Excuses)
{
    /// <summary>Nobody, ever.</summary>
    public static RosterPlan Empty { get; } = new([], [], []);

    /// <summary>No shift was ever entered.</summary>
    public bool IsEmpty => Weekly.IsEmpty && Extras.IsEmpty;

    /// <summary>Weekly shifts that are worked on or after a day.</summary>
    public IEnumerable<WeeklyShift> Standing(DateOnly day) => Weekly.Where(w => w.Last is null || w.Last >= day);

    /// <summary>Shifts that begin on these local days, both included, in order.</summary>
    public IReadOnlyList<DutySpan> Spans(DateOnly first, DateOnly last, TimeZoneInfo zone)
    {
        var clock = new ZoneClock(zone);
        var spans = new List<DutySpan>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            foreach (var s in Weekly)
            {
                if (s.Days.Contains(day.DayOfWeek) && day >= s.First && (s.Last is null || day <= s.Last)
                    && !Excuses.Contains(new Excuse(s.Number, day)))
                {
                    spans.Add(Span(clock, day, s.From, s.To, s.Staff, s.Number, extra: false));
                }
            }

            foreach (var e in Extras)
            {
                if (!e.Dropped && e.Day == day)
                    spans.Add(Span(clock, day, e.From, e.To, e.Staff, e.Number, extra: true));
            }
        }

        spans.Sort((a, b) => a.Start != b.Start
            ? a.Start.CompareTo(b.Start)
            : string.CompareOrdinal(a.Staff.Value, b.Staff.Value));
        return spans;
    }

    /// <summary>Who is on duty at this moment.</summary>
    public ImmutableHashSet<StaffId> OnDuty(DateTimeOffset at, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        return [.. Spans(day.AddDays(-1), day, zone).Where(s => s.Start <= at && at < s.End).Select(s => s.Staff)];
    }

    /// <summary>
    /// Days from a moment to the end of <paramref name="last"/> on which nobody is on duty at some time. Whoever
    /// <paramref name="works"/> is false for covers nothing.
    /// </summary>
    public IReadOnlyList<DutyGap> Gaps(DateTimeOffset from, DateOnly last, TimeZoneInfo zone, Func<StaffId, bool> works)
    {
        var clock = new ZoneClock(zone);
        var first = DateOnly.FromDateTime(clock.Local(from).DateTime);
        var spans = Spans(first.AddDays(-1), last, zone).Where(s => works(s.Staff)).ToList();
        var gaps = new List<DutyGap>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var start = day == first ? from : clock.Midnight(day);
            var (free, since) = Free(spans, start, clock.Midnight(day.AddDays(1)));
            if (free > TimeSpan.Zero)
                gaps.Add(new DutyGap(day, since!.Value.ToUniversalTime(), (int)Math.Ceiling(free.TotalMinutes)));
        }

        return gaps;
    }

    /// <summary>How long nobody is on duty between two times, and when that begins first.</summary>
    private static (TimeSpan Free, DateTimeOffset? Since) Free(
        IEnumerable<DutySpan> spans, DateTimeOffset start, DateTimeOffset end)
    {
        var free = TimeSpan.Zero;
        DateTimeOffset? since = null;
        var reached = start;
        foreach (var s in spans)
        {
            if (s.End <= reached)
                continue;
            if (s.Start >= end)
                break;
            if (s.Start > reached)
            {
                free += s.Start - reached;
                since ??= reached;
            }

            reached = s.End;
        }

        if (reached < end)
        {
            free += end - reached;
            since ??= reached;
        }

        return (free, since);
    }

    private static DutySpan Span(
        ZoneClock clock, DateOnly day, TimeOnly from, TimeOnly to, StaffId staff, int number, bool extra)
    {
        var last = to > from ? day : day.AddDays(1);
        return new DutySpan(
            clock.Instant(day.ToDateTime(from)), clock.Instant(last.ToDateTime(to)), staff, day, number, extra);
    }
}
