using System.Text;
using CsCheck;
using CustomerComm.App.Complaints;
using CustomerComm.App.Imports;
using CustomerComm.Domain;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Imports;

/// <summary>Files that people keep complaints in: JSON lines and CSV as Excel saves it.</summary>
public sealed class ImportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("id,community,room,phone,text\n1,HY,3-1-502,+12025550151,\"电梯坏了,三天\"\n")]
    [InlineData("编号;小区;房号;电话;内容\r\n1;HY;3-1-502;+12025550151;电梯坏了,三天\r\n")]
    [InlineData("\uFEFF编号\t小区\t房号\t手机号\t投诉内容\n1\thy\t3-1-502\t+12025550151\t电梯坏了,三天")]
    [InlineData("ID,Community,Room,Phone,Text,,\n1,HY,3-1-502,+12025550151,\"电梯坏了,三天\",,\n,,,,,,\n\n")]
    [InlineData("""{"id":1,"community":"HY","contact":{"room":"3-1-502","phone":12025550151},"text":"电梯坏了,三天"}""")]
    [InlineData("""{"id":"1","community":"HY","room":"3-1-502","phone":"+12025550151","text":"电梯坏了,三天","category":null}""")]
    public async Task Case_30_Given_a_file_of_either_kind_When_read_Then_each_field_is_found(string file)
    {
        var (request, error) = Assert.Single(await ReadAsync(file));
        Assert.Null(error);
        Assert.Equal(("HY", "电梯坏了,三天", "3-1-502", "import:1"),
            (request!.Community.Value, request.Text, request.Room, request.SourceId));
        Assert.EndsWith("12025550151", request.Phone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_quotes_and_line_breaks_in_fields_When_read_Then_they_belong_to_the_text_and_lines_are_counted()
    {
        var lines = await LinesAsync("text,id\n\"他说\"\"马上来\"\"，\n结果没来\",1\n\"灯坏了\"x,2\n门坏了,3\n");
        Assert.Equal("他说\"马上来\"，\n结果没来", lines[0]["text"]);
        Assert.Equal((4, true), (lines[1].Number, lines[1].Error is not null));
        Assert.Equal((5, "门坏了"), (lines[2].Number, lines[2]["text"]));
    }

    [Fact]
    public async Task Given_a_quote_never_closed_When_read_Then_it_is_said_and_what_stands_before_it_is_read()
    {
        var lines = await LinesAsync("text,id\n灯坏了,1\n\"门坏了,2\n窗坏了,3\n");
        Assert.Equal(2, lines.Count);
        Assert.Contains("never closed", lines[1].Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("date,who\n1,2\n", "names the column 'text'")]
    [InlineData("just some words\n", "names the column 'text'")]
    [InlineData("[{\"text\":\"a\"}]", "JSON array")]
    [InlineData("text,内容\na,b\n", "more than once")]
    public async Task Given_a_file_of_another_form_When_read_Then_the_form_wanted_is_told(string file, string expected)
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => LinesAsync(file));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"community":"HY","text":"灯坏了","category":"3"}""", "'category' 3 is unknown; it is one of")]
    [InlineData("""{"community":"HY","text":"灯坏了","category":3}""", "'category' 3 is unknown; it is one of")]
    [InlineData("""{"community":"HY","text":"灯坏了","category":"Lights"}""", "'category' Lights is unknown")]
    [InlineData("""{"community":"HY","text":"灯坏了","language":"0"}""", "'language' 0 is unknown")]
    [InlineData("""{"community":"HY","text":"灯坏了","wantedBy":"12/05/2026"}""", "'wantedBy' 12/05/2026 may mean")]
    [InlineData("""{"community":"HY","text":"灯坏了","wantedBy":"soon"}""", "'wantedBy' soon is no time")]
    [InlineData("""{"community":"ZZ","text":"灯坏了"}""", "'community' ZZ is unknown; it is one of")]
    [InlineData("""{"text":"灯坏了"}""", "'community' is missing")]
    [InlineData("""{"community":"HY"}""", "'text' is missing")]
    [InlineData("""{"community":"HY","text":["灯坏了"]}""", "'text' must be text or a number")]
    [InlineData("""{"community":"HY","text":true}""", "'text' must be text or a number")]
    [InlineData("""{"community":"HY","text":"\ud800"}""", "no text")]
    [InlineData("""{"community":"HY","text":"灯","内容":"门"}""", "'内容' says 'text' a second time")]
    [InlineData("""{"community":"HY",""", "not JSON")]
    public async Task Given_a_line_that_says_what_cannot_be_meant_When_read_Then_field_and_value_are_named(
        string line, string expected)
    {
        var (request, error) = Assert.Single(await ReadAsync(line));
        Assert.Null(request);
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-05 18:00", "2026-03-05 18:00")]
    [InlineData("2026/3/5 18:00", "2026-03-05 18:00")]
    [InlineData("2026年3月5日下午6点", "2026-03-05 18:00")]
    public async Task Given_a_time_without_offset_When_read_Then_it_is_the_community_s(string wish, string expected)
    {
        var (request, error) = Assert.Single(await ReadAsync($"小区,内容,希望时间,类别\nHY,灯坏了,{wish},Equipment\n"));
        Assert.Null(error);
        Assert.Equal((TestCompany.Time(expected), Category.Equipment), (request!.WantedBy, request.Category));
    }

    [Fact]
    public async Task Given_fields_of_others_When_read_Then_they_are_named()
    {
        var line = Assert.Single(await LinesAsync("text,备注,subject\n灯坏了,急,路灯\n"));
        Assert.Equal(["备注"], ImportReader.Unused(line, "subject"));
    }

    [Fact]
    public void Whatever_the_file_is_each_line_is_read_or_named()
    {
        var parts = Gen.OneOf("text", ",", ";", "\n", "\"", "{", "}", ":", "内容", "灯坏了", "\t", "\\ud800", "\0", "1", " ");
        parts.Array[0, 30].Select(string.Concat).Sample(
            file =>
            {
                try
                {
                    return LinesAsync(file).GetAwaiter().GetResult().TrueForAll(l => l.Number > 0);
                }
                catch (InvalidDataException)
                {
                    return true;
                }
            },
            iter: 2_000);
    }

    private static async Task<List<(IntakeRequest? Request, string? Error)>> ReadAsync(string file)
    {
        await using var app = await TestApp.StartAsync();
        var reader = app.Get<ImportReader>();
        return (await LinesAsync(file)).ConvertAll(l => reader.Read(l, null, null));
    }

    private static async Task<List<ImportLine>> LinesAsync(string file)
    {
        var text = ImportText.Open(() => new MemoryStream(Encoding.UTF8.GetBytes(file)), "utf-8");
        var lines = new List<ImportLine>();
        await foreach (var line in ImportLines.ReadAsync(text, Ct))
            lines.Add(line);
        return lines;
    }
}
