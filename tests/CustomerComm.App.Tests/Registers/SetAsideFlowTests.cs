using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Tests.Registers;

/// <summary>What nothing can be made of goes to a person, who makes a complaint of it or says what it was.</summary>
public sealed class SetAsideFlowTests
{
    private const string Poison = "炸";
    private static readonly RegisterKey s_march = new(TestCompany.HY, new PostId("office"), "2026-03");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact, Clause("4.6.2-1")]
    public async Task Given_a_message_that_kills_the_talk_Then_within_a_minute_a_person_has_it_and_the_next_one_is_heard()
    {
        await using var app = await TestApp.StartAsync(s => s.AddSingleton<IIncomingHandler, Exploding>());
        await SayAsync(app, "1", "楼道里有东西" + Poison);
        await SayAsync(app, "2", "电梯坏了三天没人修");
        Assert.DoesNotContain(app.Sms.Sent, m => m.To == TestCompany.ResidentPhone);
        await PassAsync(app, TimeSpan.FromSeconds(59));

        var told = app.Sms.Sent.Where(m => m.To == TestCompany.ResidentPhone).Select(m => m.Text).ToList();
        Assert.Contains(told, t => t.Contains("值班人员", StringComparison.Ordinal) && t.Contains('0', StringComparison.Ordinal));
        Assert.Contains(told, t => t.Contains("HY-2026-000001", StringComparison.Ordinal));
        var entry = Assert.Single((await RegisterAsync(app)).Entries, e => e.Entered.Apart == Apart.Failed);
        Assert.Equal("楼道里有东西" + Poison, entry.Entered.Text!.Value.Value);
        Assert.True(entry.SetAside);
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.HyDuty.Phone.Value && m.Text.Contains("处理失败"));
        Assert.Equal(1, await app.Get<SetAside>().CountAsync(Ct));
        var owed = await app.Get<ITables>().Of<ObligationRow>().QueryAsync("unit:HY:Office", null, null, 50, null, Ct);
        Assert.Single(owed.Rows, r => r.Kind == nameof(ObligationKind.SeeToContact));
    }

    [Fact]
    public async Task Given_a_failure_that_passes_When_tried_again_Then_nobody_hears_of_it()
    {
        var exploding = new Exploding { Times = 2 };
        await using var app = await TestApp.StartAsync(s => s.AddSingleton<IIncomingHandler>(exploding));
        await SayAsync(app, "1", "电梯坏了三天没人修" + Poison);
        await PassAsync(app, TimeSpan.FromSeconds(59));
        Assert.Single(app.Sms.Sent, m => m.Text.Contains("HY-2026-000001", StringComparison.Ordinal)
            && m.To == TestCompany.ResidentPhone);
        Assert.Equal(0, await app.Get<SetAside>().CountAsync(Ct));
    }

    [Fact]
    public async Task Given_a_complaint_half_written_When_its_next_words_cannot_be_handled_Then_all_of_it_goes_to_the_person()
    {
        await using var app = await TestApp.StartAsync(s => s.AddSingleton<IIncomingHandler, Exploding>());
        var streams = app.Get<ConversationStreams>();
        await streams.SaveAsync(Channel.Chat, "c1", "m1", "厨房天花板一直在滴水" + Poison, _ => null, Ct);
        await PassAsync(app, TimeSpan.FromSeconds(59));
        var entry = Assert.Single((await RegisterAsync(app)).Entries);
        Assert.Equal("厨房天花板一直在滴水" + Poison, entry.Entered.Text!.Value.Value);
        var conversation = await streams.LoadAsync(streams.StreamOf(Channel.Chat, "c1"), Ct);
        var said = Assert.Single(conversation!.Lines.Select(l => l.Event).OfType<ConversationEvent.Handled>());
        Assert.Contains("值班人员", Assert.Single(said.Replies).Text.Value, StringComparison.Ordinal);
    }

    [Fact, Clause("4.6.2-1")]
    public async Task Given_what_was_set_aside_When_it_is_taken_up_Then_it_is_a_complaint_of_its_sender_once_and_linked()
    {
        await using var app = await TestApp.StartAsync(s => s.AddSingleton<IIncomingHandler, Exploding>());
        await SayAsync(app, "1", "三号楼门禁坏了" + Poison);
        await PassAsync(app, TimeSpan.FromSeconds(59));
        var entry = Assert.Single((await RegisterAsync(app)).Entries);
        var acts = app.Get<RegisterComplaints>();
        Assert.True(acts.May(await RegisterAsync(app), entry, TestCompany.HyGuard));
        Assert.False(acts.May(await RegisterAsync(app), entry, TestCompany.JxDuty));
        Assert.IsType<TakenUp.Refused>(await acts.OpenAsync(s_march, entry.Number, TestCompany.JxDuty, Ct));

        var opened = Assert.IsType<TakenUp.Opened>(
            await acts.OpenAsync(s_march, entry.Number, TestCompany.HyGuard, Ct)).Complaint;
        var again = Assert.IsType<TakenUp.Opened>(
            await acts.OpenAsync(s_march, entry.Number, TestCompany.HyGuard, Ct)).Complaint;
        Assert.Equal(opened.Number, again.Number);
        Assert.Equal(
            ("三号楼门禁坏了" + Poison, TestCompany.ResidentPhone, Channel.Sms, TestCompany.HyGuard.Id),
            (opened.Intake.Text.Value, opened.Intake.Contact.Phone!.Value.Value, opened.Intake.Channel,
                opened.Intake.EnteredBy));
        await app.SweepAsync();
        var now = (await RegisterAsync(app)).Entries[entry.Number - 1];
        Assert.Equal((opened.Number.ToString(), false), (now.Subject!.Number, now.SetAside));
        Assert.Equal(0, await app.Get<SetAside>().CountAsync(Ct));
        Assert.Equal("HY-2026-000002", (await app.OpenAsync()).State.Number.ToString());
    }

    [Fact]
    public async Task Given_what_was_set_aside_When_somebody_says_what_it_was_Then_it_is_off_the_list_and_can_still_be_taken_up()
    {
        await using var app = await TestApp.StartAsync();
        await app.Get<SmsInbox>().ReceiveAsync(new SmsReceived("1", "10086", "您的话费余额不足"), Ct);
        await app.SweepAsync();
        var registers = app.Get<RegisterKind>();
        var done = await registers.SeeToAsync(s_march, 1, "运营商通知", new Actor.Staff(TestCompany.HyDuty), null, Ct);
        Assert.IsType<MatterResult<Register>.Done>(done);
        await app.SweepAsync();
        Assert.Equal(0, await app.Get<SetAside>().CountAsync(Ct));
        var row = await app.Get<ITables>().Of<ContactRow>().GetAsync("HY-office-2026-03", RegisterKind.RowKeyOf(1), Ct);
        Assert.Equal(("UnknownSender", "s-hy-duty"), (row!.Apart, row.SeenToBy));
        Assert.Equal("10086", Assert.IsType<TakenUp.Opened>(
            await app.Get<RegisterComplaints>().OpenAsync(s_march, 1, TestCompany.HyDuty, Ct)).Complaint
            .Intake.Contact.Name!.Value.Value);
    }

    [Fact, Clause("4.6.1-2-D")]
    public async Task Given_words_against_a_manager_that_failed_When_taken_up_Then_the_register_never_shows_them()
    {
        await using var app = await TestApp.StartAsync(s => s.AddSingleton<IIncomingHandler, Exploding>());
        await SayAsync(app, "1", "投诉管理处主任收钱不办事" + Poison);
        await PassAsync(app, TimeSpan.FromSeconds(59));
        var entry = Assert.Single((await RegisterAsync(app)).Entries);
        Assert.Null(entry.Entered.Text);
        Assert.True(entry.SetAside);
        var opened = Assert.IsType<TakenUp.Opened>(
            await app.Get<RegisterComplaints>().OpenAsync(s_march, 1, TestCompany.HyDuty, Ct)).Complaint;
        Assert.Contains("收钱不办事", opened.Intake.Text.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_advertising_that_nobody_stands_up_for_When_a_day_passed_Then_the_register_shows_it_as_such()
    {
        await using var app = await TestApp.StartAsync();
        await SayAsync(app, "1", "【装修公司】全屋定制五折优惠，点击领取优惠券，回T退订");
        await PassAsync(app, TimeSpan.FromHours(25));
        var entry = Assert.Single((await RegisterAsync(app)).Entries);
        Assert.Equal(
            (Apart.Spam, false, true), (entry.Entered.Apart, entry.SetAside, entry.Entered.Text is not null));
    }

    [Fact]
    public async Task Given_bytes_that_are_no_text_When_kept_Then_they_stand_there_once_however_often_they_come()
    {
        await using var app = await TestApp.StartAsync();
        var aside = app.Get<SetAside>();
        for (var i = 0; i < 3; i++)
            await aside.KeepAsync(new byte[] { 0xFF, 0xFE, 0x00, 0xD8 }, "body: no JSON", Ct);
        await aside.KeepAsync("{\"a\":1}"u8.ToArray(), "[0].data: missing", Ct);
        await app.SweepAsync();
        var entries = (await RegisterAsync(app)).Entries;
        Assert.Equal(2, entries.Count);
        Assert.Contains("base64 //4A2A==", entries[0].Entered.Text!.Value.Value, StringComparison.Ordinal);
        Assert.Contains("{\"a\":1}", entries[1].Entered.Text!.Value.Value, StringComparison.Ordinal);
        Assert.Equal(2, await aside.CountAsync(Ct));
    }

    private static async Task<Register> RegisterAsync(TestApp app) =>
        (await app.Get<RegisterKind>().FindAsync(s_march, Ct))!;

    private static async Task SayAsync(TestApp app, string id, string text)
    {
        await app.Get<SmsInbox>().ReceiveAsync(new SmsReceived(id, TestCompany.ResidentPhone, text), Ct);
        await app.SweepAsync();
    }

    /// <summary>Lets time pass as a host does: it wakes whenever something is due.</summary>
    private static async Task PassAsync(TestApp app, TimeSpan span)
    {
        var end = app.Time.GetUtcNow() + span;
        while (app.Time.GetUtcNow() < end)
        {
            var next = await app.Get<IEventStore>().NextDueAsync(Ct) ?? end;
            var pause = (next < end ? next : end) - app.Time.GetUtcNow();
            app.Time.Advance(pause > TimeSpan.Zero ? pause : TimeSpan.FromSeconds(1));
            await app.SweepAsync();
        }
    }

    /// <summary>Handles nothing, and fails over one word, for ever or so many times.</summary>
    private sealed class Exploding : IIncomingHandler
    {
        public int Times { get; set; } = int.MaxValue;

        public Task<HandlerReply?> TryHandleAsync(IncomingMessage message, CancellationToken ct) =>
            message.Text.Contains(Poison, StringComparison.Ordinal) && Times-- > 0
                ? throw new ArgumentOutOfRangeException(nameof(message))
                : Task.FromResult<HandlerReply?>(null);
    }
}
