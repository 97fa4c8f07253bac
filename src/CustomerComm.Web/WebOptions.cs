namespace CustomerComm.Web;

/// <summary>Settings of the web site that differ between hosts.</summary>
public sealed record WebOptions
{
    /// <summary>Staff may sign in from other machines.</summary>
    public bool AllowRemoteDesk { get; init; }

    /// <summary>The phone simulator is there; pages link to it.</summary>
    public bool Simulator { get; init; }
}
