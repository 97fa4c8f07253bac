namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>Whole lives of complaints, and how each may end.</summary>
public sealed class LifeTests
{
    [Fact]
    [Clause("4.6.2-1"), Clause("4.6.2-3"), Clause("4.6.2-4"), Clause("4.6.1-4"), Clause("4.6.1-5"), Clause("4.6.2-5")]
    [Clause("4.5.4")]
    public void Given_a_complaint_When_everybody_does_their_part_Then_it_is_signed_kept_verified_and_closed()
    {
        var scenario = ComplaintScenario.Received();
        Kinds(scenario, ObligationKind.Triage, ObligationKind.Resolve);
        scenario.Do(TestCompany.HyDuty, ComplaintScenario.Triage());
        Kinds(scenario, ObligationKind.Accept, ObligationKind.Resolve, ObligationKind.Cooperate);
        scenario.Cooperated();
        scenario.Do(TestCompany.Engineer, new ComplaintCommand.Accept());
        Kinds(scenario, ObligationKind.Resolve);
        scenario.At("2026-03-03 10:00").Resolve();
        Kinds(scenario, ObligationKind.ObtainSignature, ObligationKind.FollowUp, ObligationKind.HandOverRecords);
        scenario.Do(ComplaintScenario.Resident, ComplaintScenario.Sign(satisfaction: 4));
        Kinds(scenario, ObligationKind.FollowUp, ObligationKind.HandOverRecords, ObligationKind.FindRootCause,
            ObligationKind.Verify);
        scenario.At("2026-03-04 10:00").FollowedUp()
            .Do(TestCompany.Engineer, new ComplaintCommand.HandOverRecords());
        Kinds(scenario, ObligationKind.CheckRecords, ObligationKind.FindRootCause, ObligationKind.Verify);
        scenario.Do(TestCompany.Inspector, new ComplaintCommand.CheckRecords(Accepted: true, null))
            .Do(TestCompany.Engineer, new ComplaintCommand.FindRootCause("门机磨损", "每季检查"));
        Kinds(scenario, ObligationKind.Verify);
        scenario.Do(TestCompany.OtherInspector, new ComplaintCommand.Verify(Holds: true, "复查正常"));

        Assert.Equal(Outcome.Verified, scenario.State.Outcome);
        Assert.Equal(4, scenario.State.Signature!.Judgement.Satisfaction());
        Assert.All(scenario.History.Steps, s => Assert.Equal(TimeSpan.Zero, s.Late(scenario.Now)));
    }

    [Theory]
    [InlineData(Severity.Ordinary, false)]
    [InlineData(Severity.Urgent, false)]
    [InlineData(Severity.Major, true)]
    [Clause("4.6.2-5")]
    public void Given_a_severity_When_completed_Then_only_a_major_case_owes_reports(Severity severity, bool owed)
    {
        var scenario = ComplaintScenario.Signed(severity: severity);
        var reports = ComplaintScenario.Reports();

        Assert.Equal(owed, scenario.Owes(ObligationKind.FileReports));
        if (!owed)
            scenario.Refuse(TestCompany.Engineer, reports, RefusalCode.WrongStage);
        else
            scenario.Do(TestCompany.Engineer, reports);
        Assert.False(scenario.Owes(ObligationKind.FileReports));
    }

    [Fact]
    [Clause("4.5.4"), Clause("4.6.2-5"), Clause("4.6.1-4"), Clause("4.6.1-5")]
    public void Given_a_major_case_When_anything_is_missing_Then_it_cannot_be_verified()
    {
        var verify = new ComplaintCommand.Verify(Holds: true, "复查正常");
        var scenario = ComplaintScenario.Signed(severity: Severity.Major)
            .Refuse(TestCompany.Inspector, verify, RefusalCode.NotYet)
            .Refuse(TestCompany.Engineer, new ComplaintCommand.HandOverRecords(), RefusalCode.NotYet)
            .Refuse(TestCompany.Inspector, new ComplaintCommand.CheckRecords(Accepted: true, null), RefusalCode.NotYet)
            .FollowedUp().Refuse(TestCompany.Inspector, verify, RefusalCode.NotYet)
            .Do(TestCompany.Engineer, new ComplaintCommand.HandOverRecords())
            .Do(TestCompany.Inspector, new ComplaintCommand.CheckRecords(Accepted: true, null))
            .Refuse(TestCompany.Inspector, verify, RefusalCode.NotYet)
            .Do(TestCompany.Engineer, new ComplaintCommand.FindRootCause("磨损", "检查"))
            .Refuse(TestCompany.Inspector, verify, RefusalCode.NotYet)
            .Do(TestCompany.Engineer, ComplaintScenario.Reports())
            .Do(TestCompany.Inspector, verify);
        Assert.False(scenario.State.Open);
    }

    [Fact]
    [Clause("4.6.1-5")]
    public void Given_incomplete_records_When_quality_returns_them_Then_they_are_owed_again()
    {
        var scenario = Commands.HandedOver()
            .Do(TestCompany.Inspector, new ComplaintCommand.CheckRecords(Accepted: false, "缺照片"));

        Assert.Equal(Party.Of(TestCompany.Engineer.Id), scenario.Owed(ObligationKind.HandOverRecords).Owner);
        Assert.False(scenario.Owes(ObligationKind.CheckRecords));
        scenario.Do(TestCompany.Engineer, new ComplaintCommand.HandOverRecords());
        Assert.True(scenario.Owes(ObligationKind.CheckRecords));
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_the_result_does_not_hold_When_verified_Then_the_case_is_open_again_with_a_new_time()
    {
        var scenario = ComplaintScenario.Signed().At("2026-03-05 09:00")
            .Do(TestCompany.Inspector, new ComplaintCommand.Verify(Holds: false, "又坏了"));

        Assert.Equal(Stage.InProgress, scenario.State.Stage);
        Assert.Equal(TestCompany.Time("2026-03-09 09:00"), scenario.Owed(ObligationKind.Resolve).Due);
        Assert.Null(scenario.State.Signature);
        scenario.Resolve().Do(ComplaintScenario.Resident, ComplaintScenario.Sign(2));
        Assert.Equal(Stage.Completed, scenario.State.Stage);
    }

    [Theory]
    [InlineData("s-qua-duty", Category.StaffAttitude)]
    [InlineData("s-qua-other", Category.ServiceQuality)]
    [Clause("4.5.4")]
    public void Given_quality_handled_it_When_they_verify_their_own_work_Then_it_is_refused(
        string handler, Category category)
    {
        var member = TestCompany.Directory.Find(new StaffId(handler))!;
        var scenario = ComplaintScenario.Received(category).Do(
            TestCompany.HyDuty, ComplaintScenario.Triage(category, handler: member));
        scenario.Do(member, new ComplaintCommand.Accept()).Resolve().Do(ComplaintScenario.Resident, ComplaintScenario.Sign())
            .Refuse(member, new ComplaintCommand.Verify(Holds: false, "不好"), RefusalCode.OwnWork)
            .FollowedUp().Do(member, new ComplaintCommand.HandOverRecords())
            .Refuse(member, new ComplaintCommand.CheckRecords(Accepted: true, null), RefusalCode.OwnWork)
            .Do(TestCompany.QualityHead, new ComplaintCommand.CheckRecords(Accepted: true, null));
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_all_of_quality_had_a_hand_in_it_When_resolved_Then_somebody_else_keeps_and_verifies()
    {
        var scenario = ComplaintScenario.InProgress(Category.StaffAttitude);
        foreach (var member in new[] { TestCompany.OtherInspector, TestCompany.QualityHead })
            scenario.Do(TestCompany.Leader, Commands.Assign(member.Id.Value)).Do(member, new ComplaintCommand.Accept());
        scenario.Resolve().Do(ComplaintScenario.Resident, ComplaintScenario.Sign());

        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.Verify).Owner);
        scenario.FollowedUp().Do(scenario.Handler, new ComplaintCommand.HandOverRecords())
            .Do(TestCompany.Leader, new ComplaintCommand.CheckRecords(Accepted: true, null))
            .Do(scenario.Handler, new ComplaintCommand.FindRootCause("态度", "培训"))
            .Do(TestCompany.Leader, new ComplaintCommand.Verify(Holds: true, "已核实"));
        Assert.Equal(Outcome.Verified, scenario.State.Outcome);
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_the_last_who_could_verify_left_Then_the_leader_does_it_in_their_stead()
    {
        var holds = new ComplaintCommand.Verify(Holds: false, "未解决");
        var scenario = ComplaintScenario.Signed(Category.StaffAttitude)
            .Do(TestCompany.QualityHead, new ComplaintCommand.FollowUp(Channel.Phone, "满意", null));
        Assert.Equal((TestCompany.Inspector.Id, Unit.Quality), (scenario.State.Handler!.Value, scenario.State.Keeper));
        scenario.Refuse(TestCompany.Leader, holds, RefusalCode.NotYours);
        scenario.Rules = TestCompany.RulesWith(directory: TestCompany.DirectoryWithout(TestCompany.OtherInspector));
        scenario.Refuse(TestCompany.Inspector, holds, RefusalCode.NotYours)
            .Refuse(TestCompany.QualityHead, holds, RefusalCode.NotYours).Do(TestCompany.Leader, holds);
        Assert.Equal(Stage.InProgress, scenario.State.Stage);
    }

    [Fact]
    [Clause("4.6.2-3")]
    public void Given_the_handler_left_the_company_When_time_passes_Then_the_ladder_climbs_and_the_head_finishes()
    {
        var scenario = ComplaintScenario.Signed();
        scenario.Rules = TestCompany.RulesWith(directory: TestCompany.DirectoryWithout(TestCompany.Engineer));

        scenario.LapseNext();
        Assert.All(scenario.History.Lapses, l => Assert.NotNull(scenario.Rules.Directory.Find(l.Told)));
        scenario.Do(TestCompany.EngineeringHead, new ComplaintCommand.FollowUp(Channel.Phone, "满意", null))
            .Do(TestCompany.EngineeringHead, new ComplaintCommand.HandOverRecords())
            .Do(TestCompany.Inspector, new ComplaintCommand.CheckRecords(Accepted: true, null))
            .Do(TestCompany.EngineeringHead, new ComplaintCommand.FindRootCause("磨损", "检查"))
            .Do(TestCompany.Inspector, new ComplaintCommand.Verify(Holds: true, "复查正常"));
        Assert.False(scenario.State.Open);
    }

    [Fact]
    [Clause("4.6.2-1")]
    public void Given_nothing_to_handle_When_dismissed_Then_the_reason_stays_and_the_resident_is_told()
    {
        var scenario = ComplaintScenario.Received(Category.Other, Nature.Spam)
            .Refuse(TestCompany.HyDuty, new ComplaintCommand.Dismiss(FindingReason.NothingToHandle, " "), RefusalCode.BadField)
            .Do(TestCompany.HyDuty, new ComplaintCommand.Dismiss(FindingReason.NothingToHandle, "广告"));

        Assert.Equal(Outcome.Dismissed, scenario.State.Outcome);
        Assert.Contains(
            scenario.History.MessagesOf(scenario.Last[0], scenario.Rules), n => n.Template == "Dismissed");
    }

    [Theory]
    [InlineData(Nature.Enquiry)]
    [InlineData(Nature.Suggestion)]
    [InlineData(Nature.Praise)]
    [InlineData(Nature.Greeting)]
    [InlineData(Nature.Spam)]
    [Clause("4.2.3"), Clause("4.2.1")]
    public void Given_it_is_no_complaint_When_answered_Then_it_is_closed(Nature kind)
    {
        var scenario = ComplaintScenario.Received(Category.Charges, kind)
            .Do(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Charges, kind));
        Kinds(scenario, ObligationKind.Answer);
        Assert.Equal(Party.Of(Unit.Finance), scenario.Owed(ObligationKind.Answer).Owner);

        scenario.Do(TestCompany.Accountant, Fulfilling.Answering(scenario.State, "每平米两元"));

        Assert.Equal(Outcome.Answered, scenario.State.Outcome);
    }

    [Theory]
    [InlineData(Stage.Received)]
    [InlineData(Stage.Assigned)]
    [InlineData(Stage.InProgress)]
    [InlineData(Stage.Answering)]
    [InlineData(Stage.Resolved)]
    [Clause("4.6.2-4")]
    public void Given_an_unfinished_case_When_the_resident_withdraws_Then_it_is_closed(Stage stage)
    {
        var scenario = At(stage).Do(ComplaintScenario.Resident, new ComplaintCommand.Withdraw(Channel.Chat, null));
        Assert.Equal(Outcome.Withdrawn, scenario.State.Outcome);
    }

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_a_completed_case_When_the_resident_withdraws_Then_it_is_refused() =>
        ComplaintScenario.Signed().Refuse(
            ComplaintScenario.Resident, new ComplaintCommand.Withdraw(Channel.Chat, null), RefusalCode.WrongStage);

    [Fact]
    [Clause("4.6.2-1")]
    public void Given_a_number_that_led_nowhere_When_voided_Then_it_stays_in_sight_and_takes_no_case()
    {
        var number = new MatterNumber(TestCompany.HY, "", 2026, 1);
        var scenario = new ComplaintScenario()
            .Refuse(TestCompany.HyManager, new ComplaintCommand.VoidNumber(number, "lost"), RefusalCode.NotYours)
            .Do(ComplaintScenario.System, new ComplaintCommand.VoidNumber(number, "lost"));

        Assert.Equal(Outcome.Voided, scenario.State.Outcome);
        scenario.Unchanged(ComplaintScenario.System, new ComplaintCommand.VoidNumber(number, "lost"))
            .Refuse(ComplaintScenario.System, ComplaintScenario.Intake(), RefusalCode.Closed);
    }

    [Fact]
    [Clause("4.6.1-2-G")]
    public void Given_untrue_reporting_is_proven_Then_it_is_told_to_the_person_concerned_even_when_closed()
    {
        var scenario = ComplaintScenario.Verified().Do(
            TestCompany.Inspector, new ComplaintCommand.ProveMisreport(TestCompany.Engineer.Id, "未到现场"));
        var notice = Assert.Single(scenario.History.MessagesOf(scenario.Last[0], scenario.Rules));
        Assert.Equal("Misreported", notice.Template);
        Assert.Equal(new Recipient.Staff(Party.Of(TestCompany.Engineer.Id), Personally: true), notice.To);

        scenario
            .Refuse(TestCompany.Inspector, new ComplaintCommand.ProveMisreport(TestCompany.Inspector.Id, "x"),
                RefusalCode.NotYours)
            .Refuse(TestCompany.Inspector, new ComplaintCommand.ProveMisreport(new StaffId("s-nobody"), "x"),
                RefusalCode.BadField);
    }

    private static ComplaintScenario At(Stage stage) => stage switch
    {
        Stage.Received => ComplaintScenario.Received(),
        Stage.Assigned => ComplaintScenario.Assigned(),
        Stage.InProgress => ComplaintScenario.InProgress(),
        Stage.Answering => ComplaintScenario.Answering(),
        _ => ComplaintScenario.Resolved(),
    };

    private static void Kinds(ComplaintScenario scenario, params ObligationKind[] kinds) =>
        Assert.Equal(kinds, scenario.History.Owed.Select(o => o.Kind));
}
