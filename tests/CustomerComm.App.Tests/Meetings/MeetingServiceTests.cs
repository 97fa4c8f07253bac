using CustomerComm.App.Jobs;
using CustomerComm.App.Matters;
using CustomerComm.App.Meetings;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Meetings;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Tests.Meetings;

/// <summary>Meetings with the owners' committee from the reminder to the last action (4.5.5).</summary>
[Clause("4.5.5")]
public sealed class MeetingServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_no_meeting_was_held_When_the_job_runs_twice_or_late_Then_each_office_is_reminded_once()
    {
        await using var app = await StartAsync();
        for (var i = 0; i < 2; i++)
        {
            await RunAsync(app, new DateOnly(2026, 3, 1));
            await app.SweepAsync();
        }

        Assert.Equal(
            [TestCompany.HyDuty.Phone.Value, TestCompany.JxDuty.Phone.Value],
            app.Sms.Sent.Select(m => m.To).Order(StringComparer.Ordinal));
        // The next month it is still under way, so nobody is reminded of another.
        await RunAsync(app, new DateOnly(2026, 4, 1));
        await app.SweepAsync();
        Assert.Equal(2, app.Sms.Sent.Count);
        Assert.Equal("HY-M202603", Assert.Single(await app.Get<MeetingKind>().ListAsync(TestCompany.HY, Ct)).Number);
    }

    [Fact]
    public async Task Given_a_meeting_When_held_and_carried_out_Then_everybody_is_told_and_it_is_sought_again_in_time()
    {
        await using var app = await StartAsync();
        var planned = await app.Get<MeetingKind>().PlanAsync(
            TestCompany.HY, TestApp.Start.AddHours(5), "管理处", "车位", TestCompany.HyManager, "key", Ct);
        var meeting = Assert.IsType<MatterResult<Meeting>.Done>(planned).Matter;
        await app.SweepAsync();
        Assert.Equal(2, app.Sms.Sent.Count(m => m.Text.Contains("管理处", StringComparison.Ordinal)));
        app.Time.Advance(TimeSpan.FromHours(6));
        await DoAsync(app, meeting, new MeetingCommand.Hold(
            TestApp.Start.AddHours(5), "管理处", [new Attendee(new Personal("王芳"), AttendeeRole.Committee)],
            [("王芳", "希望增加车位")]));
        await DoAsync(app, meeting, new MeetingCommand.Agree(
            "划出六个车位", TestCompany.Engineer.Id, app.Time.GetUtcNow().AddDays(3)));
        await DoAsync(app, meeting, new MeetingCommand.SendMinutes());
        await app.SweepAsync();
        Assert.Contains("划出六个车位", Assert.Single(app.Sms.Sent, m => m.To == TestCompany.Engineer.Phone.Value).Text,
            StringComparison.Ordinal);
        Assert.Equal(2, app.Sms.Sent.Count(m => m.Text.Contains("https://homes.example/m/", StringComparison.Ordinal)));
        await DoAsync(app, meeting, new MeetingCommand.Finish(1, "已划线"), TestCompany.Engineer);
        await app.SweepAsync();
        Assert.Equal(2, app.Sms.Sent.Count(m => m.Text.Contains("已划线", StringComparison.Ordinal)));
        Assert.All(app.Sms.Sent, m => Assert.InRange(SmsText.Segments(m.Text), 1, 2));
        var row = Assert.Single(await app.Get<MeetingKind>().YearAsync(TestCompany.HY, 2026, Ct));
        Assert.Equal(("Done", 1, 1, 1, 0, 0, 1),
            (row.Stage, row.Owners, row.Statements, row.Actions, row.ActionsOpen, row.ActionsLate, row.MinutesSent));
        foreach (var (month, sought) in new[] { (3, false), (4, false), (5, false), (6, true) })
        {
            var found = await app.Get<MeetingKind>().SeekAsync(TestCompany.HY, new DateOnly(2026, month, 1), Ct);
            Assert.Equal(sought, found is not null);
        }
    }

    [Fact]
    public async Task Given_a_committee_is_sought_When_the_office_plans_Then_that_one_is_planned_once()
    {
        await using var app = await StartAsync();
        await RunAsync(app, new DateOnly(2026, 3, 1));
        await app.SweepAsync();
        for (var i = 0; i < 2; i++)
        {
            await app.Get<MeetingKind>().PlanAsync(
                TestCompany.HY, TestApp.Start.AddDays(2), "管理处", null, TestCompany.HyManager, "key", Ct);
            await app.SweepAsync();
        }

        var row = Assert.Single(await app.Get<MeetingKind>().ListAsync(TestCompany.HY, Ct));
        Assert.Equal(("HY-M202603", "Planned"), (row.Number, row.Stage));
        Assert.Equal(2, app.Sms.Sent.Count(m => m.Text.Contains("管理处", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Given_an_action_is_late_When_time_passes_Then_its_owner_hears_first_and_then_the_head()
    {
        await using var app = await StartAsync();
        var planned = await app.Get<MeetingKind>().PlanAsync(
            TestCompany.HY, TestApp.Start.AddHours(1), "管理处", null, TestCompany.HyManager, "key", Ct);
        var meeting = Assert.IsType<MatterResult<Meeting>.Done>(planned).Matter;
        app.Time.Advance(TimeSpan.FromHours(2));
        await DoAsync(app, meeting, new MeetingCommand.Hold(
            TestApp.Start.AddHours(1), "管理处", [new Attendee(new Personal("王芳"), AttendeeRole.Committee)],
            [("王芳", "希望增加车位")]));
        await DoAsync(app, meeting, new MeetingCommand.SendMinutes());
        await DoAsync(app, meeting, new MeetingCommand.Agree(
            "划出六个车位", TestCompany.Engineer.Id, app.Time.GetUtcNow().AddHours(3)));
        app.Time.Advance(TimeSpan.FromHours(4));
        await app.SweepAsync();
        Assert.Equal(2, app.Sms.Sent.Count(m => m.To == TestCompany.Engineer.Phone.Value));
        app.Time.Advance(TimeSpan.FromDays(1));
        await app.SweepAsync();
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.EngineeringHead.Phone.Value);
    }

    private static Task<TestApp> StartAsync()
    {
        var d = TestCompany.Directory;
        return TestApp.StartAsync(s => s.AddSingleton(new CompanyDirectory(
            d.Company, d.Communities, d.Staff, d.Homes, committee:
            [
                new CommitteeMember(
                    TestCompany.HY, "王芳", "主任", PhoneNumber.Create(TestCompany.Phone(51)), Language.Chinese),
                new CommitteeMember(
                    TestCompany.HY, "张伟", "委员", PhoneNumber.Create(TestCompany.Phone(53)), Language.English),
            ])));
    }

    private static Task<JobReport> RunAsync(TestApp app, DateOnly month) =>
        app.Get<JobRunner>().RunAsync("committee-meetings", month, null, Ct);

    private static async Task DoAsync(
        TestApp app, LoadedMatter<Meeting> meeting, MeetingCommand command, StaffMember? by = null)
    {
        var result = await app.Get<MeetingKind>().HandleAsync(
            meeting.Stream, command, new Actor.Staff(by ?? TestCompany.HyManager), null, Ct);
        Assert.IsType<MatterResult<Meeting>.Done>(result);
    }
}
