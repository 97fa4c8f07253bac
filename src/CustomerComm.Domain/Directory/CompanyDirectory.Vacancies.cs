using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerComm.Domain.Registers;

namespace CustomerComm.Domain.Directory;

/// <summary>
/// A post without a head: <paramref name="Acting"/> is whoever acts, as of that unit. A vacancy of a department is
/// one of
/// every community.
/// </summary>
public sealed record Vacancy(CommunityId Community, StaffMember Acting);

/// <content>
/// A vacant post or a community that is no more stops nothing: somebody acts for it, in every rule as if of that unit.
/// </content>
public sealed partial class CompanyDirectory
{
    private static readonly ImmutableArray<Unit> s_units = [.. Enum.GetValues<Unit>()];

    private readonly FrozenDictionary<(CommunityId, Unit), StaffMember> _acting;

    /// <summary>Who stands in for the head of a unit while there is none; others act where none is named.</summary>
    public IReadOnlyDictionary<Unit, StaffId> Substitutes { get; }

    /// <summary>
    /// The company's complaint number beside those of the communities, answered by quality (4.6.1-1); null: there is
    /// none.
    /// </summary>
    public string? ComplaintLine { get; }

    /// <summary>
    /// The community of this id, or one that is no more: then its id stands for its name, and the clock is the first
    /// one's.
    /// </summary>
    public Community Known(CommunityId id) => Find(id) ?? new Community(
        id, id.Value, id.Value, Communities.IsEmpty ? "UTC" : Communities[0].TimeZone,
        ComplaintLine ?? (Communities.IsEmpty ? "" : Communities[0].Hotline));

    /// <summary>The numbers to tell a resident: the community's own and the company's (4.5.1, 4.6.1-1).</summary>
    public string LinesOf(CommunityId community)
    {
        var own = Known(community).Hotline;
        return ComplaintLine is { } line && line != own ? $"{own} / {line}" : own;
    }

    /// <summary>Whoever acts for the head of a unit, as of that unit; null where there is a head.</summary>
    public StaffMember? Acting(Unit unit, CommunityId community) =>
        _acting.TryGetValue((community, unit), out var acting) ? acting
        : _communities.ContainsKey(community) ? null
        : ActingNow(unit, community);

    /// <summary>A member of staff as themselves, and as of each unit that they act for in a community.</summary>
    public IEnumerable<StaffMember> Wearing(StaffMember member, CommunityId community)
    {
        yield return member;
        foreach (var unit in s_units)
        {
            if (Acting(unit, community) is { } acting && acting.Id == member.Id)
                yield return acting;
        }
    }

    /// <summary>All posts without a head, and who acts.</summary>
    public IEnumerable<Vacancy> Vacancies() =>
        from community in Communities
        from unit in s_units
        let acting = ActingNow(unit, community.Id)
        where acting is not null
        select new Vacancy(community.Id, acting);

    /// <summary>
    /// The substitute that is named, else whoever is above: the leader, else the head of quality, else any head, else
    /// anybody at all.
    /// </summary>
    private StaffMember? ActingNow(Unit unit, CommunityId community)
    {
        bool IsHead(StaffMember s, Unit of) => s.Rank == Rank.Head && s.Unit == of
            && s.Serves(community);
        if (Staff.Any(s => IsHead(s, unit)))
            return null;
        var who = (Substitutes.TryGetValue(unit, out var named) ? Find(named) : null)
            ?? Staff.FirstOrDefault(s => IsHead(s, Unit.Leader)) ?? Staff.FirstOrDefault(s => IsHead(s, Unit.Quality))
            ?? Staff.Where(s => s.Rank == Rank.Head).MinBy(s => s.Id.Value, StringComparer.Ordinal)
            ?? Staff.MinBy(s => s.Id.Value, StringComparer.Ordinal);
        return who is null ? null : who with
        {
            Unit = unit,
            Rank = Rank.Head,
            Community = unit == Unit.Office ? community : null,
            OnDuty = false,
        };
    }

    /// <summary>Calls to the company's line stand in a register of quality's own (4.6.1-1).</summary>
    private static ImmutableArray<Post> WithQuality(ImmutableArray<Post> posts, bool line) =>
        !line || posts.IsEmpty || posts.Any(p => p.Unit == Unit.Quality)
            ? posts : posts.Add(new Post(new PostId("quality"), "质管部", "Quality", Unit.Quality));
}
