using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Registers;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Registers;

/// <summary>Registers over the store: what enters itself, what is searched, what is handed over.</summary>
public sealed class RegisterFlowTests
{
    private static readonly PostId s_office = new("office");
    private static readonly RegisterKey s_march = new(TestCompany.HY, s_office, "2026-03");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, Clause("4.5.2"), Clause("4.6.2-2")]
    [InlineData(Channel.Http, null, "office")]
    [InlineData(Channel.Company, "s-hy-duty", "office")]
    [InlineData(Channel.WalkIn, "s-hy-duty", "office")]
    [InlineData(Channel.Phone, "s-fin-duty", "finance")]
    [InlineData(Channel.Letter, "s-eng-duty", "repair")]
    public async Task Given_a_case_of_any_channel_When_pumped_Then_it_is_in_the_register_of_the_post_once(
        Channel channel, string? by, string post)
    {
        await using var app = await TestApp.StartAsync();
        var request = TestApp.Request("转来的投诉：电梯", Category.Equipment) with
        {
            Channel = channel,
            EnteredBy = by is null ? null : new StaffId(by),
        };
        Actor actor = by is null
            ? new Actor.Resident()
            : new Actor.Staff(TestCompany.Directory.Find(new StaffId(by))!);
        var opened = Assert.IsType<MatterResult<Complaint>.Done>(await app.Get<Intake>().ReceiveAsync(request, actor, Ct));
        await app.SweepAsync();
        await app.Get<ComplaintKind>().RebuildRowsAsync(opened.Matter.Stream, Ct);
        await app.SweepAsync();
        var register = await app.Get<RegisterKind>().FindAsync(s_march with { Post = new PostId(post) }, Ct);
        var entry = Assert.Single(register!.Entries);
        Assert.Equal(channel, entry.Entered.Channel);
        Assert.Equal(opened.Matter.State.Number.ToString(), entry.Entered.Subject!.Number);
        Assert.Null(entry.Entered.Text);
        var row = await app.Get<ITables>().Of<ContactRow>().GetAsync(
            $"HY-{post}-2026-03", RegisterKind.RowKeyOf(1), Ct);
        Assert.Equal(("Complaint", channel.ToString()), (row!.About, row.Channel));
    }

    [Fact, Clause("4.5.2")]
    public async Task Given_a_text_message_that_opens_no_case_When_pumped_Then_the_talk_is_entered_with_its_answer()
    {
        await using var app = await TestApp.StartAsync();
        await SayAsync(app, "1", "你好");
        await SayAsync(app, "2", "楼道垃圾三天没人清，臭死了");
        await SayAsync(app, "3", "进度");
        var register = (await app.Get<RegisterKind>().FindAsync(s_march, Ct))!;
        Assert.Equal(
            [SubjectKind.Conversation, SubjectKind.Complaint, SubjectKind.Conversation],
            register.Entries.OrderBy(e => e.Entered.ContactAt).ThenBy(e => e.Number)
                .Select(e => e.Entered.Subject!.Kind));
        var hello = register.Entries.Single(e => e.Entered.Text?.Value == "你好");
        Assert.Equal(TestCompany.ResidentPhone, hello.Entered.Phone!.Value.Value);
        Assert.DoesNotContain("http", hello.Answers[0].Text!.Value.Value, StringComparison.Ordinal);
        await app.SweepAsync();
        Assert.Equal(3, (await app.Get<RegisterKind>().FindAsync(s_march, Ct))!.Entries.Count);
    }

    [Fact, Clause("4.6.1-2-D")]
    public async Task Given_a_complaint_against_the_manager_When_the_manager_reads_Then_the_entry_tells_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var opened = await app.OpenAsync("投诉主任收钱", Category.AgainstManager);
        await app.SweepAsync();
        await SayAsync(app, "9", $"{opened.State.Number} 还有别的证据要补充");
        var reader = app.Get<RegisterReader>();
        var search = new RegisterSearch(TestCompany.HY, s_office, new(2026, 3, 1), new(2026, 3, 31));
        var lines = (await reader.FindAsync(search, TestCompany.HyManager, 50, null, Ct)).Lines;
        Assert.NotEmpty(lines);
        Assert.All(lines, l => Assert.DoesNotContain("证据", l.Text ?? "", StringComparison.Ordinal));
        Assert.All(
            lines.SelectMany(l => l.Entry.Answers),
            a => Assert.DoesNotContain("证据", a.Text?.Value ?? "", StringComparison.Ordinal));
        Assert.Contains(
            (await reader.FindAsync(search with { Text = "收钱" }, TestCompany.Leader, 50, null, Ct)).Lines,
            l => l.Text!.Contains("收钱", StringComparison.Ordinal));
        var hidden = await reader.FindAsync(search with { Text = "收钱" }, TestCompany.HyManager, 50, null, Ct);
        Assert.DoesNotContain(hidden.Lines, l => l.Text?.Contains("收钱", StringComparison.Ordinal) == true);
    }

    [Fact, Clause("4.2.1")]
    public async Task Given_an_entry_wants_an_answer_When_nobody_answers_Then_it_lapses_and_an_answer_clears_the_list()
    {
        await using var app = await TestApp.StartAsync();
        var registers = app.Get<RegisterKind>();
        await EnterAsync(app, "问物业费减免", wantsAnswer: true);
        await app.SweepAsync();
        var told = Assert.Single(app.Sms.Sent, m => m.To == TestCompany.HyDuty.Phone.Value);
        Assert.StartsWith("登记事项", told.Text, StringComparison.Ordinal);
        var owed = app.Get<ITables>().Of<ObligationRow>();
        var list = await owed.QueryAsync("unit:HY:Office", null, null, 10, null, Ct);
        Assert.Single(list.Rows, r => r.Kind == "AnswerContact");
        app.Time.Advance(TimeSpan.FromDays(3));
        await app.SweepAsync();
        Assert.Contains(app.Sms.Sent, m => m.Text.StartsWith("逾期", StringComparison.Ordinal));
        Assert.IsType<MatterResult<Register>.Done>(await registers.AnswerAsync(
            s_march, 1, Channel.Phone, "可申请", new Actor.Staff(TestCompany.HyGuard), null, Ct));
        await app.SweepAsync();
        // The lapse between entry and answer is an event too: the entry's row must not be taken for written.
        var row = await app.Get<ITables>().Of<ContactRow>().GetAsync("HY-office-2026-03", RegisterKind.RowKeyOf(1), Ct);
        Assert.Equal(TestCompany.HyGuard.Id.Value, row!.AnsweredBy);
        Assert.DoesNotContain(
            (await owed.QueryAsync("unit:HY:Office", null, null, 10, null, Ct)).Rows, r => r.Matter == "register");
        var step = Assert.Single(
            (await app.Get<ITables>().Of<StepRow>().QueryAsync("HY-2026-03", null, null, 50, null, Ct)).Rows,
            r => r.Matter == "register");
        Assert.True(step.Late);
    }

    [Fact, Clause("4.5.2")]
    public async Task Given_open_entries_of_two_months_When_a_shift_hands_over_Then_all_are_listed_and_acknowledged()
    {
        await using var app = await TestApp.StartAsync();
        var registers = app.Get<RegisterKind>();
        await EnterAsync(app, "问一下三月份停车费怎么交", wantsAnswer: true);
        app.Time.SetUtcNow(TestCompany.Time("2026-04-01 07:50"));
        await EnterAsync(app, "请问四月份停车费怎么交", wantsAnswer: true);
        var guard = new Actor.Staff(TestCompany.HyGuard);
        var handed = Assert.IsType<MatterResult<Register>.Done>(await registers.HandOverAsync(
            TestCompany.HY, s_office, TestCompany.HyDuty.Id, null, guard, null, Ct));
        Assert.Equal(
            [new OpenItem("2026-03", 1), new OpenItem("2026-04", 1)], handed.Matter.State.Pending!.Items);
        var pending = (await registers.PendingAsync(TestCompany.HY, s_office, Ct))!;
        await registers.AnswerAsync(s_march, 1, Channel.Phone, "好了", guard, null, Ct);
        var taken = Assert.IsType<MatterResult<Register>.Done>(await registers.TakeOverAsync(
            pending.Key, pending.Pending!.Number, new Actor.Staff(TestCompany.HyDuty), null, Ct));
        Assert.Equal([new OpenItem("2026-04", 1)], taken.Matter.State.HandOvers[^1].Acknowledged);
        Assert.Null(await registers.PendingAsync(TestCompany.HY, s_office, Ct));
    }

    [Fact]
    public async Task Given_a_contact_late_on_the_last_day_When_entered_Then_the_local_month_counts()
    {
        await using var app = await TestApp.StartAsync();
        app.Time.SetUtcNow(TestCompany.Time("2026-12-31 23:59"));
        await EnterAsync(app, "跨年", wantsAnswer: false);
        app.Time.SetUtcNow(TestCompany.Time("2027-01-01 00:01"));
        await EnterAsync(app, "新年", wantsAnswer: false);
        var registers = app.Get<RegisterKind>();
        Assert.Single((await registers.FindAsync(s_march with { Month = "2026-12" }, Ct))!.Entries);
        Assert.Single((await registers.FindAsync(s_march with { Month = "2027-01" }, Ct))!.Entries);
    }

    [Fact, Clause("4.5.2")]
    public async Task Given_many_entries_When_searched_Then_pages_go_on_and_every_filter_holds()
    {
        await using var app = await TestApp.StartAsync();
        for (var i = 0; i < 25; i++)
        {
            app.Time.Advance(TimeSpan.FromHours(30));
            await EnterAsync(
                app, $"第{i}件", wantsAnswer: i % 5 == 0, room: i % 2 == 0 ? "9-9-909" : "8-8-808",
                channel: i % 3 == 0 ? Channel.WalkIn : Channel.Phone);
        }

        await app.SweepAsync();
        var reader = app.Get<RegisterReader>();
        var all = new RegisterSearch(TestCompany.HY, s_office, new(2026, 3, 1), new(2026, 4, 30));
        var seen = new List<RegisterLine>();
        string? next = null;
        do
        {
            var page = await reader.FindAsync(all, TestCompany.HyDuty, 10, next, Ct);
            seen.AddRange(page.Lines);
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal(25, seen.Count);
        Assert.Equal(seen.OrderByDescending(l => l.Entry.Entered.ContactAt), seen);
        Assert.Equal(13, (await FindAsync(all with { Text = "9-9-909" })).Count);
        Assert.Equal(9, (await FindAsync(all with { Channel = Channel.WalkIn })).Count);
        Assert.Equal(5, (await FindAsync(all with { OpenOnly = true })).Count);
        Assert.Single(await FindAsync(all with { Text = "第24件" }));
        Assert.Equal(
            seen.Count(l => l.Month == "2026-03"), (await FindAsync(all with { To = new(2026, 3, 31) })).Count);

        async Task<IReadOnlyList<RegisterLine>> FindAsync(RegisterSearch search) =>
            (await reader.FindAsync(search, TestCompany.HyDuty, 50, null, Ct)).Lines;
    }

    [Fact]
    public async Task Given_many_contacts_at_once_When_they_enter_themselves_Then_each_is_there_once_without_a_gap()
    {
        await using var app = await TestApp.StartAsync();
        var feed = app.Get<RegisterFeed>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), Ct, async (i, ct) => await feed.EnterAsync(
            TestCompany.HY, s_office,
            new RegisterContact($"s{i / 2}", TestApp.Start, Channel.Sms, null, null, null, null, "x"), ct));
        var register = (await app.Get<RegisterKind>().FindAsync(s_march, Ct))!;
        Assert.Equal(Enumerable.Range(1, 100), register.Entries.Select(e => e.Number));
    }

    [Fact]
    public async Task Given_rows_were_lost_When_rebuilt_Then_they_are_as_before()
    {
        await using var app = await TestApp.StartAsync();
        await EnterAsync(app, "问", wantsAnswer: false);
        await app.SweepAsync();
        var registers = app.Get<RegisterKind>();
        var table = app.Get<ITables>().Of<ContactRow>();
        var before = (await table.QueryAsync("HY-office-2026-03", null, null, 10, null, Ct)).Rows;
        await registers.ClearRowsAsync(Ct);
        Assert.Empty((await table.QueryAsync("HY-office-2026-03", null, null, 10, null, Ct)).Rows);
        await registers.RebuildRowsAsync(registers.StreamOf(s_march), Ct);
        Assert.Equal(before, (await table.QueryAsync("HY-office-2026-03", null, null, 10, null, Ct)).Rows);
    }

    private static async Task EnterAsync(
        TestApp app, string text, bool wantsAnswer, string room = "3-1-502", Channel channel = Channel.Phone)
    {
        var contact = new RegisterContact(
            "form:" + text, app.Time.Now(), channel, "王芳", TestCompany.ResidentPhone, null, room, text, null,
            wantsAnswer ? null : new ContactAnswer(TestCompany.HyGuard.Id, channel, new Personal("已答"), app.Time.Now()));
        Assert.IsType<MatterResult<Register>.Done>(await app.Get<RegisterKind>().EnterAsync(
            TestCompany.HY, s_office, contact, wantsAnswer, new Actor.Staff(TestCompany.HyGuard), null, Ct));
    }

    private static async Task SayAsync(TestApp app, string id, string text)
    {
        await app.Get<SmsInbox>().ReceiveAsync(new SmsReceived(id, TestCompany.ResidentPhone, text), Ct);
        await app.SweepAsync();
        app.Time.Advance(TimeSpan.FromMinutes(1));
    }
}
