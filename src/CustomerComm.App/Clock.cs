namespace CustomerComm.App;

/// <summary>Time as it is stored.</summary>
public static class Clock
{
    /// <summary>Now in UTC, cut to whole milliseconds, as every store keeps it.</summary>
    public static DateTimeOffset Now(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}
