using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerComm.Domain;

/// <summary>
/// Number of a matter within its kind, community and year: <c>HY-W-2026-000012</c>. <paramref name="Code"/> is one or
/// two capital letters for the kind, empty for complaints: <c>HY-2026-000123</c>. Unique and increasing; those of
/// complaints have no gap (4.6.2-1).
/// </summary>
public readonly partial record struct MatterNumber(CommunityId Community, string Code, int Year, long Sequence)
{
    /// <summary>Code of complaints: none.</summary>
    public const string Complaint = "";

    /// <inheritdoc/>
    public override string ToString() => Code.Length == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Community.Value}-{Year:D4}-{Sequence:D6}")
        : string.Create(CultureInfo.InvariantCulture, $"{Community.Value}-{Code}-{Year:D4}-{Sequence:D6}");

    /// <summary>
    /// The short code in text messages: community, two digits of the year, kind and number: <c>HY26-W12</c>,
    /// <c>HY26-123</c>.
    /// </summary>
    public string ShortCode =>
        string.Create(CultureInfo.InvariantCulture, $"{Community.Value}{Year % 100:D2}-{Code}{Sequence}");

    /// <summary>Reads the printed form, upper or lower case; false when it is anything else.</summary>
    public static bool TryParse(string? text, out MatterNumber number)
    {
        var m = Pattern().Match(text?.Trim().ToUpperInvariant() ?? "");
        number = m.Success
            ? new MatterNumber(
                new CommunityId(m.Groups["community"].Value), m.Groups["code"].Value,
                int.Parse(m.Groups["year"].ValueSpan, CultureInfo.InvariantCulture),
                long.Parse(m.Groups["number"].ValueSpan, CultureInfo.InvariantCulture))
            : default;
        return m.Success;
    }

    [GeneratedRegex(
        "^(?<community>[A-Z0-9]{2,8})-((?<code>[A-Z]{1,2})-)?(?<year>[0-9]{4})-(?<number>[0-9]{6,12})$",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
