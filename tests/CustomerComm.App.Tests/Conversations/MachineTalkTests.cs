using CustomerComm.App.Conversations;
using CustomerComm.App.Registers;
using CustomerComm.Domain;
using CustomerComm.Domain.Registers;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>What a machine sent is told from what a person did, never by a phrase alone.</summary>
public sealed class MachineTalkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("【自动回复】您好，我现在不方便接听，稍后联系您。")]
    [InlineData("[自动回复]您好，我现在有事不在，一会再和您联系。")]
    [InlineData("自动回复：我正在开会，稍后回复您")]
    [InlineData("自動回覆：您好，我現在不在")]
    [InlineData("自动回复")]
    [InlineData("Auto-reply: I am out of office until Monday.")]
    [InlineData("[Auto-Reply] Thanks, I will get back to you on Monday")]
    [InlineData("AUTOMATIC REPLY: on leave till 3 Jan")]
    [InlineData("I am currently out of office")]
    [InlineData("I’m currently out of the office and will answer next week.")]
    [InlineData("Out of office: back on Monday")]
    public async Task Given_a_text_that_is_an_automatic_reply_as_a_whole_Then_it_is_told(string text)
    {
        await using var app = await TestApp.StartAsync();
        Assert.True(app.Get<MachineTalk>().IsAutomatic(text.Replace('’', '\'')));
    }

    [Theory]
    [InlineData("你们公众号的自动回复一点用没有，我家跳闸三次了，现在全屋没电")]
    [InlineData("自动回复一点用没有")]
    [InlineData("自动回复说等十分钟，我等了一小时，水还在漏")]
    [InlineData("自动回复：我家厨房漏水了，快来人")]
    [InlineData("[自动回复] 三号楼电梯坏了，有人被困")]
    [InlineData("out of office hours your guard smokes in the lobby")]
    [InlineData("Auto-reply or not, my kitchen ceiling is leaking")]
    [InlineData("Automatic reply: my kitchen ceiling is leaking")]
    [InlineData("I am currently out of office and the neighbour tells me my flat is flooded, water everywhere")]
    [InlineData("I got an auto-reply and nobody came: the lift is stuck")]
    [InlineData("家里停电了")]
    [InlineData("")]
    public async Task Case_12_Given_a_complaint_with_such_words_in_it_Then_a_person_wrote_it(string text)
    {
        await using var app = await TestApp.StartAsync();
        Assert.False(app.Get<MachineTalk>().IsAutomatic(text));
    }

    [Fact]
    public async Task Case_12_Given_a_complaint_about_automatic_replies_When_it_comes_Then_it_is_a_complaint()
    {
        await using var app = await TestApp.StartAsync();
        await SayAsync(app, "1", "你们公众号的自动回复一点用没有，我家跳闸三次了，现在全屋没电");
        Assert.Single(app.Sms.Sent, m => m.To == TestCompany.ResidentPhone && m.Text.Contains("HY-2026-000001"));
    }

    [Fact]
    public async Task Case_14_Given_the_same_words_within_seconds_Then_they_change_nothing_and_hours_later_they_are_an_event()
    {
        await using var app = await TestApp.StartAsync();
        await SayAsync(app, "1", "家里又停电了快来人看看");
        await SayAsync(app, "1", "家里又停电了快来人看看");
        app.Time.Advance(TimeSpan.FromSeconds(8));
        await SayAsync(app, "2", "家里又停电了快来人看看");
        Assert.Single(app.Sms.Sent, m => m.To == TestCompany.ResidentPhone);
        Assert.Equal([null, Apart.Repeated], await ApartAsync(app));
        app.Time.Advance(TimeSpan.FromHours(3));
        await SayAsync(app, "3", "家里又停电了快来人看看");
        Assert.Equal([null, Apart.Repeated, null], await ApartAsync(app));
        Assert.True(app.Sms.Sent.Count(m => m.To == TestCompany.ResidentPhone) >= 2);
    }

    [Fact]
    public async Task Given_a_machine_unknown_by_its_words_When_it_answers_whatever_we_say_Then_it_ends()
    {
        await using var app = await TestApp.StartAsync();
        var answered = -1;
        for (var i = 0; i < 20 && app.Sms.Sent.Count(m => m.To == TestCompany.ResidentPhone) is var sent && sent > answered; i++)
        {
            answered = sent;
            await SayAsync(app, $"{i}", "您好，机主正在开车，有事请留言，稍后给您回电话");
            app.Time.Advance(TimeSpan.FromSeconds(12));
        }

        Assert.Equal([null, null, Apart.AutomaticReply], await ApartAsync(app));
    }

    [Fact]
    public async Task Given_a_short_answer_again_behind_our_question_Then_it_counts_and_without_one_it_is_a_repetition()
    {
        await using var app = await TestApp.StartAsync();
        await SayAsync(app, "1", "你好");
        await SayAsync(app, "2", "你好");
        var inbox = app.Get<SmsInbox>();
        await inbox.ReceiveAsync(new SmsReceived("3", TestCompany.ResidentPhone, "是"), Ct);
        await inbox.ReceiveAsync(new SmsReceived("4", TestCompany.ResidentPhone, "是"), Ct);
        Assert.Equal([null, null, null, Apart.Repeated], await ApartAsync(app));
    }

    [Theory]
    [InlineData("10086", Apart.UnknownSender)]
    [InlineData("ALIPAY", Apart.UnknownSender)]
    [InlineData("", Apart.UnknownSender)]
    [InlineData("own", Apart.OwnNumber)]
    public async Task Given_a_sender_that_cannot_be_answered_When_it_writes_Then_it_stands_in_the_register_with_why(
        string from, Apart expected)
    {
        await using var app = await TestApp.StartAsync();
        var sender = from == "own" ? TestCompany.Phone(99) : from;
        await app.Get<SmsInbox>().ReceiveAsync(new SmsReceived("1", sender, "楼道灯坏了"), Ct);
        await app.SweepAsync();
        var register = await app.Get<RegisterKind>().FindAsync(
            new RegisterKey(TestCompany.HY, new PostId("office"), "2026-03"), Ct);
        var entry = Assert.Single(register!.Entries);
        Assert.Equal((expected, "楼道灯坏了"), (entry.Entered.Apart, entry.Entered.Text!.Value.Value));
        Assert.Equal(expected == Apart.UnknownSender, entry.SetAside);
        Assert.DoesNotContain(app.Sms.Sent, m => m.To == sender);
    }

    private static async Task SayAsync(TestApp app, string id, string text)
    {
        await app.Get<SmsInbox>().ReceiveAsync(new SmsReceived(id, TestCompany.ResidentPhone, text), Ct);
        await app.SweepAsync();
    }

    private static async Task<List<Apart?>> ApartAsync(TestApp app)
    {
        var streams = app.Get<ConversationStreams>();
        var conversation = await streams.LoadAsync(streams.StreamOf(Channel.Sms, TestCompany.ResidentPhone), Ct);
        return [.. conversation!.Lines.Select(l => l.Event).OfType<ConversationEvent.Incoming>().Select(i => i.Apart)];
    }
}
