namespace CustomerComm.Domain.Tests.Complaints;

/// <content>Ways round by accusing, by clearing, and by speaking in somebody's stead.</content>
public sealed partial class WaysRoundTests
{
    private static ComplaintScenario AgainstLeader() => Saying("分管领导和装修公司一家人", Category.AgainstManager);

    [Fact]
    [Clause("4.6.1-2-D"), Clause("4.6.1-3")]
    public void Given_the_leader_is_accused_When_quality_clears_or_dismisses_it_Then_a_unit_outside_consents()
    {
        var cleared = ComplaintScenario.Lower(ComplaintScenario.Triage(Category.Cleaning), FindingReason.WronglyPut);
        var scenario = AgainstLeader();
        Assert.Equal(TestCompany.Leader.Id, scenario.State.Accused);
        scenario.Refuse(TestCompany.Inspector, ComplaintScenario.Triage(Category.Cleaning), RefusalCode.BadField)
            .Do(TestCompany.Inspector, cleared);
        Assert.Equal(TestCompany.Leader.Id, scenario.State.Accused);
        Assert.Equal(Party.Of(Unit.Finance), scenario.Owed(ObligationKind.ConsentFinding).Owner);
        scenario.Refuse(TestCompany.QualityHead, Yes, RefusalCode.NotYours)
            .Refuse(TestCompany.Leader, Yes, RefusalCode.Accused)
            .Do(TestCompany.FinanceHead, Yes);
        Assert.Null(scenario.State.Accused);
        Assert.Contains(Told(scenario), m => m is { Template: "CategoryChanged", To: Recipient.Resident });

        AgainstLeader()
            .Do(TestCompany.Inspector, new ComplaintCommand.Dismiss(FindingReason.OutsideScope, "无凭据"))
            .Refuse(TestCompany.QualityHead, Yes, RefusalCode.NotYours)
            .Do(TestCompany.Accountant, Yes);
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_a_manager_is_accused_When_the_leader_clears_them_or_accuses_another_Then_quality_consents()
    {
        foreach (var found in new[]
        {
            ComplaintScenario.Triage(Category.Cleaning),
            ComplaintScenario.Triage(Category.Cleaning, accused: TestCompany.HyGuard),
            ComplaintScenario.Triage(Category.AgainstManager, accused: TestCompany.FinanceHead),
        })
        {
            var scenario = Saying("管理处主任收了装修队的钱", Category.AgainstManager)
                .Do(TestCompany.Leader, ComplaintScenario.Lower(found, FindingReason.WronglyPut));
            Assert.Equal(TestCompany.HyManager.Id, scenario.State.Accused);
            scenario.Refuse(TestCompany.HyManager, new ComplaintCommand.Note(Channel.Phone, "没有"), RefusalCode.Accused)
                .Refuse(TestCompany.Leader, Yes, RefusalCode.NotYours)
                .Do(TestCompany.Inspector, Yes);
            Assert.NotEqual(TestCompany.HyManager.Id, scenario.State.Accused);
        }
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_the_words_name_nobody_When_the_leader_first_says_which_head_it_is_against_Then_nobody_need_consent()
    {
        var scenario = Confirmed(Category.AgainstManager);
        Assert.Equal(TestCompany.HyManager.Id, scenario.State.Accused);
        scenario.Do(
            TestCompany.Leader, ComplaintScenario.Triage(Category.AgainstManager, accused: TestCompany.EngineeringHead));
        Assert.Equal(TestCompany.EngineeringHead.Id, scenario.State.Accused);
        // From then on it is no guess any more.
        scenario.After(TimeSpan.FromHours(1)).Refuse(
            TestCompany.Leader, ComplaintScenario.Triage(Category.AgainstManager, accused: TestCompany.FinanceHead),
            RefusalCode.BadField);
    }

    [Fact]
    [Clause("4.6.1-2-A"), Clause("4.6.1-2-D")]
    public void Given_quality_leads_When_the_duty_post_accuses_its_head_Then_the_leader_looks_and_the_office_gains_nothing()
    {
        var scenario = Confirmed(Category.StaffAttitude).Do(
            TestCompany.HyDuty, ComplaintScenario.Triage(Category.StaffAttitude, accused: TestCompany.QualityHead));
        Assert.Null(scenario.State.Accused);
        Assert.Contains(TestCompany.QualityHead.Id, scenario.State.Named);
        scenario.Refuse(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Cleaning), RefusalCode.NotYours)
            .Refuse(TestCompany.HyManager, ComplaintScenario.Triage(Category.Cleaning), RefusalCode.NotYours)
            .Refuse(TestCompany.HyDuty, new ComplaintCommand.Assign(TestCompany.HyDuty.Id, null), RefusalCode.NotYours)
            .After(TimeSpan.FromMinutes(5))
            .Do(TestCompany.Leader, ComplaintScenario.Triage(Category.StaffAttitude));
        Assert.Equal((Unit.Quality, Unit.Quality), (scenario.State.Lead, scenario.State.Keeper));
        Assert.Empty(scenario.State.Against);
    }

    [Fact]
    [Clause("4.6.1-2-A")]
    public void Given_attitude_is_complained_of_beside_When_the_office_leaves_it_out_Then_quality_consents()
    {
        var scenario = new ComplaintScenario().Do(
            ComplaintScenario.System, ComplaintScenario.Intake(Category.Cleaning, also: [Category.StaffAttitude]));
        scenario.Refuse(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Cleaning), RefusalCode.BadField)
            .Do(
                TestCompany.HyDuty,
                ComplaintScenario.Lower(ComplaintScenario.Triage(Category.Cleaning), FindingReason.WronglyPut));
        Assert.Contains(Category.StaffAttitude, scenario.State.Also);
        Assert.Equal(Party.Of(Unit.Quality), scenario.Owed(ObligationKind.ConsentFinding).Owner);
        scenario.Do(TestCompany.Inspector, Yes);
        Assert.Empty(scenario.State.Also);
        Assert.Contains(Told(scenario), m => m is { Template: "CategoryChanged", To: Recipient.Resident });
    }

    [Theory]
    [InlineData(Category.Security)]
    [InlineData(Category.Cleaning)]
    [InlineData(Category.Equipment)]
    [Clause("4.6.1-2-D")]
    public void Given_somebody_is_named_in_a_complaint_of_any_category_Then_they_keep_out_until_the_chief_looked(
        Category category)
    {
        var scenario = Saying($"保安{TestCompany.HyGuard.Name}夜里睡觉", category);
        Assert.Equal([TestCompany.HyGuard.Id], scenario.State.Named);
        scenario.Refuse(TestCompany.HyGuard, ComplaintScenario.Triage(category), RefusalCode.Accused)
            .Do(TestCompany.Inspector, ComplaintScenario.Triage(category))
            .Refuse(TestCompany.HyGuard, new ComplaintCommand.Accept(), RefusalCode.Accused);
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_somebody_is_named_When_the_chief_consents_to_a_lower_severity_Then_nobody_has_looked_at_the_name()
    {
        var scenario = Saying($"{TestCompany.HyGuard.Name}骂人", Category.StaffAttitude, severity: Severity.Major).Do(
            TestCompany.Inspector,
            ComplaintScenario.Lower(ComplaintScenario.Triage(Category.StaffAttitude), FindingReason.LessGrave));
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.ConsentFinding).Owner);
        scenario.Do(TestCompany.Leader, Yes);
        Assert.Equal([TestCompany.HyGuard.Id], scenario.State.Named);
        Assert.Equal(Severity.Ordinary, scenario.State.Severity);
    }

    [Fact]
    [Clause("4.6.2-1")]
    public void Given_a_complaint_becomes_a_repair_or_a_quality_one_is_given_away_Then_the_resident_hears_just_that()
    {
        var repair = Confirmed()
            .Do(TestCompany.HyDuty, ComplaintScenario.Lower(
                ComplaintScenario.Triage(kind: Nature.RepairRequest), FindingReason.OnlyRepair))
            .Do(TestCompany.Inspector, Yes);
        Assert.Equal(["KindChanged"], ToldResident(repair));
        var severity = Confirmed(severity: Severity.Major)
            .Do(TestCompany.HyDuty, ComplaintScenario.Lower(ComplaintScenario.Triage(), FindingReason.LessGrave))
            .Do(TestCompany.Inspector, Yes);
        Assert.Equal(["SeverityLowered"], ToldResident(severity));
        var given = Confirmed(Category.StaffAttitude)
            .Do(TestCompany.HyDuty, ComplaintScenario.Lower(
                ComplaintScenario.Triage(Category.Cleaning), FindingReason.WronglyPut))
            .Do(TestCompany.OtherInspector, Yes);
        Assert.Equal(["CategoryChanged"], ToldResident(given));
    }

    private static string[] ToldResident(ComplaintScenario scenario) =>
        [.. Told(scenario).Where(m => m.To is Recipient.Resident).Select(m => m.Template)];

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_one_person_entered_it_and_saw_the_letter_When_the_representative_signs_Then_quality_confirms_it()
    {
        var son = new Complainant(Standing.Family, new Personal("王强"), new Personal("+12025550177"), null);
        var scenario = new ComplaintScenario().Do(
            TestCompany.HyDuty,
            ComplaintScenario.Intake(Category.Equipment, confirmed: true) with
            {
                Complainant = son,
                AuthoritySeen = "委托书",
                Channel = Channel.WalkIn,
            });
        scenario.Do(TestCompany.Engineer, new ComplaintCommand.Accept()).Resolve()
            .Do(ComplaintScenario.Resident, ComplaintScenario.Sign() with { AsRepresentative = true });
        Assert.Equal(Stage.Resolved, scenario.State.Stage);
        scenario.Refuse(
                TestCompany.HyDuty, new ComplaintCommand.DecideSignature(true, "核实", "王强"), RefusalCode.NotYours)
            .Do(TestCompany.Inspector, new ComplaintCommand.DecideSignature(true, "核实", "王强"));
        Assert.Equal(Stage.Completed, scenario.State.Stage);
    }

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_the_resident_wrote_after_it_was_resolved_When_unreachable_is_proposed_Then_it_is_tried_anew_first()
    {
        var scenario = ComplaintScenario.Resolved();
        foreach (var channel in new[] { Channel.Phone, Channel.WalkIn, Channel.Phone, Channel.Letter })
        {
            scenario.After(TimeSpan.FromDays(1)).Do(
                scenario.Handler, new ComplaintCommand.RecordAttempt(channel, "无人" + scenario.Now));
        }

        scenario.After(TimeSpan.FromHours(1))
            .Do(ComplaintScenario.Resident, new ComplaintCommand.Note(Channel.Http, "根本没修好"))
            .Refuse(scenario.Handler, new ComplaintCommand.ProposeUnreachable(), RefusalCode.AttemptsMissing);
        foreach (var channel in new[] { Channel.Phone, Channel.WalkIn, Channel.Phone, Channel.Letter })
        {
            scenario.After(TimeSpan.FromDays(1)).Do(
                scenario.Handler, new ComplaintCommand.RecordAttempt(channel, "无人" + scenario.Now));
        }

        scenario.Do(scenario.Handler, new ComplaintCommand.ProposeUnreachable());
    }

    [Fact]
    [Clause("4.6.1-2-G")]
    public void Given_the_leader_answered_the_first_objection_When_the_second_comes_Then_another_unit_has_the_last_word()
    {
        var scenario = Confirmed(Category.StaffAttitude)
            .Do(TestCompany.Inspector, new ComplaintCommand.Dismiss(FindingReason.OutsideScope, "不是我们的人"))
            .Do(TestCompany.Leader, Yes);
        var first = new ComplaintCommand.Object(Channel.Http, "不同意");
        scenario.Do(ComplaintScenario.Resident, first);
        var judge = TestCompany.Directory.Members(
            scenario.State.Objection!.AnsweredBy, TestCompany.HY).First(m => !scenario.State.Judges.Contains(m.Id));
        scenario.Do(judge, new ComplaintCommand.AnswerObjection(Upheld: false, "维持"))
            .After(TimeSpan.FromDays(1))
            .Do(ComplaintScenario.Resident, first with { Reason = "还是不同意" });
        Assert.Contains(judge.Id, scenario.State.Answerers);
        if (judge.Unit == scenario.State.Objection!.AnsweredBy)
            scenario.Refuse(judge, new ComplaintCommand.AnswerObjection(false, "最终"), RefusalCode.OwnWork);
        var last = TestCompany.Directory.Members(scenario.State.Objection.AnsweredBy, TestCompany.HY)
            .First(m => m.Id != judge.Id);
        scenario.Do(last, new ComplaintCommand.AnswerObjection(false, "最终"));
        Assert.Equal(Outcome.FinallyAnswered, scenario.State.Outcome);
    }

    [Fact]
    [Clause("4.6.1-3")]
    public void Given_it_was_opened_again_by_verification_alone_When_the_leader_answers_for_good_Then_it_is_refused()
    {
        var scenario = ComplaintScenario.Signed();
        for (var i = 0; i < 2; i++)
        {
            scenario.Do(scenario.Handler, new ComplaintCommand.FindRootCause("老化", "更换"))
                .FollowedUp().Do(scenario.Handler, new ComplaintCommand.HandOverRecords())
                .Do(TestCompany.Inspector, new ComplaintCommand.CheckRecords(true, null))
                .Do(TestCompany.Inspector, new ComplaintCommand.Verify(false, "没有落实"));
            if (i == 0)
            {
                scenario.Resolve().Do(
                    ComplaintScenario.Resident, ComplaintScenario.Sign(scenario.State.LinksIssued));
            }
        }

        Assert.Equal((2, 0), (scenario.State.Reopened, scenario.State.Refusals));
        scenario.Refuse(TestCompany.Leader, new ComplaintCommand.AnswerFinally("到此为止"), RefusalCode.NotYet);
    }

    [Theory]
    [InlineData(Channel.Letter)]
    [InlineData(Channel.Company)]
    [InlineData(Channel.Http)]
    [Clause("4.6.2-6")]
    public void Given_a_yes_or_a_call_back_that_nobody_spoke_Then_it_is_refused(Channel channel)
    {
        var scenario = ComplaintScenario.InProgress();
        scenario.Do(
                scenario.Handler, new ComplaintCommand.TellExtension(scenario.State.ResolveDue.AddDays(1), "等配件"))
            .Refuse(
                TestCompany.Inspector, new ComplaintCommand.AnswerExtension(true, channel, "王女士", "可以"),
                RefusalCode.BadField);
        ComplaintScenario.InDanger().Refuse(
            TestCompany.HyDuty, new ComplaintCommand.RecordCallBack(channel, true, "王女士", "没事了"), RefusalCode.BadField);
    }

    [Fact]
    [Clause("4.6.1-2-G")]
    public void Given_misreporting_was_proven_When_a_colleague_finds_a_trifle_besides_Then_the_first_is_owed_as_before()
    {
        var scenario = ComplaintScenario.InProgress().Do(
            TestCompany.Inspector, new ComplaintCommand.ProveMisreport(TestCompany.Engineer.Id, "谎报已修"));
        var owed = scenario.Owed(ObligationKind.DecideConsequence);
        scenario.After(TimeSpan.FromDays(2)).Do(
            TestCompany.OtherInspector, new ComplaintCommand.ProveMisreport(TestCompany.Engineer.Id, "写错日期"));
        Assert.Equal(owed, scenario.Owed(ObligationKind.DecideConsequence));
    }

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_somebody_took_it_back_in_the_residents_name_Then_the_resident_can_still_object()
    {
        var scenario = ComplaintScenario.InProgress()
            .Do(ComplaintScenario.Resident, new ComplaintCommand.Withdraw(Channel.Sms, "不投诉了"));
        Assert.NotNull(scenario.State.ObjectUntil);
        scenario.Do(ComplaintScenario.Resident, new ComplaintCommand.Object(Channel.Http, "我没有撤诉"));
        Assert.Equal(Stage.Objected, scenario.State.Stage);
    }

    [Fact]
    [Clause("4.6.1-2-D"), Clause("4.6.2-3")]
    public void Given_the_resident_writes_later_that_the_handler_did_it_Then_it_leaves_them_until_the_chief_has_looked()
    {
        foreach (var said in new ComplaintCommand[]
        {
            new ComplaintCommand.Note(Channel.Sms, $"{TestCompany.Engineer.Name}收了我的钱还骂人"),
            new ComplaintCommand.RefuseInWords(Channel.Sms, $"{TestCompany.Engineer.Name}根本没来"),
        })
        {
            var scenario = said is ComplaintCommand.Note ? ComplaintScenario.InProgress() : ComplaintScenario.Resolved();
            Assert.Equal(TestCompany.Engineer.Id, scenario.State.Handler);
            scenario.Do(ComplaintScenario.Resident, said);
            Assert.Equal([TestCompany.Engineer.Id], scenario.State.Named);
            Assert.NotEqual(TestCompany.Engineer.Id, scenario.State.Handler);
            Assert.Contains(Told(scenario), m => m.Template == "StaffNamed" && m.To is Recipient.Staff { Party.Unit: Unit.Leader });
            scenario.Refuse(TestCompany.Engineer, new ComplaintCommand.Note(Channel.Phone, "没有"), RefusalCode.Accused)
                .Do(TestCompany.Leader, ComplaintScenario.Triage());
            Assert.Empty(scenario.State.Named);
            // Looked at once, they need not keep out each time they are written of.
            scenario.After(TimeSpan.FromHours(1)).Do(
                ComplaintScenario.Resident,
                new ComplaintCommand.Note(Channel.Sms, $"{TestCompany.Engineer.Name}昨天又来过"));
            Assert.Empty(scenario.State.Named);
        }
    }

    [Fact]
    [Clause("4.6.1-2-G"), Clause("4.6.1-2-D")]
    public void Given_an_objection_accuses_the_head_of_quality_Then_nobody_of_quality_answers_it()
    {
        var scenario = Confirmed()
            .Do(TestCompany.HyDuty, new ComplaintCommand.Dismiss(FindingReason.OutsideScope, "不归物业"))
            .Do(TestCompany.Inspector, Yes)
            .Do(ComplaintScenario.Resident, new ComplaintCommand.Object(Channel.Http, "质管部主管包庇工程部"));
        Assert.Contains(TestCompany.QualityHead.Id, scenario.State.Named);
        var answer = new ComplaintCommand.AnswerObjection(Upheld: false, "维持");
        foreach (var one in new[] { TestCompany.QualityHead, TestCompany.Inspector, TestCompany.OtherInspector })
            scenario.Refuse(one, answer, RefusalCode.Accused);
        Assert.DoesNotContain(scenario.History.Owed, o => o.Owner == Party.Of(Unit.Quality));
        scenario.Do(TestCompany.Leader, answer);
    }

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_a_form_waits_to_be_confirmed_When_another_is_put_in_its_place_Then_it_is_refused()
    {
        var scenario = ComplaintScenario.Resolved()
            .Do(TestCompany.Engineer, new ComplaintCommand.AttachPaper("data:a", 5))
            .Unchanged(TestCompany.Engineer, new ComplaintCommand.AttachPaper("data:a", 5))
            .Refuse(TestCompany.Engineer, new ComplaintCommand.AttachPaper("data:b", 5), RefusalCode.WrongStage);
        // The resident's own phone needs nobody's word, and puts an end to the waiting.
        scenario.Do(ComplaintScenario.Resident, ComplaintScenario.Sign());
        Assert.Equal(SignatureWay.Drawn, scenario.State.Signature!.Way);
    }

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_unreachable_is_being_decided_When_an_attempt_is_recorded_Then_it_is_refused()
    {
        var scenario = ComplaintScenario.Resolved();
        foreach (var channel in new[] { Channel.Phone, Channel.WalkIn, Channel.Phone, Channel.Letter })
        {
            scenario.After(TimeSpan.FromDays(1)).Do(
                scenario.Handler, new ComplaintCommand.RecordAttempt(channel, "无人" + scenario.Now));
        }

        scenario.Do(scenario.Handler, new ComplaintCommand.ProposeUnreachable()).Refuse(
            TestCompany.EngineeringHead, new ComplaintCommand.RecordAttempt(Channel.Phone, "无人"), RefusalCode.WrongStage);
    }
}
