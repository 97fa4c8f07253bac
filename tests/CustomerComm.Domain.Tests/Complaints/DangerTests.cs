using System.Globalization;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>
/// Somebody is in danger: an urgent complaint at once, two people told at the same moment, called back within minutes.
/// </summary>
[Clause("4.6.2-6")]
public sealed class DangerTests
{
    private static readonly Rules s_nationalDay = TestCompany.Rules with
    {
        Calendar = new WorkingCalendar(TestCompany.Zone, new CalendarRules
        {
            Weekly =
            [
                new(
                    [
                        DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday,
                    ],
                    [new(new(8, 30), new(12, 0)), new(new(14, 0), new(17, 30))]),
            ],
            Holidays = [.. Enumerable.Range(1, 8).Select(day => new DateOnly(2026, 10, day))],
        }),
    };

    public static TheoryData<Nature, Category, string> Everything
    {
        get
        {
            var rows = new TheoryData<Nature, Category, string>();
            foreach (var kind in Enum.GetValues<Nature>())
            {
                foreach (var at in new[] { "2026-03-02 09:00", "2026-03-01 03:10", "2026-09-30 18:00" })
                {
                    foreach (var category in new[] { Category.Equipment, Category.Other, Category.AgainstManager })
                        rows.Add(kind, category, at);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Given_a_danger_in_any_kind_of_message_at_any_time_Then_it_is_urgent_and_called_back_in_five_minutes(
        Nature kind, Category category, string at)
    {
        var scenario = new ComplaintScenario { Rules = s_nationalDay }.At(at).Do(
            ComplaintScenario.System, ComplaintScenario.Intake(category, kind) with { Danger = true });
        var s = scenario.State;

        Assert.Equal((Severity.Urgent, category, true), (s.Severity, s.Category, s.Danger));
        Assert.Equal(kind == Nature.RepairRequest ? kind : Nature.Complaint, s.Kind);
        var owed = scenario.Owed(ObligationKind.DangerCallBack);
        Assert.Equal(scenario.Now.AddMinutes(5), owed.Due);
        Assert.Equal(Party.Of(category == Category.AgainstManager ? Unit.Leader : Unit.Office), owed.Owner);
        Assert.Equal(scenario.Now.AddHours(4), s.ResolveDue);
        Assert.False(scenario.Owes(ObligationKind.Answer));
    }

    [Theory]
    [InlineData(Category.Equipment, "s-hy-duty s-hy-manager")]
    [InlineData(Category.AgainstManager, "s-leader s-qua-duty")]
    [Clause("4.6.1-2-D")]
    public void Given_a_danger_When_received_Then_two_are_told_at_the_same_moment_never_the_accused_side(
        Category category, string told)
    {
        var scenario = ComplaintScenario.InDanger(category);
        Assert.Equal(told.Split(' '), Told(scenario));
        Assert.DoesNotContain(scenario.History.Messages(scenario.Rules), m => m.Template == "TriageOwed");
    }

    [Fact]
    public void Given_the_head_is_on_duty_alone_When_received_Then_it_does_not_rest_with_one_telephone()
    {
        var scenario = new ComplaintScenario
        {
            Rules = TestCompany.RulesWith(
                directory: TestCompany.DirectoryWithout(TestCompany.HyDuty, TestCompany.HyGuard)),
        }.Do(ComplaintScenario.System, ComplaintScenario.Intake() with { Danger = true });
        Assert.Equal(["s-hy-manager", "s-leader"], Told(scenario));
    }

    [Fact]
    public void Given_nobody_said_which_community_When_received_Then_the_leader_of_all_is_told_too()
    {
        var scenario = new ComplaintScenario().Do(
            ComplaintScenario.System, ComplaintScenario.Intake() with { Danger = true, CommunityAssumed = true });
        Assert.Equal(["s-hy-duty", "s-hy-manager", "s-leader"], Told(scenario));
    }

    [Fact]
    public void Given_a_wish_in_the_past_or_a_phone_of_staff_When_it_is_a_danger_Then_it_is_registered_without_them()
    {
        var scenario = new ComplaintScenario().Do(
            ComplaintScenario.System, ComplaintScenario.Intake(
                wantedBy: TestCompany.Time("2026-03-01 09:00"), phone: TestCompany.HyDuty.Phone.Value)
                with
            { Danger = true });
        Assert.Null(scenario.State.Intake.WantedBy);
        Assert.Null(scenario.State.Intake.Contact.Phone);
        Assert.NotNull(scenario.State.Intake.Contact.Room);
    }

    [Theory]
    [InlineData("2026-03-02 10:00", "2026-03-02 10:00")]
    [InlineData("2026-03-02 21:00", "2026-03-02 13:00")]
    public void Given_a_wish_When_it_is_a_danger_Then_the_earlier_of_wish_and_limit_counts(string wish, string due) =>
        Assert.Equal(
            TestCompany.Time(due),
            new ComplaintScenario().Do(
                ComplaintScenario.System,
                ComplaintScenario.Intake(wantedBy: TestCompany.Time(wish)) with { Danger = true }).State.ResolveDue);

    [Fact]
    public void Given_nobody_calls_back_When_minutes_pass_in_the_night_Then_it_climbs_by_the_clock_to_the_leader()
    {
        var scenario = new ComplaintScenario { Rules = s_nationalDay }.At("2026-09-30 23:58")
            .Do(ComplaintScenario.System, ComplaintScenario.Intake() with { Danger = true });
        var told = new List<string>();
        foreach (var minute in new[] { 5, 10, 15, 135 })
        {
            scenario.At(TestCompany.Time("2026-09-30 23:58").AddMinutes(minute).AddSeconds(-1)).Lapse();
            Assert.DoesNotContain(Lapsed(scenario), l => l.Kind == ObligationKind.DangerCallBack);
            scenario.After(TimeSpan.FromSeconds(1)).Lapse();
            told.Add(Lapsed(scenario).Single(l => l.Kind == ObligationKind.DangerCallBack).Told.Value);
        }

        Assert.Equal(["s-hy-duty", "s-hy-manager", "s-leader", "s-leader"], told);
    }

    [Fact]
    public void Given_a_lapse_is_acknowledged_When_five_more_minutes_pass_Then_the_next_is_told_all_the_same()
    {
        var scenario = ComplaintScenario.InDanger().LapseNext();
        Assert.Null(scenario.Acknowledge(TestCompany.HyDuty, ObligationKind.DangerCallBack, "正在打"));
        Assert.Equal(scenario.Now.AddMinutes(5), scenario.History.Lapses[0].Next);
        scenario.LapseNext();
        Assert.Equal(TestCompany.HyManager.Id, scenario.History.Lapses[0].Told);
    }

    [Theory]
    [InlineData("", "没有火")]
    [InlineData("王芳", "  ")]
    [InlineData("王芳", "a\0b")]
    public void Given_whom_and_what_are_not_said_When_a_call_back_is_recorded_Then_it_is_refused(
        string with, string said) =>
        ComplaintScenario.InDanger().Refuse(
            TestCompany.HyDuty, new ComplaintCommand.RecordCallBack(Channel.Phone, true, with, said),
            RefusalCode.BadField);

    [Fact]
    public void Given_nobody_was_reached_When_recorded_Then_the_call_back_is_still_owed_and_climbs()
    {
        var scenario = ComplaintScenario.InDanger().Do(TestCompany.HyDuty, ComplaintScenario.CallBack(reached: false));
        Assert.True(scenario.Owes(ObligationKind.DangerCallBack));
        scenario.LapseNext().Do(TestCompany.HyManager, ComplaintScenario.CallBack());
        Assert.False(scenario.Owes(ObligationKind.DangerCallBack));
        Assert.DoesNotContain(scenario.History.Lapses, l => l.Kind == ObligationKind.DangerCallBack);
        Assert.True(scenario.State.Danger);
    }

    [Fact]
    public void Given_it_is_recorded_When_recorded_again_Then_the_same_changes_nothing_and_another_is_refused()
    {
        var scenario = ComplaintScenario.InDanger().Do(TestCompany.HyDuty, ComplaintScenario.CallBack())
            .After(TimeSpan.FromHours(2)).Unchanged(TestCompany.HyDuty, ComplaintScenario.CallBack());
        scenario.Refuse(
            TestCompany.HyDuty, ComplaintScenario.CallBack() with { Said = "另一通" }, RefusalCode.WrongStage);
        ComplaintScenario.Received().Refuse(
            TestCompany.HyDuty, ComplaintScenario.CallBack(), RefusalCode.WrongStage);
    }

    [Fact]
    [Clause("4.6.2-1")]
    public void Given_no_call_back_When_somebody_wants_it_out_of_the_way_Then_every_way_round_is_refused()
    {
        var scenario = ComplaintScenario.InDanger();
        void NotYet(Actor by, ComplaintCommand command) => scenario.Refuse(by, command, RefusalCode.NotYet);
        var duty = new Actor.Staff(TestCompany.HyDuty);
        NotYet(duty, ComplaintScenario.Lower(ComplaintScenario.Triage()));
        NotYet(duty, ComplaintScenario.Triage(severity: Severity.Major) with { Reason = "误报" });
        NotYet(duty, ComplaintScenario.Triage(kind: Nature.Enquiry, severity: Severity.Urgent) with { Reason = "误报" });
        NotYet(duty, new ComplaintCommand.Dismiss(FindingReason.NothingToHandle, "误报"));
        NotYet(ComplaintScenario.Resident, new ComplaintCommand.Withdraw(Channel.Sms, null));
        scenario.Do(duty, ComplaintScenario.Triage(severity: Severity.Urgent));
        NotYet(new Actor.Staff(TestCompany.Engineer), new ComplaintCommand.Resolve(ComplaintScenario.Done));
        Assert.True(scenario.Owes(ObligationKind.DangerCallBack));
    }

    [Fact]
    [Clause("4.6.2-1")]
    public void Given_a_false_alarm_When_called_back_Then_triage_clears_it_with_a_reason_and_consent_only()
    {
        var scenario = ComplaintScenario.InDanger().Do(TestCompany.HyDuty, ComplaintScenario.CallBack());
        scenario.Refuse(TestCompany.HyDuty, ComplaintScenario.Triage(), RefusalCode.BadField);
        scenario.Refuse(TestCompany.HyDuty, ComplaintScenario.Triage() with { Reason = " " }, RefusalCode.BadField);
        scenario.Refuse(
            TestCompany.HyDuty, ComplaintScenario.Triage() with { Reason = "烧饭的烟" }, RefusalCode.BadField);
        scenario.Do(TestCompany.HyDuty, ComplaintScenario.Lower(
            ComplaintScenario.Triage(), FindingReason.LessGrave, "烧饭的烟"));
        Assert.True(scenario.State.Danger, "Nobody has consented yet.");
        scenario.Do(TestCompany.Inspector, new ComplaintCommand.DecideFinding(true, null));
        Assert.False(scenario.State.Danger);
        Assert.True(scenario.State.ReportedDanger);
        Assert.Equal(Severity.Ordinary, scenario.State.Severity);
        Assert.Contains(scenario.Last, e => e is ComplaintEvent.Triaged { Reason.Value: "烧饭的烟" });
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_triage_finds_the_manager_accused_When_nobody_called_back_Then_the_leader_owes_it()
    {
        var scenario = ComplaintScenario.InDanger().Do(
            TestCompany.Leader,
            ComplaintScenario.Triage(severity: Severity.Urgent, accused: TestCompany.HyManager));
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.DangerCallBack).Owner);
        Assert.True(Authority.MayCall(scenario.History.Tracked, TestCompany.Leader, TestCompany.Directory));
        scenario.Refuse(TestCompany.HyDuty, ComplaintScenario.CallBack(), RefusalCode.Accused);
        scenario.Refuse(TestCompany.HyManager, ComplaintScenario.CallBack(), RefusalCode.Accused);
    }

    [Fact]
    public void Given_further_words_before_the_call_back_Then_whoever_owes_it_hears_them_staffs_too()
    {
        var scenario = ComplaintScenario.InDanger().Do(
            TestCompany.HyDuty, ComplaintScenario.Triage(severity: Severity.Urgent));
        scenario.Do(ComplaintScenario.Resident, new ComplaintCommand.Note(Channel.Sms, "火更大了"));
        Assert.Equal(["s-eng-duty", "Office"], Noted());
        scenario.Do(TestCompany.HyGuard, new ComplaintCommand.Note(Channel.Sms, "三楼有人"));
        Assert.Equal(["s-eng-duty", "Office"], Noted());

        string[] Noted() => [.. scenario.History.Messages(scenario.Rules).Where(m => m.Template == "DangerNoted")
            .Select(m => ((Recipient.Staff)m.To).Party.ToString())];
    }

    [Theory]
    [InlineData(Severity.Ordinary, "2026-10-09 10:30", "2026-10-09 14:30")]
    [InlineData(Severity.Urgent, "2026-10-01 00:00", "2026-10-01 02:00")]
    public void Given_the_evening_before_National_Day_When_a_complaint_lapses_Then_only_the_urgent_climbs_at_night(
        Severity severity, string second, string third)
    {
        // Both are due at 22:00; the ordinary one because the resident asked for it.
        var scenario = new ComplaintScenario { Rules = s_nationalDay }.At("2026-09-30 18:00").Do(
            ComplaintScenario.System, ComplaintScenario.Intake(
                severity: severity, confirmed: true, wantedBy: TestCompany.Time("2026-09-30 22:00")));
        scenario.Do(TestCompany.Engineer, new ComplaintCommand.Accept())
            .Do(TestCompany.HyDuty, ComplaintScenario.Triage(severity: severity)).Cooperated();
        var at = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            scenario.LapseNext();
            var local = scenario.Now.ToOffset(TimeSpan.FromHours(8));
            at.Add(local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }

        Assert.Equal(["2026-09-30 22:00", second, third], at);
        Assert.Equal(TestCompany.Leader.Id, scenario.History.Lapses[0].Told);
    }

    [Fact]
    public void Given_an_urgent_complaint_in_working_minutes_by_policy_When_assigned_at_night_Then_the_clock_counts()
    {
        var policy = new Policy
        {
            Accept = new(60, TimeUnit.WorkingMinutes),
            ResolveUrgent = new(1, TimeUnit.WorkingDays),
        };
        var rules = s_nationalDay with { Policy = policy };
        var urgent = new ComplaintScenario { Rules = rules }.At("2026-09-30 20:00").Do(
            ComplaintScenario.System, ComplaintScenario.Intake(severity: Severity.Urgent, confirmed: true));
        Assert.Equal(TestCompany.Time("2026-09-30 21:00"), urgent.Owed(ObligationKind.Accept).Due);
        // A working day of seven hours.
        Assert.Equal(TestCompany.Time("2026-10-01 03:00"), urgent.State.ResolveDue);
        var ordinary = new ComplaintScenario { Rules = rules }.At("2026-09-30 20:00").Do(
            ComplaintScenario.System, ComplaintScenario.Intake(confirmed: true));
        Assert.Equal(TestCompany.Time("2026-10-09 09:30"), ordinary.Owed(ObligationKind.Accept).Due);
    }

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_an_urgent_complaint_is_resolved_Then_what_follows_keeps_working_time()
    {
        var scenario = ComplaintScenario.InProgress(severity: Severity.Urgent).At("2026-04-30 17:00").Resolve();
        Assert.Equal(
            TestCompany.Calendar.Add(scenario.Now, TestCompany.Rules.Policy.ObtainSignature),
            scenario.Owed(ObligationKind.ObtainSignature).Due);
        scenario.LapseNext();
        Assert.Equal(
            TestCompany.Calendar.Add(scenario.Now, TestCompany.Rules.Policy.AcknowledgeLapse),
            scenario.History.Lapses[0].Next);
    }

    private static IEnumerable<ObligationEvent.Lapsed> Lapsed(ComplaintScenario scenario) =>
        scenario.Last.OfType<ObligationEvent.Lapsed>();

    private static string[] Told(ComplaintScenario scenario) =>
    [
        .. scenario.History.Messages(scenario.Rules).Where(m => m.Template == "DangerReported")
            .Select(m => ((Recipient.Staff)m.To).Party.ToString()),
    ];
}
