namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>What another classifier says is kept beside the complaint and decides nothing.</summary>
[Clause("4.6.2-1")]
public sealed class SecondOpinionTests
{
    private static readonly SecondOpinion s_praise = new(Category.Pets, Nature.Praise, Severity.Urgent);

    [Fact]
    public void Given_any_opinion_When_taken_Then_nothing_else_of_the_complaint_changes_and_the_same_is_owed()
    {
        var scenario = Commands.Unsure();
        var (before, owed) = (scenario.State, scenario.History.Owed.ToList());

        scenario.Do(ComplaintScenario.System, new ComplaintCommand.TakeSecondOpinion(s_praise));

        Assert.Equal(new ComplaintEvent.SecondOpinionTaken(s_praise), scenario.State.SecondOpinion);
        Assert.Equal(before, scenario.State with { SecondOpinion = null });
        Assert.Equal(owed, scenario.History.Owed);
    }

    [Fact]
    public void Given_one_was_taken_or_failed_When_another_comes_Then_the_first_stays()
    {
        foreach (var first in new[] { s_praise, null })
        {
            var scenario = Commands.Unsure().Do(
                ComplaintScenario.System, new ComplaintCommand.TakeSecondOpinion(first));
            Nothing(scenario, s_praise with { Category = Category.Parking });
            Assert.Equal(first, scenario.State.SecondOpinion!.Opinion);
        }
    }

    [Fact]
    public void Given_a_person_decided_or_ours_is_sure_or_it_is_over_When_one_comes_Then_it_is_not_kept()
    {
        Nothing(Commands.Unsure().Do(TestCompany.HyDuty, ComplaintScenario.Triage()), s_praise);
        Nothing(ComplaintScenario.Received(), s_praise);
        var over = Commands.Unsure().Do(
            ComplaintScenario.Resident, new ComplaintCommand.Withdraw(Channel.Chat, null));
        over.Refuse(
            ComplaintScenario.System, new ComplaintCommand.TakeSecondOpinion(s_praise), RefusalCode.Closed);
    }

    [Fact]
    public void Given_a_name_that_is_none_of_ours_When_taken_Then_it_counts_as_no_opinion()
    {
        SecondOpinion[] foreign =
        [
            s_praise with { Category = (Category)99 }, s_praise with { Kind = (Nature)(-1) },
            s_praise with { Severity = (Severity)7 },
        ];
        Assert.All(foreign, opinion =>
        {
            var scenario = Commands.Unsure().Do(
                ComplaintScenario.System, new ComplaintCommand.TakeSecondOpinion(opinion));
            Assert.Equal(new ComplaintEvent.SecondOpinionTaken(null), scenario.State.SecondOpinion);
        });
    }

    [Fact]
    public void Given_an_opinion_comes_between_When_a_resident_repeats_their_words_Then_they_are_kept_once()
    {
        var note = new ComplaintCommand.Note(Channel.Chat, "还在漏");
        var scenario = Commands.Unsure().Do(ComplaintScenario.Resident, note)
            .Do(ComplaintScenario.System, new ComplaintCommand.TakeSecondOpinion(s_praise));
        var again = Assert.IsType<Decision<ComplaintEvent>.Accepted>(scenario.Try(ComplaintScenario.Resident, note));
        Assert.Empty(again.Events);
    }

    private static void Nothing(ComplaintScenario scenario, SecondOpinion opinion)
    {
        var taken = scenario.Try(ComplaintScenario.System, new ComplaintCommand.TakeSecondOpinion(opinion));
        Assert.Empty(Assert.IsType<Decision<ComplaintEvent>.Accepted>(taken).Events);
    }
}
