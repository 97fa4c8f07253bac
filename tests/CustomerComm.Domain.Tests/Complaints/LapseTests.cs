namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>What happens when something is not done in time: whoever owes it is told, then those above.</summary>
[Clause("4.6.2-6")]
public sealed class LapseTests
{
    [Fact]
    public void Given_nobody_acknowledges_When_time_passes_Then_handler_head_and_leader_are_told_in_turn()
    {
        var scenario = ComplaintScenario.InProgress().Cooperated();
        var told = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            scenario.LapseNext();
            var lapsed = Assert.IsType<ObligationEvent.Lapsed>(Assert.Single(scenario.Last));
            Assert.Equal(i, lapsed.Level);
            told.Add(lapsed.Told.Value);
        }

        Assert.Equal(["s-eng-duty", "s-eng-head", "s-leader", "s-leader", "s-leader"], told);
    }

    [Fact]
    public void Given_it_is_not_due_yet_When_looked_at_Then_nothing_lapses()
    {
        var scenario = ComplaintScenario.InProgress().Cooperated();
        scenario.At(scenario.State.ResolveDue.AddTicks(-1)).Lapse();
        Assert.Empty(scenario.Last);
        scenario.At(scenario.State.ResolveDue).Lapse();
        Assert.Single(scenario.Last);
        scenario.Lapse();
        Assert.Empty(scenario.Last);
    }

    [Fact]
    public void Given_a_superior_was_told_Then_they_owe_an_acknowledgement_which_gives_a_working_day()
    {
        var scenario = ComplaintScenario.InProgress().Cooperated().LapseNext().LapseNext();
        var owed = scenario.Owed(ObligationKind.AcknowledgeLapse);
        Assert.Equal(Party.Of(TestCompany.EngineeringHead.Id), owed.Owner);
        Assert.Equal("Resolve|", owed.Subject);

        Assert.Equal(RefusalCode.NotYours, scenario.Acknowledge(TestCompany.Engineer, ObligationKind.Resolve, "今天处理"));
        Assert.Equal(
            RefusalCode.BadField,
            scenario.Acknowledge(TestCompany.EngineeringHead, ObligationKind.Resolve, new string('x', 2_001)));
        Assert.Null(scenario.Acknowledge(TestCompany.EngineeringHead, ObligationKind.Resolve, "今天处理"));
        Assert.Single(scenario.Last);
        Assert.Null(scenario.Acknowledge(TestCompany.EngineeringHead, ObligationKind.Resolve, "今天处理"));
        Assert.Empty(scenario.Last);
        Assert.False(scenario.Owes(ObligationKind.AcknowledgeLapse));
        Assert.Equal(
            TestCompany.Calendar.Add(scenario.Now, TestCompany.Rules.Policy.AfterAcknowledgement),
            scenario.History.NextTrigger);
        scenario.LapseNext();
        Assert.Equal(TestCompany.Leader.Id, scenario.History.Lapses[0].Told);
    }

    [Fact]
    public void Given_a_lapse_When_it_is_done_after_all_Then_the_lapse_no_longer_stands()
    {
        var scenario = ComplaintScenario.Assigned().LapseNext();
        Assert.Single(scenario.History.Lapses);
        scenario.Do(TestCompany.Engineer, new ComplaintCommand.Accept());
        Assert.Empty(scenario.History.Lapses);
        Assert.Equal(RefusalCode.WrongStage, scenario.Acknowledge(TestCompany.Engineer, ObligationKind.Accept));
        Assert.Equal(
            TimeSpan.Zero, scenario.History.Steps.Single(s => s.Kind == ObligationKind.Accept).Late(scenario.Now));
        scenario.At("2026-03-10 09:00");
        Assert.True(scenario.History.Steps.Single(s => s.Kind == ObligationKind.Resolve).Late(scenario.Now).Days > 4);
    }

    [Theory]
    [InlineData("s-hy-manager")]
    [InlineData("s-eng-head")]
    [InlineData("s-qua-head")]
    [InlineData("s-leader")]
    [Clause("4.6.1-2-D")]
    public void Given_somebody_is_accused_When_everything_lapses_Then_their_side_is_never_told(string accused)
    {
        var against = TestCompany.Directory.Find(new StaffId(accused))!;
        var by = against == TestCompany.Leader ? TestCompany.QualityHead : TestCompany.Leader;
        foreach (var scenario in new[]
        {
            ComplaintScenario.Assigned(Category.Equipment, accused: against, by: by),
            ComplaintScenario.Resolved(Category.Equipment, accused: against, by: by),
            ComplaintScenario.Signed(Category.Equipment, accused: against, by: by),
        })
        {
            for (var i = 0; i < 12; i++)
                scenario.LapseNext();
            Assert.All(
                scenario.History.Events.Select(e => e.Event).OfType<ObligationEvent.Lapsed>(),
                l => Assert.False(Authority.IsBarred(
                    scenario.State, TestCompany.Directory.Find(l.Told)!, TestCompany.Directory)));
        }
    }

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_no_signature_When_days_pass_Then_the_same_link_comes_five_times_and_then_a_new_one_each_time_it_died()
    {
        var scenario = ComplaintScenario.Resolved();
        var reminded = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            scenario.Remind();
            Assert.True(scenario.State.Request!.Expires > scenario.Now);
            if (!scenario.Last.IsEmpty)
                reminded.AddRange(scenario.History.Messages(scenario.Rules)
                    .Where(m => m.Template == "SignReminder").Select(m => m.Issue));
        }

        Assert.Equal([1, 1, 1, 1, 1, 2, 3, 4], reminded);
    }

    [Fact]
    [Clause("4.5.4")]
    public void Given_quality_on_duty_handled_it_When_the_verification_lapses_Then_somebody_who_may_do_it_is_told()
    {
        var scenario = ComplaintScenario.Signed(Category.StaffAttitude);
        scenario.At(scenario.State.Completion!.VerifyDue).Lapse();
        Assert.Equal(
            TestCompany.OtherInspector.Id, scenario.History.Lapses.Single(l => l.Kind == ObligationKind.Verify).Told);
    }
}
