namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>Letters, cooperation, escalation, extension and triage again.</summary>
public sealed class HandlingTests
{
    private static readonly ComplaintCommand.DecideLetter Approve = new(Approved: true, null);

    [Fact]
    [Clause("4.6.1-2-E")]
    public void Given_a_letter_When_the_leader_approved_the_answer_Then_exactly_that_text_resolves_it()
    {
        var resolve = new ComplaintCommand.Resolve(ComplaintScenario.Done);
        var scenario = ComplaintScenario.InProgress(letter: true)
            .Refuse(TestCompany.Engineer, resolve, RefusalCode.ApprovalMissing)
            .Do(TestCompany.Engineer, new ComplaintCommand.DraftLetter(ComplaintScenario.Done))
            .Refuse(TestCompany.Engineer, resolve, RefusalCode.ApprovalMissing);
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.ApproveLetter).Owner);

        scenario.Do(TestCompany.Leader, Approve)
            .Refuse(TestCompany.Engineer, new ComplaintCommand.Resolve("别的话"), RefusalCode.ApprovalMissing)
            .Do(TestCompany.Engineer, resolve);
        Assert.Equal(Stage.Resolved, scenario.State.Stage);
    }

    [Fact]
    [Clause("4.6.1-2-E")]
    public void Given_a_draft_was_refused_or_replaced_When_resolved_Then_only_a_new_approval_counts()
    {
        var scenario = Commands.Drafted()
            .Refuse(TestCompany.Leader, new ComplaintCommand.DecideLetter(Approved: false, null), RefusalCode.BadField)
            .Do(TestCompany.Leader, new ComplaintCommand.DecideLetter(Approved: false, "语气不妥"))
            .Refuse(TestCompany.Leader, Approve, RefusalCode.WrongStage)
            .Refuse(TestCompany.Engineer, new ComplaintCommand.Resolve(ComplaintScenario.Done), RefusalCode.ApprovalMissing)
            .Do(TestCompany.Engineer, new ComplaintCommand.DraftLetter("改稿"))
            .Do(TestCompany.Leader, Approve)
            .Do(TestCompany.Engineer, new ComplaintCommand.DraftLetter("再改"));

        scenario.Refuse(TestCompany.Engineer, new ComplaintCommand.Resolve("改稿"), RefusalCode.ApprovalMissing);
        Assert.True(scenario.Owes(ObligationKind.ApproveLetter));
    }

    [Fact]
    [Clause("4.6.1-2-E")]
    public void Given_the_draft_changed_while_the_leader_read_it_When_approved_Then_it_is_refused()
    {
        var read = Check.HashOf(ComplaintScenario.Done);
        Commands.Drafted()
            .Do(TestCompany.Engineer, new ComplaintCommand.DraftLetter("改稿"))
            .Refuse(TestCompany.Leader, Approve with { TextHash = read }, RefusalCode.TextChanged)
            .Do(TestCompany.Leader, Approve with { TextHash = Check.HashOf("改稿") });
    }

    [Fact]
    [Clause("4.6.1-2-E"), Clause("4.2.3")]
    public void Given_a_letter_that_is_an_enquiry_When_the_answer_is_approved_Then_it_can_be_given()
    {
        var answer = new ComplaintCommand.Answer("每平米两元");
        var scenario = ComplaintScenario.Answering(letter: true)
            .Refuse(TestCompany.Accountant, answer, RefusalCode.ApprovalMissing)
            .Do(TestCompany.Accountant, new ComplaintCommand.DraftLetter(answer.Text));
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.ApproveLetter).Owner);

        scenario.Do(TestCompany.Leader, Approve)
            .Refuse(TestCompany.Accountant, new ComplaintCommand.Answer("三元"), RefusalCode.ApprovalMissing)
            .Do(TestCompany.Accountant, answer);
        Assert.Equal(Outcome.Answered, scenario.State.Outcome);
    }

    [Fact]
    [Clause("4.6.1-2-E")]
    public void Given_no_letter_When_an_answer_is_drafted_Then_it_is_refused() =>
        ComplaintScenario.InProgress()
            .Refuse(TestCompany.Engineer, new ComplaintCommand.DraftLetter("答复"), RefusalCode.WrongStage)
            .Refuse(TestCompany.Leader, Approve, RefusalCode.WrongStage);

    [Fact]
    [Clause("4.6.1-2-F")]
    public void Given_cooperation_is_asked_for_When_the_unit_gives_it_Then_it_is_no_longer_owed()
    {
        var scenario = Commands.Asked();
        Assert.Equal(Party.Of(Unit.Finance), scenario.Owed(ObligationKind.Cooperate).Owner);
        scenario.Do(TestCompany.Accountant, new ComplaintCommand.GiveCooperation("已查"));
        Assert.False(scenario.Owes(ObligationKind.Cooperate));

        scenario.Do(TestCompany.Engineer, new ComplaintCommand.AskCooperation(Unit.Finance, "再查"));
        Assert.True(scenario.Owes(ObligationKind.Cooperate));
    }

    [Fact]
    [Clause("4.6.1-2-F")]
    public void Given_cooperation_never_given_When_resolved_Then_it_does_not_count_and_is_owed_again_when_opened_again()
    {
        var scenario = Commands.Asked().Resolve();
        Assert.False(scenario.Owes(ObligationKind.Cooperate));
        // What was never given does not count as given, and is owed again with the complaint.
        Assert.True(scenario.History.Steps.Single(x => x is { Kind: ObligationKind.Cooperate, Subject: "Finance" }).Unmet);
        scenario.Do(ComplaintScenario.Resident, Commands.Refusal());
        Assert.True(scenario.Owes(ObligationKind.Cooperate));
        scenario.Do(TestCompany.Accountant, new ComplaintCommand.GiveCooperation("已查"));
        Assert.False(scenario.Owes(ObligationKind.Cooperate));
    }

    [Fact]
    [Clause("4.6.1-2-F")]
    public void Given_a_cooperating_unit_When_the_case_is_handed_to_it_Then_it_owes_no_cooperation_to_itself()
    {
        var scenario = Commands.Asked().Do(
            TestCompany.Engineer, new ComplaintCommand.HandOver(Unit.Finance, "其实是账目问题"));
        Assert.False(scenario.Owes(ObligationKind.Cooperate));
        Assert.Equal(TestCompany.Accountant.Id, scenario.State.Handler);
    }

    [Theory]
    [InlineData(Unit.Engineering, RefusalCode.BadField)]
    [InlineData(Unit.Office, RefusalCode.Accused)]
    [Clause("4.6.1-2-F"), Clause("4.6.1-2-D")]
    public void Given_a_unit_that_cannot_help_When_asked_Then_it_is_refused(Unit unit, RefusalCode code)
    {
        var scenario = code == RefusalCode.Accused
            ? ComplaintScenario.InProgress(accused: TestCompany.HyManager, by: TestCompany.Leader)
            : ComplaintScenario.InProgress();
        scenario.Refuse(scenario.Handler, new ComplaintCommand.AskCooperation(unit, "帮忙"), code);
    }

    [Theory]
    [InlineData(Unit.Engineering)]
    [InlineData(Unit.Office)]
    [Clause("4.6.2-3"), Clause("4.6.1-2-D")]
    public void Given_a_unit_that_cannot_take_it_When_handed_over_Then_it_is_refused(Unit unit)
    {
        var scenario = unit == Unit.Office
            ? ComplaintScenario.InProgress(Category.AgainstManager) : ComplaintScenario.InProgress();
        scenario.Refuse(scenario.Handler, new ComplaintCommand.HandOver(unit, "不归我们"), RefusalCode.BadField);
    }

    [Fact]
    [Clause("4.6.1-3")]
    public void Given_it_cannot_be_solved_When_escalated_Then_nothing_is_resolved_before_the_instruction()
    {
        var due = TestCompany.Time("2026-03-20 17:00");
        var scenario = Commands.Escalated()
            .Refuse(TestCompany.Engineer, new ComplaintCommand.Resolve(ComplaintScenario.Done), RefusalCode.NotYet);
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.Instruct).Owner);

        var promised = scenario.State.ResolveDue;
        scenario.Do(TestCompany.Leader, new ComplaintCommand.Instruct("同意换主板", due));
        // More time than was promised is the resident's to give, whoever wants it.
        Assert.Equal(promised, scenario.Owed(ObligationKind.Resolve).Due);
        Assert.Equal(due, scenario.State.Extension!.NewDue);
        scenario.Do(ComplaintScenario.Resident, new ComplaintCommand.AnswerExtension(Agreed: true, Channel.Sms));
        Assert.Equal(due, scenario.Owed(ObligationKind.Resolve).Due);
        scenario.Resolve();
    }

    [Fact]
    [Clause("4.6.1-3"), Clause("4.6.1-2-D")]
    public void Given_it_is_against_the_leader_and_quality_has_it_When_escalated_Then_another_unit_instructs()
    {
        var scenario = ComplaintScenario.InProgress(
            Category.StaffAttitude, accused: TestCompany.Leader, by: TestCompany.QualityHead);
        scenario.Do(scenario.Handler, new ComplaintCommand.Escalate("需要公司决定"))
            .Refuse(TestCompany.Leader, new ComplaintCommand.Instruct("算了", null), RefusalCode.Accused)
            .Refuse(TestCompany.QualityHead, new ComplaintCommand.Instruct("算了", null), RefusalCode.NotYours);
        Assert.Equal(Party.Of(Unit.Finance), scenario.Owed(ObligationKind.Instruct).Owner);
        scenario.Do(TestCompany.FinanceHead, new ComplaintCommand.Instruct("道歉", null));
    }

    [Fact]
    [Clause("4.6.2-6")]
    public void Given_more_time_is_needed_When_told_before_the_time_and_agreed_Then_the_promise_moves()
    {
        var scenario = Commands.Extended();
        var told = scenario.State.Extension!.NewDue;
        Assert.Equal(scenario.State.ResolveDue, scenario.Owed(ObligationKind.RecordExtensionAnswer).Due);

        scenario.Do(ComplaintScenario.Resident, new ComplaintCommand.AnswerExtension(Agreed: true, Channel.Sms));
        Assert.Equal(told, scenario.Owed(ObligationKind.Resolve).Due);
        Assert.False(scenario.Owes(ObligationKind.RecordExtensionAnswer));
    }

    [Fact]
    [Clause("4.6.2-6")]
    public void Given_more_time_is_needed_When_the_resident_does_not_agree_Then_the_promise_stands()
    {
        var scenario = Commands.Extended();
        var due = scenario.State.ResolveDue;
        scenario.Do(
                TestCompany.Engineer, new ComplaintCommand.AnswerExtension(Agreed: false, Channel.Phone, "王芳", "等不了"))
            .Refuse(
                ComplaintScenario.Resident, new ComplaintCommand.AnswerExtension(Agreed: true, Channel.Sms),
                RefusalCode.WrongStage);
        Assert.Equal(due, scenario.State.ResolveDue);
    }

    [Theory]
    [InlineData(-1, 2, null)]
    [InlineData(0, 2, RefusalCode.TooLate)]
    [InlineData(5, 2, RefusalCode.TooLate)]
    [InlineData(-5, 0, RefusalCode.BadField)]
    [InlineData(-5, -1, RefusalCode.BadField)]
    [InlineData(-5, 400, RefusalCode.BadField)]
    [Clause("4.6.2-6")]
    public void Given_the_time_to_resolve_When_an_extension_is_told_Then_it_must_be_beforehand_and_later(
        int minutesFromDue, int days, RefusalCode? code)
    {
        var scenario = ComplaintScenario.InProgress();
        var due = scenario.State.ResolveDue;
        scenario.At(due.AddMinutes(minutesFromDue));
        var tell = new ComplaintCommand.TellExtension(due.AddDays(days), "配件未到");
        if (code is { } refused)
            scenario.Refuse(TestCompany.Engineer, tell, refused);
        else
            scenario.Do(TestCompany.Engineer, tell);
    }

    [Theory]
    [InlineData(true, 1, true)]
    [InlineData(false, 1, false)]
    [InlineData(true, 3, false)]
    [InlineData(false, 3, false)]
    [Clause("4.6.2-6")]
    public void Given_the_time_has_passed_When_the_answer_comes_Then_only_the_residents_own_moves_it_and_never_back(
        bool byResident, int daysLater, bool moves)
    {
        var scenario = Commands.Extended();
        var (due, told) = (scenario.State.ResolveDue, scenario.State.Extension!.NewDue);
        scenario.At(due).Lapse().At(due.AddDays(daysLater)).Do(
            byResident ? ComplaintScenario.Resident : new Actor.Staff(TestCompany.EngineeringHead),
            new ComplaintCommand.AnswerExtension(Agreed: true, Channel.Phone, "王芳", "同意"));

        Assert.Equal(moves ? told : due, scenario.State.ResolveDue);
        Assert.Equal(!moves, scenario.History.Lapses.Exists(l => l.Kind == ObligationKind.Resolve));
        Assert.False(scenario.Owes(ObligationKind.RecordExtensionAnswer));
    }

    [Theory]
    [InlineData(Severity.Ordinary, "2026-03-03 09:00", Severity.Urgent, "2026-03-03 13:00")]
    [InlineData(Severity.Ordinary, "2026-03-05 08:00", Severity.Urgent, "2026-03-05 09:00")]
    [InlineData(Severity.Ordinary, "2026-03-02 10:00", Severity.Urgent, "2026-03-02 13:00")]
    [InlineData(Severity.Ordinary, "2026-03-03 09:00", Severity.Major, "2026-03-05 09:00")]
    [InlineData(Severity.Ordinary, "2026-03-06 09:00", Severity.Major, "2026-03-05 09:00")]
    [InlineData(Severity.Major, "2026-03-12 09:00", Severity.Ordinary, "2026-03-13 09:00")]
    [InlineData(Severity.Urgent, "2026-03-16 09:00", Severity.Ordinary, "2026-03-02 13:00")]
    [Clause("4.6.2-6"), Clause("4.6.2-1")]
    public void Given_another_severity_is_found_When_triaged_again_Then_no_new_promise_lies_in_the_past_and_graver_is_no_later(
        Severity before, string at, Severity after, string due)
    {
        var scenario = ComplaintScenario.InProgress(severity: before).At(at);
        // To rate it lower needs somebody else.
        if (after == Severity.Ordinary)
            scenario.Lowered(TestCompany.HyDuty, ComplaintScenario.Triage(severity: after), FindingReason.LessGrave);
        else
            scenario.Do(TestCompany.HyDuty, ComplaintScenario.Triage(severity: after));
        Assert.Equal(TestCompany.Time(due), scenario.State.ResolveDue);
    }

    [Fact]
    [Clause("4.6.2-6")]
    public void Given_an_agreed_extension_of_the_residents_time_When_triaged_again_Then_it_stands()
    {
        var wanted = TestCompany.Time("2026-03-04 12:00");
        var scenario = ComplaintScenario.Received(wantedBy: wanted).Do(TestCompany.HyDuty, ComplaintScenario.Triage())
            .Do(TestCompany.Engineer, new ComplaintCommand.TellExtension(wanted.AddDays(3), "配件未到"))
            .Do(ComplaintScenario.Resident, new ComplaintCommand.AnswerExtension(Agreed: true, Channel.Chat))
            .Do(TestCompany.HyDuty, ComplaintScenario.Triage(severity: Severity.Urgent));
        Assert.Equal(wanted.AddDays(3), scenario.State.ResolveDue);
    }

    [Fact]
    [Clause("4.2.3"), Clause("4.6.2-1")]
    public void Given_an_enquiry_When_it_turns_out_to_be_a_complaint_Then_it_is_assigned_with_the_time_for_complaints()
    {
        var scenario = ComplaintScenario.Answering().At("2026-03-04 11:00").Lapse()
            .Do(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Charges));

        Assert.Equal(Stage.Assigned, scenario.State.Stage);
        Assert.Equal(TestCompany.Accountant.Id, scenario.State.Handler);
        Assert.Equal(TestCompany.Time("2026-03-05 09:00"), scenario.State.ResolveDue);
        Assert.Empty(scenario.History.Lapses);
    }

    [Fact]
    [Clause("4.2.3")]
    public void Given_a_complaint_with_much_asked_for_When_it_is_an_enquiry_and_back_Then_none_of_it_stays()
    {
        var scenario = Commands.Asked().Do(TestCompany.Engineer, new ComplaintCommand.Escalate("需资金"))
            .Do(TestCompany.Engineer, new ComplaintCommand.TellExtension(TestCompany.Time("2026-03-09 09:00"), "等"))
            .Lowered(TestCompany.HyDuty, ComplaintScenario.Triage(kind: Nature.Enquiry));
        Assert.Equal(ObligationKind.Answer, Assert.Single(scenario.History.Owed).Kind);

        scenario.At("2026-03-04 10:00").Do(TestCompany.HyDuty, ComplaintScenario.Triage());
        Assert.Equal(
            [ObligationKind.Accept, ObligationKind.Resolve, ObligationKind.Cooperate],
            scenario.History.Owed.Select(o => o.Kind));
        Assert.True(scenario.State.ResolveDue > scenario.Now);
    }

    [Fact]
    [Clause("4.6.2-1")]
    public void Given_nobody_triaged_When_it_is_resolved_Then_triage_is_not_owed_for_ever()
    {
        var scenario = new ComplaintScenario().Do(ComplaintScenario.System, ComplaintScenario.Intake(confirmed: true));
        scenario.Do(TestCompany.Engineer, new ComplaintCommand.Accept()).Resolve();
        Assert.False(scenario.Owes(ObligationKind.Triage));
    }
}
