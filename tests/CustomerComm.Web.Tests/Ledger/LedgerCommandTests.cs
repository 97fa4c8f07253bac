using CustomerComm.App.Ledger;
using CustomerComm.Local;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.Web.Tests.Ledger;

/// <summary>The commands about the ledger over the embedded store, and what is said where a file is missing.</summary>
public sealed class LedgerCommandTests : IDisposable
{
    private readonly TempDirectory _data = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Witness => _data.Path + "-witness";

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Given_a_case_on_record_When_asked_by_commands_Then_ledger_and_evidence_hold_until_somebody_forges()
    {
        var number = await LiveAsync();
        var (roots, key) = (Path.Combine(Witness, "roots.jsonl"), Path.Combine(Witness, "anchor.pub"));
        var (code, output) = await RunAsync("verify-ledger", "--roots", roots, "--key", key, "--rows");
        Assert.True(code == 0, output);
        Assert.Contains("all hold", output, StringComparison.Ordinal);
        var file = _data["case.json"];
        (code, output) = await RunAsync("evidence", number, "-o", file);
        Assert.True(code == 0, output);
        (code, output) = await RunAsync("verify-evidence", file, "--roots", roots, "--key", key);
        Assert.True(code == 0, output);
        Assert.Contains("all hold, signed", output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            file, (await File.ReadAllTextAsync(file, Ct)).Replace("\"type\": \"Received\"", "\"type\": \"Answered\"", StringComparison.Ordinal), Ct);
        (code, output) = await RunAsync("verify-evidence", file, "--roots", roots);
        Assert.Equal(2, code);
        Assert.Contains("not the hash of its events", output, StringComparison.Ordinal);
        (code, output) = await RunAsync("evidence", "HY-2026-999999", "-o", file);
        Assert.Equal(1, code);
        Assert.Contains("no case", output, StringComparison.Ordinal);
        await File.AppendAllTextAsync(roots, (await File.ReadAllLinesAsync(roots, Ct))[^1].Replace(
            "\"date\":\"2026", "\"date\":\"2027", StringComparison.Ordinal) + "\n", Ct);
        (code, output) = await RunAsync("verify-ledger", "--roots", roots);
        Assert.Equal(2, code);
        Assert.Contains("2027", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("customercomm.db", "data")]
    [InlineData("keys.db", "data")]
    [InlineData("secrets/app.key", "data")]
    [InlineData("anchors.jsonl", "data")]
    [InlineData("anchor.key", "witness")]
    public async Task When_a_file_is_missing_beside_the_others_Then_the_start_says_what_to_restore_and_makes_none(
        string name, string where)
    {
        await LiveAsync();
        var path = Path.Combine(where == "data" ? _data.Path : Witness, name);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
            File.Delete(file);
        var (code, output) = await RunAsync("rebuild-tables");
        Assert.Equal(1, code);
        Assert.Contains(path, output, StringComparison.Ordinal);
        Assert.Contains("estore", output, StringComparison.Ordinal);
        Assert.False(File.Exists(path), "it was made anew");
    }

    [Theory]
    [InlineData("Key")]
    [InlineData("File")]
    public async Task When_key_or_witness_lie_in_the_data_directory_Then_it_does_not_start(string setting)
    {
        var (code, output) = await HostProcess.RunAsync(
            typeof(LocalHost).Assembly.Location, ["rebuild-tables", "--data", _data.Path], Ct, new(StringComparer.Ordinal)
            {
                ["CustomerComm__Demo"] = "true",
                [$"CustomerComm__Witness__{setting}"] = _data["inside"],
            });
        Assert.Equal(1, code);
        Assert.Contains($"CustomerComm__Witness__{setting}: must lie outside", output, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output)> RunAsync(params string[] arguments) => HostProcess.RunAsync(
        typeof(LocalHost).Assembly.Location, [.. arguments, "--data", _data.Path], Ct, new(StringComparer.Ordinal)
        {
            ["CustomerComm__Demo"] = "true",
        });

    /// <summary>A complaint and a root that has it; gives its number.</summary>
    private async Task<string> LiveAsync()
    {
        // In the past, for the commands run by the real clock.
        var time = new FakeTimeProvider(RunningHost.Monday);
        await using var host = await RunningHost.OpenAsync(_data.Path, time);
        var result = await host.Get<App.Complaints.Intake>().ReceiveAsync(
            new App.Complaints.IntakeRequest(
                new Domain.CommunityId("HY"), "地下车库漏水", null, "+12025550150", "1-1-101", null, Domain.Channel.Http,
                null, [], null, Domain.Language.Chinese, IsLetter: false, null, null),
            new Domain.Directory.Actor.Resident(), Ct);
        var opened = Assert.IsType<App.Matters.MatterResult<Domain.Complaints.Complaint>.Done>(result).Matter;
        await host.SettleAsync();
        await host.Get<LedgerAnchoring>().PublishAsync(new DateOnly(2026, 11, 23), Ct);
        await host.Get<Witnessing>().TellAsync(Ct);
        return opened.State.Number.ToString();
    }
}
