using System.Text.RegularExpressions;

namespace CustomerComm.App.Conversations;

/// <summary>Each pattern begins where the reading stands (<c>\G</c>); digits are ASCII after folding.</summary>
internal sealed partial class WishLexer
{
    private const int Timeout = 1000;

    private const string MonthNames = "(?:january|february|march|april|may|june|july|august|september|october|november"
        + "|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)(?![a-z])";

    private const string DayNames = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|wed|thurs"
        + "|thur|thu|fri|sat|sun)(?![a-z])";

    private const string ChineseShift = "(?<shift>下下个?|下个?|这个?|本|当)";

    private const string EnglishShift = @"(?:(?<shift>this|next|the|coming|this coming)\s)?";

    [GeneratedRegex(
        @"\G(?:[昨][天日晚夜]|前[天晚](?!内)|上个?(?:周|星期|礼拜)(?:\s?[1-7末])?|上个?月(?:[0-9]{1,2}[日号])?|去年|刚才"
        + @"|每(?:个|隔)?(?:天|日|晚|周|星期|礼拜|月)(?:\s?[1-7末])?|天天"
        + @"|(?<![a-z])(?:yesterday|(?:last|past|every|each) (?:night|evening|morning|day|week|weekend|month|"
        + DayNames + @"))(?![a-z]))",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Aside();

    // Not 等了3天, 每3天, 3天前, 3天没水; "1周日" is a Sunday.
    [GeneratedRegex(
        @"\G(?<![0-9.第每\-~到至了已经都])(?:[0-9]{1,3}\s?(?:-|~|到|至|或)\s?)?(?<n>[0-9]{1,4}(?:\.[0-9])?|半)\s?[多来]?\s?"
        + @"(?>个?(?<half>半)?(?:(?<hour>小时|钟头)(?:零?(?<plus>[0-9]{1,2})分钟?)?|(?<week>星期|礼拜)(?!\s?[1-7末]))"
        + @"|个(?<half>半)?(?<month>月)|(?<week>周)(?!\s?[1-7末年])|(?<work>个?工作[日天])|(?<minute>分钟)|(?<quarter>刻钟)"
        + @"|(?<day>天|日(?=[之以]?[内后])))(?>(?<half>半(?!个))?)"
        + @"(?>\s?(?<limit>[之以]?[内后]|里|时间内)?)(?!\s?(?:[之以]?前|了|没|都|来|2头|后?[天日]|停|服务|营业|热线|在线|不间断))",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex ChineseSpan();

    [GeneratedRegex(
        @"\G(?<![0-9.\-~a-z]|for |for the |last |past |every |after |(?<!up )to )(?:(?<limit>(?:with)?in) )?"
        + @"(?:the next |next )?(?:[0-9]{1,3}\s?(?:-|~|to|or)\s?)?"
        + @"(?<n>[0-9]{1,4}(?:\.[0-9])?|half an?|half|a couple of|couple of|(?<=^|in )an?)[ -]?"
        + @"(?:(?<half>and a half) )?(?:(?<work>(?:working|business|work)[ -]days?)"
        + @"|(?<hour>hours?|hrs?|h)(?:(?: and)? ?(?<plus>[0-9]{1,2}) ?(?:minutes?|mins?|m))?"
        + @"|(?<minute>minutes?|mins?)|(?<day>days?|d)|(?<week>weeks?|wks?|w)|(?<fortnight>fortnight)"
        + @"|(?<month>months?))"
        + @"(?![a-z])(?>(?<half> and a half)?)(?! (?:ago|already|now|late|without|service|old))",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex EnglishSpan();

    [GeneratedRegex(
        @"\G(?:(?<third>大后[天日])|(?<![以之今])(?<second>后(?:[天日](?!天)|(?=[早晚])))"
        + @"|(?<first>明(?:天|日|儿个?|(?=[早晚晨夜上下中]))|听[日朝晚]|[次翌][日天]|隔天|第2天)"
        + @"|今(?:天|日|儿个?|(?=[早晚晨夜]))|当[天日]|本日"
        + @"|(?<![a-z])(?:(?<second>(?:the )?day after (?:tomorrow|tmrw?|tmr))|(?<first>tomm?orr?ow|tmrw?|tmr|tmw)"
        + @"|(?<night>tonight|tonite)|today|this (?=morning|afternoon|evening))(?![a-z]))",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Relative();

    [GeneratedRegex(
        @"\G(?<![0-9/.\-])(?<y>[0-9]{4})(?:\s?年\s?|[/.\-])(?<m>[0-9]{1,2})(?:\s?月\s?|[/.\-])(?<d>[0-9]{1,2})(?![0-9])"
        + "(?:\\s?[日号])?",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex YearFirst();

    [GeneratedRegex(
        @"\G(?<![0-9/.\-])(?<m>[0-9]{1,2})(?<sep>[/.\-])(?<d>[0-9]{1,2})\k<sep>(?<y>[0-9]{4})(?![0-9])",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex YearLast();

    [GeneratedRegex(
        @"\G(?<![0-9/.\-])(?<y>今年|明年)?的?(?<m>[0-9]{1,2})\s?月份?\s?(?<d>[0-9]{1,2})(?![0-9])(?:\s?[日号])?",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex ChineseDate();

    [GeneratedRegex(
        @"\G(?<![0-9/.\-])(?<m>[0-9]{1,2})/(?<d>[0-9]{1,2})(?![0-9/])",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex SlashDate();

    [GeneratedRegex(
        @"\G(?<![0-9/.\-:])(?<d>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)?[ \-]?(?<name>" + MonthNames
        + @")\.?(?:,?[ \-](?<y>[0-9]{4})(?![0-9]))?",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex DayFirst();

    [GeneratedRegex(
        @"\G(?<![a-z])(?<name>" + MonthNames + @")\.?[ \-]?(?:the )?(?<d>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9:a-z])"
        + @"(?! (?:days|weeks|hours))(?:,?[ \-](?<y>[0-9]{4})(?![0-9]))?",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex MonthFirst();

    [GeneratedRegex(
        @"\G(?<![每个0-9])" + ChineseShift + @"?(?:周|星期|礼拜)\s?(?<d>[1-7])(?![0-9])",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex ChineseWeekday();

    [GeneratedRegex(
        @"\G(?<![a-z])" + EnglishShift + "(?<name>" + DayNames + ")",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex EnglishWeekday();

    [GeneratedRegex(
        @"\G(?:(?<![0-9个])" + ChineseShift + @"?(?:周|星期|礼拜)(?:(?<end>(?<weekend>末)|底|内|结束)(?:之?内)?)?"
        + @"(?<before>[之以]?前)?"
        + @"|(?<![a-z])(?:(?<before>before) (?:the )?)?(?:(?<end>end of) (?:the )?)?" + EnglishShift
        + @"(?:business |working )?(?:week|(?<end>(?<weekend>weekend)))(?![a-z])|(?<![a-z])(?<end>eow)(?![a-z]))",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Week();

    [GeneratedRegex(
        @"\G(?:(?<![0-9个/.\-])(?:(?<m>[0-9]{1,2})|" + ChineseShift + @")?月份?(?!初|中|上旬|中旬|下旬|\s?[0-9]|亮)"
        + @"(?:(?<end>[底末]|[之以]?内))?(?<before>[之以]?前)?"
        + @"|(?<![a-z])(?:(?<before>before) )?(?:(?<end>(?:the )?end of) (?:the )?)?" + EnglishShift
        + @"(?:month(?![a-z])|(?<=(?:before|end of) )(?<name>" + MonthNames + @"))|(?<![a-z])(?<end>eom)(?![a-z]))",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Month();

    [GeneratedRegex(
        @"\G(?:今?年(?:底|末|内|之内)|(?<![a-z])(?:end of (?:the |this )?year|this year|eoy)(?![a-z]))",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Year();

    // 30号, but neither 3号楼 nor the 3rd floor.
    [GeneratedRegex(
        @"\G(?<![0-9/.\-第a-z])(?:" + ChineseShift + @"月的?\s?)?(?:(?<d>[0-9]{1,2})\s?(?:日"
        + @"|号(?!\s?(?:楼|栋|幢|座|门|院|房|室|厅|线|库|机|电梯|车|井|铺|店|单元|地块|桌|桩|柱)))"
        + @"|(?:the )?(?<d>[0-9]{1,2})(?:st|nd|rd|th)(?![a-z])(?! (?:floor|building|time|unit|room|storey|level)))",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex DayOfMonth();

    [GeneratedRegex(
        @"\G(?:(?<dawn>凌晨)|(?<morning>[1清大]早上?|清晨|早晨|早上|上午|上昼|(?<=[今明后听天日号朝\s][1-7]?)[早晨](?![点些日一]))"
        + @"|(?<noon>中午)|(?<evening>晚上|夜里|夜间|夜晚|晚间|深夜|半夜|(?<=[今明后听天日号1-7\s])[晚夜](?![点些一]))"
        + @"|下午|下昼|午后|傍晚|黄昏|下班|(?<![a-z]|good )(?:(?<morning>morning)|(?<evening>evening|night)|afternoon"
        + @"|(?:the )?end of (?:the )?(?:business |working )?(?:day|today)|close of business|cob|eod)(?![a-z]))(?!好)",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Part();

    // Not "2点意见", two remarks.
    [GeneratedRegex(
        @"\G(?<![0-9:.])(?:[0-9]{1,2}\s?[\-~–到至]\s?)?(?<h>[0-9]{1,2})\s?(?:点|时(?![间候常]))钟?\s?"
        + @"(?>(?:(?<half>半)|(?<q>[13])刻|(?<m>[0-9]{1,2})(?![0-9个天号栋楼月])分?)?)整?(?!意见|要求|建议|问题|诉求|原因|不满)",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex ChineseClock();

    [GeneratedRegex(
        @"\G(?<![0-9:.])(?:[0-9]{1,2}\s?(?:[\-~–]|to)\s?(?=[0-9:]+\s?[ap]\.?m))?"
        + @"(?<h>[0-9]{1,2})(?::(?<m>[0-9]{2})(?::[0-9]{2})?(?![0-9:])(?:\s?(?<ap>[ap])\.?m(?![a-z]))?"
        + @"|(?:\.(?<m>[0-9]{2}))?\s?(?<ap>[ap])\.?m(?![a-z])|\s?o'?clock"
        + @"|(?<=(?<![a-z])(?:at|by|before|until|till) [0-9]{1,2})(?![0-9/\-:]|\.[0-9])"
        + @"(?!\s?(?:st|nd|rd|th|days?|weeks?|hours?|months?|minutes?|people|times|[日号月天周个楼栋])))\.?",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex EnglishClock();

    [GeneratedRegex(
        @"\G(?:(?<noon>正午|(?<![a-z])(?:noon|midday)(?![a-z]))|午夜|(?<![a-z])midnight(?![a-z]))",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Word();
}
