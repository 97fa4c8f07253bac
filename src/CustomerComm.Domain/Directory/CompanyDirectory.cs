using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerComm.Domain.Registers;

namespace CustomerComm.Domain.Directory;

/// <summary>A residential community with its office. <paramref name="TimeZone"/> is an IANA id.</summary>
public sealed record Community(CommunityId Id, string Name, string NameEn, string TimeZone, string Hotline)
{
    /// <summary>Numbers of fire brigade, police and ambulance in China.</summary>
    public static ImmutableArray<string> UsualEmergency { get; } = ["119", "110", "120"];

    /// <summary>Numbers whoever is in danger calls first.</summary>
    public ImmutableArray<string> Emergency { get; init; } = UsualEmergency;

    /// <summary>Where a resident turns outside the company, as a final answer says it; null: the usual words.</summary>
    public string? Outside { get; init; }

    /// <summary>Its name for a reader of a language.</summary>
    public string NameIn(Language language) => Languages.Pick(language, Name, NameEn);
}

/// <summary>A member of staff's place in the ladder.</summary>
public enum Rank
{
    /// <summary>Handles complaints.</summary>
    Member,
    /// <summary>Office manager, department head, or the leader in charge.</summary>
    Head,
}

/// <summary>
/// A member of staff. <paramref name="Community"/> is set for office staff only; departments serve all communities.
/// <paramref name="OnDuty"/>: new work of the unit goes to this person first.
/// </summary>
public sealed record StaffMember(
    StaffId Id, string Name, PhoneNumber Phone, Unit Unit, CommunityId? Community, Rank Rank, bool OnDuty)
{
    /// <summary>Office staff work for their community alone, departments and the leader for all.</summary>
    public bool Serves(CommunityId community) => Community is null || Community == community;
}

/// <summary>
/// A resident of a home with the phone the company has on file. <paramref name="IsStaff"/>: works for the company too,
/// so is not asked about its work (4.5.6).
/// </summary>
public sealed record Resident(string Name, PhoneNumber Phone, Language Language, bool IsStaff = false)
{
    /// <summary>Text messages arrive there; false for a fixed line, which is for calls.</summary>
    public bool TakesTexts { get; init; } = true;
}

/// <summary>A home and who lives there.</summary>
public sealed record Home(CommunityId Community, Room Room, ImmutableArray<Resident> Residents);

/// <summary>A resident together with the home they were found in.</summary>
public sealed record RegisteredResident(Home Home, Resident Resident);

/// <summary>A member of a community's owners' committee (4.5.5).</summary>
public sealed record CommitteeMember(
    CommunityId Community, string Name, string Role, PhoneNumber Phone, Language Language);

/// <summary>Who is who: communities, staff and homes of one company, indexed. Immutable.</summary>
public sealed partial class CompanyDirectory
{
    private readonly FrozenDictionary<CommunityId, Community> _communities;
    private readonly FrozenDictionary<StaffId, StaffMember> _staff;
    private readonly FrozenDictionary<string, StaffMember> _staffByPhone;
    private readonly FrozenDictionary<string, RegisteredResident> _residentByPhone;
    private readonly FrozenDictionary<(CommunityId, string), Home> _homes;
    private readonly FrozenDictionary<(CommunityId, string), Home> _homesByForm;
    private readonly FrozenSet<CommunityId> _housed;
    private ImmutableDictionary<CommunityId, ImmutableHashSet<StaffId>> _rostered =
        ImmutableDictionary<CommunityId, ImmutableHashSet<StaffId>>.Empty;

    /// <summary>
    /// Builds the directory; throws <see cref="InvalidDataException"/> naming the first contradiction.
    /// </summary>
    public CompanyDirectory(string company, IEnumerable<Community> communities, IEnumerable<StaffMember> staff,
        IEnumerable<Home> homes, IEnumerable<Post>? posts = null, IEnumerable<CommitteeMember>? committee = null,
        IReadOnlyDictionary<Unit, StaffId>? substitutes = null, string? complaintLine = null)
    {
        Company = company;
        Communities = [.. communities];
        Staff = [.. staff];
        Homes = [.. homes];
        ComplaintLine = string.IsNullOrWhiteSpace(complaintLine) ? null : complaintLine.Trim();
        Posts = WithQuality(posts is null ? Post.Standard : [.. posts], ComplaintLine is not null);
        Substitutes = substitutes ?? FrozenDictionary<Unit, StaffId>.Empty;
        Committee = [.. committee ?? []];
        _communities = Communities.ToFrozenDictionary(c => c.Id);
        _staff = Staff.ToFrozenDictionary(s => s.Id);
        _housed = Homes.Select(h => h.Community).ToFrozenSet();
        _staffByPhone = Staff.ToFrozenDictionary(s => s.Phone.Value, StringComparer.Ordinal);
        _homes = Homes.ToFrozenDictionary(h => (h.Community, Normal(h.Room.Value)));
        // Two homes of one form can only be told apart letter by letter.
        _homesByForm = Homes.GroupBy(h => (h.Community, FormOf(h.Community, h.Room.Value)))
            .Where(g => g.Key.Item2.Length > 0 && g.Count() == 1).ToFrozenDictionary(g => g.Key, g => g.First());
        _residentByPhone = Homes.SelectMany(h => h.Residents, (h, r) => new RegisteredResident(h, r))
            .ToFrozenDictionary(r => r.Resident.Phone.Value, StringComparer.Ordinal);
        _acting = Vacancies().ToFrozenDictionary(v => (v.Community, v.Acting.Unit), v => v.Acting);
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

    /// <summary>The posts that hold a register, in every community; the first takes what enters itself.</summary>
    public ImmutableArray<Post> Posts { get; }

    /// <summary>The post of this id, or null.</summary>
    public Post? FindPost(PostId id) => Posts.FirstOrDefault(p => p.Id == id);

    /// <summary>The post whose register a unit's contacts go into: its own, else the first.</summary>
    public Post PostOf(Unit? unit) => Posts.FirstOrDefault(p => p.Unit == unit) ?? Posts[0];

    /// <summary>
    /// The same company with those on duty at a community's office as its roster says, whatever the company file says
    /// (4.5.2).
    /// </summary>
    public CompanyDirectory WithOnDuty(CommunityId community, ImmutableHashSet<StaffId> onDuty)
    {
        var copy = (CompanyDirectory)MemberwiseClone();
        copy._rostered = _rostered.SetItem(community, onDuty);
        return copy;
    }

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

    /// <summary>
    /// The home of this room in whatever spelling, see <see cref="Rooms"/>; null where there is none, or two are spelt
    /// alike.
    /// </summary>
    public Home? FindHome(CommunityId community, string? room)
    {
        if (string.IsNullOrWhiteSpace(room))
            return null;
        return _homes.GetValueOrDefault((community, Normal(room)))
            ?? (FormOf(community, room) is { Length: > 0 } form ? _homesByForm.GetValueOrDefault((community, form)) : null);
    }

    /// <summary>
    /// True where the room is none of those on file; of a community without homes on file nothing can be said.
    /// </summary>
    public bool IsUnlisted(CommunityId community, string? room) =>
        !string.IsNullOrWhiteSpace(room) && _housed.Contains(community) && FindHome(community, room) is null;

    /// <summary>Everybody of a unit as far as it serves this community, the one on duty first, heads last.</summary>
    public IEnumerable<StaffMember> Members(Unit unit, CommunityId community)
    {
        var members = Of(unit, community);
        // Where there is a roster, whoever it names goes first, the manager too.
        if (unit == Unit.Office && _rostered.TryGetValue(community, out var now))
            members = members.OrderByDescending(s => now.Contains(s.Id)).ThenBy(s => s.Rank == Rank.Head);
        else
            members = members.OrderBy(s => s.Rank == Rank.Head);
        return ((IOrderedEnumerable<StaffMember>)members).ThenByDescending(s => s.OnDuty)
            .ThenBy(s => s.Id.Value, StringComparer.Ordinal);
    }

    /// <summary>
    /// The head of a unit: office manager, department head, the leader in charge; while the post is vacant, whoever
    /// acts.
    /// </summary>
    public StaffMember? Head(Unit unit, CommunityId community) =>
        Of(unit, community).Where(s => s.Rank == Rank.Head).OrderByDescending(s => s.OnDuty)
            .ThenBy(s => s.Id.Value, StringComparer.Ordinal).LastOrDefault();

    /// <summary>The head of a unit as appointed; null while the post is vacant.</summary>
    public StaffMember? Appointed(Unit unit, CommunityId community) =>
        Head(unit, community) is { } head && head == Find(head.Id) ? head : null;

    private IEnumerable<StaffMember> Of(Unit unit, CommunityId community)
    {
        var acting = Acting(unit, community);
        var members = Staff.Where(s => s.Unit == unit && s.Serves(community)
            && s.Id != acting?.Id);
        return acting is null ? members : members.Append(acting);
    }

    /// <summary>Those above a member of staff, nearest first.</summary>
    public IEnumerable<StaffMember> Superiors(StaffMember staff, CommunityId community)
    {
        var head = Head(staff.Unit, staff.Community ?? community);
        if (head is not null && head.Id != staff.Id)
            yield return head;
        var leader = Head(Unit.Leader, community);
        if (leader is not null && leader.Id != staff.Id && leader.Id != head?.Id)
            yield return leader;
    }

    private void Check()
    {
        if (Posts.IsEmpty)
            throw new InvalidDataException("posts: there is none. Name one or leave the section out.");
        foreach (var p in Posts)
        {
            if (!PostId.IsValid(p.Id.Value))
            {
                throw new InvalidDataException(
                    $"posts, id '{p.Id}': use two to sixteen small letters, digits or hyphens, a letter first.");
            }

            if (Posts.Count(x => x.Id == p.Id) > 1)
                throw new InvalidDataException($"posts, id '{p.Id}': it is there twice.");
            if (string.IsNullOrWhiteSpace(p.Name) || string.IsNullOrWhiteSpace(p.NameEn))
                throw new InvalidDataException($"posts, id '{p.Id}': name and nameEn must be written.");
        }

        if (Posts[0].Unit != Unit.Office)
            throw new InvalidDataException($"posts, id '{Posts[0].Id}': the first post must be of the unit Office.");
        foreach (var c in Communities)
        {
            if (Staff.IsEmpty)
                throw new InvalidDataException($"Community {c.Id}: there is no staff at all. Name somebody.");
            if (c.Emergency.IsDefaultOrEmpty || c.Emergency.Any(n => !IsCallable(n)))
            {
                throw new InvalidDataException(
                    $"Community {c.Id}: emergency must list one or more numbers of 2 to 20 digits, "
                    + "e.g. [\"119\", \"110\"].");
            }

            if (!TimeZoneInfo.TryFindSystemTimeZoneById(c.TimeZone, out _))
                throw new InvalidDataException($"Community {c.Id}: unknown time zone '{c.TimeZone}'. Use an IANA id.");
        }

        foreach (var s in Staff)
        {
            if (s.Unit == Unit.Office && s.Community is null)
                throw new InvalidDataException($"Staff {s.Id}: office staff need a community of the company file.");
            // A staff phone on file as a resident's would let staff sign in the resident's place (4.6.2-4).
            if (_residentByPhone.ContainsKey(s.Phone.Value))
                throw new InvalidDataException($"Staff {s.Id}: the phone is also on file for a resident.");
        }

        foreach (var m in Committee)
        {
            if (_staffByPhone.ContainsKey(m.Phone.Value))
                throw new InvalidDataException($"Committee of {m.Community}: a phone is a member of staff's.");
        }
    }

    /// <summary>
    /// Communities that the file still names somewhere and has no more, each with the place: a removed one's people and homes,
    /// or a slip of the pen.
    /// </summary>
    public IEnumerable<(CommunityId Community, string Where)> Strays() =>
        Staff.Where(s => s.Community is { } c && !_communities.ContainsKey(c))
            .Select(s => (s.Community!.Value, $"staff, id '{s.Id}'"))
            .Concat(Committee.Where(m => !_communities.ContainsKey(m.Community))
                .Select(m => (m.Community, $"committee, '{m.Name}'")))
            .Concat(Homes.Where(h => !_communities.ContainsKey(h.Community))
                .Select(h => (h.Community, $"homes, room '{h.Room}'")))
            .DistinctBy(s => s.Item1);

    private static bool IsCallable(string? number) =>
        number?.Length is >= 2 and <= 20 && number.Any(char.IsAsciiDigit)
        && number.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or ' ');

    private string FormOf(CommunityId community, string room) => Find(community) is { } c
        ? Rooms.FormOf(room, c.Name, c.NameEn, c.Id.Value)
        : Rooms.FormOf(room);

    private static string Normal(string room) =>
        room.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
}
