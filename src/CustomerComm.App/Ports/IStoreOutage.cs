namespace CustomerComm.App.Ports;

/// <summary>Tells the store's own failures from our mistakes: each store says which are its.</summary>
public interface IStoreOutage
{
    /// <summary>
    /// True where the store could not be reached, is full, broken or locked: nothing of ours would mend it, and the same
    /// request may well be taken later.
    /// </summary>
    bool IsOutage(Exception failure);
}
