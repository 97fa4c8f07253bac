namespace CustomerComm.App.Complaints;

/// <summary>
/// How many people wait for the answer to a complaint at this moment: work that nobody waits for gives way to them.
/// </summary>
public sealed class Waiting
{
    private const int Several = 4;
    private int _count;

    /// <summary>True while more than a few wait at once.</summary>
    public bool Many => Volatile.Read(ref _count) > Several;

    internal void Enter() => Interlocked.Increment(ref _count);

    internal void Leave() => Interlocked.Decrement(ref _count);
}
