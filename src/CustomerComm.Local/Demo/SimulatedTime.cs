namespace CustomerComm.Local.Demo;

/// <summary>A clock that is set by hand.</summary>
internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    /// <summary>Sets the clock; it never goes back.</summary>
    public void SetTo(DateTimeOffset now)
    {
        if (now > _now)
            _now = now;
    }

    public override DateTimeOffset GetUtcNow() => _now;
}
