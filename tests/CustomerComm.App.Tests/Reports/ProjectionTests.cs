using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Reports;

/// <summary>Rows follow the complaints, and the report counts them.</summary>
public sealed class ProjectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_duty_is_met_When_pumped_Then_it_leaves_the_work_list()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.SweepAsync();
        Assert.Equal(["Accept", "Resolve"], await KindsAsync(app, TestCompany.Engineer));
        await app.DoAsync(complaint, new ComplaintCommand.Accept(), TestCompany.Engineer);
        await app.SweepAsync();
        Assert.Equal(["Resolve"], await KindsAsync(app, TestCompany.Engineer));
    }

    [Fact, Clause("3.2")]
    public async Task Given_one_late_and_one_open_case_When_the_month_is_read_Then_both_are_counted_by_step()
    {
        await using var app = await TestApp.StartAsync();
        var late = await app.OpenAsync();
        await app.OpenAsync("车位被占了，进不去", Category.Parking);
        app.Time.Advance(TimeSpan.FromHours(3));
        await app.SweepAsync();
        await app.DoAsync(late, new ComplaintCommand.Accept(), TestCompany.Engineer);
        await app.SweepAsync();
        var report = (await app.Get<ReportReader>().MonthAsync(TestCompany.HY, 2026, 3, Unit.Leader, Ct))!;
        Assert.Equal((2, 2, 0), (report.Received, report.Open, report.Closed));
        var accept = Assert.Single(report.Steps, s => s.Step == nameof(ObligationKind.Accept));
        Assert.Equal((2, 0, 1, 1, 1), (accept.Owed, accept.OnTime, accept.Late, accept.Standing, accept.Overdue));
        Assert.Equal(60, accept.MeanMinutesLate);
        Assert.Equal(["Engineering", "Office"], report.Departments.Select(d => d.Name).Order(StringComparer.Ordinal));
    }

    [Fact, Clause("4.6.1-2-D")]
    public async Task Given_a_complaint_against_the_manager_Then_no_report_tells_them_of_it_by_line_or_by_number()
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync("投诉主任收钱", Category.AgainstManager);
        await app.OpenAsync();
        app.Time.Advance(TimeSpan.FromDays(3));
        await app.SweepAsync();
        foreach (var (unit, all) in new[] { (Unit.Leader, 2), (Unit.Office, 1), (Unit.Quality, 1), (Unit.Engineering, 1) })
        {
            var month = (await app.Get<ReportReader>().MonthAsync(TestCompany.HY, 2026, 3, unit, Ct))!;
            Assert.Equal((all, all), (month.Received, month.Lines.Count));
            Assert.Equal(all == 2, month.Categories.Any(c => c.Name == nameof(Category.AgainstManager)));
            var items = await app.Get<ConformityReader>().ItemsAsync(
                TestCompany.HY, 2026, 3, unit, new ConformityFilter(null, null, null), null, Ct);
            Assert.Equal(all, items.Rows.Where(i => i.Matter == "complaint").Select(i => i.Number).Distinct().Count());
            var conduct = (await app.Get<ConformityReader>().MonthAsync(TestCompany.HY, 2026, 3, unit, Ct))!;
            Assert.Equal(items.Rows.Count, conduct.Total.Owed);
            var trend = (await app.Get<TrendReader>().ReadAsync(TestCompany.HY, 1, unit, Ct))!;
            Assert.Equal(all, trend.All.Total);
        }
    }

    [Fact]
    public async Task Given_a_case_at_the_turn_of_the_month_When_read_Then_the_months_are_the_communitys_own()
    {
        await using var app = await TestApp.StartAsync();
        // 31 March 23:30 in China is still 31 March 15:30 in UTC; half an hour later it is April there.
        app.Time.SetUtcNow(TestCompany.Time("2026-03-31 23:30"));
        await app.OpenAsync();
        app.Time.Advance(TimeSpan.FromMinutes(31));
        await app.OpenAsync();
        await app.SweepAsync();
        Assert.Equal(1, (await app.Get<ReportReader>().MonthAsync(TestCompany.HY, 2026, 3, Unit.Leader, Ct))!.Received);
        Assert.Equal(1, (await app.Get<ReportReader>().MonthAsync(TestCompany.HY, 2026, 4, Unit.Leader, Ct))!.Received);
    }

    private static async Task<List<string>> KindsAsync(TestApp app, StaffMember member)
    {
        var page = await app.Get<ITables>().Of<ObligationRow>().QueryAsync(
            Party.Of(member.Id).Key(TestCompany.HY), null, null, 100, null, Ct);
        return [.. page.Rows.Select(r => r.Kind).Order(StringComparer.Ordinal)];
    }
}
