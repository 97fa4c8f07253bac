using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.Domain;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>The talk with a resident, step by step.</summary>
public sealed class ConversationTests
{
    private static readonly Classifier s_classifier = new();

    private ConversationState _state = ConversationState.Start;
    private int _messages;
    private string _region = "US";

    [Fact, Clause("4.6.1-1")]
    public void Given_a_complaint_in_Chinese_When_the_questions_are_answered_Then_a_case_is_opened_as_confirmed()
    {
        Say("你好");
        Say("三号楼的电梯坏了三天，没人来修");
        Assert.Equal(Turn.Community, _state.Turn);
        Say("和园");
        Assert.Equal(Turn.Category, _state.Turn);
        Say("是");
        Say("明天下午5点");
        Assert.Null(Say("+1 202-555-0151，3-1-502").Action);
        Assert.Equal(Turn.Summary, _state.Turn);
        var open = Assert.IsType<ConversationAction.Open>(Say("确认登记").Action);
        Assert.Equal(Category.Equipment, open.Draft.Chosen);
        Assert.Equal(TestCompany.Time("2026-03-03 17:00"), open.Draft.WantedBy);
        Assert.Equal("+12025550151", open.Draft.Phone!.Value.Value);
        Assert.Equal("3-1-502", open.Draft.Room!.Value.Value);
        Assert.Equal(Turn.Idle, _state.Turn);
    }

    [Theory, Clause("4.6.2-1")]
    [InlineData("电话错了", 5)]
    [InlineData("我不是业主，我是租户", 5)]
    [InlineData("你们打错了", 4)]
    [InlineData("电话错了", 4)]
    [InlineData("我不是业主，我是租户", 3)]
    [InlineData("我不是业主，我是租户", 2)]
    public void Given_a_complaint_half_told_When_somebody_says_that_a_number_or_person_is_wrong_Then_nothing_is_lost(
        string wrong, int after)
    {
        string[] says = ["三号楼的电梯坏了三天，没人来修", "和园", "是", "明天下午5点", "+1 202-555-0151，3-1-502"];
        foreach (var text in says.Take(after))
            Say(text);
        Assert.Null(Say(wrong).Action);
        Assert.Contains("电梯", _state.Draft!.Text.Value, StringComparison.Ordinal);
        if (after < 4)
            return;
        Assert.Equal(Turn.Contact, _state.Turn);
        Say("+1 202-555-0152，3-1-503");
        var open = Assert.IsType<ConversationAction.Open>(Say("确认登记").Action);
        Assert.Equal("+12025550152", open.Draft.Phone!.Value.Value);
    }

    [Fact]
    public void Given_a_complaint_in_English_When_another_category_is_named_Then_it_is_taken()
    {
        Say("The lift in block 3 is broken again and nobody comes");
        Say("Harmony Garden");
        Say("no");
        var step = Say("Parking");
        Assert.Equal(Turn.Wish, _state.Turn);
        Assert.Equal(Language.English, _state.Language);
        Assert.Contains("By when", step.Replies[0].Text, StringComparison.Ordinal);
        Say("no wish");
        Say("skip");
        var open = Assert.IsType<ConversationAction.Open>(Say("Register").Action);
        Assert.Equal((Category.Parking, null, null), (open.Draft.Chosen, open.Draft.WantedBy, open.Draft.Phone));
    }

    [Fact, Clause("4.6.2-1")]
    public void Given_the_system_does_not_understand_When_it_goes_on_Then_a_case_is_opened_with_every_word_kept()
    {
        Say("垃圾没人收，臭死了");
        Say("和园");
        Say("上个星期开始就这样一直没有人管");
        Say("还有老鼠在楼道里跑来跑去");
        var open = Assert.IsType<ConversationAction.Open>(Say("你们到底管不管，我都说了三遍了啊").Action);
        Assert.Null(open.Draft.Chosen);
        Assert.Contains("老鼠", open.Draft.Text.Value, StringComparison.Ordinal);
        Assert.Contains("三遍", open.Draft.Text.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_the_writer_goes_away_When_time_runs_out_Then_the_complaint_becomes_a_case_as_it_is()
    {
        Say("电梯坏了");
        Say("和园");
        Assert.Equal(TestApp.Start + Conversation.Patience, Conversation.Due(_state));
        var open = Assert.IsType<ConversationAction.Open>(Conversation.TimeOut(_state, Context()).Action);
        Assert.Equal("m1", open.Draft.MessageId);
    }

    [Fact]
    public void Given_a_text_message_from_a_known_phone_When_it_complains_Then_a_case_is_opened_at_once()
    {
        var step = Conversation.Next(
            ConversationState.Start, new Said("m", "楼道灯不亮好几天了", TestApp.Start),
            Context(Channel.Sms, TestCompany.ResidentPhone));
        var open = Assert.IsType<ConversationAction.Open>(step.Action);
        Assert.Equal((TestCompany.HY, TestCompany.ResidentPhone), (open.Community, open.Draft.Phone!.Value.Value));
    }

    [Theory]
    [InlineData("你好")]
    [InlineData("hello")]
    public void Given_a_greeting_When_it_comes_Then_nothing_is_opened(string text)
    {
        var step = Say(text);
        Assert.Null(step.Action);
        Assert.Null(_state.Draft);
    }

    [Fact]
    public void Given_advertising_When_it_comes_Then_it_is_doubted_and_a_yes_still_opens()
    {
        Say("低息贷款，加微信12345678，点击链接 http://x.example");
        Assert.Equal(Turn.Doubt, _state.Turn);
        Assert.True(Conversation.Due(_state) >= TestApp.Start.AddDays(1));
        Say("是");
        Assert.Equal(Turn.Community, _state.Turn);
    }

    [Theory]
    [InlineData("+1 202-555-0151 3-1-502")]
    [InlineData("3-1-502，电话 202 555 0151")]
    [InlineData("202-555-0151")]
    public void Given_a_phone_among_other_words_When_it_is_left_Then_it_is_found(string text)
    {
        Say("电梯坏了");
        Say("和园");
        Say("是");
        Say("没有要求");
        Say(text);
        var open = Assert.IsType<ConversationAction.Open>(Say("是").Action);
        Assert.Equal("+12025550151", open.Draft.Phone!.Value.Value);
    }

    [Theory]
    [InlineData("手机１３８００１３８０９９，２栋１单元１０１", "+8613800138099", "２栋１单元１０１")]
    [InlineData("138.0013.8099", "+8613800138099", null)]
    [InlineData("my number is 138-0013-8099", "+8613800138099", null)]
    [InlineData("我電話係13800138099 住3-1-502", "+8613800138099", "3-1-502")]
    public void Case_25_Given_a_phone_in_any_width_When_left_in_the_chat_Then_it_is_read_and_the_room_with_it(
        string text, string phone, string? room)
    {
        _region = "CN";
        AskForContact();
        Say(text);
        if (_state.Turn == Turn.Contact)
            Say("没写错");
        var open = Assert.IsType<ConversationAction.Open>(Say("是").Action);
        Assert.Equal((phone, room), (open.Draft.Phone?.Value, open.Draft.Room?.Value));
    }

    [Fact]
    public void Case_25_Given_a_room_and_the_phone_called_from_When_left_in_the_chat_Then_the_phone_is_asked_for()
    {
        _region = "CN";
        AskForContact();
        var step = Say("我住3-1-502，电话就是打过来这个");
        Assert.Null(step.Action);
        Assert.Equal((Turn.Contact, "3-1-502"), (_state.Turn, _state.Draft!.Room?.Value));
        Say("13800138099");
        var open = Assert.IsType<ConversationAction.Open>(Say("是").Action);
        Assert.Equal(("+8613800138099", "3-1-502"), (open.Draft.Phone?.Value, open.Draft.Room?.Value));
    }

    [Theory]
    [InlineData("没写错", "9-9-999")]
    [InlineData("9栋9单元999", "9栋9单元999")]
    [InlineData("3-1-502", "3-1-502")]
    public void Case_20_Given_a_room_nobody_has_When_left_in_the_chat_Then_it_is_asked_about_once(string then, string room)
    {
        AskForContact();
        var step = Say("202-555-0151，9-9-999，七点后在家");
        Assert.Contains("9-9-999", step.Replies[0].Text, StringComparison.Ordinal);
        Assert.Equal(Turn.Contact, _state.Turn);
        Say(then);
        var open = Assert.IsType<ConversationAction.Open>(Say("是").Action);
        Assert.Equal(("+12025550151", room), (open.Draft.Phone?.Value, open.Draft.Room?.Value));
        Assert.Contains("七点后在家", open.Draft.Text.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("尽快")]
    [InlineData("now")]
    public void Given_it_is_wanted_at_once_When_asked_by_when_Then_it_has_the_shortest_time(string wish)
    {
        Say("电梯坏了");
        Say("和园");
        Say("是");
        Say(wish);
        Assert.Equal(Turn.Contact, _state.Turn);
        Assert.Equal(TestApp.Start.AddHours(4), _state.Draft!.WantedBy);
    }

    private void AskForContact()
    {
        Say("电梯坏了");
        Say("和园");
        Say("是");
        Say("没有要求");
        Assert.Equal(Turn.Contact, _state.Turn);
    }

    [Fact, Clause("4.6.2-4")]
    public void Given_a_staff_phone_When_left_as_the_residents_Then_another_is_asked_for()
    {
        Say("电梯坏了");
        Say("和园");
        Say("是");
        Say("没有要求");
        var step = Say(TestCompany.Engineer.Phone.Value);
        Assert.Null(step.Action);
        Assert.Equal(Turn.Contact, _state.Turn);
    }

    [Theory]
    [InlineData("撤回 HY-2026-000007", typeof(ConversationAction.Status))]
    [InlineData("HY-2026-000007", typeof(ConversationAction.Status))]
    [InlineData("进度 HY-2026-000007", typeof(ConversationAction.Status))]
    [InlineData("同意 HY-2026-000007", typeof(ConversationAction.AnswerExtension))]
    [InlineData("HY-2026-000007 门口的灯也坏了", typeof(ConversationAction.Add))]
    public void Given_a_number_When_words_about_it_come_Then_they_act_on_that_case(string text, Type action) =>
        Assert.IsType(action, Say(text).Action);

    private Step Say(string text)
    {
        var step = Conversation.Next(_state, new Said($"m{++_messages}", text, TestApp.Start), Context(region: _region));
        _state = step.State;
        return step;
    }

    private static ConversationContext Context(
        Channel channel = Channel.Chat, string? from = null, string region = "US") => new(
        TestCompany.Directory, s_classifier, new Phones(region), _ => TestCompany.Calendar, channel,
        from is null ? null : PhoneNumber.Create(from));
}
