using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Policies;
using static CustomerComm.Domain.Tests.Orders.OrderLife;
using Tracking = CustomerComm.Domain.Matters.Tracking<
    CustomerComm.Domain.Orders.OrderMatter, CustomerComm.Domain.Orders.Order, CustomerComm.Domain.Orders.OrderCommand,
    CustomerComm.Domain.Orders.OrderEvent>;

namespace CustomerComm.Domain.Tests.Orders;

/// <summary>Urgent orders run by the clock, and one that reports a danger owes a complaint at once.</summary>
[Clause("4.2.4")]
public sealed class UrgentOrderTests
{
    [Theory]
    [InlineData(Severity.Ordinary, "2026-05-04 08:30", "2026-05-04 10:30")]
    [InlineData(Severity.Urgent, "2026-04-30 20:00", "2026-04-30 22:00")]
    [InlineData(Severity.Major, "2026-04-30 20:00", "2026-04-30 22:00")]
    public void Given_the_evening_before_a_holiday_When_nobody_accepts_Then_only_the_urgent_climbs_in_the_night(
        Severity severity, string due, string next)
    {
        var policy = new Policy { Orders = new OrderLimits { Accept = new(120, TimeUnit.WorkingMinutes) } };
        var life = new OrderLife
        {
            Rules = TestCompany.RulesWith(policy),
            Now = TestCompany.Time("2026-04-30 18:00"),
        };
        life.Must(Repair() with { Severity = severity }, TheResident);
        var tracked = life.Events.Aggregate(
            (Tracked<Order>?)null, (before, e) => Tracking.Add(before, e, life.Now))!;
        var accept = Assert.Single(Tracking.Owed(tracked), o => o.Kind == ObligationKind.AcceptOrder);
        if (severity == Severity.Ordinary)
        {
            // Two hours of a morning that begins at 8:30.
            Assert.Equal(TestCompany.Time(next), accept.Due);
            return;
        }

        Assert.Equal(TestCompany.Time(due), accept.Due);
        var lapsed = Assert.IsType<ObligationEvent.Lapsed>(Assert.Single(
            Tracking.Overdue(tracked, accept.Due, life.Rules)));
        Assert.Equal(TestCompany.Time(next), lapsed.AcknowledgeDue);
    }

    [Fact]
    public void Given_a_danger_in_its_words_When_opened_Then_it_is_urgent_and_owes_a_complaint_once()
    {
        var life = Opened(Repair("厨房着火了") with { Danger = true });
        Assert.Equal(Severity.Urgent, life.State.Intake.Severity);
        Assert.True(life.State.Danger);
        Assert.Equal([OrderCause.Danger], life.State.Owing);
        life.Must(new OrderCommand.LinkComplaint(OrderCause.Danger, null), OrderLife.System);
        Assert.Empty(life.State.Owing);
        life.Must(new OrderCommand.Finish("火已灭"), By(TestCompany.Engineer));
        Assert.False(life.State.Urgent);
    }
}
