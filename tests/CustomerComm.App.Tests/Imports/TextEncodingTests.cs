using System.Text;
using CsCheck;
using CustomerComm.App.Imports;

namespace CustomerComm.App.Tests.Imports;

/// <summary>The encoding of a file is told for certain or not at all.</summary>
public sealed class TextEncodingTests
{
    private const string Simplified = """{"community":"HY","text":"3号楼电梯坏了三天没人修，请加急维修！","id":"g1"}""";
    private const string Traditional = """{"community":"HY","text":"三號樓升降機壞咗三日都冇人嚟整，請盡快維修！","id":"g1"}""";
    private const string English = """{"community":"HY","text":"The lift is broken","id":"g1"}""";

    static TextEncodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData(Simplified, "gb18030")]
    [InlineData(Traditional, "big5")]
    [InlineData(Simplified, "utf-8")]
    [InlineData(Traditional, "utf-8")]
    [InlineData(English, "utf-8")]
    [InlineData(Simplified, "utf-16")]
    [InlineData(Traditional, "utf-16BE")]
    [InlineData(English, "utf-16")]
    public void Case_28_Given_a_file_of_any_usual_encoding_When_told_Then_its_text_is_read_as_it_was_written(
        string text, string name)
    {
        var encoding = Encoding.GetEncoding(name);
        foreach (var marked in new[] { false, true })
        {
            byte[] bytes = [.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
            var found = TextEncodings.Detect(bytes, whole: true);
            Assert.True(found.Encoding is not null, found.Problem);
            using var reader = new StreamReader(new MemoryStream(bytes), found.Encoding);
            // Characters that Big5 has not become question marks when written; what was written is what is read.
            Assert.Equal(encoding.GetString(encoding.GetBytes(text)), reader.ReadToEnd());
        }
    }

    [Theory]
    [InlineData("euc-kr", "엘리베이터가 고장났어요 삼일째 아무도 오지 않아요")]
    [InlineData("shift_jis", "エレベーターが三日も壊れています。誰も直しに来ません。")]
    [InlineData("windows-1252", "L'ascenseur est bloqué à l'étage, déjà trois jours")]
    public void Given_another_encoding_When_told_Then_the_file_is_refused_with_what_to_do(string name, string text)
    {
        var found = TextEncodings.Detect(Encoding.GetEncoding(name).GetBytes(text), whole: true);
        Assert.Null(found.Encoding);
        Assert.Contains("Save it as UTF-8", found.Problem, StringComparison.Ordinal);
        Assert.Contains("--encoding", found.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_28_Given_the_case_s_own_bytes_Then_they_are_read()
    {
        var hex = "33bac5c2a5b5e7ccddd3d6c0a7c8cbc1cba3acc7ebbcd3c7bfceacb1a3";
        byte[] bytes = [.. "{\"community\":\"HY\",\"text\":\""u8, .. Convert.FromHexString(hex), .. "\",\"id\":\"g1\"}\n"u8];
        var found = TextEncodings.Detect(bytes, whole: true);
        Assert.Equal("3号楼电梯又困人了，请加强维保", found.Encoding!.GetString(Convert.FromHexString(hex)));
    }

    [Fact]
    public void Given_a_beginning_cut_within_a_character_Then_it_is_told_all_the_same()
    {
        var bytes = Encoding.UTF8.GetBytes(Simplified);
        for (var end = 24; end < bytes.Length; end++)
            Assert.Equal("utf-8", TextEncodings.Detect(bytes.AsSpan(0, end), whole: false).Encoding?.WebName);
    }

    [Fact]
    public void Given_a_file_that_changes_its_encoding_half_way_When_opened_Then_it_is_refused_and_the_line_named()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Simplified + "\n"), 0xB5, 0xE7, 0x0A];
        byte[] late = [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Simplified + "\n", 20_000))), 0xB5, 0xE7, 0x0A];
        Assert.Throws<InvalidDataException>(() => ImportText.Open(() => new MemoryStream(bytes), null));
        var error = Assert.Throws<InvalidDataException>(() => ImportText.Open(() => new MemoryStream(late), null));
        Assert.Contains("Behind line", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_an_encoding_named_wrongly_When_opened_Then_the_names_are_told()
    {
        var error = Assert.Throws<InvalidDataException>(() => ImportText.Open(() => new MemoryStream(), "koi8"));
        Assert.Contains(TextEncodings.Names, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_bytes_there_are_nothing_fails_and_exactly_one_of_encoding_and_problem_comes() =>
        Gen.Byte.Array[0, 200].Sample(
            bytes => TextEncodings.Detect(bytes, whole: true) is var f && (f.Encoding is null) == (f.Problem is not null),
            iter: 3_000);
}
