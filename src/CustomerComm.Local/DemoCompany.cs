using CustomerComm.App.Company;
using CustomerComm.Domain;
using CustomerComm.Domain.Policies;
using static CustomerComm.App.Company.CompanyFile;

namespace CustomerComm.Local;

/// <summary>
/// An obviously invented company to try things on; its phone numbers are from a range reserved for fiction.
/// </summary>
internal static class DemoCompany
{
    private static readonly string[] s_surnames = ["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫"];

    public static CompanyFile Company { get; } = new()
    {
        Company = "演示物业公司 (Demo)",
        Region = "US",
        ComplaintLine = "+1 202-555-0100",
        Communities =
        [
            new CommunityEntry("HY", "演示花园", "Demo Garden", "Asia/Shanghai", "+1 202-555-0101",
                Outside: "演示街道办或12345热线"),
            new CommunityEntry("JX", "演示新村", "Demo Village", "Asia/Shanghai", "+1 202-555-0102",
                Outside: "演示街道办或12345热线"),
        ],
        Staff =
        [
            Of("leader", "演示领导", 10, Unit.Leader, null, head: true),
            Of("quality-head", "演示质管部经理", 11, Unit.Quality, null, head: true),
            Of("quality", "演示质管员", 12, Unit.Quality, null),
            Of("engineer", "演示工程主管", 13, Unit.Engineering, null, head: true),
            Of("finance", "演示财务主管", 14, Unit.Finance, null, head: true),
            Of("hy-manager", "演示花园主任", 15, Unit.Office, "HY", head: true),
            Of("hy-duty", "演示花园值班员", 16, Unit.Office, "HY"),
            Of("jx-manager", "演示新村主任", 17, Unit.Office, "JX", head: true),
        ],
        Homes =
        [
            .. Enumerable.Range(0, 12).Select(i => new HomeEntry(
                i < 6 ? "HY" : "JX", $"{(i % 6 / 2) + 1}-1-{(i % 2) + 1}01",
                [new ResidentEntry($"演示住户{s_surnames[i]}", Phone(50 + i))])),
        ],
        Committees =
        [
            new CommitteeEntry("HY", "演示委员甲", "业委会主任", Phone(70)),
            new CommitteeEntry("HY", "演示委员乙", "业委会委员", Phone(71)),
            new CommitteeEntry("JX", "演示委员丙", "业委会主任", Phone(72)),
        ],
    };

    /// <summary>
    /// The same company with forty homes in each community: of twelve, a survey could show nothing, as too few answers
    /// are not shown.
    /// </summary>
    public static CompanyFile Grown { get; } = Company with
    {
        Homes = [.. Company.Homes, .. More("HY", 0), .. More("JX", 40)],
    };

    public static PolicyFile Policy { get; } = new(
        new PolicyEntry(new Policy(), new CalendarRules
        {
            Weekly =
            [
                new WeeklyHours(
                    [
                        DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday,
                        DayOfWeek.Friday, DayOfWeek.Saturday,
                    ],
                    [
                        new WorkSpan(new TimeOnly(8, 30), new TimeOnly(12, 0)),
                        new WorkSpan(new TimeOnly(14, 0), new TimeOnly(17, 30)),
                    ]),
            ],
            Holidays = ChineseHolidays.Holidays,
            MakeUpDays = ChineseHolidays.MakeUpDays,
        }),
        null);

    private static StaffEntry Of(string id, string name, int phone, Unit unit, string? community, bool head = false) =>
        new(id, name, Phone(phone), unit, community, head, OnDuty: !head);

    /// <summary>What a community lacks of four buildings with five floors of two homes each.</summary>
    private static IEnumerable<HomeEntry> More(string community, int firstPhone) =>
        from i in Enumerable.Range(0, 40)
        let room = $"{(i / 10) + 1}-1-{(i % 10 / 2) + 1}0{(i % 2) + 1}"
        where !Company.Homes.Any(h => h.Community == community && h.Room == room)
        let name = $"演示住户{s_surnames[i % s_surnames.Length]}{i + 1}"
        select new HomeEntry(community, room, [new ResidentEntry(name, $"+1 212-555-01{firstPhone + i:D2}")]);

    private static string Phone(int last) => $"+1 202-555-01{last:D2}";
}
