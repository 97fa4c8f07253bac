using CsCheck;

namespace CustomerComm.Domain.Tests.Directory;

/// <summary>A home is found in every spelling, and never in place of another.</summary>
public sealed class RoomsTests
{
    private static readonly CommunityId s_community = TestCompany.HY;

    private static readonly string[] s_numerals = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

    private static readonly Gen<(int Building, int Entrance, int Door)> s_home =
        Gen.Select(Gen.Int[1, 99], Gen.Int[1, 9], Gen.Select(Gen.Int[1, 33], Gen.Int[1, 12], (f, d) => (f * 100) + d));

    [Theory]
    [InlineData("2栋1单元201")]
    [InlineData("2号楼1单元201室")]
    [InlineData("2#1-201")]
    [InlineData("02-01-0201")]
    [InlineData("２－１－２０１")]
    [InlineData("2—1—201")]
    [InlineData("2.1.201")]
    [InlineData("2 - 1 - 201")]
    [InlineData("2棟1單元201室")]
    [InlineData("二号楼一单元二〇一")]
    [InlineData("二號樓一單元二零一室")]
    [InlineData("两栋幺单元二洞幺")]
    [InlineData("二栋一单元二百零一")]
    [InlineData("2幢1门201")]
    [InlineData("2楼1单元201")]
    [InlineData("2栋1单元2楼201")]
    [InlineData("第2栋第1单元201号")]
    [InlineData("2号1单元201")]
    [InlineData("2-1单元201")]
    [InlineData("2-1-201室")]
    [InlineData("201室，2栋1单元")]
    [InlineData("和园2栋1单元201")]
    [InlineData("HY 2-1-201")]
    [InlineData("Building 2, Unit 1, Room 201")]
    [InlineData("Rm201, Unit 1, Bldg 2")]
    [InlineData("apt 201 entrance 1 block 2")]
    [InlineData("我家在2栋1单元201")]
    [InlineData("房号：2-1-201")]
    [InlineData("I live at 2-1-201")]
    public void Case_20_Given_a_spelling_When_looked_up_Then_the_home_is_found(string room) =>
        Assert.Equal("2-1-201", Homes("2-1-201", "2-1-202", "21-2-01", "12-1-201").FindHome(s_community, room)?.Room.Value);

    [Theory]
    [InlineData("03-1-0502", "3-1-502")]
    [InlineData("B-1203", "B座1203")]
    [InlineData("B座1203", "b座 １２０３室")]
    [InlineData("2-12B", "Flat 12B Tower 2")]
    [InlineData("2-12B", "Flat B, 12/F, Tower 2")]
    [InlineData("2-12B", "12th floor flat B tower 2")]
    [InlineData("2-12B", "2座12樓B室")]
    [InlineData("A-5-1", "Block A #05-01")]
    [InlineData("Blk A #05-01", "block a 5-1")]
    [InlineData("B2-101", "b02栋101")]
    [InlineData("12-301", "12号301室")]
    [InlineData("东区3-1-502", "东区3栋1单元502")]
    [InlineData("一期2-1-201", "1期2栋1单元201")]
    [InlineData("Phase 1, 2-1-201", "一期二栋一单元201")]
    public void Given_another_form_on_file_When_looked_up_Then_the_home_is_found(string onFile, string room) =>
        Assert.Equal(onFile, Homes(onFile, "9-9-999").FindHome(s_community, room)?.Room.Value);

    [Theory]
    [InlineData("2-1-201", "21-201")]
    [InlineData("2-1-201", "2-11-201")]
    [InlineData("2-1-201", "2栋201")]
    [InlineData("2-1-201", "201")]
    [InlineData("2-1-201", "2-1")]
    [InlineData("2-1-201", "2-1-2010")]
    [InlineData("2-1-201", "A2-1-201")]
    [InlineData("2-1-201", "东区2-1-201")]
    [InlineData("东区2-1-201", "西区2-1-201")]
    [InlineData("2-1-201", "二期2-1-201")]
    [InlineData("1-12B", "11-2B")]
    [InlineData("2-1-201", "商铺2-1-201")]
    [InlineData("2-1-201", "1栋2单元201")]
    public void Given_another_home_When_looked_up_Then_nothing_is_found(string onFile, string room) =>
        Assert.Null(Homes(onFile).FindHome(s_community, room));

    [Fact]
    public void Given_two_homes_of_one_form_When_looked_up_Then_only_their_own_spelling_finds_them()
    {
        var homes = Homes("2-1-201", "02-01-0201");
        Assert.Equal("02-01-0201", homes.FindHome(s_community, "02-01-0201")?.Room.Value);
        Assert.Null(homes.FindHome(s_community, "2栋1单元201"));
    }

    [Fact]
    public void Given_any_home_When_spelt_in_any_way_Then_it_is_the_same_form() =>
        s_home.Sample(h =>
        {
            var form = Rooms.FormOf($"{h.Building}-{h.Entrance}-{h.Door}");
            foreach (var spelling in Spellings(h))
                Assert.Equal((spelling, form), (spelling, Rooms.FormOf(spelling)));
        });

    [Fact]
    public void Given_two_homes_When_spelt_in_any_way_Then_they_are_never_taken_for_each_other() =>
        Gen.Select(s_home, s_home).Where((a, b) => a != b).Sample((a, b) =>
        {
            var form = Rooms.FormOf($"{a.Building}-{a.Entrance}-{a.Door}");
            Assert.DoesNotContain(Spellings(b), s => Rooms.FormOf(s) == form);
        });

    [Fact]
    public void Given_any_text_When_read_Then_nothing_is_thrown_and_nothing_is_lost() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123栋单元室号楼#-. ABf/第二十百我住，floorunit"], 0, 60]).Sample(text =>
        {
            _ = Rooms.FormOf(text, "和园", "HY");
            var (room, more) = Rooms.In(text);
            var kept = (room ?? "") + (more ?? "");
            Assert.All(text.Where(char.IsAsciiDigit).Distinct(), d => Assert.Contains(d, kept));
        });

    [Theory]
    [InlineData("我住3-1-502，下午在家", "3-1-502", "下午在家")]
    [InlineData("手机，２栋１单元１０１", "２栋１单元１０１", null)]
    [InlineData("我住3-1-502，电话就是打过来这个", "3-1-502", "电话就是打过来这个")]
    [InlineData("东区3-1-502", "东区3-1-502", null)]
    [InlineData("my number is", null, null)]
    [InlineData("东门岗亭旁边", null, "东门岗亭旁边")]
    public void Given_an_answer_When_read_Then_the_room_is_told_from_the_rest(string text, string? room, string? more)
    {
        var read = Rooms.In(text);
        Assert.Equal(room, read.Room);
        if (more is null)
            Assert.Null(read.More);
        else
            Assert.Contains(more, read.More, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Spellings((int Building, int Entrance, int Door) h)
    {
        var (b, e, d) = h;
        yield return $"{b:D2}-{e:D2}-{d:D4}";
        yield return $"{b}栋{e}单元{d}";
        yield return $"{b}号楼{e}单元{d}室";
        yield return $"{b}#{e}-{d}";
        yield return $"{b}.{e}.{d}";
        yield return $"{b}—{e}—{d}";
        yield return $"{b}幢 {e}门 {d}号";
        yield return $"Room {d}, Unit {e}, Building {b}";
        yield return Wide($"{b}-{e}-{d}");
        yield return $"{Digits(b)}号楼{Digits(e)}单元{Digits(d)}";
    }

    private static string Wide(string text) =>
        string.Concat(text.Select(c => c is >= '!' and <= '~' ? (char)(c + 0xFEE0) : c));

    private static string Digits(int number) =>
        string.Concat($"{number}".Select(c => s_numerals[c - '0']));

    private static CompanyDirectory Homes(params string[] rooms)
    {
        var known = TestCompany.Directory;
        return new CompanyDirectory(
            known.Company, known.Communities, known.Staff,
            rooms.Select(r => new Home(s_community, new Room(r), [])));
    }
}
