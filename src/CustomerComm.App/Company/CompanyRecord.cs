using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Company;

/// <summary>
/// The company as the ledger records it at every change: communities, posts, and who held which place by their id. Names,
/// phones and homes are personal and may have to be erased, so of them stands only one digest over all: that they were
/// changed shows, what they were does not.
/// </summary>
internal static class CompanyRecord
{
    /// <summary>Type of its events.</summary>
    public const string Adopted = "CompanyAdopted";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Its stream.</summary>
    public static StreamId Stream { get; } = new("company.directory");

    /// <summary>The payload of an event that adopts this directory; the same for the same directory.</summary>
    public static byte[] Of(CompanyDirectory directory) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            directory.Company,
            Communities = directory.Communities.Select(c => new
            {
                Id = c.Id.Value,
                c.Name,
                c.NameEn,
                c.TimeZone,
                c.Hotline,
                c.Emergency,
                c.Outside,
            }),
            directory.ComplaintLine,
            Posts = directory.Posts.Select(p => new { Id = p.Id.Value, Unit = p.Unit.ToString() }),
            Substitutes = directory.Substitutes.OrderBy(s => s.Key)
                .Select(s => new { Unit = s.Key.ToString(), Staff = s.Value.Value }),
            Staff = directory.Staff.Select(s => new
            {
                Id = s.Id.Value,
                Unit = s.Unit.ToString(),
                Community = s.Community?.Value,
                Rank = s.Rank.ToString(),
                s.OnDuty,
            }),
            Homes = directory.Homes.Length,
            Committee = directory.Committee.Length,
            People = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PeopleOf(directory)))),
        },
        s_json);

    private static string PeopleOf(CompanyDirectory directory)
    {
        var text = new StringBuilder();
        foreach (var s in directory.Staff)
            Add(s.Id.Value, s.Name, s.Phone.Value);
        foreach (var home in directory.Homes)
        {
            Add(home.Community.Value, home.Room.Value);
            foreach (var r in home.Residents)
                Add(r.Name, r.Phone.Value, r.Language.ToString(), r.IsStaff.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var m in directory.Committee)
            Add(m.Community.Value, m.Name, m.Role, m.Phone.Value, m.Language.ToString());
        return text.ToString();

        void Add(params ReadOnlySpan<string> fields)
        {
            foreach (var field in fields)
                text.Append(CultureInfo.InvariantCulture, $"{field.Length}:{field};");
            text.Append('\n');
        }
    }
}
