namespace CustomerComm.App.Ports;

/// <summary>Times as whole Unix milliseconds, the precision that the hash chain covers and stores keep.</summary>
public static class Millis
{
    /// <summary>The time of so many milliseconds.</summary>
    public static DateTimeOffset? Time(long? millis) =>
        millis is { } m ? DateTimeOffset.FromUnixTimeMilliseconds(m) : null;

    /// <summary>The time as it will be read back.</summary>
    public static DateTimeOffset? Truncate(DateTimeOffset? time) => Time(time?.ToUnixTimeMilliseconds());
}
