using System.Collections.Immutable;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.Domain.Tests.Surveys;

[Clause("4.5.6")]
public sealed class HomeAnswerTests
{
    private static readonly DateTimeOffset s_start = TestCompany.Time("2026-10-12 09:00");
    private static readonly DateTimeOffset s_until = TestCompany.Time("2026-11-02 09:00");
    private static readonly Questionnaire s_form = Forms.Of(Forms.Question("r", QuestionType.Rating, required: true));
    private static readonly Actor s_system = new Actor.System();
    private static readonly Actor s_resident = new Actor.Resident();
    private static readonly Actor s_duty = new Actor.Staff(TestCompany.HyDuty);

    [Fact]
    public void Given_a_home_When_invited_reminded_and_answered_Then_it_is_written_to_twice_and_never_again()
    {
        var life = new Life();
        life.Do(s_system, new HomeAnswerCommand.Remind(1, s_until));
        life.Do(s_resident, Link("4"));
        Assert.Empty(life.Do(s_system, new HomeAnswerCommand.Remind(2, s_until)));
        Assert.Equal(["SurveyInvitation", "SurveyReminder"], life.Messages.Select(m => m.Template));
        Assert.All(life.Messages, m => Assert.Equal("q", m.Link));
        life.Do(s_system, new HomeAnswerCommand.Tell(1));
        Assert.Empty(life.Do(s_system, new HomeAnswerCommand.Tell(1)));
        Assert.Equal("SurveyAnswered", life.Messages[^1].Template);
    }

    [Fact]
    public void Given_anything_the_system_does_When_done_again_Then_nothing_happens()
    {
        var life = new Life();
        Assert.Empty(life.Do(s_system, Life.Invite));
        life.Do(s_system, new HomeAnswerCommand.Remind(1, s_until));
        Assert.Empty(life.Do(s_system, new HomeAnswerCommand.Remind(1, s_until)));
        life.Do(s_system, new HomeAnswerCommand.InviteAgain("+12025550152", Language.English));
        Assert.Empty(life.Do(s_system, new HomeAnswerCommand.InviteAgain("+12025550152", Language.English)));
        Assert.Empty(life.Do(s_system, new HomeAnswerCommand.Tell(1)));
    }

    [Fact]
    public void Given_a_home_answered_by_link_When_it_answers_again_Then_the_correction_counts_until_the_end()
    {
        var life = new Life();
        life.Do(s_resident, Link("4"));
        Assert.Empty(life.Do(s_resident, Link("4")));
        life.Do(s_resident, Link("2"));
        Assert.Equal("2", life.State.Answer!.Replies[0].Value.Value);
        life.Now = s_until;
        life.Refused(RefusalCode.TooLate, s_resident, Link("5"));
        life.Refused(RefusalCode.TooLate, s_duty, Paper("5"));
    }

    [Fact]
    public void Given_a_home_answered_by_link_When_staff_enter_a_form_Then_what_the_home_said_stands()
    {
        var life = new Life();
        life.Do(s_resident, Link("4"));
        life.Refused(RefusalCode.WrongStage, s_duty, Paper("5"));
        Assert.Equal((AnswerWay.Link, "4"), (life.State.Answer!.Way, life.State.Answer.Replies[0].Value.Value));
    }

    [Fact]
    public void Given_a_form_was_entered_When_the_home_answers_by_link_Then_the_homes_own_word_counts()
    {
        var life = new Life();
        life.Do(s_duty, Paper("5"));
        Assert.Equal(TestCompany.HyDuty.Id, life.State.Answer!.EnteredBy);
        life.Do(s_resident, Link("1"));
        Assert.Equal((AnswerWay.Link, (StaffId?)null), (life.State.Answer!.Way, life.State.Answer.EnteredBy));
    }

    [Fact]
    public void Given_staff_When_they_use_the_link_Then_it_is_the_residents_alone()
    {
        var life = new Life();
        life.Refused(RefusalCode.ResidentOnly, s_duty, Link("5"));
        life.Refused(RefusalCode.ResidentOnly, s_duty, new HomeAnswerCommand.Decline(s_until));
        life.Refused(RefusalCode.NotYours, s_resident, Paper("5"));
        life.Refused(RefusalCode.NotYours, new Actor.Staff(TestCompany.JxDuty), Paper("5"));
        life.Refused(RefusalCode.NotYours, new Actor.Staff(TestCompany.Engineer), Paper("5"));
        life.Refused(RefusalCode.NotYours, s_duty, new HomeAnswerCommand.Remind(1, s_until));
    }

    [Fact]
    public void Given_a_home_declined_When_time_goes_on_Then_it_is_left_alone_but_may_change_its_mind()
    {
        var life = new Life();
        life.Do(s_resident, new HomeAnswerCommand.Decline(s_until));
        Assert.Empty(life.Do(s_system, new HomeAnswerCommand.Remind(1, s_until)));
        life.Do(s_resident, Link("3"));
        Assert.False(life.State.Declined);
        Assert.Empty(life.Do(s_resident, new HomeAnswerCommand.Decline(s_until)));
    }

    [Fact]
    public void Given_a_bad_sheet_When_sent_Then_the_question_is_named() => new Life().Refused(
        RefusalCode.BadField, s_resident,
        new HomeAnswerCommand.Answer(AnswerWay.Link, s_form, Forms.Sheet(("r", "9")), s_until), "r");

    [Fact]
    public void Given_an_invitation_When_it_waits_for_the_home_Then_nobody_of_the_company_owes_anything()
    {
        var life = new Life();
        Assert.Empty(HomeAnswerMatter.Owed(life.State));
        Assert.False(((IMatterState)life.State).Open);
        Assert.False(((IMatterState)life.State).TellsLosses);
    }

    [Theory]
    [InlineData("3-1-502", "3")]
    [InlineData("12 - 1 - 502", "12")]
    [InlineData("A座-9", "A座")]
    [InlineData("502", "")]
    [InlineData("-502", "")]
    public void Given_a_room_When_asked_Then_its_building_is_what_stands_before_the_hyphen(string room, string building) =>
        Assert.Equal(building, HomeAnswerMatter.BuildingOf(room));

    [Theory]
    [InlineData(false, 60, false)]
    [InlineData(true, 60, true)]
    [InlineData(false, 2, true)]
    public void Given_a_home_When_somebody_there_is_staff_Then_it_is_left_out(bool marked, int phone, bool left)
    {
        var resident = new Resident("x", PhoneNumber.Create(TestCompany.Phone(phone)), Language.Chinese, marked);
        var home = new Home(TestCompany.HY, new Room("1-1-1"), [resident]);
        Assert.Equal(left, HomeAnswerMatter.IsStaffHome(home, TestCompany.Directory));
    }

    private static HomeAnswerCommand.Answer Link(string rating) =>
        new(AnswerWay.Link, s_form, Forms.Sheet(("r", rating)), s_until);

    private static HomeAnswerCommand.Answer Paper(string rating) => Link(rating) with { Way = AnswerWay.Paper };

    private sealed class Life
    {
        private HomeAnswer? _state;

        public Life() => Do(s_system, Invite);

        public static HomeAnswerCommand.Invite Invite { get; } =
            new(TestCompany.HY, 2026, "3-1-502", TestCompany.ResidentPhone, Language.Chinese, s_until);

        public DateTimeOffset Now { get; set; } = s_start;

        public HomeAnswer State => _state!;

        public List<MatterMessage> Messages { get; } = [];

        public ImmutableArray<HomeAnswerEvent> Do(Actor actor, HomeAnswerCommand command)
        {
            var decision = HomeAnswerMatter.Decide(_state, command, actor, Now, TestCompany.Rules);
            var events = Assert.IsType<Decision<HomeAnswerEvent>.Accepted>(decision).Events;
            foreach (var e in events)
            {
                _state = HomeAnswerMatter.Evolve(_state, e, Now);
                Messages.AddRange(HomeAnswerMatter.Messages(e, State, TestCompany.Rules));
            }

            return events;
        }

        public void Refused(RefusalCode code, Actor actor, HomeAnswerCommand command, string? field = null)
        {
            var no = Assert.IsType<Decision<HomeAnswerEvent>.Refused>(
                HomeAnswerMatter.Decide(_state, command, actor, Now, TestCompany.Rules)).Refusal;
            Assert.Equal((code, "4.5.6", field), (no.Code, no.Clause, no.Field));
        }
    }
}
