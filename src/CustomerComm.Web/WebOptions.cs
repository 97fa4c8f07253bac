namespace CustomerComm.Web;

/// <summary>Settings of the web site that differ between hosts.</summary>
public sealed record WebOptions
{
    /// <summary>Staff may sign in from other machines.</summary>
    public bool AllowRemoteDesk { get; init; }

    /// <summary>
    /// Key that the sender of text-message events must show, as <c>?key=</c> or header <c>X-Api-Key</c>; without one
    /// only
    /// this machine may send them, for whoever can send them can speak for any phone.
    /// </summary>
    public string? SmsEventsKey { get; init; }

    /// <summary>
    /// Key that the telephone system must show for <c>POST /api/calls</c>, as <c>?key=</c> or header <c>X-Api-Key</c>;
    /// without one only this machine may send.
    /// </summary>
    public string? CallsKey { get; init; }

    /// <summary>The phone simulator is there; pages link to it.</summary>
    public bool Simulator { get; init; }
}
