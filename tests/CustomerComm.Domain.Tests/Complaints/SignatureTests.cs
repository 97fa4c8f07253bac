namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>The resident's signature and its honest other outcomes.</summary>
[Clause("4.6.2-4")]
public sealed class SignatureTests
{
    [Fact]
    public void Given_the_link_and_the_text_When_the_resident_signs_Then_the_case_is_completed()
    {
        var scenario = ComplaintScenario.Signed();
        var signature = scenario.State.Signature!;
        Assert.Equal(SignatureWay.Drawn, signature.Way);
        Assert.Equal(Check.HashOf(ComplaintScenario.Done), signature.TextHash);
        Assert.Equal(scenario.Now, scenario.State.SignedAt);
        Assert.Null(scenario.State.Request);
    }

    public static TheoryData<int, string, int, RefusalCode> Forgeries => new()
    {
        { 2, ComplaintScenario.Done, 5, RefusalCode.LinkInvalid },
        { 0, ComplaintScenario.Done, 5, RefusalCode.LinkInvalid },
        { 1, "另一段话", 5, RefusalCode.TextChanged },
        { 1, ComplaintScenario.Done, 0, RefusalCode.BadField },
        { 1, ComplaintScenario.Done, 6, RefusalCode.BadField },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void Given_a_wrong_link_text_or_score_When_signed_Then_it_is_refused(
        int issue, string text, int satisfaction, RefusalCode code) =>
        ComplaintScenario.Resolved().Refuse(
            ComplaintScenario.Resident, ComplaintScenario.Sign(issue, text, satisfaction), code);

    [Fact]
    public void Given_the_real_token_When_staff_or_the_system_sign_or_refuse_Then_it_is_refused()
    {
        var scenario = ComplaintScenario.Resolved();
        foreach (var member in TestCompany.Staff)
        {
            scenario.Refuse(member, ComplaintScenario.Sign(), RefusalCode.ResidentOnly)
                .Refuse(member, Commands.Refusal(), RefusalCode.ResidentOnly);
        }

        scenario.Refuse(ComplaintScenario.System, ComplaintScenario.Sign(), RefusalCode.ResidentOnly);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void Given_the_link_expires_When_it_is_used_Then_only_before(int seconds, bool good)
    {
        var scenario = ComplaintScenario.Resolved();
        scenario.At(scenario.State.Request!.Expires.AddSeconds(seconds));
        if (good)
            scenario.Do(ComplaintScenario.Resident, ComplaintScenario.Sign());
        else
            scenario.Refuse(ComplaintScenario.Resident, ComplaintScenario.Sign(), RefusalCode.LinkInvalid);
    }

    [Fact]
    public void Given_the_link_expired_When_the_resident_is_reminded_Then_a_new_one_comes_and_the_old_one_is_refused()
    {
        var scenario = ComplaintScenario.Resolved();
        scenario.At(scenario.State.Request!.Expires)
            .Do(ComplaintScenario.System, new ComplaintCommand.RequestSignature())
            .Refuse(ComplaintScenario.Resident, ComplaintScenario.Sign(), RefusalCode.LinkInvalid)
            .Do(ComplaintScenario.Resident, ComplaintScenario.Sign(2));
    }

    [Fact]
    public void Given_a_signature_When_the_same_link_is_used_again_Then_nothing_more_happens() =>
        ComplaintScenario.Signed()
            .Unchanged(ComplaintScenario.Resident, ComplaintScenario.Sign())
            .Refuse(ComplaintScenario.Resident, Commands.Refusal(), RefusalCode.LinkInvalid)
            .Refuse(TestCompany.Engineer, ComplaintScenario.Sign(), RefusalCode.ResidentOnly);

    [Fact]
    public void Given_the_resident_refuses_When_opened_again_Then_the_old_link_is_dead_and_a_new_round_begins()
    {
        var scenario = ComplaintScenario.Resolved().Do(ComplaintScenario.Resident, Commands.Refusal());
        Assert.Equal(Stage.InProgress, scenario.State.Stage);
        Assert.Equal(2, scenario.State.Round);
        Assert.Equal(Party.Of(TestCompany.Engineer.Id), scenario.Owed(ObligationKind.Resolve).Owner);
        Assert.True(scenario.State.ResolveDue > scenario.Now);

        scenario.Refuse(ComplaintScenario.Resident, ComplaintScenario.Sign(), RefusalCode.LinkInvalid)
            .Resolve()
            .Refuse(ComplaintScenario.Resident, ComplaintScenario.Sign(), RefusalCode.LinkInvalid)
            .Do(ComplaintScenario.Resident, ComplaintScenario.Sign(2));
    }

    [Fact]
    [Clause("4.6.1-3")]
    public void Given_the_resident_refuses_twice_Then_it_goes_to_the_leader()
    {
        var scenario = ComplaintScenario.Resolved().Do(ComplaintScenario.Resident, Commands.Refusal());
        Assert.False(scenario.Owes(ObligationKind.Instruct));
        scenario.Resolve().Do(ComplaintScenario.Resident, Commands.Refusal(2));

        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.Instruct).Owner);
        scenario.Refuse(TestCompany.Engineer, new ComplaintCommand.Resolve("又修"), RefusalCode.NotYet);
    }

    [Theory]
    [InlineData("0 Phone, 3 WalkIn", RefusalCode.AttemptsMissing)]
    [InlineData("0 Phone, 0 Letter, 3 WalkIn", RefusalCode.AttemptsMissing)]
    [InlineData("0 Phone, 1 Phone, 3 Phone", RefusalCode.AttemptsMissing)]
    [InlineData("0 Phone, 1 WalkIn, 2 Phone", RefusalCode.AttemptsMissing)]
    [InlineData("0 Phone, 1 WalkIn, 3 Phone", null)]
    public void Given_attempts_When_unreachable_is_proposed_Then_it_needs_three_on_different_days_on_two_channels(
        string attempts, RefusalCode? code)
    {
        var scenario = ComplaintScenario.Resolved();
        var start = scenario.Now;
        foreach (var attempt in attempts.Split(", "))
        {
            scenario.At(start.AddDays(attempt[0] - '0')).Do(
                TestCompany.Engineer, Commands.Attempt(Enum.Parse<Channel>(attempt[2..])));
            // Reminders that go out by themselves are no attempt.
            scenario.Remind();
        }

        var propose = new ComplaintCommand.ProposeUnreachable();
        if (code is { } refused)
            scenario.Refuse(TestCompany.Engineer, propose, refused);
        else
            scenario.Do(TestCompany.Engineer, propose);
    }

    [Fact]
    public void Given_unreachable_is_proposed_Then_the_manager_decides_and_nobody_who_handled_it()
    {
        var decide = new ComplaintCommand.DecideUnreachable(Approved: true, "属实");
        var scenario = Commands.Unreachable();
        Assert.Equal(Party.Of(TestCompany.EngineeringHead.Id), scenario.Owed(ObligationKind.DecideUnreachable).Owner);

        scenario.Refuse(TestCompany.Engineer, decide, RefusalCode.NotYours)
            .Do(TestCompany.EngineeringHead, decide);
        Assert.True(scenario.State.WasUnreachable);
        Assert.Equal(Stage.Completed, scenario.State.Stage);
        Assert.Null(scenario.State.Signature);
    }

    [Fact]
    public void Given_the_head_handled_it_When_unreachable_is_proposed_Then_the_leader_decides()
    {
        var scenario = ComplaintScenario.Assigned()
            .Do(TestCompany.HyDuty, Commands.Assign("s-eng-head"))
            .Do(TestCompany.EngineeringHead, new ComplaintCommand.Accept()).Resolve()
            .Do(TestCompany.EngineeringHead, Commands.Attempt(Channel.Phone)).After(TimeSpan.FromDays(1))
            .Do(TestCompany.EngineeringHead, Commands.Attempt(Channel.Phone)).After(TimeSpan.FromDays(2))
            .Do(TestCompany.EngineeringHead, Commands.Attempt(Channel.WalkIn))
            .Do(TestCompany.EngineeringHead, new ComplaintCommand.ProposeUnreachable());
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.DecideUnreachable).Owner);
        scenario.Do(TestCompany.Leader, new ComplaintCommand.DecideUnreachable(Approved: true, ""));
    }

    [Fact]
    public void Given_the_manager_who_must_decide_left_Then_the_leader_decides()
    {
        var scenario = Commands.Unreachable();
        var successor = TestCompany.EngineeringHead with { Id = new StaffId("s-eng-new") };
        var before = TestCompany.DirectoryWithout();
        scenario.Rules = TestCompany.RulesWith(directory: new CompanyDirectory(
            before.Company, before.Communities,
            before.Staff.Where(m => m.Id != TestCompany.EngineeringHead.Id).Append(successor), before.Homes));
        scenario.Do(TestCompany.Leader, new ComplaintCommand.DecideUnreachable(Approved: true, ""));
    }

    [Fact]
    public void Given_the_manager_does_not_agree_Then_the_signature_is_owed_again_with_a_new_time()
    {
        var scenario = Commands.Unreachable();
        scenario.Do(TestCompany.EngineeringHead, new ComplaintCommand.DecideUnreachable(Approved: false, "再上门一次"));
        Assert.True(scenario.Owed(ObligationKind.ObtainSignature).Due > scenario.Now);
        scenario.Refuse(
            TestCompany.EngineeringHead, new ComplaintCommand.DecideUnreachable(Approved: true, ""),
            RefusalCode.WrongStage);
    }

    [Fact]
    public void Given_unreachable_waits_When_the_resident_signs_after_all_Then_the_signature_counts()
    {
        var scenario = Commands.Unreachable().Do(ComplaintScenario.Resident, ComplaintScenario.Sign());
        Assert.NotNull(scenario.State.Signature);
        Assert.False(scenario.State.WasUnreachable);
        scenario.Refuse(
            TestCompany.EngineeringHead, new ComplaintCommand.DecideUnreachable(Approved: true, ""),
            RefusalCode.WrongStage);
    }

    [Fact]
    public void Given_a_signature_on_paper_When_quality_confirms_it_by_a_call_Then_the_case_is_completed()
    {
        var confirm = new ComplaintCommand.DecideSignature(Confirmed: true, "电话核实");
        var scenario = Commands.OnPaper();
        Assert.Equal(Party.Of(Unit.Quality), scenario.Owed(ObligationKind.ConfirmSignature).Owner);

        scenario.Refuse(TestCompany.EngineeringHead, confirm, RefusalCode.NotYours)
            .Do(TestCompany.Inspector, confirm);
        Assert.Equal(SignatureWay.Paper, scenario.State.Signature!.Way);
        Assert.Equal(Check.HashOf("scan"), scenario.State.Signature.TokenHash);
        scenario.Refuse(TestCompany.Inspector, confirm, RefusalCode.WrongStage);
    }

    [Fact]
    public void Given_a_signature_on_paper_When_quality_does_not_confirm_it_Then_a_signature_is_owed_again()
    {
        var scenario = Commands.OnPaper()
            .Do(TestCompany.Inspector, new ComplaintCommand.DecideSignature(Confirmed: false, "业主说没签过"));
        Assert.Equal(Stage.Resolved, scenario.State.Stage);
        Assert.True(scenario.Owes(ObligationKind.ObtainSignature));
    }

    [Fact]
    public void Given_paper_and_unreachable_Then_only_one_of_them_can_complete_the_case()
    {
        Commands.TriedEnough().Do(TestCompany.Engineer, new ComplaintCommand.AttachPaper("scan", 4))
            .Refuse(TestCompany.Engineer, new ComplaintCommand.ProposeUnreachable(), RefusalCode.WrongStage);

        var scenario = Commands.Unreachable().Do(TestCompany.Engineer, new ComplaintCommand.AttachPaper("scan", 4));
        Assert.True(scenario.Owes(ObligationKind.ConfirmSignature));
        Assert.False(scenario.Owes(ObligationKind.DecideUnreachable));
    }

    [Theory]
    [InlineData(true, true, Channel.Sms)]
    [InlineData(true, false, Channel.Sms)]
    [InlineData(false, true, Channel.Chat)]
    [InlineData(false, false, null)]
    public void Given_ways_to_reach_the_resident_Then_the_link_goes_to_their_phone_else_their_chat(
        bool phone, bool chat, Channel? channel)
    {
        var contact = new Contact(
            null, phone ? new Personal(TestCompany.ResidentPhone) : null, new Personal("3-1-502"),
            chat ? "conversation-1" : null);
        var scenario = new ComplaintScenario()
            .Do(ComplaintScenario.System, ComplaintScenario.Intake(confirmed: true) with { Contact = contact })
            .Do(TestCompany.Engineer, new ComplaintCommand.Resolve(ComplaintScenario.Done));
        Assert.Equal(channel, Signing.WayTo(contact));
        Assert.Equal(channel is null ? 0 : 1, scenario.State.Request!.Issue);

        scenario.Remind();
        Assert.Equal(channel is null ? 0 : 2, scenario.State.Request.Asked);
        if (channel is { } way)
            Assert.Equal(way, scenario.State.Request.By);
    }

    [Fact]
    public void Given_the_phone_was_erased_When_it_is_resolved_Then_only_paper_is_left()
    {
        var contact = new Contact(null, new Personal(Personal.Erased), null, null);
        var scenario = new ComplaintScenario()
            .Do(ComplaintScenario.System, ComplaintScenario.Intake(confirmed: true) with { Contact = contact })
            .Do(TestCompany.Engineer, new ComplaintCommand.Resolve(ComplaintScenario.Done)).Remind();
        Assert.Equal(0, scenario.State.Request!.Issue);
        Assert.Empty(scenario.State.Request.Attempts);
    }

    [Fact]
    public void Given_the_phone_of_staff_When_a_complaint_is_received_Then_it_is_refused() =>
        new ComplaintScenario().Refuse(
            TestCompany.HyDuty, ComplaintScenario.Intake(phone: TestCompany.HyGuard.Phone.Value), RefusalCode.BadField);
}
