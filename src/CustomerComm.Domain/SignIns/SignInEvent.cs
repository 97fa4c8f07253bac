namespace CustomerComm.Domain.SignIns;

/// <summary>By what somebody proved who they are at the desk. Stored by name.</summary>
public enum SignInWay
{
    /// <summary>手机验证码: a code that went to the phone on file.</summary>
    Code,
    /// <summary>点选姓名: a click on a name, in a demo on this machine.</summary>
    Click,
}

/// <summary>What happens when a member of staff signs in: the log of their sign-ins. Stored types.</summary>
public abstract record SignInEvent
{
    private SignInEvent()
    {
    }

    /// <summary>
    /// A code went to the phone on file. Only a slow hash of it is kept. <paramref name="Asker"/> is the browser that
    /// asked for it: it can be entered there alone.
    /// </summary>
    public sealed record CodeIssued(
        StaffId Staff, CommunityId Community, string PolicyVersion, int Issue, string Asker, DateTimeOffset Expires)
        : SignInEvent;

    /// <summary>A code was entered, the right one or not.</summary>
    public sealed record CodeEntered(int Issue, bool Right) : SignInEvent;

    /// <summary>
    /// They are at the desk until <paramref name="Until"/>; <paramref name="Session"/> is the hash of what their browser
    /// shows.
    /// </summary>
    public sealed record SessionBegun(
        StaffId Staff, CommunityId Community, string PolicyVersion, string Session, SignInWay Way, DateTimeOffset Until)
        : SignInEvent;

    /// <summary>
    /// A session ended before its time: by signing out, or all of them by <paramref name="By"/>, where
    /// <paramref name="Session"/> is null.
    /// </summary>
    public sealed record SessionsEnded(string? Session, StaffId By) : SignInEvent;
}

/// <summary>What is wanted of the sign-in.</summary>
public abstract record SignInCommand
{
    private SignInCommand()
    {
    }

    /// <summary>
    /// Sends a code. <paramref name="Community"/> is where a member of a department is counted; <paramref name="Asker"/>
    /// the hash of what the browser shows that asks.
    /// </summary>
    public sealed record Ask(StaffId Staff, CommunityId Community, string Asker) : SignInCommand;

    /// <summary>
    /// Enters the code of an issue; <paramref name="Right"/> tells whether it is that one. The right one begins the
    /// session.
    /// </summary>
    public sealed record Enter(int Issue, bool Right, string Asker, string Session) : SignInCommand;

    /// <summary>Begins a session without a code: the demo's click on a name.</summary>
    public sealed record Begin(StaffId Staff, CommunityId Community, string Session) : SignInCommand;

    /// <summary>Ends a session, or all of them.</summary>
    public sealed record End(string? Session, StaffId By) : SignInCommand;
}
