namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>Refusals that are not about who: fields, stages, closed complaints.</summary>
public sealed class RefusalTests
{
    private static readonly string Long = new('字', Check.LongestNote + 1);

    public static TheoryData<string> Names => AuthorityTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    [Clause("4.6.2-1")]
    public void Given_a_closed_case_When_any_command_comes_Then_it_changes_nothing_but_findings(string name)
    {
        var row = Commands.All.Single(c => c.Name == name);
        var scenario = ComplaintScenario.Verified();
        var command = row.Command(row.Given());
        var version = scenario.History.Tracked.Version;
        foreach (var actor in row.Allowed)
        {
            var decision = scenario.Try(actor, command);
            if (command is ComplaintCommand.ProveMisreport or ComplaintCommand.VoidNumber or ComplaintCommand.TakeFollower
                or ComplaintCommand.Object or ComplaintCommand.TakeOutsideOrder)
            {
                continue;
            }

            Assert.Equal(version, scenario.History.Tracked.Version);
            var repeated = command is ComplaintCommand.Verify { Holds: true }
                or ComplaintCommand.DropFollower or ComplaintCommand.TellLeadMoved
                || (command is ComplaintCommand.Sign && actor is Actor.Resident);
            // What was promised beside the handling outlives it; here nothing was.
            var beside = command is ComplaintCommand.DecideRemedy or ComplaintCommand.GiveRemedy
                or ComplaintCommand.DecideConsequence;
            Assert.True(repeated || decision is Decision<ComplaintEvent>.Refused refused
                && (beside || refused.Refusal.Code == RefusalCode.Closed), $"{decision}");
        }

        Assert.Equal(command is ComplaintCommand.Object, scenario.State.Open);
    }

    public static TheoryData<string> NamesOfHandling =>
        [.. Commands.All.Select(c => c.Name).Where(n => !Anywhere.Contains(n))];

    private static readonly HashSet<string> Anywhere = new(StringComparer.Ordinal)
    {
        "Note", "Withdraw", "ProveMisreport", "DecideConsequence", "VoidNumber", "Triage",
        "Triage in progress", "Dismiss", "Answer", "DeclareOutOfScope", "DraftLetter", "TakeOutsideOrder",
        "SeeAuthority", "TreatAsLetter",
    };

    [Theory]
    [MemberData(nameof(NamesOfHandling))]
    [Clause("4.6.2-1")]
    public void Given_an_enquiry_When_a_command_of_complaints_comes_Then_it_changes_nothing(string name)
    {
        var row = Commands.All.Single(c => c.Name == name);
        var scenario = ComplaintScenario.Answering();
        foreach (var actor in row.Allowed)
        {
            scenario.Try(actor, row.Command(row.Given()));
            Assert.Empty(scenario.Last);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Clause("4.6.2-1")]
    public void Given_no_case_When_any_command_comes_Then_it_is_refused(string name)
    {
        var row = Commands.All.Single(c => c.Name == name);
        var command = row.Command(row.Given());
        if (command is ComplaintCommand.VoidNumber)
            return;
        new ComplaintScenario().Refuse(row.Allowed.First(), command, RefusalCode.WrongStage);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    [InlineData(null)]
    [Clause("4.6.2-1")]
    public void Given_an_empty_text_When_received_Then_the_field_is_named(string? text)
    {
        var refused = Assert.IsType<Decision<ComplaintEvent>.Refused>(
            new ComplaintScenario().Try(ComplaintScenario.System, ComplaintScenario.Intake() with { Text = text! }));
        Assert.Equal(("text", RefusalCode.BadField), (refused.Refusal.Field, refused.Refusal.Code));
    }

    [Fact]
    [Clause("4.6.2-1")]
    public void Given_a_text_too_long_or_an_unknown_community_When_received_Then_it_is_refused()
    {
        var intake = ComplaintScenario.Intake();
        new ComplaintScenario()
            .Refuse(ComplaintScenario.System, intake with { Text = new string('字', 10_001) }, RefusalCode.BadField)
            .Refuse(
                ComplaintScenario.System,
                intake with { Number = new MatterNumber(new CommunityId("ZZ"), "", 2026, 1) }, RefusalCode.BadField)
            .Do(ComplaintScenario.System, intake with { Text = new string('字', 10_000) });
    }

    [Fact]
    [Clause("4.6.1-2-G")]
    public void Given_texts_of_staff_too_long_or_missing_When_written_Then_each_is_refused()
    {
        foreach (var text in new[] { Long, "", " " })
        {
            ComplaintScenario.InProgress()
                .Refuse(TestCompany.Engineer, new ComplaintCommand.Note(Channel.Phone, text), RefusalCode.BadField)
                .Refuse(TestCompany.Engineer, new ComplaintCommand.Decline(text), RefusalCode.BadField)
                .Refuse(TestCompany.Engineer, new ComplaintCommand.HandOver(Unit.Office, text), RefusalCode.BadField)
                .Refuse(TestCompany.Engineer, new ComplaintCommand.Escalate(text), RefusalCode.BadField)
                .Refuse(TestCompany.Engineer, new ComplaintCommand.Resolve(text), RefusalCode.BadField)
                .Refuse(TestCompany.Engineer, new ComplaintCommand.AskCooperation(Unit.Finance, text),
                    RefusalCode.BadField)
                .Refuse(TestCompany.Leader, new ComplaintCommand.Instruct(text, null), RefusalCode.BadField)
                .Refuse(TestCompany.Leader, new ComplaintCommand.ProveMisreport(TestCompany.Engineer.Id, text),
                    RefusalCode.BadField);
            ComplaintScenario.Resolved()
                .Refuse(ComplaintScenario.Resident, Commands.Refusal() with { Reason = text }, RefusalCode.BadField)
                .Refuse(TestCompany.Engineer, new ComplaintCommand.RecordAttempt(Channel.Phone, text),
                    RefusalCode.BadField);
            ComplaintScenario.Signed()
                .Refuse(TestCompany.Engineer, new ComplaintCommand.FollowUp(Channel.Phone, text, null),
                    RefusalCode.BadField)
                .Refuse(TestCompany.Engineer, new ComplaintCommand.FindRootCause("磨损", text), RefusalCode.BadField)
                .Refuse(TestCompany.Inspector, new ComplaintCommand.Verify(Holds: false, text), RefusalCode.BadField);
        }

        ComplaintScenario.InProgress().Refuse(
            ComplaintScenario.Resident, new ComplaintCommand.Withdraw(Channel.Chat, Long), RefusalCode.BadField);
        ComplaintScenario.Assigned().Refuse(TestCompany.HyDuty, Commands.Assign("s-eng-other", Long), RefusalCode.BadField);
    }

    [Fact]
    [Clause("4.6.2-4")]
    public void Given_a_drawing_or_scan_too_large_When_it_comes_Then_it_is_refused() =>
        ComplaintScenario.Resolved()
            .Refuse(
                ComplaintScenario.Resident, ComplaintScenario.Sign() with { Mark = new string('x', 60_001) },
                RefusalCode.BadField)
            .Refuse(
                TestCompany.Engineer, new ComplaintCommand.AttachPaper(new string('x', 240_001), 3),
                RefusalCode.BadField)
            .Refuse(TestCompany.Engineer, new ComplaintCommand.AttachPaper("scan", 9), RefusalCode.BadField);

    [Fact]
    [Clause("4.6.1-2-D")]
    public void Given_nobody_of_that_name_When_accused_or_handler_Then_it_is_refused() =>
        ComplaintScenario.Received()
            .Refuse(
                TestCompany.HyDuty, ComplaintScenario.Triage() with { Accused = new StaffId("s-nobody") },
                RefusalCode.BadField)
            .Refuse(
                TestCompany.HyDuty, ComplaintScenario.Triage() with { Handler = new StaffId("s-nobody") },
                RefusalCode.BadField);
}
