using System.Collections.Immutable;
using System.Text.Json;
using CustomerComm.App.Jobs;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Reviews;
using CustomerComm.App.Storage;
using CustomerComm.App.Tests.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Reviews;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Reviews;

/// <summary>The monthly review through the whole application: jobs, messages, rows.</summary>
[Clause("4.5.4")]
public sealed class ReviewServiceTests
{
    private static readonly DateOnly March = new(2026, 3, 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_month_with_opinions_When_the_job_runs_twice_Then_one_review_is_open_and_told_once()
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync();
        await app.SweepAsync();
        app.Time.SetUtcNow(TestCompany.Time("2026-04-01 00:20"));
        for (var i = 0; i < 2; i++)
        {
            var report = await RunAsync(app, "monthly-review", null);
            Assert.Equal(1, report.Done);
            await app.SweepAsync();
        }

        var review = (await LoadAsync(app))!;
        Assert.Equal((1, ReviewStage.Reviewing, 1L), (review.State.Opinions, review.State.Stage, review.Version));
        Assert.Single(app.Sms.Sent, m => m.To == TestCompany.HyManager.Phone.Value
            && m.Text.Contains("2026-03", StringComparison.Ordinal));
        // The other community collected nothing: nothing is owed there.
        Assert.Null(await app.Get<ReviewKind>().LoadAsync(
            app.Get<ReviewKind>().StreamOf(TestCompany.JX, 2026, 3), Ct));
    }

    [Fact]
    public async Task Given_the_month_is_not_over_When_the_job_is_run_for_it_Then_it_is_left_for_later()
    {
        await using var app = await TestApp.StartAsync();
        await app.OpenAsync();
        await app.SweepAsync();
        Assert.Equal(0, (await RunAsync(app, "monthly-review", March)).Done);
        Assert.Null(await LoadAsync(app));
    }

    [Fact, Clause("3.2")]
    public async Task Given_a_whole_month_When_reviewed_inspected_and_closed_Then_the_report_is_frozen_and_told_once()
    {
        await using var app = await TestApp.StartAsync();
        var (done, open, praise) = await MonthAsync(app);
        app.Time.SetUtcNow(TestCompany.Time("2026-04-01 00:20"));
        await RunAsync(app, "monthly-review", null);
        // The office works on it in the morning, when residents may be told.
        app.Time.SetUtcNow(TestCompany.Time("2026-04-01 09:20"));

        Assert.IsType<MatterResult<Review>.Refused>(await SubmitAsync(app));
        await FindAsync(app, praise, new(default!, true, true, null, null, null), TestCompany.HyDuty);
        await FindAsync(app, done, new(default!, false, true, "等配件", "四月更换", "配件四月到货，届时更换"), TestCompany.HyDuty);
        await FindAsync(app, open, new(default!, false, true, "无人在家", "下周再约", null), TestCompany.HyDuty);
        Assert.IsType<MatterResult<Review>.Done>(await SubmitAsync(app));
        await app.SweepAsync();
        Assert.Equal(1, Told(app, TestCompany.ResidentPhone, "配件四月到货"));
        Assert.Equal(0, Told(app, TestCompany.Phone(52), "复核"));
        Assert.Equal(1, Told(app, TestCompany.Inspector.Phone.Value, "2026-03"));

        Assert.Equal(0, (await RunAsync(app, "monthly-report", March)).Done);
        var reviews = app.Get<ReviewKind>();
        // Of the praise that came as a complaint somebody without a hand in it says that this was right.
        Assert.IsType<MatterResult<Review>.Refused>(
            await reviews.CloseAsync((await LoadAsync(app))!, TestCompany.Inspector, null, Ct));
        await CheckDoubtsAsync(app);
        var closed = Assert.IsType<MatterResult<Review>.Done>(
            await reviews.CloseAsync((await LoadAsync(app))!, TestCompany.Inspector, null, Ct));
        var figures = closed.Matter.State.Figures!;
        Assert.Equal((3, 2, 1), (figures.Opinions, figures.Complaints, figures.Praise));
        Assert.Equal((2, 1), (figures.Open, figures.Closed));
        Assert.Equal([new Problem("Equipment", "3", 2)], figures.Problems);
        Assert.Null(await app.Get<ITables>().Of<MonthRow>().GetAsync("HY", "2026-03", Ct));

        for (var i = 0; i < 2; i++)
        {
            await RunAsync(app, "monthly-report", March);
            await app.SweepAsync();
        }

        var row = (await app.Get<ITables>().Of<MonthRow>().GetAsync("HY", "2026-03", Ct))!;
        Assert.Equal((3, 2, "Equipment/3/2"), (row.Opinions, row.Open, row.Problems));
        var message = Assert.Single(app.Sms.Sent, m => m.To == TestCompany.Leader.Phone.Value
            && m.Text.Contains("https://homes.example/r/HY-2026-03/", StringComparison.Ordinal));
        Assert.True(SmsText.Segments(message.Text) <= SmsText.MostSegments);

        // Both obligations of the review are on record in the month they fell due, in time.
        var april = await app.Get<App.Reports.ConformityReader>().ItemsAsync(
            TestCompany.HY, 2026, 4, Unit.Leader, new App.Reports.ConformityFilter("4.5.4", null, App.Reports.ObligationResult.OnTime),
            null, Ct);
        Assert.Equal(
            [("InspectMonth", "review.HY-2026-03"), ("ReviewMonth", "review.HY-2026-03")],
            april.Rows.Where(i => i.Matter == "review").Select(i => (i.Step, i.Stream)).Order());

        // What happens later changes nothing of the closed month.
        await app.DoAsync(done, new ComplaintCommand.Resolve("已换"), TestCompany.Engineer);
        await app.SweepAsync();
        Assert.Equal(row, await app.Get<ITables>().Of<MonthRow>().GetAsync("HY", "2026-03", Ct));
    }

    [Fact]
    public async Task Given_a_month_closed_late_When_the_job_runs_in_a_later_month_Then_its_report_is_found()
    {
        await using var app = await TestApp.StartAsync();
        var only = await app.OpenAsync();
        await app.SweepAsync();
        app.Time.SetUtcNow(TestCompany.Time("2026-06-20 09:00"));
        await RunAsync(app, "monthly-review", March);
        await FindAsync(app, only, new(default!, false, true, "等配件", "更换", null), TestCompany.HyDuty);
        await SubmitAsync(app);
        await app.Get<ReviewKind>().CloseAsync((await LoadAsync(app))!, TestCompany.Inspector, null, Ct);
        Assert.Equal(1, (await RunAsync(app, "monthly-report", null)).Done);
    }

    [Fact]
    public async Task Given_many_opinions_When_found_many_at_once_Then_all_fit_and_the_month_is_paged_through()
    {
        await using var app = await TestApp.StartAsync();
        var cases = new List<LoadedMatter<Complaint>>();
        for (var i = 0; i < 220; i++)
            cases.Add(await app.OpenAsync());
        await app.SweepAsync();
        app.Time.SetUtcNow(TestCompany.Time("2026-04-02 09:00"));
        await RunAsync(app, "monthly-review", March);
        var reviews = app.Get<ReviewKind>();
        Assert.Equal(220, (await LoadAsync(app))!.State.Opinions);
        foreach (var batch in cases.Chunk(ReviewMatter.MostAtOnce))
        {
            var findings = ImmutableArray.CreateBuilder<OpinionFinding>();
            foreach (var c in batch)
            {
                var facts = (await reviews.FindAsync(c.State.Number.ToString(), Ct))!.Facts;
                findings.Add(new OpinionFinding(facts, false, true, "因", "下一步", "处理中：" + facts.Number));
            }

            Assert.IsType<MatterResult<Review>.Done>(await reviews.HandleAsync(
                reviews.StreamOf(TestCompany.HY, 2026, 3), new ReviewCommand.Find(findings.ToImmutable()),
                new Actor.Staff(TestCompany.HyDuty), null, Ct));
        }

        Assert.IsType<MatterResult<Review>.Done>(await SubmitAsync(app));
    }

    [Fact]
    public void Given_an_event_of_each_type_When_written_and_read_Then_nothing_is_lost()
    {
        var (by, said, at) = (new StaffId("s-1"), new Personal("说的话"), TestApp.Start);
        ReviewEvent[] all =
        [
            new ReviewEvent.ReviewOpened(TestCompany.HY, 2026, 3, 7, 1, by, at, "v1"),
            new ReviewEvent.OpinionFound(
                "HY-2026-000001", "complaint", by, true, true, said, said, said, said, "chat", Language.English),
            new ReviewEvent.ReviewSubmitted(by, 7, 1, at),
            new ReviewEvent.WithheldReviewed(by),
            new ReviewEvent.OpinionChecked("HY-2026-000001", by, true, said),
            new ReviewEvent.ReviewSentBack(by, said, at),
            new ReviewEvent.ReviewClosed(
                by, new MonthFigures(7, 1, 2, 3, 4, 5, 6, 7, 8, 9, 3, 4.25, [new Problem("Equipment", "3", 2)])),
            new ReviewEvent.ReportPublished(),
        ];
        Assert.Equal(
            typeof(ReviewEvent).GetNestedTypes().Select(t => t.Name).Order(StringComparer.Ordinal),
            all.Select(e => e.GetType().Name).Order(StringComparer.Ordinal));
        var key = new byte[32];
        foreach (var e in all)
        {
            var json = PersonalConverter.With(key, () => JsonSerializer.Serialize(e, e.GetType(), StoredJson.Options));
            Assert.DoesNotContain("说的话", json, StringComparison.Ordinal);
            var read = PersonalConverter.With(
                key, () => JsonSerializer.Deserialize(json, e.GetType(), StoredJson.Options)!);
            Assert.Equal(Samples.Describe(e), Samples.Describe(read));
        }
    }

    [Theory]
    [InlineData(Language.Chinese)]
    [InlineData(Language.English)]
    public void Given_what_reports_and_reviews_name_Then_there_is_a_text(Language language)
    {
        Assert.All(Enum.GetValues<ReviewStage>(), v => Texts.Name(v, language));
        Assert.All(Enum.GetValues<App.Reports.ObligationResult>(), v => Texts.Name(v, language));
        Assert.All(Clauses.All, c => Texts.Get($"Clause.{c}", language));
        foreach (var template in new[]
        {
            "ReviewOwed", "ReviewWithheld", "ReviewResult", "InspectOwed", "ReviewSentBack", "MonthReport",
        })
        {
            Assert.NotEmpty(Texts.Get($"Template.{template}", language));
        }
    }

    private static Task<JobReport> RunAsync(TestApp app, string job, DateOnly? month) =>
        app.Get<JobRunner>().RunAsync(job, month, null, Ct);

    /// <summary>A month's opinions: a complaint in hand, one nobody took up, and praise that came as a complaint.</summary>
    private static async Task<(LoadedMatter<Complaint> InHand, LoadedMatter<Complaint> Open, LoadedMatter<Complaint> Praise)>
        MonthAsync(TestApp app)
    {
        var done = await app.OpenAsync();
        await app.DoAsync(done, new ComplaintCommand.Accept(), TestCompany.Engineer);
        var open = await app.OpenAsync(phone: TestCompany.Phone(52));
        var praise = await app.OpenAsync("感谢保安师傅", Category.Security, TestCompany.Phone(53));
        await app.DoAsync(
            praise,
            new ComplaintCommand.Triage(
                Nature.Praise, Category.Security, [], Severity.Ordinary, null, null, "是表扬", FindingReason.OnlyPraises),
            TestCompany.HyDuty);
        await app.DoAsync(praise, new ComplaintCommand.DecideFinding(true, null), TestCompany.Inspector);
        await app.DoAsync(praise, new ComplaintCommand.PassOnPraise(null, "谢谢您的表扬"), TestCompany.HyDuty);
        await app.SweepAsync();
        return (done, open, praise);
    }

    /// <summary>Quality has a second person look at whatever is doubtful.</summary>
    private static async Task CheckDoubtsAsync(TestApp app)
    {
        var reviews = app.Get<ReviewKind>();
        await foreach (var line in reviews.LinesAsync(TestCompany.HY, "2026-03", Ct))
        {
            if (line.Doubt != Doubt.None && await reviews.FindAsync(line.Number, TestCompany.HY, "2026-03", Ct) is { } view)
            {
                Assert.IsType<MatterResult<Review>.Done>(await reviews.InspectAsync(
                    (await LoadAsync(app))!, view, true, "已核对", TestCompany.OtherInspector, null, Ct));
            }
        }
    }

    private static Task<LoadedMatter<Review>?> LoadAsync(TestApp app) =>
        app.Get<ReviewKind>().LoadAsync(app.Get<ReviewKind>().StreamOf(TestCompany.HY, 2026, 3), Ct);

    private static async Task<MatterResult<Review>> SubmitAsync(TestApp app) =>
        await app.Get<ReviewKind>().SubmitAsync((await LoadAsync(app))!, TestCompany.HyManager, null, Ct);

    private static async Task FindAsync(TestApp app, LoadedMatter<Complaint> of, OpinionFinding finding, StaffMember by)
    {
        var reviews = app.Get<ReviewKind>();
        var facts = (await reviews.FindAsync(of.State.Number.ToString(), Ct))!.Facts;
        var result = await reviews.HandleAsync(
            reviews.StreamOf(TestCompany.HY, 2026, 3), new ReviewCommand.Find([finding with { Opinion = facts }]),
            new Actor.Staff(by), null, Ct);
        Assert.True(result is MatterResult<Review>.Done, (result as MatterResult<Review>.Refused)?.Refusal.Text);
    }

    private static int Told(TestApp app, string phone, string words) => app.Sms.Sent.Count(m =>
        m.To == phone && m.Text.Contains(words, StringComparison.Ordinal));
}
