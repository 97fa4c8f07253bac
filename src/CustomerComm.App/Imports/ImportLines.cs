using System.Runtime.CompilerServices;
using System.Text.Json;
using CsvHelper;

namespace CustomerComm.App.Imports;

/// <summary>
/// Reads imports line by line, however long: JSON lines, or CSV with a header row, whichever the file is.
/// </summary>
public static class ImportLines
{
    private static readonly char[] s_delimiters = [',', ';', '\t', '|'];

    /// <summary>
    /// The lines in order. Throws <see cref="InvalidDataException"/> with which form is wanted where it is neither.
    /// </summary>
    public static IAsyncEnumerable<ImportLine> ReadAsync(ImportText text, CancellationToken ct)
    {
        using var reader = text.Read();
        string? first;
        do
            first = reader.ReadLine();
        while (first is not null && string.IsNullOrWhiteSpace(first));
        return first?.TrimStart()[0] switch
        {
            null => AsyncEnumerable.Empty<ImportLine>(),
            '{' => ReadJsonAsync(text, ct),
            '[' => throw new InvalidDataException("The file is a JSON array. Write an object a line, without [ and ]."),
            _ => ReadCsvAsync(text, HeaderOf(first), ct),
        };
    }

    private static async IAsyncEnumerable<ImportLine> ReadJsonAsync(
        ImportText text, [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = text.Read();
        var number = 0;
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Parse(number, line);
        }
    }

    private static ImportLine Parse(int number, string line)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return ImportLine.Bad(number, "not a JSON object");
            foreach (var property in json.RootElement.EnumerateObject())
            {
                var within = property.Value.ValueKind == JsonValueKind.Object && property.Name == ImportFields.Contact;
                foreach (var p in within ? [.. property.Value.EnumerateObject()] : new[] { property })
                {
                    if (Take(p, fields) is { } bad)
                        return ImportLine.Bad(number, bad);
                }
            }
        }
        catch (JsonException e)
        {
            return ImportLine.Bad(number, $"not JSON: {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair.
            return ImportLine.Bad(number, $"no text: {e.Message}");
        }

        return new ImportLine(number, fields, null);
    }

    private static string? Take(JsonProperty property, Dictionary<string, string> fields)
    {
        var field = ImportFields.Of(property.Name);
        string? value;
        switch (property.Value.ValueKind)
        {
            case JsonValueKind.String:
                value = property.Value.GetString();
                break;
            case JsonValueKind.Number:
                value = property.Value.GetRawText();
                break;
            case JsonValueKind.Null:
                return null;
            default:
                if (ImportFields.Knows(field))
                    return $"'{property.Name}' must be text or a number, not {property.Value.ValueKind}";
                value = property.Value.GetRawText();
                break;
        }

        return fields.TryAdd(field, value!) ? null : $"'{property.Name}' says '{field}' a second time";
    }

    private static (char Delimiter, string First) HeaderOf(string line)
    {
        var delimiter = s_delimiters.MaxBy(d => line.Count(c => c == d));
        var names = line.Split(delimiter).Select(n => ImportFields.Of(n.Trim().Trim('"'))).ToList();
        return names.Contains(ImportFields.Text, StringComparer.Ordinal)
            ? (delimiter, line)
            : throw new InvalidDataException(
                "The file is neither JSON lines, with an object a line, nor CSV with a header row that names the "
                + $"column '{ImportFields.Text}'. Columns are called {ImportFields.Known}.");
    }

    private static async IAsyncEnumerable<ImportLine> ReadCsvAsync(
        ImportText text, (char Delimiter, string First) header, [EnumeratorCancellation] CancellationToken ct)
    {
        var malformed = default(CsvMalformedReason?);
        using var csv = CsvReader.Create(text.Read(), new CsvReaderOptions
        {
            Separator = header.Delimiter,
            HasHeader = false,
            TrackLineNumbers = true,
            OnMalformedRecord = r => malformed ??= r.Reason,
        });
        string[]? names = null;
        while (true)
        {
            malformed = null;
            if (!await csv.ReadAsync(ct))
                yield break;
            var number = (int)csv.LineNumber;
            string[] record = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
            if (names is null)
                names = NamesOf(record);
            else if (malformed is { } reason)
                yield return ImportLine.Bad(number, WrongQuote(reason));
            else if (Array.Exists(record, v => !string.IsNullOrWhiteSpace(v)))
                yield return LineOf(number, names, record);
        }
    }

    private static string WrongQuote(CsvMalformedReason reason) => reason == CsvMalformedReason.UnterminatedQuote
        ? "a quote is opened and never closed: this line and all behind it cannot be read"
        : "a quote within a field must be doubled, and the field stand in quotes";

    private static string[] NamesOf(string[] record)
    {
        var names = record.Select(ImportFields.Of).ToArray();
        var twice = names.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? names
            : throw new InvalidDataException($"The header row names '{twice.Key}' more than once; leave one of them.");
    }

    private static ImportLine LineOf(int number, string[] names, string[] record)
    {
        if (record.Skip(names.Length).Any(v => !string.IsNullOrWhiteSpace(v)))
        {
            return ImportLine.Bad(
                number, $"it has {record.Length} fields, the header row {names.Length}; put a field with a delimiter "
                + "in quotes");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(names.Length, record.Length); i++)
        {
            if (names[i].Length > 0)
                fields[names[i]] = record[i];
        }

        return new ImportLine(number, fields, null);
    }
}
