using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Orders;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Orders;

/// <summary>Orders by text message: residents ask, workers answer with a code.</summary>
[Clause("4.2.4")]
public sealed class OrderTalkTests
{
    private static readonly string s_engineer = TestCompany.Engineer.Phone.Value;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_repair_asked_for_by_text_message_Then_it_is_an_order_numbered_at_once_and_no_complaint()
    {
        await using var app = await TestApp.StartAsync();
        var reply = await app.TextAsync(TestCompany.ResidentPhone, "厨房水龙头关不上，麻烦安排师傅看一下");
        Assert.Contains("HY-W-2026-000001", reply, StringComparison.Ordinal);
        Assert.Contains(TestCompany.Phone(90), reply, StringComparison.Ordinal);
        Assert.Contains("3月", reply, StringComparison.Ordinal);
        Assert.Null(await app.Get<ComplaintKind>().FindAsync(new MatterNumber(TestCompany.HY, "", 2026, 1), Ct));
        Assert.Contains(app.Sms.Sent, m => m.To == s_engineer && m.Text.Contains("HY26-W1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_a_complaint_about_a_repair_Then_it_stays_a_complaint()
    {
        await using var app = await TestApp.StartAsync();
        var reply = await app.TextAsync(TestCompany.ResidentPhone, "家里灯坏了，报修三次都没人来修");
        Assert.Contains("HY-2026-000001", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_worker_answers_with_the_code_Then_each_verb_has_its_effect_once()
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.OrderAsync();
        Assert.Contains("已接单", await app.TextAsync(s_engineer, "1 HY26-W1"), StringComparison.Ordinal);
        Assert.Contains("已告知", await app.TextAsync(s_engineer, "5 hy26-w1 配件已订，明早到"), StringComparison.Ordinal);
        Assert.Contains(
            app.Sms.Sent, m => m.To == TestCompany.ResidentPhone && m.Text.Contains("配件已订", StringComparison.Ordinal));
        Assert.Contains("完工", await app.TextAsync(s_engineer, "3 HY26-W1 换了阀芯，不漏了"), StringComparison.Ordinal);
        var s = await app.StateAsync(order);
        Assert.Equal((OrderStage.Done, "换了阀芯，不漏了"), (s.Stage, s.Result?.Value));
        Assert.Contains("没有", await app.TextAsync(s_engineer, "1 HY26-W99"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_worker_declines_without_a_reason_Then_it_says_so_and_with_one_the_head_hears_of_it()
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.OrderAsync();
        await app.TextAsync(s_engineer, "2 HY26-W1");
        Assert.NotNull((await app.StateAsync(order)).Worker);
        await app.TextAsync(s_engineer, "2 HY26-W1 今天休息");
        Assert.Null((await app.StateAsync(order)).Worker);
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.EngineeringHead.Phone.Value
            && m.Text.Contains("今天休息", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_no_code_When_one_order_waits_Then_it_is_meant_and_with_a_complaint_waiting_too_a_code_is_asked_for()
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.OrderAsync();
        await app.SettleAsync();
        await app.TextAsync(s_engineer, "1");
        Assert.Equal(OrderStage.InProgress, (await app.StateAsync(order)).Stage);
        var complaint = await app.OpenAsync();
        var second = await app.OrderAsync(OrderWorld.Request(source: "second"));
        Assert.Contains("HY26-1", await app.TextAsync(s_engineer, "1"), StringComparison.Ordinal);
        Assert.Equal(OrderStage.Assigned, (await app.StateAsync(second)).Stage);
        await app.TextAsync(s_engineer, "3 HY26-1 修好了电梯");
        Assert.NotNull((await app.StateAsync(complaint)).Resolution);
    }

    [Theory]
    [InlineData("同意", true)]
    [InlineData("不同意", false)]
    [InlineData("同意 HY26-W1", true)]
    [InlineData("disagree HY26-W1", false)]
    public async Task Given_an_amendment_When_the_resident_answers_by_text_message_Then_it_is_taken(string text, bool agreed)
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.OrderAsync();
        await app.DoAsync(order, new OrderCommand.ProposeAmendment("加收120元", null, null, "阀体已裂"), TestCompany.Engineer);
        await app.TextAsync(TestCompany.ResidentPhone, text);
        var s = await app.StateAsync(order);
        Assert.Null(s.Amendment);
        Assert.Equal(agreed ? "加收120元" : null, s.Price?.Value);
    }

    [Fact]
    public async Task Given_another_phone_names_the_number_Then_it_learns_nothing_and_changes_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.OrderAsync();
        await app.DoAsync(order, new OrderCommand.ProposeAmendment("加收120元", null, null, "阀体已裂"), TestCompany.Engineer);
        var there = await app.TextAsync(TestCompany.Phone(52), "同意 HY26-W1");
        var notThere = await app.TextAsync(TestCompany.Phone(52), "同意 HY26-W7");
        Assert.Equal(notThere, there);
        Assert.NotNull((await app.StateAsync(order)).Amendment);
    }

    [Fact]
    public async Task Given_the_resident_asks_adds_and_cancels_by_text_message_Then_each_is_answered()
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.OrderAsync();
        Assert.Contains("HY-W-2026-000001", await app.TextAsync(TestCompany.ResidentPhone, "进度"), StringComparison.Ordinal);
        await app.TextAsync(TestCompany.ResidentPhone, "HY26-W1 周三下午在家");
        Assert.Contains(app.Sms.Sent, m => m.To == s_engineer && m.Text.Contains("周三下午在家", StringComparison.Ordinal));
        await app.TextAsync(TestCompany.ResidentPhone, "取消 HY26-W1");
        Assert.Equal(OrderOutcome.Cancelled, (await app.StateAsync(order)).Outcome);
    }

    [Fact]
    public async Task Given_words_of_complaint_with_the_code_Then_a_complaint_is_opened_and_not_a_note()
    {
        await using var app = await TestApp.StartAsync();
        await app.OrderAsync();
        var reply = await app.TextAsync(TestCompany.ResidentPhone, "我要投诉HY26-W1，师傅态度太差，太不负责任了");
        Assert.Contains("HY-2026-000001", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 HY26-W12", "HY-W-2026-000012")]
    [InlineData("hy26 - w7", "HY-W-2026-000007")]
    [InlineData("HY-W-2026-000345 好了", "HY-W-2026-000345")]
    [InlineData("1 HY26-12", null)]
    [InlineData("HY-2026-000012", null)]
    public void Given_a_text_When_read_Then_only_codes_of_orders_are_found(string text, string? expected) =>
        Assert.Equal(expected, MatterCode.Find(text, OrderKind.Letter, 2026)?.ToString());

    [Fact]
    public void Given_codes_of_orders_Then_no_code_of_a_complaint_reads_like_them() =>
        Assert.All(["HY26-W12", "HY-W-2026-000012"], text => Assert.Null(MatterCode.Find(text, MatterNumber.Complaint, 2026)));
}
