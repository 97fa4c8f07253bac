using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.App.Ports;
using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Orders;

/// <summary>Orders over the real store: numbers, messages, rows, and the complaints they become.</summary>
[Clause("4.2.4")]
public sealed class OrderFlowTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_several_orders_When_opened_at_once_Then_numbers_are_unique_and_each_leads_to_its_order()
    {
        await using var app = await TestApp.StartAsync();
        var opened = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => app.OrderAsync(OrderWorld.Request(source: $"http:{i}"))));
        Assert.Equal(
            Enumerable.Range(1, 20).Select(i => $"HY-W-2026-{i:D6}"), opened.Select(o => o.State.Number).Order(StringComparer.Ordinal));
        foreach (var order in opened)
        {
            var found = await app.Get<OrderKind>().FindAsync(order.State.OrderNumber, Ct);
            Assert.Equal(order.Stream, found!.Stream);
        }

        Assert.Null(await app.Get<OrderKind>().FindAsync(new MatterNumber(TestCompany.HY, "W", 2026, 21), Ct));
        // Complaints keep a series of their own.
        Assert.Equal("HY-2026-000001", (await app.OpenAsync()).State.Number.ToString());
    }

    [Fact]
    public async Task Given_the_year_turns_in_the_community_When_orders_are_opened_Then_the_new_year_begins_with_one()
    {
        await using var app = await TestApp.StartAsync();
        app.Time.SetUtcNow(TestCompany.Time("2026-12-31 23:59"));
        Assert.Equal("HY-W-2026-000001", (await app.OrderAsync(OrderWorld.Request(source: "old"))).State.Number);
        app.Time.SetUtcNow(TestCompany.Time("2027-01-01 00:00"));
        var order = await app.OrderAsync(OrderWorld.Request(source: "new"));
        Assert.Equal("HY-W-2027-000001", order.State.Number);
        Assert.Equal(order.Stream, (await app.Get<OrderKind>().FindAsync(order.State.OrderNumber, Ct))!.Stream);
        await app.SettleAsync();
        Assert.Equal(1, (await app.Get<OrderReader>().MonthAsync(TestCompany.HY, 2027, 1, Ct))!.Orders);
    }

    [Fact]
    public async Task Given_the_same_message_When_sent_again_Then_it_is_the_same_order_and_other_content_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        var first = await app.OrderAsync(OrderWorld.Request(source: "http:k1"));
        var again = await app.Get<OrderIntake>().ReceiveAsync(OrderWorld.Request(source: "http:k1"), new Actor.Resident(), Ct);
        Assert.True(Assert.IsType<MatterResult<Order>.Done>(again).Repeated);
        Assert.Equal(first.State.Number, ((MatterResult<Order>.Done)again).Matter.State.Number);
        Assert.IsType<MatterResult<Order>.Reused>(await app.Get<OrderIntake>().ReceiveAsync(
            OrderWorld.Request("门坏了，请来修", "http:k1"), new Actor.Resident(), Ct));
    }

    [Fact]
    [Clause("4.6.2-4")]
    public async Task Given_staff_type_a_phone_for_a_home_on_file_Then_the_phone_on_file_goes_before_it()
    {
        await using var app = await TestApp.StartAsync();
        var request = OrderWorld.Request(phone: TestCompany.Phone(77)) with { Room = "3-1-502", EnteredBy = TestCompany.HyDuty.Id };
        var order = await app.OrderAsync(request, new Actor.Staff(TestCompany.HyDuty));
        Assert.Equal(TestCompany.ResidentPhone, order.State.Intake.Contact.Phone?.Value);
    }

    [Fact]
    public async Task Given_a_repair_lapses_its_time_When_swept_again_and_again_Then_one_complaint_is_opened_and_linked()
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.OrderAsync();
        app.Time.SetUtcNow(order.State.Due.AddMinutes(-1));
        await app.SettleAsync();
        Assert.Empty((await app.StateAsync(order)).Complaints);
        app.Time.SetUtcNow(order.State.Due.AddMinutes(1));
        await app.SettleAsync();
        app.Time.Advance(TimeSpan.FromDays(3));
        await app.SettleAsync();
        var complaint = Assert.Single((await app.StateAsync(order)).Complaints);
        Assert.Equal((OrderCause.Late, "HY-2026-000001"), (complaint.Cause, complaint.Number.ToString()));
        var found = (await app.Get<ComplaintKind>().FindAsync(complaint.Number!.Value, Ct))!.State;
        Assert.Equal((Nature.Complaint, Unit.Quality), (found.Kind, found.Lead));
        Assert.Contains("HY-W-2026-000001", found.Intake.Text.Value, StringComparison.Ordinal);
        Assert.Equal(TestCompany.ResidentPhone, found.Intake.Contact.Phone?.Value);
        Assert.Single(await app.Get<OrderKind>().OfComplaintAsync(found.Number, Ct));
        Assert.Null(await app.Get<ComplaintKind>().FindAsync(new MatterNumber(TestCompany.HY, "", 2026, 2), Ct));
    }

    [Fact]
    public async Task Given_the_company_refuses_or_the_resident_is_not_content_Then_each_becomes_a_complaint_once()
    {
        await using var app = await TestApp.StartAsync();
        var refused = await app.OrderAsync(OrderWorld.Request(source: "a"));
        await app.DoAsync(refused, new OrderCommand.RefuseOrder("不在服务范围"), TestCompany.EngineeringHead);
        var disputed = await app.DoneAsync(OrderWorld.Request(source: "b"));
        await app.DoAsync(disputed, new OrderCommand.RefuseEvaluation(1, "根本没修", Complains: true), null);
        var bad = await app.DoneAsync(OrderWorld.Request(source: "c"));
        var request = (await app.StateAsync(bad)).Request!;
        await app.DoAsync(bad, new OrderCommand.Evaluate(1, "t", request.TextHash, "data:m", 1, 4, "{text}还漏"), null);
        await app.SettleAsync();
        await app.SettleAsync();
        foreach (var (order, cause) in new[]
        {
            (refused, OrderCause.Refused), (disputed, OrderCause.NotContent), (bad, OrderCause.BadEvaluation),
        })
        {
            var complaint = Assert.Single((await app.StateAsync(order)).Complaints);
            Assert.Equal(cause, complaint.Cause);
            Assert.NotNull(complaint.Number);
        }

        var last = (await app.StateAsync(bad)).Complaints[0].Number!.Value;
        var text = (await app.Get<ComplaintKind>().FindAsync(last, Ct))!.State.Intake.Text.Value;
        Assert.Contains("{text}还漏", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_an_order_from_a_complaint_When_it_is_late_Then_that_complaint_goes_on_and_no_other_is_opened()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        var request = OrderWorld.Request() with
        {
            Complaint = complaint.State.Number,
            Phone = null,
            EnteredBy = TestCompany.Engineer.Id,
        };
        var order = await app.OrderAsync(request, new Actor.Staff(TestCompany.Engineer));
        Assert.Equal(TestCompany.ResidentPhone, order.State.Intake.Contact.Phone?.Value);
        await app.SettleAsync();
        Assert.Single(await app.Get<OrderKind>().OfComplaintAsync(complaint.State.Number, Ct));
        app.Time.SetUtcNow(order.State.Due.AddMinutes(1));
        await app.SettleAsync();
        Assert.Equal(complaint.State.Number, Assert.Single((await app.StateAsync(order)).Complaints).Number);
        Assert.Null(await app.Get<ComplaintKind>().FindAsync(new MatterNumber(TestCompany.HY, "", 2026, 2), Ct));
    }

    [Fact]
    public async Task Given_somebody_who_may_not_see_the_complaint_When_they_open_an_order_from_it_Then_it_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        var request = OrderWorld.Request() with { Complaint = complaint.State.Number, EnteredBy = TestCompany.Accountant.Id };
        var result = await app.Get<OrderIntake>().ReceiveAsync(request, new Actor.Staff(TestCompany.Accountant), Ct);
        Assert.Equal("complaint", Assert.IsType<MatterResult<Order>.Refused>(result).Refusal.Field);
    }

    [Theory]
    [InlineData(Language.Chinese)]
    [InlineData(Language.English)]
    public async Task Given_a_long_life_When_all_messages_went_out_Then_each_fits_two_segments_with_its_link(Language language)
    {
        await using var app = await TestApp.StartAsync();
        var longText = string.Concat(Enumerable.Repeat("厨房水管漏水已经很久了请派人来修理 please ", 80));
        var order = await app.OrderAsync(OrderWorld.Request(longText) with { Language = language });
        await app.DoAsync(order, new OrderCommand.Decline(longText), TestCompany.Engineer);
        await app.DoAsync(order, new OrderCommand.Assign(TestCompany.Engineer.Id, null), TestCompany.EngineeringHead);
        await app.DoAsync(order, new OrderCommand.Accept(), TestCompany.Engineer);
        await app.DoAsync(order, new OrderCommand.TellProgress(longText[..1500]), TestCompany.Engineer);
        await app.DoAsync(order, new OrderCommand.Note(Channel.Http, longText), null);
        await app.DoAsync(order, new OrderCommand.ProposeAmendment("120", null, longText[..1500], longText[..1500]), TestCompany.Engineer);
        await app.DoAsync(order, new OrderCommand.AnswerAmendment(1, false, Channel.Http, null), null);
        await app.DoAsync(order, new OrderCommand.Finish(longText[..1500]), TestCompany.Engineer);
        await app.DoAsync(order, new OrderCommand.RefuseEvaluation(1, longText[..1500], Complains: false), null);
        await app.SettleAsync();
        app.Time.Advance(TimeSpan.FromDays(5));
        await app.SettleAsync();
        await app.DoAsync(order, new OrderCommand.RefuseOrder(longText[..1500]), TestCompany.HyManager);
        await app.SettleAsync();
        Assert.All(app.Sms.Sent, m =>
        {
            Assert.InRange(SmsText.Segments(m.Text), 1, 2);
            Assert.DoesNotContain("{", m.Text, StringComparison.Ordinal);
        });
        var toResident = app.Sms.Sent.Where(m => m.To == TestCompany.ResidentPhone).ToList();
        Assert.Contains(toResident, m => m.Text.Contains("https://homes.example/o/", StringComparison.Ordinal));
        Assert.Contains(toResident, m => m.Text.Contains("https://homes.example/e/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_an_order_moves_on_Then_it_stands_in_one_list_and_in_the_month_it_was_last_done_in()
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.DoneAsync();
        await AssertListedAsync(app, OrderStage.Done);
        Assert.Single((await app.Get<ITables>().Of<ClosedRow>().QueryAsync("HY-2026-03", null, null, 10, null, Ct)).Rows);
        app.Time.SetUtcNow(TestCompany.Time("2026-04-02 09:00"));
        await app.SettleAsync();
        var issue = (await app.StateAsync(order)).Request!.Issue;
        await app.DoAsync(order, new OrderCommand.RefuseEvaluation(issue, "又漏了", Complains: false), null);
        await app.SettleAsync();
        Assert.Empty((await app.Get<ITables>().Of<ClosedRow>().QueryAsync("HY-2026-03", null, null, 10, null, Ct)).Rows);
        await AssertListedAsync(app, OrderStage.InProgress);
        await app.DoAsync(order, new OrderCommand.Finish("又修了一次"), TestCompany.Engineer);
        await app.SettleAsync();
        Assert.Single((await app.Get<ITables>().Of<ClosedRow>().QueryAsync("HY-2026-04", null, null, 10, null, Ct)).Rows);
        var month = await app.Get<OrderReader>().MonthAsync(TestCompany.HY, 2026, 3, Ct);
        Assert.Equal((1, 1, 1), (month!.Orders, month.Done, month.Reopened));
    }

    [Fact]
    public async Task Given_the_evaluation_is_not_given_When_time_passes_Then_reminded_five_times_by_one_link_until_it_dies()
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.DoneAsync();
        for (var day = 0; day < 13; day++)
        {
            app.Time.Advance(TimeSpan.FromDays(1));
            await app.SettleAsync();
            await app.SettleAsync();
        }

        Assert.Single(app.Sms.Sent, m => m.Text.Contains("已完工", StringComparison.Ordinal));
        Assert.Equal(5, Reminders(app).Count);
        var first = app.Sms.Sent.Single(m => m.Text.Contains("已完工", StringComparison.Ordinal));
        Assert.Equal([1], await IssuesAsync([first, .. Reminders(app)]));
        app.Time.Advance(TimeSpan.FromDays(2));
        await app.SettleAsync();
        Assert.Equal([1, 2], await IssuesAsync(Reminders(app)));

        // Each message has a token of its own; those of one issue live and die together.
        async Task<IEnumerable<int>> IssuesAsync(IEnumerable<ReadyMessage> messages)
        {
            var matter = (await app.Get<OrderKind>().LoadAsync(order.Stream, Ct))!;
            return messages.Select(m => matter.IssueOf(LinkIn(m).Split('/')[^1], OrderMatter.EvaluationPage)!.Value)
                .Distinct().Order();
        }
    }

    [Fact, Clause("3.3"), Clause("4.6.2-4")]
    public async Task Given_a_worker_signs_by_a_second_phone_of_their_own_Then_it_is_in_no_figure_until_quality_confirmed_it()
    {
        await using var app = await TestApp.StartAsync();
        var order = await app.DoneAsync(OrderWorld.Request(phone: TestCompany.Phone(77)));
        var hash = (await app.StateAsync(order)).Request!.TextHash;
        await app.DoAsync(order, new OrderCommand.Evaluate(1, "t", hash, "data:m", 5, 5, null), null);
        await app.SettleAsync();
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.Inspector.Phone.Value
            && m.Text.Contains("不在该户登记内", StringComparison.Ordinal));
        Assert.Equal((1, 0, null, null), await FiguresAsync());
        await app.DoAsync(order, new OrderCommand.DecideSignature(true, "本人确认", "王芳"), TestCompany.Inspector);
        await app.SettleAsync();
        Assert.Equal((0, 1, 5.0, 5.0), await FiguresAsync());

        async Task<(int Open, int Signed, double? Quality, double? Attitude)> FiguresAsync()
        {
            var month = (await app.Get<OrderReader>().MonthAsync(TestCompany.HY, 2026, 3, Ct))!;
            return (month.Open, month.SignedDrawn, month.Quality, month.Attitude);
        }
    }

    private static List<ReadyMessage> Reminders(TestApp app) =>
        [.. app.Sms.Sent.Where(m => m.To == TestCompany.ResidentPhone && m.Text.Contains("提醒", StringComparison.Ordinal))];

    private static string LinkIn(ReadyMessage message) => message.Text[message.Text.IndexOf("https", StringComparison.Ordinal)..];

    private static async Task AssertListedAsync(TestApp app, OrderStage expected)
    {
        foreach (var stage in Enum.GetValues<OrderStage>())
        {
            var page = await app.Get<OrderReader>().ListAsync(TestCompany.HY, stage, 10, null, Ct);
            Assert.Equal((stage, stage == expected ? 1 : 0), (stage, page.Rows.Count));
        }
    }
}
