namespace CustomerComm.Domain.Notices;

/// <summary>What can happen to a notice. Stored types: a field is never renamed or removed.</summary>
public abstract record NoticeEvent
{
    private NoticeEvent()
    {
    }

    /// <summary>It was written; edition 1, to be published by <paramref name="Due"/>.</summary>
    public sealed record NoticeDrafted(
        string Number, CommunityId Community, string PolicyVersion, Unit Unit, NoticeType Kind, Audience Audience,
        bool Sms, NoticeText Text, StaffId By, DateTimeOffset Due) : NoticeEvent;

    /// <summary>The draft was changed before anybody outside had seen it.</summary>
    public sealed record NoticeRedrafted(NoticeText Text, StaffId By) : NoticeEvent;

    /// <summary>It will be published at a time; null takes the plan back, then <paramref name="Due"/> counts.</summary>
    public sealed record NoticePlanned(DateTimeOffset? At, StaffId By, DateTimeOffset Due) : NoticeEvent;

    /// <summary>
    /// It was published; by nobody where its time had come. <paramref name="Urgent"/>: quiet hours do not count.
    /// </summary>
    public sealed record NoticePublished(int Edition, StaffId? By, bool Urgent = false) : NoticeEvent;

    /// <summary>The draft was given up; a published edition before it stands.</summary>
    public sealed record NoticeDiscarded(int Edition, Personal Reason, StaffId By) : NoticeEvent;

    /// <summary>A new edition was drafted, to take the place of the published one.</summary>
    public sealed record NoticeRevised(
        int Edition, NoticeChange Change, Personal Reason, NoticeText Text, StaffId By, DateTimeOffset Due)
        : NoticeEvent;

    /// <summary>It no longer holds; everybody who was told is told so.</summary>
    public sealed record NoticeWithdrawn(Personal Reason, StaffId By) : NoticeEvent;

    /// <summary>People were told, up to a home in the order of homes.</summary>
    public sealed record NoticeSpread(
        int Edition, NoticeChange Change, Personal UpTo, int Households, int Chats, bool Done) : NoticeEvent;
}
