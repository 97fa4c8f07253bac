using CsCheck;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.SignIns;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Reports;

/// <summary>Clause by clause what was owed in a month, and what became of it.</summary>
public sealed class ConformityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact, Clause("4.6.2-6"), Clause("4.6.2-3")]
    public async Task Given_driven_time_Then_each_obligation_is_on_time_late_overdue_or_pending()
    {
        await using var app = await TestApp.StartAsync();
        var prompt = await app.OpenAsync();
        var slow = await app.OpenAsync();
        await app.OpenAsync();
        await app.DoAsync(prompt, new ComplaintCommand.Accept(), TestCompany.Engineer);
        app.Time.Advance(TimeSpan.FromHours(3));
        await app.DoAsync(slow, new ComplaintCommand.Accept(), TestCompany.Engineer);
        await app.SweepAsync();

        var report = await MonthAsync(app, 3);

        Assert.Equal(new ObligationCounts(3, 1, 1, 1, 0), CountsOf(report, "4.6.2-3"));
        Assert.Equal(new ObligationCounts(3, 0, 0, 0, 3), CountsOf(report, "4.6.2-6"));
        // Nothing is done about the rest until their time is over.
        app.Time.Advance(TimeSpan.FromDays(10));
        await app.SweepAsync();
        Assert.Equal(new ObligationCounts(3, 0, 0, 3, 0), CountsOf(await MonthAsync(app, 3), "4.6.2-6"));
    }

    [Fact]
    public async Task Given_nothing_happened_Then_all_clauses_are_told_in_order()
    {
        await using var app = await TestApp.StartAsync();
        var report = await MonthAsync(app, 3);
        Assert.Equal(ProcedureClauses.All.Select(c => c.Number), report.Clauses.Select(c => c.Clause));
        Assert.Equal(ObligationCounts.None, report.Total);
    }

    [Fact, Clause("4.6.2-6")]
    public async Task Given_a_due_time_moves_to_the_next_month_Then_it_is_owed_there_and_no_longer_here()
    {
        await using var app = await TestApp.StartAsync();
        app.Time.SetUtcNow(TestCompany.Time("2026-03-30 09:00"));
        var late = await app.OpenAsync();
        await app.DoAsync(late, new ComplaintCommand.Accept(), TestCompany.Engineer);
        var due = (await app.StateAsync(late)).ResolveDue;
        await app.SweepAsync();
        var here = TestCompany.Calendar.LocalDate(due).Month;
        Assert.Equal(1, CountsOf(await MonthAsync(app, here), "4.6.2-6").Owed);

        await app.DoAsync(
            late, new ComplaintCommand.TellExtension(due.AddDays(35), "配件未到"), TestCompany.Engineer);
        await app.SweepAsync();
        // Until the resident agreed, the promise stands where it was; the answer to record is due then too.
        Assert.Equal(2, CountsOf(await MonthAsync(app, here), "4.6.2-6").Owed);
        await app.DoAsync(late, new ComplaintCommand.AnswerExtension(true, Channel.Phone, "王芳", "同意"), TestCompany.EngineeringHead);
        await app.SweepAsync();

        var moved = TestCompany.Calendar.LocalDate(due.AddDays(35)).Month;
        Assert.NotEqual(here, moved);
        Assert.Equal(1, CountsOf(await MonthAsync(app, here), "4.6.2-6").Owed);
        Assert.Equal(new ObligationCounts(1, 0, 0, 0, 1), CountsOf(await MonthAsync(app, moved), "4.6.2-6"));
    }

    [Fact]
    public async Task Given_something_due_at_midnight_of_the_month_Then_the_communitys_own_month_counts()
    {
        await using var app = await TestApp.StartAsync();
        app.Time.SetUtcNow(TestCompany.Time("2026-03-31 23:45"));
        // Triage is due in 30 minutes: 00:15 on 1 April in China, 31 March in UTC.
        await app.OpenAsync(category: null);
        await app.SweepAsync();
        Assert.Equal(0, CountsOf(await MonthAsync(app, 3), "4.6.2-1").Owed);
        Assert.Equal(1, CountsOf(await MonthAsync(app, 4), "4.6.2-1").Owed);
    }

    [Theory]
    [InlineData("Asia/Shanghai", "2026-12-31T15:59:59Z", "2026-12")]
    [InlineData("Asia/Shanghai", "2026-12-31T16:00:00Z", "2027-01")]
    [InlineData("Asia/Shanghai", "2028-02-29T15:59:00Z", "2028-02")]
    [InlineData("Asia/Shanghai", "2028-02-29T16:00:00Z", "2028-03")]
    // New York: winter time ends on 8 March, summer time on 1 November 2026, each an hour into or out of the month.
    [InlineData("America/New_York", "2026-03-01T04:59:00Z", "2026-02")]
    [InlineData("America/New_York", "2026-04-01T03:59:00Z", "2026-03")]
    [InlineData("America/New_York", "2026-04-01T04:00:00Z", "2026-04")]
    [InlineData("America/New_York", "2026-11-01T03:59:00Z", "2026-10")]
    [InlineData("America/New_York", "2026-12-01T04:59:00Z", "2026-11")]
    public void Given_a_due_time_Then_it_belongs_to_the_month_of_the_communitys_clock(
        string zone, string due, string month)
    {
        var at = DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture);
        var step = new ObligationStep(
            ObligationKind.Resolve, "", Domain.Directory.Party.Of(Unit.Office), "4.6.2-6", at.AddDays(-3), at, null, 1);
        var row = Assert.Single(ConformityRow.Of(
            [step], new SignIn(TestCompany.HyDuty.Id, TestCompany.HY, ""), "complaint", "", 1,
            TimeZoneInfo.FindSystemTimeZoneById(zone)));
        Assert.Equal("HY-" + month, row.PartitionKey);
    }

    [Fact]
    public async Task Given_a_figure_When_its_list_is_paged_Then_it_holds_exactly_those_obligations()
    {
        await using var app = await TestApp.StartAsync();
        for (var i = 0; i < 60; i++)
        {
            var opened = await app.OpenAsync();
            if (i % 2 == 0)
                await app.DoAsync(opened, new ComplaintCommand.Accept(), TestCompany.Engineer);
        }

        app.Time.Advance(TimeSpan.FromHours(3));
        await app.SweepAsync();
        foreach (var (result, count) in new[]
            { (ObligationResult.OnTime, 30), (ObligationResult.Overdue, 30), (ObligationResult.Late, 0) })
        {
            var items = await ItemsAsync(app, new ConformityFilter("4.6.2-3", nameof(ObligationKind.Accept), result));
            Assert.Equal(count, items.Count);
            Assert.All(items, i => Assert.Equal(("4.6.2-3", result, "complaint"), (i.Clause, i.Result, i.Matter)));
            Assert.Equal(count, items.Select(i => i.Number).Distinct(StringComparer.Ordinal).Count());
        }

        // A clause's rows are not those of one whose number begins alike.
        Assert.Empty(await ItemsAsync(app, new ConformityFilter("4.6.1-2", null, null)));
    }

    [Fact]
    public async Task Given_the_rows_are_lost_When_rebuilt_Then_the_figures_are_the_same()
    {
        await using var app = await TestApp.StartAsync();
        var one = await app.OpenAsync();
        await app.DoAsync(one, new ComplaintCommand.Accept(), TestCompany.Engineer);
        await app.DoAsync(one, new ComplaintCommand.Resolve("已修好"), TestCompany.Engineer);
        await app.OpenAsync("车位被占", Category.Parking);
        await app.SweepAsync();
        var before = await MonthAsync(app, 3);
        var kinds = app.Get<StreamKinds>();
        foreach (var kind in kinds.All)
            await kind.ClearRowsAsync(Ct);
        Assert.Equal(0, (await MonthAsync(app, 3)).Total.Owed);
        foreach (var head in await app.Get<IEventStore>().ListAsync(null, 1_000, Ct))
        {
            if (kinds.Of(head.Stream) is { } kind)
                await kind.RebuildRowsAsync(head.Stream, Ct);
        }

        var after = await MonthAsync(app, 3);
        Assert.True(before.Total.Owed > 4);
        Assert.Equal(before.Total, after.Total);
        Assert.Equal(
            before.Clauses.Select(c => (c.Clause, c.Counts)), after.Clauses.Select(c => (c.Clause, c.Counts)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    public async Task Whatever_happens_every_step_is_owed_in_exactly_one_month_and_nothing_is_left_behind(int seed)
    {
        await using var app = await TestApp.StartAsync();
        var random = new Random(seed);
        var cases = new List<LoadedMatter<Complaint>>();
        for (var i = 0; i < 8; i++)
            cases.Add(await app.OpenAsync());
        for (var step = 0; step < 150; step++)
        {
            var of = cases[random.Next(cases.Count)];
            var (command, by) = Anything(random, app.Time.GetUtcNow());
            await app.Get<ComplaintKind>().HandleAsync(of.Stream, command, by, null, Ct);
            app.Time.Advance(TimeSpan.FromHours(random.Next(60)));
            if (random.Next(3) == 0)
                await app.SweepAsync();
        }

        await app.SweepAsync();
        var (steps, owed) = (new List<string>(), new List<string>());
        var months = new HashSet<string>(StringComparer.Ordinal);
        for (var month = 1; month <= 18; month++)
        {
            var partition = "HY-" + new DateOnly(2026, 1, 1).AddMonths(month - 1)
                .ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
            var taken = await app.Get<ITables>().Of<StepRow>().QueryAsync(partition, null, null, 1_000, null, Ct);
            steps.AddRange(taken.Rows.Select(r => $"{r.RowKey.Replace($"-{r.Matter}-", "-", StringComparison.Ordinal)} {r.Step} {r.Due:O} {r.DoneAt:O}"));
            var due = await app.Get<ITables>().Of<ConformityRow>().QueryAsync(partition, null, null, 1_000, null, Ct);
            owed.AddRange(due.Rows.Select(r =>
                $"{r.RowKey[(r.RowKey.LastIndexOf('_') + 1)..]} {r.Step} {r.Due:O} {r.DoneAt:O}"));
            months.UnionWith(due.Rows.Select(r => r.PartitionKey));
            Assert.All(due.Rows, r => Assert.Equal(partition, "HY-" + Months.Of(r.Due, TestCompany.Zone)));
        }

        Assert.True(steps.Count > 30, $"only {steps.Count} steps");
        Assert.True(months.Count > 2, $"only {months.Count} months");
        Assert.Equal(steps.Order(StringComparer.Ordinal), owed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whatever_became_of_obligations_the_figures_add_up_and_each_is_counted_once() =>
        Gen.Select(Gen.Int[-500, 500], Gen.Int[-500, 500].Nullable(), Gen.Int[-500, 500]).Array[0, 60].Sample(steps =>
        {
            var counts = ObligationCounts.None;
            foreach (var (due, done, now) in steps)
            {
                var row = Row(due, done);
                var result = ConformityReader.ResultOf(row, At(now));
                counts = counts.And(result);
                Assert.Equal(done is null, result is ObligationResult.Overdue or ObligationResult.Pending);
                Assert.Equal((done ?? now) > due, result is ObligationResult.Late or ObligationResult.Overdue);
            }

            Assert.Equal(steps.Length, counts.Owed);
            Assert.Equal(counts.Owed, counts.OnTime + counts.Late + counts.Overdue + counts.Pending);
            Assert.Equal(counts.Owed, Enum.GetValues<ObligationResult>().Sum(counts.Of));
        });

    private static (ComplaintCommand Command, Domain.Directory.Actor By) Anything(Random random, DateTimeOffset now)
    {
        var engineer = new Domain.Directory.Actor.Staff(TestCompany.Engineer);
        var leader = new Domain.Directory.Actor.Staff(TestCompany.Leader);
        var later = now.AddDays(1 + random.Next(60));
        return random.Next(10) switch
        {
            0 or 1 => (new ComplaintCommand.Accept(), engineer),
            2 or 3 => (new ComplaintCommand.TellExtension(later, "等配件"), engineer),
            4 or 5 => (new ComplaintCommand.AnswerExtension(random.Next(4) > 0, Channel.Phone, "王芳", "说过了"),
                new Domain.Directory.Actor.Staff(TestCompany.EngineeringHead)),
            6 => (new ComplaintCommand.Escalate("需大修资金"), engineer),
            7 => (new ComplaintCommand.Instruct("照办", later), leader),
            8 => (new ComplaintCommand.Triage(
                Nature.Complaint, Category.Equipment, [], (Severity)random.Next(3), null, null, "已核实", FindingReason.LessGrave),
                new Domain.Directory.Actor.Staff(TestCompany.HyDuty)),
            _ => (new ComplaintCommand.Resolve("已修好"), engineer),
        };
    }

    private static DateTimeOffset At(int minutes) => TestApp.Start.AddMinutes(minutes);

    private static ConformityRow Row(int due, int? done) => new()
    {
        PartitionKey = "HY-2026-03",
        RowKey = "x",
        Version = 1,
        Clause = "4.6.2-6",
        Step = "Resolve",
        Subject = "",
        Matter = "complaint",
        Number = "HY-2026-000001",
        Stream = "",
        Lead = "Office",
        Owner = "Office",
        Due = At(due),
        DoneAt = done is { } d ? At(d) : null,
        Late = done > due,
    };

    private static async Task<ConformityReport> MonthAsync(TestApp app, int month) =>
        (await app.Get<ConformityReader>().MonthAsync(TestCompany.HY, 2026, month, Unit.Leader, Ct))!;

    private static ObligationCounts CountsOf(ConformityReport report, string clause)
    {
        Assert.Equal(report.Total, report.Clauses.Aggregate(ObligationCounts.None, (sum, c) => sum.And(c.Counts)));
        return report.Clauses.Single(c => c.Clause == clause).Counts;
    }

    private static async Task<List<ConformityItem>> ItemsAsync(TestApp app, ConformityFilter filter)
    {
        var items = new List<ConformityItem>();
        string? next = null;
        do
        {
            var page = await app.Get<ConformityReader>().ItemsAsync(TestCompany.HY, 2026, 3, Unit.Leader, filter, next, Ct);
            Assert.True(page.Rows.Count <= ConformityReader.PageSize);
            items.AddRange(page.Rows);
            next = page.Next;
        }
        while (next is not null);
        return items;
    }
}
