using CustomerComm.Domain.Orders;
using static CustomerComm.Domain.Tests.Orders.OrderLife;

namespace CustomerComm.Domain.Tests.Orders;

/// <summary>The life of an order: who may do what, when, and what changes by it.</summary>
[Clause("4.2.4")]
public sealed class OrderTests
{
    [Theory]
    [InlineData(Category.Equipment, Severity.Ordinary, "s-eng-duty", "2026-03-05 09:00")]
    [InlineData(Category.Cleaning, Severity.Ordinary, "s-hy-duty", "2026-03-05 09:00")]
    [InlineData(Category.CivilWorks, Severity.Urgent, "s-eng-duty", "2026-03-02 13:00")]
    public void Given_a_repair_When_opened_Then_it_has_worker_and_time_at_once(
        Category category, Severity severity, string worker, string due)
    {
        var life = Opened(Repair() with { Category = category, Severity = severity });
        Assert.Equal(OrderStage.Assigned, life.State.Stage);
        Assert.Equal(worker, life.State.Worker!.Value.Value);
        Assert.Equal(TestCompany.Time(due), life.State.Due);
        Assert.Equal(
            [ObligationKind.AcceptOrder, ObligationKind.CarryOutOrder], OrderMatter.Owed(life.State).Select(o => o.Kind));
    }

    [Fact]
    public void Given_a_paid_service_When_price_or_date_is_missing_or_a_resident_opens_it_Then_it_is_refused()
    {
        var service = Repair() with { Kind = OrderType.Service };
        var at = TestCompany.Time("2026-03-04 15:00");
        Assert.Equal("price", new OrderLife().Refused(service with { WantedBy = at }, By(TestCompany.HyDuty)).Field);
        Assert.Equal("wantedBy", new OrderLife().Refused(service with { Price = "80元" }, By(TestCompany.HyDuty)).Field);
        var whole = service with { Price = "80元", WantedBy = at };
        Assert.Equal(RefusalCode.NotYours, new OrderLife().Refused(whole, TheResident).Code);
        var life = new OrderLife();
        life.Must(whole, By(TestCompany.HyDuty));
        Assert.Equal(at, life.State.Due);
    }

    [Theory]
    [InlineData("", "2026-03-04 15:00", "text")]
    [InlineData("x", "2026-03-01 15:00", "wantedBy")]
    [InlineData("x", "2027-03-01 15:00", "wantedBy")]
    public void Given_a_bad_field_When_opened_Then_it_is_named(string text, string wanted, string field) => Assert.Equal(
        field, new OrderLife().Refused(Repair(text) with { WantedBy = TestCompany.Time(wanted) }, TheResident).Field);

    [Fact]
    public void Given_a_staff_phone_When_opened_Then_it_is_refused_for_staff_would_get_the_link_to_sign() => Assert.Equal(
        "phone", new OrderLife().Refused(
            Repair(contact: new Contact(null, new Personal(TestCompany.Engineer.Phone.Value), null, null)), TheResident).Field);

    [Fact]
    public void Given_it_is_assigned_When_others_accept_Then_only_the_worker_can()
    {
        var life = Opened();
        Assert.Equal(RefusalCode.NotYours, life.Refused(new OrderCommand.Accept(), By(TestCompany.OtherEngineer)).Code);
        Assert.Equal(RefusalCode.NotYours, life.Refused(new OrderCommand.Accept(), TheResident).Code);
        life.Must(new OrderCommand.Accept(), By(TestCompany.Engineer));
        Assert.Empty(life.Must(new OrderCommand.Accept(), By(TestCompany.Engineer)));
        Assert.Equal(OrderStage.InProgress, life.State.Stage);
    }

    [Fact]
    public void Given_the_worker_gives_it_back_When_nobody_has_it_Then_the_unit_owes_a_worker_and_the_time_stays()
    {
        var life = Opened();
        var due = life.State.Due;
        life.Must(new OrderCommand.Decline("今天休息"), By(TestCompany.Engineer));
        Assert.Null(life.State.Worker);
        Assert.Contains(OrderMatter.Owed(life.State), o => o.Kind == ObligationKind.Assign && o.Owner == Party.Of(Unit.Engineering));
        life.Must(new OrderCommand.Assign(TestCompany.OtherEngineer.Id, null), By(TestCompany.EngineeringHead));
        Assert.Equal(TestCompany.OtherEngineer.Id, life.State.Worker);
        Assert.Equal(due, life.State.Due);
    }

    [Fact]
    public void Given_progress_is_told_Then_the_resident_reads_it()
    {
        var life = InProgress();
        var told = Assert.Single(life.Must(new OrderCommand.TellProgress("配件已订，明早到"), By(TestCompany.Engineer)));
        var message = Assert.Single(OrderMatter.Messages(told, life.State, life.Rules));
        Assert.Equal(("OrderProgress", "o"), (message.Template, message.Link));
        Assert.IsType<Recipient.Resident>(message.To);
        Assert.Equal(
            RefusalCode.NotYours, life.Refused(new OrderCommand.TellProgress("x"), By(TestCompany.Accountant)).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_an_amendment_When_the_resident_answers_Then_only_consent_changes_the_terms(bool agreed)
    {
        var life = InProgress();
        var (due, moved) = (life.State.Due, life.State.Due.AddDays(2));
        life.Must(new OrderCommand.ProposeAmendment("加收120元", moved, "更换整个龙头", "阀体已裂"), By(TestCompany.Engineer));
        Assert.Equal((due, null, 0), (life.State.Due, life.State.Price, life.State.Scope.Count));
        Assert.Contains(OrderMatter.Owed(life.State), o => o.Kind == ObligationKind.AgreeAmendment);
        life.Must(new OrderCommand.AnswerAmendment(1, agreed, Channel.Sms, null), TheResident);
        Assert.Equal(agreed ? moved : due, life.State.Due);
        Assert.Equal(agreed ? "加收120元" : null, life.State.Price?.Value);
        Assert.Equal(agreed ? 1 : 0, life.State.Scope.Count);
        Assert.DoesNotContain(OrderMatter.Owed(life.State), o => o.Kind == ObligationKind.AgreeAmendment);
    }

    [Fact]
    public void Given_an_amendment_waits_When_staff_agree_or_go_on_Then_the_old_terms_stay()
    {
        var life = InProgress();
        life.Must(new OrderCommand.ProposeAmendment("加收120元", null, null, "阀体已裂"), By(TestCompany.Engineer));
        var yes = new OrderCommand.AnswerAmendment(1, true, Channel.Phone, null);
        Assert.Equal(RefusalCode.ResidentOnly, life.Refused(yes, By(TestCompany.Engineer)).Code);
        Assert.Equal(RefusalCode.ResidentOnly, life.Refused(yes, By(TestCompany.HyManager)).Code);
        Assert.Equal(RefusalCode.NotYet, life.Refused(new OrderCommand.Finish("好了"), By(TestCompany.Engineer)).Code);
        Assert.Equal(RefusalCode.WrongStage, life.Refused(yes with { No = 2 }, TheResident).Code);
        life.Must(new OrderCommand.WithdrawAmendment(), By(TestCompany.Engineer));
        Assert.Equal(RefusalCode.WrongStage, life.Refused(yes, TheResident).Code);
        life.Must(new OrderCommand.Finish("好了"), By(TestCompany.Engineer));
        Assert.Null(life.State.Price);
    }

    [Fact]
    public void Given_a_resident_without_phone_and_chat_When_they_answer_in_person_Then_another_than_the_proposer_notes_it()
    {
        var life = InProgress(Repair(contact: new Contact(null, null, new Personal("9-9-9"), null)));
        life.Must(new OrderCommand.ProposeAmendment("加收120元", null, null, "阀体已裂"), By(TestCompany.Engineer));
        var yes = new OrderCommand.AnswerAmendment(1, true, Channel.WalkIn, null);
        Assert.Equal(RefusalCode.OwnWork, life.Refused(yes, By(TestCompany.Engineer)).Code);
        life.Must(yes, By(TestCompany.HyDuty));
        Assert.Equal("加收120元", life.State.Price?.Value);
    }

    [Fact]
    public void Given_its_time_passed_Then_it_becomes_one_complaint_and_only_the_system_says_so()
    {
        var life = InProgress();
        Assert.Empty(life.Must(new OrderCommand.RecordLate(), OrderLife.System));
        life.Now = life.State.Due;
        Assert.Equal(RefusalCode.NotYours, life.Refused(new OrderCommand.RecordLate(), By(TestCompany.HyManager)).Code);
        life.Must(new OrderCommand.RecordLate(), OrderLife.System);
        Assert.Equal([OrderCause.Late], life.State.Owing);
        Assert.Empty(life.Must(new OrderCommand.RecordLate(), OrderLife.System));
        life.Must(
            new OrderCommand.LinkComplaint(OrderCause.Late, new MatterNumber(TestCompany.HY, "", 2026, 7)), OrderLife.System);
        Assert.Empty(life.State.Owing);
        Assert.True(life.State.Open);
        Assert.Empty(life.Must(new OrderCommand.LinkComplaint(OrderCause.Late, null), OrderLife.System));
    }

    [Fact]
    public void Given_it_is_late_and_nobody_looked_When_it_is_finished_Then_it_was_late_all_the_same()
    {
        var life = InProgress();
        life.Now = life.State.Due.AddMinutes(1);
        life.Must(new OrderCommand.Finish("好了"), By(TestCompany.Engineer));
        Assert.True(life.State.WasLate);
        Assert.Equal([OrderCause.Late], life.State.Owing);
    }

    [Fact]
    public void Given_the_company_refuses_Then_it_becomes_a_complaint_and_only_a_head_can()
    {
        var life = Opened();
        Assert.Equal(RefusalCode.NotYours, life.Refused(new OrderCommand.RefuseOrder("不归我们"), By(TestCompany.Engineer)).Code);
        life.Must(new OrderCommand.RefuseOrder("不归我们"), By(TestCompany.EngineeringHead));
        Assert.Equal(OrderOutcome.Refused, life.State.Outcome);
        Assert.Equal([OrderCause.Refused], life.State.Owing);
        Assert.Empty(OrderMatter.Owed(life.State));
    }

    [Fact]
    public void Given_the_resident_cancels_Then_it_is_no_complaint_and_staff_cannot_in_their_place()
    {
        var life = Opened();
        Assert.Equal(RefusalCode.ResidentOnly, life.Refused(new OrderCommand.Cancel(Channel.Phone, null), By(TestCompany.HyDuty)).Code);
        life.Must(new OrderCommand.Cancel(Channel.Sms, null), TheResident);
        Assert.Empty(life.Must(new OrderCommand.Cancel(Channel.Sms, null), TheResident));
        Assert.Equal((OrderOutcome.Cancelled, 0), (life.State.Outcome, life.State.Owing.Count));
        Assert.Equal(RefusalCode.Closed, life.Refused(new OrderCommand.Accept(), By(TestCompany.Engineer)).Code);
    }

    [Theory]
    [InlineData("s-hy-duty", true)]
    [InlineData("s-jx-duty", false)]
    [InlineData("s-eng-other", true)]
    [InlineData("s-fin-duty", false)]
    [InlineData("s-qua-duty", true)]
    [InlineData("s-leader", true)]
    public void Given_an_order_of_engineering_Then_those_concerned_see_it(string staff, bool sees) => Assert.Equal(
        sees, Opened().State.MaySee(TestCompany.Directory.Find(new StaffId(staff))!));
}
