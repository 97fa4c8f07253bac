using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Complaints;

/// <summary>
/// Whom the words of a complaint about people name: by full name, a manager also by post or by family name and title.
/// Whoever is named keeps out until the chief has looked (4.6.1-2-D).
/// </summary>
public static partial class Naming
{
    private const int ShortestName = 2;

    /// <summary>
    /// All staff who serve the community and are named, heads first. A post or title alone counts in a complaint about
    /// people: elsewhere it mostly tells whom the resident turned to.
    /// </summary>
    public static ImmutableArray<StaffId> In(
        string text, Category category, IEnumerable<Category> also, CommunityId community, CompanyDirectory directory)
    {
        Category[] concerns = [category, .. also];
        var people = concerns.Any(c => c is Category.AgainstManager or Category.StaffAttitude or Category.ServiceQuality);
        var serving = directory.Staff.Where(m => m.Community is null || m.Community == community).ToList();
        return
        [
            .. serving.Where(m => ByName(text, m) || (people && m.Rank == Rank.Head && ByPost(text, m, serving)))
                .OrderByDescending(m => m.Rank == Rank.Head).ThenBy(m => m.Id.Value, StringComparer.Ordinal)
                .Select(m => m.Id),
        ];
    }

    private static bool ByName(string text, StaffMember member) =>
        member.Name.Length >= ShortestName && text.Contains(member.Name, StringComparison.OrdinalIgnoreCase);

    private static bool ByPost(string text, StaffMember head, IReadOnlyList<StaffMember> serving) =>
        PostOf(head.Unit).IsMatch(text)
        // A family name with a title is somebody's only where one head alone has it.
        || (IsChinese(head.Name) && TitleAfter().EnumerateMatches(text) is var titles && AnyAfter(titles, text, head.Name[0])
            && serving.Count(m => m.Rank == Rank.Head && m.Name[0] == head.Name[0]) == 1);

    private static bool AnyAfter(Regex.ValueMatchEnumerator titles, string text, char family)
    {
        foreach (var title in titles)
        {
            if (text[title.Index] == family)
                return true;
        }

        return false;
    }

    private static bool IsChinese(string name) => name.Length > 0 && name[0] is >= '\u4E00' and <= '\u9FFF';

    private static Regex PostOf(Unit unit) => unit switch
    {
        Unit.Office => OfficeHead(),
        Unit.Quality => QualityHead(),
        Unit.Engineering => EngineeringHead(),
        Unit.Finance => FinanceHead(),
        Unit.Leader => LeaderPost(),
        _ => throw new InvalidOperationException($"Unknown unit {unit}."),
    };

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private const int Patience = 1_000;
    private const string Titles = "(?:的)?(?:主管|主任|经理|經理|部长|部長|负责人|負責人|领导|領導|头头|一把手|老大)";

    [GeneratedRegex(@"[\u4E00-\u9FFF](?:主任|经理|經理|主管|部长|部長|总|總|工)", Options, Patience)]
    private static partial Regex TitleAfter();

    [GeneratedRegex(
        "(?:管理处|管理處|物业|物業|小区|小區|项目部?|項目部?|服务中心|服務中心)" + Titles
        + @"|\b(?:estate|office|property|site|building) manager\b", Options, Patience)]
    private static partial Regex OfficeHead();

    [GeneratedRegex(
        "(?:质管|质检|质量|品质|質管|質檢|質量|品質)(?:部|部门|部門|科)?" + Titles
        + @"|\bhead of quality\b|\bquality (?:head|manager|director|chief)\b", Options, Patience)]
    private static partial Regex QualityHead();

    [GeneratedRegex(
        "(?:工程|维修|維修)(?:部|部门|部門|科)?" + Titles
        + @"|\bchief engineer\b|\bhead of (?:engineering|maintenance)\b|\b(?:engineering|maintenance) (?:head|manager|director|chief)\b",
        Options, Patience)]
    private static partial Regex EngineeringHead();

    [GeneratedRegex(
        "(?:财务|財務)(?:部|部门|部門|科)?" + Titles
        + @"|\bhead of (?:finance|accounts)\b|\b(?:finance|accounts) (?:head|manager|director|chief)\b", Options, Patience)]
    private static partial Regex FinanceHead();

    [GeneratedRegex(
        "分管领导|分管領導|(?:公司|集团|集團|总部|總部)(?:的)?(?:领导|領導|老总|老總|高层|高層|老板|老闆)|总经理|總經理|副总|副總|老总|老總|董事长|董事長"
        + @"|\b(?:company|group) leader\b|\bleader in charge\b|\b(?:managing |general )director\b|\bgeneral manager\b|\bCEO\b",
        Options, Patience)]
    private static partial Regex LeaderPost();
}
