using System.Collections.Immutable;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Notices;

/// <summary>What a notice is (4.1.1–4.1.3).</summary>
public enum NoticeType
{
    /// <summary>业主公约: the owners' covenant (4.1.1).</summary>
    Covenant,
    /// <summary>业主手册: the owner's and user's handbook (4.1.1).</summary>
    Handbook,
    /// <summary>通告: notices and circulars (4.1.1).</summary>
    Circular,
    /// <summary>日常管理信息: the office's day-to-day information (4.1.2).</summary>
    DailyInformation,
    /// <summary>住户事务: information about residents' matters (4.1.2).</summary>
    ResidentInformation,
    /// <summary>政府文件: a document of the government that is passed on (4.1.3).</summary>
    GovernmentDocument,
    /// <summary>公司信息: information of the company (4.1.3).</summary>
    CompanyInformation,
}

/// <summary>Who is told.</summary>
public enum AudienceKind
{
    /// <summary>Everybody of one community.</summary>
    Community,
    /// <summary>One building of it.</summary>
    Building,
    /// <summary>Chosen households only; not on the public board.</summary>
    Households,
    /// <summary>Every community of the company.</summary>
    All,
}

/// <summary>What a message about a notice says.</summary>
public enum NoticeChange
{
    /// <summary>It is new.</summary>
    New,
    /// <summary>A new version takes the place of the one before.</summary>
    Renewed,
    /// <summary>The version before was wrong.</summary>
    Corrected,
    /// <summary>It no longer holds.</summary>
    Withdrawn,
}

/// <summary>
/// Who is told: <paramref name="Building"/> and <paramref name="Rooms"/> are set for their kinds only.
/// </summary>
public sealed record Audience(AudienceKind Kind, string? Building, ImmutableArray<Personal> Rooms)
{
    /// <summary>Most households that may be chosen one by one.</summary>
    public const int MostHouseholds = 300;

    /// <summary>Everybody of the community.</summary>
    public static Audience Whole { get; } = new(AudienceKind.Community, null, []);

    /// <summary>The homes told, in the order of their keys.</summary>
    public IEnumerable<(string Key, Home Home)> Homes(CommunityId community, CompanyDirectory directory)
    {
        var chosen = Kind == AudienceKind.Households
            ? Rooms.Select(r => directory.FindHome(community, r.Value)).OfType<Home>().Distinct()
            : directory.Homes.Where(h => Includes(h, community));
        return chosen.Select(h => (KeyOf(h), h)).OrderBy(x => x.Item1, StringComparer.Ordinal);
    }

    /// <summary>The communities on whose board it hangs.</summary>
    public IEnumerable<CommunityId> Communities(CommunityId community, CompanyDirectory directory)
    {
        return Kind == AudienceKind.All ? directory.Communities.Select(c => c.Id) : [community];
    }

    /// <summary>Place of a home in the order in which homes are told.</summary>
    public static string KeyOf(Home home)
    {
        return $"{home.Community}|{home.Room}";
    }

    private bool Includes(Home home, CommunityId community) => Kind switch
    {
        AudienceKind.All => true,
        AudienceKind.Community => home.Community == community,
        AudienceKind.Building => home.Community == community
            && home.Room.Value.Trim().StartsWith(Building + "-", StringComparison.OrdinalIgnoreCase),
        _ => throw new InvalidOperationException($"Unknown audience {Kind}."),
    };
}

/// <summary>
/// What a notice says; sealed, for a notice to chosen households may name people. <paramref name="Source"/> is where it
/// comes from, e.g. the number of a government document.
/// </summary>
public sealed record NoticeText(
    Personal Title, Personal Body, Personal? TitleEn, Personal? BodyEn, string? Source)
{
    /// <summary>Longest title, in characters.</summary>
    public const int LongestTitle = 60;

    /// <summary>Longest body in one language, in characters.</summary>
    public const int LongestBody = 6_000;

    /// <summary>The title in a language; Chinese where there is no English.</summary>
    public string TitleIn(Language language) => Languages.Pick(language, Title, TitleEn).Value;

    /// <summary>The body in a language; Chinese where there is no English.</summary>
    public string BodyIn(Language language) => Languages.Pick(language, Body, BodyEn).Value;
}

/// <summary>
/// One version. It is to be published by <paramref name="Due"/>; <paramref name="PublishAt"/> is the time planned, if
/// any. <paramref name="Change"/> and <paramref name="Reason"/> tell why it took the place of the one before.
/// </summary>
public sealed record Edition(
    int No, NoticeText Text, StaffId By, DateTimeOffset DraftedAt, DateTimeOffset Due, DateTimeOffset? PublishAt,
    DateTimeOffset? PublishedAt, NoticeChange Change, Personal? Reason)
{
    /// <summary>People are told at any hour.</summary>
    public bool Urgent { get; init; }
}

/// <summary>
/// How far people have been told of an edition: up to <paramref name="UpTo"/> in the order of the homes, so many
/// <paramref name="Households"/>; only those up to <paramref name="Limit"/> are to be told where it is set.
/// </summary>
public sealed record Spreading(
    int Edition, NoticeChange Change, string UpTo, string? Limit, int Households, int Chats, bool Done)
{
    /// <summary>Keys of chats come after those of all homes.</summary>
    public const string Chat = "~";
}
