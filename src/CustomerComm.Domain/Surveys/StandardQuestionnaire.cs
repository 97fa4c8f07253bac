namespace CustomerComm.Domain.Surveys;

/// <summary>The standard 管理工作意见征询表 that a first survey starts from; quality changes it as it likes (4.5.6).</summary>
public static class StandardQuestionnaire
{
    /// <summary>The form.</summary>
    public static Questionnaire Form { get; } = new(
        new("管理工作意见征询表", "Opinion survey on our management work"),
        new(
            "感谢您抽出约三分钟。每户填写一份，结果只以汇总形式公布；反映较多的问题，管理处将公开答复。",
            "Thank you for about three minutes. One form a home; results are published as totals only, and problems "
            + "raised by many get a public answer from the office."),
        [
            new("s1", new("总体评价", "Overall"),
            [
                Q("overall", QuestionType.Rating, true, "您对物业管理工作总体满意吗？",
                    "How satisfied are you with the management overall?"),
                Q("recommend", QuestionType.Recommend, false, "您有多大可能向亲友推荐本小区的物业服务？",
                    "How likely are you to recommend our service to friends or family?"),
            ]),
            new("s2", new("分项评价", "In detail"),
            [
                new("services", QuestionType.Matrix, new("请为以下各项服务打分", "Please rate each service"), Required: true,
                [
                    O("attitude", "员工态度", "Staff attitude"), O("repairs", "维修及时与质量", "Repairs: speed and quality"),
                    O("cleaning", "环境卫生", "Cleaning"), O("security", "治安与门岗", "Security and gate"),
                    O("greenery", "绿化养护", "Greenery"), O("equipment", "电梯等设施设备", "Lifts and other equipment"),
                    O("parking", "停车管理", "Parking"), O("charges", "收费规范与公示", "Charges and their publication"),
                ]),
                Q("hotline", QuestionType.YesNo, false, "您知道服务投诉电话吗？", "Do you know the complaint hotline?"),
                Q("answered", QuestionType.Single, false, "您反映的问题得到处理和答复了吗？",
                    "Were the problems you raised handled and answered?",
                    O("none", "未反映过问题", "I raised none"), O("all", "全部得到", "All of them"),
                    O("some", "部分得到", "Some of them"), P("no", "没有得到", "No")),
            ]),
            new("s3", new("问题与建议", "Problems and suggestions"),
            [
                Q("improve", QuestionType.Multiple, false, "您认为最需要改进的是（可多选）",
                    "What most needs improvement (any number)",
                    P("parking", "停车", "Parking"), P("lifts", "电梯", "Lifts"), P("cleaning", "卫生", "Cleaning"),
                    P("security", "治安", "Security"), P("noise", "噪音扰民", "Noise"), P("pets", "宠物管理", "Pets"),
                    P("charges", "收费", "Charges"), P("attitude", "服务态度", "Attitude"), O("nothing", "没有", "Nothing")),
                Q("known", QuestionType.ShortText, false, "您最满意的一点是什么？", "What are you most satisfied with?")
                    with { Raises = false },
                Q("said", QuestionType.LongText, false, "您还有哪些意见和建议？", "What else would you like to tell us?"),
            ]),
        ]);

    private static Question Q(
        string id, QuestionType type, bool required, string zh, string en, params ReadOnlySpan<SurveyOption> options) =>
        new(id, type, new(zh, en), required, [.. options]);

    private static SurveyOption O(string id, string zh, string en) => new(id, new(zh, en));

    private static SurveyOption P(string id, string zh, string en) => new(id, new(zh, en), Problem: true);
}
