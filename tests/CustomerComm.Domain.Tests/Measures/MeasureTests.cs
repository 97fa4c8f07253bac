using CsCheck;
using CustomerComm.Domain.Measures;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Tests.Measures;

/// <summary>Corrective and preventive measures of major complaints, and those who would rather not (4.6.2-5).</summary>
[Clause("4.6.2-5")]
public sealed class MeasureTests
{
    private static readonly MeasureCommand.CheckEffect s_effective = new(true, "现场查看，未再发生", null);

    [Fact]
    public void Given_a_filed_report_Then_its_owner_is_told_and_owes_it_by_its_date()
    {
        var scenario = MeasureScenario.Begun();
        Assert.Equal(
            (ObligationKind.CarryOutMeasure, Party.Of(TestCompany.OtherEngineer.Id), scenario.State.Begun.Plan.Due),
            (scenario.Owed().Kind, scenario.Owed().Owner, scenario.Owed().Due));
        Assert.Equal([("MeasureOwed", Party.Of(TestCompany.OtherEngineer.Id))], scenario.Told());
        Assert.Equal("HY-2026-000001-C1", scenario.State.Number);
    }

    [Fact]
    public void Given_a_measure_carried_out_early_Then_quality_owes_the_check_ten_working_days_after_the_due_date()
    {
        var scenario = MeasureScenario.Done();
        var due = TestCompany.Rules.Due(
            TestCompany.Time(ComplaintScenario.Start).AddDays(10), new Limit(10, TimeUnit.WorkingDays));
        Assert.Equal(
            (ObligationKind.CheckMeasure, Party.Of(Unit.Quality), due),
            (scenario.Owed().Kind, scenario.Owed().Owner, scenario.Owed().Due));
        Assert.Equal([("MeasureToCheck", Party.Of(Unit.Quality))], scenario.Told());
    }

    [Fact]
    public void Given_a_measure_carried_out_late_Then_the_check_is_due_ten_working_days_after_that()
    {
        var scenario = MeasureScenario.Begun().After(30).Do(
            TestCompany.OtherEngineer, new MeasureCommand.Finish("已更换"));
        Assert.Equal(TestCompany.Rules.Due(scenario.Now, new Limit(10, TimeUnit.WorkingDays)), scenario.Owed().Due);
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_a_measure_When_quality_finds_it_effective_Then_nothing_is_owed_any_more()
    {
        var scenario = MeasureScenario.Done().After(12).Do(TestCompany.Inspector, s_effective);
        Assert.Equal((MeasureStage.Effective, false), (scenario.State.Stage, scenario.State.Open));
        var check = Assert.Single(scenario.State.Checks);
        Assert.Equal((1, TestCompany.Inspector.Id, true), (check.Round, check.By, check.Effective));
        Assert.Equal("已更换", check.Of.Text.Value);
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_a_measure_that_is_not_effective_Then_it_is_owed_anew_and_the_leader_is_told()
    {
        var scenario = MeasureScenario.Done().After(12);
        var again = scenario.Now.AddDays(7);
        scenario.Do(TestCompany.Inspector, new MeasureCommand.CheckEffect(false, "又停了一次", again));
        Assert.Equal(
            [
                ("MeasureAgain", Party.Of(TestCompany.OtherEngineer.Id)),
                ("MeasureNotEffective", Party.Of(Unit.Leader)),
            ],
            scenario.Told());
        Assert.Equal((2, MeasureStage.ToCarryOut), (scenario.State.Round, scenario.State.Stage));
        Assert.Equal(
            (ObligationKind.CarryOutMeasure, "r2", again),
            (scenario.Owed().Kind, scenario.Owed().Subject, scenario.Owed().Due));
        scenario.Do(TestCompany.OtherEngineer, new MeasureCommand.Finish("又更换了导靴")).After(9)
            .Do(TestCompany.Inspector, s_effective);
        Assert.Equal([false, true], scenario.State.Checks.Select(c => c.Effective));
        Assert.Equal(["已更换", "又更换了导靴"], scenario.State.Checks.Select(c => c.Of.Text.Value));
    }

    [Theory]
    [Clause("4.5.4")]
    // Its owner, who handled the complaint and filed the report, the owner's head, the office, the leader.
    [InlineData("s-eng-other")]
    [InlineData("s-eng-duty")]
    [InlineData("s-eng-head")]
    [InlineData("s-hy-manager")]
    [InlineData("s-leader")]
    public void Given_a_measure_carried_out_When_anybody_but_quality_checks_it_Then_it_is_refused(string staff) =>
        MeasureScenario.Done().Refuse(Member(staff), s_effective, RefusalCode.NotYours);

    [Fact]
    [Clause("4.5.4")]
    public void Given_an_owner_of_quality_When_they_check_their_own_measure_Then_only_a_colleague_may()
    {
        MeasureScenario.Done(TestCompany.Inspector)
            .Refuse(TestCompany.Inspector, s_effective, RefusalCode.OwnWork)
            .Do(TestCompany.OtherInspector, s_effective);
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_a_complaint_that_quality_handled_When_the_handler_checks_its_measure_Then_only_a_colleague_may()
    {
        var complaint = ComplaintScenario.Signed(Category.StaffAttitude, Severity.Major);
        Assert.Equal(TestCompany.Inspector.Id, complaint.State.Handler);
        MeasureScenario.Begun(of: complaint).Do(TestCompany.OtherEngineer, new MeasureCommand.Finish("已培训"))
            .Refuse(TestCompany.Inspector, s_effective, RefusalCode.OwnWork)
            .Do(TestCompany.OtherInspector, s_effective);
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_a_complaint_opened_again_When_its_new_handler_checks_a_former_measure_Then_it_is_refused()
    {
        var scenario = MeasureScenario.Done();
        var sides = scenario.State.Sides;
        scenario.Do(MeasureScenario.System, new MeasureCommand.TakeSides(
                sides with { Handlers = [.. sides.Handlers, TestCompany.Inspector.Id] }))
            .Refuse(TestCompany.Inspector, s_effective, RefusalCode.OwnWork)
            .Do(TestCompany.OtherInspector, s_effective);
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_nobody_of_quality_without_a_hand_in_it_Then_the_next_unit_owes_the_check()
    {
        var scenario = MeasureScenario.Begun(TestCompany.QualityHead);
        scenario.Rules = TestCompany.RulesWith(
            directory: TestCompany.DirectoryWithout(TestCompany.Inspector, TestCompany.OtherInspector));
        scenario.Do(TestCompany.QualityHead, new MeasureCommand.Finish("已更换"));
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed().Owner);
        scenario.Refuse(TestCompany.QualityHead, s_effective, RefusalCode.NotYours)
            .Do(TestCompany.Leader, s_effective);
    }

    [Fact]
    public void Given_a_measure_not_carried_out_When_it_is_checked_Then_it_is_too_early()
    {
        MeasureScenario.Begun().Refuse(TestCompany.Inspector, s_effective, RefusalCode.NotYet).After(60)
            .Refuse(TestCompany.Inspector, s_effective, RefusalCode.NotYet);
        MeasureScenario.Done().Do(TestCompany.Inspector, NotEffective(20)).Refuse(
            TestCompany.OtherInspector, s_effective, RefusalCode.NotYet);
    }

    [Fact]
    public void Given_a_check_When_it_is_given_twice_or_another_follows_Then_one_counts()
    {
        MeasureScenario.Done().Do(TestCompany.Inspector, s_effective).Unchanged(TestCompany.Inspector, s_effective)
            .Refuse(TestCompany.OtherInspector, NotEffective(20), RefusalCode.Closed)
            .Refuse(TestCompany.OtherEngineer, new MeasureCommand.Finish("再做"), RefusalCode.WrongStage)
            .Refuse(TestCompany.EngineeringHead, Reassign(TestCompany.Engineer), RefusalCode.WrongStage);
        var again = NotEffective(20);
        MeasureScenario.Done().Do(TestCompany.Inspector, again).Unchanged(TestCompany.Inspector, again);
    }

    [Fact]
    public void Given_a_measure_When_it_is_carried_out_twice_Then_it_counts_once()
    {
        MeasureScenario.Done().Unchanged(TestCompany.OtherEngineer, new MeasureCommand.Finish("已更换"))
            .Refuse(TestCompany.OtherEngineer, new MeasureCommand.Finish("另一说法"), RefusalCode.WrongStage);
    }

    [Theory]
    [InlineData("s-eng-duty")]
    [InlineData("s-eng-head")]
    [InlineData("s-qua-duty")]
    [InlineData("s-leader")]
    public void Given_a_measure_When_anybody_but_its_owner_reports_it_carried_out_Then_it_is_refused(string staff) =>
        MeasureScenario.Begun().Refuse(Member(staff), new MeasureCommand.Finish("已更换"), RefusalCode.NotYours);

    [Fact]
    public void Given_a_measure_When_the_resident_or_the_system_acts_Then_it_is_refused()
    {
        foreach (var actor in new[] { ComplaintScenario.Resident, MeasureScenario.System })
        {
            MeasureScenario.Begun().Refuse(actor, new MeasureCommand.Finish("已更换"), RefusalCode.NotYours)
                .Refuse(actor, Reassign(TestCompany.Engineer), RefusalCode.NotYours);
            MeasureScenario.Done().Refuse(actor, s_effective, RefusalCode.NotYours);
        }
    }

    [Fact]
    public void Given_staff_When_they_begin_a_measure_or_change_its_sides_themselves_Then_it_is_refused()
    {
        var scenario = MeasureScenario.Begun();
        var begun = scenario.State.Begun;
        var begin = new MeasureCommand.Begin(
            begun.Complaint, 1, MeasureType.Preventive, begun.Plan, begun.FiledBy, begun.Sides, begun.Contact);
        Assert.IsType<Decision<MeasureEvent>.Refused>(MeasureMatter.Decide(
            null, begin, new Actor.Staff(TestCompany.Leader), scenario.Now, scenario.Rules));
        scenario.Refuse(
            TestCompany.Leader, new MeasureCommand.TakeSides(begun.Sides with { Handlers = [] }), RefusalCode.NotYours);
        Assert.Empty(scenario.Do(MeasureScenario.System, begin).Last);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(181)]
    [InlineData(null)]
    public void Given_a_measure_not_effective_When_no_sound_new_date_is_given_Then_it_is_refused(int? days)
    {
        var scenario = MeasureScenario.Done();
        DateTimeOffset? due = days is { } d ? scenario.Now.AddDays(d) : null;
        scenario.Refuse(
            TestCompany.Inspector, new MeasureCommand.CheckEffect(false, "无效", due), RefusalCode.BadField, "newDue");
    }

    [Fact]
    public void Given_texts_that_are_empty_Then_the_field_is_named()
    {
        MeasureScenario.Begun()
            .Refuse(TestCompany.OtherEngineer, new MeasureCommand.Finish(" "), RefusalCode.BadField, "result")
            .Refuse(
                TestCompany.EngineeringHead, new MeasureCommand.Reassign(TestCompany.Engineer.Id, ""),
                RefusalCode.BadField, "reason");
        MeasureScenario.Done().Refuse(
            TestCompany.Inspector, new MeasureCommand.CheckEffect(true, "", null), RefusalCode.BadField, "finding");
    }

    [Fact]
    public void Given_an_owner_who_cannot_When_the_head_or_the_leader_names_another_Then_the_date_stands()
    {
        var scenario = MeasureScenario.Begun();
        var due = scenario.Owed().Due;
        scenario.Refuse(TestCompany.OtherEngineer, Reassign(TestCompany.Engineer), RefusalCode.NotYours)
            .Refuse(TestCompany.FinanceHead, Reassign(TestCompany.Engineer), RefusalCode.NotYours)
            .Refuse(TestCompany.Inspector, Reassign(TestCompany.Engineer), RefusalCode.NotYours)
            .Refuse(TestCompany.EngineeringHead, Reassign(TestCompany.JxDuty), RefusalCode.BadField, "owner")
            .Do(TestCompany.EngineeringHead, Reassign(TestCompany.EngineeringHead));
        Assert.Equal((Party.Of(TestCompany.EngineeringHead.Id), due), (scenario.Owed().Owner, scenario.Owed().Due));
        Assert.Equal([("MeasureOwed", Party.Of(TestCompany.EngineeringHead.Id))], scenario.Told());
        scenario.Unchanged(TestCompany.EngineeringHead, Reassign(TestCompany.EngineeringHead))
            .Do(TestCompany.Leader, Reassign(TestCompany.OtherInspector))
            .Do(TestCompany.OtherInspector, new MeasureCommand.Finish("已更换"))
            .Refuse(TestCompany.OtherInspector, s_effective, RefusalCode.OwnWork)
            .Do(TestCompany.Inspector, s_effective);
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_an_owner_who_is_accused_later_Then_they_do_nothing_more_and_the_leader_names_another()
    {
        var scenario = MeasureScenario.Begun();
        var sides = scenario.State.Sides with { Against = [TestCompany.OtherEngineer.Id] };
        scenario.Do(MeasureScenario.System, new MeasureCommand.TakeSides(sides));
        Assert.Equal((ObligationKind.Assign, Party.Of(Unit.Leader)), (scenario.Owed().Kind, scenario.Owed().Owner));
        Assert.Equal([("MeasureOwnerMissing", Party.Of(Unit.Leader))], scenario.Told());
        scenario.Refuse(TestCompany.OtherEngineer, new MeasureCommand.Finish("已更换"), RefusalCode.Accused)
            .Refuse(TestCompany.Leader, Reassign(TestCompany.OtherEngineer), RefusalCode.Accused, "owner")
            .Do(TestCompany.Leader, Reassign(TestCompany.Engineer));
        Assert.Equal(Party.Of(TestCompany.Engineer.Id), scenario.Owed().Owner);
        Assert.False(scenario.State.MaySee(TestCompany.OtherEngineer, TestCompany.Directory));
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_an_owner_accused_between_doing_and_check_When_it_is_not_effective_Then_another_owner_is_owed()
    {
        var scenario = MeasureScenario.Done();
        scenario.Do(MeasureScenario.System, new MeasureCommand.TakeSides(
            scenario.State.Sides with { Against = [TestCompany.OtherEngineer.Id] }));
        Assert.Equal(ObligationKind.CheckMeasure, scenario.Owed().Kind);
        scenario.Do(TestCompany.Inspector, NotEffective(20));
        Assert.Equal((ObligationKind.Assign, Party.Of(Unit.Leader)), (scenario.Owed().Kind, scenario.Owed().Owner));
        Assert.DoesNotContain(scenario.Told(), t => t.Template == "MeasureAgain");
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_a_member_of_quality_who_is_accused_When_they_check_Then_it_is_refused()
    {
        var scenario = MeasureScenario.Done();
        scenario.Do(MeasureScenario.System, new MeasureCommand.TakeSides(
            scenario.State.Sides with { Against = [TestCompany.Inspector.Id] }));
        scenario.Refuse(TestCompany.Inspector, s_effective, RefusalCode.Accused)
            .Do(TestCompany.OtherInspector, s_effective);
    }

    [Theory]
    [InlineData("s-eng-other", true)]
    [InlineData("s-eng-duty", true)]
    [InlineData("s-eng-head", true)]
    [InlineData("s-hy-duty", true)]
    [InlineData("s-qua-duty", true)]
    [InlineData("s-leader", true)]
    [InlineData("s-jx-duty", false)]
    [InlineData("s-fin-duty", false)]
    public void Given_a_member_of_staff_Then_only_those_concerned_see_it(string staff, bool may) =>
        Assert.Equal(may, MeasureScenario.Begun().State.MaySee(Member(staff), TestCompany.Directory));

    /// <summary>
    /// Anybody does anything in any order, the sides change: the scenario asserts that no check is by a hand in it, nothing
    /// is done by the accused side, and something is owed exactly while it is open.
    /// </summary>
    [Fact]
    [Clause("4.5.4"), Clause("4.6.1-2-D")]
    public void No_sequence_of_commands_lets_a_hand_in_a_measure_check_it() => Gen.Int[0, 999].Array[12, 40].Sample(
        dice =>
        {
            var scenario = MeasureScenario.Begun(TestCompany.Staff[dice[0] % 3 + 6]);
            foreach (var (n, i) in dice.Select((n, i) => (n, i)))
            {
                var by = TestCompany.Staff[n % TestCompany.Staff.Length];
                var other = TestCompany.Staff[n / 7 % TestCompany.Staff.Length].Id;
                scenario.After(n % 4).Try(i % 5 == 0 ? MeasureScenario.System : new Actor.Staff(by), (n / 13 % 5) switch
                {
                    0 => new MeasureCommand.Finish("做了"),
                    1 => new MeasureCommand.CheckEffect(n % 2 == 0, $"查了{i}", scenario.Now.AddDays(3)),
                    2 => new MeasureCommand.Reassign(other, "换人"),
                    3 when i % 5 == 0 => new MeasureCommand.TakeSides(
                        scenario.State.Sides with { Against = n % 3 == 0 ? [] : [other], Handlers = [other] }),
                    _ => new MeasureCommand.Finish("又做了"),
                });
            }
        },
        iter: 300);

    internal static StaffMember Member(string id) => TestCompany.Directory.Find(new StaffId(id))!;

    private static MeasureCommand.Reassign Reassign(StaffMember to) => new(to.Id, "原落实人休假");

    private static MeasureCommand.CheckEffect NotEffective(int days) =>
        new(false, "又停了", TestCompany.Time(ComplaintScenario.Start).AddDays(days));
}
