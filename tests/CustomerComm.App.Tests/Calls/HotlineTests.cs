using CustomerComm.App.Conversations;
using CustomerComm.Domain;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Calls;

/// <summary>Whatever a contact was about, its last word is the complaint number (4.5.1, 4.6.1-1).</summary>
public sealed class HotlineTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, Clause("4.5.1"), Clause("4.6.1-1")]
    [InlineData("你好")]
    [InlineData("hello")]
    [InlineData("楼道灯坏了")]
    [InlineData("The lift is broken")]
    [InlineData("楼道灯坏了", "进度")]
    [InlineData("楼道灯坏了", "补充 是三楼")]
    [InlineData("楼道灯坏了", "撤回")]
    [InlineData("楼道灯坏了", "撤回", "撤回")]
    [InlineData("楼道灯坏了", "同意")]
    [InlineData("HY-2026-999999")]
    public async Task Given_a_text_message_When_answered_Then_the_hotline_is_in_the_last_reply(params string[] texts)
    {
        await using var app = await TestApp.StartAsync();
        for (var i = 0; i < texts.Length; i++)
        {
            await app.Get<SmsInbox>().ReceiveAsync(new SmsReceived($"m{i}", TestCompany.ResidentPhone, texts[i]), Ct);
            await app.SweepAsync();
            app.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var last = app.Sms.Sent.Last(m => m.To == TestCompany.ResidentPhone);
        Assert.Contains(TestCompany.Phone(90), last.Text, StringComparison.Ordinal);
    }

    [Theory, Clause("4.5.1")]
    [InlineData("你好")]
    [InlineData("电梯坏了", "和园", "取消")]
    [InlineData("电梯坏了", "和园", "是", "没有要求", "跳过", "确认登记")]
    [InlineData("电梯坏了", "和园", "是", "没有要求", "跳过", "确认登记", "进度")]
    [InlineData("HY-2026-999999")]
    public async Task Given_a_chat_When_it_ends_Then_the_hotline_is_in_the_last_reply(params string[] texts)
    {
        await using var app = await TestApp.StartAsync();
        var streams = app.Get<ConversationStreams>();
        for (var i = 0; i < texts.Length; i++)
        {
            await streams.SaveAsync(Channel.Chat, "chat-1", $"m{i}", texts[i], _ => null, Ct);
            await app.SweepAsync();
        }

        var conversation = (await streams.LoadAsync(streams.StreamOf(Channel.Chat, "chat-1"), Ct))!;
        var handled = (ConversationEvent.Handled)conversation.Lines.Last(l => l.Event is ConversationEvent.Handled).Event;
        Assert.Equal(Turn.Idle, handled.State.Turn);
        Assert.Contains(TestCompany.Phone(90), handled.Replies[^1].Text.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_question_in_between_When_asked_Then_the_hotline_is_not_repeated()
    {
        await using var app = await TestApp.StartAsync();
        var streams = app.Get<ConversationStreams>();
        await streams.SaveAsync(Channel.Chat, "chat-1", "m", "电梯坏了", _ => null, Ct);
        await app.SweepAsync();
        var conversation = (await streams.LoadAsync(streams.StreamOf(Channel.Chat, "chat-1"), Ct))!;
        var handled = (ConversationEvent.Handled)conversation.Lines.Last(l => l.Event is ConversationEvent.Handled).Event;
        Assert.DoesNotContain(TestCompany.Phone(90), handled.Replies[^1].Text.Value, StringComparison.Ordinal);
    }
}
