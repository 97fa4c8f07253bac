using System.Globalization;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Notices;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Notices;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Tests.Notices;

/// <summary>Notices from the draft to whoever read them (4.1, 4.2.2).</summary>
[Clause("4.2.2")]
public sealed class NoticeServiceTests
{
    private const int Homes = 67;
    private static readonly NoticeText s_text = new(
        new Personal("3月6日全天停水"), new Personal("因管道检修，3月6日8时至18时停水，请提前储水。"),
        new Personal("No water on 6 March"), new Personal("Pipes are repaired; no water 8:00 to 18:00."), null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_notice_When_published_Then_every_household_is_told_once_with_its_own_link()
    {
        await using var app = await TestApp.StartAsync();
        var notice = await PublishedAsync(app, Audience.Whole);
        await app.SweepAsync();
        Assert.Equal(
            [TestCompany.Phone(51), TestCompany.Phone(52), TestCompany.Phone(53)],
            app.Sms.Sent.Select(m => m.To).Order(StringComparer.Ordinal));
        Assert.All(app.Sms.Sent, m => Assert.Contains("3月6日全天停水", m.Text, StringComparison.Ordinal));
        Assert.All(app.Sms.Sent, m => Assert.InRange(SmsText.Segments(m.Text), 1, 2));
        Assert.Distinct(app.Sms.Sent.Select(m => LinkIn(m.Text)));
        Assert.Equal(new NoticeFigures(3, 0, 0, 0, 0, 0), await FiguresAsync(app, notice, 1, NoticeChange.New));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 3)]
    public async Task Case_43_Given_it_is_night_When_a_notice_is_published_Then_only_an_urgent_one_goes_at_once(
        bool urgent, int sent)
    {
        await using var app = await TestApp.StartAsync();
        var drafted = await DraftAsync(app, Audience.Whole);
        app.Time.SetUtcNow(TestCompany.Time("2026-03-02 21:40"));
        await DoAsync(app, drafted, new NoticeCommand.Publish(urgent));
        await app.SweepAsync();
        Assert.Equal(sent, app.Sms.Sent.Count);
        app.Time.SetUtcNow(TestCompany.Time("2026-03-03 08:00"));
        await app.SweepAsync();
        Assert.Equal(3, app.Sms.Sent.Count);
    }

    [Fact]
    public async Task Given_a_planned_notice_When_its_time_comes_Then_it_is_published_by_itself_and_not_late()
    {
        await using var app = await TestApp.StartAsync();
        var drafted = await DraftAsync(app, Audience.Whole);
        var at = TestApp.Start.AddHours(24);
        await DoAsync(app, drafted, new NoticeCommand.Plan(at));
        await app.SweepAsync();
        app.Time.Advance(TimeSpan.FromHours(23));
        await app.SweepAsync();
        Assert.Empty(app.Sms.Sent);
        app.Time.Advance(TimeSpan.FromHours(1));
        await app.SweepAsync();
        Assert.Equal(3, app.Sms.Sent.Count);
        var state = await StateAsync(app, drafted);
        Assert.Equal((NoticeStage.Published, at), (state.Stage, state.Current!.PublishedAt!.Value));
        var step = Assert.Single((await app.Get<ITables>().Of<StepRow>()
            .QueryAsync("HY-2026-03", null, null, 100, null, Ct)).Rows);
        Assert.Equal(("PublishNotice", "notice", false), (step.Step, step.Matter, step.Late));
    }

    [Fact]
    public async Task Given_a_draft_nobody_publishes_When_its_day_is_over_Then_its_writer_hears_of_it()
    {
        await using var app = await TestApp.StartAsync();
        await DraftAsync(app, Audience.Whole);
        app.Time.Advance(TimeSpan.FromDays(2));
        await app.SweepAsync();
        var told = Assert.Single(app.Sms.Sent, m => m.To == TestCompany.HyDuty.Phone.Value);
        Assert.Contains("发布通知", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_stop_in_the_middle_When_it_goes_on_Then_nobody_is_told_twice_and_nobody_is_missed()
    {
        await using var app = await TestApp.StartAsync(s => s.AddSingleton(Large()));
        var drafted = await PublishedAsync(app, Audience.Whole);
        // As if killed after the messages were stored and before that was recorded, twice.
        for (var i = 0; i < 2; i++)
            await app.Get<NoticeSpreader>().NextAsync(drafted.Stream, await StateAsync(app, drafted), Ct);
        await app.SweepAsync();
        await app.SweepAsync();
        Assert.Equal(Homes, app.Sms.Sent.Count);
        Assert.Distinct(app.Sms.Sent.Select(m => m.To));
        Assert.Equal(Homes, (await StateAsync(app, drafted)).Spreading!.Households);
        Assert.Equal(Homes, (await FiguresAsync(app, drafted, 1, NoticeChange.New)).Households);
    }

    [Fact]
    public async Task Given_some_phones_fail_and_some_links_are_opened_When_listed_Then_each_household_has_its_status()
    {
        await using var app = await TestApp.StartAsync(s => s.AddSingleton(Large()));
        var refused = new SendResult(SendOutcome.Refused, "no such number");
        app.Sms.Answer = m => m.To.EndsWith('7') ? refused : SendResult.Sent;
        var notice = await PublishedAsync(app, Audience.Whole);
        await app.SweepAsync();
        foreach (var message in app.Sms.Sent.Where(m => m.To.EndsWith('1')))
        {
            await OpenAsync(app, LinkIn(message.Text));
            await OpenAsync(app, LinkIn(message.Text));
        }

        await app.SweepAsync();
        var figures = await FiguresAsync(app, notice, 1, NoticeChange.New);
        Assert.Equal((Homes, 7, 7), (figures.Households, figures.Failed, figures.Opened));
        var (failed, _) = await app.Get<NoticeReader>().ReceiptsAsync(
            notice.State.Number, 1, NoticeChange.New, ReceiptStatus.Failed, null, Ct);
        Assert.Equal(7, failed.Count);
        Assert.All(failed, r => Assert.EndsWith("07", r.Home, StringComparison.Ordinal));
        var (read, _) = await app.Get<NoticeReader>().ReceiptsAsync(
            notice.State.Number, 1, NoticeChange.New, ReceiptStatus.Opened, null, Ct);
        Assert.Equal(7, read.Count);
        // One wrong number more or less must not fill the manager's phone.
        Assert.DoesNotContain(app.Sms.Sent, m => m.To == TestCompany.HyManager.Phone.Value);
    }

    [Fact]
    public async Task Given_a_notice_When_corrected_and_withdrawn_Then_whoever_was_told_is_told_again_each_time()
    {
        await using var app = await TestApp.StartAsync();
        var notice = await PublishedAsync(app, new Audience(AudienceKind.Building, "3", []));
        await app.SweepAsync();
        await DoAsync(app, notice, new NoticeCommand.Revise(
            NoticeChange.Corrected, "日期写错", s_text with { Title = new Personal("3月7日全天停水") }));
        await app.SweepAsync();
        Assert.Equal(2, app.Sms.Sent.Count);
        await DoAsync(app, notice, new NoticeCommand.Publish());
        await app.SweepAsync();
        Assert.Equal(2, app.Sms.Sent.Count(m => m.Text.Contains("更正", StringComparison.Ordinal)
            && m.Text.Contains("3月7日", StringComparison.Ordinal)));
        await DoAsync(app, notice, new NoticeCommand.Withdraw("检修取消"));
        await app.SweepAsync();
        Assert.Equal(2, app.Sms.Sent.Count(m => m.Text.Contains("已撤回", StringComparison.Ordinal)));
        Assert.Equal(6, app.Sms.Sent.Count);
        var board = await app.Get<NoticeReader>().BoardAsync(TestCompany.HY, null, 20, Ct);
        Assert.Equal(NoticeStage.Withdrawn, Assert.Single(board.Notices).State.Stage);
    }

    [Fact]
    public async Task Given_notices_of_several_audiences_When_a_board_is_read_Then_it_shows_its_own_public_ones()
    {
        await using var app = await TestApp.StartAsync();
        var first = await PublishedAsync(app, Audience.Whole);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await PublishedAsync(app, new Audience(AudienceKind.Households, null, [new Personal("3-1-502")]));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var all = await PublishedAsync(app, new Audience(AudienceKind.All, null, []), TestCompany.QualityHead);
        await DraftAsync(app, Audience.Whole);
        await app.SweepAsync();
        var reader = app.Get<NoticeReader>();
        Assert.Equal(
            [all.State.Number, first.State.Number],
            (await reader.BoardAsync(TestCompany.HY, null, 20, Ct)).Notices.Select(n => n.State.Number));
        Assert.Equal(
            [all.State.Number],
            (await reader.BoardAsync(TestCompany.JX, null, 20, Ct)).Notices.Select(n => n.State.Number));
        Assert.Equal(4, (await reader.AllAsync(TestCompany.HY, null, Ct)).Notices.Count);
        var page = await reader.BoardAsync(TestCompany.HY, null, 1, Ct);
        Assert.Equal(
            first.State.Number,
            Assert.Single((await reader.BoardAsync(TestCompany.HY, page.Next, 1, Ct)).Notices).State.Number);
        Assert.Equal(3, (await reader.MonthAsync(TestCompany.HY, 2026, 3, Ct)).Count);
        Assert.Empty(await reader.MonthAsync(TestCompany.HY, 2026, 2, Ct));
    }

    [Fact]
    public async Task Given_a_chat_that_wants_notices_When_one_is_published_Then_it_is_told_until_it_wants_no_more()
    {
        await using var app = await TestApp.StartAsync();
        Assert.Contains("和园", await ChatAsync(app, "m1", "订阅通知 和园"), StringComparison.Ordinal);
        await app.SweepAsync();
        var notice = await PublishedAsync(app, Audience.Whole);
        await app.SweepAsync();
        Assert.Contains("/n/", await ToldAsync(app), StringComparison.Ordinal);
        Assert.Equal(1, (await FiguresAsync(app, notice, 1, NoticeChange.New)).Chats);
        await OpenAsync(app, LinkIn(await ToldAsync(app)));
        await app.SweepAsync();
        Assert.Equal(1, (await FiguresAsync(app, notice, 1, NoticeChange.New)).ChatsOpened);
        Assert.Contains("退订", await ChatAsync(app, "m2", "退订"), StringComparison.Ordinal);
        await app.SweepAsync();
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await PublishedAsync(app, Audience.Whole);
        await app.SweepAsync();
        Assert.Equal(0, (await FiguresAsync(app, second, 1, NoticeChange.New)).Chats);
    }

    [Theory]
    [InlineData("通知", "3月6日全天停水")]
    [InlineData("notices", "No water on 6 March")]
    public async Task Given_somebody_asks_for_notices_Then_they_get_the_latest_in_their_language(
        string asked, string expected)
    {
        await using var app = await TestApp.StartAsync();
        await PublishedAsync(app, Audience.Whole);
        await app.SweepAsync();
        var reply = await ChatAsync(app, "m1", asked);
        Assert.Contains(expected, reply, StringComparison.Ordinal);
        Assert.Contains("https://homes.example/notices/HY-N260302-", reply, StringComparison.Ordinal);
        await app.Get<SmsInbox>().ReceiveAsync(new SmsReceived("s1", TestCompany.ResidentPhone, asked), Ct);
        await app.SweepAsync();
        var sms = app.Sms.Sent.Last();
        Assert.Contains(expected, sms.Text, StringComparison.Ordinal);
        Assert.InRange(SmsText.Segments(sms.Text), 1, 2);
    }

    [Fact]
    public async Task Given_a_notice_drafted_twice_with_one_key_Then_there_is_one()
    {
        await using var app = await TestApp.StartAsync();
        var one = await DraftAsync(app, Audience.Whole, key: "same");
        var two = await DraftAsync(app, Audience.Whole, key: "same");
        Assert.Equal((one.Stream, one.Version), (two.Stream, two.Version));
    }

    private static CompanyDirectory Large()
    {
        var small = TestCompany.Directory;
        var homes = Enumerable.Range(1, Homes).Select(i => new Home(
            TestCompany.HY, new Room(string.Create(CultureInfo.InvariantCulture, $"{i / 10}-1-{i % 10:D2}")),
            [
                new Resident(
                    "住户",
                    PhoneNumber.Create(string.Create(CultureInfo.InvariantCulture, $"+1303555{i:D4}")),
                    Language.Chinese),
            ]));
        return new CompanyDirectory(small.Company, small.Communities, small.Staff, homes);
    }

    private static async Task<LoadedMatter<Notice>> DraftAsync(
        TestApp app, Audience audience, StaffMember? by = null, string? key = null)
    {
        var result = await app.Get<NoticeKind>().DraftAsync(
            TestCompany.HY, NoticeType.Circular, audience, sms: true, s_text, by ?? TestCompany.HyDuty,
            key ?? Guid.NewGuid().ToString("N"), Ct);
        return Assert.IsType<MatterResult<Notice>.Done>(result).Matter;
    }

    private static async Task<LoadedMatter<Notice>> PublishedAsync(
        TestApp app, Audience audience, StaffMember? by = null) =>
        await DoAsync(app, await DraftAsync(app, audience, by), new NoticeCommand.Publish(), by);

    private static async Task<LoadedMatter<Notice>> DoAsync(
        TestApp app, LoadedMatter<Notice> on, NoticeCommand command, StaffMember? by = null)
    {
        var result = await app.Get<NoticeKind>().HandleAsync(
            on.Stream, command, new Actor.Staff(by ?? TestCompany.HyDuty), null, Ct);
        return Assert.IsType<MatterResult<Notice>.Done>(result).Matter;
    }

    private static async Task<Notice> StateAsync(TestApp app, LoadedMatter<Notice> of) =>
        (await app.Get<NoticeKind>().LoadAsync(of.Stream, Ct))!.State;

    private static Task<NoticeFigures> FiguresAsync(
        TestApp app, LoadedMatter<Notice> of, int edition, NoticeChange change) =>
        app.Get<NoticeReader>().FiguresAsync(of.State.Number, edition, change, Ct);

    private static async Task OpenAsync(TestApp app, string link)
    {
        var parts = new Uri(link).AbsolutePath.Split('/');
        var posts = app.Get<NoticePostKind>();
        var post = (await posts.LoadAsync(posts.StreamOf(parts[2]), Ct))!;
        await posts.OpenAsync(post.Stream, post.IssueOf(parts[3], NoticePostMatter.Page)!.Value, Ct);
    }

    private static string LinkIn(string text)
    {
        var start = text.IndexOf("https://", StringComparison.Ordinal);
        return text[start..].Split(' ', '\n')[0];
    }

    /// <summary>Says something in the chat; the reply.</summary>
    private static async Task<string> ChatAsync(TestApp app, string id, string text)
    {
        var streams = app.Get<ConversationStreams>();
        await streams.SaveAsync(Channel.Chat, "chat-1", id, text, _ => null, Ct);
        await app.SweepAsync();
        var lines = (await streams.LoadAsync(streams.StreamOf(Channel.Chat, "chat-1"), Ct))!.Lines;
        return lines.Select(l => l.Event).OfType<ConversationEvent.Handled>().Last().Replies[^1].Text.Value;
    }

    private static async Task<string> ToldAsync(TestApp app) =>
        (await GivenLinks.ShownAsync(app.Services, "chat-1", Ct)).OfType<ConversationEvent.Told>().Last().Text.Value;
}
