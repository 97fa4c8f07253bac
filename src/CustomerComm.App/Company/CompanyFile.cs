using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Company;

/// <summary>
/// The company file: communities, staff and homes as JSON. Unknown fields and contradictions are errors that name the
/// file and the field.
/// </summary>
public sealed record CompanyFile
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Name of the company.</summary>
    public required string Company { get; init; }

    /// <summary>Two-letter region that telephone numbers without a country code belong to, e.g. <c>CN</c>.</summary>
    public string Region { get; init; } = "CN";

    /// <summary>
    /// Numbers whoever is in danger calls first, where a community names none of its own; left out: 119, 110, 120.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Emergency { get; init; }

    /// <summary>
    /// The company's complaint number beside those of the communities, answered by quality (4.6.1-1); left out: there
    /// is
    /// none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ComplaintLine { get; init; }

    /// <summary>
    /// Who stands in for the head of a unit while the post is vacant, by id; where none is named, or they left,
    /// whoever is
    /// above does.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<Unit, string>? Substitutes { get; init; }

    /// <summary>Communities.</summary>
    public required IReadOnlyList<CommunityEntry> Communities { get; init; }

    /// <summary>Staff.</summary>
    public required IReadOnlyList<StaffEntry> Staff { get; init; }

    /// <summary>Homes.</summary>
    public IReadOnlyList<HomeEntry> Homes { get; init; } = [];

    /// <summary>
    /// Posts that hold a communication register (4.5.2), the first of the unit Office; left out: office, finance,
    /// repair and security.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PostEntry>? Posts { get; init; }

    /// <summary>A post.</summary>
    public sealed record PostEntry(string Id, string Name, string NameEn, Unit Unit);

    /// <summary>Members of the owners' committees (4.5.5).</summary>
    public IReadOnlyList<CommitteeEntry> Committees { get; init; } = [];

    /// <summary>
    /// A community; <paramref name="Emergency"/>: its own emergency numbers; <paramref name="Outside"/>: where its
    /// residents
    /// turn outside the company, as a final answer says it; left out: the usual words.
    /// </summary>
    public sealed record CommunityEntry(
        string Id, string Name, string NameEn, string TimeZone, string Hotline,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyList<string>? Emergency = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Outside = null);

    /// <summary>A member of staff.</summary>
    public sealed record StaffEntry(
        string Id, string Name, string Phone, Unit Unit, string? Community, bool Head, bool OnDuty);

    /// <summary>A home.</summary>
    public sealed record HomeEntry(string Community, string Room, IReadOnlyList<ResidentEntry> Residents);

    /// <summary>A member of an owners' committee; <paramref name="Role"/> is e.g. 主任.</summary>
    public sealed record CommitteeEntry(
        string Community, string Name, string Role, string Phone, Language? Language = null);

    /// <summary>A resident; <paramref name="Staff"/>: works for the company too, so the home is not surveyed.</summary>
    public sealed record ResidentEntry(
        string Name, string Phone, Language? Language = null, bool Staff = false);

    /// <summary>Reads the file; throws <see cref="InvalidDataException"/> that says what is wrong and where.</summary>
    public static CompanyFile Load(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads its content; <paramref name="name"/> stands in errors, see <see cref="Load"/>.</summary>
    public static CompanyFile Parse(ReadOnlySpan<byte> content, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<CompanyFile>(content, s_json)
                ?? throw new InvalidDataException($"{name} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
    }

    /// <summary>Writes the file.</summary>
    public void Save(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this, s_json));

    /// <summary>
    /// Builds the directory; throws <see cref="InvalidDataException"/> naming the first contradiction.
    /// </summary>
    public CompanyDirectory ToDirectory()
    {
        var phones = new Phones(Region);
        return new CompanyDirectory(
            Company,
            Communities.Select(c => new Community(new CommunityId(c.Id), c.Name, c.NameEn, c.TimeZone, c.Hotline)
            {
                Emergency = [.. c.Emergency ?? Emergency ?? Community.UsualEmergency],
                Outside = string.IsNullOrWhiteSpace(c.Outside) ? null : c.Outside.Trim(),
            }),
            Staff.Select(s => new StaffMember(
                new StaffId(s.Id), s.Name, phones.Require(s.Phone, $"staff {s.Id}"), s.Unit,
                s.Community is null ? null : new CommunityId(s.Community), s.Head ? Rank.Head : Rank.Member, s.OnDuty)),
            Homes.Select(h => new Home(
                new CommunityId(h.Community), new Room(h.Room),
                h.Residents.Select(r => ToResident(r, $"home {h.Community} {h.Room}", phones)).ToImmutableArray())),
            Posts?.Select(p => new Post(new PostId(p.Id), p.Name, p.NameEn, p.Unit)),
            Committees.Select(c => new CommitteeMember(
                new CommunityId(c.Community), c.Name, c.Role, phones.Require(c.Phone, $"committee of {c.Community}"),
                c.Language ?? Languages.Default)),
            Substitutes?.ToDictionary(s => s.Key, s => new StaffId(s.Value)), ComplaintLine);
    }

    private static Resident ToResident(ResidentEntry r, string where, Phones phones)
    {
        var phone = phones.Require(r.Phone, where);
        return new Resident(r.Name, phone, r.Language ?? Languages.Default, r.Staff)
        {
            TakesTexts = phones.TakesTexts(phone),
        };
    }
}
