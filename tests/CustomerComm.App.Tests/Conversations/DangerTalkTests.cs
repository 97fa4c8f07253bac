using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.Domain;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>Danger in a talk: before every question, at any turn, with whatever was said before.</summary>
[Clause("4.6.1-1")]
public sealed class DangerTalkTests
{
    private static readonly Classifier s_classifier = new DangerWords();

    private ConversationState _state = ConversationState.Start;
    private int _messages;

    [Theory]
    [InlineData("着火了")]
    [InlineData("三楼起火了，快来人！！")]
    [InlineData("Fire in the corridor!")]
    public void Given_the_first_words_report_a_danger_Then_it_is_registered_without_a_question(string text)
    {
        var report = Report(text);
        Assert.Equal(text, report.Draft.Text.Value);
        Assert.Equal((TestCompany.HY, true, null), (report.Community, report.Assumed, report.Known));
        Assert.Equal(Turn.Danger, _state.Turn);
        Assert.Null(_state.Draft);
    }

    [Theory]
    [InlineData("救命")]
    [InlineData("救命啊！！")]
    [InlineData("Help me!")]
    [InlineData("HELP!!!")]
    [InlineData("快来人啊")]
    [InlineData("emergency")]
    public void Given_a_mere_call_for_help_Then_it_is_a_danger_whatever_the_classifier_hears(string text)
    {
        var report = Report(text);
        Assert.Equal(
            (true, Severity.Urgent, Nature.Complaint),
            (report.Draft.Suggestion.Danger, report.Draft.Suggestion.Severity, report.Draft.Suggestion.Kind));
    }

    [Theory]
    [InlineData("help")]
    [InlineData("Help!")]
    [InlineData("帮帮我")]
    [InlineData("幫助")]
    public void Given_help_is_asked_for_Then_the_emergency_numbers_come_first(string text) =>
        Assert.Matches("^[^\n]*119/110/120", Assert.Single(Say(text).Replies).Text);

    [Theory]
    [InlineData(Turn.Community, new string[0])]
    [InlineData(Turn.Category, new[] { "和园" })]
    [InlineData(Turn.Wish, new[] { "和园", "是" })]
    [InlineData(Turn.Contact, new[] { "和园", "是", "没有要求" })]
    public void Given_any_turn_of_a_dialogue_When_words_report_a_danger_Then_all_of_it_is_registered(
        Turn turn, string[] answers)
    {
        Say("三号楼的电梯坏了三天，没人来修");
        foreach (var answer in answers)
            Say(answer);
        Assert.Equal(turn, _state.Turn);

        var report = Report("现在着火了");

        Assert.Equal("三号楼的电梯坏了三天，没人来修\n现在着火了", report.Draft.Text.Value);
        Assert.Equal($"m{_messages}", report.Draft.MessageId);
        Assert.Equal(turn == Turn.Community, report.Assumed);
        Assert.Equal(
            turn is Turn.Wish or Turn.Contact ? Category.Equipment : (Category?)null, report.Draft.Chosen);
    }

    [Fact]
    public void Given_an_advertisement_was_doubted_When_danger_follows_Then_it_is_registered()
    {
        _state = _state with
        {
            Turn = Turn.Doubt,
            Draft = new Draft(
                new Personal("贷款"), "m0", TestApp.Start,
                new Suggestion(Category.Other, [], Nature.Spam, Severity.Ordinary), null, null, null, null),
        };
        Assert.Equal("贷款\n不是广告，着火了", Report("不是广告，着火了").Draft.Text.Value);
    }

    [Fact]
    public void Given_the_text_names_a_community_When_reported_Then_it_goes_there_and_nothing_is_assumed()
    {
        var report = Report("锦绣3栋着火了");
        Assert.Equal((TestCompany.JX, false), (report.Community, report.Assumed));
    }

    [Fact]
    public void Given_a_known_phone_When_reported_by_text_Then_nothing_is_asked()
    {
        var step = Conversation.Next(
            _state, new Said("m", "着火了", TestApp.Start), Context(Channel.Sms, TestCompany.ResidentPhone));
        var report = Assert.IsType<ConversationAction.Report>(step.Action);
        Assert.Equal((TestCompany.HY, false), (report.Community, report.Assumed));
        Assert.Equal(TestCompany.ResidentPhone, report.Draft.Phone!.Value.Value);
        Assert.Empty(step.Replies);
        Assert.Equal(Turn.Idle, step.State.Turn);
    }

    [Fact]
    public void Given_staff_report_a_danger_Then_it_is_of_their_community_and_their_phone_is_nobodys_contact()
    {
        var step = Conversation.Next(
            _state, new Said("m", "着火了", TestApp.Start), Context(Channel.Sms, TestCompany.JxDuty.Phone.Value));
        var report = Assert.IsType<ConversationAction.Report>(step.Action);
        Assert.Equal((TestCompany.JX, null), (report.Community, report.Draft.Phone));
        Assert.Empty(step.Replies);
    }

    [Theory]
    [InlineData("+1 202-555-0151，3-1-502", Turn.Idle)]
    [InlineData("3-1-502", Turn.Danger)]
    [InlineData("在三楼楼道里", Turn.Danger)]
    public void Given_it_is_registered_When_place_or_phone_is_answered_Then_it_joins_the_complaint(
        string answer, Turn after)
    {
        Registered();
        var step = Say(answer);
        var add = Assert.IsType<ConversationAction.Add>(step.Action);
        Assert.Equal((Number, answer), (add.Number, add.Text));
        Assert.Equal(after, _state.Turn);
        Assert.Equal(after == Turn.Danger ? 1 : 0, step.Replies.Length);
        // Asked for the number once more, not for ever.
        if (after == Turn.Danger)
        {
            Assert.IsType<ConversationAction.Add>(Say("楼下等").Action);
            Assert.Equal(Turn.Idle, _state.Turn);
        }
    }

    [Theory]
    [InlineData("跳过")]
    [InlineData("取消")]
    [InlineData("no")]
    public void Given_it_is_registered_When_the_question_is_not_answered_Then_it_stays_registered(string answer)
    {
        Registered();
        var step = Say(answer);
        Assert.Null(step.Action);
        Assert.Equal(Turn.Idle, _state.Turn);
        Assert.Equal(Number, _state.Alarm!.Number);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void Given_more_of_a_danger_When_it_comes_soon_Then_it_joins_later_it_is_another(int minutes, bool joins)
    {
        Registered();
        var step = Conversation.Next(
            _state, new Said("later", "火越来越大，着火了", TestApp.Start.AddMinutes(minutes)), Context());
        Assert.Equal(joins ? Number : null, Assert.IsType<ConversationAction.Report>(step.Action).Known);
    }

    [Fact]
    public void Given_a_text_of_the_greatest_length_before_When_danger_follows_Then_its_words_are_whole()
    {
        Say("三号楼的电梯坏了三天，没人来修" + new string('啊', Domain.Matters.Check.LongestText - 40));
        var text = Report("现在着火了").Draft.Text.Value;
        Assert.EndsWith("\n现在着火了", text, StringComparison.Ordinal);
        Assert.True(text.Length <= Domain.Matters.Check.LongestText);
    }

    private static MatterNumber Number { get; } = new(TestCompany.HY, MatterNumber.Complaint, 2026, 7);

    /// <summary>As the runner leaves it after the complaint was opened.</summary>
    private void Registered()
    {
        Report("着火了");
        _state = _state with { Last = Number, Alarm = new Alarm(Number, TestApp.Start) };
    }

    private ConversationAction.Report Report(string text) =>
        Assert.IsType<ConversationAction.Report>(Say(text).Action);

    private Step Say(string text)
    {
        var step = Conversation.Next(_state, new Said($"m{++_messages}", text, TestApp.Start), Context());
        _state = step.State;
        return step;
    }

    private static ConversationContext Context(Channel channel = Channel.Chat, string? from = null) => new(
        TestCompany.Directory, s_classifier, new Phones("US"), _ => TestCompany.Calendar, channel,
        from is null ? null : PhoneNumber.Create(from));
}
