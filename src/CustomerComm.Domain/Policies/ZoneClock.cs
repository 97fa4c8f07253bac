namespace CustomerComm.Domain.Policies;

/// <summary>
/// Local time of a zone and back. Only the offset of an instant is asked of <see cref="TimeZoneInfo"/>, so that both
/// directions agree even where its invalid- and ambiguous-time rules do not.
/// </summary>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    /// <summary>The same instant with the zone's offset.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(zone.GetUtcOffset(at));

    /// <inheritdoc cref="Local(DateTimeOffset)"/>
    public DateTimeOffset Local(long utcTicks) => Local(new DateTimeOffset(utcTicks, TimeSpan.Zero));

    /// <summary>First instant of a local date.</summary>
    public DateTimeOffset Midnight(DateOnly date) => Instant(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>The first instant that shows this local time; if a clock change skips it, the first after it.</summary>
    public DateTimeOffset Instant(DateTime local)
    {
        var before = OffsetAt(local.Ticks - TimeSpan.TicksPerDay);
        var after = OffsetAt(local.Ticks + TimeSpan.TicksPerDay);
        // Of the two readings the one with the larger offset is the earlier instant.
        var (larger, smaller) = before >= after ? (before, after) : (after, before);
        if (OffsetAt(local.Ticks - larger.Ticks) == larger)
            return new DateTimeOffset(local.Ticks, larger);
        if (OffsetAt(local.Ticks - smaller.Ticks) == smaller)
            return new DateTimeOffset(local.Ticks, smaller);
        return EndOfGap(local.Ticks - larger.Ticks, local.Ticks - smaller.Ticks);
    }

    private DateTimeOffset EndOfGap(long before, long after)
    {
        // The clock changes between the two readings: halve until the first instant after the change is left.
        var offsetBefore = OffsetAt(before);
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            if (OffsetAt(middle) == offsetBefore)
                before = middle;
            else
                after = middle;
        }

        return Local(after);
    }

    private TimeSpan OffsetAt(long utcTicks)
    {
        var ticks = Math.Clamp(utcTicks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return zone.GetUtcOffset(new DateTime(ticks, DateTimeKind.Utc));
    }
}
