using CustomerComm.App.Conversations;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Conversations;

/// <summary>Texts of staff as they are typed, in three ways of writing, and what each is for.</summary>
public sealed class StaffGrammarTests
{
    private static readonly string[] s_communities = ["HY", "JX"];

    /// <summary>
    /// One text a line behind what it is for; <c>A→B</c>: it is noted, and asked whether B was meant.
    /// </summary>
    public static TheoryData<string, string> Texts
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var line in File.ReadLines(Path.Combine(
                Repository.Root, "tests", "CustomerComm.App.Tests", "Conversations", "staff-messages.txt")))
            {
                var blank = line.IndexOf(' ', StringComparison.Ordinal);
                data.Add(line[..blank], line[(blank + 1)..]);
            }

            return data;
        }
    }

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
    public void Given_ordinary_numbers_When_read_Then_they_are_no_codes(string text) =>
        Assert.Null(Read(text).Unreadable);

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

    internal static string Named(StaffMessage read) =>
        read.Doubt is { } doubt ? $"{read.Intent}→{doubt}" : $"{read.Intent}";
}
