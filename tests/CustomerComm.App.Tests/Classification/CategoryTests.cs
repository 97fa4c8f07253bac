using CustomerComm.App.Classification;
using CustomerComm.Domain;

namespace CustomerComm.App.Tests.Classification;

/// <summary>What a message is about decides who leads (4.6.1-2 A–F).</summary>
public sealed class CategoryTests
{
    private static readonly Classifier Classifier = new();

    [Theory]
    [InlineData(Category.StaffAttitude, "前台那个小姑娘态度很差，问什么都不耐烦")]
    [InlineData(Category.StaffAttitude, "管理處職員態度惡劣，講兩句就黑面")]
    [InlineData(Category.StaffAttitude, "客服太度差得很，爱答不理")]
    [InlineData(Category.StaffAttitude, "The man at the front desk was rude and shouted at my mother")]
    [InlineData(Category.ServiceQuality, "物业光收钱不办事，电话打不通，说来不来")]
    [InlineData(Category.ServiceQuality, "勿业管理混乱，互相推诿")]
    [InlineData(Category.ServiceQuality, "管理處打電話冇人聽，敷衍了事")]
    [InlineData(Category.ServiceQuality, "Poor service: nobody answers the phone and they never replied to me")]
    public void Given_a_reproach_to_the_staff_or_the_service_When_classified_Then_quality_leads(
        Category expected, string text) => Leads(expected, text);

    [Theory]
    [InlineData(Category.CivilWorks, "主卧天花板渗水，墙皮都掉了")]
    [InlineData(Category.CivilWorks, "樓上漏水，天花板都發霉了")]
    [InlineData(Category.CivilWorks, "外墙瓷砖脱落，楼下走人很不放心")]
    [InlineData(Category.CivilWorks, "客厅地砖空鼓，墙体有裂缝")]
    [InlineData(Category.CivilWorks, "一下雨屋顶就漏雨，地下室积水")]
    [InlineData(Category.CivilWorks, "There is a crack in my bathroom wall and water is leaking through the ceiling")]
    [InlineData(Category.Renovation, "顶楼有人违建，搭了个阳光房")]
    [InlineData(Category.Renovation, "頂樓有人僭建，加蓋了一層")]
    [InlineData(Category.Renovation, "隔壁装修把承重墙砸了")]
    [InlineData(Category.Renovation, "502 装俢中午不停，电钻吵得孩子睡不着")]
    [InlineData(Category.Renovation, "有人违健，把露台封起来了")]
    [InlineData(Category.Renovation, "My neighbour's renovation knocked down a wall, is that legal or unauthorised?")]
    [InlineData(Category.Equipment, "电剃坏了")]
    [InlineData(Category.Equipment, "電梯壞了三日")]
    [InlineData(Category.Equipment, "升降機又停咗")]
    [InlineData(Category.Equipment, "小区又亭水，早上没法洗脸")]
    [InlineData(Category.Equipment, "楼道灯不亮，晚上摸黑上楼")]
    [InlineData(Category.Equipment, "门禁刷卡没反应，进不了单元门")]
    [InlineData(Category.Equipment, "消防栓里没有水，灭火器过期")]
    [InlineData(Category.Equipment, "六楼以上水压太低，热水器打不着")]
    [InlineData(Category.Equipment, "ＬＩＦＴ　坏了")]
    [InlineData(Category.Equipment, "地下车库灯全坏了，黑漆漆的")]
    [InlineData(Category.Equipment, "水压太小了，洗澡都洗不了")]
    [InlineData(Category.Equipment, "家里没热水了")]
    [InlineData(Category.Equipment, "No hot water in building 2 since yesterday")]
    [InlineData(Category.Equipment, "The elevator in building 3 is out of order since Monday")]
    [InlineData(Category.Equipment, "lift 坏咗，老人家落唔到街")]
    public void Given_walls_renovation_or_equipment_When_classified_Then_engineering_leads(
        Category expected, string text) => Leads(expected, text);

    [Theory]
    [InlineData("物业废又涨了，凭什么")]
    [InlineData("物业費太貴，收費不透明")]
    [InlineData("停车费从一百涨到三百，太离谱")]
    [InlineData("交了钱不给开发票")]
    [InlineData("公共收益从来不公示")]
    [InlineData("维修基金用到哪里去了，账目不清")]
    [InlineData("装修押金三个月了还不退")]
    [InlineData("停车肥收得不合理")]
    [InlineData("电梯广告的钱去哪了")]
    [InlineData("管理費亂收費")]
    [InlineData("I was overcharged on my last management fee bill and want a refund")]
    public void Given_charges_When_classified_Then_finance_leads(string text) => Leads(Category.Charges, text);

    [Theory]
    [InlineData("楼上漏水泡坏了我家地板，要求赔偿三千元")]
    [InlineData("外墙砖掉下来砸了我的车，物业要赔钱")]
    [InlineData("電梯門夾爛我部手機，要求賠償")]
    [InlineData("水管爆裂家具全毁，补偿我的损失")]
    [InlineData("道闸砸坏车顶，谁来赔？必须赔")]
    [InlineData("隔壁把我家墙震裂了，要他们赔")]
    [InlineData("The falling branch smashed my windscreen, I want compensation")]
    public void Given_money_asked_for_a_loss_When_classified_Then_it_is_compensation(string text) =>
        Leads(Category.Compensation, text);

    [Theory]
    [InlineData("投诉物业经理，态度恶劣，从不解决问题")]
    [InlineData("管理处主任态度极差，拍桌子骂人")]
    [InlineData("管理處主任收回扣，包庇違建")]
    [InlineData("我要举报你们工程部经理吃回扣")]
    [InlineData("物业王经理拒绝见业主，还威胁我")]
    [InlineData("Complaint against the property manager: he lied to us and refuses to talk")]
    [InlineData("The office manager was rude to me")]
    [InlineData("投诉李经理，收了我的钱不办事")]
    [InlineData("Your manager is a liar")]
    [InlineData("项目经理从来不露面，电话也不接")]
    public void Given_a_reproach_to_a_manager_When_classified_Then_it_is_against_the_manager(string text) =>
        Leads(Category.AgainstManager, text);

    [Theory]
    [InlineData("向物业经理反映过三次，电梯还是坏的")]
    [InlineData("社区主任态度差，不给盖章")]
    [InlineData("业委会主任贪污公款")]
    [InlineData("街道主任不作为，没人管")]
    [InlineData("物业经理说下周来修水管，请问具体几点")]
    [InlineData("I told the property manager that the gate does not close")]
    [InlineData("售楼经理骗人，房产证办不下来")]
    public void Given_a_manager_merely_mentioned_or_not_ours_When_classified_Then_it_is_not_against_the_manager(
        string text)
    {
        var suggestion = Classifier.Classify(text);

        Assert.NotEqual(Category.AgainstManager, suggestion.Category);
        Assert.DoesNotContain(Category.AgainstManager, suggestion.Also);
    }

    [Theory]
    [InlineData(Category.Cleaning, "垃圾没人叼，臭死了")]
    [InlineData(Category.Cleaning, "垃圾站太臭，苍蝇满天飞")]
    [InlineData(Category.Cleaning, "樓梯冇人掃，好邋遢")]
    [InlineData(Category.Cleaning, "楼道里拉圾堆了一周，保洁不来")]
    [InlineData(Category.Cleaning, "The rubbish room is filthy and full of cockroaches")]
    [InlineData(Category.Security, "昨晚电动车电瓶被偷，监控没拍到")]
    [InlineData(Category.Security, "保安夜里睡觉，陌生人随便进")]
    [InlineData(Category.Security, "有人高空抛物")]
    [InlineData(Category.Security, "二樓入屋爆竊，保安冇巡邏")]
    [InlineData(Category.Security, "A stranger broke into the bike room and my bicycle was stolen")]
    [InlineData(Category.Parking, "有人乱停车，把我堵在车库")]
    [InlineData(Category.Parking, "消防通道停满了车，消防车进不来")]
    [InlineData(Category.Parking, "我嘅車位俾人霸佔，泊唔到車")]
    [InlineData(Category.Parking, "地库有辆僵尸车占车位半年")]
    [InlineData(Category.Parking, "车位被外来车占了，保安也不管")]
    [InlineData(Category.Parking, "A white van is parked in my space and blocking the garage")]
    [InlineData(Category.Greenery, "门前的大树挡光，树枝要修剪")]
    [InlineData(Category.Greenery, "草坪枯死了，没人浇水")]
    [InlineData(Category.Greenery, "有人毁绿种菜")]
    [InlineData(Category.Greenery, "The hedge and the lawn behind block 5 have not been cut for weeks")]
    [InlineData(Category.Neighbours, "楼上麻将馆半夜吵死人")]
    [InlineData(Category.Neighbours, "廣場舞太吵，老人睡不著")]
    [InlineData(Category.Neighbours, "楼下饭店油烟熏得不敢开窗")]
    [InlineData(Category.Neighbours, "樓上成晚拖凳，嘈到瞓唔到")]
    [InlineData(Category.Neighbours, "对门把住宅改成日租房，人来人往，住改商没人查")]
    [InlineData(Category.Neighbours, "燥音太大，楼上炒死了")]
    [InlineData(Category.Neighbours, "楼上往下倒水，晾的被子全湿了")]
    [InlineData(Category.Neighbours, "空调外机滴水滴到我家窗台")]
    [InlineData(Category.Neighbours, "Loud karaoke upstairs every night, I can't sleep")]
    [InlineData(Category.Pets, "邻居遛狗不牵绳，到处是狗屎")]
    [InlineData(Category.Pets, "樓下養了兩隻大型犬，整日狗吠")]
    [InlineData(Category.Pets, "流浪猫在车底下生了一窝")]
    [InlineData(Category.Pets, "The dog in 502 barks all day")]
    [InlineData(Category.Other, "孩子上学的学区是怎么划的")]
    [InlineData(Category.Other, "开发商延期交房，房产证也办不下来")]
    [InlineData(Category.Other, "拆迁的安置房什么时候分")]
    [InlineData(Category.Other, "这件事情你们看着办吧")]
    public void Given_what_the_office_handles_itself_When_classified_Then_the_office_leads(
        Category expected, string text) => Leads(expected, text);

    [Theory]
    [InlineData("保安打人", Category.StaffAttitude, Category.Security)]
    [InlineData("电梯坏了三天，物业费倒是照收，还要涨价", Category.Charges, Category.Equipment)]
    [InlineData("樓上裝修打穿水管，我屋企漏水", Category.Renovation, Category.CivilWorks)]
    [InlineData("漏水泡坏地板，要求赔偿", Category.Compensation, Category.CivilWorks)]
    [InlineData("管理处主任骂人，态度恶劣", Category.AgainstManager, Category.StaffAttitude)]
    [InlineData("The lift is broken and there is rubbish everywhere", Category.Equipment, Category.Cleaning)]
    public void Given_several_topics_When_classified_Then_one_leads_and_the_others_cooperate(
        string text, Category one, Category other)
    {
        var suggestion = Classifier.Classify(text);

        Assert.Contains(one, suggestion.Also.Prepend(suggestion.Category));
        Assert.Contains(other, suggestion.Also.Prepend(suggestion.Category));
        Assert.DoesNotContain(suggestion.Category, suggestion.Also);
    }

    [Theory]
    [InlineData("已经没有漏水了", Category.CivilWorks)]
    [InlineData("墙上没有裂缝", Category.CivilWorks)]
    [InlineData("不是要赔偿，就是想把事情说清楚", Category.Compensation)]
    [InlineData("There is no leak any more", Category.CivilWorks)]
    public void Given_a_denial_When_classified_Then_the_denied_matter_does_not_count(string text, Category denied)
    {
        var suggestion = Classifier.Classify(text);

        Assert.DoesNotContain(denied, suggestion.Also.Prepend(suggestion.Category));
    }

    [Fact]
    public void Given_a_subject_line_When_classified_Then_it_outweighs_what_the_text_mentions_in_passing()
    {
        var suggestion = Classifier.Classify("停车费的问题\n车库里的路灯不亮，电梯也慢，这些我们都忍了。");

        Assert.Equal(Category.Charges, suggestion.Category);
    }

    [Theory]
    [InlineData("垃圾桶和砍树的事")]
    [InlineData("砍树和垃圾桶的事")]
    public void Given_two_topics_of_one_weight_When_classified_Then_one_leads_and_the_other_cooperates(string text)
    {
        var suggestion = Classifier.Classify(text);

        Assert.Equal(
            [Category.Cleaning, Category.Greenery], suggestion.Also.Prepend(suggestion.Category).Order());
    }

    private static void Leads(Category expected, string text) =>
        Assert.Equal(expected, Classifier.Classify(text).Category);
}
