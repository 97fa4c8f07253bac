using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace CustomerComm.App.Storage;

/// <summary>
/// Keeps what was used last, at most about twice <paramref name="each"/> entries, in two generations: what is not asked
/// for during one generation is forgotten with it. Never takes a lock over all entries, as counting a concurrent
/// dictionary would.
/// </summary>
public sealed class RecentlyUsed<TKey, TValue>(int each)
    where TKey : notnull
{
    private readonly Lock _turning = new();
    private volatile ConcurrentDictionary<TKey, TValue> _young = new();
    private volatile ConcurrentDictionary<TKey, TValue> _old = new();
    private int _count;

    /// <summary>Finds an entry, and keeps it a while longer.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
            return true;
        if (!_old.TryGetValue(key, out value))
            return false;
        Set(key, value);
        return true;
    }

    /// <summary>Puts an entry in, or another in its place.</summary>
    public void Set(TKey key, TValue value)
    {
        var young = _young;
        if (!young.TryAdd(key, value))
            young[key] = value;
        else if (Interlocked.Increment(ref _count) >= each)
            Turn(young);
    }

    /// <summary>Takes an entry out.</summary>
    public void Remove(TKey key)
    {
        lock (_turning)
        {
            _young.TryRemove(key, out _);
            _old.TryRemove(key, out _);
        }
    }

    /// <summary>Takes all entries out.</summary>
    public void Clear()
    {
        lock (_turning)
        {
            _young = new();
            _old = new();
            _count = 0;
        }
    }

    private void Turn(ConcurrentDictionary<TKey, TValue> full)
    {
        lock (_turning)
        {
            if (_young != full)
                return;
            _old = full;
            _young = new();
            _count = 0;
        }
    }
}
