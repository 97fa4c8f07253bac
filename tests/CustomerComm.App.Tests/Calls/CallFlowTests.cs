using CustomerComm.App.Calls;
using CustomerComm.App.Jobs;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Calls;

/// <summary>Calls and rosters over the store.</summary>
public sealed class CallFlowTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact, Clause("4.5.2")]
    public async Task Given_a_missed_call_When_nobody_calls_back_Then_the_duty_post_hears_of_it_and_then_the_manager()
    {
        await using var app = await TestApp.StartAsync();
        await RecordAsync(app, Missed("1"));
        await app.SweepAsync();
        Assert.Single(app.Sms.Sent, m => m.To == TestCompany.HyDuty.Phone.Value
            && m.Text.Contains(TestCompany.ResidentPhone, StringComparison.Ordinal));
        app.Time.Advance(TimeSpan.FromMinutes(16));
        await app.SweepAsync();
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.HyDuty.Phone.Value
            && m.Text.StartsWith("逾期", StringComparison.Ordinal));
        app.Time.Advance(TimeSpan.FromHours(3));
        await app.SweepAsync();
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.HyManager.Phone.Value
            && m.Text.StartsWith("逾期上报", StringComparison.Ordinal));
        Assert.All(app.Sms.Sent, m => Assert.InRange(SmsText.Segments(m.Text), 1, 2));
    }

    [Theory, Clause("4.5.2")]
    [InlineData(CallWay.In, false)]
    [InlineData(CallWay.Out, false)]
    [InlineData(CallWay.In, true)]
    [InlineData(CallWay.Out, true)]
    public async Task Given_a_missed_call_When_both_speak_in_another_call_Then_it_is_met_in_whichever_order_they_come(
        CallWay way, bool lateRecord)
    {
        await using var app = await TestApp.StartAsync();
        var missed = Missed("1");
        var spoken = Answered("2") with { Way = way, StartedAt = missed.StartedAt.AddMinutes(4) };
        await RecordAsync(app, lateRecord ? spoken : missed);
        await app.SweepAsync();
        await RecordAsync(app, lateRecord ? missed : spoken);
        await app.SweepAsync();
        var calls = app.Get<CallKind>();
        var call = (await calls.LoadAsync(calls.StreamOfSource("1"), Ct))!.State;
        Assert.False(call.Open);
        Assert.Equal(spoken.StartedAt, call.Returned!.At);
        var owed = await app.Get<ITables>().Of<ObligationRow>().QueryAsync("unit:HY:Office", null, null, 10, null, Ct);
        Assert.DoesNotContain(owed.Rows, r => r.Kind == "CallBack");
        var register = await app.Get<RegisterKind>().FindAsync(
            new RegisterKey(TestCompany.HY, new PostId("office"), "2026-03"), Ct);
        Assert.All(register!.Entries, e => Assert.NotEmpty(e.Answers));
    }

    [Fact, Clause("4.5.2")]
    public async Task Given_calls_that_do_not_speak_for_it_When_recorded_Then_the_call_back_stays_owed()
    {
        await using var app = await TestApp.StartAsync();
        var missed = Missed("1");
        await RecordAsync(app, missed);
        await RecordAsync(app, Answered("2") with { Other = TestCompany.Phone(52) });
        await RecordAsync(app, Answered("3") with { StartedAt = missed.StartedAt.AddMinutes(-1) });
        await RecordAsync(app, Missed("4") with { Way = CallWay.Out });
        await RecordAsync(app, Answered("5") with { Community = TestCompany.JX });
        await app.SweepAsync();
        var calls = app.Get<CallKind>();
        Assert.True((await calls.LoadAsync(calls.StreamOfSource("1"), Ct))!.State.Open);
    }

    [Theory, Clause("4.5.2")]
    [InlineData(2)]
    [InlineData(90)]
    [InlineData(99)]
    public async Task Given_staff_or_an_own_number_calls_When_missed_Then_nothing_is_owed_or_entered(int phone)
    {
        await using var app = await TestApp.StartAsync();
        var call = await RecordAsync(app, Missed("1") with { Other = TestCompany.Phone(phone) });
        await app.SweepAsync();
        Assert.True(call.Recorded.Internal);
        Assert.False(call.Open);
        Assert.Null(await app.Get<RegisterKind>().FindAsync(
            new RegisterKey(TestCompany.HY, new PostId("office"), "2026-03"), Ct));
    }

    [Fact]
    public async Task Given_a_call_was_taken_When_it_comes_again_Then_it_is_one_and_another_content_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        await RecordAsync(app, Missed("1"));
        await RecordAsync(app, Missed("1"));
        await app.SweepAsync();
        Assert.Single(app.Sms.Sent);
        Assert.IsType<MatterResult<Call>.Reused>(await app.Get<CallKind>().RecordAsync(
            Missed("1") with { Rings = 9 }, new Actor.System(), Ct));
    }

    [Fact, Clause("4.5.2")]
    public async Task Given_a_month_of_calls_When_counted_Then_the_share_within_three_rings_is_right()
    {
        await using var app = await TestApp.StartAsync();
        await RecordAsync(app, Answered("1") with { Rings = 3 });
        await RecordAsync(app, Answered("2") with { Rings = 4 });
        await RecordAsync(app, Answered("3") with { Rings = null, SecondsToAnswer = 10 });
        await RecordAsync(app, Answered("4") with { Rings = null, SecondsToAnswer = null });
        await RecordAsync(app, Missed("5") with { Other = TestCompany.Phone(53) });
        await RecordAsync(app, Answered("6") with { Way = CallWay.Out });
        await RecordAsync(app, Answered("7") with { StartedAt = TestCompany.Time("2026-02-28 23:59") });
        await app.SweepAsync();
        var report = await app.Get<CallFigures>().MonthAsync(TestCompany.HY, 2026, 3, Ct);
        Assert.Equal((5, 4, 2, 1, 1, 1), (
            report.Calls, report.Answered, report.InTime, report.Unknown, report.Missed, report.Owed));
        Assert.Equal(0.5, report.Share);
        var run = await app.Get<JobRunner>().RunAsync("call-figures", null, null, Ct);
        Assert.Equal(4, run.Done);
        var row = await app.Get<ITables>().Of<CallMonthRow>().GetAsync("HY", "2026-03", Ct);
        Assert.Equal((5, 0.5), (row!.Calls, row.Share));
        Assert.Equal(1, (await app.Get<ITables>().Of<CallMonthRow>().GetAsync("HY", "2026-02", Ct))!.Calls);
    }

    [Fact, Clause("4.5.2")]
    public async Task Given_no_rosters_When_the_job_runs_twice_Then_each_manager_hears_of_it_once()
    {
        await using var app = await TestApp.StartAsync();
        await app.Get<JobRunner>().RunAsync("duty-roster", null, null, Ct);
        await app.Get<JobRunner>().RunAsync("duty-roster", null, null, Ct);
        await app.SweepAsync();
        Assert.Equal(
            [TestCompany.HyManager.Phone.Value, TestCompany.JxManager.Phone.Value],
            app.Sms.Sent.Select(m => m.To).Order(StringComparer.Ordinal));
        Assert.All(app.Sms.Sent, m => Assert.InRange(SmsText.Segments(m.Text), 1, 2));
    }

    [Fact, Clause("4.5.2")]
    public async Task Given_a_roster_When_something_comes_in_Then_whoever_is_on_duty_then_is_told()
    {
        await using var app = await TestApp.StartAsync();
        await CoverAsync(app);
        await app.SweepAsync();
        app.Sms.Sent.Clear();
        await RecordAsync(app, Missed("1"));
        await app.SweepAsync();
        Assert.Equal(TestCompany.HyManager.Phone.Value, Assert.Single(app.Sms.Sent).To);
        app.Time.SetUtcNow(TestCompany.Time("2026-03-02 21:00"));
        app.Sms.Sent.Clear();
        await RecordAsync(app, Missed("2") with { StartedAt = app.Time.Now(), Other = TestCompany.Phone(53) });
        await app.OpenAsync("电梯坏了", category: null);
        await app.SweepAsync();
        var night = app.Sms.Sent.Where(m => !m.Text.StartsWith("逾期", StringComparison.Ordinal)).Select(m => m.To).ToList();
        Assert.Equal(2, night.Count(to => to == TestCompany.HyGuard.Phone.Value));
        Assert.DoesNotContain(TestCompany.HyManager.Phone.Value, night);
    }

    [Fact, Clause("4.5.2")]
    public async Task Given_a_gap_is_found_When_it_is_filled_Then_the_duty_is_met_and_its_step_is_in_its_own_month()
    {
        await using var app = await TestApp.StartAsync();
        var rosters = app.Get<RosterKind>();
        await CoverAsync(app);
        app.Time.SetUtcNow(TestCompany.Time("2026-04-10 09:00"));
        await rosters.ChangeAsync(
            TestCompany.HY, new RosterCommand.ExcuseShift(2, new(2026, 4, 14)), TestCompany.HyManager, null, Ct);
        await app.SweepAsync();
        var list = await app.Get<ITables>().Of<ObligationRow>().QueryAsync("staff:s-hy-manager", null, null, 10, null, Ct);
        Assert.Equal(["2026-04-14", "2026-04-15"], list.Rows.Select(r => r.Subject).Order(StringComparer.Ordinal));
        await rosters.ChangeAsync(
            TestCompany.HY, new RosterCommand.AddExtra(new(2026, 4, 14), new(20, 0), new(8, 0), TestCompany.HyDuty.Id),
            TestCompany.HyManager, null, Ct);
        await app.SweepAsync();
        Assert.Empty(
            (await app.Get<ITables>().Of<ObligationRow>().QueryAsync("staff:s-hy-manager", null, null, 10, null, Ct)).Rows);
        var steps = (await app.Get<ITables>().Of<StepRow>().QueryAsync("HY-2026-04", null, null, 50, null, Ct)).Rows;
        Assert.Equal(2, steps.Count(s => s is { Step: "CoverDuty", Late: false, DoneAt: not null }));
    }

    private static async Task CoverAsync(TestApp app)
    {
        var rosters = app.Get<RosterKind>();
        foreach (var (from, to, who) in new[]
        {
            (8, 20, TestCompany.HyManager), (20, 8, TestCompany.HyGuard),
        })
        {
            Assert.IsType<MatterResult<Roster>.Done>(await rosters.ChangeAsync(
                TestCompany.HY,
                new RosterCommand.AddShift(
                    [.. Enum.GetValues<DayOfWeek>()], new TimeOnly(from, 0), new TimeOnly(to, 0), who.Id, new(2026, 3, 2)),
                TestCompany.HyManager, null, Ct));
        }
    }

    private static CallReport Missed(string id) => Answered(id) with
    {
        AnsweredBy = null,
        Seconds = null,
        Missed = true,
        Rings = 8,
        StartedAt = TestApp.Start.AddMinutes(-1),
    };

    private static CallReport Answered(string id) => new(
        id, TestCompany.HY, CallWay.In, TestCompany.ResidentPhone, TestApp.Start.AddMinutes(-1), 2, null,
        TestCompany.HyDuty.Id, 60, Missed: false, Internal: false);

    private static async Task<Call> RecordAsync(TestApp app, CallReport report) =>
        Assert.IsType<MatterResult<Call>.Done>(
            await app.Get<CallKind>().RecordAsync(report, new Actor.System(), Ct)).Matter.State;
}
