using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Notices;

namespace CustomerComm.App.Notices;

/// <summary>Notices: written, published in time, told to everybody they are for (4.1, 4.2.2).</summary>
public sealed class NoticeKind(MatterParts parts, NoticeSpreader spreader)
    : MatterKind<NoticeMatter, Notice, NoticeCommand, NoticeEvent>(parts, "notice")
{
    /// <summary>
    /// Writes a notice; <paramref name="key"/> is the writer's own, so that writing it again with the same key gives
    /// the one written before.
    /// </summary>
    public async Task<MatterResult<Notice>> DraftAsync(
        CommunityId community, NoticeType kind, Audience audience, bool sms, NoticeText text, StaffMember by,
        string key, CancellationToken ct)
    {
        if (Book.Directory.Find(community) is null)
        {
            return new MatterResult<Notice>.Refused(new Refusal(
                RefusalCode.BadField, "4.2.2", $"There is no community '{community}'.", "community"));
        }

        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 3));
        var date = Book.Current(community).Calendar.LocalDate(Now);
        var number = string.Create(CultureInfo.InvariantCulture, $"{community}-N{date:yyMMdd}-{hash}");
        return await BeginAsync(
            StreamOf(number), community, new NoticeCommand.Draft(number, community, kind, audience, sms, text),
            new Actor.Staff(by), null, ct);
    }

    /// <summary>The notice of this number, in upper or lower case, or null.</summary>
    public async Task<LoadedMatter<Notice>?> FindAsync(string? number, CancellationToken ct) =>
        number is { Length: > 0 and < 40 } && number.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? await LoadAsync(StreamOf(number.ToUpperInvariant()), ct)
            : null;

    /// <inheritdoc/>
    protected override IReadOnlyList<Type> RowTypes { get; } = [typeof(NoticeRow)];

    /// <inheritdoc/>
    protected override DateTimeOffset? NextTime(Notice state) => state?.Pending?.PublishAt;

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(LoadedMatter<Notice> matter, CancellationToken ct)
    {
        NoticeCommand? next = matter.State switch
        {
            { Pending.PublishAt: { } at } when at <= Now => new NoticeCommand.Publish(),
            { Spreading.Done: false } s => await spreader.NextAsync(matter.Stream, s, ct),
            _ => null,
        };
        if (next is null)
            return false;
        await HandleAsync(matter.Stream, next, new Actor.System(), null, ct);
        return true;
    }

    /// <inheritdoc/>
    protected override IEnumerable<ITableRow> Rows(LoadedMatter<Notice> matter, long since)
    {
        var s = matter.State;
        var key = KeyOf(s.Number, s.Current?.PublishedAt ?? matter.Tracked.BegunAt);
        return s.Audience.Communities(s.Community, Book.Directory).Select(c => RowOf(matter, c, key));
    }

    private static NoticeRow RowOf(LoadedMatter<Notice> matter, CommunityId community, string key)
    {
        var s = matter.State;
        return new NoticeRow
        {
            PartitionKey = community.Value,
            RowKey = key,
            Version = matter.Version,
            Number = s.Number,
            Community = s.Community.Value,
            Kind = s.Kind.ToString(),
            Audience = s.Audience.Kind.ToString(),
            Stage = s.Stage.ToString(),
            Unit = s.Lead.ToString(),
            Public = s.Public,
            Sms = s.Sms,
            Edition = s.Current?.No ?? 0,
            Corrections = s.Editions.Count(e => e.Change == NoticeChange.Corrected),
            DraftedAt = matter.Tracked.BegunAt,
            FirstPublishedAt = s.Editions.IsEmpty ? null : s.Editions[0].PublishedAt,
            PublishedAt = s.Current?.PublishedAt,
            WithdrawnAt = s.WithdrawnAt,
            Households = s.Spreading?.Households ?? 0,
            Chats = s.Spreading?.Chats ?? 0,
            Spread = s.Spreading?.Done ?? false,
        };
    }

    /// <summary>The later, the smaller: tables are read in ascending order.</summary>
    private static string KeyOf(string number, DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture, $"{253_402_300_799 - at.ToUnixTimeSeconds():D12}-{number}");
}
