namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>Who may do what: every command, everybody.</summary>
public sealed class AuthorityTests
{
    public static TheoryData<string> Names => [.. Commands.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    [Clause("4.6.2-3"), Clause("4.6.1-2-D")]
    public void Given_a_command_When_somebody_entitled_gives_it_Then_it_takes_effect(string name)
    {
        var row = Commands.All.Single(c => c.Name == name);
        foreach (var actor in row.Allowed)
        {
            var scenario = row.Given();
            scenario.Do(actor, row.Command(scenario));
            Assert.NotEmpty(scenario.Last);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Clause("4.6.2-3"), Clause("4.6.2-4")]
    public void Given_a_command_When_anybody_else_gives_it_Then_it_is_refused(string name)
    {
        var row = Commands.All.Single(c => c.Name == name);
        var scenario = row.Given();
        foreach (var actor in row.Forbidden)
        {
            var before = scenario.History.Tracked.Version;
            var refused = Assert.IsType<Decision<ComplaintEvent>.Refused>(
                scenario.Try(actor, row.Command(scenario)));
            Assert.True(
                refused.Refusal.Code is RefusalCode.NotYours or RefusalCode.ResidentOnly or RefusalCode.OwnWork,
                $"{actor}: {refused.Refusal}");
            Assert.Equal(before, scenario.History.Tracked.Version);
        }
    }

    [Fact]
    public void Given_the_rows_Then_they_name_every_command()
    {
        var all = typeof(ComplaintCommand).GetNestedTypes().Where(t => t.IsSealed).ToHashSet();
        all.Remove(typeof(ComplaintCommand.Receive));
        foreach (var row in Commands.All)
            all.Remove(row.Command(row.Given()).GetType());
        Assert.Empty(all);
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Clause("4.6.1-2-D")]
    public void Given_a_complaint_against_the_office_manager_When_their_side_gives_any_command_Then_it_is_refused(
        string name)
    {
        var row = Commands.All.Single(c => c.Name == name);
        var scenario = ComplaintScenario.InProgress(Category.AgainstManager);
        var command = row.Command(row.Given());
        foreach (var member in new[] { TestCompany.HyManager, TestCompany.HyDuty, TestCompany.HyGuard })
            scenario.Refuse(member, command, RefusalCode.Accused);
    }

    [Theory]
    [InlineData("s-hy-manager", "s-hy-manager s-hy-duty s-hy-guard")]
    [InlineData("s-eng-head", "s-eng-head s-eng-duty s-eng-other")]
    [InlineData("s-qua-head", "s-qua-head s-qua-duty s-qua-other")]
    [InlineData("s-leader", "s-leader")]
    [InlineData("s-eng-duty", "s-eng-duty")]
    [InlineData("s-jx-manager", "s-jx-manager s-jx-duty")]
    [Clause("4.6.1-2-D")]
    public void Given_somebody_is_accused_Then_they_and_those_below_are_barred_and_see_nothing(
        string accused, string barred)
    {
        var against = TestCompany.Directory.Find(new StaffId(accused))!;
        var by = against == TestCompany.Leader ? TestCompany.QualityHead : TestCompany.Leader;
        var state = ComplaintScenario.Assigned(Category.StaffAttitude, accused: against, by: by).State;

        Assert.Equal(
            barred.Split(' ').Order(StringComparer.Ordinal),
            TestCompany.Staff.Where(m => Authority.IsBarred(state, m, TestCompany.Directory))
                .Select(m => m.Id.Value).Order(StringComparer.Ordinal));
        Assert.All(
            TestCompany.Staff.Where(m => Authority.IsBarred(state, m, TestCompany.Directory)),
            m => Assert.False(Authority.MaySee(state, m, TestCompany.Directory)));
    }

    [Theory]
    [InlineData("s-hy-guard", true)]
    [InlineData("s-jx-manager", false)]
    [InlineData("s-fin-duty", false)]
    [InlineData("s-eng-other", true)]
    [InlineData("s-qua-other", true)]
    [InlineData("s-leader", true)]
    [Clause("4.6.1-2-G")]
    public void Given_a_case_of_engineering_Then_only_those_concerned_see_it(string who, bool sees)
    {
        var state = ComplaintScenario.InProgress().State;
        Assert.Equal(
            sees, Authority.MaySee(state, TestCompany.Directory.Find(new StaffId(who))!, TestCompany.Directory));
    }

    [Fact]
    [Clause("4.6.1-2-F")]
    public void Given_finance_was_asked_to_cooperate_Then_finance_sees_the_case() =>
        Assert.True(Authority.MaySee(Commands.Asked().State, TestCompany.Accountant, TestCompany.Directory));

    [Theory]
    [InlineData("s-jx-duty", RefusalCode.BadField)]
    [InlineData("s-nobody", RefusalCode.BadField)]
    [InlineData("s-hy-duty", RefusalCode.Accused)]
    [Clause("4.6.1-2-D"), Clause("4.6.2-3")]
    public void Given_a_handler_who_cannot_take_it_When_named_Then_it_is_refused(string handler, RefusalCode code)
    {
        var accused = code == RefusalCode.Accused ? TestCompany.HyManager : null;
        var scenario = ComplaintScenario.Assigned(Category.ServiceQuality, accused: accused, by: TestCompany.Leader);

        scenario.Refuse(TestCompany.Leader, Commands.Assign(handler), code);
        scenario.Refuse(
            TestCompany.Leader,
            new ComplaintCommand.Triage(
                Nature.Complaint, Category.ServiceQuality, [], Severity.Ordinary, accused?.Id, new StaffId(handler)),
            code);
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_another_communitys_manager_When_the_office_leads_Then_they_may_not_triage() =>
        ComplaintScenario.Assigned(Category.Cleaning)
            .Refuse(TestCompany.JxManager, ComplaintScenario.Triage(Category.Parking), RefusalCode.NotYours);

    [Fact]
    [Clause("4.6.1-2-G")]
    public void Given_staff_enter_a_complaint_Then_they_are_on_record_whatever_the_form_says()
    {
        var scenario = new ComplaintScenario().Do(
            TestCompany.HyGuard, ComplaintScenario.Intake() with { EnteredBy = TestCompany.HyManager.Id });
        Assert.Equal(TestCompany.HyGuard.Id, scenario.State.Intake.EnteredBy);
    }

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_the_handler_turns_out_to_be_the_accused_When_triaged_again_Then_all_of_it_moves_away()
    {
        var scenario = ComplaintScenario.InProgress(Category.Cleaning)
            .Do(TestCompany.HyDuty, new ComplaintCommand.AskCooperation(Unit.Engineering, "换灯"))
            .At("2026-03-09 09:00").Lapse()
            .Do(TestCompany.Leader, ComplaintScenario.Triage(Category.Cleaning, accused: TestCompany.HyManager));

        Assert.Equal(TestCompany.Leader.Id, scenario.State.Handler);
        Assert.All(scenario.History.Owed, o => Assert.False(
            o.Owner == Party.Of(Unit.Office) || o.Owner == Party.Of(TestCompany.HyManager.Id)
                || o.Owner == Party.Of(TestCompany.HyDuty.Id), $"{o}"));
        scenario.Lapse();
        Assert.All(scenario.History.Lapses, l => Assert.DoesNotContain("s-hy", l.Told.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Nature.Complaint)]
    [InlineData(Nature.Enquiry)]
    [Clause("4.6.1-2-D")]
    public void Given_cooperation_of_a_unit_was_asked_When_its_head_is_accused_Then_it_owes_nothing_more(Nature kind)
    {
        var found = ComplaintScenario.Triage(Category.Equipment, kind, accused: TestCompany.FinanceHead);
        var scenario = kind == Nature.Complaint
            ? Commands.Asked().Do(TestCompany.HyDuty, found) : Commands.Asked().Lowered(TestCompany.HyDuty, found);
        Assert.DoesNotContain(scenario.History.Owed, o => o.Owner == Party.Of(Unit.Finance));
        Assert.False(Authority.MaySee(scenario.State, TestCompany.Accountant, TestCompany.Directory));
    }
}
