using System.Collections.Frozen;
using CustomerComm.App.Messages;

namespace CustomerComm.App.Imports;

/// <summary>
/// The fields of an import, and the names that files give them in every language. A field that is none of these keeps
/// its own name.
/// </summary>
public static class ImportFields
{
    /// <summary>What is wrong; the only one that must be there.</summary>
    public const string Text = "text";

    /// <summary>The sender's own id of the line: it is imported once.</summary>
    public const string Id = "id";

    /// <summary>Id or name of the community.</summary>
    public const string Community = "community";

    /// <summary>Name of whoever complains.</summary>
    public const string Name = "name";

    /// <summary>Their phone.</summary>
    public const string Phone = "phone";

    /// <summary>Their room.</summary>
    public const string Room = "room";

    /// <summary>Category.</summary>
    public const string Category = "category";

    /// <summary>By when it is wanted.</summary>
    public const string WantedBy = "wantedBy";

    /// <summary>Language they are answered in.</summary>
    public const string Language = "language";

    /// <summary>In JSON name, phone and room may stand together in an object of this name.</summary>
    public const string Contact = "contact";

    private static readonly string[] s_all = [Id, Community, Name, Phone, Room, Text, Category, WantedBy, Language];

    private static readonly FrozenDictionary<string, string> s_names = s_all
        .SelectMany(f => Texts.Said($"Said.Import.{f}").Append(f).Select(n => (Name: Plain(n), Field: f)))
        .DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(p => p.Name, p => p.Field, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names for people: every field with what else it may be called.</summary>
    public static string Known => string.Join(
        ", ", s_all.Select(f => $"{f} ({Texts.Said($"Said.Import.{f}").FirstOrDefault(n => n[0] > 127) ?? f})"));

    /// <summary>True where it is one of the fields.</summary>
    public static bool Knows(string field) => s_all.Contains(field, StringComparer.Ordinal);

    /// <summary>The field that a file calls so.</summary>
    public static string Of(string name) => s_names.GetValueOrDefault(Plain(name)) ?? name.Trim();

    private static string Plain(string name) =>
        string.Concat(name.Where(c => !char.IsWhiteSpace(c) && c is not ('_' or '-' or '.' or '\uFEFF' or '*')));
}
