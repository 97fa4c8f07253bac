using System.Text.RegularExpressions;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Classification;

/// <summary>
/// Takes out of a text who wrote it and whom it names: what leaves the store to be learnt from, or to be read by
/// another service, says what happened and not to whom.
/// </summary>
internal static partial class Masking
{
    /// <summary>Stands for what was taken out.</summary>
    public const string Mark = "***";

    private const int ShortestName = 2;

    /// <summary>Names of all staff and residents on file.</summary>
    public static IReadOnlyList<string> NamesOf(CompanyDirectory directory) =>
    [
        .. directory.Staff.Select(s => s.Name),
        .. directory.Homes.SelectMany(h => h.Residents).Select(r => r.Name),
    ];

    /// <summary>What a complaint says, without whom it is from and the names on file.</summary>
    public static string Of(Complaint complaint, IEnumerable<string?> people)
    {
        var contact = complaint.Intake.Contact;
        return Of(
            complaint.Intake.Text.Value,
            [
                contact.Name?.Value, contact.Phone?.Value, contact.Room?.Value, contact.Remark?.Value,
                complaint.Intake.Complainant?.Name.Value, complaint.Intake.Complainant?.Phone?.Value,
                complaint.Intake.Complainant?.Organisation?.Value, .. people,
            ]);
    }

    /// <summary>
    /// Without the given names, telephone numbers, card numbers, e-mail addresses, number plates, rooms, and names
    /// that stand with a title (张先生, Mr Chan).
    /// </summary>
    public static string Of(string text, IEnumerable<string?> names)
    {
        var known = names.OfType<string>().Select(n => n.Trim()).Where(n => n.Length >= ShortestName)
            .OrderByDescending(n => n.Length).Distinct(StringComparer.Ordinal);
        foreach (var name in known)
            text = text.Replace(name, Mark, StringComparison.OrdinalIgnoreCase);
        text = Email().Replace(text, Mark);
        text = Plate().Replace(text, Mark);
        text = Room().Replace(text, Mark);
        text = Number().Replace(text, Mark);
        text = ChineseName().Replace(text, Mark);
        text = ToldName().Replace(text, "$1" + Mark);
        return EnglishName().Replace(text, "$1 " + Mark);
    }

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(\.[\w-]+)+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"[一-龥][A-Za-zＡ-Ｚ][·• ]?[A-Za-z0-9０-９]{5,6}(?![A-Za-z0-9])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Plate();

    // 3-1-502, 2栋1单元201室, 二号楼, Flat 12B, Room 1203, 12/F.
    [GeneratedRegex(
        @"[0-9０-９A-Za-z]{1,4}([-－—#][0-9０-９A-Za-z]{1,4}){1,3}(室|号|房)?|"
        + @"[0-9０-９A-Za-z一二三四五六七八九十百]{1,5}(栋|幢|座|號樓|号楼|单元|單元|室|房(?![子东租产顶屋]))|"
        + @"(?i:\b(flat|room|unit|apt|apartment|block|tower|building)\s*#?[0-9]{1,4}[A-Z]?\b|\b(flat|unit|block|tower)\s[A-Z]\b)",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Room();

    // Seven digits and more are a telephone, an identity card or an account, however they are grouped or written.
    [GeneratedRegex(
        @"[+＋]?[0-9０-９]([-－.() 　]{0,2}[0-9０-９]){6,}[0-9０-９xX]?|"
        + @"[零〇一二三四五六七八九幺]([-－ 　]?[零〇一二三四五六七八九幺]){6,}",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻苏潘葛范彭郎鲁韦马方俞任袁柳史唐费薛雷贺倪汤罗毕郝安常于傅"
        + @"齐康伍余顾孟黄穆萧尹姚邵汪毛狄戴宋庞熊纪舒屈项董梁杜阮蓝闵席季江童郭梅林徐邱骆高夏蔡田胡凌霍万卢莫房丁邓洪石崔龚程裴陆翁侯段刘詹"
        + @"叶白赖谭温庄瞿阎曾欧趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴華謝鄒蘇範魯馬湯羅畢齊顧黃蕭龐紀項藍閔駱萬盧鄧龔陸劉葉賴譚溫莊閻歐]"
        + @"[一-龥]{0,2}(?=先生|女士|小姐|太太|师傅|師傅|经理|經理|主任|队长|隊長|总(?![是共会之量])|老师|老師|阿姨|医生|律师)",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ChineseName();

    [GeneratedRegex(@"(我叫|姓名[:：]?|联系人[:：]?|聯絡人[:：]?|業主姓名[:：]?)\s*[一-龥]{2,4}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ToldName();

    [GeneratedRegex(
        @"\b(Mr|Mrs|Ms|Miss|Dr|Madam|my name is|My name is|I am called)\.? [A-Z][a-z]+( [A-Z][a-z]+)?",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EnglishName();
}
