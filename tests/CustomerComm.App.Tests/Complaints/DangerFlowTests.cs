using CustomerComm.App.Classification;
using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.App.Tests.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Tests.Complaints;

/// <summary>A danger by every way in: registered, told to two, answered with the emergency numbers first.</summary>
[Clause("4.6.2-6")]
public sealed class DangerFlowTests
{
    private const string First = "有危险请先拨119/110/120，并拨管理处热线";

    private static readonly string s_duty = TestCompany.HyDuty.Phone.Value;
    private static readonly string s_manager = TestCompany.HyManager.Phone.Value;

    private static CancellationToken Ct => CancellationToken.None;

    public static TheoryData<Channel, Nature, string> Everything
    {
        get
        {
            var rows = new TheoryData<Channel, Nature, string>();
            foreach (var channel in Enum.GetValues<Channel>())
            {
                foreach (var kind in Enum.GetValues<Nature>())
                {
                    var night = kind is Nature.Enquiry or Nature.Spam;
                    rows.Add(channel, kind, night ? "2026-10-01 03:00" : "2026-03-02 09:00");
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Given_a_danger_by_any_channel_in_any_kind_Then_two_are_told_once_and_a_call_back_is_owed(
        Channel channel, Nature kind, string at)
    {
        await using var app = await StartAsync();
        app.Time.SetUtcNow(TestCompany.Time(at));
        var request = TestApp.Request("厨房着火了", null, TestCompany.ResidentPhone, $"{channel}:1") with
        {
            Channel = channel,
            EnteredBy = channel.Way().AtDesk ? TestCompany.HyGuard.Id : null,
            Suggestion = new Suggestion(Category.Charges, [], kind, Severity.Ordinary) { Danger = true },
        };
        Actor actor = channel.Way().AtDesk ? new Actor.Staff(TestCompany.HyGuard) : new Actor.Resident();

        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<MatterResult<Complaint>.Done>(await app.Get<Intake>().ReceiveAsync(request, actor, Ct));
            await app.SettleAsync();
        }

        var s = (await app.Get<ComplaintKind>().FindAsync(new MatterNumber(TestCompany.HY, "", 2026, 1), Ct))!.State;
        Assert.Equal((Severity.Urgent, Category.Charges, true), (s.Severity, s.Category, s.Danger));
        Assert.Equal([s_duty, s_manager], Told(app).Select(m => m.To));
        Assert.All(Told(app), m => Assert.Contains(TestCompany.ResidentPhone, m.Text, StringComparison.Ordinal));
        Assert.Single(await ListAsync(app), r => r.Kind == nameof(ObligationKind.DangerCallBack));
        var acknowledged = app.Sms.Sent.SingleOrDefault(m => m.To == TestCompany.ResidentPhone);
        if (acknowledged is not null)
            Assert.StartsWith(First, acknowledged.Text, StringComparison.Ordinal);
        Assert.Equal(channel.Way() is { Talk: null, Interface: false }, acknowledged is not null);
        Assert.All(app.Sms.Sent, m => Assert.True(SmsText.Segments(m.Text) <= SmsText.MostSegments, m.Text));
    }

    [Theory]
    [InlineData("着火了", First)]
    [InlineData("Fire in the stairwell!", "If anyone is in danger, call 119/110/120 first")]
    public async Task Given_a_text_message_When_it_reports_a_danger_Then_the_first_words_back_are_the_numbers(
        string text, string first)
    {
        await using var app = await StartAsync();
        var answer = await app.TextAsync(TestCompany.ResidentPhone, text);
        Assert.StartsWith(first, answer, StringComparison.Ordinal);
        Assert.Contains(TestCompany.Phone(90), answer, StringComparison.Ordinal);
        Assert.True(
            answer.IndexOf("HY-2026-000001", StringComparison.Ordinal)
            > answer.IndexOf(TestCompany.Phone(90), StringComparison.Ordinal));
        Assert.True(SmsText.Segments(answer) <= SmsText.MostSegments, answer);
        Assert.Equal(2, Told(app).Count);
    }

    [Fact]
    public async Task Given_a_stranger_texts_a_danger_Then_the_first_community_has_it_flagged_and_the_place_joins()
    {
        await using var app = await StartAsync();
        var stranger = TestCompany.Phone(88);
        var answer = await app.TextAsync(stranger, "着火了");
        Assert.StartsWith(First, answer, StringComparison.Ordinal);
        Assert.Contains("具体位置", answer, StringComparison.Ordinal);
        Assert.Equal([s_duty, s_manager, TestCompany.Leader.Phone.Value], Told(app).Select(m => m.To));
        Assert.All(Told(app), m => Assert.Contains("小区不明", m.Text, StringComparison.Ordinal));

        await app.TextAsync(stranger, "锦绣2栋后面");

        var complaint = await FirstAsync(app);
        Assert.True(complaint.State.Intake.CommunityAssumed);
        var note = Assert.Single(complaint.Events.Select(e => e.Event).OfType<ComplaintEvent.Noted>());
        Assert.Equal("锦绣2栋后面", note.Text.Value);
        Assert.Contains(app.Sms.Sent, m => m.To == s_duty && m.Text.Contains("锦绣2栋后面", StringComparison.Ordinal));
        Assert.Null(await app.Get<ComplaintKind>().FindAsync(new MatterNumber(TestCompany.HY, "", 2026, 2), Ct));
    }

    [Fact]
    public async Task Given_a_chat_in_a_dialogue_When_it_reports_a_danger_Then_the_first_line_is_the_numbers()
    {
        await using var app = await StartAsync();
        await ChatAsync(app, "三号楼的电梯坏了三天，没人来修");
        var replies = await ChatAsync(app, "现在着火了");
        Assert.Equal(2, replies.Count);
        Assert.StartsWith(First, replies[0], StringComparison.Ordinal);
        Assert.Contains("HY-2026-000001", replies[0], StringComparison.Ordinal);
        Assert.Contains("电话", replies[1], StringComparison.Ordinal);
        var complaint = await FirstAsync(app);
        Assert.Equal("三号楼的电梯坏了三天，没人来修\n现在着火了", complaint.State.Intake.Text.Value);

        await ChatAsync(app, "3-1-502，+1 202-555-0177");
        Assert.Contains("0177", Assert.Single((await FirstAsync(app)).Events.Select(e => e.Event)
            .OfType<ComplaintEvent.Noted>()).Text.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_danger_grows_When_written_again_soon_Then_it_joins_and_is_answered_with_the_numbers()
    {
        await using var app = await StartAsync();
        await app.TextAsync(TestCompany.ResidentPhone, "着火了");
        app.Time.Advance(TimeSpan.FromMinutes(2));
        var answer = await app.TextAsync(TestCompany.ResidentPhone, "二楼也着火了，快来");
        Assert.StartsWith(First, answer, StringComparison.Ordinal);
        Assert.Contains("HY-2026-000001", answer, StringComparison.Ordinal);
        Assert.Contains(app.Sms.Sent, m => m.To == s_duty && m.Text.Contains("二楼也着火了", StringComparison.Ordinal));
        app.Time.Advance(TimeSpan.FromHours(2));
        Assert.Contains(
            "HY-2026-000002", await app.TextAsync(TestCompany.ResidentPhone, "又着火了呀，快来"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3号楼着火了")]
    [InlineData("地库着火")]
    public async Task Given_a_guard_texts_a_danger_Then_it_is_registered_and_no_assignment_is_touched(string text)
    {
        await using var app = await StartAsync();
        await app.OpenAsync(category: Category.Cleaning);
        await app.SettleAsync();
        var answer = await app.TextAsync(s_duty, text);
        Assert.StartsWith(First, answer, StringComparison.Ordinal);
        var first = await FirstAsync(app);
        Assert.Equal(Stage.Assigned, first.State.Stage);
        var number = new MatterNumber(TestCompany.HY, "", 2026, 2);
        var second = (await app.Get<ComplaintKind>().FindAsync(number, Ct))!.State;
        Assert.True(second.Danger);
        Assert.Equal((TestCompany.HyDuty.Id, null), (second.Intake.EnteredBy!.Value, second.Intake.Contact.Phone));
    }

    [Fact]
    public async Task Given_staff_name_a_code_When_their_words_sound_of_danger_Then_only_that_complaint_is_touched()
    {
        await using var app = await StartAsync();
        var complaint = await app.OpenAsync(category: Category.Cleaning);
        await app.SettleAsync();
        await app.TextAsync(s_duty, $"5 {complaint.State.Number.ShortCode} 着火的垃圾桶已经灭了");
        Assert.Null(await app.Get<ComplaintKind>().FindAsync(new MatterNumber(TestCompany.HY, "", 2026, 2), Ct));
    }

    [Fact]
    [Clause("4.2.4")]
    public async Task Given_an_order_whose_words_report_a_danger_Then_a_complaint_is_opened_at_once_and_once()
    {
        await using var app = await StartAsync();
        var order = await app.OrderAsync(OrderWorld.Request("厨房着火了，请派人来修", "http:k1"));
        await app.SettleAsync();
        await app.OrderAsync(OrderWorld.Request("厨房着火了，请派人来修", "http:k1"));
        await app.SettleAsync();
        var s = (await FirstAsync(app)).State;
        Assert.Equal(
            (true, Category.Equipment, Nature.RepairRequest, "厨房着火了，请派人来修"),
            (s.Danger, s.Category, s.Kind, s.Intake.Text.Value));
        Assert.Equal(2, Told(app).Count);
        Assert.Equal(
            [new OrderComplaint(OrderCause.Danger, s.Number)], (await app.StateAsync(order)).Complaints);

        // Late, it becomes the complaint that it was promised to become, but reports no danger again.
        await app.DoAsync(
            await FirstAsync(app), new ComplaintCommand.RecordCallBack(Channel.Phone, true, "王芳", "已灭"),
            TestCompany.HyDuty);
        app.Time.Advance(TimeSpan.FromHours(6));
        await app.SettleAsync();
        Assert.Equal(2, Told(app).Count);
        Assert.Null(await app.Get<ComplaintKind>().FindAsync(new MatterNumber(TestCompany.HY, "", 2026, 3), Ct));
    }

    [Fact]
    public async Task Given_a_repair_by_text_message_When_it_reports_a_danger_Then_it_is_a_complaint_not_an_order()
    {
        await using var app = await StartAsync();
        await app.TextAsync(TestCompany.ResidentPhone, "厨房着火了，请派人来修");
        Assert.True((await FirstAsync(app)).State.Danger);
        Assert.Null(await app.Get<OrderKind>().FindAsync(
            new MatterNumber(TestCompany.HY, OrderKind.Letter, 2026, 1), Ct));
    }

    [Fact]
    public async Task Given_a_phone_that_cannot_be_read_When_it_is_a_danger_Then_it_stands_with_the_words()
    {
        await using var app = await StartAsync();
        var result = await app.Get<Intake>().ReceiveAsync(
            TestApp.Request("着火了", phone: "12转34"), new Actor.Resident(), Ct);
        var s = Assert.IsType<MatterResult<Complaint>.Done>(result).Matter.State;
        Assert.Equal(("着火了", "12转34"), (s.Intake.Text.Value, s.Intake.Contact.Remark?.Value));
        Assert.True(s.Intake.Contact.PhoneUnread);
    }

    [Fact]
    public async Task Given_many_old_obligations_When_a_danger_comes_Then_it_stands_first_in_the_work_list()
    {
        await using var app = await StartAsync();
        await app.OpenAsync(category: null);
        await app.SettleAsync();
        app.Time.Advance(TimeSpan.FromDays(2));
        await app.SettleAsync();
        await app.OpenAsync("着火了", null);
        await app.SettleAsync();
        var list = await ListAsync(app);
        Assert.True(list.Count > 2);
        Assert.Equal(nameof(ObligationKind.DangerCallBack), list[0].Kind);
        Assert.True(list[0].Danger);
        Assert.False(list[^1].Danger);
    }

    private static Task<TestApp> StartAsync() =>
        TestApp.StartAsync(s => s.AddSingleton<Classifier, DangerWords>());

    private static List<ReadyMessage> Told(TestApp app) =>
        [.. app.Sms.Sent.Where(m => m.Text.StartsWith("危险！", StringComparison.Ordinal))];

    private static async Task<LoadedMatter<Complaint>> FirstAsync(TestApp app) =>
        (await app.Get<ComplaintKind>().FindAsync(new MatterNumber(TestCompany.HY, "", 2026, 1), Ct))!;

    private static async Task<IReadOnlyList<ObligationRow>> ListAsync(TestApp app) =>
        (await app.Get<ITables>().Of<ObligationRow>().QueryAsync("unit:HY:Office", null, null, 100, null, Ct)).Rows;

    private static async Task<List<string>> ChatAsync(TestApp app, string text)
    {
        var streams = app.Get<ConversationStreams>();
        var before = (await streams.LoadAsync(streams.StreamOf(Channel.Chat, "c-1"), Ct))?.Version ?? 0;
        await streams.SaveAsync(Channel.Chat, "c-1", Guid.NewGuid().ToString("N"), text, _ => null, Ct);
        await app.SettleAsync();
        var after = await streams.LoadAsync(streams.StreamOf(Channel.Chat, "c-1"), Ct);
        return
        [
            .. after!.Lines.Where(l => l.Version > before).Select(l => l.Event).OfType<ConversationEvent.Handled>()
                .SelectMany(h => h.Replies).Select(r => r.Text.Value),
        ];
    }
}
