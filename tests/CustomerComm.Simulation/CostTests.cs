using Azure.Core;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Pumping;
using CustomerComm.Azure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace CustomerComm.Simulation;

/// <summary>
/// How many storage transactions a complaint costs, from its receipt to its closure, counted on the emulator. The short
/// form runs 20 complaints and holds the budget; <c>CUSTOMERCOMM_UPDATE_DOCS=1 dotnet run --project
/// tests/CustomerComm.Simulation -- -class "*CostTests"</c> runs 200 and writes docs/cost.md anew.
/// </summary>
public sealed class CostTests(Azurite azurite)
{
    /// <summary>Most storage transactions that a complaint may cost.</summary>
    private const double Budget = 216;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static bool Updates => Environment.GetEnvironmentVariable(ProcedureCoverage.Update) == "1";

    [Fact]
    public async Task Given_complaints_run_to_closure_Then_their_transactions_stay_within_the_budget()
    {
        var complaints = Updates ? 200 : 20;
        azurite.BeginLog();
        var prefix = Azurite.NewPrefix();
        var count = new TransactionCount(prefix);
        var options = new AzureStoreOptions
        {
            ConnectionString = await azurite.ConnectAsync(),
            Prefix = prefix,
            Configure = client => client.AddPolicy(count, HttpPipelinePosition.BeforeTransport),
        };
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        using var directory = new TempDirectory();
        await using var opened = await RunningHost.OpenAsync(
            directory.Path, time,
            b => b.Services.AddSingleton(new StorageAccount(options)).UseSms(_ => new Phones()),
            "--CustomerComm:Store=tables", $"--CustomerComm:Storage:ConnectionString={options.ConnectionString}");
        // Tables are made and keys of people are new only once.
        for (var i = 0; i < 12; i++)
            await RunAsync(opened, time, -1 - i);
        Assert.Equal(count.AsLog(), await LogAsync(count));
        count.Clear();
        azurite.BeginLog();
        for (var i = 0; i < complaints; i++)
            await RunAsync(opened, time, i);
        // What is counted within the program is what the emulator saw.
        Assert.Equal(count.AsLog(), await LogAsync(count));
        var document = new CostDocument(count.Counts, complaints);
        Assert.True(
            document.PerComplaint <= Budget,
            $"{document.PerComplaint:F1} transactions a complaint exceed the budget of {Budget}:\n{document.Table()}");
        if (Updates)
            document.Write();
        Assert.True(
            CostDocument.Committed() is { } known && Math.Abs(known - document.PerComplaint) <= 2,
            $"{CostDocument.Path} says other than {document.PerComplaint:F1}; write it anew as told above.");
    }

    /// <summary>The emulator's log, once it has come so far: its lines take a moment.</summary>
    private async Task<Dictionary<string, int>> LogAsync(TransactionCount count)
    {
        var log = new Dictionary<string, int>(StringComparer.Ordinal);
        await azurite.LoggedAsync(lines =>
        {
            log = TransactionCount.OfLog(lines);
            return log.Values.Sum() >= count.Counts.Values.Sum();
        });
        return log;
    }

    /// <summary>One complaint, from its receipt to its closure, each step by whom it is owed; nothing late.</summary>
    private static async Task RunAsync(RunningHost opened, FakeTimeProvider time, int number)
    {
        var request = new IntakeRequest(
            new CommunityId("HY"), "三号楼的电梯坏了三天，没人来修。", null, $"+1 202-555-01{50 + Math.Abs(number % 6)}", null, null,
            Channel.Http, Category.Equipment, [], null, null, IsLetter: false, null, $"http:cost{number}");
        var intake = await opened.Get<Intake>().ReceiveAsync(
            request, new Actor.Resident(), Ct, new PageIssue(ComplaintMatter.StatusPage));
        var loaded = Assert.IsType<MatterResult<Complaint>.Done>(intake).Matter;
        var stream = loaded.Stream;
        await SweepAsync(opened);
        await DoAsync("engineer", _ => new ComplaintCommand.Accept());
        await DoAsync("hy-duty", _ => new ComplaintCommand.Triage(
            Nature.Complaint, Category.Equipment, [], Severity.Ordinary, null, null));
        await DoAsync("engineer", _ => new ComplaintCommand.Resolve("已更换三号楼电梯的控制板，试运行正常。"));
        await DoAsync(null, s => new ComplaintCommand.Sign(
            s.LinksIssued, LinkSecrets.HashToken("token"), s.Resolution!.TextHash, "M0 0L1 1", 5, null));
        await DoAsync("engineer", _ => new ComplaintCommand.FollowUp(Channel.Phone, "满意，谢谢", null));
        await DoAsync("engineer", _ => new ComplaintCommand.HandOverRecords());
        await DoAsync("engineer", _ => new ComplaintCommand.FindRootCause("控制板老化", "每季度检查"));
        await DoAsync("quality", _ => new ComplaintCommand.CheckRecords(true, null));
        await DoAsync("quality", _ => new ComplaintCommand.Verify(true, "现场核实电梯运行正常"));
        Assert.Equal(Outcome.Verified, loaded.State.Outcome);

        async Task DoAsync(string? staff, Func<Complaint, ComplaintCommand> command)
        {
            time.Advance(TimeSpan.FromMinutes(5));
            var state = loaded.State;
            var actor = staff is null ? new Actor.Resident() : (Actor)new Actor.Staff(
                opened.Get<CompanyDirectory>().Find(new StaffId(staff))!);
            // As a page does it: by the number of the complaint, with the id of the form.
            var result = await opened.Get<ComplaintKind>().HandleAsync(
                state.Number, command(state), actor, new SeenMessage($"form:{Guid.NewGuid():N}", ""), Ct);
            Assert.True(result is MatterResult<Complaint>.Done, $"{staff}: {(result as MatterResult<Complaint>.Refused)?.Refusal}");
            loaded = ((MatterResult<Complaint>.Done)result).Matter;
            await SweepAsync(opened);
        }
    }

    /// <summary>What the pump does after each nudge; nothing is shared between complaints.</summary>
    private static async Task SweepAsync(RunningHost opened)
    {
        await opened.Get<Sweeper>().RunAsync(Ct);
        await opened.Get<Sweeper>().NextAsync(Ct);
    }

    /// <summary>A provider that takes every message.</summary>
    private sealed class Phones : IMessageChannel
    {
        public Channel Channel => Channel.Sms;

        public Task<SendResult> SendAsync(ReadyMessage message, CancellationToken ct) =>
            Task.FromResult(SendResult.Sent);
    }
}
