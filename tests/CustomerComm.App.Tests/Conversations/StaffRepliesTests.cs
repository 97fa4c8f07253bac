using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.App.Pumping;
using CustomerComm.App.Tests.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Orders;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>Text messages of staff over the whole application: what they do, and what they never do.</summary>
public sealed class StaffRepliesTests
{
    private static readonly string s_engineer = TestCompany.Engineer.Phone.Value;
    private static readonly string s_accountant = TestCompany.Accountant.Phone.Value;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("3点到现场 {code}")]
    [InlineData("3号楼的已经看过了，明天换件 {code}")]
    [InlineData("done? not yet {code}")]
    [InlineData("3 点到现场 {code}")]
    [InlineData("3樓嘅聽日先換件 {code}")]
    [InlineData("3 pm on site {code}")]
    public async Task Case_01_Given_a_time_or_place_Then_it_is_noted_and_the_complaint_stays_in_progress(string text)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.TextAsync(s_engineer, "1 HY26-1");
        var reply = await app.TextAsync(s_engineer, text.Replace("{code}", "HY26-1", StringComparison.Ordinal));
        Assert.Equal(Stage.InProgress, (await app.StateAsync(complaint)).Stage);
        Assert.Contains("已记录到HY26-1", reply, StringComparison.Ordinal);
        Assert.Equal(text.Replace(" {code}", "", StringComparison.Ordinal), await NotedAsync(app, complaint));
    }

    [Theory]
    [InlineData("3 HY26-1 正在处理", "HY26-1已办结？")]
    [InlineData("3 HY26-1 配件已訂，星期五", "HY26-1已办结？")]
    [InlineData("3 HY26-1 nobody home", "HY26-1已办结？")]
    [InlineData("2 HY26-1 明天去", "HY26-1要退单？")]
    [InlineData("2 HY26-1 arrived", "HY26-1要退单？")]
    [InlineData("3 HY26-1 水泵那边的事", "将请住户签字：『水泵那边的事』")]
    public async Task Case_01_Given_a_digit_and_words_that_say_no_such_thing_Then_they_are_noted_and_asked_about(
        string text, string question)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.TextAsync(s_engineer, "1 HY26-1");
        var reply = await app.TextAsync(s_engineer, text);
        Assert.Equal(Stage.InProgress, (await app.StateAsync(complaint)).Stage);
        Assert.Contains(question, reply, StringComparison.Ordinal);
        Assert.EndsWith(text[9..], await NotedAsync(app, complaint), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3 HY26-1 正在处理", "是", "怎么处理的？")]
    [InlineData("3 HY26-1 正在处理", "对 HY26-1", "怎么处理的？")]
    [InlineData("3 HY26-1 nobody home", "yes", "怎么处理的？")]
    [InlineData("3 HY26-1 正在处理", "不", "HY26-1没有变")]
    [InlineData("2 HY26-1 明天去", "是", "要退单请写原因")]
    [InlineData("2 HY26-1 明天去", "不是", "HY26-1没有变")]
    public async Task Given_it_was_asked_what_was_meant_When_yes_or_no_is_said_Then_the_words_are_asked_for_or_nothing_changes(
        string text, string answer, string expected)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.TextAsync(s_engineer, "1 HY26-1");
        await app.TextAsync(s_engineer, text);
        Assert.Contains(expected, await app.TextAsync(s_engineer, answer), StringComparison.Ordinal);
        Assert.Equal(Stage.InProgress, (await app.StateAsync(complaint)).Stage);
    }

    [Fact]
    public async Task Given_it_was_asked_whether_it_is_done_When_yes_result_and_yes_are_said_Then_it_is_resolved_and_not_too_late()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.TextAsync(s_engineer, "1 HY26-1");
        await app.TextAsync(s_engineer, "3 HY26-1 正在处理");
        app.Time.Advance(StaffDialogue.Answering + TimeSpan.FromMinutes(1));
        Assert.Contains("没有等您确认的结果", await app.TextAsync(s_engineer, "是"), StringComparison.Ordinal);
        await app.TextAsync(s_engineer, "3 HY26-1 正在处理");
        await app.TextAsync(s_engineer, "是");
        await app.TextAsync(s_engineer, "换了水泵轴承");
        Assert.Equal(Stage.InProgress, (await app.StateAsync(complaint)).Stage);
        await app.TextAsync(s_engineer, "是");
        Assert.Equal(Stage.Resolved, (await app.StateAsync(complaint)).Stage);
    }

    [Fact]
    public async Task Case_02_Given_somebody_cannot_Then_it_is_declined_with_that_reason_and_never_accepted()
    {
        await using var app = await TestApp.StartAsync();
        var first = await app.OpenAsync();
        await app.TextAsync(s_engineer, "接不了 HY26-1 今天休假");
        var declined = await EventAsync<ComplaintEvent.Declined>(app, first);
        Assert.Equal("接不了 今天休假", declined?.Reason.Value);
        var second = await app.OpenAsync("水泵坏了没有水", sourceId: "second");
        foreach (var text in (string[])["接到 HY26-2 的业主电话了，明天看", "收到HY26-2的业主电话，明天看", "接到HY26-2电话"])
        {
            var reply = await app.TextAsync(s_engineer, text);
            Assert.Equal(Stage.Assigned, (await app.StateAsync(second)).Stage);
            Assert.Contains("已记录到HY26-2", reply, StringComparison.Ordinal);
            Assert.Contains("1 HY26-2", reply, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1HY26-1")]
    [InlineData("好的 HY26-1")]
    [InlineData("收到")]
    [InlineData("on my way HY26-1")]
    [InlineData("冇問題ＨＹ２６－１")]
    public async Task Case_04_Given_words_of_acceptance_Then_it_is_accepted(string text)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        Assert.Contains("已接单HY26-1", await app.TextAsync(s_engineer, text), StringComparison.Ordinal);
        Assert.Equal(Stage.InProgress, (await app.StateAsync(complaint)).Stage);
    }

    [Theory]
    [InlineData("搞定 HY26-1")]
    [InlineData("办好了 HY26-1")]
    [InlineData("整好咗 HY26-1")]
    [InlineData("done HY26-1")]
    [InlineData("3 HY26-1")]
    public async Task Case_04_Given_bare_words_of_result_Then_it_is_asked_for_shown_and_sent_after_a_yes(string text)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.TextAsync(s_engineer, "1 HY26-1");
        Assert.Contains("HY26-1怎么处理的", await app.TextAsync(s_engineer, text), StringComparison.Ordinal);
        Assert.Equal(Stage.InProgress, (await app.StateAsync(complaint)).Stage);
        var shown = await app.TextAsync(s_engineer, "水泵轴承换新，试水正常");
        Assert.Contains("『水泵轴承换新，试水正常』", shown, StringComparison.Ordinal);
        Assert.Equal(Stage.InProgress, (await app.StateAsync(complaint)).Stage);
        Assert.Contains("已办结", await app.TextAsync(s_engineer, "是 HY26-1"), StringComparison.Ordinal);
        Assert.Equal("水泵轴承换新，试水正常", (await app.StateAsync(complaint)).Resolution?.Text.Value);
    }

    [Theory]
    [InlineData("修好了 HY26-1 换了水泵轴承", "修好了 换了水泵轴承")]
    [InlineData("fixed HY26-1 replaced the pump bearing", "replaced the pump bearing")]
    [InlineData("HY26-1搞掂咗，換咗水泵軸承", "搞掂咗，換咗水泵軸承")]
    public async Task Case_04_Given_a_plain_result_with_its_code_Then_it_is_resolved_at_once(string text, string result)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.TextAsync(s_engineer, text);
        var s = await app.StateAsync(complaint);
        Assert.Equal((Stage.Resolved, result), (s.Stage, s.Resolution?.Text.Value));
    }

    [Theory]
    [InlineData("3 HY26-1补开发票已寄出")]
    [InlineData("3HY26-1补开发票已寄出")]
    [InlineData("HY26-1補開發票已寄出，搞定")]
    public async Task Case_06_Given_a_code_glued_to_the_text_Then_no_other_complaint_is_touched(string text)
    {
        await using var app = await TestApp.StartAsync();
        var a = await app.OpenAsync("物业费发票一直没给", Category.Charges);
        await app.TextAsync(s_accountant, "3 HY26-1 发票已补寄到府上");
        var b = await app.OpenAsync("水费多收了钱", Category.Charges, sourceId: "b");
        await app.TextAsync(s_accountant, "1 HY26-2");
        var reply = await app.TextAsync(s_accountant, text);
        Assert.Equal(Stage.InProgress, (await app.StateAsync(b)).Stage);
        Assert.Equal("发票已补寄到府上", (await app.StateAsync(a)).Resolution?.Text.Value);
        Assert.Contains("HY26-1（", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("HY26-2", reply, StringComparison.Ordinal);
        Assert.Contains("补", Folded(await NotedAsync(app, a)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3 HX26-2 换了水泵轴承")]
    [InlineData("搞定 HY26")]
    [InlineData("搞定 2")]
    [InlineData("3 12 换了水泵轴承")]
    [InlineData("1 26-9")]
    [InlineData("3 HY26-99 换了水泵轴承")]
    [InlineData("3 JX26-1 换了水泵轴承")]
    public async Task Case_06_Given_something_like_a_code_Then_the_only_one_waiting_is_not_meant(string text)
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        var reply = await app.TextAsync(s_engineer, text);
        var s = await app.StateAsync(complaint);
        Assert.Equal((Stage.Assigned, null), (s.Stage, s.Resolution?.Text.Value));
        Assert.Null(await NotedAsync(app, complaint));
        Assert.NotEmpty(reply);
    }

    [Fact]
    public async Task Given_no_code_and_several_waiting_Then_their_codes_are_listed_and_nothing_is_done()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        var order = await app.OrderAsync();
        foreach (var text in (string[])["1", "搞定", "接不了，今天休假", "修好了，换了水泵轴承", "明天换件"])
        {
            var reply = await app.TextAsync(s_engineer, text);
            Assert.Contains("HY26-1", reply, StringComparison.Ordinal);
            Assert.Contains("HY26-W1", reply, StringComparison.Ordinal);
        }

        Assert.Equal(Stage.Assigned, (await app.StateAsync(complaint)).Stage);
        Assert.Equal(OrderStage.Assigned, (await app.StateAsync(order)).Stage);
    }

    [Fact]
    public async Task Given_two_codes_Then_accepting_is_for_both_and_a_result_for_neither()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        var order = await app.OrderAsync();
        var reply = await app.TextAsync(s_engineer, "3 HY26-1 HY26-W1 都换好了轴承");
        Assert.Contains("只办一单", reply, StringComparison.Ordinal);
        Assert.Equal(Stage.Assigned, (await app.StateAsync(complaint)).Stage);
        reply = await app.TextAsync(s_engineer, "收到 HY26-1 HY26-W1");
        Assert.Contains("HY26-1 HY26-W1", reply, StringComparison.Ordinal);
        Assert.Equal(Stage.InProgress, (await app.StateAsync(complaint)).Stage);
        Assert.Equal(OrderStage.InProgress, (await app.StateAsync(order)).Stage);
    }

    [Fact]
    public async Task Given_somebody_elses_or_one_against_oneself_Then_the_answer_is_clear_and_tells_nothing_more()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.DoAsync(complaint, new ComplaintCommand.Triage(
            Nature.Complaint, Category.ServiceQuality, [], Severity.Ordinary, TestCompany.OtherEngineer.Id, null),
            TestCompany.HyDuty);
        var accused = await app.TextAsync(TestCompany.OtherEngineer.Phone.Value, "1 HY26-1");
        var unknown = await app.TextAsync(TestCompany.OtherEngineer.Phone.Value, "1 HY26-9");
        Assert.Equal(unknown.Replace("HY26-9", "HY26-1", StringComparison.Ordinal), accused);
        var other = await app.TextAsync(s_accountant, "3 HY26-1 换了水泵轴承");
        Assert.Contains("不是您的事项", other, StringComparison.Ordinal);
        Assert.Null((await app.StateAsync(complaint)).Resolution);
    }

    [Fact]
    public async Task Given_a_result_was_shown_When_a_day_passed_or_the_complaint_moved_on_Then_a_yes_changes_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.TextAsync(s_engineer, "水泵已经修好了 HY26-1");
        app.Time.Advance(TimeSpan.FromHours(25));
        Assert.Contains("没有发出", await app.TextAsync(s_engineer, "是 HY26-1"), StringComparison.Ordinal);
        Assert.Contains("没有等您确认", await app.TextAsync(s_engineer, "确认 HY26-1"), StringComparison.Ordinal);
        await app.TextAsync(s_engineer, "水泵已经修好了呀 HY26-1");
        await app.DoAsync(
            complaint, new ComplaintCommand.Assign(TestCompany.OtherEngineer.Id, "换人"), TestCompany.EngineeringHead);
        Assert.Contains("没有变动", await app.TextAsync(s_engineer, "是"), StringComparison.Ordinal);
        Assert.Null((await app.StateAsync(complaint)).Resolution);
    }

    [Fact]
    public async Task Given_a_result_was_shown_When_no_is_said_or_another_is_sent_Then_the_first_is_not_sent()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.TextAsync(s_engineer, "1 HY26-1");
        await app.TextAsync(s_engineer, "水泵已经修好了 HY26-1");
        Assert.Contains("没有发出", await app.TextAsync(s_engineer, "不，先别发"), StringComparison.Ordinal);
        await app.TextAsync(s_engineer, "水泵已经修好了呢 HY26-1");
        await app.TextAsync(s_engineer, "阀门已经修好了 HY26-1");
        await app.TextAsync(s_engineer, "好的");
        Assert.Equal("阀门已经修好了", (await app.StateAsync(complaint)).Resolution?.Text.Value);
    }

    [Fact]
    public async Task Given_a_result_was_shown_and_something_new_waits_When_ok_is_said_Then_it_is_asked_for_what()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.TextAsync(s_engineer, "水泵已经修好了 HY26-1");
        var order = await app.OrderAsync();
        var reply = await app.TextAsync(s_engineer, "好的");
        Assert.Contains("是 HY26-1", reply, StringComparison.Ordinal);
        Assert.Null((await app.StateAsync(complaint)).Resolution);
        Assert.Equal(OrderStage.Assigned, (await app.StateAsync(order)).Stage);
        await app.TextAsync(s_engineer, "是");
        Assert.NotNull((await app.StateAsync(complaint)).Resolution);
    }

    [Fact]
    public async Task Given_the_result_was_asked_for_When_it_is_too_late_or_a_plan_Then_no_text_is_taken_for_it()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.TextAsync(s_engineer, "搞定 HY26-1");
        Assert.Contains("已记录到HY26-1", await app.TextAsync(s_engineer, "明天再换轴承"), StringComparison.Ordinal);
        app.Time.Advance(TimeSpan.FromMinutes(31));
        await app.TextAsync(s_engineer, "水泵轴承");
        await app.TextAsync(s_engineer, "是");
        Assert.Null((await app.StateAsync(complaint)).Resolution);
        await app.TextAsync(s_engineer, "搞定啦 HY26-1");
        Assert.Contains("『搞定了』", await app.TextAsync(s_engineer, "搞定了"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_an_order_Then_the_same_words_serve_and_only_plain_progress_is_told_to_the_resident()
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.OrderAsync();
        await app.TextAsync(s_engineer, "收到 HY26-W1");
        Assert.Contains("已告知", await app.TextAsync(s_engineer, "在路上 HY26-W1"), StringComparison.Ordinal);
        Assert.Contains("已记录", await app.TextAsync(s_engineer, "业主说修好了 HY26-W1"), StringComparison.Ordinal);
        Assert.DoesNotContain(app.Sms.Sent, m => m.To == TestCompany.ResidentPhone
            && m.Text.Contains("业主说", StringComparison.Ordinal));
        var events = (await app.Get<OrderKind>().LoadAsync(order.Stream, Ct))!.Events.Select(e => e.Event).ToList();
        Assert.Equal("业主说修好了", Assert.Single(events.OfType<OrderEvent.WorkerNoted>()).Text.Value);
        await app.TextAsync(s_engineer, "修好了 HY26-W1 换了阀芯，试水正常");
        Assert.Equal(OrderStage.Done, (await app.StateAsync(order)).Stage);
    }

    [Fact]
    public async Task Given_the_same_message_is_brought_again_or_handled_again_Then_nothing_more_happens()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.SettleAsync();
        var inbox = app.Get<SmsInbox>();
        Assert.True(await inbox.ReceiveAsync(new SmsReceived("m1", s_engineer, "收到，明天上午去"), Ct));
        var streams = app.Get<ConversationStreams>();
        var stream = streams.StreamOf(Channel.Sms, s_engineer);
        var before = (await streams.LoadAsync(stream, Ct))!;
        // The first time it stops after keeping what waited, the second after doing it, before the answer is kept.
        var incoming = (ConversationEvent.Incoming)before.Lines[^1].Event;
        Assert.Null(await HandleAsync(app, before, before.Lines[^1], incoming));
        var kept = (await streams.LoadAsync(stream, Ct))!;
        var first = await HandleAsync(app, kept, before.Lines[^1], incoming);
        // By now the first waits no more and another does: what came before it must not touch it.
        var other = await app.OpenAsync("又有一部电梯坏了", sourceId: "second");
        await app.Get<Pump>().AdvanceAsync(complaint.Stream, Ct);
        await app.Get<Pump>().AdvanceAsync(other.Stream, Ct);
        await app.SweepAsync();
        Assert.False(await inbox.ReceiveAsync(new SmsReceived("m1", s_engineer, "收到，明天上午去"), Ct));
        await app.SettleAsync();
        var events = (await app.Get<ComplaintKind>().LoadAsync(complaint.Stream, Ct))!.Events;
        Assert.Single(events, e => e.Event is ComplaintEvent.Accepted);
        Assert.Single(events, e => e.Event is ComplaintEvent.Noted);
        var second = (await app.Get<ComplaintKind>().FindAsync(new MatterNumber(TestCompany.HY, "", 2026, 2), Ct))!;
        Assert.Equal(Stage.Assigned, second.State.Stage);
        var replies = (await streams.LoadAsync(stream, Ct))!.Lines.Select(l => l.Event)
            .OfType<ConversationEvent.Handled>();
        Assert.Equal(first!.Replies[0].Text, Assert.Single(replies).Replies[0].Text);
    }

    [Fact]
    public async Task Given_any_answer_of_the_grammar_Then_it_fits_two_segments()
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync();
        await app.OrderAsync();
        foreach (var text in (string[])
            ["?", "1", "1 HX26-2", "HY26-1", "在哪 HY26-1", "没修好 HY26-1", "搞不定 HY26-1", "1 HY26-99", "1 HY26-1 HY26-W1",
                "搞定 HY26-1", "水泵已经修好了，" + new string('换', 300) + " HY26-1", "2 HY26-1", "1 HY26-1 3 HY26-W1"])
        {
            var reply = await app.TextAsync(s_engineer, text);
            Assert.True(SmsText.Segments(reply) <= SmsText.MostSegments, $"{text}: {reply}");
        }
    }

    private static Task<ConversationEvent.Handled?> HandleAsync(
        TestApp app, LoadedConversation conversation, Line line, ConversationEvent.Incoming incoming) =>
        app.Get<StaffReplies>().HandleAsync(conversation, line, incoming, TestCompany.Engineer, Ct);

    private static async Task<string?> NotedAsync(TestApp app, LoadedMatter<Complaint> complaint) =>
        (await EventAsync<ComplaintEvent.Noted>(app, complaint))?.Text.Value;

    private static async Task<T?> EventAsync<T>(TestApp app, LoadedMatter<Complaint> complaint)
        where T : class =>
        (await app.Get<ComplaintKind>().LoadAsync(complaint.Stream, Ct))!.Events.Select(e => e.Event).OfType<T>()
            .LastOrDefault();

    private static string Folded(string? text) => WordList.Fold(text ?? "");
}
