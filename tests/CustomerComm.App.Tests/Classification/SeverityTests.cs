using CustomerComm.App.Classification;
using CustomerComm.Domain;

namespace CustomerComm.App.Tests.Classification;

/// <summary>How grave it is decides the time to resolve (4.6.2-6) and the reports owed (4.6.2-5).</summary>
public sealed class SeverityTests
{
    private static readonly Classifier Classifier = new();

    [Theory]
    [InlineData("电梯困人了，快派人来救，里面有老人")]
    [InlineData("我被關在電梯裡，快啲嚟")]
    [InlineData("楼道着火了！")]
    [InlineData("闻到很浓的煤气味，快来人")]
    [InlineData("燃气泄漏")]
    [InlineData("水管爆了，正在喷水，家里都被淹了")]
    [InlineData("电线裸露在外面，还漏电")]
    [InlineData("整栋楼停电了")]
    [InlineData("邻居装修把我家水管打爆了！！水喷得到处都是")]
    [InlineData("地下室被水淹了，配电房进水")]
    [InlineData("I am stuck in the lift, please hurry")]
    [InlineData("There is a strong smell of gas in the corridor")]
    [InlineData("There is smoke coming from the meter box")]
    [InlineData("Fire in the garage!!")]
    [InlineData("Water is pouring out of the wall right now")]
    public void Given_people_in_danger_now_When_classified_Then_it_is_urgent(string text) => Is(Severity.Urgent, text);

    [Theory]
    [InlineData("外墙砖掉下来把人砸伤了，送医院缝了五针")]
    [InlineData("狗不牵绳，把孩子咬伤了")]
    [InlineData("電梯突然下墜，我媽骨折住院")]
    [InlineData("三年来多次反映外墙渗水，至今无人处理")]
    [InlineData("几百户都没有热水，投诉好多次没人管")]
    [InlineData("投诉了无数次都没有结果")]
    [InlineData("My son was injured on the broken slide")]
    [InlineData("We have reported the leak many times for months and still no answer")]
    public void Given_injury_many_homes_or_long_neglect_When_classified_Then_it_is_major(string text) =>
        Is(Severity.Major, text);

    [Theory]
    [InlineData("电剃坏了")]
    [InlineData("楼道堆杂物，存在火灾隐患")]
    [InlineData("台阶松了，容易摔伤人")]
    [InlineData("怕哪天着火，请清理电瓶车")]
    [InlineData("上次停水通知没贴")]
    [InlineData("楼道里有关人员抽烟，消防车通道要留好")]
    [InlineData("The fire alarm in the corridor is dirty")]
    [InlineData("物业费怎么交？")]
    [InlineData("没有人受伤，就是吓了一跳")]
    [InlineData("Someone could get hurt on the loose tiles")]
    [InlineData("建议增设灭火器，万一着火呢")]
    [InlineData("谢谢消防演练，着火了知道怎么跑了，点赞")]
    public void Given_no_present_danger_When_classified_Then_it_is_ordinary(string text) => Is(Severity.Ordinary, text);

    private static void Is(Severity expected, string text) =>
        Assert.Equal(expected, Classifier.Classify(text).Severity);
}
