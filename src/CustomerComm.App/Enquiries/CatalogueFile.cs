using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerComm.Domain;

namespace CustomerComm.App.Enquiries;

/// <summary>
/// The service catalogue as a file: what the office offers at which price and when, and what is outside its scope with
/// what to do instead (4.2.3). English fields may be left out. Mistakes are errors that name the entry and the field.
/// </summary>
public sealed record CatalogueFile
{
    private const int LongestText = 600;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A catalogue with nothing in it.</summary>
    public static CatalogueFile Empty { get; } = new();

    /// <summary>What is offered.</summary>
    public IReadOnlyList<ServiceEntry> Services { get; init; } = [];

    /// <summary>What is not, with what to do instead.</summary>
    public IReadOnlyList<OutOfScopeEntry> OutOfScope { get; init; } = [];

    /// <summary>
    /// A service. <paramref name="Keywords"/> are words of a question that mean it; <paramref name="Provider"/> is the
    /// unit that provides it; <paramref name="Communities"/> are those it is offered in, all where left out.
    /// </summary>
    public sealed record ServiceEntry(
        string? Name, string? NameEn, IReadOnlyList<string>? Keywords, string? Offer, string? OfferEn, string? Price,
        string? PriceEn, string? Hours, string? HoursEn, Unit? Provider, IReadOnlyList<string>? Communities = null);

    /// <summary>A matter outside the scope of service, with what to do instead.</summary>
    public sealed record OutOfScopeEntry(
        string? Name, string? NameEn, IReadOnlyList<string>? Keywords, string? Instead, string? InsteadEn);

    /// <summary>Reads the file; throws <see cref="InvalidDataException"/> that says what is wrong and where.</summary>
    public static CatalogueFile Load(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads its content; <paramref name="name"/> stands in errors, see <see cref="Load"/>.</summary>
    public static CatalogueFile Parse(ReadOnlySpan<byte> content, string name)
    {
        try
        {
            var file = JsonSerializer.Deserialize<CatalogueFile>(content, s_json)
                ?? throw new InvalidDataException($"{name} is empty.");
            file.Check(name);
            return file;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
    }

    /// <summary>Writes the file.</summary>
    public void Save(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this, s_json));

    /// <summary>Throws <see cref="InvalidDataException"/> naming the first entry and field that is not right.</summary>
    public void Check(string where)
    {
        foreach (var (i, s) in Services.Index())
        {
            var entry = $"{where}, services[{i}] '{s.Name}'";
            Named(entry, s.Name, s.NameEn, s.Keywords);
            Text(entry, "offer", s.Offer);
            Text(entry, "price", s.Price);
            Text(entry, "hours", s.Hours);
            if (s.Provider is not { } unit || !Enum.IsDefined(unit))
                throw Wrong(entry, "provider", $"name one of {string.Join(", ", Enum.GetNames<Unit>())}");
        }

        foreach (var (i, s) in OutOfScope.Index())
        {
            var entry = $"{where}, outOfScope[{i}] '{s.Name}'";
            Named(entry, s.Name, s.NameEn, s.Keywords);
            Text(entry, "instead", s.Instead);
        }
    }

    private static void Named(string entry, string? name, string? nameEn, IReadOnlyList<string>? keywords)
    {
        Text(entry, "name", name);
        if (nameEn?.Length > LongestText)
            throw Wrong(entry, "nameEn", $"at most {LongestText} characters");
        if (keywords is not { Count: > 0 })
            throw Wrong(entry, "keywords", "give at least one word of a question that means this");
        if (keywords.Any(k => k is null || k.Trim().Length < 2))
            throw Wrong(entry, "keywords", "each word needs two characters at least");
    }

    private static void Text(string entry, string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
            throw Wrong(entry, field, $"write 1 to {LongestText} characters");
    }

    private static InvalidDataException Wrong(string entry, string field, string what) =>
        new($"{entry}: '{field}' is missing or not right; {what}.");
}
