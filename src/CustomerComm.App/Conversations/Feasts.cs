using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using CustomerComm.App.Messages;

namespace CustomerComm.App.Conversations;

/// <summary>A feast that people reckon by.</summary>
internal enum Feast
{
    NewYear,
    SpringFestivalEve,
    SpringFestival,
    Lantern,
    Qingming,
    Labour,
    DragonBoat,
    MidAutumn,
    National,
    DoubleNinth,
    Christmas,
}

/// <summary>Feasts by their names, and the day each falls on; those of the moon by the Chinese calendar.</summary>
internal static class Feasts
{
    private static readonly ChineseLunisolarCalendar s_moon = new();

    private static readonly FrozenDictionary<string, Feast> s_names = Enum.GetValues<Feast>()
        .SelectMany(f => Texts.Said($"Said.Feast.{f}"), (f, w) => (Word: WishText.WithDigits(WishText.Fold(w)), Feast: f))
        .DistinctBy(n => n.Word, StringComparer.Ordinal).ToFrozenDictionary(n => n.Word, n => n.Feast, StringComparer.Ordinal);

    /// <summary>
    /// A feast where the reading stands, with "before" in front or behind. What numerals became in digits counts only with a
    /// word behind it: 51前 is before Labour Day, 51 is a number.
    /// </summary>
    public static Regex Pattern { get; } = new(
        @"\G(?<![a-z0-9])(?:(?<before>before) (?:the )?)?(?<feast>" + Names
        + @")(?![a-z0-9])(?:节日|节)?(?:假期|长假|放假|holidays?)?(?:\s?(?<before>(?:到来|来临)?[之以]?前))?",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The feast of a name as the pattern found it.</summary>
    public static Feast Named(string name) => s_names[name];

    /// <summary>The day of a feast in a year of 2000 to 2099.</summary>
    public static DateOnly DayOf(Feast feast, int year) => feast switch
    {
        Feast.NewYear => new DateOnly(year, 1, 1),
        Feast.SpringFestivalEve => Moon(year, 1, 1).AddDays(-1),
        Feast.SpringFestival => Moon(year, 1, 1),
        Feast.Lantern => Moon(year, 1, 15),
        Feast.Qingming => Qingming(year),
        Feast.Labour => new DateOnly(year, 5, 1),
        Feast.DragonBoat => Moon(year, 5, 5),
        Feast.MidAutumn => Moon(year, 8, 15),
        Feast.National => new DateOnly(year, 10, 1),
        Feast.DoubleNinth => Moon(year, 9, 9),
        Feast.Christmas => new DateOnly(year, 12, 25),
        _ => throw new ArgumentOutOfRangeException(nameof(feast), feast, "Unknown feast."),
    };

    private static string Names => string.Join(
        '|',
        s_names.Keys.OrderByDescending(n => n.Length)
            .Select(n => Regex.Escape(n) + (n.All(char.IsAsciiDigit) ? "(?=[之以]?前)" : "")));

    private static DateOnly Moon(int year, int month, int day)
    {
        // Outside the years the calendar knows nobody wishes anything; the same day a century on will do.
        var known = Math.Clamp(year, s_moon.MinSupportedDateTime.Year + 1, s_moon.MaxSupportedDateTime.Year - 1);
        var leap = s_moon.GetLeapMonth(known);
        // A leap month moves all behind it by one.
        var nth = leap > 0 && month >= leap ? month + 1 : month;
        return DateOnly.FromDateTime(s_moon.ToDateTime(known, nth, day, 0, 0, 0, 0)).AddYears(year - known);
    }

    /// <summary>The fifth solar term, by the usual formula of this century.</summary>
    private static DateOnly Qingming(int year)
    {
        var y = year % 100;
        return new DateOnly(year, 4, (int)((y * 0.2422) + 4.81) - (y / 4));
    }
}
