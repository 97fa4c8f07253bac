using CsCheck;
using CustomerComm.App.Conversations;
using static CustomerComm.App.Tests.Conversations.WishesTests;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>Whatever is answered when asked by when, nothing fails and no wish lies behind.</summary>
public sealed class WishPropertyTests
{
    [Fact]
    public void Given_a_long_text_When_read_Then_only_its_beginning_counts()
    {
        var filling = new string('水', 9_998);
        Assert.Equal(Local("2026-11-24T18:00", Shanghai), Wishes.Read("明天" + filling, Now, Shanghai)?.By);
        Assert.Null(Wishes.Read(filling + "明天", Now, Shanghai));
        foreach (var part in (string[])["1", "一", "十", "3天", "1月", " a", "11/", "周五", "下", "at 5 ", "twenty "])
            _ = Wishes.Read(string.Concat(Enumerable.Repeat(part, 3_000)), Now, Shanghai);
    }

    [Fact]
    public void Any_text_is_read_or_not_and_a_wish_lies_ahead()
    {
        var words = Gen.OneOf(
            "今", "明", "后", "天", "晚", "早", "周", "星期", "下", "下个", "上", "月", "日", "号", "年", "底", "末", "前", "内", "之",
            "一", "两", "十", "廿", "百", "〇", "半", "点", "分", "刻", "时", "小时", "个", "分钟", "工作日", "到", "或", "下午", "每",
            "0", "3", "12", "31", "99", "2026", "2027", ":", "-", "/", ".", " ", ",", "day", "days", "tomorrow",
            "after", "by ", "in ", "a ", "half ", "next ", "friday", "week", "month", "nov", "may", "feb", "pm",
            "0001", "9999", "除了", "春节", "国庆", "除夕", "before ", "christmas", "十一", "but ", "am", "noon", "end of ", "the ", "hours", "th", "没有", "尽快", "\ud83d", "５", "٣", "\0");
        var texts = Gen.OneOf(words.Array[0, 12].Select(string.Concat), Gen.String);
        var times = Gen.Long[new DateTime(2000, 1, 1).Ticks, new DateTime(2100, 1, 1).Ticks]
            .Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
        var calendars = Gen.OneOf(
            Shanghai, NewYork, Calendar("Australia/Lord_Howe"), Calendar("Pacific/Apia"), Calendar("Asia/Beirut"));
        Gen.Select(texts, times, calendars).Sample(
            (text, now, calendar) => Wishes.Read(text, now, calendar)?.By is not { } by
                || (by > now && by <= now.AddDays(181) && by.Offset == calendar.Zone.GetUtcOffset(by)),
            iter: 20_000);
    }

    [Fact]
    public void At_the_ends_of_time_nothing_is_read()
    {
        Assert.Null(Wishes.Read("明天", DateTimeOffset.MinValue, Shanghai));
        Assert.Null(Wishes.Read("tomorrow", DateTimeOffset.MaxValue, NewYork));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("0001年1月1日")]
    [InlineData("0001-01-02 08:00")]
    [InlineData("0001/12/31")]
    [InlineData("9998-12-31")]
    [InlineData("9999-12-31")]
    [InlineData("0000-01-01")]
    [InlineData("31/12/0001")]
    public void Given_a_day_at_the_ends_of_the_calendar_Then_it_is_no_wish_and_nothing_fails(string text)
    {
        foreach (var calendar in new[] { Shanghai, NewYork, Calendar("Pacific/Kiritimati"), Calendar("Pacific/Pago_Pago") })
            Assert.Null(Wishes.Read(text, Now, calendar)?.By);
    }

    [Fact]
    public void Whatever_date_is_written_nothing_fails()
    {
        var dates = Gen.Select(
            Gen.Int[0, 9999], Gen.Int[0, 13], Gen.Int[0, 32], Gen.OneOf("-", "/", ".", "年"),
            (y, m, d, s) => $"{y:D4}{s}{m}{(s == "年" ? "月" : s)}{d}");
        var counts = Gen.Select(
            Gen.Int[0, 99_999], Gen.OneOf("天", "小时", "个月", "年", "周", "个工作日", "分钟", " days", " months", " years"),
            (n, unit) => $"{n}{unit}内");
        Gen.OneOf(dates, counts).Sample(
            text => Wishes.Read(text, Now, Shanghai)?.By is not { } by || by > Now, iter: 20_000);
    }
}
