using System.Globalization;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>What residents answer when asked by when; 2026-11-23 is a Monday.</summary>
public sealed class WishesTests
{
    internal static readonly WorkingCalendar Shanghai = Calendar("Asia/Shanghai");
    internal static readonly WorkingCalendar NewYork = Calendar("America/New_York");
    internal static readonly DateTimeOffset Now = Local("2026-11-23T10:15", Shanghai);

    [Theory]
    // A day, a part of it, a time of it.
    [InlineData("今天", "2026-11-23T18:00")]
    [InlineData("今天之内", "2026-11-23T18:00")]
    [InlineData("今晚", "2026-11-23T21:00")]
    [InlineData("今晚12点前", "2026-11-24T00:00")]
    [InlineData("今晚八点", "2026-11-23T20:00")]
    [InlineData("今晚一点", "2026-11-24T01:00")]
    [InlineData("明天", "2026-11-24T18:00")]
    [InlineData("明天上午", "2026-11-24T12:00")]
    [InlineData("明天中午之前", "2026-11-24T12:00")]
    [InlineData("明天下午5点", "2026-11-24T17:00")]
    [InlineData("明天５点", "2026-11-24T17:00")]
    [InlineData("明天17:30", "2026-11-24T17:30")]
    [InlineData("明天１７：３０", "2026-11-24T17:30")]
    [InlineData("明天下午五點半", "2026-11-24T17:30")]
    [InlineData("明天下午三点一刻前", "2026-11-24T15:15")]
    [InlineData("明天晚上十点四十五分", "2026-11-24T22:45")]
    [InlineData("明早9点", "2026-11-24T09:00")]
    [InlineData("明早", "2026-11-24T12:00")]
    [InlineData("明晚", "2026-11-24T21:00")]
    [InlineData("明天傍晚6点", "2026-11-24T18:00")]
    [InlineData("明天中午1点", "2026-11-24T13:00")]
    [InlineData("明天凌晨两点", "2026-11-24T02:00")]
    [InlineData("明天下班前", "2026-11-24T18:00")]
    [InlineData("明天早点", "2026-11-24T18:00")]
    [InlineData("后天", "2026-11-25T18:00")]
    [InlineData("後天下午兩點", "2026-11-25T14:00")]
    [InlineData("大后天晚上", "2026-11-26T21:00")]
    [InlineData("聽日下晝三點", "2026-11-24T15:00")]
    [InlineData("今天8点", "2026-11-23T20:00")]
    [InlineData("麻烦明天下午3点到5点之间修好，谢谢", "2026-11-24T17:00")]
    [InlineData("明天或者后天", "2026-11-25T18:00")]
    // A time alone.
    [InlineData("下午5点", "2026-11-23T17:00")]
    [InlineData("17:30", "2026-11-23T17:30")]
    [InlineData("9点", "2026-11-24T09:00")]
    [InlineData("09:00", "2026-11-24T09:00")]
    [InlineData("十二点半", "2026-11-23T12:30")]
    [InlineData("下午", "2026-11-23T18:00")]
    [InlineData("今天上午", "2026-11-23T12:00")]
    // Days of the week, weeks and months.
    [InlineData("周五", "2026-11-27T18:00")]
    [InlineData("星期五之前", "2026-11-27T18:00")]
    [InlineData("禮拜五", "2026-11-27T18:00")]
    [InlineData("周五十点", "2026-11-27T10:00")]
    [InlineData("周一", "2026-11-23T18:00")]
    [InlineData("周一上午九点", "2026-11-30T09:00")]
    [InlineData("下周一", "2026-11-30T18:00")]
    [InlineData("下个星期三下午", "2026-12-02T18:00")]
    [InlineData("下下週一", "2026-12-07T18:00")]
    [InlineData("周六日", "2026-11-29T18:00")]
    [InlineData("周日", "2026-11-29T18:00")]
    [InlineData("这个星期天", "2026-11-29T18:00")]
    [InlineData("这周末", "2026-11-29T18:00")]
    [InlineData("周末前", "2026-11-27T18:00")]
    [InlineData("本周内", "2026-11-29T18:00")]
    [InlineData("下周", "2026-12-06T18:00")]
    [InlineData("下周前", "2026-11-29T18:00")]
    [InlineData("月底前", "2026-11-30T18:00")]
    [InlineData("下个月底", "2026-12-31T18:00")]
    [InlineData("12月底之前", "2026-12-31T18:00")]
    [InlineData("12月前", "2026-11-30T18:00")]
    [InlineData("年底前", "2026-12-31T18:00")]
    // Lengths of time.
    [InlineData("3天内", "2026-11-26T10:15")]
    [InlineData("三天之内", "2026-11-26T10:15")]
    [InlineData("三天后", "2026-11-26T10:15")]
    [InlineData("两三天", "2026-11-26T10:15")]
    [InlineData("3-5天", "2026-11-28T10:15")]
    [InlineData("最多十五天", "2026-12-08T10:15")]
    [InlineData("3日内", "2026-11-26T10:15")]
    [InlineData("1小时30分钟", "2026-11-23T11:45")]
    [InlineData("一刻钟", "2026-11-23T10:30")]
    [InlineData("两个小时内", "2026-11-23T12:15")]
    [InlineData("一个半小时", "2026-11-23T11:45")]
    [InlineData("半小时内", "2026-11-23T10:45")]
    [InlineData("半个鐘頭", "2026-11-23T10:45")]
    [InlineData("40分钟", "2026-11-23T10:55")]
    [InlineData("24小时内", "2026-11-24T10:15")]
    [InlineData("半天", "2026-11-23T22:15")]
    [InlineData("一天半", "2026-11-24T22:15")]
    [InlineData("一周内", "2026-11-30T10:15")]
    [InlineData("一个星期", "2026-11-30T10:15")]
    [InlineData("两个礼拜", "2026-12-07T10:15")]
    [InlineData("半个月", "2026-12-08T10:15")]
    [InlineData("一个月内", "2026-12-23T10:15")]
    [InlineData("3个工作日内", "2026-11-26T10:15")]
    [InlineData("三天内下午五点前", "2026-11-26T17:00")]
    // Dates.
    [InlineData("11月30日", "2026-11-30T18:00")]
    [InlineData("11月30日前", "2026-11-30T18:00")]
    [InlineData("十一月三十号上午", "2026-11-30T12:00")]
    [InlineData("11月30日（周一）", "2026-11-30T18:00")]
    [InlineData("12月1日星期二9:30", "2026-12-01T09:30")]
    [InlineData("30号", "2026-11-30T18:00")]
    [InlineData("5号", "2026-12-05T18:00")]
    [InlineData("31号", "2026-12-31T18:00")]
    [InlineData("下个月5号", "2026-12-05T18:00")]
    [InlineData("二十三号", "2026-11-23T18:00")]
    [InlineData("1月5日", "2027-01-05T18:00")]
    [InlineData("2026-11-30", "2026-11-30T18:00")]
    [InlineData("2026-11-30 17:00", "2026-11-30T17:00")]
    [InlineData("2026-11-30T09:00", "2026-11-30T09:00")]
    [InlineData("2026/11/30", "2026-11-30T18:00")]
    [InlineData("2026年11月30日", "2026-11-30T18:00")]
    [InlineData("二〇二六年十一月三十日", "2026-11-30T18:00")]
    [InlineData("明年1月5号", "2027-01-05T18:00")]
    [InlineData("11/30", "2026-11-30T18:00")]
    [InlineData("30/11", "2026-11-30T18:00")]
    // The limit counts, not what else is told.
    [InlineData("今天漏水了，明天下午5点前修好", "2026-11-24T17:00")]
    [InlineData("昨天下午3点就停了，明天修好", "2026-11-24T18:00")]
    [InlineData("已经3天了，周五前", "2026-11-27T18:00")]
    [InlineData("每天晚上8点吵，三天内解决", "2026-11-26T10:15")]
    [InlineData("周五我不在家，周四吧", "2026-11-26T18:00")]
    [InlineData("3号楼2单元，后天之前", "2026-11-25T18:00")]
    [InlineData("明天修水管，后天修灯", null)]
    [InlineData("周五前修水管，周六前修灯", null)]
    [InlineData("不急，下周内就行", "2026-12-06T18:00")]
    [InlineData("三天内不解决我就投诉", "2026-11-26T10:15")]
    public void Given_Chinese_When_read_Then_it_is_by_then(string text, string? expected) =>
        Check(text, expected);

    [Theory]
    [InlineData("today", "2026-11-23T18:00")]
    [InlineData("Tonight", "2026-11-23T21:00")]
    [InlineData("tonight at 8", "2026-11-23T20:00")]
    [InlineData("this afternoon", "2026-11-23T18:00")]
    [InlineData("TOMORROW", "2026-11-24T18:00")]
    [InlineData("tomorrow 5 pm", "2026-11-24T17:00")]
    [InlineData("by 5 p.m. tomorrow", "2026-11-24T17:00")]
    [InlineData("tomorrow at 5:30pm", "2026-11-24T17:30")]
    [InlineData("tomorrow by 17:00", "2026-11-24T17:00")]
    [InlineData("tomorrow at noon", "2026-11-24T12:00")]
    [InlineData("tomorrow morning", "2026-11-24T12:00")]
    [InlineData("tomorrow at 9 o'clock", "2026-11-24T09:00")]
    [InlineData("Could you fix it by 9am tomorrow please", "2026-11-24T09:00")]
    [InlineData("the day after tomorrow", "2026-11-25T18:00")]
    [InlineData("day after tomorrow at 5", "2026-11-25T17:00")]
    [InlineData("tomorrow 3-5pm", "2026-11-24T17:00")]
    [InlineData("by midnight", "2026-11-24T00:00")]
    [InlineData("by end of day", "2026-11-23T18:00")]
    [InlineData("by Friday", "2026-11-27T18:00")]
    [InlineData("Fri 3pm", "2026-11-27T15:00")]
    [InlineData("Good morning, by Friday please", "2026-11-27T18:00")]
    [InlineData("next Monday", "2026-11-30T18:00")]
    [InlineData("Monday", "2026-11-23T18:00")]
    [InlineData("Monday 9am", "2026-11-30T09:00")]
    [InlineData("Wednesday or Thursday", "2026-11-26T18:00")]
    [InlineData("this weekend", "2026-11-29T18:00")]
    [InlineData("before the weekend", "2026-11-27T18:00")]
    [InlineData("next week", "2026-12-06T18:00")]
    [InlineData("by the end of the week", "2026-11-29T18:00")]
    [InlineData("end of month", "2026-11-30T18:00")]
    [InlineData("by the end of December", "2026-12-31T18:00")]
    [InlineData("in 3 days", "2026-11-26T10:15")]
    [InlineData("Within 3 days", "2026-11-26T10:15")]
    [InlineData("2-3 days", "2026-11-26T10:15")]
    [InlineData("within two hours", "2026-11-23T12:15")]
    [InlineData("1.5 hours", "2026-11-23T11:45")]
    [InlineData("in an hour and a half", "2026-11-23T11:45")]
    [InlineData("in half an hour", "2026-11-23T10:45")]
    [InlineData("within the next twenty-four hours", "2026-11-24T10:15")]
    [InlineData("48h", "2026-11-25T10:15")]
    [InlineData("in a week", "2026-11-30T10:15")]
    [InlineData("a couple of days", "2026-11-25T10:15")]
    [InlineData("3 working days", "2026-11-26T10:15")]
    [InlineData("in 3 days at 5pm", "2026-11-26T17:00")]
    [InlineData("no water for 3 days, please by Friday", "2026-11-27T18:00")]
    [InlineData("30 November", "2026-11-30T18:00")]
    [InlineData("30th of November 2026", "2026-11-30T18:00")]
    [InlineData("Nov 30", "2026-11-30T18:00")]
    [InlineData("November 30th, 2026 at 4pm", "2026-11-30T16:00")]
    [InlineData("Monday, 30 Nov", "2026-11-30T18:00")]
    [InlineData("30-Nov-2026", "2026-11-30T18:00")]
    [InlineData("30.11.2026", "2026-11-30T18:00")]
    [InlineData("11/30/2026", "2026-11-30T18:00")]
    [InlineData("30/11/2026", "2026-11-30T18:00")]
    [InlineData("by the 30th", "2026-11-30T18:00")]
    [InlineData("Jan 5", "2027-01-05T18:00")]
    public void Given_English_When_read_Then_it_is_by_then(string text, string expected) => Check(text, expected);

    [Theory]
    [InlineData("没有要求")]
    [InlineData("沒有要求。")]
    [InlineData("没有")]
    [InlineData("随便")]
    [InlineData("都行")]
    [InlineData("什么时候都可以")]
    [InlineData("不急")]
    [InlineData("不着急，你们看着安排")]
    [InlineData("无所谓")]
    [InlineData("不急，尽快就行")]
    [InlineData("除了周三都行")]
    [InlineData("除周三外都可以")]
    [InlineData("周三除外都行")]
    [InlineData("any day but Wednesday")]
    [InlineData("any day except Wed and Thu")]
    [InlineData("Anytime other than Friday")]
    [InlineData("No wish")]
    [InlineData("none")]
    [InlineData("No.")]
    [InlineData("any time")]
    [InlineData("Anytime is fine")]
    [InlineData("whenever")]
    [InlineData("no rush")]
    [InlineData("I don't mind")]
    public void Given_no_wish_When_read_Then_there_is_none(string text) =>
        Assert.Equal(new Wish(null), Wishes.Read(text, Now, Shanghai));

    [Theory]
    [InlineData("尽快")]
    [InlineData("儘快處理")]
    [InlineData("越快越好")]
    [InlineData("越快越好，昨天就报了")]
    [InlineData("愈快愈好")]
    [InlineData("快一点吧")]
    [InlineData("马上")]
    [InlineData("馬上！")]
    [InlineData("现在")]
    [InlineData("而家")]
    [InlineData("急")]
    [InlineData("now")]
    [InlineData("NOW!!!")]
    [InlineData("ASAP!")]
    [InlineData("as soon as possible")]
    [InlineData("right away please")]
    [InlineData("the sooner the better")]
    public void Given_it_is_wanted_at_once_When_read_Then_it_is_taken_as_that(string text) =>
        Assert.Equal(new Wish(null, AtOnce: true), Wishes.Read(text, Now, Shanghai));

    [Theory]
    [InlineData("2026-01-20T10:00", "春节前", "2026-02-14T18:00")]
    [InlineData("2026-01-20T10:00", "過年前修好", "2026-02-14T18:00")]
    [InlineData("2026-01-20T10:00", "before Chinese New Year", "2026-02-14T18:00")]
    [InlineData("2026-01-20T10:00", "before CNY pls", "2026-02-14T18:00")]
    [InlineData("2026-11-23T10:15", "春节前", "2027-02-05T18:00")]
    [InlineData("2026-11-23T10:15", "元旦前", "2026-12-31T18:00")]
    [InlineData("2026-11-23T10:15", "元旦之前能修好吗", "2026-12-31T18:00")]
    [InlineData("2026-11-23T10:15", "before Christmas", "2026-12-24T18:00")]
    [InlineData("2026-11-23T10:15", "by Christmas", "2026-12-25T18:00")]
    [InlineData("2026-11-23T10:15", "before the Spring Festival", "2027-02-05T18:00")]
    [InlineData("2026-09-01T10:00", "国庆前", "2026-09-30T18:00")]
    [InlineData("2026-09-01T10:00", "國慶節前", "2026-09-30T18:00")]
    [InlineData("2026-09-01T10:00", "十一前", "2026-09-30T18:00")]
    [InlineData("2026-09-01T10:00", "国庆假期前", "2026-09-30T18:00")]
    [InlineData("2026-09-01T10:00", "中秋", "2026-09-25T18:00")]
    [InlineData("2026-09-01T10:00", "中秋节前", "2026-09-24T18:00")]
    [InlineData("2026-09-01T10:00", "before the Mid-Autumn Festival", "2026-09-24T18:00")]
    [InlineData("2026-03-10T10:00", "清明前", "2026-04-03T18:00")]
    [InlineData("2026-03-10T10:00", "五一前", "2026-04-30T18:00")]
    [InlineData("2026-05-20T10:00", "端午前", "2026-06-18T18:00")]
    [InlineData("2026-01-20T10:00", "除夕前", "2026-02-14T18:00")]
    [InlineData("2026-01-20T10:00", "春节后", null)]
    [InlineData("2026-01-20T10:00", "after Chinese New Year", null)]
    public void Given_a_feast_When_read_Then_it_is_the_day_the_calendar_has(string now, string text, string? expected)
    {
        var calendar = Calendar("Asia/Shanghai", ChineseHolidays.Holidays, ChineseHolidays.MakeUpDays);
        Assert.Equal(
            expected is null ? null : new Wish(Local(expected, Shanghai)),
            Wishes.Read(text, Local(now, Shanghai), calendar));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("9998年12月31日前")]
    [InlineData("01.01.0001")]
    [InlineData("0000-00-00")]
    [InlineData("5000个月内")]
    [InlineData("9999天")]
    public void Given_a_date_of_no_time_of_ours_When_read_Then_nothing_is_thrown_and_nothing_guessed(string text) =>
        Assert.Null(Wishes.Read(text, Now, Shanghai)?.By);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("你好")]
    [InlineData("早上好")]
    [InlineData("good evening")]
    [InlineData("电梯坏了")]
    [InlineData("没有水")]
    [InlineData("一点水都没有")]
    [InlineData("晚一点")]
    [InlineData("他们随便乱停车")]
    [InlineData("我有两点意见")]
    [InlineData("3号楼")]
    [InlineData("三单元1201")]
    [InlineData("3rd floor")]
    [InlineData("13800138000")]
    [InlineData("昨天")]
    [InlineData("三天前")]
    [InlineData("3 days ago")]
    [InlineData("每天晚上8点")]
    [InlineData("every Friday")]
    [InlineData("24小时服务热线")]
    [InlineData("24/7")]
    [InlineData("after Friday")]
    [InlineData("今天上午8点")]
    [InlineData("2026-11-20")]
    [InlineData("2026-13-40")]
    [InlineData("2月30日")]
    [InlineData("25:61")]
    [InlineData("300天内")]
    [InlineData("9999 hours")]
    [InlineData("9999个月")]
    [InlineData("0天内")]
    [InlineData("2027年12月30日，不急")]
    [InlineData("今天漏水，明天没空")]
    [InlineData("12月中旬")]
    [InlineData("2月30日前")]
    [InlineData("٣天内")]
    public void Given_no_time_to_come_When_read_Then_nothing_is_guessed(string text) => Check(text, null);

    [Theory]
    [InlineData("2026-11-23T19:00", "今天", "2026-11-23T23:59")]
    [InlineData("2026-11-23T22:00", "今晚", "2026-11-23T23:59")]
    [InlineData("2026-11-23T23:59", "今天", null)]
    [InlineData("2026-11-23T19:00", "今天下午", null)]
    [InlineData("2026-11-23T19:00", "11月23日", "2026-11-23T23:59")]
    [InlineData("2026-11-23T19:00", "周一", "2026-11-30T18:00")]
    [InlineData("2026-11-23T19:00", "5点", "2026-11-24T17:00")]
    [InlineData("2026-11-29T12:00", "周末", "2026-11-29T18:00")]
    [InlineData("2026-11-29T12:00", "下周一", "2026-11-30T18:00")]
    [InlineData("2026-11-29T12:00", "本周五", null)]
    [InlineData("2026-12-31T20:00", "明天", "2027-01-01T18:00")]
    [InlineData("2026-12-31T20:00", "月底", "2026-12-31T23:59")]
    [InlineData("2027-01-31T10:00", "一个月内", "2027-02-28T10:00")]
    [InlineData("2027-01-30T10:00", "29号", "2027-03-29T18:00")]
    public void Given_a_late_hour_or_the_end_of_a_week_When_read_Then_it_lies_ahead(
        string now, string text, string? expected) =>
        Assert.Equal(
            expected is null ? null : new Wish(Local(expected, Shanghai)),
            Wishes.Read(text, Local(now, Shanghai), Shanghai));

    [Theory]
    // Clocks go forward on 2027-03-14 at 02:00 and back on 2026-11-01 at 02:00.
    [InlineData("2027-03-13T10:00-05:00", "tomorrow", "2027-03-14T18:00-04:00")]
    [InlineData("2027-03-13T10:00-05:00", "24小时内", "2027-03-14T11:00-04:00")]
    [InlineData("2027-03-13T10:00-05:00", "一天内", "2027-03-14T10:00-04:00")]
    [InlineData("2027-03-13T10:00-05:00", "明天凌晨2点半", "2027-03-14T03:00-04:00")]
    [InlineData("2027-03-13T02:30-05:00", "in 1 day", "2027-03-14T03:00-04:00")]
    [InlineData("2026-10-31T10:00-04:00", "in 2 days", "2026-11-02T10:00-05:00")]
    [InlineData("2026-10-31T10:00-04:00", "within 48 hours", "2026-11-02T09:00-05:00")]
    [InlineData("2026-10-31T10:00-04:00", "tomorrow 01:30", "2026-11-01T01:30-04:00")]
    // Asked from elsewhere: the community's day counts.
    [InlineData("2026-11-24T01:00Z", "today", "2026-11-23T23:59-05:00")]
    public void Given_a_change_of_clocks_When_read_Then_local_time_holds(string now, string text, string expected)
    {
        var by = Wishes.Read(text, Exactly(now), NewYork)?.By;
        Assert.Equal(Exactly(expected), by);
        Assert.Equal(Exactly(expected).Offset, by?.Offset);
    }

    internal static void Check(string text, string? expected)
    {
        var wish = Wishes.Read(text, Now, Shanghai);
        Assert.Equal(expected is null ? null : new Wish(Local(expected, Shanghai)), wish);
        Assert.Equal(wish is null ? null : Now.Offset, wish?.By?.Offset);
    }

    internal static WorkingCalendar Calendar(
        string zone, IReadOnlyList<DateOnly>? holidays = null, IReadOnlyList<DateOnly>? makeUpDays = null) =>
        new(TimeZoneInfo.FindSystemTimeZoneById(zone), new()
        {
            Holidays = holidays ?? [],
            MakeUpDays = makeUpDays ?? [],
            Weekly = [new(
                [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
                [new(new(8, 30), new(12, 0)), new(new(14, 0), new(17, 30))])],
        });

    internal static DateTimeOffset Local(string local, WorkingCalendar calendar)
    {
        var time = DateTime.Parse(local, CultureInfo.InvariantCulture);
        return new DateTimeOffset(time, calendar.Zone.GetUtcOffset(time));
    }

    internal static DateTimeOffset Exactly(string instant) =>
        DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
