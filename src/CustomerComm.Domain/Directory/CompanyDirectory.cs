using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CustomerComm.Domain.Directory;

/// <summary>A residential community with its office. <paramref name="TimeZone"/> is an IANA id.</summary>
public sealed record Community(CommunityId Id, string Name, string NameEn, string TimeZone, string Hotline);

/// <summary>A member of staff's place in the ladder.</summary>
public enum Rank
{
    /// <summary>Handles cases.</summary>
    Member,
    /// <summary>Office manager, department head, or the leader in charge.</summary>
    Head,
}

/// <summary>
/// A member of staff. <paramref name="Community"/> is set for office staff only; departments serve all communities.
/// <paramref name="OnDuty"/>: new work of the unit goes to this person first.
/// </summary>
public sealed record StaffMember(
    StaffId Id, string Name, PhoneNumber Phone, Unit Unit, CommunityId? Community, Rank Rank, bool OnDuty);

/// <summary>A resident of a home with the phone the company has on file.</summary>
public sealed record Resident(string Name, PhoneNumber Phone, Language Language);

/// <summary>A home and who lives there.</summary>
public sealed record Home(CommunityId Community, Room Room, ImmutableArray<Resident> Residents);

/// <summary>A resident together with the home they were found in.</summary>
public sealed record RegisteredResident(Home Home, Resident Resident);

/// <summary>A member of a community's owners' committee (4.5.5).</summary>
public sealed record CommitteeMember(
    CommunityId Community, string Name, string Role, PhoneNumber Phone, Language Language);

/// <summary>Who is who: communities, staff and homes of one company, indexed. Immutable.</summary>
public sealed class CompanyDirectory
{
    private readonly FrozenDictionary<CommunityId, Community> _communities;
    private readonly FrozenDictionary<StaffId, StaffMember> _staff;
    private readonly FrozenDictionary<string, StaffMember> _staffByPhone;
    private readonly FrozenDictionary<string, RegisteredResident> _residentByPhone;
    private readonly FrozenDictionary<(CommunityId, string), Home> _homes;

    /// <summary>
    /// Builds the directory; throws <see cref="InvalidDataException"/> naming the first contradiction.
    /// </summary>
    public CompanyDirectory(string company, IEnumerable<Community> communities, IEnumerable<StaffMember> staff,
        IEnumerable<Home> homes, IEnumerable<CommitteeMember>? committee = null)
    {
        Company = company;
        Communities = [.. communities];
        Staff = [.. staff];
        Homes = [.. homes];
        Committee = [.. committee ?? []];
        _communities = Communities.ToFrozenDictionary(c => c.Id);
        _staff = Staff.ToFrozenDictionary(s => s.Id);
        _staffByPhone = Staff.ToFrozenDictionary(s => s.Phone.Value, StringComparer.Ordinal);
        _homes = Homes.ToFrozenDictionary(h => (h.Community, Normal(h.Room.Value)));
        _residentByPhone = Homes.SelectMany(h => h.Residents, (h, r) => new RegisteredResident(h, r))
            .ToFrozenDictionary(r => r.Resident.Phone.Value, StringComparer.Ordinal);
        Check();
    }

    /// <summary>Name of the company.</summary>
    public string Company { get; }

    /// <summary>All communities.</summary>
    public ImmutableArray<Community> Communities { get; }

    /// <summary>All staff.</summary>
    public ImmutableArray<StaffMember> Staff { get; }

    /// <summary>All homes.</summary>
    public ImmutableArray<Home> Homes { get; }

    /// <summary>Members of all owners' committees.</summary>
    public ImmutableArray<CommitteeMember> Committee { get; }

    /// <summary>The community of this id, or null.</summary>
    public Community? Find(CommunityId id) => _communities.GetValueOrDefault(id);

    /// <summary>The member of staff of this id, or null.</summary>
    public StaffMember? Find(StaffId id) => _staff.GetValueOrDefault(id);

    /// <summary>The member of staff with this phone, or null.</summary>
    public StaffMember? FindStaff(PhoneNumber phone) =>
        phone.Value is null ? null : _staffByPhone.GetValueOrDefault(phone.Value);

    /// <summary>The resident on file with this phone, or null.</summary>
    public RegisteredResident? FindResident(PhoneNumber phone) =>
        phone.Value is null ? null : _residentByPhone.GetValueOrDefault(phone.Value);

    /// <summary>The home of this room, spelt with or without spaces and in either case, or null.</summary>
    public Home? FindHome(CommunityId community, string? room) =>
        room is null ? null : _homes.GetValueOrDefault((community, Normal(room)));

    /// <summary>Everybody of a unit as far as it serves this community, the one on duty first, heads last.</summary>
    public IEnumerable<StaffMember> Members(Unit unit, CommunityId community) =>
        Staff.Where(s => s.Unit == unit && (s.Community is null || s.Community == community))
            .OrderBy(s => s.Rank).ThenByDescending(s => s.OnDuty).ThenBy(s => s.Id.Value, StringComparer.Ordinal);

    /// <summary>The head of a unit: office manager, department head, the leader in charge.</summary>
    public StaffMember? Head(Unit unit, CommunityId community) =>
        Members(unit, community).LastOrDefault(s => s.Rank == Rank.Head);

    /// <summary>Those above a member of staff, nearest first.</summary>
    public IEnumerable<StaffMember> Superiors(StaffMember staff, CommunityId community)
    {
        ArgumentNullException.ThrowIfNull(staff);
        var head = Head(staff.Unit, staff.Community ?? community);
        if (head is not null && head.Id != staff.Id)
            yield return head;
        var leader = Head(Unit.Leader, community);
        if (leader is not null && leader.Id != staff.Id && leader.Id != head?.Id)
            yield return leader;
    }

    private void Check()
    {
        foreach (var c in Communities)
        {
            foreach (var unit in Enum.GetValues<Unit>())
            {
                if (Head(unit, c.Id) is null)
                {
                    throw new InvalidDataException(
                        $"Community {c.Id}: unit {unit} has no head. Name one in the company file.");
                }
            }

            if (!TimeZoneInfo.TryFindSystemTimeZoneById(c.TimeZone, out _))
                throw new InvalidDataException($"Community {c.Id}: unknown time zone '{c.TimeZone}'. Use an IANA id.");
        }

        foreach (var s in Staff)
        {
            if (s.Unit == Unit.Office && (s.Community is null || !_communities.ContainsKey(s.Community.Value)))
                throw new InvalidDataException($"Staff {s.Id}: office staff need a community of the company file.");
            // A staff phone on file as a resident's would let staff sign in the resident's place (4.6.2-4).
            if (_residentByPhone.ContainsKey(s.Phone.Value))
                throw new InvalidDataException($"Staff {s.Id}: the phone is also on file for a resident.");
        }

        foreach (var m in Committee)
        {
            if (!_communities.ContainsKey(m.Community))
            {
                throw new InvalidDataException(
                    $"Committee of {m.Community}: the community is not in the company file.");
            }

            if (_staffByPhone.ContainsKey(m.Phone.Value))
                throw new InvalidDataException($"Committee of {m.Community}: a phone is a member of staff's.");
        }

        foreach (var h in Homes)
        {
            if (!_communities.ContainsKey(h.Community))
                throw new InvalidDataException($"Home {h.Room}: community {h.Community} is not in the company file.");
        }
    }

    private static string Normal(string room) =>
        room.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
}
