namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>
/// A command that is repeated has no second effect: no events, or a refusal because the complaint has moved on. The list
/// says which.
/// </summary>
[Clause("4.6.2-1")]
public sealed class RepetitionTests
{
    // Refused the second time: the complaint has moved on, or it is no longer theirs.
    private static readonly HashSet<string> Refused = new(StringComparer.Ordinal)
    {
        "Decline", "HandOver", "AnswerExtension", "AnswerExtension, no", "RefuseSignature", "RefuseInWords",
        "RefuseInWords, signed", "DecideSignature", "DecideSignature, on paper", "Verify, does not hold", "DecideFinding", "Object", "AnswerObjection",
        "AnswerObjection, the second", "DecideConsequence",
    };

    public static TheoryData<string> Names => AuthorityTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Given_a_command_took_effect_When_it_is_repeated_Then_nothing_more_happens(string name)
    {
        var row = Commands.All.Single(c => c.Name == name);
        foreach (var actor in row.Allowed)
        {
            var scenario = row.Given();
            var command = row.Command(scenario);
            scenario.Do(actor, command);
            var version = scenario.History.Tracked.Version;

            var again = scenario.After(TimeSpan.FromSeconds(30)).Try(actor, command);

            Assert.Equal(version, scenario.History.Tracked.Version);
            // Whoever triaged as head of the unit that led may no longer do so once another leads.
            var lost = name == "Triage in progress" && actor is Actor.Staff { Member.Id.Value: "s-eng-head" };
            Assert.True(
                (Refused.Contains(name) || lost) == again is Decision<ComplaintEvent>.Refused, $"{actor}: {again}");
        }
    }

    [Fact]
    public void Given_a_case_When_the_same_message_opens_it_again_Then_nothing_more_happens() =>
        ComplaintScenario.Received().Unchanged(ComplaintScenario.System, ComplaintScenario.Intake())
            .Do(TestCompany.HyDuty, ComplaintScenario.Triage())
            .Unchanged(ComplaintScenario.System, ComplaintScenario.Intake());

    [Fact]
    [Clause("4.2.1")]
    public void Given_the_same_words_When_they_come_later_or_after_others_Then_they_are_not_lost()
    {
        var note = new ComplaintCommand.Note(Channel.Chat, "有进展吗？");
        ComplaintScenario.InProgress().Do(ComplaintScenario.Resident, note).Unchanged(ComplaintScenario.Resident, note)
            .After(Check.RepetitionWindow).Do(ComplaintScenario.Resident, note);

        var scenario = ComplaintScenario.InProgress().Do(ComplaintScenario.Resident, note)
            .Do(TestCompany.Engineer, note).Do(ComplaintScenario.Resident, note);
        Assert.NotEmpty(scenario.Last);
    }
}
