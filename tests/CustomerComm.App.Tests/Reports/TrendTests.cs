using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Reports;

/// <summary>Complaints of some months in a row by category, building and handler; problems of a month.</summary>
[Clause("1.0"), Clause("4.5.7")]
public sealed class TrendTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_cases_of_two_months_When_read_Then_each_month_and_line_has_its_count()
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync();
        await app.OpenAsync(phone: TestCompany.Phone(53));
        app.Time.SetUtcNow(TestCompany.Time("2026-04-10 09:00"));
        await app.OpenAsync();
        await app.OpenAsync("车位被占", Category.Parking);
        await app.SweepAsync();

        var report = (await app.Get<TrendReader>().ReadAsync(TestCompany.HY, 3, Unit.Leader, Ct))!;

        Assert.Equal(["2026-02", "2026-03", "2026-04"], report.Months);
        Assert.Equal([0, 2, 2], report.All.Counts);
        Assert.Equal([("Equipment", 3), ("Parking", 1)], report.Categories.Select(l => (l.Name, l.Total)));
        Assert.Equal([("3", 3), ("5", 1)], report.Buildings.Select(l => (l.Name, l.Total)));
        Assert.Equal([0, 2, 1], report.Handlers.Single(h => h.Name == TestCompany.Engineer.Id.Value).Counts);
        // The complaints of March are late in April, those of April are not.
        Assert.Equal(2, report.All.Late);
    }

    [Fact]
    public async Task Given_no_cases_or_no_such_community_Then_the_months_are_empty_or_nothing_is_told()
    {
        await using var app = await TestApp.StartAsync();
        var report = (await app.Get<TrendReader>().ReadAsync(TestCompany.HY, 12, Unit.Leader, Ct))!;
        Assert.Equal((12, 0), (report.Months.Count, report.All.Total));
        Assert.Null(await app.Get<TrendReader>().ReadAsync(new CommunityId("ZZ"), 12, Unit.Leader, Ct));
    }

    [Fact]
    public async Task Given_several_from_one_building_Then_the_months_report_names_the_concentrated_problem()
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync();
        await app.OpenAsync(phone: TestCompany.Phone(52));
        await app.OpenAsync(phone: TestCompany.Phone(53));
        await app.OpenAsync("车位被占", Category.Parking, TestCompany.Phone(53));
        await app.SweepAsync();
        var report = (await app.Get<ReportReader>().MonthAsync(TestCompany.HY, 2026, 3, Unit.Leader, Ct))!;
        Assert.Equal([new ProblemLine("Equipment", "3", 2, 0.5)], report.Problems);
    }

    [Fact]
    public async Task Given_a_row_Then_it_tells_the_building_and_never_the_room()
    {
        await using var app = await TestApp.StartAsync();
        var opened = await app.OpenAsync();
        var rows = app.Get<ComplaintKind>().RowsOf(opened).ToList();
        Assert.Equal("3", Assert.Single(rows.OfType<ComplaintRow>()).Building);
        var text = string.Join(' ', rows);
        Assert.DoesNotContain("3-1-502", text, StringComparison.Ordinal);
    }
}

/// <summary>Repeated complaints from one place, found by their place and joined with one lead.</summary>
[Clause("4.5.7")]
public sealed class RelatedCasesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_recent_cases_of_the_place_Then_only_those_of_building_category_and_time_are_proposed()
    {
        await using var app = await TestApp.StartAsync();
        var old = await app.OpenAsync();
        app.Time.Advance(TimeSpan.FromDays(29));
        var near = await app.OpenAsync(phone: TestCompany.Phone(52));
        await app.OpenAsync(phone: TestCompany.Phone(53));
        await app.OpenAsync("车位被占", Category.Parking);
        app.Time.Advance(TimeSpan.FromDays(2));
        var now = await app.OpenAsync();
        await app.SweepAsync();

        // The old one is 31 days back: outside the 30 days of the policy.
        Assert.Equal([near.Stream], await ProposedAsync(app, now));
        Assert.NotEqual(old.Stream, near.Stream);
    }

    [Fact]
    public async Task Given_a_triage_moved_the_case_to_another_category_Then_it_is_found_there_and_not_where_it_was()
    {
        await using var app = await TestApp.StartAsync();
        var moved = await app.OpenAsync();
        var lift = await app.OpenAsync(phone: TestCompany.Phone(52));
        await app.SweepAsync();
        Assert.Equal([moved.Stream], await ProposedAsync(app, lift));
        await app.DoAsync(
            moved,
            new ComplaintCommand.Triage(Nature.Complaint, Category.Cleaning, [], Severity.Ordinary, null, null),
            TestCompany.HyDuty);
        await app.SweepAsync();
        Assert.Empty(await ProposedAsync(app, lift));
        var dirt = await app.OpenAsync("楼道很脏", Category.Cleaning, TestCompany.Phone(52));
        await app.SweepAsync();
        Assert.Equal([moved.Stream], await ProposedAsync(app, dirt));
    }

    [Fact, Clause("4.6.2-4")]
    public async Task Given_joined_cases_When_the_lead_is_resolved_Then_each_resident_is_told_and_signs_on_their_own()
    {
        await using var app = await TestApp.StartAsync();
        var lead = await app.OpenAsync();
        await app.DoAsync(lead, new ComplaintCommand.Accept(), TestCompany.Engineer);
        var follower = await app.OpenAsync(phone: TestCompany.Phone(52));
        await app.SweepAsync();
        var related = app.Get<ComplaintKind>();
        var number = lead.State.Number;
        for (var i = 0; i < 2; i++)
        {
            Assert.IsType<MatterResult<Complaint>.Done>(
                await related.JoinAsync(follower, number, TestCompany.HyDuty, null, Ct));
        }

        await app.SweepAsync();
        Assert.Equal([follower.State.Number], (await app.StateAsync(lead)).Followers);
        Assert.Equal(1, Told(app, "一并处理"));

        await app.DoAsync(lead, new ComplaintCommand.Resolve("已换电机"), TestCompany.Engineer);
        await app.SweepAsync();
        await app.SweepAsync();
        Assert.Equal(1, Told(app, "合并处理"));
        var state = await app.StateAsync(follower);
        Assert.Equal(Stage.Resolved, state.LeadTold!.Stage);
        // The joined complaint is open still; resolving it asks its own resident to sign.
        Assert.True(state.Open);
        Assert.Null(state.Resolution);
        await app.DoAsync(follower, new ComplaintCommand.Resolve("已换电机"), TestCompany.Engineer);
        await app.SweepAsync();
        Assert.Equal(1, Told(app, "/s/"));
    }

    [Fact]
    public async Task Given_two_join_crosswise_Then_one_level_remains_and_nobody_leads_in_vain()
    {
        await using var app = await TestApp.StartAsync();
        var a = await app.OpenAsync();
        var b = await app.OpenAsync(phone: TestCompany.Phone(52));
        var related = app.Get<ComplaintKind>();
        Assert.IsType<MatterResult<Complaint>.Done>(
            await related.JoinAsync(a, b.State.Number, TestCompany.HyDuty, null, Ct));
        var fresh = (await app.Get<ComplaintKind>().LoadAsync(b.Stream, Ct))!;
        Assert.IsType<MatterResult<Complaint>.Refused>(
            await related.JoinAsync(fresh, a.State.Number, TestCompany.HyDuty, null, Ct));
        Assert.Empty((await app.StateAsync(a)).Followers);

        var joined = (await app.Get<ComplaintKind>().LoadAsync(a.Stream, Ct))!;
        Assert.IsType<MatterResult<Complaint>.Done>(await related.SeparateAsync(joined, TestCompany.HyDuty, null, Ct));
        Assert.Null((await app.StateAsync(a)).LeadComplaint);
        Assert.Empty((await app.StateAsync(b)).Followers);
    }

    private static int Told(TestApp app, string words) => app.Sms.Sent.Count(m =>
        m.To == TestCompany.Phone(52) && m.Text.Contains(words, StringComparison.Ordinal));

    private static async Task<List<StreamId>> ProposedAsync(TestApp app, LoadedMatter<Complaint> of)
    {
        var fresh = (await app.Get<ComplaintKind>().LoadAsync(of.Stream, Ct))!;
        var proposed = await app.Get<ComplaintKind>().ProposeAsync(fresh, TestCompany.HyDuty, Ct);
        return [.. proposed.Select(p => p.Stream)];
    }
}
