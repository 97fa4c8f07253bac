namespace CustomerComm.Domain.Tests.Outside;

/// <summary>The complaint that a work order is handled as (4.6.2-2).</summary>
[Clause("4.6.2-2")]
public sealed class OutsideComplaintTests
{
    [Theory]
    [InlineData("s-hy-duty", true)]
    [InlineData("s-qua-other", true)]
    [InlineData("s-jx-duty", false)]
    [InlineData("s-eng-duty", false)]
    [InlineData("s-leader", false)]
    public void Given_a_work_order_Then_office_and_quality_enter_it_and_nobody_else(string staff, bool may)
    {
        var by = TestCompany.Directory.Find(new StaffId(staff))!;
        var intake = ComplaintScenario.Intake() with { Outside = OutsideScenario.Delivery() };
        if (!may)
        {
            new ComplaintScenario().Refuse(by, intake, RefusalCode.NotYours);
            ComplaintScenario.InProgress().Refuse(
                by, new ComplaintCommand.TakeOutsideOrder(OutsideScenario.Delivery(), "x"), RefusalCode.NotYours);
            return;
        }

        var taken = Assert.Single(new ComplaintScenario().Do(by, intake).State.OutsideOrders);
        Assert.Equal("BJ-20260302-00017", taken.Number);
        var scenario = ComplaintScenario.InProgress().Do(
            by, new ComplaintCommand.TakeOutsideOrder(OutsideScenario.Delivery(), "x"));
        Assert.Single(scenario.State.OutsideOrders);
        scenario.Unchanged(by, new ComplaintCommand.TakeOutsideOrder(OutsideScenario.Delivery(), "again"));
    }

    [Fact]
    public void Given_a_resident_or_a_bad_number_When_entered_Then_it_is_refused()
    {
        var intake = ComplaintScenario.Intake() with { Outside = OutsideScenario.Delivery() };
        new ComplaintScenario().Refuse(ComplaintScenario.Resident, intake, RefusalCode.NotYours)
            .Refuse(
                ComplaintScenario.System, intake with { Outside = OutsideScenario.Delivery(number: "?") },
                RefusalCode.BadField);
    }

    [Fact]
    public void Given_an_order_with_later_times_than_the_policy_s_Then_quality_enters_it_and_not_the_office_that_owes_it()
    {
        var start = TestCompany.Time(ComplaintScenario.Start);
        var later = OutsideScenario.Delivery(reply: start.AddDays(60));
        var longer = OutsideScenario.Delivery(contact: start.AddDays(4));
        foreach (var delivery in new[] { later, longer })
        {
            var intake = ComplaintScenario.Intake() with { Outside = delivery };
            new ComplaintScenario().Refuse(TestCompany.HyManager, intake, RefusalCode.NotYours);
            ComplaintScenario.InProgress().Refuse(
                TestCompany.HyDuty, new ComplaintCommand.TakeOutsideOrder(delivery, "x"), RefusalCode.NotYours);
            new ComplaintScenario().Do(TestCompany.Inspector, intake);
            new ComplaintScenario().Do(ComplaintScenario.System, intake);
        }

        new ComplaintScenario().Do(TestCompany.HyDuty, ComplaintScenario.Intake() with
        {
            Outside = OutsideScenario.Delivery(contact: start.AddHours(1), reply: start.AddDays(1)),
        });
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_it_is_against_the_manager_When_their_side_attaches_an_order_Then_it_is_refused()
    {
        ComplaintScenario.InProgress(Category.AgainstManager, accused: TestCompany.HyManager, by: TestCompany.Leader)
            .Refuse(
                TestCompany.HyDuty, new ComplaintCommand.TakeOutsideOrder(OutsideScenario.Delivery(), "x"),
                RefusalCode.Accused);
    }

    [Fact]
    public void Given_the_complaint_is_closed_When_an_order_about_it_comes_Then_it_is_taken_on_all_the_same()
    {
        var scenario = ComplaintScenario.Verified().Do(
            TestCompany.HyDuty, new ComplaintCommand.TakeOutsideOrder(OutsideScenario.Delivery(), "诉求人不认可"));
        Assert.Single(scenario.State.OutsideOrders);
        Assert.Equal(Stage.Closed, scenario.State.Stage);
    }
}
