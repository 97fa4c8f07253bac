using System.Globalization;
using System.Text.RegularExpressions;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Orders;

/// <summary>
/// The short code of an order in text messages, <c>HY26-W12</c>; no code of a complaint reads like it.
/// </summary>
public static partial class OrderCode
{
    /// <summary>Finds a code, or a full number, in a text; null where there is none.</summary>
    public static MatterNumber? Find(string text, int yearNow)
    {
        var full = Full().Match(text);
        if (full.Success && MatterNumber.TryParse(full.Value, out var number))
            return number;
        var m = Code().Match(text);
        if (!m.Success)
            return null;
        var year = yearNow - (yearNow % 100) + int.Parse(m.Groups["year"].ValueSpan, CultureInfo.InvariantCulture);
        return new MatterNumber(
            new CommunityId(m.Groups["community"].Value.ToUpperInvariant()), OrderKind.Code,
            year > yearNow ? year - 100 : year, long.Parse(m.Groups["number"].ValueSpan, CultureInfo.InvariantCulture));
    }

    /// <summary>The text without its code or number.</summary>
    public static string Without(string text) => Code().Replace(Full().Replace(text, " "), " ").Trim();

    [GeneratedRegex(@"\b[A-Za-z0-9]{2,8}-[Ww]-[0-9]{4}-[0-9]{6,12}\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Full();

    [GeneratedRegex(
        @"\b(?<community>[A-Za-z][A-Za-z0-9]{1,5})(?<year>[0-9]{2})\s?[-–－]\s?[Ww](?<number>[0-9]{1,12})\b",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Code();
}
