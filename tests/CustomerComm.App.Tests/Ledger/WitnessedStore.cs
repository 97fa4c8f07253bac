using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Ledger;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Sqlite;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.App.Tests.Ledger;

/// <summary>
/// A company at work for five days, whose roots of 2, 4 and 6 March an outsider kept: case A of the first day, B and C of
/// the third, whose person was erased on the fifth, and D, which came after the last root. A moved on each of these days,
/// and after the last root.
/// </summary>
public sealed class WitnessedStore : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();

    /// <summary>The data directory.</summary>
    public string Data => _directory["data"];

    /// <summary>A copy of it as it was after the first root.</summary>
    public string Older => _directory["older"];

    public StreamId A { get; private set; }

    public StreamId B { get; private set; }

    public StreamId C { get; private set; }

    public StreamId D { get; private set; }

    /// <summary>Id of the erased person's key, and the key itself.</summary>
    public (string Id, byte[] Key) Erased { get; private set; }

    /// <summary>The lines that an outsider kept.</summary>
    public IReadOnlyList<string> Roots { get; private set; } = [];

    /// <summary>The public key that the outsider was handed.</summary>
    public string Key { get; private set; } = "";

    private static CancellationToken Ct => CancellationToken.None;

    public async ValueTask InitializeAsync()
    {
        await RunAsync("2026-03-02 09:00", async s =>
        {
            A = (await OpenAsync(s, "电梯坏了三天没人修", 51)).Stream;
            await EndDayAsync(s);
        });
        Copy(Data, Older);
        Copy(Data + "-witness", Older + "-witness");
        await RunAsync("2026-03-04 09:00", async s =>
        {
            await DoAsync(s, A, new ComplaintCommand.Accept(), TestCompany.Engineer);
            B = (await OpenAsync(s, "地下车库漏水", 52)).Stream;
            C = (await OpenAsync(s, "楼道灯不亮", 61)).Stream;
            await EndDayAsync(s);
        });
        await RunAsync("2026-03-06 09:00", async s =>
        {
            await DoAsync(s, A, new ComplaintCommand.Note(Channel.Phone, "配件已到"), TestCompany.Engineer);
            var person = s.GetRequiredService<Pseudonyms>().Person(TestCompany.Phone(61));
            Erased = (person, (await s.GetRequiredService<IPersonKeys>().FindAsync(person, Ct))!);
            await s.GetRequiredService<Erasure>().EraseAsync(person, "asked for", Ct);
            await EndDayAsync(s);
        });
        await RunAsync("2026-03-07 09:00", async s =>
        {
            await DoAsync(s, A, new ComplaintCommand.Note(Channel.Phone, "今天更换"), TestCompany.Engineer);
            D = (await OpenAsync(s, "门禁坏了", 53)).Stream;
            await SweepAsync(s);
        });
        Roots = await File.ReadAllLinesAsync(Data + "-witness/roots.jsonl", Ct);
        Key = await File.ReadAllTextAsync(Data + "-witness/anchor.pub", Ct);
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Copies a folder with all that is in it.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private async Task RunAsync(string time, Func<IServiceProvider, Task> work)
    {
        Directory.CreateDirectory(Data);
        await using var services = TestApp.ServicesAt(
            Data, TestCompany.Directory,
            s => s.AddSingleton<IWitness>(new FileWitness(Data + "-witness/roots.jsonl")));
        ((FakeTimeProvider)services.GetRequiredService<TimeProvider>()).SetUtcNow(TestCompany.Time(time));
        await services.GetRequiredService<RulesBook>().LoadAsync(services.GetRequiredService<TimeProvider>(), Ct);
        await work(services);
    }

    private static async Task<LoadedMatter<Complaint>> OpenAsync(IServiceProvider services, string text, int phone)
    {
        var request = TestApp.Request(text, Category.Equipment, TestCompany.Phone(phone), $"http:{phone}");
        var result = await services.GetRequiredService<Intake>().ReceiveAsync(
            request, new Actor.Resident(), Ct, new PageIssue(ComplaintMatter.StatusPage));
        return Assert.IsType<MatterResult<Complaint>.Done>(result).Matter;
    }

    private static async Task DoAsync(
        IServiceProvider services, StreamId stream, ComplaintCommand command, StaffMember by)
    {
        await SweepAsync(services);
        Assert.IsType<MatterResult<Complaint>.Done>(await services.GetRequiredService<ComplaintKind>().HandleAsync(
            stream, command, new Actor.Staff(by), new SeenMessage($"desk:{command.GetType().Name}", "f"), Ct));
        await SweepAsync(services);
    }

    private static async Task SweepAsync(IServiceProvider services) =>
        await services.GetRequiredService<Sweeper>().RunAsync(Ct);

    private static async Task EndDayAsync(IServiceProvider services)
    {
        await SweepAsync(services);
        var time = (FakeTimeProvider)services.GetRequiredService<TimeProvider>();
        time.Advance(TimeSpan.FromHours(8));
        await SweepAsync(services);
        time.Advance(TimeSpan.FromHours(1));
        await services.GetRequiredService<LedgerAnchoring>().PublishAsync(
            DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), Ct);
        Assert.Equal(1, await services.GetRequiredService<Witnessing>().TellAsync(Ct));
    }
}
