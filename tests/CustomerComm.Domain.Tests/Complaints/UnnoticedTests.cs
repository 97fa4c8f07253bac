namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>What could be left out without anybody noticing at once: steps of the order, approvals, and being told.</summary>
public sealed class UnnoticedTests
{
    [Fact, Clause("4.6.2-5"), Clause("4.5.4")]
    public void Given_an_ordinary_complaint_without_its_cause_When_quality_verifies_it_Then_that_must_come_first()
    {
        var scenario = Commands.HandedOver().Do(TestCompany.Inspector, new ComplaintCommand.CheckRecords(true, null))
            .Refuse(TestCompany.Inspector, new ComplaintCommand.Verify(Holds: true, "正常"), RefusalCode.NotYet);
        var refused = Assert.IsType<Decision<ComplaintEvent>.Refused>(
            scenario.Try(new Actor.Staff(TestCompany.Inspector), new ComplaintCommand.Verify(Holds: true, "正常")));
        Assert.Equal(ObligationKind.FindRootCause, refused.Refusal.Missing);
        scenario.Do(TestCompany.Engineer, new ComplaintCommand.FindRootCause("门机磨损", "每季检查"))
            .Do(TestCompany.Inspector, new ComplaintCommand.Verify(Holds: true, "正常"));
        Assert.Equal(Outcome.Verified, scenario.State.Outcome);
    }

    [Fact, Clause("4.6.2-6")]
    public void Given_an_extension_Then_the_resident_is_told() => AssertTold(Commands.Extended(), "ExtensionTold");

    [Fact, Clause("4.5.4")]
    public void Given_a_verification_that_fails_Then_the_resident_is_told_that_it_is_open_again() => AssertTold(
        Commands.ReadyToVerify().Do(TestCompany.Inspector, new ComplaintCommand.Verify(Holds: false, "又停了")), "Reopened");

    [Fact, Clause("4.6.1-3"), Clause("4.5.4")]
    public void Given_a_verification_that_fails_again_Then_the_leader_hears_and_must_instruct()
    {
        var fails = new ComplaintCommand.Verify(Holds: false, "又停了");
        var scenario = Commands.ReadyToVerify().Do(TestCompany.Inspector, fails);
        Assert.False(scenario.Owes(ObligationKind.Instruct));
        scenario.Resolve().Do(ComplaintScenario.Resident, ComplaintScenario.Sign(2)).FollowedUp()
            .Do(TestCompany.Engineer, new ComplaintCommand.HandOverRecords())
            .Do(TestCompany.Inspector, new ComplaintCommand.CheckRecords(true, null))
            .Do(TestCompany.Engineer, new ComplaintCommand.FindRootCause("控制板", "更换"))
            .Do(TestCompany.Inspector, fails);
        Assert.Equal(Party.Of(Unit.Leader), scenario.Owed(ObligationKind.Instruct).Owner);
    }

    [Fact, Clause("4.6.2-4")]
    public void Given_a_signature_refused_Then_the_resident_is_told_that_it_is_open_again() => AssertTold(
        ComplaintScenario.Resolved().Do(ComplaintScenario.Resident, Commands.Refusal()), "Reopened");

    [Fact, Clause("4.5.7")]
    public void Given_it_is_joined_to_another_Then_the_resident_is_told() => AssertTold(
        ComplaintScenario.InProgress().Do(TestCompany.HyDuty, new ComplaintCommand.Join(Commands.Another())),
        "JoinedToLead");

    [Fact, Clause("4.6.2-1")]
    public void Given_it_is_rated_lower_Then_the_resident_is_told() => AssertTold(
        ComplaintScenario.InProgress(severity: Severity.Major).Lowered(
            TestCompany.HyDuty, ComplaintScenario.Triage(severity: Severity.Ordinary), FindingReason.LessGrave),
        "SeverityLowered");

    [Fact, Clause("4.6.1-2-E")]
    public void Given_the_answer_to_a_letter_was_approved_When_it_is_refused_Then_another_needs_another_approval()
    {
        var scenario = Commands.Drafted().Do(TestCompany.Leader, new ComplaintCommand.DecideLetter(true, null)).Resolve()
            .Do(ComplaintScenario.Resident, Commands.Refusal());
        scenario.Refuse(
            scenario.Handler, new ComplaintCommand.Resolve(ComplaintScenario.Done), RefusalCode.ApprovalMissing);
    }

    private static void AssertTold(ComplaintScenario scenario, string template) => Assert.Contains(
        scenario.Last.SelectMany(e => scenario.History.MessagesOf(e, scenario.Rules)),
        m => m.Template == template && m.To is Recipient.Resident);
}
