using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Testing;

/// <summary>
/// A company of two communities for tests: HY and JX, each with an office, and the departments of both. All telephone
/// numbers are of the range reserved for fiction.
/// </summary>
public static class TestCompany
{
    /// <summary>The community most tests play in.</summary>
    public static readonly CommunityId HY = new("HY");

    /// <summary>The other community.</summary>
    public static readonly CommunityId JX = new("JX");

    /// <summary>HY's office manager.</summary>
    public static readonly StaffMember HyManager = Of("s-hy-manager", 1, Unit.Office, HY, Rank.Head);

    /// <summary>HY's duty post.</summary>
    public static readonly StaffMember HyDuty = Of("s-hy-duty", 2, Unit.Office, HY, onDuty: true);

    /// <summary>Another of HY's office.</summary>
    public static readonly StaffMember HyGuard = Of("s-hy-guard", 3, Unit.Office, HY);

    /// <summary>JX's office manager.</summary>
    public static readonly StaffMember JxManager = Of("s-jx-manager", 4, Unit.Office, JX, Rank.Head);

    /// <summary>JX's duty post.</summary>
    public static readonly StaffMember JxDuty = Of("s-jx-duty", 5, Unit.Office, JX, onDuty: true);

    /// <summary>Head of engineering.</summary>
    public static readonly StaffMember EngineeringHead = Of("s-eng-head", 6, Unit.Engineering, null, Rank.Head);

    /// <summary>Engineer on duty: gets engineering's complaints.</summary>
    public static readonly StaffMember Engineer = Of("s-eng-duty", 7, Unit.Engineering, null, onDuty: true);

    /// <summary>Another engineer.</summary>
    public static readonly StaffMember OtherEngineer = Of("s-eng-other", 8, Unit.Engineering, null);

    /// <summary>Head of finance.</summary>
    public static readonly StaffMember FinanceHead = Of("s-fin-head", 9, Unit.Finance, null, Rank.Head);

    /// <summary>Finance on duty.</summary>
    public static readonly StaffMember Accountant = Of("s-fin-duty", 10, Unit.Finance, null, onDuty: true);

    /// <summary>Head of quality.</summary>
    public static readonly StaffMember QualityHead = Of("s-qua-head", 11, Unit.Quality, null, Rank.Head);

    /// <summary>Quality on duty.</summary>
    public static readonly StaffMember Inspector = Of("s-qua-duty", 12, Unit.Quality, null, onDuty: true);

    /// <summary>Another of quality.</summary>
    public static readonly StaffMember OtherInspector = Of("s-qua-other", 13, Unit.Quality, null);

    /// <summary>The leader in charge.</summary>
    public static readonly StaffMember Leader = Of("s-leader", 14, Unit.Leader, null, Rank.Head);

    /// <summary>Who is who.</summary>
    public static CompanyDirectory Directory { get; } = DirectoryWithout();

    /// <summary>Everybody who works there.</summary>
    public static ImmutableArray<StaffMember> Staff => Directory.Staff;

    /// <summary>Phone of the resident of HY 3-1-502.</summary>
    public static string ResidentPhone => Phone(51);

    /// <summary>China's time, without clock changes.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>
    /// Monday to Saturday 8:30–12:00 and 14:00–17:30 (a day has 7 hours), three holidays, one make-up Sunday.
    /// </summary>
    public static WorkingCalendar Calendar { get; } = new(Zone, new CalendarRules
    {
        Weekly =
        [
            new(
                [
                    DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday,
                    DayOfWeek.Saturday,
                ],
                [new(new(8, 30), new(12, 0)), new(new(14, 0), new(17, 30))]),
        ],
        Holidays = [new(2026, 4, 6), new(2026, 5, 1), new(2026, 5, 2)],
        MakeUpDays = [new(2026, 4, 26)],
    });

    /// <summary>The rules most tests decide by: the default policy.</summary>
    public static Rules Rules { get; } = RulesWith();

    /// <summary>Rules with another policy or directory.</summary>
    public static Rules RulesWith(Policy? policy = null, CompanyDirectory? directory = null) =>
        new(policy ?? new Policy(), "test-1", Calendar, directory ?? Directory);

    /// <summary>The directory after some members of staff have left.</summary>
    public static CompanyDirectory DirectoryWithout(params StaffMember[] gone)
    {
        StaffMember[] all =
        [
            HyManager, HyDuty, HyGuard, JxManager, JxDuty, EngineeringHead, Engineer, OtherEngineer, FinanceHead,
            Accountant, QualityHead, Inspector, OtherInspector, Leader,
        ];
        return new CompanyDirectory(
            "Test Property Management",
            [
                new Community(HY, "和园", "Harmony Garden", "Asia/Shanghai", Phone(90)),
                new Community(JX, "锦绣", "Jinxiu Court", "Asia/Shanghai", Phone(91)),
            ],
            all.Except(gone),
            [
                Home(HY, "3-1-502", 51, "王芳"), Home(HY, "3-1-503", 52, "Mary Hill"), Home(HY, "5-2-101", 53, "张伟"),
                Home(JX, "1-1-101", 54, "刘洋"), Home(JX, "2-3-1204", 55, "陈静"),
            ]);
    }

    /// <summary>A telephone number of the range reserved for fiction; <paramref name="last"/> is 0 to 99.</summary>
    public static string Phone(int last) => string.Create(CultureInfo.InvariantCulture, $"+120255501{last:D2}");

    /// <summary>A local time in China, e.g. <c>2026-03-02 09:00</c>.</summary>
    public static DateTimeOffset Time(string local) =>
        new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static StaffMember Of(
        string id, int phone, Unit unit, CommunityId? community, Rank rank = Rank.Member, bool onDuty = false) =>
        new(new StaffId(id), id, PhoneNumber.Create(Phone(phone)), unit, community, rank, onDuty);

    private static Home Home(CommunityId community, string room, int phone, string name) =>
        new(community, new Room(room), [new Resident(name, PhoneNumber.Create(Phone(phone)), Language.Chinese)]);
}
