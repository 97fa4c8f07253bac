namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>Enquiries, suggestions and praise end each in its own way (4.2.3, 4.5.4, 4.5.7).</summary>
public sealed class AnsweringTests
{
    [Theory]
    [Clause("4.2.3")]
    [InlineData(Nature.Enquiry, "Answer", null)]
    [InlineData(Nature.Enquiry, "OutOfScope", null)]
    [InlineData(Nature.Enquiry, "Decide", RefusalCode.WrongStage)]
    [InlineData(Nature.Enquiry, "PassOn", RefusalCode.WrongStage)]
    [InlineData(Nature.Suggestion, "Answer", RefusalCode.WrongStage)]
    [InlineData(Nature.Suggestion, "OutOfScope", RefusalCode.WrongStage)]
    [InlineData(Nature.Suggestion, "Decide", null)]
    [InlineData(Nature.Suggestion, "PassOn", RefusalCode.WrongStage)]
    [InlineData(Nature.Praise, "Answer", RefusalCode.WrongStage)]
    [InlineData(Nature.Praise, "OutOfScope", RefusalCode.WrongStage)]
    [InlineData(Nature.Praise, "Decide", RefusalCode.WrongStage)]
    [InlineData(Nature.Praise, "PassOn", null)]
    public void Given_what_is_no_complaint_When_ended_Then_only_in_its_own_way(
        Nature kind, string how, RefusalCode? refused)
    {
        ComplaintCommand command = how switch
        {
            "Answer" => new ComplaintCommand.Answer("每平米两元"),
            "OutOfScope" => new ComplaintCommand.DeclareOutOfScope("请拨打95598"),
            "Decide" => new ComplaintCommand.DecideSuggestion(true, "下月起实行", false),
            _ => new ComplaintCommand.PassOnPraise(null, "谢谢鼓励"),
        };
        var scenario = Commands.Answering(kind);
        if (refused is { } code)
        {
            scenario.Refuse(TestCompany.Accountant, command, code);
            return;
        }

        scenario.Do(TestCompany.Accountant, command);
        Assert.Equal((Outcome.Answered, false), (scenario.State.Outcome, scenario.State.Open));
    }

    [Theory]
    [Clause("4.5.7"), Clause("4.5.4")]
    [InlineData(true, AnswerKind.Adopted, "SuggestionAdopted")]
    [InlineData(false, AnswerKind.NotAdopted, "SuggestionNotAdopted")]
    public void Given_a_suggestion_When_decided_Then_whoever_made_it_hears_the_reason_and_it_is_counted(
        bool adopted, AnswerKind kind, string told)
    {
        var scenario = Commands.Answering(Nature.Suggestion)
            .Do(TestCompany.Accountant, new ComplaintCommand.DecideSuggestion(adopted, "已列入计划", true));
        Assert.Equal((kind, true), (scenario.State.AnsweredAs, scenario.State.AboutCommunication));
        var answered = scenario.History.Events.Select(e => e.Event).OfType<ComplaintEvent.Answered>().Single();
        var notice = Assert.Single(scenario.History.MessagesOf(answered, scenario.Rules));
        Assert.Equal(told, notice.Template);
    }

    [Theory]
    [Clause("4.5.4")]
    [InlineData("s-eng-duty", "s-eng-duty s-eng-head")]
    [InlineData("s-eng-head", "s-eng-head")]
    [InlineData("s-hy-guard", "s-hy-guard s-hy-manager")]
    [InlineData(null, "")]
    public void Given_praise_When_passed_on_Then_the_writer_is_thanked_and_the_praised_and_their_head_are_told(
        string? praised, string told)
    {
        var scenario = Commands.Answering(Nature.Praise).Do(
            TestCompany.Accountant,
            new ComplaintCommand.PassOnPraise(praised is null ? null : new StaffId(praised), "谢谢鼓励"));
        var answered = scenario.History.Events.Select(e => e.Event).OfType<ComplaintEvent.Answered>().Single();
        var notices = scenario.History.MessagesOf(answered, scenario.Rules).ToList();
        Assert.Equal("PraiseThanks", notices[0].Template);
        Assert.Equal(told, string.Join(' ', notices.Skip(1).Select(n => ((Recipient.Staff)n.To).Party.Staff!.Value.Value)));
        Assert.All(notices.Skip(1), n => Assert.Equal("PraisePassedOn", n.Template));
    }

    [Fact]
    [Clause("4.2.3")]
    public void Given_an_enquiry_that_is_a_complaint_after_all_When_triaged_anew_Then_nothing_is_lost_either_way()
    {
        var scenario = Commands.Answering(Nature.Enquiry);
        var text = scenario.State.Intake.Text;
        scenario.Do(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Charges, Nature.Complaint));
        Assert.NotEqual(Stage.Answering, scenario.State.Stage);
        scenario.Lowered(
                TestCompany.HyDuty, ComplaintScenario.Triage(Category.Charges, Nature.Suggestion), FindingReason.OnlySuggests)
            .Do(TestCompany.Accountant, new ComplaintCommand.DecideSuggestion(false, "费用由业主大会定", false));
        Assert.Equal((text, AnswerKind.NotAdopted), (scenario.State.Intake.Text, scenario.State.AnsweredAs));
    }

    [Fact]
    [Clause("4.6.1-2-E")]
    public void Given_a_suggestion_by_letter_When_decided_Then_the_reason_needs_the_leaders_approval()
    {
        var decide = new ComplaintCommand.DecideSuggestion(true, "下月起实行", false);
        ComplaintScenario.Received(Category.Charges, Nature.Suggestion, letter: true)
            .Do(TestCompany.HyDuty, ComplaintScenario.Triage(Category.Charges, Nature.Suggestion))
            .Refuse(TestCompany.Accountant, decide, RefusalCode.ApprovalMissing)
            .Do(TestCompany.Accountant, new ComplaintCommand.DraftLetter(decide.Reason))
            .Do(TestCompany.Leader, new ComplaintCommand.DecideLetter(true, ""))
            .Do(TestCompany.Accountant, decide);
    }
}
