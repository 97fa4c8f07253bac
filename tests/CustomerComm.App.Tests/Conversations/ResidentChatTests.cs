using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Registers;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>The chat at any moment of it: what is wanted besides, what is corrected, in which language.</summary>
public sealed class ResidentChatTests
{
    private const string Matter = "三号楼的电梯坏了三天，没人来修";

    [Theory]
    [InlineData("进度", "没有查到")]
    [InlineData("any news?", "No complaint of yours")]
    [InlineData("电话多少", "+1202555")]
    [InlineData("转人工", "人工")]
    [InlineData("我的投诉", "没有查到")]
    [InlineData("帮助", "写下")]
    [InlineData("退订", "停发")]
    [InlineData("👍", "好的")]
    public async Task Given_a_question_waits_When_something_else_is_wanted_Then_both_come_the_question_last(
        string text, string answer)
    {
        await using var app = await TestApp.StartAsync();
        await app.ChatAsync(Matter);
        var (first, choices) = await app.ChatAsync("和园");
        var (reply, again) = await app.ChatAsync(text);
        Assert.Contains(
            text == "any news?" ? "没有查到" : answer, reply, StringComparison.Ordinal);
        Assert.EndsWith(first, reply, StringComparison.Ordinal);
        Assert.Equal(choices, again);
        Assert.Empty(await app.ComplaintsAsync());
        await app.ChatAsync("是");
        await app.ChatAsync("没有要求");
        await app.ChatAsync("跳过");
        await app.ChatAsync("确认登记");
        Assert.Equal(Matter, Assert.Single(await app.ComplaintsAsync()).State.Intake.Text.Value);
    }

    [Fact]
    public async Task Given_all_is_answered_When_it_is_shown_Then_each_part_can_be_put_right_before_it_is_registered()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var text in (string[])[Matter, "和园", "是", "明天下午5点"])
            await app.ChatAsync(text);
        var (summary, buttons) = await app.ChatAsync("+1 202-555-0151，3-1-502");
        foreach (var part in (string[])["和园", "+12025550151", "3-1-502", "三号楼的电梯", "3月3日"])
            Assert.Contains(part, summary, StringComparison.Ordinal);
        Assert.Equal("确认登记", buttons[0]);
        Assert.Empty(await app.ComplaintsAsync());
        await app.ChatAsync("改类别");
        Assert.Contains("停车", (await app.ChatAsync(App.Messages.Texts.Name(Category.Parking, Language.Chinese))).Text, StringComparison.Ordinal);
        await app.ChatAsync("改时间");
        Assert.Contains("3月4日", (await app.ChatAsync("后天下午5点")).Text, StringComparison.Ordinal);
        await app.ChatAsync("改联系方式");
        Assert.Contains("+12025550152", (await app.ChatAsync("+1 202-555-0152")).Text, StringComparison.Ordinal);
        await app.ChatAsync("改小区");
        Assert.Contains("锦绣", (await app.ChatAsync("锦绣")).Text, StringComparison.Ordinal);
        await app.ChatAsync("改内容");
        Assert.Contains("车位", (await app.ChatAsync("车位被外来车占了")).Text, StringComparison.Ordinal);
        await app.ChatAsync("还有道闸也坏了");
        await app.ChatAsync("1");
        var s = Assert.Single(await app.ComplaintsAsync());
        Assert.Equal(
            (TestCompany.JX, Category.Parking, "+12025550152"),
            (s.State.Community, s.State.Category, s.State.Intake.Contact.Phone!.Value.Value));
        Assert.Equal("车位被外来车占了\n还有道闸也坏了", s.State.Intake.Text.Value);
        Assert.Equal([Matter], s.Notes());
    }

    [Fact]
    public async Task Given_it_was_shown_When_nobody_presses_anything_Then_it_is_registered_as_it_stands()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var text in (string[])[Matter, "和园", "是", "没有要求", "跳过"])
            await app.ChatAsync(text);
        app.Time.Advance(Conversation.Patience);
        await app.SweepAsync();
        Assert.Equal(Category.Equipment, Assert.Single(await app.ComplaintsAsync()).State.Category);
    }

    [Theory]
    [InlineData("不登记了")]
    [InlineData("取消")]
    [InlineData("算了撤销吧")]
    [InlineData("发错了")]
    [InlineData("7")]
    public async Task Given_it_was_shown_When_it_is_called_off_Then_nothing_is_registered(string text)
    {
        await using var app = await TestApp.StartAsync();
        foreach (var before in (string[])[Matter, "和园", "是", "没有要求", "跳过"])
            await app.ChatAsync(before);
        Assert.Contains("未登记", (await app.ChatAsync(text)).Text, StringComparison.Ordinal);
        app.Time.Advance(TimeSpan.FromHours(1));
        await app.SweepAsync();
        Assert.Empty(await app.ComplaintsAsync());
    }

    [Fact]
    public async Task Given_a_chat_complaint_When_it_is_withdrawn_by_buttons_Then_the_second_press_withdraws()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var text in (string[])[Matter, "和园", "是", "没有要求", "跳过", "确认登记"])
            await app.ChatAsync(text);
        var (_, buttons) = await app.ChatAsync("不投诉了");
        Assert.Equal(["确认撤诉", "不撤了"], buttons);
        await app.ChatAsync("不撤了");
        await app.ChatAsync("确认撤诉");
        Assert.True(Assert.Single(await app.ComplaintsAsync()).State.Open);
        await app.ChatAsync("确认撤诉");
        Assert.Equal(Outcome.Withdrawn, Assert.Single(await app.ComplaintsAsync()).State.Outcome);
    }

    [Fact]
    public async Task Given_the_first_words_are_Chinese_When_others_are_written_in_English_Then_the_answers_stay_until_asked()
    {
        await using var app = await TestApp.StartAsync();
        await app.ChatAsync(Matter);
        Assert.Contains("设施设备", (await app.ChatAsync("Harmony Garden")).Text, StringComparison.Ordinal);
        Assert.Contains("什么时候", (await app.ChatAsync("yes")).Text, StringComparison.Ordinal);
        Assert.Contains("By when", (await app.ChatAsync("English")).Text, StringComparison.Ordinal);
        Assert.Contains("mobile", (await app.ChatAsync("明天下午5点")).Text, StringComparison.Ordinal);
        await app.ChatAsync("skip");
        Assert.Contains("Registered", (await app.ChatAsync("确认登记")).Text, StringComparison.Ordinal);
        Assert.Equal(Language.English, Assert.Single(await app.ComplaintsAsync()).State.Intake.Language);
    }

    [Theory]
    [InlineData(Language.English, Language.English)]
    [InlineData(Language.Chinese, Language.Chinese)]
    [InlineData(null, Language.Chinese)]
    public void Given_the_chat_is_set_to_a_language_When_somebody_writes_another_Then_the_setting_counts(
        Language? setting, Language expected)
    {
        var said = new Said("1", Matter, TestApp.Start) { Setting = setting };
        Assert.Equal(expected, Conversation.Speaking(ConversationState.Start, said, ResidentIntent.None).Language);
        var chosen = new Said("2", "中文", TestApp.Start) { Setting = setting };
        Assert.Equal(
            Language.Chinese,
            Conversation.Speaking(ConversationState.Start, chosen, ResidentIntent.Read("中文")).Language);
    }

    [Fact]
    public async Task Case_36_Given_a_picture_When_it_comes_Then_it_is_said_at_once_that_it_cannot_be_taken_and_noted()
    {
        await using var app = await TestApp.StartAsync();
        Assert.Contains("收不了图片", (await app.ChatAsync("厨房天花板漏水漏成这样，三次了没人管，见图", pictures: 1)).Text, StringComparison.Ordinal);
        await app.ChatAsync("和园");
        await app.ChatAsync("是");
        Assert.Contains("收不了图片", (await app.ChatAsync("", pictures: 2)).Text, StringComparison.Ordinal);
        await app.ChatAsync("没有要求");
        await app.ChatAsync("跳过");
        await app.ChatAsync("确认登记");
        var text = Assert.Single(await app.ComplaintsAsync()).State.Intake.Text.Value;
        Assert.Contains("漏成这样", text, StringComparison.Ordinal);
        Assert.Contains("发来图片", text, StringComparison.Ordinal);
        await app.ChatAsync("", pictures: 1);
        Assert.Single(Assert.Single(await app.ComplaintsAsync()).Notes());
        Assert.Contains("收不了图片", (await app.ChatAsync("", "chat-2", pictures: 1)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_call_is_wanted_in_the_middle_When_it_is_said_Then_it_is_owed_and_the_talk_goes_on()
    {
        await using var app = await TestApp.StartAsync();
        await app.ChatAsync(Matter);
        await app.ChatAsync("和园");
        await app.ChatAsync("call me back");
        var entry = Assert.Single(await app.RegisterAsync());
        Assert.Equal(("call me back", ContactWish.CallBack), (entry.Entered.Text!.Value.Value, entry.Entered.Wish));
        await app.ChatAsync("是");
        await app.ChatAsync("没有要求");
        await app.ChatAsync("跳过");
        await app.ChatAsync("确认登记");
        Assert.Single(await app.ComplaintsAsync());
    }

    [Fact]
    public void Given_it_is_unsure_When_asked_Then_three_categories_are_offered_and_a_number_chooses()
    {
        var context = new ConversationContext(
            TestCompany.Directory, new Unsure(), new Phones("US"), _ => TestCompany.Calendar, Channel.Chat, null);
        var state = Conversation.Next(ConversationState.Start, new Said("1", "那个东西又那样了啊", TestApp.Start), context).State;
        var step = Conversation.Next(state, new Said("2", "和园", TestApp.Start), context);
        Assert.Equal(["停车", "治安", "环境卫生", "都不是"], step.Replies[^1].Choices);
        var second = Conversation.Next(step.State, new Said("3", "2", TestApp.Start), context).State;
        Assert.Equal(Category.Security, second.Draft!.Chosen);
        var other = Conversation.Next(step.State, new Said("3", "都不是", TestApp.Start), context);
        Assert.Equal(Turn.AllCategories, other.State.Turn);
        Assert.Equal(Enum.GetValues<Category>().Length, other.Replies[^1].Choices.Length);
    }

    [Theory]
    [InlineData("是停车的问题", Category.Parking)]
    [InlineData("停车", Category.Parking)]
    [InlineData("no, parking", Category.Parking)]
    [InlineData("不是", null)]
    [InlineData("停车还是绿化呢", null)]
    [InlineData("门口的停车场道闸又坏了好几天", null)]
    public void Given_a_category_in_a_few_words_When_asked_Then_it_is_read(string text, Category? expected) =>
        Assert.Equal(expected, Words.CategoryIn(text));

    private sealed class Unsure : Classifier
    {
        public override Suggestion Classify(string text) =>
            new(Category.Parking, [Category.Security, Category.Cleaning], Nature.Complaint, Severity.Ordinary)
            {
                Unsure = true,
            };
    }
}
