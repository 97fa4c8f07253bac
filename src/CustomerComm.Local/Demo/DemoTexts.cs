using System.Text;
using CustomerComm.Domain;

namespace CustomerComm.Local.Demo;

/// <summary>What people of the demo say; every text says that it is one.</summary>
internal static class DemoTexts
{
    /// <summary>A drawn signature.</summary>
    public static string Mark { get; } = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80"><path d="M 20 60 C 60 10 80 70 120 30 S 170 60 185 25"
        fill="none" stroke="black" stroke-width="2"/></svg>
        """));

    /// <summary>The answer to a question.</summary>
    public const string Answer = "演示答复：办事时间为周一至周六8:30至17:30，材料请带房产证明，可致电服务热线咨询。";

    private static readonly string[] s_enquiries =
    [
        "演示：请问办理装修许可要带什么材料？", "演示：请问停车月卡怎么办理？", "演示：请问公共收益账目在哪里看？",
    ];

    private static readonly string[] s_suggestions =
    [
        "演示：建议在大门口加一块电子公告屏。", "演示：建议维修前先发短信约时间。", "演示：建议增加儿童活动设施。",
    ];

    private static readonly string[] s_praise =
    [
        "演示：表扬保安帮老人提东西上楼。", "演示：维修师傅来得快，活也干净，表扬一下。",
    ];

    /// <summary>What a resident has to say: mostly a complaint, sometimes a question, a suggestion or praise.</summary>
    public static (Nature? Kind, Category Category, string Text) Opinion(DemoMoment moment)
    {
        switch (moment.Dice.Next(100))
        {
            case < 12:
                return (Nature.Enquiry, Category.ServiceQuality, moment.Any(s_enquiries));
            case < 20:
                return (Nature.Suggestion, Category.ServiceQuality, moment.Any(s_suggestions));
            case < 27:
                return (Nature.Praise, Category.StaffAttitude, moment.Any(s_praise));
            default:
                var (category, text) = moment.Any(Complaints);
                return (null, category, text);
        }
    }

    /// <summary>What is complained of.</summary>
    public static IReadOnlyList<(Category Category, string Text)> Complaints { get; } =
    [
        (Category.Equipment, "演示：电梯又坏了，老人上下楼很不方便，请尽快修。"),
        (Category.Equipment, "演示：单元门禁刷卡没有反应，晚上进不了门。"),
        (Category.Equipment, "演示：楼道灯不亮，晚上看不见台阶。"),
        (Category.Equipment, "演示：水压太低，六楼早上洗漱都没有水。"),
        (Category.CivilWorks, "演示：外墙渗水，卧室墙面发霉了。"),
        (Category.CivilWorks, "演示：地下车库顶板漏水，滴在车上。"),
        (Category.CivilWorks, "演示：楼前路面塌陷，走路容易绊倒。"),
        (Category.Renovation, "演示：楼上中午装修，电钻声音很大。"),
        (Category.Renovation, "演示：隔壁把阳台封出来一大块，像是违建。"),
        (Category.Cleaning, "演示：楼道垃圾两天没人清，有异味。"),
        (Category.Cleaning, "演示：垃圾桶旁边污水横流，苍蝇很多。"),
        (Category.Security, "演示：陌生人随便进出小区，保安不登记。"),
        (Category.Security, "演示：电动车电瓶被偷，请查看监控。"),
        (Category.Parking, "演示：消防通道被车堵住，没人管。"),
        (Category.Parking, "演示：我的车位总被别人占用。"),
        (Category.Greenery, "演示：树枝遮住窗户，请修剪。"),
        (Category.Neighbours, "演示：楼上半夜跳绳，影响休息。"),
        (Category.Pets, "演示：有人遛狗不牵绳，吓到小孩。"),
        (Category.Charges, "演示：物业费账单多算了一个月。"),
        (Category.Charges, "演示：停车费收据一直没有给我。"),
        (Category.StaffAttitude, "演示：前台态度很差，问了三遍才理人。"),
        (Category.ServiceQuality, "演示：报修三天没有人上门。"),
        (Category.Compensation, "演示：漏水泡坏了地板，要求赔偿。"),
        (Category.Other, "演示：请问办理门禁卡要带什么材料？"),
    ];

    /// <summary>What was done about it.</summary>
    public static string Resolution(Category category) => category switch
    {
        Category.Equipment => "演示：已更换损坏的部件并试运行两小时，恢复正常。",
        Category.CivilWorks => "演示：已清理并重做防水，观察三天不再渗漏。",
        Category.Renovation => "演示：已约谈施工方，签订施工时间承诺书并张贴。",
        Category.Cleaning => "演示：已清理干净，并改为每天早晚两次清运。",
        Category.Security => "演示：已加强门岗登记，夜间巡逻增加一班。",
        Category.Parking => "演示：已联系车主挪车，并重新划线、设置警示牌。",
        Category.Charges => "演示：已核对账目，多收的费用已退回，并补发收据。",
        Category.Compensation => "演示：已与住户商定赔偿金额并签订协议。",
        _ => "演示：已现场处理并当面向住户说明，住户认可。",
    };
}
