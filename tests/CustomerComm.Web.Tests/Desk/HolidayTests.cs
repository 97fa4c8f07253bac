using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerComm.App.Company;
using CustomerComm.Domain.Policies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.Web.Tests.Desk;

/// <summary>The official holidays come with the product, and somebody is told when a year's are missing.</summary>
public sealed class HolidayTests
{
    private static readonly TimeZoneInfo s_shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case_40_Given_the_policy_of_the_demo_When_working_days_pass_Then_the_official_calendar_counts()
    {
        await using var host = await RunningHost.StartAsync();
        var calendar = new WorkingCalendar(s_shanghai, host.Get<PolicyFile>().Company.Calendar);
        foreach (var (start, days, due) in new[]
        {
            ("2026-02-13 10:00", 3, "2026-02-25 10:00"), ("2026-04-30 16:00", 3, "2026-05-08 16:00"),
            ("2026-09-30 17:00", 3, "2026-10-10 17:00"), ("2026-09-19 10:00", 1, "2026-09-20 10:00"),
        })
        {
            Assert.Equal(Local(due), calendar.Add(Local(start), new Limit(days, TimeUnit.WorkingDays)));
        }
    }

    [Theory]
    [InlineData(2025, 28, 5)]
    [InlineData(2026, 33, 6)]
    public void Given_a_published_year_When_looked_at_Then_all_its_days_are_there(int year, int holidays, int makeUpDays)
    {
        Assert.Equal(holidays, ChineseHolidays.Holidays.Count(d => d.Year == year));
        Assert.Equal(makeUpDays, ChineseHolidays.MakeUpDays.Count(d => d.Year == year));
    }

    [Theory]
    [InlineData("2026-11-30", "HY 2027", "JX 2027")]
    [InlineData("2026-10-01", "HY 2027", "JX 2027")]
    [InlineData("2026-09-30")]
    public async Task Case_41_Given_no_list_for_next_year_When_it_is_October_Then_health_and_heads_are_told(
        string today, params string[] missing)
    {
        var time = new FakeTimeProvider(Local(today + " 10:00"));
        await using var host = await RunningHost.StartAsync(b => b.Services.AddSingleton<TimeProvider>(time));
        using var web = host.NewClient("zh-CN");
        var health = await web.GetFromJsonAsync<JsonElement>("/health/ready", Ct);
        Assert.Equal(missing, health.GetProperty("holidaysMissing").EnumerateArray().Select(e => e.GetString()));
        foreach (var (who, shown) in new[] { ("quality-head", true), ("leader", true), ("quality", false), ("hy-manager", false) })
        {
            var desk = await DeskBrowser.SignedInAsync(host, who);
            var page = await desk.GetAsync("/desk");
            Assert.Equal(
                shown && missing.Length > 0,
                page.Text.Contains("make-up days of 2027", StringComparison.Ordinal));
        }
    }

    private static DateTimeOffset Local(string text) => new(
        DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
