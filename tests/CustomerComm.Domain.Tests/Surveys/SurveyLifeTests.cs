using System.Collections.Immutable;
using CsCheck;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.Domain.Tests.Surveys;

[Clause("4.5.6")]
public sealed class SurveyLifeTests
{
    private static readonly DateTimeOffset s_start = TestCompany.Time("2026-10-12 09:00");
    private static readonly Actor s_system = new Actor.System();
    private static readonly Actor s_inspector = new Actor.Staff(TestCompany.Inspector);
    private static readonly Actor s_head = new Actor.Staff(TestCompany.QualityHead);
    private static readonly Actor s_office = new Actor.Staff(TestCompany.HyManager);
    private static readonly Actor s_otherOffice = new Actor.Staff(TestCompany.JxManager);

    [Theory]
    [InlineData("s-hy-manager", true, true)]
    [InlineData("s-hy-duty", true, true)]
    [InlineData("s-jx-duty", true, false)]
    [InlineData("s-qua-duty", true, true)]
    [InlineData("s-leader", true, true)]
    [InlineData("s-eng-head", false, false)]
    [InlineData("s-eng-duty", false, false)]
    [InlineData("s-fin-head", false, false)]
    [InlineData("s-fin-duty", false, false)]
    public void Given_a_survey_Then_quality_its_office_and_the_leader_see_it(string who, bool lists, bool sees)
    {
        var member = TestCompany.Directory.Find(new StaffId(who))!;
        Assert.Equal(lists, Survey.MayList(member));
        Assert.Equal(sees, ((IMatterState)new Life().State).MaySee(member, TestCompany.Directory));
    }

    [Fact]
    public void Given_a_survey_When_it_runs_its_course_Then_each_step_is_owed_by_whom_the_procedure_says()
    {
        var life = new Life();
        Assert.Equal([(ObligationKind.SendSurvey, "", Unit.Quality, "2026-10-23 09:00")], life.Owed);
        life.Do(s_head, new SurveyCommand.Approve());
        Assert.Equal(ObligationKind.SendSurvey, Assert.Single(life.Owed).Kind);
        life.Do(s_inspector, new SurveyCommand.Send());
        Assert.Equal(TestCompany.Time("2026-11-02 09:00"), life.State.Until);
        Assert.Equal(
            [TestCompany.Time("2026-10-19 09:00"), TestCompany.Time("2026-10-26 09:00")], life.State.Reminders);
        Assert.Equal([(ObligationKind.AnalyseSurvey, "", Unit.Office, "2026-11-13 09:00")], life.Owed);
        life.Do(s_system, new SurveyCommand.FinishInviting(40, 2, 1));
        life.Now = life.State.Until;
        life.Do(s_system, new SurveyCommand.EndCollection(["a", "b"], [TestCompany.HyDuty.Id]));
        Assert.Equal(
            [ObligationKind.Verify, ObligationKind.AnalyseSurvey], life.Owed.Select(o => o.Kind));
        life.Do(s_inspector, new SurveyCommand.CheckPaper("a", Matches: true, null));
        life.Refused(RefusalCode.NotYet, s_system, new SurveyCommand.Count([]));
        life.Do(s_inspector, new SurveyCommand.CheckPaper("b", Matches: false, "another rating"));
        Assert.Equal(["b"], life.State.Rejected);
        life.Do(s_system, new SurveyCommand.Count(TwentyParking));
        life.Do(s_office, new SurveyCommand.Analyse("Parking is scarce."));
        var owed = Assert.Single(life.Owed);
        Assert.Equal((ObligationKind.PublishAnswer, "m|p1", Unit.Office), (owed.Kind, owed.Subject, owed.Unit));
        life.Refused(RefusalCode.NotYet, s_system, new SurveyCommand.Finish(20));
        life.Do(s_office, new SurveyCommand.Publish("m|p1", new Bilingual("新增二十个车位", "")));
        Assert.Empty(life.Owed);
        life.Do(s_system, new SurveyCommand.Finish(20));
        Assert.False(life.State.Open);
    }

    [Theory]
    [InlineData("s-qua-duty", true)]
    [InlineData("s-hy-manager", true)]
    [InlineData("s-hy-duty", true)]
    [InlineData("s-jx-manager", false)]
    [InlineData("s-leader", false)]
    [InlineData("s-eng-head", false)]
    public void Given_a_survey_Then_its_office_and_quality_enter_forms_while_it_runs_and_read_texts_once_counted(
        string who, bool may)
    {
        var member = TestCompany.Directory.Find(new StaffId(who))!;
        var draft = new Life().State;
        var running = draft with { Stage = SurveyStage.Collecting };
        Assert.False(draft.TakesPaperFrom(member));
        Assert.Equal((may, false), (running.TakesPaperFrom(member), running.MayReadTexts(member)));
        var counted = draft with { Stage = SurveyStage.Analysing, CountedAt = s_start };
        Assert.Equal((false, may), (counted.TakesPaperFrom(member), counted.MayReadTexts(member)));
    }

    public static TheoryData<string, SurveyCommand> Sendings => new()
    {
        { "s-qua-duty", new SurveyCommand.Approve() },
        { "s-hy-manager", new SurveyCommand.Approve() },
        { "s-hy-manager", new SurveyCommand.Send() },
        { "s-leader", new SurveyCommand.Send() },
        { "s-hy-manager", new SurveyCommand.Change(new QuestionnaireChange.RemoveQuestion("q1")) },
        { "s-eng-head", new SurveyCommand.Analyse("x") },
        { "s-jx-manager", new SurveyCommand.Analyse("x") },
        { "s-jx-manager", new SurveyCommand.Publish("x", Forms.Text("x")) },
        { "s-qua-head", new SurveyCommand.Publish("x", Forms.Text("x")) },
        { "s-qua-head", new SurveyCommand.FinishInviting(1, 0, 0) },
        { "s-qua-head", new SurveyCommand.FinishReminding(1, 0) },
        { "s-qua-head", new SurveyCommand.EndCollection([], []) },
        { "s-qua-head", new SurveyCommand.Count([]) },
        { "s-qua-head", new SurveyCommand.Finish(1) },
        { "s-hy-manager", new SurveyCommand.Extend(null, "x") },
        { "s-hy-manager", new SurveyCommand.CheckPaper("a", Matches: true, null) },
    };

    [Theory, MemberData(nameof(Sendings))]
    public void Given_somebody_else_When_they_try_Then_it_is_not_theirs_to_do(string staff, SurveyCommand command)
    {
        var life = new Life();
        life.Refused(
            RefusalCode.NotYours, new Actor.Staff(TestCompany.Staff.Single(m => m.Id.Value == staff)), command);
        if (command is not (SurveyCommand.FinishInviting or SurveyCommand.FinishReminding or SurveyCommand.EndCollection
            or SurveyCommand.Count or SurveyCommand.Finish))
        {
            life.Refused(RefusalCode.NotYours, s_system, command);
        }

        life.Refused(RefusalCode.NotYours, new Actor.Resident(), command);
    }

    [Fact]
    public void Given_it_is_not_approved_When_sent_Then_the_approval_is_missing() =>
        new Life().Refused(RefusalCode.ApprovalMissing, s_inspector, new SurveyCommand.Send());

    [Fact]
    public void Given_it_was_approved_When_changed_Then_it_must_be_approved_again()
    {
        var life = new Life();
        life.Do(s_head, new SurveyCommand.Approve());
        var change = new SurveyCommand.Change(new QuestionnaireChange.SaveSection("s1", Forms.Text("other")));
        life.Do(s_inspector, change);
        Assert.Equal(SurveyStage.Drafting, life.State.Stage);
        life.Refused(RefusalCode.ApprovalMissing, s_inspector, new SurveyCommand.Send());
        Assert.Empty(life.Do(s_inspector, change));
    }

    [Fact]
    public void Given_it_was_sent_When_changed_Then_it_is_frozen()
    {
        var life = Sent();
        life.Refused(
            RefusalCode.WrongStage, s_inspector,
            new SurveyCommand.Change(new QuestionnaireChange.RemoveQuestion("m")));
    }

    [Theory]
    [InlineData("2026-11-09 18:00", true)]
    [InlineData("2026-11-02 09:00", false)]
    [InlineData("2027-10-12 09:00", false)]
    public void Given_it_runs_When_extended_Then_only_to_a_later_time_within_reach(string until, bool good)
    {
        var life = Sent();
        var command = new SurveyCommand.Extend(TestCompany.Time(until), "holiday");
        if (good)
        {
            life.Do(s_inspector, command);
            Assert.Equal(TestCompany.Time(until), life.State.Until);
            Assert.Equal("2026-11-20 17:30", Assert.Single(life.Owed).Due);
        }
        else
        {
            life.Refused(RefusalCode.BadField, s_inspector, command);
        }
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_who_entered_forms_When_they_check_them_Then_it_is_their_own_work()
    {
        var life = Sent();
        life.Do(s_system, new SurveyCommand.FinishInviting(40, 0, 0));
        life.Refused(RefusalCode.NotYet, s_system, new SurveyCommand.EndCollection([], []));
        life.Now = life.State.Until;
        life.Do(s_system, new SurveyCommand.EndCollection(["a"], [TestCompany.Inspector.Id]));
        life.Refused(RefusalCode.OwnWork, s_inspector, new SurveyCommand.CheckPaper("a", Matches: true, null));
        life.Refused(RefusalCode.BadField, s_head, new SurveyCommand.CheckPaper("a", Matches: false, ""));
        life.Refused(RefusalCode.WrongStage, s_head, new SurveyCommand.CheckPaper("z", Matches: true, null));
        life.Do(s_head, new SurveyCommand.CheckPaper("a", Matches: true, null));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(50, 5)]
    [InlineData(51, 6)]
    [InlineData(1_000, 100)]
    public void Given_forms_on_paper_When_the_collection_ends_Then_a_share_of_them_is_drawn_by_digest(int papers, int drawn)
    {
        ImmutableArray<string> all = [.. Enumerable.Range(0, papers).Select(i => $"p{i}")];
        var sample = PaperSample.Draw(all, "HY-2026", 10, 5);
        Assert.Equal(drawn, sample.Distinct().Count());
        Assert.Equal(sample, PaperSample.Draw([.. all.Reverse()], "HY-2026", 10, 5));
        if (papers == 1_000)
            Assert.NotEqual(sample, PaperSample.Draw(all, "HY-2027", 10, 5));
    }

    [Fact]
    public void Whatever_is_done_a_survey_that_waits_for_somebody_owes_something_with_one_owner_and_time() =>
        Gen.Int[0, 11].Array[0, 60].Sample(steps =>
        {
            var life = new Life();
            foreach (var step in steps)
            {
                life.Now = life.Now.AddDays(2);
                Actor[] actors = [s_system, s_head, s_inspector, s_office, s_otherOffice, new Actor.Resident()];
                foreach (var actor in actors)
                    life.Try(actor, Command(step, life.State));
                var s = life.State;
                var telling = s.Stage == SurveyStage.Answering && !s.Unanswered.Any();
                Assert.Equal(s.Open && !telling, life.Owed.Any());
                Assert.Equal(life.Owed.Count, life.Owed.Select(o => (o.Kind, o.Subject)).Distinct().Count());
            }
        }, iter: 300);

    private static SurveyCommand Command(int step, Survey s) => step switch
    {
        0 => new SurveyCommand.Approve(),
        1 => new SurveyCommand.Send(),
        2 => new SurveyCommand.FinishInviting(30, 1, 1),
        3 => new SurveyCommand.FinishReminding(s.Reminded + 1, 3),
        4 => new SurveyCommand.Extend(s.Until.AddDays(10), "x"),
        5 => new SurveyCommand.EndCollection(["a"], [TestCompany.HyDuty.Id]),
        6 => new SurveyCommand.CheckPaper("a", Matches: true, null),
        7 => new SurveyCommand.Count(TwentyParking),
        8 => new SurveyCommand.Analyse("text"),
        9 => new SurveyCommand.Publish(s.Unanswered.FirstOrDefault()?.Key ?? "", Forms.Text("done")),
        10 => new SurveyCommand.Finish(3),
        _ => new SurveyCommand.Change(new QuestionnaireChange.SaveSection(null, Forms.Text("x"))),
    };

    private static ImmutableArray<BuildingCount> TwentyParking
    {
        get
        {
            var counter = new SurveyCounter(Forms.AllTypes());
            for (var i = 0; i < 20; i++)
            {
                counter.Invited("1");
                counter.Answered("1", Forms.Sheet(("m", "p1")), null);
            }

            return counter.Result;
        }
    }

    private static Life Sent()
    {
        var life = new Life();
        life.Do(s_head, new SurveyCommand.Approve());
        life.Do(s_inspector, new SurveyCommand.Send());
        return life;
    }

    private sealed class Life
    {
        private Survey? _state;

        public Life() => Do(s_system, new SurveyCommand.Begin(TestCompany.HY, 2026, Forms.AllTypes(), null));

        public DateTimeOffset Now { get; set; } = s_start;

        public Survey State => _state!;

        public IReadOnlyList<(ObligationKind Kind, string Subject, Unit Unit, string Due)> Owed =>
            [.. SurveyMatter.Owed(State).Select(o => (
                o.Kind, o.Subject, o.Owner.Unit!.Value,
                o.Due.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)))];

        public ImmutableArray<SurveyEvent> Do(Actor actor, SurveyCommand command)
        {
            var decision = SurveyMatter.Decide(_state, command, actor, Now, TestCompany.Rules);
            var accepted = Assert.IsType<Decision<SurveyEvent>.Accepted>(decision);
            foreach (var e in accepted.Events)
            {
                _state = SurveyMatter.Evolve(_state, e, Now);
                Assert.All(SurveyMatter.Messages(e, State, TestCompany.Rules), m => Assert.NotEmpty(m.Template));
            }

            return accepted.Events;
        }

        public void Try(Actor actor, SurveyCommand command)
        {
            if (SurveyMatter.Decide(_state, command, actor, Now, TestCompany.Rules) is not Decision<SurveyEvent>.Accepted)
                return;
            Do(actor, command);
            // The same again, at once, changes nothing more, or is refused because it is done.
            if (SurveyMatter.Decide(_state, command, actor, Now, TestCompany.Rules) is Decision<SurveyEvent>.Accepted again
                && command is not SurveyCommand.Change)
            {
                Assert.Empty(again.Events);
            }
        }

        public void Refused(RefusalCode code, Actor actor, SurveyCommand command)
        {
            var no = Assert.IsType<Decision<SurveyEvent>.Refused>(
                SurveyMatter.Decide(_state, command, actor, Now, TestCompany.Rules)).Refusal;
            Assert.Equal((code, "4.5.6"), (no.Code, no.Clause));
        }
    }
}
