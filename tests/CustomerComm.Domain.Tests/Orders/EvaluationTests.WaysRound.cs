using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Policies;
using static CustomerComm.Domain.Tests.Orders.OrderLife;

namespace CustomerComm.Domain.Tests.Orders;

/// <content>What one person might try, so that work of theirs is well judged or not judged at all.</content>
public sealed partial class EvaluationTests
{
    private static readonly OrderCommand.DecideSignature s_sure = new(Confirmed: true, "住户本人评价", "王芳");

    [Theory]
    [InlineData(51, "3-1-502", true)]
    [InlineData(51, null, true)]
    [InlineData(51, "3-1-503", false)]
    [InlineData(77, "3-1-502", false)]
    [InlineData(77, "99-9-999", false)]
    [InlineData(null, null, false)]
    public void Given_a_signature_When_the_phone_is_not_of_that_home_on_file_Then_it_is_no_evaluation_before_quality_confirms(
        int? phone, string? room, bool counts)
    {
        var life = Done(Repair(contact: Of(phone is { } last ? TestCompany.Phone(last) : null, room)));
        var events = life.Must(life.Signing(), TheResident);
        Assert.Equal(counts ? OrderOutcome.Evaluated : OrderOutcome.None, life.State.Outcome);
        Assert.Equal(counts, life.State.Evaluation is not null);
        if (counts)
            return;
        var owed = Assert.Single(OrderMatter.Owed(life.State));
        Assert.Equal(
            (ObligationKind.ConfirmSignature, Party.Of(Unit.Quality), TestCompany.Rules.Due(life.Now, new Policy().ConfirmOutcome)),
            (owed.Kind, owed.Owner, owed.Due));
        Assert.Equal(
            ["SignatureToConfirm", "SignatureTaken"],
            OrderMatter.Messages(Assert.Single(events), life.State, life.Rules).Select(m => m.Template));
    }

    [Fact]
    public void Given_a_worker_opens_an_order_with_a_second_phone_of_their_own_When_they_evaluate_it_Then_only_quality_s_call_counts()
    {
        var life = Done(Mine());
        var sign = life.Signing();
        life.Must(sign, TheResident);
        // The same link once more, from an impatient thumb.
        Assert.Empty(life.Must(sign, TheResident));
        Assert.Null(life.State.Evaluation);
        foreach (var one in new[] { TestCompany.Engineer, TestCompany.EngineeringHead, TestCompany.HyDuty, TestCompany.HyManager })
            Assert.Equal(RefusalCode.NotYours, life.Refused(s_sure, By(one)).Code);
        Assert.Equal("with", life.Refused(s_sure with { With = " " }, By(TestCompany.Inspector)).Field);
        Assert.Equal("comment", life.Refused(s_sure with { Comment = "" }, By(TestCompany.Inspector)).Field);
        var events = life.Must(s_sure, By(TestCompany.Inspector));
        Assert.Equal("王芳", Assert.IsType<OrderEvent.EvaluationDecided>(events[0]).With!.Value.Value);
        Assert.Equal((OrderOutcome.Evaluated, SignatureWay.Drawn), (life.State.Outcome, life.State.Evaluation!.Way));
    }

    [Fact]
    public void Given_quality_entered_the_order_or_did_the_work_When_they_confirm_its_evaluation_Then_it_is_their_own()
    {
        var entered = Done(Mine() with { EnteredBy = TestCompany.Inspector.Id });
        entered.Must(entered.Signing(), TheResident);
        Assert.Equal(RefusalCode.OwnWork, entered.Refused(s_sure, By(TestCompany.Inspector)).Code);
        entered.Must(s_sure, By(TestCompany.OtherInspector));

        var worked = Opened(Mine());
        worked.Must(new OrderCommand.Assign(TestCompany.Inspector.Id, null), By(TestCompany.EngineeringHead));
        worked.Must(new OrderCommand.Finish("好了"), By(TestCompany.Inspector));
        worked.Must(worked.Signing(), TheResident);
        Assert.Equal(RefusalCode.OwnWork, worked.Refused(s_sure, By(TestCompany.Inspector)).Code);
        worked.Must(s_sure, By(TestCompany.OtherInspector));
    }

    [Fact]
    public void Given_quality_is_calling_When_another_form_is_put_in_its_place_Then_it_is_refused()
    {
        var life = Done(Mine());
        life.Must(life.Signing(2, 2), TheResident);
        Assert.Equal(RefusalCode.WrongStage, life.Refused(life.Signing(5, 5), TheResident).Code);
        var paper = new OrderCommand.AttachPaper("data:scan", 5, 5, null);
        Assert.Equal(RefusalCode.WrongStage, life.Refused(paper, By(TestCompany.Engineer)).Code);
        life.Must(s_sure with { Confirmed = false }, By(TestCompany.Inspector));
        life.Must(paper with { Quality = 2 }, By(TestCompany.Engineer));
        Assert.Equal(
            RefusalCode.WrongStage, life.Refused(paper with { Scan = "data:better" }, By(TestCompany.Engineer)).Code);
        Assert.Equal(RefusalCode.WrongStage, life.Refused(life.Signing(), TheResident).Code);
        Assert.Equal(RefusalCode.WrongStage, life.Refused(new OrderCommand.ProposeUnreachable(), By(TestCompany.Engineer)).Code);
    }

    [Fact]
    public void Given_nobody_of_the_home_signed_When_quality_finds_out_Then_it_is_sought_anew_and_the_leader_hears()
    {
        var life = Done(Mine());
        life.Must(life.Signing(), TheResident);
        life.Now = life.State.Request!.RemindAt!.Value;
        // Nobody is reminded of what they signed.
        Assert.Null(Signing.RemindAt(life.State.Request, life.State.Intake.Contact));
        var denied = Assert.Single(life.Must(
            new OrderCommand.DecideSignature(false, "住户说没有签过"), By(TestCompany.Inspector)));
        Assert.Equal((null, null, true), (life.State.Evaluation, life.State.Given, life.State.Open));
        var owed = Assert.Single(OrderMatter.Owed(life.State));
        Assert.Equal(
            (ObligationKind.ObtainEvaluation, TestCompany.Rules.Due(life.Now, new OrderLimits().Evaluate)), (owed.Kind, owed.Due));
        Assert.Contains(
            OrderMatter.Messages(denied, life.State, life.Rules),
            m => m is { Template: "SignatureDenied", To: Recipient.Staff { Party.Unit: Unit.Leader } });
        Assert.Equal(1, Assert.IsType<OrderEvent.EvaluationRequested>(
            Assert.Single(life.Must(new OrderCommand.RequestEvaluation(), OrderLife.System))).Issue);
    }

    [Fact]
    public void Given_a_signature_waits_When_it_is_not_accepted_after_all_Then_it_is_done_again()
    {
        var life = Done(Mine());
        life.Must(life.Signing(), TheResident);
        life.Must(new OrderCommand.RefuseEvaluation(1, "还在漏", Complains: false), TheResident);
        Assert.Equal((OrderStage.InProgress, null), (life.State.Stage, life.State.Given));
        Assert.DoesNotContain(OrderMatter.Owed(life.State), o => o.Kind == ObligationKind.ConfirmSignature);
    }

    [Theory]
    [InlineData(Channel.Sms, false)]
    [InlineData(Channel.Chat, false)]
    [InlineData(Channel.Http, false)]
    [InlineData(Channel.Company, false)]
    [InlineData(Channel.Phone, true)]
    [InlineData(Channel.WalkIn, true)]
    [InlineData(Channel.Letter, true)]
    public void Given_what_a_system_sends_When_noted_as_an_attempt_Then_it_is_none(Channel channel, bool counts)
    {
        var life = Done();
        var attempt = new OrderCommand.RecordAttempt(channel, "无人");
        if (counts)
            life.Must(attempt, By(TestCompany.Engineer));
        else
            Assert.Equal("channel", life.Refused(attempt, By(TestCompany.Engineer)).Field);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_the_head_tried_to_reach_them_or_proposed_it_When_they_decide_on_unreachable_Then_the_leader_does(bool tried)
    {
        var life = Tried(By(tried ? TestCompany.EngineeringHead : TestCompany.Engineer));
        life.Must(new OrderCommand.ProposeUnreachable(), By(tried ? TestCompany.Engineer : TestCompany.EngineeringHead));
        Assert.Equal(Party.Of(Unit.Leader), life.State.Request!.Unreachable!.DecidedBy);
        var yes = new OrderCommand.DecideUnreachable(true, null);
        Assert.Equal(RefusalCode.NotYours, life.Refused(yes, By(TestCompany.EngineeringHead)).Code);
        life.Must(yes, By(TestCompany.Leader));
        Assert.Equal(OrderOutcome.Unreachable, life.State.Outcome);
    }

    [Fact]
    public void Given_the_head_is_to_decide_on_unreachable_When_anybody_tries_again_Then_it_waits_for_the_decision()
    {
        var life = Tried(By(TestCompany.Engineer));
        life.Must(new OrderCommand.ProposeUnreachable(), By(TestCompany.Engineer));
        var attempt = new OrderCommand.RecordAttempt(Channel.Phone, "无人接听");
        Assert.Equal(RefusalCode.WrongStage, life.Refused(attempt, By(TestCompany.EngineeringHead)).Code);
        life.Must(new OrderCommand.DecideUnreachable(false, "再联系"), By(TestCompany.EngineeringHead));
        life.Must(attempt, By(TestCompany.EngineeringHead));
        Assert.Contains(TestCompany.EngineeringHead.Id, life.State.Hands);
    }

    [Fact]
    public void Given_any_member_of_staff_When_they_want_another_link_Then_they_trigger_none_and_the_resident_renews_a_dead_one()
    {
        var life = Done();
        life.Now = life.State.Request!.Expires;
        foreach (var member in TestCompany.Staff)
            Assert.Equal(RefusalCode.NotYours, life.Refused(new OrderCommand.RequestEvaluation(), By(member)).Code);
        Assert.Single(life.Must(new OrderCommand.RequestEvaluation(), TheResident));
        Assert.Equal(2, life.State.Request.Issue);
    }

    /// <summary>Opened by the worker, who gave a phone of their own as the resident's.</summary>
    private static OrderCommand.Open Mine() =>
        Repair(contact: Of(TestCompany.Phone(77), "3-1-502")) with { EnteredBy = TestCompany.Engineer.Id };

    private static Contact Of(string? phone, string? room) => new(
        null, phone is null ? null : new Personal(phone), room is null ? null : new Personal(room),
        phone is null ? "chat:1" : null);

    /// <summary>Done, and tried by one person as often as it takes.</summary>
    private static OrderLife Tried(Actor by)
    {
        var life = Done();
        life.Must(new OrderCommand.RecordAttempt(Channel.Phone, "无人接听"), by);
        life.Pass(TimeSpan.FromDays(1));
        life.Must(new OrderCommand.RecordAttempt(Channel.Phone, "无人接听"), by);
        life.Pass(TimeSpan.FromDays(2));
        life.Must(new OrderCommand.RecordAttempt(Channel.WalkIn, "敲门无人"), by);
        return life;
    }
}
