using CustomerComm.Domain.Privacy;

namespace CustomerComm.Domain.Tests.Privacy;

/// <summary>Nobody is erased by one person, by the accused, while something is open, or without being told.</summary>
public sealed class DataRequestTests
{
    private static readonly DataHold s_complaint = new(DataHoldKind.OpenComplaint, "HY-2026-000001", null);

    [Fact, Clause("4.2.3")]
    public void Given_an_erasure_is_recorded_Then_its_answer_is_owed_by_a_head_within_the_policy_s_time()
    {
        var s = DataRequestScenario.Recorded();
        Assert.Equal(
            (ObligationKind.DecideErasure, Party.Of(TestCompany.QualityHead.Id),
                s.Rules.Due(s.Now, s.Rules.Policy.Privacy.Answer)),
            (s.Owed().Kind, s.Owed().Owner, s.Owed().Due));
    }

    [Fact]
    public void Given_whoever_recorded_it_When_they_approve_it_refuse_it_or_hold_it_Then_it_is_their_own_work()
    {
        var s = DataRequestScenario.Recorded(by: TestCompany.HyManager);
        s.Refuse(TestCompany.HyManager, new DataRequestCommand.Approve(PersonStanding.Clear), RefusalCode.OwnWork);
        s.Refuse(TestCompany.HyManager, new DataRequestCommand.Refuse("x"), RefusalCode.OwnWork);
        s.Refuse(TestCompany.HyManager, new DataRequestCommand.Hold("x", s.Now.AddDays(1)), RefusalCode.OwnWork);
    }

    [Fact]
    public void Given_the_head_of_quality_recorded_it_Then_the_leader_owes_the_decision()
    {
        var s = DataRequestScenario.Recorded(by: TestCompany.QualityHead);
        Assert.Equal(Party.Of(TestCompany.Leader.Id), s.Owed().Owner);
        s.Refuse(TestCompany.QualityHead, new DataRequestCommand.Approve(PersonStanding.Clear), RefusalCode.OwnWork);
    }

    [Fact]
    public void Given_whoever_made_sure_who_asks_When_they_approve_Then_it_is_their_own_work_and_another_head_may()
    {
        var s = DataRequestScenario.Alone();
        Assert.Equal(ObligationKind.ExamineDataRequest, s.Owed().Kind);
        s.Refuse(TestCompany.Leader, new DataRequestCommand.Approve(PersonStanding.Clear), RefusalCode.WrongStage);
        s.Do(TestCompany.QualityHead, new DataRequestCommand.Examine("回拨"))
            .Refuse(TestCompany.QualityHead, new DataRequestCommand.Approve(PersonStanding.Clear), RefusalCode.OwnWork)
            .Do(TestCompany.Leader, new DataRequestCommand.Approve(PersonStanding.Clear));
        Assert.Equal(DataRequestStage.Approved, s.State.Stage);
    }

    [Theory]
    [InlineData("s-hy-guard")]
    [InlineData("s-qua-duty")]
    [InlineData("s-eng-head")]
    [InlineData("s-jx-manager")]
    public void Given_no_head_of_quality_or_of_this_office_When_they_approve_Then_it_is_not_theirs(string who) =>
        DataRequestScenario.Recorded().Refuse(
            TestCompany.Directory.Find(new StaffId(who))!, new DataRequestCommand.Approve(PersonStanding.Clear),
            RefusalCode.NotYours);

    [Theory]
    [InlineData("s-eng-duty")]
    [InlineData("s-jx-duty")]
    public void Given_neither_quality_nor_this_office_When_they_record_it_Then_it_is_not_theirs(string who) =>
        new DataRequestScenario().Refuse(
            TestCompany.Directory.Find(new StaffId(who))!, DataRequestScenario.Ask(), RefusalCode.NotYours);

    [Fact]
    public void Given_nothing_by_which_they_proved_who_they_are_When_recorded_Then_it_is_refused() =>
        new DataRequestScenario().Refuse(
            TestCompany.HyDuty, DataRequestScenario.Ask(proof: " "), RefusalCode.BadField, "proof");

    [Fact, Clause("4.6.1-2-D")]
    public void Given_a_complaint_of_theirs_against_the_manager_When_the_office_records_it_Then_it_counts_as_no_record()
    {
        var against = PersonStanding.Clear with { Against = [TestCompany.HyManager.Id] };
        var decided = Assert.IsType<Decision<DataRequestEvent>.Accepted>(DataRequestMatter.Decide(
            null, DataRequestScenario.Ask(standing: against), new Actor.Staff(TestCompany.HyDuty),
            TestCompany.Time("2026-03-02 09:00"), TestCompany.Rules));
        // They are not refused, for that would tell them; a colleague makes sure, as where nobody recorded it.
        var state = DataRequest.Evolve(null, Assert.Single(decided.Events), TestCompany.Time("2026-03-02 09:00"));
        Assert.Equal(DataRequestStage.ToExamine, state.Stage);
        Assert.False(state.MaySee(TestCompany.HyDuty, TestCompany.Directory));
        Assert.Contains(
            DataRequestMatter.Messages(state.Asked, state, TestCompany.Rules), m => m.Template == "DataRequestToExamine");
    }

    [Fact, Clause("4.6.1-2-D")]
    public void Given_a_complaint_of_theirs_against_a_head_of_now_or_before_When_that_head_decides_Then_it_is_refused()
    {
        var against = PersonStanding.Clear with { Against = [TestCompany.QualityHead.Id] };
        new DataRequestScenario().Do(TestCompany.HyDuty, DataRequestScenario.Ask(standing: against))
            .Refuse(TestCompany.QualityHead, new DataRequestCommand.Approve(PersonStanding.Clear), RefusalCode.Accused)
            .Refuse(TestCompany.Inspector, new DataRequestCommand.GiveCopy(), RefusalCode.Accused);
        DataRequestScenario.Recorded()
            .Refuse(TestCompany.QualityHead, new DataRequestCommand.Approve(against), RefusalCode.Accused);
    }

    [Fact]
    public void Given_a_head_whose_own_it_is_When_they_decide_Then_it_is_refused()
    {
        var s = new DataRequestScenario().Do(
            TestCompany.HyDuty, DataRequestScenario.Ask(own: TestCompany.QualityHead.Id));
        s.Refuse(TestCompany.QualityHead, new DataRequestCommand.Approve(PersonStanding.Clear), RefusalCode.Accused);
        Assert.NotEqual(Party.Of(TestCompany.QualityHead.Id), s.Owed().Owner);
    }

    [Theory]
    [InlineData(DataHoldKind.OpenComplaint)]
    [InlineData(DataHoldKind.OpenOrder)]
    [InlineData(DataHoldKind.OpenRequest)]
    [InlineData(DataHoldKind.TermRuns)]
    [InlineData(DataHoldKind.Employed)]
    public void Given_something_that_holds_When_it_is_approved_Then_it_is_refused_and_says_which(DataHoldKind kind)
    {
        var s = DataRequestScenario.Recorded();
        var held = PersonStanding.Clear with { Holds = [s_complaint with { Kind = kind }] };
        var no = Assert.IsType<Decision<DataRequestEvent>.Refused>(
            s.Try(new Actor.Staff(TestCompany.QualityHead), new DataRequestCommand.Approve(held))).Refusal;
        Assert.Equal(RefusalCode.NotYet, no.Code);
        Assert.Contains($"{kind} {s_complaint.Number}", no.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_request_of_theirs_is_open_When_they_ask_again_Then_it_is_refused() =>
        new DataRequestScenario().Refuse(
            DataRequestScenario.Person,
            DataRequestScenario.Ask(
                standing: PersonStanding.Clear with { Holds = [new(DataHoldKind.OpenRequest, "HY-D-2026-000001", null)] }),
            RefusalCode.WrongStage);

    [Fact]
    public void Given_a_legal_hold_When_it_is_approved_before_its_end_Then_it_is_refused_and_after_it_owed_again()
    {
        var s = DataRequestScenario.Recorded();
        var until = s.Now.AddDays(100);
        s.Refuse(TestCompany.QualityHead, new DataRequestCommand.Hold("诉讼", s.Now), RefusalCode.BadField, "until")
            .Refuse(
                TestCompany.QualityHead, new DataRequestCommand.Hold("诉讼", s.Now.AddDays(2_000)), RefusalCode.BadField,
                "until")
            .Do(TestCompany.QualityHead, new DataRequestCommand.Hold("诉讼", until))
            .Refuse(TestCompany.Leader, new DataRequestCommand.Approve(PersonStanding.Clear), RefusalCode.NotYet);
        Assert.Equal(until, s.Owed().Due);
        s.At(until).Do(TestCompany.Leader, new DataRequestCommand.Approve(PersonStanding.Clear));
    }

    [Fact]
    public void Given_an_approved_erasure_When_the_person_stops_it_Then_it_has_ended_and_nobody_else_could()
    {
        var s = DataRequestScenario.Approved();
        s.Refuse(TestCompany.QualityHead, new DataRequestCommand.Stop(), RefusalCode.ResidentOnly)
            .Refuse(DataRequestScenario.System, new DataRequestCommand.Stop(), RefusalCode.ResidentOnly)
            .Do(DataRequestScenario.Person, new DataRequestCommand.Stop())
            .After(10)
            .Refuse(
                DataRequestScenario.System, new DataRequestCommand.Announce(PersonStanding.Clear), RefusalCode.WrongStage);
        Assert.False(s.State.Open);
    }

    [Fact]
    public void Given_any_member_of_staff_When_they_carry_it_out_themselves_Then_it_is_refused()
    {
        foreach (var member in TestCompany.Staff)
        {
            DataRequestScenario.Approved().After(4)
                .Refuse(member, new DataRequestCommand.Announce(PersonStanding.Clear), RefusalCode.NotYours)
                .Refuse(member, new DataRequestCommand.Begin(PersonStanding.Clear, ["p-1"], 0), RefusalCode.NotYours)
                .Refuse(member, new DataRequestCommand.Finish(), RefusalCode.NotYours);
        }
    }

    [Fact]
    public void Given_an_approval_When_its_time_has_not_come_or_the_person_was_not_told_Then_nothing_is_erased() =>
        DataRequestScenario.Approved()
            .Refuse(
                DataRequestScenario.System, new DataRequestCommand.Announce(PersonStanding.Clear), RefusalCode.NotYet)
            .After(4)
            .Refuse(
                DataRequestScenario.System, new DataRequestCommand.Begin(PersonStanding.Clear, ["p-1"], 0),
                RefusalCode.WrongStage);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_they_complain_after_the_approval_When_its_time_comes_Then_it_is_decided_anew(bool told)
    {
        var held = PersonStanding.Clear with { Holds = [s_complaint] };
        var s = told
            ? DataRequestScenario.Announced().Do(
                DataRequestScenario.System, new DataRequestCommand.Begin(held, ["p-1"], 0))
            : DataRequestScenario.Approved().After(3).Do(
                DataRequestScenario.System, new DataRequestCommand.Announce(held));
        Assert.Equal(ObligationKind.DecideErasure, s.Owed().Kind);
        Assert.Empty(s.State.Keys);
        s.Refuse(DataRequestScenario.System, new DataRequestCommand.Finish(), RefusalCode.WrongStage)
            .Do(TestCompany.Leader, new DataRequestCommand.Approve(PersonStanding.Clear));
    }

    [Fact]
    public void Given_two_persons_agreed_and_the_person_was_told_When_it_is_carried_out_Then_its_keys_are_on_record()
    {
        var s = DataRequestScenario.Announced()
            .Do(DataRequestScenario.System, new DataRequestCommand.Begin(PersonStanding.Clear, ["p-1", "p-2"], 1))
            .Unchanged(DataRequestScenario.System, new DataRequestCommand.Begin(PersonStanding.Clear, ["p-3"], 0))
            .Do(DataRequestScenario.System, new DataRequestCommand.Finish());
        Assert.Equal((DataRequestStage.Done, 2, 1), (s.State.Stage, s.State.Keys.Length, s.State.Shared));
    }

    [Fact]
    public void Given_a_copy_is_asked_When_quality_gives_it_Then_it_can_be_fetched_for_a_time_and_nobody_erases_by_it()
    {
        var s = DataRequestScenario.Recorded(DataRequestType.Copy)
            .Refuse(TestCompany.QualityHead, new DataRequestCommand.Approve(PersonStanding.Clear), RefusalCode.WrongStage)
            .Refuse(TestCompany.HyGuard, new DataRequestCommand.GiveCopy(), RefusalCode.NotYours)
            .Do(TestCompany.Inspector, new DataRequestCommand.GiveCopy());
        Assert.Equal(s.Rules.Due(s.Now, s.Rules.Policy.Privacy.CopyLink), s.State.CopyUntil);
    }

    [Fact]
    public void Given_an_erasure_When_somebody_gives_a_copy_by_it_Then_it_is_refused() => DataRequestScenario.Recorded()
        .Refuse(TestCompany.Inspector, new DataRequestCommand.GiveCopy(), RefusalCode.WrongStage);
}
