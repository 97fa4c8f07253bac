using System.Globalization;
using System.Text.RegularExpressions;
using CustomerComm.Domain;

namespace CustomerComm.App.Complaints;

/// <summary>
/// The short code of a case in staff text messages: community, two digits of the year, number: <c>HY26-123</c>.
/// </summary>
public static partial class AssignmentCode
{
    /// <summary>The code of a case.</summary>
    public static string Of(ComplaintNumber number) =>
        string.Create(CultureInfo.InvariantCulture, $"{number.Community}{number.Year % 100:D2}-{number.Sequence}");

    /// <summary>Finds a code, or a full number, in a text; null where there is none.</summary>
    public static ComplaintNumber? Find(string text, int yearNow)
    {
        var full = Full().Match(text);
        if (full.Success && ComplaintNumber.TryParse(full.Value, out var number))
            return number;
        var m = Code().Match(text);
        if (!m.Success)
            return null;
        var year = yearNow - (yearNow % 100) + int.Parse(m.Groups["year"].ValueSpan, CultureInfo.InvariantCulture);
        return new ComplaintNumber(
            new CommunityId(m.Groups["community"].Value.ToUpperInvariant()),
            year > yearNow ? year - 100 : year,
            long.Parse(m.Groups["number"].ValueSpan, CultureInfo.InvariantCulture));
    }

    /// <summary>The text without its code or number.</summary>
    public static string Without(string text) => Code().Replace(Full().Replace(text, " "), " ").Trim();

    [GeneratedRegex(@"\b[A-Za-z0-9]{2,8}-[0-9]{4}-[0-9]{6,12}\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Full();

    [GeneratedRegex(@"\b(?<community>[A-Za-z][A-Za-z0-9]{1,5})(?<year>[0-9]{2})\s?[-–－]\s?(?<number>[0-9]{1,12})\b",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Code();
}
