using System.Globalization;
using CsCheck;
using CustomerComm.App.Company;
using CustomerComm.Domain.Policies;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Complaints;

public sealed class LocalTimesTests
{
    private static readonly WorkingCalendar s_berlin = new(
        TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), TestApp.Hours);

    [Theory]
    [InlineData("2026-12-05T18:00:00", "2026-12-05T18:00:00+08:00")]
    [InlineData("2026-12-05", "2026-12-05T17:30:00+08:00")]
    [InlineData("2026/12/5 18:00", "2026-12-05T18:00:00+08:00")]
    [InlineData("2026年12月5日", "2026-12-05T17:30:00+08:00")]
    public void Case_26_Given_no_offset_When_read_Then_it_is_the_communitys_time(string text, string expected) =>
        Assert.Equal(expected, Written(text));

    [Fact]
    public void Case_26_Given_month_or_day_first_When_both_are_days_Then_it_is_refused_with_the_form_wanted()
    {
        var no = Assert.IsType<LocalTime.Unreadable>(LocalTimes.Read("12/05/2026", TestCompany.Calendar));
        Assert.Contains("2026-12-05", no.Problem, StringComparison.Ordinal);
        Assert.Contains("2026-05-12", no.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-05T18:00:00+08:00", "2026-12-05T18:00:00+08:00")]
    [InlineData("2026-12-05T18:00Z", "2026-12-06T02:00:00+08:00")]
    [InlineData("2026-12-05 18:00:00 +0000", "2026-12-06T02:00:00+08:00")]
    [InlineData("2026-12-05T18:00:00-05", "2026-12-06T07:00:00+08:00")]
    [InlineData("2026-12-05T18:00:00.1234567Z", "2026-12-06T02:00:00+08:00")]
    [InlineData("2026-12-05 9:05", "2026-12-05T09:05:00+08:00")]
    [InlineData("2026-12-05 24:00", "2026-12-06T00:00:00+08:00")]
    [InlineData("2026.12.5 18:00", "2026-12-05T18:00:00+08:00")]
    [InlineData("20261205", "2026-12-05T17:30:00+08:00")]
    [InlineData("２０２６－１２－０５　１８：００", "2026-12-05T18:00:00+08:00")]
    [InlineData("2026年12月5日18时30分", "2026-12-05T18:30:00+08:00")]
    [InlineData("2026年12月5日 下午6点半", "2026-12-05T18:30:00+08:00")]
    [InlineData("2026年12月5号 星期六 18点", "2026-12-05T18:00:00+08:00")]
    [InlineData("2026/12/5 下午 6:00:00", "2026-12-05T18:00:00+08:00")]
    [InlineData("2026/12/5 上午 0:30", "2026-12-05T00:30:00+08:00")]
    [InlineData("2026/12/5 6:00 PM", "2026-12-05T18:00:00+08:00")]
    [InlineData("12/25/2026 12:00 am", "2026-12-25T00:00:00+08:00")]
    [InlineData("25.12.2026", "2026-12-25T17:30:00+08:00")]
    [InlineData("05/05/2026", "2026-05-05T17:30:00+08:00")]
    [InlineData("2026-12-06", "2026-12-06T17:30:00+08:00")]
    [InlineData("\u200e2026-12-05\u200e", "2026-12-05T17:30:00+08:00")]
    public void Given_a_form_When_read_Then_it_is_this_instant(string text, string expected) =>
        Assert.Equal(expected, Written(text));

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01")]
    [InlineData("31.31.2026")]
    [InlineData("05-12-2026")]
    [InlineData("2026-12-05 25:00")]
    [InlineData("2026-12-05 18:60")]
    [InlineData("2026-12-05 24:01")]
    [InlineData("2026-12-05T18:00+25:00")]
    [InlineData("2026-12-05T18:00+08:75")]
    [InlineData("2026-12-05 13:00 AM")]
    [InlineData("0001-01-01")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-12:00")]
    [InlineData("1999-12-31")]
    [InlineData("2200-01-01")]
    [InlineData("26-12-05")]
    [InlineData("2026-12-051")]
    [InlineData("1765000000")]
    public void Given_no_time_When_read_Then_it_says_what_is_wanted(string text)
    {
        var no = Assert.IsType<LocalTime.Unreadable>(LocalTimes.Read(text, TestCompany.Calendar));
        Assert.Contains("2026-12-05", no.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-29 02:30", "2026-03-29T03:00:00+02:00")]
    [InlineData("2026-10-25 02:30", "2026-10-25T02:30:00+02:00")]
    public void Given_a_clock_change_When_the_time_is_skipped_or_there_twice_Then_it_is_the_next_or_the_first(string text, string expected) =>
        Assert.Equal(expected, Written(text, s_berlin));

    [Theory]
    [InlineData(DateAlone.StartOfDay, "2026-12-05T00:00:00+08:00")]
    [InlineData(DateAlone.EndOfDay, "2026-12-06T00:00:00+08:00")]
    [InlineData(DateAlone.EndOfWork, "2026-12-05T17:30:00+08:00")]
    public void Given_a_date_alone_When_read_Then_it_stands_for_what_is_asked(DateAlone alone, string expected) =>
        Assert.Equal(expected, Written("2026-12-05", TestCompany.Calendar, alone));

    [Fact]
    public void Given_any_instant_When_written_by_its_local_time_Then_it_is_read_back() =>
        Gen.DateTime[new DateTime(2000, 1, 1), new DateTime(2199, 12, 31)].Sample(local =>
        {
            var minute = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0);
            foreach (var form in new[] { "yyyy-MM-dd'T'HH:mm", "yyyy/M/d H:mm", "yyyy'年'M'月'd'日' H:mm:ss" })
            {
                var read = LocalTimes.Read(minute.ToString(form, CultureInfo.InvariantCulture), TestCompany.Calendar);
                Assert.Equal(minute, Assert.IsType<LocalTime.At>(read).Time.DateTime);
            }
        });

    [Fact]
    public void Given_any_text_When_read_Then_nothing_is_thrown() =>
        Gen.OneOf(
                Gen.String,
                Gen.String[Gen.Char["0123456789-/.年月日 T:+Z上下午点半AMPM"], 0, 40])
            .Sample(text => _ = LocalTimes.Read(text, s_berlin));

    private static string Written(
        string text, WorkingCalendar? calendar = null, DateAlone alone = DateAlone.EndOfWork)
    {
        var read = LocalTimes.Read(text, calendar ?? TestCompany.Calendar, alone);
        return Assert.IsType<LocalTime.At>(read).Time
            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }
}
