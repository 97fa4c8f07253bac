namespace CustomerComm.Domain.Tests.Complaints;

/// <content>Clocks, the signature, and what follows: extensions, records, objections, remedies.</content>
public sealed partial class WaysRoundTests
{
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
            .Do(ComplaintScenario.System, new ComplaintCommand.TakeSilence(TestCompany.Time(ComplaintScenario.Start)));
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
            .Refuse(TestCompany.Engineer, new ComplaintCommand.TakeSilence(null), RefusalCode.NotYours)
            .Do(ComplaintScenario.System, new ComplaintCommand.TakeSilence(reached ? TestCompany.Time(ComplaintScenario.Start) : null));
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
            // Anybody with the first link writes that; the refusal is taken back by a signature alone.
            .Do(ComplaintScenario.Resident, new ComplaintCommand.Note(Channel.Http, "算了，我出差了"))
            .Refuse(TestCompany.Engineer, new ComplaintCommand.ProposeUnreachable(), RefusalCode.WrongStage)
            // What is left is the leader's last word.
            .Refuse(TestCompany.EngineeringHead, new ComplaintCommand.AnswerFinally("公司的答复"), RefusalCode.NotYours)
            .Do(TestCompany.Leader, new ComplaintCommand.AnswerFinally("公司的答复"));
        Assert.Equal(Outcome.FinallyAnswered, scenario.State.Outcome);
        Assert.True(scenario.History.Steps.First(x => x.Kind == ObligationKind.Resolve).Unmet);
    }

    [Fact]
    [Clause("4.6.1-3")]
    public void Given_one_refusal_and_too_few_attempts_since_When_the_leader_would_end_it_Then_it_is_refused()
    {
        var scenario = ComplaintScenario.Resolved().Do(ComplaintScenario.Resident, Commands.Refusal()).Resolve();
        scenario.After(TimeSpan.FromDays(4)).Do(TestCompany.Engineer, Commands.Attempt(Channel.Phone))
            .Refuse(TestCompany.Leader, new ComplaintCommand.AnswerFinally("公司的答复"), RefusalCode.NotYet);
    }

    [Theory]
    [InlineData(Channel.Sms)]
    [InlineData(Channel.Chat)]
    [InlineData(Channel.Http)]
    [InlineData(Channel.Company)]
    [InlineData(Channel.Outside)]
    [Clause("4.6.2-4")]
    public void Given_an_attempt_When_it_was_sent_by_itself_Then_it_is_none(Channel channel) =>
        ComplaintScenario.Resolved().Refuse(TestCompany.Engineer, Commands.Attempt(channel), RefusalCode.BadField);

    [Fact]
    [Clause("4.6.2-6")]
    public void Given_an_extension_told_a_minute_before_the_time_When_silence_lasts_Then_the_lapse_stands()
    {
        var scenario = ComplaintScenario.InProgress().Cooperated();
        var due = scenario.State.ResolveDue;
        scenario.At(due.AddMinutes(-1)).Do(TestCompany.Engineer, new ComplaintCommand.TellExtension(due.AddDays(9), "配件"))
            .At(due).Lapse().At(scenario.State.Extension!.AnswerBy)
            .Do(ComplaintScenario.System, new ComplaintCommand.TakeSilence(due.AddMinutes(-1)));
        Assert.Null(scenario.State.Extension);
        Assert.Equal((due, due), (scenario.State.ResolveDue, scenario.State.FirstPromise));
        Assert.Contains(scenario.History.Lapses, l => l.Kind == ObligationKind.Resolve);
    }

    [Fact]
    [Clause("4.6.2-6")]
    public void Given_an_extension_that_arrived_late_When_its_time_is_over_Then_silence_counts_from_the_arrival()
    {
        var scenario = ComplaintScenario.InProgress();
        var due = scenario.State.ResolveDue;
        scenario.Do(TestCompany.Engineer, new ComplaintCommand.TellExtension(due.AddDays(9), "配件"));
        var answerBy = scenario.State.Extension!.AnswerBy;
        var arrived = answerBy.AddHours(-1);
        scenario.At(answerBy).Do(ComplaintScenario.System, new ComplaintCommand.TakeSilence(arrived));
        var until = scenario.Rules.Due(arrived, scenario.Rules.Policy.ExtensionSilence);
        Assert.Equal((until, due), (scenario.State.Extension!.AnswerBy, scenario.State.ResolveDue));

        scenario.At(until).Do(ComplaintScenario.System, new ComplaintCommand.TakeSilence(arrived));
        Assert.Null(scenario.State.Extension);
        Assert.Equal(until <= due ? due.AddDays(9) : due, scenario.State.ResolveDue);
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
}
