using System.Diagnostics;
using System.Text.Json;
using CustomerComm.Local;
using CustomerComm.Testing;
using Microsoft.Data.Sqlite;

namespace CustomerComm.Benchmarks;

internal sealed record IntakeOptions(int Seconds, IReadOnlyList<int> Connections, string? Texts);

/// <summary>How many complaints a second the host takes in over HTTP, with the pump running.</summary>
internal static class IntakeBenchmark
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(IntakeOptions options, CancellationToken ct)
    {
        var requests = Requests.From(options.Texts ?? SharedTexts());
        var errors = 0L;
        for (var i = 0; i < options.Connections.Count; i++)
        {
            using var directory = new TempDirectory();
            errors += await MeasureAsync(options, options.Connections[i], requests, directory.Path, ct);
            if (i == options.Connections.Count - 1)
                Print(Floor.Measure(Path.Combine(directory.Path, "customercomm.db"), directory["floor.db"]));
        }

        return errors == 0 ? 0 : 1;
    }

    private static async Task<long> MeasureAsync(
        IntakeOptions options, int connections, Requests requests, string directory, CancellationToken ct)
    {
        await using var host = await HostProcess.StartAsync(typeof(LocalHost).Assembly.Location, directory, ct);
        // The first seconds compile the code; they are no measure of anything.
        var warmUp = TimeSpan.FromSeconds(Math.Min(5, options.Seconds));
        var from = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        var until = from + (options.Seconds * Stopwatch.Frequency);
        var load = Enumerable.Range(0, connections)
            .Select(_ => new LoadConnection(host.Address.Port, requests, connections)).ToList();
        var nth = 0L;
        var running = Task.WhenAll(load.Select(c => Task.Run(
            () => c.RunAsync(() => Interlocked.Increment(ref nth), from, until), ct)));
        await Task.Delay(warmUp, TimeProvider.System, ct);
        var cpu = ServerMeter.CpuMs(host.Id);
        await running;
        cpu = ServerMeter.CpuMs(host.Id) - cpu;
        var database = Path.Combine(directory, "customercomm.db");
        var backlog = Backlog(database);
        var drain = await DrainAsync(database, ct);
        var took = load.SelectMany(c => c.Took).Order().ToList();
        var errors = load.Sum(c => c.Errors);
        load.ForEach(c => c.Dispose());
        Print(new
        {
            connections,
            complaintsPerSecond = Math.Round((double)took.Count / options.Seconds),
            p50Ms = Percentile(took, 0.50),
            p99Ms = Percentile(took, 0.99),
            peakMemoryMb = ServerMeter.PeakMemoryMb(host.Id),
            errors,
            serverCpuMs = Math.Round(cpu / Math.Max(1, took.Count), 3),
            pumpBacklog = backlog,
            drainSeconds = Math.Round(drain.TotalSeconds, 1),
        });
        return errors;
    }

    private static async Task<TimeSpan> DrainAsync(string database, CancellationToken ct)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Backlog(database) > 0 && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMinutes(3))
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, ct);
        return Stopwatch.GetElapsedTime(begun);
    }

    private static long Backlog(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM store_head WHERE next_due <= $now";
        command.Parameters.AddWithValue("$now", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        return (long)command.ExecuteScalar()!;
    }

    private static double Percentile(List<long> sorted, double share) => sorted.Count == 0
        ? 0
        : Math.Round(sorted[(int)((sorted.Count - 1) * share)] * 1000.0 / Stopwatch.Frequency, 2);

    private static void Print(object line) => Console.WriteLine(JsonSerializer.Serialize(line, s_json));

    /// <summary>The collection of real messages beside the checkout, where there is one.</summary>
    private static string? SharedTexts()
    {
        for (var at = new DirectoryInfo(Environment.CurrentDirectory); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, "shared", "data", "resident-messages.jsonl");
            if (File.Exists(file))
                return file;
        }

        return null;
    }
}
