using CsCheck;

namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>People who try to get round the procedure alone: each way must end at somebody else.</summary>
public sealed partial class WaysRoundTests
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
    public void Given_a_finding_that_makes_no_less_of_it_When_a_reason_for_less_is_sent_along_Then_it_is_not_recorded()
    {
        var scenario = Confirmed().Do(
            TestCompany.HyDuty, ComplaintScenario.Triage(severity: Severity.Major) with { Why = FindingReason.OnlyAsks });
        Assert.Null(Assert.Single(scenario.Last.OfType<ComplaintEvent.Triaged>()).Why);
        Assert.Null(scenario.State.Proposed);
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
        // What they complained of beside it is not dropped unseen either; what is added takes nothing from them.
        var beside = Confirmed(Category.Equipment, Severity.Ordinary, Category.Charges);
        beside.Do(TestCompany.HyDuty, ComplaintScenario.Triage(also: [Category.Charges, Category.Cleaning]));
        Assert.DoesNotContain(Told(beside), m => m.Template == "CategoryChanged");
        beside.Do(TestCompany.HyDuty, ComplaintScenario.Triage(also: [Category.Cleaning]));
        Assert.Contains(Told(beside), m => m is { Template: "CategoryChanged", To: Recipient.Resident });
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
        var confirm = new ComplaintCommand.DecideSignature(Confirmed: true, "电话核实");
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
            .Refuse(scenario.Handler, more, RefusalCode.NotYours)
            .Refuse(TestCompany.QualityHead, more, RefusalCode.NotYours)
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

    [Fact]
    [Clause("4.6.2-4"), Clause("4.5.4"), Clause("4.6.2-1")]
    public void Whatever_one_member_of_staff_does_alone_no_complaint_ends() => Gen.Select(
        Numbers, Gen.Int[0, TestCompany.Staff.Length - 1]).Sample(
        (numbers, who) =>
        {
            var life = new RandomComplaint(numbers, TestCompany.Staff[who]);
            life.Begin();
            while (!life.Done)
            {
                life.Step();
                var s = life.Scenario.State;
                Assert.True(s.Open || !s.EverComplaint, $"{s.Outcome} by {TestCompany.Staff[who].Id} alone");
                Assert.Null(s.Signature);
            }
        },
        iter: 1_000);

    [Fact]
    [Clause("4.6.1-2-D"), Clause("4.5.4")]
    public void Whatever_the_accused_or_anyone_under_them_does_the_complaint_does_not_move() => Gen.Select(
        Numbers, Gen.Int[0, TestCompany.Staff.Length - 1], Gen.Int[0, TestCompany.Staff.Length - 1]).Sample(
        (numbers, accused, who) =>
        {
            var member = TestCompany.Staff[who];
            var life = new RandomComplaint(numbers, member);
            life.Begin(TestCompany.Staff[accused]);
            if (!Authority.IsBarred(life.Scenario.State, member, TestCompany.Directory))
                return;
            while (!life.Done)
            {
                var before = life.Scenario.History.Events.Count;
                life.Step();
                Assert.DoesNotContain(
                    life.Scenario.History.Events.Skip(before).SelectMany(e => Who(e.Event)), by => by == member.Id);
            }
        },
        iter: 1_000);

    private static IEnumerable<StaffId> Who(object e) => e.GetType().GetProperties()
        .Where(p => p.Name is "By" or "Consent" && (p.PropertyType == typeof(StaffId) || p.PropertyType == typeof(StaffId?)))
        .Select(p => p.GetValue(e)).OfType<StaffId>();

    private static IReadOnlyList<MatterMessage> Told(ComplaintScenario scenario) =>
        [.. scenario.Last.SelectMany(e => scenario.History.MessagesOf(e, scenario.Rules))];
}
