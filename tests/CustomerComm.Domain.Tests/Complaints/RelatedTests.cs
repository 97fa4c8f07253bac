namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>Repeated complaints from one place, joined with one lead.</summary>
[Clause("4.5.7")]
public sealed class RelatedTests
{
    [Theory]
    [InlineData("3-1-502", "3")]
    [InlineData(" 12-2-1204", "12")]
    [InlineData("3栋1单元502", "3")]
    [InlineData("３号楼５０２", "3")]
    [InlineData("03-1-502", "3")]
    [InlineData("b2-101", "B2")]
    [InlineData("5#301", "5")]
    [InlineData("502", "")]
    [InlineData("门口的大树", "")]
    [InlineData("2026-11-01", "")]
    [InlineData(Personal.Erased, "")]
    [InlineData(null, "")]
    public void Given_a_room_as_people_write_it_Then_its_building_is_read(string? room, string building) =>
        Assert.Equal(building, Buildings.Of(room));

    [Fact]
    public void Given_a_case_is_received_Then_it_keeps_its_building_after_the_room_is_erased()
    {
        var state = ComplaintScenario.Received().State;
        Assert.Equal("3", state.Building);
        var erased = state with
        {
            Intake = state.Intake with
            {
                Contact = state.Intake.Contact with { Room = new Personal(Personal.Erased) },
            },
        };
        Assert.Equal("3", erased.Building);
    }

    [Fact]
    public void Given_the_lead_has_a_handler_When_a_case_is_joined_Then_that_handler_gets_it_and_the_resident_is_told()
    {
        var lead = Commands.Another();
        var scenario = ComplaintScenario.Received().Do(TestCompany.HyDuty, new ComplaintCommand.Join(lead));

        Assert.Equal(lead.Number, scenario.State.LeadComplaint);
        Assert.Equal(lead.Handler, scenario.State.Handler);
        var joined = Assert.IsType<ComplaintEvent.Joined>(scenario.Last[0]);
        var notice = Assert.Single(scenario.History.MessagesOf(joined, scenario.Rules));
        Assert.Equal("JoinedToLead", notice.Template);
        Assert.IsType<Recipient.Resident>(notice.To);
    }

    [Fact]
    public void Given_cases_that_cannot_lead_When_joined_Then_it_is_refused_naming_the_lead()
    {
        var other = Commands.Another();
        var scenario = ComplaintScenario.InProgress();
        Complaint[] wrong =
        [
            scenario.State,
            other with { LeadComplaint = new MatterNumber(TestCompany.HY, "", 2026, 9) },
            other with { Intake = other.Intake with { Number = new MatterNumber(TestCompany.JX, "", 2026, 2) } },
            other with { Outcome = Outcome.Withdrawn },
            other with { Kind = Nature.Praise },
            other with { Accused = TestCompany.OtherEngineer.Id },
        ];
        foreach (var lead in wrong)
        {
            scenario.Refuse(TestCompany.HyDuty, new ComplaintCommand.Join(lead), RefusalCode.BadField);
            Assert.Null(scenario.State.LeadComplaint);
        }
    }

    [Fact]
    public void Given_a_case_that_leads_others_When_it_is_joined_Then_it_is_refused()
    {
        var scenario = ComplaintScenario.InProgress()
            .Do(TestCompany.HyDuty, new ComplaintCommand.TakeFollower(Commands.Another()));
        scenario.Refuse(TestCompany.HyDuty, new ComplaintCommand.Join(Commands.Another()), RefusalCode.WrongStage);
    }

    [Theory]
    [InlineData("s-jx-manager")]
    [InlineData("s-fin-duty")]
    [InlineData("s-eng-other")]
    public void Given_somebody_not_concerned_When_they_join_Then_it_is_refused(string who) =>
        ComplaintScenario.InProgress().Refuse(
            TestCompany.Directory.Find(new StaffId(who))!, new ComplaintCommand.Join(Commands.Another()),
            RefusalCode.NotYours);

    [Fact]
    public void Given_the_lead_moves_on_Then_the_resident_is_told_once_a_stage_and_signs_for_themselves()
    {
        var scenario = ComplaintScenario.InProgress().Do(TestCompany.HyDuty, new ComplaintCommand.Join(Commands.Another()));
        // It stood there when they were joined: nothing new to tell.
        scenario.Unchanged(ComplaintScenario.System, new ComplaintCommand.TellLeadMoved(Commands.Another()));
        var resolved = Commands.Another(ComplaintScenario.Resolved());
        scenario.Do(ComplaintScenario.System, new ComplaintCommand.TellLeadMoved(resolved));
        var notice = Assert.Single(scenario.History.Messages(scenario.Rules));
        Assert.Equal("LeadMoved", notice.Template);
        Assert.IsType<Recipient.Resident>(notice.To);
        scenario.After(TimeSpan.FromDays(1))
            .Unchanged(ComplaintScenario.System, new ComplaintCommand.TellLeadMoved(resolved));
        // Nothing of the joined complaint is met by it.
        Assert.True(scenario.Owes(ObligationKind.Resolve));
        scenario.Resolve();
        Assert.True(scenario.Owes(ObligationKind.ObtainSignature));
    }

    [Fact]
    public void Given_a_case_still_follows_When_the_lead_is_to_drop_it_Then_it_is_refused_and_later_done()
    {
        var follower = Commands.Another();
        var scenario = ComplaintScenario.InProgress().Do(TestCompany.HyDuty, new ComplaintCommand.TakeFollower(follower));
        scenario.Refuse(
            ComplaintScenario.System,
            new ComplaintCommand.DropFollower(follower with { LeadComplaint = scenario.State.Number }),
            RefusalCode.WrongStage);
        scenario.Do(ComplaintScenario.System, new ComplaintCommand.DropFollower(follower));
        Assert.Empty(scenario.State.Followers);
    }
}
