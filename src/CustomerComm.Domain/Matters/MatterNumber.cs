using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerComm.Domain.Matters;

/// <summary>
/// Number of a matter within its kind, community and year: <c>HY-W-2026-000012</c>. <paramref name="Code"/> is one or
/// two capital letters for the kind. Unique and increasing; one that was asked for in vain leaves a gap.
/// </summary>
public readonly partial record struct MatterNumber(CommunityId Community, string Code, int Year, long Sequence)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Community.Value}-{Code}-{Year:D4}-{Sequence:D6}");

    /// <summary>
    /// The short code in text messages: community, two digits of the year, kind and number: <c>HY26-W12</c>.
    /// </summary>
    public string ShortCode =>
        string.Create(CultureInfo.InvariantCulture, $"{Community.Value}{Year % 100:D2}-{Code}{Sequence}");

    /// <summary>Reads the printed form, upper or lower case; false when it is anything else.</summary>
    public static bool TryParse(string? text, out MatterNumber number)
    {
        var m = Pattern().Match(text?.Trim().ToUpperInvariant() ?? "");
        number = m.Success
            ? new MatterNumber(
                new CommunityId(m.Groups[1].Value), m.Groups[2].Value,
                int.Parse(m.Groups[3].ValueSpan, CultureInfo.InvariantCulture),
                long.Parse(m.Groups[4].ValueSpan, CultureInfo.InvariantCulture))
            : default;
        return m.Success;
    }

    [GeneratedRegex("^([A-Z0-9]{2,8})-([A-Z]{1,2})-([0-9]{4})-([0-9]{6,12})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
