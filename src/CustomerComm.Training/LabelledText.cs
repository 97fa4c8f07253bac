using System.Text;
using System.Text.Json;
using CustomerComm.Domain;

namespace CustomerComm.Training;

/// <summary>A text and what a person says it is.</summary>
/// <param name="Batch">Who wrote it: the name of its file, or "store". Texts of one hand are left out together.</param>
/// <param name="Text">The message; a subject, if any, is its first line.</param>
/// <param name="Category">The chief concern.</param>
/// <param name="Also">Further concerns.</param>
/// <param name="Equal">Categories that would be as right as the chief one.</param>
/// <param name="Kind">Complaint, enquiry and so on.</param>
/// <param name="Severity">Urgent is danger now.</param>
public sealed record LabelledText(
    string Batch, string Text, Category Category, IReadOnlyList<Category> Also, IReadOnlyList<Category> Equal,
    Nature Kind, Severity Severity)
{
    /// <summary>
    /// All texts of the files <c>*.jsonl</c> of a folder in the order of their names, each file a batch. A line that
    /// cannot be read throws <see cref="InvalidDataException"/> with file, line and field.
    /// </summary>
    public static IReadOnlyList<LabelledText> ReadFolder(string folder)
    {
        var files = Files(folder);
        return files.Count > 0
            ? [.. files.SelectMany(ReadFile)]
            : throw new InvalidDataException($"{folder} holds no *.jsonl with labelled texts.");
    }

    /// <summary>The files of a folder with labelled texts, by name.</summary>
    public static IReadOnlyList<string> Files(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal)]
        : throw new InvalidDataException($"The folder {folder} with labelled texts does not exist.");

    /// <summary>
    /// The texts of one file of JSON lines: text, category, kind, severity, and if there are subject, also and equal.
    /// Throws as <see cref="ReadFolder"/>.
    /// </summary>
    public static IEnumerable<LabelledText> ReadFile(string file)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file, Encoding.UTF8))
        {
            number++;
            if (line.Length > 0)
                yield return Read(line, Path.GetFileNameWithoutExtension(file), $"{file}, line {number}");
        }
    }

    private static LabelledText Read(string line, string batch, string place)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var fields = json.RootElement;
            var text = fields.GetProperty("text").GetString()!;
            if (fields.TryGetProperty("subject", out var subject) && subject.GetString() is { Length: > 0 } first)
                text = first + "\n" + text;
            var also = Many(fields, "also", place);
            return new LabelledText(
                batch, text, One<Category>(fields, "category", place), also,
                fields.TryGetProperty("equal", out _) ? Many(fields, "equal", place) : also,
                ReadKind(fields, place), One<Severity>(fields, "severity", place));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException(
                $"{place}: needs an object with text, category, kind and severity ({e.Message})", e);
        }
    }

    private static Category[] Many(JsonElement fields, string field, string place) =>
        fields.TryGetProperty(field, out var all)
            ? [.. all.EnumerateArray().Select(c => Named<Category>(c.GetString(), field, place)).Distinct()]
            : [];

    private static T One<T>(JsonElement fields, string field, string place)
        where T : struct, Enum => Named<T>(fields.GetProperty(field).GetString(), field, place);

    // Writers say repair for what the procedure calls a repair request.
    private static Nature ReadKind(JsonElement fields, string place) => fields.GetProperty("kind").GetString() is "repair"
        ? Nature.RepairRequest
        : One<Nature>(fields, "kind", place);

    private static T Named<T>(string? name, string field, string place)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(name[0])
            ? value
            : throw new InvalidDataException(
                $"{place}: {field} '{name}' is none of {string.Join(", ", Enum.GetNames<T>())}");
}
