using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Domain.Notices;

/// <summary>Where a notice stands.</summary>
public enum NoticeStage
{
    /// <summary>Written, not published.</summary>
    Draft,
    /// <summary>Its time of publication is set.</summary>
    Planned,
    /// <summary>Published; a draft of a new edition may lie beside it.</summary>
    Published,
    /// <summary>Withdrawn after it was published; stays in sight.</summary>
    Withdrawn,
    /// <summary>Given up before it was published.</summary>
    Discarded,
}

/// <summary>A notice with all its editions (4.1, 4.2.2).</summary>
public sealed record Notice(
    string Number, CommunityId Community, string PolicyVersion, Unit Lead, NoticeType Kind, Audience Audience, bool Sms,
    ImmutableList<Edition> Editions) : IMatterState
{
    /// <summary>The edition that is not published yet, or null.</summary>
    public Edition? Pending { get; init; }

    /// <summary>When it was withdrawn, or null.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Why it was withdrawn.</summary>
    public Personal? WithdrawnFor { get; init; }

    /// <summary>Why the only draft was given up.</summary>
    public Personal? DiscardedFor { get; init; }

    /// <summary>How far people have been told, or null before it was published.</summary>
    public Spreading? Spreading { get; init; }

    /// <summary>The furthest home told of any edition; empty where nobody was.</summary>
    public string Furthest { get; init; } = "";

    /// <summary>The published edition that counts, or null.</summary>
    public Edition? Current => Editions.IsEmpty ? null : Editions[^1];

    /// <summary>True where anybody may read it on the board.</summary>
    public bool Public => Current is not null && Audience.Kind != AudienceKind.Households;

    /// <summary>Where it stands.</summary>
    public NoticeStage Stage => this switch
    {
        { WithdrawnAt: not null } => NoticeStage.Withdrawn,
        { Current: not null } => NoticeStage.Published,
        { Pending.PublishAt: not null } => NoticeStage.Planned,
        { Pending: not null } => NoticeStage.Draft,
        _ => NoticeStage.Discarded,
    };

    /// <inheritdoc/>
    public bool Open => Pending is not null || Spreading is { Done: false };

    /// <summary>An office sees the notices of its own community and those to all; the departments see all.</summary>
    public bool MaySee(StaffMember staff, CompanyDirectory directory) =>
        staff.Serves(Community) || Audience.Kind == AudienceKind.All;
}
