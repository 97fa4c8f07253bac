using System.Globalization;
using System.Text.RegularExpressions;
using CustomerComm.Domain;

namespace CustomerComm.App.Matters;

/// <summary>
/// The short codes in text messages, <c>HY26-123</c> for a complaint, <c>HY26-W12</c> for an order, as people write them.
/// </summary>
public static partial class MatterCode
{
    /// <summary>
    /// Finds a short code, or a full number, of the kind with this letter (empty: complaints) in a text; null where there
    /// is none.
    /// </summary>
    public static MatterNumber? Find(string text, string letter, int yearNow)
    {
        foreach (Match m in Full().Matches(text))
        {
            if (MatterNumber.TryParse(m.Value, out var number) && number.Code == letter)
                return number;
        }

        foreach (Match m in Short().Matches(text))
        {
            if (!m.Groups["letter"].Value.Equals(letter, StringComparison.OrdinalIgnoreCase))
                continue;
            var year = yearNow - (yearNow % 100) + int.Parse(m.Groups["year"].ValueSpan, CultureInfo.InvariantCulture);
            return new MatterNumber(
                new CommunityId(m.Groups["community"].Value.ToUpperInvariant()), letter,
                year > yearNow ? year - 100 : year,
                long.Parse(m.Groups["number"].ValueSpan, CultureInfo.InvariantCulture));
        }

        return null;
    }

    /// <summary>True where a text names any matter by code or number.</summary>
    public static bool Names(string text) => Full().IsMatch(text) || Short().IsMatch(text);

    /// <summary>The text without its codes and numbers.</summary>
    public static string Without(string text) => Short().Replace(Full().Replace(text, " "), " ").Trim();

    [GeneratedRegex(@"\b[A-Za-z0-9]{2,8}-([A-Za-z]{1,2}-)?[0-9]{4}-[0-9]{6,12}\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Full();

    [GeneratedRegex(
        @"\b(?<community>[A-Za-z][A-Za-z0-9]{1,5})(?<year>[0-9]{2})\s?[-–－]\s?(?<letter>[A-Za-z]{0,2})(?<number>[0-9]{1,12})\b",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Short();
}
