using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace CustomerComm.Local;

/// <summary>A line of a JSON-lines file: an object, or what is wrong with it.</summary>
internal readonly record struct JsonLine(int Number, JsonElement? Json, string? Error)
{
    /// <summary>A text field; null where it is missing or something else.</summary>
    public string? Text(string name) =>
        Json is { } json && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    /// <summary>The id as it stands, text or number.</summary>
    public string? Id => Json is { } json && json.TryGetProperty("id", out var id)
        && id.ValueKind is JsonValueKind.String or JsonValueKind.Number ? id.ToString() : null;
}

/// <summary>Reads JSON lines one by one, however long the file.</summary>
internal static class JsonLines
{
    public static async IAsyncEnumerable<JsonLine> ReadAsync(
        string file, [EnumeratorCancellation] CancellationToken ct)
    {
        if (file != "-" && !File.Exists(file))
            throw new InvalidDataException($"There is no file {Path.GetFullPath(file)}.");
        using var reader = file == "-" ? new StreamReader(Console.OpenStandardInput()) : new StreamReader(file);
        var number = 0;
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Parse(number, line);
        }
    }

    private static JsonLine Parse(int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line));
            while (reader.Read())
                _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonLine(number, json.RootElement.Clone(), null)
                : new JsonLine(number, null, "not a JSON object");
        }
        catch (JsonException e)
        {
            return new JsonLine(number, null, $"not JSON: {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            return new JsonLine(number, null, $"no text: {e.Message}");
        }
    }
}
