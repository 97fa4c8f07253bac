using System.Text;
using CustomerComm.Local;

namespace CustomerComm.Web.Tests;

/// <summary>The commands of the local host over Table storage, each in a process of its own.</summary>
public sealed class CommandLineTests(Azurite azurite) : IDisposable
{
    private readonly TempDirectory _data = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("files")]
    [InlineData("blobs")]
    public async Task Given_store_tables_When_imported_Then_the_ledger_holds_and_tables_are_written_anew(string anchors)
    {
        string[] account =
        [
            "--store", "tables", "--tables-connection", await azurite.ConnectAsync(), "--anchors", anchors,
        ];
        var prefix = Azurite.NewPrefix();
        var file = _data["complaints.jsonl"];
        await File.WriteAllLinesAsync(
            file,
            [
                """{"id":"a","community":"HY","text":"楼道垃圾没人清"}""",
                """{"id":"b","community":"JX","text":"三号楼电梯坏了三天没人修"}""",
                $$"""{"id":"c","community":"HY","text":"{{new string('漏', 9_900)}}"}""",
            ],
            Ct);

        var (code, output) = await RunAsync(prefix, ["import", file, "--demo", .. account]);
        Assert.True(code == 0, output);
        Assert.Contains("3 opened, 0 imported before", output, StringComparison.Ordinal);
        (code, output) = await RunAsync(prefix, ["import", file, .. account]);
        Assert.True(code == 0, output);
        Assert.Contains("0 opened, 3 imported before", output, StringComparison.Ordinal);
        (code, output) = await RunAsync(prefix, ["verify-ledger", .. account]);
        Assert.True(code == 0, output);
        Assert.Contains("all hold", output, StringComparison.Ordinal);
        (code, output) = await RunAsync(prefix, ["rebuild-tables", .. account]);
        Assert.True(code == 0, output);
        Assert.Contains("complaints and matters written", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_28_Case_30_Given_files_as_Excel_saves_them_When_imported_Then_their_words_are_what_was_written()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string[] data = ["--data", _data.Path];
        var file = _data["complaints.csv"];
        const string text = "编号,小区,房号,电话,内容,希望时间\r\n1,HY,3-1-502,12025550151,\"电梯又困人了,请加强维保\",\r\n";
        await File.WriteAllBytesAsync(file, Encoding.GetEncoding("gb18030").GetBytes(text), Ct);
        var (code, output) = await RunAsync("", ["import", file, "--demo", .. data]);
        Assert.True(code == 0, output);
        Assert.Contains("1 opened", output, StringComparison.Ordinal);
        Assert.Contains("gb18030", output, StringComparison.OrdinalIgnoreCase);
        // The same in another encoding is the same.
        await File.WriteAllBytesAsync(file, Encoding.Unicode.GetBytes(text), Ct);
        (code, output) = await RunAsync("", ["import", file, .. data]);
        Assert.True(code == 0, output);
        Assert.Contains("0 opened, 1 imported before", output, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(file, [0xB5, 0xE7, .. "\n"u8], Ct);
        (code, output) = await RunAsync("", ["import", file, .. data]);
        Assert.Equal(1, code);
        Assert.Contains("--encoding", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_person_of_the_store_When_their_file_is_made_Then_it_is_theirs_alone()
    {
        string[] data = ["--data", _data.Path];
        var file = _data["complaints.jsonl"];
        await File.WriteAllLinesAsync(
            file,
            [
                """{"id":"a","community":"HY","text":"楼道垃圾没人清","phone":"+12025550151"}""",
                """{"id":"b","community":"HY","text":"三号楼电梯坏了","phone":"+12025550152"}""",
            ],
            Ct);
        var (code, output) = await RunAsync("", ["import", file, "--demo", .. data]);
        Assert.True(code == 0, output);
        (code, output) = await RunAsync("", ["rebuild-tables", .. data]);
        Assert.True(code == 0, output);
        (code, output) = await RunAsync("", ["person-file", "+12025550151", "-o", _data["person.json"], .. data]);
        Assert.True(code == 0, output);
        var made = await File.ReadAllTextAsync(_data["person.json"], Ct);
        Assert.Contains("楼道垃圾没人清", made, StringComparison.Ordinal);
        Assert.DoesNotContain("三号楼电梯坏了", made, StringComparison.Ordinal);
        (code, output) = await RunAsync("", ["erase-person", "+12025550151", .. data]);
        Assert.NotEqual(0, code);
    }

    [Theory]
    [InlineData("--store tables", "CustomerComm__Storage__TableEndpoint")]
    [InlineData("--store tables --tables-connection AccountKey=secret", "cannot be read")]
    [InlineData("--store tables --anchors paper --tables-connection UseDevelopmentStorage=true", "Anchors: must be")]
    [InlineData("--anchors blobs", "CustomerComm__Anchors: blobs need")]
    [InlineData("--store drawer", "CustomerComm__Store: must be sqlite or tables")]
    [InlineData(
        "--store tables --tables-connection DefaultEndpointsProtocol=http;AccountName=a;AccountKey=c2VjcmV0;"
        + "TableEndpoint=http://127.0.0.1:1/a;BlobEndpoint=http://127.0.0.1:1/a;",
        "cannot be reached")]
    public async Task Given_a_storage_that_cannot_be_used_Then_one_line_says_why(string arguments, string expected)
    {
        var (code, output) = await RunAsync("", ["rebuild-tables", "--data", _data.Path, .. arguments.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output)> RunAsync(string prefix, string[] arguments) => HostProcess.RunAsync(
        typeof(LocalHost).Assembly.Location, arguments, Ct, new(StringComparer.Ordinal)
        {
            ["CustomerComm__DataDirectory"] = _data.Path,
            ["CustomerComm__Storage__Prefix"] = prefix,
            ["CustomerComm__Demo"] = "true",
        });
}
