using CsCheck;
using CustomerComm.App.Conversations;
using CustomerComm.Domain;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>What residents want besides complaining, read from their words alone.</summary>
public sealed class ResidentIntentTests
{
    /// <summary>An intent a line, then its texts, separated by <c>|</c>.</summary>
    private const string Table =
        """
        Thanks: 谢谢|Thanks!|知道了|好|1|👍|👌🏻|🙏🙏|❤️|嗯嗯|收到|ok thx|OK|ok👌|好的，谢谢|谢谢师傅！|多謝晒|唔該|明白了，辛苦了|收到，谢谢您|好的好的|thank you so much!!|Thx|thanks a lot 👍|got it, thanks|noted|okay|ＯＫ|嗯|好滴～|知道啦|没关系|cool, thank you|Liked “已登记HY-2026-000001”|Loved "We registered it"|赞了“已登记”|👍 “已登记HY-2026-000001”|可以的|辛苦啦|谢谢啦～～|收到晒，唔該|得啦，多謝|yes|是的|np|bye
        Stop: STOP|stop|Stop.|unsubscribe|TD|td|T|t|退订|退訂|退订！|回TD退订|取消订阅|别再给我发短信了|不要再给我发信息|ＴＤ|ＳＴＯＰ|please stop|Stop texting me|stop sending me messages|拒收|unsubscribe me please|QUIT|opt out|请不要再发短信了|remove me from your list
        Start: START|start|恢复|恢復|恢复订阅|UNSTOP|恢复短信|resume
        Withdraw: 不投诉了|不投訴了|我不投诉了|算了撤销吧|算了|撤回|撤诉|我要撤诉|撤销投诉|取消投诉|把我的投诉撤了|算了吧，不追究了|forget it, cancel my complaint|forget it|never mind|withdraw|please withdraw my complaint|I want to withdraw my complaint|cancel|cancel my complaint please|投诉不要了|我想撤回我的投诉|唔投訴喇|唔告啦|撤回投诉吧谢谢|no need to come|drop it|已经好了，不用麻烦了
        Confirm: 确认撤诉|是 确认撤诉|是，确认撤诉！|yes withdraw|確認撤訴
        Keep: 不撤了|先不撤|keep it
        Status: 到哪一步了|到哪一步了？|有进展吗|有進展嗎？|any news?|any update|Any updates on my complaint?|怎么样了|怎麼樣了|处理得怎么样了|處理得點呀|进度|查进度|查一下进度|状态|请问处理到哪一步了|我上次反映的事有进展吗|那个事怎么样了|status|Status?|what's the status|whats happening with it|how is it going|where are we with this|什么时候来人|什么时候修|几时整好|when will it be fixed?|when are you coming|how long will it take|有消息了吗|还要等多久|派人了吗|修好了吗|修好了没|解决了吗|搞掂未|有冇進展|？？？|???|is it done yet|请问有结果了吗|进展如何|师傅什么时候来啊
        CallMe: 给我打电话|給我打電話|给我回个电话|请回电|麻烦回电，谢谢|回我电话|打给我|让师傅给我打个电话|叫人打电话给我|call me|call me back|Call me back please!|please call me|can you call me back|could someone call me|give me a call|俾個電話我|打俾我|联系我|请尽快联系我|能不能给我回个电话|I want a callback|ring me back
        Human: 转人工|轉人工|人工|人工客服|我要找真人|talk to a human|I want to talk to a human|human please|agent|speak to someone|can i speak to a real person|找客服|不要机器人|找你们经理|搵真人|我要跟人说话|connect me to an agent|接人工|person please
        Help: 帮助|help|Help!|I need help|帮帮我|怎么投诉|怎么用|我要投诉|我想投诉|投诉|how do i complain|i want to complain|I have a problem|你好|您好，请问|hello|hi there|在吗|有人吗|menu|功能|报修|点样投诉|你是机器人吗|hello?!
        Distress: 救命|救命啊|快救救我|来人啊|快来人救命|求救|SOS|help me|Help me!|please help me|somebody help|emergency|help help|报警|I'm in danger|need an ambulance|救命呀，快来人|有危险|快報警|幫我報警
        Sign: 已签字|签好了|我签了|已经签了字了|簽咗喇|怎么签|怎么签字|點樣簽|在哪里签|链接打不开|鏈接打不開|条link打唔开|链接失效了|签字链接过期了|没收到签字链接|重发链接|how do I sign|how to sign?|where do I sign it|link does not work|the link doesn't work|link is broken|I cannot open the link|link expired|signed|already signed|I have signed it|send me the link again|签不了字|网页打不开
        MyComplaints: 我的投诉|我的投訴|my complaints|My complaints please|我的投诉有哪些|查我的投诉|list my complaints|show me my complaints|我有哪些投诉|我嘅投訴
        Phone: 电话多少|電話多少？|hotline?|hotline|物业电话是多少|你们电话多少|what is the phone number|what's your number?|联系电话|热线电话|phone number please|怎么联系你们|how can i call you|管理處電話幾多號|投诉电话是多少|客服电话
        WrongNumber: 发错了|發錯了|wrong number|Wrong number, sorry|我不是业主|我不是業主|不好意思发错了|发错人了|打错了|sorry wrong number|I am not the owner|I'm not the resident|我已经搬走了|房子卖了|you have the wrong number|你们发错人了|我不住这里了|I moved out|找错人了|發錯咗|對唔住，搭錯
        NotFixed: 没修好|沒修好|还是漏|还是漏，没修好|还是漏，没修好，不签|又坏了|又壞咗|still leaking|Still leaking!|not fixed|it's not fixed|不签|我不签字|根本没修好|还没修好|一点没修好|仲漏緊|仲未整好|還是不行|还是老样子|still broken|still not working|same problem again|没解决|it doesn't work|i won't sign|not satisfied|没用|修了跟没修一样|broke again|拒绝签字|还在漏水|依然在漏水|still not fixed
        Settled: 已经修好了|修好了谢谢|已经解决了|it's fixed now, thanks|solved|搞掂咗|works now|来电了
        Addition: 在3号楼|3号楼|在三号楼二单元|七点后在家|晚上七点以后在家|尽快|请尽快！|电话13800138000|13800138000|3-1-501|501室|B座1203|２栋１单元２０１|明天上午有人|今晚在家|急！|after 7 pm|I'm home after 6pm|building 3, room 501|room 1203|ASAP|as soon as possible please|my number is 13800138000|快点来|怎么还没人来|到现在都没人来|等了三天了|催一下|周末在家|urgent!!|明天下午3点以后方便|还没来人|tomorrow morning|nobody came|见图|在二十号楼|七点後喺屋企有人|地下二层
        Choose: English|english please|中文|讲中文|In English|说中文|英文
        None: 电梯坏了|STOP the drilling upstairs please|stop the noise in 5-2-301|谢谢，电梯又坏了三天没人来|楼上装修太吵了|unsubscribe from what? my lift is broken|退订金的事你们一直没给说法|不投诉了才怪，你们太过分了|help, the lift is stuck with my mother inside|我的投诉电话一直没人接，楼道灯也坏了|垃圾没人收，臭死了|help me get rid of the rats in the basement|打电话给物业骂人，态度差|家里又停电了快来人看看|好吵啊楼上一直敲|地库漏水|The call button of the gate is broken|start charging the right fee please|保安打错人了|停车位被占了|不签合同就停水，合法吗|楼下谢谢餐厅油烟大|算了一下物业费多收了两百|1号电梯坏了|the human waste in the stairwell stinks|管家说人工费要三百，太贵|空调外机滴水
        """;

    public static TheoryData<string, Intent> Texts()
    {
        var data = new TheoryData<string, Intent>();
        foreach (var line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (var text in line[(colon + 1)..].Split('|'))
                data.Add(text.Trim(), Enum.Parse<Intent>(line[..colon]));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Given_a_text_When_read_Then_it_means_what_people_mean_by_it(string text, Intent expected) =>
        Assert.Equal(expected, ResidentIntent.Read(text).Kind);

    [Fact]
    public void Given_the_table_Then_it_has_two_hundred_texts_and_every_intent()
    {
        var table = Texts().Select(t => t.Data.Item2).ToList();
        Assert.True(table.Count >= 200);
        Assert.Equal(Enum.GetValues<Intent>().Order(), table.Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Given_any_width_case_and_marks_When_read_Then_it_means_the_same(string text, Intent expected)
    {
        if (expected == Intent.None || text.Contains('“', StringComparison.Ordinal)
            || text.Contains('"', StringComparison.Ordinal))
        {
            return;
        }

        var wide = new string([.. text.Select(c => c is >= '!' and <= '~' ? (char)(c + 0xFEE0) : c)]);
        Assert.Equal(expected, ResidentIntent.Read(wide).Kind);
        Assert.Equal(expected, ResidentIntent.Read(text.ToUpperInvariant()).Kind);
        // Nothing but marks is read by its marks.
        if (text.Any(char.IsLetterOrDigit))
        {
            Assert.Equal(expected, ResidentIntent.Read($"  {text} 。～").Kind);
            Assert.Equal(expected, ResidentIntent.Read($"{text}！😊").Kind);
        }
    }

    [Theory]
    [InlineData("English", Language.English)]
    [InlineData("英文", Language.English)]
    [InlineData("中文", Language.Chinese)]
    [InlineData("Chinese please", Language.Chinese)]
    public void Given_a_language_is_asked_for_When_read_Then_it_is_that_one(string text, Language expected) =>
        Assert.Equal(expected, ResidentIntent.Read(text).Language);

    [Theory]
    [InlineData("电梯的事有进展吗", Intent.Status)]
    [InlineData("厨房顶还是漏，你们师傅只看了一眼就走了", Intent.NotFixed)]
    [InlineData("the lift is still broken, third time now", Intent.NotFixed)]
    [InlineData("楼道灯坏了", Intent.None)]
    public void Given_a_matter_besides_When_read_Then_only_the_leaning_is_told(string text, Intent expected)
    {
        var read = ResidentIntent.Read(text);
        Assert.Equal((Intent.None, expected), (read.Kind, read.Leaning));
    }

    [Fact]
    public void Given_any_text_at_all_When_read_Then_nothing_breaks()
    {
        var words = Gen.OneOf(Texts().Select(t => t.Data.Item1).ToArray());
        Gen.Select(words, Gen.String, words, Gen.Char).Sample(
            (a, b, c, d) =>
            {
                ResidentIntent.Read(b);
                ResidentIntent.Read(a + b + c);
                ResidentIntent.Read(new string(d, 200) + a);
            },
            iter: 3_000);
    }

    [Theory]
    [InlineData("家里又停电了快来人看看", "家里又停电了，快来人看看！", true)]
    [InlineData("家里又停电了快来人看看", "家裏又停電了快來人看看", true)]
    [InlineData("电梯坏了", "电梯坏了 谢谢", false)]
    [InlineData("楼上装修太吵", "楼道灯不亮了", false)]
    [InlineData("", "", true)]
    public void Given_two_texts_When_compared_Then_marks_and_a_letter_do_not_matter(string a, string b, bool same) =>
        Assert.Equal(same, Conversation.SameWords(a, b));
}
