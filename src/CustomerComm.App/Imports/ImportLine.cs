namespace CustomerComm.App.Imports;

/// <summary>
/// A line of an import: its fields by name, or what is wrong with it. <paramref name="Number"/> is that of the line in
/// the file, from 1.
/// </summary>
public sealed record ImportLine(int Number, IReadOnlyDictionary<string, string> Fields, string? Error)
{
    /// <summary>The field, null where it is missing or blank.</summary>
    public string? this[string name] =>
        Fields.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>A line that cannot be read.</summary>
    public static ImportLine Bad(int number, string error) =>
        new(number, new Dictionary<string, string>(StringComparer.Ordinal), error);
}
