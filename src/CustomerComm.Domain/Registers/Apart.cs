namespace CustomerComm.Domain.Registers;

/// <summary>
/// Why nothing was made of something that came in. It is kept all the same, where people see it, and whoever mans the
/// post can open a complaint from it.
/// </summary>
public enum Apart
{
    /// <summary>It came from a number of our own.</summary>
    OwnNumber,
    /// <summary>The same words from the same sender within seconds: a gateway delivers twice.</summary>
    Repeated,
    /// <summary>A machine's answer, as a whole.</summary>
    AutomaticReply,
    /// <summary>It looked like advertising, and nobody said that it was none.</summary>
    Spam,
    /// <summary>The sender is no telephone number, so no answer would arrive.</summary>
    UnknownSender,
    /// <summary>It could not be read.</summary>
    Unreadable,
    /// <summary>Making something of it failed, time and again.</summary>
    Failed,
}

/// <summary>What there is to know of contacts that nothing was made of.</summary>
public static class Aparts
{
    /// <summary>
    /// A person must look at it soon: it may well be a complaint. The others stand in the register, and nobody is
    /// called.
    /// </summary>
    public static bool NeedsPerson(this Apart apart) =>
        apart is Apart.UnknownSender or Apart.Unreadable or Apart.Failed;
}
