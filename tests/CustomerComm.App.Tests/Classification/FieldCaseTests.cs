using CustomerComm.App.Classification;
using CustomerComm.Domain;

namespace CustomerComm.App.Tests.Classification;

/// <summary>Messages that were understood wrongly in the field, and others of their kind.</summary>
public sealed class FieldCaseTests
{
    private static readonly Classifier Classifier = new();

    [Theory]
    [InlineData("电梯里困了俩人，赶紧来人啊！！！", Category.Equipment)]
    [InlineData("电梯门打不开，人出不来", Category.Equipment)]
    [InlineData("外墙瓷砖掉下来砸在楼下人行道上，幸好没人", Category.CivilWorks)]
    [InlineData("楼下那家把承重墙砸了一个大洞，请马上去看", Category.Renovation)]
    [InlineData("有人翻窗进来偷东西被我撞见，刚跑", Category.Security)]
    [InlineData("㷫啊！廚房着咗火，成屋煙", Category.Security)]
    [InlineData("厨房一股臭鸡蛋味，头晕", Category.Equipment)]
    [InlineData("𨋢門夾住個阿婆隻手，快啲嚟人", Category.Equipment)]
    [InlineData("my kid is trapped in the elevator, pls come", Category.Equipment)]
    public void Case_44_Given_danger_in_everyday_words_Then_somebody_is_in_danger_now(string text, Category category)
    {
        var suggestion = Classifier.Classify(text);

        Assert.Equal(Severity.Urgent, suggestion.Severity);
        Assert.True(suggestion.Danger);
        Assert.Contains(category, suggestion.Also.Prepend(suggestion.Category));
    }

    [Theory]
    [InlineData("井盖没了，刚有个老人掉下去")]
    [InlineData("墙皮砸到小孩头上了")]
    [InlineData("升降機成日壞，𨋢門夾人")]
    public void Case_44_Given_somebody_hurt_Then_it_is_urgent_or_major(string text) =>
        Assert.NotEqual(Severity.Ordinary, Classifier.Classify(text).Severity);

    [Theory]
    [InlineData("people stuck in the lift on 7F", new[] { Category.Equipment })]
    [InlineData("有人被关在电梯里了", new[] { Category.Equipment })]
    [InlineData("一楼污水倒灌，水已经到脚踝", new[] { Category.Equipment, Category.CivilWorks })]
    [InlineData("地库有人晕倒了", new[] { Category.Security, Category.Other })]
    public void Case_46_Given_danger_Then_it_does_not_hide_what_it_is_about(string text, Category[] right)
    {
        var suggestion = Classifier.Classify(text);

        Assert.Contains(suggestion.Category, right);
        Assert.Equal(Severity.Urgent, suggestion.Severity);
    }

    [Theory]
    [InlineData("3号楼水压很低", new[] { Category.Equipment })]
    [InlineData("5号楼水表不走字", new[] { Category.Equipment })]
    [InlineData("2号楼水箱该洗了", new[] { Category.Equipment, Category.Cleaning })]
    [InlineData("三号楼水泵一直响", new[] { Category.Equipment })]
    [InlineData("１２栋水泵嗡嗡响", new[] { Category.Equipment })]
    [InlineData("3號樓水壓好細", new[] { Category.Equipment })]
    public void Case_47_Given_a_building_number_before_water_Then_they_form_no_word(string text, Category[] right)
    {
        var suggestion = Classifier.Classify(text);

        Assert.Contains(suggestion.Category, right);
        Assert.DoesNotContain(suggestion.Because, w => w.Contains("楼水", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("前台那个小姑娘翻着白眼跟我说话，问两句就嫌烦，什么素质", Category.StaffAttitude)]
    [InlineData("今早大门岗的人冲我妈吼，老人家气得一天没吃饭", Category.StaffAttitude)]
    [InlineData("your receptionist rolled her eyes at me and walked off while I was still talking", Category.StaffAttitude)]
    [InlineData("群里@了管家五次，一次没回，这钱交得值吗", Category.ServiceQuality)]
    [InlineData("上周约好周六上午来看空调外机位，等到中午人影都没有，也没个电话", Category.ServiceQuality)]
    [InlineData("你们张经理收了施工队好处，谁来查", Category.AgainstManager)]
    [InlineData("我要投诉项目负责人，业主反映问题一律已读不回", Category.AgainstManager)]
    [InlineData(
        "Nobody ever picks up the office phone after 5pm, what is the point of a 24h hotline", Category.ServiceQuality)]
    public void Case_48_Given_people_and_service_in_words_unheard_of_Then_it_is_understood(string text, Category category)
    {
        var suggestion = Classifier.Classify(text);

        Assert.Equal(category, suggestion.Category);
        Assert.Equal(Nature.Complaint, suggestion.Kind);
    }

    [Theory]
    [InlineData("周末好几个人在屋里猜拳喝酒，嗓门特别大", Category.Neighbours)]
    [InlineData("晾在阳台的两双鞋没了", Category.Security)]
    [InlineData("抽屉里的钱少了，门锁好好的", Category.Security)]
    [InlineData("隔壁从走廊拉插线板给电瓶充电", Category.Security)]
    [InlineData("楼上渗水到我家吊顶，物业说不归他们管，我该怎么办？", Category.CivilWorks)]
    [InlineData("快递放门口半小时就没了，第三次了", Category.Security)]
    public void Case_50_Given_noise_and_loss_without_key_words_Then_it_is_understood(string text, Category category)
    {
        var suggestion = Classifier.Classify(text);

        Assert.Equal(category, suggestion.Category);
        Assert.Equal(Nature.Complaint, suggestion.Kind);
    }

    [Theory]
    [InlineData("整改通知说火大了也没用，这价格像着火了一样")]
    [InlineData("消防演练几点开始？听说要放烟")]
    [InlineData("气炸了，前台说话太冲")]
    [InlineData("the queue at the office is killing me")]
    [InlineData("the smoke detector in 5B beeps every minute, low battery I guess")]
    public void Given_danger_only_spoken_about_Then_nobody_is_called_out(string text) =>
        Assert.False(Classifier.Classify(text).Danger);
}
