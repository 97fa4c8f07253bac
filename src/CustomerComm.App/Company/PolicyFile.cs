using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Company;

/// <summary>One community's limits and calendar, as adopted at one time.</summary>
public sealed record PolicyEntry(Policy Limits, CalendarRules Calendar);

/// <summary>
/// The policy file: limits and working calendar for the company, and, where a community differs, its own whole entry.
/// </summary>
public sealed record PolicyFile(PolicyEntry Company, IReadOnlyDictionary<string, PolicyEntry>? Communities)
{
    /// <summary>JSON of policies, in the file and in the ledger.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
    };

    /// <summary>Reads the file; throws <see cref="InvalidDataException"/> that says what is wrong.</summary>
    public static PolicyFile Load(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads its content; <paramref name="name"/> stands in errors, see <see cref="Load"/>.</summary>
    public static PolicyFile Parse(ReadOnlySpan<byte> content, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<PolicyFile>(content, Json)
                ?? throw new InvalidDataException($"{name} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
    }

    /// <summary>Writes the file.</summary>
    public void Save(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this, Json));
}
