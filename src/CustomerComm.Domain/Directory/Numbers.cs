using System.Globalization;

namespace CustomerComm.Domain.Directory;

/// <summary>Chinese numerals as people write the numbers of homes: 二〇一, 十二, 一百零三, and 幺 and 洞 as they are spoken.</summary>
internal static class Numbers
{
    private const string Digits = "〇一二三四五六七八九";

    /// <summary>The numeral in digits; digit by digit unless it counts in tens or hundreds.</summary>
    public static string Of(string numeral)
    {
        var plain = numeral.Replace('零', '〇').Replace('洞', '〇').Replace('幺', '一').Replace('两', '二').Replace('兩', '二');
        if (!plain.Contains('十', StringComparison.Ordinal) && !plain.Contains('百', StringComparison.Ordinal))
            return string.Concat(plain.Select(c => Digits.IndexOf(c, StringComparison.Ordinal)));
        var (total, digit) = (0L, 0);
        foreach (var c in plain)
        {
            var weight = c switch { '十' => 10, '百' => 100, _ => 0 };
            // However many of them somebody writes in a row, it is no number of a home.
            total = Math.Min(99_999, total + (weight * Math.Max(1, digit)));
            digit = weight > 0 ? 0 : Digits.IndexOf(c, StringComparison.Ordinal);
        }

        return (total + digit).ToString(CultureInfo.InvariantCulture);
    }
}
