using System.Globalization;
using CustomerComm.App.Complaints;
using CustomerComm.App.Jobs;
using CustomerComm.App.Matters;
using CustomerComm.App.Registers;
using CustomerComm.App.Reviews;
using CustomerComm.App.Tests.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;
using CustomerComm.Domain.Reviews;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Reviews;

/// <summary>Nothing said is left out: what was put aside comes before quality at the end of the month.</summary>
[Clause("4.5.4"), Clause("4.6.2-1")]
public sealed class DoubtFlowTests
{
    private const string Entry = "HY-OFFICE-2026-03-1";

    private static readonly RegisterKey s_march = new(TestCompany.HY, new PostId("office"), "2026-03");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_complaint_entered_and_answered_When_left_out_wrongly_Then_quality_makes_it_one()
    {
        await using var app = await TestApp.StartAsync();
        await EnterAsync(app, "投诉：保安打人");
        await LeaveOutAsync(app);
        await SubmittedAsync(app, Entry);
        var (reviews, review) = (app.Get<ReviewKind>(), (await LoadAsync(app))!);
        Assert.Equal(1, review.State.Opinions);
        Assert.IsType<MatterResult<Review>.Refused>(await reviews.CloseAsync(review, TestCompany.Inspector, null, Ct));

        var opinion = (await reviews.FindAsync(Entry, TestCompany.HY, "2026-03", Ct))!;
        for (var i = 0; i < 2; i++)
        {
            Assert.IsType<MatterResult<Review>.Done>(await reviews.InspectAsync(
                review, opinion, holds: false, "打人不能不立案", TestCompany.Inspector, null, Ct));
        }

        var again = (await LoadAsync(app))!.State.Verdicts[Entry].TakenUp!.Value;
        var complaint = (await app.Get<App.Complaints.ComplaintKind>().FindAsync(again, Ct))!.State;
        Assert.Equal(("投诉：保安打人", 1), (complaint.Intake.Text.Value, complaint.Number.Sequence));
        var entry = (await app.Get<RegisterKind>().FindAsync(s_march, Ct))!.Find(1)!;
        Assert.Equal(again.ToString(), entry.Subject!.Number);
        Assert.IsType<MatterResult<Review>.Done>(
            await reviews.CloseAsync((await LoadAsync(app))!, TestCompany.Inspector, null, Ct));
    }

    [Fact]
    public async Task Given_words_that_read_like_praise_When_somebody_takes_them_up_Then_it_is_a_complaint()
    {
        await using var app = await TestApp.StartAsync();
        await EnterAsync(app, "谢谢你们，真会收钱");
        var opened = Assert.IsType<TakenUp.Opened>(
            await app.Get<RegisterComplaints>().OpenAsync(s_march, 1, TestCompany.HyDuty, Ct));
        Assert.Equal((Nature.Complaint, true), (opened.Complaint.Kind, opened.Complaint.EverComplaint));
    }

    [Fact]
    public async Task Given_a_complaint_stays_in_the_register_When_the_month_is_closed_Then_it_cannot_be()
    {
        await using var app = await TestApp.StartAsync();
        await EnterAsync(app, "投诉：保安打人");
        await SubmittedAsync(app, Entry, handled: false);
        var reviews = app.Get<ReviewKind>();
        var no = Assert.IsType<MatterResult<Review>.Refused>(
            await reviews.CloseAsync((await LoadAsync(app))!, TestCompany.Inspector, null, Ct));
        Assert.Contains(Entry, no.Refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_it_is_left_out_after_its_month_Then_it_belongs_to_the_inspection_of_that_later_month()
    {
        await using var app = await TestApp.StartAsync();
        await EnterAsync(app, "投诉：保安打人");
        app.Time.SetUtcNow(TestCompany.Time("2026-04-10 09:00"));
        await LeaveOutAsync(app);
        var reviews = app.Get<ReviewKind>();
        Assert.Empty(await reviews.DoubtsAsync(TestCompany.HY, "2026-03", Ct));
        Assert.Equal(Entry, Assert.Single(await reviews.DoubtsAsync(TestCompany.HY, "2026-04", Ct)).Number);
        Assert.NotNull(await reviews.FindAsync(Entry, TestCompany.HY, "2026-04", Ct));
    }

    [Fact]
    public async Task Given_a_dismissed_complaint_When_quality_finds_it_wrong_Then_a_linked_one_is_opened_once()
    {
        await using var app = await TestApp.StartAsync();
        var first = await app.OpenAsync();
        await app.DoAsync(
            first, new ComplaintCommand.Dismiss(FindingReason.NothingToHandle, "无效投诉"), TestCompany.HyDuty);
        await app.DoAsync(first, new ComplaintCommand.DecideFinding(true, null), TestCompany.QualityHead);
        await app.SweepAsync();
        var number = first.State.Number.ToString();
        await SubmittedAsync(app, number);
        var (reviews, review) = (app.Get<ReviewKind>(), (await LoadAsync(app))!);
        Assert.IsType<MatterResult<Review>.Refused>(await reviews.CloseAsync(review, TestCompany.Inspector, null, Ct));
        var opinion = (await reviews.FindAsync(number, TestCompany.HY, "2026-03", Ct))!;
        // Whoever consented does not look at it again, and nothing is opened by the try.
        var own = Assert.IsType<MatterResult<Review>.Refused>(await reviews.InspectAsync(
            review, opinion, holds: false, "应立案", TestCompany.QualityHead, null, Ct));
        Assert.Equal(RefusalCode.OwnWork, own.Refusal.Code);
        for (var i = 0; i < 2; i++)
        {
            Assert.IsType<MatterResult<Review>.Done>(await reviews.InspectAsync(
                review, opinion, holds: false, "应立案", TestCompany.Inspector, null, Ct));
        }

        var again = (await LoadAsync(app))!.State.Verdicts[number].TakenUp!.Value;
        Assert.Equal(2, again.Sequence);
        var complaint = (await app.Get<App.Complaints.ComplaintKind>().FindAsync(again, Ct))!.State;
        Assert.Equal(first.State.Number, complaint.Intake.Follows);
        Assert.IsType<MatterResult<Review>.Done>(
            await reviews.CloseAsync((await LoadAsync(app))!, TestCompany.Inspector, null, Ct));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(7, Lots.Sample)]
    public async Task Given_messages_the_system_took_for_enquiries_When_answered_Then_quality_sees_a_sample_of_them(
        int answered, int drawn)
    {
        await using var app = await TestApp.StartAsync();
        for (var i = 0; i < answered; i++)
        {
            var opened = await app.OpenAsync($"请问{i}号楼的停车费每月多少钱？", category: null);
            Assert.Equal(Nature.Enquiry, opened.State.Kind);
            await app.DoAsync(
                opened, new ComplaintCommand.Triage(Nature.Enquiry, Category.Parking, [], Severity.Ordinary, null, null),
                TestCompany.HyDuty);
            await app.DoAsync(opened, new ComplaintCommand.Answer("每月三百元"), TestCompany.HyDuty);
        }

        // A complaint that is answered or solved is none of them, nor what is still to be answered.
        await app.OpenAsync("请问快递柜在哪里？", category: null);
        await app.OpenAsync("电梯坏了三天没人修");
        await app.SettleAsync();
        var reviews = app.Get<ReviewKind>();
        var lines = await reviews.DoubtsAsync(TestCompany.HY, "2026-03", Ct);
        Assert.Equal(drawn, lines.Count);
        Assert.All(lines, l => Assert.Equal(Doubt.Filtered, l.Doubt));
        Assert.Equal(lines, await reviews.DoubtsAsync(TestCompany.HY, "2026-03", Ct));
        Assert.Empty(await reviews.DoubtsAsync(TestCompany.HY, "2026-04", Ct));
        Assert.Contains(lines[0].Number, (await reviews.FactsAsync(TestCompany.HY, 2026, 3, null, null, Ct)).Doubtful);
    }

    [Fact]
    public async Task Given_something_was_taken_from_it_in_two_months_Then_quality_sees_it_in_both_inspections()
    {
        await using var app = await TestApp.StartAsync();
        var opened = await app.OpenAsync("电梯坏了三天没人修");
        var major = new ComplaintCommand.Triage(Nature.Complaint, Category.Equipment, [], Severity.Major, null, null);
        await app.DoAsync(opened, major, TestCompany.HyDuty);
        await app.DoAsync(
            opened, major with { Severity = Severity.Ordinary, Why = FindingReason.LessGrave, Reason = "已到现场核实" },
            TestCompany.HyDuty);
        await app.DoAsync(opened, new ComplaintCommand.DecideFinding(true, null), TestCompany.Inspector);
        app.Time.SetUtcNow(TestCompany.Time("2026-04-02 09:00"));
        await app.DoAsync(opened, new ComplaintCommand.Dismiss(FindingReason.Duplicate, "重复"), TestCompany.HyDuty);
        await app.DoAsync(opened, new ComplaintCommand.DecideFinding(true, null), TestCompany.OtherInspector);
        await app.SettleAsync();
        var reviews = app.Get<ReviewKind>();
        Assert.Equal(Doubt.Lowered, Assert.Single(await reviews.DoubtsAsync(TestCompany.HY, "2026-03", Ct)).Doubt);
        Assert.Equal(Doubt.Dismissed, Assert.Single(await reviews.DoubtsAsync(TestCompany.HY, "2026-04", Ct)).Doubt);
        foreach (var month in new[] { "2026-03", "2026-04" })
            Assert.NotNull(await reviews.FindAsync(opened.State.Number.ToString(), TestCompany.HY, month, Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Clause("4.5.4")]
    public async Task Given_staff_entered_it_and_it_was_taken_back_Then_quality_looks_at_it_in_the_month(bool byStaff)
    {
        await using var app = await TestApp.StartAsync();
        var request = TestApp.Request("电梯坏了三天没人修", Category.Equipment, TestCompany.Phone(71));
        Actor by = byStaff ? new Actor.Staff(TestCompany.HyGuard) : new Actor.Resident();
        var opened = Assert.IsType<MatterResult<Complaint>.Done>(await app.Get<Intake>().ReceiveAsync(
            byStaff ? request with { Channel = Channel.Phone } : request, by, Ct)).Matter;
        await app.Get<ComplaintKind>().HandleAsync(
            opened.Stream, new ComplaintCommand.Withdraw(Channel.Sms, null), new Actor.Resident(), null, Ct);
        await app.SettleAsync();
        var lines = await app.Get<ReviewKind>().DoubtsAsync(TestCompany.HY, "2026-03", Ct);
        Assert.Equal(byStaff ? [Doubt.TakenBack] : [], lines.Select(l => l.Doubt));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(9, Lots.Sample)]
    public async Task Given_contacts_were_filtered_out_Then_five_are_drawn_or_all_and_always_the_same(
        int filtered, int drawn)
    {
        await using var app = await TestApp.StartAsync();
        for (var i = 0; i < filtered; i++)
        {
            await app.Get<RegisterFeed>().EnterAsync(
                TestCompany.HY, new PostId("office"),
                new RegisterContact(
                    i.ToString(CultureInfo.InvariantCulture), TestApp.Start, Channel.Sms, null, "+12025550180", null,
                    null, "低价贷款")
                {
                    Apart = Apart.Spam,
                },
                Ct);
        }

        await app.SweepAsync();
        var reviews = app.Get<ReviewKind>();
        var first = await reviews.DoubtsAsync(TestCompany.HY, "2026-03", Ct);
        Assert.Equal(drawn, first.Count);
        Assert.All(first, l => Assert.Equal(Doubt.Filtered, l.Doubt));
        Assert.Equal(first, await reviews.DoubtsAsync(TestCompany.HY, "2026-03", Ct));
        var facts = await reviews.FactsAsync(TestCompany.HY, 2026, 3, null, null, Ct);
        Assert.Equal(first.Select(l => l.Number), facts.Doubtful);
        // One that was wrongly filtered out becomes a complaint too.
        await SubmittedAsync(app);
        var review = (await LoadAsync(app))!;
        var opinion = (await reviews.FindAsync(first[0].Number, TestCompany.HY, "2026-03", Ct))!;
        Assert.IsType<MatterResult<Review>.Done>(await reviews.InspectAsync(
            review, opinion, holds: false, "并非广告", TestCompany.Inspector, null, Ct));
        Assert.NotNull((await LoadAsync(app))!.State.Verdicts[first[0].Number].TakenUp);
    }

    private static async Task EnterAsync(TestApp app, string text)
    {
        var contact = new RegisterContact(
            "form:1", app.Time.Now(), Channel.Phone, "王芳", TestCompany.ResidentPhone, null, "3-1-502", text, null,
            new ContactAnswer(TestCompany.HyGuard.Id, Channel.Phone, new Personal("已答"), app.Time.Now()));
        Assert.IsType<MatterResult<Register>.Done>(await app.Get<RegisterKind>().EnterAsync(
            TestCompany.HY, s_march.Post, contact, wantsAnswer: false, new Actor.Staff(TestCompany.HyGuard), null, Ct));
        await app.SweepAsync();
    }

    private static async Task LeaveOutAsync(TestApp app)
    {
        Assert.IsType<MatterResult<Register>.Done>(await app.Get<RegisterKind>().LeaveOutAsync(
            s_march, 1, LeftOutReason.NoOpinion, "误会", new Actor.Staff(TestCompany.HyDuty), null, Ct));
        await app.SweepAsync();
    }

    /// <summary>March is over; the office found what there is of it and handed it over.</summary>
    private static async Task SubmittedAsync(TestApp app, string? opinion = null, bool handled = true)
    {
        app.Time.SetUtcNow(TestCompany.Time("2026-04-01 09:20"));
        await app.Get<JobRunner>().RunAsync("monthly-review", new DateOnly(2026, 3, 1), null, Ct);
        var reviews = app.Get<ReviewKind>();
        if (opinion is not null)
        {
            var facts = (await reviews.FindAsync(opinion, Ct))!.Facts;
            var finding = new OpinionFinding(
                facts, handled, Told: true, handled ? null : "待查", handled ? null : "下月", null);
            Assert.IsType<MatterResult<Review>.Done>(await reviews.HandleAsync(
                reviews.StreamOf(TestCompany.HY, 2026, 3), new ReviewCommand.Find([finding]),
                new Actor.Staff(TestCompany.HyDuty), null, Ct));
        }

        Assert.IsType<MatterResult<Review>.Done>(
            await reviews.SubmitAsync((await LoadAsync(app))!, TestCompany.HyManager, null, Ct));
    }

    private static Task<LoadedMatter<Review>?> LoadAsync(TestApp app) =>
        app.Get<ReviewKind>().LoadAsync(app.Get<ReviewKind>().StreamOf(TestCompany.HY, 2026, 3), Ct);
}
