using CustomerComm.App.Enquiries;
using CustomerComm.Domain;
using static CustomerComm.App.Enquiries.CatalogueFile;

namespace CustomerComm.Local;

/// <summary>An invented service catalogue to try things on.</summary>
internal static class DemoCatalogue
{
    public static CatalogueFile File { get; } = new()
    {
        Services =
        [
            new ServiceEntry(
                "停车月卡", "Monthly parking card", ["停车", "车位", "月卡", "停车费", "车位费", "parking"],
                "凭行驶证和房产证到管理处办理，当天开通。",
                "Bring the vehicle licence and proof of residence to the office; it works the same day.",
                "地面150元/月，地下300元/月。", "Open air 150 yuan a month, underground 300.",
                "每天8:30–17:30。", "Daily 8:30–17:30.", Unit.Office),
            new ServiceEntry(
                "物业费缴纳", "Management fee", ["物业费", "物业管理费", "缴费", "怎么交费", "management fee", "property fee"],
                "可在管理处、银行代扣或公众号缴纳，缴纳后可开发票。",
                "Pay at the office, by standing order or online; invoices on request.",
                "住宅每月每平方米2.5元。", "2.5 yuan per square metre and month.",
                "窗口8:30–17:30，线上全天。", "Counter 8:30–17:30, online at any time.", Unit.Finance),
            new ServiceEntry(
                "装修登记",
                "Fitting-out permit", ["装修", "装修登记", "装修手续", "装修押金", "renovation", "fitting-out", "decorate"],
                "提交装修方案和施工人员证件，三个工作日内答复。",
                "Hand in the plan and the workers' papers; answered within three working days.",
                "押金2000元，验收后退还；垃圾清运费每户300元。",
                "Deposit 2,000 yuan, returned after inspection; rubble removal 300 yuan.",
                "周一至周六8:30–17:30。", "Monday to Saturday 8:30–17:30.", Unit.Engineering),
            new ServiceEntry(
                "门禁卡", "Entrance card", ["门禁卡", "门卡", "补卡", "办卡", "entrance card", "access card"],
                "凭身份证和房号到管理处办理。", "Bring your identity card and room number to the office.",
                "首两张免费，补办每张20元。", "The first two are free, further ones 20 yuan each.",
                "每天8:30–17:30。", "Daily 8:30–17:30.", Unit.Office),
            new ServiceEntry(
                "入户维修", "Repairs in the home",
                ["维修收费", "修水管多少钱", "维修价格", "上门维修", "换灯", "疏通", "repair price", "how much is a repair"],
                "水电小修、疏通、换灯等，报修后预约上门。", "Small repairs of water and power, drains, lamps, by appointment.",
                "人工每次30元起，材料另计，公共部位免费。", "From 30 yuan a visit plus material; common parts are free.",
                "每天8:00–20:00，急修24小时。", "Daily 8:00–20:00, emergencies at any hour.", Unit.Engineering),
        ],
        OutOfScope =
        [
            new OutOfScopeEntry(
                "治安案件报警", "Police matters", ["报警", "报案", "派出所", "被偷", "police", "crime report"],
                "请拨打110报警；需要调取公共监控时，管理处会配合警方。",
                "Please call 110; the office helps the police with its cameras."),
            new OutOfScopeEntry(
                "电费和停电",
                "Power bills and power cuts", ["电费", "电表", "供电局", "国家电网", "electricity bill", "power company"],
                "请联系供电公司95598；楼内公共线路故障由我们处理。",
                "Please call the power company, 95598; faults of the building's own lines are ours."),
            new OutOfScopeEntry(
                "燃气", "Gas", ["燃气费", "煤气费", "天然气开户", "燃气公司", "gas bill", "gas company"],
                "请联系燃气公司；闻到燃气味请立即离开并拨打119。",
                "Please call the gas company; if you smell gas, leave at once and call 119."),
            new OutOfScopeEntry(
                "户口和居住证", "Household registration", ["户口", "居住证", "落户", "residence permit", "hukou"],
                "请到所在街道派出所或政务服务中心办理。", "Please go to the local police station or government service centre."),
        ],
    };
}
