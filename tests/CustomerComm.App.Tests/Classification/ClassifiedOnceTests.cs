using CustomerComm.App.Classification;
using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Tests.Conversations;
using CustomerComm.App.Tests.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Tests.Classification;

/// <summary>A text is classified once on its way in, whichever way it comes and whatever it becomes.</summary>
public sealed class ClassifiedOnceTests : IAsyncLifetime
{
    private readonly CountingClassifier _classifier = new();
    private TestApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _app = await TestApp.StartAsync(s => s.AddSingleton<Classifier>(_classifier));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("三号楼的电梯坏了三天，没人来修", "HY-2026-000001")]
    [InlineData("厨房水龙头关不上，麻烦安排师傅看一下", "HY-W-2026-000001")]
    public async Task A_text_message_is_classified_once_be_it_a_complaint_or_a_repair(string text, string number)
    {
        Assert.Contains(number, await _app.TextAsync(TestCompany.ResidentPhone, text), StringComparison.Ordinal);
        Assert.Equal([text], _classifier.Texts);
    }

    [Theory]
    [InlineData("三号楼的电梯坏了三天，没人来修", "HY-2026-000001")]
    [InlineData("厨房水龙头关不上，麻烦安排师傅看一下", "HY-W-2026-000001")]
    public async Task A_chat_is_classified_once_and_what_answers_a_question_not_at_all(string text, string number)
    {
        foreach (var said in new[] { text, "和园", "是", "不限", "跳过" })
            await SayAsync(said);
        Assert.Contains(number, await SayAsync("确认登记"), StringComparison.Ordinal);
        Assert.Equal([text], _classifier.Texts);
    }

    [Fact]
    public async Task What_is_added_while_it_is_written_is_classified_once_by_itself_and_once_with_the_rest()
    {
        string[] all = ["垃圾没人收，臭死了", "上个星期开始就这样一直没有人管", "还有老鼠在楼道里跑来跑去", "电梯也坏了，你们到底管不管"];
        await SayAsync(all[0]);
        await SayAsync("和园");
        foreach (var more in all[1..])
            await SayAsync(more);
        // Each message by itself, for it may report a danger, and what is written so far; nothing of it twice.
        var whole = Enumerable.Range(1, 4).Select(n => string.Join('\n', all[..n]));
        Assert.Equal(all.Concat(whole).Distinct().Order(), _classifier.Texts.Order());
    }

    [Fact]
    public async Task What_takes_up_a_complaint_that_is_over_is_classified_once()
    {
        await _app.TextAsync(TestCompany.ResidentPhone, "三号楼的电梯坏了三天，没人来修");
        var complaint = Assert.Single(await _app.ComplaintsAsync());
        await _app.Get<ComplaintKind>().HandleAsync(
            complaint.Stream, new ComplaintCommand.Withdraw(Channel.Sms, null), new Actor.Resident(), null, Ct);
        await _app.SettleAsync();
        _classifier.Texts.Clear();
        _app.Time.Advance(TimeSpan.FromHours(1));

        const string again = "电梯还是没修好，今天又停了";
        await _app.TextAsync(TestCompany.ResidentPhone, again);
        Assert.Equal([again], _classifier.Texts);
        Assert.Equal(
            complaint.State.Number, (await _app.ComplaintsAsync()).Single(c => c.State.Open).State.Intake.Follows);
    }

    [Fact]
    public async Task A_complaint_and_an_order_of_another_system_are_classified_once_and_a_repetition_not_at_all()
    {
        await _app.OpenAsync("楼道灯不亮好几天了", sourceId: "api:1");
        await _app.OpenAsync("楼道灯不亮好几天了", sourceId: "api:1");
        Assert.Single(_classifier.Texts);
        await _app.OrderAsync(OrderWorld.Request("厨房水管漏水，请派人来修", source: "api:2"));
        Assert.Equal(2, _classifier.Texts.Count);
    }

    private async Task<string> SayAsync(string text)
    {
        var streams = _app.Get<ConversationStreams>();
        await streams.SaveAsync(Channel.Chat, "chat-1", Guid.NewGuid().ToString("N"), text, _ => null, Ct);
        await _app.SettleAsync();
        var conversation = await streams.LoadAsync(streams.StreamOf(Channel.Chat, "chat-1"), Ct);
        var handled = Assert.IsType<ConversationEvent.Handled>(conversation!.Lines[^1].Event);
        return handled.Replies[^1].Text.Value;
    }
}
