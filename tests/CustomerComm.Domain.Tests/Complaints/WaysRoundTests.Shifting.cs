namespace CustomerComm.Domain.Tests.Complaints;

/// <content>Shifting it, being named in it, letters, and what ends without having been done.</content>
public sealed partial class WaysRoundTests
{
    private static ComplaintScenario Saying(
        string text, Category category, Nature kind = Nature.Complaint, Severity severity = Severity.Ordinary) =>
        new ComplaintScenario().Do(
            ComplaintScenario.System, ComplaintScenario.Intake(category, kind, severity) with { Text = text });

    [Theory]
    [InlineData(Category.StaffAttitude, "物业经理骂人")]
    [InlineData(Category.ServiceQuality, "小区主管从来不管事")]
    [InlineData(Category.StaffAttitude, "The estate manager shouted at my mother")]
    [Clause("4.6.1-2-D"), Clause("4.6.1-2-A")]
    public void Given_a_head_is_named_by_post_When_it_comes_in_Then_they_and_their_office_keep_out_until_the_chief_looked(
        Category category, string text)
    {
        var scenario = Saying(text, category);
        Assert.Equal([TestCompany.HyManager.Id], scenario.State.Named);
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.Triage).Owner);
        foreach (var one in new[] { TestCompany.HyManager, TestCompany.HyDuty, TestCompany.HyGuard })
        {
            Assert.False(Authority.MaySee(scenario.State, one, TestCompany.Directory));
            scenario.Refuse(one, ComplaintScenario.Triage(Category.Cleaning), RefusalCode.Accused);
        }

        // Quality leads it by the clause, and still does not look in the leader's stead.
        scenario.Refuse(TestCompany.Inspector, ComplaintScenario.Triage(category), RefusalCode.NotYours)
            .Do(TestCompany.Leader, ComplaintScenario.Triage(category));
        Assert.Empty(scenario.State.Named);
        Assert.Equal(Unit.Quality, scenario.State.Lead);
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_words_that_name_a_head_by_post_When_it_is_called_a_complaint_about_people_Then_they_keep_out_from_then()
    {
        var scenario = Saying("工程部主管修坏了还骂人", Category.Equipment);
        // Elsewhere a post mostly tells whom the resident turned to.
        Assert.Empty(scenario.State.Named);
        scenario.Do(TestCompany.HyDuty, ComplaintScenario.Triage(Category.StaffAttitude));
        Assert.Equal([TestCompany.EngineeringHead.Id], scenario.State.Named);
        scenario.Refuse(TestCompany.Engineer, new ComplaintCommand.Note(Channel.Phone, "没骂"), RefusalCode.Accused)
            // Nor may the post that called it so call it something else again.
            .Refuse(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Equipment), RefusalCode.NotYours)
            .Do(TestCompany.Leader, ComplaintScenario.Triage(Category.ServiceQuality));
        Assert.Empty(scenario.State.Named);
        Assert.True(scenario.State.NamesSeen);

        // The chief has looked: another finding by quality bars nobody anew.
        scenario.After(TimeSpan.FromHours(1)).Do(TestCompany.Inspector, ComplaintScenario.Triage(Category.StaffAttitude));
        Assert.Empty(scenario.State.Named);
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_an_enquiry_that_names_somebody_When_it_is_found_to_be_a_complaint_Then_they_keep_out()
    {
        var scenario = Saying($"请问{TestCompany.HyGuard.Name}为什么骂人？", Category.StaffAttitude, Nature.Enquiry);
        scenario.Do(TestCompany.HyDuty, ComplaintScenario.Triage(Category.StaffAttitude));
        Assert.Equal([TestCompany.HyGuard.Id], scenario.State.Named);
    }

    [Fact]
    [Clause("4.6.2-3"), Clause("4.6.1-3")]
    public void Given_it_goes_to_and_fro_by_findings_When_it_is_the_third_time_Then_the_leader_hears_and_nothing_moves()
    {
        var scenario = Confirmed();
        foreach (var category in new[] { Category.Charges, Category.CivilWorks, Category.Charges })
        {
            Assert.False(scenario.Owes(ObligationKind.Instruct));
            scenario.After(TimeSpan.FromMinutes(5)).Do(TestCompany.HyDuty, ComplaintScenario.Triage(category));
        }

        Assert.Equal(3, scenario.State.HandOvers);
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.Instruct).Owner);
        Assert.Contains(Told(scenario), m => m.Template == "InstructionOwed");
        scenario.Refuse(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Equipment), RefusalCode.NotYet)
            .Refuse(TestCompany.Accountant, new ComplaintCommand.HandOver(Unit.Office, "不归我们"), RefusalCode.NotYet)
            .Do(TestCompany.Leader, ComplaintScenario.Triage(Category.Equipment));
    }

    [Fact]
    [Clause("4.6.1-2-A"), Clause("4.6.1-2-D")]
    public void Given_quality_or_the_leader_leads_by_the_clause_When_the_handler_hands_it_over_Then_only_the_chief_may()
    {
        var attitude = ComplaintScenario.InProgress(Category.StaffAttitude);
        attitude.Refuse(attitude.Handler, new ComplaintCommand.HandOver(Unit.Office, "请管理处办"), RefusalCode.NotYours)
            .Do(attitude.Handler, new ComplaintCommand.AskCooperation(Unit.Engineering, "请协助"));
        var money = ComplaintScenario.InProgress(Category.Compensation)
            .Do(TestCompany.Leader, new ComplaintCommand.Assign(TestCompany.Engineer.Id, null))
            .Do(TestCompany.Engineer, new ComplaintCommand.Accept());
        money.Refuse(TestCompany.Engineer, new ComplaintCommand.HandOver(Unit.Office, "请管理处办"), RefusalCode.NotYours);
    }

    [Fact]
    [Clause("4.6.2-1")]
    public void Given_a_complaint_When_it_is_called_a_mere_repair_Then_somebody_else_consents()
    {
        var repair = ComplaintScenario.Triage(kind: Nature.RepairRequest);
        var scenario = Confirmed().Refuse(TestCompany.HyDuty, repair, RefusalCode.BadField)
            .Do(TestCompany.HyDuty, ComplaintScenario.Lower(repair, FindingReason.OnlyRepair));
        Assert.Equal(Nature.Complaint, scenario.State.Kind);
        scenario.Do(TestCompany.Inspector, Yes);
        Assert.Equal((Nature.RepairRequest, FindingReason.OnlyRepair), (scenario.State.Kind, scenario.State.Lowered));
    }

    [Fact]
    [Clause("4.6.1-2-E")]
    public void Given_a_letter_When_it_is_dismissed_Then_the_leader_consents_even_where_it_is_no_complaint()
    {
        var scenario = ComplaintScenario.Answering(letter: true)
            .Do(TestCompany.HyDuty, new ComplaintCommand.Dismiss(FindingReason.OutsideScope, "不属物业"));
        Assert.True(scenario.State.Open);
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.ConsentFinding).Owner);
        scenario.Refuse(TestCompany.Inspector, Yes, RefusalCode.NotYours).Do(TestCompany.Leader, Yes);
        Assert.Equal(Outcome.Dismissed, scenario.State.Outcome);
    }

    [Fact]
    [Clause("4.6.1-2-E")]
    public void Given_a_letter_entered_as_a_call_When_it_is_found_to_be_one_Then_nothing_is_answered_unapproved_any_more()
    {
        var scenario = ComplaintScenario.InProgress().Do(TestCompany.HyGuard, new ComplaintCommand.TreatAsLetter())
            .Unchanged(TestCompany.HyDuty, new ComplaintCommand.TreatAsLetter());
        Assert.False(scenario.State.Intake.IsLetter);
        scenario.Refuse(
                TestCompany.Engineer, new ComplaintCommand.Resolve(ComplaintScenario.Done), RefusalCode.ApprovalMissing)
            .Do(TestCompany.Engineer, new ComplaintCommand.DraftLetter(ComplaintScenario.Done))
            .Do(TestCompany.Leader, new ComplaintCommand.DecideLetter(true, null)).Resolve();
    }

    [Fact]
    [Clause("4.6.1-2-E"), Clause("4.6.1-2-G")]
    public void Given_an_objection_to_a_letters_answer_When_quality_answers_Then_the_leader_approves_the_words_first()
    {
        var answer = new ComplaintCommand.AnswerObjection(Upheld: false, "维持原答复");
        var scenario = ComplaintScenario.Answering(letter: true)
            .Do(TestCompany.Accountant, new ComplaintCommand.DraftLetter("答复"))
            .Do(TestCompany.Leader, new ComplaintCommand.DecideLetter(true, null))
            .Do(TestCompany.Accountant, new ComplaintCommand.Answer("答复"))
            .Do(ComplaintScenario.Resident, new ComplaintCommand.Object(Channel.Http, "不同意"));
        scenario.Refuse(TestCompany.Inspector, answer, RefusalCode.ApprovalMissing)
            .Refuse(TestCompany.Inspector, answer with { Text = "答复" }, RefusalCode.ApprovalMissing)
            .Refuse(TestCompany.Accountant, new ComplaintCommand.DraftLetter("x"), RefusalCode.NotYours)
            .Do(TestCompany.Inspector, new ComplaintCommand.DraftLetter("维持原答复"))
            .Refuse(TestCompany.Inspector, new ComplaintCommand.DecideLetter(true, null), RefusalCode.NotYours);
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.ApproveLetter).Owner);
        scenario.Do(TestCompany.Leader, new ComplaintCommand.DecideLetter(true, null)).Do(TestCompany.Inspector, answer);
        Assert.Equal(Outcome.Answered, scenario.State.Outcome);

        // The second time the leader answers: that is its own approval.
        scenario.Do(ComplaintScenario.Resident, new ComplaintCommand.Object(Channel.Http, "还是不同意"))
            .Do(TestCompany.Leader, new ComplaintCommand.AnswerObjection(Upheld: false, "最终答复"));
        Assert.Equal(Outcome.FinallyAnswered, scenario.State.Outcome);
    }

    [Fact]
    [Clause("4.6.1-2-E"), Clause("4.6.1-2-D")]
    public void Given_an_answer_was_approved_When_the_leader_who_approved_it_is_accused_Then_it_is_approved_no_more()
    {
        var scenario = Commands.Drafted().Do(TestCompany.Leader, new ComplaintCommand.DecideLetter(true, null))
            .Do(TestCompany.Inspector, ComplaintScenario.Triage(accused: TestCompany.Leader));
        Assert.Null(scenario.State.Letter);
        scenario.Refuse(
            scenario.Handler, new ComplaintCommand.Resolve(ComplaintScenario.Done), RefusalCode.ApprovalMissing);
    }

    [Fact]
    [Clause("4.6.1-3"), Clause("4.6.1-2-E")]
    public void Given_the_leader_has_it_in_hand_When_they_put_it_above_or_write_Then_somebody_else_is_told_and_owes_it()
    {
        var scenario = ComplaintScenario.InProgress(Category.Compensation, letter: true)
            .Do(TestCompany.Leader, new ComplaintCommand.Escalate("拿不定"));
        Assert.Equal(Party.Of(Unit.Quality), scenario.Owed(ObligationKind.Instruct).Owner);
        Assert.Contains(Told(scenario), m => m is
        {
            Template: "InstructionOwed", To: Recipient.Staff { Party.Unit: Unit.Quality },
        });
        scenario.Refuse(TestCompany.Leader, new ComplaintCommand.Instruct("就这样", null), RefusalCode.NotYours)
            .Do(TestCompany.QualityHead, new ComplaintCommand.Instruct("按合同赔", null))
            .Do(TestCompany.Leader, new ComplaintCommand.DraftLetter("赔付"));
        Assert.Equal(Party.Of(Unit.Quality), scenario.Owed(ObligationKind.ApproveLetter).Owner);
        Assert.Contains(Told(scenario), m => m is
        {
            Template: "LetterToApprove", To: Recipient.Staff { Party.Unit: Unit.Quality },
        });
    }

    [Fact]
    [Clause("4.6.1-2-G")]
    public void Given_the_leader_reported_untruly_When_it_is_proven_Then_somebody_else_decides_what_follows()
    {
        var scenario = ComplaintScenario.InProgress()
            .Do(TestCompany.Inspector, new ComplaintCommand.ProveMisreport(TestCompany.Leader.Id, "说修好了"));
        Assert.Equal(Party.Of(Unit.Quality), scenario.Owed(ObligationKind.DecideConsequence).Owner);
        var decide = new ComplaintCommand.DecideConsequence(TestCompany.Leader.Id, "书面检讨");
        scenario.Refuse(TestCompany.Leader, decide, RefusalCode.NotYours).Do(TestCompany.QualityHead, decide);
        Assert.Empty(scenario.State.Misreports);
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_money_is_approved_When_finance_leads_Then_it_is_neither_approved_nor_paid_by_one_person()
    {
        var scenario = ComplaintScenario.InProgress(Category.Charges)
            .Do(TestCompany.Accountant, new ComplaintCommand.OfferRemedy(RemedyKind.Money, "多收", 50));
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.ApproveRemedy).Owner);
        scenario.Refuse(TestCompany.FinanceHead, new ComplaintCommand.DecideRemedy(1, true, null), RefusalCode.NotYours)
            .Do(TestCompany.Leader, new ComplaintCommand.DecideRemedy(1, true, null))
            .Refuse(TestCompany.Accountant, new ComplaintCommand.GiveRemedy(1, "凭证"), RefusalCode.OwnWork)
            .Do(TestCompany.FinanceHead, new ComplaintCommand.GiveRemedy(1, "凭证"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Clause("4.2.3"), Clause("4.6.2-1")]
    public void Given_nobody_can_be_told_by_message_When_it_ends_Then_somebody_owes_them_a_word_before_it_is_over(
        bool dismissed)
    {
        var fixedLine = new Contact(new Personal("王芳"), new Personal(TestCompany.ResidentPhone), null, null) { CallsOnly = true };
        var scenario = new ComplaintScenario()
            .Do(ComplaintScenario.System, ComplaintScenario.Intake(Category.Charges, Nature.Enquiry) with { Contact = fixedLine })
            .Do(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Charges, Nature.Enquiry));
        if (dismissed)
            scenario.Do(TestCompany.HyDuty, new ComplaintCommand.Dismiss(FindingReason.Duplicate, "重复"));
        else
            scenario.Do(TestCompany.Accountant, new ComplaintCommand.Answer("每平米两元"));

        Assert.Equal(Stage.Closed, scenario.State.Stage);
        Assert.True(((IMatterState)scenario.State).Open);
        Assert.Equal("4.2.3", scenario.Owed(ObligationKind.FollowUp).Clause);
        var told = new ComplaintCommand.FollowUp(Channel.Phone, "已告知", null);
        scenario.Refuse(TestCompany.HyGuard, told, RefusalCode.NotYours).Do(TestCompany.FinanceHead, told);
        Assert.False(((IMatterState)scenario.State).Open);
        Assert.Empty(scenario.History.Owed);
    }

    [Fact]
    [Clause("4.2.3")]
    public void Given_a_message_reaches_them_or_nobody_is_known_When_it_ends_Then_no_word_is_owed_besides()
    {
        var reached = ComplaintScenario.Answering().Do(TestCompany.Accountant, new ComplaintCommand.Answer("每平米两元"));
        Assert.Empty(reached.History.Owed);
        var nobody = new ComplaintScenario()
            .Do(ComplaintScenario.System, ComplaintScenario.Intake(Category.Charges, Nature.Enquiry) with { Contact = Contact.None })
            .Do(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Charges, Nature.Enquiry))
            .Do(TestCompany.Accountant, new ComplaintCommand.Answer("每平米两元"));
        Assert.Empty(nobody.History.Owed);
    }

    [Fact]
    [Clause("4.6.1-2-G"), Clause("3.2")]
    public void Given_an_objection_is_upheld_When_less_had_been_made_of_it_Then_that_stays_on_record()
    {
        var scenario = Commands.Proposed().Do(TestCompany.Inspector, Yes)
            .Do(ComplaintScenario.Resident, new ComplaintCommand.Object(Channel.Http, "不是重复"));
        scenario.Do(TestCompany.QualityHead, new ComplaintCommand.AnswerObjection(Upheld: true, "重新办理"));
        Assert.Equal((FindingReason.Duplicate, Nature.Complaint), (scenario.State.Lowered, scenario.State.Kind));
    }

    [Fact]
    [Clause("3.2"), Clause("4.6.1-3")]
    public void Given_something_owed_When_nobody_needs_it_any_more_Then_it_counts_neither_as_met_nor_as_missed()
    {
        static ObligationStep Of(ComplaintScenario s, ObligationKind kind) => s.History.Steps.Single(x => x.Kind == kind);

        Assert.DoesNotContain(ComplaintScenario.Verified().History.Steps, x => x.FellAway || (x.Unmet && x.Kind != ObligationKind.Cooperate));
        var objected = Commands.ObjectedTwice();
        Assert.DoesNotContain(objected.History.Steps, x => x.FellAway || (x.Unmet && x.Kind != ObligationKind.Cooperate));
        objected.Do(ComplaintScenario.Resident, new ComplaintCommand.Withdraw(Channel.Http, null));
        Assert.True(objected.History.Steps.Last(x => x.Kind == ObligationKind.AnswerObjection).FellAway);

        var withdrawn = Commands.Escalated().Do(ComplaintScenario.Resident, new ComplaintCommand.Withdraw(Channel.Chat, null));
        Assert.True(Of(withdrawn, ObligationKind.Instruct).FellAway);
        Assert.True(Of(withdrawn, ObligationKind.Resolve) is { FellAway: true, Unmet: false, Missed: false });
        Assert.False(Of(withdrawn, ObligationKind.Triage).FellAway);

        var declined = ComplaintScenario.Assigned().Do(TestCompany.Engineer, new ComplaintCommand.Decline("休假"));
        Assert.True(Of(declined, ObligationKind.Accept).FellAway);
        var refused = ComplaintScenario.Resolved().Do(ComplaintScenario.Resident, Commands.Refusal());
        Assert.True(Of(refused, ObligationKind.ObtainSignature).FellAway);
        Assert.True(Of(refused, ObligationKind.FollowUp).FellAway);
        Assert.True(refused.History.Steps.First(x => x.Kind == ObligationKind.Resolve).Unmet);

        // What was late already when it fell away was missed all the same.
        var late = ComplaintScenario.InProgress();
        late.At(late.State.ResolveDue.AddHours(1)).Do(ComplaintScenario.Resident, new ComplaintCommand.Withdraw(Channel.Chat, null));
        Assert.True(Of(late, ObligationKind.Resolve) is { FellAway: false, Missed: true });
    }
}
