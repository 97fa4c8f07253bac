using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;
using CustomerComm.Domain.Surveys;
using CustomerComm.Sqlite;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Benchmarks;

/// <summary>What the process that sends tells at its end.</summary>
internal sealed record SurveyWorkerReport(
    int Invited, int Delivered, double PeakMemoryMb, IReadOnlyList<double> SecondsPerThousand,
    IReadOnlyList<double> MemoryMb);

/// <summary>The process that sends the survey, from wherever the one before it was killed.</summary>
internal static class SurveyWorker
{
    /// <summary>File with a line for every message handed over.</summary>
    public const string Log = "sent.log";

    public static async Task<int> RunAsync(int homes, string directory, CancellationToken ct)
    {
        await using var log = new LogChannel(Path.Combine(directory, Log), homes);
        await using var services = Services(homes, directory, log);
        await services.GetRequiredService<RulesBook>().LoadAsync(TimeProvider.System, ct);
        var surveys = services.GetRequiredService<SurveyKind>();
        var stream = surveys.StreamOf("HY-2026");
        await surveys.BeginAsync(TestCompany.HY, 2026, new Actor.System(), ct);
        await DoAsync(surveys, stream, TestCompany.QualityHead, new SurveyCommand.Approve(), ct);
        await DoAsync(surveys, stream, TestCompany.Inspector, new SurveyCommand.Send(), ct);
        var sweeper = services.GetRequiredService<Sweeper>();
        do
        {
            await sweeper.RunAsync(ct);
        }
        while ((await surveys.LoadAsync(stream, ct))!.State.Invitations is null);
        await sweeper.RunAsync(ct);
        var progress = await services.GetRequiredService<SurveyCounting>().ProgressAsync("HY-2026", ct);
        Console.WriteLine(JsonSerializer.Serialize(
            new SurveyWorkerReport(
                progress.Invited, progress.Delivered, ServerMeter.PeakMemoryMb(Environment.ProcessId),
                log.SecondsPerThousand, log.MemoryMb),
            JsonSerializerOptions.Web));
        return 0;
    }

    private static async Task DoAsync(
        SurveyKind surveys, StreamId stream, StaffMember by, SurveyCommand command, CancellationToken ct)
    {
        // After a restart it was done before, which is refused or changes nothing.
        if (await surveys.HandleAsync(stream, command, new Actor.Staff(by), null, ct)
            is MatterResult<Survey>.Refused { Refusal.Code: not RefusalCode.WrongStage } no)
        {
            throw new InvalidOperationException(no.Refusal.Text);
        }
    }

    /// <summary>The application over a store in this directory, with so many homes.</summary>
    internal static ServiceProvider Services(int homes, string directory, IMessageChannel? log = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new AppOptions { PublicUrl = "https://homes.example" });
        services.AddSingleton<ISecrets>(new FixedSecrets());
        services.AddSingleton<INudge, NoNudge>();
        services.AddSingleton(log ?? new Silence());
        services.AddSqliteStore(_ => directory);
        services.AddSingleton<IAnchorKey>(new FileAnchorKey(Path.Combine(directory + "-witness", "anchor.key")));
        var week = new WeeklyHours([.. Enum.GetValues<DayOfWeek>()], [new(new(8, 0), new(18, 0))]);
        services.AddSingleton(new PolicyFile(
            new PolicyEntry(new Policy(), new CalendarRules { Weekly = [week] }), null));
        services.AddCustomerComm();
        services.AddSingleton(new CompanyDirectory(
            "Benchmark", TestCompany.Directory.Communities, TestCompany.Staff,
            Enumerable.Range(0, homes).Select(HomeOf)));
        services.AddSingleton(new Phones("US"));
        return services.BuildServiceProvider();
    }

    /// <summary>A home in a building of 200, with a phone of a country code that nobody has.</summary>
    private static Home HomeOf(int i)
    {
        var room = string.Create(CultureInfo.InvariantCulture, $"{i / 200}-{i % 200 / 50}-{i % 50}");
        var phone = PhoneNumber.Create(string.Create(CultureInfo.InvariantCulture, $"+999{i:D8}"));
        return new Home(TestCompany.HY, new Room(room), [new Resident("x", phone, Language.Chinese)]);
    }

    private sealed class Silence : IMessageChannel
    {
        public Channel Channel => Channel.Sms;

        public Task<SendResult> SendAsync(ReadyMessage message, CancellationToken ct) => Task.FromResult(SendResult.Sent);
    }

    private sealed class NoNudge : INudge
    {
        public void Nudge(StreamId stream)
        {
        }
    }

    private sealed class FixedSecrets : ISecrets
    {
        public byte[] For(string purpose) => SHA256.HashData(Encoding.UTF8.GetBytes(purpose));
    }

    /// <summary>Writes a line for every message to residents and measures time and memory as they go by.</summary>
    private sealed class LogChannel(string path, int homes) : IMessageChannel, IAsyncDisposable
    {
        private readonly Lock _writing = new();
        private readonly StreamWriter _file = new(
            new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read))
        {
            AutoFlush = true,
        };

        private long _thousand = Stopwatch.GetTimestamp();
        private int _sent;

        public List<double> SecondsPerThousand { get; } = [];

        public List<double> MemoryMb { get; } = [];

        public Channel Channel => Channel.Sms;

        public Task<SendResult> SendAsync(ReadyMessage message, CancellationToken ct)
        {
            if (!message.To.StartsWith("+999", StringComparison.Ordinal))
                return Task.FromResult(SendResult.Sent);
            lock (_writing)
            {
                _file.Write(message.Id + ";\n");
                Measure(++_sent);
            }

            return Task.FromResult(SendResult.Sent);
        }

        public ValueTask DisposeAsync() => _file.DisposeAsync();

        private void Measure(int sent)
        {
            if (sent % Math.Max(1, homes / 10) == 0)
                MemoryMb.Add(Math.Round(Environment.WorkingSet / 1048576.0, 1));
            if (sent % 1_000 != 0)
                return;
            SecondsPerThousand.Add(Math.Round(Stopwatch.GetElapsedTime(_thousand).TotalSeconds, 2));
            _thousand = Stopwatch.GetTimestamp();
        }
    }
}
