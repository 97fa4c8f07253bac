using CustomerComm.Domain.SignIns;

namespace CustomerComm.Domain.Tests.SignIns;

/// <summary>Codes for signing in: few, short-lived, good once.</summary>
public sealed class SignInTests
{
    private const string Browser = "browser";

    private static readonly DateTimeOffset s_start = TestCompany.Time("2026-03-02 09:00");
    private static readonly SignInCommand.Ask s_ask = new(TestCompany.HyDuty.Id, TestCompany.HY, Browser);

    [Fact]
    public void Given_a_code_When_the_right_one_is_entered_Then_it_is_good_once()
    {
        var state = After(null, s_ask, s_start);
        var used = After(state, new SignInCommand.Enter(1, Right: true, Browser, "session"), s_start.AddMinutes(4));
        Assert.True(used.Codes[^1].Used);
        Assert.Equal(RefusalCode.LinkInvalid, Refused(used, new SignInCommand.Enter(1, Right: true, Browser, "session"), s_start.AddMinutes(4)));
    }

    [Fact]
    public void Given_five_minutes_passed_When_the_right_code_is_entered_Then_it_is_refused()
    {
        var state = After(null, s_ask, s_start);
        Assert.Equal(RefusalCode.LinkInvalid, Refused(state, new SignInCommand.Enter(1, Right: true, Browser, "session"), s_start.AddMinutes(5)));
    }

    [Fact]
    public void Given_five_wrong_codes_When_the_right_one_is_entered_Then_it_is_refused()
    {
        var state = After(null, s_ask, s_start);
        for (var i = 0; i < SignInMatter.MostWrong; i++)
            state = After(state, new SignInCommand.Enter(1, Right: false, Browser, "session"), s_start);
        Assert.Equal(RefusalCode.LinkInvalid, Refused(state, new SignInCommand.Enter(1, Right: true, Browser, "session"), s_start));
    }

    [Fact]
    public void Given_another_code_was_sent_When_the_former_is_entered_Then_it_is_refused()
    {
        var state = After(After(null, s_ask, s_start), s_ask, s_start.AddMinutes(1));
        Assert.Equal(RefusalCode.LinkInvalid, Refused(state, new SignInCommand.Enter(1, Right: true, Browser, "session"), s_start.AddMinutes(1)));
        Assert.True(After(state, new SignInCommand.Enter(2, Right: true, Browser, "session"), s_start.AddMinutes(1))
            .IsAt("session", s_start.AddMinutes(1)));
    }

    [Fact]
    public void Given_five_codes_within_an_hour_When_asked_again_Then_it_is_refused_until_the_hour_is_over()
    {
        SignIn? state = null;
        for (var i = 0; i < SignInMatter.MostCodes; i++)
            state = After(state, s_ask, s_start.AddMinutes(i));
        Assert.Equal(RefusalCode.TooLate, Refused(state, s_ask, s_start.AddMinutes(30)));
        Assert.Equal(6, After(state, s_ask, s_start.AddMinutes(60)).Issue);
    }

    [Theory]
    [InlineData("s-hy-duty", true)]
    [InlineData("s-leader", true)]
    [InlineData("s-hy-manager", false)]
    [InlineData("s-hy-guard", false)]
    [InlineData("s-jx-manager", false)]
    [InlineData("s-eng-head", false)]
    [InlineData("s-fin-duty", false)]
    [InlineData("s-qua-head", false)]
    public void Given_the_sign_ins_of_somebody_Then_they_and_the_leader_alone_see_and_end_them(string who, bool may)
    {
        var reader = TestCompany.Directory.Find(new StaffId(who))!;
        var state = After(null, new SignInCommand.Begin(TestCompany.HyDuty.Id, TestCompany.HY, "session"), s_start);
        Assert.Equal(may, SignIn.MaySee(reader, TestCompany.HyDuty.Id));
        Assert.Equal(may, ((IMatterState)state).MaySee(reader, TestCompany.Directory));
        var end = new SignInCommand.End(null, reader.Id);
        if (may)
            Assert.Empty(After(state, end, s_start).Sessions);
        else
            Assert.Equal(RefusalCode.NotYours, Refused(state, end, s_start));
    }

    [Fact]
    public void Given_a_double_click_When_asked_again_Then_no_other_code_is_sent()
    {
        var state = After(null, s_ask, s_start);
        Assert.Equal(state, After(state, s_ask, s_start.AddSeconds(5)));
    }

    [Fact]
    public void Given_somebody_else_than_the_system_When_they_command_Then_it_is_refused()
    {
        var decision = SignInMatter.Decide(
            null, s_ask, new Actor.Staff(TestCompany.HyDuty), s_start, TestCompany.Rules);
        Assert.Equal(RefusalCode.NotYours, Assert.IsType<Decision<SignInEvent>.Refused>(decision).Refusal.Code);
    }

    [Fact]
    public void Given_a_code_was_asked_for_in_one_browser_When_it_is_entered_in_another_Then_it_is_refused()
    {
        var state = After(null, s_ask, s_start);
        Assert.Equal(
            RefusalCode.LinkInvalid,
            Refused(state, new SignInCommand.Enter(1, Right: true, "another", "session"), s_start));
    }

    [Fact]
    public void Given_strangers_used_up_the_codes_and_guessed_When_a_known_browser_asks_Then_it_gets_its_code()
    {
        var state = After(
            After(null, s_ask, s_start), new SignInCommand.Enter(1, Right: true, Browser, "session"), s_start);
        var now = s_start.AddMinutes(61);
        for (var i = 0; i < SignInMatter.MostCodes; i++)
        {
            state = After(state, s_ask with { Asker = $"stranger {i}" }, now);
            for (var wrong = 0; wrong < SignInMatter.MostWrong; wrong++)
            {
                state = After(
                    state, new SignInCommand.Enter(state.Issue, Right: false, $"stranger {i}", "x"), now);
            }
        }

        Assert.Equal(RefusalCode.TooLate, Refused(state, s_ask with { Asker = "stranger 9" }, now));
        state = After(state, s_ask, now);
        state = After(state, new SignInCommand.Enter(state.Issue, Right: true, Browser, "second"), now);
        Assert.True(state.IsAt("second", now));
    }

    [Fact]
    public void Given_a_session_When_it_is_ended_or_its_day_is_over_Then_it_goes_on_no_more_and_only_theirs_end_it()
    {
        var state = After(null, new SignInCommand.Begin(TestCompany.HyDuty.Id, TestCompany.HY, "one"), s_start);
        state = After(state, new SignInCommand.Begin(TestCompany.HyDuty.Id, TestCompany.HY, "two"), s_start);
        Assert.True(state.IsAt("one", s_start.AddHours(11)));
        Assert.False(state.IsAt("one", s_start + SignInMatter.Day));
        Assert.Equal(
            RefusalCode.NotYours, Refused(state, new SignInCommand.End(null, TestCompany.HyManager.Id), s_start));
        state = After(state, new SignInCommand.End("one", TestCompany.HyDuty.Id), s_start);
        Assert.Equal((false, true), (state.IsAt("one", s_start), state.IsAt("two", s_start)));
        Assert.False(After(state, new SignInCommand.End(null, TestCompany.Leader.Id), s_start).IsAt("two", s_start));
    }

    private static SignIn After(SignIn? state, SignInCommand command, DateTimeOffset now)
    {
        var decision = SignInMatter.Decide(state, command, new Actor.System(), now, TestCompany.Rules);
        return Assert.IsType<Decision<SignInEvent>.Accepted>(decision).Events
            .Aggregate(state, (s, e) => SignInMatter.Evolve(s, e, now))!;
    }

    private static RefusalCode Refused(SignIn? state, SignInCommand command, DateTimeOffset now) =>
        Assert.IsType<Decision<SignInEvent>.Refused>(
            SignInMatter.Decide(state, command, new Actor.System(), now, TestCompany.Rules)).Refusal.Code;
}
