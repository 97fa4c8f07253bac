using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using CustomerComm.Domain.Meetings;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Tests.Meetings;

/// <summary>The rules of meetings with the owners' committee (4.5.5).</summary>
[Clause("4.5.5")]
public sealed class MeetingTests
{
    private static readonly DateTimeOffset s_now = TestCompany.Time("2026-03-02 09:00");

    private static readonly Rules s_rules = TestCompany.RulesWith(directory: WithCommittee());

    [Theory]
    [InlineData(null, "2026-03-01", true)]
    [InlineData("2025-12-31", "2026-03-01", true)]
    [InlineData("2026-01-01", "2026-03-01", false)]
    [InlineData("2026-01-01", "2026-03-31", false)]
    [InlineData("2026-01-31", "2026-04-01", true)]
    [InlineData("2028-02-29", "2028-04-30", false)]
    [InlineData("2028-02-29", "2028-05-01", true)]
    [InlineData("2026-12-15", "2027-02-01", false)]
    [InlineData("2026-11-30", "2027-02-01", true)]
    public void Given_the_last_meeting_When_a_month_begins_Then_the_committee_is_sought_once_in_three(
        string? last, string today, bool due) =>
        Assert.Equal(due, MeetingMatter.IsDue(
            last is null ? null : Day(last), Day(today), new MeetingLimits()));

    [Theory]
    [InlineData("s-hy-duty", true)]
    [InlineData("s-hy-manager", true)]
    [InlineData("s-jx-duty", false)]
    [InlineData("s-eng-duty", false)]
    [InlineData("s-qua-duty", true)]
    [InlineData("s-leader", true)]
    public void Given_a_member_of_staff_When_a_meeting_is_planned_Then_only_who_may_does(string staff, bool may) =>
        Assert.Equal(may, MeetingMatter.Decide(null, Plan(), By(staff), s_now, s_rules) is Decision<MeetingEvent>.Accepted);

    [Fact]
    public void Given_a_committee_is_sought_When_nobody_acts_Then_the_office_owes_the_meeting()
    {
        var state = Play(new MeetingCommand.Seek("HY-M202603", TestCompany.HY));
        var owed = Assert.Single(MeetingMatter.Owed(state));
        Assert.Equal(
            (ObligationKind.HoldMeeting, Party.Of(Unit.Office), s_now.AddDays(25)), (owed.Kind, owed.Owner, owed.Due));
    }

    [Fact]
    public void Given_a_planned_meeting_Then_the_committee_is_invited_and_the_planner_owes_the_record_in_time()
    {
        var state = Play(Plan());
        var owed = Assert.Single(MeetingMatter.Owed(state));
        Assert.Equal(
            (Party.Of(new StaffId("s-hy-duty")), TestCompany.Time("2026-03-06 10:00")), (owed.Owner, owed.Due));
        var planned = Events(MeetingMatter.Decide(null, Plan(), By("s-hy-duty"), s_now, s_rules));
        Assert.Equal(2, MeetingMatter.Messages(planned[0], state, s_rules).Count());
    }

    [Fact]
    public void Given_a_sought_meeting_When_one_date_is_called_off_Then_it_is_still_owed_and_else_it_is_over()
    {
        var sought = Play(
            new MeetingCommand.Seek("HY-M202603", TestCompany.HY), Plan(), new MeetingCommand.CallOff("主任出差"));
        Assert.Equal(MeetingStage.Sought, sought.Stage);
        Assert.Single(MeetingMatter.Owed(sought));
        var over = Play(Plan(), new MeetingCommand.CallOff("主任出差"));
        Assert.Equal((MeetingStage.CalledOff, false), (over.Stage, over.Open));
        Assert.Empty(MeetingMatter.Owed(over));
    }

    [Fact]
    public void Given_a_held_meeting_When_recorded_Then_minutes_are_owed_and_each_action_by_its_owner_in_its_time()
    {
        var due = s_now.AddDays(10);
        var state = Play(
            Plan(), Hold(), new MeetingCommand.Agree("修好三号楼门禁", TestCompany.Engineer.Id, due));
        Assert.Equal(
            [
                (ObligationKind.SendMinutes, Party.Of(new StaffId("s-hy-duty")), TestCompany.Time("2026-03-04 09:00")),
                (ObligationKind.CarryOutAction, Party.Of(TestCompany.Engineer.Id), due),
            ],
            MeetingMatter.Owed(state).Select(o => (o.Kind, o.Owner, o.Due)));
        var done = Play(state, "s-eng-duty", new MeetingCommand.Finish(1, "已换读卡器"));
        done = Play(done, "s-hy-duty", new MeetingCommand.SendMinutes());
        Assert.Equal(MeetingStage.Done, done.Stage);
        Assert.Empty(MeetingMatter.Owed(done));
        Refused(MeetingMatter.Decide(state, new MeetingCommand.Finish(1, "x"), By("s-fin-duty"), s_now, s_rules));
    }

    [Fact]
    public void Given_a_statement_When_corrected_Then_the_wording_before_stays_with_the_reason()
    {
        var state = Play(Plan(), Hold(), new MeetingCommand.Correct(1, "希望增加六个车位", "听错数字"));
        var statement = state.Statements[0];
        Assert.Equal("希望增加六个车位", statement.Text.Value);
        var was = Assert.Single(statement.Was);
        Assert.Equal(("希望增加车位", "听错数字"), (was.Text.Value, was.Reason.Value));
        Assert.Empty(Events(MeetingMatter.Decide(
            state, new MeetingCommand.Correct(1, "希望增加六个车位", "再次"), By("s-hy-duty"), s_now, s_rules)));
    }

    [Fact]
    public void Given_what_is_not_right_When_asked_Then_the_field_is_named()
    {
        var planned = Play(Plan());
        var held = Play(Plan(), Hold());
        foreach (var (state, command, field) in new (Meeting?, MeetingCommand, string)[]
        {
            (null, Plan() with { At = s_now }, "at"),
            (null, Plan() with { Place = " " }, "place"),
            (null, Plan() with { At = s_now.AddDays(400) }, "at"),
            (planned, Hold() with { At = s_now.AddDays(1) }, "at"),
            (planned, Hold() with { Attendees = [] }, "attendees"),
            (planned, Hold() with { Attendees = [new Attendee(new("员工"), AttendeeRole.Staff)] }, "attendees"),
            (planned, new MeetingCommand.CallOff(""), "reason"),
            (held, new MeetingCommand.Agree("修门", new StaffId("nobody"), s_now.AddDays(1)), "owner"),
            (held, new MeetingCommand.Agree("修门", TestCompany.JxDuty.Id, s_now.AddDays(1)), "owner"),
            (held, new MeetingCommand.Agree("修门", TestCompany.Engineer.Id, s_now), "due"),
            (held, new MeetingCommand.Correct(9, "x", "y"), "no"),
            (held, new MeetingCommand.Note("", "x"), "speaker"),
        })
        {
            Assert.Equal(field, Refused(MeetingMatter.Decide(state, command, By("s-hy-duty"), s_now, s_rules)).Field);
        }
    }

    [Fact]
    public void Whatever_happens_an_open_meeting_owes_something_by_one_party_and_a_closed_one_nothing() =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[1, 300]).Array[1, 40].Sample(steps =>
        {
            Meeting? state = null;
            var now = s_now;
            foreach (var (what, hours) in steps)
            {
                now = now.AddHours(hours);
                MeetingCommand command = what switch
                {
                    0 => Plan() with { At = now.AddHours(hours) },
                    1 => new MeetingCommand.CallOff("改期"),
                    2 or 3 => Hold() with { At = now.AddHours(-1) },
                    4 => new MeetingCommand.Agree("做" + hours, TestCompany.Engineer.Id, now.AddHours(hours)),
                    5 => new MeetingCommand.Finish((hours % 4) + 1, "好了"),
                    6 => new MeetingCommand.SendMinutes(),
                    7 => new MeetingCommand.Note("王芳", "说" + hours),
                    _ => new MeetingCommand.Seek("HY-M202603", TestCompany.HY),
                };
                var actor = command is MeetingCommand.Seek ? new Actor.System() : By("s-hy-duty");
                if (MeetingMatter.Decide(state, command, actor, now, s_rules) is Decision<MeetingEvent>.Accepted yes)
                {
                    foreach (var e in yes.Events)
                        state = MeetingMatter.Evolve(state, e, now);
                }

                if (state is null)
                    continue;
                var owed = MeetingMatter.Owed(state).ToList();
                Assert.Equal(state.Open, owed.Count > 0);
                Assert.All(owed, o => Assert.True(o.Owner.Unit is null != o.Owner.Staff is null));
                Assert.Distinct(owed.Select(o => (o.Kind, o.Subject)));
            }
        });

    private static CompanyDirectory WithCommittee()
    {
        var d = TestCompany.Directory;
        return new CompanyDirectory(
            d.Company, d.Communities, d.Staff, d.Homes, committee:
            [
                new CommitteeMember(
                    TestCompany.HY, "王芳", "主任", PhoneNumber.Create(TestCompany.Phone(51)), Language.Chinese),
                new CommitteeMember(
                    TestCompany.HY, "张伟", "委员", PhoneNumber.Create(TestCompany.Phone(53)), Language.Chinese),
                new CommitteeMember(
                    TestCompany.JX, "刘洋", "主任", PhoneNumber.Create(TestCompany.Phone(54)), Language.Chinese),
            ]);
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static MeetingCommand.Plan Plan() =>
        new("HY-M260302-ABCDEF", TestCompany.HY, TestCompany.Time("2026-03-04 10:00"), "管理处会议室", null);

    private static MeetingCommand.Hold Hold() => new(
        s_now.AddHours(-1), "管理处会议室", [new Attendee(new Personal("王芳"), AttendeeRole.Committee)],
        [("王芳", "希望增加车位")]);

    private static Actor By(string staff) =>
        new Actor.Staff(TestCompany.Staff.Single(m => m.Id == new StaffId(staff)));

    private static Meeting Play(params ReadOnlySpan<MeetingCommand> commands)
    {
        Meeting? state = null;
        foreach (var command in commands)
        {
            var actor = command is MeetingCommand.Seek ? new Actor.System() : By("s-hy-duty");
            foreach (var e in Events(MeetingMatter.Decide(state, command, actor, s_now, s_rules)))
                state = MeetingMatter.Evolve(state, e, s_now);
        }

        return state!;
    }

    private static Meeting Play(Meeting state, string staff, MeetingCommand command) =>
        Events(MeetingMatter.Decide(state, command, By(staff), s_now, s_rules))
            .Aggregate(state, (s, e) => MeetingMatter.Evolve(s, e, s_now));

    private static ImmutableArray<MeetingEvent> Events(Decision<MeetingEvent> decision) =>
        Assert.IsType<Decision<MeetingEvent>.Accepted>(decision).Events;

    private static Refusal Refused(Decision<MeetingEvent> decision) =>
        Assert.IsType<Decision<MeetingEvent>.Refused>(decision).Refusal;
}
