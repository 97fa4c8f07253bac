using System.Globalization;
using System.Reflection;
using CustomerComm.App.Jobs;
using CustomerComm.App.Ports;
using CustomerComm.App.Revisits;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Functions.Tests;

/// <summary>
/// The one timer runs the jobs as the one-process host does: by the company's time, making up for what was missed.
/// </summary>
public sealed class ClockTests : IAsyncLifetime
{
    private FunctionsApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await FunctionsApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public void Given_the_host_Then_it_has_one_timer_and_that_ticks_every_minute()
    {
        var timers = typeof(Clock).Assembly.GetTypes().SelectMany(t => t.GetMethods())
            .SelectMany(m => m.GetParameters()).Select(p => p.GetCustomAttribute<TimerTriggerAttribute>())
            .Where(t => t is not null);
        Assert.Equal("0 * * * * *", Assert.Single(timers)!.Schedule);
    }

    [Fact]
    public async Task Given_every_job_When_the_timer_ticks_Then_each_that_is_due_runs_and_is_noted()
    {
        await TickAsync();
        Assert.NotNull(await _app.Get<IAnchorStore>().FindLatestAsync(Ct));
        var rows = await RowsAsync();
        Assert.Equal(
            _app.Get<JobList>().All.Select(j => j.Name).Order(StringComparer.Ordinal),
            rows.Select(r => r.RowKey).Order(StringComparer.Ordinal));
        await TickAsync();
        // In the same minute only what came due could run; nothing did.
        Assert.Equal(rows, await RowsAsync());
    }

    [Fact, Clause("4.5.3")]
    public async Task Given_nothing_ran_for_a_month_When_the_timer_ticks_Then_it_is_made_up_for_once()
    {
        var now = _app.Time.GetUtcNow();
        // The third of next month, in the evening where the company is: the revisits' time has passed.
        var third = new DateTimeOffset(now.Year, now.Month, 3, 12, 0, 0, TimeSpan.Zero).AddMonths(1);
        _app.Time.SetUtcNow(third);
        await TickAsync();
        Assert.Equal([third.AddMonths(-1)], await PickedAsync(third, 3));
        _app.Time.SetUtcNow(third.AddMonths(2));
        await TickAsync();
        Assert.Equal([third.AddMonths(-1), third, third.AddMonths(1)], await PickedAsync(third, 3));
        var rows = await SamplesAsync(third, 3);
        await TickAsync();
        Assert.Equal(rows, await SamplesAsync(third, 3));
    }

    [Fact]
    public async Task Given_the_company_is_ahead_of_UTC_When_its_day_begins_Then_the_anchor_is_of_its_day()
    {
        var noon = new DateTimeOffset(_app.Time.GetUtcNow().Date, TimeSpan.Zero).AddDays(1).AddHours(12);
        _app.Time.SetUtcNow(noon);
        await TickAsync();
        // 0:04 and 0:05 in China.
        _app.Time.SetUtcNow(noon.AddHours(4).AddMinutes(4));
        await TickAsync();
        Assert.Equal(DateOnly.FromDateTime(noon.Date), await AnchoredAsync());
        _app.Time.SetUtcNow(noon.AddHours(4).AddMinutes(5));
        await TickAsync();
        Assert.Equal(DateOnly.FromDateTime(noon.Date).AddDays(1), await AnchoredAsync());
    }

    [Fact]
    public async Task Given_a_job_fails_When_the_timer_ticks_Then_the_others_ran_and_the_function_fails()
    {
        IReadOnlyList<Job> jobs =
        [
            new("bad", "Fails.", JobPeriod.Moment, "* * * * *", (_, _) => throw new IOException("told to fail")),
            new("good", "Ends.", JobPeriod.Moment, "* * * * *", (_, _) => Task.FromResult(new JobReport(1, "done"))),
        ];
        await using var app = await FunctionsApp.StartAsync(services: s => s.AddSingleton(jobs));
        var tick = app.Make<Clock>().Jobs(new TimerInfo(), app.Durable.Client, Ct);
        await Assert.ThrowsAsync<InvalidOperationException>(() => tick);
        var rows = await app.Get<ITables>().Of<JobRow>().QueryAsync(JobRow.Partition, null, null, 100, null, Ct);
        Assert.Equal("good", Assert.Single(rows.Rows).RowKey);
    }

    private Task TickAsync() => _app.Make<Clock>().Jobs(new TimerInfo(), _app.Durable.Client, Ct);

    private async Task<DateOnly> AnchoredAsync() =>
        (await _app.Get<IAnchorStore>().FindLatestAsync(Ct))!.Anchor.Date;

    private async Task<IReadOnlyList<JobRow>> RowsAsync() =>
        (await _app.Get<ITables>().Of<JobRow>().QueryAsync(JobRow.Partition, null, null, 100, null, Ct)).Rows;

    /// <summary>The months of which revisits were picked, from the one before <paramref name="from"/> on.</summary>
    private async Task<IEnumerable<DateTimeOffset>> PickedAsync(DateTimeOffset from, int months)
    {
        var samples = await SamplesAsync(from, months);
        return Enumerable.Range(-1, months).Select(from.AddMonths)
            .Where(m => samples.Any(s => s.RowKey == Name(m)));
    }

    private async Task<IReadOnlyList<RevisitSampleRow>> SamplesAsync(DateTimeOffset from, int months)
    {
        var rows = await _app.Get<ITables>().Of<RevisitSampleRow>()
            .QueryAsync(TestCompany.HY.Value, Name(from.AddMonths(-1)), null, months, null, Ct);
        return rows.Rows;
    }

    private static string Name(DateTimeOffset month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
