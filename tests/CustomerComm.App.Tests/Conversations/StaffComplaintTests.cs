using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Tests.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>Staff who live there and complain by their own phone (4.6.2-1), and what they cannot do by it.</summary>
[Clause("4.6.2-1")]
public sealed class StaffComplaintTests
{
    private const string Words = "我家楼道的垃圾三天没人清，臭死了，投诉";

    private static readonly string s_duty = TestCompany.HyDuty.Phone.Value;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_staff_complain_by_their_own_phone_Then_it_is_theirs_and_somebody_else_gets_it()
    {
        await using var app = await TestApp.StartAsync();
        var reply = await app.TextAsync(s_duty, Words);
        var complaint = await FirstAsync(app);
        Assert.Contains(complaint.State.Number.ToString(), reply, StringComparison.Ordinal);
        var s = complaint.State;
        Assert.Equal((TestCompany.HyDuty.Id, s_duty), (s.Own, s.Intake.Contact.Phone!.Value.Value));
        Assert.Null(s.Intake.Contact.Room);
        Assert.False(Authority.MaySee(s, TestCompany.HyDuty, TestCompany.Directory));
        Assert.True(Authority.MaySee(s, TestCompany.HyGuard, TestCompany.Directory));
    }

    [Fact, Clause("4.5.4")]
    public async Task Given_their_own_complaint_When_they_handle_dismiss_or_are_given_it_Then_it_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        await app.TextAsync(s_duty, Words);
        var complaint = await FirstAsync(app);
        ComplaintCommand[] commands =
        [
            new ComplaintCommand.Triage(
                Nature.Complaint, Category.Cleaning, [], Severity.Ordinary, null, TestCompany.HyDuty.Id),
            new ComplaintCommand.Dismiss(FindingReason.NothingToHandle, "无"),
            new ComplaintCommand.Assign(TestCompany.HyDuty.Id, null),
        ];
        foreach (var command in commands)
            Assert.Equal(RefusalCode.OwnWork, await RefusedAsync(app, complaint, command, TestCompany.HyDuty));
        Assert.Equal(RefusalCode.OwnWork, await RefusedAsync(app, complaint, commands[0], TestCompany.HyManager));
        var triage = (ComplaintCommand.Triage)commands[0] with { Handler = null };
        var assigned = await app.DoAsync(complaint, triage, TestCompany.HyManager);
        Assert.NotEqual(TestCompany.HyDuty.Id, assigned.Handler);
    }

    [Theory]
    [InlineData(Channel.Http, null)]
    [InlineData(Channel.Phone, "s-hy-guard")]
    [InlineData(Channel.Sms, "s-hy-guard")]
    public async Task Given_a_phone_of_staff_When_it_is_only_named_Then_it_is_refused_as_before(
        Channel channel, string? by)
    {
        await using var app = await TestApp.StartAsync();
        var request = TestApp.Request(Words, Category.Cleaning, s_duty) with
        {
            Channel = channel,
            EnteredBy = by is null ? null : new StaffId(by),
        };
        Actor actor = by is null
            ? new Actor.Resident() : new Actor.Staff(TestCompany.Directory.Find(new StaffId(by))!);
        var result = await app.Get<Intake>().ReceiveAsync(request, actor, Ct);
        Assert.Equal("phone", Assert.IsType<MatterResult<Complaint>.Refused>(result).Refusal.Field);
    }

    [Fact, Clause("4.6.2-4")]
    public async Task Given_a_room_of_somebody_else_When_staff_complain_with_it_Then_it_does_not_become_theirs()
    {
        await using var app = await TestApp.StartAsync();
        var request = TestApp.Request(Words, Category.Cleaning, s_duty) with
        {
            Channel = Channel.Sms,
            Room = "3-1-502",
        };
        var done = Assert.IsType<MatterResult<Complaint>.Done>(
            await app.Get<Intake>().ReceiveAsync(request, new Actor.Resident(), Ct));
        Assert.Equal(
            (s_duty, (Personal?)null),
            (done.Matter.State.Intake.Contact.Phone!.Value.Value, done.Matter.State.Intake.Contact.Room));
    }

    [Theory]
    [InlineData("在吗")]
    [InlineData("好的")]
    [InlineData("1")]
    [InlineData("帮助")]
    public async Task Given_words_about_work_or_none_When_staff_write_Then_nothing_is_opened(string text)
    {
        await using var app = await TestApp.StartAsync();
        await app.TextAsync(s_duty, text);
        Assert.Null(await app.Get<ComplaintKind>().FindAsync(
            new MatterNumber(TestCompany.HY, MatterNumber.Complaint, 2026, 1), Ct));
    }

    [Fact]
    public async Task Given_a_resident_on_file_who_is_staff_When_they_complain_Then_they_are_barred_by_name()
    {
        var home = new Home(TestCompany.HY, new Room("9-1-901"), [
            new Resident(
                TestCompany.Engineer.Name, PhoneNumber.Create(TestCompany.Phone(77)), Language.Chinese,
                IsStaff: true)]);
        var directory = new CompanyDirectory(
            "x", TestCompany.Directory.Communities, TestCompany.Directory.Staff, [home]);
        await using var app = await TestApp.StartAsync(directory);
        var opened = await app.OpenAsync(phone: TestCompany.Phone(77));
        Assert.Equal(TestCompany.Engineer.Id, opened.State.Own);
        Assert.NotEqual(TestCompany.Engineer.Id, opened.State.Handler);
        Assert.Equal("9-1-901", opened.State.Intake.Contact.Room!.Value.Value);
    }

    [Fact]
    public async Task Given_their_own_complaint_When_they_write_of_its_number_Then_they_are_heard_as_residents_are()
    {
        await using var app = await TestApp.StartAsync();
        await app.TextAsync(s_duty, Words);
        var complaint = await FirstAsync(app);
        var reply = await app.TextAsync(s_duty, $"{complaint.State.Number} 进度");
        Assert.DoesNotContain("不是您的", reply, StringComparison.Ordinal);
        Assert.Contains(complaint.State.Number.ToString(), reply, StringComparison.Ordinal);
    }

    private static async Task<LoadedMatter<Complaint>> FirstAsync(TestApp app) =>
        (await app.Get<ComplaintKind>().FindAsync(
            new MatterNumber(TestCompany.HY, MatterNumber.Complaint, 2026, 1), Ct))!;

    private static async Task<RefusalCode> RefusedAsync(
        TestApp app, LoadedMatter<Complaint> of, ComplaintCommand command, StaffMember by) =>
        Assert.IsType<MatterResult<Complaint>.Refused>(await app.Get<ComplaintKind>().HandleAsync(
            of.Stream, command, new Actor.Staff(by), null, Ct)).Refusal.Code;
}
