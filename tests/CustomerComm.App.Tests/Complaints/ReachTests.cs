using CsCheck;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Tests.Complaints;

/// <summary>Whom to reach, as people write it: nothing is refused for it and nothing goes to a stranger.</summary>
public sealed class ReachTests
{
    private const string OnFile = "+8613800138001";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2栋1单元201")]
    [InlineData("2号楼1单元201室")]
    [InlineData("2#1-201")]
    [InlineData("02-01-0201")]
    [InlineData("２－１－２０１")]
    [InlineData("2—1—201")]
    [InlineData("2.1.201")]
    [InlineData("3-1-502", "+8613800138002")]
    public async Task Case_20_Given_a_room_without_phone_When_resolved_Then_the_link_goes_to_the_phone_on_file(
        string room, string phone = OnFile)
    {
        await using var app = await StartAsync();
        await ResolveAsync(app, await OpenAsync(app, null, room));
        await app.SweepAsync();
        Assert.Contains(app.Sms.Sent, m => m.To == phone && m.Text.Contains("/s/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2-1-209")]
    [InlineData("别墅区8号")]
    public async Task Case_20_Given_a_room_nobody_has_When_opened_Then_it_is_kept_and_the_office_sees_it(string room)
    {
        await using var app = await StartAsync();
        var contact = (await OpenAsync(app, null, room)).State.Intake.Contact;
        Assert.Equal((room, true), (contact.Room!.Value.Value, contact.RoomUnlisted));
    }

    [Theory]
    [InlineData("138 0013 809")]
    [InlineData("12345")]
    [InlineData("9123 4567")]
    [InlineData("8888 6677")]
    [InlineData("0912-345-678")]
    [InlineData("abc")]
    [InlineData("\u200b\ufffe")]
    public async Task Case_22_Given_no_number_there_is_When_resolved_Then_it_is_kept_as_text_and_nothing_is_sent_there(
        string phone)
    {
        await using var app = await StartAsync();
        var opened = await OpenAsync(app, phone, null);
        var contact = opened.State.Intake.Contact;
        Assert.Equal((null, true, false), (contact.Phone, contact.PhoneUnread, contact.CallsOnly));
        await ResolveAsync(app, opened);
        await app.SweepAsync();
        Assert.All(app.Sms.Sent, m => Assert.True(app.Get<CompanyDirectory>().Staff.Any(s => s.Phone.Value == m.To)));
    }

    [Theory]
    [InlineData("0571-88886677", "+8657188886677")]
    [InlineData("400-800-8820", "+864008008820")]
    [InlineData("(021) 6888 8888", "+862168888888")]
    public async Task Case_22_Given_a_number_for_calls_When_resolved_Then_the_signature_is_asked_for_on_paper_at_once(
        string phone, string number)
    {
        await using var app = await StartAsync();
        var opened = await OpenAsync(app, phone, null);
        var contact = opened.State.Intake.Contact;
        Assert.Equal((number, true, false), (contact.Phone!.Value.Value, contact.CallsOnly, contact.PhoneUnread));
        var engineer = await ResolveAsync(app, opened);
        await app.SweepAsync();
        Assert.DoesNotContain(app.Sms.Sent, m => m.To == number);
        Assert.Contains(
            app.Sms.Sent, m => m.To == engineer.Phone.Value && m.Text.Contains("纸质", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0571-88886677转802", "+8657188886677", "转802")]
    [InlineData("0571-88886677-802", "+8657188886677", "-802")]
    [InlineData("13800138000（张女士）", "+8613800138000", "张女士")]
    [InlineData("13800138000/13900139000", "+8613800138000", "13900139000")]
    [InlineData("13800138000 或 13900139000", "+8613800138000", "或 13900139000")]
    [InlineData("021-6888 8888 ext 12", "+862168888888", "ext 12")]
    [InlineData("tel:+86-138-0013-8000", "+8613800138000", "tel:")]
    [InlineData("00861380 0138000", "+8613800138000", null)]
    [InlineData("138.0013.8000", "+8613800138000", null)]
    [InlineData("１３８００１３８０００", "+8613800138000", null)]
    [InlineData("\u202a138-0013-8000\u202c", "+8613800138000", null)]
    public async Task Case_24_Given_more_than_a_number_When_opened_Then_the_first_is_used_and_the_rest_kept(
        string phone, string number, string? remark)
    {
        await using var app = await StartAsync();
        var contact = (await OpenAsync(app, phone, null)).State.Intake.Contact;
        Assert.Equal((number, remark), (contact.Phone!.Value.Value, contact.Remark?.Value));
    }

    [Theory]
    [InlineData("2026-12-05 18:00")]
    [InlineData("账单 2026120518")]
    [InlineData("330102199001011234")]
    [InlineData("3-1-502")]
    public void Given_digits_that_are_no_number_When_read_Then_none_is_found(string text) =>
        Assert.Null(new Phones("CN").Find(text));

    [Fact]
    public void Given_any_text_When_read_as_phone_Then_nothing_is_thrown_and_it_is_kept() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789-+() .转/ext（）138"], 0, 50])
            .Sample(text =>
            {
                var given = new Phones("CN").Given(text);
                Assert.True(given.Number is not null || given.Remark is not null || string.IsNullOrWhiteSpace(text)
                    || text.All(c => " ,，、;；。/／()（）".Contains(c, StringComparison.Ordinal) || char.IsWhiteSpace(c)));
            });

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        services => services.AddSingleton(new Phones("CN")),
        new CompanyDirectory(
            "Test", TestCompany.Directory.Communities, TestCompany.Directory.Staff,
            [
                Home("2-1-201", OnFile), Home("2-1-202", "+8613800138003"), Home("03-1-0502", "+8613800138002"),
            ]));

    private static Home Home(string room, string phone) => new(
        TestCompany.HY, new Room(room), [new Resident("王芳", PhoneNumber.Create(phone), Language.Chinese)]);

    private static async Task<LoadedMatter<Complaint>> OpenAsync(TestApp app, string? phone, string? room)
    {
        var result = await app.Get<Intake>().ReceiveAsync(
            TestApp.Request("电梯坏了三天没人修", Category.Equipment) with { Phone = phone, Room = room },
            new Actor.Resident(), Ct);
        return Assert.IsType<MatterResult<Complaint>.Done>(result).Matter;
    }

    private static async Task<StaffMember> ResolveAsync(TestApp app, LoadedMatter<Complaint> opened)
    {
        var engineer = app.Get<CompanyDirectory>().Find(opened.State.Handler!.Value)!;
        await app.DoAsync(opened, new ComplaintCommand.Resolve("换了新的曳引机，电梯已恢复运行。"), engineer);
        return engineer;
    }
}
