using System.Text.Json;
using CustomerComm.App.Classification;
using CustomerComm.Domain;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Classification;

/// <summary>
/// Danger that the list knows is urgent (4.5.2, 4.6.2-6), whatever kind of message it stands in and whoever was hurt;
/// what is over, practised, proposed or a figure of speech is not.
/// </summary>
[Clause("4.6.2-6")]
public sealed class DangerFloorTests
{
    private static readonly Classifier Classifier = new();

    [Theory]
    [InlineData("有人坠楼了")]
    [InlineData("湖边有小孩落水")]
    [InlineData("泳池里有人溺水")]
    [InlineData("一氧化碳报警，人头晕")]
    [InlineData("一家三口好像煤气中毒了")]
    [InlineData("门口有人抢劫")]
    [InlineData("有个男的持刀在大堂")]
    [InlineData("孩子反锁在家里了")]
    [InlineData("老人把自己反锁在卫生间，没声音")]
    [InlineData("宝宝锁在车里，太阳晒着")]
    [InlineData("孩子吃果冻噎住了")]
    [InlineData("他窒息了")]
    [InlineData("我妈在地上抽搐")]
    [InlineData("老爷子可能心梗了")]
    [InlineData("快递员在楼下昏倒了")]
    [InlineData("楼上玻璃掉下来了")]
    [InlineData("有人在撬门")]
    [InlineData("三樓有人墮樓")]
    [InlineData("細路跌咗落水")]
    [InlineData("阿婆唔夠氣，嘴唇發紫")]
    [InlineData("有人打劫")]
    [InlineData("個男人揸刀斬人")]
    [InlineData("BB鎖咗喺車入面")]
    [InlineData("阿伯瞓喺地下叫唔醒")]
    [InlineData("他嗆到噎住，臉都紫了")]
    [InlineData("疑似一氧化碳中毒，兩個人昏倒")]
    [InlineData("有賊入咗屋")]
    [InlineData("There is burglar in my house")]
    [InlineData("somebody breaking in next door")]
    [InlineData("kid drown in pool")]
    [InlineData("a boy is drowning")]
    [InlineData("carbon monoxide alarm ringing we feel sick")]
    [InlineData("my mother choking")]
    [InlineData("he have seizure in lobby")]
    [InlineData("someone was stabbed in the garage")]
    [InlineData("man with gun at gate")]
    [InlineData("old man unconscious on floor 3")]
    [InlineData("my baby is locked in the car")]
    [InlineData("grandma is locked in and not answering")]
    [InlineData("there is fire in kitchen")]
    [InlineData("can you come fire in my kitchen")]
    [InlineData("please can someone help my father not breathing")]
    [InlineData("glass falling from 20 floor")]
    [InlineData("I think he has heart attack")]
    [InlineData("thief is inside my flat")]
    public void Given_a_danger_in_everyday_words_When_classified_Then_it_is_urgent(string text) => IsDanger(text);

    [Theory]
    [InlineData("建议你们派个人来，楼道里有煤气味")]
    [InlineData("表扬一下保安，但是现在地下室着火了")]
    [InlineData("谢谢物业，我家着火了")]
    [InlineData("物业辛苦了，有人落水")]
    [InlineData("请问煤气泄漏了怎么办，家里很浓的味道")]
    [InlineData("I suggest you send the guard, there is a man with a knife")]
    [InlineData("Thank you for the nice service. There is smoke coming from the meter room")]
    [InlineData("Could you please look, my neighbour is unconscious")]
    public void Given_a_danger_in_whatever_kind_of_message_When_classified_Then_it_is_urgent(string text) =>
        IsDanger(text);

    [Theory]
    [InlineData("有人持刀，保安受伤流血了")]
    [InlineData("老人昏倒了，头上流血")]
    [InlineData("有人坠楼，骨折了")]
    [InlineData("电梯困人，里面的人受伤了")]
    [InlineData("A man was stabbed and he is bleeding")]
    [InlineData("my father unconscious and his head is bleeding")]
    [InlineData("打了三次电话没人接，厨房着火了")]
    [InlineData("报了好几次没人来，还在漏煤气")]
    public void Given_somebody_hurt_or_called_in_vain_When_classified_Then_danger_stays_danger(string text) =>
        IsDanger(text);

    [Theory]
    [InlineData("谢谢你们上个月扑灭了那场火")]
    [InlineData("感谢保安昨天把落水的孩子救上来，表扬")]
    [InlineData("The fire drill on Friday was well organised")]
    [InlineData("Thanks for putting out the fire last month")]
    [InlineData("建议多搞几次消防演练，真着火时大家才不慌")]
    [InlineData("建议在湖边立个防溺水的牌子")]
    [InlineData("建议装一氧化碳报警器")]
    [InlineData("Please install carbon monoxide detectors")]
    [InlineData("停车费一个月八百，跟抢劫一样")]
    [InlineData("This parking fee is daylight robbery")]
    [InlineData("前台说话真噎人")]
    [InlineData("垃圾房臭得窒息")]
    [InlineData("钥匙锁在屋里了，能帮忙开门吗")]
    [InlineData("My keys are locked inside, can you open the door")]
    [InlineData("落水管堵了")]
    [InlineData("The burglar alarm of the shop beeps at night")]
    [InlineData("他去年心梗住院，现在好了，请问怎么申请扶手")]
    [InlineData("The children play with water guns in the lobby")]
    public void Given_what_is_over_practised_proposed_or_a_figure_When_classified_Then_it_is_not_urgent(string text) =>
        Assert.False(Classifier.Classify(text).Danger);

    /// <summary>
    /// Over all committed texts: of those said to be urgent the list alone hears at least so many, and of the others it
    /// takes at most so many for danger.
    /// </summary>
    [Fact]
    public void Given_the_committed_texts_When_the_list_alone_hears_them_Then_it_seldom_raises_a_false_alarm()
    {
        var (urgent, heard, others, alarms) = (0, 0, 0, 0);
        foreach (var line in Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "src", "CustomerComm.Training", "texts"), "*.jsonl").SelectMany(File.ReadLines))
        {
            using var one = JsonDocument.Parse(line);
            var text = one.RootElement.GetProperty("text").GetString()!;
            if (one.RootElement.TryGetProperty("subject", out var subject))
                text = $"{subject.GetString()}\n{text}";
            var danger = Heard.Of(Lexicon.Shared, text, new char[text.Length], new int[text.Length]).Danger;
            var said = one.RootElement.GetProperty("severity").GetString() == nameof(Severity.Urgent);
            (urgent, others) = said ? (urgent + 1, others) : (urgent, others + 1);
            (heard, alarms) = (heard + (said && danger ? 1 : 0), alarms + (!said && danger ? 1 : 0));
        }

        Assert.True(heard >= 0.22 * urgent, $"{heard} of {urgent} heard.");
        Assert.True(alarms <= 0.014 * others, $"{alarms} of {others} are false alarms.");
    }

    private static void IsDanger(string text)
    {
        var suggestion = Classifier.Classify(text);
        Assert.Equal((Severity.Urgent, true), (suggestion.Severity, suggestion.Danger));
    }
}
