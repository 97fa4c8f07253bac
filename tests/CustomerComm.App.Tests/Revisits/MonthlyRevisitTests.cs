using CustomerComm.App.Complaints;
using CustomerComm.App.Jobs;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Revisits;
using CustomerComm.App.Tests.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Revisits;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Revisits;

/// <summary>The monthly job: whom it picks, what it sends, and that running it again does neither more nor less.</summary>
[Clause("4.5.3")]
public sealed class MonthlyRevisitTests
{
    private static readonly DateOnly s_march = new(2026, 3, 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_repairs_of_last_month_When_the_job_runs_twice_Then_each_resident_is_asked_once()
    {
        await using var app = await TestApp.StartAsync();
        await SignedOrdersAsync(app, 3);
        app.Time.SetUtcNow(TestCompany.Time("2026-04-02 09:00"));
        var report = await RunAsync(app);
        Assert.Equal(3, report.Done);
        await RunAsync(app);
        await app.SettleAsync();
        await RunAsync(app);
        await app.SettleAsync();
        Assert.Equal(3, Asked(app).Count);
        Assert.All(Asked(app), m => Assert.Contains("https://homes.example/v/HY-2026-03-", m.Text, StringComparison.Ordinal));
        Assert.All(app.Sms.Sent, m => Assert.InRange(SmsText.Segments(m.Text), 1, 2));
        var month = await app.Get<RevisitReader>().MonthAsync(TestCompany.HY, "2026-03", Ct);
        Assert.Equal((3, 3, 3, 0, 0.0), (month!.Items, month.Picked, month.Revisits, month.Signed, month.Share));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task Given_the_job_dies_in_the_middle_When_it_runs_again_Then_nobody_is_missed_or_asked_twice(int after)
    {
        await using var app = await TestApp.StartAsync();
        await SignedOrdersAsync(app, 10);
        app.Time.SetUtcNow(TestCompany.Time("2026-04-02 09:00"));
        using var cut = new CancellationTokenSource();
        var progress = new Cutting(after, cut);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            app.Get<JobRunner>().RunAsync("monthly-revisit", s_march, progress, cut.Token));
        await app.SettleAsync();
        Assert.Equal(after, Asked(app).Count);
        // Late as well: ten days on.
        app.Time.SetUtcNow(TestCompany.Time("2026-04-12 09:00"));
        var before = app.Sms.Sent.Count;
        await RunAsync(app);
        await app.SettleAsync();
        Assert.Equal(10, Asked(app).Count);
        var page = await app.Get<RevisitReader>().ListAsync(TestCompany.HY, "2026-03", 100, null, Ct);
        Assert.Equal(10, page.Rows.Count);
        Assert.True(app.Sms.Sent.Count > before);
    }

    [Fact]
    public async Task Given_items_at_the_edges_of_the_month_When_picked_Then_the_communitys_local_month_counts()
    {
        await using var app = await TestApp.StartAsync();
        // 31 March 23:59 in Shanghai is still March, one minute later is April, though both are March in UTC.
        app.Time.SetUtcNow(TestCompany.Time("2026-03-31 23:59"));
        await app.DoneAsync(OrderWorld.Request(source: "march"));
        app.Time.SetUtcNow(TestCompany.Time("2026-04-01 00:00"));
        await app.DoneAsync(OrderWorld.Request(source: "april"));
        app.Time.SetUtcNow(TestCompany.Time("2026-04-02 09:00"));
        Assert.Equal(1, (await RunAsync(app)).Done);
        app.Time.SetUtcNow(TestCompany.Time("2026-05-02 09:00"));
        Assert.Equal(1, (await app.Get<JobRunner>().RunAsync("monthly-revisit", new DateOnly(2026, 4, 1), null, Ct)).Done);
    }

    [Fact]
    public async Task Given_closed_complaints_When_picked_Then_solved_and_verified_ones_are_asked_about_in_the_month_they_closed()
    {
        await using var app = await TestApp.StartAsync();
        var closed = await ClosedComplaintAsync(app);
        var open = await app.OpenAsync("楼道灯不亮了两周，太差", Category.Equipment, TestCompany.Phone(52));
        var answered = await app.OpenAsync("撤了算了", Category.Equipment, TestCompany.Phone(53));
        Assert.IsType<MatterResult<Complaint>.Done>(await app.Get<ComplaintKind>().HandleAsync(
            answered.Stream, new ComplaintCommand.Withdraw(Channel.Sms, null), new Actor.Resident(), null, Ct));
        await app.SettleAsync();
        app.Time.SetUtcNow(TestCompany.Time("2026-05-02 09:00"));
        Assert.Equal(0, (await RunAsync(app)).Done);
        Assert.Equal(1, (await app.Get<JobRunner>().RunAsync("monthly-revisit", new DateOnly(2026, 4, 1), null, Ct)).Done);
        var revisit = await LoadAsync(app, "2026-04", closed.State.Number.ToString());
        Assert.Equal(("complaint", TestCompany.Engineer.Id), (revisit.State.Item.Matter, revisit.State.Item.Handler));
        Assert.True((await app.StateAsync(open)).Open);
    }

    [Fact]
    public async Task Given_the_resident_signs_a_bad_answer_Then_one_complaint_is_opened_and_linked()
    {
        await using var app = await TestApp.StartAsync();
        var orders = await SignedOrdersAsync(app, 1);
        app.Time.SetUtcNow(TestCompany.Time("2026-04-02 09:00"));
        await RunAsync(app);
        var revisit = await LoadAsync(app, "2026-03", orders[0].State.Number);
        var sign = new RevisitCommand.Sign(
            1, "t", revisit.State.Request.TextHash, "data:m", new Judgement(4, 1, Solved: true), "师傅态度差");
        for (var i = 0; i < 2; i++)
        {
            Assert.IsType<MatterResult<Revisit>.Done>(await app.Get<RevisitKind>().HandleAsync(
                revisit.Stream, sign, new Actor.Resident(), null, Ct));
            await app.SettleAsync();
        }

        var s = (await app.Get<RevisitKind>().LoadAsync(revisit.Stream, Ct))!.State;
        var complaint = (await app.Get<ComplaintKind>().FindAsync(s.Complaint!.Value, Ct))!.State;
        Assert.Equal((Nature.Complaint, Category.StaffAttitude), (complaint.Kind, complaint.Category));
        Assert.Contains("师傅态度差", complaint.Intake.Text.Value, StringComparison.Ordinal);
        Assert.Null(await app.Get<ComplaintKind>().FindAsync(complaint.Number with { Sequence = complaint.Number.Sequence + 1 }, Ct));
        var month = await app.Get<RevisitReader>().MonthAsync(TestCompany.HY, "2026-03", Ct);
        Assert.Equal((1, 1, 1.0), (month!.Signed, month.Bad, month.Share));
    }

    [Fact, Clause("4.6.2-4")]
    public async Task Given_the_link_went_to_a_phone_not_on_file_When_signed_Then_it_is_in_no_figure_until_quality_confirmed_it()
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.DoneAsync(OrderWorld.Request(phone: TestCompany.Phone(77)));
        app.Time.SetUtcNow(TestCompany.Time("2026-04-02 09:00"));
        await RunAsync(app);
        var revisit = await LoadAsync(app, "2026-03", order.State.Number);
        await DoAsync(
            new RevisitCommand.Sign(1, "t", revisit.State.Request.TextHash, "data:m", new Judgement(5, 5, Solved: true), null),
            new Actor.Resident());
        Assert.Equal((1, 0, 0.0, null), await FiguresAsync());
        await DoAsync(
            new RevisitCommand.DecideSignature(true, "本人确认", "王芳"), new Actor.Staff(TestCompany.Inspector));
        Assert.Equal((0, 1, 1.0, 5.0), await FiguresAsync());

        async Task DoAsync(RevisitCommand command, Actor by)
        {
            Assert.IsType<MatterResult<Revisit>.Done>(
                await app.Get<RevisitKind>().HandleAsync(revisit.Stream, command, by, null, Ct));
            await app.SettleAsync();
        }

        async Task<(int Open, int Signed, double? Share, double? Quality)> FiguresAsync()
        {
            var month = (await app.Get<RevisitReader>().MonthAsync(TestCompany.HY, "2026-03", Ct))!;
            return (month.Open, month.Signed, month.Share, month.Quality);
        }
    }

    [Fact]
    public async Task Given_a_repair_done_twice_by_different_people_When_planned_Then_neither_may_revisit_it()
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.OrderAsync();
        await app.DoAsync(order, new OrderCommand.Accept(), TestCompany.Engineer);
        await app.DoAsync(order, new OrderCommand.Assign(TestCompany.HyGuard.Id, "顶班"), TestCompany.EngineeringHead);
        await app.DoAsync(order, new OrderCommand.Finish("修好了"), TestCompany.HyGuard);
        await app.DoAsync(order, new OrderCommand.RefuseEvaluation(1, "还在漏", Complains: false), null);
        await app.DoAsync(order, new OrderCommand.Assign(TestCompany.OtherEngineer.Id, "换人"), TestCompany.HyManager);
        await app.DoAsync(order, new OrderCommand.Finish("又修了一次"), TestCompany.OtherEngineer);
        await app.SettleAsync();
        app.Time.SetUtcNow(TestCompany.Time("2026-04-02 09:00"));
        await RunAsync(app);
        var revisit = await LoadAsync(app, "2026-03", order.State.Number);
        Assert.Equal(
            [TestCompany.Engineer.Id, TestCompany.OtherEngineer.Id, TestCompany.HyGuard.Id], revisit.State.Item.Worked);
        var refused = Assert.IsType<MatterResult<Revisit>.Refused>(await app.Get<RevisitKind>().HandleAsync(
            revisit.Stream, new RevisitCommand.RecordAttempt(Channel.Phone, "无人接听"),
            new Actor.Staff(TestCompany.HyGuard), null, Ct));
        Assert.Equal(RefusalCode.OwnWork, refused.Refusal.Code);
    }

    [Fact]
    public async Task Given_nobody_answers_When_time_passes_Then_reminded_as_set_and_the_lapse_climbs()
    {
        await using var app = await TestApp.StartAsync();
        await SignedOrdersAsync(app, 1);
        app.Time.SetUtcNow(TestCompany.Time("2026-04-02 09:00"));
        await RunAsync(app);
        for (var day = 0; day < 13; day++)
        {
            app.Time.Advance(TimeSpan.FromDays(1));
            await app.SettleAsync();
            await app.SettleAsync();
        }

        Assert.Single(Asked(app));
        Assert.Equal(5, app.Sms.Sent.Count(m => m.Text.Contains("的回访还等您", StringComparison.Ordinal)));
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.HyManager.Phone.Value
            && m.Text.Contains("逾期上报", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(100, 0, 30, 30)]
    [InlineData(20, 3, 30, 9)]
    [InlineData(1, 0, 30, 3)]
    [InlineData(50, 3, 3, 3)]
    public void Given_a_policy_When_sampled_Then_share_and_least_of_each_handler_hold_and_it_picks_the_same_again(
        int percent, int least, int items, int expected)
    {
        // Three handlers, the first with most of the work.
        var rows = Enumerable.Range(0, items).Select(i => Row($"HY-W-2026-{i + 1:D6}", (i % 10) switch { 0 => "c", 1 or 2 => "b", _ => "a" })).ToList();
        var limits = new RevisitLimits { SamplePercent = percent, LeastPerHandler = least };
        var picked = RevisitSample.Pick(rows, "2026-03", limits);
        Assert.All(rows.GroupBy(r => r.Handler, StringComparer.Ordinal), g => Assert.True(
            picked.Count(p => p.Handler == g.Key) >= Math.Min(least, g.Count())));
        Assert.InRange(picked.Count, expected, expected + 3);
        rows.Reverse();
        Assert.Equal(picked.Select(p => p.RowKey), RevisitSample.Pick(rows, "2026-03", limits).Select(p => p.RowKey));
        if (percent < 50 && items > 10)
        {
            Assert.NotEqual(
                picked.Select(p => p.RowKey), RevisitSample.Pick(rows, "2026-04", limits).Select(p => p.RowKey));
        }
    }

    [Fact]
    public async Task Given_the_job_Then_it_is_about_last_month_and_runs_by_itself()
    {
        await using var app = await TestApp.StartAsync();
        var job = app.Get<JobRunner>().Jobs["monthly-revisit"];
        Assert.Equal((JobPeriod.LastMonth, "0 9 2 * *"), (job.Period, job.Schedule));
    }

    private static Task<JobReport> RunAsync(TestApp app) =>
        app.Get<JobRunner>().RunAsync("monthly-revisit", s_march, null, Ct);

    private static List<ReadyMessage> Asked(TestApp app) =>
        [.. app.Sms.Sent.Where(m => m.Text.StartsWith("回访", StringComparison.Ordinal))];

    private static async Task<LoadedMatter<Revisit>> LoadAsync(TestApp app, string month, string number) =>
        (await app.Get<RevisitKind>().LoadAsync(
            app.Get<RevisitKind>().StreamOf(TestCompany.HY, month, number), Ct))!;

    private static async Task<List<LoadedMatter<Order>>> SignedOrdersAsync(TestApp app, int count)
    {
        var orders = new List<LoadedMatter<Order>>();
        for (var i = 0; i < count; i++)
        {
            var order = await app.DoneAsync(OrderWorld.Request(source: $"o{i}"));
            var hash = (await app.StateAsync(order)).Request!.TextHash;
            await app.DoAsync(order, new OrderCommand.Evaluate(1, "t", hash, "data:m", 5, 5, null), null);
            orders.Add(order);
        }

        await app.SettleAsync();
        return orders;
    }

    [Theory]
    [InlineData(Category.AgainstManager, "经理骂人", "Leader")]
    [InlineData(Category.Equipment, "电梯坏了三天没人修", "")]
    [Clause("4.6.1-2-D"), Clause("4.5.3")]
    public async Task Given_a_complaint_against_the_manager_When_revisits_are_planned_Then_the_office_has_no_part_in_it(
        Category category, string text, string leader)
    {
        await using var app = await TestApp.StartAsync();
        var opened = await app.OpenAsync(text, category);
        await app.SettleAsync();
        var against = leader.Length > 0;
        Assert.Equal(against ? TestCompany.HyManager.Id : null, (await app.StateAsync(opened)).Accused);
        await CloseAsync(app, opened);
        app.Time.SetUtcNow(TestCompany.Time("2026-05-02 09:00"));
        await app.Get<JobRunner>().RunAsync("monthly-revisit", new DateOnly(2026, 4, 1), null, Ct);

        var stream = app.Get<RevisitKind>().StreamOf(TestCompany.HY, "2026-04", opened.State.Number.ToString());
        var revisit = (await app.Get<RevisitKind>().LoadAsync(stream, Ct))!;
        Assert.Equal(!against, revisit.State.MaySee(TestCompany.HyDuty));
        Assert.Equal(!against, revisit.State.MaySee(TestCompany.HyManager));
        Assert.Equal(
            Party.Of(against ? Unit.Quality : Unit.Office), RevisitMatter.Owed(revisit.State).First(o => o.Kind == ObligationKind.Revisit).Owner);
    }

    /// <summary>Received in March, closed in April.</summary>
    private static async Task<LoadedMatter<Complaint>> ClosedComplaintAsync(TestApp app)
    {
        var opened = await app.OpenAsync();
        await CloseAsync(app, opened);
        return opened;
    }

    private static async Task CloseAsync(TestApp app, LoadedMatter<Complaint> opened)
    {
        var handler = TestCompany.Directory.Find((await app.StateAsync(opened)).Handler!.Value)!;
        await app.DoAsync(opened, new ComplaintCommand.Resolve("电梯已修好"), handler);
        var s = await app.StateAsync(opened);
        Assert.IsType<MatterResult<Complaint>.Done>(await app.Get<ComplaintKind>().HandleAsync(
            opened.Stream,
            new ComplaintCommand.Sign(s.Request!.Issue, "token", s.Resolution!.TextHash, "data:m", 5, null),
            new Actor.Resident(), null, Ct));
        await app.DoAsync(opened, new ComplaintCommand.FollowUp(Channel.Phone, "满意", null), handler);
        await app.DoAsync(opened, new ComplaintCommand.FindRootCause("老化", "定期检查"), handler);
        await app.DoAsync(opened, new ComplaintCommand.HandOverRecords(), handler);
        await app.DoAsync(opened, new ComplaintCommand.CheckRecords(true, null), TestCompany.Inspector);
        app.Time.SetUtcNow(TestCompany.Time("2026-04-03 09:00"));
        await app.DoAsync(opened, new ComplaintCommand.Verify(true, "属实"), TestCompany.Inspector);
        await app.SettleAsync();
        Assert.Equal(Outcome.Verified, (await app.StateAsync(opened)).Outcome);
    }

    private static ClosedRow Row(string number, string handler) => new()
    {
        PartitionKey = "HY-2026-03",
        RowKey = number,
        Version = 1,
        Community = "HY",
        Month = "2026-03",
        Matter = "order",
        Stream = "order.x",
        Category = "Equipment",
        Handler = handler,
        ClosedAt = TestApp.Start,
    };

    /// <summary>Stops the run after so many items.</summary>
    private sealed class Cutting(int after, CancellationTokenSource cut) : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
            if (value.Done == after)
                cut.Cancel();
        }
    }
}
