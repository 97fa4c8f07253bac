using System.Collections.Immutable;
using CsCheck;
using CustomerComm.Domain.Calls;

namespace CustomerComm.Domain.Tests.Calls;

/// <summary>The duty roster: 24 hours, gaps found before they come.</summary>
public sealed class RosterTests
{
    /// <summary>A Monday.</summary>
    private static readonly DateTimeOffset s_now = TestCompany.Time("2026-03-02 09:00");
    private static readonly ImmutableArray<DayOfWeek> s_all = [.. Enum.GetValues<DayOfWeek>()];
    private static readonly DateOnly s_today = new(2026, 3, 2);

    private Roster? _roster;
    private DateTimeOffset _at = s_now;

    [Fact, Clause("4.5.2")]
    public void Given_no_roster_When_the_job_looks_Then_the_manager_owes_a_first_shift()
    {
        Do(new RosterCommand.LookAhead(TestCompany.HY));
        var owed = Assert.Single(RosterMatter.Owed(_roster!));
        Assert.Equal(
            (ObligationKind.CoverDuty, RosterMatter.NoRoster, Party.Of(TestCompany.HyManager.Id)),
            (owed.Kind, owed.Subject, owed.Owner));
        Assert.Equal(s_now.AddDays(1), owed.Due);
    }

    [Theory, Clause("4.5.2")]
    [InlineData("s-hy-duty", true)]
    [InlineData("s-jx-duty", false)]
    [InlineData("s-qua-duty", true)]
    [InlineData("s-leader", true)]
    [InlineData("s-eng-duty", false)]
    public void Given_a_roster_Then_its_office_quality_and_leader_see_it(string who, bool sees)
    {
        Begin();
        IMatterState roster = _roster!;
        Assert.Equal(sees, roster.MaySee(TestCompany.Directory.Find(new StaffId(who))!, TestCompany.Directory));
    }

    [Fact, Clause("4.5.2")]
    public void Given_day_and_night_shifts_When_entered_Then_nothing_is_owed()
    {
        Begin();
        Do(Shift("08:00", "20:00", TestCompany.HyDuty));
        Assert.Equal(8, _roster!.Gaps.Count);
        Do(Shift("20:00", "08:00", TestCompany.HyGuard));
        // Last night's shift was not entered, and this morning has passed.
        Assert.Empty(_roster.Gaps);
        Assert.Empty(RosterMatter.Owed(_roster));
    }

    [Fact, Clause("4.5.2")]
    public void Given_a_shift_falls_away_When_excused_Then_its_day_and_the_next_morning_are_gaps_until_filled()
    {
        Covered();
        Do(new RosterCommand.ExcuseShift(2, s_today.AddDays(2)));
        Assert.Equal([s_today.AddDays(2), s_today.AddDays(3)], _roster!.Gaps.Keys);
        Assert.Equal([240, 480], _roster.Gaps.Values.Select(g => g.Minutes));
        Assert.All(RosterMatter.Owed(_roster), o => Assert.Equal(s_now.AddDays(1), o.Due));
        Do(new RosterCommand.AddExtra(s_today.AddDays(2), new(20, 0), new(8, 0), TestCompany.HyManager.Id));
        Assert.Empty(_roster.Gaps);
    }

    [Fact]
    public void Given_a_gap_begins_within_a_day_When_found_Then_it_is_due_when_it_begins()
    {
        Covered();
        Do(new RosterCommand.ExcuseShift(2, s_today));
        Assert.Equal(TestCompany.Time("2026-03-02 20:00"), _roster!.Gaps[s_today].Due);
    }

    [Fact]
    public void Given_a_gap_stays_When_the_days_pass_Then_what_was_promised_stays_and_what_passed_is_closed_as_uncovered()
    {
        Covered();
        Do(new RosterCommand.ExcuseShift(2, s_today.AddDays(2)));
        var due = _roster!.Gaps[s_today.AddDays(2)].Due;
        _at = s_now.AddDays(1);
        Assert.Empty(Do(new RosterCommand.LookAhead(TestCompany.HY)));
        Assert.Equal(due, _roster.Gaps[s_today.AddDays(2)].Due);
        _at = s_now.AddDays(4);
        var closed = Assert.IsType<RosterEvent.GapsClosed>(Assert.Single(Do(new RosterCommand.LookAhead(TestCompany.HY))));
        Assert.False(closed.Covered);
        Assert.Empty(_roster.Gaps);
    }

    [Fact]
    public void Given_a_weekly_shift_ends_When_the_window_moves_on_Then_the_gap_comes_into_sight_once()
    {
        Covered();
        Do(new RosterCommand.EndShift(1, s_today.AddDays(8)));
        Assert.Empty(_roster!.Gaps);
        _at = s_now.AddDays(2);
        var found = Assert.IsType<RosterEvent.GapsFound>(Assert.Single(Do(new RosterCommand.LookAhead(TestCompany.HY))));
        Assert.Equal(s_today.AddDays(9), Assert.Single(found.Gaps).Day);
        Assert.Empty(Do(new RosterCommand.LookAhead(TestCompany.HY)));
    }

    [Theory]
    [InlineData("07:59", "s-hy-guard")]
    [InlineData("08:00", "s-hy-duty")]
    [InlineData("19:59", "s-hy-duty")]
    [InlineData("20:00", "s-hy-guard")]
    public void Given_a_time_When_asked_who_is_on_duty_Then_the_shift_of_then_is(string time, string who)
    {
        Covered();
        var at = TestCompany.Time($"2026-03-04 {time}");
        Assert.Equal([new StaffId(who)], _roster!.Plan.OnDuty(at, TestCompany.Zone));
    }

    [Fact]
    public void Given_the_clocks_change_When_gaps_are_counted_Then_the_day_is_as_long_as_it_is()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var plan = RosterPlan.Empty with
        {
            Extras = [new ExtraShift(1, new(2026, 3, 28), new(12, 0), new(13, 0), TestCompany.HyDuty.Id, Dropped: false)],
        };
        var from = new DateTimeOffset(2026, 3, 27, 23, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            [23 * 60, 23 * 60, 24 * 60],
            plan.Gaps(from, new(2026, 3, 30), zone, _ => true).Select(g => g.Minutes));
        var autumn = new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.Zero);
        Assert.Equal(25 * 60, Assert.Single(plan.Gaps(autumn, new(2026, 10, 25), zone, _ => true)).Minutes);
    }

    [Fact]
    public void Given_a_leap_day_When_a_shift_is_on_it_Then_it_counts()
    {
        var plan = RosterPlan.Empty with
        {
            Extras = [new ExtraShift(1, new(2028, 2, 29), new(0, 0), new(0, 0), TestCompany.HyDuty.Id, Dropped: false)],
        };
        var from = TestCompany.Time("2028-02-29 00:00");
        Assert.Equal([new DateOnly(2028, 3, 1)], plan.Gaps(from, new(2028, 3, 1), TestCompany.Zone, _ => true).Select(g => g.Day));
    }

    [Fact]
    public void Given_whoever_covers_left_the_company_When_looked_Then_it_is_a_gap()
    {
        Covered();
        var rules = TestCompany.RulesWith(directory: TestCompany.DirectoryWithout(TestCompany.HyGuard));
        var found = Assert.IsType<RosterEvent.GapsFound>(Assert.Single(Assert.IsType<Decision<RosterEvent>.Accepted>(
            RosterMatter.Decide(
                _roster, new RosterCommand.LookAhead(TestCompany.HY), new Actor.System(), s_now, rules)).Events));
        Assert.Equal(8, found.Gaps.Length);
    }

    public static TheoryData<string, RosterCommand> Bad => new()
    {
        { "days", new RosterCommand.AddShift([], new(8, 0), new(20, 0), TestCompany.HyDuty.Id, s_today) },
        { "staff", new RosterCommand.AddShift(s_all, new(8, 0), new(20, 0), TestCompany.JxDuty.Id, s_today) },
        { "staff", new RosterCommand.AddExtra(s_today, new(8, 0), new(20, 0), TestCompany.Engineer.Id) },
        { "first", new RosterCommand.AddShift(s_all, new(8, 0), new(20, 0), TestCompany.HyDuty.Id, s_today.AddDays(-1)) },
        { "day", new RosterCommand.AddExtra(s_today.AddDays(-1), new(8, 0), new(20, 0), TestCompany.HyDuty.Id) },
        { "shift", new RosterCommand.EndShift(7, s_today) },
        { "last", new RosterCommand.EndShift(1, s_today.AddDays(-2)) },
        { "day", new RosterCommand.ExcuseShift(1, s_today.AddDays(-1)) },
        { "extra", new RosterCommand.DropExtra(9) },
    };

    [Theory, MemberData(nameof(Bad))]
    public void Given_a_bad_field_When_entered_Then_the_refusal_names_it(string field, RosterCommand command)
    {
        Covered();
        var no = Assert.IsType<Decision<RosterEvent>.Refused>(Decide(command, TestCompany.HyManager)).Refusal;
        Assert.Equal((RefusalCode.BadField, field), (no.Code, no.Field));
    }

    [Fact]
    public void Given_another_office_or_department_When_it_enters_Then_it_is_refused()
    {
        Covered();
        foreach (var other in new[] { TestCompany.JxManager, TestCompany.Engineer, TestCompany.Leader })
            Assert.IsType<Decision<RosterEvent>.Refused>(Decide(new RosterCommand.DropExtra(1), other));
    }

    [Fact, Clause("4.5.2")]
    public void Given_a_roster_When_work_is_given_out_Then_whoever_is_on_duty_goes_first_the_manager_too()
    {
        var directory = TestCompany.Directory.WithOnDuty(TestCompany.HY, [TestCompany.HyManager.Id]);
        Assert.Equal(TestCompany.HyManager, Authority.FirstFree(Unit.Office, TestCompany.HY, [], directory));
        Assert.Equal(TestCompany.HyManager, directory.Head(Unit.Office, TestCompany.HY));
        Assert.Equal(TestCompany.JxDuty, Authority.FirstFree(Unit.Office, TestCompany.JX, [], directory));
        Assert.Equal(TestCompany.HyDuty, Authority.FirstFree(Unit.Office, TestCompany.HY, [], TestCompany.Directory));
    }

    [Fact]
    public void Whatever_shifts_there_are_gaps_and_cover_fill_the_days_exactly() => Gen.Select(
            Gen.Int[0, 6], Gen.Int[0, 23], Gen.Int[0, 23]).Array[0, 12].Sample(shifts =>
        {
            var plan = RosterPlan.Empty with
            {
                Extras = [.. shifts.Select((s, i) => new ExtraShift(
                    i + 1, s_today.AddDays(s.Item1), new(s.Item2, 0), new(s.Item3, 0), TestCompany.HyDuty.Id, false))],
            };
            var from = TestCompany.Time("2026-03-02 00:00");
            var gaps = plan.Gaps(from, s_today.AddDays(6), TestCompany.Zone, _ => true).Sum(g => g.Minutes);
            var covered = Enumerable.Range(0, 7 * 24)
                .Count(h => !plan.OnDuty(from.AddHours(h), TestCompany.Zone).IsEmpty) * 60;
            Assert.Equal(7 * 24 * 60, gaps + covered);
        });

    private static RosterCommand.AddShift Shift(string from, string to, StaffMember who) =>
        new(s_all, TimeOnly.ParseExact(from, "HH:mm"), TimeOnly.ParseExact(to, "HH:mm"), who.Id, s_today);

    private void Begin() => Do(new RosterCommand.LookAhead(TestCompany.HY));

    private void Covered()
    {
        Begin();
        Do(Shift("08:00", "20:00", TestCompany.HyDuty));
        Do(Shift("20:00", "08:00", TestCompany.HyGuard));
    }

    private Decision<RosterEvent> Decide(RosterCommand command, StaffMember by) =>
        RosterMatter.Decide(_roster, command, new Actor.Staff(by), _at, TestCompany.Rules);

    private ImmutableArray<RosterEvent> Do(RosterCommand command)
    {
        var decided = Assert.IsType<Decision<RosterEvent>.Accepted>(Decide(command, TestCompany.HyManager));
        foreach (var e in decided.Events)
            _roster = RosterMatter.Evolve(_roster, e, _at);
        return decided.Events;
    }
}
