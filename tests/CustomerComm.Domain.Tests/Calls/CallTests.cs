using CustomerComm.Domain.Calls;

namespace CustomerComm.Domain.Tests.Calls;

/// <summary>Calls: within three rings, or called back.</summary>
public sealed class CallTests
{
    private static readonly DateTimeOffset s_now = TestCompany.Time("2026-03-02 22:30");

    private static readonly CompanyDirectory s_withLine = new(
        "x", TestCompany.Directory.Communities, TestCompany.Staff, [], complaintLine: TestCompany.Phone(99));

    [Theory, Clause("4.5.2")]
    [InlineData(1, null, true)]
    [InlineData(3, null, true)]
    [InlineData(4, null, false)]
    [InlineData(4, 2, false)]
    [InlineData(null, 15, true)]
    [InlineData(null, 16, false)]
    [InlineData(null, null, null)]
    public void Given_an_answered_call_When_recorded_Then_three_rings_are_in_time(int? rings, int? seconds, bool? inTime)
    {
        var call = Recorded(Answered() with { Rings = rings, SecondsToAnswer = seconds });
        Assert.Equal(inTime, call.Recorded.InTime);
        Assert.Empty(CallMatter.Owed(call));
        Assert.False(call.Open);
    }

    [Fact, Clause("4.5.2")]
    public void Given_a_missed_call_at_night_When_recorded_Then_the_duty_post_owes_a_call_back_in_15_minutes()
    {
        var call = Recorded(Missed() with { SecondsToAnswer = 20 });
        var owed = Assert.Single(CallMatter.Owed(call));
        Assert.Equal((ObligationKind.CallBack, Party.Of(Unit.Office)), (owed.Kind, owed.Owner));
        Assert.Equal(call.Recorded.StartedAt.AddSeconds(20).AddMinutes(15), owed.Due);
        Assert.False(call.Recorded.InTime);
        var message = Assert.Single(CallMatter.Messages(call.Recorded, call, TestCompany.Rules));
        Assert.Equal("CallMissed", message.Template);
    }

    public static TheoryData<string, CallReport> NotOwed => new()
    {
        { "internal", Missed() with { Internal = true } },
        { "withheld", Missed() with { Other = null } },
        { "outgoing", Missed() with { Way = CallWay.Out } },
    };

    [Theory, Clause("4.5.2"), MemberData(nameof(NotOwed))]
    public void Given_a_call_that_cannot_be_owed_When_missed_Then_nothing_is_owed(string why, CallReport report)
    {
        Assert.NotEmpty(why);
        Assert.Empty(CallMatter.Owed(Recorded(report)));
    }

    [Theory, Clause("4.5.2")]
    [InlineData("s-hy-duty", true, true)]
    [InlineData("s-hy-manager", true, true)]
    [InlineData("s-jx-duty", false, true)]
    [InlineData("s-qua-duty", true, false)]
    [InlineData("s-leader", true, false)]
    [InlineData("s-eng-duty", false, false)]
    [InlineData("s-fin-duty", false, false)]
    public void Given_a_call_Then_offices_quality_and_leader_see_it_and_the_offices_alone_the_number(
        string who, bool sees, bool dials)
    {
        var member = TestCompany.Directory.Find(new StaffId(who))!;
        var call = Recorded(Missed());
        Assert.Equal(
            (sees, dials), (((IMatterState)call).MaySee(member, TestCompany.Directory), call.MayDial(member)));
    }

    [Theory, Clause("4.5.2")]
    [InlineData("s-hy-duty", true)]
    [InlineData("s-jx-manager", true)]
    [InlineData("s-qua-head", true)]
    [InlineData("s-leader", true)]
    [InlineData("s-eng-head", false)]
    [InlineData("s-eng-duty", false)]
    [InlineData("s-fin-head", false)]
    [InlineData("s-fin-duty", false)]
    public void Given_somebody_of_the_company_Then_offices_quality_and_the_leader_have_calls_to_look_at(
        string who, bool lists) => Assert.Equal(lists, Call.MayList(TestCompany.Directory.Find(new StaffId(who))!));

    [Theory, Clause("4.6.1-1")]
    [InlineData("s-hy-duty", Unit.Office)]
    [InlineData("s-leader", Unit.Office)]
    [InlineData("s-qua-duty", Unit.Quality)]
    public void Given_a_call_is_written_down_Then_quality_s_are_the_complaint_line_s_where_there_is_one(
        string who, Unit line)
    {
        var member = TestCompany.Directory.Find(new StaffId(who))!;
        Assert.Equal(line, Call.LineOf(member, s_withLine));
        Assert.Equal(Unit.Office, Call.LineOf(member, TestCompany.Directory));
    }

    [Theory, Clause("4.6.1-1")]
    [InlineData("s-hy-duty", false, false)]
    [InlineData("s-hy-manager", false, false)]
    [InlineData("s-qua-duty", true, true)]
    [InlineData("s-leader", true, false)]
    public void Given_a_call_to_the_company_s_line_Then_it_is_quality_s_and_no_office_sees_or_answers_it(
        string who, bool sees, bool dials)
    {
        var member = TestCompany.Directory.Find(new StaffId(who))!;
        var call = Recorded(Missed() with { Unit = Unit.Quality });
        Assert.Equal(Party.Of(Unit.Quality), Assert.Single(CallMatter.Owed(call)).Owner);
        Assert.Equal(
            (sees, dials), (((IMatterState)call).MaySee(member, TestCompany.Directory), call.MayDial(member)));
        var back = CallMatter.Decide(
            call, new CallCommand.CallBack(s_now, true, "已通话"), new Actor.Staff(member), s_now, TestCompany.Rules);
        Assert.Equal(dials, back is Decision<CallEvent>.Accepted);
        // Nor can an office write such a call down as its own to answer.
        var record = CallMatter.Decide(
            null, new CallCommand.Record(Missed() with { Unit = Unit.Quality }, "HY-C-2"), new Actor.Staff(member),
            s_now, TestCompany.Rules);
        Assert.Equal(dials, record is Decision<CallEvent>.Accepted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_a_missed_call_When_the_call_back_is_recorded_Then_it_is_met(bool reached)
    {
        var call = Do(Recorded(Missed()), new CallCommand.CallBack(s_now, reached, "无人接"), TestCompany.HyDuty);
        Assert.Empty(CallMatter.Owed(call));
        Assert.Equal((TestCompany.HyDuty.Id, reached), (call.Returned!.By, call.Returned.Reached));
    }

    [Fact]
    public void Given_a_missed_call_When_both_speak_later_Then_it_is_met_and_never_by_a_talk_before()
    {
        var missed = Recorded(Missed());
        var before = Do(missed, new CallCommand.NoteSpoken("X", missed.Recorded.StartedAt.AddMinutes(-1), null), null);
        Assert.True(before.Open);
        var after = Do(missed, new CallCommand.NoteSpoken("X", missed.Recorded.StartedAt.AddMinutes(1), null), null);
        Assert.False(after.Open);
    }

    public static TheoryData<string, CallReport> Bad => new()
    {
        { "started", Answered() with { StartedAt = s_now.AddMinutes(6) } },
        { "started", Answered() with { StartedAt = s_now.AddDays(-401) } },
        { "rings", Answered() with { Rings = -1 } },
        { "rings", Answered() with { Rings = 201 } },
        { "secondsToAnswer", Answered() with { SecondsToAnswer = 3_601 } },
        { "duration", Answered() with { Seconds = 86_401 } },
        { "duration", Missed() with { Seconds = 5 } },
        { "missed", Missed() with { AnsweredBy = TestCompany.HyDuty.Id } },
        { "answeredBy", Answered() with { AnsweredBy = new StaffId("nobody") } },
    };

    [Theory, MemberData(nameof(Bad))]
    public void Given_a_bad_field_When_recorded_Then_the_refusal_names_it(string field, CallReport report)
    {
        var no = Assert.IsType<Decision<CallEvent>.Refused>(CallMatter.Decide(
            null, new CallCommand.Record(report, "n"), new Actor.System(), s_now, TestCompany.Rules)).Refusal;
        Assert.Equal((RefusalCode.BadField, field), (no.Code, no.Field));
        Assert.Contains(field, no.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_another_office_When_it_enters_or_calls_back_Then_it_is_refused()
    {
        var jx = new Actor.Staff(TestCompany.JxDuty);
        Assert.IsType<Decision<CallEvent>.Refused>(CallMatter.Decide(
            null, new CallCommand.Record(Missed(), "n"), jx, s_now, TestCompany.Rules));
        Assert.IsType<Decision<CallEvent>.Refused>(CallMatter.Decide(
            Recorded(Missed()), new CallCommand.CallBack(s_now, true, null), jx, s_now, TestCompany.Rules));
    }

    [Fact]
    public void Given_a_call_When_numbered_Then_the_number_tells_its_local_time() => Assert.Equal(
        "HY-C-20260302-221500-ab12",
        CallMatter.NumberOf(TestCompany.HY, TestCompany.Time("2026-03-02 22:15"), TestCompany.Zone, "ab12"));

    private static CallReport Answered() => new(
        "c", TestCompany.HY, CallWay.In, TestCompany.ResidentPhone, s_now.AddMinutes(-5), 2, 8, TestCompany.HyDuty.Id, 60,
        Missed: false, Internal: false);

    private static CallReport Missed() => Answered() with { AnsweredBy = null, Seconds = null, Missed = true };

    private static Call Recorded(CallReport report) => Do(null, new CallCommand.Record(report, "HY-C-1"), null)!;

    private static Call Do(Call? call, CallCommand command, StaffMember? by)
    {
        var decided = Assert.IsType<Decision<CallEvent>.Accepted>(CallMatter.Decide(
            call, command, by is null ? new Actor.System() : new Actor.Staff(by), s_now, TestCompany.Rules));
        return decided.Events.Aggregate(call, (c, e) => CallMatter.Evolve(c, e, s_now))!;
    }
}
