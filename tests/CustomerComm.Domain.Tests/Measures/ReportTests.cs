using CustomerComm.Domain.Measures;

namespace CustomerComm.Domain.Tests.Measures;

/// <summary>What a corrective and a preventive report must say when they are filed (4.6.2-5).</summary>
[Clause("4.6.2-5")]
public sealed class ReportTests
{
    private static readonly DateTimeOffset s_due = TestCompany.Time(ComplaintScenario.Start).AddDays(10);

    [Theory]
    [InlineData(" ", "s-eng-other", 10, "")]
    [InlineData("更换", "nobody", 10, "Owner")]
    [InlineData("更换", "s-jx-duty", 10, "Owner")]
    [InlineData("更换", "s-jx-manager", 10, "Owner")]
    [InlineData("更换", "s-eng-other", 0, "Due")]
    [InlineData("更换", "s-eng-other", -1, "Due")]
    [InlineData("更换", "s-eng-other", 181, "Due")]
    public void Given_a_report_that_is_not_sound_Then_neither_is_filed_and_the_field_is_named(
        string what, string owner, int days, string part)
    {
        var scenario = ComplaintScenario.Signed(severity: Severity.Major);
        var sound = Plan(TestCompany.OtherEngineer);
        var bad = new PlannedMeasure(new Personal(what), new StaffId(owner), scenario.Now.AddDays(days));
        foreach (var (reports, field) in new[]
        {
            (new ComplaintCommand.FileReports(bad, sound), "corrective"),
            (new ComplaintCommand.FileReports(sound, bad), "preventive"),
        })
        {
            scenario.Refuse(TestCompany.Engineer, reports, RefusalCode.BadField);
            var refused = scenario.Try(new Actor.Staff(TestCompany.Engineer), reports);
            Assert.Equal(field + part, ((Decision<ComplaintEvent>.Refused)refused).Refusal.Field);
        }

        Assert.True(scenario.Owes(ObligationKind.FileReports));
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_somebody_accused_Then_neither_they_nor_those_below_own_a_measure()
    {
        var member = ComplaintScenario.Signed(severity: Severity.Major, accused: TestCompany.HyGuard);
        member.Refuse(member.Handler, Reports(TestCompany.HyGuard), RefusalCode.Accused)
            .Do(member.Handler, Reports(TestCompany.HyDuty));
        var head = ComplaintScenario.Signed(
            severity: Severity.Major, accused: TestCompany.HyManager, by: TestCompany.Leader);
        foreach (var barred in new[] { TestCompany.HyManager, TestCompany.HyDuty, TestCompany.HyGuard })
            head.Refuse(head.Handler, Reports(barred), RefusalCode.Accused);
        head.Do(head.Handler, Reports(TestCompany.Engineer));
    }

    [Fact]
    public void Given_reports_are_filed_When_they_are_filed_again_Then_nothing_changes()
    {
        ComplaintScenario.Signed(severity: Severity.Major).Do(TestCompany.Engineer, ComplaintScenario.Reports())
            .Unchanged(TestCompany.Engineer, ComplaintScenario.Reports(text: "另一份"));
    }

    [Fact]
    public void Given_the_day_that_is_furthest_Then_it_is_accepted()
    {
        var scenario = ComplaintScenario.Signed(severity: Severity.Major);
        var furthest = scenario.Rules.Due(scenario.Now, scenario.Rules.Policy.Furthest);
        scenario.Do(TestCompany.Engineer, new ComplaintCommand.FileReports(
            Plan(TestCompany.Engineer) with { Due = furthest }, Plan(TestCompany.Engineer)));
        Assert.False(scenario.Owes(ObligationKind.FileReports));
    }

    private static ComplaintCommand.FileReports Reports(StaffMember owner) =>
        new(Plan(TestCompany.Inspector), Plan(owner));

    private static PlannedMeasure Plan(StaffMember owner) => new(new Personal("更换"), owner.Id, s_due);
}
