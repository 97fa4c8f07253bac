using CsCheck;
using CustomerComm.Domain.Outside;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Tests.Outside;

/// <summary>Work orders of authorities, and those who would rather not answer them (4.6.2-2).</summary>
[Clause("4.6.2-2")]
public sealed class OutsideTests
{
    private static readonly OutsideCommand.ProposeReturn s_return = new(ReturnReason.NotOurDuty, "属自来水公司");

    [Fact]
    public void Given_an_order_without_times_Then_contact_and_reply_count_from_when_it_was_received_there()
    {
        var scenario = OutsideScenario.Begun();
        var there = TestCompany.Time(ComplaintScenario.Start).AddHours(-1);
        Assert.Equal(
            (Party.Of(TestCompany.Engineer.Id), TestCompany.Rules.Due(there, new Limit(1, TimeUnit.WorkingDays))),
            (scenario.Owed(ObligationKind.ContactOutside).Owner, scenario.Owed(ObligationKind.ContactOutside).Due));
        Assert.Equal(
            TestCompany.Rules.Due(there, new Limit(5, TimeUnit.WorkingDays)), scenario.Owed(ObligationKind.ReplyOutside).Due);
        Assert.Equal([("OutsideOwed", Party.Of(TestCompany.Engineer.Id))], scenario.Told());
    }

    [Fact]
    public void Given_an_urgent_order_entered_late_Then_its_clock_has_run_day_and_night_since()
    {
        var there = TestCompany.Time(ComplaintScenario.Start).AddHours(-20);
        var scenario = OutsideScenario.Begun(delivery: OutsideScenario.Delivery(there, urgent: true));
        Assert.Equal(there.AddHours(2), scenario.Owed(ObligationKind.ContactOutside).Due);
        Assert.Equal(there.AddHours(24), scenario.Owed(ObligationKind.ReplyOutside).Due);
        Assert.True(scenario.Owed(ObligationKind.ContactOutside).Due < scenario.Now, "it was late when it was entered");
    }

    [Fact]
    public void Given_times_in_the_order_Then_these_count()
    {
        var start = TestCompany.Time(ComplaintScenario.Start);
        var scenario = OutsideScenario.Begun(
            delivery: OutsideScenario.Delivery(contact: start.AddHours(3), reply: start.AddDays(2)));
        Assert.Equal(
            (start.AddHours(3), start.AddDays(2)),
            (scenario.Owed(ObligationKind.ContactOutside).Due, scenario.Owed(ObligationKind.ReplyOutside).Due));
    }

    [Theory]
    [InlineData("  ", 0, null, null, "number")]
    [InlineData("12", 0, null, null, "number")]
    [InlineData("ABC", 0, null, null, "number")]
    [InlineData("12345/1", 0, null, null, "number")]
    [InlineData("12345678901234567890123456789012345678901", 0, null, null, "number")]
    [InlineData("12345-1", 1, null, null, "receivedThere")]
    [InlineData("12345-1", -400, null, null, "receivedThere")]
    [InlineData("12345-1", 0, -1, null, "contactBy")]
    [InlineData("12345-1", 0, null, -1, "replyBy")]
    [InlineData("12345-1", 0, null, 400, "replyBy")]
    [InlineData("12345-1", 0, 3, 2, "replyBy")]
    public void Given_a_notice_that_cannot_be_When_entered_Then_the_field_is_named(
        string number, int there, int? contact, int? reply, string field)
    {
        var now = TestCompany.Time(ComplaintScenario.Start);
        DateTimeOffset? In(int? days) => days is { } d ? now.AddDays(d) : null;
        var delivery = new OutsideDelivery(
            OutsideLine.Hotline12345, number, now.AddDays(there), false, In(contact), In(reply));
        Assert.Equal(field, delivery.Wrong(now, TestCompany.Rules)?.Field);
    }

    [Theory]
    [InlineData("bj-2026 0302", "BJ-20260302")]
    [InlineData("ＢＪ－２０２６０３０２", "BJ-20260302")]
    [InlineData("京〔2026〕123号", "京[2026]123号")]
    public void Given_a_number_however_it_is_written_Then_it_is_the_same(string written, string number) =>
        Assert.Equal(number, OutsideNumber.Read(written));

    [Fact]
    public void Given_the_same_order_again_while_open_Then_nothing_moves_its_clock_and_new_words_are_kept()
    {
        var scenario = OutsideScenario.Begun().After(1);
        var due = scenario.State.Terms.ReplyDue;
        scenario.Unchanged(TestCompany.HyDuty, new OutsideCommand.ReceiveAgain(
            OutsideScenario.Delivery(), "电梯坏了三天没人修。"));
        scenario.Do(TestCompany.HyDuty, new OutsideCommand.ReceiveAgain(
            OutsideScenario.Delivery(scenario.Now), "诉求人催办"));
        scenario.After(0.1).Do(TestCompany.Inspector, new OutsideCommand.ReceiveAgain(
            OutsideScenario.Delivery(scenario.Now, reply: scenario.Now.AddDays(90)), "诉求人再催"));
        Assert.Equal((due, 1, 3), (scenario.State.Terms.ReplyDue, scenario.State.Round, scenario.State.Words.Count));
        Assert.Equal([("OutsideWordsAdded", Party.Of(TestCompany.Engineer.Id))], scenario.Told());
    }

    [Fact]
    public void Given_an_order_replied_to_When_it_comes_again_with_a_later_date_Then_it_is_owed_anew()
    {
        var scenario = OutsideScenario.Replied().After(1);
        scenario.Unchanged(OutsideScenario.System, new OutsideCommand.ReceiveAgain(
            OutsideScenario.Delivery(), "电梯坏了三天没人修。"));
        scenario.Do(OutsideScenario.System, new OutsideCommand.ReceiveAgain(
            OutsideScenario.Delivery(scenario.Now), "诉求人不认可"));
        Assert.Equal((OutsideStage.ToReply, 2), (scenario.State.Stage, scenario.State.Round));
        Assert.Equal([ObligationKind.ContactOutside, ObligationKind.ReplyOutside], scenario.Owes());
        Assert.Equal("r2", scenario.Owed(ObligationKind.ReplyOutside).Subject);
        Assert.Contains(("OutsideCameBack", Party.Of(Unit.Leader)), scenario.Told());
    }

    [Theory]
    [InlineData("s-eng-duty")]
    [InlineData("s-leader")]
    [InlineData("s-jx-duty")]
    public void Given_somebody_not_of_office_or_quality_When_they_enter_it_again_Then_it_is_refused(string staff) =>
        OutsideScenario.Begun().Refuse(
            Member(staff), new OutsideCommand.ReceiveAgain(OutsideScenario.Delivery(), "x"), RefusalCode.NotYours);

    [Fact]
    public void Given_an_attempt_that_reached_nobody_Then_the_contact_is_still_owed()
    {
        var scenario = OutsideScenario.Begun().Do(TestCompany.Engineer, OutsideScenario.Contact(reached: false));
        Assert.Contains(ObligationKind.ContactOutside, scenario.Owes());
        scenario.After(0.01).Do(TestCompany.Engineer, OutsideScenario.Contact());
        Assert.Equal([ObligationKind.ReplyOutside], scenario.Owes());
    }

    [Fact]
    public void Given_nobody_to_reach_Then_only_the_reply_is_owed_and_nobody_is_called_back()
    {
        var complaint = new ComplaintScenario().Do(
            ComplaintScenario.System, ComplaintScenario.Intake() with { Contact = Contact.None });
        var scenario = OutsideScenario.Begun(complaint);
        Assert.Equal([ObligationKind.ReplyOutside], scenario.Owes());
        scenario.Do(TestCompany.HyDuty, new OutsideCommand.DraftReply("已到现场处理"));
        scenario.Do(TestCompany.Inspector, scenario.Approve());
        Assert.Equal(OutsideStage.Done, scenario.State.Stage);
    }

    [Theory]
    [InlineData("s-eng-duty", RefusalCode.NotYours)]
    [InlineData("s-eng-head", RefusalCode.NotYours)]
    [InlineData("s-hy-manager", RefusalCode.NotYours)]
    [InlineData("s-fin-head", RefusalCode.NotYours)]
    public void Given_a_return_asked_for_When_anybody_but_quality_or_leader_decides_Then_it_is_refused(
        string staff, RefusalCode code) =>
        OutsideScenario.Begun().Do(TestCompany.Engineer, s_return)
            .Refuse(Member(staff), new OutsideCommand.DecideReturn(true, null), code);

    [Theory]
    [InlineData("s-qua-duty")]
    [InlineData("s-leader")]
    public void Given_a_return_asked_for_When_quality_or_leader_consents_Then_nothing_is_owed_and_nothing_was_missed(string staff)
    {
        var scenario = OutsideScenario.Begun().Do(TestCompany.Engineer, s_return);
        Assert.Equal([("OutsideReturnToDecide", Party.Of(Unit.Quality))], scenario.Told());
        Assert.Equal(
            [ObligationKind.ContactOutside, ObligationKind.ReplyOutside, ObligationKind.ConsentReturn], scenario.Owes());
        scenario.Do(Member(staff), new OutsideCommand.DecideReturn(true, null));
        Assert.Equal((OutsideStage.Returned, false), (scenario.State.Stage, scenario.State.Open));
        Assert.Equal(StepEnd.FellAway, scenario.State.EndOf(ObligationKind.ContactOutside, "r1"));
        Assert.Equal(ReturnReason.NotOurDuty, scenario.State.GivenBack?.Why);
        scenario.Refuse(TestCompany.Engineer, new OutsideCommand.DraftReply("x"), RefusalCode.WrongStage);
    }

    [Fact]
    public void Given_no_consent_Then_it_is_still_owed_by_the_same_time()
    {
        var scenario = OutsideScenario.Begun();
        var due = scenario.Owed(ObligationKind.ReplyOutside).Due;
        scenario.Do(TestCompany.Engineer, s_return)
            .Refuse(TestCompany.Inspector, new OutsideCommand.DecideReturn(false, " "), RefusalCode.BadField, "comment")
            .Do(TestCompany.Inspector, new OutsideCommand.DecideReturn(false, "总管属小区内部"));
        Assert.Equal((OutsideStage.ToReply, due), (scenario.State.Stage, scenario.Owed(ObligationKind.ReplyOutside).Due));
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_quality_handles_it_When_the_same_inspector_consents_approves_or_calls_back_Then_it_is_own_work()
    {
        var complaint = ComplaintScenario.InProgress(Category.StaffAttitude);
        Assert.Equal(TestCompany.Inspector.Id, complaint.State.Handler);
        OutsideScenario.Begun(complaint).Do(TestCompany.Inspector, s_return)
            .Refuse(TestCompany.Inspector, new OutsideCommand.DecideReturn(true, null), RefusalCode.OwnWork)
            .Do(TestCompany.OtherInspector, new OutsideCommand.DecideReturn(false, "应当处理"));
        var replied = OutsideScenario.Begun(complaint).Do(TestCompany.Inspector, new OutsideCommand.DraftReply("已批评教育"));
        replied.Refuse(TestCompany.Inspector, replied.Approve(), RefusalCode.OwnWork)
            .Do(TestCompany.OtherInspector, replied.Approve());
        replied.Refuse(TestCompany.Inspector, OutsideScenario.CallBack(), RefusalCode.OwnWork)
            .Do(TestCompany.OtherInspector, OutsideScenario.CallBack());
    }

    [Theory]
    [InlineData("s-hy-manager")]
    [InlineData("s-hy-duty")]
    public void Given_it_is_against_the_office_manager_Then_their_side_contacts_replies_consents_to_and_sees_nothing(string staff)
    {
        var complaint = ComplaintScenario.InProgress(
            Category.AgainstManager, accused: TestCompany.HyManager, by: TestCompany.Leader);
        var scenario = OutsideScenario.Begun(complaint);
        var member = Member(staff);
        Assert.False(scenario.State.MaySee(member, TestCompany.Directory));
        foreach (var command in new OutsideCommand[]
        {
            OutsideScenario.Contact(), s_return, new OutsideCommand.DraftReply("没有此事"),
            new OutsideCommand.ReceiveAgain(OutsideScenario.Delivery(), "x"),
        })
        {
            scenario.Refuse(member, command, RefusalCode.Accused);
        }

        var handler = TestCompany.Directory.Find(complaint.State.Handler!.Value)!;
        scenario.Do(handler, s_return).Refuse(member, new OutsideCommand.DecideReturn(true, null), RefusalCode.Accused)
            .Refuse(handler, new OutsideCommand.DecideReturn(true, null), RefusalCode.OwnWork);
        Assert.DoesNotContain(scenario.Told(), t => t.To == Party.Of(member.Id));
    }

    [Fact]
    public void Given_a_reply_When_approved_Then_it_is_given_by_two_persons_and_the_call_back_is_owed()
    {
        var scenario = OutsideScenario.Drafted();
        Assert.Equal([ObligationKind.ReplyOutside, ObligationKind.ApproveReply], scenario.Owes());
        Assert.Null(scenario.State.Reply);
        scenario.Refuse(TestCompany.Engineer, scenario.Approve(), RefusalCode.NotYours)
            .Do(TestCompany.Inspector, scenario.Approve());
        Assert.Equal(
            (TestCompany.Engineer.Id, TestCompany.Inspector.Id),
            (scenario.State.Reply!.By, scenario.State.Reply.ApprovedBy));
        var owed = Assert.Single(OutsideMatter.Owed(scenario.State));
        Assert.Equal(
            (ObligationKind.CallBackOutside, Party.Of(Unit.Quality),
                TestCompany.Rules.Due(scenario.Now, new Limit(3, TimeUnit.WorkingDays))),
            (owed.Kind, owed.Owner, owed.Due));
    }

    [Fact]
    public void Given_a_reply_replaced_while_somebody_reads_it_When_they_approve_Then_nothing_is_decided()
    {
        var scenario = OutsideScenario.Drafted();
        var read = scenario.Approve();
        scenario.Do(TestCompany.Engineer, new OutsideCommand.DraftReply("诉求不实，不予处理。"))
            .Refuse(TestCompany.Inspector, read, RefusalCode.TextChanged, "reply");
    }

    [Fact]
    public void Given_a_reply_not_approved_Then_it_is_owed_by_the_same_time_and_the_writer_is_told()
    {
        var scenario = OutsideScenario.Drafted();
        var due = scenario.Owed(ObligationKind.ReplyOutside).Due;
        scenario.Do(TestCompany.Inspector, scenario.Approve() with { Approved = false, Comment = "没有说明何时修好" });
        Assert.Equal([("OutsideReplyRefused", Party.Of(TestCompany.Engineer.Id))], scenario.Told());
        Assert.Equal(due, scenario.Owed(ObligationKind.ReplyOutside).Due);
        Assert.Null(scenario.State.Draft);
    }

    [Fact]
    public void Given_a_contact_never_made_When_it_is_replied_to_Then_the_contact_counts_as_missed()
    {
        var scenario = OutsideScenario.Begun().Do(TestCompany.Engineer, new OutsideCommand.DraftReply("已处理"));
        scenario.Do(TestCompany.Inspector, scenario.Approve());
        Assert.Equal(StepEnd.Undone, scenario.State.EndOf(ObligationKind.ContactOutside, "r1"));
        Assert.Equal(StepEnd.Done, scenario.State.EndOf(ObligationKind.ReplyOutside, "r1"));
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_a_reply_When_the_handler_or_their_side_calls_back_Then_it_is_refused()
    {
        OutsideScenario.Replied()
            .Refuse(TestCompany.Engineer, OutsideScenario.CallBack(), RefusalCode.NotYours)
            .Refuse(TestCompany.EngineeringHead, OutsideScenario.CallBack(), RefusalCode.NotYours)
            .Refuse(TestCompany.HyManager, OutsideScenario.CallBack(), RefusalCode.NotYours)
            .Do(TestCompany.Inspector, OutsideScenario.CallBack());
        OutsideScenario.Drafted().Refuse(TestCompany.Inspector, OutsideScenario.CallBack(), RefusalCode.NotYet);
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    public void Given_a_call_back_that_says_no_Then_handler_and_leader_hear_of_it(bool contacted, bool resolved, bool satisfied)
    {
        var scenario = OutsideScenario.Replied().Do(
            TestCompany.Inspector, OutsideScenario.CallBack(contacted, resolved, satisfied));
        Assert.Equal(
            [("OutsideNotContent", Party.Of(TestCompany.Engineer.Id)), ("OutsideNotContent", Party.Of(Unit.Leader))],
            scenario.Told());
        Assert.Equal((OutsideStage.Done, resolved), (scenario.State.Stage, scenario.State.Answers!.Resolved));
        scenario.After(1).Refuse(TestCompany.Inspector, OutsideScenario.CallBack(), RefusalCode.NotYet);
    }

    [Fact]
    public void Given_nobody_is_reached_Then_it_ends_after_three_days_and_not_by_three_calls_of_one_day()
    {
        var scenario = OutsideScenario.Replied();
        for (var i = 0; i < 4; i++)
            scenario.After(0.02).Do(TestCompany.Inspector, new OutsideCommand.CallBack(null, $"无人接听{i}"));
        Assert.Equal(OutsideStage.ToCallBack, scenario.State.Stage);
        scenario.After(1).Do(TestCompany.Inspector, new OutsideCommand.CallBack(null, "无人接听"))
            .After(1).Do(TestCompany.Inspector, new OutsideCommand.CallBack(null, "无人接听"));
        Assert.Equal((OutsideStage.Done, null), (scenario.State.Stage, scenario.State.Answers));
    }

    [Fact]
    public void Given_the_handler_changes_Then_the_next_one_owes_it_by_the_same_time_and_the_first_still_judges_nothing()
    {
        var scenario = OutsideScenario.Drafted();
        var due = scenario.State.Terms.ReplyDue;
        var sides = scenario.State.Sides;
        scenario.Do(OutsideScenario.System, new OutsideCommand.TakeSides(
            sides with { Unit = Unit.Quality, Responsible = Party.Of(TestCompany.Inspector.Id) }));
        Assert.Equal(
            (Party.Of(TestCompany.Inspector.Id), due),
            (scenario.Owed(ObligationKind.ReplyOutside).Owner, scenario.Owed(ObligationKind.ReplyOutside).Due));
        Assert.Equal([("OutsideOwed", Party.Of(TestCompany.Inspector.Id))], scenario.Told());
        scenario.Refuse(TestCompany.Engineer, scenario.Approve(), RefusalCode.NotYours);
    }

    [Fact]
    public void Given_the_system_s_own_commands_When_a_person_gives_them_Then_they_are_refused()
    {
        var scenario = OutsideScenario.Begun();
        scenario.Refuse(
            TestCompany.Leader, new OutsideCommand.TakeSides(scenario.State.Sides with { Unit = Unit.Quality }),
            RefusalCode.NotYours);
        scenario.Refuse(new Actor.Resident(), OutsideScenario.Contact(), RefusalCode.NotYours);
    }

    [Fact]
    [Clause("4.5.4"), Clause("4.6.1-2-D")]
    public void No_sequence_of_commands_lets_one_person_return_answer_and_call_back_alone()
    {
        // The scenario asserts after every event that nobody judges own work and nobody barred acts.
        var staff = Gen.Int[0, TestCompany.Staff.Length - 1].Select(i => TestCompany.Staff[i]);
        var command = Gen.OneOf(
            Gen.Bool.Select(b => (OutsideCommand)OutsideScenario.Contact(b)),
            Gen.Const((OutsideCommand)s_return), Gen.Bool.Select(b => (OutsideCommand)new OutsideCommand.DecideReturn(b, "x")),
            Gen.Int[1, 3].Select(i => (OutsideCommand)new OutsideCommand.DraftReply($"回复{i}")),
            Gen.Bool.Select(b => (OutsideCommand)new OutsideCommand.DecideReply("?", b, "x")),
            Gen.Bool.Select(b => (OutsideCommand)OutsideScenario.CallBack(resolved: b)),
            Gen.Const((OutsideCommand)new OutsideCommand.ReceiveAgain(
                OutsideScenario.Delivery(TestCompany.Time(ComplaintScenario.Start).AddHours(1)), "又来")));
        Gen.Select(staff, command).Array[1, 40].Sample(
            steps =>
            {
                var scenario = OutsideScenario.Begun().After(0.1);
                foreach (var (by, what) in steps)
                {
                    scenario.After(0.02).Try(new Actor.Staff(by), what is OutsideCommand.DecideReply d
                        ? d with { Reply = scenario.State.Draft?.Id ?? "" } : what);
                }
            },
            iter: 300);
    }

    private static StaffMember Member(string id) => TestCompany.Directory.Find(new StaffId(id))!;
}
