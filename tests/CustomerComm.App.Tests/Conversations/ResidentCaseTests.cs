using CustomerComm.App.Conversations;
using CustomerComm.App.Tests.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Registers;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>Residents by text message: troubles people really had with such systems, each by its number.</summary>
public sealed class ResidentCaseTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case_08_Given_thanks_and_ok_When_they_come_one_after_the_other_Then_no_complaint_is_opened()
    {
        await using var app = await TestApp.StartAsync();
        string[] nods = ["知道了", "好", "1", "👍", "嗯嗯", "Liked “已登记”"];
        Assert.NotEmpty(await app.SmsAsync("谢谢"));
        Assert.NotEmpty(await app.SmsAsync("Thanks!"));
        foreach (var nod in nods)
            Assert.Empty(await app.SmsAsync(nod));
        Assert.Empty(await app.ComplaintsAsync());
        Assert.Equal(2 + nods.Length, (await app.RegisterAsync()).Count);
    }

    [Fact]
    public async Task Case_09_Given_stop_words_When_they_come_Then_it_is_confirmed_once_and_no_complaint()
    {
        await using var app = await TestApp.StartAsync();
        Assert.Contains("START", Assert.Single(await app.SmsAsync("STOP")), StringComparison.Ordinal);
        Assert.Empty(await app.SmsAsync("unsubscribe"));
        Assert.Empty(await app.SmsAsync("TD"));
        Assert.Empty(await app.SmsAsync("退订"));
        Assert.Empty(await app.ComplaintsAsync());
        Assert.Single(await app.SmsAsync("STOP the drilling upstairs please"));
        Assert.Single(await app.ComplaintsAsync());
        Assert.Single(await app.SmsAsync("恢复"));
        Assert.Single(await app.SmsAsync("TD"));
    }

    [Fact]
    public async Task Case_09_Given_stopped_When_a_survey_and_an_own_complaint_go_out_Then_only_the_own_arrives()
    {
        await using var app = await TestApp.StartAsync();
        await app.SmsAsync("TD");
        var complaint = await app.OpenAsync();
        await app.DoAsync(complaint, new ComplaintCommand.Accept(), TestCompany.Engineer);
        await app.SettleAsync();
        Assert.Contains(
            app.Sms.Sent, m => m.To == TestCompany.ResidentPhone && m.Text.Contains("HY", StringComparison.Ordinal)
                && !m.Text.Contains("START", StringComparison.Ordinal));
        Assert.True(await HearsOfNoticesAsync(app, TestCompany.Phone(52)));
        Assert.False(await HearsOfNoticesAsync(app, TestCompany.ResidentPhone));
        await app.SmsAsync("START");
        Assert.True(await HearsOfNoticesAsync(app, TestCompany.ResidentPhone));
    }

    [Fact]
    public async Task Case_14_Given_the_same_words_hours_later_When_one_is_open_Then_noted_and_answered()
    {
        await using var app = await TestApp.StartAsync();
        const string Words = "垃圾房三天没人清，臭得要命";
        await app.SmsAsync(Words);
        app.Time.Advance(TimeSpan.FromDays(2));
        Assert.NotEmpty(await app.SmsAsync(Words));
        Assert.Equal([Words], Assert.Single(await app.ComplaintsAsync()).Notes());
    }

    /// <summary>What may be a danger is told anew rather than noted where nobody looks at once.</summary>
    [Fact]
    public async Task Case_14_Given_the_power_fails_again_hours_later_Then_it_is_kept_and_answered_once_more()
    {
        await using var app = await TestApp.StartAsync();
        const string Words = "家里又停电了快来人看看";
        await app.SmsAsync(Words);
        app.Time.Advance(TimeSpan.FromDays(2));
        Assert.NotEmpty(await app.SmsAsync(Words));
        var kept = (await app.ComplaintsAsync())
            .SelectMany(c => c.Notes().Prepend(c.State.Intake.Text.Value)).ToList();
        Assert.Equal([Words, Words], kept);
    }

    [Fact]
    public async Task Case_14_Given_the_same_words_When_the_first_was_withdrawn_Then_a_new_complaint()
    {
        await using var app = await TestApp.StartAsync();
        const string Words = "垃圾房三天没人清，臭得要命";
        await app.SmsAsync(Words);
        await app.SmsAsync("撤回");
        await app.SmsAsync("是");
        app.Time.Advance(TimeSpan.FromDays(2));
        await app.SmsAsync(Words);
        Assert.Equal([Outcome.Withdrawn, Outcome.None], (await app.ComplaintsAsync()).Select(c => c.State.Outcome));
    }

    [Fact]
    public async Task Case_17_Given_a_message_split_in_two_When_both_come_in_the_same_second_Then_one_complaint_in_order()
    {
        await using var app = await TestApp.StartAsync();
        const string First = "我是3号楼2单元1801的业主，上个月开始主卧飘窗下面的墙就一直往里渗水……我已经";
        const string Second = "给前台打过四次电话，每次都说登记了让我等……不然我就去12345投诉。";
        var inbox = app.Get<SmsInbox>();
        await inbox.ReceiveAsync(new SmsReceived("a", TestCompany.ResidentPhone, First), Ct);
        await inbox.ReceiveAsync(new SmsReceived("b", TestCompany.ResidentPhone, Second), Ct);
        await inbox.ReceiveAsync(new SmsReceived("b", TestCompany.ResidentPhone, Second), Ct);
        await app.SettleAsync();
        var complaint = Assert.Single(await app.ComplaintsAsync());
        Assert.Equal(First, complaint.State.Intake.Text.Value);
        Assert.Equal([Second], complaint.Notes());
    }

    [Theory]
    [InlineData("在3号楼")]
    [InlineData("七点后在家")]
    [InlineData("尽快")]
    [InlineData("电话13800138000")]
    [InlineData("3-1-501")]
    [InlineData("after 7pm please")]
    public async Task Case_17_Given_an_addition_When_it_comes_later_Then_it_joins_the_open_complaint(string addition)
    {
        await using var app = await TestApp.StartAsync();
        await app.SmsAsync("楼道灯坏了没人修，天天摸黑");
        app.Time.Advance(TimeSpan.FromMinutes(25));
        Assert.Single(await app.SmsAsync(addition));
        Assert.Equal([addition], Assert.Single(await app.ComplaintsAsync()).Notes());
    }

    [Fact]
    public async Task Case_17_Given_another_matter_half_an_hour_later_When_it_has_its_own_substance_Then_its_own_complaint()
    {
        await using var app = await TestApp.StartAsync();
        await app.SmsAsync("楼上装修一直敲，吵得没法睡");
        app.Time.Advance(TimeSpan.FromMinutes(20));
        await app.SmsAsync("另外物业费怎么多收了我两百块，账单不对，退钱");
        Assert.Equal(2, (await app.ComplaintsAsync()).Count);
    }

    [Fact]
    public async Task Case_17_Given_an_addition_and_nothing_open_When_it_comes_Then_it_is_asked_what_is_wrong()
    {
        await using var app = await TestApp.StartAsync();
        Assert.Single(await app.SmsAsync("七点后在家"));
        Assert.Empty(await app.ComplaintsAsync());
        Assert.Single(await app.RegisterAsync());
    }

    [Theory]
    [InlineData("还是漏，没修好，不签")]
    [InlineData("HY26-1 还是漏，没修好")]
    [InlineData("没修好")]
    [InlineData("又坏了！！")]
    [InlineData("still leaking")]
    [InlineData("not fixed")]
    [InlineData("仲漏緊，唔簽")]
    [InlineData("厨房顶还是漏，师傅只看了一眼就走了")]
    [InlineData("厨房顶漏水三天没人修")]
    public async Task Case_19_Given_it_waits_for_the_signature_When_it_is_not_fixed_Then_it_is_open_again(string text)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.ResolvedAsync();
        var before = app.Sms.Sent.Count;
        Assert.NotEmpty(await app.SmsAsync(text));
        var after = Assert.Single(await app.ComplaintsAsync());
        Assert.Equal((Stage.InProgress, 1), (after.State.Stage, after.State.Reopened));
        var told = app.Sms.Sent.Skip(before).Select(m => m.To).ToList();
        Assert.Contains(TestCompany.Engineer.Phone.Value, told);
        Assert.Contains(TestCompany.EngineeringHead.Phone.Value, told);
        Assert.Equal(complaint.Stream, after.Stream);
    }

    [Fact]
    public async Task Case_19_Given_it_is_being_handled_When_it_is_not_fixed_Then_it_is_noted()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync("厨房顶漏水三天没人修", Category.CivilWorks);
        await app.SettleAsync();
        await app.SmsAsync("还是漏");
        Assert.Equal(["还是漏"], Assert.Single(await app.ComplaintsAsync()).Notes());
        Assert.Equal(0, (await app.StateAsync(complaint)).Reopened);
    }

    [Theory]
    [InlineData("HY-2026-000001 又漏了")]
    [InlineData("又漏了")]
    [InlineData("HY26-1 墙上又湿了一大片")]
    public async Task Case_19_Given_it_is_closed_When_it_is_written_about_Then_a_linked_complaint_is_opened(string text)
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync("厨房顶漏水三天没人修", Category.CivilWorks);
        await app.SettleAsync();
        await app.SmsAsync("撤诉");
        await app.SmsAsync("是 确认撤诉 HY26-1");
        app.Time.Advance(TimeSpan.FromDays(3));
        var reply = Assert.Single(await app.SmsAsync(text));
        var complaints = await app.ComplaintsAsync();
        Assert.Equal([null, complaints[0].State.Number], complaints.Select(c => c.State.Intake.Follows));
        Assert.Contains("HY-2026-000001", reply, StringComparison.Ordinal);
        Assert.Contains("HY-2026-000002", reply, StringComparison.Ordinal);
        var following = await app.Get<App.Complaints.ComplaintKind>().FollowingAsync(complaints[0], Ct);
        Assert.Equal([complaints[1].State.Number], following);
    }

    [Fact]
    public async Task Given_another_phone_When_it_says_not_fixed_Then_nothing_of_the_complaint_changes()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.ResolvedAsync();
        await app.SmsAsync("HY26-1 没修好", TestCompany.Phone(52));
        Assert.Equal(Stage.Resolved, (await app.StateAsync(complaint)).Stage);
    }

    [Theory]
    [InlineData("不投诉了", "是")]
    [InlineData("算了撤销吧", "是 确认撤诉 HY26-1")]
    [InlineData("forget it, cancel my complaint", "yes withdraw HY26-1")]
    public async Task Given_a_withdrawal_When_it_is_said_once_and_then_confirmed_Then_only_the_second_withdraws(
        string first, string second)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.SettleAsync();
        Assert.Single(await app.SmsAsync(first));
        Assert.True((await app.StateAsync(complaint)).Open);
        await app.SmsAsync(second);
        Assert.Equal(Outcome.Withdrawn, (await app.StateAsync(complaint)).Outcome);
    }

    [Theory]
    [InlineData("是")]
    [InlineData("确认撤诉")]
    [InlineData("好的")]
    [InlineData("1")]
    public async Task Given_nobody_asked_When_somebody_says_yes_Then_nothing_is_withdrawn(string text)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.SettleAsync();
        await app.SmsAsync(text);
        Assert.True((await app.StateAsync(complaint)).Open);
        // A nod hours later, or after something else, is none either.
        await app.SmsAsync("撤诉");
        await app.SmsAsync("进度");
        await app.SmsAsync("是");
        Assert.True((await app.StateAsync(complaint)).Open);
        await app.SmsAsync("撤诉");
        app.Time.Advance(TimeSpan.FromHours(5));
        await app.SmsAsync("是");
        Assert.True((await app.StateAsync(complaint)).Open);
    }

    [Theory]
    [InlineData("给我打电话", ContactWish.CallBack)]
    [InlineData("call me back", ContactWish.CallBack)]
    [InlineData("转人工", ContactWish.Person)]
    [InlineData("发错了，我不是业主", ContactWish.CheckPhone)]
    public async Task Given_a_person_is_wanted_When_it_is_said_Then_the_register_owes_it_once(string text, ContactWish wish)
    {
        await using var app = await TestApp.StartAsync();
        Assert.Single(await app.SmsAsync(text));
        var entry = Assert.Single(await app.RegisterAsync());
        Assert.Equal((wish, true), (entry.Entered.Wish, entry.Open));
        Assert.Equal(TestCompany.ResidentPhone, entry.Entered.Phone!.Value.Value);
        Assert.Contains(
            app.Sms.Sent, m => m.To == TestCompany.HyDuty.Phone.Value
                && m.Text.Contains(App.Messages.Texts.Name(wish, Language.Chinese), StringComparison.Ordinal));
        Assert.Empty(await app.ComplaintsAsync());
        if (wish != ContactWish.CheckPhone)
        {
            await app.SmsAsync("call me");
            Assert.Single(await app.RegisterAsync(), e => e.Open);
        }
    }

    [Fact]
    public async Task Given_an_open_complaint_When_a_call_is_wanted_Then_its_handler_hears_of_it_too()
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync();
        await app.SettleAsync();
        await app.SmsAsync("给我回个电话");
        Assert.Equal(["给我回个电话"], Assert.Single(await app.ComplaintsAsync()).Notes());
        Assert.Single(await app.RegisterAsync(), e => e.Entered.Wish == ContactWish.CallBack);
    }

    [Theory]
    [InlineData("到哪一步了", "HY-2026-000001")]
    [InlineData("any news?", "HY-2026-000001")]
    [InlineData("我的投诉", "HY-2026-000001")]
    [InlineData("HY26-1", "HY-2026-000001")]
    [InlineData("HY26-1 ？", "HY-2026-000001")]
    [InlineData("电话多少", "+1202555")]
    [InlineData("帮助", "编号")]
    public async Task Given_a_question_When_it_is_asked_Then_it_is_answered_and_opens_nothing(string text, string answer)
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync();
        await app.SettleAsync();
        Assert.Contains(answer, Assert.Single(await app.SmsAsync(text)), StringComparison.Ordinal);
        Assert.Empty(Assert.Single(await app.ComplaintsAsync()).Notes());
    }

    [Fact]
    public async Task Given_two_open_complaints_When_one_asks_how_it_stands_Then_both_are_listed_in_two_segments()
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync();
        await app.OpenAsync("垃圾没人收", Category.Cleaning);
        await app.SettleAsync();
        var answer = Assert.Single(await app.SmsAsync("有进展吗"));
        Assert.Contains("HY-2026-000001", answer, StringComparison.Ordinal);
        Assert.Contains("HY-2026-000002", answer, StringComparison.Ordinal);
        Assert.True(App.Messages.SmsText.Segments(answer) <= App.Messages.SmsText.MostSegments);
        Assert.Contains("哪一件", Assert.Single(await app.SmsAsync("不投诉了")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_same_message_twice_When_handled_again_Then_it_has_its_effect_once()
    {
        await using var app = await TestApp.StartAsync();
        await app.ResolvedAsync();
        await app.SmsAsync("没修好", id: "x");
        await app.SmsAsync("没修好", id: "x");
        Assert.Equal(1, Assert.Single(await app.ComplaintsAsync()).State.Reopened);
        Assert.Empty((await app.ComplaintsAsync())[0].Notes());
    }

    private static async Task<bool> HearsOfNoticesAsync(TestApp app, string phone)
    {
        var before = app.Sms.Sent.Count;
        await app.PublishAsync();
        return app.Sms.Sent.Skip(before).Any(m => m.To == phone);
    }
}
