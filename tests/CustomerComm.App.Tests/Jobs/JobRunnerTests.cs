using CustomerComm.App.Jobs;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Tests.Jobs;

/// <summary>Scheduled work runs once for each period, late if need be.</summary>
public sealed class JobRunnerTests
{
    private static readonly CancellationToken s_ct = CancellationToken.None;

    [Fact]
    public async Task Given_a_monthly_job_When_its_time_comes_Then_it_runs_once_for_the_month_before()
    {
        var job = new Noting("0 9 2 * *", JobPeriod.LastMonth);
        await using var app = await StartAsync(job);
        // 2 March 2026, 9:00 local: the very minute it is due.
        Assert.Equal(1, await RunDueAsync(app));
        Assert.Equal(0, await RunDueAsync(app));
        Assert.Equal([new DateOnly(2026, 2, 1)], job.Runs);
    }

    [Fact]
    public async Task Given_nothing_ran_for_three_months_When_it_starts_again_Then_each_month_is_made_up_for_once()
    {
        var job = new Noting("0 9 2 * *", JobPeriod.LastMonth);
        await using var app = await StartAsync(job);
        await RunDueAsync(app);
        app.Time.Advance(TimeSpan.FromDays(95));
        Assert.Equal(3, await RunDueAsync(app));
        Assert.Equal(
            [new DateOnly(2026, 2, 1), new(2026, 3, 1), new(2026, 4, 1), new(2026, 5, 1)], job.Runs);
    }

    [Fact]
    public async Task Given_a_job_of_the_moment_When_many_times_were_missed_Then_it_runs_once()
    {
        var job = new Noting("*/10 * * * *", JobPeriod.Moment);
        await using var app = await StartAsync(job);
        await RunDueAsync(app);
        app.Time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(1, await RunDueAsync(app));
    }

    [Fact]
    public async Task Given_a_job_fails_When_run_again_Then_it_is_due_still_and_the_others_ran()
    {
        var failing = new Noting("0 9 2 * *", JobPeriod.LastMonth) { Name = "failing", Fail = true };
        var other = new Noting("0 9 2 * *", JobPeriod.LastMonth) { Name = "other" };
        await using var app = await StartAsync(failing, other);
        Assert.Equal(1, await RunDueAsync(app));
        failing.Fail = false;
        Assert.Equal(1, await RunDueAsync(app));
        Assert.Single(failing.Runs);
        Assert.Single(other.Runs);
    }

    [Theory]
    [InlineData(JobPeriod.LastMonth, "2028-02-29", "2028-02-01")]
    [InlineData(JobPeriod.Year, "2028-02-29", "2028-01-01")]
    [InlineData(JobPeriod.Day, "2028-02-29", "2028-02-29")]
    public async Task Given_a_period_by_hand_When_run_Then_it_is_about_the_first_day_of_it(
        JobPeriod period, string asked, string first)
    {
        var job = new Noting("0 9 2 * *", period);
        await using var app = await StartAsync(job);
        var day = DateOnly.ParseExact(asked, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await app.Get<OnlyNoting>().Runner.RunAsync("noting", day, null, s_ct);
        Assert.Equal(first, Assert.Single(job.Runs).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("30 2 * * *", "2026-03-06T17:00Z", "2026-03-10T17:00Z", "the hour is left out on 8 March")]
    [InlineData("30 1 * * *", "2026-10-30T17:00Z", "2026-11-03T17:00Z", "the hour comes twice on 1 November")]
    public async Task Given_the_clocks_change_When_days_pass_Then_a_daily_job_runs_once_for_each(
        string schedule, string from, string to, string because)
    {
        Assert.NotEmpty(because);
        var job = new Noting(schedule, JobPeriod.Day);
        await using var app = await StartAsync([job], InNewYork());
        app.Time.SetUtcNow(Utc(from));
        await RunDueAsync(app);
        var first = job.Runs[^1];
        job.Runs.Clear();
        for (var now = Utc(from); now < Utc(to); now += TimeSpan.FromMinutes(10))
        {
            app.Time.SetUtcNow(now);
            await RunDueAsync(app);
        }

        Assert.Equal([first.AddDays(1), first.AddDays(2), first.AddDays(3), first.AddDays(4)], job.Runs);
    }

    [Fact]
    public async Task Given_a_month_of_the_companys_calendar_When_the_year_turns_there_Then_it_is_its_own()
    {
        var job = new Noting("30 0 1 * *", JobPeriod.LastMonth);
        await using var app = await StartAsync(job);
        // In China the year has turned already while it is still December in UTC.
        app.Time.SetUtcNow(Utc("2026-12-31T16:30Z"));
        Assert.Equal(1, await RunDueAsync(app));
        Assert.Equal(new DateOnly(2026, 12, 1), job.Runs[^1]);
    }

    [Fact]
    public async Task Given_an_unknown_name_When_run_Then_the_known_ones_are_told()
    {
        await using var app = await StartAsync();
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => app.Get<JobRunner>().RunAsync("nope", null, null, s_ct));
        Assert.Contains("number-audit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_job_takes_long_When_minutes_pass_Then_the_others_go_on_and_it_runs_once()
    {
        using var end = new SemaphoreSlim(0);
        var slow = new Noting("0 9 2 * *", JobPeriod.LastMonth) { Name = "slow", Until = end };
        var sweep = new Noting("* * * * *", JobPeriod.Moment) { Name = "sweep-like" };
        await using var app = await StartAsync(slow, sweep);
        var all = app.Get<OnlyNoting>().Runner.RunDueAsync(s_ct);
        await sweep.Ran.WaitAsync(s_ct);
        // Beside it, as another tick would: nothing that runs is begun again.
        var beside = app.Get<OnlyNoting>().Runner.RunDueAsync(s_ct);
        // A minute passes whenever a runner has begun to wait for it.
        var again = sweep.Ran.WaitAsync(s_ct);
        while (!again.IsCompleted)
        {
            await Task.WhenAny(again, app.Get<OnlyNoting>().Time.Waits.WaitAsync(s_ct)).WaitAsync(Signal.Patience, s_ct);
            app.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.False(all.IsCompleted);
        end.Release(1_000);
        Assert.True((await all).Ran >= 3);
        await beside;
        Assert.Equal([new DateOnly(2026, 2, 1)], slow.Runs);
    }

    [Fact]
    public async Task Given_a_job_fails_When_run_Then_the_tally_says_so()
    {
        var failing = new Noting("0 9 2 * *", JobPeriod.LastMonth) { Fail = true };
        await using var app = await StartAsync(failing);
        Assert.Equal(new JobTally(0, 1), await app.Get<OnlyNoting>().Runner.RunDueAsync(s_ct));
        failing.Fail = false;
        Assert.Equal(new JobTally(1, 0), await app.Get<OnlyNoting>().Runner.RunDueAsync(s_ct));
    }

    private static async Task<int> RunDueAsync(TestApp app) =>
        (await app.Get<OnlyNoting>().Runner.RunDueAsync(s_ct)).Ran;

    private static Task<TestApp> StartAsync(params Noting[] jobs) => StartAsync(jobs, TestCompany.Directory);

    private static Task<TestApp> StartAsync(Noting[] jobs, CompanyDirectory directory) => TestApp.StartAsync(
        services =>
        {
            IReadOnlyList<Job> list = [.. jobs.Select(j => j.Job)];
            services.AddSingleton(p =>
            {
                var time = new HeardTime(p.GetRequiredService<TimeProvider>());
                return new OnlyNoting(ActivatorUtilities.CreateInstance<JobRunner>(p, list, time), time);
            });
        },
        directory);

    private static CompanyDirectory InNewYork()
    {
        var d = TestCompany.Directory;
        return new CompanyDirectory(
            d.Company, d.Communities.Select(c => c with { TimeZone = "America/New_York" }), d.Staff, d.Homes);
    }

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private sealed record OnlyNoting(JobRunner Runner, HeardTime Time);

    /// <summary>A clock that tells when somebody begins to wait by it.</summary>
    private sealed class HeardTime(TimeProvider time) : TimeProvider
    {
        public SemaphoreSlim Waits { get; } = new(0);

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = time.CreateTimer(callback, state, dueTime, period);
            Waits.Release();
            return timer;
        }
    }

    private sealed class Noting(string schedule, JobPeriod period)
    {
        public Job Job => new(Name, "notes", period, schedule, RunAsync);

        public List<DateOnly> Runs { get; } = [];

        public SemaphoreSlim Ran { get; } = new(0);

        public bool Fail { get; set; }

        public string Name { get; init; } = "noting";

        /// <summary>What a run waits for before it ends.</summary>
        public SemaphoreSlim? Until { get; init; }

        private async Task<JobReport> RunAsync(JobRun run, CancellationToken ct)
        {
            if (Fail)
                throw new IOException("told to fail");
            Runs.Add(run.First);
            Ran.Release();
            if (Until is not null)
                await Until.WaitAsync(ct);
            return new JobReport(1, "noted");
        }
    }
}
