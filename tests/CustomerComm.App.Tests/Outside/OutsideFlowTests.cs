using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Outside;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Outside;
using CustomerComm.Testing;
using CustomerComm.Testing.Complaints;
using Told = CustomerComm.Domain.Complaints.ComplaintCommand;

namespace CustomerComm.App.Tests.Outside;

/// <summary>Work orders from outside through the whole application (4.6.2-2).</summary>
[Clause("4.6.2-2")]
public sealed class OutsideFlowTests
{
    private static readonly CancellationToken s_ct = CancellationToken.None;

    [Fact]
    public async Task Given_the_same_order_twice_by_different_ways_Then_it_is_one_complaint_and_one_order()
    {
        await using var app = await TestApp.StartAsync();
        var first = await TakeAsync(app);
        var again = await TakeAsync(app, number: "bj-2026 0302-00017", actor: new Actor.System());
        var other = await TakeAsync(app, text: "诉求人催办：电梯还没修", line: OutsideLine.SubDistrict);
        Assert.Equal((false, true, true), (first.Repeated, again.Repeated, other.Repeated));
        Assert.Equal([first.Matter.Stream], new[] { again, other }.Select(x => x.Matter.Stream).Distinct());
        Assert.Equal(first.Matter.State.Complaint, other.Matter.State.Complaint);
        Assert.Equal(OutsideLine.Hotline12345, other.Matter.State.Terms.Line);
        Assert.Equal(2, other.Matter.State.Words.Count);
        await app.SweepAsync();
        var report = await MonthAsync(app);
        Assert.Equal((1, 1), (report.Received, report.Outside.Received));
        Assert.Equal("BJ-20260302-00017", Assert.Single(report.Lines).Outside);
        // In another community the number is another order.
        var elsewhere = await TakeAsync(app, community: TestCompany.JX, by: TestCompany.JxDuty);
        Assert.False(elsewhere.Repeated);
    }

    [Fact]
    public async Task Given_many_at_once_with_other_words_Then_they_are_still_one()
    {
        await using var app = await TestApp.StartAsync();
        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(
            () => TakeAsync(app, text: $"电梯坏了，第{i % 3}次转来"))));
        Assert.Single(taken.Select(t => t.Matter.Stream).Distinct());
        await app.SweepAsync();
        Assert.Equal(1, (await MonthAsync(app)).Received);
    }

    [Fact]
    public async Task Given_a_complaint_here_already_When_an_order_about_it_comes_Then_it_is_that_case()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        var order = await TakeAsync(app, of: complaint.State.Number);
        Assert.Equal(complaint.State.Number, order.Matter.State.Complaint);
        Assert.Single((await app.StateAsync(complaint)).OutsideOrders);
        var again = await TakeAsync(app);
        Assert.Equal((true, complaint.State.Number), (again.Repeated, again.Matter.State.Complaint));
        var strange = await app.Get<OutsideIntake>().TakeAsync(
            Request(app, number: "BJ-2", of: new MatterNumber(TestCompany.HY, "", 2026, 77)),
            new Actor.Staff(TestCompany.HyDuty), s_ct);
        Assert.Equal("complaint", Assert.IsType<MatterResult<OutsideOrder>.Refused>(strange).Refusal.Field);
    }

    [Fact]
    public async Task Given_the_program_stops_between_complaint_and_order_Then_the_pump_begins_the_order_by_its_own_clock()
    {
        await using var app = await TestApp.StartAsync();
        var request = Request(app);
        // What the first step writes, and nothing after it.
        var result = await app.Get<Intake>().ReceiveAsync(
            TestApp.Request("电梯坏了三天没人修", Category.Equipment, TestCompany.ResidentPhone, "outside:HY:BJ-20260302-00017")
                with
            { Outside = request.Delivery, Channel = Channel.Outside },
            new Actor.System(), s_ct);
        Assert.IsType<MatterResult<Complaint>.Done>(result);
        app.Time.Advance(TimeSpan.FromHours(3));
        await app.SweepAsync();
        var order = await app.Get<OutsideKind>().FindAsync(TestCompany.HY, request.Delivery.Number, s_ct);
        Assert.Equal(
            app.Get<Company.RulesBook>().Current(TestCompany.HY).Due(
                request.Delivery.ReceivedThere, new OutsideLimits().Reply),
            order!.State.Terms.ReplyDue);
    }

    [Fact]
    [Clause("4.2.1")]
    public async Task Given_the_complaint_is_closed_inside_Then_the_reply_is_still_owed_and_lapses_to_the_leader_at_once()
    {
        await using var app = await TestApp.StartAsync();
        var order = (await TakeAsync(app)).Matter;
        var complaint = (await app.Get<ComplaintKind>().FindAsync(order.State.Complaint, s_ct))!;
        var withdrawn = await app.Get<ComplaintKind>().HandleAsync(
            complaint.Stream, new Told.Withdraw(Channel.Chat, "算了"), new Actor.Resident(), null, s_ct);
        Assert.IsType<MatterResult<Complaint>.Done>(withdrawn);
        await app.SweepAsync();
        Assert.False((await app.StateAsync(complaint)).Open);
        Assert.Contains(OutsideKind.Owed(await LoadAsync(app, order)), o => o.Kind == ObligationKind.ReplyOutside);

        app.Time.Advance(order.State.Terms.ReplyDue - app.Time.GetUtcNow() + TimeSpan.FromMinutes(1));
        await app.SweepAsync();
        var late = await LoadAsync(app, order);
        Assert.Contains(late.Tracked.Lapses, l => l.Kind == ObligationKind.ReplyOutside);
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.Leader.Phone.Value
            && m.Text.Contains("回复工单", StringComparison.Ordinal));

        // Replied late at last: counted as that, whatever the complaint became.
        await DoAsync(app, order, new OutsideCommand.DraftReply("诉求人已撤回，问题已处理。"), TestCompany.HyDuty);
        var draft = (await LoadAsync(app, order)).State.Draft!;
        await DoAsync(app, order, new OutsideCommand.DecideReply(draft.Id, true, null), TestCompany.Inspector);
        await app.SweepAsync();
        var figures = (await MonthAsync(app)).Outside;
        Assert.Equal((1, 0, 1, 0), (figures.Counted, figures.RepliedInTime, figures.RepliedLate, figures.Overdue));
        Assert.Equal(1, figures.ContactLate);
    }

    [Fact]
    [Clause("4.6.2-1")]
    public async Task Given_the_complaint_is_dismissed_or_joined_Then_the_order_still_stands()
    {
        await using var app = await TestApp.StartAsync();
        var lead = await app.OpenAsync(phone: TestCompany.Phone(52));
        var order = (await TakeAsync(app)).Matter;
        var complaint = (await app.Get<ComplaintKind>().FindAsync(order.State.Complaint, s_ct))!;
        await app.DoAsync(complaint, new Told.Join((await app.StateAsync(lead))), TestCompany.HyDuty);
        await app.DoAsync(complaint, new Told.Dismiss(FindingReason.Duplicate, "同一件事"), TestCompany.HyDuty);
        await app.DoAsync(complaint, new Told.DecideFinding(true, null), TestCompany.Inspector);
        await app.SweepAsync();
        Assert.Equal(Outcome.Dismissed, (await app.StateAsync(complaint)).Outcome);
        Assert.Contains(OutsideKind.Owed(await LoadAsync(app, order)), o => o.Kind == ObligationKind.ReplyOutside);
    }

    [Fact]
    public async Task Given_the_complaint_gets_a_handler_Then_they_owe_the_reply_and_may_not_approve_it()
    {
        await using var app = await TestApp.StartAsync();
        var order = (await TakeAsync(app)).Matter;
        var complaint = (await app.Get<ComplaintKind>().FindAsync(order.State.Complaint, s_ct))!;
        await app.DoAsync(complaint, ComplaintScenario.Triage(Category.Equipment), TestCompany.HyDuty);
        await app.SweepAsync();
        var owed = OutsideKind.Owed(await LoadAsync(app, order)).First(o => o.Kind == ObligationKind.ReplyOutside);
        Assert.Equal(Party.Of(TestCompany.Engineer.Id), owed.Owner);
        Assert.Contains(app.Sms.Sent, m => m.To == TestCompany.Engineer.Phone.Value
            && m.Text.Contains("BJ-20260302-00017", StringComparison.Ordinal));
        await DoAsync(app, order, new OutsideCommand.DraftReply("已修好"), TestCompany.Engineer);
        var draft = (await LoadAsync(app, order)).State.Draft!;
        var alone = await app.Get<OutsideKind>().HandleAsync(
            order.Stream, new OutsideCommand.DecideReply(draft.Id, true, null),
            new Actor.Staff(TestCompany.Engineer), null, s_ct);
        Assert.IsType<MatterResult<OutsideOrder>.Refused>(alone);
    }

    [Fact]
    [Clause("4.5.4")]
    public async Task Given_a_month_of_orders_Then_the_rates_are_of_those_reached_and_those_given_back_are_left_out()
    {
        await using var app = await TestApp.StartAsync();
        var answers = new CallBackAnswers?[]
        {
            new(true, true, true), new(true, true, false), new(false, false, false), new(true, false, false),
        };
        for (var i = 0; i < answers.Length; i++)
        {
            var order = await RepliedAsync(app, $"BJ-10{i}");
            await DoAsync(app, order, new OutsideCommand.CallBack(answers[i], "答复"), TestCompany.Inspector);
        }

        // One that nobody was reached for, one not called back yet, one given back, one not replied to.
        var silent = await RepliedAsync(app, "BJ-200");
        for (var day = 0; day < 3; day++)
        {
            await DoAsync(app, silent, new OutsideCommand.CallBack(null, "无人接听"), TestCompany.Inspector);
            app.Time.Advance(TimeSpan.FromDays(1));
        }

        await RepliedAsync(app, "BJ-201");
        var back = (await TakeAsync(app, number: "BJ-202")).Matter;
        await DoAsync(app, back, new OutsideCommand.ProposeReturn(ReturnReason.NotOurArea, "不在小区内"), TestCompany.HyDuty);
        await DoAsync(app, back, new OutsideCommand.DecideReturn(true, null), TestCompany.Inspector);
        await TakeAsync(app, number: "BJ-203");
        await app.SweepAsync();
        var f = (await MonthAsync(app)).Outside;
        Assert.Equal((8, 1, 7, 1), (f.Received, f.Returned, f.Counted, f.Open));
        Assert.Equal((4, 1, 2), (f.Reached, f.NotReached, f.ToAsk));
        Assert.Equal((0.75, 0.5, 0.25), (f.ResponseRate, f.ResolutionRate, f.SatisfactionRate));
        Assert.Equal(("NotOurArea", 1), (Assert.Single(f.Returns).Reason, f.Returns[0].Count));
        Assert.Null(OutsideFigures.Of([], default).ResponseRate);
    }

    private static async Task<LoadedMatter<OutsideOrder>> RepliedAsync(TestApp app, string number)
    {
        var order = (await TakeAsync(app, number: number)).Matter;
        await DoAsync(app, order, new OutsideCommand.DraftReply("已处理"), TestCompany.HyDuty);
        var draft = (await LoadAsync(app, order)).State.Draft!;
        await DoAsync(app, order, new OutsideCommand.DecideReply(draft.Id, true, null), TestCompany.QualityHead);
        return order;
    }

    private static OutsideRequest Request(
        TestApp app, string number = "BJ-20260302-00017", string text = "电梯坏了三天没人修", MatterNumber? of = null,
        CommunityId? community = null, OutsideLine line = OutsideLine.Hotline12345, StaffId? by = null) => new(
        community ?? TestCompany.HY,
        new OutsideDelivery(line, number, TestApp.Start.AddHours(-1) > app.Time.GetUtcNow()
            ? app.Time.GetUtcNow() : TestApp.Start.AddHours(-1), false, null, null),
        text, null, community is null ? TestCompany.ResidentPhone : TestCompany.Phone(54), null, null, of, by);

    private static async Task<MatterResult<OutsideOrder>.Done> TakeAsync(
        TestApp app, string number = "BJ-20260302-00017", string text = "电梯坏了三天没人修", MatterNumber? of = null,
        CommunityId? community = null, StaffMember? by = null, Actor? actor = null,
        OutsideLine line = OutsideLine.Hotline12345)
    {
        var staff = by ?? TestCompany.HyDuty;
        var result = await app.Get<OutsideIntake>().TakeAsync(
            Request(app, number, text, of, community, line, staff.Id), actor ?? new Actor.Staff(staff), s_ct);
        return Assert.IsType<MatterResult<OutsideOrder>.Done>(result);
    }

    private static async Task<MonthlyReport> MonthAsync(TestApp app) =>
        (await app.Get<ReportReader>().MonthAsync(TestCompany.HY, 2026, 3, Unit.Leader, s_ct))!;

    private static async Task<LoadedMatter<OutsideOrder>> LoadAsync(TestApp app, LoadedMatter<OutsideOrder> order) =>
        (await app.Get<OutsideKind>().LoadAsync(order.Stream, s_ct))!;

    private static async Task DoAsync(
        TestApp app, LoadedMatter<OutsideOrder> order, OutsideCommand command, StaffMember by)
    {
        var result = await app.Get<OutsideKind>().HandleAsync(order.Stream, command, new Actor.Staff(by), null, s_ct);
        Assert.True(
            result is MatterResult<OutsideOrder>.Done,
            $"{command}: {(result as MatterResult<OutsideOrder>.Refused)?.Refusal}");
    }
}
