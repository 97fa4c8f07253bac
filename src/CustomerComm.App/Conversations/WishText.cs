using System.Globalization;
using System.Text.RegularExpressions;
using CustomerComm.App.Classification;

namespace CustomerComm.App.Conversations;

/// <summary>The text of a wish in one form: simplified, half-width, small letters, numbers in digits.</summary>
internal static partial class WishText
{
    private const int Longest = 200;
    private const int LongestNoWish = 60;
    private const string ChineseDigits = "〇一二三四五六七八九";

    private static readonly string[] s_small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] s_tens = ["twenty", "thirty", "forty", "fifty", "sixty", "ninety"];

    private static readonly int[] s_tensValues = [20, 30, 40, 50, 60, 90];

    /// <summary>The beginning of a text, folded.</summary>
    public static string Fold(string text) =>
        TextFold.OfTerm(text.Length > Longest ? text[..Longest] : text);

    /// <summary>Numerals of both languages as digits: 十一月三十日 is 11月30日.</summary>
    public static string WithDigits(string folded)
    {
        var text = AfterWeek().Replace(folded, m => Number(m.Value) + " ");
        text = Numerals().Replace(text, m => Number(m.Value));
        return EnglishNumbers().Replace(text, English);
    }

    /// <summary>True where a short text says that any time will do.</summary>
    public static bool IsNoWish(string folded) =>
        folded.Length <= LongestNoWish && (NothingAtAll().IsMatch(folded) || AnyTime().IsMatch(folded));

    /// <summary>True where a short text says as soon as can be, and nothing of having time.</summary>
    public static bool IsAtOnce(string folded) =>
        folded.Length <= LongestNoWish && AtOnce().IsMatch(folded) && !AnyTime().IsMatch(folded);

    private static string Number(string numeral)
    {
        var digits = numeral.Replace('两', '二').Replace('零', '〇').Replace("廿", "二十", StringComparison.Ordinal)
            .Replace("卅", "三十", StringComparison.Ordinal).Replace('天', '七').Replace('日', '七');
        if (digits.Contains('十', StringComparison.Ordinal) || digits.Contains('百', StringComparison.Ordinal))
            return Counted(digits).ToString(CultureInfo.InvariantCulture);

        var values = digits.Select(d => ChineseDigits.IndexOf(d, StringComparison.Ordinal)).ToArray();
        // 两三天 and 三两天 are two to three days, 二五 is read digit by digit like a year.
        if (values is [> 0 and var first, > 0 and var second]
            && (first < second || numeral.Contains('两', StringComparison.Ordinal)))
        {
            return Math.Max(first, second).ToString(CultureInfo.InvariantCulture);
        }

        return string.Concat(values);
    }

    private static int Counted(string digits)
    {
        var (total, digit) = (0, 0);
        foreach (var c in digits)
        {
            var weight = c switch { '十' => 10, '百' => 100, _ => 0 };
            if (weight == 0)
            {
                digit = ChineseDigits.IndexOf(c, StringComparison.Ordinal);
                continue;
            }

            // Four digits are all a number can mean here.
            total = Math.Min(9_000, total + (Math.Max(1, digit) * weight));
            digit = 0;
        }

        return total + digit;
    }

    private static string English(Match m)
    {
        var small = Array.IndexOf(s_small, m.Groups["small"].Value);
        var tens = Array.IndexOf(s_tens, m.Groups["tens"].Value);
        return (Math.Max(0, small) + (tens < 0 ? 0 : s_tensValues[tens])).ToString(CultureInfo.InvariantCulture);
    }

    // The day of the week takes one numeral only: 周五十点 is Friday, ten o'clock.
    [GeneratedRegex(
        @"(?<=周|星期|礼拜)(?:六日|[一二三四五六七天日])(?!天)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AfterWeek();

    // 一点 is "a bit" unless what stands around it makes it one o'clock.
    [GeneratedRegex(
        @"(?!一点(?!(?<!(?:[快慢早好多大小有]|(?<![今明后听])晚)一点)(?:[半钟整前之以多到至来修吧0-9一二三四五十,.。;!?]|$))"
        + @"(?!(?<=(?:[午晨夜上天日号]|[今明后听][早晚])一点)(?![^\s,.。;!?]{0,6}[都也没不])))[〇零一二两三四五六七八九十百廿卅]+",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numerals();

    [GeneratedRegex(
        @"(?<![a-z])(?:(?<tens>twenty|thirty|forty|fifty|sixty|ninety)(?:[ -](?<small>one|two|three|four|five|six|seven"
        + @"|eight|nine))?|(?<small>zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
        + @"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))(?![a-z])",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EnglishNumbers();

    [GeneratedRegex(
        @"^\W*(?:没有?|无|不用了?|不需要|不必了?|否|算了|跳过|不限|不要|没有了"
        + @"|no|nah|nope|none|nothing(?: special| in particular)?|n/a|na|skip|any"
        + @"|no thanks?(?: you)?|no,? thank you)\W*$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NothingAtAll();

    [GeneratedRegex(
        @"(?:没有?(?:什么|啥|特别的?|具体的?)*(?:时间)?(?:上的?)?(?:要求|期限|限制|所谓)|无(?:时间|特别|特殊)?(?:要求|期限)"
        + @"|随[便意](?=\W|$|吧|都|你|您|什么|哪|啥|了|啦|处|安)|随时"
        + @"|[都也皆](?:可以|行|可|好|成|没问题)(?!不)|无所谓|不(?:是很|是|太|用|必|怎么|很)*着?急|不赶|时间不限|没关系|不要紧|慢慢来"
        + @"|看你们|看着[办来]|(?:你们|物业)(?:看着)?(?:定|安排|决定)|什么时候(?:方便|有空|都)|有空(?:就|再|来|时)"
        + @"|(?<![a-z])(?:no (?:particular |special |specific |fixed |real )*(?:wish|wishes|rush|hurry|preference"
        + @"|deadline|requirements?|time limit|time)|any ?time|any day|whenever|not urgent|(?:do not|don't|dont) (?:mind|care)|(?:does not|doesn't|doesnt) matter|up to you"
        + @"|at your convenience"
        + @"|take your time|not in a (?:hurry|rush))(?![a-z]))",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnyTime();

    [GeneratedRegex(
        @"(?:^\W*(?:急|很急|好急|特急|soon|now|urgent)\W*$"
        + @"|[尽赶]快|尽早|尽量[快早]|[越愈][快早][越愈]好|马上|立[即刻]|即刻|赶紧|快一?点|早一?点|快些|快啲|抓紧|速度|加急|现在|依家|而家|一刻都?等不了"
        + @"|(?<![a-z])(?:asap|a\.s\.a\.p|as (?:soon|quickly|fast|early) as|right (?:now|away)|immediately|at once|straight ?away"
        + @"|the (?:sooner|faster|earlier|quicker)|urgently|quickly|now please|please now)(?![a-z]))",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AtOnce();
}
