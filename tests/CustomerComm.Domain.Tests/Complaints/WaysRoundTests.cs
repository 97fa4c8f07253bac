using CsCheck;

namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>People who try to get round the procedure alone: each way must end at somebody else.</summary>
public sealed class WaysRoundTests
{
    private static readonly ComplaintCommand.DecideFinding Yes = new(Consented: true, null);
    private static readonly Gen<uint[]> Numbers = Gen.UInt.Array[40, 600];

    private static ComplaintScenario Confirmed(
        Category category = Category.Equipment, Severity severity = Severity.Ordinary, params ReadOnlySpan<Category> also) =>
        new ComplaintScenario().Do(
            ComplaintScenario.System,
            ComplaintScenario.Intake(category, severity: severity, confirmed: true, also: [.. also]));

    [Theory]
    [InlineData(Nature.Enquiry, FindingReason.OnlyAsks)]
    [InlineData(Nature.Praise, FindingReason.OnlyPraises)]
    [InlineData(Nature.Suggestion, FindingReason.OnlySuggests)]
    [InlineData(Nature.Spam, FindingReason.NothingToHandle)]
    [Clause("4.6.2-1")]
    public void Given_a_complaint_When_its_own_unit_calls_it_something_else_Then_nothing_changes_before_quality_consents(
        Nature kind, FindingReason why)
    {
        var finding = ComplaintScenario.Lower(ComplaintScenario.Triage(kind: kind), why);
        var scenario = Confirmed()
            .Refuse(TestCompany.EngineeringHead, ComplaintScenario.Triage(kind: kind), RefusalCode.BadField)
            .Refuse(TestCompany.EngineeringHead, finding with { Reason = " " }, RefusalCode.BadField)
            .Do(TestCompany.EngineeringHead, finding);

        Assert.Equal((Nature.Complaint, Stage.Assigned), (scenario.State.Kind, scenario.State.Stage));
        Assert.Equal(Party.Of(Unit.Quality), scenario.Owed(ObligationKind.ConsentFinding).Owner);
        Assert.True(scenario.Owes(ObligationKind.Resolve));
        scenario.Refuse(TestCompany.Engineer, new ComplaintCommand.Answer("好的"), RefusalCode.WrongStage)
            .Refuse(TestCompany.EngineeringHead, Yes, RefusalCode.NotYours)
            .Refuse(TestCompany.HyManager, Yes, RefusalCode.NotYours)
            .Do(TestCompany.Inspector, Yes);

        Assert.Equal((kind, Stage.Answering), (scenario.State.Kind, scenario.State.Stage));
        Assert.True(scenario.State.EverComplaint);
        Assert.Equal(Nature.Complaint, scenario.State.Intake.Kind);
        Assert.Contains(Told(scenario), m => m is { Template: "KindChanged", To: Recipient.Resident });
    }

    [Fact]
    [Clause("4.6.2-1")]
    public void Given_a_complaint_When_quality_does_not_consent_Then_it_stays_and_must_say_why()
    {
        var scenario = Commands.Proposed()
            .Refuse(TestCompany.Inspector, new ComplaintCommand.DecideFinding(false, null), RefusalCode.BadField)
            .Do(TestCompany.Inspector, new ComplaintCommand.DecideFinding(false, "住户确实不满"));
        Assert.True(scenario.State.Open);
        Assert.Null(scenario.State.Proposed);
        Assert.False(scenario.Owes(ObligationKind.ConsentFinding));
        Assert.Contains(Told(scenario), m => m.Template == "FindingRefused");
    }

    [Theory]
    [InlineData("s-hy-guard")]
    [InlineData("s-hy-duty")]
    [InlineData("s-qua-head")]
    [InlineData("s-leader")]
    [Clause("4.6.2-1"), Clause("4.6.2-4")]
    public void Given_an_urgent_complaint_When_one_person_dismisses_it_Then_it_is_open_until_another_consents(string by)
    {
        var one = TestCompany.Directory.Find(new StaffId(by))!;
        var scenario = Confirmed(Category.Security, Severity.Urgent)
            .Do(one, new ComplaintCommand.Dismiss(FindingReason.NothingToHandle, "无效投诉"));
        Assert.True(scenario.State.Open);
        scenario.Refuse(one, Yes, one.Unit == Unit.Quality ? RefusalCode.OwnWork : RefusalCode.NotYours);

        scenario.Do(TestCompany.Inspector, Yes);
        Assert.Equal(Outcome.Dismissed, scenario.State.Outcome);
        var told = Assert.Single(Told(scenario), m => m.Template == "Dismissed");
        Assert.Contains(told.Words, w => w is { Name: "why", Word: Word.Named { Value: FindingReason.NothingToHandle } });
        Assert.NotNull(scenario.State.ObjectUntil);
    }

    [Fact]
    [Clause("4.6.2-5")]
    public void Given_a_major_complaint_When_its_own_head_rates_it_lower_Then_the_reports_are_owed_all_the_same()
    {
        var scenario = ComplaintScenario.InProgress(severity: Severity.Major).Do(
            TestCompany.EngineeringHead,
            ComplaintScenario.Lower(ComplaintScenario.Triage(severity: Severity.Ordinary), FindingReason.LessGrave));
        scenario.Resolve().Do(ComplaintScenario.Resident, ComplaintScenario.Sign());
        Assert.True(scenario.Owes(ObligationKind.FileReports));
    }

    [Fact]
    [Clause("4.6.1-2-A"), Clause("4.5.4")]
    public void Given_quality_leads_When_quality_dismisses_it_Then_the_leader_decides()
    {
        var scenario = Confirmed(Category.StaffAttitude)
            .Do(TestCompany.Inspector, new ComplaintCommand.Dismiss(FindingReason.OutsideScope, "不是我们的人"));
        scenario.Refuse(TestCompany.OtherInspector, Yes, RefusalCode.NotYours)
            .Refuse(TestCompany.Inspector, Yes, RefusalCode.NotYours).Do(TestCompany.Leader, Yes);
    }

    [Fact]
    [Clause("4.6.2-1")]
    public void Given_the_resident_chose_the_category_When_it_is_changed_Then_they_are_told()
    {
        var scenario = Confirmed().Do(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Charges));
        Assert.Contains(Told(scenario), m => m is { Template: "CategoryChanged", To: Recipient.Resident });
        var suggested = ComplaintScenario.Received().Do(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Charges));
        Assert.DoesNotContain(Told(suggested), m => m.Template == "CategoryChanged");
    }

    [Theory]
    [InlineData(Category.Charges)]
    [InlineData(Category.CivilWorks)]
    [InlineData(Category.Cleaning)]
    [Clause("4.6.1-2-D"), Clause("4.6.1-2-F")]
    public void Given_money_is_asked_for_beside_something_else_Then_the_leader_leads_and_the_office_cannot_take_it(
        Category category)
    {
        var scenario = Confirmed(category, Severity.Ordinary, Category.Compensation);
        Assert.Equal((Unit.Leader, "4.6.1-2-D"), (scenario.State.Lead, scenario.State.Clause));
        Assert.Equal(TestCompany.Leader.Id, scenario.State.Handler);
        foreach (var one in new[] { TestCompany.HyDuty, TestCompany.HyGuard, TestCompany.HyManager })
        {
            scenario.Refuse(one, new ComplaintCommand.Assign(one.Id, null), RefusalCode.NotYours)
                .Refuse(one, ComplaintScenario.Triage(category), RefusalCode.NotYours)
                .Refuse(one, new ComplaintCommand.Dismiss(FindingReason.Duplicate, "重复"), RefusalCode.NotYours)
                .Refuse(one, new ComplaintCommand.Join(Commands.Another()), RefusalCode.NotYours);
        }

        scenario.Refuse(TestCompany.Leader, new ComplaintCommand.Join(Commands.Another()), RefusalCode.BadField);
    }

    [Fact]
    [Clause("4.6.1-2-A")]
    public void Given_an_attitude_complaint_When_the_office_takes_it_Then_quality_keeps_it()
    {
        var scenario = Confirmed(Category.StaffAttitude)
            .Refuse(TestCompany.HyDuty, new ComplaintCommand.Assign(TestCompany.HyDuty.Id, null), RefusalCode.NotYours)
            .Refuse(TestCompany.HyDuty, new ComplaintCommand.Join(Commands.Another()), RefusalCode.BadField)
            .Do(TestCompany.HyDuty, ComplaintScenario.Lower(
                ComplaintScenario.Triage(Category.Cleaning, handler: TestCompany.HyDuty), FindingReason.OutsideScope));
        Assert.Equal((Unit.Quality, Unit.Quality), (scenario.State.Lead, scenario.Handler.Unit));
        Assert.Equal(Party.Of(Unit.Quality), scenario.Owed(ObligationKind.ConsentFinding).Owner);
    }

    [Theory]
    [InlineData("质管部主管收红包，压着不查", "s-qua-head", Unit.Leader, "s-leader")]
    [InlineData("你们品质部经理包庇保安", "s-qua-head", Unit.Leader, "s-leader")]
    [InlineData("分管领导和装修公司一家人", "s-leader", Unit.Quality, "s-qua-duty")]
    [InlineData("The general manager takes kickbacks", "s-leader", Unit.Quality, "s-qua-duty")]
    [InlineData("工程部负责人吃回扣", "s-eng-head", Unit.Leader, "s-leader")]
    [InlineData("经理乱收费", "s-hy-manager", Unit.Leader, "s-leader")]
    [Clause("4.6.1-2-D")]
    public void Given_the_words_name_a_head_Then_they_and_theirs_are_barred_from_the_first_moment(
        string text, string named, Unit chief, string looks)
    {
        var scenario = new ComplaintScenario().Do(
            ComplaintScenario.System, ComplaintScenario.Intake(Category.AgainstManager, confirmed: true) with { Text = text });
        var who = TestCompany.Directory.Find(new StaffId(named))!;
        Assert.Equal((who.Id, chief), (scenario.State.Accused!.Value, scenario.State.Chief));
        foreach (var member in TestCompany.Directory.Members(who.Unit, TestCompany.HY))
        {
            scenario.Refuse(member, new ComplaintCommand.Dismiss(FindingReason.OutsideScope, "不属实"), RefusalCode.Accused)
                .Refuse(member, ComplaintScenario.Triage(), RefusalCode.Accused);
        }

        scenario.Do(
            TestCompany.Directory.Find(new StaffId(looks))!,
            ComplaintScenario.Triage(Category.AgainstManager, accused: who));
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_somebody_is_named_beside_the_accused_When_the_leader_has_looked_Then_they_are_free_again()
    {
        var scenario = new ComplaintScenario().Do(
            ComplaintScenario.System,
            ComplaintScenario.Intake(Category.AgainstManager) with { Text = "经理和 s-qua-duty 一起瞒着" });
        Assert.Equal([TestCompany.Inspector.Id], scenario.State.Named);
        scenario.Refuse(TestCompany.Inspector, new ComplaintCommand.Note(Channel.Phone, "看看"), RefusalCode.Accused)
            .Do(TestCompany.Leader, ComplaintScenario.Triage(Category.AgainstManager, accused: TestCompany.HyManager))
            .Do(TestCompany.Inspector, new ComplaintCommand.Note(Channel.Phone, "看看"));
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_a_complaint_against_a_manager_When_an_inspector_says_nobody_is_accused_Then_it_is_refused() =>
        Confirmed(Category.AgainstManager)
            .Refuse(TestCompany.Inspector, ComplaintScenario.Triage(), RefusalCode.NotYours)
            .Refuse(TestCompany.QualityHead, ComplaintScenario.Triage(Category.Cleaning), RefusalCode.NotYours);

    [Fact]
    [Clause("4.6.1-2-F"), Clause("4.6.1-2-G")]
    public void Given_the_routing_names_units_that_cooperate_Then_each_owes_it_and_is_told()
    {
        var scenario = Confirmed(Category.Equipment, Severity.Ordinary, Category.Charges);
        Assert.Equal(
            ["Finance", "Office"],
            scenario.History.Owed.Where(o => o.Kind == ObligationKind.Cooperate).Select(o => o.Owner.ToString()).Order());
        Assert.Equal(
            ["Finance", "Office"],
            scenario.Last.SelectMany(e => scenario.History.MessagesOf(e, scenario.Rules))
                .Where(m => m.Template == "CooperationRouted")
                .Select(m => ((Recipient.Staff)m.To).Party.ToString()).Order());
    }

    [Fact]
    [Clause("4.6.2-3"), Clause("4.6.1-3")]
    public void Given_units_hand_it_to_and_fro_When_it_is_the_third_time_Then_the_leader_must_instruct_first()
    {
        var scenario = ComplaintScenario.InProgress();
        Unit[] way = [Unit.Finance, Unit.Engineering, Unit.Finance];
        foreach (var unit in way)
        {
            Assert.False(scenario.Owes(ObligationKind.Instruct));
            scenario.Do(scenario.Handler, new ComplaintCommand.HandOver(unit, "不归我们"));
        }

        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.Instruct).Owner);
        Assert.Contains(Told(scenario), m => m.Template == "InstructionOwed");
        scenario.Refuse(scenario.Handler, new ComplaintCommand.HandOver(Unit.Engineering, "还是你们"), RefusalCode.NotYet)
            .Refuse(scenario.Handler, new ComplaintCommand.Resolve(ComplaintScenario.Done), RefusalCode.NotYet)
            .Do(TestCompany.Leader, new ComplaintCommand.Instruct("财务部办到底", null));
    }

    [Fact]
    [Clause("4.5.4"), Clause("4.6.1-5"), Clause("4.6.2-4")]
    public void Given_quality_leads_When_its_head_acts_for_the_handler_Then_the_head_judges_nothing_of_it()
    {
        var scenario = ComplaintScenario.Resolved(Category.StaffAttitude)
            .Do(TestCompany.QualityHead, new ComplaintCommand.AttachPaper("scan", 5));
        var confirm = new ComplaintCommand.DecidePaper(Confirmed: true, "电话核实");
        scenario.Refuse(TestCompany.QualityHead, confirm, RefusalCode.OwnWork)
            .Refuse(scenario.Handler, confirm, RefusalCode.OwnWork)
            .Do(TestCompany.OtherInspector, confirm)
            .Do(TestCompany.QualityHead, new ComplaintCommand.FollowUp(Channel.Phone, "满意", null))
            .Do(TestCompany.QualityHead, new ComplaintCommand.HandOverRecords())
            .Refuse(TestCompany.QualityHead, new ComplaintCommand.CheckRecords(true, null), RefusalCode.OwnWork)
            .Do(TestCompany.OtherInspector, new ComplaintCommand.CheckRecords(true, null))
            .Do(TestCompany.QualityHead, new ComplaintCommand.FindRootCause("培训不足", "每季培训"))
            .Refuse(TestCompany.QualityHead, new ComplaintCommand.Verify(true, "属实"), RefusalCode.OwnWork)
            .Do(TestCompany.OtherInspector, new ComplaintCommand.Verify(true, "属实"));
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_everybody_of_quality_had_a_hand_in_it_Then_another_unit_keeps_and_verifies_it()
    {
        var scenario = ComplaintScenario.Resolved(Category.StaffAttitude);
        foreach (var one in new[] { TestCompany.QualityHead, TestCompany.OtherInspector, TestCompany.Inspector })
            scenario.Try(new Actor.Staff(one), new ComplaintCommand.FollowUp(Channel.Phone, "满意" + one.Id, null));
        scenario.Do(TestCompany.QualityHead, new ComplaintCommand.AttachPaper("scan", 5));
        var able = TestCompany.Directory.Members(Unit.Quality, TestCompany.HY)
            .Where(m => !scenario.State.Handlers.Contains(m.Id)).ToList();
        Assert.Equal(able.Count == 0 ? Unit.Leader : Unit.Quality, scenario.State.Keeper);
    }

    [Fact]
    [Clause("4.6.1-3"), Clause("4.6.1-2-D")]
    public void Given_the_leader_is_accused_When_the_handler_escalates_Then_they_do_not_instruct_themselves()
    {
        var scenario = ComplaintScenario.InProgress(
            Category.StaffAttitude, accused: TestCompany.Leader, by: TestCompany.QualityHead);
        var more = new ComplaintCommand.Instruct("再给半年", scenario.Now.AddDays(170));
        scenario.Do(scenario.Handler, new ComplaintCommand.Escalate("需要公司决定"))
            .Refuse(scenario.Handler, more, RefusalCode.OwnWork)
            .Refuse(TestCompany.Leader, more, RefusalCode.Accused);
    }

    [Fact]
    [Clause("4.6.1-2-E")]
    public void Given_a_letter_When_whoever_wrote_the_answer_approves_it_Then_it_is_refused()
    {
        var scenario = new ComplaintScenario().Do(
            ComplaintScenario.System, ComplaintScenario.Intake(Category.Compensation, confirmed: true, letter: true));
        scenario.Do(TestCompany.Leader, new ComplaintCommand.Accept())
            .Do(TestCompany.Leader, new ComplaintCommand.DraftLetter("已赔付"))
            .Refuse(TestCompany.Leader, new ComplaintCommand.DecideLetter(true, null), RefusalCode.NotYours)
            .Do(TestCompany.Inspector, new ComplaintCommand.DecideLetter(true, null));
    }

    private static readonly ComplaintCommand.AnswerExtension Heard = new(true, Channel.Phone, "王芳", "电话里同意");

    [Fact]
    [Clause("4.6.2-6")]
    public void Given_an_extension_When_staff_note_the_yes_Then_it_takes_a_second_person_and_a_record_of_the_call()
    {
        var scenario = Commands.Extended();
        var (due, wanted) = (scenario.State.ResolveDue, scenario.State.Extension!.NewDue);
        scenario.Refuse(TestCompany.Engineer, Heard, RefusalCode.OwnWork)
            .Refuse(TestCompany.EngineeringHead, Heard with { Said = null }, RefusalCode.BadField)
            .Refuse(TestCompany.EngineeringHead, Heard with { With = " " }, RefusalCode.BadField)
            .Refuse(TestCompany.EngineeringHead, Heard with { Channel = Channel.Http }, RefusalCode.BadField);
        Assert.Equal(due, scenario.State.ResolveDue);
        scenario.Do(TestCompany.EngineeringHead, Heard);
        Assert.Equal((wanted, wanted), (scenario.State.ResolveDue, scenario.State.FirstPromise));
    }

    [Fact]
    [Clause("4.6.2-6")]
    public void Given_the_resident_said_no_When_asked_again_Then_neither_staff_nor_silence_turn_it_into_a_yes()
    {
        var scenario = Commands.Extended();
        var due = scenario.State.ResolveDue;
        scenario.Do(ComplaintScenario.Resident, new ComplaintCommand.AnswerExtension(false, Channel.Sms))
            .Do(TestCompany.Engineer, new ComplaintCommand.TellExtension(due.AddDays(1), "再等一天"))
            .Refuse(TestCompany.EngineeringHead, Heard, RefusalCode.ResidentOnly)
            .At(scenario.State.Extension!.AnswerBy)
            .Do(ComplaintScenario.System, new ComplaintCommand.TakeSilence(Reached: true));
        Assert.Equal(due, scenario.State.ResolveDue);
    }

    [Theory]
    [InlineData(true, 0, true)]
    [InlineData(false, 0, false)]
    [InlineData(true, -1, false)]
    [Clause("4.6.2-6")]
    public void Given_the_resident_says_nothing_Then_silence_counts_only_where_they_were_reached_and_long_enough(
        bool reached, int minutes, bool moves)
    {
        var scenario = Commands.Extended();
        var (due, wanted) = (scenario.State.ResolveDue, scenario.State.Extension!.NewDue);
        scenario.At(scenario.State.Extension.AnswerBy.AddMinutes(minutes))
            .Refuse(TestCompany.Engineer, new ComplaintCommand.TakeSilence(true), RefusalCode.NotYours)
            .Do(ComplaintScenario.System, new ComplaintCommand.TakeSilence(reached));
        Assert.Equal(moves ? wanted : due, scenario.State.ResolveDue);
    }

    [Fact]
    [Clause("4.6.2-6"), Clause("4.6.1-3")]
    public void Given_the_time_has_passed_When_the_leader_sets_a_new_one_Then_the_lapse_stands_and_the_resident_is_told()
    {
        var scenario = ComplaintScenario.InProgress().Cooperated();
        var due = scenario.State.ResolveDue;
        scenario.At(due).Lapse().After(TimeSpan.FromHours(1))
            .Do(TestCompany.Leader, new ComplaintCommand.Instruct("月底前", scenario.Now.AddDays(20)));
        Assert.Equal((due, due), (scenario.State.ResolveDue, scenario.State.FirstPromise));
        Assert.Contains(scenario.History.Lapses, l => l.Kind == ObligationKind.Resolve);
        Assert.Contains(Told(scenario), m => m is { Template: "NewTime", To: Recipient.Resident });
        scenario.Resolve();
        Assert.True(scenario.History.Steps.Single(x => x.Kind == ObligationKind.Resolve).Missed);
    }

    [Fact]
    [Clause("4.6.2-6")]
    public void Given_a_resolution_When_the_resident_refuses_it_Then_it_was_not_on_time_and_the_first_promise_stays()
    {
        var scenario = ComplaintScenario.Resolved();
        var promise = scenario.State.FirstPromise;
        Assert.False(scenario.History.Steps.Single(x => x.Kind == ObligationKind.Resolve).Missed);
        scenario.Do(ComplaintScenario.Resident, Commands.Refusal());
        Assert.True(scenario.History.Steps.First(x => x.Kind == ObligationKind.Resolve).Missed);
        Assert.Equal(promise, scenario.State.FirstPromise);
        Assert.True(scenario.State.ResolveDue >= promise);
    }

    [Fact]
    [Clause("4.6.1-5"), Clause("4.6.1-4")]
    public void Given_it_is_handled_and_unsigned_Then_the_three_days_for_the_records_run()
    {
        var scenario = ComplaintScenario.Resolved();
        Assert.Equal(scenario.Now.AddDays(3), scenario.Owed(ObligationKind.HandOverRecords).Due);
        scenario.FollowedUp().Do(TestCompany.Engineer, new ComplaintCommand.HandOverRecords())
            .Do(TestCompany.Inspector, new ComplaintCommand.CheckRecords(Accepted: true, null));
        Assert.Equal(Stage.Resolved, scenario.State.Stage);
        scenario.Do(ComplaintScenario.Resident, ComplaintScenario.Sign());
        Assert.False(scenario.Owes(ObligationKind.HandOverRecords));
    }

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_the_residents_last_word_is_not_solved_When_unreachable_is_proposed_Then_it_is_refused()
    {
        var scenario = ComplaintScenario.Resolved().Do(ComplaintScenario.Resident, Commands.Refusal()).Resolve();
        foreach (var (days, way) in new[] { (1, Channel.Phone), (1, Channel.Phone), (2, Channel.WalkIn) })
            scenario.After(TimeSpan.FromDays(days)).Do(TestCompany.Engineer, Commands.Attempt(way));
        scenario.Refuse(TestCompany.Engineer, new ComplaintCommand.ProposeUnreachable(), RefusalCode.WrongStage)
            .Do(ComplaintScenario.Resident, new ComplaintCommand.Note(Channel.Sms, "我出差了"))
            .Do(TestCompany.Engineer, new ComplaintCommand.ProposeUnreachable());
    }

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_a_dead_link_When_the_resident_or_the_system_asks_Then_a_new_one_goes_out_that_opens()
    {
        var request = new ComplaintCommand.RequestSignature();
        var scenario = ComplaintScenario.Resolved().Unchanged(ComplaintScenario.Resident, request)
            .After(TimeSpan.FromDays(15))
            .Refuse(ComplaintScenario.Resident, ComplaintScenario.Sign(), RefusalCode.LinkInvalid)
            .Do(ComplaintScenario.Resident, request);
        Assert.Equal(2, scenario.State.Request!.Issue);
        scenario.Unchanged(ComplaintScenario.Resident, request)
            .Do(ComplaintScenario.Resident, ComplaintScenario.Sign(issue: 2));
    }

    [Fact]
    [Clause("4.6.1-2-G")]
    public void Given_it_was_signed_When_it_breaks_again_before_it_is_verified_Then_it_is_open_again() =>
        Assert.Equal(Stage.InProgress, ComplaintScenario.Signed()
            .Do(ComplaintScenario.Resident, new ComplaintCommand.RefuseInWords(Channel.Sms, "又停了")).State.Stage);

    [Fact]
    [Clause("4.6.1-2-G"), Clause("4.6.1-3")]
    public void Given_it_is_closed_When_the_resident_objects_twice_Then_somebody_else_then_the_leader_answers_for_good()
    {
        var scenario = ComplaintScenario.Verified();
        var verified = scenario.History.Events.Select(e => e.Event).OfType<ComplaintEvent.Verified>().Single().By;
        var objection = new ComplaintCommand.Object(Channel.Http, "没有解决");
        var stands = new ComplaintCommand.AnswerObjection(Upheld: false, "复核后维持");
        scenario.Refuse(TestCompany.HyDuty, objection, RefusalCode.ResidentOnly).Do(ComplaintScenario.Resident, objection);
        Assert.Equal(
            TestCompany.Calendar.Add(scenario.Now, TestCompany.Rules.Policy.AnswerObjection),
            scenario.Owed(ObligationKind.AnswerObjection).Due);
        // Whoever may not answer it is not told to, nor that it is late.
        var owed = scenario.Owed(ObligationKind.AnswerObjection);
        var hands = ((IMatterState)scenario.State).Hands;
        Assert.Contains(verified, hands!);
        Assert.NotEqual(verified, Ladder.Of(owed.Owner, scenario.State, TestCompany.Directory, hands)[0]);
        scenario.Refuse(TestCompany.Directory.Find(verified)!, stands, RefusalCode.OwnWork)
            .Refuse(TestCompany.Engineer, stands, RefusalCode.NotYours)
            .Do(TestCompany.QualityHead, stands);
        Assert.Equal(Outcome.Verified, scenario.State.Outcome);

        scenario.Do(ComplaintScenario.Resident, objection with { Reason = "还是不认可" });
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.AnswerObjection).Owner);
        scenario.Refuse(TestCompany.QualityHead, stands, RefusalCode.NotYours).Do(TestCompany.Leader, stands);
        Assert.Equal((Outcome.FinallyAnswered, (DateTimeOffset?)null), (scenario.State.Outcome, scenario.State.ObjectUntil));
        var told = Assert.Single(
            scenario.Last.SelectMany(e => scenario.History.MessagesOf(e, scenario.Rules)), m => m.Template == "FinalAnswer");
        Assert.Contains(told.Words, w => w.Name == "outside");
        scenario.Refuse(ComplaintScenario.Resident, objection, RefusalCode.Closed);
    }

    [Fact]
    [Clause("4.6.1-2-G")]
    public void Given_an_objection_When_it_is_upheld_Then_somebody_else_takes_it_and_it_is_a_complaint_again()
    {
        var scenario = Commands.Proposed().Do(TestCompany.Inspector, Yes)
            .Do(ComplaintScenario.Resident, new ComplaintCommand.Object(Channel.Http, "不是重复"))
            .Refuse(TestCompany.Inspector, new ComplaintCommand.AnswerObjection(true, "是"), RefusalCode.OwnWork)
            .Do(TestCompany.OtherInspector, new ComplaintCommand.AnswerObjection(Upheld: true, "确实不是同一件事"));
        Assert.Equal((Stage.Assigned, Nature.Complaint), (scenario.State.Stage, scenario.State.Kind));
        Assert.True(scenario.Owes(ObligationKind.Resolve));
    }

    [Fact]
    [Clause("4.6.1-2-G")]
    public void Given_the_time_to_object_is_over_When_the_resident_objects_Then_a_new_complaint_is_the_way()
    {
        var scenario = ComplaintScenario.Verified();
        scenario.At(scenario.State.ObjectUntil!.Value.AddMinutes(1)).Refuse(
            ComplaintScenario.Resident, new ComplaintCommand.Object(Channel.Http, "晚了"), RefusalCode.TooLate);
    }

    [Fact]
    [Clause("4.6.1-3")]
    public void Given_refusals_without_end_When_the_leader_answers_for_good_Then_it_ends_but_not_at_the_first()
    {
        var final = new ComplaintCommand.AnswerFinally("公司的最终答复");
        ComplaintScenario.Resolved().Refuse(TestCompany.Leader, final, RefusalCode.NotYet);
        var scenario = Commands.RefusedTwice().Refuse(TestCompany.Engineer, final, RefusalCode.NotYours)
            .Do(TestCompany.Leader, final);
        Assert.Equal(Outcome.FinallyAnswered, scenario.State.Outcome);
    }

    [Fact]
    [Clause("4.6.2-4"), Clause("4.2.1")]
    public void Given_nothing_by_which_to_reach_anybody_When_resolved_Then_it_ends_honestly_without_attempts()
    {
        var scenario = new ComplaintScenario().Do(
            ComplaintScenario.System, ComplaintScenario.Intake(confirmed: true) with { Contact = Contact.None });
        scenario.Do(TestCompany.Engineer, new ComplaintCommand.Resolve(ComplaintScenario.Done));
        Assert.True(scenario.State is { NoContact: true, Stage: Stage.Completed, Signature: null });
        Assert.False(scenario.Owes(ObligationKind.FollowUp));
        scenario.Do(TestCompany.Engineer, new ComplaintCommand.HandOverRecords())
            .Do(TestCompany.Inspector, new ComplaintCommand.CheckRecords(true, null))
            .Do(TestCompany.Engineer, new ComplaintCommand.FindRootCause("磨损", "检查"))
            .Do(TestCompany.Inspector, new ComplaintCommand.Verify(true, "现场看过"));
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_money_is_offered_Then_another_approves_and_a_third_pays_and_the_resident_is_told()
    {
        var scenario = Commands.Offered();
        scenario.Refuse(TestCompany.Engineer, new ComplaintCommand.DecideRemedy(1, true, null), RefusalCode.NotYours)
            .Refuse(TestCompany.Accountant, new ComplaintCommand.GiveRemedy(1, "凭证12号"), RefusalCode.ApprovalMissing)
            .Do(TestCompany.Leader, new ComplaintCommand.DecideRemedy(1, true, null));
        Assert.Contains(Told(scenario), m => m is { Template: "MoneyPromised", To: Recipient.Resident });
        scenario.Refuse(TestCompany.Engineer, new ComplaintCommand.GiveRemedy(1, "凭证12号"), RefusalCode.NotYours)
            .Do(TestCompany.Accountant, new ComplaintCommand.GiveRemedy(1, "凭证12号"));
        Assert.False(scenario.Owes(ObligationKind.GiveRemedy));
    }

    [Theory]
    [InlineData(RemedyKind.Money, null)]
    [InlineData(RemedyKind.Money, 0.0)]
    [InlineData(RemedyKind.Money, -5.0)]
    [InlineData(RemedyKind.Money, 0.001)]
    [InlineData(RemedyKind.Apology, 5.0)]
    [Clause("4.6.1-2-D")]
    public void Given_a_remedy_without_a_sound_amount_When_offered_Then_it_is_refused(RemedyKind kind, double? amount) =>
        ComplaintScenario.InProgress().Refuse(
            TestCompany.Engineer, new ComplaintCommand.OfferRemedy(kind, "地板受潮", (decimal?)amount), RefusalCode.BadField);

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_what_was_promised_When_the_complaint_is_closed_Then_it_is_owed_until_it_is_given()
    {
        var scenario = Commands.Offered().Do(TestCompany.Leader, new ComplaintCommand.DecideRemedy(1, true, null))
            .Do(ComplaintScenario.Resident, new ComplaintCommand.Withdraw(Channel.Sms, null));
        Assert.False(scenario.State.Open);
        Assert.True(scenario.Owes(ObligationKind.GiveRemedy));
        scenario.Do(TestCompany.Accountant, new ComplaintCommand.GiveRemedy(1, "凭证12号"));
        Assert.Empty(scenario.History.Owed);
    }

    [Fact]
    [Clause("4.6.1-2-G")]
    public void Given_misreporting_is_proven_Then_the_leader_owes_what_follows_and_not_the_one_concerned()
    {
        var scenario = ComplaintScenario.Verified()
            .Do(TestCompany.Inspector, new ComplaintCommand.ProveMisreport(TestCompany.Engineer.Id, "未到现场"));
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.DecideConsequence).Owner);
        var decide = new ComplaintCommand.DecideConsequence(TestCompany.Engineer.Id, "扣绩效");
        scenario.Refuse(TestCompany.Engineer, decide, RefusalCode.NotYours)
            .Refuse(TestCompany.Inspector, decide, RefusalCode.NotYours).Do(TestCompany.Leader, decide);
        Assert.Empty(scenario.History.Owed);
        Assert.Contains(Told(scenario), m => m.Template == "ConsequenceDecided");
    }

    [Fact]
    [Clause("4.6.2-4"), Clause("4.5.4")]
    public void Whatever_happens_no_complaint_is_closed_by_one_persons_hand() => Numbers.Sample(
        numbers =>
        {
            var life = new RandomComplaint(numbers);
            life.Begin();
            while (!life.Done)
            {
                life.Step();
                var s = life.Scenario.State;
                if (s.Open || !s.EverComplaint || s.Outcome is Outcome.Withdrawn or Outcome.Voided)
                    continue;
                var hands = life.Scenario.History.Events.SelectMany(e => Who(e.Event)).Distinct().ToList();
                Assert.True(hands.Count > 1, $"{s.Outcome} by {string.Join(", ", hands)}");
            }
        },
        iter: 500);

    private static IEnumerable<StaffId> Who(object e) => e.GetType().GetProperties()
        .Where(p => p.Name is "By" or "Consent" && (p.PropertyType == typeof(StaffId) || p.PropertyType == typeof(StaffId?)))
        .Select(p => p.GetValue(e)).OfType<StaffId>();

    private static IReadOnlyList<MatterMessage> Told(ComplaintScenario scenario) =>
        [.. scenario.Last.SelectMany(e => scenario.History.MessagesOf(e, scenario.Rules))];
}
