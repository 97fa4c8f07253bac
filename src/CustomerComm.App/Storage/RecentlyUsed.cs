using BitFaster.Caching.Lru;

namespace CustomerComm.App.Storage;

/// <summary>Caches of what was used last.</summary>
public static class RecentlyUsed
{
    /// <summary>
    /// A cache of at most so many entries. In equal parts, so that two thirds are for what was written and not read
    /// yet: the pump, which reads it first, may lag behind a burst of intake.
    /// </summary>
    public static ConcurrentLru<TKey, TValue> Keep<TKey, TValue>(int capacity)
        where TKey : notnull =>
        new(Environment.ProcessorCount, new EqualCapacityPartition(capacity), EqualityComparer<TKey>.Default);
}
