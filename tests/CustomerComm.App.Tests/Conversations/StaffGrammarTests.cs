using CustomerComm.App.Conversations;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>Texts of staff as they are typed, in three ways of writing, and what each is for.</summary>
public sealed class StaffGrammarTests
{
    private static readonly string[] s_communities = ["HY", "JX"];

    /// <summary>One text a line behind what it is for; <c>→</c> and a second word: what is asked about.</summary>
    public static TheoryData<string, string> Texts => Table("""
        Accept 1 HY26-12
        Accept 1HY26-12
        Accept HY26-12 1
        Accept 1
        Accept 1️⃣ HY26-12
        Accept ① HY26-12
        Accept ❶ＨＹ２６－１２
        Accept １　ＨＹ２６－１２
        Accept 1，HY26-12
        Accept 1.HY26-12
        Accept HY26-12，1
        Accept 1 1 HY26-12
        Accept 1 收到 HY26-12
        Accept 1收到HY26-12
        Accept 接单 HY26-12
        Accept 接单HY26-12
        Accept 接 HY26-12
        Accept 接單 hy26-12
        Accept 好的
        Accept 好的 HY26-12
        Accept 好的HY26-12
        Accept HY26-12好的
        Accept 好滴 HY26-12 👌
        Accept 👌 HY26-12
        Accept 好好好 HY26-12
        Accept 好
        Accept 行 HY26-12
        Accept 可以
        Accept 收到
        Accept 收到啦 HY26-12
        Accept 收到，谢谢 HY26-12
        Accept 收到！
        Accept 收倒 HY26-12
        Accept 收到 HY26-12 的单
        Accept 知道了
        Accept 知道了，马上去
        Accept 马上去 HY26-12
        Accept 我马上过去HY26-12
        Accept 没问题 HY26-12
        Accept 沒問題 HY26-12
        Accept 好的，明天上午去 HY26-12
        Accept 好的 HY26-12 明天去看
        Accept 收到喇 HY26-12
        Accept 去緊 HY26-12
        Accept 冇問題 HY26-12
        Accept 知道喇，即刻去
        Accept 得 HY26-12
        Accept ok HY26-12
        Accept OK
        Accept okok HY26-12
        Accept on my way HY26-12
        Accept On my way!
        Accept omw HY26-12
        Accept ok, will do. HY26-12
        Accept will do HY26-12
        Accept roger
        Accept got it, thanks
        Accept no problem HY26-12
        Accept No problem!
        Accept accept HY26-12
        Accept acept HY26-12
        Accept recieved HY26-12
        Accept I'll take it HY26-12
        Accept yes HY26-12
        Decline 2 HY26-12 今天休假
        Decline 2HY26-12没空
        Decline HY26-12 2 人手不够
        Decline ② HY26-12 出差
        Decline 2 今天休息
        Decline 2 on leave today HY26-12
        Decline 退单 HY26-12 不归我管
        Decline 退單 HY26-12 冇空
        Decline 接不了 HY26-12 今天休假
        Decline 接不了HY26-12
        Decline 不接 HY26-12
        Decline 去不了 HY26-12
        Decline 今天去不了
        Decline 今天休假
        Decline 请假了 HY26-12
        Decline 請假 HY26-12
        Decline 转给别人吧 HY26-12
        Decline HY26-12转给别人
        Decline 没空 HY26-12
        Decline 没时间，忙不过来 HY26-12
        Decline 冇空 HY26-12
        Decline 冇時間去 HY26-12
        Decline 做唔到 HY26-12
        Decline 唔得閒 HY26-12
        Decline 我放紧假，放假 HY26-12
        Decline 不好意思接不了 HY26-12
        Decline 生病了来不了 HY26-12
        Decline can't HY26-12
        Decline can’t come HY26-12
        Decline cannot
        Decline can't make it today HY26-12
        Decline not my area HY26-12
        Decline HY26-12 not my job
        Decline on leave HY26-12
        Decline I'm sick HY26-12
        Decline sorry, busy HY26-12
        Decline decline HY26-12 no time
        Decline no time HY26-12
        Result 3 HY26-12 换了水泵轴承
        Result 3HY26-12换了水泵轴承
        Result HY26-12 3 换了水泵轴承
        Result HY26-12 换了水泵轴承 3 HY26-12
        Result 3：HY26-12 换了水泵轴承
        Result 3、HY26-12换了水泵轴承，不漏了
        Result 3️⃣HY26-12换了水泵轴承
        Result ３　ＨＹ２６－１２　换了水泵轴承
        Result 3 换了水泵轴承
        Result 3 HY26-12
        Result 3
        Result 搞定 HY26-12
        Result 搞定
        Result 搞定了！HY26-12
        Result 修好了 HY26-12
        Result 修好了 HY26-12 换了水泵轴承
        Result 修好啦HY26-12
        Result 办好了 HY26-12
        Result 弄好了 HY26-12
        Result 换好了 HY26-12
        Result 处理完了 HY26-12
        Result 已修复 HY26-12
        Result 已經修好了 HY26-12
        Result 辦好了 HY26-12
        Result 整好咗 HY26-12
        Result 搞掂 HY26-12
        Result 搞掂晒 HY26-12
        Result 換好咗個水泵 HY26-12
        Result 办结 HY26-12 换了水泵轴承
        Result 完成 HY26-12
        Result HY26-12 水泵已经修好了
        Result HY26-12水泵轴承换好了，试水正常
        Result 把HY26-12修好了
        Result 下午修好了 HY26-12
        Result 3，4号楼都修好了 HY26-12
        Result 换了水泵轴承 HY26-12
        Result 好的，修好了 HY26-12
        Result 修好了，不漏了 HY26-12
        Result 搞腚 HY26-12
        Result done HY26-12
        Result done HY26-12 replaced the pump bearing
        Result Done. HY26-12
        Result fixed HY26-12
        Result fixd HY26-12
        Result finished HY26-12
        Result finised HY26-12
        Result the pump is fixed HY26-12
        Result all done HY26-12
        Result have fixed it HY26-12
        Result replaced the pump bearing HY26-12
        Result fixed, not leaking now HY26-12
        Progress 5 HY26-12 配件明天到
        Progress 5HY26-12配件明天到
        Progress HY26-12 5 配件明天到
        Progress 记录 HY26-12 业主不在家
        Progress note HY26-12 owner not home
        Progress 改明天 HY26-12
        Progress 明天换件 HY26-12
        Progress 在路上 HY26-12
        Progress 等配件 HY26-12
        Progress 到了 HY26-12
        Progress 已到现场 HY26-12
        Progress 等緊配件 HY26-12
        Progress 聽日再嚟 HY26-12
        Progress waiting for parts HY26-12
        Progress will come tomorrow HY26-12
        Progress 3点到现场 HY26-12
        Progress 3 点到现场 HY26-12
        Progress 3點到現場 HY26-12
        Progress 5分钟到 HY26-12
        Progress 2天后 HY26-12
        Progress 1小时后到 HY26-12
        Progress 2 hours later HY26-12
        Progress 3-4点到 HY26-12
        Progress 3:30到场 HY26-12
        Progress 3号楼的已经看过了，明天换件 HY26-12
        Progress 接到 HY26-12 的业主电话了，明天看
        Progress 接到HY26-12业主电话了，明天看
        Progress 还没好 HY26-12
        Progress 仲未得 HY26-12
        Progress→Decline 完不成 HY26-12
        Progress→Decline 搞不定 HY26-12
        Progress→Decline 修不好 HY26-12
        Progress→Decline 搞唔掂 HY26-12
        Progress→Decline can't fix it HY26-12
        Progress→Decline 今天去不了，明天去 HY26-12
        Progress→Decline 业主没空 HY26-12
        Progress→Decline busy now, will come later HY26-12
        Progress→Decline 今天休假吗 HY26-12
        Progress 没修好 HY26-12
        Progress 没有修好 HY26-12
        Progress→Result 還沒修好了 HY26-12
        Progress→Result done? not yet HY26-12
        Progress→Result not fixed HY26-12
        Progress→Result it isn't fixed HY26-12
        Progress→Result almost done HY26-12
        Progress→Result would be done tomorrow HY26-12
        Progress→Result will be fixed by friday HY26-12
        Progress→Result not done yet HY26-12
        Progress→Result 快好了 HY26-12
        Progress→Result 修好了吗 HY26-12
        Progress→Result 修好了嗎？ HY26-12
        Progress→Result 修好了没 HY26-12
        Progress→Result 搞掂未 HY26-12
        Progress→Result 搞掂未呀 HY26-12
        Progress→Result 整好咗未 HY26-12
        Progress→Result is it fixed HY26-12
        Progress→Result fixed? HY26-12
        Progress→Result 能修好了 HY26-12
        Progress→Result 明天修好了告诉你 HY26-12
        Progress→Result 修好了就通知你 HY26-12
        Progress→Result 修好了一半 HY26-12
        Progress→Result 基本修好了 HY26-12
        Progress→Result 暂时修好了 HY26-12
        Progress→Result 修好了，但是还漏 HY26-12
        Progress→Result 换了件还是不行 HY26-12
        Progress→Result 业主说修好了 HY26-12
        Progress→Result 应该修好了 HY26-12
        Progress→Result 差不多修好了 HY26-12
        Progress→Result 3 HY26-12 还没修好
        Progress→Result 3 HY26-12 明天换
        Progress→Result 3 HY26-12?
        Progress→Result 1 HY26-12 修好了
        Progress→Result fixed but still leaking HY26-12
        Progress→Decline 好的，但是我今天走不开? HY26-12
        Unclear 收到 HY26-12 业主电话
        Progress→Accept 1 HY26-12 吗？
        Progress→Decline 2 broken lamps HY26-12
        Question HY26-12 在哪里？
        Question HY26-12 業主電話幾多號
        Question which room HY26-12
        Question 几号楼
        Help ?
        Help ？
        Help 帮助
        Help help
        Help 怎么回复
        Yes 是 HY26-12
        Yes 是
        Yes 确认发出 HY26-12
        Yes 發出 HY26-12
        Yes send it
        No 不 HY26-12
        No 先别发
        No no
        Unclear HY26-12
        Unclear 嗯
        Unclear 4 HY26-12
        Unclear 1 HY26-12 2 HY26-13
        Unclear 1楼的门 HY26-12
        Unclear 能修好 HY26-12
        """);

    [Theory]
    [MemberData(nameof(Texts))]
    public void Given_a_text_When_read_Then_it_is_for_what_it_says(string expected, string text)
    {
        var read = Read(text);
        Assert.Equal(expected, Named(read));
    }

    [Theory]
    [InlineData("HY26-12")]
    [InlineData("hy26-12")]
    [InlineData("ＨＹ２６－１２")]
    [InlineData("HY 26-12")]
    [InlineData("hy26 12")]
    [InlineData("HY26—12")]
    [InlineData("HY-26-12")]
    [InlineData("HY2612")]
    [InlineData("HY26.12")]
    [InlineData("HY26_12")]
    [InlineData("HY-2026-000012")]
    [InlineData("HY 2026 12")]
    [InlineData("hy2026000012")]
    [InlineData("修好了HY26-12")]
    [InlineData("HY26-12修好了")]
    [InlineData("3HY26-12修好了")]
    [InlineData("【HY26-12】")]
    [InlineData("HY26–12，HY26-12")]
    [InlineData("HY26-12done")]
    [InlineData("H\u200BY26\u200B-12")]
    public void Given_any_spelling_of_a_code_When_read_Then_it_is_that_code(string text)
    {
        var read = Read(text);
        Assert.Equal("HY-2026-000012", string.Join(' ', read.Codes));
        Assert.Null(read.Unreadable);
    }

    [Theory]
    [InlineData("HY26-W3", "HY-W-2026-000003")]
    [InlineData("hy26w3", "HY-W-2026-000003")]
    [InlineData("HY26 - w 3", "")]
    [InlineData("HY-W-2026-000003", "HY-W-2026-000003")]
    [InlineData("JX25-7", "JX-2025-000007")]
    [InlineData("HY26-12 JX26-7", "HY-2026-000012 JX-2026-000007")]
    [InlineData("HY26-12JX26-7", "HY-2026-000012 JX-2026-000007")]
    [InlineData("3栋1单元201", "")]
    [InlineData("1-1-201", "")]
    [InlineData("they26 12", "")]
    public void Given_codes_When_read_Then_these_are_found(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read(text).Codes));

    [Theory]
    [InlineData("3 HY26 换好了")]
    [InlineData("3 HX26-12 换好了")]
    [InlineData("搞定 HY-12")]
    [InlineData("搞定 HY12")]
    [InlineData("搞定HY")]
    [InlineData("搞定 26-12")]
    [InlineData("搞定 12")]
    [InlineData("3 12 换好了水泵")]
    [InlineData("1 12")]
    [InlineData("收到 #12")]
    [InlineData("单号12 搞定")]
    [InlineData("12号单搞定")]
    [InlineData("okHY26-12")]
    [InlineData("HY26-12a 搞定")]
    [InlineData("搞定 HY26 3楼的")]
    [InlineData("搞定 HY19-12")]
    [InlineData("1 HY26-12、13")]
    public void Given_something_like_a_code_When_read_Then_it_is_said_to_be_unreadable(string text) =>
        Assert.NotNull(Read(text).Unreadable);

    [Theory]
    [InlineData("3 HY26-12 换了2个灯泡，3个开关")]
    [InlineData("修好了 HY26-12 换了DN25的管子")]
    [InlineData("修好了 换了2个灯泡")]
    [InlineData("3 换了3台水泵")]
    [InlineData("3点到现场")]
    [InlineData("5分钟到")]
    [InlineData("3栋1单元201 修好了")]
    [InlineData("12号楼")]
    [InlineData("1单元修好了")]
    public void Given_ordinary_numbers_When_read_Then_they_are_no_codes(string text) => Assert.Null(Read(text).Unreadable);

    [Theory]
    [InlineData("3 HY26-12 换了水泵轴承", true, "换了水泵轴承")]
    [InlineData("3HY26-12换了水泵轴承，不漏了", true, "换了水泵轴承，不漏了")]
    [InlineData("修好了 HY26-12 换了水泵轴承", true, "修好了 换了水泵轴承")]
    [InlineData("done HY26-12 replaced the pump bearing", true, "replaced the pump bearing")]
    [InlineData("办结：HY26-12，换了３个灯泡", true, "换了３个灯泡")]
    [InlineData("3 HY26-12 换了水泵轴承，声音不大了", false, "换了水泵轴承，声音不大了")]
    [InlineData("HY26-12 水泵已经修好了", false, "水泵已经修好了")]
    [InlineData("3 HY26-12 已修", false, "已修")]
    [InlineData("3 换了水泵轴承", false, "换了水泵轴承")]
    [InlineData("搞定 HY26-12", false, "")]
    [InlineData("3 HY26-12 修好了", false, "")]
    [InlineData("3 HY26-12 HY26-13 换了水泵轴承", false, "换了水泵轴承")]
    public void Given_a_result_When_read_Then_only_a_plain_one_needs_no_yes(string text, bool plain, string result)
    {
        var read = Read(text);
        Assert.Equal((StaffIntent.Result, plain, result), (read.Intent, read.Plain, read.Text));
    }

    [Fact]
    public void Given_the_document_When_its_examples_are_read_Then_each_is_what_it_says()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "staff-messages.md"))
            .SkipWhile(l => l != "## Examples").Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries)).ToList();
        Assert.InRange(rows.Count, 70, 200);
        Assert.All(rows, r => Assert.Equal(
            (r[1], r[2]), (r[1], Named(Read(r[1].Trim('`'))).Replace("→", " → ", StringComparison.Ordinal))));
    }

    [Fact]
    public void Given_the_document_Then_it_names_every_digit_and_the_words_beside_it()
    {
        foreach (var row in File.ReadLines(Path.Combine(Repository.Root, "docs", "staff-messages.md"))
            .Where(l => l.Length > 4 && char.IsAsciiDigit(l[2]) && l.StartsWith("| ", StringComparison.Ordinal)))
        {
            var cells = row.Split('|', StringSplitOptions.TrimEntries);
            Assert.All(cells[2].Split(", "), word => Assert.Equal(
                Read(cells[1] + " HY26-12 文字").Intent, Read(word + " HY26-12 文字").Intent));
        }
    }

    internal static StaffMessage Read(string text) => StaffGrammar.Read(text, 2026, s_communities);

    internal static string Named(StaffMessage read) => read.Doubt is { } doubt ? $"{read.Intent}→{doubt}" : $"{read.Intent}";

    private static TheoryData<string, string> Table(string lines)
    {
        var data = new TheoryData<string, string>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            data.Add(line[..blank], line[(blank + 1)..]);
        }

        return data;
    }
}
