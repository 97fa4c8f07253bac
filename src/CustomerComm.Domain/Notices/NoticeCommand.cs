namespace CustomerComm.Domain.Notices;

/// <summary>What can be asked of a notice.</summary>
public abstract record NoticeCommand
{
    private NoticeCommand()
    {
    }

    /// <summary>
    /// Writes it. <paramref name="Sms"/>: households are told by text message besides board and chat.
    /// </summary>
    public sealed record Draft(
        string Number, CommunityId Community, NoticeType Kind, Audience Audience, bool Sms, NoticeText Text)
        : NoticeCommand;

    /// <summary>Changes the draft.</summary>
    public sealed record Redraft(NoticeText Text) : NoticeCommand;

    /// <summary>Sets the time of publication, or with null takes it back.</summary>
    public sealed record Plan(DateTimeOffset? At) : NoticeCommand;

    /// <summary>
    /// Publishes the draft now. <paramref name="Urgent"/>: people are told at any hour, for it cannot wait for the morning.
    /// </summary>
    public sealed record Publish(bool Urgent = false) : NoticeCommand;

    /// <summary>Gives the draft up.</summary>
    public sealed record Discard(string Reason) : NoticeCommand;

    /// <summary>Drafts a new version or a correction of what is published.</summary>
    public sealed record Revise(NoticeChange Change, string Reason, NoticeText Text) : NoticeCommand;

    /// <summary>Withdraws what is published.</summary>
    public sealed record Withdraw(string Reason) : NoticeCommand;

    /// <summary>Records how far people have been told; by the system alone.</summary>
    public sealed record Spread(
        int Edition, NoticeChange Change, string UpTo, int Households, int Chats, bool Done) : NoticeCommand;
}
