using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Policies;
using static CustomerComm.Domain.Tests.Orders.OrderLife;

namespace CustomerComm.Domain.Tests.Orders;

/// <summary>The evaluation with signature, and its honest other outcomes.</summary>
[Clause("3.3"), Clause("4.6.2-4")]
public sealed partial class EvaluationTests
{
    [Fact]
    public void Given_it_is_done_Then_the_link_goes_to_the_residents_phone_and_the_text_holds_the_terms()
    {
        var life = InProgress();
        life.Must(new OrderCommand.ProposeAmendment("加收120元", null, "换龙头", "阀体已裂"), By(TestCompany.Engineer));
        life.Must(new OrderCommand.AnswerAmendment(1, true, Channel.Http, null), TheResident);
        var events = life.Must(new OrderCommand.Finish("龙头已换"), By(TestCompany.Engineer));
        var request = Assert.IsType<OrderEvent.EvaluationRequested>(events[^1]);
        var message = Assert.Single(OrderMatter.Messages(request, life.State, life.Rules));
        Assert.Equal(("OrderPleaseEvaluate", "e", 1), (message.Template, message.Link, message.Issue));
        var to = Assert.IsType<Recipient.Resident>(message.To);
        Assert.Equal(TestCompany.ResidentPhone, to.Phone?.Value);
        var text = life.State.Request!.Text.Value;
        Assert.All(["HY-W-2026-000012", "换龙头", "加收120元", "龙头已换"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal(Check.HashOf(text), life.State.Request.TextHash);
    }

    [Fact]
    public void Given_the_link_When_the_resident_signs_Then_it_closes_and_the_same_again_changes_nothing()
    {
        var life = Done();
        var sign = life.Signing(4, 5);
        life.Must(sign, TheResident);
        Assert.Equal(OrderOutcome.Evaluated, life.State.Outcome);
        Assert.Equal(new Judgement(4, 5, Solved: true), life.State.Evaluation!.Judgement);
        Assert.Empty(life.State.Owing);
        Assert.Empty(life.Must(sign, TheResident));
        Assert.Equal(RefusalCode.Closed, life.Refused(sign with { TokenHash = "another" }, TheResident).Code);
    }

    [Fact]
    public void Given_any_member_of_staff_When_they_sign_with_the_very_link_Then_they_cannot()
    {
        var life = Done();
        foreach (var member in TestCompany.Staff)
            Assert.Equal(RefusalCode.ResidentOnly, life.Refused(life.Signing(), By(member)).Code);
        Assert.Equal(RefusalCode.ResidentOnly, life.Refused(life.Signing(), OrderLife.System).Code);
    }

    [Fact]
    public void Given_an_old_wrong_or_expired_link_or_another_text_When_signed_Then_it_is_refused()
    {
        var life = Done();
        var sign = life.Signing();
        Assert.Equal(RefusalCode.LinkInvalid, life.Refused(sign with { Issue = 2 }, TheResident).Code);
        Assert.Equal(RefusalCode.LinkInvalid, life.Refused(sign with { Issue = 0 }, TheResident).Code);
        Assert.Equal(RefusalCode.TextChanged, life.Refused(sign with { TextHash = "other" }, TheResident).Code);
        Assert.Equal("quality", life.Refused(sign with { Quality = 6 }, TheResident).Field);
        Assert.Equal("attitude", life.Refused(sign with { Attitude = 0 }, TheResident).Field);
        Assert.Equal("signature", life.Refused(sign with { Mark = "" }, TheResident).Field);
        life.Pass(TimeSpan.FromDays(15));
        Assert.Equal(RefusalCode.LinkInvalid, life.Refused(life.Signing(), TheResident).Code);
        life.Must(new OrderCommand.RequestEvaluation(), OrderLife.System);
        Assert.Equal(RefusalCode.LinkInvalid, life.Refused(sign, TheResident).Code);
        life.Must(life.Signing(), TheResident);
    }

    [Theory]
    [InlineData(2, 5, true)]
    [InlineData(5, 1, true)]
    [InlineData(3, 3, false)]
    public void Given_marks_When_signed_Then_only_a_bad_one_becomes_a_complaint(int quality, int attitude, bool complaint)
    {
        var life = Done();
        life.Must(life.Signing(quality, attitude), TheResident);
        Assert.Equal(complaint ? [OrderCause.BadEvaluation] : [], life.State.Owing);
    }

    [Fact]
    public void Given_it_is_not_accepted_When_refused_Then_it_is_done_again_and_the_second_time_a_complaint()
    {
        var life = Done();
        life.Must(new OrderCommand.RefuseEvaluation(life.State.Request!.Issue, "还在漏", Complains: false), TheResident);
        Assert.Equal((OrderStage.InProgress, 1), (life.State.Stage, life.State.Reopened));
        Assert.True(life.State.Due > life.Now);
        life.Must(new OrderCommand.Finish("又换了一次"), By(TestCompany.Engineer));
        Assert.Equal(2, life.State.Request!.Issue);
        life.Must(new OrderCommand.RefuseEvaluation(2, "还在漏", Complains: false), TheResident);
        Assert.Equal(OrderOutcome.Disputed, life.State.Outcome);
        Assert.Equal([OrderCause.NotContent], life.State.Owing);
    }

    [Fact]
    public void Given_the_resident_complains_instead_Then_it_closes_as_a_complaint()
    {
        var life = Done();
        life.Must(new OrderCommand.RefuseEvaluation(1, "态度恶劣", Complains: true), TheResident);
        Assert.Equal(OrderOutcome.Disputed, life.State.Outcome);
        Assert.Equal([OrderCause.NotContent], life.State.Owing);
    }

    [Fact]
    public void Given_nobody_answers_When_reminded_Then_by_the_same_link_five_times_and_by_a_new_one_once_it_has_died()
    {
        var life = Done();
        var (first, expires) = (life.Signing(), life.State.Request!.Expires);
        Assert.Empty(life.Must(new OrderCommand.RequestEvaluation(), OrderLife.System));
        for (var reminder = 1; reminder <= 5; reminder++)
        {
            Assert.Equal(TestCompany.Rules.Due(life.Now, new Limit(1, TimeUnit.WorkingDays)), life.State.Request.RemindAt);
            life.Now = life.State.Request.RemindAt!.Value;
            var again = Assert.IsType<OrderEvent.EvaluationRequested>(
                Assert.Single(life.Must(new OrderCommand.RequestEvaluation(), OrderLife.System)));
            Assert.Equal((1, expires), (again.Issue, again.Expires));
            Assert.Equal("OrderEvaluateReminder", OrderMatter.Messages(again, life.State, life.Rules).Single().Template);
        }

        Assert.Equal(expires, life.State.Request.RemindAt);
        life.Now = expires.AddMinutes(-1);
        Assert.Empty(life.Must(new OrderCommand.RequestEvaluation(), OrderLife.System));
        Assert.Empty(life.Must(new OrderCommand.RequestEvaluation(), TheResident));
        life.Now = expires;
        Assert.Equal(RefusalCode.LinkInvalid, life.Refused(first, TheResident).Code);
        life.Must(new OrderCommand.RequestEvaluation(), OrderLife.System);
        Assert.Equal((2, life.State.Request.Expires), (life.State.Request.Issue, life.State.Request.RemindAt));
        life.Must(life.Signing(), TheResident);
    }

    [Fact]
    public void Given_too_few_attempts_When_unreachable_is_asked_for_Then_refused_and_with_enough_the_head_decides()
    {
        var life = Done();
        Assert.Equal(RefusalCode.AttemptsMissing, life.Refused(new OrderCommand.ProposeUnreachable(), By(TestCompany.Engineer)).Code);
        life.Must(new OrderCommand.RecordAttempt(Channel.Phone, "无人接听"), By(TestCompany.Engineer));
        life.Pass(TimeSpan.FromDays(1));
        life.Must(new OrderCommand.RecordAttempt(Channel.Phone, "无人接听"), By(TestCompany.Engineer));
        life.Pass(TimeSpan.FromDays(2));
        life.Must(new OrderCommand.RecordAttempt(Channel.WalkIn, "敲门无人"), By(TestCompany.Engineer));
        life.Must(new OrderCommand.ProposeUnreachable(), By(TestCompany.Engineer));
        Assert.Equal(ObligationKind.DecideUnreachable, Assert.Single(OrderMatter.Owed(life.State)).Kind);
        var yes = new OrderCommand.DecideUnreachable(true, null);
        Assert.Equal(RefusalCode.NotYours, life.Refused(yes, By(TestCompany.Engineer)).Code);
        life.Must(yes, By(TestCompany.EngineeringHead));
        Assert.Equal(OrderOutcome.Unreachable, life.State.Outcome);
    }

    [Fact]
    public void Given_a_form_on_paper_When_entered_Then_it_counts_only_after_quality_confirmed_it()
    {
        var life = Done(Repair(contact: Contact.None));
        Assert.Equal(0, life.State.Request!.Issue);
        Assert.Empty(life.Must(new OrderCommand.RequestEvaluation(), OrderLife.System));
        life.Must(new OrderCommand.AttachPaper("data:scan", 5, 4, null), By(TestCompany.Engineer));
        Assert.True(life.State.Open);
        Assert.Equal(RefusalCode.NotYours, life.Refused(new OrderCommand.DecideSignature(true, "已核实"), By(TestCompany.Engineer)).Code);
        life.Must(new OrderCommand.DecideSignature(false, "住户说没签过"), By(TestCompany.Inspector));
        Assert.Null(life.State.Evaluation);
        life.Must(new OrderCommand.AttachPaper("data:scan2", 5, 4, null), By(TestCompany.Engineer));
        life.Must(new OrderCommand.DecideSignature(true, "已核实"), By(TestCompany.Inspector));
        Assert.Equal((OrderOutcome.Evaluated, SignatureWay.Paper), (life.State.Outcome, life.State.Evaluation!.Way));
    }

    [Fact]
    public void Given_chat_alone_Then_the_link_goes_to_the_chat()
    {
        var life = Done(Repair(contact: new Contact(null, null, null, "chat-1")));
        var message = Assert.Single(OrderMatter.Messages(life.Events[^1], life.State, life.Rules));
        Assert.Equal("chat-1", Assert.IsType<Recipient.Resident>(message.To).Conversation);
    }
}
