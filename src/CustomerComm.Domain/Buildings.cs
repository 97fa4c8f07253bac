using System.Text.RegularExpressions;

namespace CustomerComm.Domain;

/// <summary>
/// The building of a room. It is no personal data: a building holds many homes, so reports may show it (1.0).
/// </summary>
public static partial class Buildings
{
    /// <summary>
    /// The building in a room as people write it: <c>3-1-502</c>, <c>3栋1单元502</c> and <c>3 号楼</c> all give <c>3</c>,
    /// <c>b2-101</c> gives <c>B2</c>. Empty where the text tells none.
    /// </summary>
    public static string Of(string? room)
    {
        if (string.IsNullOrWhiteSpace(room) || room.Length > 100)
            return "";
        var match = Pattern().Match(Directory.Rooms.Fold(room));
        return match.Success ? match.Groups[1].Value.TrimStart('0').ToUpperInvariant() : "";
    }

    [GeneratedRegex(
        @"^\s*(0*[A-Za-z]?[0-9]{1,3}[A-Za-z]?)\s*(?:[-–—~]|栋|幢|座|号楼|#)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
